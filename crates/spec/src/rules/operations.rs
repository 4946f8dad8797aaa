//! Operations: which message they carry, who answers, and where they belong.

use std::collections::HashMap;

use crate::parse::{At, Doc};
use crate::report::{Problems, rule};
use crate::text::list;

pub(crate) fn check(doc: &Doc, problems: &mut Problems) {
    let mut carried: HashMap<String, (String, &str)> = HashMap::new();
    let mut replies: Vec<(At<'_>, At<'_>)> = Vec::new();
    for (key, operation) in doc.members("operations") {
        let action = operation.text("action").unwrap_or_default();
        let message = one_message(doc, &operation, problems);
        if let Some((written, message)) = &message {
            let first = carried.insert(message.path.clone(), (key.to_owned(), action));
            if let Some((first, _)) = first {
                let problem = format!(
                    "`{}` is already the message of the operation `{first}`: each operation has its own",
                    message.key()
                );
                problems.add(written, rule::OPERATION_MESSAGE, problem);
            }
        }
        match (action, operation.get("reply")) {
            ("receive", Some(reply)) => replies.extend(answered(doc, &reply, problems)),
            ("receive", None) => {
                let problem = "a request without a `reply`: name the answer's message and `error`";
                problems.add(&operation, rule::OPERATION_REPLY, problem);
            }
            ("send", Some(reply)) => {
                let problem = "nothing answers what the server sends: remove the `reply`, or make the action `receive`";
                problems.add_key(&reply, rule::OPERATION_REPLY, problem);
            }
            _ => {}
        }
        if action == "receive" {
            tagged(&operation, problems);
        } else if let Some(permissions) = operation.get("x-permissions") {
            let problem =
                "permissions are for requests; of updates, they are in the channel's `x-topic`";
            problems.add_key(&permissions, rule::EXTENSION_KEY, problem);
        }
    }
    for (written, message) in replies {
        if let Some((operation, "receive")) = carried.get(&message.path) {
            let problem = format!(
                "`{}` is received by the operation `{operation}`, so it can't be an answer",
                message.key()
            );
            problems.add(&written, rule::OPERATION_MESSAGE, problem);
        }
    }
}

/// The operation's only message, as written and resolved.
fn one_message<'a>(
    doc: &'a Doc,
    operation: &At<'a>,
    problems: &mut Problems,
) -> Option<(At<'a>, At<'a>)> {
    let messages = operation.get("messages")?;
    let items = messages.items();
    if items.len() != 1 {
        let problem = format!(
            "an operation has one message, and this has {}: make an operation of each",
            items.len()
        );
        problems.add(&messages, rule::OPERATION_MESSAGE, problem);
    }
    let written = items.into_iter().next()?;
    let channel = operation.get("channel");
    if let Some(channel) = channel.as_ref().and_then(At::reference)
        && let Some(message) = written.reference()
        && belongs_elsewhere(doc, message, channel)
    {
        let problem = format!(
            "`{message}` is not a message of the operation's channel `{channel}`: {}",
            right(message, channel)
        );
        problems.add(&written, rule::OPERATION_MESSAGE, problem);
    }
    let message = doc.resolve(&written)?;
    Some((written, message))
}

/// Whether the message reference is sound and of another channel.
fn belongs_elsewhere(doc: &Doc, message: &str, channel: &str) -> bool {
    doc.target(channel).is_some()
        && doc.target(message).is_some()
        && message.starts_with("#/channels/")
        && !message.starts_with(&format!("{channel}/messages/"))
}

fn right(message: &str, channel: &str) -> String {
    let key = message.rsplit('/').next().unwrap_or_default();
    format!("expected `{channel}/messages/{key}`")
}

/// A reply: one success, and `error`, of its own channel. Gives the messages, as written and
/// resolved.
fn answered<'a>(doc: &'a Doc, reply: &At<'a>, problems: &mut Problems) -> Vec<(At<'a>, At<'a>)> {
    let Some(messages) = reply.get("messages") else {
        return Vec::new();
    };
    let channel = reply.get("channel");
    let mut found = Vec::new();
    let (mut names, mut unknown) = (Vec::new(), false);
    for written in messages.items() {
        if let Some(channel) = channel.as_ref().and_then(At::reference)
            && let Some(message) = written.reference()
            && belongs_elsewhere(doc, message, channel)
        {
            let problem = format!(
                "`{message}` is not a message of the reply's channel `{channel}`: {}",
                right(message, channel)
            );
            problems.add(&written, rule::REPLY_MESSAGE, problem);
        }
        let message = doc.resolve(&written);
        match message.as_ref().and_then(|message| message.text("name")) {
            Some(name) => names.push(name),
            None => unknown = true,
        }
        found.extend(message.map(|message| (written, message)));
    }
    // Without any `error` in the document there is one diagnostic, not one for each reply.
    let defined = doc.members("components/messages");
    let no_error = !defined
        .iter()
        .any(|(_, message)| message.text("name") == Some("error"));
    let errors = names.iter().filter(|name| **name == "error").count();
    if !unknown && !no_error && (names.len(), errors) != (2, 1) {
        let problem = format!(
            "a reply names the answer's message and `error`, nothing else: this one names {}",
            list(names.iter().copied())
        );
        problems.add(&messages, rule::OPERATION_REPLY, problem);
    }
    found
}

/// A request's first tag decides which handler trait it belongs to.
fn tagged(operation: &At<'_>, problems: &mut Problems) {
    if operation
        .get("tags")
        .is_none_or(|tags| tags.items().is_empty())
    {
        let problem = "the request has no tag: its tag names the module that answers it, `tags: [{$ref: '#/components/tags/…'}]`";
        problems.add(operation, rule::OPERATION_TAG, problem);
    }
}
