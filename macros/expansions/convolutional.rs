// pub struct Digits< [1, 28, 28] => relu conv(8, 3) => max_pool(2) => flatten => 10 >;
// struct Computed< [CHANNELS, 28, 28] => relu conv(8, 3) => flatten => 10 >;

///A network: `< [1, 28, 28] => relu conv(8, 3) => max_pool(2) => flatten => 10 >`.
#[repr(C)]
#[allow(dead_code)]
pub struct Digits {
    ///`relu conv(8, 3)`, giving [8, 26, 26].
    pub stage1: ::static_net::layer::Conv<
        f32,
        ::static_net::shape::Rank3<1, 28, 28>,
        ::static_net::shape::Rank3<8, 26, 26>,
        ::static_net::layer::Window<
            ::static_net::layer::KernelSize<3, 3>,
            ::static_net::layer::Stride<1, 1>,
            ::static_net::layer::Padding<0, 0>,
            ::static_net::layer::Dilation<1, 1>,
        >,
        8,
        1,
        8,
        ::static_net::activation::relu,
    >,
    ///`max_pool(2)`, giving [8, 13, 13].
    pub stage2: ::static_net::layer::MaxPool<
        ::static_net::shape::Rank3<8, 26, 26>,
        ::static_net::shape::Rank3<8, 13, 13>,
        ::static_net::layer::Window<
            ::static_net::layer::KernelSize<2, 2>,
            ::static_net::layer::Stride<2, 2>,
            ::static_net::layer::Padding<0, 0>,
            ::static_net::layer::Dilation<1, 1>,
        >,
    >,
    ///`flatten`, giving [1352].
    pub stage3: ::static_net::layer::Reshape<
        ::static_net::shape::Rank3<8, 13, 13>,
        ::static_net::shape::Rank1<1352>,
    >,
    ///`10`, giving [10].
    pub stage4: ::static_net::layer::Dense<f32, 1352, 10>,
}
impl ::static_net::layer::Layer<f32> for Digits {
    type Input = ::static_net::shape::Rank3<1, 28, 28>;
    type Output = ::static_net::shape::Rank1<10>;
    const TAPE: usize = Self::TOTALS.tape + Self::TOTALS.inner;
    const BATCH_TAPE: usize = Self::TOTALS.batch_tape;
    const NEEDS_OUTPUT: bool = <::static_net::layer::Dense<
        f32,
        1352,
        10,
    > as ::static_net::layer::Layer<f32>>::NEEDS_OUTPUT;
    const TRAINING_SAMPLES: usize = Self::TOTALS.training_samples;
    const MULTIPLY_ADDS: usize = Self::TOTALS.multiply_adds;
    const STRUCTURE: ::static_net::network::Structure = ::static_net::network::Structure::Sequence(
        Self::STAGES,
    );
    const FORWARD_SCRATCH: ::static_net::layer::Scratch = Self::TOTALS
        .forward_scratch
        .and(Self::TOTALS.buffers());
    const BACKWARD_SCRATCH: ::static_net::layer::Scratch = Self::TOTALS
        .backward_scratch
        .and(Self::TOTALS.buffers());
    fn initialize<Random: ::static_net::rand::Rng + ?::core::marker::Sized>(
        &mut self,
        rng: &mut Random,
    ) {
        ::static_net::layer::Layer::<f32>::initialize(&mut self.stage1, rng);
        ::static_net::layer::Layer::<f32>::initialize(&mut self.stage2, rng);
        ::static_net::layer::Layer::<f32>::initialize(&mut self.stage3, rng);
        ::static_net::layer::Layer::<f32>::initialize(&mut self.stage4, rng);
    }
    #[inline(always)]
    fn forward<Instructions: ::static_net::simd::InstructionSet>(
        &self,
        input: &[::static_net::shape::Sample<Self::Input, f32>],
        output: &mut [::static_net::shape::Sample<Self::Output, f32>],
        pass: &mut ::static_net::layer::Pass<'_, f32, Instructions>,
    ) {
        use ::static_net::stage;
        let samples = input.len();
        let input = ::static_net::shape::values::<Self::Input, f32>(input);
        let output = ::static_net::shape::values_mut::<Self::Output, f32>(output);
        let (front, back, mut pass) = pass
            .buffers(samples * Self::TOTALS.front, samples * Self::TOTALS.back);
        let pass = &mut pass;
        let stage1 = &mut front[..samples * (1 * 8 * 26 * 26)];
        stage::forward(&self.stage1, input, stage1, pass);
        let stage2 = &mut back[..samples * (1 * 8 * 13 * 13)];
        stage::forward(&self.stage2, stage1, stage2, pass);
        let stage3 = &mut front[..samples * 1352];
        stage::forward(&self.stage3, stage2, stage3, pass);
        stage::forward(&self.stage4, stage3, output, pass);
    }
    #[inline(always)]
    fn record<Instructions: ::static_net::simd::InstructionSet>(
        &self,
        input: &[::static_net::shape::Sample<Self::Input, f32>],
        output: &mut [::static_net::shape::Sample<Self::Output, f32>],
        tape: &mut [f32],
        pass: &mut ::static_net::layer::Pass<'_, f32, Instructions>,
    ) {
        let samples = input.len();
        let (stage1, tape) = tape.split_at_mut(samples * (1 * 8 * 26 * 26));
        let (stage2, tape) = tape.split_at_mut(samples * (1 * 8 * 13 * 13));
        let (stage3, tape) = tape.split_at_mut(samples * 1352);
        self.record_stages(
            ::static_net::shape::values::<Self::Input, f32>(input),
            stage1,
            stage2,
            stage3,
            ::static_net::shape::values_mut::<Self::Output, f32>(output),
            tape,
            pass,
        );
    }
    #[inline(always)]
    fn train<Instructions: ::static_net::simd::InstructionSet>(
        &mut self,
        input: &[::static_net::shape::Sample<Self::Input, f32>],
        output: &mut [::static_net::shape::Sample<Self::Output, f32>],
        tape: &mut [f32],
        pass: &mut ::static_net::layer::Pass<'_, f32, Instructions>,
        rng: &mut dyn ::static_net::rand::Rng,
    ) {
        let samples = input.len();
        let (stage1, tape) = tape.split_at_mut(samples * (1 * 8 * 26 * 26));
        let (stage2, tape) = tape.split_at_mut(samples * (1 * 8 * 13 * 13));
        let (stage3, tape) = tape.split_at_mut(samples * 1352);
        self.train_stages(
            ::static_net::shape::values::<Self::Input, f32>(input),
            stage1,
            stage2,
            stage3,
            ::static_net::shape::values_mut::<Self::Output, f32>(output),
            tape,
            pass,
            rng,
        );
    }
    #[inline(always)]
    fn backward<Instructions: ::static_net::simd::InstructionSet>(
        &self,
        step: ::static_net::layer::Backward<'_, f32, Self>,
        gradient: &mut Self,
        pass: &mut ::static_net::layer::Pass<'_, f32, Instructions>,
    ) {
        let samples = step.input.len();
        let tape = step.tape;
        let (stage1, tape) = tape.split_at(samples * (1 * 8 * 26 * 26));
        let (stage2, tape) = tape.split_at(samples * (1 * 8 * 13 * 13));
        let (stage3, tape) = tape.split_at(samples * 1352);
        self.backward_stages(
            samples,
            ::static_net::shape::values::<Self::Input, f32>(step.input),
            stage1,
            stage2,
            stage3,
            ::static_net::shape::values::<Self::Output, f32>(step.output),
            tape,
            ::static_net::shape::values_mut::<Self::Output, f32>(step.d_output),
            step.d_input.map(::static_net::shape::values_mut::<Self::Input, f32>),
            gradient,
            pass,
        );
    }
}
impl Digits {
    const STAGES: &'static [::static_net::network::Stage] = &[
        ::static_net::network::Stage::of::<
            f32,
            ::static_net::layer::Conv<
                f32,
                ::static_net::shape::Rank3<1, 28, 28>,
                ::static_net::shape::Rank3<8, 26, 26>,
                ::static_net::layer::Window<
                    ::static_net::layer::KernelSize<3, 3>,
                    ::static_net::layer::Stride<1, 1>,
                    ::static_net::layer::Padding<0, 0>,
                    ::static_net::layer::Dilation<1, 1>,
                >,
                8,
                1,
                8,
                ::static_net::activation::relu,
            >,
        >("stage1", "relu conv(8, 3)"),
        ::static_net::network::Stage::of::<
            f32,
            ::static_net::layer::MaxPool<
                ::static_net::shape::Rank3<8, 26, 26>,
                ::static_net::shape::Rank3<8, 13, 13>,
                ::static_net::layer::Window<
                    ::static_net::layer::KernelSize<2, 2>,
                    ::static_net::layer::Stride<2, 2>,
                    ::static_net::layer::Padding<0, 0>,
                    ::static_net::layer::Dilation<1, 1>,
                >,
            >,
        >("stage2", "max_pool(2)"),
        ::static_net::network::Stage::of::<
            f32,
            ::static_net::layer::Reshape<
                ::static_net::shape::Rank3<8, 13, 13>,
                ::static_net::shape::Rank1<1352>,
            >,
        >("stage3", "flatten"),
        ::static_net::network::Stage::of::<
            f32,
            ::static_net::layer::Dense<f32, 1352, 10>,
        >("stage4", "10"),
    ];
    const TOTALS: ::static_net::network::Totals = ::static_net::network::Totals::of(
        Self::STAGES,
    );
    /// How many values the stages keep of a batch for the way back.
    const fn tape_values(samples: usize) -> usize {
        samples * Self::TOTALS.tape + Self::TOTALS.batch_tape
    }
    #[inline(always)]
    #[allow(clippy::too_many_arguments)]
    fn record_stages<Instructions: ::static_net::simd::InstructionSet>(
        &self,
        input: &[f32],
        stage1: &mut [f32],
        stage2: &mut [f32],
        stage3: &mut [f32],
        output: &mut [f32],
        tape: &mut [f32],
        pass: &mut ::static_net::layer::Pass<'_, f32, Instructions>,
    ) {
        use ::static_net::stage;
        let tape = stage::record(&self.stage1, input, stage1, tape, pass);
        let tape = stage::record(&self.stage2, stage1, stage2, tape, pass);
        let tape = stage::record(&self.stage3, stage2, stage3, tape, pass);
        stage::record(&self.stage4, stage3, output, tape, pass);
    }
    #[inline(always)]
    #[allow(clippy::too_many_arguments)]
    fn train_stages<Instructions: ::static_net::simd::InstructionSet>(
        &mut self,
        input: &[f32],
        stage1: &mut [f32],
        stage2: &mut [f32],
        stage3: &mut [f32],
        output: &mut [f32],
        tape: &mut [f32],
        pass: &mut ::static_net::layer::Pass<'_, f32, Instructions>,
        rng: &mut dyn ::static_net::rand::Rng,
    ) {
        use ::static_net::stage;
        let tape = stage::train(&mut self.stage1, input, stage1, tape, pass, rng);
        let tape = stage::train(&mut self.stage2, stage1, stage2, tape, pass, rng);
        let tape = stage::train(&mut self.stage3, stage2, stage3, tape, pass, rng);
        stage::train(&mut self.stage4, stage3, output, tape, pass, rng);
    }
    #[inline(always)]
    #[allow(clippy::too_many_arguments)]
    fn backward_stages<Instructions: ::static_net::simd::InstructionSet>(
        &self,
        samples: usize,
        input: &[f32],
        stage1: &[f32],
        stage2: &[f32],
        stage3: &[f32],
        output: &[f32],
        tape: &[f32],
        d_output: &mut [f32],
        d_input: ::core::option::Option<&mut [f32]>,
        gradient: &mut Self,
        pass: &mut ::static_net::layer::Pass<'_, f32, Instructions>,
    ) {
        use ::static_net::stage;
        let (front, back, mut pass) = pass
            .buffers(samples * Self::TOTALS.front, samples * Self::TOTALS.back);
        let pass = &mut pass;
        let d_stage3 = &mut front[..samples * 1352];
        let tape = stage::backward(
            &self.stage4,
            stage3,
            output,
            tape,
            d_output,
            ::core::option::Option::Some(&mut *d_stage3),
            &mut gradient.stage4,
            pass,
        );
        let d_stage2 = &mut back[..samples * (1 * 8 * 13 * 13)];
        let tape = stage::backward(
            &self.stage3,
            stage2,
            stage3,
            tape,
            d_stage3,
            ::core::option::Option::Some(&mut *d_stage2),
            &mut gradient.stage3,
            pass,
        );
        let d_stage1 = &mut front[..samples * (1 * 8 * 26 * 26)];
        let tape = stage::backward(
            &self.stage2,
            stage1,
            stage2,
            tape,
            d_stage2,
            ::core::option::Option::Some(&mut *d_stage1),
            &mut gradient.stage2,
            pass,
        );
        stage::backward(
            &self.stage1,
            input,
            stage1,
            tape,
            d_stage1,
            d_input,
            &mut gradient.stage1,
            pass,
        );
    }
}
unsafe impl ::static_net::Parameters<f32> for Digits {
    const PARAMETERS: usize = Self::TOTALS.parameters;
    fn describe(tensors: &mut ::static_net::Tensors) {
        tensors
            .part::<
                f32,
                ::static_net::layer::Conv<
                    f32,
                    ::static_net::shape::Rank3<1, 28, 28>,
                    ::static_net::shape::Rank3<8, 26, 26>,
                    ::static_net::layer::Window<
                        ::static_net::layer::KernelSize<3, 3>,
                        ::static_net::layer::Stride<1, 1>,
                        ::static_net::layer::Padding<0, 0>,
                        ::static_net::layer::Dilation<1, 1>,
                    >,
                    8,
                    1,
                    8,
                    ::static_net::activation::relu,
                >,
            >("stage1");
        tensors
            .part::<
                f32,
                ::static_net::layer::MaxPool<
                    ::static_net::shape::Rank3<8, 26, 26>,
                    ::static_net::shape::Rank3<8, 13, 13>,
                    ::static_net::layer::Window<
                        ::static_net::layer::KernelSize<2, 2>,
                        ::static_net::layer::Stride<2, 2>,
                        ::static_net::layer::Padding<0, 0>,
                        ::static_net::layer::Dilation<1, 1>,
                    >,
                >,
            >("stage2");
        tensors
            .part::<
                f32,
                ::static_net::layer::Reshape<
                    ::static_net::shape::Rank3<8, 13, 13>,
                    ::static_net::shape::Rank1<1352>,
                >,
            >("stage3");
        tensors.part::<f32, ::static_net::layer::Dense<f32, 1352, 10>>("stage4");
    }
}
///Every representation that [`Digits`] makes of a batch, from [`Digits::activations`]. The last stage is `output` and also `stage4`.
#[repr(align(64))]
#[allow(dead_code)]
#[derive(Debug)]
pub struct DigitsActivations<
    BatchSize: ::static_net::Batch = ::static_net::nalgebra::Const<1>,
> {
    /// What went in.
    pub input: BatchSize::Matrix<f32, { (1 * 1 * 28 * 28) }>,
    ///What `relu conv(8, 3)` gives.
    pub stage1: BatchSize::Matrix<f32, { (1 * 8 * 26 * 26) }>,
    ///What `max_pool(2)` gives.
    pub stage2: BatchSize::Matrix<f32, { (1 * 8 * 13 * 13) }>,
    ///What `flatten` gives.
    pub stage3: BatchSize::Matrix<f32, 1352>,
    /// What came out.
    pub output: BatchSize::Matrix<f32, 10>,
    working_memory: ::static_net::network::Memory<f32>,
}
///What `10` gives, which is also `output`.
#[repr(transparent)]
#[allow(dead_code)]
pub struct DigitsLastStage<BatchSize: ::static_net::Batch> {
    ///What `10` gives, which is also `output`.
    pub stage4: BatchSize::Matrix<f32, 10>,
}
impl<BatchSize: ::static_net::Batch> ::core::ops::Deref
for DigitsActivations<BatchSize> {
    type Target = DigitsLastStage<BatchSize>;
    fn deref(&self) -> &Self::Target {
        unsafe { &*(&raw const self.output).cast() }
    }
}
impl<BatchSize: ::static_net::Batch> ::static_net::network::Activations
for DigitsActivations<BatchSize> {
    type Network = Digits;
    type Batch = BatchSize;
    fn empty(batch: BatchSize) -> ::static_net::alloc::boxed::Box<Self> {
        let mut activations = ::static_net::alloc::boxed::Box::<Self>::new_uninit();
        let place = activations.as_mut_ptr();
        unsafe {
            ::static_net::batch::write_zeros(&raw mut (*place).input, batch);
            ::static_net::batch::write_zeros(&raw mut (*place).stage1, batch);
            ::static_net::batch::write_zeros(&raw mut (*place).stage2, batch);
            ::static_net::batch::write_zeros(&raw mut (*place).stage3, batch);
            ::static_net::batch::write_zeros(&raw mut (*place).output, batch);
            (&raw mut (*place).working_memory)
                .write(::static_net::network::Memory::new());
            activations.assume_init()
        }
    }
    fn resize(&mut self, batch: BatchSize) {
        use ::static_net::batch::BatchMatrix as _;
        self.input.resize_batch(batch);
        self.stage1.resize_batch(batch);
        self.stage2.resize_batch(batch);
        self.stage3.resize_batch(batch);
        self.output.resize_batch(batch);
    }
    fn samples(&self) -> usize {
        ::static_net::nalgebra::Dim::value(
            &::static_net::batch::BatchMatrix::batch(&self.input),
        )
    }
    fn record<Instructions: ::static_net::simd::InstructionSet>(
        &mut self,
        network: &Self::Network,
        instructions: Instructions,
    ) {
        use ::static_net::batch::BatchMatrix as _;
        let samples = self.input.samples().len();
        let (tape, scratch) = self
            .working_memory
            .tape_and_scratch(
                Self::Network::tape_values(samples),
                Self::Network::TOTALS.forward_scratch.values(samples),
            );
        network
            .record_stages(
                self.input.values(),
                self.stage1.values_mut(),
                self.stage2.values_mut(),
                self.stage3.values_mut(),
                self.output.values_mut(),
                tape,
                &mut ::static_net::layer::Pass::new(instructions, scratch),
            );
    }
    fn train<Instructions: ::static_net::simd::InstructionSet>(
        &mut self,
        network: &mut Self::Network,
        instructions: Instructions,
        rng: &mut dyn ::static_net::rand::Rng,
    ) {
        use ::static_net::batch::BatchMatrix as _;
        let samples = self.input.samples().len();
        let (tape, scratch) = self
            .working_memory
            .tape_and_scratch(
                Self::Network::tape_values(samples),
                Self::Network::TOTALS.forward_scratch.values(samples),
            );
        network
            .train_stages(
                self.input.values(),
                self.stage1.values_mut(),
                self.stage2.values_mut(),
                self.stage3.values_mut(),
                self.output.values_mut(),
                tape,
                &mut ::static_net::layer::Pass::new(instructions, scratch),
                rng,
            );
    }
    fn backward<Instructions: ::static_net::simd::InstructionSet>(
        &self,
        network: &Self::Network,
        d_output: &mut [f32],
        d_input: ::core::option::Option<&mut [f32]>,
        gradient: &mut Self::Network,
        pass: &mut ::static_net::layer::Pass<'_, f32, Instructions>,
    ) {
        use ::static_net::batch::BatchMatrix as _;
        let samples = self.input.samples().len();
        network
            .backward_stages(
                samples,
                self.input.values(),
                self.stage1.values(),
                self.stage2.values(),
                self.stage3.values(),
                self.output.values(),
                self.working_memory.tape(Self::Network::tape_values(samples)),
                d_output,
                d_input,
                gradient,
                pass,
            );
    }
}
impl ::static_net::Network for Digits {
    type Scalar = f32;
    const NAME: &'static str = "Digits";
    const STAGES: &'static [::static_net::network::Stage] = Self::STAGES;
}
#[allow(dead_code)]
impl Digits {
    /// How many values are trained.
    pub const PARAMETERS: usize = <Self as ::static_net::Parameters<f32>>::PARAMETERS;
    /// A network whose weights are drawn for their fan-in. The same seed gives the same network.
    pub fn new<Random: ::static_net::rand::Rng + ?::core::marker::Sized>(
        rng: &mut Random,
    ) -> ::static_net::Aligned<Self> {
        ::static_net::network::new(rng)
    }
    /// A network of zeros, which is how a gradient starts.
    pub fn zeros() -> ::static_net::Aligned<Self> {
        ::static_net::Aligned::zeros()
    }
    /// The output for one sample or a batch.
    #[inline]
    pub fn forward<Given>(
        &self,
        x: &Given,
    ) -> <Given::Batch as ::static_net::Batch>::Matrix<f32, 10>
    where
        Given: ::static_net::Samples<f32, { (1 * 1 * 28 * 28) }>
            + ?::core::marker::Sized,
    {
        ::static_net::network::forward(self, x)
    }
    /// As `forward`, into memory that the caller holds.
    #[inline]
    pub fn forward_into<Given>(
        &self,
        x: &Given,
        output: &mut <Given::Batch as ::static_net::Batch>::Matrix<f32, 10>,
        workspace: &mut ::static_net::Workspace<f32>,
    )
    where
        Given: ::static_net::Samples<f32, { (1 * 1 * 28 * 28) }>
            + ?::core::marker::Sized,
    {
        ::static_net::network::forward_into(self, x, output, workspace);
    }
    /// The output and every representation on the way to it, as `backward` needs them.
    pub fn activations<Given>(
        &self,
        x: &Given,
    ) -> ::static_net::alloc::boxed::Box<DigitsActivations<Given::Batch>>
    where
        Given: ::static_net::Samples<f32, { (1 * 1 * 28 * 28) }>
            + ?::core::marker::Sized,
    {
        let mut activations = <DigitsActivations<
            Given::Batch,
        > as ::static_net::network::Activations>::empty(x.batch());
        self.activations_into(x, &mut activations);
        activations
    }
    /// As `activations`, into memory that the caller holds.
    pub fn activations_into<Given>(
        &self,
        x: &Given,
        activations: &mut DigitsActivations<Given::Batch>,
    )
    where
        Given: ::static_net::Samples<f32, { (1 * 1 * 28 * 28) }>
            + ?::core::marker::Sized,
    {
        use ::static_net::batch::BatchMatrix as _;
        ::static_net::network::Activations::resize(activations, x.batch());
        x.copy_samples(0, activations.input.samples_mut());
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
    ) -> ::static_net::alloc::boxed::Box<DigitsActivations<Given::Batch>>
    where
        Given: ::static_net::Samples<f32, { (1 * 1 * 28 * 28) }>
            + ?::core::marker::Sized,
        Random: ::static_net::rand::Rng + ?::core::marker::Sized,
    {
        let mut activations = <DigitsActivations<
            Given::Batch,
        > as ::static_net::network::Activations>::empty(x.batch());
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
        activations: &mut DigitsActivations<Given::Batch>,
    )
    where
        Given: ::static_net::Samples<f32, { (1 * 1 * 28 * 28) }>
            + ?::core::marker::Sized,
        Random: ::static_net::rand::Rng + ?::core::marker::Sized,
    {
        use ::static_net::batch::BatchMatrix as _;
        ::static_net::network::Activations::resize(activations, x.batch());
        x.copy_samples(0, activations.input.samples_mut());
        ::static_net::network::train(self, activations, &mut rng);
    }
    /// Adds to `gradient` how the loss changes with each parameter, and gives how it changes
    /// with the input. `d_output` is how it changes with the output.
    ///
    /// # Panics
    /// If `d_output` and `activations` hold different numbers of samples.
    #[track_caller]
    pub fn backward<BatchSize, DOutput>(
        &self,
        activations: &DigitsActivations<BatchSize>,
        d_output: &DOutput,
        gradient: &mut Self,
    ) -> BatchSize::Matrix<f32, { (1 * 1 * 28 * 28) }>
    where
        BatchSize: ::static_net::Batch,
        DOutput: ::static_net::samples::OutputGradient<f32, 10, BatchSize>
            + ?::core::marker::Sized,
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
        activations: &DigitsActivations<BatchSize>,
        d_output: &DOutput,
        gradient: &mut Self,
        d_input: ::core::option::Option<
            &mut BatchSize::Matrix<f32, { (1 * 1 * 28 * 28) }>,
        >,
        workspace: &mut ::static_net::Workspace<f32>,
    )
    where
        BatchSize: ::static_net::Batch,
        DOutput: ::static_net::samples::OutputGradient<f32, 10, BatchSize>
            + ?::core::marker::Sized,
    {
        ::static_net::network::backward_into(
            self,
            activations,
            d_output,
            gradient,
            d_input,
            workspace,
        );
    }
    /// All parameters, one after the other.
    pub fn state(&self) -> &[f32] {
        ::static_net::Network::state(self)
    }
    /// All parameters, to be changed.
    pub fn state_mut(&mut self) -> &mut [f32] {
        ::static_net::Network::state_mut(self)
    }
    /// Sets all values to zero, as a gradient is before the next batch adds to it.
    pub fn fill_zero(&mut self) {
        ::static_net::Network::fill_zero(self)
    }
    /// What lies where in `state`: names, shapes, ranges and kinds.
    pub fn tensors() -> ::static_net::alloc::vec::Vec<::static_net::Tensor> {
        ::static_net::Tensors::of::<f32, Self>()
    }
    /// A table of the stages: their shapes, parameters, multiplications and memory.
    pub fn summary() -> ::static_net::alloc::string::String {
        ::static_net::network::summary::<Self>()
    }
    /// A drawing of the network, as SVG.
    pub fn diagram() -> ::static_net::alloc::string::String {
        ::static_net::network::diagram::<Self>()
    }
    /// The network as a graph in the language of Graphviz.
    pub fn diagram_dot() -> ::static_net::alloc::string::String {
        ::static_net::network::diagram_dot::<Self>()
    }
    ::static_net::file_methods!();
}
#[doc(hidden)]
const COMPUTED_SIZE0: usize = ::static_net::check::sized(CHANNELS, "CHANNELS");
#[doc(hidden)]
const COMPUTED_LAYER1: ::static_net::check::Slid = ::static_net::check::slide(
    ::static_net::check::groups(
        ::static_net::check::kernel(
            ::static_net::check::spatial(::static_net::check::Site {
                name: "conv",
                gives: &[COMPUTED_SIZE0, 28, 28],
                from: "the input",
                route: &::static_net::check::Route {
                    parts: &[
                        ("[CHANNELS, 28, 28]", &[COMPUTED_SIZE0, 28, 28]),
                        ("relu conv(8, 3)", &[]),
                    ],
                    help: ("", ""),
                },
            }),
            &[3],
            "3",
        ),
        1,
        8,
    ),
    4usize,
);
#[doc(hidden)]
const COMPUTED_SHAPE1: ::static_net::shape::Dims = COMPUTED_LAYER1.output;
#[doc(hidden)]
const COMPUTED_SHAPE2: ::static_net::shape::Dims = ::static_net::check::flatten(::static_net::check::Site {
    name: "flatten",
    gives: COMPUTED_SHAPE1.sizes(),
    from: "stage 1",
    route: &::static_net::check::Route {
        parts: &[
            ("[CHANNELS, 28, 28]", &[COMPUTED_SIZE0, 28, 28]),
            ("relu conv(8, 3)", COMPUTED_SHAPE1.sizes()),
            ("flatten", &[]),
        ],
        help: ("", ""),
    },
});
///A network: `< [CHANNELS, 28, 28] => relu conv(8, 3) => flatten => 10 >`.
#[repr(C)]
#[allow(dead_code)]
struct Computed {
    ///`relu conv(8, 3)`, giving a shape computed from consts.
    pub stage1: ::static_net::layer::Conv<
        f32,
        ::static_net::shape::Rank3<COMPUTED_SIZE0, 28, 28>,
        ::static_net::shape::Computed<
            { COMPUTED_SHAPE1.rank() },
            { COMPUTED_SHAPE1.size(0) },
            { COMPUTED_SHAPE1.size(1) },
            { COMPUTED_SHAPE1.size(2) },
        >,
        ::static_net::layer::Window<
            ::static_net::layer::KernelSize<
                { COMPUTED_LAYER1.kernel[0] },
                { COMPUTED_LAYER1.kernel[1] },
            >,
            ::static_net::layer::Stride<
                { COMPUTED_LAYER1.stride[0] },
                { COMPUTED_LAYER1.stride[1] },
            >,
            ::static_net::layer::Padding<
                { COMPUTED_LAYER1.padding[0] },
                { COMPUTED_LAYER1.padding[1] },
            >,
            ::static_net::layer::Dilation<
                { COMPUTED_LAYER1.dilation[0] },
                { COMPUTED_LAYER1.dilation[1] },
            >,
        >,
        { COMPUTED_LAYER1.weight[0] },
        { COMPUTED_LAYER1.weight[1] },
        { COMPUTED_LAYER1.channels() },
        ::static_net::activation::relu,
    >,
    ///`flatten`, giving a shape computed from consts.
    pub stage2: ::static_net::layer::Reshape<
        ::static_net::shape::Computed<
            { COMPUTED_SHAPE1.rank() },
            { COMPUTED_SHAPE1.size(0) },
            { COMPUTED_SHAPE1.size(1) },
            { COMPUTED_SHAPE1.size(2) },
        >,
        ::static_net::shape::Computed<
            { COMPUTED_SHAPE2.rank() },
            { COMPUTED_SHAPE2.size(0) },
            { COMPUTED_SHAPE2.size(1) },
            { COMPUTED_SHAPE2.size(2) },
        >,
    >,
    ///`10`, giving [10].
    pub stage3: ::static_net::layer::Dense<f32, { COMPUTED_SHAPE2.len() }, 10>,
}
impl ::static_net::layer::Layer<f32> for Computed {
    type Input = ::static_net::shape::Rank3<COMPUTED_SIZE0, 28, 28>;
    type Output = ::static_net::shape::Rank1<10>;
    const TAPE: usize = Self::TOTALS.tape + Self::TOTALS.inner;
    const BATCH_TAPE: usize = Self::TOTALS.batch_tape;
    const NEEDS_OUTPUT: bool = <::static_net::layer::Dense<
        f32,
        { COMPUTED_SHAPE2.len() },
        10,
    > as ::static_net::layer::Layer<f32>>::NEEDS_OUTPUT;
    const TRAINING_SAMPLES: usize = Self::TOTALS.training_samples;
    const MULTIPLY_ADDS: usize = Self::TOTALS.multiply_adds;
    const STRUCTURE: ::static_net::network::Structure = ::static_net::network::Structure::Sequence(
        Self::STAGES,
    );
    const FORWARD_SCRATCH: ::static_net::layer::Scratch = Self::TOTALS
        .forward_scratch
        .and(Self::TOTALS.buffers());
    const BACKWARD_SCRATCH: ::static_net::layer::Scratch = Self::TOTALS
        .backward_scratch
        .and(Self::TOTALS.buffers());
    fn initialize<Random: ::static_net::rand::Rng + ?::core::marker::Sized>(
        &mut self,
        rng: &mut Random,
    ) {
        ::static_net::layer::Layer::<f32>::initialize(&mut self.stage1, rng);
        ::static_net::layer::Layer::<f32>::initialize(&mut self.stage2, rng);
        ::static_net::layer::Layer::<f32>::initialize(&mut self.stage3, rng);
    }
    #[inline(always)]
    fn forward<Instructions: ::static_net::simd::InstructionSet>(
        &self,
        input: &[::static_net::shape::Sample<Self::Input, f32>],
        output: &mut [::static_net::shape::Sample<Self::Output, f32>],
        pass: &mut ::static_net::layer::Pass<'_, f32, Instructions>,
    ) {
        use ::static_net::stage;
        let samples = input.len();
        let input = ::static_net::shape::values::<Self::Input, f32>(input);
        let output = ::static_net::shape::values_mut::<Self::Output, f32>(output);
        let (front, back, mut pass) = pass
            .buffers(samples * Self::TOTALS.front, samples * Self::TOTALS.back);
        let pass = &mut pass;
        let stage1 = &mut front[..samples * COMPUTED_SHAPE1.len()];
        stage::forward(&self.stage1, input, stage1, pass);
        let stage2 = &mut back[..samples * COMPUTED_SHAPE2.len()];
        stage::forward(&self.stage2, stage1, stage2, pass);
        stage::forward(&self.stage3, stage2, output, pass);
    }
    #[inline(always)]
    fn record<Instructions: ::static_net::simd::InstructionSet>(
        &self,
        input: &[::static_net::shape::Sample<Self::Input, f32>],
        output: &mut [::static_net::shape::Sample<Self::Output, f32>],
        tape: &mut [f32],
        pass: &mut ::static_net::layer::Pass<'_, f32, Instructions>,
    ) {
        let samples = input.len();
        let (stage1, tape) = tape.split_at_mut(samples * COMPUTED_SHAPE1.len());
        let (stage2, tape) = tape.split_at_mut(samples * COMPUTED_SHAPE2.len());
        self.record_stages(
            ::static_net::shape::values::<Self::Input, f32>(input),
            stage1,
            stage2,
            ::static_net::shape::values_mut::<Self::Output, f32>(output),
            tape,
            pass,
        );
    }
    #[inline(always)]
    fn train<Instructions: ::static_net::simd::InstructionSet>(
        &mut self,
        input: &[::static_net::shape::Sample<Self::Input, f32>],
        output: &mut [::static_net::shape::Sample<Self::Output, f32>],
        tape: &mut [f32],
        pass: &mut ::static_net::layer::Pass<'_, f32, Instructions>,
        rng: &mut dyn ::static_net::rand::Rng,
    ) {
        let samples = input.len();
        let (stage1, tape) = tape.split_at_mut(samples * COMPUTED_SHAPE1.len());
        let (stage2, tape) = tape.split_at_mut(samples * COMPUTED_SHAPE2.len());
        self.train_stages(
            ::static_net::shape::values::<Self::Input, f32>(input),
            stage1,
            stage2,
            ::static_net::shape::values_mut::<Self::Output, f32>(output),
            tape,
            pass,
            rng,
        );
    }
    #[inline(always)]
    fn backward<Instructions: ::static_net::simd::InstructionSet>(
        &self,
        step: ::static_net::layer::Backward<'_, f32, Self>,
        gradient: &mut Self,
        pass: &mut ::static_net::layer::Pass<'_, f32, Instructions>,
    ) {
        let samples = step.input.len();
        let tape = step.tape;
        let (stage1, tape) = tape.split_at(samples * COMPUTED_SHAPE1.len());
        let (stage2, tape) = tape.split_at(samples * COMPUTED_SHAPE2.len());
        self.backward_stages(
            samples,
            ::static_net::shape::values::<Self::Input, f32>(step.input),
            stage1,
            stage2,
            ::static_net::shape::values::<Self::Output, f32>(step.output),
            tape,
            ::static_net::shape::values_mut::<Self::Output, f32>(step.d_output),
            step.d_input.map(::static_net::shape::values_mut::<Self::Input, f32>),
            gradient,
            pass,
        );
    }
}
impl Computed {
    const STAGES: &'static [::static_net::network::Stage] = &[
        ::static_net::network::Stage::of::<
            f32,
            ::static_net::layer::Conv<
                f32,
                ::static_net::shape::Rank3<COMPUTED_SIZE0, 28, 28>,
                ::static_net::shape::Computed<
                    { COMPUTED_SHAPE1.rank() },
                    { COMPUTED_SHAPE1.size(0) },
                    { COMPUTED_SHAPE1.size(1) },
                    { COMPUTED_SHAPE1.size(2) },
                >,
                ::static_net::layer::Window<
                    ::static_net::layer::KernelSize<
                        { COMPUTED_LAYER1.kernel[0] },
                        { COMPUTED_LAYER1.kernel[1] },
                    >,
                    ::static_net::layer::Stride<
                        { COMPUTED_LAYER1.stride[0] },
                        { COMPUTED_LAYER1.stride[1] },
                    >,
                    ::static_net::layer::Padding<
                        { COMPUTED_LAYER1.padding[0] },
                        { COMPUTED_LAYER1.padding[1] },
                    >,
                    ::static_net::layer::Dilation<
                        { COMPUTED_LAYER1.dilation[0] },
                        { COMPUTED_LAYER1.dilation[1] },
                    >,
                >,
                { COMPUTED_LAYER1.weight[0] },
                { COMPUTED_LAYER1.weight[1] },
                { COMPUTED_LAYER1.channels() },
                ::static_net::activation::relu,
            >,
        >("stage1", "relu conv(8, 3)"),
        ::static_net::network::Stage::of::<
            f32,
            ::static_net::layer::Reshape<
                ::static_net::shape::Computed<
                    { COMPUTED_SHAPE1.rank() },
                    { COMPUTED_SHAPE1.size(0) },
                    { COMPUTED_SHAPE1.size(1) },
                    { COMPUTED_SHAPE1.size(2) },
                >,
                ::static_net::shape::Computed<
                    { COMPUTED_SHAPE2.rank() },
                    { COMPUTED_SHAPE2.size(0) },
                    { COMPUTED_SHAPE2.size(1) },
                    { COMPUTED_SHAPE2.size(2) },
                >,
            >,
        >("stage2", "flatten"),
        ::static_net::network::Stage::of::<
            f32,
            ::static_net::layer::Dense<f32, { COMPUTED_SHAPE2.len() }, 10>,
        >("stage3", "10"),
    ];
    const TOTALS: ::static_net::network::Totals = ::static_net::network::Totals::of(
        Self::STAGES,
    );
    /// How many values the stages keep of a batch for the way back.
    const fn tape_values(samples: usize) -> usize {
        samples * Self::TOTALS.tape + Self::TOTALS.batch_tape
    }
    #[inline(always)]
    #[allow(clippy::too_many_arguments)]
    fn record_stages<Instructions: ::static_net::simd::InstructionSet>(
        &self,
        input: &[f32],
        stage1: &mut [f32],
        stage2: &mut [f32],
        output: &mut [f32],
        tape: &mut [f32],
        pass: &mut ::static_net::layer::Pass<'_, f32, Instructions>,
    ) {
        use ::static_net::stage;
        let tape = stage::record(&self.stage1, input, stage1, tape, pass);
        let tape = stage::record(&self.stage2, stage1, stage2, tape, pass);
        stage::record(&self.stage3, stage2, output, tape, pass);
    }
    #[inline(always)]
    #[allow(clippy::too_many_arguments)]
    fn train_stages<Instructions: ::static_net::simd::InstructionSet>(
        &mut self,
        input: &[f32],
        stage1: &mut [f32],
        stage2: &mut [f32],
        output: &mut [f32],
        tape: &mut [f32],
        pass: &mut ::static_net::layer::Pass<'_, f32, Instructions>,
        rng: &mut dyn ::static_net::rand::Rng,
    ) {
        use ::static_net::stage;
        let tape = stage::train(&mut self.stage1, input, stage1, tape, pass, rng);
        let tape = stage::train(&mut self.stage2, stage1, stage2, tape, pass, rng);
        stage::train(&mut self.stage3, stage2, output, tape, pass, rng);
    }
    #[inline(always)]
    #[allow(clippy::too_many_arguments)]
    fn backward_stages<Instructions: ::static_net::simd::InstructionSet>(
        &self,
        samples: usize,
        input: &[f32],
        stage1: &[f32],
        stage2: &[f32],
        output: &[f32],
        tape: &[f32],
        d_output: &mut [f32],
        d_input: ::core::option::Option<&mut [f32]>,
        gradient: &mut Self,
        pass: &mut ::static_net::layer::Pass<'_, f32, Instructions>,
    ) {
        use ::static_net::stage;
        let (front, back, mut pass) = pass
            .buffers(samples * Self::TOTALS.front, samples * Self::TOTALS.back);
        let pass = &mut pass;
        let d_stage2 = &mut back[..samples * COMPUTED_SHAPE2.len()];
        let tape = stage::backward(
            &self.stage3,
            stage2,
            output,
            tape,
            d_output,
            ::core::option::Option::Some(&mut *d_stage2),
            &mut gradient.stage3,
            pass,
        );
        let d_stage1 = &mut front[..samples * COMPUTED_SHAPE1.len()];
        let tape = stage::backward(
            &self.stage2,
            stage1,
            stage2,
            tape,
            d_stage2,
            ::core::option::Option::Some(&mut *d_stage1),
            &mut gradient.stage2,
            pass,
        );
        stage::backward(
            &self.stage1,
            input,
            stage1,
            tape,
            d_stage1,
            d_input,
            &mut gradient.stage1,
            pass,
        );
    }
}
unsafe impl ::static_net::Parameters<f32> for Computed {
    const PARAMETERS: usize = Self::TOTALS.parameters;
    fn describe(tensors: &mut ::static_net::Tensors) {
        tensors
            .part::<
                f32,
                ::static_net::layer::Conv<
                    f32,
                    ::static_net::shape::Rank3<COMPUTED_SIZE0, 28, 28>,
                    ::static_net::shape::Computed<
                        { COMPUTED_SHAPE1.rank() },
                        { COMPUTED_SHAPE1.size(0) },
                        { COMPUTED_SHAPE1.size(1) },
                        { COMPUTED_SHAPE1.size(2) },
                    >,
                    ::static_net::layer::Window<
                        ::static_net::layer::KernelSize<
                            { COMPUTED_LAYER1.kernel[0] },
                            { COMPUTED_LAYER1.kernel[1] },
                        >,
                        ::static_net::layer::Stride<
                            { COMPUTED_LAYER1.stride[0] },
                            { COMPUTED_LAYER1.stride[1] },
                        >,
                        ::static_net::layer::Padding<
                            { COMPUTED_LAYER1.padding[0] },
                            { COMPUTED_LAYER1.padding[1] },
                        >,
                        ::static_net::layer::Dilation<
                            { COMPUTED_LAYER1.dilation[0] },
                            { COMPUTED_LAYER1.dilation[1] },
                        >,
                    >,
                    { COMPUTED_LAYER1.weight[0] },
                    { COMPUTED_LAYER1.weight[1] },
                    { COMPUTED_LAYER1.channels() },
                    ::static_net::activation::relu,
                >,
            >("stage1");
        tensors
            .part::<
                f32,
                ::static_net::layer::Reshape<
                    ::static_net::shape::Computed<
                        { COMPUTED_SHAPE1.rank() },
                        { COMPUTED_SHAPE1.size(0) },
                        { COMPUTED_SHAPE1.size(1) },
                        { COMPUTED_SHAPE1.size(2) },
                    >,
                    ::static_net::shape::Computed<
                        { COMPUTED_SHAPE2.rank() },
                        { COMPUTED_SHAPE2.size(0) },
                        { COMPUTED_SHAPE2.size(1) },
                        { COMPUTED_SHAPE2.size(2) },
                    >,
                >,
            >("stage2");
        tensors
            .part::<
                f32,
                ::static_net::layer::Dense<f32, { COMPUTED_SHAPE2.len() }, 10>,
            >("stage3");
    }
}
///Every representation that [`Computed`] makes of a batch, from [`Computed::activations`]. The last stage is `output` and also `stage3`.
#[repr(align(64))]
#[allow(dead_code)]
#[derive(Debug)]
struct ComputedActivations<
    BatchSize: ::static_net::Batch = ::static_net::nalgebra::Const<1>,
> {
    /// What went in.
    pub input: BatchSize::Matrix<f32, { (1 * COMPUTED_SIZE0 * 28 * 28) }>,
    ///What `relu conv(8, 3)` gives.
    pub stage1: BatchSize::Matrix<f32, { COMPUTED_SHAPE1.len() }>,
    ///What `flatten` gives.
    pub stage2: BatchSize::Matrix<f32, { COMPUTED_SHAPE2.len() }>,
    /// What came out.
    pub output: BatchSize::Matrix<f32, 10>,
    working_memory: ::static_net::network::Memory<f32>,
}
///What `10` gives, which is also `output`.
#[repr(transparent)]
#[allow(dead_code)]
struct ComputedLastStage<BatchSize: ::static_net::Batch> {
    ///What `10` gives, which is also `output`.
    pub stage3: BatchSize::Matrix<f32, 10>,
}
impl<BatchSize: ::static_net::Batch> ::core::ops::Deref
for ComputedActivations<BatchSize> {
    type Target = ComputedLastStage<BatchSize>;
    fn deref(&self) -> &Self::Target {
        unsafe { &*(&raw const self.output).cast() }
    }
}
impl<BatchSize: ::static_net::Batch> ::static_net::network::Activations
for ComputedActivations<BatchSize> {
    type Network = Computed;
    type Batch = BatchSize;
    fn empty(batch: BatchSize) -> ::static_net::alloc::boxed::Box<Self> {
        let mut activations = ::static_net::alloc::boxed::Box::<Self>::new_uninit();
        let place = activations.as_mut_ptr();
        unsafe {
            ::static_net::batch::write_zeros(&raw mut (*place).input, batch);
            ::static_net::batch::write_zeros(&raw mut (*place).stage1, batch);
            ::static_net::batch::write_zeros(&raw mut (*place).stage2, batch);
            ::static_net::batch::write_zeros(&raw mut (*place).output, batch);
            (&raw mut (*place).working_memory)
                .write(::static_net::network::Memory::new());
            activations.assume_init()
        }
    }
    fn resize(&mut self, batch: BatchSize) {
        use ::static_net::batch::BatchMatrix as _;
        self.input.resize_batch(batch);
        self.stage1.resize_batch(batch);
        self.stage2.resize_batch(batch);
        self.output.resize_batch(batch);
    }
    fn samples(&self) -> usize {
        ::static_net::nalgebra::Dim::value(
            &::static_net::batch::BatchMatrix::batch(&self.input),
        )
    }
    fn record<Instructions: ::static_net::simd::InstructionSet>(
        &mut self,
        network: &Self::Network,
        instructions: Instructions,
    ) {
        use ::static_net::batch::BatchMatrix as _;
        let samples = self.input.samples().len();
        let (tape, scratch) = self
            .working_memory
            .tape_and_scratch(
                Self::Network::tape_values(samples),
                Self::Network::TOTALS.forward_scratch.values(samples),
            );
        network
            .record_stages(
                self.input.values(),
                self.stage1.values_mut(),
                self.stage2.values_mut(),
                self.output.values_mut(),
                tape,
                &mut ::static_net::layer::Pass::new(instructions, scratch),
            );
    }
    fn train<Instructions: ::static_net::simd::InstructionSet>(
        &mut self,
        network: &mut Self::Network,
        instructions: Instructions,
        rng: &mut dyn ::static_net::rand::Rng,
    ) {
        use ::static_net::batch::BatchMatrix as _;
        let samples = self.input.samples().len();
        let (tape, scratch) = self
            .working_memory
            .tape_and_scratch(
                Self::Network::tape_values(samples),
                Self::Network::TOTALS.forward_scratch.values(samples),
            );
        network
            .train_stages(
                self.input.values(),
                self.stage1.values_mut(),
                self.stage2.values_mut(),
                self.output.values_mut(),
                tape,
                &mut ::static_net::layer::Pass::new(instructions, scratch),
                rng,
            );
    }
    fn backward<Instructions: ::static_net::simd::InstructionSet>(
        &self,
        network: &Self::Network,
        d_output: &mut [f32],
        d_input: ::core::option::Option<&mut [f32]>,
        gradient: &mut Self::Network,
        pass: &mut ::static_net::layer::Pass<'_, f32, Instructions>,
    ) {
        use ::static_net::batch::BatchMatrix as _;
        let samples = self.input.samples().len();
        network
            .backward_stages(
                samples,
                self.input.values(),
                self.stage1.values(),
                self.stage2.values(),
                self.output.values(),
                self.working_memory.tape(Self::Network::tape_values(samples)),
                d_output,
                d_input,
                gradient,
                pass,
            );
    }
}
impl ::static_net::Network for Computed {
    type Scalar = f32;
    const NAME: &'static str = "Computed";
    const STAGES: &'static [::static_net::network::Stage] = Self::STAGES;
}
#[allow(dead_code)]
impl Computed {
    /// How many values are trained.
    pub const PARAMETERS: usize = <Self as ::static_net::Parameters<f32>>::PARAMETERS;
    /// A network whose weights are drawn for their fan-in. The same seed gives the same network.
    pub fn new<Random: ::static_net::rand::Rng + ?::core::marker::Sized>(
        rng: &mut Random,
    ) -> ::static_net::Aligned<Self> {
        ::static_net::network::new(rng)
    }
    /// A network of zeros, which is how a gradient starts.
    pub fn zeros() -> ::static_net::Aligned<Self> {
        ::static_net::Aligned::zeros()
    }
    /// The output for one sample or a batch.
    #[inline]
    pub fn forward<Given>(
        &self,
        x: &Given,
    ) -> <Given::Batch as ::static_net::Batch>::Matrix<f32, 10>
    where
        Given: ::static_net::Samples<f32, { (1 * COMPUTED_SIZE0 * 28 * 28) }>
            + ?::core::marker::Sized,
    {
        ::static_net::network::forward(self, x)
    }
    /// As `forward`, into memory that the caller holds.
    #[inline]
    pub fn forward_into<Given>(
        &self,
        x: &Given,
        output: &mut <Given::Batch as ::static_net::Batch>::Matrix<f32, 10>,
        workspace: &mut ::static_net::Workspace<f32>,
    )
    where
        Given: ::static_net::Samples<f32, { (1 * COMPUTED_SIZE0 * 28 * 28) }>
            + ?::core::marker::Sized,
    {
        ::static_net::network::forward_into(self, x, output, workspace);
    }
    /// The output and every representation on the way to it, as `backward` needs them.
    pub fn activations<Given>(
        &self,
        x: &Given,
    ) -> ::static_net::alloc::boxed::Box<ComputedActivations<Given::Batch>>
    where
        Given: ::static_net::Samples<f32, { (1 * COMPUTED_SIZE0 * 28 * 28) }>
            + ?::core::marker::Sized,
    {
        let mut activations = <ComputedActivations<
            Given::Batch,
        > as ::static_net::network::Activations>::empty(x.batch());
        self.activations_into(x, &mut activations);
        activations
    }
    /// As `activations`, into memory that the caller holds.
    pub fn activations_into<Given>(
        &self,
        x: &Given,
        activations: &mut ComputedActivations<Given::Batch>,
    )
    where
        Given: ::static_net::Samples<f32, { (1 * COMPUTED_SIZE0 * 28 * 28) }>
            + ?::core::marker::Sized,
    {
        use ::static_net::batch::BatchMatrix as _;
        ::static_net::network::Activations::resize(activations, x.batch());
        x.copy_samples(0, activations.input.samples_mut());
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
    ) -> ::static_net::alloc::boxed::Box<ComputedActivations<Given::Batch>>
    where
        Given: ::static_net::Samples<f32, { (1 * COMPUTED_SIZE0 * 28 * 28) }>
            + ?::core::marker::Sized,
        Random: ::static_net::rand::Rng + ?::core::marker::Sized,
    {
        let mut activations = <ComputedActivations<
            Given::Batch,
        > as ::static_net::network::Activations>::empty(x.batch());
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
        activations: &mut ComputedActivations<Given::Batch>,
    )
    where
        Given: ::static_net::Samples<f32, { (1 * COMPUTED_SIZE0 * 28 * 28) }>
            + ?::core::marker::Sized,
        Random: ::static_net::rand::Rng + ?::core::marker::Sized,
    {
        use ::static_net::batch::BatchMatrix as _;
        ::static_net::network::Activations::resize(activations, x.batch());
        x.copy_samples(0, activations.input.samples_mut());
        ::static_net::network::train(self, activations, &mut rng);
    }
    /// Adds to `gradient` how the loss changes with each parameter, and gives how it changes
    /// with the input. `d_output` is how it changes with the output.
    ///
    /// # Panics
    /// If `d_output` and `activations` hold different numbers of samples.
    #[track_caller]
    pub fn backward<BatchSize, DOutput>(
        &self,
        activations: &ComputedActivations<BatchSize>,
        d_output: &DOutput,
        gradient: &mut Self,
    ) -> BatchSize::Matrix<f32, { (1 * COMPUTED_SIZE0 * 28 * 28) }>
    where
        BatchSize: ::static_net::Batch,
        DOutput: ::static_net::samples::OutputGradient<f32, 10, BatchSize>
            + ?::core::marker::Sized,
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
        activations: &ComputedActivations<BatchSize>,
        d_output: &DOutput,
        gradient: &mut Self,
        d_input: ::core::option::Option<
            &mut BatchSize::Matrix<f32, { (1 * COMPUTED_SIZE0 * 28 * 28) }>,
        >,
        workspace: &mut ::static_net::Workspace<f32>,
    )
    where
        BatchSize: ::static_net::Batch,
        DOutput: ::static_net::samples::OutputGradient<f32, 10, BatchSize>
            + ?::core::marker::Sized,
    {
        ::static_net::network::backward_into(
            self,
            activations,
            d_output,
            gradient,
            d_input,
            workspace,
        );
    }
    /// All parameters, one after the other.
    pub fn state(&self) -> &[f32] {
        ::static_net::Network::state(self)
    }
    /// All parameters, to be changed.
    pub fn state_mut(&mut self) -> &mut [f32] {
        ::static_net::Network::state_mut(self)
    }
    /// Sets all values to zero, as a gradient is before the next batch adds to it.
    pub fn fill_zero(&mut self) {
        ::static_net::Network::fill_zero(self)
    }
    /// What lies where in `state`: names, shapes, ranges and kinds.
    pub fn tensors() -> ::static_net::alloc::vec::Vec<::static_net::Tensor> {
        ::static_net::Tensors::of::<f32, Self>()
    }
    /// A table of the stages: their shapes, parameters, multiplications and memory.
    pub fn summary() -> ::static_net::alloc::string::String {
        ::static_net::network::summary::<Self>()
    }
    /// A drawing of the network, as SVG.
    pub fn diagram() -> ::static_net::alloc::string::String {
        ::static_net::network::diagram::<Self>()
    }
    /// The network as a graph in the language of Graphviz.
    pub fn diagram_dot() -> ::static_net::alloc::string::String {
        ::static_net::network::diagram_dot::<Self>()
    }
    ::static_net::file_methods!();
}
const _: () = ::static_net::check::takes_vector(
    COMPUTED_SHAPE2.sizes(),
    3usize,
    "stage 2",
    &::static_net::check::Route {
        parts: &[
            ("[CHANNELS, 28, 28]", &[COMPUTED_SIZE0, 28, 28]),
            ("relu conv(8, 3)", COMPUTED_SHAPE1.sizes()),
            ("flatten", COMPUTED_SHAPE2.sizes()),
            ("10", &[]),
        ],
        help: ("", ""),
    },
);
