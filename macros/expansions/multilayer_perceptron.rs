// /// Learns two hidden representations of a 10-dimensional input.
// pub struct Net< 10 => relu 32 => latent: relu 16 => 2 >;

/// Learns two hidden representations of a 10-dimensional input.
#[repr(C)]
#[allow(dead_code)]
pub struct Net {
    ///`relu 32`, giving [32].
    pub stage1: ::static_net::layer::Dense<f32, 10, 32, ::static_net::activation::relu>,
    ///`latent: relu 16`, giving [16].
    pub latent: ::static_net::layer::Dense<f32, 32, 16, ::static_net::activation::relu>,
    ///`2`, giving [2].
    pub stage3: ::static_net::layer::Dense<f32, 16, 2>,
}
impl ::static_net::layer::Layer<f32> for Net {
    type Input = ::static_net::shape::Rank1<10>;
    type Output = ::static_net::shape::Rank1<2>;
    const TAPE: usize = Self::TOTALS.tape + Self::TOTALS.inner;
    const BATCH_TAPE: usize = Self::TOTALS.batch_tape;
    const NEEDS_OUTPUT: bool = <::static_net::layer::Dense<
        f32,
        16,
        2,
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
        ::static_net::layer::Layer::<f32>::initialize(&mut self.latent, rng);
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
        let stage1 = &mut front[..samples * 32];
        stage::forward(&self.stage1, input, stage1, pass);
        let latent = &mut back[..samples * 16];
        stage::forward(&self.latent, stage1, latent, pass);
        stage::forward(&self.stage3, latent, output, pass);
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
        let (stage1, tape) = tape.split_at_mut(samples * 32);
        let (latent, tape) = tape.split_at_mut(samples * 16);
        self.record_stages(
            ::static_net::shape::values::<Self::Input, f32>(input),
            stage1,
            latent,
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
        let (stage1, tape) = tape.split_at_mut(samples * 32);
        let (latent, tape) = tape.split_at_mut(samples * 16);
        self.train_stages(
            ::static_net::shape::values::<Self::Input, f32>(input),
            stage1,
            latent,
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
        let (stage1, tape) = tape.split_at(samples * 32);
        let (latent, tape) = tape.split_at(samples * 16);
        self.backward_stages(
            samples,
            ::static_net::shape::values::<Self::Input, f32>(step.input),
            stage1,
            latent,
            ::static_net::shape::values::<Self::Output, f32>(step.output),
            tape,
            ::static_net::shape::values_mut::<Self::Output, f32>(step.d_output),
            step.d_input.map(::static_net::shape::values_mut::<Self::Input, f32>),
            gradient,
            pass,
        );
    }
}
impl Net {
    const STAGES: &'static [::static_net::network::Stage] = &[
        ::static_net::network::Stage::of::<
            f32,
            ::static_net::layer::Dense<f32, 10, 32, ::static_net::activation::relu>,
        >("stage1", ::static_net::network::LayerKind::Affine.written("relu", "32")),
        ::static_net::network::Stage::of::<
            f32,
            ::static_net::layer::Dense<f32, 32, 16, ::static_net::activation::relu>,
        >("latent", ::static_net::network::LayerKind::Affine.written("relu", "16")),
        ::static_net::network::Stage::of::<
            f32,
            ::static_net::layer::Dense<f32, 16, 2>,
        >("stage3", ::static_net::network::LayerKind::Affine.written("", "2")),
    ];
    const TOTALS: ::static_net::network::Totals = ::static_net::network::Totals::of(
        Self::STAGES,
    );
    /// How many values the stages keep of a batch for the way back.
    const fn tape_values(samples: usize) -> usize {
        Self::TOTALS.tape_values(samples)
    }
    #[inline(always)]
    #[allow(clippy::too_many_arguments)]
    fn record_stages<Instructions: ::static_net::simd::InstructionSet>(
        &self,
        input: &[f32],
        stage1: &mut [f32],
        latent: &mut [f32],
        output: &mut [f32],
        tape: &mut [f32],
        pass: &mut ::static_net::layer::Pass<'_, f32, Instructions>,
    ) {
        use ::static_net::stage;
        let tape = stage::record(&self.stage1, input, stage1, tape, pass);
        let tape = stage::record(&self.latent, stage1, latent, tape, pass);
        stage::record(&self.stage3, latent, output, tape, pass);
    }
    #[inline(always)]
    #[allow(clippy::too_many_arguments)]
    fn train_stages<Instructions: ::static_net::simd::InstructionSet>(
        &mut self,
        input: &[f32],
        stage1: &mut [f32],
        latent: &mut [f32],
        output: &mut [f32],
        tape: &mut [f32],
        pass: &mut ::static_net::layer::Pass<'_, f32, Instructions>,
        rng: &mut dyn ::static_net::rand::Rng,
    ) {
        use ::static_net::stage;
        let tape = stage::train(&mut self.stage1, input, stage1, tape, pass, rng);
        let tape = stage::train(&mut self.latent, stage1, latent, tape, pass, rng);
        stage::train(&mut self.stage3, latent, output, tape, pass, rng);
    }
    #[inline(always)]
    #[allow(clippy::too_many_arguments)]
    fn backward_stages<Instructions: ::static_net::simd::InstructionSet>(
        &self,
        samples: usize,
        input: &[f32],
        stage1: &[f32],
        latent: &[f32],
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
        let d_latent = &mut back[..samples * 16];
        let tape = stage::backward(
            &self.stage3,
            latent,
            output,
            tape,
            d_output,
            ::core::option::Option::Some(&mut *d_latent),
            &mut gradient.stage3,
            pass,
        );
        let d_stage1 = &mut front[..samples * 32];
        let tape = stage::backward(
            &self.latent,
            stage1,
            latent,
            tape,
            d_latent,
            ::core::option::Option::Some(&mut *d_stage1),
            &mut gradient.latent,
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
unsafe impl ::static_net::Parameters<f32> for Net {
    const PARAMETERS: usize = Self::TOTALS.parameters;
    const VALUES: usize = Self::TOTALS.values;
    fn describe(tensors: &mut ::static_net::Tensors) {
        tensors
            .part::<
                f32,
                ::static_net::layer::Dense<f32, 10, 32, ::static_net::activation::relu>,
            >("stage1");
        tensors
            .part::<
                f32,
                ::static_net::layer::Dense<f32, 32, 16, ::static_net::activation::relu>,
            >("latent");
        tensors.part::<f32, ::static_net::layer::Dense<f32, 16, 2>>("stage3");
    }
}
impl<Time: ::static_net::layer::TimeAxis> ::static_net::layer::Streaming<f32, Time>
for Net
where
    ::static_net::layer::Dense<
        f32,
        10,
        32,
        ::static_net::activation::relu,
    >: ::static_net::layer::Streaming<f32, Time, Behind = Time>,
    ::static_net::layer::Dense<
        f32,
        32,
        16,
        ::static_net::activation::relu,
    >: ::static_net::layer::Streaming<f32, Time, Behind = Time>,
    ::static_net::layer::Dense<
        f32,
        16,
        2,
    >: ::static_net::layer::Streaming<f32, Time, Behind = Time>,
{
    type Behind = Time;
    const MEMORY: ::static_net::layer::StreamMemory = ::static_net::layer::StreamMemory::of(
        &[
            ::static_net::layer::StepStage::of::<
                f32,
                ::static_net::layer::Dense<f32, 10, 32, ::static_net::activation::relu>,
                Time,
            >(),
            ::static_net::layer::StepStage::of::<
                f32,
                ::static_net::layer::Dense<f32, 32, 16, ::static_net::activation::relu>,
                Time,
            >(),
            ::static_net::layer::StepStage::of::<
                f32,
                ::static_net::layer::Dense<f32, 16, 2>,
                Time,
            >(),
        ],
    );
    #[inline(always)]
    fn step<Instructions: ::static_net::simd::InstructionSet>(
        &self,
        input: &[f32],
        output: &mut [f32],
        state: &mut [f32],
        position: usize,
        pass: &mut ::static_net::layer::Pass<'_, f32, Instructions>,
    ) {
        use ::static_net::stage;
        let memory = const {
            <Self as ::static_net::layer::Streaming<f32, Time>>::MEMORY
        };
        let (front, back, mut pass) = pass.buffers(memory.front, memory.back);
        let pass = &mut pass;
        let (stage1, state) = stage::step::<
            f32,
            ::static_net::layer::Dense<f32, 10, 32, ::static_net::activation::relu>,
            Time,
            Instructions,
            _,
        >(&self.stage1, input, front, state, position, pass);
        let (latent, state) = stage::step::<
            f32,
            ::static_net::layer::Dense<f32, 32, 16, ::static_net::activation::relu>,
            Time,
            Instructions,
            _,
        >(&self.latent, stage1, back, state, position, pass);
        stage::step::<
            f32,
            ::static_net::layer::Dense<f32, 16, 2>,
            Time,
            Instructions,
            _,
        >(&self.stage3, latent, output, state, position, pass);
    }
}
///Every representation that [`Net`] makes of a batch, from [`Net::activations`]. The last stage is `output` and also `stage3`.
#[repr(align(64))]
#[allow(dead_code)]
#[derive(Debug)]
pub struct NetActivations<
    BatchSize: ::static_net::Batch = ::static_net::nalgebra::Const<1>,
> {
    /// What went in.
    pub input: BatchSize::Matrix<f32, 10>,
    ///What `relu 32` gives.
    pub stage1: BatchSize::Matrix<f32, 32>,
    ///What `latent: relu 16` gives.
    pub latent: BatchSize::Matrix<f32, 16>,
    /// What came out.
    pub output: BatchSize::Matrix<f32, 2>,
    working_memory: ::static_net::network::Memory<f32>,
}
///What `2` gives, which is also `output`.
#[repr(transparent)]
#[allow(dead_code)]
pub struct NetLastStage<BatchSize: ::static_net::Batch> {
    ///What `2` gives, which is also `output`.
    pub stage3: BatchSize::Matrix<f32, 2>,
}
impl<BatchSize: ::static_net::Batch> ::core::ops::Deref for NetActivations<BatchSize> {
    type Target = NetLastStage<BatchSize>;
    fn deref(&self) -> &Self::Target {
        unsafe { &*(&raw const self.output).cast() }
    }
}
impl<BatchSize: ::static_net::Batch> ::static_net::network::Activations
for NetActivations<BatchSize> {
    type Network = Net;
    type Batch = BatchSize;
    fn empty(batch: BatchSize) -> ::static_net::alloc::boxed::Box<Self> {
        let mut activations = ::static_net::alloc::boxed::Box::<Self>::new_uninit();
        let place = activations.as_mut_ptr();
        unsafe {
            ::static_net::batch::write_zeros(&raw mut (*place).input, batch);
            ::static_net::batch::write_zeros(&raw mut (*place).stage1, batch);
            ::static_net::batch::write_zeros(&raw mut (*place).latent, batch);
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
        self.latent.resize_batch(batch);
        self.output.resize_batch(batch);
    }
    fn samples(&self) -> usize {
        ::static_net::nalgebra::Dim::value(
            &::static_net::batch::BatchMatrix::batch(&self.input),
        )
    }
    fn visit(&self, visitor: &mut dyn ::core::ops::FnMut(&[f32])) {
        use ::static_net::batch::BatchMatrix as _;
        visitor(self.input.values());
        visitor(self.stage1.values());
        visitor(self.latent.values());
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
                self.latent.values_mut(),
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
                self.latent.values_mut(),
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
                self.latent.values(),
                self.output.values(),
                self.working_memory.tape(Self::Network::tape_values(samples)),
                d_output,
                d_input,
                gradient,
                pass,
            );
    }
}
impl ::static_net::Network for Net {
    type Scalar = f32;
    const NAME: &'static str = "Net";
    const STAGES: &'static [::static_net::network::Stage] = Self::STAGES;
}
impl<Given> ::static_net::network::Takes<Given> for Net
where
    Given: ::static_net::Samples<f32, 10> + ?::core::marker::Sized,
{
    type Activations = NetActivations<Given::Batch>;
    #[track_caller]
    fn represent(
        &self,
        x: &Given,
    ) -> ::static_net::alloc::boxed::Box<Self::Activations> {
        self.activations(x)
    }
}
#[allow(dead_code)]
impl Net {
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
    ) -> <Given::Batch as ::static_net::Batch>::Matrix<f32, 2>
    where
        Given: ::static_net::Samples<f32, 10> + ?::core::marker::Sized,
    {
        ::static_net::network::forward(self, x)
    }
    /// As `forward`, into memory that the caller holds.
    #[inline]
    pub fn forward_into<Given>(
        &self,
        x: &Given,
        output: &mut <Given::Batch as ::static_net::Batch>::Matrix<f32, 2>,
        workspace: &mut ::static_net::Workspace<f32>,
    )
    where
        Given: ::static_net::Samples<f32, 10> + ?::core::marker::Sized,
    {
        ::static_net::network::forward_into(self, x, output, workspace);
    }
    /// The network ready to take a sequence step by step: it gives for each step what `forward` gives
    /// for it, and remembers what it needs of the steps before.
    pub fn stream<Time, const STEP_INPUT: usize, const STEP_OUTPUT: usize>(
        &self,
    ) -> ::static_net::Stream<&Self, STEP_INPUT, STEP_OUTPUT>
    where
        Self: ::static_net::layer::Streaming<f32, Time>,
        Time: ::static_net::layer::TimeAxis,
        <Self as ::static_net::layer::Layer<
            f32,
        >>::Input: ::static_net::layer::Sequence<
            Time,
            Step = ::static_net::shape::Rank1<STEP_INPUT>,
        >,
        <Self as ::static_net::layer::Layer<
            f32,
        >>::Output: ::static_net::layer::Sequence<
            <Self as ::static_net::layer::Streaming<f32, Time>>::Behind,
            Step = ::static_net::shape::Rank1<STEP_OUTPUT>,
        >,
    {
        ::static_net::Stream::new(self)
    }
    /// The output and every representation on the way to it, as `backward` needs them.
    pub fn activations<Given>(
        &self,
        x: &Given,
    ) -> ::static_net::alloc::boxed::Box<NetActivations<Given::Batch>>
    where
        Given: ::static_net::Samples<f32, 10> + ?::core::marker::Sized,
    {
        let mut activations = <NetActivations<
            Given::Batch,
        > as ::static_net::network::Activations>::empty(x.batch());
        self.activations_into(x, &mut activations);
        activations
    }
    /// As `activations`, into memory that the caller holds.
    pub fn activations_into<Given>(
        &self,
        x: &Given,
        activations: &mut NetActivations<Given::Batch>,
    )
    where
        Given: ::static_net::Samples<f32, 10> + ?::core::marker::Sized,
    {
        use ::static_net::batch::BatchMatrix as _;
        ::static_net::network::Activations::resize(activations, x.batch());
        ::static_net::network::copy_input::<
            Self,
            _,
            _,
        >(x, activations.input.samples_mut());
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
    ) -> ::static_net::alloc::boxed::Box<NetActivations<Given::Batch>>
    where
        Given: ::static_net::Samples<f32, 10> + ?::core::marker::Sized,
        Random: ::static_net::rand::Rng + ?::core::marker::Sized,
    {
        let mut activations = <NetActivations<
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
        activations: &mut NetActivations<Given::Batch>,
    )
    where
        Given: ::static_net::Samples<f32, 10> + ?::core::marker::Sized,
        Random: ::static_net::rand::Rng + ?::core::marker::Sized,
    {
        use ::static_net::batch::BatchMatrix as _;
        ::static_net::network::Activations::resize(activations, x.batch());
        ::static_net::network::copy_input::<
            Self,
            _,
            _,
        >(x, activations.input.samples_mut());
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
        activations: &NetActivations<BatchSize>,
        d_output: &DOutput,
        gradient: &mut Self,
    ) -> BatchSize::Matrix<f32, 10>
    where
        BatchSize: ::static_net::Batch,
        DOutput: ::static_net::samples::OutputGradient<f32, 2, BatchSize>
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
        activations: &NetActivations<BatchSize>,
        d_output: &DOutput,
        gradient: &mut Self,
        d_input: ::core::option::Option<&mut BatchSize::Matrix<f32, 10>>,
        workspace: &mut ::static_net::Workspace<f32>,
    )
    where
        BatchSize: ::static_net::Batch,
        DOutput: ::static_net::samples::OutputGradient<f32, 2, BatchSize>
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
    ::static_net::diagram_methods!();
    ::static_net::file_methods!();
}
const _: () = ::static_net::check::layout::<f32, Net>();
