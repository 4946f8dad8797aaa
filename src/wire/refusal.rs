//! What a client is told when a request fails.

use std::time::Duration;

use serde_json::{Value, json};

use super::ErrorCode;

/// Texts in frames are for people; longer ones carry somebody's data, not an explanation.
const MAX_TEXT: usize = 500;

/// A request that cannot be fulfilled, in the contract's words. Safe to send: it never holds
/// what only the log should see.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{code}: {message}")]
pub struct Refusal {
    /// For programs.
    pub code: ErrorCode,
    /// For people.
    pub message: String,
    /// Every violation, with its place.
    pub details: Vec<Detail>,
    /// How long to wait before the same request may succeed, where that is known.
    pub retry_after: Option<Duration>,
    /// A contract's own example, which is sent as it is: see [`Self::from_example`].
    example: Option<Box<Value>>,
}

/// One violation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Detail {
    /// JSON Pointer into the request (RFC 6901), empty for the whole.
    pub pointer: String,
    /// What is wrong there.
    pub message: String,
}

/// Whose fault a refusal is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Severity {
    /// The request breaks the contract.
    Validation,
    /// The request is well formed and cannot be fulfilled.
    Business,
    /// The server failed.
    System,
}

impl Refusal {
    /// A refusal with nothing to point at.
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        Self {
            code,
            message: shorten(message.into()),
            details: Vec::new(),
            retry_after: None,
            example: None,
        }
    }

    /// An error exactly as an example of the contract has it. Its code may be one that only that
    /// contract knows, and that no program but a client's understands; `code` is then
    /// [`ErrorCode::Internal`].
    pub fn from_example(payload: Value) -> Self {
        let text = |member: &str| payload[member].as_str().unwrap_or_default();
        let code = text("code").parse().unwrap_or(ErrorCode::Internal);
        Self {
            example: Some(Box::new(payload.clone())),
            ..Self::new(code, text("message"))
        }
    }

    /// Too many requests in a short time; there is room for one again after `retry_after`.
    pub fn rate_limited(retry_after: Duration) -> Self {
        Self {
            retry_after: Some(retry_after),
            ..Self::new(ErrorCode::RateLimited, "too many requests in a short time")
        }
    }

    /// A refusal that points at every violation.
    pub fn with_details(code: ErrorCode, message: impl Into<String>, details: Vec<Detail>) -> Self {
        Self {
            details,
            ..Self::new(code, message)
        }
    }

    /// A fault of the server. The cause belongs in the log, not here.
    pub fn internal() -> Self {
        Self::new(ErrorCode::Internal, "internal error")
    }

    /// Whose fault it is.
    pub fn severity(&self) -> Severity {
        self.verdict().0
    }

    /// The HTTP status that says the same.
    pub fn http_status(&self) -> u16 {
        self.verdict().1
    }

    /// Whether the same request may succeed later.
    pub fn retryable(&self) -> bool {
        self.verdict().2
    }

    fn verdict(&self) -> (Severity, u16, bool) {
        use Severity::{Business, System, Validation};
        if let Some(example) = &self.example
            && example["code"] != *self.code.to_string()
        {
            let retryable = example["retryable"] == true;
            return match example["severity"].as_str() {
                Some("validation_error") => (Validation, 422, retryable),
                Some("business_logic_error") => (Business, 409, retryable),
                _ => (System, 500, retryable),
            };
        }
        match self.code {
            ErrorCode::InvalidJson => (Validation, 400, false),
            ErrorCode::UnsupportedData => (Validation, 415, false),
            ErrorCode::UnknownType => (Validation, 404, false),
            ErrorCode::NotARequest => (Validation, 405, false),
            ErrorCode::InvalidFrame => (Validation, 422, false),
            ErrorCode::InvalidTopic => (Business, 404, false),
            ErrorCode::Unauthenticated => (Business, 401, false),
            ErrorCode::Forbidden => (Business, 403, false),
            ErrorCode::LimitExceeded => (Business, 429, true),
            ErrorCode::RateLimited => (Business, 429, true),
            ErrorCode::ConnectionRequired => (Business, 400, false),
            ErrorCode::SnapshotRequired => (Business, 409, false),
            ErrorCode::NotImplemented => (Business, 501, false),
            ErrorCode::TopicUnavailable => (System, 503, true),
            ErrorCode::UnknownSymbol => (Business, 404, false),
            ErrorCode::InvalidRange => (Business, 422, false),
            ErrorCode::Unavailable => (System, 503, true),
            ErrorCode::Internal => (System, 500, true),
        }
    }

    /// The payload of an `error` frame.
    pub fn payload(&self, request_type: Option<&str>) -> Value {
        if let Some(example) = &self.example {
            let mut payload = Value::clone(example);
            if let Some(request_type) = request_type {
                payload["request_type"] = request_type.into();
            }
            return payload;
        }
        let severity = match self.severity() {
            Severity::Validation => "validation_error",
            Severity::Business => "business_logic_error",
            Severity::System => "system_error",
        };
        let details: Vec<Value> = self
            .details
            .iter()
            .map(|detail| json!({"pointer": detail.pointer, "message": detail.message}))
            .collect();
        let mut payload = json!({
            "severity": severity,
            "code": self.code.to_string(),
            "message": self.message,
            "retryable": self.retryable(),
            "details": details,
        });
        if let Some(request_type) = request_type {
            payload["request_type"] = request_type.into();
        }
        if let Some(retry_after) = self.retry_after {
            // Rounded up, so that whoever waits for so long finds room.
            let milliseconds = retry_after.as_nanos().div_ceil(1_000_000);
            payload["retry_after_ms"] = u64::try_from(milliseconds).unwrap_or(u64::MAX).into();
        }
        payload
    }
}

impl Detail {
    /// A violation at a place.
    pub fn new(pointer: impl Into<String>, message: impl Into<String>) -> Self {
        let mut pointer = pointer.into();
        // The contract bounds pointers at 1,024 characters; a longer one is made of the peer's keys.
        if let Some((end, _)) = pointer.char_indices().nth(1_000) {
            pointer.truncate(end);
        }
        Self {
            pointer,
            message: shorten(message.into()),
        }
    }
}

fn shorten(mut text: String) -> String {
    if let Some((end, _)) = text.char_indices().nth(MAX_TEXT) {
        text.truncate(end);
        text.push('…');
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_time_to_wait_is_rounded_up() {
        let rows = [(0, 0), (1, 1), (999_999, 1), (1_000_000, 1), (1_000_001, 2)];
        for (nanoseconds, expected) in rows {
            let refusal = Refusal::rate_limited(Duration::from_nanos(nanoseconds));
            let payload = refusal.payload(None);
            assert_eq!(payload["retry_after_ms"], expected, "{nanoseconds} ns");
            assert_eq!(
                (&payload["code"], &payload["retryable"]),
                (&"rate_limited".into(), &true.into())
            );
        }
        let other = Refusal::internal().payload(None);
        assert_eq!(other.get("retry_after_ms"), None);
    }
}
