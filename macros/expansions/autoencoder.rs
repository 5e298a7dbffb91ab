// pub struct Autoencoder< f64, const CODE: usize; PIXELS => gelu 32 => code: tanh CODE
// => decoder: Decoder<CODE> => [PIXELS] => sigmoid >;

#[doc(hidden)]
#[allow(dead_code)]
const AUTOENCODER_VALUE0: usize = PIXELS;
#[doc(hidden)]
#[allow(dead_code)]
const AUTOENCODER_SIZE0: usize = ::static_net::__private::check::sized(
    AUTOENCODER_VALUE0,
    "PIXELS",
);
#[doc(hidden)]
#[allow(dead_code)]
const AUTOENCODER_STAGE3: usize = ::static_net::__private::check::layer::<
    f64,
    Decoder<1>,
>();
#[doc(hidden)]
#[allow(dead_code)]
const AUTOENCODER_KIND3: usize = ::static_net::__private::check::kind(
    <<::static_net::__private::stage::Checked<
        Decoder<1>,
        AUTOENCODER_STAGE3,
    > as ::static_net::layer::Layer<
        f64,
    >>::Input as ::static_net::shape::Shape>::VOCABULARIES,
    &[],
    "stage 3 `Decoder<CODE>`",
    &::static_net::__private::check::Context {
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
const AUTOENCODER_SIZE4: usize = ::static_net::__private::check::sized(
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
    pub decoder: ::static_net::__private::stage::Checked<
        Decoder<CODE>,
        AUTOENCODER_KIND3,
    >,
    ///`sigmoid`, giving [PIXELS].
    pub stage4: ::static_net::layer::Activate<
        ::static_net::activation::sigmoid,
        ::static_net::shape::Rank1<AUTOENCODER_SIZE4>,
    >,
}
impl<const CODE: usize> ::static_net::layer::Layer<f64> for Autoencoder<CODE> {
    type Input = ::static_net::shape::Rank1<AUTOENCODER_SIZE0>;
    type Output = ::static_net::shape::Rank1<AUTOENCODER_SIZE4>;
    const NEEDS: ::static_net::layer::Needs = {
        let () = Self::CHECKS;
        Self::CHAIN.needs()
    };
    const DESCRIPTION: ::static_net::network::Description = ::static_net::network::Description::chain(
        Self::STAGES,
    );
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
    fn forward<
        Instructions: ::static_net::simd::InstructionSet,
        Mode: ::static_net::layer::Mode<f64>,
    >(
        &self,
        input: &[::static_net::shape::Sample<Self::Input, f64>],
        output: &mut [::static_net::shape::Sample<Self::Output, f64>],
        pass: &mut ::static_net::layer::Pass<'_, f64, Instructions, Mode>,
    ) {
        use ::static_net::__private::stage;
        let samples = input.len();
        let input = ::static_net::shape::values::<Self::Input, f64>(input);
        let output = ::static_net::shape::values_mut::<Self::Output, f64>(output);
        let (front, back, mut pass) = stage::buffers(Self::CHAIN.turns(samples), pass);
        let pass = &mut pass;
        let stage1 = stage::forward(&self.stage1, input, front, pass);
        let code = stage::forward(&self.code, stage1, back, pass);
        let decoder = stage::forward(&self.decoder, code, front, pass);
        stage::forward_into(&self.stage4, decoder, output, pass);
    }
    #[inline(always)]
    fn backward<Instructions: ::static_net::simd::InstructionSet>(
        &self,
        step: ::static_net::layer::Backward<'_, f64, Self>,
        gradient: &mut Self,
        pass: &mut ::static_net::layer::Pass<'_, f64, Instructions>,
    ) {
        use ::static_net::__private::stage;
        let samples = step.input.len();
        let (mut way, input, d_input) = stage::way_back(step);
        let stage1 = way.representation(samples * 32);
        let code = way.representation(samples * CODE);
        let decoder = way.representation(samples * AUTOENCODER_SIZE4);
        let (front, back, mut pass) = stage::buffers(Self::CHAIN.turns(samples), pass);
        let pass = &mut pass;
        let way = way.through(&self.stage4, &mut gradient.stage4, decoder, front, pass);
        let way = way.through(&self.decoder, &mut gradient.decoder, code, back, pass);
        let way = way.through(&self.code, &mut gradient.code, stage1, front, pass);
        way.finish(&self.stage1, &mut gradient.stage1, input, d_input, pass);
    }
}
impl<const CODE: usize> Autoencoder<CODE> {
    const CHECKS: () = {
        ::static_net::__private::check::size(CODE, "CODE");
        ::static_net::__private::check::accepts(
            <<::static_net::__private::stage::Checked<
                Decoder<CODE>,
                AUTOENCODER_KIND3,
            > as ::static_net::layer::Layer<
                f64,
            >>::Input as ::static_net::shape::Shape>::DIMS,
            &[CODE],
            "stage 3 `Decoder<CODE>`",
            ::static_net::__private::check::Ending::Taker("decoder: Decoder<CODE>"),
            &::static_net::__private::check::Context {
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
        ::static_net::__private::check::holds(
            &[AUTOENCODER_SIZE4],
            <<::static_net::__private::stage::Checked<
                Decoder<CODE>,
                AUTOENCODER_KIND3,
            > as ::static_net::layer::Layer<
                f64,
            >>::Output as ::static_net::shape::Shape>::DIMS,
            &::static_net::__private::check::Context {
                from: "stage 3 `decoder`",
                route: &[
                    ("PIXELS", &[AUTOENCODER_SIZE0]),
                    ("gelu 32", &[]),
                    ("code: tanh CODE", &[CODE]),
                    (
                        "decoder: Decoder<CODE>",
                        <<::static_net::__private::stage::Checked<
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
    const STAGES: &'static [::static_net::network::Stage] = {
        use ::static_net::__private::{field_stage, shared_field_stage};
        use ::static_net::network::{LayerKind, Written};
        let () = Self::CHECKS;
        &[
            field_stage::<
                f64,
                _,
                _,
            >(
                |network: &Self| &network.stage1,
                "stage1",
                Written::new(LayerKind::Affine, "gelu", "32"),
            ),
            field_stage::<
                f64,
                _,
                _,
            >(
                |network: &Self| &network.code,
                "code",
                Written::new(LayerKind::Affine, "tanh", "CODE"),
            ),
            field_stage::<
                f64,
                _,
                _,
            >(
                |network: &Self| &network.decoder,
                "decoder",
                Written::new(LayerKind::Other, "", "Decoder<CODE>"),
            ),
            field_stage::<
                f64,
                _,
                _,
            >(
                |network: &Self| &network.stage4,
                "stage4",
                Written::new(LayerKind::Nonlinearity, "sigmoid", ""),
            ),
        ]
    };
    const CHAIN: ::static_net::__private::Chain = ::static_net::__private::Chain::of(
        Self::STAGES,
    );
}
impl<const CODE: usize> Autoencoder<CODE> {
    const SIZES: [usize; 2] = {
        use ::static_net::__private::{field_sizes, total_sizes};
        total_sizes(
            &[
                field_sizes::<f64, _, _>(|network: &Self| &network.stage1),
                field_sizes::<f64, _, _>(|network: &Self| &network.code),
                field_sizes::<f64, _, _>(|network: &Self| &network.decoder),
                field_sizes::<f64, _, _>(|network: &Self| &network.stage4),
            ],
        )
    };
}
unsafe impl<const CODE: usize> ::static_net::Parameters<f64> for Autoencoder<CODE> {
    const PARAMETERS: usize = Self::SIZES[0];
    const VALUES: usize = Self::SIZES[1];
    fn describe(tensors: &mut ::static_net::Tensors) {
        use ::static_net::__private::describe_field;
        describe_field::<f64, _, _>(tensors, |network: &Self| &network.stage1, "stage1");
        describe_field::<f64, _, _>(tensors, |network: &Self| &network.code, "code");
        describe_field::<
            f64,
            _,
            _,
        >(tensors, |network: &Self| &network.decoder, "decoder");
        describe_field::<f64, _, _>(tensors, |network: &Self| &network.stage4, "stage4");
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
    working_memory: ::static_net::__private::PassMemory<f64>,
}
///What `sigmoid` gives, which is also `output`.
#[repr(transparent)]
#[allow(dead_code)]
pub struct AutoencoderLastStage<const CODE: usize, BatchSize: ::static_net::Batch> {
    ///What `sigmoid` gives, which is also `output`.
    pub stage4: BatchSize::Matrix<f64, AUTOENCODER_SIZE4>,
}
impl<const CODE: usize> ::static_net::Network for Autoencoder<CODE> {
    type Scalar = f64;
    const NAME: &'static str = "Autoencoder";
    const STAGES: &'static [::static_net::network::Stage] = Self::STAGES;
}
::static_net::__private::network_interface! {
    Autoencoder AutoencoderActivations AutoencoderLastStage < CODE > f64
    AUTOENCODER_SIZE0 => f64 AUTOENCODER_SIZE4; takes { ::static_net::Samples < f64,
    AUTOENCODER_SIZE0 > } gives { ::static_net::samples::OutputGradient < f64,
    AUTOENCODER_SIZE4, BatchSize > } inner { stage1 code decoder } numbers
}
