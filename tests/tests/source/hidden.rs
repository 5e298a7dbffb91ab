//! What generated code alone names is reached through one hidden module.

use syn::{ImplItem, Item};

use super::bare::has;
use super::crates::{Crate, attributes, ident, is_hidden};

#[test]
fn nothing_is_hidden_but_the_module_for_generated_code() {
    let source = Crate::read("core", "static_net");
    let mut hidden = Vec::new();
    for (index, module) in source.modules.iter().enumerate() {
        let file = source.file(index);
        for item in &module.items {
            match item {
                Item::Mod(inner) if index == 0 && inner.ident == "__private" => continue,
                // It stands at the root of the crate, wherever it is written.
                Item::Macro(rules) if has(&rules.attrs, "macro_export") => continue,
                // The methods of a trait are where the trait is.
                Item::Impl(block) if block.trait_.is_none() => {
                    let methods = block.items.iter().filter_map(|item| match item {
                        ImplItem::Fn(method) if is_hidden(&method.attrs) => Some(&method.sig.ident),
                        _ => None,
                    });
                    hidden.extend(methods.map(|name| format!("{file}: {name}")));
                }
                _ => {}
            }
            if is_hidden(attributes(item)) {
                let name = ident(item).map(ToString::to_string).unwrap_or_default();
                hidden.push(format!("{file}: {name}"));
            }
        }
    }
    assert!(hidden.is_empty(), "to be reached through `__private`:\n{}", hidden.join("\n"));
}
