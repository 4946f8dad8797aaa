//! `mod types`: payloads and frames, made by typify.
//!
//! [`schema`] turns the contract's schemas into those that typify reads rightly; [`polish`] gives
//! its output what it leaves out. Both exist to keep typify's limits out of the contract.

mod polish;
mod schema;

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};

use proc_macro2::TokenStream;
use quote::quote;
use serde_json::Value;
use tickwire_spec::Contract;
use typify::{TypeSpace, TypeSpaceSettings};

use crate::GenerateError;
use crate::names::upper_camel;

pub(crate) fn generate(contract: &Contract) -> Result<TokenStream, GenerateError> {
    let schemas = schema::prepare(&contract.schemas);
    let tokens = typify(&schemas).map_err(|reason| culprit(&schemas, reason))?;
    let mut file: syn::File = syn::parse2(tokens).map_err(GenerateError::Syntax)?;
    polish::polish(&mut file);
    let names = polish::names(&file)?;
    for message in &contract.messages {
        let user = format!("components/messages/{}", message.key);
        for schema in [&message.frame, &message.payload] {
            if !names.contains(&upper_camel(schema, &user)?.to_string()) {
                let schema = schema.clone();
                return Err(GenerateError::NoType { schema, user });
            }
        }
    }
    let items = &file.items;
    Ok(quote! {
        /// Payloads and frames, each named as its schema.
        #[allow(clippy::all, clippy::unwrap_used, non_camel_case_types, reason = "typify writes so")]
        pub mod types {
            #(#items)*
        }
    })
}

/// The path of a schema's type, from beside `mod types`.
pub(crate) fn path(schema: &str, user: &str) -> Result<TokenStream, GenerateError> {
    let ident = upper_camel(schema, user)?;
    Ok(quote!(types::#ident))
}

/// What typify makes of the schemas, or why it can't.
fn typify(schemas: &BTreeMap<String, Value>) -> Result<TokenStream, String> {
    let mut definitions = Vec::new();
    for (name, schema) in schemas {
        let schema: schemars::schema::Schema =
            serde_json::from_value(schema.clone()).map_err(|error| error.to_string())?;
        definitions.push((name.clone(), schema));
    }
    // typify panics where it has met something for the first time; that is a refusal, too.
    catch_unwind(AssertUnwindSafe(|| {
        let mut settings = TypeSpaceSettings::default();
        settings.with_derive("PartialEq".to_owned());
        let mut space = TypeSpace::new(&settings);
        space
            .add_ref_types(definitions)
            .map_err(|error| error.to_string())?;
        Ok(space.to_stream())
    }))
    .unwrap_or_else(|panic| {
        let text = panic.downcast_ref::<String>().map(String::as_str);
        let text = text.or_else(|| panic.downcast_ref::<&str>().copied());
        Err(text.unwrap_or("it panicked").to_owned())
    })
}

/// Names the schema that typify stumbles over, which its own errors often don't: the one with the
/// fewest others below it that fails together with them.
fn culprit(schemas: &BTreeMap<String, Value>, reason: String) -> GenerateError {
    let mut closures: Vec<(&String, BTreeSet<String>)> = schemas
        .keys()
        .map(|name| (name, schema::closure(schemas, name)))
        .collect();
    closures.sort_by_key(|(_, below)| below.len());
    for (name, below) in closures {
        let some = schemas
            .iter()
            .filter(|(other, _)| below.contains(*other))
            .map(|(name, schema)| (name.clone(), schema.clone()))
            .collect();
        if let Err(reason) = typify(&some) {
            return GenerateError::Schema {
                schema: name.clone(),
                reason,
            };
        }
    }
    GenerateError::Schema {
        schema: "(all together)".to_owned(),
        reason,
    }
}
