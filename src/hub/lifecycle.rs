//! One topic from its first subscriber to its end, and the one task that starts and stops it.
//!
//! ```text
//!            create ok                 unused for the linger, or ended
//! Starting ────────────► Live ──────────────────────────────────────────► Stopping
//!    │ create failed      ▲                                                  │ remove done
//!    ▼                    └───────────────── Starting ◄── somebody waits ────┤
//! Failed, gone                                                     nobody ───► gone
//! ```

mod publishing;

use std::ops::{Deref, DerefMut};
use std::panic::AssertUnwindSafe;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, PoisonError};
use std::time::Duration;

use futures_util::FutureExt;
use serde_json::json;
use tokio::sync::{Notify, watch};
use tokio::time::Instant;
use tokio_util::sync::CancellationToken;

use super::source::{StreamHandle, TopicProducer};
use super::stream::Stream;
use super::table::Table;
use crate::delivery::{Channel, Flusher, Wakes};
use crate::metrics::{Failure, FamilyMetrics};
use crate::sync::{Mutex, MutexGuard};
use crate::wire::{ErrorCode, Protocol, Refusal, Severity, TopicId};

/// Where a topic is in its life, for those who wait to join it.
#[derive(Debug, Clone)]
pub(super) enum Phase {
    /// The producer is being started.
    Starting,
    /// Subscribers may join.
    Live,
    /// The producer is being stopped; should somebody wait by then, it is started again.
    Stopping,
    /// The producer could not be started. Final.
    Failed(Refusal),
}

/// A topic. Its lifecycle task and everybody interested share it.
pub(super) struct Topic {
    id: TopicId,
    channel: Arc<Channel>,
    protocol: Arc<Protocol>,
    producer: Arc<dyn TopicProducer>,
    linger: Duration,
    flusher: Arc<Flusher>,
    state: Mutex<State>,
    /// Which leases count. Changes, under the lock of the state, when the producer ends the topic
    /// under its subscribers. Read without the lock by those who wait for a phase: phases are
    /// sent under that lock, so taking it there could deadlock.
    generation: AtomicU64,
    phase: watch::Sender<Phase>,
    /// Nobody is interested any more, or the producer ended the topic.
    maybe_done: Notify,
}

pub(super) struct State {
    pub(super) stream: Stream,
    /// Which life of the producer may publish. Changes when one starts and when it stops.
    life: u64,
    /// How many leases and subscriptions of this generation there are.
    pub(super) interest: usize,
    idle_since: Option<Instant>,
    ended: bool,
}

/// The state, locked. Whoever has to be woken for what was done is, as soon as the lock is free.
pub(super) struct Locked<'a> {
    state: MutexGuard<'a, State>,
    // Dropped after the lock.
    wake: Wake<'a>,
}

struct Wake<'a> {
    flusher: &'a Flusher,
    shards: Wakes,
}

impl Drop for Locked<'_> {
    fn drop(&mut self) {
        self.wake.shards = self.state.stream.take_wakes();
    }
}

impl Drop for Wake<'_> {
    fn drop(&mut self) {
        self.flusher.wake(self.shards);
    }
}

impl Deref for Locked<'_> {
    type Target = State;

    fn deref(&self) -> &State {
        &self.state
    }
}

impl DerefMut for Locked<'_> {
    fn deref_mut(&mut self) -> &mut State {
        &mut self.state
    }
}

impl std::fmt::Debug for Topic {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter
            .debug_struct("Topic")
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

impl Topic {
    pub(super) fn new(
        id: TopicId,
        protocol: Arc<Protocol>,
        producer: Arc<dyn TopicProducer>,
        linger: Duration,
        flusher: Arc<Flusher>,
    ) -> Arc<Self> {
        let channel = Channel::new(id.clone(), Arc::clone(&protocol));
        let limits = protocol.family(id.family()).retention;
        let stream = Stream::new(Arc::clone(&channel), limits, Arc::clone(&flusher));
        let state = State {
            stream,
            life: 0,
            interest: 0,
            idle_since: None,
            ended: false,
        };
        Arc::new(Self {
            channel,
            id,
            protocol,
            producer,
            linger,
            flusher,
            state: Mutex::new(state),
            generation: AtomicU64::new(0),
            phase: watch::Sender::new(Phase::Starting),
            maybe_done: Notify::new(),
        })
    }

    pub(super) fn id(&self) -> &TopicId {
        &self.id
    }

    pub(super) fn channel(&self) -> &Arc<Channel> {
        &self.channel
    }

    pub(super) fn protocol(&self) -> &Protocol {
        &self.protocol
    }

    /// What is counted of the topic's family.
    pub(super) fn metrics(&self) -> &FamilyMetrics {
        self.protocol.metrics().topics.family(self.id.family())
    }

    pub(super) fn phase(&self) -> watch::Receiver<Phase> {
        self.phase.subscribe()
    }

    pub(super) fn generation(&self) -> u64 {
        self.generation.load(Ordering::Acquire)
    }

    pub(super) fn lock(&self) -> Locked<'_> {
        // Under the lock runs only our own bookkeeping, which leaves it whole at every step.
        let state = self.state.lock().unwrap_or_else(PoisonError::into_inner);
        Locked {
            state,
            wake: Wake {
                flusher: &self.flusher,
                shards: Wakes::default(),
            },
        }
    }

    /// Counts one more that is interested; only under the table's lock, so that a topic that is
    /// about to be taken out of the table is not joined. Returns the generation it belongs to.
    pub(super) fn gain_interest(&self) -> u64 {
        let mut state = self.lock();
        state.interest += 1;
        state.idle_since = None;
        self.generation()
    }

    pub(super) fn lose_interest(&self, generation: u64) {
        let mut state = self.lock();
        if self.generation() != generation {
            return;
        }
        state.interest -= 1;
        if state.interest == 0 {
            state.idle_since = Some(Instant::now());
            drop(state);
            self.maybe_done.notify_one();
        }
    }

    pub(super) fn restart(&self, life: u64, message: &str) {
        let mut state = self.lock();
        if state.life == life {
            state.stream.restart();
            self.notify_reset(&mut state, "restarted", message);
        }
    }

    /// Ends one life of the topic, under its subscribers. Whether it had not ended before.
    pub(super) fn end(&self, life: u64, message: &str) -> bool {
        let mut state = self.lock();
        if state.life != life {
            return false;
        }
        self.notify_reset(&mut state, "ended", message);
        let receivers = state.stream.end();
        self.metrics().subscriptions.add(-(receivers as i64));
        self.generation.fetch_add(1, Ordering::Release);
        state.interest = 0;
        state.life += 1;
        state.ended = true;
        self.phase.send_replace(Phase::Stopping);
        drop(state);
        self.maybe_done.notify_one();
        true
    }

    fn notify_reset(&self, state: &mut State, reason: &str, message: &str) {
        if !self.protocol.defines("topic.reset") {
            return;
        }
        let position = state.stream.position();
        let payload = json!({"topic": **self.id.name(), "reason": reason, "message": message,
            "epoch": *position.epoch, "seq": position.seq});
        match self.protocol.encode("topic.reset", None, &payload) {
            Ok(frame) => state.stream.notify(frame),
            Err(violation) => {
                tracing::error!(topic = %self.id, %violation, "cannot announce a reset")
            }
        }
    }

    /// Runs the topic until nobody is interested. The only place that starts or stops a producer.
    pub(super) async fn run(self: Arc<Self>, table: Arc<Table>, stop: CancellationToken) {
        loop {
            let life = self.begin_life();
            let handle = StreamHandle::new(&self, life);
            let created = AssertUnwindSafe(self.producer.create(self.id.clone(), handle))
                .catch_unwind()
                .await;
            let created = match created {
                Ok(created) => created.inspect_err(|refusal| self.refused(refusal)),
                Err(_) => Err(self.panicked("create_topic")),
            };
            if let Err(refusal) = created {
                self.lock().life += 1;
                // First out of the table, then tell: who comes later starts a topic of their own.
                table.remove(&self);
                self.phase.send_replace(Phase::Failed(refusal));
                return;
            }
            self.go_live();
            tracing::debug!(topic = %self.id, "topic started");
            tokio::select! {
                () = self.unused(&table) => {}
                () = stop.cancelled() => {
                    self.end(life, "the server is stopping");
                }
            }
            self.begin_stop();
            let removed = AssertUnwindSafe(self.producer.remove(self.id.clone()))
                .catch_unwind()
                .await;
            if removed.is_err() {
                let _logged = self.panicked("remove_topic");
            }
            tracing::debug!(topic = %self.id, "topic stopped");
            if table.remove_unused(&self) {
                return;
            }
            if stop.is_cancelled() {
                // Somebody still waits, or has not let go yet. Nobody can come any more.
                table.remove(&self);
                let stopping = Refusal::new(ErrorCode::Unavailable, "the server is stopping");
                self.phase.send_replace(Phase::Failed(stopping));
                return;
            }
        }
    }

    fn begin_life(&self) -> u64 {
        let mut state = self.lock();
        if state.life > 0 {
            state.stream.restart();
        }
        state.life += 1;
        state.ended = false;
        self.phase.send_replace(Phase::Starting);
        state.life
    }

    fn go_live(&self) {
        let mut state = self.lock();
        // Everyone may have gone while the producer was starting.
        if state.interest == 0 {
            state.idle_since.get_or_insert_with(Instant::now);
        }
        // A producer may already have ended what it was asked to start.
        if !state.ended {
            self.phase.send_replace(Phase::Live);
        }
    }

    /// Completes when the topic may be stopped: see [`Self::begin_stop`].
    async fn unused(&self, table: &Table) {
        loop {
            let linger_untouched = table.linger_untouched();
            let deadline = {
                let state = self.lock();
                if state.ended {
                    return;
                }
                let linger = match state.stream.position().seq {
                    0 => self.linger.min(linger_untouched),
                    _ => self.linger,
                };
                state.idle_since.map(|since| since + linger)
            };
            match deadline {
                None => self.maybe_done.notified().await,
                Some(deadline) if deadline <= Instant::now() => {
                    if self.close_if_unused() {
                        return;
                    }
                }
                Some(deadline) => tokio::select! {
                    () = self.maybe_done.notified() => {}
                    () = tokio::time::sleep_until(deadline) => {}
                },
            }
        }
    }

    /// The decision to stop and its effect are one step: nobody can join in between.
    fn close_if_unused(&self) -> bool {
        let mut state = self.lock();
        let unused = state.interest == 0;
        if unused {
            state.ended = true;
            self.phase.send_replace(Phase::Stopping);
        }
        unused
    }

    fn begin_stop(&self) {
        self.lock().life += 1;
    }

    fn refused(&self, refusal: &Refusal) {
        if refusal.severity() == Severity::System {
            tracing::warn!(topic = %self.id, %refusal, "topic could not be started");
            self.metrics().failures.of(Failure::Start).increment();
        } else {
            tracing::debug!(topic = %self.id, %refusal, "topic refused");
        }
    }

    fn panicked(&self, method: &'static str) -> Refusal {
        tracing::error!(topic = %self.id, method, "a producer panicked");
        self.metrics().failures.of(Failure::Panic).increment();
        Refusal::new(
            ErrorCode::TopicUnavailable,
            "the source of the topic failed",
        )
    }
}
