//! A request on the connection itself, with its answer.

use super::draft::{Draft, keys, named};
use super::frames::{Envelope, NewMessage, Sample, object, with_schemas, words};
use super::operation::NewOperation;
use super::{ExtendError, Field, NewRequest};
use crate::text::capitalized;

pub(super) fn add(draft: &mut Draft<'_>, plan: &NewRequest) -> Result<(), ExtendError> {
    let name = &plan.name;
    named(name, "a request")?;
    let connection = draft.connection()?;
    let tags = draft.tag(plan.tag.as_deref())?;
    let (_, schema) = keys(name);
    let (request, result) = (format!("{schema}Request"), format!("{schema}Result"));
    let text = [Field::text()];
    let reply = match &plan.reply[..] {
        [] => &text[..],
        reply => reply,
    };
    let asked = with_schemas(draft, &plan.request, &schema)?;
    let answered = with_schemas(draft, reply, &result)?;
    let asks = object(draft, &request, &format!("What `{name}` asks."), &asked)?;
    let answers = object(
        draft,
        &result,
        &format!("What `{name}` answers."),
        &answered,
    )?;

    let message = NewMessage {
        wire_type: name,
        envelope: Envelope::Request,
        payload: &request,
        summary: &format!("Asks `{name}`."),
        example: Sample {
            name: "request",
            shows: "A whole request.",
            payload: asks,
            topic: "",
        },
    };
    let message = message.add(draft)?;
    let answer = NewMessage {
        wire_type: &format!("{name}.response"),
        envelope: Envelope::Answer,
        payload: &result,
        summary: &format!("The answer to `{name}`."),
        example: Sample {
            name: "answer",
            shows: "A whole answer.",
            payload: answers,
            topic: "",
        },
    };
    let answer = answer.add(draft)?;
    let channel = format!("channels/{connection}/messages");
    for key in [&message, &answer] {
        let reference = format!(" {{$ref: '#/components/messages/{key}'}}\n");
        draft.add(&channel, key, &reference)?;
    }
    let summary = capitalized(&words(name)) + ".";
    let operation = NewOperation {
        channel: &connection,
        wire_type: name,
        summary: plan.summary.as_ref().unwrap_or(&summary),
        description: None,
        message: &message,
        answer: Some(&answer),
        tags: &tags,
        permissions: &plan.permissions,
    };
    operation.add(draft)
}
