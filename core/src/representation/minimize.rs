//! The minimum of a smooth convex function: L-BFGS (Liu and Nocedal 1989, <https://doi.org/10.1007/BF01589116>).

use alloc::collections::VecDeque;

use nalgebra::DVector;

/// How many steps back the curvature is remembered.
const HISTORY: usize = 10;
/// The part of the promised decrease that a step has to bring (Armijo).
const DECREASE: f64 = 1e-4;
/// A step that is halved more often than this is lost in rounding errors.
const MOST_HALVINGS: usize = 40;

/// Goes downhill from `start` until no derivative is larger than `tolerance`, or for so many steps.
///
/// `function` gives its value, and writes its gradient.
pub(super) fn minimize(
    start: DVector<f64>,
    iterations: usize,
    tolerance: f64,
    mut function: impl FnMut(&DVector<f64>, &mut DVector<f64>) -> f64,
) -> DVector<f64> {
    let mut place = start;
    let mut gradient = DVector::zeros(place.len());
    let mut value = function(&place, &mut gradient);
    let mut last = LastSteps { steps: VecDeque::with_capacity(HISTORY) };
    for _ in 0..iterations {
        if gradient.amax() <= tolerance {
            break;
        }
        let direction = -last.applied(&gradient);
        let slope = direction.dot(&gradient);
        let mut length = if last.steps.is_empty() { 1.0 / gradient.norm().max(1.0) } else { 1.0 };
        let mut next_gradient = DVector::zeros(place.len());
        let mut halvings = 0;
        let (next, next_value) = loop {
            let next = &place + &direction * length;
            let next_value = function(&next, &mut next_gradient);
            if next_value <= value + DECREASE * length * slope {
                break (next, next_value);
            }
            halvings += 1;
            if halvings > MOST_HALVINGS {
                return place;
            }
            length /= 2.0;
        };
        last.remember(&next - &place, &next_gradient - &gradient);
        (place, value, gradient) = (next, next_value, next_gradient);
    }
    place
}

/// The last steps, what each changed the gradient by, and the product of both.
struct LastSteps {
    steps: VecDeque<(DVector<f64>, DVector<f64>, f64)>,
}

impl LastSteps {
    fn remember(&mut self, step: DVector<f64>, change: DVector<f64>) {
        let product = step.dot(&change);
        if product > f64::EPSILON * change.norm_squared() {
            if self.steps.len() == HISTORY {
                self.steps.pop_front();
            }
            self.steps.push_back((step, change, product));
        }
    }

    /// The inverse of the curvature, as far as the steps have shown it, times a vector.
    fn applied(&self, vector: &DVector<f64>) -> DVector<f64> {
        let mut result = vector.clone();
        let mut factors = VecDeque::with_capacity(HISTORY);
        for (step, change, product) in self.steps.iter().rev() {
            let factor = step.dot(&result) / product;
            result.axpy(-factor, change, 1.0);
            factors.push_front(factor);
        }
        if let Some((_, change, product)) = self.steps.back() {
            result *= product / change.norm_squared();
        }
        for ((step, change, product), factor) in self.steps.iter().zip(factors) {
            let correction = factor - change.dot(&result) / product;
            result.axpy(correction, step, 1.0);
        }
        result
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bottom_of_a_narrow_bowl_is_found() {
        // Curvatures from 1 to 100, so that the gradient hardly ever points to the minimum.
        let curvature = |index: usize| libm::pow(10.0, index as f64 / 10.0);
        let mut evaluations = 0;
        let found = minimize(DVector::zeros(21), 500, 1e-9, |place, gradient| {
            evaluations += 1;
            let mut value = 0.0;
            for (index, &x) in place.iter().enumerate() {
                let distance = x - index as f64;
                value += curvature(index) * distance * distance / 2.0;
                gradient[index] = curvature(index) * distance;
            }
            value
        });
        for (index, &x) in found.iter().enumerate() {
            assert!((x - index as f64).abs() < 1e-8, "{index}: {x}");
        }
        assert!(evaluations < 150, "{evaluations}");
    }
}
