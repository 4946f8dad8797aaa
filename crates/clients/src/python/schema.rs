//! A schema as a Python type, and the expression that reads a value of it.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value;

use super::names::Names;
use crate::GenerateError;

const REFERENCE: &str = "#/components/schemas/";

/// The schemas of a contract as Python types.
pub(super) struct Types<'c> {
    schemas: &'c BTreeMap<String, Value>,
    pub names: &'c Names,
}

/// A schema, as far as Python tells them apart.
pub(super) enum Kind<'c> {
    /// A dataclass, by the name of its schema.
    Object(&'c str),
    /// An alias of a `Literal`, by the name of its schema.
    Enum(&'c str),
    /// A tuple.
    Array(Box<Kind<'c>>),
    DateTime,
    Date,
    String,
    Integer,
    Number,
    Boolean,
}

/// A property of an object.
pub(super) struct Property<'c> {
    /// On the wire.
    pub name: &'c str,
    pub kind: Kind<'c>,
    pub required: bool,
    pub description: Option<&'c str>,
}

impl<'c> Types<'c> {
    pub fn new(schemas: &'c BTreeMap<String, Value>, names: &'c Names) -> Self {
        Self { schemas, names }
    }

    /// The schema of this name.
    pub fn schema(&self, name: &str) -> Result<&'c Value, GenerateError> {
        self.schemas.get(name).ok_or_else(|| GenerateError::Schema {
            schema: name.to_owned(),
            message: "there is no such schema".to_owned(),
        })
    }

    /// The properties of the object `name`, in the order of the contract: required ones first.
    pub fn properties(&self, name: &'c str) -> Result<Vec<Property<'c>>, GenerateError> {
        let schema = self.schema(name)?;
        let required: BTreeSet<&str> = schema["required"]
            .as_array()
            .into_iter()
            .flatten()
            .filter_map(Value::as_str)
            .collect();
        let mut properties = Vec::new();
        for (property, schema) in schema["properties"].as_object().into_iter().flatten() {
            let resolved = self.resolved(schema)?;
            properties.push(Property {
                name: property,
                kind: self.kind(schema, name)?,
                required: required.contains(property.as_str()),
                description: resolved["description"].as_str(),
            });
        }
        properties.sort_by_key(|property| !property.required);
        Ok(properties)
    }

    fn resolved(&self, schema: &'c Value) -> Result<&'c Value, GenerateError> {
        match reference(schema) {
            Some(name) => self.schema(name),
            None => Ok(schema),
        }
    }

    /// What a schema within `of` is.
    pub fn kind(&self, schema: &'c Value, of: &str) -> Result<Kind<'c>, GenerateError> {
        let name = reference(schema);
        let resolved = self.resolved(schema)?;
        Ok(match (resolved["type"].as_str(), name) {
            (Some("object"), Some(name)) => Kind::Object(name),
            (Some("array"), _) => Kind::Array(Box::new(self.kind(&resolved["items"], of)?)),
            (Some("string"), Some(name)) if resolved["enum"].is_array() => Kind::Enum(name),
            (Some("string"), _) => match resolved["format"].as_str() {
                Some("date-time") => Kind::DateTime,
                Some("date") => Kind::Date,
                _ => Kind::String,
            },
            (Some("integer"), _) => Kind::Integer,
            (Some("number"), _) => Kind::Number,
            (Some("boolean"), _) => Kind::Boolean,
            _ => {
                return Err(GenerateError::Schema {
                    schema: name.unwrap_or(of).to_owned(),
                    message: format!("`type` {} is no type of Python", resolved["type"]),
                });
            }
        })
    }

    /// What the schema of this name is.
    pub fn named(&self, name: &'c str) -> Result<Kind<'c>, GenerateError> {
        let schema = self.schema(name)?;
        Ok(match self.kind(schema, name)? {
            Kind::String if schema["enum"].is_array() => Kind::Enum(name),
            other => other,
        })
    }

    /// Whether this is the name of a class or alias.
    pub fn is_class(&self, name: &str) -> bool {
        self.schemas
            .keys()
            .any(|schema| self.names.class(schema) == name)
    }

    /// The type, as an annotation.
    pub fn annotation(&self, kind: &Kind<'_>) -> String {
        match kind {
            Kind::Array(items) => format!("tuple[{}, ...]", self.annotation(items)),
            other => self.scalar(other),
        }
    }

    /// The type of an argument: any sequence will do for a tuple.
    pub fn accepted(&self, kind: &Kind<'_>) -> String {
        match kind {
            Kind::Array(items) => format!("Sequence[{}]", self.accepted(items)),
            other => self.scalar(other),
        }
    }

    fn scalar(&self, kind: &Kind<'_>) -> String {
        match kind {
            Kind::Object(name) | Kind::Enum(name) => self.names.class(name),
            Kind::DateTime => "_datetime.datetime",
            Kind::Date => "_datetime.date",
            Kind::Integer => "int",
            Kind::Number => "float",
            Kind::Boolean => "bool",
            Kind::String | Kind::Array(_) => "str",
        }
        .to_owned()
    }

    /// The expression that makes a value of what `json.loads` gave.
    pub fn read(&self, kind: &Kind<'_>, value: &str) -> String {
        match kind {
            Kind::Object(name) => format!("{}.from_dict({value})", self.names.class(name)),
            Kind::Array(items) => match self.read(items, "item") {
                same if same == "item" => format!("tuple({value})"),
                item => format!("tuple({item} for item in {value})"),
            },
            Kind::DateTime => format!("parse_datetime({value})"),
            Kind::Date => format!("parse_date({value})"),
            Kind::Number => format!("float({value})"),
            Kind::Enum(_) | Kind::String | Kind::Integer | Kind::Boolean => value.to_owned(),
        }
    }

    /// Adds the named objects and enums that the schema `name` reaches, itself among them.
    pub fn reach(&self, name: &'c str, into: &mut BTreeSet<&'c str>) -> Result<(), GenerateError> {
        let schema = self.schema(name)?;
        let named = schema["type"] == "object" || schema["enum"].is_array();
        if named && !into.insert(name) {
            return Ok(());
        }
        self.reach_inside(schema, into)
    }

    /// The same without the schema `name` itself.
    pub fn reach_from(
        &self,
        name: &'c str,
        into: &mut BTreeSet<&'c str>,
    ) -> Result<(), GenerateError> {
        self.reach_inside(self.schema(name)?, into)
    }

    fn reach_inside(
        &self,
        schema: &'c Value,
        into: &mut BTreeSet<&'c str>,
    ) -> Result<(), GenerateError> {
        let items = schema.get("items").into_iter();
        let properties = schema["properties"].as_object().into_iter().flatten();
        for inner in items.chain(properties.map(|(_, property)| property)) {
            if let Some(name) = reference(inner).or_else(|| reference(&inner["items"])) {
                self.reach(name, into)?;
            }
        }
        Ok(())
    }
}

fn reference(schema: &Value) -> Option<&str> {
    schema["$ref"].as_str()?.strip_prefix(REFERENCE)
}
