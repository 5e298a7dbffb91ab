//! Labels as PyTorch models have them: words of the language, names of methods, keywords behind `r#`, `output`.
#![deny(warnings)]
use static_net::prelude::*;

network! {
    pub struct Net<
        [8, 4]
        => rnn: lstm(4) => train: attention(2) => dropout: dropout(0.5) => relu: relu
        => residual: residual(input: 4 => output: 4) => flatten: flatten
        => new: 3 => forward: relu 3 => zeros: 3 => project: 3 => state: 3 => load: 3 => save: 3 => stream: 3
        => r#type: 3 => tokens: 3 => x: 3 => summary: 3 => working_memory: 3 => last_stage: 3 => tensors: 3
        => output: 2
    >;
    struct Short< 4 => output: 2 >;
    struct Text< tokens(4, vocab: 9) => embedding: embedding(3) => tied: tied(embedding) >;
}

#[test]
fn builds_and_runs() {
    let mut rng = StdRng::seed_from_u64(1);
    let mut net = Net::new(&mut rng);
    assert_eq!(net.output.weight.shape(), (2, 3));
    assert_eq!(net.residual.input.bias.len(), 4);
    assert_eq!(net.r#type.bias.len(), 3);
    let activations = net.train(&[0.5; 32], &mut rng);
    assert_eq!(activations.output.len(), 2);
    assert_eq!(activations.train.len(), 32);
    let activations = net.activations(&[0.5; 32]);
    assert_eq!(activations.output, net.forward(&[0.5; 32]));
    assert_eq!(activations.working_memory.len(), 3);
    let mut gradient = Net::zeros();
    net.backward(&activations, &activations.output.clone(), &mut gradient);
    assert!(Net::tensors().iter().any(|tensor| tensor.name == "type.weight"));
    assert_eq!(Short::zeros().output.weight.shape(), (2, 4));
    assert_eq!(Text::zeros().forward(&[1; 4]).len(), 36);
}
