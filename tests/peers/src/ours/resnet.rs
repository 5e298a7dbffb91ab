//! ResNet-18 (He et al. 2016) as it is deployed: the normalisations are folded into the convolutions in front of them.

use std::hint::black_box;

use static_net::prelude::*;

use super::seeded;
use crate::serve::Run;

network! {
    struct ResNet18< [3, 224, 224]
        => relu conv(64, 7, stride: 2, padding: 3) => max_pool(3, stride: 2, padding: 1)
        => repeat(2; relu residual(relu conv(64, 3, padding: 1) => conv(64, 3, padding: 1)))
        => relu residual(relu conv(128, 3, stride: 2, padding: 1) => conv(128, 3, padding: 1); project: conv(128, 1, stride: 2))
        => relu residual(relu conv(128, 3, padding: 1) => conv(128, 3, padding: 1))
        => relu residual(relu conv(256, 3, stride: 2, padding: 1) => conv(256, 3, padding: 1); project: conv(256, 1, stride: 2))
        => relu residual(relu conv(256, 3, padding: 1) => conv(256, 3, padding: 1))
        => relu residual(relu conv(512, 3, stride: 2, padding: 1) => conv(512, 3, padding: 1); project: conv(512, 1, stride: 2))
        => relu residual(relu conv(512, 3, padding: 1) => conv(512, 3, padding: 1))
        => global_avg_pool => 1000
    >;
}

/// One image.
pub fn run() -> Run {
    let mut rng = seeded();
    let net = ResNet18::new(&mut rng);
    let image = OMatrix::<f32, Const<150_528>, Dyn>::from_fn(1, |_, _| rng.random::<f32>() - 0.5);
    let mut output = net.forward(&image);
    let mut workspace = Workspace::new();
    Box::new(move || {
        net.forward_into(black_box(&image), &mut output, &mut workspace);
        black_box(&output);
    })
}
