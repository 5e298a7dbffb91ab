//! What a user calls on a network.

use proc_macro2::{Span, TokenStream};
use quote::{quote, quote_spanned};
use syn::ext::IdentExt;

use super::Network;

pub fn expand(network: &Network<'_>) -> TokenStream {
    let name = &network.names.network;
    let text = name.unraw().to_string();
    let activations = &network.names.activations;
    let (scalar, element) = (network.scalar(), network.element());
    let (parameters, arguments) = (network.const_parameters(), network.const_arguments());
    let inputs = network.len_argument(network.input);
    let outputs = network.len_argument(network.output());
    // Where a bound does not hold, rustc shows it: at the size that was declared.
    let input = network.declaration.input[0].place().start;
    let takes = quote_spanned! {Span::mixed_site().located_at(input)=>
        ::static_net::Samples<#element, #inputs>
    };
    let output = network.steps.last().expect("a network has a stage").place.start;
    let gives = quote_spanned! {Span::mixed_site().located_at(output)=>
        ::static_net::samples::OutputGradient<#scalar, #outputs, BatchSize>
    };
    let backward = if network.is_of_tokens() {
        of_tokens(network, &takes, &gives)
    } else {
        backward(network, &gives)
    };
    // Tokens may be out of range, which is the caller's mistake.
    let track_caller = network.is_of_tokens().then(|| {
        quote! {
            ///
            /// # Panics
            /// If a token is none of the vocabulary: see `check_tokens`.
            #[track_caller]
        }
    });
    quote_spanned! {network.site()=>
        impl<#parameters> ::static_net::Network for #name<#arguments> {
            type Scalar = #scalar;
            const NAME: &'static str = #text;
            const STAGES: &'static [::static_net::network::Stage] = Self::STAGES;
        }

        impl<#parameters Given> ::static_net::network::Takes<Given> for #name<#arguments>
        where
            Given: #takes + ?::core::marker::Sized,
        {
            type Activations = #activations<#arguments Given::Batch>;

            #[track_caller]
            fn represent(&self, x: &Given) -> ::static_net::alloc::boxed::Box<Self::Activations> {
                self.activations(x)
            }
        }

        #[allow(dead_code)]
        impl<#parameters> #name<#arguments> {
            /// How many values are trained.
            pub const PARAMETERS: usize = <Self as ::static_net::Parameters<#scalar>>::PARAMETERS;

            /// A network whose weights are drawn for their fan-in. The same seed gives the same network.
            pub fn new<Random: ::static_net::rand::Rng + ?::core::marker::Sized>(rng: &mut Random) -> ::static_net::Aligned<Self> {
                ::static_net::network::new(rng)
            }

            /// A network of zeros, which is how a gradient starts.
            pub fn zeros() -> ::static_net::Aligned<Self> {
                ::static_net::Aligned::zeros()
            }

            /// The output for one sample or a batch.
            #track_caller
            #[inline]
            pub fn forward<Given>(&self, x: &Given) -> <Given::Batch as ::static_net::Batch>::Matrix<#scalar, #outputs>
            where
                Given: #takes + ?::core::marker::Sized,
            {
                ::static_net::network::forward(self, x)
            }

            /// As `forward`, into memory that the caller holds.
            #track_caller
            #[inline]
            pub fn forward_into<Given>(
                &self,
                x: &Given,
                output: &mut <Given::Batch as ::static_net::Batch>::Matrix<#scalar, #outputs>,
                workspace: &mut ::static_net::Workspace<#scalar>,
            )
            where
                Given: #takes + ?::core::marker::Sized,
            {
                ::static_net::network::forward_into(self, x, output, workspace);
            }

            /// The network ready to take a sequence step by step: it gives for each step what `forward` gives
            /// for it, and remembers what it needs of the steps before.
            pub fn stream<Time, const STEP_INPUT: usize, const STEP_OUTPUT: usize>(&self) -> ::static_net::Stream<&Self, STEP_INPUT, STEP_OUTPUT>
            where
                Self: ::static_net::layer::Streaming<#scalar, Time>,
                Time: ::static_net::layer::TimeAxis,
                <Self as ::static_net::layer::Layer<#scalar>>::Input: ::static_net::layer::Sequence<Time, Step = ::static_net::shape::Rank1<STEP_INPUT>>,
                <Self as ::static_net::layer::Layer<#scalar>>::Output: ::static_net::layer::Sequence<
                    <Self as ::static_net::layer::Streaming<#scalar, Time>>::Behind,
                    Step = ::static_net::shape::Rank1<STEP_OUTPUT>
                >,
            {
                ::static_net::Stream::new(self)
            }

            /// The output and every representation on the way to it, as `backward` needs them.
            #track_caller
            pub fn activations<Given>(&self, x: &Given) -> ::static_net::alloc::boxed::Box<#activations<#arguments Given::Batch>>
            where
                Given: #takes + ?::core::marker::Sized,
            {
                let mut activations = <#activations<#arguments Given::Batch> as ::static_net::network::Activations>::empty(x.batch());
                self.activations_into(x, &mut activations);
                activations
            }

            /// As `activations`, into memory that the caller holds.
            #track_caller
            pub fn activations_into<Given>(&self, x: &Given, activations: &mut #activations<#arguments Given::Batch>)
            where
                Given: #takes + ?::core::marker::Sized,
            {
                use ::static_net::batch::BatchMatrix as _;
                ::static_net::network::Activations::resize(activations, x.batch());
                ::static_net::network::copy_input::<Self, _, _>(x, activations.input.samples_mut());
                ::static_net::network::record(self, activations);
            }

            /// As `activations`, in training: dropout drops, and a normalisation over the batch learns
            /// the statistics that `forward` and `activations` go by.
            ///
            /// # Panics
            /// If there are fewer samples than a normalisation over the batch can learn from.
            #[track_caller]
            pub fn train<Given, Random>(
                &mut self,
                x: &Given,
                rng: &mut Random,
            ) -> ::static_net::alloc::boxed::Box<#activations<#arguments Given::Batch>>
            where
                Given: #takes + ?::core::marker::Sized,
                Random: ::static_net::rand::Rng + ?::core::marker::Sized,
            {
                let mut activations = <#activations<#arguments Given::Batch> as ::static_net::network::Activations>::empty(x.batch());
                self.train_into(x, rng, &mut activations);
                activations
            }

            /// As `train`, into memory that the caller holds.
            ///
            /// # Panics
            /// If there are fewer samples than a normalisation over the batch can learn from.
            #[track_caller]
            pub fn train_into<Given, Random>(
                &mut self,
                x: &Given,
                mut rng: &mut Random,
                activations: &mut #activations<#arguments Given::Batch>,
            )
            where
                Given: #takes + ?::core::marker::Sized,
                Random: ::static_net::rand::Rng + ?::core::marker::Sized,
            {
                use ::static_net::batch::BatchMatrix as _;
                ::static_net::network::Activations::resize(activations, x.batch());
                ::static_net::network::copy_input::<Self, _, _>(x, activations.input.samples_mut());
                ::static_net::network::train(self, activations, &mut rng);
            }

            #backward

            /// All parameters, one after the other.
            pub fn state(&self) -> &[#scalar] {
                ::static_net::Network::state(self)
            }

            /// All parameters, to be changed.
            pub fn state_mut(&mut self) -> &mut [#scalar] {
                ::static_net::Network::state_mut(self)
            }

            /// Sets all values to zero, as a gradient is before the next batch adds to it.
            pub fn fill_zero(&mut self) {
                ::static_net::Network::fill_zero(self)
            }

            /// What lies where in `state`: names, shapes, ranges and kinds.
            pub fn tensors() -> ::static_net::alloc::vec::Vec<::static_net::Tensor> {
                ::static_net::Tensors::of::<#scalar, Self>()
            }

            /// A table of the stages: their shapes, parameters, multiplications and memory.
            pub fn summary() -> ::static_net::alloc::string::String {
                ::static_net::network::summary::<Self>()
            }

            ::static_net::diagram_methods!();
            ::static_net::file_methods!();
        }
    }
}

/// The way back, to the input too.
fn backward(network: &Network<'_>, gives: &TokenStream) -> TokenStream {
    let activations = &network.names.activations;
    let scalar = network.scalar();
    let arguments = network.const_arguments();
    let inputs = network.len_argument(network.input);
    quote_spanned! {network.site()=>
            /// Adds to `gradient` how the loss changes with each parameter, and gives how it changes
            /// with the input. `d_output` is how it changes with the output.
            ///
            /// # Panics
            /// If `d_output` and `activations` hold different numbers of samples.
            #[track_caller]
            pub fn backward<BatchSize, DOutput>(
                &self,
                activations: &#activations<#arguments BatchSize>,
                d_output: &DOutput,
                gradient: &mut Self,
            ) -> BatchSize::Matrix<#scalar, #inputs>
            where
                BatchSize: ::static_net::Batch,
                DOutput: #gives + ?::core::marker::Sized,
            {
                ::static_net::network::backward(self, activations, d_output, gradient)
            }

            /// As `backward`, into memory that the caller holds. Without `d_input` the input's gradient
            /// is not computed.
            ///
            /// # Panics
            /// If `d_output` and `activations` hold different numbers of samples.
            #[track_caller]
            pub fn backward_into<BatchSize, DOutput>(
                &self,
                activations: &#activations<#arguments BatchSize>,
                d_output: &DOutput,
                gradient: &mut Self,
                d_input: ::core::option::Option<&mut BatchSize::Matrix<#scalar, #inputs>>,
                workspace: &mut ::static_net::Workspace<#scalar>,
            )
            where
                BatchSize: ::static_net::Batch,
                DOutput: #gives + ?::core::marker::Sized,
            {
                ::static_net::network::backward_into(self, activations, d_output, gradient, d_input, workspace);
            }

    }
}

/// What a network of tokens has in place of it: there is no gradient of tokens.
fn of_tokens(network: &Network<'_>, takes: &TokenStream, gives: &TokenStream) -> TokenStream {
    let activations = &network.names.activations;
    let scalar = network.scalar();
    let arguments = network.const_arguments();
    let inputs = network.len_argument(network.input);
    let outputs = network.len_argument(network.output());
    quote_spanned! {network.site()=>
            /// Looks for tokens that are none of the vocabulary, on which the network cannot run.
            ///
            /// # Errors
            /// If there is one.
            pub fn check_tokens<Given>(x: &Given) -> ::core::result::Result<(), ::static_net::shape::TokenOutOfRange>
            where
                Given: #takes + ?::core::marker::Sized,
            {
                ::static_net::network::check_tokens::<Self, _, _>(x)
            }

            /// Adds to `gradient` how the loss changes with each parameter. `d_output` is how it changes with
            /// the output.
            ///
            /// # Panics
            /// If `d_output` and `activations` hold different numbers of samples.
            #[track_caller]
            pub fn backward<BatchSize, DOutput>(
                &self,
                activations: &#activations<#arguments BatchSize>,
                d_output: &DOutput,
                gradient: &mut Self,
            )
            where
                BatchSize: ::static_net::Batch,
                DOutput: #gives + ?::core::marker::Sized,
            {
                self.backward_into(activations, d_output, gradient, &mut ::static_net::Workspace::new());
            }

            /// As `backward`, with working memory that the caller holds.
            ///
            /// # Panics
            /// If `d_output` and `activations` hold different numbers of samples.
            #[track_caller]
            pub fn backward_into<BatchSize, DOutput>(
                &self,
                activations: &#activations<#arguments BatchSize>,
                d_output: &DOutput,
                gradient: &mut Self,
                workspace: &mut ::static_net::Workspace<#scalar>,
            )
            where
                BatchSize: ::static_net::Batch,
                DOutput: #gives + ?::core::marker::Sized,
            {
                ::static_net::network::backward_into::<Self, _, DOutput, #inputs, #outputs>(
                    self, activations, d_output, gradient, ::core::option::Option::None, workspace,
                );
            }
    }
}
