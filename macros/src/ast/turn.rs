//! The stages of one turn of `repeat(D in [1, 2, 4]; ..)`, in which `D` has become a size.

use proc_macro2::{Delimiter, Group, Ident, Literal, TokenStream, TokenTree};
use quote::quote;

use super::{
    AppliedActivation, CompositionKind, Dense, Dim, Joint, LayerCall, Operation, Stage, StageKind,
    Turns, Value,
};
use crate::words::Kind;

impl Turns {
    /// Each turn of these stages.
    pub fn new(name: Ident, sizes: Vec<Dim>, body: &[Stage]) -> Self {
        let turn = |size: &Dim| {
            let mut stages = body.to_vec();
            Turn { name: &name, size }.stages(&mut stages);
            stages
        };
        let bodies = sizes.iter().map(turn).collect();
        Turns { name, sizes, bodies }
    }
}

/// What a name stands for.
struct Turn<'a> {
    name: &'a Ident,
    size: &'a Dim,
}

impl Turn<'_> {
    fn stages(&self, stages: &mut [Stage]) {
        for stage in stages {
            match &mut stage.kind {
                StageKind::Assertion(dims) => self.dims(dims),
                StageKind::Reference(_) | StageKind::Faulty => {}
                StageKind::Layer { activation, operation, .. } => {
                    if let Some(activation) = activation {
                        self.activation(activation);
                    }
                    if let Some(operation) = operation {
                        self.operation(operation);
                    }
                }
            }
        }
    }

    fn activation(&self, activation: &mut AppliedActivation) {
        let AppliedActivation { arguments, axis, .. } = activation;
        arguments.iter_mut().for_each(|argument| self.tokens(argument));
        if let Some(axis) = axis {
            self.dim(axis, true);
        }
    }

    fn operation(&self, operation: &mut Operation) {
        match operation {
            Operation::Dense(Dense { width, .. }) => self.dim(width, false),
            Operation::Type(of) => self.tokens(&mut of.path),
            Operation::Layer(call) => self.call(call),
            Operation::Composition(composition) => match &mut composition.kind {
                CompositionKind::Residual { body, project } => {
                    self.stages(body);
                    self.stages(project.as_deref_mut().unwrap_or_default());
                }
                CompositionKind::Repeat { times, body } => {
                    self.dim(times, false);
                    self.stages(body);
                }
                CompositionKind::Turns(Turns { sizes, bodies, .. }) => {
                    self.dims(sizes);
                    bodies.iter_mut().for_each(|body| self.stages(body));
                }
                CompositionKind::Joined { joint, branches } => {
                    if let Joint::Concat(Some(axis)) = joint {
                        self.dim(axis, true);
                    }
                    branches.iter_mut().for_each(|branch| self.stages(branch));
                }
            },
        }
    }

    fn call(&self, call: &mut LayerCall) {
        for (argument, row) in call.arguments.iter_mut().zip(call.word.arguments) {
            let may_be_zero = matches!(
                row.kind,
                Kind::Amount | Kind::Padding | Kind::Place | Kind::Axis | Kind::Axes
            );
            match argument.as_mut().map(|argument| &mut argument.value) {
                Some(Value::Size(dim)) => {
                    self.dim(dim, may_be_zero);
                    call.is_known &= !matches!(dim, Dim::Faulty);
                }
                Some(Value::Sizes(dims)) => {
                    dims.iter_mut().for_each(|dim| self.dim(dim, may_be_zero));
                    call.is_known &= !dims.iter().any(|dim| matches!(dim, Dim::Faulty));
                }
                Some(Value::Number(tokens)) => self.tokens(tokens),
                Some(Value::Word(_) | Value::Reference(_)) | None => {}
            }
        }
    }

    fn dims(&self, dims: &mut [Dim]) {
        dims.iter_mut().for_each(|dim| self.dim(dim, false));
    }

    fn dim(&self, dim: &mut Dim, may_be_zero: bool) {
        let Dim::Constant { expression, text, place } = dim else { return };
        if !self.is_in(expression.clone()) {
            return;
        }
        if matches!(self.size, Dim::Faulty) {
            *dim = Dim::Faulty;
            return;
        }
        let is_alone = expression.clone().into_iter().count() == 1;
        match self.size {
            Dim::Constant { expression: size, .. } if is_alone => *expression = size.clone(),
            _ => self.tokens(expression),
        }
        *text = replaced(text, &self.name.to_string(), &self.size.text());
        // What can be computed here is a number, by which shapes and messages are numbers too.
        let size = syn::parse2(expression.clone()).ok().and_then(|expression| value(&expression));
        if let Some(size) = size.filter(|&size| size > 0 || may_be_zero) {
            *dim = Dim::Literal(size, place.start);
        }
    }

    fn is_in(&self, tokens: TokenStream) -> bool {
        tokens.into_iter().any(|token| match token {
            TokenTree::Ident(name) => name == *self.name,
            TokenTree::Group(group) => self.is_in(group.stream()),
            _ => false,
        })
    }

    fn tokens(&self, tokens: &mut TokenStream) {
        *tokens = std::mem::take(tokens).into_iter().map(|token| self.token(token)).collect();
    }

    fn token(&self, token: TokenTree) -> TokenTree {
        match token {
            TokenTree::Ident(name) if name == *self.name => match self.size {
                Dim::Literal(size, _) => {
                    let mut literal = Literal::usize_unsuffixed(*size);
                    literal.set_span(name.span());
                    literal.into()
                }
                size => {
                    let size = size.expression();
                    let mut group = Group::new(Delimiter::Brace, quote! { #size });
                    group.set_span(name.span());
                    group.into()
                }
            },
            TokenTree::Group(group) => {
                let mut inner = group.stream();
                self.tokens(&mut inner);
                let mut replaced = Group::new(group.delimiter(), inner);
                replaced.set_span(group.span());
                replaced.into()
            }
            token => token,
        }
    }
}

/// What an expression of numbers is.
fn value(expression: &syn::Expr) -> Option<usize> {
    match expression {
        syn::Expr::Lit(syn::ExprLit { lit: syn::Lit::Int(number), .. }) => {
            let is_size = matches!(number.suffix(), "" | "usize");
            number.base10_parse().ok().filter(|_| is_size)
        }
        syn::Expr::Paren(inner) => value(&inner.expr),
        syn::Expr::Group(inner) => value(&inner.expr),
        syn::Expr::Block(block) => match block.block.stmts.as_slice() {
            [syn::Stmt::Expr(inner, None)] => value(inner),
            _ => None,
        },
        syn::Expr::Binary(binary) => {
            let (left, right) = (value(&binary.left)?, value(&binary.right)?);
            match binary.op {
                syn::BinOp::Add(_) => left.checked_add(right),
                syn::BinOp::Sub(_) => left.checked_sub(right),
                syn::BinOp::Mul(_) => left.checked_mul(right),
                syn::BinOp::Div(_) => left.checked_div(right),
                syn::BinOp::Rem(_) => left.checked_rem(right),
                syn::BinOp::Shl(_) => left.checked_mul(1usize.checked_shl(right.try_into().ok()?)?),
                _ => None,
            }
        }
        _ => None,
    }
}

/// A text with another in the place of a name.
pub fn replaced(text: &str, name: &str, by: &str) -> String {
    let mut replaced = String::new();
    let mut rest = text;
    while let Some(start) = rest.find(name) {
        let (front, found) = rest.split_at(start);
        let behind = &found[name.len()..];
        let is_part = |c: char| c.is_alphanumeric() || c == '_';
        let is_whole = !front.ends_with(is_part) && !behind.starts_with(is_part);
        replaced.push_str(front);
        replaced.push_str(if is_whole { by } else { name });
        rest = behind;
    }
    replaced + rest
}
