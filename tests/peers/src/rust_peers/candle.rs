//! candle on the processor.

use std::hint::black_box;

use candle_core::{DType, Device, Result, Tensor};
use candle_nn::{
    AdamW, Module, Optimizer, ParamsAdamW, Sequential, VarBuilder, VarMap, linear, loss, seq,
};

use super::numbers;
use crate::serve::Run;

pub fn run(workload: &str) -> Option<Run> {
    let run = match workload {
        "forward-10-32-16-2" => infer(&[10, 32, 16, 2], 1),
        "forward-64-64-64-4" => infer(&[64, 64, 64, 4], 1),
        "infer-1" => infer(&[784, 512, 256, 10], 1),
        "infer-8" => infer(&[784, 512, 256, 10], 8),
        "infer-64" => infer(&[784, 512, 256, 10], 64),
        "infer-1024" => infer(&[784, 512, 256, 10], 1024),
        "train-64-64-64-10" => train(&[64, 64, 64, 10], 32),
        "train-784-512-256-10" => train(&[784, 512, 256, 10], 128),
        _ => return None,
    };
    Some(run.expect("candle builds the network"))
}

fn network(widths: &[usize], builder: &VarBuilder<'_>) -> Result<Sequential> {
    let mut network = seq();
    for (index, pair) in widths.windows(2).enumerate() {
        network = network.add(linear(pair[0], pair[1], builder.pp(index.to_string()))?);
        if index + 2 < widths.len() {
            network = network.add_fn(Tensor::relu);
        }
    }
    Ok(network)
}

fn infer(widths: &[usize], batch: usize) -> Result<Run> {
    let variables = VarMap::new();
    let builder = VarBuilder::from_varmap(&variables, DType::F32, &Device::Cpu);
    let network = network(widths, &builder)?;
    let x = Tensor::from_vec(numbers(batch * widths[0]), (batch, widths[0]), &Device::Cpu)?;
    Ok(Box::new(move || {
        black_box(network.forward(black_box(&x)).expect("shapes fit"));
    }))
}

fn train(widths: &[usize], batch: usize) -> Result<Run> {
    let variables = VarMap::new();
    let builder = VarBuilder::from_varmap(&variables, DType::F32, &Device::Cpu);
    let network = network(widths, &builder)?;
    let x = Tensor::from_vec(numbers(batch * widths[0]), (batch, widths[0]), &Device::Cpu)?;
    let classes: Vec<u32> = (0..batch as u32).map(|sample| sample % 10).collect();
    let classes = Tensor::from_vec(classes, batch, &Device::Cpu)?;
    // Without decay it is Adam.
    let settings = ParamsAdamW { lr: 1e-3, weight_decay: 0.0, ..ParamsAdamW::default() };
    let mut adam = AdamW::new(variables.all_vars(), settings)?;
    Ok(Box::new(move || {
        let loss = network.forward(&x).and_then(|logits| loss::cross_entropy(&logits, &classes));
        loss.and_then(|loss| adam.backward_step(&loss)).expect("shapes fit");
    }))
}
