//! Branches that are joined, as a layer.

use core::marker::PhantomData;

use rand::Rng;
use static_net_rules::{Dims, spread};

use super::branches::{Branches, BranchesBackward};
use super::same;
use crate::layer::{
    Backward, Description, Layer, Mode, Needs, Pass, Structure, dereference, multiply_adds,
};
use crate::parameters::Parameters;
use crate::scalar::Float;
use crate::shape::{Numbers, Sample, values, values_mut};
use crate::simd::InstructionSet;

use super::joint::{Added, Concatenated, Joining, Joint, Multiplied};

/// Branches side by side, each over the same input, joined by `J`: see [`Concat`], [`Sum`] and [`Product`].
#[derive(Clone, Copy, Debug, PartialEq, Parameters)]
#[repr(C)]
pub struct Join<B, O, J> {
    #[tensor(name = "")]
    branches: B,
    joint: PhantomData<fn() -> (O, J)>,
}

/// Branches whose outputs stand one behind the other along an axis: `concat(.. | ..)` along the first,
/// `concat(axis: 1; .. | ..)` along another, which is `dim=2` of `torch.cat`, since samples are counted there. `B` is
/// [`Branches2`](super::Branches2) to [`Branches8`](super::Branches8), or what `network!` writes of more; `O` is the shape of
/// the whole: `[c1 + c2, h, w]`.
///
/// It dereferences to the branches.
///
/// ```
/// use static_net::prelude::*;
///
/// network! {
///     struct Net< 2 => concat(relu 3 | identity) >;
///     struct Wide< [2, 2] => concat(axis: 1; identity | 1) >;
/// }
///
/// let mut net = Net::zeros();
/// net.stage1.branch1.bias = SVector::<f32, 3>::new(7.0, 8.0, 9.0);
/// let y = net.forward(&SVector::<f32, 2>::new(1.0, 2.0));
/// assert_eq!(y.as_slice(), [7.0, 8.0, 9.0, 1.0, 2.0]);
///
/// // A number more at each step.
/// let y = Wide::zeros().forward(&[1.0, 2.0, 3.0, 4.0]);
/// assert_eq!(y.as_slice(), [1.0, 2.0, 0.0, 3.0, 4.0, 0.0]);
/// ```
pub type Concat<B, O, const AXIS: usize = 0> = Join<B, O, Concatenated<AXIS>>;

/// Branches whose outputs are added: `sum(.. | ..)` in the language. The first gives the shape `O` of the whole; the others
/// give the same, or one value for each channel or step, which is added to all that it has, as gates are in a
/// [`Product`].
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

/// Branches whose outputs are multiplied, element by element: `product(.. | ..)` in the language. The first gives the shape
/// `O` of the whole; the others give the same, or gates:
///
/// | gates | of | are one for each |
/// | --- | --- | --- |
/// | `[c]`, `[c, 1]` | `[c, l]` | channel |
/// | `[c]`, `[c, 1, 1]` | `[c, h, w]` | channel ([Hu et al. 2018](https://arxiv.org/abs/1709.01507)) |
/// | `[1, h, w]` | `[c, h, w]` | place of an image |
/// | `[l, 1]` | `[l, f]` | step |
/// | `[1, l]` | `[c, l]` | step |
///
/// On the way back each branch is learned from by what the others gave, which is kept in training: not of `identity`, which
/// gives what goes in.
///
/// It dereferences to the branches.
///
/// ```
/// use static_net::prelude::*;
///
/// network! {
///     /// A gate for each channel, computed of the means of all.
///     struct SqueezeAndExcite<
///         [4, 8, 8] => product(identity | global_avg_pool => relu 2 => sigmoid 4)
///     >;
/// }
///
/// let y = SqueezeAndExcite::zeros().forward(&[3.0; 256]);
/// assert_eq!(y.as_slice(), [1.5; 256]);
/// ```
pub type Product<B, O> = Join<B, O, Multiplied>;

dereference!([B, O, J] Join<B, O, J> => branches: B);

impl<T: Float, B: Branches<T, J, O>, O: Numbers<T>, J: Joint> Layer<T> for Join<B, O, J> {
    type Input = B::Input;
    type Output = O;

    const NEEDS: Needs = { B::NEEDS };
    const DESCRIPTION: Description = Description {
        multiply_adds: multiply_adds(B::STAGES),
        structure: Structure::Joined { word: J::JOINING.word(), branches: B::STAGES },
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
            assert!(fits(J::JOINING, B::OUTPUTS, O::DIMS), "the branches give what is joined");
        };
        let input = values::<B::Input, T>(input);
        let output = values_mut::<O, T>(output);
        self.branches.forward(input, output, pass);
    }

    #[inline(always)]
    fn backward<I: InstructionSet>(
        &self,
        step: Backward<'_, T, Self>,
        gradient: Option<&mut Self>,
        pass: &mut Pass<'_, T, I>,
    ) {
        let step = BranchesBackward {
            input: values::<B::Input, T>(step.input),
            tape: step.tape,
            d_output: values::<O, T>(step.d_output),
            d_input: step.d_input.map(values_mut::<B::Input, T>),
        };
        self.branches.backward(step, gradient.map(|gradient| &mut gradient.branches), pass);
    }
}

/// Whether outputs join to a shape.
const fn fits(joining: Joining, outputs: &[&[usize]], whole: &[usize]) -> bool {
    let (mut sum, mut index) = (0, 0);
    while index < outputs.len() {
        let output = outputs[index];
        match joining {
            Joining::Sum | Joining::Product => {
                if spread(output, whole).is_none() {
                    return false;
                }
            }
            Joining::Concat(along) => {
                if output.len() != whole.len() || along >= whole.len() {
                    return false;
                }
                let other = Dims::new(output).with(along, whole[along]);
                if !same(other.sizes(), whole) {
                    return false;
                }
                sum += output[along];
            }
        }
        index += 1;
    }
    match joining {
        Joining::Sum | Joining::Product => outputs[0].len() == whole.len(),
        Joining::Concat(along) => sum == whole[along],
    }
}
