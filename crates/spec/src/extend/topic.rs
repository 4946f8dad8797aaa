//! A family of topics: its channel, and whatever subscribing to it needs.

mod parameters;

use serde_json::{Map, Value, json};

use super::draft::{Draft, keys, named};
use super::flow::{flow, sentence};
use super::frames::{Envelope, NewMessage, Sample, below, object, with_schemas};
use super::operation::NewOperation;
use super::{ExtendError, Field, NewTopic, samples};
use crate::model::{Delivery, Source};
use parameters::Parameter;

pub(super) fn add(draft: &mut Draft<'_>, plan: &NewTopic) -> Result<(), ExtendError> {
    let name = &plan.name;
    named(name, "a family of topics")?;
    if draft.contract.family(name).is_some() {
        let problem = format!("there is a family of topics `{name}` already");
        return Err(ExtendError::Refused(problem));
    }
    let (key, schema) = keys(name);
    let parameters = parameters::of(draft, plan)?;
    let topic = parameters::joined(name, parameters.iter().map(|p| p.sample.as_str()));
    let tags = draft.tag(plan.tag.as_deref())?;
    let pushes = pushes(draft, plan, &schema, &parameters)?;
    let mut family = Family {
        draft,
        name,
        key: &key,
        topic: &topic,
        tags: &tags,
        messages: Vec::new(),
    };
    family.subscribing(&schema, &parameters, plan.delivery)?;
    for push in pushes {
        family.push(push)?;
    }
    let messages = family.messages;
    channel(draft, plan, &key, &parameters, &messages)
}

/// What the server sends: `update` or `snapshot`, with its payload.
struct Push {
    end: &'static str,
    schema: String,
    example: Value,
    description: &'static str,
}

/// The payloads of what the server sends: the parameters, and what the author wants.
fn pushes(
    draft: &mut Draft<'_>,
    plan: &NewTopic,
    schema: &str,
    parameters: &[Parameter],
) -> Result<Vec<Push>, ExtendError> {
    let text = [Field::text()];
    let said = match &plan.fields[..] {
        [] => &text[..],
        fields => fields,
    };
    let mut fields: Vec<(Field, String)> = parameters
        .iter()
        .map(|parameter| (Field::required(&parameter.name), parameter.schema.clone()))
        .collect();
    fields.extend(with_schemas(draft, said, schema)?);
    let name = &plan.name;
    let state = ("State", format!("The newest state of `{name}`."));
    let event = ("Event", format!("One event of `{name}`."));
    let change = ("Change", format!("What has changed of `{name}`."));
    let payloads = match plan.delivery {
        Delivery::Latest => vec![(
            "update",
            state,
            "The newest state; it replaces the one before.",
        )],
        Delivery::Window | Delivery::Lossless => {
            vec![("update", event, "One event. Each is sent once.")]
        }
        Delivery::Delta => vec![
            ("update", change, "One change of the state."),
            (
                "snapshot",
                state,
                "The whole state; it replaces what was known.",
            ),
        ],
    };
    let mut pushes = Vec::new();
    for (end, (kind, what), description) in payloads {
        let schema = format!("{schema}{kind}");
        let example = object(draft, &schema, &what, &fields)?;
        pushes.push(Push {
            end,
            schema,
            example,
            description,
        });
    }
    Ok(pushes)
}

/// A family while its messages and operations are added.
struct Family<'d, 't> {
    draft: &'d mut Draft<'t>,
    name: &'d str,
    /// The key of its channel.
    key: &'d str,
    /// The topic of the examples.
    topic: &'d str,
    /// Tags of its operations, as written.
    tags: &'d str,
    /// Keys of its messages.
    messages: Vec<String>,
}

/// `subscribe` or `unsubscribe`, which the server answers.
struct Exchange<'a> {
    verb: &'a str,
    /// Beginnings of what it does: of the request's summary and of the operation's.
    does: (&'a str, &'a str),
    request: &'a str,
    /// What the schema of the answer is for.
    result: &'a str,
    asks: Value,
    answers: Value,
    description: &'a str,
}

impl Family<'_, '_> {
    fn subscribing(
        &mut self,
        schema: &str,
        parameters: &[Parameter],
        delivery: Delivery,
    ) -> Result<(), ExtendError> {
        let (name, topic) = (self.name, self.topic);
        let fields: Vec<(Field, String)> = parameters
            .iter()
            .map(|parameter| (parameter.field(), parameter.schema.clone()))
            .collect();
        let asks: Map<String, Value> = parameters
            .iter()
            .map(|parameter| (parameter.name.clone(), parameter.sample.clone().into()))
            .collect();
        let mut options = vec![(Field::optional("since"), self.draft.role("StreamPosition")?)];
        if delivery != Delivery::Delta {
            options.push((Field::optional("history"), self.draft.role("ReplayCount")?));
        }
        let request = format!("{schema}SubscribeRequest");
        let all: Vec<_> = fields.iter().cloned().chain(options).collect();
        let what = format!("Which topic of `{name}` to follow, and from where on.");
        object(self.draft, &request, &what, &all)?;
        let result = self.draft.role("SubscribeResult")?;
        let epoch = self.draft.role("StreamEpoch")?;
        let epoch = samples::of(self.draft, &epoch)?;
        self.exchange(Exchange {
            verb: "subscribe",
            does: ("Subscribes to", "Subscribe to"),
            request: &request,
            result: &result,
            asks: asks.clone().into(),
            answers: json!({
                "status": "subscribed", "message": "subscribed", "topic": topic, "epoch": epoch, "seq": 0
            }),
            description: "The answer carries the topic and its position; updates follow after it.",
        })?;

        let request = format!("{schema}UnsubscribeRequest");
        let what = format!("Which topic of `{name}` to leave.");
        object(self.draft, &request, &what, &fields)?;
        let result = self.draft.role("UnsubscribeResult")?;
        self.exchange(Exchange {
            verb: "unsubscribe",
            does: ("Unsubscribes from", "Unsubscribe from"),
            request: &request,
            result: &result,
            asks: asks.into(),
            answers: json!({"status": "unsubscribed", "message": "unsubscribed", "topic": topic}),
            description: "After the answer no update of the topic follows.",
        })
    }

    fn exchange(&mut self, exchange: Exchange<'_>) -> Result<(), ExtendError> {
        let wire_type = format!("{}.{}", self.name, exchange.verb);
        let message = NewMessage {
            wire_type: &wire_type,
            envelope: Envelope::Request,
            payload: exchange.request,
            summary: &format!("{} a topic of `{}`.", exchange.does.0, self.name),
            example: Sample {
                name: "one",
                shows: "One topic.",
                payload: exchange.asks,
                topic: "",
            },
        };
        let message = message.add(self.draft)?;
        let answer = NewMessage {
            wire_type: &format!("{wire_type}.response"),
            envelope: Envelope::Answer,
            payload: exchange.result,
            summary: &format!("The answer to `{wire_type}`."),
            example: Sample {
                name: "done",
                shows: "It worked.",
                payload: exchange.answers,
                topic: "",
            },
        };
        let answer = answer.add(self.draft)?;
        self.operation(
            &wire_type,
            &format!("{} a topic of `{}`.", exchange.does.1, self.name),
            exchange.description,
            (&message, Some(&answer)),
        )?;
        self.messages.extend([message, answer]);
        Ok(())
    }

    fn push(&mut self, push: Push) -> Result<(), ExtendError> {
        let wire_type = format!("{}.{}", self.name, push.end);
        let summary = format!("The {} of a topic of `{}`.", push.end, self.name);
        let message = NewMessage {
            wire_type: &wire_type,
            envelope: Envelope::Update,
            payload: &push.schema,
            summary: &summary,
            example: Sample {
                name: "one",
                shows: "A whole frame.",
                payload: push.example,
                topic: self.topic,
            },
        };
        let message = message.add(self.draft)?;
        self.operation(&wire_type, &summary, push.description, (&message, None))?;
        self.messages.push(message);
        Ok(())
    }

    fn operation(
        &mut self,
        wire_type: &str,
        summary: &str,
        description: &str,
        (message, answer): (&str, Option<&str>),
    ) -> Result<(), ExtendError> {
        let operation = NewOperation {
            channel: self.key,
            wire_type,
            summary,
            description: Some(description),
            message,
            answer,
            tags: self.tags,
            permissions: &[],
        };
        operation.add(self.draft)
    }
}

fn channel(
    draft: &mut Draft<'_>,
    plan: &NewTopic,
    key: &str,
    parameters: &[Parameter],
    messages: &[String],
) -> Result<(), ExtendError> {
    let (delivery, promise) = match plan.delivery {
        Delivery::Latest => ("latest", "A slow reader gets the newest state."),
        Delivery::Window => (
            "window",
            "A slow reader loses the oldest updates, and is told which.",
        ),
        Delivery::Lossless => ("lossless", "No update is ever left out."),
        Delivery::Delta => ("delta", "First a snapshot, then changes of it."),
    };
    let name = &plan.name;
    let names = parameters
        .iter()
        .map(|parameter| format!("{{{}}}", parameter.name));
    let pattern = parameters::joined(name, names);
    let summary = format!("The topics of `{name}`.");
    let summary = sentence(plan.summary.as_ref().unwrap_or(&summary));
    let mut lines = format!(
        "address: {pattern}\ntitle: {pattern}\nsummary: {summary}\ndescription: {promise}\n"
    );
    let channels = draft.doc.members("channels");
    if let Some(servers) = channels
        .iter()
        .find_map(|(_, channel)| channel.get("servers"))
    {
        lines += &format!("servers: {}\n", flow(&servers.to_value()));
    }
    if !parameters.is_empty() {
        lines += "parameters:\n";
    }
    for parameter in parameters {
        lines += &format!("  {}: {}\n", parameter.name, parameter.written);
    }
    lines += "messages:\n";
    for key in messages
        .iter()
        .map(String::as_str)
        .chain([draft.error_key()])
    {
        lines += &format!("  {key}: {{$ref: '#/components/messages/{key}'}}\n");
    }
    lines += &format!("x-topic:\n  name: {name}\n  pattern: {pattern}\n  delivery: {delivery}\n");
    if let Some(key) = &plan.key {
        lines += &format!("  key: {key}\n");
    }
    let permissions = flow(&plan.permissions.clone().into());
    lines += &format!(
        "  retention: {{replay: {}}}\n  permissions: {permissions}\n",
        plan.replay
    );
    if let Some(owner) = &plan.owner {
        lines += &format!("  owner: {owner}\n");
    }
    lines += &match plan.source {
        Source::Service => "  source: service\n".to_owned(),
        Source::Publish => {
            // A permission of its own, so that nobody publishes by an oversight.
            let publishers = flow(&vec![format!("{name}:publish")].into());
            format!("  source: publish\n  publish_permissions: {publishers}\n")
        }
    };
    draft.add("channels", key, &below(&lines))
}
