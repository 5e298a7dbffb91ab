//! `#[derive(Parameters)]`: a struct of parameters is itself parameters.

mod tensor;

use proc_macro2::{Group, Ident, Span, TokenStream, TokenTree};
use quote::{ToTokens, format_ident, quote, quote_spanned};
use syn::spanned::Spanned;
use syn::{Data, DataStruct, DeriveInput, Error, Fields, Generics, Result, TypeParamBound};

use tensor::Tensor;

/// The implementation for one struct.
pub fn parameters(input: DeriveInput) -> Result<TokenStream> {
    let data = match &input.data {
        Data::Struct(data) => data,
        Data::Enum(_) | Data::Union(_) => {
            return Err(Error::new_spanned(&input.ident, "only a struct can derive `Parameters`"));
        }
    };
    check_layout(&input)?;
    if let Some(lifetime) = input.generics.lifetimes().next() {
        let message = "parameters are values and borrow nothing: they have no lifetime";
        return Err(Error::new_spanned(lifetime, message));
    }
    let fields = fields(data)?;
    let name = &input.ident;
    let site = Span::mixed_site();
    let mut generics = input.generics.clone();
    let own = own_scalar(&generics);
    let scalar = match &own {
        Some(parameter) => quote! { #parameter },
        None => match stated_scalar(&fields, &generics) {
            Some(scalar) => quote! { #scalar },
            None => {
                let scalar = quote_spanned! {site=> AnyScalar };
                generics.params.push(syn::parse_quote! { #scalar: ::static_net::Float });
                scalar
            }
        },
    };
    bind(&mut generics, &fields, own.as_ref(), &scalar);

    let types = fields.iter().map(|field| field.kind);
    let values =
        types.map(|kind| quote! { <#kind as ::static_net::__private::check::ParameterField<#scalar>>::VALUES });
    let trained =
        fields.iter().filter(|field| !field.tensor.is_statistic()).map(|field| field.kind);
    let described =
        fields.iter().map(|field| field.tensor.describe(field.kind, &field.name, &scalar));
    // A struct without parameters of its own is looked at here, others where they are used.
    let layout = input.generics.params.is_empty().then(|| {
        let scalar = if own.is_none() && stated_scalar(&fields, &generics).is_none() {
            quote! { f32 }
        } else {
            scalar.clone()
        };
        quote_spanned! {name.span()=> const _: () = ::static_net::__private::check::layout::<#scalar, #name>(); }
    });
    let (_, type_generics, _) = input.generics.split_for_impl();
    let (impl_generics, _, where_clause) = generics.split_for_impl();
    Ok(quote_spanned! {site=>
        // SAFETY: `repr(C)`, and each field is made of values of one scalar type only (checked by the
        // trait `ParameterField`), so there is no padding between or behind them; `layout` computes that anew.
        #[automatically_derived]
        unsafe impl #impl_generics ::static_net::Parameters<#scalar> for #name #type_generics #where_clause {
            const PARAMETERS: usize = 0 #(+ <#trained as ::static_net::__private::check::ParameterField<#scalar>>::PARAMETERS)*;
            const VALUES: usize = 0 #(+ #values)*;

            fn describe(tensors: &mut ::static_net::Tensors) {
                #(#described)*
            }
        }
        #layout
    })
}

/// A field, and what its attribute says.
struct Field<'a> {
    name: String,
    kind: &'a syn::Type,
    tensor: Tensor,
}

fn fields(data: &DataStruct) -> Result<Vec<Field<'_>>> {
    let fields = match &data.fields {
        Fields::Named(fields) => &fields.named,
        Fields::Unnamed(fields) => &fields.unnamed,
        Fields::Unit => return Ok(Vec::new()),
    };
    let field = |(index, field): (usize, &'_ syn::Field)| {
        let name = field.ident.as_ref().map_or_else(|| index.to_string(), Ident::to_string);
        let name = name.strip_prefix("r#").unwrap_or(&name).to_owned();
        Ok((name, Tensor::read(&field.attrs)?))
    };
    let mut all = Vec::new();
    let mut errors: Option<Error> = None;
    for (index, given) in fields.iter().enumerate() {
        match field((index, given)) {
            Ok((name, tensor)) => all.push(Field { name, kind: &given.ty, tensor }),
            Err(error) => match &mut errors {
                Some(errors) => errors.combine(error),
                None => errors = Some(error),
            },
        }
    }
    errors.map_or(Ok(all), Err)
}

/// Refuses what does not lie in memory field by field.
fn check_layout(input: &DeriveInput) -> Result<()> {
    let mut is_in_order = false;
    for attribute in input.attrs.iter().filter(|attribute| attribute.path().is_ident("repr")) {
        attribute.parse_nested_meta(|meta| {
            if meta.path.is_ident("C") || meta.path.is_ident("transparent") {
                is_in_order = true;
            } else if meta.path.is_ident("align") || meta.path.is_ident("packed") {
                let path = meta.path.to_token_stream();
                let written = match meta.input.peek(syn::token::Paren) {
                    true => format!("{path}{}", meta.input.parse::<Group>()?),
                    false => path.to_string(),
                };
                let message =
                    format!("parameters have no alignment of their own: remove `{written}`");
                return Err(Error::new_spanned(&meta.path, message));
            }
            Ok(())
        })?;
    }
    if is_in_order {
        return Ok(());
    }
    let message = "parameters lie in memory in the order of their fields: add `#[repr(C)]`";
    Err(Error::new_spanned(&input.ident, message))
}

/// The type parameter that is bounded by `Float`.
fn own_scalar(generics: &Generics) -> Option<Ident> {
    let is_float = |bound: &TypeParamBound| match bound {
        TypeParamBound::Trait(bound) => {
            bound.path.segments.last().is_some_and(|segment| segment.ident == "Float")
        }
        _ => false,
    };
    let stated = |parameter: &&syn::TypeParam| {
        let name = &parameter.ident;
        let clauses = generics.where_clause.iter().flat_map(|clause| &clause.predicates);
        let mut behind = clauses.filter_map(|predicate| match predicate {
            syn::WherePredicate::Type(of) => match &of.bounded_ty {
                syn::Type::Path(path) if path.path.is_ident(name) => Some(&of.bounds),
                _ => None,
            },
            _ => None,
        });
        parameter.bounds.iter().any(is_float) || behind.any(|bounds| bounds.iter().any(is_float))
    };
    generics.type_params().find(stated).map(|parameter| parameter.ident.clone())
}

/// The scalar of a struct without a type parameter for it: what its fields' types say, else `f32`. `None` if
/// it is whatever the type parameters, or fields without values, are parameters of.
fn stated_scalar(fields: &[Field<'_>], generics: &Generics) -> Option<Ident> {
    let mut types = fields.iter().map(|field| field.kind).filter(|kind| !is_phantom(kind));
    if types.clone().any(|kind| mentions(kind, |word| word == "f64")) {
        Some(format_ident!("f64"))
    } else if types.clone().any(|kind| mentions(kind, |word| word == "f32")) {
        Some(format_ident!("f32"))
    } else if types.next().is_none() || generics.type_params().next().is_some() {
        None
    } else {
        Some(format_ident!("f32"))
    }
}

/// Asks that what depends on type parameters is parameters. What does not is seen where it stands.
fn bind(generics: &mut Generics, fields: &[Field<'_>], own: Option<&Ident>, scalar: &TokenStream) {
    let names = generics.type_params().map(|parameter| parameter.ident.clone());
    let names: Vec<Ident> = names.filter(|name| Some(name) != own).collect();
    for field in fields {
        if mentions(field.kind, |word| names.contains(word)) {
            let kind = field.kind;
            let bound = quote_spanned! {kind.span()=> #kind: ::static_net::Parameters<#scalar> };
            generics.make_where_clause().predicates.push(syn::parse_quote! { #bound });
        }
    }
}

fn is_phantom(kind: &syn::Type) -> bool {
    match kind {
        syn::Type::Path(path) => {
            path.path.segments.last().is_some_and(|segment| segment.ident == "PhantomData")
        }
        _ => false,
    }
}

fn mentions(kind: &syn::Type, is_it: impl Fn(&Ident) -> bool) -> bool {
    fn any(tokens: TokenStream, is_it: &dyn Fn(&Ident) -> bool) -> bool {
        tokens.into_iter().any(|token| match token {
            TokenTree::Ident(ident) => is_it(&ident),
            TokenTree::Group(group) => any(group.stream(), is_it),
            _ => false,
        })
    }
    any(kind.to_token_stream(), &is_it)
}
