//! A training step beside another library's, in one run.
//!
//! `cargo bench -p static-net-tests --features peers --bench peers` builds dfdx 0.13 and prints, for the
//! network 64-64-64-10 at batch 32 with cross entropy and Adam, the median time of each and the median
//! ratio over steps timed in turn. Peers are behind a feature since only this benchmark needs them.

#[path = "../../core/benches/pairs.rs"]
mod pairs;

use dfdx::optim::{Adam as DfdxAdam, AdamConfig};
use dfdx::prelude::{
    AsArray, Backward, Cpu, DeviceBuildExt, Linear, ModuleMut, Optimizer as _, Rank2, ReLU,
    SampleTensor, Tensor, TensorFrom, Trace, ZeroGrads, cross_entropy_with_logits_loss,
};
use pairs::{Pair, ratio};
use static_net::prelude::*;

network! {
    struct Net< 64 => relu 64 => relu 64 => 10 >;
}

type DfdxNet = ((Linear<64, 64>, ReLU), (Linear<64, 64>, ReLU), Linear<64, 10>);

const BATCH: usize = 32;

fn main() {
    let mut rng = StdRng::seed_from_u64(1);
    let samples: Vec<[f32; 64]> =
        (0..BATCH).map(|_| core::array::from_fn(|_| rng.random::<f32>() - 0.5)).collect();
    let classes: Vec<usize> = (0..BATCH).map(|sample| sample % 10).collect();

    let mut net = Net::new(&mut rng);
    let mut gradient = Net::zeros();
    let mut adam = Adam::new(&net);
    let mut activations = net.activations(samples.as_slice());
    let mut d_output = activations.output.clone();
    let mut workspace = Workspace::new();
    let ours = || {
        net.activations_into(samples.as_slice(), &mut activations);
        let loss = CrossEntropy.loss_into(&activations.output, &classes, &mut d_output);
        gradient.state_mut().fill(0.0);
        net.backward_into(&activations, &d_output, &mut gradient, &mut workspace);
        adam.step(&mut net, &gradient);
        loss
    };

    let device = Cpu::default();
    let mut model = device.build_module::<DfdxNet, f32>();
    let mut gradients = Some(model.alloc_grads());
    let mut optimizer = DfdxAdam::new(&model, AdamConfig::default());
    let mut x: Tensor<Rank2<BATCH, 64>, f32, _> = device.sample_uniform();
    x.copy_from(samples.as_flattened());
    let mut one_hot = vec![0.0; BATCH * 10];
    classes.iter().enumerate().for_each(|(sample, class)| one_hot[sample * 10 + class] = 1.0);
    let targets: Tensor<Rank2<BATCH, 10>, f32, _> = device.tensor(one_hot);
    let peer = || {
        let traced = x.clone().traced(gradients.take().expect("put back below"));
        let logits = model.forward_mut(traced);
        let loss = cross_entropy_with_logits_loss(logits, targets.clone());
        let value = loss.array();
        let mut computed = loss.backward();
        optimizer.update(&mut model, &computed).expect("all parameters are used");
        model.zero_grads(&mut computed);
        gradients = Some(computed);
        value
    };

    println!(
        "64-64-64-10, batch {BATCH}, cross entropy, Adam: time of dfdx 0.13 / time of static-net"
    );
    ratio("training step", Pair { ours, peer });
}
