//! Block by block a stream gives what it gives step by step.

use super::outputs::drawn;
use super::*;

/// Takes steps one by one and in blocks of several sizes, with single steps and other states between them, and compares
/// outputs and states.
pub fn agree<N, Time, const IN: usize, const OUT: usize>(net: &N, tolerance: f64)
where
    N: Network + Streaming<<N as Network>::Scalar, Time>,
    N: Layer<N::Scalar, Input: Sequence<Time, Step = Rank1<IN>> + Numbers<N::Scalar>>,
    N: Layer<
            N::Scalar,
            Output: Sequence<<N as Streaming<N::Scalar, Time>>::Behind, Step = Rank1<OUT>>,
        >,
    Time: TimeAxis,
{
    let mut stream = Stream::<&N, IN, OUT>::new::<N, N::Scalar, Time>(net);
    let count = stream.capacity().unwrap_or(150);
    let mut rng = StdRng::seed_from_u64(9);
    let x: Vec<[N::Scalar; IN]> = (0..count)
        .map(|_| core::array::from_fn(|_| N::Scalar::from_f64(rng.random_range(-1.0..1.0))))
        .collect();
    let mut states = Vec::new();
    let expected: Vec<_> = x
        .iter()
        .map(|x| {
            states.push(stream.state().clone());
            stream.push(x)
        })
        .collect();
    for sizes in [&[7, 1, 64, 1, 1, 3, 64, 12][..], &[150], &[1, 2, 13, 100, 17, 19]] {
        stream.reset();
        let mut from = 0;
        for (index, &size) in sizes.iter().enumerate() {
            let size = size.min(count - from);
            // On the way a block is taken that is none of the sequence.
            if from + size < count {
                stream.push_block(&x[..size], &mut vec![[N::Scalar::ZERO; OUT]; size]);
            }
            stream.set_state(&states.get(from).unwrap_or(stream.state()).clone());
            let mut y = vec![SVector::<N::Scalar, OUT>::zeros(); size];
            match (size, index % 2) {
                (1, 1) => y[0] = stream.push(&x[from]),
                _ => stream.push_block(&x[from..from + size], &mut y),
            }
            for (time, (given, expected)) in y.iter().zip(&expected[from..]).enumerate() {
                for (given, expected) in given.iter().zip(expected) {
                    let (given, expected) = (given.to_f64(), expected.to_f64());
                    assert!(
                        // Written so that a NaN fails.
                        (given - expected).abs() <= tolerance * expected.abs().max(1.0),
                        "{} at {} of a block of {size}: {given}, {expected}",
                        N::NAME,
                        from + time
                    );
                }
            }
            from += size;
            assert_eq!(stream.position(), from);
            if let Some(state) = states.get(from) {
                for (given, expected) in stream.state().values().iter().zip(state.values()) {
                    let (given, expected) = (given.to_f64(), expected.to_f64());
                    assert!((given - expected).abs() <= tolerance * expected.abs().max(1.0));
                }
            }
        }
    }
}

network! {
    struct Short< [9, 2] => 8 => residual(attention(2, causal: true)) => 1 >;
    struct Language< tokens(40, vocab: 11) => table: embedding(8) => gru(8) => tied(table) >;
    /// Rows of numbers and of tokens, a network of several inputs as a stage, and an output of each kind.
    struct Mixed< (x: [90, 3], word: tokens(90, vocab: 5))
        => &word => embedding(2) => h: gru(4) => Gate(gain: &h, x: &x) => [90, 4]
        => (loud: 1 | &h | &x => tanh lstm(2) => mood: 3) >;
    struct Gate< (x: [90, 3], gain: [90, 4]) => &x => 4 => product(identity | &gain) >;
}

#[test]
fn a_block_of_tokens_is_refused_as_a_whole() {
    let net = Language::new(&mut StdRng::seed_from_u64(1));
    let (mut stream, mut other) = (net.stream(), net.stream());
    let mut tokens: Vec<[u32; 1]> = (0..100).map(|time| [time * time % 11]).collect();
    let mut logits = vec![[0.0; 11]; 100];
    stream.push_block(&tokens, &mut logits);
    for (token, logits) in tokens.iter().zip(&logits) {
        assert!((other.push(token) - SVector::from(*logits)).amax() < 1e-6);
    }
    tokens[80] = [11];
    let before = stream.state().clone();
    let error = stream.try_push_block(&tokens, &mut logits).unwrap_err();
    let StreamError::Token { network: "Language", error } = error else { panic!("{error}") };
    assert_eq!((error.token, error.position, error.vocabulary), (11, 180, 11));
    assert_eq!(stream.state(), &before);
}

#[test]
fn a_block_of_several_inputs_and_outputs() {
    let net = drawn::<Mixed>();
    let (mut stream, mut other) = (net.stream(), net.stream());
    let x: Vec<_> = (0..90)
        .map(|time| MixedInput {
            x: SVector::<f32, 3>::from_fn(|feature, _| ((7 * time + feature) as f32).sin()),
            word: [time as u32 % 5],
        })
        .collect();
    let expected: Vec<_> = x.iter().map(|x| other.push(x)).collect();
    let mut y = expected.clone();
    y.iter_mut().for_each(|y| y.loud[0] = f32::NAN);
    stream.push_block(&x[..80], &mut y[..80]);
    stream.push_block(&x[80..], &mut y[80..]);
    for (y, expected) in y.iter().zip(&expected) {
        assert!((y.loud - expected.loud).amax() < 1e-6);
        assert!((y.h - expected.h).amax() < 1e-6);
        assert!((y.mood - expected.mood).amax() < 1e-6);
    }
}

#[test]
fn a_block_that_does_not_fit_leaves_the_stream_where_it_was() {
    let net = Short::new(&mut StdRng::seed_from_u64(1));
    let mut stream = net.stream();
    let x = [[0.5, 0.25]; 9];
    stream.push_block(&x[..4], &mut [[0.0]; 4]);
    let error = stream.try_push_block(&x[..6], &mut [[0.0]; 6]).unwrap_err();
    assert_eq!(error, StreamError::Block { network: "Short", steps: 9, position: 4, block: 6 });
    assert_eq!(
        error.to_string(),
        "a stream of Short takes 9 steps, as many as its declaration says: behind 4 of them it cannot take a block of 6"
    );
    assert_eq!(stream.position(), 4);
    stream.push_block(&x[..5], &mut [[0.0]; 5]);
    assert!(stream.try_push_block(&x[..0], &mut [[0.0]; 0]).is_ok());
}

#[test]
#[should_panic(expected = "a block of 3 steps gives as many, and there is room for 2")]
fn a_block_with_room_for_fewer_steps_is_refused() {
    let net = Short::zeros();
    net.stream().push_block(&[[0.5, 0.25]; 3], &mut [[0.0]; 2]);
}
