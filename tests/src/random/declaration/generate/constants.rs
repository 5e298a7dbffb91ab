//! Activations over one value, which would give the same whatever that is, and are refused.

use super::super::{Activation, Function, Operation, Size, Stage};
use super::Generator;

impl Generator<'_> {
    /// Puts another activation in the place of each that goes over one value.
    pub(super) fn replace_constants(&self, stages: &mut [Stage], input: &[Size]) {
        let parameters: Vec<Size> =
            (0..self.parameters.len()).map(|index| Size::Parameter(index, false)).collect();
        for index in 0..stages.len() {
            let (front, behind) = (&stages[..index], &stages[..=index]);
            let shape_in_front = self.behind(front, input.to_vec(), &parameters);
            let shape = self.behind(behind, input.to_vec(), &parameters);
            let Stage::Layer { activation, operation, .. } = &mut stages[index] else { continue };
            if let Some(activation) = activation
                && let Function::Softmax(axis) | Function::LogSoftmax(axis) = activation.function
                && matches!(shape[axis.unwrap_or(shape.len() - 1)], Size::Fixed(1, _))
            {
                *activation = Activation { function: Function::Sigmoid, arguments: String::new() };
            }
            match operation {
                Some(Operation::Residual(body, project)) => {
                    self.replace_constants(body, &shape_in_front);
                    if let Some(project) = project {
                        self.replace_constants(project, &shape_in_front);
                    }
                }
                Some(Operation::Repeat(_, body)) => self.replace_constants(body, &shape_in_front),
                Some(Operation::Turns(_, _, bodies)) => {
                    for body in bodies {
                        self.replace_constants(body, &shape_in_front);
                    }
                }
                Some(
                    Operation::Concat(_, branches)
                    | Operation::Sum(branches)
                    | Operation::Product(branches),
                ) => {
                    for branch in branches {
                        self.replace_constants(branch, &shape_in_front);
                    }
                }
                _ => {}
            }
        }
    }
}
