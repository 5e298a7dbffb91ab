//! What a stream keeps never becomes subnormal, with which some machines compute a hundred times as slowly.

use static_net::layer::TimeLast;
use static_net::simd::dispatch_pass_each;

use super::*;

macro_rules! networks {
    ($scalar:ident, $recurrences:ident, $convolutions:ident, $halves:ident, $length:literal) => {
        network! {
            struct $recurrences< $scalar; [8, 2] => first: rnn(3) => second: lstm(4) => third: gru(5) >;
            struct $convolutions<
                $scalar;
                [2, 8]
                => leaky_relu conv(4, 3, padding: causal)
                => tanh conv(3, 2, padding: causal, dilation: 3)
                => conv(2, 1)
            >;
            // Halves what it remembers at each step.
            struct $halves< $scalar; [$length, 1] => half: rnn(1, nonlinearity: relu, bias: false) >;
        }
    };
}

networks!(f32, Recurrences, Convolutions, Halves, 140);
networks!(f64, PreciseRecurrences, PreciseConvolutions, PreciseHalves, 1040);

/// Steps of a sound, then of one that is halved at each until nothing is left; gives the largest size that was kept
/// behind the first and behind the last of them.
struct Fading<'a, N, F> {
    net: &'a N,
    steps: usize,
    is_subnormal: F,
}

impl<N, F: Copy> Clone for Fading<'_, N, F> {
    fn clone(&self) -> Self {
        Fading { ..*self }
    }
}

impl<N, F> Kernel for Fading<'_, N, F>
where
    N: Network<Scalar: Float> + Streaming<N::Scalar, N::Time>,
    N: FadesAlong + Layer<N::Scalar, Input: Numbers<N::Scalar>>,
    F: Fn(N::Scalar) -> bool,
{
    type Output = [f64; 2];

    #[inline(always)]
    fn run<I: InstructionSet>(self, instructions: I) -> [f64; 2] {
        let memory = const { <N as Streaming<N::Scalar, N::Time>>::MEMORY };
        let mut state = vec![N::Scalar::ZERO; memory.state];
        let mut scratch = vec![N::Scalar::ZERO; memory.scratch];
        let mut output = vec![N::Scalar::ZERO; N::OUT];
        let largest = |state: &[N::Scalar]| {
            state.iter().map(|value| value.to_f64().abs()).fold(0.0, f64::max)
        };
        let (mut sound, mut first) = (N::Scalar::ONE, 0.0);
        for position in 0..self.steps {
            let pass = &mut Pass::evaluate(instructions, &mut scratch);
            let input = [sound, -sound];
            N::step(self.net, &input, &mut output, &mut state, position, pass);
            assert!(!state.iter().any(|&value| (self.is_subnormal)(value)), "at {position}");
            if position == 5 {
                first = largest(&state);
            }
            if position >= 5 {
                sound *= N::Scalar::from_f64(0.5);
            }
        }
        [first, largest(&state)]
    }
}

/// The axis of time of a network here, and the values of a step that it gives.
trait FadesAlong {
    type Time: TimeAxis;
    const OUT: usize;
}

macro_rules! along {
    ($($net:ident $time:ident $out:literal;)*) => {$(
        impl FadesAlong for $net {
            type Time = $time;
            const OUT: usize = $out;
        }
    )*};
}
along! {
    Recurrences TimeFirst 5;
    PreciseRecurrences TimeFirst 5;
    Convolutions TimeLast 2;
    PreciseConvolutions TimeLast 2;
}

macro_rules! fades {
    ($scalar:ident, $recurrences:ident, $convolutions:ident, $steps:literal) => {{
        let rng = &mut StdRng::seed_from_u64(3);
        let is_subnormal = |value: $scalar| value.is_subnormal();
        let mut net = $recurrences::new(rng);
        // All gates are half open in silence; convolutions have no bias yet.
        for value in net.state_mut() {
            *value *= 0.5;
        }
        net.first.bias_ih_l0.fill(0.0);
        net.first.bias_hh_l0.fill(0.0);
        net.second.bias_ih_l0.fill(0.0);
        net.second.bias_hh_l0.fill(0.0);
        net.third.bias_ih_l0.fill(0.0);
        net.third.bias_hh_l0.fill(0.0);
        let fades = |set, [first, last]: [f64; 2]| {
            assert!(first > 0.01 && last == 0.0, "{set}: {first} became {last}");
        };
        dispatch_pass_each(Fading { net: &*net, steps: $steps, is_subnormal }, fades);
        let net = $convolutions::new(rng);
        dispatch_pass_each(Fading { net: &*net, steps: $steps, is_subnormal }, fades);
    }};
}

#[test]
fn what_is_kept_fades_to_zero_and_is_never_subnormal() {
    fades!(f32, Recurrences, Convolutions, 400);
    fades!(f64, PreciseRecurrences, PreciseConvolutions, 2600);
}

macro_rules! halves {
    ($scalar:ident, $halves:ident, $length:literal, $kept:literal) => {{
        let mut net = $halves::zeros();
        net.half.weight_ih_l0.fill(1.0);
        net.half.weight_hh_l0.fill(0.5);
        let expected = |steps: usize| match steps <= $kept {
            true => <$scalar>::powi(0.5, steps as i32),
            false => 0.0,
        };
        let mut x = [0.0; $length];
        x[0] = 1.0;
        let mut stream = net.stream();
        let whole = net.forward(&x);
        for (time, &x) in x.iter().enumerate() {
            assert_eq!(stream.push(&[x])[0], expected(time));
            assert_eq!(stream.state().values(), [expected(time)]);
            assert_eq!(whole[time], expected(time));
        }
    }};
}

/// Powers of two are exact, so that each value is known to the bit: as it is down to the bound, and zero below.
#[test]
fn what_is_large_enough_is_kept_bit_for_bit() {
    halves!(f32, Halves, 140, 119);
    halves!(f64, PreciseHalves, 1040, 1015);
}
