//! Values as YAML in braces, on one line.

use serde_json::Value;

/// `{symbol: AAPL, topic: "news:AAPL"}`
pub(super) fn flow(value: &Value) -> String {
    match value {
        Value::Object(members) => {
            let members = members.iter().map(|(key, value)| match value {
                // As people write references.
                Value::String(reference) if key == "$ref" && !reference.contains('\'') => {
                    format!("$ref: '{reference}'")
                }
                value => format!("{}: {}", text(key), flow(value)),
            });
            format!("{{{}}}", members.collect::<Vec<_>>().join(", "))
        }
        Value::Array(items) => {
            format!(
                "[{}]",
                items.iter().map(flow).collect::<Vec<_>>().join(", ")
            )
        }
        Value::String(string) => text(string),
        other => other.to_string(),
    }
}

/// A string, without quotes where every reader takes it for one. JSON's quotes are YAML's, too.
pub(super) fn text(string: &str) -> String {
    let plain = string.starts_with(|c: char| c.is_ascii_alphabetic())
        && string
            .bytes()
            .all(|b| b.is_ascii_alphanumeric() || matches!(b, b'_' | b'.' | b'-'));
    // `1e5` and `y` are something else to some readers; `null` to all.
    const WORDS: [&str; 11] = [
        "true", "false", "null", "yes", "no", "on", "off", "y", "n", "nan", "inf",
    ];
    let word = WORDS.contains(&string.to_ascii_lowercase().as_str());
    if plain && !word {
        string.to_owned()
    } else {
        Value::from(string).to_string()
    }
}

/// A sentence as the value of a block mapping.
pub(super) fn sentence(string: &str) -> String {
    let plain = string.starts_with(|c: char| c.is_ascii_alphabetic())
        && string
            .chars()
            .all(|c| c.is_alphanumeric() || " .,;()'`{}-".contains(c))
        && string.contains(' ')
        && string.trim() == string;
    if plain {
        string.to_owned()
    } else {
        text(string)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_again() {
        for value in [
            serde_json::json!({"$ref": "#/a/b", "x": {"$ref": "it's"}}),
            serde_json::json!({"a": 1, "b": [true, null, -1.5], "c": {}, "d": []}),
            serde_json::json!([
                "AAPL",
                "bars:AAPL:1",
                "no",
                "1",
                "1e5",
                "",
                "a b",
                "a\n\"b\"\\",
                "é",
                "# x",
                "-",
                "N"
            ]),
        ] {
            let read: Value = serde_yaml::from_str(&flow(&value)).expect("YAML");
            assert_eq!(read, value);
        }
        for string in [
            "One update.",
            "It's `new`: see #1",
            "no",
            " x ",
            "- x",
            "Two\nlines",
            "{x} y",
            "Say {x} twice.",
        ] {
            let read: Value =
                serde_yaml::from_str(&format!("a: {}", sentence(string))).expect("YAML");
            assert_eq!(read["a"], string);
        }
    }
}
