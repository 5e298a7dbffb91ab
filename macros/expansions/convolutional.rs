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
        ::static_net::layer::Layer::<f32>::initialize(&mut self.stage6, rng);
        ::static_net::layer::Layer::<f32>::initialize(&mut self.stage7, rng);
        ::static_net::layer::Layer::<f32>::initialize(&mut self.stage8, rng);
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
        let stage5 = stage::forward(&self.stage5, stage4, front, pass);
        let stage6 = stage::forward(&self.stage6, stage5, back, pass);
        let stage7 = stage::forward(&self.stage7, stage6, front, pass);
        stage::forward_into(&self.stage8, stage7, output, pass);
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
        let stage1 = way.representation(samples * 4704);
        let stage2 = way.representation(samples * 1176);
        let stage3 = way.representation(samples * 1600);
        let stage4 = way.representation(samples * 400);
        let stage5 = way.representation(samples * 400);
        let stage6 = way.representation(samples * 120);
        let stage7 = way.representation(samples * 84);
        let (front, back, mut pass) = stage::buffers(Self::CHAIN.turns(samples), pass);
        let pass = &mut pass;
        let way = way.through(&self.stage8, &mut gradient.stage8, stage7, front, pass);
        let way = way.through(&self.stage7, &mut gradient.stage7, stage6, back, pass);
        let way = way.through(&self.stage6, &mut gradient.stage6, stage5, front, pass);
        let way = way.through(&self.stage5, &mut gradient.stage5, stage4, back, pass);
        let way = way.through(&self.stage4, &mut gradient.stage4, stage3, front, pass);
        let way = way.through(&self.stage3, &mut gradient.stage3, stage2, back, pass);
        let way = way.through(&self.stage2, &mut gradient.stage2, stage1, front, pass);
        way.finish(&self.stage1, &mut gradient.stage1, input, d_input, pass);
    }
}
impl LeNet {
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
                Written::new(LayerKind::Convolution, "relu", "conv(6, 5, padding: 2)"),
            ),
            field_stage::<
                f32,
                _,
                _,
            >(
                |network: &Self| &network.stage2,
                "stage2",
                Written::new(LayerKind::Pooling, "", "max_pool(2)"),
            ),
            field_stage::<
                f32,
                _,
                _,
            >(
                |network: &Self| &network.stage3,
                "stage3",
                Written::new(LayerKind::Convolution, "relu", "conv(16, 5)"),
            ),
            field_stage::<
                f32,
                _,
                _,
            >(
                |network: &Self| &network.stage4,
                "stage4",
                Written::new(LayerKind::Pooling, "", "max_pool(2)"),
            ),
            field_stage::<
                f32,
                _,
                _,
            >(
                |network: &Self| &network.stage5,
                "stage5",
                Written::new(LayerKind::Other, "", "flatten"),
            ),
            field_stage::<
                f32,
                _,
                _,
            >(
                |network: &Self| &network.stage6,
                "stage6",
                Written::new(LayerKind::Affine, "relu", "120"),
            ),
            field_stage::<
                f32,
                _,
                _,
            >(
                |network: &Self| &network.stage7,
                "stage7",
                Written::new(LayerKind::Affine, "relu", "84"),
            ),
            field_stage::<
                f32,
                _,
                _,
            >(
                |network: &Self| &network.stage8,
                "stage8",
                Written::new(LayerKind::Affine, "", "10"),
            ),
        ]
    };
    const CHAIN: ::static_net::__private::Chain = ::static_net::__private::Chain::of(
        Self::STAGES,
    );
}
impl LeNet {
    const SIZES: [usize; 2] = {
        use ::static_net::__private::{field_sizes, total_sizes};
        total_sizes(
            &[
                field_sizes::<f32, _, _>(|network: &Self| &network.stage1),
                field_sizes::<f32, _, _>(|network: &Self| &network.stage2),
                field_sizes::<f32, _, _>(|network: &Self| &network.stage3),
                field_sizes::<f32, _, _>(|network: &Self| &network.stage4),
                field_sizes::<f32, _, _>(|network: &Self| &network.stage5),
                field_sizes::<f32, _, _>(|network: &Self| &network.stage6),
                field_sizes::<f32, _, _>(|network: &Self| &network.stage7),
                field_sizes::<f32, _, _>(|network: &Self| &network.stage8),
            ],
        )
    };
}
unsafe impl ::static_net::Parameters<f32> for LeNet {
    const PARAMETERS: usize = Self::SIZES[0];
    const VALUES: usize = Self::SIZES[1];
    fn describe(tensors: &mut ::static_net::Tensors) {
        use ::static_net::__private::describe_field;
        describe_field::<f32, _, _>(tensors, |network: &Self| &network.stage1, "stage1");
        describe_field::<f32, _, _>(tensors, |network: &Self| &network.stage2, "stage2");
        describe_field::<f32, _, _>(tensors, |network: &Self| &network.stage3, "stage3");
        describe_field::<f32, _, _>(tensors, |network: &Self| &network.stage4, "stage4");
        describe_field::<f32, _, _>(tensors, |network: &Self| &network.stage5, "stage5");
        describe_field::<f32, _, _>(tensors, |network: &Self| &network.stage6, "stage6");
        describe_field::<f32, _, _>(tensors, |network: &Self| &network.stage7, "stage7");
        describe_field::<f32, _, _>(tensors, |network: &Self| &network.stage8, "stage8");
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
    working_memory: ::static_net::__private::PassMemory<f32>,
}
///What `10` gives, which is also `output`.
#[repr(transparent)]
#[allow(dead_code)]
pub struct LeNetLastStage<BatchSize: ::static_net::Batch> {
    ///What `10` gives, which is also `output`.
    pub stage8: BatchSize::Matrix<f32, 10>,
}
impl ::static_net::Network for LeNet {
    type Scalar = f32;
    const NAME: &'static str = "LeNet";
    const STAGES: &'static [::static_net::network::Stage] = Self::STAGES;
}
::static_net::__private::network_interface! {
    LeNet LeNetActivations LeNetLastStage < > f32 784 => f32 10; takes {
    ::static_net::Samples < f32, 784 > } gives { ::static_net::samples::OutputGradient <
    f32, 10, BatchSize > } inner { stage1 stage2 stage3 stage4 stage5 stage6 stage7 }
    numbers
}
const _: () = ::static_net::__private::check::layout::<f32, LeNet>();
