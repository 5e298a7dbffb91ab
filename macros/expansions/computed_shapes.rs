// Shapes that are computed from a const: the rule of a layer, what branches give together, and a layer
// behind them.
//
// pub struct Inception< [CHANNELS, 16, 16]
// => relu concat(conv(8, 1) | relu conv(4, 1) => conv(8, 3, padding: same))
// => batch_norm => global_avg_pool => dropout(0.2) => 10 >;

#[doc(hidden)]
#[allow(dead_code)]
const INCEPTION_SHAPE1: ::static_net::__private::Dims = ::static_net::__private::check::concat(
    0,
    &[
        &[
            8,
            { INCEPTION_LAYER2.facts.output.size(1usize) },
            { INCEPTION_LAYER2.facts.output.size(2usize) },
        ],
        &[
            8,
            { INCEPTION_LAYER4.facts.output.size(1usize) },
            { INCEPTION_LAYER4.facts.output.size(2usize) },
        ],
    ],
);
#[doc(hidden)]
#[allow(dead_code)]
const INCEPTION_SHAPE7: ::static_net::__private::Dims = INCEPTION_LAYER7.facts.output;
#[doc(hidden)]
#[allow(dead_code)]
const INCEPTION_LAYER2: ::static_net::__private::check::Inferred<'static> = ::static_net::__private::check::infer(::static_net::__private::check::Site {
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
    around: ("", ""),
});
///A network: `< [CHANNELS, 16, 16] => relu concat(conv(8, 1) | relu conv(4, 1) => conv(8, 3, padding: same)) => batch_norm => global_avg_pool => dropout(0.2) => 10 >`.
#[repr(C)]
#[allow(dead_code)]
pub struct Inception {
    ///`batch_norm`, giving a shape computed from consts.
    pub stage2: ::static_net::__private::stage::Checked<
        ::static_net::layer::BatchNorm<
            f32,
            ::static_net::__private::Computed<
                { INCEPTION_SHAPE1.rank() },
                { INCEPTION_SHAPE1.size(0) },
                { INCEPTION_SHAPE1.size(1) },
                { INCEPTION_SHAPE1.size(2) },
            >,
            { INCEPTION_LAYER7.facts.count },
            { ::core::primitive::f64::to_bits(0.00001) },
            { ::core::primitive::f64::to_bits(0.1) },
            { INCEPTION_LAYER7.facts.count },
        >,
        { INCEPTION_LAYER7.check },
    >,
}
