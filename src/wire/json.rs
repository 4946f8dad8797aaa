//! JSON as a contract can rely on it: no duplicate keys, no bottomless nesting.
//!
//! `serde_json::Value` keeps the last of two equal keys in silence. Two readers of one frame
//! could then see different requests, so a frame with a duplicate key is refused instead.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::map::Entry;
use serde_json::{Map, Number, Value};

/// How deep arrays and objects may be nested. The contract's frames need six.
pub const MAX_DEPTH: usize = 32;

/// Parses one JSON value out of `text`.
///
/// # Errors
/// Anything but exactly one JSON value; a duplicate key; nesting deeper than 32; a number
/// beyond the range of a double; an unpaired surrogate. The message has line and column.
pub fn parse(text: &[u8]) -> Result<Value, serde_json::Error> {
    let mut deserializer = serde_json::Deserializer::from_slice(text);
    let value = Strict::default().deserialize(&mut deserializer)?;
    deserializer.end()?;
    Ok(value)
}

/// Reads a value from any self-describing format, with these rules.
#[derive(Clone, Copy, Default)]
pub(super) struct Strict {
    depth: usize,
}

impl Strict {
    fn deeper<E: Error>(self) -> Result<Self, E> {
        if self.depth == MAX_DEPTH {
            return Err(E::custom(format_args!("nested more than {MAX_DEPTH} deep")));
        }
        Ok(Self {
            depth: self.depth + 1,
        })
    }
}

impl<'de> DeserializeSeed<'de> for Strict {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Strict {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E: Error>(self, value: f64) -> Result<Value, E> {
        Number::from_f64(value)
            .map(Value::Number)
            .ok_or_else(|| E::custom("number out of range"))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(value.to_owned()))
    }

    fn visit_string<E>(self, value: String) -> Result<Value, E> {
        Ok(Value::String(value))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let inner = self.deeper()?;
        let mut items = Vec::new();
        while let Some(item) = access.next_element_seed(inner)? {
            items.push(item);
        }
        Ok(Value::Array(items))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut access: A) -> Result<Value, A::Error> {
        let inner = self.deeper()?;
        let mut map = Map::new();
        while let Some(key) = access.next_key::<String>()? {
            match map.entry(key) {
                Entry::Vacant(entry) => {
                    entry.insert(access.next_value_seed(inner)?);
                }
                Entry::Occupied(entry) => {
                    let message = format_args!("duplicate key {:?}", entry.key());
                    return Err(A::Error::custom(message));
                }
            }
        }
        Ok(Value::Object(map))
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn check(text: &str, expected: Result<Value, &str>) {
        match (parse(text.as_bytes()), expected) {
            (Ok(value), Ok(expected)) => assert_eq!(value, expected, "{text}"),
            (Err(error), Err(part)) => {
                assert!(error.to_string().contains(part), "{text}: {error}");
            }
            (result, expected) => panic!("{text}: {result:?}, expected {expected:?}"),
        }
    }

    #[test]
    fn only_unambiguous_json_passes() {
        check(
            r#"{"a": [1, -2, 3.5, "x", null, true]}"#,
            Ok(serde_json::json!({"a": [1, -2, 3.5, "x", null, true]})),
        );
        check(r#"{"a": 1, "a": 1}"#, Err("duplicate key \"a\""));
        check(
            r#"{"a": {"b": 1, "\u0062": 2}}"#,
            Err("duplicate key \"b\""),
        );
        check("{} {}", Err("trailing characters"));
        check("", Err("EOF"));
        check("1e999", Err("number out of range"));
        check(r#""\ud800""#, Err("hex escape"));
        check(r#""\ud800\u0041""#, Err("surrogate"));
        check("NaN", Err("expected"));
        check(
            &format!("{}{}", "[".repeat(MAX_DEPTH), "]".repeat(MAX_DEPTH)),
            Ok(
                parse(format!("{}{}", "[".repeat(MAX_DEPTH), "]".repeat(MAX_DEPTH)).as_bytes())
                    .unwrap(),
            ),
        );
        check(&"[".repeat(MAX_DEPTH + 1), Err("nested more than"));
        check(&"{\"a\":".repeat(100_000), Err("nested more than"));
    }

    proptest! {
        #[test]
        fn agrees_with_serde_json_on_what_it_prints(text in "\\PC{0,40}", number in any::<i64>(), float in -1e300..1e300_f64) {
            let value = serde_json::json!({"t": text, "n": [number, float], "o": {"x": null}});
            prop_assert_eq!(parse(value.to_string().as_bytes()).unwrap(), value);
        }

        #[test]
        fn never_panics(bytes in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = parse(&bytes);
        }
    }
}
