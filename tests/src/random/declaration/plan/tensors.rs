//! The state of a network, as PyTorch names it and as this crate lays it out.

use super::super::call::Kind;
use super::{Compute, Layer, Plan};

/// Some values of a network's state.
#[derive(Clone, Debug, PartialEq)]
pub struct Tensor {
    /// In a state dict.
    pub name: String,
    /// As PyTorch has it.
    pub shape: Vec<usize>,
    /// How far apart neighbours along each axis lie.
    pub strides: Vec<usize>,
    /// What it is.
    pub holds: Values,
}

/// What values are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Values {
    /// Trained.
    Trained,
    /// Means of earlier batches.
    Mean,
    /// Variances of earlier batches.
    Variance,
}

impl Tensor {
    /// How many values it has.
    pub fn values(&self) -> usize {
        self.shape.iter().product()
    }
}

/// The names in front of those of stages.
#[derive(Clone, Copy, Default)]
pub(super) struct Names<'a> {
    /// In front of labels.
    level: &'a str,
    /// Behind that in front of stages without one.
    places: &'a str,
}

/// The same with one more.
struct Placed {
    level: String,
    places: String,
}

impl Names<'_> {
    fn labelled(self, name: &str) -> Placed {
        Placed { level: self.level.to_owned(), places: format!("{name}.") }
    }

    fn placed(self, name: &str) -> Placed {
        Placed { level: self.level.to_owned(), places: format!("{}{name}.", self.places) }
    }
}

impl Placed {
    fn borrow(&self) -> Names<'_> {
        Names { level: &self.level, places: &self.places }
    }

    /// A level of its own.
    fn level(&mut self) -> Names<'_> {
        self.level += &std::mem::take(&mut self.places);
        self.borrow()
    }
}

impl Plan {
    /// All tensors, in memory order.
    pub fn tensors(&self) -> Vec<Tensor> {
        let mut list = Vec::new();
        self.add_tensors(Names::default(), false, &mut list);
        list
    }

    fn add_tensors(&self, names: Names<'_>, is_inside: bool, list: &mut Vec<Tensor>) {
        for step in &self.steps {
            if is_inside && self.is_bare {
                step.compute.tensors(names, list);
                continue;
            }
            let field = step.field.trim_start_matches("r#");
            let digits = field.strip_prefix("stage").unwrap_or("none");
            let is_named = step.tensors.is_some() || !digits.bytes().all(|b| b.is_ascii_digit());
            let name = step.tensors.as_deref().unwrap_or(field);
            match &step.compute {
                compute if is_named => compute.tensors(names.labelled(name).level(), list),
                compute @ (Compute::Residual(..)
                | Compute::Concat(..)
                | Compute::Sum(_)
                | Compute::Multiplied(_)) => compute.tensors(names.placed(name).borrow(), list),
                compute => compute.tensors(names.placed(name).level(), list),
            }
        }
    }
}

impl Compute {
    pub(super) fn tensors(&self, names: Names<'_>, list: &mut Vec<Tensor>) {
        let prefix = format!("{}{}", names.level, names.places);
        let mut push = |name: &str, shape: &[usize], strides: &[usize]| {
            list.push(Tensor {
                name: format!("{prefix}{name}"),
                shape: shape.to_vec(),
                strides: strides.to_vec(),
                holds: Values::Trained,
            });
        };
        match self {
            // The table is the embedding's.
            Compute::Nothing
            | Compute::Product(_)
            | Compute::Reshape
            | Compute::Tied(..)
            | Compute::Pair(..) => {}
            Compute::Dense(inputs, outputs, has_bias) => {
                push("weight", &[*outputs, *inputs], &[1, *outputs]);
                if *has_bias {
                    push("bias", &[*outputs], &[1]);
                }
            }
            Compute::Gain(len) => push("gain", &[*len], &[1]),
            Compute::Mix(rows, _) => push("weight", &[*rows], &[1]),
            Compute::Network(plan) => plan.add_tensors(names, false, list),
            Compute::Residual(body, project) => {
                body.add_tensors(names, true, list);
                if let Some(project) = project {
                    project.add_tensors(names.placed("project").borrow(), true, list);
                }
            }
            Compute::Repeat(turns) => {
                for (time, turn) in turns.iter().enumerate() {
                    turn.add_tensors(names.placed(&time.to_string()).level(), true, list);
                }
            }
            Compute::Concat(_, branches)
            | Compute::Sum(branches)
            | Compute::Multiplied(branches) => {
                for (index, branch) in branches.iter().enumerate() {
                    let branch_names = names.placed(&format!("branch{}", index + 1));
                    branch.add_tensors(branch_names.borrow(), true, list);
                }
            }
            Compute::Layer(layer) => layer.tensors(&prefix, list),
        }
    }
}

impl Layer {
    fn tensors(&self, prefix: &str, list: &mut Vec<Tensor>) {
        let mut push = |name: &str, shape: &[usize], strides: &[usize], holds: Values| {
            let name = format!("{prefix}{name}");
            list.push(Tensor { name, shape: shape.to_vec(), strides: strides.to_vec(), holds });
        };
        let mut trained = |name: &str, shape: &[usize]| {
            // Row by row, as PyTorch does.
            let strides: Vec<usize> =
                (1..=shape.len()).map(|axis| shape[axis..].iter().product()).collect();
            push(name, shape, &strides, Values::Trained);
        };
        match &self.kind {
            Kind::Conv { window, groups, bias, out, .. }
            | Kind::ConvTranspose { window, groups, bias, out, .. } => {
                let channels = match &self.kind {
                    Kind::Conv { .. } => [*out, self.input[0] / groups],
                    _ => [self.input[0], out / groups],
                };
                let [height, width] = window.kernel;
                let [outer, inner] = channels;
                let plane = height * width;
                match self.input.len() {
                    2 => trained("weight", &[outer, inner, width]),
                    // A window is a matrix of nalgebra's, column by column.
                    _ => push(
                        "weight",
                        &[outer, inner, height, width],
                        &[inner * plane, plane, 1, height],
                        Values::Trained,
                    ),
                }
                if *bias {
                    push("bias", &[*out], &[1], Values::Trained);
                }
            }
            Kind::Embedding { vocabularies, features } => match vocabularies.as_slice() {
                [tokens] => trained("weight", &[*tokens, *features]),
                each => {
                    for (place, tokens) in each.iter().enumerate() {
                        trained(&format!("{place}.weight"), &[*tokens, *features]);
                    }
                }
            },
            Kind::BatchNorm(_, is_affine) => {
                let channels = [self.input[0]];
                if *is_affine {
                    trained("weight", &channels);
                    trained("bias", &channels);
                }
                push("running_mean", &channels, &[1], Values::Mean);
                push("running_var", &channels, &[1], Values::Variance);
            }
            Kind::LayerNorm(axes, _, [has_weight, has_bias]) => {
                let shape = &self.input[self.input.len() - axes..];
                if *has_weight {
                    trained("weight", shape);
                }
                if *has_bias {
                    trained("bias", shape);
                }
            }
            Kind::RmsNorm(axes, _, true) => {
                trained("weight", &self.input[self.input.len() - axes..]);
            }
            Kind::GroupNorm(_, _, true) | Kind::InstanceNorm(true, _) => {
                trained("weight", &self.input[..1]);
                trained("bias", &self.input[..1]);
            }
            Kind::PRelu(slopes) => trained("weight", &[*slopes]),
            Kind::Attention { heads, kv_heads, has_bias, .. } => {
                let features = self.input[1];
                let projected = features + 2 * kv_heads * (features / heads);
                let mut linear = |weight: &str, bias: &str, outputs: usize| {
                    push(weight, &[outputs, features], &[1, outputs], Values::Trained);
                    if *has_bias {
                        push(bias, &[outputs], &[1], Values::Trained);
                    }
                };
                linear("in_proj_weight", "in_proj_bias", projected);
                linear("out_proj.weight", "out_proj.bias", features);
            }
            Kind::Position(table) => trained("weight", &[*table, self.input[1]]),
            Kind::Recurrent { cell, hidden, is_both, bias, .. } => {
                let (rows, features) = (cell.gates() * hidden, self.input[1]);
                for suffix in if *is_both { &["", "_reverse"][..] } else { &[""] } {
                    let mut push = |name: &str, shape: &[usize]| {
                        // Column by column.
                        let strides = &[1, rows][..shape.len()];
                        push(&format!("{name}_l0{suffix}"), shape, strides, Values::Trained);
                    };
                    push("weight_ih", &[rows, features]);
                    push("weight_hh", &[rows, *hidden]);
                    if *bias {
                        push("bias_ih", &[rows]);
                        push("bias_hh", &[rows]);
                    }
                }
            }
            Kind::RmsNorm(_, _, false)
            | Kind::GroupNorm(_, _, false)
            | Kind::InstanceNorm(false, _)
            | Kind::TakeLast
            | Kind::MeanOverTime
            | Kind::MaxOverTime
            | Kind::MaxPool(_)
            | Kind::AvgPool(..)
            | Kind::GlobalAvgPool
            | Kind::GlobalMaxPool
            | Kind::AdaptiveAvgPool(_)
            | Kind::AdaptiveMaxPool(_)
            | Kind::Upsample(..)
            | Kind::Pad(..)
            | Kind::Slice { .. }
            | Kind::Flatten(..)
            | Kind::Reshape(_)
            | Kind::Same
            | Kind::Sinusoidal
            | Kind::Normalize(..)
            | Kind::Permute(_) => {}
        }
    }
}
