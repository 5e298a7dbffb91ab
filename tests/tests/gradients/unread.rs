//! Gradients that nobody reads are not computed: those in front of the first stage that learns.

use std::cell::RefCell;
use std::mem::take;

use static_net::activation::Tanh;
use static_net::layer::{Activate, Backward, Dense, Layer, Mode, Needs, Pass};
use static_net::prelude::*;
use static_net::shape::{Rank1, Sample};
use static_net::simd::InstructionSet;

thread_local! {
    /// Of each stage that ran backward, the last one first: whether the gradient of its input was asked for.
    static ASKED: RefCell<Vec<bool>> = const { RefCell::new(Vec::new()) };
}

/// A layer that tells what it is asked for.
#[derive(Parameters)]
#[repr(C)]
pub struct Telling<L> {
    #[tensor(name = "")]
    layer: L,
}

impl<L: Layer<f64>> Layer<f64> for Telling<L> {
    type Input = L::Input;
    type Output = L::Output;

    const NEEDS: Needs = L::NEEDS;

    fn initialize<R: Rng + ?Sized>(&mut self, rng: &mut R) {
        self.layer.initialize(rng);
    }

    #[inline(always)]
    fn forward<I: InstructionSet, M: Mode<f64>>(
        &self,
        input: &[Sample<L::Input, f64>],
        output: &mut [Sample<L::Output, f64>],
        pass: &mut Pass<'_, f64, I, M>,
    ) {
        self.layer.forward(input, output, pass);
    }

    #[inline(always)]
    fn backward<I: InstructionSet>(
        &self,
        step: Backward<'_, f64, Self>,
        gradient: Option<&mut Self>,
        pass: &mut Pass<'_, f64, I>,
    ) {
        ASKED.with_borrow_mut(|asked| asked.push(step.d_input.is_some()));
        let Backward { input, output, tape, d_output, d_input } = step;
        let step = Backward { input, output, tape, d_output, d_input };
        self.layer.backward(step, gradient.map(|gradient| &mut gradient.layer), pass);
    }
}

type Free = Telling<Activate<Tanh, Rank1<3>>>;
type Learning = Telling<Dense<f64, 3, 3>>;

network! {
    struct Behind< f64; 3 => Free => dropout(0.5) => Free => Learning => Free => Learning >;
    struct InFront< f64; 3 => Learning => Free => Learning >;
    struct Nested< f64; 3 => Free => Behind => Free >;
    struct Nothing< f64; 3 => Free => Free >;
    struct ReadAgain< f64; 3 => first: Free => Free => Learning => sum(identity | &first) >;
}

/// Checks that the parameters' gradient alone is the one beside that of the input, and gives what was asked for each of them.
macro_rules! asked {
    ($net:ident) => {{
        let mut net = $net::new(&mut StdRng::seed_from_u64(1));
        let mut training = net.training();
        let x = SMatrix::<f64, 3, 4>::from_fn(|row, column| (row as f64 - column as f64) / 3.0);
        let activations = training.train(&mut net, &x, &mut StdRng::seed_from_u64(2));
        let d_output = activations.output.map(|y| y + 0.5);
        take_asked();
        let [mut alone, mut beside] = [$net::zeros(), $net::zeros()];
        net.backward(activations, &d_output, &mut alone);
        let asked = take_asked();
        net.backward_to_input(activations, &d_output, &mut beside);
        assert_eq!(alone.state(), beside.state());
        assert_eq!(alone.state().is_empty(), alone.state().iter().all(|value| *value == 0.0));
        (asked, take_asked())
    }};
}

fn take_asked() -> Vec<bool> {
    ASKED.with_borrow_mut(take)
}

#[test]
fn nothing_is_computed_in_front_of_the_first_stage_that_learns() {
    assert_eq!(asked!(Behind), (vec![true, true, false], vec![true; 5]));
    assert_eq!(asked!(InFront), (vec![true, true, false], vec![true; 3]));
    assert_eq!(asked!(Nested), (vec![true, true, true, false], vec![true; 7]));
    assert_eq!(asked!(Nothing), (vec![], vec![true; 2]));
}

#[test]
fn values_that_are_read_again_have_all_gradients() {
    assert_eq!(asked!(ReadAgain), (vec![true, true, false], vec![true; 3]));
}
