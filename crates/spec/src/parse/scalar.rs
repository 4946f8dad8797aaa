//! What a plain (unquoted) scalar means: YAML 1.2's core schema, minus what other readers see
//! differently.
//!
//! The same document is read by JavaScript, Python and Java tools, many of them YAML 1.1 at
//! heart. Text on which they disagree (`no`, `2024-01-01`, `012`) is refused, with quotes as the
//! way out.

use serde_json::Number;

use super::node::Kind;

/// The value of a plain scalar, or what is wrong with it.
pub(crate) fn plain(text: &str) -> Result<Kind, String> {
    match text {
        "" | "~" | "null" | "Null" | "NULL" => return Ok(Kind::Null),
        "true" | "True" | "TRUE" => return Ok(Kind::Bool(true)),
        "false" | "False" | "FALSE" => return Ok(Kind::Bool(false)),
        _ => {}
    }
    if let Some(other) = ambiguous(text) {
        return Err(format!(
            "`{text}` reads as {other} in some YAML parsers: put it in quotes"
        ));
    }
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    if matches!(
        unsigned,
        ".inf" | ".Inf" | ".INF" | ".nan" | ".NaN" | ".NAN"
    ) {
        return Err(format!(
            "`{text}` has no place in JSON: write a finite number"
        ));
    }
    let digits = unsigned.bytes().filter(u8::is_ascii_digit).count();
    if digits == 0 || !unsigned.starts_with(|c: char| c == '.' || c.is_ascii_digit()) {
        return Ok(Kind::String(text.to_owned()));
    }
    if digits == unsigned.len() {
        let number = text
            .parse::<i64>()
            .map(Number::from)
            .or_else(|_| text.parse::<u64>().map(Number::from));
        return number.map(Kind::Number).map_err(|_| {
            format!(
                "`{text}` does not fit into 64 bits: put it in quotes, or write a smaller number"
            )
        });
    }
    if !unsigned
        .bytes()
        .all(|b| b.is_ascii_digit() || b".eE+-".contains(&b))
    {
        return Ok(Kind::String(text.to_owned()));
    }
    match text.parse::<f64>() {
        Ok(number) => Number::from_f64(number)
            .map(Kind::Number)
            .ok_or_else(|| format!("`{text}` is too large for a JSON number")),
        Err(_) => Ok(Kind::String(text.to_owned())),
    }
}

/// What YAML 1.1 or 1.2 makes of text that the other takes for something else.
fn ambiguous(text: &str) -> Option<&'static str> {
    let lower = text.to_ascii_lowercase();
    if matches!(lower.as_str(), "yes" | "no" | "on" | "off") {
        return Some("a boolean");
    }
    let unsigned = text.strip_prefix(['-', '+']).unwrap_or(text);
    if !unsigned.starts_with(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let only = |set: &[u8]| {
        unsigned
            .bytes()
            .all(|b| b.is_ascii_digit() || set.contains(&b))
    };
    let date = unsigned.len() >= 8
        && unsigned.as_bytes().get(4) == Some(&b'-')
        && unsigned.bytes().take(4).all(|b| b.is_ascii_digit())
        && only(b"-:.+TtZz ")
        && unsigned.matches('-').count() >= 2;
    if date {
        Some("a timestamp")
    } else if lower.starts_with("0x") || lower.starts_with("0o") || lower.starts_with("0b") {
        Some("a number")
    } else if unsigned.len() > 1 && unsigned.starts_with('0') && only(b"") {
        Some("an octal number")
    } else if unsigned.contains(':') && only(b":.") && !unsigned.ends_with(':') {
        Some("a number of base 60")
    } else if unsigned.contains('_') && only(b"_.") {
        Some("a number")
    } else {
        None
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn plain_text_means_what_every_reader_takes_it_for() {
        for (text, expected) in [
            ("", "Ok(Null)"),
            ("true", "Ok(Bool(true))"),
            ("-7", "Ok(Number(Number(-7)))"),
            (
                "18446744073709551615",
                "Ok(Number(Number(18446744073709551615)))",
            ),
            ("1.50", "Ok(Number(Number(1.5)))"),
            ("1e3", "Ok(Number(Number(1000.0)))"),
            ("3.0.0", "Ok(String(\"3.0.0\"))"),
            ("1-2", "Ok(String(\"1-2\"))"),
            ("bars:AAPL:1", "Ok(String(\"bars:AAPL:1\"))"),
            (".", "Ok(String(\".\"))"),
        ] {
            assert_eq!(format!("{:?}", plain(text)), expected, "{text}");
        }
    }

    #[test]
    fn text_that_readers_disagree_on_is_refused() {
        for text in [
            "no",
            "On",
            "2024-01-01",
            "2024-01-01T00:00:00Z",
            "012",
            "0x1F",
            "0o17",
            "1:30",
            "1_000",
            ".nan",
            "-.inf",
            "1e999",
            "18446744073709551616",
        ] {
            assert!(plain(text).is_err(), "{text}");
        }
    }
}
