// #[derive(Clone, Debug)]
// pub struct Residual< 8 => gelu 16 => blocks: repeat(3; residual(up: gelu 32 => down: 16)) => 4 >;

///The stages `up: gelu 32 => down: 16` of [`Residual`].
#[derive(Clone, Debug)]
#[repr(C)]
#[allow(dead_code)]
pub struct ResidualBlocksStage1 {
    ///`up: gelu 32`, giving [32].
    pub up: ::static_net::layer::Dense<f32, 16, 32, ::static_net::activation::gelu>,
    ///`down: 16`, giving [16].
    pub down: ::static_net::layer::Dense<f32, 32, 16>,
}
impl ::static_net::layer::Layer<f32> for ResidualBlocksStage1 {
    type Input = ::static_net::shape::Rank1<16>;
    type Output = ::static_net::shape::Rank1<16>;
    const NEEDS: ::static_net::layer::Needs = Self::CHAIN.needs();
    const DESCRIPTION: ::static_net::network::Description = ::static_net::network::Description::chain(
        Self::STAGES,
    );
    fn initialize<Random: ::static_net::rand::Rng + ?::core::marker::Sized>(
        &mut self,
        rng: &mut Random,
    ) {
        ::static_net::layer::Layer::<f32>::initialize(&mut self.up, rng);
        ::static_net::layer::Layer::<f32>::initialize(&mut self.down, rng);
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
        let up = stage::forward(&self.up, input, front, pass);
        stage::forward_into(&self.down, up, output, pass);
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
        let up = way.representation(samples * 32);
        let (front, _, mut pass) = stage::buffers(Self::CHAIN.turns(samples), pass);
        let pass = &mut pass;
        let way = way.through(&self.down, &mut gradient.down, up, front, pass);
        way.finish(&self.up, &mut gradient.up, input, d_input, pass);
    }
}
impl ResidualBlocksStage1 {
    const STAGES: &'static [::static_net::network::Stage] = {
        use ::static_net::__private::{field_stage, shared_field_stage};
        use ::static_net::network::{LayerKind, Written};
        &[
            field_stage::<
                f32,
                _,
                _,
            >(
                |network: &Self| &network.up,
                "up",
                Written::new(LayerKind::Affine, "gelu", "32"),
            ),
            field_stage::<
                f32,
                _,
                _,
            >(
                |network: &Self| &network.down,
                "down",
                Written::new(LayerKind::Affine, "", "16"),
            ),
        ]
    };
    const CHAIN: ::static_net::__private::Chain = ::static_net::__private::Chain::of(
        Self::STAGES,
    );
}
impl ResidualBlocksStage1 {
    const SIZES: [usize; 2] = {
        use ::static_net::__private::{field_sizes, total_sizes};
        total_sizes(
            &[
                field_sizes::<f32, _, _>(|network: &Self| &network.up),
                field_sizes::<f32, _, _>(|network: &Self| &network.down),
            ],
        )
    };
}
unsafe impl ::static_net::Parameters<f32> for ResidualBlocksStage1 {
    const PARAMETERS: usize = Self::SIZES[0];
    const VALUES: usize = Self::SIZES[1];
    fn describe(tensors: &mut ::static_net::Tensors) {
        use ::static_net::__private::describe_field;
        describe_field::<f32, _, _>(tensors, |network: &Self| &network.up, "up");
        describe_field::<f32, _, _>(tensors, |network: &Self| &network.down, "down");
    }
}
///A network: `< 8 => gelu 16 => blocks: repeat(3; residual(up: gelu 32 => down: 16)) => 4 >`.
#[derive(Clone, Debug)]
#[repr(C)]
#[allow(dead_code)]
pub struct Residual {
    ///`gelu 16`, giving [16].
    pub stage1: ::static_net::layer::Dense<f32, 8, 16, ::static_net::activation::gelu>,
    ///`blocks: repeat(3; residual(up: gelu 32 => down: 16))`, giving [16].
    pub blocks: ::static_net::layer::Repeat<
        ::static_net::layer::Residual<ResidualBlocksStage1>,
        3,
    >,
    ///`4`, giving [4].
    pub stage3: ::static_net::layer::Dense<f32, 16, 4>,
}
impl ::static_net::layer::Layer<f32> for Residual {
    type Input = ::static_net::shape::Rank1<8>;
    type Output = ::static_net::shape::Rank1<4>;
    const NEEDS: ::static_net::layer::Needs = Self::CHAIN.needs();
    const DESCRIPTION: ::static_net::network::Description = ::static_net::network::Description::chain(
        Self::STAGES,
    );
    fn initialize<Random: ::static_net::rand::Rng + ?::core::marker::Sized>(
        &mut self,
        rng: &mut Random,
    ) {
        ::static_net::layer::Layer::<f32>::initialize(&mut self.stage1, rng);
        ::static_net::layer::Layer::<f32>::initialize(&mut self.blocks, rng);
        ::static_net::layer::Layer::<f32>::initialize(&mut self.stage3, rng);
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
        let blocks = stage::forward(&self.blocks, stage1, back, pass);
        stage::forward_into(&self.stage3, blocks, output, pass);
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
        let stage1 = way.representation(samples * 16);
        let blocks = way.representation(samples * 16);
        let (front, back, mut pass) = stage::buffers(Self::CHAIN.turns(samples), pass);
        let pass = &mut pass;
        let way = way.through(&self.stage3, &mut gradient.stage3, blocks, back, pass);
        let way = way.through(&self.blocks, &mut gradient.blocks, stage1, front, pass);
        way.finish(&self.stage1, &mut gradient.stage1, input, d_input, pass);
    }
}
impl Residual {
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
                Written::new(LayerKind::Affine, "gelu", "16"),
            ),
            field_stage::<
                f32,
                _,
                _,
            >(
                |network: &Self| &network.blocks,
                "blocks",
                Written::new(
                        LayerKind::Composition,
                        "",
                        "repeat(3; residual(up: gelu 32 => down: 16))",
                    )
                    .of(
                        &[
                            Written::new(
                                    LayerKind::Composition,
                                    "",
                                    "residual(up: gelu 32 => down: 16)",
                                )
                                .of(&[Written::BLOCK]),
                        ],
                    ),
            ),
            field_stage::<
                f32,
                _,
                _,
            >(
                |network: &Self| &network.stage3,
                "stage3",
                Written::new(LayerKind::Affine, "", "4"),
            ),
        ]
    };
    const CHAIN: ::static_net::__private::Chain = ::static_net::__private::Chain::of(
        Self::STAGES,
    );
}
impl Residual {
    const SIZES: [usize; 2] = {
        use ::static_net::__private::{field_sizes, total_sizes};
        total_sizes(
            &[
                field_sizes::<f32, _, _>(|network: &Self| &network.stage1),
                field_sizes::<f32, _, _>(|network: &Self| &network.blocks),
                field_sizes::<f32, _, _>(|network: &Self| &network.stage3),
            ],
        )
    };
}
unsafe impl ::static_net::Parameters<f32> for Residual {
    const PARAMETERS: usize = Self::SIZES[0];
    const VALUES: usize = Self::SIZES[1];
    fn describe(tensors: &mut ::static_net::Tensors) {
        use ::static_net::__private::describe_field;
        describe_field::<f32, _, _>(tensors, |network: &Self| &network.stage1, "stage1");
        describe_field::<f32, _, _>(tensors, |network: &Self| &network.blocks, "blocks");
        describe_field::<f32, _, _>(tensors, |network: &Self| &network.stage3, "stage3");
    }
}
///Every representation that [`Residual`] makes of a batch, from [`Residual::activations`]. The last stage is `output` and also `stage3`.
#[repr(align(64))]
#[allow(dead_code)]
#[derive(Debug)]
pub struct ResidualActivations<
    BatchSize: ::static_net::Batch = ::static_net::nalgebra::Const<1>,
> {
    /// What went in.
    pub input: BatchSize::Matrix<f32, 8>,
    ///What `gelu 16` gives.
    pub stage1: BatchSize::Matrix<f32, 16>,
    ///What `blocks: repeat(3; residual(up: gelu 32 => down: 16))` gives.
    pub blocks: BatchSize::Matrix<f32, 16>,
    /// What came out.
    pub output: BatchSize::Matrix<f32, 4>,
    working_memory: ::static_net::__private::PassMemory<f32>,
}
///What `4` gives, which is also `output`.
#[repr(transparent)]
#[allow(dead_code)]
pub struct ResidualLastStage<BatchSize: ::static_net::Batch> {
    ///What `4` gives, which is also `output`.
    pub stage3: BatchSize::Matrix<f32, 4>,
}
impl ::static_net::Network for Residual {
    type Scalar = f32;
    const NAME: &'static str = "Residual";
    const STAGES: &'static [::static_net::network::Stage] = Self::STAGES;
}
::static_net::__private::network_interface! {
    Residual ResidualActivations ResidualLastStage < > f32 8 => f32 4; takes {
    ::static_net::Samples < f32, 8 > } gives { ::static_net::samples::OutputGradient <
    f32, 4, BatchSize > } inner { stage1 blocks } numbers
}
const _: () = ::static_net::__private::check::layout::<f32, Residual>();
