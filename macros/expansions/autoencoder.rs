// Sizes that only rustc knows, and a stage that is another network: their consts, the checks of them, and
// those that wait for the const parameter.
//
// pub struct Autoencoder< f64, const CODE: usize; PIXELS => gelu 32 => code: tanh CODE
// => decoder: Decoder<CODE> => [PIXELS] => sigmoid >;

#[doc(hidden)]
#[allow(dead_code)]
const AUTOENCODER_VALUE0: usize = PIXELS;
#[doc(hidden)]
#[allow(dead_code)]
const AUTOENCODER_SIZE0: usize = ::static_net::__private::check::held(
    AUTOENCODER_VALUE0,
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
    ::static_net::__private::check::input::<
        f64,
        ::static_net::__private::stage::Checked<Decoder<1>, AUTOENCODER_STAGE3>,
    >(),
    &[],
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
    const NEEDS: ::static_net::layer::Needs = {
        let () = Self::CHECKS;
        Self::CHAIN.needs()
    };
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
}
const _: () = ::static_net::__private::check::size(AUTOENCODER_VALUE0, "PIXELS");
const _: () = ::static_net::__private::check::fits_kind(
    ::static_net::__private::check::input::<
        f64,
        ::static_net::__private::stage::Checked<Decoder<1>, AUTOENCODER_STAGE3>,
    >(),
    &[],
    "stage 3 `Decoder<CODE>`",
    false,
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
const _: () = ::static_net::__private::check::size(AUTOENCODER_VALUE4, "PIXELS");
