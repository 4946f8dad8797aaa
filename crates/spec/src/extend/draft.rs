//! The document with what is added to it so far, and which names it has for what.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::flow::{flow, sentence};
use super::{ExtendError, samples};
use crate::model::{Contract, Direction, OperationKind, Parameter};
use crate::parse::{self, Doc, join, unescape};
use crate::report::Problems;
use crate::text::{camel, pascal, suggest};

/// Where schemas are.
pub(super) const SCHEMAS: &str = "components/schemas";

pub(super) struct Draft<'t> {
    pub text: &'t str,
    pub contract: Contract,
    pub doc: Doc,
    /// New members by their container, each as lines without indentation.
    pub entries: BTreeMap<String, Vec<String>>,
    /// A value of each schema that is known.
    pub samples: BTreeMap<String, Value>,
    /// Paths of new members.
    added: BTreeSet<String>,
}

impl<'t> Draft<'t> {
    pub fn of(file: &str, text: &'t str) -> Result<Self, ExtendError> {
        let contract = crate::load(file, text).map_err(ExtendError::Unsound)?;
        let mut problems = Problems::new(file);
        let root = parse::parse(text, &mut problems);
        let root = root.ok_or_else(|| ExtendError::Unsound(problems.into_report()))?;
        let doc = Doc { root };
        Ok(Self {
            samples: samples::known(&contract),
            text,
            contract,
            doc,
            entries: BTreeMap::new(),
            added: BTreeSet::new(),
        })
    }

    /// Adds a member to a container. `body` is what stands behind its key: ` value`, or lines below it.
    pub fn add(&mut self, container: &str, key: &str, body: &str) -> Result<(), ExtendError> {
        let path = path(container, key);
        if let Some(there) = self.doc.at(&path) {
            let line = there.place().line;
            return Err(ExtendError::Refused(format!(
                "`{key}` is already in `{container}`, at line {line}: choose another name"
            )));
        }
        if !self.added.insert(path) {
            return Err(ExtendError::Refused(format!(
                "two things would be called `{key}` in `{container}`: choose another name"
            )));
        }
        let entries = self.entries.entry(container.to_owned()).or_default();
        entries.push(format!("{key}:{body}"));
        Ok(())
    }

    pub fn has(&self, container: &str, key: &str) -> bool {
        let path = path(container, key);
        self.added.contains(&path) || self.doc.at(&path).is_some()
    }

    /// A free text under a new name.
    pub fn add_text(&mut self, name: &str, description: &str) -> Result<(), ExtendError> {
        let description = sentence(description);
        let body = format!("\n  type: string\n  description: {description}\n  maxLength: 1000\n");
        self.samples.insert(name.to_owned(), "example".into());
        self.add(SCHEMAS, name, &body)
    }

    /// A schema that the author names.
    pub fn existing(&self, schema: &str) -> Result<(), ExtendError> {
        if self.has(SCHEMAS, schema) {
            return Ok(());
        }
        let names = self.contract.schemas.keys().map(String::as_str);
        Err(ExtendError::Refused(format!(
            "there is no schema `{schema}`: {}",
            suggest(schema, names)
        )))
    }

    /// A parameter of this name that some family has: its reference or definition as written, and
    /// what is known of it.
    pub fn parameter(&self, name: &str) -> Option<(String, Parameter)> {
        self.contract.families.iter().find_map(|family| {
            let parameter = family.parameters.iter().find(|known| known.name == name)?;
            let channel = path("channels", &family.key);
            let written = self.doc.at(&format!("{channel}/parameters/{name}"))?;
            Some((flow(&written.to_value()), parameter.clone()))
        })
    }

    /// What the document calls the schema that is used for `ours`; where it has none, ours is added.
    pub fn role(&mut self, ours: &str) -> Result<String, ExtendError> {
        if let Some(theirs) = self.used_as(ours) {
            return Ok(theirs);
        }
        if self.has(SCHEMAS, ours) {
            return Ok(ours.to_owned());
        }
        let lines: Vec<&str> = include_str!("shared.yaml").lines().collect();
        let begin = lines.iter().position(|line| *line == format!("{ours}:"));
        let begin =
            begin.ok_or_else(|| ExtendError::Refused(format!("there is no schema `{ours}`")))?;
        let body: Vec<&str> = lines[begin + 1..]
            .iter()
            .copied()
            .take_while(|line| line.starts_with(' '))
            .collect();
        let mut text = String::from("\n");
        for line in body {
            let name = line
                .split("schemas/")
                .nth(1)
                .and_then(|rest| rest.split('\'').next());
            match name {
                Some(name) => {
                    let theirs = self.role(name)?;
                    text +=
                        &line.replace(&format!("schemas/{name}'"), &format!("schemas/{theirs}'"));
                }
                None => text += line,
            }
            text.push('\n');
        }
        let sample = match ours {
            "StreamEpoch" => Some("k3f9x2".into()),
            "SequenceNumber" => Some(7.into()),
            "ClientDirection" => Some("c2s".into()),
            _ => None,
        };
        self.samples
            .extend(sample.map(|sample| (ours.to_owned(), sample)));
        self.add(SCHEMAS, ours, &text)?;
        Ok(ours.to_owned())
    }

    fn used_as(&self, ours: &str) -> Option<String> {
        let contract = &self.contract;
        let error = contract.message("error");
        let request = contract
            .messages
            .iter()
            .find(|message| message.direction == Direction::ClientToServer);
        let families = || contract.families.iter();
        let update = families().find_map(|family| contract.message(&family.messages.update));
        let subscribe = |field: &str| {
            families().find_map(|family| {
                self.field(
                    &contract.message(&family.messages.subscribe)?.payload,
                    field,
                )
            })
        };
        let result = |field: &str| {
            families().find_map(|family| {
                self.field(
                    &contract
                        .message(&family.messages.subscribe_response)?
                        .payload,
                    field,
                )
            })
        };
        match ours {
            "MsgId" => self.field(&error?.frame, "msg_id"),
            "Timestamp" => self.field(&error?.frame, "timestamp"),
            "ServerDirection" => self.field(&error?.frame, "direction"),
            "HumanText" => self.field(&error?.payload, "message"),
            "ClientDirection" => self.field(&request?.frame, "direction"),
            "TopicName" => self.field(&update?.frame, "topic"),
            "SequenceNumber" => self.field(&update?.frame, "seq"),
            "StreamPosition" => subscribe("since"),
            "ReplayCount" => subscribe("history"),
            "StreamEpoch" => result("epoch"),
            "SubscribeResult" => families()
                .find_map(|family| contract.message(&family.messages.subscribe_response))
                .map(|message| message.payload.clone()),
            "UnsubscribeResult" => families()
                .find_map(|family| contract.message(&family.messages.unsubscribe_response))
                .map(|message| message.payload.clone()),
            _ => None,
        }
    }

    /// The name of the schema of a field.
    fn field(&self, schema: &str, field: &str) -> Option<String> {
        let field = &self.contract.schemas.get(schema)?["properties"][field]["$ref"];
        Some(
            field
                .as_str()?
                .strip_prefix("#/components/schemas/")?
                .to_owned(),
        )
    }

    /// `tags` of an operation: the module that answers it, which is defined when it is new.
    pub fn tag(&mut self, wanted: Option<&str>) -> Result<String, ExtendError> {
        let wanted = match wanted {
            Some(name) => name.to_owned(),
            None => self.only_module()?,
        };
        let tags = self.doc.members("components/tags");
        let known = tags
            .iter()
            .find(|(_, tag)| tag.text("name") == Some(&wanted));
        let key = match known {
            Some((key, _)) => (*key).to_owned(),
            None => {
                let key = camel(&wanted);
                if !self.has("components/tags", &key) {
                    let what = sentence(&format!("Requests and topics of `{wanted}`."));
                    self.add(
                        "components/tags",
                        &key,
                        &format!("\n  name: {wanted}\n  description: {what}\n"),
                    )?;
                }
                key
            }
        };
        Ok(format!("[{{$ref: '#/components/tags/{key}'}}]"))
    }

    fn only_module(&self) -> Result<String, ExtendError> {
        let operations = self.contract.operations.iter();
        let answered = operations.filter(|operation| {
            matches!(
                operation.kind,
                OperationKind::Request | OperationKind::Subscribe(_)
            )
        });
        let modules: BTreeSet<&str> = answered
            .filter_map(|operation| operation.tags.first().map(String::as_str))
            .collect();
        let mut names = modules.iter();
        match (names.next(), names.next()) {
            (Some(only), None) => Ok((*only).to_owned()),
            (None, _) => Err(ExtendError::Refused(
                "say which module it belongs to, with a tag".to_owned(),
            )),
            _ => Err(ExtendError::Refused(format!(
                "say which module it belongs to, with a tag: there are {}",
                crate::text::list(modules.iter().copied())
            ))),
        }
    }

    /// A line `correlationId: …`, where the document's `error` has one.
    pub fn correlation_id(&self) -> String {
        let error = self
            .contract
            .message("error")
            .map(|error| path("components/messages", &error.key));
        let written = error.and_then(|path| self.doc.at(&path)?.get("correlationId"));
        written.map_or(String::new(), |written| {
            format!("correlationId: {}\n", flow(&written.to_value()))
        })
    }

    /// The key of the channel that is the socket itself.
    pub fn connection(&self) -> Result<String, ExtendError> {
        let channels = self.doc.members("channels");
        let plain = channels
            .iter()
            .find(|(_, channel)| channel.get("x-topic").is_none());
        plain.map(|(key, _)| (*key).to_owned()).ok_or_else(|| {
            ExtendError::Refused(
                "there is no channel for plain requests, with the address `/`: add it first"
                    .to_owned(),
            )
        })
    }

    /// The key of the message `error`, which every contract has.
    pub fn error_key(&self) -> &str {
        self.contract
            .message("error")
            .map_or("error", |error| &error.key)
    }
}

fn path(container: &str, key: &str) -> String {
    container
        .split('/')
        .chain([key])
        .fold(String::new(), |path, step| join(&path, &unescape(step)))
}

/// A wire type, or a part of one: words in snake_case, joined by dots.
pub(super) fn named(name: &str, what: &str) -> Result<(), ExtendError> {
    let word = |word: &str| {
        word.starts_with(|c: char| c.is_ascii_lowercase())
            && word
                .bytes()
                .all(|b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'_')
    };
    if name.split('.').all(word) {
        return Ok(());
    }
    Err(ExtendError::Refused(format!(
        "`{name}` is no name for {what}: words in snake_case, joined by dots, such as `news` or `news.search`"
    )))
}

/// `news.search` as the beginning of keys and of schemas' names: `newsSearch`, `NewsSearch`.
pub(super) fn keys(name: &str) -> (String, String) {
    (camel(name), pascal(name))
}
