//! Normalizations, which leave the shape as it is, and dropout where there is too little to normalize.

use super::super::Scalar;
use super::super::call::{Kind, planes};
use super::calls::Given;
use super::stages::fixed;
use super::{Body, Generator};

impl Generator<'_> {
    /// Adds a layer that leaves the shape as it is.
    pub(super) fn normalization(&mut self, body: &mut Body) {
        let sizes = fixed(&body.shape);
        let eps = *self.rng.pick(&[1e-5, 1e-5, 1e-3, 0.25]);
        let given_eps = ("eps", self.number(eps), eps == 1e-5);
        let is_generic = sizes.is_none();
        let sizes = sizes.unwrap_or_else(|| vec![4]);
        // Where few values are normalized together, what is left of a gradient has few digits.
        let fewest = if self.scalar == Scalar::F32 { 4 } else { 2 };
        let most_axes = if is_generic { 1 } else { sizes.len() };
        match self.rng.below(8) {
            6 => {
                let axis = self.rng.below(most_axes);
                if sizes[axis] < fewest {
                    return self.dropout(body);
                }
                let eps = *self.rng.pick(&[1e-12, 1e-12, 0.25]);
                let text = match is_generic || self.rng.percent(60) {
                    true => axis.to_string(),
                    false => self.written(axis),
                };
                let is_last = axis + 1 == sizes.len();
                let given = vec![("axis", text, is_last), ("eps", self.number(eps), eps == 1e-12)];
                self.add(body, "normalize", Kind::Normalize(axis, eps), given, 0);
            }
            7 => {
                let slopes = if is_generic || self.rng.percent(50) { 1 } else { sizes[0] };
                let text =
                    if self.rng.percent(60) { slopes.to_string() } else { self.written(slopes) };
                let init = *self.rng.pick(&[0.25, 0.1, 0.0]);
                let given = vec![
                    ("num_parameters", text, slopes == 1),
                    ("init", self.number(init), init == 0.25),
                ];
                self.add(body, "prelu", Kind::PRelu(slopes), given, 0);
            }
            0 => {
                let momentum = *self.rng.pick(&[0.1, 0.1, 0.0, 1.0, 0.5]);
                let momentum = ("momentum", self.number(momentum), momentum == 0.1);
                let is_affine = self.rng.percent(50);
                let affine = ("affine", is_affine.to_string(), is_affine);
                let kind = Kind::BatchNorm(eps, is_affine);
                self.add(body, "batch_norm", kind, vec![given_eps, momentum, affine], 0);
            }
            number @ (1 | 2) => {
                let default = if sizes.len() == 3 { 3 } else { 1 };
                let axes = self.rng.between(1, most_axes);
                if sizes[sizes.len() - axes..].iter().product::<usize>() < fewest {
                    return self.dropout(body);
                }
                let text = match is_generic || self.rng.percent(60) {
                    true => axes.to_string(),
                    false => self.written(axes),
                };
                let axes_given = ("axes", text, axes == default);
                let is_affine = self.rng.percent(50);
                let affine = ("elementwise_affine", is_affine.to_string(), is_affine);
                if number == 1 {
                    let has_bias = is_affine && self.rng.percent(50);
                    let kind = Kind::LayerNorm(axes, eps, [is_affine, has_bias]);
                    let bias = ("bias", has_bias.to_string(), has_bias || !is_affine);
                    let given = vec![axes_given, given_eps, affine, bias];
                    return self.add(body, "layer_norm", kind, given, 0);
                }
                let default = match self.scalar {
                    Scalar::F32 => f64::from(f32::EPSILON),
                    Scalar::F64 => f64::EPSILON,
                };
                let arguments = |eps: Given| vec![axes_given, eps, affine];
                if self.rng.percent(40) {
                    // Small beside what is normalized: nothing else would show whether it is right.
                    let given = arguments(("eps", format!("{default:e}"), true));
                    let kind = Kind::RmsNorm(axes, default, is_affine);
                    return self.add(body, "rms_norm", kind, given, 0);
                }
                let (name, text, _) = given_eps;
                let given = arguments((name, text, false));
                self.add(body, "rms_norm", Kind::RmsNorm(axes, eps, is_affine), given, 0);
            }
            3 if !is_generic => {
                let groups = self.divisor(sizes[0]);
                if sizes.iter().product::<usize>() / groups < fewest {
                    return self.dropout(body);
                }
                let text =
                    if self.rng.percent(60) { groups.to_string() } else { self.written(groups) };
                let is_affine = self.rng.percent(50);
                let affine = ("affine", is_affine.to_string(), is_affine);
                let given = vec![("groups", text, false), given_eps, affine];
                self.add(body, "group_norm", Kind::GroupNorm(groups, eps, is_affine), given, 1);
            }
            4 if sizes.len() > 1 => {
                let [_, height, width] = planes(&sizes);
                if height * width < fewest {
                    return self.dropout(body);
                }
                let affine = self.rng.percent(80);
                let given = vec![given_eps, ("affine", affine.to_string(), !affine)];
                self.add(body, "instance_norm", Kind::InstanceNorm(affine, eps), given, 0);
            }
            4 => self.flatten_call(body),
            _ => self.dropout(body),
        }
    }

    pub(super) fn dropout(&mut self, body: &mut Body) {
        let p = *self.rng.pick(&[0.5, 0.0, 0.125, 0.9]);
        let given = vec![("p", self.number(p), p == 0.5)];
        self.add(body, "dropout", Kind::Same, given, 0);
    }
}
