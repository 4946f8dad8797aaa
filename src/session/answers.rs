//! Payloads of the frames that the session itself sends. Their shapes are in `asyncapi.yaml`,
//! and every contract that defines one of them defines it so.

use std::time::Duration;

use chrono::{DateTime, Utc};
use serde_json::{Value, json};
use tickwire_spec::Contract;

use super::machine::{Session, SessionLimits};
use crate::auth::Principal;
use crate::hub::{Attached, Position, RecoveryFailure};
use crate::wire::{Refusal, TopicId, rfc3339};

/// The payload of a `pong`.
pub fn pong(now: DateTime<Utc>) -> Value {
    json!({"server_time": rfc3339(now)})
}

pub(super) fn welcome(session: &Session, heartbeat: Duration, now: DateTime<Utc>) -> Value {
    let Contract { title, version, .. } = session.protocol.contract();
    json!({
        "connection_id": session.connection_id,
        "protocol": session.outbox.encoding().format.subprotocol(),
        "server": {"name": env!("CARGO_PKG_NAME"), "version": env!("CARGO_PKG_VERSION")},
        "contract": {"title": title, "version": version},
        "server_time": rfc3339(now),
        "principal": principal(session.principal()),
        "heartbeat_interval_ms": heartbeat.as_millis() as u64,
        "limits": limits(&session.limits),
    })
}

pub(super) fn status(session: &Session, now: DateTime<Utc>) -> Value {
    let mut subscriptions: Vec<_> = session
        .subscriptions
        .values()
        .filter(|subscription| !subscription.is_over())
        .collect();
    subscriptions.sort_by(|a, b| a.topic().name().cmp(b.topic().name()));
    let subscriptions: Vec<Value> = subscriptions
        .into_iter()
        .map(|subscription| {
            let Position { epoch, seq } = subscription.position();
            json!({"topic": **subscription.topic().name(), "epoch": *epoch, "seq": seq})
        })
        .collect();
    let sent = session.outbox.counters();
    json!({
        "connection_id": session.connection_id,
        "connected_at": rfc3339(session.connected_at),
        "server_time": rfc3339(now),
        "principal": principal(session.principal()),
        "subscriptions": subscriptions,
        "counters": {
            "frames_received": session.counters.frames,
            "frames_sent": sent.frames_sent,
            "bytes_received": session.counters.bytes,
            "bytes_sent": sent.bytes_sent,
            "invalid_frames": session.counters.invalid,
        },
        "limits": limits(&session.limits),
    })
}

/// Who the server takes a client for.
pub(super) fn principal(principal: &Principal) -> Value {
    let mut info = json!({"kind": principal.kind()});
    if let Some(user) = principal.user() {
        info["sub"] = user.sub.as_str().into();
        info["permissions"] = json!(user.permissions);
        info["expires_at"] = rfc3339(user.expires_at).into();
    }
    info
}

pub(super) fn token_expiring(at: DateTime<Utc>, left: Duration) -> Value {
    let left = u64::try_from(left.as_millis()).unwrap_or(u64::MAX);
    json!({"expires_at": rfc3339(at), "expires_in_ms": left})
}

/// The notice that a subscription is over, since the principal may not have it any more.
pub(super) fn revoked(topic: &TopicId, position: &Position) -> Value {
    json!({"topic": **topic.name(), "reason": "revoked", "message": "not permitted any more",
        "epoch": *position.epoch, "seq": position.seq})
}

pub(super) fn shutdown() -> Value {
    json!({"message": "the server is restarting", "reconnect_after_ms": 1000})
}

/// One topic's part of the answer to a subscribe.
pub(super) fn subscription(topic: &str, status: &str, attached: &Attached) -> Value {
    let mut result = json!({
        "topic": topic,
        "status": status,
        "message": status.replace('_', " "),
        "epoch": *attached.position.epoch,
        "seq": attached.position.seq,
    });
    match attached.recovery {
        None => {}
        Some(Ok(())) => result["recovered"] = true.into(),
        Some(Err(failure)) => {
            result["recovered"] = false.into();
            result["reason"] = match failure {
                RecoveryFailure::EpochChanged => "epoch_changed",
                RecoveryFailure::OutOfRetention => "out_of_retention",
                RecoveryFailure::AheadOfStream => "ahead_of_stream",
            }
            .into();
        }
    }
    result
}

/// The same for a topic that was refused, in a batch.
pub(super) fn refused(topic: &str, refusal: &Refusal) -> Value {
    json!({
        "topic": topic,
        "status": "refused",
        "message": refusal.message,
        "error": {"code": refusal.code.to_string(), "retryable": refusal.retryable()},
    })
}

/// One topic's part of the answer to an unsubscribe.
pub(super) fn unsubscription(topic: &str, was_subscribed: bool) -> Value {
    let status = if was_subscribed {
        "unsubscribed"
    } else {
        "not_subscribed"
    };
    json!({"topic": topic, "status": status, "message": status.replace('_', " ")})
}

fn limits(limits: &SessionLimits) -> Value {
    json!({
        "max_frame_bytes": limits.max_frame_bytes,
        "max_subscriptions": limits.max_subscriptions,
        "max_invalid_frames": limits.max_invalid_frames,
        "max_requests_in_flight": limits.max_requests_in_flight,
        "max_frames_per_second": limits.max_frames_per_second,
        "max_connection_age_ms": limits.max_age.as_millis() as u64,
    })
}
