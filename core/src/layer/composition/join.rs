//! Branches that are joined, as a layer.

use core::marker::PhantomData;

use rand::Rng;

use super::branches::Branches;
use super::same;
use crate::layer::{
    Backward, Description, Layer, Mode, Needs, Pass, Structure, dereference, multiply_adds,
};
use crate::parameters::Parameters;
use crate::scalar::Float;
use crate::shape::{Numbers, Sample, values, values_mut};
use crate::simd::InstructionSet;

use super::joint::{Added, BranchesBackward, Concatenated, Joint};

/// Branches side by side, each over the same input, joined by `J`: see [`Concat`] and [`Sum`].
#[derive(Clone, Copy, Debug, PartialEq, Parameters)]
#[repr(C)]
pub struct Join<B, O, J> {
    #[tensor(name = "")]
    branches: B,
    joint: PhantomData<fn() -> (O, J)>,
}

/// Branches whose outputs stand one behind the other along the first axis: `concat(.. | ..)` in the language,
/// `torch.cat` over channels or features. `B` is [`Branches2`](super::Branches2) to
/// [`Branches8`](super::Branches8), `O` the shape of the whole: `[c1 + c2, h, w]`.
///
/// It dereferences to the branches.
///
/// ```
/// use static_net::prelude::*;
///
/// network! { struct Net< 2 => concat(relu 3 | identity) >; }
///
/// let mut net = Net::zeros();
/// net.stage1.branch1.bias = SVector::<f32, 3>::new(7.0, 8.0, 9.0);
/// let y = net.forward(&SVector::<f32, 2>::new(1.0, 2.0));
/// assert_eq!(y.as_slice(), [7.0, 8.0, 9.0, 1.0, 2.0]);
/// ```
pub type Concat<B, O> = Join<B, O, Concatenated>;

/// Branches whose outputs, all of shape `O`, are added: `sum(.. | ..)` in the language.
///
/// It dereferences to the branches.
///
/// ```
/// use static_net::prelude::*;
///
/// network! { struct Net< 2 => sum(2 | identity) >; }
///
/// let mut net = Net::zeros();
/// net.stage1.branch1.bias = SVector::<f32, 2>::new(10.0, 20.0);
/// let y = net.forward(&SVector::<f32, 2>::new(1.0, 2.0));
/// assert_eq!(y.as_slice(), [11.0, 22.0]);
/// ```
pub type Sum<B, O> = Join<B, O, Added>;

dereference!([B, O, J] Join<B, O, J> => branches: B);

impl<T: Float, B: Branches<T>, O: Numbers<T>, J: Joint> Layer<T> for Join<B, O, J> {
    type Input = B::Input;
    type Output = O;

    const NEEDS: Needs = { B::NEEDS };
    const DESCRIPTION: Description = Description {
        multiply_adds: multiply_adds(B::STAGES),
        structure: match J::IS_SUM {
            true => Structure::Sum(B::STAGES),
            false => Structure::Concat(B::STAGES),
        },
    };

    fn initialize<R: Rng + ?Sized>(&mut self, rng: &mut R) {
        self.branches.initialize(rng);
    }

    #[inline(always)]
    fn forward<I: InstructionSet, M: Mode<T>>(
        &self,
        input: &[Sample<B::Input, T>],
        output: &mut [Sample<O, T>],
        pass: &mut Pass<'_, T, I, M>,
    ) {
        const {
            assert!(fits(J::IS_SUM, B::OUTPUTS, O::DIMS), "the branches give what is joined");
        };
        let input = values::<B::Input, T>(input);
        let output = values_mut::<O, T>(output);
        self.branches.forward::<J, I, M>(input, output, O::LEN, pass);
    }

    #[inline(always)]
    fn backward<I: InstructionSet>(
        &self,
        step: Backward<'_, T, Self>,
        gradient: &mut Self,
        pass: &mut Pass<'_, T, I>,
    ) {
        let step = BranchesBackward {
            input: values::<B::Input, T>(step.input),
            tape: step.tape,
            d_output: values::<O, T>(step.d_output),
            d_input: step.d_input.map(values_mut::<B::Input, T>),
        };
        self.branches.backward::<J, I>(step, O::LEN, &mut gradient.branches, pass);
    }
}

/// Whether outputs join to a shape.
const fn fits(is_sum: bool, outputs: &[&[usize]], whole: &[usize]) -> bool {
    let mut first_axis = 0;
    let mut index = 0;
    while index < outputs.len() {
        let output = outputs[index];
        if output.len() != whole.len() || !same(output.split_at(1).1, whole.split_at(1).1) {
            return false;
        }
        if is_sum && output[0] != whole[0] {
            return false;
        }
        first_axis += output[0];
        index += 1;
    }
    is_sum || first_axis == whole[0]
}
