// All of a network of three stages.
//
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
    const NEEDS: ::static_net::layer::Needs = Self::CHAIN.needs();
    const DESCRIPTION: ::static_net::network::Description = ::static_net::network::Description::chain(
        Self::STAGES,
    );
    fn initialize<Random: ::static_net::rand::Rng + ?::core::marker::Sized>(
        &mut self,
        rng: &mut Random,
    ) {
        ::static_net::layer::Layer::<f32>::initialize(&mut self.stage1, rng);
        ::static_net::layer::Layer::<f32>::initialize(&mut self.latent, rng);
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
        let latent = stage::forward(&self.latent, stage1, back, pass);
        stage::forward_into(&self.stage3, latent, output, pass);
    }
    #[inline(always)]
    fn backward<Instructions: ::static_net::simd::InstructionSet>(
        &self,
        step: ::static_net::layer::Backward<'_, f32, Self>,
        mut gradient: ::core::option::Option<&mut Self>,
        pass: &mut ::static_net::layer::Pass<'_, f32, Instructions>,
    ) {
        use ::static_net::__private::stage;
        let samples = step.input.len();
        let (mut way, input, d_input) = stage::way_back(step, Self::CHAIN.learning);
        let stage1 = way.representation(samples * 32);
        let latent = way.representation(samples * 16);
        let (front, back, mut pass) = stage::buffers(Self::CHAIN.turns(samples), pass);
        let pass = &mut pass;
        let own = gradient.as_deref_mut().map(|network| &mut network.stage3);
        let way = way.through(&self.stage3, own, latent, back, pass);
        let own = gradient.as_deref_mut().map(|network| &mut network.latent);
        let way = way.through(&self.latent, own, stage1, front, pass);
        let own = gradient.as_deref_mut().map(|network| &mut network.stage1);
        way.finish(&self.stage1, own, input, d_input, pass);
    }
}
impl Net {
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
                Written::new(LayerKind::Affine, "relu", "32"),
            ),
            field_stage::<
                f32,
                _,
                _,
            >(
                |network: &Self| &network.latent,
                "latent",
                Written::new(LayerKind::Affine, "relu", "16"),
            ),
            field_stage::<
                f32,
                _,
                _,
            >(
                |network: &Self| &network.stage3,
                "stage3",
                Written::new(LayerKind::Affine, "", "2"),
            ),
        ]
    };
    const CHAIN: ::static_net::__private::Chain = ::static_net::__private::Chain::of(
        Self::STAGES,
    );
}
impl Net {
    const SIZES: [usize; 2] = {
        use ::static_net::__private::{field_sizes, total_sizes};
        total_sizes(
            &[
                field_sizes::<f32, _, _>(|network: &Self| &network.stage1),
                field_sizes::<f32, _, _>(|network: &Self| &network.latent),
                field_sizes::<f32, _, _>(|network: &Self| &network.stage3),
            ],
        )
    };
}
unsafe impl ::static_net::Parameters<f32> for Net {
    const PARAMETERS: usize = Self::SIZES[0];
    const VALUES: usize = Self::SIZES[1];
    fn describe(tensors: &mut ::static_net::Tensors) {
        use ::static_net::__private::describe_field;
        describe_field::<f32, _, _>(tensors, |network: &Self| &network.stage1, "stage1");
        describe_field::<f32, _, _>(tensors, |network: &Self| &network.latent, "latent");
        describe_field::<f32, _, _>(tensors, |network: &Self| &network.stage3, "stage3");
    }
}
///Every representation that [`Net`] makes of a batch, from [`Net::activations`]. The last stage is `output` and also `stage3`.
#[repr(align(64))]
#[allow(dead_code)]
pub struct ActivationsOfNet<
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
    __working_memory: ::static_net::__private::PassMemory<f32>,
}
///Every representation that [`Net`] makes of a batch, from [`Net::activations`]. The last stage is `output` and also `stage3`.
#[allow(dead_code)]
pub type NetActivations<BatchSize = ::static_net::nalgebra::Const<1>> = ActivationsOfNet<
    BatchSize,
>;
///What `2` gives, which is also `output`.
#[repr(transparent)]
#[allow(dead_code)]
pub struct LastStageOfNet<BatchSize: ::static_net::Batch> {
    ///What `2` gives, which is also `output`.
    pub stage3: BatchSize::Matrix<f32, 2>,
}
impl ::static_net::Network for Net {
    type Scalar = f32;
    const NAME: &'static str = "Net";
    const STAGES: &'static [::static_net::network::Stage] = Self::STAGES;
    type ActivationsOf<BatchSize: ::static_net::Batch> = ActivationsOfNet<BatchSize>;
}
::static_net::__private::network_interface! {
    Net ActivationsOfNet NetActivations LastStageOfNet < > f32 10 => f32 2; takes {
    ::static_net::Samples < f32, 10 > } gives { ::static_net::samples::OutputGradient <
    f32, 2, BatchSize > } d_input { BatchSize::Matrix < f32, 10 > } d_output {
    BatchSize::Matrix < f32, 2 > } inner { stage1 latent; output output } step { never }
    checks { let _needs = < Self as ::static_net::layer::Layer < f32 >> ::NEEDS; let () =
    ::static_net::__private::Layout:: < f32, Self > ::CHECKED; } output { < Given::Batch
    as ::static_net::Batch > ::Matrix < f32, 2 > } runs { forward forward_into
    forward_from forward_from_into } methods { forward forward_into activations
    activations_into train train_into backward backward_into backward_to_input
    backward_to_input_into input_gradient input_gradient_into } numbers numbers
}
const _: () = ::static_net::__private::check::layout::<f32, Net>();
