//! `mod topic`: a struct for each topic family, and the enum of them all.
//!
//! `Display` and `FromStr` are inverse in both directions: each topic that can be built is read
//! back as itself, and each text that is read is written back as itself. That rests on two rules of
//! the contract's check: no value of a parameter is empty or holds a `:`, and no two patterns
//! overlap.

mod any;

use proc_macro2::TokenStream;
use quote::quote;
use tickwire_spec::{Contract, Delivery, Family, Parameter, Segment, Source};

use crate::names::{Names, snake};
use crate::prose::{doc, rustdoc};
use crate::{GenerateError, types};

pub(crate) fn generate(contract: &Contract, names: &Names) -> Result<TokenStream, GenerateError> {
    let structs = contract
        .families
        .iter()
        .map(|family| family_struct(contract, names, family))
        .collect::<Result<Vec<_>, _>>()?;
    let any = any::generate(contract, names);
    Ok(quote! {
        /// One struct for each topic family; all of them display as the topic and parse from it.
        pub mod topic {
            #(#structs)*
        }
        #any
    })
}

fn family_struct(
    contract: &Contract,
    names: &Names,
    family: &Family,
) -> Result<TokenStream, GenerateError> {
    let ident = names.family(family);
    let fields = Fields::new(contract, family)?;
    let Fields {
        idents,
        types,
        docs,
        checks,
    } = &fields;
    let name = &family.name;
    let pattern = family.pattern.to_string();
    let update = payload_type(contract, family, &family.messages.update)?;
    let publishing = publishing(contract, family, ident)?;

    let about = doc(&about(family));
    let (format, written) = format_string(family, idents);
    let parts: Vec<TokenStream> = family
        .pattern
        .segments
        .iter()
        .map(|segment| match segment {
            Segment::Literal(text) => quote!(Some(#text)),
            Segment::Parameter(name) => {
                let ident = &idents[position(family, name)];
                quote!(Some(#ident))
            }
        })
        .collect();
    let nexts = (0..=parts.len()).map(|_| quote!(parts.next()));
    let construct = if idents.is_empty() {
        quote!(Some(Self))
    } else {
        quote!(Some(Self { #(#idents: #idents.parse().ok()?),* }))
    };
    let canonical = checks
        .contains(&true)
        .then(|| quote!(.filter(|read: &Self| read.to_string() == topic)));
    let fields = if idents.is_empty() {
        quote!(;)
    } else {
        quote!({ #(#docs pub #idents: super::#types,)* })
    };

    Ok(quote! {
        #about
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        pub struct #ident #fields

        impl ::std::fmt::Display for #ident {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                write!(f, #format #(, self.#written)*)
            }
        }

        impl ::std::str::FromStr for #ident {
            type Err = crate::service::TopicParseError;

            fn from_str(topic: &str) -> Result<Self, Self::Err> {
                // Within a closure, so that no name of a parameter hides one that is needed later.
                let read = || {
                    let mut parts = topic.split(':');
                    let [#(#parts,)* None] = [#(#nexts),*] else {
                        return None;
                    };
                    #construct
                };
                read()#canonical.ok_or_else(|| {
                    crate::service::TopicParseError::new(
                        topic,
                        <Self as crate::service::TopicFamily>::PATTERN,
                    )
                })
            }
        }

        impl crate::service::TopicFamily for #ident {
            const FAMILY: &'static str = #name;
            const PATTERN: &'static str = #pattern;
            type Update = super::#update;
        }

        #publishing
    })
}

/// Whether each update stands for itself, or changes a state of which there are snapshots. It
/// decides how a module publishes.
fn publishing(
    contract: &Contract,
    family: &Family,
    ident: &syn::Ident,
) -> Result<TokenStream, GenerateError> {
    Ok(match (family.delivery, &family.messages.snapshot) {
        (Delivery::Delta, Some(snapshot)) => {
            let snapshot = payload_type(contract, family, snapshot)?;
            quote! {
                impl crate::service::DeltaFamily for #ident {
                    type Snapshot = super::#snapshot;
                }
            }
        }
        _ => quote!(impl crate::service::PlainFamily for #ident {}),
    })
}

/// What a family's struct says of itself.
fn about(family: &Family) -> String {
    let text = family
        .description
        .as_deref()
        .map(rustdoc)
        .unwrap_or_default();
    let source = match family.source {
        Source::Service => "",
        Source::Publish => "\n\nIts updates are published from outside; no module makes them.",
    };
    format!("`{}`\n\n{text}{source}", family.pattern)
        .trim_end()
        .to_owned()
}

/// The parameters of a family, as fields in the order of the pattern.
struct Fields {
    idents: Vec<syn::Ident>,
    types: Vec<TokenStream>,
    docs: Vec<TokenStream>,
    /// Whether a value that parses may still be written otherwise.
    checks: Vec<bool>,
}

impl Fields {
    fn new(contract: &Contract, family: &Family) -> Result<Self, GenerateError> {
        let mut fields = Self {
            idents: Vec::new(),
            types: Vec::new(),
            docs: Vec::new(),
            checks: Vec::new(),
        };
        for parameter in &family.parameters {
            let what = format!("channels/{}/parameters/{}", family.key, parameter.name);
            fields.idents.push(snake(&parameter.name, &what)?);
            fields.types.push(types::path(&parameter.schema, &what)?);
            let text = parameter.description.as_deref().map(rustdoc);
            fields
                .docs
                .push(doc(&text.unwrap_or_else(|| format!("`{}`", parameter.name))));
            fields.checks.push(has_spellings(contract, parameter));
        }
        Ok(fields)
    }
}

/// Whether a value can be written in several ways: a uuid in capitals is the same uuid. What is
/// parsed then has to be compared with what it displays as.
fn has_spellings(contract: &Contract, parameter: &Parameter) -> bool {
    contract
        .schemas
        .get(&parameter.schema)
        .is_some_and(|schema| schema.get("format").is_some())
}

/// The format string of a topic, and the fields that it takes.
fn format_string<'f>(family: &Family, fields: &'f [syn::Ident]) -> (String, Vec<&'f syn::Ident>) {
    let mut taken = Vec::new();
    let parts: Vec<String> = family
        .pattern
        .segments
        .iter()
        .map(|segment| match segment {
            Segment::Literal(text) => text.replace('{', "{{").replace('}', "}}"),
            Segment::Parameter(name) => {
                taken.push(&fields[position(family, name)]);
                "{}".to_owned()
            }
        })
        .collect();
    (parts.join(":"), taken)
}

fn position(family: &Family, parameter: &str) -> usize {
    family
        .parameters
        .iter()
        .position(|candidate| candidate.name == parameter)
        .expect("a family has the parameters of its pattern, which the check made sure of")
}

fn payload_type(
    contract: &Contract,
    family: &Family,
    wire_type: &str,
) -> Result<TokenStream, GenerateError> {
    let user = format!("channels/{}", family.key);
    let message = contract
        .message(wire_type)
        .ok_or_else(|| GenerateError::NoMessage {
            wire_type: wire_type.to_owned(),
            user: user.clone(),
        })?;
    types::path(&message.payload, &user)
}
