// pub struct Inception< [CHANNELS, 16, 16]
// => relu concat(conv(8, 1) | relu conv(4, 1) => conv(8, 3, padding: same))
// => batch_norm => global_avg_pool => dropout(0.2) => 10 >;

#[doc(hidden)]
#[allow(dead_code)]
const INCEPTION_VALUE0: usize = CHANNELS;
#[doc(hidden)]
#[allow(dead_code)]
const INCEPTION_SIZE0: usize = ::static_net::__private::check::sized(
    INCEPTION_VALUE0,
    "CHANNELS",
);
#[doc(hidden)]
#[allow(dead_code)]
const INCEPTION_LAYER2: ::static_net::__private::check::Facts = ::static_net::__private::check::facts(
    ::static_net::__private::check::argument(
        ::static_net::__private::check::argument(
            ::static_net::__private::check::infer(::static_net::__private::check::Site {
                call: ::static_net::__private::check::call(
                    "conv",
                    "",
                    &[
                        ::static_net::__private::check::sizes(0, false, "8", &[8]),
                        ::static_net::__private::check::sizes(1, false, "1", &[1]),
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
const INCEPTION_LAYER4: ::static_net::__private::check::Facts = ::static_net::__private::check::facts(
    ::static_net::__private::check::argument(
        ::static_net::__private::check::argument(
            ::static_net::__private::check::infer(::static_net::__private::check::Site {
                call: ::static_net::__private::check::call(
                    "conv",
                    "relu ",
                    &[
                        ::static_net::__private::check::sizes(0, false, "4", &[4]),
                        ::static_net::__private::check::sizes(1, false, "1", &[1]),
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
const INCEPTION_LAYER5: ::static_net::__private::check::Facts = ::static_net::__private::check::facts(
    ::static_net::__private::check::argument(
        ::static_net::__private::check::argument(
            ::static_net::__private::check::argument(
                ::static_net::__private::check::infer(::static_net::__private::check::Site {
                    call: ::static_net::__private::check::call(
                        "conv",
                        "",
                        &[
                            ::static_net::__private::check::sizes(0, false, "8", &[8]),
                            ::static_net::__private::check::sizes(1, false, "3", &[3]),
                            ::static_net::__private::check::word(3, true, "same"),
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
const INCEPTION_SHAPE1: ::static_net::__private::Dims = ::static_net::__private::check::branch(
    ::static_net::__private::check::concat(
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
    ::static_net::__private::check::Joined::Concat(2usize),
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
    ::static_net::__private::check::Ending::Stage("conv(8, 3, padding: same)"),
    &::static_net::__private::check::Context {
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
const INCEPTION_LAYER7: ::static_net::__private::check::Facts = ::static_net::__private::check::facts(
    ::static_net::__private::check::infer(::static_net::__private::check::Site {
        call: ::static_net::__private::check::call("batch_norm", "", &[]),
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
const INCEPTION_SHAPE7: ::static_net::__private::Dims = INCEPTION_LAYER7.output;
#[doc(hidden)]
#[allow(dead_code)]
const INCEPTION_LAYER8: ::static_net::__private::check::Facts = ::static_net::__private::check::facts(
    ::static_net::__private::check::infer(::static_net::__private::check::Site {
        call: ::static_net::__private::check::call("global_avg_pool", "", &[]),
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
const INCEPTION_SHAPE8: ::static_net::__private::Dims = INCEPTION_LAYER8.output;
#[doc(hidden)]
#[allow(dead_code)]
const INCEPTION_LAYER9: ::static_net::__private::check::Facts = ::static_net::__private::check::facts(
    ::static_net::__private::check::argument(
        ::static_net::__private::check::infer(::static_net::__private::check::Site {
            call: ::static_net::__private::check::call(
                "dropout",
                "",
                &[::static_net::__private::check::number(0, false, "0.2")],
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
const INCEPTION_SHAPE9: ::static_net::__private::Dims = INCEPTION_LAYER9.output;
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
    const NEEDS: ::static_net::layer::Needs = Self::CHAIN.needs();
    const DESCRIPTION: ::static_net::network::Description = ::static_net::network::Description::chain(
        Self::STAGES,
    );
    fn initialize<Random: ::static_net::rand::Rng + ?::core::marker::Sized>(
        &mut self,
        rng: &mut Random,
    ) {
        ::static_net::layer::Layer::<f32>::initialize(&mut self.stage1, rng);
        ::static_net::layer::Layer::<f32>::initialize(&mut self.stage2, rng);
    }
    #[inline(always)]
    fn forward<
        Instructions: ::static_net::simd::InstructionSet,
        Mode: ::static_net::layer::Mode<f32>,
    >(
        &self,
        input: &[::static_net::shape::Sample<Self::Input, f32>],
        output: &mut [::static_net::shape::Sample<Self::Output, f32>],
        pass: &mut ::static_net::layer::Pass<'_, f32, Instructions, Mode>,
    ) {
        use ::static_net::__private::stage;
        let samples = input.len();
        let input = ::static_net::shape::values::<Self::Input, f32>(input);
        let output = ::static_net::shape::values_mut::<Self::Output, f32>(output);
        let (front, _, mut pass) = stage::buffers(Self::CHAIN.turns(samples), pass);
        let pass = &mut pass;
        let stage1 = stage::forward(&self.stage1, input, front, pass);
        stage::forward_into(&self.stage2, stage1, output, pass);
    }
    #[inline(always)]
    fn backward<Instructions: ::static_net::simd::InstructionSet>(
        &self,
        step: ::static_net::layer::Backward<'_, f32, Self>,
        gradient: &mut Self,
        pass: &mut ::static_net::layer::Pass<'_, f32, Instructions>,
    ) {
        use ::static_net::__private::stage;
        let samples = step.input.len();
        let (mut way, input, d_input) = stage::way_back(step);
        let stage1 = way
            .representation(
                samples
                    * (1 * 4 * { INCEPTION_LAYER4.output.size(1usize) }
                        * { INCEPTION_LAYER4.output.size(2usize) }),
            );
        let (front, _, mut pass) = stage::buffers(Self::CHAIN.turns(samples), pass);
        let pass = &mut pass;
        let way = way.through(&self.stage2, &mut gradient.stage2, stage1, front, pass);
        way.finish(&self.stage1, &mut gradient.stage1, input, d_input, pass);
    }
}
impl InceptionStage1Branch2 {
    const STAGES: &'static [::static_net::network::Stage] = {
        use ::static_net::__private::{field_stage, shared_field_stage};
        use ::static_net::network::{LayerKind, Written};
        &[
            field_stage::<
                f32,
                _,
                _,
            >(
                |network: &Self| &network.stage1,
                "stage1",
                Written::new(LayerKind::Convolution, "relu", "conv(4, 1)"),
            ),
            field_stage::<
                f32,
                _,
                _,
            >(
                |network: &Self| &network.stage2,
                "stage2",
                Written::new(LayerKind::Convolution, "", "conv(8, 3, padding: same)"),
            ),
        ]
    };
    const CHAIN: ::static_net::__private::Chain = ::static_net::__private::Chain::of(
        Self::STAGES,
    );
}
impl InceptionStage1Branch2 {
    const SIZES: [usize; 2] = {
        use ::static_net::__private::{field_sizes, total_sizes};
        total_sizes(
            &[
                field_sizes::<f32, _, _>(|network: &Self| &network.stage1),
                field_sizes::<f32, _, _>(|network: &Self| &network.stage2),
            ],
        )
    };
}
unsafe impl ::static_net::Parameters<f32> for InceptionStage1Branch2 {
    const PARAMETERS: usize = Self::SIZES[0];
    const VALUES: usize = Self::SIZES[1];
    fn describe(tensors: &mut ::static_net::Tensors) {
        use ::static_net::__private::describe_field;
        describe_field::<f32, _, _>(tensors, |network: &Self| &network.stage1, "stage1");
        describe_field::<f32, _, _>(tensors, |network: &Self| &network.stage2, "stage2");
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
            ::static_net::__private::Computed<
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
        ::static_net::__private::Computed<
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
        ::static_net::__private::Computed<
            { INCEPTION_SHAPE7.rank() },
            { INCEPTION_SHAPE7.size(0) },
            { INCEPTION_SHAPE7.size(1) },
            { INCEPTION_SHAPE7.size(2) },
        >,
        ::static_net::__private::Computed<
            { INCEPTION_SHAPE8.rank() },
            { INCEPTION_SHAPE8.size(0) },
            { INCEPTION_SHAPE8.size(1) },
            { INCEPTION_SHAPE8.size(2) },
        >,
    >,
    ///`dropout(0.2)`, giving a shape computed from consts.
    pub stage4: ::static_net::layer::Dropout<
        ::static_net::__private::Computed<
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
    const NEEDS: ::static_net::layer::Needs = Self::CHAIN.needs();
    const DESCRIPTION: ::static_net::network::Description = ::static_net::network::Description::chain(
        Self::STAGES,
    );
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
    fn forward<
        Instructions: ::static_net::simd::InstructionSet,
        Mode: ::static_net::layer::Mode<f32>,
    >(
        &self,
        input: &[::static_net::shape::Sample<Self::Input, f32>],
        output: &mut [::static_net::shape::Sample<Self::Output, f32>],
        pass: &mut ::static_net::layer::Pass<'_, f32, Instructions, Mode>,
    ) {
        use ::static_net::__private::stage;
        let samples = input.len();
        let input = ::static_net::shape::values::<Self::Input, f32>(input);
        let output = ::static_net::shape::values_mut::<Self::Output, f32>(output);
        let (front, back, mut pass) = stage::buffers(Self::CHAIN.turns(samples), pass);
        let pass = &mut pass;
        let stage1 = stage::forward(&self.stage1, input, front, pass);
        let stage2 = stage::forward(&self.stage2, stage1, back, pass);
        let stage3 = stage::forward(&self.stage3, stage2, front, pass);
        let stage4 = stage::forward(&self.stage4, stage3, back, pass);
        stage::forward_into(&self.stage5, stage4, output, pass);
    }
    #[inline(always)]
    fn backward<Instructions: ::static_net::simd::InstructionSet>(
        &self,
        step: ::static_net::layer::Backward<'_, f32, Self>,
        gradient: &mut Self,
        pass: &mut ::static_net::layer::Pass<'_, f32, Instructions>,
    ) {
        use ::static_net::__private::stage;
        let samples = step.input.len();
        let (mut way, input, d_input) = stage::way_back(step);
        let stage1 = way.representation(samples * INCEPTION_SHAPE1.len());
        let stage2 = way.representation(samples * INCEPTION_SHAPE7.len());
        let stage3 = way.representation(samples * INCEPTION_SHAPE8.len());
        let stage4 = way.representation(samples * INCEPTION_SHAPE9.len());
        let (front, back, mut pass) = stage::buffers(Self::CHAIN.turns(samples), pass);
        let pass = &mut pass;
        let way = way.through(&self.stage5, &mut gradient.stage5, stage4, back, pass);
        let way = way.through(&self.stage4, &mut gradient.stage4, stage3, front, pass);
        let way = way.through(&self.stage3, &mut gradient.stage3, stage2, back, pass);
        let way = way.through(&self.stage2, &mut gradient.stage2, stage1, front, pass);
        way.finish(&self.stage1, &mut gradient.stage1, input, d_input, pass);
    }
}
impl Inception {
    const STAGES: &'static [::static_net::network::Stage] = {
        use ::static_net::__private::{field_stage, shared_field_stage};
        use ::static_net::network::{LayerKind, Written};
        &[
            field_stage::<
                f32,
                _,
                _,
            >(
                |network: &Self| &network.stage1,
                "stage1",
                Written::new(
                        LayerKind::Composition,
                        "relu",
                        "concat(conv(8, 1) | relu conv(4, 1) => conv(8, 3, padding: same))",
                    )
                    .of(
                        &[
                            Written::new(LayerKind::Convolution, "", "conv(8, 1)"),
                            Written::BLOCK,
                        ],
                    ),
            ),
            field_stage::<
                f32,
                _,
                _,
            >(
                |network: &Self| &network.stage2,
                "stage2",
                Written::new(LayerKind::Normalization, "", "batch_norm"),
            ),
            field_stage::<
                f32,
                _,
                _,
            >(
                |network: &Self| &network.stage3,
                "stage3",
                Written::new(LayerKind::Pooling, "", "global_avg_pool"),
            ),
            field_stage::<
                f32,
                _,
                _,
            >(
                |network: &Self| &network.stage4,
                "stage4",
                Written::new(LayerKind::Other, "", "dropout(0.2)"),
            ),
            field_stage::<
                f32,
                _,
                _,
            >(
                |network: &Self| &network.stage5,
                "stage5",
                Written::new(LayerKind::Affine, "", "10"),
            ),
        ]
    };
    const CHAIN: ::static_net::__private::Chain = ::static_net::__private::Chain::of(
        Self::STAGES,
    );
}
impl Inception {
    const SIZES: [usize; 2] = {
        use ::static_net::__private::{field_sizes, total_sizes};
        total_sizes(
            &[
                field_sizes::<f32, _, _>(|network: &Self| &network.stage1),
                field_sizes::<f32, _, _>(|network: &Self| &network.stage2),
                field_sizes::<f32, _, _>(|network: &Self| &network.stage3),
                field_sizes::<f32, _, _>(|network: &Self| &network.stage4),
                field_sizes::<f32, _, _>(|network: &Self| &network.stage5),
            ],
        )
    };
}
unsafe impl ::static_net::Parameters<f32> for Inception {
    const PARAMETERS: usize = Self::SIZES[0];
    const VALUES: usize = Self::SIZES[1];
    fn describe(tensors: &mut ::static_net::Tensors) {
        use ::static_net::__private::describe_field;
        describe_field::<f32, _, _>(tensors, |network: &Self| &network.stage1, "stage1");
        describe_field::<f32, _, _>(tensors, |network: &Self| &network.stage2, "stage2");
        describe_field::<f32, _, _>(tensors, |network: &Self| &network.stage3, "stage3");
        describe_field::<f32, _, _>(tensors, |network: &Self| &network.stage4, "stage4");
        describe_field::<f32, _, _>(tensors, |network: &Self| &network.stage5, "stage5");
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
    working_memory: ::static_net::__private::PassMemory<f32>,
}
///What `10` gives, which is also `output`.
#[repr(transparent)]
#[allow(dead_code)]
pub struct InceptionLastStage<BatchSize: ::static_net::Batch> {
    ///What `10` gives, which is also `output`.
    pub stage5: BatchSize::Matrix<f32, 10>,
}
impl ::static_net::Network for Inception {
    type Scalar = f32;
    const NAME: &'static str = "Inception";
    const STAGES: &'static [::static_net::network::Stage] = Self::STAGES;
}
::static_net::__private::network_interface! {
    Inception InceptionActivations InceptionLastStage < > f32 { (1 * INCEPTION_SIZE0 * 16
    * 16) } => f32 10; takes { ::static_net::Samples < f32, { (1 * INCEPTION_SIZE0 * 16 *
    16) } > } gives { ::static_net::samples::OutputGradient < f32, 10, BatchSize > }
    inner { stage1 stage2 stage3 stage4 } numbers
}
const _: () = ::static_net::__private::check::takes_vector(
    INCEPTION_SHAPE9.sizes(),
    5usize,
    "10",
    &::static_net::__private::check::Context {
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
const _: () = ::static_net::__private::check::layout::<f32, Inception>();
