//! `#[tensor(..)]` before a field: what its tensors are called and what becomes of them in training.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{ToTokens, quote, quote_spanned};
use syn::meta::ParseNestedMeta;
use syn::spanned::Spanned;
use syn::{Attribute, Error, Expr, ExprPath, LitStr, Result, Type};

use crate::diagnostic::nearest;
use crate::parse::path_text;

const WORDS: [&str; 6] = ["name", "suffix", "kind", "matrix", "place", "describe"];

/// What stands before one field.
#[derive(Default)]
pub struct Tensor {
    name: Option<LitStr>,
    suffix: Option<LitStr>,
    kind: Option<Ident>,
    is_matrix: bool,
    is_place: bool,
    describe: Option<ExprPath>,
}

impl Tensor {
    /// Reads the attributes of a field.
    pub fn read(attributes: &[Attribute]) -> Result<Tensor> {
        let mut tensor = Tensor::default();
        for attribute in attributes.iter().filter(|attribute| attribute.path().is_ident("tensor")) {
            attribute.parse_nested_meta(|meta| tensor.word(&meta))?;
        }
        Ok(tensor)
    }

    fn word(&mut self, meta: &ParseNestedMeta<'_>) -> Result<()> {
        let word = meta.path.get_ident().map(Ident::to_string).unwrap_or_default();
        let is_double = match word.as_str() {
            "name" => self.name.replace(meta.value()?.parse()?).is_some(),
            "suffix" => self.suffix.replace(meta.value()?.parse()?).is_some(),
            "kind" => self.kind.replace(kind(&meta.value()?.parse()?)?).is_some(),
            "matrix" => std::mem::replace(&mut self.is_matrix, true),
            "place" => std::mem::replace(&mut self.is_place, true),
            "describe" => self.describe.replace(meta.value()?.parse()?).is_some(),
            _ => {
                let written = path_text(&meta.path.to_token_stream());
                let meant = match nearest(&written, WORDS.into_iter()) {
                    Some(meant) => format!(", did you mean `{meant}`?"),
                    None => ":".to_owned(),
                };
                let message = format!(
                    "unknown word `{written}`{meant} `tensor` takes `{}`",
                    WORDS.join("`, `")
                );
                return Err(Error::new_spanned(&meta.path, message));
            }
        };
        if is_double {
            return Err(Error::new_spanned(&meta.path, format!("`{word}` is said twice")));
        }
        if self.is_matrix && self.describe.is_some() {
            let message =
                "`describe` says all of a tensor's shape, so it is not said to be a `matrix`";
            return Err(Error::new_spanned(&meta.path, message));
        }
        if self.is_place && (self.is_matrix || self.describe.is_some()) {
            let message = "a `place` holds layers: it is no tensor of its own";
            return Err(Error::new_spanned(&meta.path, message));
        }
        Ok(())
    }

    /// Whether gradients leave it alone.
    pub fn is_statistic(&self) -> bool {
        self.kind.as_ref().is_some_and(|kind| kind == "RunningStatistic")
    }

    /// The statement that describes a field of the type `of`.
    pub fn describe(&self, of: &Type, field: &str, scalar: &TokenStream) -> TokenStream {
        let name = self.name.as_ref().map_or_else(|| quote! { #field }, |name| quote! { #name });
        let site = Span::mixed_site();
        let mut statement = if let Some(path) = &self.describe {
            quote_spanned! {site=> #path(tensors, #name); }
        } else if self.is_matrix {
            quote_spanned! {site=> <#of as ::static_net::__private::check::MatrixField<#scalar>>::describe(tensors, #name); }
        } else {
            let describe = if self.is_place {
                quote! { describe_place }
            } else {
                quote! { describe }
            };
            quote_spanned! {site=> <#of as ::static_net::__private::check::ParameterField<#scalar>>::#describe(tensors, #name); }
        };
        if let Some(suffix) = &self.suffix {
            statement =
                quote_spanned! {site=> tensors.suffixed(#suffix, |tensors| { #statement }); };
        }
        if let Some(kind) = &self.kind {
            statement = quote_spanned! {site=> tensors.of_kind(::static_net::Kind::#kind, |tensors| { #statement }); };
        }
        statement
    }
}

/// The variant of `static_net::Kind` that a word stands for.
fn kind(value: &Expr) -> Result<Ident> {
    let word = match value {
        Expr::Path(path) => path.path.get_ident(),
        _ => None,
    };
    let variant = match word.map(Ident::to_string).as_deref() {
        Some("trained") => "Trained",
        Some("trained_without_decay") => "TrainedWithoutDecay",
        Some("running_statistic") => "RunningStatistic",
        _ => {
            let message = format!(
                "unknown kind `{}`: a tensor is `trained`, `trained_without_decay` or `running_statistic`",
                path_text(&value.to_token_stream())
            );
            return Err(Error::new_spanned(value, message));
        }
    };
    Ok(Ident::new(variant, value.span()))
}
