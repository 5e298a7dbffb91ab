//! The passes: one line for each stage.

use proc_macro2::{Ident, Span, TokenStream};
use quote::{format_ident, quote, quote_spanned};

use super::Sequence;
use crate::shape::{Inside, Step, Written};

pub fn expand(sequence: &Sequence<'_>) -> TokenStream {
    let layer = layer(sequence);
    let passes = passes(sequence);
    let parameters = parameters(sequence);
    quote! { #layer #passes #parameters }
}

/// Which of the two buffers that take turns holds the output of inner stage `index`.
pub(super) fn buffer(index: usize) -> Ident {
    Ident::new(if index.is_multiple_of(2) { "front" } else { "back" }, Span::mixed_site())
}

/// `let (front, back, pass) = ..`, as far as the inner stages need them.
fn take_buffers(sequence: &Sequence<'_>, inner: usize) -> TokenStream {
    let back = if inner > 1 {
        quote_spanned! {sequence.site()=> back }
    } else {
        quote! { _ }
    };
    match inner {
        0 => quote! {},
        _ => quote_spanned! {sequence.site()=>
            let (front, #back, mut pass) = pass.buffers(samples * Self::TOTALS.front, samples * Self::TOTALS.back);
            let pass = &mut pass;
        },
    }
}

fn parameters(sequence: &Sequence<'_>) -> TokenStream {
    let name = sequence.name;
    let scalar = sequence.scalar();
    let (parameters, arguments) = (sequence.const_parameters(), sequence.const_arguments());
    let fields: Vec<_> = sequence.owned().map(Step::name).collect();
    let layers: Vec<_> = sequence.owned().map(|step| &step.layer).collect();
    quote_spanned! {sequence.site()=>
        // SAFETY: `repr(C)`, and each field is made of values of one scalar type only (checked by the
        // bounds of `part`), so there is no padding between or behind them.
        unsafe impl<#parameters> ::static_net::Parameters<#scalar> for #name<#arguments> {
            const PARAMETERS: usize = Self::TOTALS.parameters;
            const VALUES: usize = Self::TOTALS.values;

            fn describe(tensors: &mut ::static_net::Tensors) {
                #(tensors.part::<#scalar, #layers>(#fields);)*
            }
        }
    }
}

fn layer(sequence: &Sequence<'_>) -> TokenStream {
    let name = sequence.name;
    let scalar = sequence.scalar();
    let (parameters, arguments) = (sequence.const_parameters(), sequence.const_arguments());
    let input_shape = sequence.shape_type(sequence.input);
    let output_shape = sequence.shape_type(sequence.output());
    let steps = sequence.steps;
    let (last, inner) = steps.split_last().expect("a network has a stage");
    let inner_fields: Vec<_> = inner.iter().map(|step| &step.field).collect();
    let inner_lens: Vec<_> = inner.iter().map(|step| sequence.len(&step.output)).collect();
    let fields = sequence.owned().map(|step| &step.field);
    let last_layer = &last.layer;
    let (checks, named) = (sequence.checks, sequence.named);
    let checks = (checks.len() + named.len() > 0).then(|| {
        quote! {
            const CHECKS: () = {
                #(<#named as ::static_net::layer::Layer<#scalar>>::CHECKS;)*
                #(#checks;)*
            };
        }
    });

    let mut before = Ident::new("input", Span::mixed_site());
    let take_buffers = take_buffers(sequence, inner.len());
    let mut forward = Vec::new();
    let this = quote_spanned! {sequence.site()=> self };
    for (index, step) in inner.iter().enumerate() {
        let (field, layer) = (&step.field, step.borrowed(&this));
        let (buffer, len) = (buffer(index), &inner_lens[index]);
        forward.push(quote_spanned! {sequence.site()=>
            let #field = &mut #buffer[..samples * #len];
            stage::forward(#layer, #before, #field, pass);
        });
        before = field.clone();
    }
    let last_borrowed = last.borrowed(&this);
    let samples = if inner.is_empty() {
        quote! {}
    } else {
        quote_spanned! {sequence.site()=> let samples = input.len(); }
    };

    quote_spanned! {sequence.site()=>
        impl<#parameters> ::static_net::layer::Layer<#scalar> for #name<#arguments> {
            type Input = #input_shape;
            type Output = #output_shape;

            #checks
            const TAPE: usize = Self::TOTALS.tape + Self::TOTALS.inner;
            const BATCH_TAPE: usize = Self::TOTALS.batch_tape;
            const NEEDS_OUTPUT: bool = <#last_layer as ::static_net::layer::Layer<#scalar>>::NEEDS_OUTPUT;
            const TRAINING_SAMPLES: usize = Self::TOTALS.training_samples;
            const MULTIPLY_ADDS: usize = Self::TOTALS.multiply_adds;
            const STRUCTURE: ::static_net::network::Structure =
                ::static_net::network::Structure::Sequence(Self::STAGES);
            const FORWARD_SCRATCH: ::static_net::layer::Scratch =
                Self::TOTALS.forward_scratch.and(Self::TOTALS.buffers());
            const BACKWARD_SCRATCH: ::static_net::layer::Scratch =
                Self::TOTALS.backward_scratch.and(Self::TOTALS.buffers());

            fn initialize<Random: ::static_net::rand::Rng + ?::core::marker::Sized>(&mut self, rng: &mut Random) {
                #(::static_net::layer::Layer::<#scalar>::initialize(&mut self.#fields, rng);)*
            }

            #[inline(always)]
            fn forward<Instructions: ::static_net::simd::InstructionSet>(
                &self,
                input: &[::static_net::shape::Sample<Self::Input, #scalar>],
                output: &mut [::static_net::shape::Sample<Self::Output, #scalar>],
                pass: &mut ::static_net::layer::Pass<'_, #scalar, Instructions>,
            ) {
                use ::static_net::stage;
                #samples
                let input = ::static_net::shape::values::<Self::Input, #scalar>(input);
                let output = ::static_net::shape::values_mut::<Self::Output, #scalar>(output);
                #take_buffers
                #(#forward)*
                stage::forward(#last_borrowed, #before, output, pass);
            }

            #[inline(always)]
            fn record<Instructions: ::static_net::simd::InstructionSet>(
                &self,
                input: &[::static_net::shape::Sample<Self::Input, #scalar>],
                output: &mut [::static_net::shape::Sample<Self::Output, #scalar>],
                tape: &mut [#scalar],
                pass: &mut ::static_net::layer::Pass<'_, #scalar, Instructions>,
            ) {
                #samples
                #(let (#inner_fields, tape) = tape.split_at_mut(samples * #inner_lens);)*
                self.record_stages(
                    ::static_net::shape::values::<Self::Input, #scalar>(input),
                    #(#inner_fields,)*
                    ::static_net::shape::values_mut::<Self::Output, #scalar>(output),
                    tape,
                    pass,
                );
            }

            #[inline(always)]
            fn train<Instructions: ::static_net::simd::InstructionSet>(
                &mut self,
                input: &[::static_net::shape::Sample<Self::Input, #scalar>],
                output: &mut [::static_net::shape::Sample<Self::Output, #scalar>],
                tape: &mut [#scalar],
                pass: &mut ::static_net::layer::Pass<'_, #scalar, Instructions>,
                rng: &mut dyn ::static_net::rand::Rng,
            ) {
                #samples
                #(let (#inner_fields, tape) = tape.split_at_mut(samples * #inner_lens);)*
                self.train_stages(
                    ::static_net::shape::values::<Self::Input, #scalar>(input),
                    #(#inner_fields,)*
                    ::static_net::shape::values_mut::<Self::Output, #scalar>(output),
                    tape,
                    pass,
                    rng,
                );
            }

            #[inline(always)]
            fn backward<Instructions: ::static_net::simd::InstructionSet>(
                &self,
                step: ::static_net::layer::Backward<'_, #scalar, Self>,
                gradient: &mut Self,
                pass: &mut ::static_net::layer::Pass<'_, #scalar, Instructions>,
            ) {
                let samples = step.input.len();
                let tape = step.tape;
                #(let (#inner_fields, tape) = tape.split_at(samples * #inner_lens);)*
                self.backward_stages(
                    samples,
                    ::static_net::shape::values::<Self::Input, #scalar>(step.input),
                    #(#inner_fields,)*
                    ::static_net::shape::values::<Self::Output, #scalar>(step.output),
                    tape,
                    ::static_net::shape::values_mut::<Self::Output, #scalar>(step.d_output),
                    step.d_input.map(::static_net::shape::values_mut::<Self::Input, #scalar>),
                    gradient,
                    pass,
                );
            }
        }
    }
}

/// What summaries and diagrams show.
fn stages(sequence: &Sequence<'_>) -> Vec<TokenStream> {
    let scalar = sequence.scalar();
    let stages = sequence.steps.iter().map(|step| {
        let (field, layer, written) = (step.name(), &step.layer, written(&step.written));
        let of = if step.shares.is_some() {
            quote! { sharing }
        } else {
            quote! { of }
        };
        quote! { ::static_net::network::Stage::#of::<#scalar, #layer>(#field, #written) }
    });
    stages.collect()
}

/// What the declaration says of a stage.
fn written(written: &Written) -> TokenStream {
    let Written { kind, activation, operation, inside } = written;
    let kind = Ident::new(kind, Span::mixed_site());
    let stage = quote! { ::static_net::network::LayerKind::#kind.written(#activation, #operation) };
    if inside.is_empty() {
        return stage;
    }
    let inside = inside.iter().map(|part| match part {
        Inside::Stage(stage) => self::written(stage),
        Inside::Block => quote! { ::static_net::network::Written::BLOCK },
    });
    quote! { #stage.of(&[#(#inside),*]) }
}

/// The memory that the passes need, and the two passes that training is made of.
fn passes(sequence: &Sequence<'_>) -> TokenStream {
    let name = sequence.name;
    let scalar = sequence.scalar();
    let (parameters, arguments) = (sequence.const_parameters(), sequence.const_arguments());
    let steps = sequence.steps;
    let (last, inner) = steps.split_last().expect("a network has a stage");
    let stages = stages(sequence);
    let lens: Vec<_> = inner.iter().map(|step| sequence.len(&step.output)).collect();
    let inner_fields: Vec<_> = inner.iter().map(|step| &step.field).collect();

    let mut before = Ident::new("input", Span::mixed_site());
    let (mut record, mut train) = (Vec::new(), Vec::new());
    let this = quote_spanned! {sequence.site()=> self };
    let its_gradient = quote_spanned! {sequence.site()=> gradient };
    for step in inner {
        let field = &step.field;
        let (layer, layer_mut) = (step.borrowed(&this), step.borrowed_mut(&this));
        record.push(quote_spanned! {sequence.site()=>
            let tape = stage::record(#layer, #before, #field, tape, pass);
        });
        train.push(quote_spanned! {sequence.site()=>
            let tape = stage::train(#layer_mut, #before, #field, tape, pass, rng);
        });
        before = field.clone();
    }
    let (last_layer, last_layer_mut) = (last.borrowed(&this), last.borrowed_mut(&this));
    let element = sequence.element();

    let take_buffers = take_buffers(sequence, inner.len());
    let mut backward = Vec::new();
    let mut output = Ident::new("output", Span::mixed_site());
    let mut d_output = Ident::new("d_output", Span::mixed_site());
    for index in (0..steps.len()).rev() {
        let layer = steps[index].borrowed(&this);
        let layer_gradient = steps[index].borrowed_mut(&its_gradient);
        if index == 0 {
            backward.push(quote_spanned! {sequence.site()=>
                stage::backward(
                    #layer, input, #output, tape, #d_output, d_input, #layer_gradient, pass,
                );
            });
            break;
        }
        let input = &steps[index - 1].field;
        let d_input = format_ident!("d_{}", input, span = Span::mixed_site());
        let (buffer, len) = (buffer(index - 1), &lens[index - 1]);
        backward.push(quote_spanned! {sequence.site()=>
            let #d_input = &mut #buffer[..samples * #len];
            let tape = stage::backward(
                #layer, #input, #output, tape, #d_output, ::core::option::Option::Some(&mut *#d_input),
                #layer_gradient, pass,
            );
        });
        output = input.clone();
        d_output = d_input;
    }
    let samples = if inner.is_empty() {
        quote! { _ }
    } else {
        quote_spanned! {sequence.site()=> samples }
    };

    quote_spanned! {sequence.site()=>
        impl<#parameters> #name<#arguments> {
            const STAGES: &'static [::static_net::network::Stage] = &[#(#stages),*];
            const TOTALS: ::static_net::network::Totals = ::static_net::network::Totals::of(Self::STAGES);

            /// How many values the stages keep of a batch for the way back.
            const fn tape_values(samples: usize) -> usize {
                Self::TOTALS.tape_values(samples)
            }

            #[inline(always)]
            #[allow(clippy::too_many_arguments)]
            fn record_stages<Instructions: ::static_net::simd::InstructionSet>(
                &self,
                input: &[#element],
                #(#inner_fields: &mut [#scalar],)*
                output: &mut [#scalar],
                tape: &mut [#scalar],
                pass: &mut ::static_net::layer::Pass<'_, #scalar, Instructions>,
            ) {
                use ::static_net::stage;
                #(#record)*
                stage::record(#last_layer, #before, output, tape, pass);
            }

            #[inline(always)]
            #[allow(clippy::too_many_arguments)]
            fn train_stages<Instructions: ::static_net::simd::InstructionSet>(
                &mut self,
                input: &[#element],
                #(#inner_fields: &mut [#scalar],)*
                output: &mut [#scalar],
                tape: &mut [#scalar],
                pass: &mut ::static_net::layer::Pass<'_, #scalar, Instructions>,
                rng: &mut dyn ::static_net::rand::Rng,
            ) {
                use ::static_net::stage;
                #(#train)*
                stage::train(#last_layer_mut, #before, output, tape, pass, rng);
            }

            #[inline(always)]
            #[allow(clippy::too_many_arguments)]
            fn backward_stages<Instructions: ::static_net::simd::InstructionSet>(
                &self,
                #samples: usize,
                input: &[#element],
                #(#inner_fields: &[#scalar],)*
                output: &[#scalar],
                tape: &[#scalar],
                d_output: &mut [#scalar],
                d_input: ::core::option::Option<&mut [#element]>,
                gradient: &mut Self,
                pass: &mut ::static_net::layer::Pass<'_, #scalar, Instructions>,
            ) {
                use ::static_net::stage;
                #take_buffers
                #(#backward)*
            }
        }
    }
}
