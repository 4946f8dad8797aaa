//! Messages: their names, and how they belong together with channels and correlation ids.

use std::collections::HashMap;

use crate::parse::{At, Doc};
use crate::report::{Problems, rule};
use crate::resolve::{LOCATION, property};
use crate::text::suggest;

pub(crate) fn check(doc: &Doc, problems: &mut Problems) {
    let mut names: HashMap<&str, String> = HashMap::new();
    for (key, message) in doc.members("components/messages") {
        if let Some(name) = message.get("name") {
            named(&message, &name, problems);
            let text = name.str().unwrap_or_default();
            match names.get(text) {
                Some(first) if !text.is_empty() => {
                    let problem = format!(
                        "`{text}` is already the name of `{first}`: a wire type stands for one message"
                    );
                    problems.add(&name, rule::MESSAGE_DUPLICATE, problem);
                }
                _ => {
                    names.insert(text, key.to_owned());
                }
            }
        }
        correlation(doc, &message, problems);
    }
    for (_, channel) in doc.members("channels") {
        for (key, message) in channel
            .get("messages")
            .map(|at| at.members())
            .unwrap_or_default()
        {
            let target = message
                .reference()
                .and_then(|r| r.strip_prefix("#/components/messages/"));
            if let Some(target) = target.filter(|target| *target != key) {
                let problem = format!(
                    "`{key}` is `{target}` in `components/messages`: tools make types from both keys, use the same"
                );
                problems.add_key(&message, rule::KEY_SPELLING, problem);
            }
        }
    }
}

fn named(message: &At<'_>, name: &At<'_>, problems: &mut Problems) {
    let Some(text) = name.str() else { return };
    if !text.split('.').all(is_word) {
        let problem = format!(
            "`{text}` is no wire type: words in snake_case, joined by dots, such as `bars.subscribe`"
        );
        problems.add(name, rule::MESSAGE_NAME, problem);
    }
    if let Some(title) = message.get("title")
        && title.str().is_some_and(|title| title != text)
    {
        let problem = format!(
            "the title differs from the name `{text}`: docs show only the title, so both are the wire type"
        );
        problems.add(&title, rule::MESSAGE_NAME, problem);
    }
}

fn is_word(word: &str) -> bool {
    word.starts_with(|c: char| c.is_ascii_lowercase())
        && word
            .bytes()
            .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
}

/// The correlation id is a string of the message's own frame.
fn correlation(doc: &Doc, message: &At<'_>, problems: &mut Problems) {
    let Some(written) = message.get("correlationId") else {
        return;
    };
    let Some(location) = doc.resolve(&written).and_then(|id| id.get("location")) else {
        return;
    };
    let Some(text) = location.str() else { return };
    let Some(pointer) = text.strip_prefix(LOCATION) else {
        let problem = format!("`{text}` is not in the frame: write `{LOCATION}/msg_id`");
        problems.add(&location, rule::CORRELATION_ID, problem);
        return;
    };
    let Some(frame) = message.get("payload").and_then(|at| doc.resolve(&at)) else {
        return;
    };
    if property(doc, &frame, pointer).is_none() {
        let key = message.key();
        let problem = format!(
            "`{pointer}` is not in the frame of `{key}`: {}",
            fields(&frame, pointer)
        );
        problems.add(&written, rule::CORRELATION_ID, problem);
    }
}

/// Suggests one of a frame's fields for a pointer that fails.
pub(crate) fn fields(frame: &At<'_>, pointer: &str) -> String {
    let fields = frame
        .get("properties")
        .map(|at| at.members())
        .unwrap_or_default();
    let fields: Vec<String> = fields.iter().map(|(name, _)| format!("/{name}")).collect();
    suggest(pointer, fields.iter().map(String::as_str))
}
