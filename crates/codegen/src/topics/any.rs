//! The enum `Topic`.

use proc_macro2::TokenStream;
use quote::quote;
use tickwire_spec::{Contract, Segment};

use crate::names::Names;
use crate::prose::doc;

/// The enum over all families.
pub(super) fn generate(contract: &Contract, names: &Names) -> TokenStream {
    let idents: Vec<_> = contract
        .families
        .iter()
        .map(|family| names.family(family))
        .collect();
    let docs = contract
        .families
        .iter()
        .map(|family| doc(&format!("`{}`", family.pattern)));
    let (formatter, display, family) = if idents.is_empty() {
        (quote!(_), quote!(match *self {}), quote!(match *self {}))
    } else {
        (
            quote!(f),
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
    let unknown = quote!(Err(crate::service::TopicParseError::new(topic, #expected)));
    let read = if idents.is_empty() {
        unknown
    } else {
        quote! {
            match topic.split(':').next().unwrap_or(topic) {
                #(#arms)*
                _ => #unknown,
            }
        }
    };
    let from = idents.iter().map(|ident| {
        quote! {
            impl From<topic::#ident> for Topic {
                fn from(topic: topic::#ident) -> Self {
                    Self::#ident(topic)
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
            fn fmt(&self, #formatter: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                #display
            }
        }

        impl ::std::str::FromStr for Topic {
            type Err = crate::service::TopicParseError;

            fn from_str(topic: &str) -> Result<Self, Self::Err> {
                #read
            }
        }

        #(#from)*
    }
}
