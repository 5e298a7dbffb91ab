//! dfdx on the processor.

use dfdx::optim::{Adam, AdamConfig};
use dfdx::prelude::{
    AsArray, Backward, Cpu, DeviceBuildExt, Linear, ModuleMut, Optimizer as _, Rank2, ReLU,
    SampleTensor, Tensor, TensorFrom, Trace, ZeroGrads, cross_entropy_with_logits_loss,
};

use super::numbers;
use crate::serve::Run;

type Square = ((Linear<64, 64>, ReLU), (Linear<64, 64>, ReLU), Linear<64, 10>);
type Mnist = ((Linear<784, 512>, ReLU), (Linear<512, 256>, ReLU), Linear<256, 10>);

/// A step: forward, loss, backward and the optimizer's.
macro_rules! training {
    ($net:ty, $input:literal, $batch:literal) => {{
        let device = Cpu::default();
        let mut model = device.build_module::<$net, f32>();
        let mut gradients = Some(model.alloc_grads());
        let mut optimizer = Adam::new(&model, AdamConfig::default());
        let mut x: Tensor<Rank2<$batch, $input>, f32, _> = device.sample_uniform();
        x.copy_from(&numbers($batch * $input));
        let mut one_hot = vec![0.0; $batch * 10];
        (0..$batch).for_each(|sample| one_hot[sample * 10 + sample % 10] = 1.0);
        let targets: Tensor<Rank2<$batch, 10>, f32, _> = device.tensor(one_hot);
        Box::new(move || {
            let traced = x.clone().traced(gradients.take().expect("put back below"));
            let logits = model.forward_mut(traced);
            let loss = cross_entropy_with_logits_loss(logits, targets.clone());
            std::hint::black_box(loss.array());
            let mut computed = loss.backward();
            optimizer.update(&mut model, &computed).expect("all parameters are used");
            model.zero_grads(&mut computed);
            gradients = Some(computed);
        })
    }};
}

pub fn run(workload: &str) -> Option<Run> {
    Some(match workload {
        "train-64-64-64-10" => training!(Square, 64, 32),
        "train-784-512-256-10" => training!(Mnist, 784, 128),
        _ => return None,
    })
}
