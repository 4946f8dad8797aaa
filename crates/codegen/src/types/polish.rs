//! typify's output, with what it leaves out: `Display` of checked strings, derives of plain
//! numbers and times, and documentation of every public name.

use std::collections::HashSet;

use quote::ToTokens;
use syn::visit_mut::{self, VisitMut};
use syn::{Attribute, Expr, Item, ItemImpl, ItemStruct, Lit, Meta, Type, parse_quote};

use crate::GenerateError;
use crate::prose;

pub(super) fn polish(file: &mut syn::File) {
    add_display(file);
    add_derives(file);
    Docs.visit_file_mut(file);
}

/// The names of the types, each only once: typify makes some up, such as `PingFrameType` for a
/// property, and doesn't see that a schema is named so.
pub(super) fn names(file: &syn::File) -> Result<HashSet<String>, GenerateError> {
    let mut names = HashSet::new();
    for item in &file.items {
        let ident = match item {
            Item::Struct(item) => &item.ident,
            Item::Enum(item) => &item.ident,
            Item::Type(item) => &item.ident,
            _ => continue,
        };
        if !names.insert(ident.to_string()) {
            return Err(GenerateError::Collision {
                first: format!("components/schemas/{ident}"),
                second: "a type that typify makes for a property".to_owned(),
                identifier: ident.to_string(),
            });
        }
    }
    Ok(names)
}

/// A checked string can be parsed but not displayed; a topic needs both.
fn add_display(file: &mut syn::File) {
    let displayed: HashSet<String> = file
        .items
        .iter()
        .filter_map(|item| implements(item, "Display"))
        .collect();
    let mut items = Vec::with_capacity(file.items.len());
    for item in file.items.drain(..) {
        let missing = match &item {
            Item::Struct(item) if inner(item).as_deref() == Some("String") => {
                Some(item.ident.clone())
            }
            _ => None,
        };
        items.push(item);
        if let Some(ident) = missing.filter(|ident| !displayed.contains(&ident.to_string())) {
            items.push(parse_quote! {
                impl ::std::fmt::Display for #ident {
                    fn fmt(&self, f: &mut ::std::fmt::Formatter<'_>) -> ::std::fmt::Result {
                        self.0.fmt(f)
                    }
                }
            });
        }
    }
    file.items = items;
}

/// typify derives little for a newtype: one around a number, a flag or an instant can be copied,
/// compared and hashed just as what it holds.
fn add_derives(file: &mut syn::File) {
    for item in &mut file.items {
        if let Item::Struct(item) = item {
            let derives: syn::Attribute = match inner(item).as_deref() {
                Some("f64" | "f32") => parse_quote!(#[derive(Copy, PartialOrd)]),
                Some(
                    "bool" | "i64" | "u64" | "i32" | "u32" | "i16" | "u16" | "i8" | "u8" | "Uuid"
                    | "DateTime" | "NaiveDate" | "Ipv4Addr" | "Ipv6Addr",
                ) => parse_quote!(#[derive(Copy, Eq, Hash, Ord, PartialOrd)]),
                _ => continue,
            };
            let after = item
                .attrs
                .iter()
                .rposition(|attribute| attribute.path().is_ident("derive"));
            item.attrs.insert(after.map_or(0, |at| at + 1), derives);
        }
    }
}

/// The type for which `item` implements the trait of this name.
fn implements(item: &Item, name: &str) -> Option<String> {
    let Item::Impl(ItemImpl {
        trait_: Some(implemented),
        self_ty,
        ..
    }) = item
    else {
        return None;
    };
    let last = implemented.0.segments.last()?;
    (last.ident == name).then(|| self_ty.to_token_stream().to_string())
}

/// The name of the type that a newtype holds, without its path.
fn inner(item: &ItemStruct) -> Option<String> {
    let mut fields = item.fields.iter();
    match (fields.next(), fields.next()) {
        (
            Some(syn::Field {
                ident: None,
                ty: Type::Path(ty),
                ..
            }),
            None,
        ) => Some(ty.path.segments.last()?.ident.to_string()),
        _ => None,
    }
}

/// Writes doc comments as people do, one attribute for each line after a space, and gives each
/// enum variant without one the text that it stands for.
struct Docs;

impl VisitMut for Docs {
    fn visit_attributes_mut(&mut self, attributes: &mut Vec<Attribute>) {
        *attributes = attributes
            .drain(..)
            .flat_map(|attribute| match doc_text(&attribute) {
                Some(text) => lines(text.trim()),
                None => vec![attribute],
            })
            .collect();
    }

    fn visit_variant_mut(&mut self, variant: &mut syn::Variant) {
        if !variant
            .attrs
            .iter()
            .any(|attribute| doc_text(attribute).is_some())
        {
            let text = format!("`{}`", wire_name(variant));
            variant.attrs.splice(0..0, lines(&text));
        }
        visit_mut::visit_variant_mut(self, variant);
    }
}

fn lines(text: &str) -> Vec<Attribute> {
    let doc = prose::doc(text);
    let item: ItemStruct = parse_quote!(#doc struct Carrier;);
    item.attrs
}

fn doc_text(attribute: &Attribute) -> Option<String> {
    match &attribute.meta {
        Meta::NameValue(meta) if meta.path.is_ident("doc") => literal(&meta.value),
        _ => None,
    }
}

fn literal(expr: &Expr) -> Option<String> {
    match expr {
        Expr::Lit(expr) => match &expr.lit {
            Lit::Str(text) => Some(text.value()),
            _ => None,
        },
        _ => None,
    }
}

/// `#[serde(rename = "…")]`, or the variant's own name.
fn wire_name(variant: &syn::Variant) -> String {
    let mut name = variant.ident.to_string();
    for attribute in variant
        .attrs
        .iter()
        .filter(|attribute| attribute.path().is_ident("serde"))
    {
        // Another serde attribute than `rename` is none of our business.
        let parsed = attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident("rename") {
                name = meta.value()?.parse::<syn::LitStr>()?.value();
            }
            Ok(())
        });
        debug_assert!(
            parsed.is_ok(),
            "typify renames variants with nothing else beside it"
        );
    }
    name
}
