//! Parameters of a new family: those that the document has, by reference, and new ones.

use serde_json::Value;

use crate::extend::draft::{Draft, SCHEMAS};
use crate::extend::flow::{flow, sentence, text};
use crate::extend::frames::{below, words};
use crate::extend::{ExtendError, Field, NewTopic, samples};
use crate::text::{camel, pascal};

/// A parameter of the new family.
pub(super) struct Parameter {
    pub name: String,
    /// What the channel says of it, on one line.
    pub written: String,
    pub schema: String,
    /// A value for examples.
    pub sample: String,
    /// Whether a request may leave it out.
    has_default: bool,
}

impl Parameter {
    /// As a field of a request.
    pub fn field(&self) -> Field {
        Field {
            optional: self.has_default,
            ..Field::required(&self.name)
        }
    }
}

/// `news:AAPL`, or `news:{symbol}`
pub(super) fn joined<S: AsRef<str>>(name: &str, parts: impl Iterator<Item = S>) -> String {
    parts.fold(name.to_owned(), |topic, part| topic + ":" + part.as_ref())
}

pub(super) fn of(draft: &mut Draft<'_>, plan: &NewTopic) -> Result<Vec<Parameter>, ExtendError> {
    let mut parameters = Vec::new();
    for field in &plan.parameters {
        let name = &field.name;
        if field.optional || field.list {
            let problem = format!("the parameter `{name}` is one value that is always there");
            return Err(ExtendError::Refused(problem));
        }
        parameters.push(match draft.parameter(name) {
            Some((written, known)) => {
                if field.schema.as_ref().is_some_and(|schema| *schema != known.schema) {
                    return Err(ExtendError::Refused(format!(
                        "the parameter `{name}` is a `{}` in this document: leave the schema out, or choose another name",
                        known.schema
                    )));
                }
                Parameter {
                    name: name.clone(),
                    written,
                    sample: sample(draft, &known.schema)?,
                    schema: known.schema,
                    has_default: known.default.is_some(),
                }
            }
            None => new(draft, field)?,
        });
    }
    Ok(parameters)
}

/// A parameter that no family has yet.
fn new(draft: &mut Draft<'_>, field: &Field) -> Result<Parameter, ExtendError> {
    let name = &field.name;
    let schema = match &field.schema {
        Some(schema) => {
            draft.existing(schema)?;
            schema.clone()
        }
        None => own_schema(draft, name)?,
    };
    let sample = sample(draft, &schema)?;
    let what = sentence(&format!("The {}, such as `{sample}`.", words(name)));
    let mut lines = format!("description: {what}\nlocation: $message.payload#/payload/{name}\n");
    // Of its values a parameter says the same as their schema.
    let of_schema = draft.contract.schemas.get(&schema).cloned();
    let of_schema = of_schema.unwrap_or_default();
    for keyword in ["enum", "default"] {
        if let Some(value) = of_schema.get(keyword) {
            lines += &format!("{keyword}: {}\n", flow(value));
        }
    }
    lines += &format!("examples: [{}]\n", text(&sample));
    let key = camel(name);
    draft.add("components/parameters", &key, &below(&lines))?;
    Ok(Parameter {
        name: name.clone(),
        written: format!("{{$ref: '#/components/parameters/{key}'}}"),
        schema,
        sample,
        has_default: of_schema.get("default").is_some(),
    })
}

/// The schema that a parameter of this name would have, for what may stand in a topic.
fn own_schema(draft: &mut Draft<'_>, parameter: &str) -> Result<String, ExtendError> {
    let named = pascal(parameter);
    let says_so = ["Name", "Id", "Code", "Key"]
        .iter()
        .any(|end| named.ends_with(end));
    let schema = if says_so { named } else { named + "Name" };
    if draft.has(SCHEMAS, &schema) {
        return Ok(schema);
    }
    let what = sentence(&format!("Names the {} in a topic.", words(parameter)));
    let body = format!(
        "\n  type: string\n  description: {what}\n  minLength: 1\n  maxLength: 64\n  pattern: '^[A-Za-z0-9._-]+$'\n"
    );
    draft.samples.insert(schema.clone(), "example".into());
    draft.add(SCHEMAS, &schema, &body)?;
    Ok(schema)
}

fn sample(draft: &Draft<'_>, schema: &str) -> Result<String, ExtendError> {
    match samples::of(draft, schema)? {
        Value::String(sample) => Ok(sample),
        _ => Err(ExtendError::Refused(format!(
            "a parameter is a text, and `{schema}` is none"
        ))),
    }
}
