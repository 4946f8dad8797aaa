//! Schemas beside the values that satisfy them.

use serde_json::Value;
use tickwire_spec::Contract;

const SCHEMAS: &str = "#/components/schemas/";

/// A schema of the contract, where a walk through a value has come to. In the subset every object
/// and scalar has a name; a list may be written where it is used, and has none.
#[derive(Debug, Clone, Copy)]
pub(super) struct Shape<'a> {
    contract: &'a Contract,
    pub(super) name: &'a str,
    pub(super) schema: &'a Value,
}

impl<'a> Shape<'a> {
    /// The schema of this name.
    pub(super) fn named(contract: &'a Contract, name: &'a str) -> Option<Self> {
        let (name, schema) = contract.schemas.get_key_value(name)?;
        Some(Self {
            contract,
            name,
            schema,
        })
    }

    /// That of an object's member.
    pub(super) fn member(&self, name: &str) -> Option<Self> {
        self.at(self.schema.get("properties")?.get(name)?)
    }

    /// That of a list's items.
    pub(super) fn items(&self) -> Option<Self> {
        self.at(self.schema.get("items")?)
    }

    fn at(&self, schema: &'a Value) -> Option<Self> {
        match schema.get("$ref").and_then(Value::as_str) {
            Some(reference) => Self::named(self.contract, reference.strip_prefix(SCHEMAS)?),
            None => Some(Self {
                name: "",
                schema,
                ..*self
            }),
        }
    }

    /// The text of a keyword.
    pub(super) fn text(&self, keyword: &str) -> Option<&'a str> {
        self.schema.get(keyword)?.as_str()
    }

    /// The values of an enum; none for other schemas.
    pub(super) fn values(&self) -> &'a [Value] {
        let values = self.schema.get("enum").and_then(Value::as_array);
        values.map(Vec::as_slice).unwrap_or_default()
    }

    /// Whether what satisfies one of them satisfies the other, since they are one.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        if self.name.is_empty() && other.name.is_empty() {
            let rules = |schema: &'a Value| {
                let members = schema.as_object().into_iter().flatten();
                members
                    .filter(|(keyword, _)| *keyword != "description")
                    .collect::<Vec<_>>()
            };
            return rules(self.schema) == rules(other.schema);
        }
        self.name == other.name
    }
}

/// Calls `visit` with every scalar of a value: its pointer, the name of its member, its schema.
pub(super) fn scalars<'a>(
    value: &Value,
    shape: Shape<'a>,
    visit: &mut impl FnMut(&Place<'_>, Shape<'a>, &Value),
) {
    descend(value, shape, &Place::default(), visit);
}

/// Where a scalar is.
#[derive(Debug, Clone, Default)]
pub(super) struct Place<'a> {
    /// JSON Pointer.
    pub(super) pointer: String,
    /// The name of the member; of the list, for its items.
    pub(super) member: &'a str,
}

impl<'a> Place<'a> {
    pub(super) fn member<'b>(&self, name: &'b str) -> Place<'b> {
        let step = name.replace('~', "~0").replace('/', "~1");
        Place {
            pointer: format!("{}/{step}", self.pointer),
            member: name,
        }
    }

    pub(super) fn item(&self, index: usize) -> Self {
        Self {
            pointer: format!("{}/{index}", self.pointer),
            member: self.member,
        }
    }
}

fn descend<'a>(
    value: &Value,
    shape: Shape<'a>,
    place: &Place<'_>,
    visit: &mut impl FnMut(&Place<'_>, Shape<'a>, &Value),
) {
    match value {
        Value::Object(members) => {
            for (name, value) in members {
                if let Some(shape) = shape.member(name) {
                    descend(value, shape, &place.member(name), visit);
                }
            }
        }
        Value::Array(items) => {
            let Some(shape) = shape.items() else { return };
            for (index, value) in items.iter().enumerate() {
                descend(value, shape, &place.item(index), visit);
            }
        }
        scalar => visit(place, shape, scalar),
    }
}
