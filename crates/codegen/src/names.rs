//! Names of the contract as Rust identifiers, each one only once.

use std::collections::HashMap;

use heck::{ToSnakeCase, ToUpperCamelCase};
use proc_macro2::{Ident, Span};
use tickwire_spec::{Contract, Family, Operation, OperationKind};

use crate::GenerateError;

/// The identifiers of a contract's families, tags and methods. Making it is the check that they
/// exist and differ.
pub(crate) struct Names {
    types: HashMap<String, Ident>,
}

impl Names {
    pub fn new(contract: &Contract) -> Result<Self, GenerateError> {
        let mut types = HashMap::new();

        let mut families = Unique::default();
        for family in &contract.families {
            let what = format!("the family `{}`", family.name);
            let ident = upper_camel(&family.name, &what)?;
            families.claim(&ident, what.clone())?;
            types.insert(what, ident);
            let mut fields = Unique::default();
            for parameter in &family.parameters {
                let what = format!("channels/{}/parameters/{}", family.key, parameter.name);
                fields.claim(&snake(&parameter.name, &what)?, what)?;
            }
        }

        // Traits share the module's root with the enum of all topics.
        let mut traits = Unique::default();
        traits.claim(
            &Ident::new("Topic", Span::call_site()),
            "the enum of all topics".to_owned(),
        )?;
        let mut methods: HashMap<&str, Unique> = HashMap::new();
        for family in &contract.families {
            Self::tag(&family.tag, &mut traits, &mut types)?;
        }
        for operation in requests(contract) {
            let tag = tag_of(operation)?;
            Self::tag(tag, &mut traits, &mut types)?;
            let what = format!("operations/{}", operation.key);
            methods
                .entry(tag)
                .or_default()
                .claim(&snake(&operation.key, &what)?, what)?;
        }
        Ok(Self { types })
    }

    fn tag(
        tag: &str,
        traits: &mut Unique,
        types: &mut HashMap<String, Ident>,
    ) -> Result<(), GenerateError> {
        let what = format!("the tag `{tag}`");
        if types.contains_key(&what) {
            return Ok(());
        }
        let ident = upper_camel(tag, &what)?;
        traits.claim(&ident, what.clone())?;
        types.insert(what, ident);
        Ok(())
    }

    /// `bars` → `Bars`.
    pub fn family(&self, family: &Family) -> &Ident {
        &self.types[&format!("the family `{}`", family.name)]
    }

    /// `datafeed` → `Datafeed`.
    pub fn handler_trait(&self, tag: &str) -> &Ident {
        &self.types[&format!("the tag `{tag}`")]
    }
}

/// The operations that become methods, in document order.
pub(crate) fn requests(contract: &Contract) -> impl Iterator<Item = &Operation> {
    contract
        .operations
        .iter()
        .filter(|operation| operation.kind == OperationKind::Request)
}

/// The tag that an operation belongs to: its first one.
pub(crate) fn tag_of(operation: &Operation) -> Result<&str, GenerateError> {
    operation
        .tags
        .first()
        .map(String::as_str)
        .ok_or_else(|| GenerateError::Untagged {
            operation: operation.key.clone(),
        })
}

/// `barsHistory` → `bars_history`, `type` → `type_` (typify writes it so, too).
pub(crate) fn snake(name: &str, what: &str) -> Result<Ident, GenerateError> {
    identifier(name.to_snake_case(), what)
}

/// `prop-challenges` → `PropChallenges`.
pub(crate) fn upper_camel(name: &str, what: &str) -> Result<Ident, GenerateError> {
    identifier(name.to_upper_camel_case(), what)
}

fn identifier(text: String, what: &str) -> Result<Ident, GenerateError> {
    let keyword_or = |text: &str| syn::parse_str::<Ident>(text).ok();
    keyword_or(&text)
        .or_else(|| keyword_or(&format!("{text}_")).filter(|_| !text.is_empty()))
        .ok_or_else(|| GenerateError::Name {
            what: what.to_owned(),
        })
}

/// Identifiers of one scope, each with who claimed it.
#[derive(Default)]
struct Unique(HashMap<String, String>);

impl Unique {
    fn claim(&mut self, ident: &Ident, what: String) -> Result<(), GenerateError> {
        match self.0.insert(ident.to_string(), what.clone()) {
            None => Ok(()),
            Some(first) => Err(GenerateError::Collision {
                first,
                second: what,
                identifier: ident.to_string(),
            }),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_become_identifiers() {
        for (name, expected) in [
            ("barsHistory", Some("bars_history")),
            ("getHTTPStatus", Some("get_http_status")),
            ("type", Some("type_")),
            ("self", Some("self_")),
            ("a-b", Some("a_b")),
            ("2fa", None),
            ("+", None),
            ("", None),
        ] {
            let ident = snake(name, "it").ok().map(|ident| ident.to_string());
            assert_eq!(ident.as_deref(), expected, "{name}");
        }
        assert_eq!(upper_camel("self", "it").unwrap().to_string(), "Self_");
        assert_eq!(
            upper_camel("prop-challenges", "it").unwrap().to_string(),
            "PropChallenges"
        );
    }
}
