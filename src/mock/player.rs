//! Topics that play: one task for each, from its first subscriber to its end.

use std::collections::HashMap;
use std::panic::AssertUnwindSafe;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use futures_util::FutureExt;
use futures_util::future::BoxFuture;
use tokio::time::{Instant, MissedTickBehavior, interval_at};
use tokio_util::task::AbortOnDropHandle;

use super::faults::{Faults, TopicFaults};
use super::play::{Play, Script};
use crate::hub::{PublishError, StreamHandle, TopicProducer};
use crate::wire::{Refusal, TopicId};

/// The first update comes after an interval, and no later than this: whoever has just subscribed is
/// there by then, and does not wait for something to look at.
const FIRST: Duration = Duration::from_millis(250);

/// Plays the topics of one family.
pub(super) struct Player {
    pub(super) script: Arc<Script>,
    /// The `<family>.subscribe` that a topic's beginning answers.
    pub(super) subscribe: String,
    pub(super) seed: u64,
    /// From update to update.
    pub(super) interval: Duration,
    pub(super) faults: Option<Arc<Faults>>,
    pub(super) playing: Playing,
}

/// The tasks, by topic. Dropping one ends it.
#[derive(Default)]
pub(super) struct Playing(Mutex<HashMap<TopicId, AbortOnDropHandle<()>>>);

impl Playing {
    fn lock(&self) -> MutexGuard<'_, HashMap<TopicId, AbortOnDropHandle<()>>> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl TopicProducer for Player {
    fn create(&self, topic: TopicId, stream: StreamHandle) -> BoxFuture<'_, Result<(), Refusal>> {
        Box::pin(async move {
            if let Some(faults) = &self.faults {
                faults.before_answer(&self.subscribe).await?;
            }
            let performance = Performance {
                script: Arc::clone(&self.script),
                topic: topic.clone(),
                stream,
                seed: self.seed,
                interval: self.interval,
                faults: self.faults.as_ref().map(|faults| faults.of_topic(&topic)),
            };
            let task = tokio::spawn(async move {
                let (topic, stream) = (performance.topic.clone(), performance.stream.clone());
                let played = AssertUnwindSafe(performance.run()).catch_unwind().await;
                if played.is_err() {
                    tracing::error!(%topic, "a mock panicked");
                    // Else its subscribers would wait for ever.
                    stream.end("the mock failed");
                }
            });
            self.playing
                .lock()
                .insert(topic, AbortOnDropHandle::new(task));
            Ok(())
        })
    }

    fn remove(&self, topic: TopicId) -> BoxFuture<'_, ()> {
        Box::pin(async move {
            self.playing.lock().remove(&topic);
        })
    }
}

/// One topic on its stage.
struct Performance {
    script: Arc<Script>,
    topic: TopicId,
    stream: StreamHandle,
    seed: u64,
    interval: Duration,
    faults: Option<TopicFaults>,
}

impl Performance {
    /// Plays until the topic is over.
    async fn run(mut self) {
        let mut play = self.play();
        let first = Instant::now() + self.interval.min(FIRST);
        let mut ticks = interval_at(first, self.interval);
        ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            let restarted = async {
                match &mut self.faults {
                    Some(faults) => faults.restarted().await,
                    None => std::future::pending().await,
                }
            };
            tokio::select! {
                // What was before a restart is over.
                biased;
                () = restarted => {
                    self.stream.restart("the server restarted");
                    play = self.play();
                }
                _ = ticks.tick() => {
                    if let Err(PublishError::Closed) = self.publish(&mut play) {
                        return;
                    }
                }
            }
        }
    }

    fn play(&self) -> Play {
        let interval = i64::try_from(self.interval.as_millis()).unwrap_or(i64::MAX);
        Play::new(
            Arc::clone(&self.script),
            self.topic.clone(),
            self.seed,
            interval,
        )
    }

    /// An update that breaks the contract is logged by the hub, and nobody gets it; the next may be right.
    fn publish(&mut self, play: &mut Play) -> Result<(), PublishError> {
        let update = play.update();
        if let Some(faults) = &mut self.faults
            && faults.drops()
        {
            return self.stream.withhold(&update);
        }
        let seq = if self.script.is_of_changes() {
            self.stream.publish_delta(&update, || play.snapshot())?
        } else {
            self.stream.publish(&update)?
        };
        if let Some(faults) = &mut self.faults {
            faults.after_update(&self.stream, seq);
        }
        Ok(())
    }
}
