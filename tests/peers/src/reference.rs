//! What static-net computes in a workload, in files: other libraries take its weights, and have to give its outputs.

use std::fs;
use std::path::Path;

use anyhow::Result;
use safetensors::SafeTensors;
use serde_json::{Map, Value, json};

/// A network, a signal, and what it makes of it.
pub struct Reference {
    pub workload: &'static str,
    /// The bytes of a safetensors file.
    pub tensors: Vec<u8>,
    /// All values, as they are declared.
    pub values: Vec<f32>,
    pub x: Vec<f32>,
    pub y: Vec<f32>,
}

impl Reference {
    /// Writes it to a folder, under the name of the workload.
    pub fn write(&self, folder: &Path) -> Result<()> {
        let mut tensors = Map::new();
        for (name, tensor) in SafeTensors::deserialize(&self.tensors)?.tensors() {
            let (values, _) = tensor.data().as_chunks::<4>();
            let values: Vec<f32> = values.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect();
            tensors.insert(name, nested(&values, tensor.shape()));
        }
        let mut file = json!({ "tensors": tensors, "x": self.x, "y": self.y });
        if self.workload == "wavenet" {
            file["nam"] = nam_file(&self.values);
        }
        fs::write(folder.join(format!("{}.json", self.workload)), file.to_string())?;
        Ok(())
    }
}

/// Lists of lists, as deep as there are sizes.
fn nested(values: &[f32], shape: &[usize]) -> Value {
    match shape {
        [] | [_] => json!(values),
        [count, rest @ ..] => {
            values.chunks(values.len() / count).map(|part| nested(part, rest)).collect()
        }
    }
}

/// A file of Neural Amp Modeler with a WaveNet A1 standard of these weights, which it reads in the order of the declaration.
fn nam_file(weights: &[f32]) -> Value {
    let layers = |input: usize, channels: usize, head: usize, head_bias: bool| {
        json!({
            "input_size": input,
            "condition_size": 1,
            "channels": channels,
            "head_size": head,
            "head_bias": head_bias,
            "kernel_size": 3,
            "dilations": [1, 2, 4, 8, 16, 32, 64, 128, 256, 512],
            "activation": "Tanh",
            "gated": false,
        })
    };
    const HEAD_SCALE: f32 = 1.0;
    let weights = [weights, &[HEAD_SCALE]].concat();
    json!({
        "version": "0.5.4",
        "architecture": "WaveNet",
        "config": {
            "layers": [layers(1, 16, 8, false), layers(16, 8, 1, true)],
            "head": null,
            "head_scale": HEAD_SCALE,
        },
        "weights": weights,
    })
}
