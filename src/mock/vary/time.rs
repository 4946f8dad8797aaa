//! Times in examples: which values are one, and how they go on.

use chrono::{DateTime, Datelike, TimeDelta, Utc};
use serde_json::{Number, Value};

use super::number::Bounds;
use crate::mock::shape::{Place, Shape};
use crate::wire::rfc3339;

/// Words in the name of a member or a schema that tell a time from any other integer.
const WORDS: [&str; 5] = ["time", "timestamp", "at", "date", "millis"];

/// A moment in an example.
#[derive(Debug, Clone, Copy)]
pub(super) enum Time {
    /// RFC 3339.
    Text(DateTime<Utc>),
    /// Since 1970, with how many of its units a millisecond has.
    Count(i64, Unit),
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Seconds,
    Millis,
    Micros,
    Nanos,
}

impl Time {
    /// The time that a value is: a text of `format: date-time`, or an integer that counts from 1970,
    /// by its size, and is called so.
    pub(super) fn of(place: &Place<'_>, shape: Shape<'_>, value: &Value) -> Option<Self> {
        match value {
            Value::String(text) if shape.text("format") == Some("date-time") => {
                let time = DateTime::parse_from_rfc3339(text).ok()?;
                Some(Self::Text(time.to_utc()))
            }
            Value::Number(number) if is_called_so(place.member) || is_called_so(shape.name) => {
                let count = number.as_i64()?;
                // From 1973 on, in each of the units.
                let unit = match count {
                    100_000_000..100_000_000_000 => Unit::Seconds,
                    100_000_000_000..100_000_000_000_000 => Unit::Millis,
                    100_000_000_000_000..100_000_000_000_000_000 => Unit::Micros,
                    100_000_000_000_000_000.. => Unit::Nanos,
                    _ => return None,
                };
                Some(Self::Count(count, unit))
            }
            _ => None,
        }
    }

    /// Milliseconds since 1970.
    pub(super) fn millis(self) -> i64 {
        match self {
            Self::Text(time) => time.timestamp_millis(),
            Self::Count(count, Unit::Seconds) => count.saturating_mul(1_000),
            Self::Count(count, Unit::Millis) => count,
            Self::Count(count, Unit::Micros) => count / 1_000,
            Self::Count(count, Unit::Nanos) => count / 1_000_000,
        }
    }

    /// So many milliseconds later, as JSON; `None` when the schema does not allow that.
    pub(super) fn later(self, millis: i64, shape: Shape<'_>) -> Option<Value> {
        match self {
            Self::Text(time) => {
                let time = time.checked_add_signed(TimeDelta::milliseconds(millis))?;
                // RFC 3339 has four digits for the year.
                (0..=9_999)
                    .contains(&time.year())
                    .then(|| rfc3339(time).into())
            }
            Self::Count(count, unit) => {
                let passed = match unit {
                    Unit::Seconds => millis / 1_000,
                    Unit::Millis => millis,
                    Unit::Micros => millis.checked_mul(1_000)?,
                    Unit::Nanos => millis.checked_mul(1_000_000)?,
                };
                let number = Number::from(count.checked_add(passed)?);
                Bounds::of(shape.schema)
                    .allow(&number)
                    .then_some(Value::Number(number))
            }
        }
    }
}

/// Whether one of the words is in `updated_at`, `UnixMillis`, `time`.
fn is_called_so(name: &str) -> bool {
    let mut words = vec![String::new()];
    for c in name.chars() {
        if c.is_ascii_uppercase() || !c.is_ascii_alphabetic() {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| c.is_ascii_alphabetic()) {
            word.push(c.to_ascii_lowercase());
        }
    }
    words.iter().any(|word| WORDS.contains(&word.as_str()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_called_a_time() {
        let rows = [
            ("time", true),
            ("UnixMillis", true),
            ("updated_at", true),
            ("openTime", true),
            ("lifetime", false),
            ("latitude", false),
            ("ItemCount", false),
            ("", false),
        ];
        for (name, expected) in rows {
            assert_eq!(is_called_so(name), expected, "{name}");
        }
    }
}
