//! One line of the log.

use std::fmt::Write;
use std::net::IpAddr;

use chrono::Utc;
use serde_json::{Value, json};
use uuid::Uuid;

use crate::auth::Principal;
use crate::wire::rfc3339;

/// Longer texts are cut, in characters: what others write into the log is bounded.
const MAX_TEXT: usize = 512;

/// A line that is being put together; its fields are in the order in which they were added.
pub(super) struct Line(Vec<(&'static str, Value)>);

impl Line {
    pub(super) fn of(event: &'static str) -> Self {
        Self(vec![
            ("time", rfc3339(Utc::now()).into()),
            ("event", event.into()),
        ])
    }

    pub(super) fn by(mut self, principal: &Principal) -> Self {
        self.0.push(("kind", principal.kind().into()));
        match principal.user() {
            Some(user) => self.with("sub", &user.sub),
            None => self,
        }
    }

    pub(super) fn with(mut self, field: &'static str, text: &str) -> Self {
        let text: String = text.chars().take(MAX_TEXT).collect();
        self.0.push((field, text.into()));
        self
    }

    pub(super) fn with_code(mut self, code: u16) -> Self {
        self.0.push(("code", code.into()));
        self
    }

    pub(super) fn with_count(mut self, lines: u64) -> Self {
        self.0.push(("lines", lines.into()));
        self
    }

    pub(super) fn from(mut self, address: IpAddr, connection: Option<Uuid>) -> Self {
        let address = address.to_canonical().to_string();
        self.0.push(("address", address.into()));
        if let Some(id) = connection {
            self.0.push(("connection", json!(id)));
        }
        self
    }

    /// The line with its end. It is ASCII: what terminals, log viewers or people take for the end of a line,
    /// a command, or another letter is written as its number.
    pub(super) fn finish(self) -> String {
        let mut line = String::from("{");
        for (n, (field, value)) in self.0.into_iter().enumerate() {
            let comma = if n == 0 { "" } else { "," };
            let text = format!("{comma}\"{field}\":{value}");
            push_ascii(&mut line, &text);
        }
        line.push_str("}\n");
        line
    }
}

/// JSON escapes the control characters below space; the rest of what is no plain text is escaped here.
/// Outside of its texts, JSON is ASCII anyway.
fn push_ascii(line: &mut String, json: &str) {
    for character in json.chars() {
        if matches!(character, ' '..='~') {
            line.push(character);
            continue;
        }
        for unit in character.encode_utf16(&mut [0; 2]) {
            write!(line, "\\u{unit:04x}").expect("a String takes everything");
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_that_is_named_ends_a_line_or_commands_a_terminal() {
        // The text, and how it is written.
        let rows = [
            ("plain", r#""plain""#),
            ("a\n{\"event\":\"x\"}", r#""a\n{\"event\":\"x\"}""#),
            ("\r\u{1b}[31mred", r#""\r\u001b[31mred""#),
            ("\u{7f}\u{85}\u{9b}", r#""\u007f\u0085\u009b""#),
            ("\u{2028}\u{2029}\u{202e}", r#""\u2028\u2029\u202e""#),
            ("é𝄞", r#""\u00e9\ud834\udd1e""#),
        ];
        for (text, expected) in rows {
            let line = Line(Vec::new()).with("what", text).finish();
            assert_eq!(line, format!("{{\"what\":{expected}}}\n"));
            let read: Value = serde_json::from_str(&line).unwrap();
            assert_eq!(read["what"], text);
        }
    }

    #[test]
    fn texts_are_bounded() {
        let line = Line(Vec::new()).with("what", &"é".repeat(600)).finish();
        let read: Value = serde_json::from_str(&line).unwrap();
        assert_eq!(read["what"].as_str().unwrap().chars().count(), MAX_TEXT);
    }
}
