//! A trait for each tag: what a module has to answer, and the function that mounts it.

use heck::ToSnakeCase;
use proc_macro2::TokenStream;
use quote::{format_ident, quote};
use tickwire_spec::{Contract, Family, Operation, Source};

use crate::names::{Names, requests, snake, tag_of};
use crate::prose::{doc, rustdoc};
use crate::{GenerateError, types};

pub(crate) fn generate(contract: &Contract, names: &Names) -> Result<TokenStream, GenerateError> {
    let mut tags: Vec<&str> = Vec::new();
    let of_families = contract.families.iter().filter(|family| is_served(family));
    for tag in of_families
        .map(|family| Ok(family.tag.as_str()))
        .chain(requests(contract).map(tag_of))
    {
        let tag = tag?;
        if !tags.contains(&tag) {
            tags.push(tag);
        }
    }
    let traits = tags
        .iter()
        .map(|tag| handler_trait(contract, names, tag))
        .collect::<Result<Vec<_>, _>>()?;
    Ok(quote!(#(#traits)*))
}

/// Whether a module makes the updates of a family.
fn is_served(family: &Family) -> bool {
    family.source == Source::Service
}

fn handler_trait(
    contract: &Contract,
    names: &Names,
    tag: &str,
) -> Result<TokenStream, GenerateError> {
    let ident = names.handler_trait(tag);
    let mut methods = Vec::new();
    let mut mounts = Vec::new();
    for operation in requests(contract) {
        if tag_of(operation)? == tag {
            let method = Method::new(contract, operation)?;
            methods.push(method.signature());
            mounts.push(method.mount(ident));
        }
    }
    let families: Vec<_> = contract
        .families
        .iter()
        .filter(|family| is_served(family) && family.tag == tag)
        .map(|family| names.family(family))
        .collect();

    let about = doc(&about(contract, tag));
    let mount = format_ident!("mount_{}", tag.to_snake_case());
    let mount_doc = doc(&format!(
        "Puts the part that [`{ident}`] answers into the dispatch table."
    ));
    Ok(quote! {
        #about
        pub trait #ident
        where
            Self: Send + Sync + 'static,
            #(Self: crate::service::TopicSource<topic::#families>,)*
        {
            #(#methods)*
        }

        #mount_doc
        pub fn #mount<M: #ident>(
            module: ::std::sync::Arc<M>,
            handlers: &mut crate::service::Handlers,
        ) {
            #(#mounts)*
            #(handlers.topics::<topic::#families, M>(&module);)*
        }
    })
}

/// The tag's description, wherever the document defines the tag.
fn about(contract: &Contract, tag: &str) -> String {
    let document = &contract.document;
    let component = document["components"]["tags"]
        .as_object()
        .into_iter()
        .flat_map(|tags| tags.values());
    let info = document["info"]["tags"].as_array().into_iter().flatten();
    let text = component
        .chain(info)
        .find(|candidate| candidate["name"] == tag)
        .and_then(|tag| tag["description"].as_str());
    let first = text.map_or_else(|| format!("The operations tagged `{tag}`."), rustdoc);
    format!(
        "{first}\n\nA method for each request, and the source of each topic family that a module makes."
    )
}

/// A request operation as a method.
struct Method<'c> {
    operation: &'c Operation,
    ident: syn::Ident,
    request: TokenStream,
    reply: &'c str,
    result: TokenStream,
}

impl<'c> Method<'c> {
    fn new(contract: &'c Contract, operation: &'c Operation) -> Result<Self, GenerateError> {
        let user = format!("operations/{}", operation.key);
        let payload = |wire_type: &str| {
            let message = contract
                .message(wire_type)
                .ok_or_else(|| GenerateError::NoMessage {
                    wire_type: wire_type.to_owned(),
                    user: user.clone(),
                })?;
            types::path(&message.payload, &user)
        };
        let reply = operation
            .reply
            .as_deref()
            .ok_or_else(|| GenerateError::NoReply {
                operation: operation.key.clone(),
            })?;
        Ok(Self {
            operation,
            ident: snake(&operation.key, &user)?,
            request: payload(&operation.name)?,
            reply,
            result: payload(reply)?,
        })
    }

    fn signature(&self) -> TokenStream {
        let Self {
            operation,
            ident,
            request,
            reply,
            result,
        } = self;
        let mut parts: Vec<String> = [&operation.summary, &operation.description]
            .into_iter()
            .flatten()
            .map(|text| rustdoc(text))
            .collect();
        parts.push(format!("`{}` → `{reply}`", operation.name));
        if !operation.permissions.is_empty() {
            parts.push(format!("Needs `{}`.", operation.permissions.join("`, `")));
        }
        let about = doc(&parts.join("\n\n"));
        quote! {
            #about
            fn #ident(
                &self,
                call: &crate::service::Call,
                request: #request,
            ) -> impl ::std::future::Future<
                Output = ::std::result::Result<#result, crate::service::Refusal>,
            > + Send;
        }
    }

    /// Called by its full path: a supertrait may have a method of the same name.
    fn mount(&self, handler: &syn::Ident) -> TokenStream {
        let Self {
            operation,
            ident,
            request,
            ..
        } = self;
        let wire_type = &operation.name;
        quote! {
            handlers.request(#wire_type, {
                let module = ::std::sync::Arc::clone(&module);
                move |call: crate::service::Call, request: #request| {
                    let module = ::std::sync::Arc::clone(&module);
                    async move { <M as #handler>::#ident(&module, &call, request).await }
                }
            });
        }
    }
}
