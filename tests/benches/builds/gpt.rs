//! The language model of the README: it learns, and writes on through its cache.

use static_net::prelude::*;

const WIDTH: usize = 64;

network! {
    struct Gpt<
        tokens(64, vocab: 65)
        => embedding(WIDTH) => position
        => repeat(4;
            residual(norm1: layer_norm => attn: attention(heads: 4, causal: true))
            => residual(norm2: layer_norm => up: gelu 256 => down: WIDTH))
        => layer_norm => 65
    >;
}

fn main() {
    let mut net = Gpt::new(&mut StdRng::seed_from_u64(1));
    let tokens = [[1; 64], [2; 64]];
    let activations = net.activations(&tokens);
    let (loss, d_output) = CrossEntropy.each_step::<65>().loss(&activations.output, &tokens);
    let mut gradient = Gpt::zeros();
    net.backward(&activations, &d_output, &mut gradient);
    AdamW::new(&net).step(&mut net, &gradient);
    let mut stream = net.stream();
    println!("{loss} {}", stream.push(&[1]).imax());
}
