//! How rustc is called, for tests that call it again.

use std::env;

use proc_macro::TokenStream;

/// The path of the rustc that compiles this, and the arguments that it was given, as `&[&str]`.
///
/// cargo says nowhere else in which file the library is that it built for a test.
#[proc_macro]
pub fn rustc_arguments(_: TokenStream) -> TokenStream {
    let program = env::current_exe().expect("rustc is a program");
    let arguments = env::args_os().skip(1).map(|argument| format!("{argument:?}, "));
    let list: String = arguments.collect();
    format!("&[{program:?}, {list}]").parse().expect("a list of strings")
}
