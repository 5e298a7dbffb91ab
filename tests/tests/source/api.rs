//! The public items of the library, as they stand in `tests/public_api.txt`.
//!
//! `PUBLIC_API=overwrite cargo test -p static-net-tests --test source` writes the file anew.

use std::collections::BTreeSet;
use std::path::Path;

use proc_macro2::TokenStream;
use quote::{ToTokens, quote};
use syn::{Attribute, File, Item, ItemImpl, ItemUse, Macro, parse_quote};

use super::bare::{bare, bare_impl, has, is_public, kept, signatures, type_path};
use super::crates::{Crate, Target, attributes, is_hidden};
use super::difference::difference;

#[test]
fn public_items_are_as_kept() {
    let given = listing(&Crate::read("core", "static_net"));
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join("public_api.txt");
    if std::env::var("PUBLIC_API").is_ok_and(|value| value == "overwrite") {
        std::fs::write(&file, &given).expect("the list can be written");
    }
    let kept = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(
        kept == given,
        "the public items are not those of tests/public_api.txt (- kept, + found):\n{}\
         if that is meant, `PUBLIC_API=overwrite` writes the file anew",
        difference(&kept, &given)
    );
}

/// All public items as Rust without bodies.
fn listing(source: &Crate) -> String {
    let implementations = implementations(source);
    let mut listing = Listing { source, implementations, shown: BTreeSet::new() };
    let mut items = listing.exported_macros();
    items.extend(listing.module(0));
    let file = File { shebang: None, attrs: Vec::new(), items };
    prettyplease::unparse(&file)
}

struct Listing<'a> {
    source: &'a Crate,
    implementations: Vec<Implementation<'a>>,
    /// What stands in the list already, so that another way to it is one line.
    shown: BTreeSet<Target>,
}

impl Listing<'_> {
    fn exported_macros(&self) -> Vec<Item> {
        let items = self.source.modules.iter().flat_map(|module| &module.items);
        let exported = items.filter_map(|item| match item {
            Item::Macro(definition) if has(&definition.attrs, "macro_export") => {
                definition.ident.as_ref().filter(|_| !is_hidden(&definition.attrs))
            }
            _ => None,
        });
        exported.map(|name| parse_quote! { macro_rules! #name {} }).collect()
    }

    /// What can be reached through a module.
    fn module(&mut self, index: usize) -> Vec<Item> {
        let source = self.source;
        let mut items = Vec::new();
        for item in &source.modules[index].items {
            if is_hidden(attributes(item)) {
                continue;
            }
            match item {
                Item::Mod(module) if is_public(&module.vis) => {
                    let child = source.modules[index].children[&module.ident.to_string()];
                    items.push(self.whole_module(child, &module.ident, &module.attrs));
                }
                Item::Use(import) if is_public(&import.vis) => {
                    self.import(index, import, &mut items)
                }
                // What its rules write stands in them.
                Item::Macro(call) if call.ident.is_none() => {
                    items.extend(self.written(index, call))
                }
                item => items.extend(self.item(index, item)),
            }
        }
        items
    }

    fn whole_module(&mut self, index: usize, name: &syn::Ident, attributes: &[Attribute]) -> Item {
        let items = self.module(index);
        let attributes = kept(attributes);
        parse_quote! { #(#attributes)* pub mod #name { #(#items)* } }
    }

    /// What a `pub use` makes public: an item that has no other way to it, or one line.
    fn import(&mut self, index: usize, import: &ItemUse, items: &mut Vec<Item>) {
        let imports = &self.source.modules[index].imports;
        let own = imports.iter().filter(|own| own.item == import.to_token_stream().to_string());
        let mut is_whole = true;
        for leaf in own {
            let target = self.source.resolve(index, &leaf.path);
            match (target, &leaf.name) {
                (Some(Target::Module(inside)), None) if !self.is_reachable(inside) => {
                    items.extend(self.module(inside));
                    is_whole = false;
                }
                (Some(Target::Item(inside, name)), Some(called))
                    if *called == name && !self.is_reachable(inside) =>
                {
                    if self.shown.contains(&Target::Item(inside, name.clone())) {
                        let path = path(&leaf.path);
                        items.push(parse_quote! { pub use #path; });
                    } else {
                        items.extend(self.named(inside, &name));
                    }
                    is_whole = false;
                }
                (_, name) => {
                    let (front, attributes) = (path(&leaf.path), kept(&import.attrs));
                    items.push(match name {
                        None => parse_quote! { #(#attributes)* pub use #front::*; },
                        Some(name) if leaf.path.last() == Some(name) => {
                            parse_quote! { #(#attributes)* pub use #front; }
                        }
                        Some(name) => {
                            let name = syn::Ident::new(name, proc_macro2::Span::call_site());
                            parse_quote! { #(#attributes)* pub use #front as #name; }
                        }
                    });
                    is_whole = false;
                }
            }
        }
        if is_whole {
            items.push(Item::Use(ItemUse { attrs: kept(&import.attrs), ..import.clone() }));
        }
    }

    /// Whether all modules on the way to a module are public.
    fn is_reachable(&self, index: usize) -> bool {
        let mut module = 0;
        for name in self.source.modules[index].path.split("::").filter(|name| !name.is_empty()) {
            let is_it = |item: &&Item| matches!(item, Item::Mod(inner) if inner.ident == name);
            let inner = self.source.modules[module].items.iter().find(is_it);
            if !inner.is_some_and(|item| is_visible(item) && !is_hidden(attributes(item))) {
                return false;
            }
            module = self.source.modules[module].children[name];
        }
        true
    }

    /// The items of a module with this name: a type and a function may share it.
    fn named(&mut self, index: usize, name: &str) -> Vec<Item> {
        let source = self.source;
        let mut items = Vec::new();
        for item in &source.modules[index].items {
            let is_it = super::crates::ident(item).is_some_and(|ident| ident == name);
            if is_it && !is_hidden(attributes(item)) {
                items.extend(self.item(index, item));
            } else if let Item::Macro(call) = item
                && call.ident.is_none()
                && call.mac.tokens.to_string().split(' ').any(|word| word == name)
                && self.shown.insert(Target::Item(index, call.to_token_stream().to_string()))
            {
                items.extend(self.written(index, call));
            }
        }
        items
    }

    /// A macro call that writes public items, with what the rules say that it calls.
    fn written(&self, index: usize, call: &syn::ItemMacro) -> Option<Item> {
        let (mac, is_public) = self.called(index, &call.mac);
        is_public.then(|| {
            Item::Macro(syn::ItemMacro { attrs: Vec::new(), mac, semi_token: None, ident: None })
        })
    }

    /// A call with the public items in its rules, and whether there are any.
    fn called(&self, index: usize, call: &Macro) -> (Macro, bool) {
        let name = call.path.segments.last().map(|segment| &segment.ident);
        let modules = [index].into_iter().chain(0..self.source.modules.len());
        let mut items = modules.flat_map(|index| &self.source.modules[index].items);
        let definition = items.find_map(|item| match item {
            Item::Macro(rules) if rules.ident.is_some() && rules.ident.as_ref() == name => {
                Some(rules)
            }
            _ => None,
        });
        let mut public = TokenStream::new();
        if let Some(definition) = definition {
            signatures(definition.mac.tokens.clone(), &mut public);
        }
        let is_public = !public.is_empty();
        let (path, tokens) = (&call.path, &call.tokens);
        (parse_quote! { #path! { #tokens => #public } }, is_public)
    }

    fn item(&mut self, index: usize, item: &Item) -> Vec<Item> {
        let Some(name) = super::crates::ident(item) else { return Vec::new() };
        let Some(bare) = bare(item) else { return Vec::new() };
        self.shown.insert(Target::Item(index, name.to_string()));
        let mut items = vec![bare];
        if matches!(item, Item::Struct(_) | Item::Enum(_) | Item::Union(_) | Item::Trait(_)) {
            items.extend(self.implementations(index, &name.to_string()));
        }
        items
    }

    /// What is implemented for a type, and by a trait for types of other crates.
    fn implementations(&self, index: usize, name: &str) -> Vec<Item> {
        let target = Some(Target::Item(index, name.to_owned()));
        let is_of = |found: &&Implementation<'_>| {
            found.of == target || found.of.is_none() && found.by == target
        };
        let found = self.implementations.iter().filter(is_of);
        let bare = found
            .filter_map(|found| bare_impl(found.block, |call| self.called(found.module, call).0));
        bare.collect()
    }
}

/// An `impl`, with the type and the trait that it names.
struct Implementation<'a> {
    module: usize,
    block: &'a ItemImpl,
    of: Option<Target>,
    by: Option<Target>,
}

fn implementations(source: &Crate) -> Vec<Implementation<'_>> {
    let mut found = Vec::new();
    for (module, inside) in source.modules.iter().enumerate() {
        for item in &inside.items {
            let Item::Impl(block) = item else { continue };
            let target = |path: &syn::Path| {
                let path: Vec<String> =
                    path.segments.iter().map(|segment| segment.ident.to_string()).collect();
                source.resolve(module, &path)
            };
            let of = type_path(&block.self_ty).and_then(target);
            let by = block.trait_.as_ref().and_then(|(_, path, _)| target(path));
            // Says only that nobody else implements another trait.
            if !matches!(&by, Some(Target::Item(_, name)) if name == "Sealed") {
                found.push(Implementation { module, block, of, by });
            }
        }
    }
    found
}

fn path(segments: &[String]) -> TokenStream {
    let segments = segments.iter().map(|segment| segment.parse::<TokenStream>().expect("a name"));
    quote! { #(#segments)::* }
}

fn is_visible(item: &Item) -> bool {
    matches!(item, Item::Mod(module) if is_public(&module.vis))
}
