// pub struct LeNet< [1, 28, 28] => relu conv(6, 5, padding: 2) => max_pool(2)
// => relu conv(16, 5) => max_pool(2) => flatten => relu 120 => relu 84 => 10 >;

///A network: `< [1, 28, 28] => relu conv(6, 5, padding: 2) => max_pool(2) => relu conv(16, 5) => max_pool(2) => flatten => relu 120 => relu 84 => 10 >`.
#[repr(C)]
#[allow(dead_code)]
pub struct LeNet {
    ///`relu conv(6, 5, padding: 2)`, giving [6, 28, 28].
    pub stage1: ::static_net::layer::Conv<
        f32,
        ::static_net::shape::Rank3<1, 28, 28>,
        ::static_net::shape::Rank3<6, 28, 28>,
        ::static_net::layer::Window<
            ::static_net::layer::KernelSize<5, 5>,
            ::static_net::layer::Stride<1, 1>,
            ::static_net::layer::Padding<2, 2>,
            ::static_net::layer::Dilation<1, 1>,
        >,
        6,
        1,
        6,
        ::static_net::activation::relu,
    >,
    ///`max_pool(2)`, giving [6, 14, 14].
    pub stage2: ::static_net::layer::MaxPool<
        ::static_net::shape::Rank3<6, 28, 28>,
        ::static_net::shape::Rank3<6, 14, 14>,
        ::static_net::layer::Window<
            ::static_net::layer::KernelSize<2, 2>,
            ::static_net::layer::Stride<2, 2>,
            ::static_net::layer::Padding<0, 0>,
            ::static_net::layer::Dilation<1, 1>,
        >,
    >,
    ///`relu conv(16, 5)`, giving [16, 10, 10].
    pub stage3: ::static_net::layer::Conv<
        f32,
        ::static_net::shape::Rank3<6, 14, 14>,
        ::static_net::shape::Rank3<16, 10, 10>,
        ::static_net::layer::Window<
            ::static_net::layer::KernelSize<5, 5>,
            ::static_net::layer::Stride<1, 1>,
            ::static_net::layer::Padding<0, 0>,
            ::static_net::layer::Dilation<1, 1>,
        >,
        16,
        6,
        16,
        ::static_net::activation::relu,
    >,
    ///`max_pool(2)`, giving [16, 5, 5].
    pub stage4: ::static_net::layer::MaxPool<
        ::static_net::shape::Rank3<16, 10, 10>,
        ::static_net::shape::Rank3<16, 5, 5>,
        ::static_net::layer::Window<
            ::static_net::layer::KernelSize<2, 2>,
            ::static_net::layer::Stride<2, 2>,
            ::static_net::layer::Padding<0, 0>,
            ::static_net::layer::Dilation<1, 1>,
        >,
    >,
    ///`flatten`, giving [400].
    pub stage5: ::static_net::layer::Reshape<
        ::static_net::shape::Rank3<16, 5, 5>,
        ::static_net::shape::Rank1<400>,
    >,
    ///`relu 120`, giving [120].
    pub stage6: ::static_net::layer::Dense<
        f32,
        400,
        120,
        ::static_net::activation::relu,
    >,
    ///`relu 84`, giving [84].
    pub stage7: ::static_net::layer::Dense<f32, 120, 84, ::static_net::activation::relu>,
    ///`10`, giving [10].
    pub stage8: ::static_net::layer::Dense<f32, 84, 10>,
}
impl ::static_net::layer::Layer<f32> for LeNet {
    type Input = ::static_net::shape::Rank3<1, 28, 28>;
    type Output = ::static_net::shape::Rank1<10>;
    const TAPE: usize = Self::TOTALS.tape + Self::TOTALS.inner;
    const BATCH_TAPE: usize = Self::TOTALS.batch_tape;
    const NEEDS_OUTPUT: bool = <::static_net::layer::Dense<
        f32,
        84,
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
        ::static_net::layer::Layer::<f32>::initialize(&mut self.stage6, rng);
        ::static_net::layer::Layer::<f32>::initialize(&mut self.stage7, rng);
        ::static_net::layer::Layer::<f32>::initialize(&mut self.stage8, rng);
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
        let stage1 = &mut front[..samples * 4704];
        stage::forward(&self.stage1, input, stage1, pass);
        let stage2 = &mut back[..samples * 1176];
        stage::forward(&self.stage2, stage1, stage2, pass);
        let stage3 = &mut front[..samples * 1600];
        stage::forward(&self.stage3, stage2, stage3, pass);
        let stage4 = &mut back[..samples * 400];
        stage::forward(&self.stage4, stage3, stage4, pass);
        let stage5 = &mut front[..samples * 400];
        stage::forward(&self.stage5, stage4, stage5, pass);
        let stage6 = &mut back[..samples * 120];
        stage::forward(&self.stage6, stage5, stage6, pass);
        let stage7 = &mut front[..samples * 84];
        stage::forward(&self.stage7, stage6, stage7, pass);
        stage::forward(&self.stage8, stage7, output, pass);
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
        let (stage1, tape) = tape.split_at_mut(samples * 4704);
        let (stage2, tape) = tape.split_at_mut(samples * 1176);
        let (stage3, tape) = tape.split_at_mut(samples * 1600);
        let (stage4, tape) = tape.split_at_mut(samples * 400);
        let (stage5, tape) = tape.split_at_mut(samples * 400);
        let (stage6, tape) = tape.split_at_mut(samples * 120);
        let (stage7, tape) = tape.split_at_mut(samples * 84);
        self.record_stages(
            ::static_net::shape::values::<Self::Input, f32>(input),
            stage1,
            stage2,
            stage3,
            stage4,
            stage5,
            stage6,
            stage7,
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
        let (stage1, tape) = tape.split_at_mut(samples * 4704);
        let (stage2, tape) = tape.split_at_mut(samples * 1176);
        let (stage3, tape) = tape.split_at_mut(samples * 1600);
        let (stage4, tape) = tape.split_at_mut(samples * 400);
        let (stage5, tape) = tape.split_at_mut(samples * 400);
        let (stage6, tape) = tape.split_at_mut(samples * 120);
        let (stage7, tape) = tape.split_at_mut(samples * 84);
        self.train_stages(
            ::static_net::shape::values::<Self::Input, f32>(input),
            stage1,
            stage2,
            stage3,
            stage4,
            stage5,
            stage6,
            stage7,
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
        let (stage1, tape) = tape.split_at(samples * 4704);
        let (stage2, tape) = tape.split_at(samples * 1176);
        let (stage3, tape) = tape.split_at(samples * 1600);
        let (stage4, tape) = tape.split_at(samples * 400);
        let (stage5, tape) = tape.split_at(samples * 400);
        let (stage6, tape) = tape.split_at(samples * 120);
        let (stage7, tape) = tape.split_at(samples * 84);
        self.backward_stages(
            samples,
            ::static_net::shape::values::<Self::Input, f32>(step.input),
            stage1,
            stage2,
            stage3,
            stage4,
            stage5,
            stage6,
            stage7,
            ::static_net::shape::values::<Self::Output, f32>(step.output),
            tape,
            ::static_net::shape::values_mut::<Self::Output, f32>(step.d_output),
            step.d_input.map(::static_net::shape::values_mut::<Self::Input, f32>),
            gradient,
            pass,
        );
    }
}
impl LeNet {
    const STAGES: &'static [::static_net::network::Stage] = &[
        ::static_net::network::Stage::of::<
            f32,
            ::static_net::layer::Conv<
                f32,
                ::static_net::shape::Rank3<1, 28, 28>,
                ::static_net::shape::Rank3<6, 28, 28>,
                ::static_net::layer::Window<
                    ::static_net::layer::KernelSize<5, 5>,
                    ::static_net::layer::Stride<1, 1>,
                    ::static_net::layer::Padding<2, 2>,
                    ::static_net::layer::Dilation<1, 1>,
                >,
                6,
                1,
                6,
                ::static_net::activation::relu,
            >,
        >(
            "stage1",
            ::static_net::network::LayerKind::Convolution
                .written("relu", "conv(6, 5, padding: 2)"),
        ),
        ::static_net::network::Stage::of::<
            f32,
            ::static_net::layer::MaxPool<
                ::static_net::shape::Rank3<6, 28, 28>,
                ::static_net::shape::Rank3<6, 14, 14>,
                ::static_net::layer::Window<
                    ::static_net::layer::KernelSize<2, 2>,
                    ::static_net::layer::Stride<2, 2>,
                    ::static_net::layer::Padding<0, 0>,
                    ::static_net::layer::Dilation<1, 1>,
                >,
            >,
        >(
            "stage2",
            ::static_net::network::LayerKind::Pooling.written("", "max_pool(2)"),
        ),
        ::static_net::network::Stage::of::<
            f32,
            ::static_net::layer::Conv<
                f32,
                ::static_net::shape::Rank3<6, 14, 14>,
                ::static_net::shape::Rank3<16, 10, 10>,
                ::static_net::layer::Window<
                    ::static_net::layer::KernelSize<5, 5>,
                    ::static_net::layer::Stride<1, 1>,
                    ::static_net::layer::Padding<0, 0>,
                    ::static_net::layer::Dilation<1, 1>,
                >,
                16,
                6,
                16,
                ::static_net::activation::relu,
            >,
        >(
            "stage3",
            ::static_net::network::LayerKind::Convolution.written("relu", "conv(16, 5)"),
        ),
        ::static_net::network::Stage::of::<
            f32,
            ::static_net::layer::MaxPool<
                ::static_net::shape::Rank3<16, 10, 10>,
                ::static_net::shape::Rank3<16, 5, 5>,
                ::static_net::layer::Window<
                    ::static_net::layer::KernelSize<2, 2>,
                    ::static_net::layer::Stride<2, 2>,
                    ::static_net::layer::Padding<0, 0>,
                    ::static_net::layer::Dilation<1, 1>,
                >,
            >,
        >(
            "stage4",
            ::static_net::network::LayerKind::Pooling.written("", "max_pool(2)"),
        ),
        ::static_net::network::Stage::of::<
            f32,
            ::static_net::layer::Reshape<
                ::static_net::shape::Rank3<16, 5, 5>,
                ::static_net::shape::Rank1<400>,
            >,
        >("stage5", ::static_net::network::LayerKind::Other.written("", "flatten")),
        ::static_net::network::Stage::of::<
            f32,
            ::static_net::layer::Dense<f32, 400, 120, ::static_net::activation::relu>,
        >("stage6", ::static_net::network::LayerKind::Affine.written("relu", "120")),
        ::static_net::network::Stage::of::<
            f32,
            ::static_net::layer::Dense<f32, 120, 84, ::static_net::activation::relu>,
        >("stage7", ::static_net::network::LayerKind::Affine.written("relu", "84")),
        ::static_net::network::Stage::of::<
            f32,
            ::static_net::layer::Dense<f32, 84, 10>,
        >("stage8", ::static_net::network::LayerKind::Affine.written("", "10")),
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
        stage5: &mut [f32],
        stage6: &mut [f32],
        stage7: &mut [f32],
        output: &mut [f32],
        tape: &mut [f32],
        pass: &mut ::static_net::layer::Pass<'_, f32, Instructions>,
    ) {
        use ::static_net::stage;
        let tape = stage::record(&self.stage1, input, stage1, tape, pass);
        let tape = stage::record(&self.stage2, stage1, stage2, tape, pass);
        let tape = stage::record(&self.stage3, stage2, stage3, tape, pass);
        let tape = stage::record(&self.stage4, stage3, stage4, tape, pass);
        let tape = stage::record(&self.stage5, stage4, stage5, tape, pass);
        let tape = stage::record(&self.stage6, stage5, stage6, tape, pass);
        let tape = stage::record(&self.stage7, stage6, stage7, tape, pass);
        stage::record(&self.stage8, stage7, output, tape, pass);
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
        stage5: &mut [f32],
        stage6: &mut [f32],
        stage7: &mut [f32],
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
        let tape = stage::train(&mut self.stage5, stage4, stage5, tape, pass, rng);
        let tape = stage::train(&mut self.stage6, stage5, stage6, tape, pass, rng);
        let tape = stage::train(&mut self.stage7, stage6, stage7, tape, pass, rng);
        stage::train(&mut self.stage8, stage7, output, tape, pass, rng);
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
        stage5: &[f32],
        stage6: &[f32],
        stage7: &[f32],
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
        let d_stage7 = &mut front[..samples * 84];
        let tape = stage::backward(
            &self.stage8,
            stage7,
            output,
            tape,
            d_output,
            ::core::option::Option::Some(&mut *d_stage7),
            &mut gradient.stage8,
            pass,
        );
        let d_stage6 = &mut back[..samples * 120];
        let tape = stage::backward(
            &self.stage7,
            stage6,
            stage7,
            tape,
            d_stage7,
            ::core::option::Option::Some(&mut *d_stage6),
            &mut gradient.stage7,
            pass,
        );
        let d_stage5 = &mut front[..samples * 400];
        let tape = stage::backward(
            &self.stage6,
            stage5,
            stage6,
            tape,
            d_stage6,
            ::core::option::Option::Some(&mut *d_stage5),
            &mut gradient.stage6,
            pass,
        );
        let d_stage4 = &mut back[..samples * 400];
        let tape = stage::backward(
            &self.stage5,
            stage4,
            stage5,
            tape,
            d_stage5,
            ::core::option::Option::Some(&mut *d_stage4),
            &mut gradient.stage5,
            pass,
        );
        let d_stage3 = &mut front[..samples * 1600];
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
        let d_stage2 = &mut back[..samples * 1176];
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
        let d_stage1 = &mut front[..samples * 4704];
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
unsafe impl ::static_net::Parameters<f32> for LeNet {
    const PARAMETERS: usize = Self::TOTALS.parameters;
    const VALUES: usize = Self::TOTALS.values;
    fn describe(tensors: &mut ::static_net::Tensors) {
        tensors
            .part::<
                f32,
                ::static_net::layer::Conv<
                    f32,
                    ::static_net::shape::Rank3<1, 28, 28>,
                    ::static_net::shape::Rank3<6, 28, 28>,
                    ::static_net::layer::Window<
                        ::static_net::layer::KernelSize<5, 5>,
                        ::static_net::layer::Stride<1, 1>,
                        ::static_net::layer::Padding<2, 2>,
                        ::static_net::layer::Dilation<1, 1>,
                    >,
                    6,
                    1,
                    6,
                    ::static_net::activation::relu,
                >,
            >("stage1");
        tensors
            .part::<
                f32,
                ::static_net::layer::MaxPool<
                    ::static_net::shape::Rank3<6, 28, 28>,
                    ::static_net::shape::Rank3<6, 14, 14>,
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
                ::static_net::layer::Conv<
                    f32,
                    ::static_net::shape::Rank3<6, 14, 14>,
                    ::static_net::shape::Rank3<16, 10, 10>,
                    ::static_net::layer::Window<
                        ::static_net::layer::KernelSize<5, 5>,
                        ::static_net::layer::Stride<1, 1>,
                        ::static_net::layer::Padding<0, 0>,
                        ::static_net::layer::Dilation<1, 1>,
                    >,
                    16,
                    6,
                    16,
                    ::static_net::activation::relu,
                >,
            >("stage3");
        tensors
            .part::<
                f32,
                ::static_net::layer::MaxPool<
                    ::static_net::shape::Rank3<16, 10, 10>,
                    ::static_net::shape::Rank3<16, 5, 5>,
                    ::static_net::layer::Window<
                        ::static_net::layer::KernelSize<2, 2>,
                        ::static_net::layer::Stride<2, 2>,
                        ::static_net::layer::Padding<0, 0>,
                        ::static_net::layer::Dilation<1, 1>,
                    >,
                >,
            >("stage4");
        tensors
            .part::<
                f32,
                ::static_net::layer::Reshape<
                    ::static_net::shape::Rank3<16, 5, 5>,
                    ::static_net::shape::Rank1<400>,
                >,
            >("stage5");
        tensors
            .part::<
                f32,
                ::static_net::layer::Dense<f32, 400, 120, ::static_net::activation::relu>,
            >("stage6");
        tensors
            .part::<
                f32,
                ::static_net::layer::Dense<f32, 120, 84, ::static_net::activation::relu>,
            >("stage7");
        tensors.part::<f32, ::static_net::layer::Dense<f32, 84, 10>>("stage8");
    }
}
impl<Time: ::static_net::layer::TimeAxis> ::static_net::layer::Streaming<f32, Time>
for LeNet
where
    ::static_net::layer::Conv<
        f32,
        ::static_net::shape::Rank3<1, 28, 28>,
        ::static_net::shape::Rank3<6, 28, 28>,
        ::static_net::layer::Window<
            ::static_net::layer::KernelSize<5, 5>,
            ::static_net::layer::Stride<1, 1>,
            ::static_net::layer::Padding<2, 2>,
            ::static_net::layer::Dilation<1, 1>,
        >,
        6,
        1,
        6,
        ::static_net::activation::relu,
    >: ::static_net::layer::Streaming<f32, Time, Behind = Time>,
    ::static_net::layer::MaxPool<
        ::static_net::shape::Rank3<6, 28, 28>,
        ::static_net::shape::Rank3<6, 14, 14>,
        ::static_net::layer::Window<
            ::static_net::layer::KernelSize<2, 2>,
            ::static_net::layer::Stride<2, 2>,
            ::static_net::layer::Padding<0, 0>,
            ::static_net::layer::Dilation<1, 1>,
        >,
    >: ::static_net::layer::Streaming<f32, Time, Behind = Time>,
    ::static_net::layer::Conv<
        f32,
        ::static_net::shape::Rank3<6, 14, 14>,
        ::static_net::shape::Rank3<16, 10, 10>,
        ::static_net::layer::Window<
            ::static_net::layer::KernelSize<5, 5>,
            ::static_net::layer::Stride<1, 1>,
            ::static_net::layer::Padding<0, 0>,
            ::static_net::layer::Dilation<1, 1>,
        >,
        16,
        6,
        16,
        ::static_net::activation::relu,
    >: ::static_net::layer::Streaming<f32, Time, Behind = Time>,
    ::static_net::layer::MaxPool<
        ::static_net::shape::Rank3<16, 10, 10>,
        ::static_net::shape::Rank3<16, 5, 5>,
        ::static_net::layer::Window<
            ::static_net::layer::KernelSize<2, 2>,
            ::static_net::layer::Stride<2, 2>,
            ::static_net::layer::Padding<0, 0>,
            ::static_net::layer::Dilation<1, 1>,
        >,
    >: ::static_net::layer::Streaming<f32, Time, Behind = Time>,
    ::static_net::layer::Reshape<
        ::static_net::shape::Rank3<16, 5, 5>,
        ::static_net::shape::Rank1<400>,
    >: ::static_net::layer::Streaming<f32, Time, Behind = Time>,
    ::static_net::layer::Dense<
        f32,
        400,
        120,
        ::static_net::activation::relu,
    >: ::static_net::layer::Streaming<f32, Time, Behind = Time>,
    ::static_net::layer::Dense<
        f32,
        120,
        84,
        ::static_net::activation::relu,
    >: ::static_net::layer::Streaming<f32, Time, Behind = Time>,
    ::static_net::layer::Dense<
        f32,
        84,
        10,
    >: ::static_net::layer::Streaming<f32, Time, Behind = Time>,
{
    type Behind = Time;
    const MEMORY: ::static_net::layer::StreamMemory = ::static_net::layer::StreamMemory::of(
        &[
            ::static_net::layer::StepStage::of::<
                f32,
                ::static_net::layer::Conv<
                    f32,
                    ::static_net::shape::Rank3<1, 28, 28>,
                    ::static_net::shape::Rank3<6, 28, 28>,
                    ::static_net::layer::Window<
                        ::static_net::layer::KernelSize<5, 5>,
                        ::static_net::layer::Stride<1, 1>,
                        ::static_net::layer::Padding<2, 2>,
                        ::static_net::layer::Dilation<1, 1>,
                    >,
                    6,
                    1,
                    6,
                    ::static_net::activation::relu,
                >,
                Time,
            >(),
            ::static_net::layer::StepStage::of::<
                f32,
                ::static_net::layer::MaxPool<
                    ::static_net::shape::Rank3<6, 28, 28>,
                    ::static_net::shape::Rank3<6, 14, 14>,
                    ::static_net::layer::Window<
                        ::static_net::layer::KernelSize<2, 2>,
                        ::static_net::layer::Stride<2, 2>,
                        ::static_net::layer::Padding<0, 0>,
                        ::static_net::layer::Dilation<1, 1>,
                    >,
                >,
                Time,
            >(),
            ::static_net::layer::StepStage::of::<
                f32,
                ::static_net::layer::Conv<
                    f32,
                    ::static_net::shape::Rank3<6, 14, 14>,
                    ::static_net::shape::Rank3<16, 10, 10>,
                    ::static_net::layer::Window<
                        ::static_net::layer::KernelSize<5, 5>,
                        ::static_net::layer::Stride<1, 1>,
                        ::static_net::layer::Padding<0, 0>,
                        ::static_net::layer::Dilation<1, 1>,
                    >,
                    16,
                    6,
                    16,
                    ::static_net::activation::relu,
                >,
                Time,
            >(),
            ::static_net::layer::StepStage::of::<
                f32,
                ::static_net::layer::MaxPool<
                    ::static_net::shape::Rank3<16, 10, 10>,
                    ::static_net::shape::Rank3<16, 5, 5>,
                    ::static_net::layer::Window<
                        ::static_net::layer::KernelSize<2, 2>,
                        ::static_net::layer::Stride<2, 2>,
                        ::static_net::layer::Padding<0, 0>,
                        ::static_net::layer::Dilation<1, 1>,
                    >,
                >,
                Time,
            >(),
            ::static_net::layer::StepStage::of::<
                f32,
                ::static_net::layer::Reshape<
                    ::static_net::shape::Rank3<16, 5, 5>,
                    ::static_net::shape::Rank1<400>,
                >,
                Time,
            >(),
            ::static_net::layer::StepStage::of::<
                f32,
                ::static_net::layer::Dense<
                    f32,
                    400,
                    120,
                    ::static_net::activation::relu,
                >,
                Time,
            >(),
            ::static_net::layer::StepStage::of::<
                f32,
                ::static_net::layer::Dense<f32, 120, 84, ::static_net::activation::relu>,
                Time,
            >(),
            ::static_net::layer::StepStage::of::<
                f32,
                ::static_net::layer::Dense<f32, 84, 10>,
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
            ::static_net::layer::Conv<
                f32,
                ::static_net::shape::Rank3<1, 28, 28>,
                ::static_net::shape::Rank3<6, 28, 28>,
                ::static_net::layer::Window<
                    ::static_net::layer::KernelSize<5, 5>,
                    ::static_net::layer::Stride<1, 1>,
                    ::static_net::layer::Padding<2, 2>,
                    ::static_net::layer::Dilation<1, 1>,
                >,
                6,
                1,
                6,
                ::static_net::activation::relu,
            >,
            Time,
            Instructions,
            _,
        >(&self.stage1, input, front, state, position, pass);
        let (stage2, state) = stage::step::<
            f32,
            ::static_net::layer::MaxPool<
                ::static_net::shape::Rank3<6, 28, 28>,
                ::static_net::shape::Rank3<6, 14, 14>,
                ::static_net::layer::Window<
                    ::static_net::layer::KernelSize<2, 2>,
                    ::static_net::layer::Stride<2, 2>,
                    ::static_net::layer::Padding<0, 0>,
                    ::static_net::layer::Dilation<1, 1>,
                >,
            >,
            Time,
            Instructions,
            _,
        >(&self.stage2, stage1, back, state, position, pass);
        let (stage3, state) = stage::step::<
            f32,
            ::static_net::layer::Conv<
                f32,
                ::static_net::shape::Rank3<6, 14, 14>,
                ::static_net::shape::Rank3<16, 10, 10>,
                ::static_net::layer::Window<
                    ::static_net::layer::KernelSize<5, 5>,
                    ::static_net::layer::Stride<1, 1>,
                    ::static_net::layer::Padding<0, 0>,
                    ::static_net::layer::Dilation<1, 1>,
                >,
                16,
                6,
                16,
                ::static_net::activation::relu,
            >,
            Time,
            Instructions,
            _,
        >(&self.stage3, stage2, front, state, position, pass);
        let (stage4, state) = stage::step::<
            f32,
            ::static_net::layer::MaxPool<
                ::static_net::shape::Rank3<16, 10, 10>,
                ::static_net::shape::Rank3<16, 5, 5>,
                ::static_net::layer::Window<
                    ::static_net::layer::KernelSize<2, 2>,
                    ::static_net::layer::Stride<2, 2>,
                    ::static_net::layer::Padding<0, 0>,
                    ::static_net::layer::Dilation<1, 1>,
                >,
            >,
            Time,
            Instructions,
            _,
        >(&self.stage4, stage3, back, state, position, pass);
        let (stage5, state) = stage::step::<
            f32,
            ::static_net::layer::Reshape<
                ::static_net::shape::Rank3<16, 5, 5>,
                ::static_net::shape::Rank1<400>,
            >,
            Time,
            Instructions,
            _,
        >(&self.stage5, stage4, front, state, position, pass);
        let (stage6, state) = stage::step::<
            f32,
            ::static_net::layer::Dense<f32, 400, 120, ::static_net::activation::relu>,
            Time,
            Instructions,
            _,
        >(&self.stage6, stage5, back, state, position, pass);
        let (stage7, state) = stage::step::<
            f32,
            ::static_net::layer::Dense<f32, 120, 84, ::static_net::activation::relu>,
            Time,
            Instructions,
            _,
        >(&self.stage7, stage6, front, state, position, pass);
        stage::step::<
            f32,
            ::static_net::layer::Dense<f32, 84, 10>,
            Time,
            Instructions,
            _,
        >(&self.stage8, stage7, output, state, position, pass);
    }
}
///Every representation that [`LeNet`] makes of a batch, from [`LeNet::activations`]. The last stage is `output` and also `stage8`.
#[repr(align(64))]
#[allow(dead_code)]
#[derive(Debug)]
pub struct LeNetActivations<
    BatchSize: ::static_net::Batch = ::static_net::nalgebra::Const<1>,
> {
    /// What went in.
    pub input: BatchSize::Matrix<f32, 784>,
    ///What `relu conv(6, 5, padding: 2)` gives.
    pub stage1: BatchSize::Matrix<f32, 4704>,
    ///What `max_pool(2)` gives.
    pub stage2: BatchSize::Matrix<f32, 1176>,
    ///What `relu conv(16, 5)` gives.
    pub stage3: BatchSize::Matrix<f32, 1600>,
    ///What `max_pool(2)` gives.
    pub stage4: BatchSize::Matrix<f32, 400>,
    ///What `flatten` gives.
    pub stage5: BatchSize::Matrix<f32, 400>,
    ///What `relu 120` gives.
    pub stage6: BatchSize::Matrix<f32, 120>,
    ///What `relu 84` gives.
    pub stage7: BatchSize::Matrix<f32, 84>,
    /// What came out.
    pub output: BatchSize::Matrix<f32, 10>,
    working_memory: ::static_net::network::Memory<f32>,
}
///What `10` gives, which is also `output`.
#[repr(transparent)]
#[allow(dead_code)]
pub struct LeNetLastStage<BatchSize: ::static_net::Batch> {
    ///What `10` gives, which is also `output`.
    pub stage8: BatchSize::Matrix<f32, 10>,
}
impl<BatchSize: ::static_net::Batch> ::core::ops::Deref for LeNetActivations<BatchSize> {
    type Target = LeNetLastStage<BatchSize>;
    fn deref(&self) -> &Self::Target {
        unsafe { &*(&raw const self.output).cast() }
    }
}
impl<BatchSize: ::static_net::Batch> ::static_net::network::Activations
for LeNetActivations<BatchSize> {
    type Network = LeNet;
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
            ::static_net::batch::write_zeros(&raw mut (*place).stage5, batch);
            ::static_net::batch::write_zeros(&raw mut (*place).stage6, batch);
            ::static_net::batch::write_zeros(&raw mut (*place).stage7, batch);
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
        self.stage5.resize_batch(batch);
        self.stage6.resize_batch(batch);
        self.stage7.resize_batch(batch);
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
        visitor(self.stage5.values());
        visitor(self.stage6.values());
        visitor(self.stage7.values());
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
                self.stage5.values_mut(),
                self.stage6.values_mut(),
                self.stage7.values_mut(),
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
                self.stage5.values_mut(),
                self.stage6.values_mut(),
                self.stage7.values_mut(),
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
                self.stage5.values(),
                self.stage6.values(),
                self.stage7.values(),
                self.output.values(),
                self.working_memory.tape(Self::Network::tape_values(samples)),
                d_output,
                d_input,
                gradient,
                pass,
            );
    }
}
impl ::static_net::Network for LeNet {
    type Scalar = f32;
    const NAME: &'static str = "LeNet";
    const STAGES: &'static [::static_net::network::Stage] = Self::STAGES;
}
impl<Given> ::static_net::network::Takes<Given> for LeNet
where
    Given: ::static_net::Samples<f32, 784> + ?::core::marker::Sized,
{
    type Activations = LeNetActivations<Given::Batch>;
    #[track_caller]
    fn represent(
        &self,
        x: &Given,
    ) -> ::static_net::alloc::boxed::Box<Self::Activations> {
        self.activations(x)
    }
}
#[allow(dead_code)]
impl LeNet {
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
        Given: ::static_net::Samples<f32, 784> + ?::core::marker::Sized,
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
        Given: ::static_net::Samples<f32, 784> + ?::core::marker::Sized,
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
    ) -> ::static_net::alloc::boxed::Box<LeNetActivations<Given::Batch>>
    where
        Given: ::static_net::Samples<f32, 784> + ?::core::marker::Sized,
    {
        let mut activations = <LeNetActivations<
            Given::Batch,
        > as ::static_net::network::Activations>::empty(x.batch());
        self.activations_into(x, &mut activations);
        activations
    }
    /// As `activations`, into memory that the caller holds.
    pub fn activations_into<Given>(
        &self,
        x: &Given,
        activations: &mut LeNetActivations<Given::Batch>,
    )
    where
        Given: ::static_net::Samples<f32, 784> + ?::core::marker::Sized,
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
    ) -> ::static_net::alloc::boxed::Box<LeNetActivations<Given::Batch>>
    where
        Given: ::static_net::Samples<f32, 784> + ?::core::marker::Sized,
        Random: ::static_net::rand::Rng + ?::core::marker::Sized,
    {
        let mut activations = <LeNetActivations<
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
        activations: &mut LeNetActivations<Given::Batch>,
    )
    where
        Given: ::static_net::Samples<f32, 784> + ?::core::marker::Sized,
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
        activations: &LeNetActivations<BatchSize>,
        d_output: &DOutput,
        gradient: &mut Self,
    ) -> BatchSize::Matrix<f32, 784>
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
        activations: &LeNetActivations<BatchSize>,
        d_output: &DOutput,
        gradient: &mut Self,
        d_input: ::core::option::Option<&mut BatchSize::Matrix<f32, 784>>,
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
const _: () = ::static_net::check::layout::<f32, LeNet>();
