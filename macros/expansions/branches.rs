// Branches that are joined: the type of the stage, the forward pass of the branch of two stages and that
// of the network, and its activations, whose lengths are computed from a const.
//
// pub struct Inception< [CHANNELS, 16, 16]
// => relu concat(conv(8, 1) | relu conv(4, 1) => conv(8, 3, padding: same))
// => batch_norm => global_avg_pool => dropout(0.2) => 10 >;

impl ::static_net::layer::Layer<f32> for InceptionStage1Branch2 {
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
}
///A network: `< [CHANNELS, 16, 16] => relu concat(conv(8, 1) | relu conv(4, 1) => conv(8, 3, padding: same)) => batch_norm => global_avg_pool => dropout(0.2) => 10 >`.
#[repr(C)]
#[allow(dead_code)]
pub struct Inception {
    ///`relu concat(conv(8, 1) | relu conv(4, 1) => conv(8, 3, padding: same))`, giving a shape computed from consts.
    pub stage1: ::static_net::layer::Activated<
        ::static_net::layer::Concat<
            ::static_net::layer::Branches2<
                ::static_net::__private::stage::Checked<
                    ::static_net::layer::Conv<
                        f32,
                        ::static_net::shape::Rank3<INCEPTION_SIZE0, 16, 16>,
                        ::static_net::shape::Rank3<
                            8,
                            { INCEPTION_LAYER2.facts.output.size(1usize) },
                            { INCEPTION_LAYER2.facts.output.size(2usize) },
                        >,
                        ::static_net::layer::Window<
                            ::static_net::layer::KernelSize<
                                { INCEPTION_LAYER2.facts.window.kernel[0] },
                                { INCEPTION_LAYER2.facts.window.kernel[1] },
                            >,
                            ::static_net::layer::Stride<
                                { INCEPTION_LAYER2.facts.window.stride[0] },
                                { INCEPTION_LAYER2.facts.window.stride[1] },
                            >,
                            ::static_net::layer::Padding<
                                { INCEPTION_LAYER2.facts.window.padding[0] },
                                { INCEPTION_LAYER2.facts.window.padding[1] },
                            >,
                            ::static_net::layer::Dilation<
                                { INCEPTION_LAYER2.facts.window.dilation[0] },
                                { INCEPTION_LAYER2.facts.window.dilation[1] },
                            >,
                        >,
                        { INCEPTION_LAYER2.facts.weight[0] },
                        { INCEPTION_LAYER2.facts.weight[1] },
                        { INCEPTION_LAYER2.facts.count },
                    >,
                    { INCEPTION_LAYER2.check },
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
}
impl ::static_net::layer::Layer<f32> for Inception {
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
}
///Every representation that [`Inception`] makes of a batch, from [`Inception::activations`]. The last stage is `output` and also `stage5`.
#[repr(align(64))]
#[allow(dead_code)]
pub struct ActivationsOfInception<
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
    __working_memory: ::static_net::__private::PassMemory<f32>,
}
