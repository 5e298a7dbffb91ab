//! What is said about each fault of a declaration.

use proc_macro2::TokenStream;
use quote::ToTokens;

use crate::ast::Declaration;
use crate::diagnostic::{Fault, Help};
use crate::parse;
use crate::shape::infer;

/// How often a mended declaration is mended anew.
const MOST_ROUNDS: usize = 64;

/// What is wrong, and how the shape came to be up to there.
pub fn message(declaration: &Declaration, fault: &Fault) -> String {
    let mut message = fault.what.clone();
    if let Some(part) = fault.part.filter(|&part| part > 0) {
        message.push_str("\nroute: ");
        for part in &declaration.parts[..=part] {
            for word in [&part.arrow, &part.written] {
                let is_tight = message.ends_with([' ', '(']) || word.starts_with([')', ';', ',']);
                if !word.is_empty() && !is_tight {
                    message.push(' ');
                }
                message.push_str(word);
            }
        }
    }
    message
}

/// What would compile: `settled` is the declaration as it should be, from [`settle`].
pub fn help(declaration: &Declaration, fault: &Fault, settled: &Settled) -> String {
    let Settled { text, is_open } = settled;
    let open = if *is_open { "apart from what is to be decided, " } else { "" };
    match &fault.help {
        Help::Shapes => format!("{open}{text}"),
        Help::Item => {
            let visibility = parse::path_text(&declaration.visibility.to_token_stream());
            let space = if visibility.is_empty() { "" } else { " " };
            let name = &declaration.name;
            let mut attributes = String::new();
            for attribute in declaration.attributes.iter().filter(|a| !a.path().is_ident("doc")) {
                let meta = parse::path_text(&attribute.meta.to_token_stream());
                attributes.push_str(&format!("#[{meta}] "));
            }
            format!("{open}{attributes}{visibility}{space}struct {name}{text};")
        }
        Help::Text(text) => text.clone(),
    }
}

/// A declaration without its faults.
pub struct Settled {
    pub text: String,
    /// Whether it has faults all the same, which a person has to decide about.
    pub is_open: bool,
}

/// The declaration without its faults, nor any that mending them brought: a width that was put in
/// for a faulty one may not fit what follows.
pub fn settle(declaration: &Declaration) -> Settled {
    let mut mended = declaration.mended();
    for _ in 0..MOST_ROUNDS {
        let Ok(tokens) = mended.parse::<TokenStream>() else { break };
        let Some((mut again, mut faults)) = parse::declarations(tokens).pop() else { break };
        infer(&mut again, &mut faults);
        if faults.is_empty() {
            return Settled { text: mended, is_open: false };
        }
        let before = std::mem::replace(&mut mended, again.mended());
        // What a person has to decide stays.
        if mended == before {
            break;
        }
    }
    Settled { text: mended, is_open: true }
}

/// The text alone.
#[cfg(test)]
pub fn settled(declaration: &Declaration) -> String {
    settle(declaration).text
}
