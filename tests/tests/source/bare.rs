//! Items without their bodies.

use proc_macro2::{Delimiter, TokenStream, TokenTree};
use quote::quote;
use syn::{
    Attribute, Expr, Fields, ImplItem, Item, ItemImpl, Macro, TraitItem, Type, Visibility,
    parse_quote,
};

use super::crates::is_hidden;

/// The path of a type behind references.
pub fn type_path(of: &Type) -> Option<&syn::Path> {
    match of {
        Type::Path(path) if path.qself.is_none() => Some(&path.path),
        Type::Reference(reference) => type_path(&reference.elem),
        _ => None,
    }
}

pub fn is_public(visibility: &Visibility) -> bool {
    matches!(visibility, Visibility::Public(_))
}

pub fn has(attributes: &[Attribute], name: &str) -> bool {
    attributes.iter().any(|attribute| attribute.path().is_ident(name))
}

/// Attributes that users feel.
pub fn kept(attributes: &[Attribute]) -> Vec<Attribute> {
    const FELT: [&str; 7] =
        ["cfg", "derive", "deprecated", "must_use", "non_exhaustive", "repr", "track_caller"];
    let is_felt = |attribute: &&Attribute| FELT.iter().any(|name| attribute.path().is_ident(name));
    attributes.iter().filter(is_felt).cloned().collect()
}

/// A public item without its body.
pub fn bare(item: &Item) -> Option<Item> {
    let unknown: Expr = parse_quote! { _ };
    let mut item = item.clone();
    let is_open = match &mut item {
        Item::Const(item) => {
            (item.attrs, *item.expr) = (kept(&item.attrs), unknown);
            is_public(&item.vis)
        }
        Item::Static(item) => {
            (item.attrs, *item.expr) = (kept(&item.attrs), unknown);
            is_public(&item.vis)
        }
        Item::Enum(item) => {
            item.attrs = kept(&item.attrs);
            item.variants = std::mem::take(&mut item.variants)
                .into_iter()
                .filter(|variant| !is_hidden(&variant.attrs))
                .map(|mut variant| {
                    variant.attrs = kept(&variant.attrs);
                    variant.fields.iter_mut().for_each(|field| field.attrs = kept(&field.attrs));
                    variant
                })
                .collect();
            is_public(&item.vis)
        }
        Item::Fn(item) => {
            item.attrs = kept(&item.attrs);
            item.block.stmts.clear();
            is_public(&item.vis)
        }
        Item::Struct(item) => {
            item.attrs = kept(&item.attrs);
            fields(&mut item.fields);
            is_public(&item.vis)
        }
        Item::Trait(item) => {
            item.attrs = kept(&item.attrs);
            item.items.retain(|item| !is_hidden(trait_attributes(item)));
            item.items.iter_mut().for_each(bare_trait_item);
            is_public(&item.vis)
        }
        Item::Type(item) => {
            item.attrs = kept(&item.attrs);
            is_public(&item.vis)
        }
        _ => false,
    };
    is_open.then_some(item)
}

/// Of fields that are not public only that there are some.
fn fields(fields: &mut Fields) {
    let is_open = |field: &syn::Field| is_public(&field.vis) && !is_hidden(&field.attrs);
    let all = fields.iter_mut();
    all.for_each(|field| {
        if !is_open(field) {
            field.ty = parse_quote! { _ };
            field.vis = Visibility::Inherited;
            if field.ident.is_some() {
                field.ident = Some(parse_quote! { private });
            }
        }
        field.attrs = kept(&field.attrs);
    });
    if let Fields::Named(named) = fields {
        let mut is_first = true;
        named.named = std::mem::take(&mut named.named)
            .into_iter()
            .filter(|field| is_public(&field.vis) || std::mem::take(&mut is_first))
            .collect();
    }
}

fn trait_attributes(item: &TraitItem) -> &[Attribute] {
    match item {
        TraitItem::Const(item) => &item.attrs,
        TraitItem::Fn(item) => &item.attrs,
        TraitItem::Type(item) => &item.attrs,
        _ => &[],
    }
}

/// An item of a trait with no more of its default than that there is one.
fn bare_trait_item(item: &mut TraitItem) {
    match item {
        TraitItem::Const(item) => {
            item.attrs = kept(&item.attrs);
            if let Some((_, value)) = &mut item.default {
                *value = parse_quote! { _ };
            }
        }
        TraitItem::Fn(item) => {
            item.attrs = kept(&item.attrs);
            if let Some(block) = &mut item.default {
                block.stmts.clear();
            }
        }
        TraitItem::Type(item) => item.attrs = kept(&item.attrs),
        _ => {}
    }
}

/// An implementation: of a trait no more than its types, else what is public.
pub fn bare_impl(block: &ItemImpl, written: impl Fn(&Macro) -> Macro) -> Option<Item> {
    let mut block = block.clone();
    let is_of_trait = block.trait_.is_some();
    block.attrs = kept(&block.attrs);
    block.items.retain_mut(|item| match item {
        ImplItem::Fn(item) => {
            item.block.stmts.clear();
            let is_open = !is_of_trait && is_public(&item.vis) && !is_hidden(&item.attrs);
            item.attrs = kept(&item.attrs);
            is_open
        }
        ImplItem::Const(item) => {
            let is_open = !is_of_trait && is_public(&item.vis) && !is_hidden(&item.attrs);
            (item.attrs, item.expr) = (kept(&item.attrs), parse_quote! { _ });
            is_open
        }
        ImplItem::Type(item) => {
            item.attrs = kept(&item.attrs);
            true
        }
        ImplItem::Macro(call) => {
            (call.mac, call.semi_token) = (written(&call.mac), None);
            !is_of_trait
        }
        _ => false,
    });
    (is_of_trait || !block.items.is_empty()).then_some(Item::Impl(block))
}

/// What stands behind each `pub` in the rules of a macro, up to the body.
pub fn signatures(tokens: TokenStream, public: &mut TokenStream) {
    let mut tokens = tokens.into_iter().peekable();
    while let Some(token) = tokens.next() {
        match token {
            TokenTree::Group(group) => signatures(group.stream(), public),
            TokenTree::Ident(word) if word == "pub" => {
                let is_limited = matches!(
                    tokens.peek(),
                    Some(TokenTree::Group(group)) if group.delimiter() == Delimiter::Parenthesis
                );
                if is_limited {
                    continue;
                }
                public.extend([TokenTree::Ident(word)]);
                let has_value =
                    matches!(tokens.peek(), Some(TokenTree::Ident(word)) if word == "type");
                while let Some(token) = tokens.next_if(|token| !is_end(token, has_value)) {
                    public.extend([token]);
                }
                public.extend(quote! { ; });
            }
            _ => {}
        }
    }
}

fn is_end(token: &TokenTree, has_value: bool) -> bool {
    match token {
        TokenTree::Group(group) => group.delimiter() == Delimiter::Brace,
        TokenTree::Punct(punct) => punct.as_char() == ';' || has_value && punct.as_char() == '=',
        _ => false,
    }
}
