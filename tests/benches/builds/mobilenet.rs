//! MobileNetV2 (Sandler et al. 2018), with `relu` for its `relu6`: 52 convolutions.

use static_net::prelude::*;

network! {
    struct MobileNet<
        [3, 224, 224]
        => conv(32, 3, stride: 2, padding: 1, bias: false) => batch_norm => relu
        => depthwise(3, padding: 1, bias: false) => batch_norm => relu => conv(16, 1, bias: false) => batch_norm
        => conv(96, 1, bias: false) => batch_norm => relu => depthwise(3, stride: 2, padding: 1, bias: false) => batch_norm => relu => conv(24, 1, bias: false) => batch_norm
        => residual(conv(144, 1, bias: false) => batch_norm => relu => depthwise(3, padding: 1, bias: false) => batch_norm => relu => conv(24, 1, bias: false) => batch_norm)
        => conv(144, 1, bias: false) => batch_norm => relu => depthwise(3, stride: 2, padding: 1, bias: false) => batch_norm => relu => conv(32, 1, bias: false) => batch_norm
        => residual(conv(192, 1, bias: false) => batch_norm => relu => depthwise(3, padding: 1, bias: false) => batch_norm => relu => conv(32, 1, bias: false) => batch_norm)
        => residual(conv(192, 1, bias: false) => batch_norm => relu => depthwise(3, padding: 1, bias: false) => batch_norm => relu => conv(32, 1, bias: false) => batch_norm)
        => conv(192, 1, bias: false) => batch_norm => relu => depthwise(3, stride: 2, padding: 1, bias: false) => batch_norm => relu => conv(64, 1, bias: false) => batch_norm
        => residual(conv(384, 1, bias: false) => batch_norm => relu => depthwise(3, padding: 1, bias: false) => batch_norm => relu => conv(64, 1, bias: false) => batch_norm)
        => residual(conv(384, 1, bias: false) => batch_norm => relu => depthwise(3, padding: 1, bias: false) => batch_norm => relu => conv(64, 1, bias: false) => batch_norm)
        => residual(conv(384, 1, bias: false) => batch_norm => relu => depthwise(3, padding: 1, bias: false) => batch_norm => relu => conv(64, 1, bias: false) => batch_norm)
        => conv(384, 1, bias: false) => batch_norm => relu => depthwise(3, padding: 1, bias: false) => batch_norm => relu => conv(96, 1, bias: false) => batch_norm
        => residual(conv(576, 1, bias: false) => batch_norm => relu => depthwise(3, padding: 1, bias: false) => batch_norm => relu => conv(96, 1, bias: false) => batch_norm)
        => residual(conv(576, 1, bias: false) => batch_norm => relu => depthwise(3, padding: 1, bias: false) => batch_norm => relu => conv(96, 1, bias: false) => batch_norm)
        => conv(576, 1, bias: false) => batch_norm => relu => depthwise(3, stride: 2, padding: 1, bias: false) => batch_norm => relu => conv(160, 1, bias: false) => batch_norm
        => residual(conv(960, 1, bias: false) => batch_norm => relu => depthwise(3, padding: 1, bias: false) => batch_norm => relu => conv(160, 1, bias: false) => batch_norm)
        => residual(conv(960, 1, bias: false) => batch_norm => relu => depthwise(3, padding: 1, bias: false) => batch_norm => relu => conv(160, 1, bias: false) => batch_norm)
        => conv(960, 1, bias: false) => batch_norm => relu => depthwise(3, padding: 1, bias: false) => batch_norm => relu => conv(320, 1, bias: false) => batch_norm
        => conv(1280, 1, bias: false) => batch_norm => relu
        => global_avg_pool => dropout(0.2) => 1000
    >;
}

fn main() {
    let net = MobileNet::new(&mut StdRng::seed_from_u64(1));
    println!("{}", net.forward(&[0.5; 3 * 224 * 224]).imax());
}
