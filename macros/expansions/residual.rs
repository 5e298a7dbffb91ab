// Stages inside of others: a struct of their own, which derives what the network does, the type of what
// they are in, and how it was written.
//
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
///A network: `< 8 => gelu 16 => blocks: repeat(3; residual(up: gelu 32 => down: 16)) => 4 >`.
#[derive(Clone, Debug)]
#[repr(C)]
#[allow(dead_code)]
pub struct Residual {
    ///`blocks: repeat(3; residual(up: gelu 32 => down: 16))`, giving [16].
    pub blocks: ::static_net::layer::Repeat<
        ::static_net::layer::Residual<ResidualBlocksStage1>,
        3,
    >,
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
}
impl ::static_net::Network for Residual {
    const STAGES: &'static [::static_net::network::Stage] = Self::STAGES;
}
