// pub struct Inception< [CHANNELS, 16, 16]
// => relu concat(conv(8, 1) | relu conv(4, 1) => conv(8, 3, padding: same))
// => batch_norm => global_avg_pool => dropout(0.2) => 10 >;

#[doc(hidden)]
#[allow(dead_code)]
const INCEPTION_VALUE0: usize = CHANNELS;
#[doc(hidden)]
#[allow(dead_code)]
const INCEPTION_SIZE0: usize = ::static_net::check::sized(INCEPTION_VALUE0, "CHANNELS");
#[doc(hidden)]
#[allow(dead_code)]
const INCEPTION_LAYER2: ::static_net::check::Facts = ::static_net::check::facts(
    ::static_net::check::argument(
        ::static_net::check::argument(
            ::static_net::check::infer(::static_net::check::Site {
                call: ::static_net::check::call(
                    "conv",
                    "",
                    &[
                        ::static_net::check::sizes(0, false, "8", &[8]),
                        ::static_net::check::sizes(1, false, "1", &[1]),
                    ],
                ),
                gives: &[INCEPTION_SIZE0, 16, 16],
                written: "",
                from: "the input",
                bytes: 4,
                route: &[
                    ("[CHANNELS, 16, 16]", &[INCEPTION_SIZE0, 16, 16]),
                    ("relu concat(", &[]),
                    ("conv(8, 1)", &[]),
                ],
                around: (
                    "< [CHANNELS, 16, 16] => relu concat(",
                    " | relu conv(4, 1) => conv(8, 3, padding: same)) => batch_norm => global_avg_pool => dropout(0.2) => 10 >",
                ),
            }),
            0,
        ),
        1,
    ),
);
#[doc(hidden)]
#[allow(dead_code)]
const INCEPTION_LAYER4: ::static_net::check::Facts = ::static_net::check::facts(
    ::static_net::check::argument(
        ::static_net::check::argument(
            ::static_net::check::infer(::static_net::check::Site {
                call: ::static_net::check::call(
                    "conv",
                    "relu ",
                    &[
                        ::static_net::check::sizes(0, false, "4", &[4]),
                        ::static_net::check::sizes(1, false, "1", &[1]),
                    ],
                ),
                gives: &[INCEPTION_SIZE0, 16, 16],
                written: "",
                from: "the input",
                bytes: 4,
                route: &[
                    ("[CHANNELS, 16, 16]", &[INCEPTION_SIZE0, 16, 16]),
                    ("relu concat(", &[]),
                    (
                        "conv(8, 1)",
                        &[
                            8,
                            { INCEPTION_LAYER2.output.size(1usize) },
                            { INCEPTION_LAYER2.output.size(2usize) },
                        ],
                    ),
                    ("|", &[]),
                    ("relu conv(4, 1)", &[]),
                ],
                around: (
                    "< [CHANNELS, 16, 16] => relu concat(conv(8, 1) | ",
                    " => conv(8, 3, padding: same)) => batch_norm => global_avg_pool => dropout(0.2) => 10 >",
                ),
            }),
            0,
        ),
        1,
    ),
);
#[doc(hidden)]
#[allow(dead_code)]
const INCEPTION_LAYER5: ::static_net::check::Facts = ::static_net::check::facts(
    ::static_net::check::argument(
        ::static_net::check::argument(
            ::static_net::check::argument(
                ::static_net::check::infer(::static_net::check::Site {
                    call: ::static_net::check::call(
                        "conv",
                        "",
                        &[
                            ::static_net::check::sizes(0, false, "8", &[8]),
                            ::static_net::check::sizes(1, false, "3", &[3]),
                            ::static_net::check::word(3, true, "same"),
                        ],
                    ),
                    gives: &[
                        4,
                        { INCEPTION_LAYER4.output.size(1usize) },
                        { INCEPTION_LAYER4.output.size(2usize) },
                    ],
                    written: "",
                    from: "stage 1",
                    bytes: 4,
                    route: &[
                        ("[CHANNELS, 16, 16]", &[INCEPTION_SIZE0, 16, 16]),
                        ("relu concat(", &[]),
                        (
                            "conv(8, 1)",
                            &[
                                8,
                                { INCEPTION_LAYER2.output.size(1usize) },
                                { INCEPTION_LAYER2.output.size(2usize) },
                            ],
                        ),
                        ("|", &[]),
                        (
                            "relu conv(4, 1)",
                            &[
                                4,
                                { INCEPTION_LAYER4.output.size(1usize) },
                                { INCEPTION_LAYER4.output.size(2usize) },
                            ],
                        ),
                        ("conv(8, 3, padding: same)", &[]),
                    ],
                    around: (
                        "< [CHANNELS, 16, 16] => relu concat(conv(8, 1) | relu conv(4, 1) => ",
                        ") => batch_norm => global_avg_pool => dropout(0.2) => 10 >",
                    ),
                }),
                0,
            ),
            1,
        ),
        3,
    ),
);
#[doc(hidden)]
#[allow(dead_code)]
const INCEPTION_SHAPE1: ::static_net::shape::Dims = ::static_net::check::branch(
    ::static_net::check::concat(
        &[
            &[
                8,
                { INCEPTION_LAYER2.output.size(1usize) },
                { INCEPTION_LAYER2.output.size(2usize) },
            ],
            &[
                8,
                { INCEPTION_LAYER4.output.size(1usize) },
                { INCEPTION_LAYER4.output.size(2usize) },
            ],
        ],
    ),
    ::static_net::check::Joined::Concat(2usize),
    &[
        8,
        { INCEPTION_LAYER4.output.size(1usize) },
        { INCEPTION_LAYER4.output.size(2usize) },
    ],
    &[
        8,
        { INCEPTION_LAYER2.output.size(1usize) },
        { INCEPTION_LAYER2.output.size(2usize) },
    ],
    ::static_net::check::Ending::Stage("conv(8, 3, padding: same)"),
    &::static_net::check::Context {
        from: "the input",
        route: &[
            ("[CHANNELS, 16, 16]", &[INCEPTION_SIZE0, 16, 16]),
            ("relu concat(", &[]),
            (
                "conv(8, 1)",
                &[
                    8,
                    { INCEPTION_LAYER2.output.size(1usize) },
                    { INCEPTION_LAYER2.output.size(2usize) },
                ],
            ),
            ("|", &[]),
            (
                "relu conv(4, 1)",
                &[
                    4,
                    { INCEPTION_LAYER4.output.size(1usize) },
                    { INCEPTION_LAYER4.output.size(2usize) },
                ],
            ),
            (
                "conv(8, 3, padding: same)",
                &[
                    8,
                    { INCEPTION_LAYER4.output.size(1usize) },
                    { INCEPTION_LAYER4.output.size(2usize) },
                ],
            ),
        ],
        around: (
            "< [CHANNELS, 16, 16] => relu concat(conv(8, 1) | relu conv(4, 1) => ",
            ") => batch_norm => global_avg_pool => dropout(0.2) => 10 >",
        ),
    },
);
#[doc(hidden)]
#[allow(dead_code)]
const INCEPTION_LAYER7: ::static_net::check::Facts = ::static_net::check::facts(
    ::static_net::check::infer(::static_net::check::Site {
        call: ::static_net::check::call("batch_norm", "", &[]),
        gives: INCEPTION_SHAPE1.sizes(),
        written: "",
        from: "stage 1",
        bytes: 4,
        route: &[
            ("[CHANNELS, 16, 16]", &[INCEPTION_SIZE0, 16, 16]),
            (
                "relu concat(conv(8, 1) | relu conv(4, 1) => conv(8, 3, padding: same))",
                INCEPTION_SHAPE1.sizes(),
            ),
            ("batch_norm", &[]),
        ],
        around: (
            "< [CHANNELS, 16, 16] => relu concat(conv(8, 1) | relu conv(4, 1) => conv(8, 3, padding: same)) => ",
            " => global_avg_pool => dropout(0.2) => 10 >",
        ),
    }),
);
#[doc(hidden)]
#[allow(dead_code)]
const INCEPTION_SHAPE7: ::static_net::shape::Dims = INCEPTION_LAYER7.output;
#[doc(hidden)]
#[allow(dead_code)]
const INCEPTION_LAYER8: ::static_net::check::Facts = ::static_net::check::facts(
    ::static_net::check::infer(::static_net::check::Site {
        call: ::static_net::check::call("global_avg_pool", "", &[]),
        gives: INCEPTION_SHAPE7.sizes(),
        written: "",
        from: "stage 2",
        bytes: 4,
        route: &[
            ("[CHANNELS, 16, 16]", &[INCEPTION_SIZE0, 16, 16]),
            (
                "relu concat(conv(8, 1) | relu conv(4, 1) => conv(8, 3, padding: same))",
                INCEPTION_SHAPE1.sizes(),
            ),
            ("batch_norm", INCEPTION_SHAPE7.sizes()),
            ("global_avg_pool", &[]),
        ],
        around: (
            "< [CHANNELS, 16, 16] => relu concat(conv(8, 1) | relu conv(4, 1) => conv(8, 3, padding: same)) => batch_norm => ",
            " => dropout(0.2) => 10 >",
        ),
    }),
);
#[doc(hidden)]
#[allow(dead_code)]
const INCEPTION_SHAPE8: ::static_net::shape::Dims = INCEPTION_LAYER8.output;
#[doc(hidden)]
#[allow(dead_code)]
const INCEPTION_LAYER9: ::static_net::check::Facts = ::static_net::check::facts(
    ::static_net::check::argument(
        ::static_net::check::infer(::static_net::check::Site {
            call: ::static_net::check::call(
                "dropout",
                "",
                &[::static_net::check::number(0, false, "0.2")],
            ),
            gives: INCEPTION_SHAPE8.sizes(),
            written: "",
            from: "stage 3",
            bytes: 4,
            route: &[
                ("[CHANNELS, 16, 16]", &[INCEPTION_SIZE0, 16, 16]),
                (
                    "relu concat(conv(8, 1) | relu conv(4, 1) => conv(8, 3, padding: same))",
                    INCEPTION_SHAPE1.sizes(),
                ),
                ("batch_norm", INCEPTION_SHAPE7.sizes()),
                ("global_avg_pool", INCEPTION_SHAPE8.sizes()),
                ("dropout(0.2)", &[]),
            ],
            around: (
                "< [CHANNELS, 16, 16] => relu concat(conv(8, 1) | relu conv(4, 1) => conv(8, 3, padding: same)) => batch_norm => global_avg_pool => ",
                " => 10 >",
            ),
        }),
        0,
    ),
);
#[doc(hidden)]
#[allow(dead_code)]
const INCEPTION_SHAPE9: ::static_net::shape::Dims = INCEPTION_LAYER9.output;
///The stages `relu conv(4, 1) => conv(8, 3, padding: same)` of [`Inception`].
#[repr(C)]
#[allow(dead_code)]
pub struct InceptionStage1Branch2 {
    ///`relu conv(4, 1)`, giving [4, _, _].
    pub stage1: ::static_net::layer::Conv<
        f32,
        ::static_net::shape::Rank3<INCEPTION_SIZE0, 16, 16>,
        ::static_net::shape::Rank3<
            4,
            { INCEPTION_LAYER4.output.size(1usize) },
            { INCEPTION_LAYER4.output.size(2usize) },
        >,
        ::static_net::layer::Window<
            ::static_net::layer::KernelSize<
                { INCEPTION_LAYER4.window.kernel[0] },
                { INCEPTION_LAYER4.window.kernel[1] },
            >,
            ::static_net::layer::Stride<
                { INCEPTION_LAYER4.window.stride[0] },
                { INCEPTION_LAYER4.window.stride[1] },
            >,
            ::static_net::layer::Padding<
                { INCEPTION_LAYER4.window.padding[0] },
                { INCEPTION_LAYER4.window.padding[1] },
            >,
            ::static_net::layer::Dilation<
                { INCEPTION_LAYER4.window.dilation[0] },
                { INCEPTION_LAYER4.window.dilation[1] },
            >,
        >,
        { INCEPTION_LAYER4.weight[0] },
        { INCEPTION_LAYER4.weight[1] },
        { INCEPTION_LAYER4.count },
        ::static_net::activation::relu,
    >,
    ///`conv(8, 3, padding: same)`, giving [8, _, _].
    pub stage2: ::static_net::layer::Conv<
        f32,
        ::static_net::shape::Rank3<
            4,
            { INCEPTION_LAYER4.output.size(1usize) },
            { INCEPTION_LAYER4.output.size(2usize) },
        >,
        ::static_net::shape::Rank3<
            8,
            { INCEPTION_LAYER4.output.size(1usize) },
            { INCEPTION_LAYER4.output.size(2usize) },
        >,
        ::static_net::layer::Window<
            ::static_net::layer::KernelSize<
                { INCEPTION_LAYER5.window.kernel[0] },
                { INCEPTION_LAYER5.window.kernel[1] },
            >,
            ::static_net::layer::Stride<
                { INCEPTION_LAYER5.window.stride[0] },
                { INCEPTION_LAYER5.window.stride[1] },
            >,
            ::static_net::layer::Padding<
                { INCEPTION_LAYER5.window.padding[0] },
                { INCEPTION_LAYER5.window.padding[1] },
            >,
            ::static_net::layer::Dilation<
                { INCEPTION_LAYER5.window.dilation[0] },
                { INCEPTION_LAYER5.window.dilation[1] },
            >,
        >,
        { INCEPTION_LAYER5.weight[0] },
        { INCEPTION_LAYER5.weight[1] },
        { INCEPTION_LAYER5.count },
    >,
}
impl ::static_net::layer::Layer<f32> for InceptionStage1Branch2 {
    type Input = ::static_net::shape::Rank3<INCEPTION_SIZE0, 16, 16>;
    type Output = ::static_net::shape::Rank3<
        8,
        { INCEPTION_LAYER4.output.size(1usize) },
        { INCEPTION_LAYER4.output.size(2usize) },
    >;
    const TAPE: usize = Self::TOTALS.tape + Self::TOTALS.inner;
    const BATCH_TAPE: usize = Self::TOTALS.batch_tape;
    const NEEDS_OUTPUT: bool = <::static_net::layer::Conv<
        f32,
        ::static_net::shape::Rank3<
            4,
            { INCEPTION_LAYER4.output.size(1usize) },
            { INCEPTION_LAYER4.output.size(2usize) },
        >,
        ::static_net::shape::Rank3<
            8,
            { INCEPTION_LAYER4.output.size(1usize) },
            { INCEPTION_LAYER4.output.size(2usize) },
        >,
        ::static_net::layer::Window<
            ::static_net::layer::KernelSize<
                { INCEPTION_LAYER5.window.kernel[0] },
                { INCEPTION_LAYER5.window.kernel[1] },
            >,
            ::static_net::layer::Stride<
                { INCEPTION_LAYER5.window.stride[0] },
                { INCEPTION_LAYER5.window.stride[1] },
            >,
            ::static_net::layer::Padding<
                { INCEPTION_LAYER5.window.padding[0] },
                { INCEPTION_LAYER5.window.padding[1] },
            >,
            ::static_net::layer::Dilation<
                { INCEPTION_LAYER5.window.dilation[0] },
                { INCEPTION_LAYER5.window.dilation[1] },
            >,
        >,
        { INCEPTION_LAYER5.weight[0] },
        { INCEPTION_LAYER5.weight[1] },
        { INCEPTION_LAYER5.count },
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
        let (front, _, mut pass) = pass
            .buffers(samples * Self::TOTALS.front, samples * Self::TOTALS.back);
        let pass = &mut pass;
        let stage1 = &mut front[..samples
            * (1 * 4 * { INCEPTION_LAYER4.output.size(1usize) }
                * { INCEPTION_LAYER4.output.size(2usize) })];
        stage::forward(&self.stage1, input, stage1, pass);
        stage::forward(&self.stage2, stage1, output, pass);
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
        let (stage1, tape) = tape
            .split_at_mut(
                samples
                    * (1 * 4 * { INCEPTION_LAYER4.output.size(1usize) }
                        * { INCEPTION_LAYER4.output.size(2usize) }),
            );
        self.record_stages(
            ::static_net::shape::values::<Self::Input, f32>(input),
            stage1,
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
        let (stage1, tape) = tape
            .split_at_mut(
                samples
                    * (1 * 4 * { INCEPTION_LAYER4.output.size(1usize) }
                        * { INCEPTION_LAYER4.output.size(2usize) }),
            );
        self.train_stages(
            ::static_net::shape::values::<Self::Input, f32>(input),
            stage1,
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
        let (stage1, tape) = tape
            .split_at(
                samples
                    * (1 * 4 * { INCEPTION_LAYER4.output.size(1usize) }
                        * { INCEPTION_LAYER4.output.size(2usize) }),
            );
        self.backward_stages(
            samples,
            ::static_net::shape::values::<Self::Input, f32>(step.input),
            stage1,
            ::static_net::shape::values::<Self::Output, f32>(step.output),
            tape,
            ::static_net::shape::values_mut::<Self::Output, f32>(step.d_output),
            step.d_input.map(::static_net::shape::values_mut::<Self::Input, f32>),
            gradient,
            pass,
        );
    }
}
impl InceptionStage1Branch2 {
    const STAGES: &'static [::static_net::network::Stage] = &[
        ::static_net::network::Stage::of::<
            f32,
            ::static_net::layer::Conv<
                f32,
                ::static_net::shape::Rank3<INCEPTION_SIZE0, 16, 16>,
                ::static_net::shape::Rank3<
                    4,
                    { INCEPTION_LAYER4.output.size(1usize) },
                    { INCEPTION_LAYER4.output.size(2usize) },
                >,
                ::static_net::layer::Window<
                    ::static_net::layer::KernelSize<
                        { INCEPTION_LAYER4.window.kernel[0] },
                        { INCEPTION_LAYER4.window.kernel[1] },
                    >,
                    ::static_net::layer::Stride<
                        { INCEPTION_LAYER4.window.stride[0] },
                        { INCEPTION_LAYER4.window.stride[1] },
                    >,
                    ::static_net::layer::Padding<
                        { INCEPTION_LAYER4.window.padding[0] },
                        { INCEPTION_LAYER4.window.padding[1] },
                    >,
                    ::static_net::layer::Dilation<
                        { INCEPTION_LAYER4.window.dilation[0] },
                        { INCEPTION_LAYER4.window.dilation[1] },
                    >,
                >,
                { INCEPTION_LAYER4.weight[0] },
                { INCEPTION_LAYER4.weight[1] },
                { INCEPTION_LAYER4.count },
                ::static_net::activation::relu,
            >,
        >(
            "stage1",
            ::static_net::network::LayerKind::Convolution.written("relu", "conv(4, 1)"),
        ),
        ::static_net::network::Stage::of::<
            f32,
            ::static_net::layer::Conv<
                f32,
                ::static_net::shape::Rank3<
                    4,
                    { INCEPTION_LAYER4.output.size(1usize) },
                    { INCEPTION_LAYER4.output.size(2usize) },
                >,
                ::static_net::shape::Rank3<
                    8,
                    { INCEPTION_LAYER4.output.size(1usize) },
                    { INCEPTION_LAYER4.output.size(2usize) },
                >,
                ::static_net::layer::Window<
                    ::static_net::layer::KernelSize<
                        { INCEPTION_LAYER5.window.kernel[0] },
                        { INCEPTION_LAYER5.window.kernel[1] },
                    >,
                    ::static_net::layer::Stride<
                        { INCEPTION_LAYER5.window.stride[0] },
                        { INCEPTION_LAYER5.window.stride[1] },
                    >,
                    ::static_net::layer::Padding<
                        { INCEPTION_LAYER5.window.padding[0] },
                        { INCEPTION_LAYER5.window.padding[1] },
                    >,
                    ::static_net::layer::Dilation<
                        { INCEPTION_LAYER5.window.dilation[0] },
                        { INCEPTION_LAYER5.window.dilation[1] },
                    >,
                >,
                { INCEPTION_LAYER5.weight[0] },
                { INCEPTION_LAYER5.weight[1] },
                { INCEPTION_LAYER5.count },
            >,
        >(
            "stage2",
            ::static_net::network::LayerKind::Convolution
                .written("", "conv(8, 3, padding: same)"),
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
        input: &[f32],
        stage1: &mut [f32],
        output: &mut [f32],
        tape: &mut [f32],
        pass: &mut ::static_net::layer::Pass<'_, f32, Instructions>,
    ) {
        use ::static_net::stage;
        let tape = stage::record(&self.stage1, input, stage1, tape, pass);
        stage::record(&self.stage2, stage1, output, tape, pass);
    }
    #[inline(always)]
    #[allow(clippy::too_many_arguments)]
    fn train_stages<Instructions: ::static_net::simd::InstructionSet>(
        &mut self,
        input: &[f32],
        stage1: &mut [f32],
        output: &mut [f32],
        tape: &mut [f32],
        pass: &mut ::static_net::layer::Pass<'_, f32, Instructions>,
        rng: &mut dyn ::static_net::rand::Rng,
    ) {
        use ::static_net::stage;
        let tape = stage::train(&mut self.stage1, input, stage1, tape, pass, rng);
        stage::train(&mut self.stage2, stage1, output, tape, pass, rng);
    }
    #[inline(always)]
    #[allow(clippy::too_many_arguments)]
    fn backward_stages<Instructions: ::static_net::simd::InstructionSet>(
        &self,
        samples: usize,
        input: &[f32],
        stage1: &[f32],
        output: &[f32],
        tape: &[f32],
        d_output: &mut [f32],
        d_input: ::core::option::Option<&mut [f32]>,
        gradient: &mut Self,
        pass: &mut ::static_net::layer::Pass<'_, f32, Instructions>,
    ) {
        use ::static_net::stage;
        let (front, _, mut pass) = pass
            .buffers(samples * Self::TOTALS.front, samples * Self::TOTALS.back);
        let pass = &mut pass;
        let d_stage1 = &mut front[..samples
            * (1 * 4 * { INCEPTION_LAYER4.output.size(1usize) }
                * { INCEPTION_LAYER4.output.size(2usize) })];
        let tape = stage::backward(
            &self.stage2,
            stage1,
            output,
            tape,
            d_output,
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
unsafe impl ::static_net::Parameters<f32> for InceptionStage1Branch2 {
    const PARAMETERS: usize = Self::TOTALS.parameters;
    const VALUES: usize = Self::TOTALS.values;
    fn describe(tensors: &mut ::static_net::Tensors) {
        tensors
            .part::<
                f32,
                ::static_net::layer::Conv<
                    f32,
                    ::static_net::shape::Rank3<INCEPTION_SIZE0, 16, 16>,
                    ::static_net::shape::Rank3<
                        4,
                        { INCEPTION_LAYER4.output.size(1usize) },
                        { INCEPTION_LAYER4.output.size(2usize) },
                    >,
                    ::static_net::layer::Window<
                        ::static_net::layer::KernelSize<
                            { INCEPTION_LAYER4.window.kernel[0] },
                            { INCEPTION_LAYER4.window.kernel[1] },
                        >,
                        ::static_net::layer::Stride<
                            { INCEPTION_LAYER4.window.stride[0] },
                            { INCEPTION_LAYER4.window.stride[1] },
                        >,
                        ::static_net::layer::Padding<
                            { INCEPTION_LAYER4.window.padding[0] },
                            { INCEPTION_LAYER4.window.padding[1] },
                        >,
                        ::static_net::layer::Dilation<
                            { INCEPTION_LAYER4.window.dilation[0] },
                            { INCEPTION_LAYER4.window.dilation[1] },
                        >,
                    >,
                    { INCEPTION_LAYER4.weight[0] },
                    { INCEPTION_LAYER4.weight[1] },
                    { INCEPTION_LAYER4.count },
                    ::static_net::activation::relu,
                >,
            >("stage1");
        tensors
            .part::<
                f32,
                ::static_net::layer::Conv<
                    f32,
                    ::static_net::shape::Rank3<
                        4,
                        { INCEPTION_LAYER4.output.size(1usize) },
                        { INCEPTION_LAYER4.output.size(2usize) },
                    >,
                    ::static_net::shape::Rank3<
                        8,
                        { INCEPTION_LAYER4.output.size(1usize) },
                        { INCEPTION_LAYER4.output.size(2usize) },
                    >,
                    ::static_net::layer::Window<
                        ::static_net::layer::KernelSize<
                            { INCEPTION_LAYER5.window.kernel[0] },
                            { INCEPTION_LAYER5.window.kernel[1] },
                        >,
                        ::static_net::layer::Stride<
                            { INCEPTION_LAYER5.window.stride[0] },
                            { INCEPTION_LAYER5.window.stride[1] },
                        >,
                        ::static_net::layer::Padding<
                            { INCEPTION_LAYER5.window.padding[0] },
                            { INCEPTION_LAYER5.window.padding[1] },
                        >,
                        ::static_net::layer::Dilation<
                            { INCEPTION_LAYER5.window.dilation[0] },
                            { INCEPTION_LAYER5.window.dilation[1] },
                        >,
                    >,
                    { INCEPTION_LAYER5.weight[0] },
                    { INCEPTION_LAYER5.weight[1] },
                    { INCEPTION_LAYER5.count },
                >,
            >("stage2");
    }
}
impl<Time: ::static_net::layer::TimeAxis> ::static_net::layer::Streaming<f32, Time>
for InceptionStage1Branch2
where
    ::static_net::layer::Conv<
        f32,
        ::static_net::shape::Rank3<INCEPTION_SIZE0, 16, 16>,
        ::static_net::shape::Rank3<
            4,
            { INCEPTION_LAYER4.output.size(1usize) },
            { INCEPTION_LAYER4.output.size(2usize) },
        >,
        ::static_net::layer::Window<
            ::static_net::layer::KernelSize<
                { INCEPTION_LAYER4.window.kernel[0] },
                { INCEPTION_LAYER4.window.kernel[1] },
            >,
            ::static_net::layer::Stride<
                { INCEPTION_LAYER4.window.stride[0] },
                { INCEPTION_LAYER4.window.stride[1] },
            >,
            ::static_net::layer::Padding<
                { INCEPTION_LAYER4.window.padding[0] },
                { INCEPTION_LAYER4.window.padding[1] },
            >,
            ::static_net::layer::Dilation<
                { INCEPTION_LAYER4.window.dilation[0] },
                { INCEPTION_LAYER4.window.dilation[1] },
            >,
        >,
        { INCEPTION_LAYER4.weight[0] },
        { INCEPTION_LAYER4.weight[1] },
        { INCEPTION_LAYER4.count },
        ::static_net::activation::relu,
    >: ::static_net::layer::Streaming<f32, Time, Behind = Time>,
    ::static_net::layer::Conv<
        f32,
        ::static_net::shape::Rank3<
            4,
            { INCEPTION_LAYER4.output.size(1usize) },
            { INCEPTION_LAYER4.output.size(2usize) },
        >,
        ::static_net::shape::Rank3<
            8,
            { INCEPTION_LAYER4.output.size(1usize) },
            { INCEPTION_LAYER4.output.size(2usize) },
        >,
        ::static_net::layer::Window<
            ::static_net::layer::KernelSize<
                { INCEPTION_LAYER5.window.kernel[0] },
                { INCEPTION_LAYER5.window.kernel[1] },
            >,
            ::static_net::layer::Stride<
                { INCEPTION_LAYER5.window.stride[0] },
                { INCEPTION_LAYER5.window.stride[1] },
            >,
            ::static_net::layer::Padding<
                { INCEPTION_LAYER5.window.padding[0] },
                { INCEPTION_LAYER5.window.padding[1] },
            >,
            ::static_net::layer::Dilation<
                { INCEPTION_LAYER5.window.dilation[0] },
                { INCEPTION_LAYER5.window.dilation[1] },
            >,
        >,
        { INCEPTION_LAYER5.weight[0] },
        { INCEPTION_LAYER5.weight[1] },
        { INCEPTION_LAYER5.count },
    >: ::static_net::layer::Streaming<f32, Time, Behind = Time>,
{
    type Behind = Time;
    const MEMORY: ::static_net::layer::StreamMemory = ::static_net::layer::StreamMemory::of(
        &[
            ::static_net::layer::StepStage::of::<
                f32,
                ::static_net::layer::Conv<
                    f32,
                    ::static_net::shape::Rank3<INCEPTION_SIZE0, 16, 16>,
                    ::static_net::shape::Rank3<
                        4,
                        { INCEPTION_LAYER4.output.size(1usize) },
                        { INCEPTION_LAYER4.output.size(2usize) },
                    >,
                    ::static_net::layer::Window<
                        ::static_net::layer::KernelSize<
                            { INCEPTION_LAYER4.window.kernel[0] },
                            { INCEPTION_LAYER4.window.kernel[1] },
                        >,
                        ::static_net::layer::Stride<
                            { INCEPTION_LAYER4.window.stride[0] },
                            { INCEPTION_LAYER4.window.stride[1] },
                        >,
                        ::static_net::layer::Padding<
                            { INCEPTION_LAYER4.window.padding[0] },
                            { INCEPTION_LAYER4.window.padding[1] },
                        >,
                        ::static_net::layer::Dilation<
                            { INCEPTION_LAYER4.window.dilation[0] },
                            { INCEPTION_LAYER4.window.dilation[1] },
                        >,
                    >,
                    { INCEPTION_LAYER4.weight[0] },
                    { INCEPTION_LAYER4.weight[1] },
                    { INCEPTION_LAYER4.count },
                    ::static_net::activation::relu,
                >,
                Time,
            >(),
            ::static_net::layer::StepStage::of::<
                f32,
                ::static_net::layer::Conv<
                    f32,
                    ::static_net::shape::Rank3<
                        4,
                        { INCEPTION_LAYER4.output.size(1usize) },
                        { INCEPTION_LAYER4.output.size(2usize) },
                    >,
                    ::static_net::shape::Rank3<
                        8,
                        { INCEPTION_LAYER4.output.size(1usize) },
                        { INCEPTION_LAYER4.output.size(2usize) },
                    >,
                    ::static_net::layer::Window<
                        ::static_net::layer::KernelSize<
                            { INCEPTION_LAYER5.window.kernel[0] },
                            { INCEPTION_LAYER5.window.kernel[1] },
                        >,
                        ::static_net::layer::Stride<
                            { INCEPTION_LAYER5.window.stride[0] },
                            { INCEPTION_LAYER5.window.stride[1] },
                        >,
                        ::static_net::layer::Padding<
                            { INCEPTION_LAYER5.window.padding[0] },
                            { INCEPTION_LAYER5.window.padding[1] },
                        >,
                        ::static_net::layer::Dilation<
                            { INCEPTION_LAYER5.window.dilation[0] },
                            { INCEPTION_LAYER5.window.dilation[1] },
                        >,
                    >,
                    { INCEPTION_LAYER5.weight[0] },
                    { INCEPTION_LAYER5.weight[1] },
                    { INCEPTION_LAYER5.count },
                >,
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
        let (front, _, mut pass) = pass.buffers(memory.front, memory.back);
        let pass = &mut pass;
        let (stage1, state) = stage::step::<
            f32,
            ::static_net::layer::Conv<
                f32,
                ::static_net::shape::Rank3<INCEPTION_SIZE0, 16, 16>,
                ::static_net::shape::Rank3<
                    4,
                    { INCEPTION_LAYER4.output.size(1usize) },
                    { INCEPTION_LAYER4.output.size(2usize) },
                >,
                ::static_net::layer::Window<
                    ::static_net::layer::KernelSize<
                        { INCEPTION_LAYER4.window.kernel[0] },
                        { INCEPTION_LAYER4.window.kernel[1] },
                    >,
                    ::static_net::layer::Stride<
                        { INCEPTION_LAYER4.window.stride[0] },
                        { INCEPTION_LAYER4.window.stride[1] },
                    >,
                    ::static_net::layer::Padding<
                        { INCEPTION_LAYER4.window.padding[0] },
                        { INCEPTION_LAYER4.window.padding[1] },
                    >,
                    ::static_net::layer::Dilation<
                        { INCEPTION_LAYER4.window.dilation[0] },
                        { INCEPTION_LAYER4.window.dilation[1] },
                    >,
                >,
                { INCEPTION_LAYER4.weight[0] },
                { INCEPTION_LAYER4.weight[1] },
                { INCEPTION_LAYER4.count },
                ::static_net::activation::relu,
            >,
            Time,
            Instructions,
            _,
        >(&self.stage1, input, front, state, position, pass);
        stage::step::<
            f32,
            ::static_net::layer::Conv<
                f32,
                ::static_net::shape::Rank3<
                    4,
                    { INCEPTION_LAYER4.output.size(1usize) },
                    { INCEPTION_LAYER4.output.size(2usize) },
                >,
                ::static_net::shape::Rank3<
                    8,
                    { INCEPTION_LAYER4.output.size(1usize) },
                    { INCEPTION_LAYER4.output.size(2usize) },
                >,
                ::static_net::layer::Window<
                    ::static_net::layer::KernelSize<
                        { INCEPTION_LAYER5.window.kernel[0] },
                        { INCEPTION_LAYER5.window.kernel[1] },
                    >,
                    ::static_net::layer::Stride<
                        { INCEPTION_LAYER5.window.stride[0] },
                        { INCEPTION_LAYER5.window.stride[1] },
                    >,
                    ::static_net::layer::Padding<
                        { INCEPTION_LAYER5.window.padding[0] },
                        { INCEPTION_LAYER5.window.padding[1] },
                    >,
                    ::static_net::layer::Dilation<
                        { INCEPTION_LAYER5.window.dilation[0] },
                        { INCEPTION_LAYER5.window.dilation[1] },
                    >,
                >,
                { INCEPTION_LAYER5.weight[0] },
                { INCEPTION_LAYER5.weight[1] },
                { INCEPTION_LAYER5.count },
            >,
            Time,
            Instructions,
            _,
        >(&self.stage2, stage1, output, state, position, pass);
    }
}
///A network: `< [CHANNELS, 16, 16] => relu concat(conv(8, 1) | relu conv(4, 1) => conv(8, 3, padding: same)) => batch_norm => global_avg_pool => dropout(0.2) => 10 >`.
#[repr(C)]
#[allow(dead_code)]
pub struct Inception {
    ///`relu concat(conv(8, 1) | relu conv(4, 1) => conv(8, 3, padding: same))`, giving a shape computed from consts.
    pub stage1: ::static_net::layer::Activated<
        ::static_net::layer::Concat<
            ::static_net::layer::Branches2<
                ::static_net::layer::Conv<
                    f32,
                    ::static_net::shape::Rank3<INCEPTION_SIZE0, 16, 16>,
                    ::static_net::shape::Rank3<
                        8,
                        { INCEPTION_LAYER2.output.size(1usize) },
                        { INCEPTION_LAYER2.output.size(2usize) },
                    >,
                    ::static_net::layer::Window<
                        ::static_net::layer::KernelSize<
                            { INCEPTION_LAYER2.window.kernel[0] },
                            { INCEPTION_LAYER2.window.kernel[1] },
                        >,
                        ::static_net::layer::Stride<
                            { INCEPTION_LAYER2.window.stride[0] },
                            { INCEPTION_LAYER2.window.stride[1] },
                        >,
                        ::static_net::layer::Padding<
                            { INCEPTION_LAYER2.window.padding[0] },
                            { INCEPTION_LAYER2.window.padding[1] },
                        >,
                        ::static_net::layer::Dilation<
                            { INCEPTION_LAYER2.window.dilation[0] },
                            { INCEPTION_LAYER2.window.dilation[1] },
                        >,
                    >,
                    { INCEPTION_LAYER2.weight[0] },
                    { INCEPTION_LAYER2.weight[1] },
                    { INCEPTION_LAYER2.count },
                >,
                InceptionStage1Branch2,
            >,
            ::static_net::shape::Computed<
                { INCEPTION_SHAPE1.rank() },
                { INCEPTION_SHAPE1.size(0) },
                { INCEPTION_SHAPE1.size(1) },
                { INCEPTION_SHAPE1.size(2) },
            >,
        >,
        ::static_net::activation::relu,
    >,
    ///`batch_norm`, giving a shape computed from consts.
    pub stage2: ::static_net::layer::BatchNorm<
        f32,
        ::static_net::shape::Computed<
            { INCEPTION_SHAPE1.rank() },
            { INCEPTION_SHAPE1.size(0) },
            { INCEPTION_SHAPE1.size(1) },
            { INCEPTION_SHAPE1.size(2) },
        >,
        { INCEPTION_LAYER7.count },
        { ::core::primitive::f64::to_bits(0.00001) },
        { ::core::primitive::f64::to_bits(0.1) },
    >,
    ///`global_avg_pool`, giving a shape computed from consts.
    pub stage3: ::static_net::layer::GlobalAvgPool<
        ::static_net::shape::Computed<
            { INCEPTION_SHAPE7.rank() },
            { INCEPTION_SHAPE7.size(0) },
            { INCEPTION_SHAPE7.size(1) },
            { INCEPTION_SHAPE7.size(2) },
        >,
        ::static_net::shape::Computed<
            { INCEPTION_SHAPE8.rank() },
            { INCEPTION_SHAPE8.size(0) },
            { INCEPTION_SHAPE8.size(1) },
            { INCEPTION_SHAPE8.size(2) },
        >,
    >,
    ///`dropout(0.2)`, giving a shape computed from consts.
    pub stage4: ::static_net::layer::Dropout<
        ::static_net::shape::Computed<
            { INCEPTION_SHAPE8.rank() },
            { INCEPTION_SHAPE8.size(0) },
            { INCEPTION_SHAPE8.size(1) },
            { INCEPTION_SHAPE8.size(2) },
        >,
        { ::core::primitive::f64::to_bits(0.2) },
    >,
    ///`10`, giving [10].
    pub stage5: ::static_net::layer::Dense<f32, { INCEPTION_SHAPE9.len() }, 10>,
}
impl ::static_net::layer::Layer<f32> for Inception {
    type Input = ::static_net::shape::Rank3<INCEPTION_SIZE0, 16, 16>;
    type Output = ::static_net::shape::Rank1<10>;
    const TAPE: usize = Self::TOTALS.tape + Self::TOTALS.inner;
    const BATCH_TAPE: usize = Self::TOTALS.batch_tape;
    const NEEDS_OUTPUT: bool = <::static_net::layer::Dense<
        f32,
        { INCEPTION_SHAPE9.len() },
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
        ::static_net::layer::Layer::<f32>::initialize(&mut self.stage5, rng);
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
        let stage1 = &mut front[..samples * INCEPTION_SHAPE1.len()];
        stage::forward(&self.stage1, input, stage1, pass);
        let stage2 = &mut back[..samples * INCEPTION_SHAPE7.len()];
        stage::forward(&self.stage2, stage1, stage2, pass);
        let stage3 = &mut front[..samples * INCEPTION_SHAPE8.len()];
        stage::forward(&self.stage3, stage2, stage3, pass);
        let stage4 = &mut back[..samples * INCEPTION_SHAPE9.len()];
        stage::forward(&self.stage4, stage3, stage4, pass);
        stage::forward(&self.stage5, stage4, output, pass);
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
        let (stage1, tape) = tape.split_at_mut(samples * INCEPTION_SHAPE1.len());
        let (stage2, tape) = tape.split_at_mut(samples * INCEPTION_SHAPE7.len());
        let (stage3, tape) = tape.split_at_mut(samples * INCEPTION_SHAPE8.len());
        let (stage4, tape) = tape.split_at_mut(samples * INCEPTION_SHAPE9.len());
        self.record_stages(
            ::static_net::shape::values::<Self::Input, f32>(input),
            stage1,
            stage2,
            stage3,
            stage4,
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
        let (stage1, tape) = tape.split_at_mut(samples * INCEPTION_SHAPE1.len());
        let (stage2, tape) = tape.split_at_mut(samples * INCEPTION_SHAPE7.len());
        let (stage3, tape) = tape.split_at_mut(samples * INCEPTION_SHAPE8.len());
        let (stage4, tape) = tape.split_at_mut(samples * INCEPTION_SHAPE9.len());
        self.train_stages(
            ::static_net::shape::values::<Self::Input, f32>(input),
            stage1,
            stage2,
            stage3,
            stage4,
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
        let (stage1, tape) = tape.split_at(samples * INCEPTION_SHAPE1.len());
        let (stage2, tape) = tape.split_at(samples * INCEPTION_SHAPE7.len());
        let (stage3, tape) = tape.split_at(samples * INCEPTION_SHAPE8.len());
        let (stage4, tape) = tape.split_at(samples * INCEPTION_SHAPE9.len());
        self.backward_stages(
            samples,
            ::static_net::shape::values::<Self::Input, f32>(step.input),
            stage1,
            stage2,
            stage3,
            stage4,
            ::static_net::shape::values::<Self::Output, f32>(step.output),
            tape,
            ::static_net::shape::values_mut::<Self::Output, f32>(step.d_output),
            step.d_input.map(::static_net::shape::values_mut::<Self::Input, f32>),
            gradient,
            pass,
        );
    }
}
impl Inception {
    const STAGES: &'static [::static_net::network::Stage] = &[
        ::static_net::network::Stage::of::<
            f32,
            ::static_net::layer::Activated<
                ::static_net::layer::Concat<
                    ::static_net::layer::Branches2<
                        ::static_net::layer::Conv<
                            f32,
                            ::static_net::shape::Rank3<INCEPTION_SIZE0, 16, 16>,
                            ::static_net::shape::Rank3<
                                8,
                                { INCEPTION_LAYER2.output.size(1usize) },
                                { INCEPTION_LAYER2.output.size(2usize) },
                            >,
                            ::static_net::layer::Window<
                                ::static_net::layer::KernelSize<
                                    { INCEPTION_LAYER2.window.kernel[0] },
                                    { INCEPTION_LAYER2.window.kernel[1] },
                                >,
                                ::static_net::layer::Stride<
                                    { INCEPTION_LAYER2.window.stride[0] },
                                    { INCEPTION_LAYER2.window.stride[1] },
                                >,
                                ::static_net::layer::Padding<
                                    { INCEPTION_LAYER2.window.padding[0] },
                                    { INCEPTION_LAYER2.window.padding[1] },
                                >,
                                ::static_net::layer::Dilation<
                                    { INCEPTION_LAYER2.window.dilation[0] },
                                    { INCEPTION_LAYER2.window.dilation[1] },
                                >,
                            >,
                            { INCEPTION_LAYER2.weight[0] },
                            { INCEPTION_LAYER2.weight[1] },
                            { INCEPTION_LAYER2.count },
                        >,
                        InceptionStage1Branch2,
                    >,
                    ::static_net::shape::Computed<
                        { INCEPTION_SHAPE1.rank() },
                        { INCEPTION_SHAPE1.size(0) },
                        { INCEPTION_SHAPE1.size(1) },
                        { INCEPTION_SHAPE1.size(2) },
                    >,
                >,
                ::static_net::activation::relu,
            >,
        >(
            "stage1",
            ::static_net::network::LayerKind::Composition
                .written(
                    "relu",
                    "concat(conv(8, 1) | relu conv(4, 1) => conv(8, 3, padding: same))",
                )
                .of(
                    &[
                        ::static_net::network::LayerKind::Convolution
                            .written("", "conv(8, 1)"),
                        ::static_net::network::Written::BLOCK,
                    ],
                ),
        ),
        ::static_net::network::Stage::of::<
            f32,
            ::static_net::layer::BatchNorm<
                f32,
                ::static_net::shape::Computed<
                    { INCEPTION_SHAPE1.rank() },
                    { INCEPTION_SHAPE1.size(0) },
                    { INCEPTION_SHAPE1.size(1) },
                    { INCEPTION_SHAPE1.size(2) },
                >,
                { INCEPTION_LAYER7.count },
                { ::core::primitive::f64::to_bits(0.00001) },
                { ::core::primitive::f64::to_bits(0.1) },
            >,
        >(
            "stage2",
            ::static_net::network::LayerKind::Normalization.written("", "batch_norm"),
        ),
        ::static_net::network::Stage::of::<
            f32,
            ::static_net::layer::GlobalAvgPool<
                ::static_net::shape::Computed<
                    { INCEPTION_SHAPE7.rank() },
                    { INCEPTION_SHAPE7.size(0) },
                    { INCEPTION_SHAPE7.size(1) },
                    { INCEPTION_SHAPE7.size(2) },
                >,
                ::static_net::shape::Computed<
                    { INCEPTION_SHAPE8.rank() },
                    { INCEPTION_SHAPE8.size(0) },
                    { INCEPTION_SHAPE8.size(1) },
                    { INCEPTION_SHAPE8.size(2) },
                >,
            >,
        >(
            "stage3",
            ::static_net::network::LayerKind::Pooling.written("", "global_avg_pool"),
        ),
        ::static_net::network::Stage::of::<
            f32,
            ::static_net::layer::Dropout<
                ::static_net::shape::Computed<
                    { INCEPTION_SHAPE8.rank() },
                    { INCEPTION_SHAPE8.size(0) },
                    { INCEPTION_SHAPE8.size(1) },
                    { INCEPTION_SHAPE8.size(2) },
                >,
                { ::core::primitive::f64::to_bits(0.2) },
            >,
        >("stage4", ::static_net::network::LayerKind::Other.written("", "dropout(0.2)")),
        ::static_net::network::Stage::of::<
            f32,
            ::static_net::layer::Dense<f32, { INCEPTION_SHAPE9.len() }, 10>,
        >("stage5", ::static_net::network::LayerKind::Affine.written("", "10")),
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
        stage2: &mut [f32],
        stage3: &mut [f32],
        stage4: &mut [f32],
        output: &mut [f32],
        tape: &mut [f32],
        pass: &mut ::static_net::layer::Pass<'_, f32, Instructions>,
    ) {
        use ::static_net::stage;
        let tape = stage::record(&self.stage1, input, stage1, tape, pass);
        let tape = stage::record(&self.stage2, stage1, stage2, tape, pass);
        let tape = stage::record(&self.stage3, stage2, stage3, tape, pass);
        let tape = stage::record(&self.stage4, stage3, stage4, tape, pass);
        stage::record(&self.stage5, stage4, output, tape, pass);
    }
    #[inline(always)]
    #[allow(clippy::too_many_arguments)]
    fn train_stages<Instructions: ::static_net::simd::InstructionSet>(
        &mut self,
        input: &[f32],
        stage1: &mut [f32],
        stage2: &mut [f32],
        stage3: &mut [f32],
        stage4: &mut [f32],
        output: &mut [f32],
        tape: &mut [f32],
        pass: &mut ::static_net::layer::Pass<'_, f32, Instructions>,
        rng: &mut dyn ::static_net::rand::Rng,
    ) {
        use ::static_net::stage;
        let tape = stage::train(&mut self.stage1, input, stage1, tape, pass, rng);
        let tape = stage::train(&mut self.stage2, stage1, stage2, tape, pass, rng);
        let tape = stage::train(&mut self.stage3, stage2, stage3, tape, pass, rng);
        let tape = stage::train(&mut self.stage4, stage3, stage4, tape, pass, rng);
        stage::train(&mut self.stage5, stage4, output, tape, pass, rng);
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
        stage4: &[f32],
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
        let d_stage4 = &mut back[..samples * INCEPTION_SHAPE9.len()];
        let tape = stage::backward(
            &self.stage5,
            stage4,
            output,
            tape,
            d_output,
            ::core::option::Option::Some(&mut *d_stage4),
            &mut gradient.stage5,
            pass,
        );
        let d_stage3 = &mut front[..samples * INCEPTION_SHAPE8.len()];
        let tape = stage::backward(
            &self.stage4,
            stage3,
            stage4,
            tape,
            d_stage4,
            ::core::option::Option::Some(&mut *d_stage3),
            &mut gradient.stage4,
            pass,
        );
        let d_stage2 = &mut back[..samples * INCEPTION_SHAPE7.len()];
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
        let d_stage1 = &mut front[..samples * INCEPTION_SHAPE1.len()];
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
unsafe impl ::static_net::Parameters<f32> for Inception {
    const PARAMETERS: usize = Self::TOTALS.parameters;
    const VALUES: usize = Self::TOTALS.values;
    fn describe(tensors: &mut ::static_net::Tensors) {
        tensors
            .part::<
                f32,
                ::static_net::layer::Activated<
                    ::static_net::layer::Concat<
                        ::static_net::layer::Branches2<
                            ::static_net::layer::Conv<
                                f32,
                                ::static_net::shape::Rank3<INCEPTION_SIZE0, 16, 16>,
                                ::static_net::shape::Rank3<
                                    8,
                                    { INCEPTION_LAYER2.output.size(1usize) },
                                    { INCEPTION_LAYER2.output.size(2usize) },
                                >,
                                ::static_net::layer::Window<
                                    ::static_net::layer::KernelSize<
                                        { INCEPTION_LAYER2.window.kernel[0] },
                                        { INCEPTION_LAYER2.window.kernel[1] },
                                    >,
                                    ::static_net::layer::Stride<
                                        { INCEPTION_LAYER2.window.stride[0] },
                                        { INCEPTION_LAYER2.window.stride[1] },
                                    >,
                                    ::static_net::layer::Padding<
                                        { INCEPTION_LAYER2.window.padding[0] },
                                        { INCEPTION_LAYER2.window.padding[1] },
                                    >,
                                    ::static_net::layer::Dilation<
                                        { INCEPTION_LAYER2.window.dilation[0] },
                                        { INCEPTION_LAYER2.window.dilation[1] },
                                    >,
                                >,
                                { INCEPTION_LAYER2.weight[0] },
                                { INCEPTION_LAYER2.weight[1] },
                                { INCEPTION_LAYER2.count },
                            >,
                            InceptionStage1Branch2,
                        >,
                        ::static_net::shape::Computed<
                            { INCEPTION_SHAPE1.rank() },
                            { INCEPTION_SHAPE1.size(0) },
                            { INCEPTION_SHAPE1.size(1) },
                            { INCEPTION_SHAPE1.size(2) },
                        >,
                    >,
                    ::static_net::activation::relu,
                >,
            >("stage1");
        tensors
            .part::<
                f32,
                ::static_net::layer::BatchNorm<
                    f32,
                    ::static_net::shape::Computed<
                        { INCEPTION_SHAPE1.rank() },
                        { INCEPTION_SHAPE1.size(0) },
                        { INCEPTION_SHAPE1.size(1) },
                        { INCEPTION_SHAPE1.size(2) },
                    >,
                    { INCEPTION_LAYER7.count },
                    { ::core::primitive::f64::to_bits(0.00001) },
                    { ::core::primitive::f64::to_bits(0.1) },
                >,
            >("stage2");
        tensors
            .part::<
                f32,
                ::static_net::layer::GlobalAvgPool<
                    ::static_net::shape::Computed<
                        { INCEPTION_SHAPE7.rank() },
                        { INCEPTION_SHAPE7.size(0) },
                        { INCEPTION_SHAPE7.size(1) },
                        { INCEPTION_SHAPE7.size(2) },
                    >,
                    ::static_net::shape::Computed<
                        { INCEPTION_SHAPE8.rank() },
                        { INCEPTION_SHAPE8.size(0) },
                        { INCEPTION_SHAPE8.size(1) },
                        { INCEPTION_SHAPE8.size(2) },
                    >,
                >,
            >("stage3");
        tensors
            .part::<
                f32,
                ::static_net::layer::Dropout<
                    ::static_net::shape::Computed<
                        { INCEPTION_SHAPE8.rank() },
                        { INCEPTION_SHAPE8.size(0) },
                        { INCEPTION_SHAPE8.size(1) },
                        { INCEPTION_SHAPE8.size(2) },
                    >,
                    { ::core::primitive::f64::to_bits(0.2) },
                >,
            >("stage4");
        tensors
            .part::<
                f32,
                ::static_net::layer::Dense<f32, { INCEPTION_SHAPE9.len() }, 10>,
            >("stage5");
    }
}
impl<Time: ::static_net::layer::TimeAxis> ::static_net::layer::Streaming<f32, Time>
for Inception
where
    ::static_net::layer::Activated<
        ::static_net::layer::Concat<
            ::static_net::layer::Branches2<
                ::static_net::layer::Conv<
                    f32,
                    ::static_net::shape::Rank3<INCEPTION_SIZE0, 16, 16>,
                    ::static_net::shape::Rank3<
                        8,
                        { INCEPTION_LAYER2.output.size(1usize) },
                        { INCEPTION_LAYER2.output.size(2usize) },
                    >,
                    ::static_net::layer::Window<
                        ::static_net::layer::KernelSize<
                            { INCEPTION_LAYER2.window.kernel[0] },
                            { INCEPTION_LAYER2.window.kernel[1] },
                        >,
                        ::static_net::layer::Stride<
                            { INCEPTION_LAYER2.window.stride[0] },
                            { INCEPTION_LAYER2.window.stride[1] },
                        >,
                        ::static_net::layer::Padding<
                            { INCEPTION_LAYER2.window.padding[0] },
                            { INCEPTION_LAYER2.window.padding[1] },
                        >,
                        ::static_net::layer::Dilation<
                            { INCEPTION_LAYER2.window.dilation[0] },
                            { INCEPTION_LAYER2.window.dilation[1] },
                        >,
                    >,
                    { INCEPTION_LAYER2.weight[0] },
                    { INCEPTION_LAYER2.weight[1] },
                    { INCEPTION_LAYER2.count },
                >,
                InceptionStage1Branch2,
            >,
            ::static_net::shape::Computed<
                { INCEPTION_SHAPE1.rank() },
                { INCEPTION_SHAPE1.size(0) },
                { INCEPTION_SHAPE1.size(1) },
                { INCEPTION_SHAPE1.size(2) },
            >,
        >,
        ::static_net::activation::relu,
    >: ::static_net::layer::Streaming<f32, Time, Behind = Time>,
    ::static_net::layer::BatchNorm<
        f32,
        ::static_net::shape::Computed<
            { INCEPTION_SHAPE1.rank() },
            { INCEPTION_SHAPE1.size(0) },
            { INCEPTION_SHAPE1.size(1) },
            { INCEPTION_SHAPE1.size(2) },
        >,
        { INCEPTION_LAYER7.count },
        { ::core::primitive::f64::to_bits(0.00001) },
        { ::core::primitive::f64::to_bits(0.1) },
    >: ::static_net::layer::Streaming<f32, Time, Behind = Time>,
    ::static_net::layer::GlobalAvgPool<
        ::static_net::shape::Computed<
            { INCEPTION_SHAPE7.rank() },
            { INCEPTION_SHAPE7.size(0) },
            { INCEPTION_SHAPE7.size(1) },
            { INCEPTION_SHAPE7.size(2) },
        >,
        ::static_net::shape::Computed<
            { INCEPTION_SHAPE8.rank() },
            { INCEPTION_SHAPE8.size(0) },
            { INCEPTION_SHAPE8.size(1) },
            { INCEPTION_SHAPE8.size(2) },
        >,
    >: ::static_net::layer::Streaming<f32, Time, Behind = Time>,
    ::static_net::layer::Dropout<
        ::static_net::shape::Computed<
            { INCEPTION_SHAPE8.rank() },
            { INCEPTION_SHAPE8.size(0) },
            { INCEPTION_SHAPE8.size(1) },
            { INCEPTION_SHAPE8.size(2) },
        >,
        { ::core::primitive::f64::to_bits(0.2) },
    >: ::static_net::layer::Streaming<f32, Time, Behind = Time>,
    ::static_net::layer::Dense<
        f32,
        { INCEPTION_SHAPE9.len() },
        10,
    >: ::static_net::layer::Streaming<f32, Time, Behind = Time>,
{
    type Behind = Time;
    const MEMORY: ::static_net::layer::StreamMemory = ::static_net::layer::StreamMemory::of(
        &[
            ::static_net::layer::StepStage::of::<
                f32,
                ::static_net::layer::Activated<
                    ::static_net::layer::Concat<
                        ::static_net::layer::Branches2<
                            ::static_net::layer::Conv<
                                f32,
                                ::static_net::shape::Rank3<INCEPTION_SIZE0, 16, 16>,
                                ::static_net::shape::Rank3<
                                    8,
                                    { INCEPTION_LAYER2.output.size(1usize) },
                                    { INCEPTION_LAYER2.output.size(2usize) },
                                >,
                                ::static_net::layer::Window<
                                    ::static_net::layer::KernelSize<
                                        { INCEPTION_LAYER2.window.kernel[0] },
                                        { INCEPTION_LAYER2.window.kernel[1] },
                                    >,
                                    ::static_net::layer::Stride<
                                        { INCEPTION_LAYER2.window.stride[0] },
                                        { INCEPTION_LAYER2.window.stride[1] },
                                    >,
                                    ::static_net::layer::Padding<
                                        { INCEPTION_LAYER2.window.padding[0] },
                                        { INCEPTION_LAYER2.window.padding[1] },
                                    >,
                                    ::static_net::layer::Dilation<
                                        { INCEPTION_LAYER2.window.dilation[0] },
                                        { INCEPTION_LAYER2.window.dilation[1] },
                                    >,
                                >,
                                { INCEPTION_LAYER2.weight[0] },
                                { INCEPTION_LAYER2.weight[1] },
                                { INCEPTION_LAYER2.count },
                            >,
                            InceptionStage1Branch2,
                        >,
                        ::static_net::shape::Computed<
                            { INCEPTION_SHAPE1.rank() },
                            { INCEPTION_SHAPE1.size(0) },
                            { INCEPTION_SHAPE1.size(1) },
                            { INCEPTION_SHAPE1.size(2) },
                        >,
                    >,
                    ::static_net::activation::relu,
                >,
                Time,
            >(),
            ::static_net::layer::StepStage::of::<
                f32,
                ::static_net::layer::BatchNorm<
                    f32,
                    ::static_net::shape::Computed<
                        { INCEPTION_SHAPE1.rank() },
                        { INCEPTION_SHAPE1.size(0) },
                        { INCEPTION_SHAPE1.size(1) },
                        { INCEPTION_SHAPE1.size(2) },
                    >,
                    { INCEPTION_LAYER7.count },
                    { ::core::primitive::f64::to_bits(0.00001) },
                    { ::core::primitive::f64::to_bits(0.1) },
                >,
                Time,
            >(),
            ::static_net::layer::StepStage::of::<
                f32,
                ::static_net::layer::GlobalAvgPool<
                    ::static_net::shape::Computed<
                        { INCEPTION_SHAPE7.rank() },
                        { INCEPTION_SHAPE7.size(0) },
                        { INCEPTION_SHAPE7.size(1) },
                        { INCEPTION_SHAPE7.size(2) },
                    >,
                    ::static_net::shape::Computed<
                        { INCEPTION_SHAPE8.rank() },
                        { INCEPTION_SHAPE8.size(0) },
                        { INCEPTION_SHAPE8.size(1) },
                        { INCEPTION_SHAPE8.size(2) },
                    >,
                >,
                Time,
            >(),
            ::static_net::layer::StepStage::of::<
                f32,
                ::static_net::layer::Dropout<
                    ::static_net::shape::Computed<
                        { INCEPTION_SHAPE8.rank() },
                        { INCEPTION_SHAPE8.size(0) },
                        { INCEPTION_SHAPE8.size(1) },
                        { INCEPTION_SHAPE8.size(2) },
                    >,
                    { ::core::primitive::f64::to_bits(0.2) },
                >,
                Time,
            >(),
            ::static_net::layer::StepStage::of::<
                f32,
                ::static_net::layer::Dense<f32, { INCEPTION_SHAPE9.len() }, 10>,
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
            ::static_net::layer::Activated<
                ::static_net::layer::Concat<
                    ::static_net::layer::Branches2<
                        ::static_net::layer::Conv<
                            f32,
                            ::static_net::shape::Rank3<INCEPTION_SIZE0, 16, 16>,
                            ::static_net::shape::Rank3<
                                8,
                                { INCEPTION_LAYER2.output.size(1usize) },
                                { INCEPTION_LAYER2.output.size(2usize) },
                            >,
                            ::static_net::layer::Window<
                                ::static_net::layer::KernelSize<
                                    { INCEPTION_LAYER2.window.kernel[0] },
                                    { INCEPTION_LAYER2.window.kernel[1] },
                                >,
                                ::static_net::layer::Stride<
                                    { INCEPTION_LAYER2.window.stride[0] },
                                    { INCEPTION_LAYER2.window.stride[1] },
                                >,
                                ::static_net::layer::Padding<
                                    { INCEPTION_LAYER2.window.padding[0] },
                                    { INCEPTION_LAYER2.window.padding[1] },
                                >,
                                ::static_net::layer::Dilation<
                                    { INCEPTION_LAYER2.window.dilation[0] },
                                    { INCEPTION_LAYER2.window.dilation[1] },
                                >,
                            >,
                            { INCEPTION_LAYER2.weight[0] },
                            { INCEPTION_LAYER2.weight[1] },
                            { INCEPTION_LAYER2.count },
                        >,
                        InceptionStage1Branch2,
                    >,
                    ::static_net::shape::Computed<
                        { INCEPTION_SHAPE1.rank() },
                        { INCEPTION_SHAPE1.size(0) },
                        { INCEPTION_SHAPE1.size(1) },
                        { INCEPTION_SHAPE1.size(2) },
                    >,
                >,
                ::static_net::activation::relu,
            >,
            Time,
            Instructions,
            _,
        >(&self.stage1, input, front, state, position, pass);
        let (stage2, state) = stage::step::<
            f32,
            ::static_net::layer::BatchNorm<
                f32,
                ::static_net::shape::Computed<
                    { INCEPTION_SHAPE1.rank() },
                    { INCEPTION_SHAPE1.size(0) },
                    { INCEPTION_SHAPE1.size(1) },
                    { INCEPTION_SHAPE1.size(2) },
                >,
                { INCEPTION_LAYER7.count },
                { ::core::primitive::f64::to_bits(0.00001) },
                { ::core::primitive::f64::to_bits(0.1) },
            >,
            Time,
            Instructions,
            _,
        >(&self.stage2, stage1, back, state, position, pass);
        let (stage3, state) = stage::step::<
            f32,
            ::static_net::layer::GlobalAvgPool<
                ::static_net::shape::Computed<
                    { INCEPTION_SHAPE7.rank() },
                    { INCEPTION_SHAPE7.size(0) },
                    { INCEPTION_SHAPE7.size(1) },
                    { INCEPTION_SHAPE7.size(2) },
                >,
                ::static_net::shape::Computed<
                    { INCEPTION_SHAPE8.rank() },
                    { INCEPTION_SHAPE8.size(0) },
                    { INCEPTION_SHAPE8.size(1) },
                    { INCEPTION_SHAPE8.size(2) },
                >,
            >,
            Time,
            Instructions,
            _,
        >(&self.stage3, stage2, front, state, position, pass);
        let (stage4, state) = stage::step::<
            f32,
            ::static_net::layer::Dropout<
                ::static_net::shape::Computed<
                    { INCEPTION_SHAPE8.rank() },
                    { INCEPTION_SHAPE8.size(0) },
                    { INCEPTION_SHAPE8.size(1) },
                    { INCEPTION_SHAPE8.size(2) },
                >,
                { ::core::primitive::f64::to_bits(0.2) },
            >,
            Time,
            Instructions,
            _,
        >(&self.stage4, stage3, back, state, position, pass);
        stage::step::<
            f32,
            ::static_net::layer::Dense<f32, { INCEPTION_SHAPE9.len() }, 10>,
            Time,
            Instructions,
            _,
        >(&self.stage5, stage4, output, state, position, pass);
    }
}
///Every representation that [`Inception`] makes of a batch, from [`Inception::activations`]. The last stage is `output` and also `stage5`.
#[repr(align(64))]
#[allow(dead_code)]
#[derive(Debug)]
pub struct InceptionActivations<
    BatchSize: ::static_net::Batch = ::static_net::nalgebra::Const<1>,
> {
    /// What went in.
    pub input: BatchSize::Matrix<f32, { (1 * INCEPTION_SIZE0 * 16 * 16) }>,
    ///What `relu concat(conv(8, 1) | relu conv(4, 1) => conv(8, 3, padding: same))` gives.
    pub stage1: BatchSize::Matrix<f32, { INCEPTION_SHAPE1.len() }>,
    ///What `batch_norm` gives.
    pub stage2: BatchSize::Matrix<f32, { INCEPTION_SHAPE7.len() }>,
    ///What `global_avg_pool` gives.
    pub stage3: BatchSize::Matrix<f32, { INCEPTION_SHAPE8.len() }>,
    ///What `dropout(0.2)` gives.
    pub stage4: BatchSize::Matrix<f32, { INCEPTION_SHAPE9.len() }>,
    /// What came out.
    pub output: BatchSize::Matrix<f32, 10>,
    working_memory: ::static_net::network::Memory<f32>,
}
///What `10` gives, which is also `output`.
#[repr(transparent)]
#[allow(dead_code)]
pub struct InceptionLastStage<BatchSize: ::static_net::Batch> {
    ///What `10` gives, which is also `output`.
    pub stage5: BatchSize::Matrix<f32, 10>,
}
impl<BatchSize: ::static_net::Batch> ::core::ops::Deref
for InceptionActivations<BatchSize> {
    type Target = InceptionLastStage<BatchSize>;
    fn deref(&self) -> &Self::Target {
        unsafe { &*(&raw const self.output).cast() }
    }
}
impl<BatchSize: ::static_net::Batch> ::static_net::network::Activations
for InceptionActivations<BatchSize> {
    type Network = Inception;
    type Batch = BatchSize;
    fn empty(batch: BatchSize) -> ::static_net::alloc::boxed::Box<Self> {
        let mut activations = ::static_net::alloc::boxed::Box::<Self>::new_uninit();
        let place = activations.as_mut_ptr();
        unsafe {
            ::static_net::batch::write_zeros(&raw mut (*place).input, batch);
            ::static_net::batch::write_zeros(&raw mut (*place).stage1, batch);
            ::static_net::batch::write_zeros(&raw mut (*place).stage2, batch);
            ::static_net::batch::write_zeros(&raw mut (*place).stage3, batch);
            ::static_net::batch::write_zeros(&raw mut (*place).stage4, batch);
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
        self.stage4.resize_batch(batch);
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
        visitor(self.stage2.values());
        visitor(self.stage3.values());
        visitor(self.stage4.values());
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
                self.stage2.values_mut(),
                self.stage3.values_mut(),
                self.stage4.values_mut(),
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
                self.stage2.values_mut(),
                self.stage3.values_mut(),
                self.stage4.values_mut(),
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
                self.stage2.values(),
                self.stage3.values(),
                self.stage4.values(),
                self.output.values(),
                self.working_memory.tape(Self::Network::tape_values(samples)),
                d_output,
                d_input,
                gradient,
                pass,
            );
    }
}
impl ::static_net::Network for Inception {
    type Scalar = f32;
    const NAME: &'static str = "Inception";
    const STAGES: &'static [::static_net::network::Stage] = Self::STAGES;
}
impl<Given> ::static_net::network::Takes<Given> for Inception
where
    Given: ::static_net::Samples<f32, { (1 * INCEPTION_SIZE0 * 16 * 16) }>
        + ?::core::marker::Sized,
{
    type Activations = InceptionActivations<Given::Batch>;
    #[track_caller]
    fn represent(
        &self,
        x: &Given,
    ) -> ::static_net::alloc::boxed::Box<Self::Activations> {
        self.activations(x)
    }
}
#[allow(dead_code)]
impl Inception {
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
        Given: ::static_net::Samples<f32, { (1 * INCEPTION_SIZE0 * 16 * 16) }>
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
        Given: ::static_net::Samples<f32, { (1 * INCEPTION_SIZE0 * 16 * 16) }>
            + ?::core::marker::Sized,
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
    ) -> ::static_net::alloc::boxed::Box<InceptionActivations<Given::Batch>>
    where
        Given: ::static_net::Samples<f32, { (1 * INCEPTION_SIZE0 * 16 * 16) }>
            + ?::core::marker::Sized,
    {
        let mut activations = <InceptionActivations<
            Given::Batch,
        > as ::static_net::network::Activations>::empty(x.batch());
        self.activations_into(x, &mut activations);
        activations
    }
    /// As `activations`, into memory that the caller holds.
    pub fn activations_into<Given>(
        &self,
        x: &Given,
        activations: &mut InceptionActivations<Given::Batch>,
    )
    where
        Given: ::static_net::Samples<f32, { (1 * INCEPTION_SIZE0 * 16 * 16) }>
            + ?::core::marker::Sized,
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
    ) -> ::static_net::alloc::boxed::Box<InceptionActivations<Given::Batch>>
    where
        Given: ::static_net::Samples<f32, { (1 * INCEPTION_SIZE0 * 16 * 16) }>
            + ?::core::marker::Sized,
        Random: ::static_net::rand::Rng + ?::core::marker::Sized,
    {
        let mut activations = <InceptionActivations<
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
        activations: &mut InceptionActivations<Given::Batch>,
    )
    where
        Given: ::static_net::Samples<f32, { (1 * INCEPTION_SIZE0 * 16 * 16) }>
            + ?::core::marker::Sized,
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
        activations: &InceptionActivations<BatchSize>,
        d_output: &DOutput,
        gradient: &mut Self,
    ) -> BatchSize::Matrix<f32, { (1 * INCEPTION_SIZE0 * 16 * 16) }>
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
        activations: &InceptionActivations<BatchSize>,
        d_output: &DOutput,
        gradient: &mut Self,
        d_input: ::core::option::Option<
            &mut BatchSize::Matrix<f32, { (1 * INCEPTION_SIZE0 * 16 * 16) }>,
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
    ::static_net::diagram_methods!();
    ::static_net::file_methods!();
}
const _: () = ::static_net::check::takes_vector(
    INCEPTION_SHAPE9.sizes(),
    5usize,
    "10",
    &::static_net::check::Context {
        from: "stage 4",
        route: &[
            ("[CHANNELS, 16, 16]", &[INCEPTION_SIZE0, 16, 16]),
            (
                "relu concat(conv(8, 1) | relu conv(4, 1) => conv(8, 3, padding: same))",
                INCEPTION_SHAPE1.sizes(),
            ),
            ("batch_norm", INCEPTION_SHAPE7.sizes()),
            ("global_avg_pool", INCEPTION_SHAPE8.sizes()),
            ("dropout(0.2)", INCEPTION_SHAPE9.sizes()),
            ("10", &[]),
        ],
        around: (
            "< [CHANNELS, 16, 16] => relu concat(conv(8, 1) | relu conv(4, 1) => conv(8, 3, padding: same)) => batch_norm => global_avg_pool => dropout(0.2) => ",
            " >",
        ),
    },
);
const _: () = ::static_net::check::layout::<f32, Inception>();
