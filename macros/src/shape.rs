//! The shape behind each stage, and whether it fits.

use proc_macro2::{Ident, Span, TokenStream, TokenTree};
use quote::{format_ident, quote, quote_spanned};
use syn::ext::IdentExt;

use crate::ast::{AppliedActivation, Declaration, Dim, Operation, Scalar, Stage, StageKind};
use crate::diagnostic::{Faults, Help, Place, spanned_call};
use crate::parse::mentioned;

/// The shape of a sample at some point of a network.
#[derive(Clone)]
pub enum Shape {
    /// Sizes that the declaration gives.
    Dims(Vec<Dim>),
    /// What comes out of a network or layer of this type.
    Behind(TokenStream),
}

/// A network whose shapes are all known, to the macro or to rustc.
pub struct Program {
    pub input: Shape,
    pub steps: Vec<Step>,
    /// Checks that only rustc can make and that need no const parameter: one expression each.
    pub checks: Vec<TokenStream>,
    /// Those that depend on the network's const parameters.
    pub generic_checks: Vec<TokenStream>,
}

/// One stage that has a place among the representations.
pub struct Step {
    /// The field: the label, or `stage` and the position.
    pub field: Ident,
    /// What the user wrote.
    pub text: String,
    /// The type of the layer.
    pub layer: TokenStream,
    pub output: Shape,
}

impl Step {
    /// The name of the field as text.
    pub fn name(&self) -> String {
        self.field.unraw().to_string()
    }
}

/// Works out all shapes; what does not fit is added to the declaration's faults.
pub fn infer(declaration: &mut Declaration) -> Program {
    let mut faults = std::mem::take(&mut declaration.faults);
    let mut inference = Inference {
        declaration,
        faults: &mut faults,
        shape: Shape::Dims(declaration.input.clone()),
        from: "the input".to_owned(),
        program: Program {
            input: Shape::Dims(declaration.input.clone()),
            steps: Vec::new(),
            checks: Vec::new(),
            generic_checks: Vec::new(),
        },
    };
    inference.check_sizes(&declaration.input, 0);
    for stage in &declaration.stages {
        inference.stage(stage);
    }
    inference.check_output();
    let program = inference.program;
    declaration.faults = faults;
    program
}

struct Inference<'a> {
    declaration: &'a Declaration,
    faults: &'a mut Faults,
    /// The shape so far and what gives it.
    shape: Shape,
    from: String,
    program: Program,
}

impl Inference<'_> {
    fn stage(&mut self, stage: &Stage) {
        let (label, activation, operation) = match &stage.kind {
            StageKind::Faulty => {
                self.shape = Shape::Dims(vec![Dim::Faulty]);
                self.from = "a faulty stage".to_owned();
                self.push(None, quote! { () }, stage);
                return;
            }
            StageKind::Assertion(dims) => return self.assertion(dims, stage),
            StageKind::Layer { label, activation, operation } => (label, activation, operation),
        };
        let position = self.program.steps.len() + 1;
        let layer = match operation {
            None => self.activation_alone(activation.as_ref()),
            Some(Operation::Dense(width)) => {
                self.dense(width, activation.as_ref(), stage, position)
            }
            Some(Operation::Type(path, place)) => {
                self.named(path, *place, activation.as_ref(), position)
            }
        };
        self.from = match label {
            Some(label) => format!("stage {position} `{label}`"),
            None => format!("stage {position}"),
        };
        self.push(label.clone(), layer, stage);
    }

    fn push(&mut self, label: Option<Ident>, layer: TokenStream, stage: &Stage) {
        let numbered =
            format_ident!("stage{}", self.program.steps.len() + 1, span = Span::call_site());
        self.program.steps.push(Step {
            field: label.unwrap_or(numbered),
            text: self.declaration.segments[stage.segment].clone(),
            layer,
            output: self.shape.clone(),
        });
    }

    fn activation_alone(&mut self, activation: Option<&AppliedActivation>) -> TokenStream {
        let activation = activation_type(activation);
        let shape = self.shape.type_tokens(self.declaration.scalar);
        quote! { ::static_net::layer::Activate<#activation, #shape> }
    }

    fn dense(
        &mut self,
        width: &Dim,
        activation: Option<&AppliedActivation>,
        stage: &Stage,
        position: usize,
    ) -> TokenStream {
        self.check_sizes(std::slice::from_ref(width), stage.segment);
        let scalar = self.declaration.scalar.ident();
        if let Shape::Dims(dims) = &self.shape
            && dims.len() != 1
        {
            let what = format!(
                "stage {position} is a dense layer, which takes a vector, but {} gives {}",
                self.from,
                shape_text(dims)
            );
            let help = "a dense layer follows a shape of one size: `[784]`, not `[1, 28, 28]`";
            self.faults.add(width.place(), Some(stage.segment), what, Help::Text(help.to_owned()));
        }
        if let (Shape::Dims(dims), Dim::Literal(outputs, _)) = (&self.shape, width)
            && let [Dim::Literal(inputs, _)] = dims.as_slice()
        {
            let bytes = self.declaration.scalar.bytes();
            let total = inputs.checked_mul(*outputs).and_then(|weights| weights.checked_mul(bytes));
            if total.is_none_or(|total| total > isize::MAX as usize) {
                let what =
                    format!("{inputs} x {outputs} weights are more than a machine can address");
                let mended = self.declaration.segments[stage.segment].replacen(
                    &outputs.to_string(),
                    "1024",
                    1,
                );
                let help = if *inputs > 1 << 20 {
                    Help::Text("widths of up to some thousands are usual".to_owned())
                } else {
                    Help::Segment(stage.segment, mended)
                };
                self.faults.add(width.place(), Some(stage.segment), what, help);
            }
        }
        if let Shape::Behind(behind) = &self.shape {
            let dims = quote! { <<#behind as ::static_net::layer::Layer<#scalar>>::Output as ::static_net::shape::Shape>::DIMS };
            let from = &self.from;
            let arguments = quote! { #dims, #position, #from };
            let check = spanned_call(width.place(), "takes_vector", &arguments);
            self.program.checks.push(check);
        }
        let inputs = self.shape.len_argument(self.declaration.scalar);
        let outputs = width.argument();
        self.shape = Shape::Dims(vec![width.clone()]);
        let activation = activation.map(|activation| {
            let activation = activation_type(Some(activation));
            quote! { , #activation }
        });
        quote! { ::static_net::layer::Dense<#scalar, #inputs, #outputs #activation> }
    }

    fn named(
        &mut self,
        path: &TokenStream,
        place: Place,
        activation: Option<&AppliedActivation>,
        position: usize,
    ) -> TokenStream {
        let scalar = self.declaration.scalar.ident();
        let found = self.shape.dims_expression(self.declaration.scalar);
        let takes = quote_spanned! {place.start=> <<#path as ::static_net::layer::Layer<#scalar>>::Input as ::static_net::shape::Shape>::DIMS };
        let name = path.to_string();
        let from = &self.from;
        let arguments = quote! { #takes, #found, #name, #position, #from };
        self.check(place, "accepts", &arguments, path);
        self.shape = Shape::Behind(path.clone());
        match activation {
            None => path.clone(),
            Some(activation) => {
                let activation = activation_type(Some(activation));
                quote! { ::static_net::layer::Activated<#path, #activation> }
            }
        }
    }

    fn assertion(&mut self, stated: &[Dim], stage: &Stage) {
        self.check_sizes(stated, stage.segment);
        let literals = |dims: &[Dim]| -> Option<Vec<usize>> {
            dims.iter()
                .map(|dim| if let Dim::Literal(n, _) = dim { Some(*n) } else { None })
                .collect()
        };
        let same_names = match &self.shape {
            Shape::Dims(dims) => shape_text(dims) == shape_text(stated),
            Shape::Behind(..) => false,
        };
        let is_faulty = |dims: &[Dim]| dims.iter().any(|dim| matches!(dim, Dim::Faulty));
        match &self.shape {
            Shape::Dims(dims) if same_names || is_faulty(dims) || is_faulty(stated) => {}
            Shape::Dims(dims) if literals(dims).is_some() && literals(stated).is_some() => {
                let what = format!(
                    "the stated shape {} does not hold: {} gives {}",
                    shape_text(stated),
                    self.from,
                    shape_text(dims)
                );
                let help = Help::Segment(stage.segment, shape_text(dims));
                self.faults.add(stage.place, Some(stage.segment), what, help);
            }
            shape => {
                let found = shape.dims_expression(self.declaration.scalar);
                let expressions = stated.iter().map(Dim::expression);
                let stated = quote! { &[#(#expressions),*] };
                let from = &self.from;
                let arguments = quote! { #stated, #found, #from };
                let mentions = quote! { #stated #found };
                self.check(stage.place, "holds", &arguments, &mentions);
            }
        }
        // Where Rust cannot name what comes out of a stage, it goes by what is stated behind it.
        let is_behind = matches!(self.shape, Shape::Behind(_));
        self.shape = Shape::Dims(stated.to_vec());
        if let Some(step) = self.program.steps.last_mut().filter(|_| is_behind) {
            step.output = self.shape.clone();
        }
    }

    /// Sizes that only rustc knows are checked by rustc.
    fn check_sizes(&mut self, dims: &[Dim], segment: usize) {
        for dim in dims {
            let expression = dim.expression();
            let text = dim.text();
            match dim {
                Dim::Constant(..) | Dim::Parameter(_) => {
                    self.check(dim.place(), "size", &quote! { #expression, #text }, &expression);
                }
                Dim::Literal(..) | Dim::Faulty => {}
            }
        }
        let has_parameter = dims.iter().any(|dim| matches!(dim, Dim::Parameter(_)));
        if dims.len() > 1 && has_parameter {
            let what = "Rust cannot yet compute with const parameters, which a shape of several \
                        sizes needs";
            let help = Help::Text("use a number or a const here".to_owned());
            let place = dims.iter().find(|dim| matches!(dim, Dim::Parameter(_))).map(Dim::place);
            self.faults.add(place.expect("just found"), Some(segment), what, help);
        }
        let product =
            dims.iter().try_fold(self.declaration.scalar.bytes(), |product, dim| match dim {
                Dim::Literal(size, _) => product.checked_mul(*size),
                _ => Some(product),
            });
        if product.is_none_or(|bytes| bytes > isize::MAX as usize) {
            let what = format!(
                "a sample of shape {} is more than a machine can address",
                shape_text(dims)
            );
            let help = Help::Text("sizes of up to some thousands are usual".to_owned());
            self.faults.add(dims[0].place(), Some(segment), what, help);
        }
    }

    fn check(&mut self, place: Place, name: &str, arguments: &TokenStream, mentions: &TokenStream) {
        let check = spanned_call(place, name, arguments);
        let parameters = &self.declaration.const_parameters;
        let is_generic = mentioned(mentions.clone(), parameters).is_some()
            || mentioned(arguments.clone(), parameters).is_some();
        if is_generic {
            self.program.generic_checks.push(check);
        } else {
            self.program.checks.push(check);
        }
    }

    /// A size behind a type with const parameters cannot be named on stable Rust.
    fn check_output(&mut self) {
        let parameters = &self.declaration.const_parameters;
        let stages = &self.declaration.stages;
        for (index, stage) in stages.iter().enumerate() {
            let StageKind::Layer { operation: Some(Operation::Type(path, place)), .. } =
                &stage.kind
            else {
                continue;
            };
            let is_stated = matches!(
                stages.get(index + 1).map(|next| &next.kind),
                Some(StageKind::Assertion(_))
            );
            if is_stated || mentioned(path.clone(), parameters).is_none() {
                continue;
            }
            let what = format!(
                "Rust cannot yet compute the size behind `{path}`, which depends on a const parameter"
            );
            let text = &self.declaration.segments[stage.segment];
            let help = Help::Text(format!("state the shape behind it: `{text} => [16]`"));
            self.faults.add(*place, Some(stage.segment), what, help);
        }
    }
}

fn activation_type(activation: Option<&AppliedActivation>) -> TokenStream {
    let Some(activation) = activation else { return quote! { ::static_net::activation::identity } };
    let name = &activation.name;
    let arguments = &activation.arguments;
    if arguments.is_empty() {
        quote! { ::static_net::activation::#name }
    } else {
        quote! { ::static_net::activation::#name<#({ f64::to_bits(#arguments) }),*> }
    }
}

/// `[1, 28, 28]`, or the one size of a vector in brackets.
pub fn shape_text(dims: &[Dim]) -> String {
    let sizes: Vec<String> = dims.iter().map(Dim::text).collect();
    format!("[{}]", sizes.join(", "))
}

impl Scalar {
    pub fn ident(self) -> Ident {
        Ident::new(self.name(), Span::mixed_site())
    }

    fn bytes(self) -> usize {
        match self {
            Scalar::F32 => 4,
            Scalar::F64 => 8,
        }
    }
}

impl Dim {
    /// As an expression.
    pub fn expression(&self) -> TokenStream {
        match self {
            Dim::Literal(size, span) => {
                let mut literal = proc_macro2::Literal::usize_unsuffixed(*size);
                literal.set_span(*span);
                quote! { #literal }
            }
            Dim::Constant(tokens, _) => tokens.clone(),
            Dim::Parameter(name) => quote! { #name },
            Dim::Faulty => quote! { 1 },
        }
    }

    /// As a const argument of a type.
    pub fn argument(&self) -> TokenStream {
        match self {
            Dim::Constant(tokens, place) if !is_braced(tokens) => {
                quote_spanned! {place.start=> { #tokens } }
            }
            _ => self.expression(),
        }
    }
}

fn is_braced(tokens: &TokenStream) -> bool {
    matches!(tokens.clone().into_iter().next(), Some(TokenTree::Group(_)))
}

impl Shape {
    /// The type that stands for this shape.
    pub fn type_tokens(&self, scalar: Scalar) -> TokenStream {
        match self {
            Shape::Dims(dims) => {
                let rank = format_ident!("Rank{}", dims.len(), span = Span::mixed_site());
                let sizes = dims.iter().map(Dim::argument);
                quote! { ::static_net::shape::#rank<#(#sizes),*> }
            }
            Shape::Behind(path) => {
                let scalar = scalar.ident();
                quote! { <#path as ::static_net::layer::Layer<#scalar>>::Output }
            }
        }
    }

    /// The number of values of a sample, as an expression.
    pub fn len_expression(&self, scalar: Scalar) -> TokenStream {
        match self {
            Shape::Dims(dims) if dims.len() == 1 => dims[0].expression(),
            Shape::Dims(dims) => {
                let sizes = dims.iter().map(Dim::expression);
                quote! { (1 #(* #sizes)*) }
            }
            Shape::Behind(path) => {
                let scalar = scalar.ident();
                quote! { ::static_net::stage::outputs::<#scalar, #path>() }
            }
        }
    }

    /// The number of values of a sample, as a const argument of a type.
    pub fn len_argument(&self, scalar: Scalar) -> TokenStream {
        match self {
            Shape::Dims(dims) if dims.len() == 1 => dims[0].argument(),
            _ => {
                let len = self.len_expression(scalar);
                quote! { { #len } }
            }
        }
    }

    fn dims_expression(&self, scalar: Scalar) -> TokenStream {
        match self {
            Shape::Dims(dims) => {
                let sizes = dims.iter().map(Dim::expression);
                quote! { &[#(#sizes),*] }
            }
            Shape::Behind(path) => {
                let scalar = scalar.ident();
                quote! { <<#path as ::static_net::layer::Layer<#scalar>>::Output as ::static_net::shape::Shape>::DIMS }
            }
        }
    }

    /// As a person reads it in documentation.
    pub fn text(&self) -> String {
        match self {
            Shape::Dims(dims) => shape_text(dims),
            Shape::Behind(path) => format!("the output of `{path}`"),
        }
    }
}
