//! The struct that holds every representation of a batch.

use proc_macro2::TokenStream;
use quote::{quote, quote_spanned};

use super::Network;
use crate::shape::Step;

pub fn expand(network: &Network<'_>) -> TokenStream {
    let structure = structure(network);
    let implementation = implementation(network);
    quote! { #structure #implementation }
}

fn structure(network: &Network<'_>) -> TokenStream {
    let visibility = &network.declaration.visibility;
    let (scalar, element) = (network.scalar(), network.element());
    let (name, last_stage) = (&network.names.activations, &network.names.last_stage);
    let (parameters, arguments) = (network.const_parameters(), network.const_arguments());
    let (last, inner) = network.steps.split_last().expect("a network has a stage");
    let fields = inner.iter().map(|step| {
        let (field, len) = (&step.field, network.len_argument(&step.output));
        let documentation = format!("What `{}` gives.", step.text);
        quote! { #[doc = #documentation] pub #field: BatchSize::Matrix<#scalar, #len>, }
    });
    let inputs = network.len_argument(network.input);
    let outputs = network.len_argument(&last.output);
    let last_field = &last.field;
    let documentation = format!(
        "Every representation that [`{0}`] makes of a batch, from [`{0}::activations`]. The last stage \
         is `output` and also `{1}`.",
        network.names.network, last.field
    );
    let last_documentation = format!("What `{}` gives, which is also `output`.", last.text);
    quote_spanned! {network.site()=>
        #[doc = #documentation]
        #[repr(align(64))]
        #[allow(dead_code)]
        #[derive(Debug)]
        #visibility struct #name<#parameters BatchSize: ::static_net::Batch = ::static_net::nalgebra::Const<1>> {
            /// What went in.
            pub input: BatchSize::Matrix<#element, #inputs>,
            #(#fields)*
            /// What came out.
            pub output: BatchSize::Matrix<#scalar, #outputs>,
            working_memory: ::static_net::network::Memory<#scalar>,
        }

        #[doc = #last_documentation]
        #[repr(transparent)]
        #[allow(dead_code)]
        #visibility struct #last_stage<#parameters BatchSize: ::static_net::Batch> {
            #[doc = #last_documentation]
            pub #last_field: BatchSize::Matrix<#scalar, #outputs>,
        }

        impl<#parameters BatchSize: ::static_net::Batch> ::core::ops::Deref for #name<#arguments BatchSize> {
            type Target = #last_stage<#arguments BatchSize>;

            fn deref(&self) -> &Self::Target {
                // SAFETY: a transparent wrapper of the same matrix under its other name.
                unsafe { &*(&raw const self.output).cast() }
            }
        }
    }
}

fn implementation(network: &Network<'_>) -> TokenStream {
    let (scalar, element) = (network.scalar(), network.element());
    let (name, target) = (&network.names.activations, &network.names.network);
    let (parameters, arguments) = (network.const_parameters(), network.const_arguments());
    let (_, inner) = network.steps.split_last().expect("a network has a stage");
    let fields: Vec<_> = inner.iter().map(|Step { field, .. }| field).collect();
    // The ids of tokens are no representation.
    let visit_input = (!network.is_of_tokens())
        .then(|| quote_spanned! {network.site()=> visitor(self.input.values()); });
    quote_spanned! {network.site()=>
        impl<#parameters BatchSize: ::static_net::Batch> ::static_net::network::Activations for #name<#arguments BatchSize> {
            type Network = #target<#arguments>;
            type Batch = BatchSize;

            fn empty(batch: BatchSize) -> ::static_net::alloc::boxed::Box<Self> {
                let mut activations = ::static_net::alloc::boxed::Box::<Self>::new_uninit();
                let place = activations.as_mut_ptr();
                // SAFETY: each field is written once, where it is to live.
                unsafe {
                    ::static_net::batch::write_zeros(&raw mut (*place).input, batch);
                    #(::static_net::batch::write_zeros(&raw mut (*place).#fields, batch);)*
                    ::static_net::batch::write_zeros(&raw mut (*place).output, batch);
                    (&raw mut (*place).working_memory).write(::static_net::network::Memory::new());
                    activations.assume_init()
                }
            }

            fn resize(&mut self, batch: BatchSize) {
                use ::static_net::batch::BatchMatrix as _;
                self.input.resize_batch(batch);
                #(self.#fields.resize_batch(batch);)*
                self.output.resize_batch(batch);
            }

            fn samples(&self) -> usize {
                ::static_net::nalgebra::Dim::value(&::static_net::batch::BatchMatrix::batch(&self.input))
            }

            fn visit(&self, visitor: &mut dyn ::core::ops::FnMut(&[#scalar])) {
                use ::static_net::batch::BatchMatrix as _;
                #visit_input
                #(visitor(self.#fields.values());)*
                visitor(self.output.values());
            }

            #[inline(always)]
            fn record<Instructions: ::static_net::simd::InstructionSet>(
                &mut self,
                network: &Self::Network,
                instructions: Instructions,
            ) {
                use ::static_net::batch::BatchMatrix as _;
                let samples = self.input.samples().len();
                let (tape, scratch) = self.working_memory.tape_and_scratch(
                    Self::Network::tape_values(samples),
                    Self::Network::TOTALS.forward_scratch.values(samples),
                );
                network.record_stages(
                    self.input.values(),
                    #(self.#fields.values_mut(),)*
                    self.output.values_mut(),
                    tape,
                    &mut ::static_net::layer::Pass::new(instructions, scratch),
                );
            }

            #[inline(always)]
            fn train<Instructions: ::static_net::simd::InstructionSet>(
                &mut self,
                network: &mut Self::Network,
                instructions: Instructions,
                rng: &mut dyn ::static_net::rand::Rng,
            ) {
                use ::static_net::batch::BatchMatrix as _;
                let samples = self.input.samples().len();
                let (tape, scratch) = self.working_memory.tape_and_scratch(
                    Self::Network::tape_values(samples),
                    Self::Network::TOTALS.forward_scratch.values(samples),
                );
                network.train_stages(
                    self.input.values(),
                    #(self.#fields.values_mut(),)*
                    self.output.values_mut(),
                    tape,
                    &mut ::static_net::layer::Pass::new(instructions, scratch),
                    rng,
                );
            }

            #[inline(always)]
            fn backward<Instructions: ::static_net::simd::InstructionSet>(
                &self,
                network: &Self::Network,
                d_output: &mut [#scalar],
                d_input: ::core::option::Option<&mut [#element]>,
                gradient: &mut Self::Network,
                pass: &mut ::static_net::layer::Pass<'_, #scalar, Instructions>,
            ) {
                use ::static_net::batch::BatchMatrix as _;
                let samples = self.input.samples().len();
                network.backward_stages(
                    samples,
                    self.input.values(),
                    #(self.#fields.values(),)*
                    self.output.values(),
                    self.working_memory.tape(Self::Network::tape_values(samples)),
                    d_output,
                    d_input,
                    gradient,
                    pass,
                );
            }
        }
    }
}
