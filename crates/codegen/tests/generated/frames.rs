//! Every example of a contract is read by the type of its frame, and written back with all it said.

use std::collections::BTreeMap;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tickwire_spec::Contract;

/// Reads a frame and writes it again.
fn round_trip<T: DeserializeOwned + Serialize + PartialEq>(frame: &Value) -> Value {
    let typed: T = serde_json::from_value(frame.clone()).unwrap_or_else(|error| {
        panic!("{error}: {frame}");
    });
    let written = serde_json::to_value(&typed).unwrap();
    let again: T = serde_json::from_value(written.clone()).unwrap();
    assert!(typed == again, "{frame}");
    written
}

/// Whether `written` says all that `said` says. It may say more: defaults.
fn holds(written: &Value, said: &Value) -> bool {
    match (written, said) {
        (Value::Object(written), Value::Object(said)) => {
            said.iter().all(|(key, value)| match written.get(key) {
                Some(found) => holds(found, value),
                // An empty list that may be missing is left out.
                None => value.as_array().is_some_and(Vec::is_empty),
            })
        }
        (Value::Array(written), Value::Array(said)) => {
            written.len() == said.len()
                && written
                    .iter()
                    .zip(said)
                    .all(|(written, said)| holds(written, said))
        }
        (Value::Number(written), Value::Number(said)) => written.as_f64() == said.as_f64(),
        (Value::String(written), Value::String(said)) => {
            written == said || is_same_instant(written, said)
        }
        _ => written == said,
    }
}

/// chrono may write an instant with another precision.
fn is_same_instant(a: &str, b: &str) -> bool {
    let parse = chrono::DateTime::parse_from_rfc3339;
    matches!((parse(a), parse(b)), (Ok(a), Ok(b)) if a == b)
}

type RoundTrip = fn(&Value) -> Value;

fn check(file: &str, text: &str, types: &[(&str, RoundTrip)]) {
    let contract: Contract =
        tickwire_spec::load(file, text).unwrap_or_else(|report| panic!("\n{report}\n"));
    let types: BTreeMap<_, _> = types.iter().copied().collect();
    let mut tried = 0;
    for message in &contract.messages {
        let round_trip = types
            .get(message.frame.as_str())
            .unwrap_or_else(|| panic!("add {} to the list below", message.frame));
        for example in &message.examples {
            let written = round_trip(&example.frame);
            assert!(
                holds(&written, &example.frame),
                "{}\n{written}",
                example.frame
            );
            tried += 1;
        }
        let stranger = serde_json::json!({"type": "stranger"});
        let refused = std::panic::catch_unwind(|| round_trip(&stranger)).is_err();
        assert!(refused, "{} takes anything", message.frame);
    }
    assert!(tried >= contract.messages.len());
}

/// The list of frames by name: a type has no name at run time.
macro_rules! frames {
    ($api:ident: $($frame:ident)*) => {
        &[$((stringify!($frame), round_trip::<crate::$api::types::$frame> as RoundTrip)),*]
    };
}

#[test]
fn of_the_real_contract() {
    let text = include_str!("../../../../asyncapi.yaml");
    check(
        "asyncapi.yaml",
        text,
        frames! { tickwire:
            PingFrame PongFrame GetStatusFrame StatusResponseFrame SubscribeFrame
            SubscriptionConfirmedFrame UnsubscribeFrame UnsubscriptionConfirmedFrame WelcomeFrame
            ErrorFrame TopicResetFrame SystemAlertFrame ShutdownFrame AuthFrame AuthResponseFrame
            AuthRefreshFrame AuthRefreshResponseFrame TokenExpiringFrame
            BarsSubscribeFrame BarsSubscribeResponseFrame BarsUnsubscribeFrame
            BarsUnsubscribeResponseFrame BarsUpdateFrame
            QuotesSubscribeFrame QuotesSubscribeResponseFrame QuotesUnsubscribeFrame
            QuotesUnsubscribeResponseFrame QuotesUpdateFrame
            TradesSubscribeFrame TradesSubscribeResponseFrame TradesUnsubscribeFrame
            TradesUnsubscribeResponseFrame TradesUpdateFrame
            OrderbookSubscribeFrame OrderbookSubscribeResponseFrame OrderbookUnsubscribeFrame
            OrderbookUnsubscribeResponseFrame OrderbookUpdateFrame OrderbookSnapshotFrame
            BarsHistoryFrame BarsHistoryResponseFrame SymbolsSearchFrame SymbolsSearchResponseFrame
            SymbolsResolveFrame SymbolsResolveResponseFrame
        },
    );
}

#[test]
fn of_odd_names() {
    let text = include_str!("../contracts/workshop.yaml");
    check(
        "workshop.yaml",
        text,
        frames! { workshop:
            ErrorFrame CreateTopicFrame CreateTopicResponseFrame JobsFindFrame JobsFindResponseFrame
            MachinesSubscribeFrame MachinesSubscribeResponseFrame MachinesUnsubscribeFrame
            MachinesUnsubscribeResponseFrame MachinesUpdateFrame
            WorkOrdersSubscribeFrame WorkOrdersSubscribeResponseFrame WorkOrdersUnsubscribeFrame
            WorkOrdersUnsubscribeResponseFrame WorkOrdersUpdateFrame WorkOrdersSnapshotFrame
            SirenSubscribeFrame SirenSubscribeResponseFrame SirenUnsubscribeFrame
            SirenUnsubscribeResponseFrame SirenUpdateFrame
        },
    );
}
