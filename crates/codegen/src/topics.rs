//! `mod topic`: a struct for each topic family, and the enum of them all.
//!
//! `Display` and `FromStr` are inverse in both directions: each topic that can be built is read
//! back as itself, and each text that is read is written back as itself. For that, [`parameter`]
//! demands that no value is empty or holds a `:`.

mod parameter;

use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use tickwire_spec::{Contract, Family, Segment, Source};

use crate::names::{Names, snake};
use crate::prose::{doc, rustdoc};
use crate::{GenerateError, types};

pub(crate) fn generate(contract: &Contract, names: &Names) -> Result<TokenStream, GenerateError> {
    let structs = contract
        .families
        .iter()
        .map(|family| family_struct(contract, names, family))
        .collect::<Result<Vec<_>, _>>()?;
    parameter::check_overlaps(contract)?;
    let any = any_topic(contract, names);
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
    let update = update_type(contract, family)?;

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
    let count = parts.len() + 1;
    let nexts = (0..count).map(|_| quote!(parts.next()));
    let body = quote! {
        let mut parts = topic.split(':');
        let [#(#parts,)* None] = [#(#nexts),*] else {
            return Err(refused());
        };
    };
    let construct = if idents.is_empty() {
        quote!(Ok(Self))
    } else if checks.iter().any(|check| *check) {
        // A uuid, for one, can be written in several ways, and only one of them names the topic.
        quote! {
            let parsed = Self { #(#idents: #idents.parse().map_err(|_| refused())?),* };
            if parsed.to_string() == topic { Ok(parsed) } else { Err(refused()) }
        }
    } else {
        quote!(Ok(Self { #(#idents: #idents.parse().map_err(|_| refused())?),* }))
    };
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
                let refused = || {
                    crate::service::TopicParseError::new(
                        topic,
                        <Self as crate::service::TopicFamily>::PATTERN,
                    )
                };
                #body
                #construct
            }
        }

        impl crate::service::TopicFamily for #ident {
            const FAMILY: &'static str = #name;
            const PATTERN: &'static str = #pattern;
            type Update = super::#update;
        }
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
            fields
                .checks
                .push(parameter::check(contract, family, parameter)?);
        }
        Ok(fields)
    }
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

fn update_type(contract: &Contract, family: &Family) -> Result<TokenStream, GenerateError> {
    let user = format!("channels/{}", family.key);
    let wire_type = &family.messages.update;
    let message = contract
        .message(wire_type)
        .ok_or_else(|| GenerateError::NoMessage {
            wire_type: wire_type.clone(),
            user: user.clone(),
        })?;
    types::path(&message.payload, &user)
}

/// The enum over all families.
fn any_topic(contract: &Contract, names: &Names) -> TokenStream {
    let idents: Vec<_> = contract
        .families
        .iter()
        .map(|family| names.family(family))
        .collect();
    let docs = contract
        .families
        .iter()
        .map(|family| doc(&format!("`{}`", family.pattern)));
    let (display, family) = if idents.is_empty() {
        (quote!(match *self {}), quote!(match *self {}))
    } else {
        (
            quote!(match self { #(Self::#idents(topic) => topic.fmt(f),)* }),
            quote!(match self {
                #(Self::#idents(_) => <topic::#idents as crate::service::TopicFamily>::FAMILY,)*
            }),
        )
    };
    // The first segment is a literal, so it tells the family, or the few that share it: its own
    // error then says what the topic should have looked like.
    let mut by_literal: Vec<(&str, Vec<&syn::Ident>)> = Vec::new();
    for family in &contract.families {
        let Some(Segment::Literal(first)) = family.pattern.segments.first() else {
            continue;
        };
        let ident = names.family(family);
        match by_literal.iter_mut().find(|(literal, _)| literal == first) {
            Some((_, idents)) => idents.push(ident),
            None => by_literal.push((first, vec![ident])),
        }
    }
    let arms = by_literal.iter().map(|(literal, idents)| {
        let (first, others) = idents.split_first().expect("made with one");
        quote! {
            #literal => topic.parse().map(Self::#first)
                #(.or_else(|_| topic.parse().map(Self::#others)))*,
        }
    });
    let patterns: Vec<String> = contract
        .families
        .iter()
        .map(|family| family.pattern.to_string())
        .collect();
    let expected = patterns.join(" | ");
    let from = idents.iter().map(|ident| {
        let arg = format_ident!("topic");
        quote! {
            impl From<topic::#ident> for Topic {
                fn from(#arg: topic::#ident) -> Self {
                    Self::#ident(#arg)
                }
            }
        }
    });
    quote! {
        /// A topic of any family.
        #[derive(Debug, Clone, PartialEq, Eq, Hash)]
        pub enum Topic {
            #(#docs #idents(topic::#idents),)*
        }

        impl Topic {
            /// The name of its family.
            pub fn family(&self) -> &'static str {
                #family
            }
        }

        impl ::std::fmt::Display for Topic {
            fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                #display
            }
        }

        impl ::std::str::FromStr for Topic {
            type Err = crate::service::TopicParseError;

            fn from_str(topic: &str) -> Result<Self, Self::Err> {
                match topic.split(':').next().unwrap_or(topic) {
                    #(#arms)*
                    _ => Err(crate::service::TopicParseError::new(topic, #expected)),
                }
            }
        }

        #(#from)*
    }
}
