//! Tokens of Hugging Face's `tokenizers` go into a network and come out of it: they are numbers of type `u32`, as
//! those of `static_net::text` are, and as networks of tokens take them.
//!
//! `cargo test -p static-net-tests --features tokenizers --test tokenizers`

use static_net::generation::Sampler;
use static_net::prelude::*;
use tokenizers::Tokenizer;
use tokenizers::decoders::fuse::Fuse;
use tokenizers::models::bpe::BPE;

const VOCABULARY: usize = 9;

network! {
    /// Scores what follows a token.
    struct Next< tokens(1, vocab: VOCABULARY) => embedding(8) => flatten => VOCABULARY >;
}

/// Byte-pair encoding with four merges: of letters to pairs, and of pairs to a word.
fn tokenizer() -> Tokenizer {
    let tokens = ["e", "n", "r", "u", " ", "ru", "ne", "rune", " rune"];
    let vocabulary: [(String, u32); VOCABULARY] =
        core::array::from_fn(|id| (tokens[id].to_owned(), id as u32));
    let merges = [("r", "u"), ("n", "e"), ("ru", "ne"), (" ", "rune")];
    let merges = merges.map(|(left, right)| (left.to_owned(), right.to_owned()));
    let model = BPE::builder()
        .vocab_and_merges(vocabulary, merges.to_vec())
        .build()
        .expect("merges of tokens of the vocabulary");
    let mut tokenizer = Tokenizer::new(model);
    // Tokens are written one behind the other.
    tokenizer.with_decoder(Some(Fuse::new()));
    tokenizer
}

#[test]
fn a_network_continues_what_a_tokenizer_began() {
    let tokenizer = tokenizer();
    assert_eq!(tokenizer.get_vocab_size(true), VOCABULARY);
    // Each token is followed by one and the same.
    let text = "rune ruenn";
    let encoding = tokenizer.encode(text, false).expect("letters of the vocabulary");
    let tokens: &[u32] = encoding.get_ids();
    assert_eq!(tokens, [7, 4, 5, 0, 1, 1]);

    let (inputs, _) = tokens[..4].as_chunks::<1>();
    let targets = &tokens[1..5];
    let mut rng = StdRng::seed_from_u64(7);
    let mut net = Next::new(&mut rng);
    let mut gradient = Next::zeros();
    let mut adam = Adam::new(&net).learning_rate(0.05);
    for _ in 0..200 {
        let activations = net.activations(inputs);
        let (_, d_output) = CrossEntropy.loss(&activations.output, targets);
        gradient.fill_zero();
        net.backward(&activations, &d_output, &mut gradient);
        adam.step(&mut net, &gradient);
    }

    let mut likeliest = Sampler::new(VOCABULARY).temperature(0.0);
    let mut continued = vec![tokens[0]];
    for _ in 0..4 {
        let logits = net.forward(&[continued[continued.len() - 1]]);
        continued.push(likeliest.sample(logits.as_slice(), &mut rng) as u32);
    }
    assert_eq!(tokenizer.decode(&continued, false).expect("tokens"), "rune ruen");
}
