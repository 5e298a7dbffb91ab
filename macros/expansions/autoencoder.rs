// pub struct Autoencoder< f64, const CODE: usize; PIXELS => gelu 32 => code: tanh CODE
// => decoder: Decoder<CODE> => [PIXELS] => sigmoid >;

#[doc(hidden)]
#[allow(dead_code)]
const AUTOENCODER_VALUE0: usize = PIXELS;
#[doc(hidden)]
#[allow(dead_code)]
const AUTOENCODER_SIZE0: usize = ::static_net::check::sized(
    AUTOENCODER_VALUE0,
    "PIXELS",
);
#[doc(hidden)]
#[allow(dead_code)]
const AUTOENCODER_STAGE3: usize = ::static_net::check::layer::<f64, Decoder<1>>();
#[doc(hidden)]
#[allow(dead_code)]
const AUTOENCODER_KIND3: usize = ::static_net::check::kind(
    <<::static_net::stage::Checked<
        Decoder<1>,
        AUTOENCODER_STAGE3,
    > as ::static_net::layer::Layer<
        f64,
    >>::Input as ::static_net::shape::Shape>::VOCABULARIES,
    &[],
    "stage 3 `Decoder<CODE>`",
    &::static_net::check::Context {
        from: "stage 2 `code`",
        route: &[
            ("PIXELS", &[AUTOENCODER_SIZE0]),
            ("gelu 32", &[]),
            ("code: tanh CODE", &[]),
            ("decoder: Decoder<CODE>", &[]),
        ],
        around: (
            "< f64, const CODE: usize; PIXELS => gelu 32 => code: tanh CODE => ",
            " => [PIXELS] => sigmoid >",
        ),
    },
);
#[doc(hidden)]
#[allow(dead_code)]
const AUTOENCODER_VALUE4: usize = PIXELS;
#[doc(hidden)]
#[allow(dead_code)]
const AUTOENCODER_SIZE4: usize = ::static_net::check::sized(
    AUTOENCODER_VALUE4,
    "PIXELS",
);
///A network: `< f64, const CODE: usize; PIXELS => gelu 32 => code: tanh CODE => decoder: Decoder<CODE> => [PIXELS] => sigmoid >`.
#[repr(C)]
#[allow(dead_code)]
pub struct Autoencoder<const CODE: usize> {
    ///`gelu 32`, giving [32].
    pub stage1: ::static_net::layer::Dense<
        f64,
        AUTOENCODER_SIZE0,
        32,
        ::static_net::activation::gelu,
    >,
    ///`code: tanh CODE`, giving [CODE].
    pub code: ::static_net::layer::Dense<f64, 32, CODE, ::static_net::activation::tanh>,
    ///`decoder: Decoder<CODE>`, giving [PIXELS].
    pub decoder: ::static_net::stage::Checked<Decoder<CODE>, AUTOENCODER_KIND3>,
    ///`sigmoid`, giving [PIXELS].
    pub stage4: ::static_net::layer::Activate<
        ::static_net::activation::sigmoid,
        ::static_net::shape::Rank1<AUTOENCODER_SIZE4>,
    >,
}
impl<const CODE: usize> ::static_net::layer::Layer<f64> for Autoencoder<CODE> {
    type Input = ::static_net::shape::Rank1<AUTOENCODER_SIZE0>;
    type Output = ::static_net::shape::Rank1<AUTOENCODER_SIZE4>;
    const CHECKS: () = {
        <::static_net::stage::Checked<
            Decoder<CODE>,
            AUTOENCODER_KIND3,
        > as ::static_net::layer::Layer<f64>>::CHECKS;
        ::static_net::check::size(CODE, "CODE");
        ::static_net::check::accepts(
            <<::static_net::stage::Checked<
                Decoder<CODE>,
                AUTOENCODER_KIND3,
            > as ::static_net::layer::Layer<
                f64,
            >>::Input as ::static_net::shape::Shape>::DIMS,
            &[CODE],
            "stage 3 `Decoder<CODE>`",
            ::static_net::check::Ending::Taker("decoder: Decoder<CODE>"),
            &::static_net::check::Context {
                from: "stage 2 `code`",
                route: &[
                    ("PIXELS", &[AUTOENCODER_SIZE0]),
                    ("gelu 32", &[]),
                    ("code: tanh CODE", &[CODE]),
                    ("decoder: Decoder<CODE>", &[]),
                ],
                around: (
                    "< f64, const CODE: usize; PIXELS => gelu 32 => code: tanh CODE => ",
                    " => [PIXELS] => sigmoid >",
                ),
            },
        );
        ::static_net::check::holds(
            &[AUTOENCODER_SIZE4],
            <<::static_net::stage::Checked<
                Decoder<CODE>,
                AUTOENCODER_KIND3,
            > as ::static_net::layer::Layer<
                f64,
            >>::Output as ::static_net::shape::Shape>::DIMS,
            &::static_net::check::Context {
                from: "stage 3 `decoder`",
                route: &[
                    ("PIXELS", &[AUTOENCODER_SIZE0]),
                    ("gelu 32", &[]),
                    ("code: tanh CODE", &[CODE]),
                    (
                        "decoder: Decoder<CODE>",
                        <<::static_net::stage::Checked<
                            Decoder<CODE>,
                            AUTOENCODER_KIND3,
                        > as ::static_net::layer::Layer<
                            f64,
                        >>::Output as ::static_net::shape::Shape>::DIMS,
                    ),
                    ("[PIXELS]", &[]),
                ],
                around: (
                    "< f64, const CODE: usize; PIXELS => gelu 32 => code: tanh CODE => decoder: Decoder<CODE> => ",
                    " => sigmoid >",
                ),
            },
        );
    };
    const TAPE: usize = Self::TOTALS.tape + Self::TOTALS.inner;
    const BATCH_TAPE: usize = Self::TOTALS.batch_tape;
    const NEEDS_OUTPUT: bool = <::static_net::layer::Activate<
        ::static_net::activation::sigmoid,
        ::static_net::shape::Rank1<AUTOENCODER_SIZE4>,
    > as ::static_net::layer::Layer<f64>>::NEEDS_OUTPUT;
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
        ::static_net::layer::Layer::<f64>::initialize(&mut self.stage1, rng);
        ::static_net::layer::Layer::<f64>::initialize(&mut self.code, rng);
        ::static_net::layer::Layer::<f64>::initialize(&mut self.decoder, rng);
        ::static_net::layer::Layer::<f64>::initialize(&mut self.stage4, rng);
    }
    #[inline(always)]
    fn forward<Instructions: ::static_net::simd::InstructionSet>(
        &self,
        input: &[::static_net::shape::Sample<Self::Input, f64>],
        output: &mut [::static_net::shape::Sample<Self::Output, f64>],
        pass: &mut ::static_net::layer::Pass<'_, f64, Instructions>,
    ) {
        use ::static_net::stage;
        let samples = input.len();
        let input = ::static_net::shape::values::<Self::Input, f64>(input);
        let output = ::static_net::shape::values_mut::<Self::Output, f64>(output);
        let (front, back, mut pass) = pass
            .buffers(samples * Self::TOTALS.front, samples * Self::TOTALS.back);
        let pass = &mut pass;
        let stage1 = &mut front[..samples * 32];
        stage::forward(&self.stage1, input, stage1, pass);
        let code = &mut back[..samples * CODE];
        stage::forward(&self.code, stage1, code, pass);
        let decoder = &mut front[..samples * AUTOENCODER_SIZE4];
        stage::forward(&self.decoder, code, decoder, pass);
        stage::forward(&self.stage4, decoder, output, pass);
    }
    #[inline(always)]
    fn record<Instructions: ::static_net::simd::InstructionSet>(
        &self,
        input: &[::static_net::shape::Sample<Self::Input, f64>],
        output: &mut [::static_net::shape::Sample<Self::Output, f64>],
        tape: &mut [f64],
        pass: &mut ::static_net::layer::Pass<'_, f64, Instructions>,
    ) {
        let samples = input.len();
        let (stage1, tape) = tape.split_at_mut(samples * 32);
        let (code, tape) = tape.split_at_mut(samples * CODE);
        let (decoder, tape) = tape.split_at_mut(samples * AUTOENCODER_SIZE4);
        self.record_stages(
            ::static_net::shape::values::<Self::Input, f64>(input),
            stage1,
            code,
            decoder,
            ::static_net::shape::values_mut::<Self::Output, f64>(output),
            tape,
            pass,
        );
    }
    #[inline(always)]
    fn train<Instructions: ::static_net::simd::InstructionSet>(
        &mut self,
        input: &[::static_net::shape::Sample<Self::Input, f64>],
        output: &mut [::static_net::shape::Sample<Self::Output, f64>],
        tape: &mut [f64],
        pass: &mut ::static_net::layer::Pass<'_, f64, Instructions>,
        rng: &mut dyn ::static_net::rand::Rng,
    ) {
        let samples = input.len();
        let (stage1, tape) = tape.split_at_mut(samples * 32);
        let (code, tape) = tape.split_at_mut(samples * CODE);
        let (decoder, tape) = tape.split_at_mut(samples * AUTOENCODER_SIZE4);
        self.train_stages(
            ::static_net::shape::values::<Self::Input, f64>(input),
            stage1,
            code,
            decoder,
            ::static_net::shape::values_mut::<Self::Output, f64>(output),
            tape,
            pass,
            rng,
        );
    }
    #[inline(always)]
    fn backward<Instructions: ::static_net::simd::InstructionSet>(
        &self,
        step: ::static_net::layer::Backward<'_, f64, Self>,
        gradient: &mut Self,
        pass: &mut ::static_net::layer::Pass<'_, f64, Instructions>,
    ) {
        let samples = step.input.len();
        let tape = step.tape;
        let (stage1, tape) = tape.split_at(samples * 32);
        let (code, tape) = tape.split_at(samples * CODE);
        let (decoder, tape) = tape.split_at(samples * AUTOENCODER_SIZE4);
        self.backward_stages(
            samples,
            ::static_net::shape::values::<Self::Input, f64>(step.input),
            stage1,
            code,
            decoder,
            ::static_net::shape::values::<Self::Output, f64>(step.output),
            tape,
            ::static_net::shape::values_mut::<Self::Output, f64>(step.d_output),
            step.d_input.map(::static_net::shape::values_mut::<Self::Input, f64>),
            gradient,
            pass,
        );
    }
}
impl<const CODE: usize> Autoencoder<CODE> {
    const STAGES: &'static [::static_net::network::Stage] = &[
        ::static_net::network::Stage::of::<
            f64,
            ::static_net::layer::Dense<
                f64,
                AUTOENCODER_SIZE0,
                32,
                ::static_net::activation::gelu,
            >,
        >("stage1", ::static_net::network::LayerKind::Affine.written("gelu", "32")),
        ::static_net::network::Stage::of::<
            f64,
            ::static_net::layer::Dense<f64, 32, CODE, ::static_net::activation::tanh>,
        >("code", ::static_net::network::LayerKind::Affine.written("tanh", "CODE")),
        ::static_net::network::Stage::of::<
            f64,
            ::static_net::stage::Checked<Decoder<CODE>, AUTOENCODER_KIND3>,
        >(
            "decoder",
            ::static_net::network::LayerKind::Other.written("", "Decoder<CODE>"),
        ),
        ::static_net::network::Stage::of::<
            f64,
            ::static_net::layer::Activate<
                ::static_net::activation::sigmoid,
                ::static_net::shape::Rank1<AUTOENCODER_SIZE4>,
            >,
        >(
            "stage4",
            ::static_net::network::LayerKind::Nonlinearity.written("sigmoid", ""),
        ),
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
        input: &[f64],
        stage1: &mut [f64],
        code: &mut [f64],
        decoder: &mut [f64],
        output: &mut [f64],
        tape: &mut [f64],
        pass: &mut ::static_net::layer::Pass<'_, f64, Instructions>,
    ) {
        use ::static_net::stage;
        let tape = stage::record(&self.stage1, input, stage1, tape, pass);
        let tape = stage::record(&self.code, stage1, code, tape, pass);
        let tape = stage::record(&self.decoder, code, decoder, tape, pass);
        stage::record(&self.stage4, decoder, output, tape, pass);
    }
    #[inline(always)]
    #[allow(clippy::too_many_arguments)]
    fn train_stages<Instructions: ::static_net::simd::InstructionSet>(
        &mut self,
        input: &[f64],
        stage1: &mut [f64],
        code: &mut [f64],
        decoder: &mut [f64],
        output: &mut [f64],
        tape: &mut [f64],
        pass: &mut ::static_net::layer::Pass<'_, f64, Instructions>,
        rng: &mut dyn ::static_net::rand::Rng,
    ) {
        use ::static_net::stage;
        let tape = stage::train(&mut self.stage1, input, stage1, tape, pass, rng);
        let tape = stage::train(&mut self.code, stage1, code, tape, pass, rng);
        let tape = stage::train(&mut self.decoder, code, decoder, tape, pass, rng);
        stage::train(&mut self.stage4, decoder, output, tape, pass, rng);
    }
    #[inline(always)]
    #[allow(clippy::too_many_arguments)]
    fn backward_stages<Instructions: ::static_net::simd::InstructionSet>(
        &self,
        samples: usize,
        input: &[f64],
        stage1: &[f64],
        code: &[f64],
        decoder: &[f64],
        output: &[f64],
        tape: &[f64],
        d_output: &mut [f64],
        d_input: ::core::option::Option<&mut [f64]>,
        gradient: &mut Self,
        pass: &mut ::static_net::layer::Pass<'_, f64, Instructions>,
    ) {
        use ::static_net::stage;
        let (front, back, mut pass) = pass
            .buffers(samples * Self::TOTALS.front, samples * Self::TOTALS.back);
        let pass = &mut pass;
        let d_decoder = &mut front[..samples * AUTOENCODER_SIZE4];
        let tape = stage::backward(
            &self.stage4,
            decoder,
            output,
            tape,
            d_output,
            ::core::option::Option::Some(&mut *d_decoder),
            &mut gradient.stage4,
            pass,
        );
        let d_code = &mut back[..samples * CODE];
        let tape = stage::backward(
            &self.decoder,
            code,
            decoder,
            tape,
            d_decoder,
            ::core::option::Option::Some(&mut *d_code),
            &mut gradient.decoder,
            pass,
        );
        let d_stage1 = &mut front[..samples * 32];
        let tape = stage::backward(
            &self.code,
            stage1,
            code,
            tape,
            d_code,
            ::core::option::Option::Some(&mut *d_stage1),
            &mut gradient.code,
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
unsafe impl<const CODE: usize> ::static_net::Parameters<f64> for Autoencoder<CODE> {
    const PARAMETERS: usize = Self::TOTALS.parameters;
    const VALUES: usize = Self::TOTALS.values;
    fn describe(tensors: &mut ::static_net::Tensors) {
        tensors
            .part::<
                f64,
                ::static_net::layer::Dense<
                    f64,
                    AUTOENCODER_SIZE0,
                    32,
                    ::static_net::activation::gelu,
                >,
            >("stage1");
        tensors
            .part::<
                f64,
                ::static_net::layer::Dense<f64, 32, CODE, ::static_net::activation::tanh>,
            >("code");
        tensors
            .part::<
                f64,
                ::static_net::stage::Checked<Decoder<CODE>, AUTOENCODER_KIND3>,
            >("decoder");
        tensors
            .part::<
                f64,
                ::static_net::layer::Activate<
                    ::static_net::activation::sigmoid,
                    ::static_net::shape::Rank1<AUTOENCODER_SIZE4>,
                >,
            >("stage4");
    }
}
impl<
    const CODE: usize,
    Time: ::static_net::layer::TimeAxis,
    Time2: ::static_net::layer::TimeAxis,
> ::static_net::layer::Streaming<f64, Time> for Autoencoder<CODE>
where
    ::static_net::layer::Dense<
        f64,
        AUTOENCODER_SIZE0,
        32,
        ::static_net::activation::gelu,
    >: ::static_net::layer::Streaming<f64, Time, Behind = Time>,
    ::static_net::layer::Dense<
        f64,
        32,
        CODE,
        ::static_net::activation::tanh,
    >: ::static_net::layer::Streaming<f64, Time, Behind = Time>,
    ::static_net::stage::Checked<
        Decoder<CODE>,
        AUTOENCODER_KIND3,
    >: ::static_net::layer::Streaming<f64, Time, Behind = Time2>,
    ::static_net::layer::Activate<
        ::static_net::activation::sigmoid,
        ::static_net::shape::Rank1<AUTOENCODER_SIZE4>,
    >: ::static_net::layer::Streaming<f64, Time2, Behind = Time2>,
{
    type Behind = Time2;
    const MEMORY: ::static_net::layer::StreamMemory = ::static_net::layer::StreamMemory::of(
        &[
            ::static_net::layer::StepStage::of::<
                f64,
                ::static_net::layer::Dense<
                    f64,
                    AUTOENCODER_SIZE0,
                    32,
                    ::static_net::activation::gelu,
                >,
                Time,
            >(),
            ::static_net::layer::StepStage::of::<
                f64,
                ::static_net::layer::Dense<
                    f64,
                    32,
                    CODE,
                    ::static_net::activation::tanh,
                >,
                Time,
            >(),
            ::static_net::layer::StepStage::of::<
                f64,
                ::static_net::stage::Checked<Decoder<CODE>, AUTOENCODER_KIND3>,
                Time,
            >(),
            ::static_net::layer::StepStage::of::<
                f64,
                ::static_net::layer::Activate<
                    ::static_net::activation::sigmoid,
                    ::static_net::shape::Rank1<AUTOENCODER_SIZE4>,
                >,
                Time2,
            >(),
        ],
    );
    #[inline(always)]
    fn step<Instructions: ::static_net::simd::InstructionSet>(
        &self,
        input: &[f64],
        output: &mut [f64],
        state: &mut [f64],
        position: usize,
        pass: &mut ::static_net::layer::Pass<'_, f64, Instructions>,
    ) {
        use ::static_net::stage;
        let memory = const {
            <Self as ::static_net::layer::Streaming<f64, Time>>::MEMORY
        };
        let (front, back, mut pass) = pass.buffers(memory.front, memory.back);
        let pass = &mut pass;
        let (stage1, state) = stage::step::<
            f64,
            ::static_net::layer::Dense<
                f64,
                AUTOENCODER_SIZE0,
                32,
                ::static_net::activation::gelu,
            >,
            Time,
            Instructions,
            _,
        >(&self.stage1, input, front, state, position, pass);
        let (code, state) = stage::step::<
            f64,
            ::static_net::layer::Dense<f64, 32, CODE, ::static_net::activation::tanh>,
            Time,
            Instructions,
            _,
        >(&self.code, stage1, back, state, position, pass);
        let (decoder, state) = stage::step::<
            f64,
            ::static_net::stage::Checked<Decoder<CODE>, AUTOENCODER_KIND3>,
            Time,
            Instructions,
            _,
        >(&self.decoder, code, front, state, position, pass);
        stage::step::<
            f64,
            ::static_net::layer::Activate<
                ::static_net::activation::sigmoid,
                ::static_net::shape::Rank1<AUTOENCODER_SIZE4>,
            >,
            Time2,
            Instructions,
            _,
        >(&self.stage4, decoder, output, state, position, pass);
    }
}
///Every representation that [`Autoencoder`] makes of a batch, from [`Autoencoder::activations`]. The last stage is `output` and also `stage4`.
#[repr(align(64))]
#[allow(dead_code)]
#[derive(Debug)]
pub struct AutoencoderActivations<
    const CODE: usize,
    BatchSize: ::static_net::Batch = ::static_net::nalgebra::Const<1>,
> {
    /// What went in.
    pub input: BatchSize::Matrix<f64, AUTOENCODER_SIZE0>,
    ///What `gelu 32` gives.
    pub stage1: BatchSize::Matrix<f64, 32>,
    ///What `code: tanh CODE` gives.
    pub code: BatchSize::Matrix<f64, CODE>,
    ///What `decoder: Decoder<CODE>` gives.
    pub decoder: BatchSize::Matrix<f64, AUTOENCODER_SIZE4>,
    /// What came out.
    pub output: BatchSize::Matrix<f64, AUTOENCODER_SIZE4>,
    working_memory: ::static_net::network::Memory<f64>,
}
///What `sigmoid` gives, which is also `output`.
#[repr(transparent)]
#[allow(dead_code)]
pub struct AutoencoderLastStage<const CODE: usize, BatchSize: ::static_net::Batch> {
    ///What `sigmoid` gives, which is also `output`.
    pub stage4: BatchSize::Matrix<f64, AUTOENCODER_SIZE4>,
}
impl<const CODE: usize, BatchSize: ::static_net::Batch> ::core::ops::Deref
for AutoencoderActivations<CODE, BatchSize> {
    type Target = AutoencoderLastStage<CODE, BatchSize>;
    fn deref(&self) -> &Self::Target {
        unsafe { &*(&raw const self.output).cast() }
    }
}
impl<
    const CODE: usize,
    BatchSize: ::static_net::Batch,
> ::static_net::network::Activations for AutoencoderActivations<CODE, BatchSize> {
    type Network = Autoencoder<CODE>;
    type Batch = BatchSize;
    fn empty(batch: BatchSize) -> ::static_net::alloc::boxed::Box<Self> {
        let mut activations = ::static_net::alloc::boxed::Box::<Self>::new_uninit();
        let place = activations.as_mut_ptr();
        unsafe {
            ::static_net::batch::write_zeros(&raw mut (*place).input, batch);
            ::static_net::batch::write_zeros(&raw mut (*place).stage1, batch);
            ::static_net::batch::write_zeros(&raw mut (*place).code, batch);
            ::static_net::batch::write_zeros(&raw mut (*place).decoder, batch);
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
        self.code.resize_batch(batch);
        self.decoder.resize_batch(batch);
        self.output.resize_batch(batch);
    }
    fn samples(&self) -> usize {
        ::static_net::nalgebra::Dim::value(
            &::static_net::batch::BatchMatrix::batch(&self.input),
        )
    }
    fn visit(&self, visitor: &mut dyn ::core::ops::FnMut(&[f64])) {
        use ::static_net::batch::BatchMatrix as _;
        visitor(self.input.values());
        visitor(self.stage1.values());
        visitor(self.code.values());
        visitor(self.decoder.values());
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
                self.code.values_mut(),
                self.decoder.values_mut(),
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
                self.code.values_mut(),
                self.decoder.values_mut(),
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
        d_output: &mut [f64],
        d_input: ::core::option::Option<&mut [f64]>,
        gradient: &mut Self::Network,
        pass: &mut ::static_net::layer::Pass<'_, f64, Instructions>,
    ) {
        use ::static_net::batch::BatchMatrix as _;
        let samples = self.input.samples().len();
        network
            .backward_stages(
                samples,
                self.input.values(),
                self.stage1.values(),
                self.code.values(),
                self.decoder.values(),
                self.output.values(),
                self.working_memory.tape(Self::Network::tape_values(samples)),
                d_output,
                d_input,
                gradient,
                pass,
            );
    }
}
impl<const CODE: usize> ::static_net::Network for Autoencoder<CODE> {
    type Scalar = f64;
    const NAME: &'static str = "Autoencoder";
    const STAGES: &'static [::static_net::network::Stage] = Self::STAGES;
}
impl<const CODE: usize, Given> ::static_net::network::Takes<Given> for Autoencoder<CODE>
where
    Given: ::static_net::Samples<f64, AUTOENCODER_SIZE0> + ?::core::marker::Sized,
{
    type Activations = AutoencoderActivations<CODE, Given::Batch>;
    #[track_caller]
    fn represent(
        &self,
        x: &Given,
    ) -> ::static_net::alloc::boxed::Box<Self::Activations> {
        self.activations(x)
    }
}
#[allow(dead_code)]
impl<const CODE: usize> Autoencoder<CODE> {
    /// How many values are trained.
    pub const PARAMETERS: usize = <Self as ::static_net::Parameters<f64>>::PARAMETERS;
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
    ) -> <Given::Batch as ::static_net::Batch>::Matrix<f64, AUTOENCODER_SIZE4>
    where
        Given: ::static_net::Samples<f64, AUTOENCODER_SIZE0> + ?::core::marker::Sized,
    {
        ::static_net::network::forward(self, x)
    }
    /// As `forward`, into memory that the caller holds.
    #[inline]
    pub fn forward_into<Given>(
        &self,
        x: &Given,
        output: &mut <Given::Batch as ::static_net::Batch>::Matrix<
            f64,
            AUTOENCODER_SIZE4,
        >,
        workspace: &mut ::static_net::Workspace<f64>,
    )
    where
        Given: ::static_net::Samples<f64, AUTOENCODER_SIZE0> + ?::core::marker::Sized,
    {
        ::static_net::network::forward_into(self, x, output, workspace);
    }
    /// The network ready to take a sequence step by step: it gives for each step what `forward` gives
    /// for it, and remembers what it needs of the steps before.
    pub fn stream<Time, const STEP_INPUT: usize, const STEP_OUTPUT: usize>(
        &self,
    ) -> ::static_net::Stream<&Self, STEP_INPUT, STEP_OUTPUT>
    where
        Self: ::static_net::layer::Streaming<f64, Time>,
        Time: ::static_net::layer::TimeAxis,
        <Self as ::static_net::layer::Layer<
            f64,
        >>::Input: ::static_net::layer::Sequence<
            Time,
            Step = ::static_net::shape::Rank1<STEP_INPUT>,
        >,
        <Self as ::static_net::layer::Layer<
            f64,
        >>::Output: ::static_net::layer::Sequence<
            <Self as ::static_net::layer::Streaming<f64, Time>>::Behind,
            Step = ::static_net::shape::Rank1<STEP_OUTPUT>,
        >,
    {
        ::static_net::Stream::new(self)
    }
    /// The output and every representation on the way to it, as `backward` needs them.
    pub fn activations<Given>(
        &self,
        x: &Given,
    ) -> ::static_net::alloc::boxed::Box<AutoencoderActivations<CODE, Given::Batch>>
    where
        Given: ::static_net::Samples<f64, AUTOENCODER_SIZE0> + ?::core::marker::Sized,
    {
        let mut activations = <AutoencoderActivations<
            CODE,
            Given::Batch,
        > as ::static_net::network::Activations>::empty(x.batch());
        self.activations_into(x, &mut activations);
        activations
    }
    /// As `activations`, into memory that the caller holds.
    pub fn activations_into<Given>(
        &self,
        x: &Given,
        activations: &mut AutoencoderActivations<CODE, Given::Batch>,
    )
    where
        Given: ::static_net::Samples<f64, AUTOENCODER_SIZE0> + ?::core::marker::Sized,
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
    ) -> ::static_net::alloc::boxed::Box<AutoencoderActivations<CODE, Given::Batch>>
    where
        Given: ::static_net::Samples<f64, AUTOENCODER_SIZE0> + ?::core::marker::Sized,
        Random: ::static_net::rand::Rng + ?::core::marker::Sized,
    {
        let mut activations = <AutoencoderActivations<
            CODE,
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
        activations: &mut AutoencoderActivations<CODE, Given::Batch>,
    )
    where
        Given: ::static_net::Samples<f64, AUTOENCODER_SIZE0> + ?::core::marker::Sized,
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
        activations: &AutoencoderActivations<CODE, BatchSize>,
        d_output: &DOutput,
        gradient: &mut Self,
    ) -> BatchSize::Matrix<f64, AUTOENCODER_SIZE0>
    where
        BatchSize: ::static_net::Batch,
        DOutput: ::static_net::samples::OutputGradient<f64, AUTOENCODER_SIZE4, BatchSize>
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
        activations: &AutoencoderActivations<CODE, BatchSize>,
        d_output: &DOutput,
        gradient: &mut Self,
        d_input: ::core::option::Option<&mut BatchSize::Matrix<f64, AUTOENCODER_SIZE0>>,
        workspace: &mut ::static_net::Workspace<f64>,
    )
    where
        BatchSize: ::static_net::Batch,
        DOutput: ::static_net::samples::OutputGradient<f64, AUTOENCODER_SIZE4, BatchSize>
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
    pub fn state(&self) -> &[f64] {
        ::static_net::Network::state(self)
    }
    /// All parameters, to be changed.
    pub fn state_mut(&mut self) -> &mut [f64] {
        ::static_net::Network::state_mut(self)
    }
    /// Sets all values to zero, as a gradient is before the next batch adds to it.
    pub fn fill_zero(&mut self) {
        ::static_net::Network::fill_zero(self)
    }
    /// What lies where in `state`: names, shapes, ranges and kinds.
    pub fn tensors() -> ::static_net::alloc::vec::Vec<::static_net::Tensor> {
        ::static_net::Tensors::of::<f64, Self>()
    }
    /// A table of the stages: their shapes, parameters, multiplications and memory.
    pub fn summary() -> ::static_net::alloc::string::String {
        ::static_net::network::summary::<Self>()
    }
    ::static_net::diagram_methods!();
    ::static_net::file_methods!();
}
