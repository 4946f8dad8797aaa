//! Messages: their frames, payloads and examples.

use serde_json::{Map, Value, json};

use super::draft::{Draft, SCHEMAS, keys};
use super::flow::{flow, sentence, text};
use super::{ExtendError, Field, samples};
use crate::text::pascal;

/// What surrounds a payload.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Envelope {
    Request,
    Answer,
    Update,
}

impl Envelope {
    /// Its fields in order, with the schema that each has.
    fn fields(self) -> Vec<(&'static str, &'static str)> {
        let direction = match self {
            Self::Request => "ClientDirection",
            Self::Answer | Self::Update => "ServerDirection",
        };
        let mut fields = vec![
            ("msg_id", "MsgId"),
            ("direction", direction),
            ("timestamp", "Timestamp"),
        ];
        if self == Self::Update {
            fields.extend([("topic", "TopicName"), ("seq", "SequenceNumber")]);
        }
        fields
    }

    fn required(self) -> &'static str {
        match self {
            Self::Request => "type, payload",
            Self::Answer => "type, msg_id, direction, timestamp, payload",
            Self::Update => "type, msg_id, direction, timestamp, topic, seq, payload",
        }
    }
}

/// A message to be added, with a frame of its own.
pub(super) struct NewMessage<'a> {
    pub wire_type: &'a str,
    pub envelope: Envelope,
    /// The name of the payload's schema.
    pub payload: &'a str,
    pub summary: &'a str,
    pub example: Sample<'a>,
}

/// The example of a message.
pub(super) struct Sample<'a> {
    pub name: &'a str,
    pub shows: &'a str,
    pub payload: Value,
    /// The topic, for an update.
    pub topic: &'a str,
}

impl NewMessage<'_> {
    /// Adds the message and its frame; gives the message's key.
    pub fn add(&self, draft: &mut Draft<'_>) -> Result<String, ExtendError> {
        let (key, schema) = keys(self.wire_type);
        let frame = format!("{schema}Frame");
        let wire_type = self.wire_type;
        let required = self.envelope.required();
        let mut body = format!(
            "\n  type: object\n  description: The frame of `{wire_type}`.\n  \
             additionalProperties: false\n  required: [{required}]\n  properties:\n    \
             type: {{type: string, const: {wire_type}, description: The wire type.}}\n"
        );
        let mut envelope: Vec<(&str, Value)> = vec![("type", wire_type.into())];
        for (field, role) in self.envelope.fields() {
            let schema = draft.role(role)?;
            body += &property(field, &schema);
            let value = match field {
                "topic" => self.example.topic.into(),
                "msg_id" => "1".into(),
                _ => samples::of(draft, &schema)?,
            };
            // A request says no more than it has to.
            if self.envelope != Envelope::Request || field == "msg_id" {
                envelope.push((field, value));
            }
        }
        body += &property("payload", self.payload);
        draft.add(SCHEMAS, &frame, &body)?;
        let message = self.lines(draft, &frame, &envelope);
        draft.add("components/messages", &key, &below(&message))?;
        Ok(key)
    }

    fn lines(&self, draft: &Draft<'_>, frame: &str, envelope: &[(&str, Value)]) -> String {
        let example = &self.example;
        let mut lines = format!(
            "name: {0}\ntitle: {0}\nsummary: {1}\ncontentType: application/json\n",
            self.wire_type,
            sentence(self.summary)
        );
        lines += &draft.correlation_id();
        lines += &format!(
            "payload: {{$ref: '#/components/schemas/{frame}'}}\nexamples:\n  - name: {}\n    \
             summary: {}\n    payload:\n",
            text(example.name),
            sentence(example.shows)
        );
        for (field, value) in envelope {
            lines += &format!("      {field}: {}\n", flow(value));
        }
        lines + &format!("      payload: {}\n", flow(&example.payload))
    }
}

/// `symbol: {$ref: '#/components/schemas/TickerSymbol'}`, as a property.
fn property(field: &str, schema: &str) -> String {
    format!("    {field}: {{$ref: '#/components/schemas/{schema}'}}\n")
}

/// Lines as what stands below a key.
pub(super) fn below(lines: &str) -> String {
    let lines = lines.lines().map(|line| format!("\n  {line}"));
    lines.collect::<String>() + "\n"
}

/// Fields with their schemas: the author's, that of the parameter of the same name, or a new text,
/// whose name begins with `prefix`. Without any field, there is a `text`.
pub(super) fn with_schemas(
    draft: &mut Draft<'_>,
    fields: &[Field],
    prefix: &str,
) -> Result<Vec<(Field, String)>, ExtendError> {
    let fields = fields
        .iter()
        .map(|field| Ok((field.clone(), schema_of(draft, field, prefix)?)));
    fields.collect()
}

fn schema_of(draft: &mut Draft<'_>, field: &Field, prefix: &str) -> Result<String, ExtendError> {
    if let Some(schema) = &field.schema {
        draft.existing(schema)?;
        return Ok(schema.clone());
    }
    if let Some((_, parameter)) = draft.parameter(&field.name) {
        return Ok(parameter.schema);
    }
    let name = format!("{prefix}{}", pascal(&field.name));
    if !draft.has(SCHEMAS, &name) {
        let what = format!("The {} of {}.", words(&field.name), words(prefix));
        draft.add_text(&name, &what)?;
    }
    Ok(name)
}

/// `NewsItem` and `news_item` as words.
pub(super) fn words(name: &str) -> String {
    crate::text::snake(name).replace('_', " ")
}

/// An object of these fields under a new name; gives an example of it.
pub(super) fn object(
    draft: &mut Draft<'_>,
    name: &str,
    description: &str,
    fields: &[(Field, String)],
) -> Result<Value, ExtendError> {
    let required = fields.iter().filter(|(field, _)| !field.optional);
    let required: Vec<&str> = required.map(|(field, _)| field.name.as_str()).collect();
    let mut body = format!(
        "\n  type: object\n  description: {}\n  additionalProperties: false\n",
        sentence(description)
    );
    if !required.is_empty() {
        body += &format!("  required: [{}]\n", required.join(", "));
    }
    body += match fields {
        [] => "  properties: {}\n",
        _ => "  properties:\n",
    };
    let mut example = Map::new();
    for (field, schema) in fields {
        let value = match samples::of(draft, schema) {
            // What may be left out is left out where nothing is known of it.
            Err(_) if field.optional => None,
            value => Some(value?),
        };
        if field.list {
            body += &format!(
                "    {}:\n      type: array\n      description: {}\n      maxItems: 100\n      \
                 items: {{$ref: '#/components/schemas/{schema}'}}\n",
                field.name,
                sentence(&format!("The {}.", words(&field.name)))
            );
        } else {
            body += &property(&field.name, schema);
        }
        if let Some(value) = value {
            let value = if field.list { json!([value]) } else { value };
            example.insert(field.name.clone(), value);
        }
    }
    draft.add(SCHEMAS, name, &body)?;
    let example = Value::from(example);
    draft.samples.insert(name.to_owned(), example.clone());
    Ok(example)
}
