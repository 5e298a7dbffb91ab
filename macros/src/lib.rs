//! The `network!` language of [static-net](https://docs.rs/static-net). Use it through that crate.
//!
//! A small compiler: `parse` reads declarations and goes on behind a fault, `shape` works out the
//! shape behind each stage and checks that it fits, `expand` writes straight-line Rust. Faults gather
//! in one `diagnostic::Faults`, which is handed on beside the tree, and `message` writes what is said of them; a declaration with faults expands to its messages and to stand-ins
//! that swallow every use of its name.

mod ast;
mod derive;
mod diagnostic;
mod expand;
mod message;
mod parse;
#[cfg(test)]
mod random;
mod shape;
mod words;

use proc_macro::TokenStream;

/// Declares neural networks whose every shape the compiler checks. See `static_net::network!`.
#[proc_macro]
pub fn network(input: TokenStream) -> TokenStream {
    expand::network(input.into()).into()
}

/// Implements `static_net::Parameters` for a `#[repr(C)]` struct made of parameters only.
#[proc_macro_derive(Parameters, attributes(tensor))]
pub fn derive_parameters(input: TokenStream) -> TokenStream {
    let input = syn::parse_macro_input!(input as syn::DeriveInput);
    derive::parameters(input).unwrap_or_else(syn::Error::into_compile_error).into()
}
