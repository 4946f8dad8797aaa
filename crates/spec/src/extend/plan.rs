//! What is to be added, as an author says it.

use std::str::FromStr;

use crate::model::{Delivery, Source};

/// A family of topics to be added.
#[derive(Debug, Clone)]
pub struct NewTopic {
    /// The family, such as `news`.
    pub name: String,
    /// Its parameters, in the order of the pattern. Those that the document has are taken from it.
    pub parameters: Vec<Field>,
    /// What an update says beside the parameters; a text when there is nothing.
    pub fields: Vec<Field>,
    /// What happens to a slow reader.
    pub delivery: Delivery,
    /// Who makes the updates.
    pub source: Source,
    /// JSON Pointer into the update to what it replaces.
    pub key: Option<String>,
    /// How many updates are kept.
    pub replay: usize,
    /// What a principal needs to subscribe.
    pub permissions: Vec<String>,
    /// The parameter that names the owner.
    pub owner: Option<String>,
    /// The module; when the document has but one, that one.
    pub tag: Option<String>,
    /// What it is, in a sentence.
    pub summary: Option<String>,
}

/// A request to be added.
#[derive(Debug, Clone)]
pub struct NewRequest {
    /// Its wire type, such as `news.search`.
    pub name: String,
    /// What is asked.
    pub request: Vec<Field>,
    /// What is answered; a text when there is nothing.
    pub reply: Vec<Field>,
    /// What a principal needs to ask.
    pub permissions: Vec<String>,
    /// The module; when the document has but one, that one.
    pub tag: Option<String>,
    /// What it does, in a sentence.
    pub summary: Option<String>,
}

/// A field: `query`, `limit?:SearchLimit`, `items:NewsEvent[]`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Field {
    /// Its name on the wire.
    pub name: String,
    /// Whether it may be left out (`?`).
    pub optional: bool,
    /// A schema that the document has. Without it: that of the parameter of the same name, or else a
    /// new text.
    pub schema: Option<String>,
    /// Whether there are many (`[]`).
    pub list: bool,
}

impl Field {
    /// One value that is always there.
    pub(super) fn required(name: &str) -> Self {
        Self {
            name: name.to_owned(),
            optional: false,
            schema: None,
            list: false,
        }
    }

    pub(super) fn optional(name: &str) -> Self {
        Self {
            optional: true,
            ..Self::required(name)
        }
    }

    /// What something says when the author does not tell.
    pub(super) fn text() -> Self {
        Self::required("text")
    }
}

/// Why a text is no [`Field`].
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error(
    "a field is written `name`, `name:Schema`, `name:Schema[]`, with a `?` behind the name when it may be left out"
)]
pub struct FieldError;

impl FromStr for Field {
    type Err = FieldError;

    fn from_str(text: &str) -> Result<Self, FieldError> {
        let (name, schema) = match text.split_once(':') {
            Some((name, schema)) => (name, Some(schema)),
            None => (text, None),
        };
        let optional = name.ends_with('?');
        let name = name.strip_suffix('?').unwrap_or(name);
        let list = schema.is_some_and(|schema| schema.ends_with("[]"));
        let schema = schema.map(|schema| schema.strip_suffix("[]").unwrap_or(schema));
        let word = |text: &str, first: fn(&u8) -> bool| {
            let rest = |b: u8| b.is_ascii_alphanumeric() || b == b'_';
            text.as_bytes().first().is_some_and(first) && text.bytes().all(rest)
        };
        let sound = word(name, u8::is_ascii_lowercase)
            && schema.is_none_or(|schema| word(schema, u8::is_ascii_uppercase));
        sound
            .then(|| Self {
                name: name.to_owned(),
                optional,
                schema: schema.map(str::to_owned),
                list,
            })
            .ok_or(FieldError)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fields_are_read_strictly() {
        let field = |name: &str, optional, schema: Option<&str>, list| {
            Ok(Field {
                name: name.to_owned(),
                optional,
                schema: schema.map(str::to_owned),
                list,
            })
        };
        for (text, expected) in [
            ("query", field("query", false, None, false)),
            ("query?", field("query", true, None, false)),
            (
                "limit?:SearchLimit",
                field("limit", true, Some("SearchLimit"), false),
            ),
            (
                "items:NewsEvent[]",
                field("items", false, Some("NewsEvent"), true),
            ),
            ("", Err(FieldError)),
            ("Query", Err(FieldError)),
            ("a-b", Err(FieldError)),
            ("a:", Err(FieldError)),
            ("a:b", Err(FieldError)),
            ("a:B:C", Err(FieldError)),
            ("a[]", Err(FieldError)),
            ("a??", Err(FieldError)),
            ("a:[]", Err(FieldError)),
        ] {
            assert_eq!(text.parse(), expected, "{text}");
        }
    }
}
