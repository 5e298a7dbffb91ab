//! What all networks give their users: the methods that are the same for each, by one macro call of the code that
//! `network!` writes.
//!
//! `$takes` and `$gives` are bounds whose tokens stand where the user declared the sizes, so that rustc shows them there.
//! `$checks` name what does not compile where const parameters do not fit: in the functions that a user calls to create a
//! network, so that rustc shows this call. `$methods` are names of methods whose arguments rustc compares with their
//! definition, which it shows at the network then.

/// The methods of a network, and of the representations of its batches.
#[doc(hidden)]
#[macro_export]
macro_rules! network_interface {
    (
        $network:ident $activations:ident $alias:ident $last_stage:ident <$($parameter:ident)*>
        $element:ident $inputs:tt => $scalar:ident $outputs:tt;
        takes { $($takes:tt)* }
        gives { $($gives:tt)* }
        d_input { $($d_input:tt)* }
        d_output { $($d_output:tt)* }
        inner { $($inner:ident)*; $kept:ident $($shown:ident)? }
        step { $($step:tt)* }
        checks { $($checks:tt)* }
        output { $($output:tt)* }
        runs {
            $run_forward:ident $run_forward_into:ident $run_forward_from:ident $run_forward_from_into:ident
        }
        methods {
            $forward:ident $forward_into:ident $represent:ident $activations_into:ident $train:ident $train_into:ident
            $($backward:ident)*
        }
        $kind:ident $way_back:ident
    ) => {
        impl<$(const $parameter: usize,)* BatchSize: $crate::Batch> ::core::ops::Deref
            for $activations<$($parameter,)* BatchSize>
        {
            type Target = $last_stage<$($parameter,)* BatchSize>;

            fn deref(&self) -> &Self::Target {
                // SAFETY: a transparent wrapper of the same matrix under its other name.
                unsafe { &*(&raw const self.$kept).cast() }
            }
        }

        $crate::__private::debug_as! {
            $alias $activations [$(const $parameter: usize,)* BatchSize: $crate::Batch] [$($parameter,)* BatchSize]
            input $($inner)* $($shown)?
        }

        impl<$(const $parameter: usize,)* BatchSize: $crate::Batch> $crate::network::Activations
            for $activations<$($parameter,)* BatchSize>
        {
            type Network = $network<$($parameter,)*>;
            type Batch = BatchSize;
            type OutputGradient = $($d_output)*;

            fn output_gradient<'held>(
                &self,
                held: &'held mut ::core::option::Option<
                    $crate::__private::alloc::boxed::Box<Self::OutputGradient>,
                >,
            ) -> &'held mut Self::OutputGradient {
                $crate::__private::output_gradient::<$scalar, $outputs, _, _>(self, held)
            }

            #[track_caller]
            fn backward_into(
                &self,
                network: &Self::Network,
                d_output: &Self::OutputGradient,
                gradient: &mut Self::Network,
                workspace: &mut $crate::Workspace<$scalar>,
            ) {
                $crate::__private::backward_of::<_, _, $outputs>(
                    network, self, d_output, gradient, workspace,
                );
            }

            $crate::__private::activations_methods!($kept; $($inner)*);
        }

        impl<$(const $parameter: usize,)* Given> $crate::network::Takes<Given>
            for $network<$($parameter,)*>
        where
            Given: $($takes)* + ?::core::marker::Sized,
        {
            type Activations = $activations<$($parameter,)* Given::Batch>;

            #[track_caller]
            fn represent(&self, x: &Given) -> $crate::__private::alloc::boxed::Box<Self::Activations> {
                self.activations(x)
            }

            #[track_caller]
            fn put<'held>(
                x: &Given,
                held: &'held mut ::core::option::Option<
                    $crate::__private::alloc::boxed::Box<Self::Activations>,
                >,
            ) -> &'held mut Self::Activations {
                use $crate::batch::BatchMatrix as _;
                if let ::core::option::Option::Some(held) = &mut *held {
                    $crate::network::Activations::resize(&mut **held, x.batch());
                }
                let activations =
                    held.get_or_insert_with(|| $crate::network::Activations::empty(x.batch()));
                $crate::__private::copy_input::<Self, _, _>(x, activations.input.samples_mut());
                activations
            }
        }

        #[allow(dead_code)]
        impl<$(const $parameter: usize,)*> $network<$($parameter,)*> {
            /// How many values are trained.
            pub const PARAMETERS: usize = <Self as $crate::Parameters<$scalar>>::PARAMETERS;

            /// A network whose weights are drawn for their fan-in. The same seed gives the same network.
            pub fn new<Random: $crate::rand::Rng + ?::core::marker::Sized>(
                rng: &mut Random,
            ) -> $crate::Aligned<Self> {
                $($checks)*
                let mut network = $crate::__private::zeros::<Self>();
                $crate::layer::Layer::<$scalar>::initialize(&mut *network, rng);
                network
            }

            /// A network of zeros, which is how a gradient starts.
            pub fn zeros() -> $crate::Aligned<Self> {
                $($checks)*
                $crate::__private::zeros()
            }

            $crate::__private::forward_methods!(
                $kind $activations<$($parameter)*> $scalar $outputs;
                takes { $($takes)* }
                output { $($output)* }
                runs { $run_forward $run_forward_into }
                methods { $forward $forward_into $represent $activations_into }
            );

            $crate::__private::stream_method!($scalar $($step)*);
            $crate::__private::sequence_methods!(
                [$($step)*] $activations<$($parameter)*> $scalar;
                takes { $($takes)* }
                output { $($output)* }
                runs { $run_forward_from $run_forward_from_into }
            );

            /// As `activations`, in training: dropout drops, and a normalisation over the batch learns
            /// the statistics that `forward` and `activations` go by.
            ///
            /// # Panics
            /// If there are fewer samples than a normalisation over the batch can learn from.
            #[track_caller]
            pub fn $train<Given, Random>(
                &mut self,
                x: &Given,
                rng: &mut Random,
            ) -> $crate::__private::alloc::boxed::Box<$activations<$($parameter,)* Given::Batch>>
            where
                Given: $($takes)* + ?::core::marker::Sized,
                Random: $crate::rand::Rng + ?::core::marker::Sized,
            {
                let mut activations = <$activations<
                    $($parameter,)* Given::Batch
                > as $crate::network::Activations>::empty(x.batch());
                self.train_into(x, rng, &mut activations);
                activations
            }

            /// As `train`, into memory that the caller holds.
            ///
            /// # Panics
            /// If there are fewer samples than a normalisation over the batch can learn from.
            #[track_caller]
            pub fn $train_into<Given, Random>(
                &mut self,
                x: &Given,
                mut rng: &mut Random,
                activations: &mut $activations<$($parameter,)* Given::Batch>,
            )
            where
                Given: $($takes)* + ?::core::marker::Sized,
                Random: $crate::rand::Rng + ?::core::marker::Sized,
            {
                use $crate::batch::BatchMatrix as _;
                $crate::network::Activations::resize(activations, x.batch());
                $crate::__private::copy_input::<Self, _, _>(x, activations.input.samples_mut());
                $crate::network::train(self, activations, &mut rng);
            }

            /// What the steps of training compute with, to be kept from step to step.
            pub fn training<BatchSize: $crate::Batch>(&self) -> $crate::Training<Self, BatchSize> {
                $crate::Training::new()
            }

            $crate::__private::check_tokens_method!($kind $($takes)*);

            $crate::__private::backward_methods!(
                $way_back $activations<$($parameter)*> $inputs => $scalar $outputs;
                takes { $($takes)* }
                gives { $($gives)* }
                d_input { $($d_input)* }
                methods { $($backward)* }
            );

            /// All parameters, one after the other.
            pub fn state(&self) -> &[$scalar] {
                $crate::Network::state(self)
            }

            /// All parameters, to be changed.
            pub fn state_mut(&mut self) -> &mut [$scalar] {
                $crate::Network::state_mut(self)
            }

            /// Sets all values to zero, as a gradient is before the next batch adds to it.
            pub fn fill_zero(&mut self) {
                $crate::Network::fill_zero(self)
            }

            /// What lies where in `state`: names, shapes, ranges and kinds.
            pub fn tensors() -> $crate::__private::alloc::vec::Vec<$crate::Tensor> {
                $crate::Tensors::of::<$scalar, Self>()
            }

            /// Sets all values of the tensor of this name, each by its place along the axes that `tensors` gives it,
            /// row by row: `net.set("stage1.weight", |[output, input]| matrix[input][output])`.
            ///
            /// # Errors
            /// If there is no such tensor, or it has another number of axes. Nothing is set then.
            pub fn set<const AXES: usize>(
                &mut self,
                name: &str,
                value: impl ::core::ops::FnMut([usize; AXES]) -> $scalar,
            ) -> ::core::result::Result<(), $crate::network::SetError> {
                $crate::network::set(self, name, value)
            }

            /// A table of the stages: their shapes, parameters, multiplications and memory.
            pub fn summary() -> $crate::__private::alloc::string::String {
                $crate::network::summary::<Self>()
            }

            $crate::__private::diagram_methods!();
            $crate::__private::file_methods!();
        }
    };
}

/// The passes over whole sequences that go on from the states of streams: not of a network that never has a stream.
#[doc(hidden)]
#[macro_export]
macro_rules! sequence_methods {
    ([never] $($rest:tt)*) => {};
    (
        [$($step:tt)?] $activations:ident <$($parameter:ident)*> $scalar:ident;
        takes { $($takes:tt)* }
        output { $($output:tt)* }
        runs { $run_forward_from:ident $run_forward_from_into:ident }
    ) => {
        /// As `forward`, of sequences that go on: each sample from its state, which is then the one behind its last step.
        ///
        /// # Panics
        /// If there are not as many states as samples.
        #[track_caller]
        pub fn forward_from<Given, States>(&self, x: &Given, states: &mut States) -> $($output)*
        where
            Given: $($takes)* + ?::core::marker::Sized,
            States: $crate::stream::States<Self> + ?::core::marker::Sized,
            for<'any> Self: $crate::layer::CarriesState,
        {
            $crate::stream::$run_forward_from(self, x, states)
        }

        /// As `forward_from`, into memory that the caller holds.
        ///
        /// # Panics
        /// If there are not as many states as samples.
        #[track_caller]
        pub fn forward_from_into<Given, States>(
            &self,
            x: &Given,
            states: &mut States,
            output: &mut $($output)*,
            workspace: &mut $crate::Workspace<$scalar>,
        )
        where
            Given: $($takes)* + ?::core::marker::Sized,
            States: $crate::stream::States<Self> + ?::core::marker::Sized,
            for<'any> Self: $crate::layer::CarriesState,
        {
            $crate::stream::$run_forward_from_into(self, x, states, output, workspace);
        }

        /// As `activations`, of sequences that go on: each sample from its state, which is then the one behind its last
        /// step. The way `backward` ends at the states: back-propagation through time that is truncated there.
        ///
        /// # Panics
        /// If there are not as many states as samples.
        #[track_caller]
        pub fn activations_from<Given, States>(
            &self,
            x: &Given,
            states: &mut States,
        ) -> $crate::__private::alloc::boxed::Box<$activations<$($parameter,)* Given::Batch>>
        where
            Given: $($takes)* + ?::core::marker::Sized,
            States: $crate::stream::States<Self> + ?::core::marker::Sized,
            for<'any> Self: $crate::layer::CarriesState,
        {
            let mut activations =
                <$activations<$($parameter,)* Given::Batch> as $crate::network::Activations>::empty(x.batch());
            self.activations_from_into(x, states, &mut activations);
            activations
        }

        /// As `activations_from`, into memory that the caller holds.
        ///
        /// # Panics
        /// If there are not as many states as samples.
        #[track_caller]
        pub fn activations_from_into<Given, States>(
            &self,
            x: &Given,
            states: &mut States,
            activations: &mut $activations<$($parameter,)* Given::Batch>,
        )
        where
            Given: $($takes)* + ?::core::marker::Sized,
            States: $crate::stream::States<Self> + ?::core::marker::Sized,
            for<'any> Self: $crate::layer::CarriesState,
        {
            use $crate::batch::BatchMatrix as _;
            $crate::network::Activations::resize(activations, x.batch());
            $crate::__private::copy_input::<Self, _, _>(x, activations.input.samples_mut());
            $crate::stream::record_from(self, activations, states);
        }

        /// As `activations_from`, in training: dropout drops, and a normalisation over the batch learns the statistics
        /// that `forward` and `activations` go by.
        ///
        /// # Panics
        /// If there are not as many states as samples, or fewer samples than a normalisation over the batch can learn
        /// from.
        #[track_caller]
        pub fn train_from<Given, States, Random>(
            &mut self,
            x: &Given,
            states: &mut States,
            rng: &mut Random,
        ) -> $crate::__private::alloc::boxed::Box<$activations<$($parameter,)* Given::Batch>>
        where
            Given: $($takes)* + ?::core::marker::Sized,
            States: $crate::stream::States<Self> + ?::core::marker::Sized,
            Random: $crate::rand::Rng + ?::core::marker::Sized,
            for<'any> Self: $crate::layer::CarriesState,
        {
            let mut activations =
                <$activations<$($parameter,)* Given::Batch> as $crate::network::Activations>::empty(x.batch());
            self.train_from_into(x, states, rng, &mut activations);
            activations
        }

        /// As `train_from`, into memory that the caller holds.
        ///
        /// # Panics
        /// As `train_from`.
        #[track_caller]
        pub fn train_from_into<Given, States, Random>(
            &mut self,
            x: &Given,
            states: &mut States,
            mut rng: &mut Random,
            activations: &mut $activations<$($parameter,)* Given::Batch>,
        )
        where
            Given: $($takes)* + ?::core::marker::Sized,
            States: $crate::stream::States<Self> + ?::core::marker::Sized,
            Random: $crate::rand::Rng + ?::core::marker::Sized,
            for<'any> Self: $crate::layer::CarriesState,
        {
            use $crate::batch::BatchMatrix as _;
            $crate::network::Activations::resize(activations, x.batch());
            $crate::__private::copy_input::<Self, _, _>(x, activations.input.samples_mut());
            $crate::stream::train_from(self, activations, states, &mut rng);
        }
    };
}

/// What starts a stream. Where nothing says along which axis time runs, the size of a step is given: that of a row.
#[doc(hidden)]
#[macro_export]
macro_rules! stream_method {
    ($scalar:ident) => {
        /// The network ready to take a sequence step by step: it gives for each step what `forward` gives
        /// for it, and remembers what it needs of the steps before.
        pub fn stream<Time, const STEP_INPUT: usize, const STEP_OUTPUT: usize>(
            &self,
        ) -> $crate::Stream<&Self, STEP_INPUT, STEP_OUTPUT>
        where
            Self: $crate::layer::Streaming<$scalar, Time>,
            Time: $crate::layer::TimeAxis,
            <Self as $crate::layer::Layer<$scalar>>::Input:
                $crate::layer::Sequence<Time, Step = $crate::shape::Rank1<STEP_INPUT>>,
            <Self as $crate::layer::Layer<$scalar>>::Output: $crate::layer::Sequence<
                    <Self as $crate::layer::Streaming<$scalar, Time>>::Behind,
                    Step = $crate::shape::Rank1<STEP_OUTPUT>,
                >,
        {
            $crate::Stream::new(self)
        }
    };
    ($scalar:ident never) => {
        $crate::__private::stream_method!($scalar);
    };
    ($scalar:ident outputs) => {
        $crate::__private::stream_method!(
            $scalar [Given] [$crate::shape::Rank1<STEP_INPUT>] [$crate::shape::StepOfSeveral<Given, STEP_OUTPUT>]
            [Given] [Given: $crate::stream::StepOutput<$scalar, STEP_OUTPUT> + 'static,]
        );
    };
    ($scalar:ident inputs) => {
        $crate::__private::stream_method!(
            $scalar [Taken] [$crate::shape::StepOfSeveral<Taken, STEP_INPUT>] [$crate::shape::Rank1<STEP_OUTPUT>]
            [$crate::nalgebra::SVector<$scalar, STEP_OUTPUT>, Taken] [Taken: 'static,]
        );
    };
    ($scalar:ident inputs_and_outputs) => {
        $crate::__private::stream_method!(
            $scalar [Given, Taken]
            [$crate::shape::StepOfSeveral<Taken, STEP_INPUT>] [$crate::shape::StepOfSeveral<Given, STEP_OUTPUT>]
            [Given, Taken]
            [Given: $crate::stream::StepOutput<$scalar, STEP_OUTPUT> + 'static, Taken: 'static,]
        );
    };
    (
        $scalar:ident [$($several:ident),*] [$($input:tt)*] [$($output:tt)*] [$($steps:tt)*] [$($bounds:tt)*]
    ) => {
        /// The network ready to take a sequence step by step: it takes a step of each input, gives for it what `forward` gives,
        /// the step of each output, and remembers what it needs of the steps before.
        pub fn stream<Time, const STEP_INPUT: usize, const STEP_OUTPUT: usize, $($several),*>(
            &self,
        ) -> $crate::Stream<&Self, STEP_INPUT, STEP_OUTPUT, $($steps)*>
        where
            Self: $crate::layer::Streaming<$scalar, Time>,
            Time: $crate::layer::TimeAxis,
            <Self as $crate::layer::Layer<$scalar>>::Input: $crate::layer::Sequence<Time, Step = $($input)*>,
            <Self as $crate::layer::Layer<$scalar>>::Output: $crate::layer::Sequence<
                    <Self as $crate::layer::Streaming<$scalar, Time>>::Behind,
                    Step = $($output)*,
                >,
            $($bounds)*
        {
            $crate::Stream::new(self)
        }
    };
    ($scalar:ident $step:tt) => {
        /// The network ready to take a sequence row by row: it gives for each row what `forward` gives for it.
        pub fn stream(&self) -> $crate::Stream<&Self, $step, $step> {
            $crate::Stream::new::<_, _, $crate::layer::TimeFirst>(self)
        }
    };
}

/// The methods of evaluation. Tokens may be out of range, which is the caller's mistake.
#[doc(hidden)]
#[macro_export]
macro_rules! forward_methods {
    (
        numbers $activations:ident <$($parameter:ident)*> $scalar:ident $outputs:tt;
        takes { $($takes:tt)* }
        output { $($output:tt)* }
        runs { $run_forward:ident $run_forward_into:ident }
        methods { $forward:ident $forward_into:ident $represent:ident $activations_into:ident }
    ) => {
        $crate::__private::forward_methods!(
            [] $activations<$($parameter)*> $scalar $outputs;
            takes { $($takes)* }
            output { $($output)* }
            runs { $run_forward $run_forward_into }
            methods { $forward $forward_into $represent $activations_into }
        );
    };
    (
        tokens $activations:ident <$($parameter:ident)*> $scalar:ident $outputs:tt;
        takes { $($takes:tt)* }
        output { $($output:tt)* }
        runs { $run_forward:ident $run_forward_into:ident }
        methods { $forward:ident $forward_into:ident $represent:ident $activations_into:ident }
    ) => {
        $crate::__private::forward_methods!(
            [
                ///
                /// # Panics
                /// If a token is none of the vocabulary: see `check_tokens`.
                #[track_caller]
            ]
            $activations<$($parameter)*> $scalar $outputs;
            takes { $($takes)* }
            output { $($output)* }
            runs { $run_forward $run_forward_into }
            methods { $forward $forward_into $represent $activations_into }
        );
    };
    (
        [$(#[$attribute:meta])*]
        $activations:ident <$($parameter:ident)*> $scalar:ident $outputs:tt;
        takes { $($takes:tt)* }
        output { $($output:tt)* }
        runs { $run_forward:ident $run_forward_into:ident }
        methods { $forward:ident $forward_into:ident $represent:ident $activations_into:ident }
    ) => {
        /// The output for one sample or a batch.
        $(#[$attribute])*
        #[inline]
        pub fn $forward<Given>(
            &self,
            x: &Given,
        ) -> $($output)*
        where
            Given: $($takes)* + ?::core::marker::Sized,
        {
            $crate::network::$run_forward(self, x)
        }

        /// As `forward`, into memory that the caller holds.
        $(#[$attribute])*
        #[inline]
        pub fn $forward_into<Given>(
            &self,
            x: &Given,
            output: &mut $($output)*,
            workspace: &mut $crate::Workspace<$scalar>,
        )
        where
            Given: $($takes)* + ?::core::marker::Sized,
        {
            $crate::network::$run_forward_into(self, x, output, workspace);
        }

        /// The output and every representation on the way to it, as `backward` needs them.
        $(#[$attribute])*
        pub fn $represent<Given>(
            &self,
            x: &Given,
        ) -> $crate::__private::alloc::boxed::Box<$activations<$($parameter,)* Given::Batch>>
        where
            Given: $($takes)* + ?::core::marker::Sized,
        {
            let mut activations =
                <$activations<$($parameter,)* Given::Batch> as $crate::network::Activations>::empty(x.batch());
            self.activations_into(x, &mut activations);
            activations
        }

        /// As `activations`, into memory that the caller holds.
        $(#[$attribute])*
        pub fn $activations_into<Given>(
            &self,
            x: &Given,
            activations: &mut $activations<$($parameter,)* Given::Batch>,
        )
        where
            Given: $($takes)* + ?::core::marker::Sized,
        {
            use $crate::batch::BatchMatrix as _;
            $crate::network::Activations::resize(activations, x.batch());
            $crate::__private::copy_input::<Self, _, _>(x, activations.input.samples_mut());
            $crate::network::record(self, activations);
        }
    };
}

/// What only a network has whose input is tokens.
#[doc(hidden)]
#[macro_export]
macro_rules! check_tokens_method {
    (numbers $($takes:tt)*) => {};
    (tokens $($takes:tt)*) => {
        /// Looks for tokens that are none of the vocabulary, on which the network cannot run.
        ///
        /// # Errors
        /// If there is one.
        pub fn check_tokens<Given>(
            x: &Given,
        ) -> ::core::result::Result<(), $crate::shape::TokenOutOfRange>
        where
            Given: $($takes)* + ?::core::marker::Sized,
        {
            $crate::network::check_tokens::<Self, _, _>(x)
        }
    };
}

/// The way back, for numbers to the input too: there is no gradient of tokens.
#[doc(hidden)]
#[macro_export]
macro_rules! backward_methods {
    (
        tokens $activations:ident <$($parameter:ident)*> $inputs:tt => $scalar:ident $outputs:tt;
        takes { $($takes:tt)* }
        gives { $($gives:tt)* }
        d_input { $($d_input:tt)* }
        methods { $backward:ident $backward_into:ident $($rest:ident)* }
    ) => {
        /// Adds to `gradient` how the loss changes with each parameter. `d_output` is how it changes with the output.
        ///
        /// # Panics
        /// If `d_output` and `activations` hold different numbers of samples, or other matrices stand in the place of
        /// what a pass kept.
        #[track_caller]
        pub fn $backward<BatchSize, DOutput>(
            &self,
            activations: &$activations<$($parameter,)* BatchSize>,
            d_output: &DOutput,
            gradient: &mut Self,
        )
        where
            BatchSize: $crate::Batch,
            DOutput: $($gives)* + ?::core::marker::Sized,
        {
            self.backward_into(activations, d_output, gradient, &mut $crate::Workspace::new());
        }

        /// As `backward`, with working memory that the caller holds.
        ///
        /// # Panics
        /// As `backward`.
        #[track_caller]
        pub fn $backward_into<BatchSize, DOutput>(
            &self,
            activations: &$activations<$($parameter,)* BatchSize>,
            d_output: &DOutput,
            gradient: &mut Self,
            workspace: &mut $crate::Workspace<$scalar>,
        )
        where
            BatchSize: $crate::Batch,
            DOutput: $($gives)* + ?::core::marker::Sized,
        {
            $crate::network::backward_into(self, activations, d_output, gradient, workspace);
        }
    };
    (
        numbers $activations:ident <$($parameter:ident)*> $inputs:tt => $scalar:ident $outputs:tt;
        takes { $($takes:tt)* }
        gives { $($gives:tt)* }
        d_input { $($d_input:tt)* }
        methods {
            $backward:ident $backward_into:ident $to_input:ident $to_input_into:ident
            $input_gradient:ident $input_gradient_into:ident
        }
    ) => {
        $crate::__private::backward_methods!(
            tokens $activations<$($parameter)*> $inputs => $scalar $outputs;
            takes { $($takes)* }
            gives { $($gives)* }
            d_input { $($d_input)* }
            methods { $backward $backward_into }
        );

        /// As `backward`, and gives how the loss changes with the input.
        ///
        /// # Panics
        /// As `backward`.
        #[track_caller]
        pub fn $to_input<BatchSize, DOutput>(
            &self,
            activations: &$activations<$($parameter,)* BatchSize>,
            d_output: &DOutput,
            gradient: &mut Self,
        ) -> $($d_input)*
        where
            BatchSize: $crate::Batch,
            DOutput: $($gives)* + ?::core::marker::Sized,
        {
            let mut d_input = $crate::__private::zeros_of_input(&activations.input);
            self.$to_input_into(
                activations,
                d_output,
                gradient,
                &mut d_input,
                &mut $crate::Workspace::new(),
            );
            d_input
        }

        /// As `backward_to_input`, into memory that the caller holds.
        ///
        /// # Panics
        /// As `backward`.
        #[track_caller]
        pub fn $to_input_into<BatchSize, DOutput>(
            &self,
            activations: &$activations<$($parameter,)* BatchSize>,
            d_output: &DOutput,
            gradient: &mut Self,
            d_input: &mut $($d_input)*,
            workspace: &mut $crate::Workspace<$scalar>,
        )
        where
            BatchSize: $crate::Batch,
            DOutput: $($gives)* + ?::core::marker::Sized,
        {
            $crate::network::backward_to_input_into(
                self,
                activations,
                d_output,
                gradient,
                d_input,
                workspace,
            );
        }

        /// How the loss changes with the input; `d_output` is how it changes with the output. Nothing is computed for the
        /// gradients of parameters.
        ///
        /// # Panics
        /// As `backward`.
        #[track_caller]
        pub fn $input_gradient<BatchSize, DOutput>(
            &self,
            activations: &$activations<$($parameter,)* BatchSize>,
            d_output: &DOutput,
        ) -> $($d_input)*
        where
            BatchSize: $crate::Batch,
            DOutput: $($gives)* + ?::core::marker::Sized,
        {
            let mut d_input = $crate::__private::zeros_of_input(&activations.input);
            self.$input_gradient_into(
                activations,
                d_output,
                &mut d_input,
                &mut $crate::Workspace::new(),
            );
            d_input
        }

        /// As `input_gradient`, into memory that the caller holds.
        ///
        /// # Panics
        /// As `backward`.
        #[track_caller]
        pub fn $input_gradient_into<BatchSize, DOutput>(
            &self,
            activations: &$activations<$($parameter,)* BatchSize>,
            d_output: &DOutput,
            d_input: &mut $($d_input)*,
            workspace: &mut $crate::Workspace<$scalar>,
        )
        where
            BatchSize: $crate::Batch,
            DOutput: $($gives)* + ?::core::marker::Sized,
        {
            $crate::network::input_gradient_into(self, activations, d_output, d_input, workspace);
        }
    };
}
