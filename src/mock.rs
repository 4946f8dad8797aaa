//! A contract that answers before its back end exists: `--mock`, told in `docs/mock.md`.
//!
//! It stands where modules stand, for all operations and topics of whatever contract is served:
//! requests are answered from examples (`answer`), topics play theirs and variations of them
//! (`play`, `vary`). What it says goes the way of all answers and updates, so the contract is held
//! against it. Only `faults` may do otherwise.

mod answer;
mod faults;
mod play;
mod player;
mod random;
mod shape;
mod vary;

use std::sync::Arc;
use std::time::Duration;

use serde_json::Value;
use tickwire_spec::OperationKind;

use crate::service::{Call, Handlers};
use crate::wire::Protocol;
use answer::Answers;
use play::Script;
use player::{Player, Playing};

pub use faults::{FaultPlan, Faults, UnknownErrorCode};

/// How a mock plays.
#[derive(Debug, Clone, Copy)]
pub struct MockConfig {
    /// From one update of a topic to the next.
    pub interval: Duration,
    /// Of everything random.
    pub seed: u64,
}

/// Lets the examples of the served contract answer all of its requests, and play on all topics.
pub fn mount(
    handlers: &mut Handlers,
    protocol: &Arc<Protocol>,
    config: MockConfig,
    faults: Option<&Arc<Faults>>,
) {
    let contract = protocol.contract();
    let requests = contract
        .operations
        .iter()
        .filter(|operation| operation.kind == OperationKind::Request);
    for operation in requests {
        let Some(answers) = Answers::new(protocol, operation).map(Arc::new) else {
            continue;
        };
        let name: Arc<str> = operation.name.as_str().into();
        let faults = faults.cloned();
        handlers.request(operation.name.clone(), move |_: Call, request: Value| {
            let (answers, name, faults) = (Arc::clone(&answers), Arc::clone(&name), faults.clone());
            async move {
                if let Some(faults) = faults {
                    faults.before_answer(&name).await?;
                }
                answers.answer(&request)
            }
        });
    }
    for (index, family) in contract.families.iter().enumerate() {
        let Some(script) = Script::new(protocol, index) else {
            continue;
        };
        let player = Player {
            script: Arc::new(script),
            subscribe: family.messages.subscribe.clone(),
            seed: config.seed,
            interval: config.interval,
            faults: faults.cloned(),
            playing: Playing::default(),
        };
        handlers.produce(family.name.clone(), Arc::new(player));
    }
}
