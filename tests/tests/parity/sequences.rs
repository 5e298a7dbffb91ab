//! Whole networks for sequences, of numbers and of tokens.

use static_net_tests::tokens::run_each;

use super::*;

network! {
    struct Gpt<
        tokens(8, vocab: 11) => embedding(8) => position
        => repeat(2;
            residual(norm: layer_norm => attn: attention(heads: 2, causal: true))
            => feed_forward: residual(norm: layer_norm => up: gelu 16 => down: 8))
        => layer_norm => 11
    >;
    struct Classifier< [10, 5] => lstm(6) => hidden: lstm(7, last: true) => relu 6 => 4 >;
    struct Tagger< tokens(7, vocab: 12) => words: embedding(6) => gru(5, bidirectional: true) => tanh 8 => tags: 4 >;
}

cases! {
    "sequences.json";
    classifier: "classifier" Classifier;
}

#[test]
fn networks_of_tokens() {
    let cases = read("sequences_of_tokens.json");
    let cases = cases.as_array().expect("a list of cases");
    for case in cases {
        match get(case, "name").as_str().expect("a name") {
            "gpt" => compare_tokens::<Gpt>(case, "gpt"),
            "tagger" => compare_tokens::<Tagger>(case, "tagger"),
            other => panic!("`{other}` is compared with nothing"),
        }
    }
    assert_eq!(cases.len(), 4);
}

fn compare_tokens<L>(case: &Value, name: &str)
where
    L: Layer<f32, Input: Shape<Element<f32> = u32>>,
{
    let tensors = Tensors::of::<f32, L>();
    let mut layer = zeros::<f32, L>();
    for tensor in &tensors {
        let values: Vec<f32> = numbers(get(get(case, "parameters"), &tensor.name));
        let places = places(tensor);
        assert_eq!(values.len(), places.len(), "{name}: {}", tensor.name);
        for (value, place) in values.into_iter().zip(places) {
            parameters_mut::<f32, L>(&mut layer)[place] = value;
        }
    }
    let tokens: Vec<u32> = indices(get(case, "tokens")).into_iter().map(|id| id as u32).collect();
    let d_output: Vec<f32> = numbers(get(case, "d_output"));
    let output = numbers(get(case, "output"));
    let outputs = <L::Output as Shape>::LEN;
    for (set, run) in run_each::<f32, L>(&layer, &tokens, &d_output) {
        let name = format!("{name} of {} values on {set}", output.len());
        close(&run.forward, &output, outputs, &format!("{name}: output"));
        close(&run.recorded, &output, outputs, &format!("{name}: recorded output"));
        for tensor in &tensors {
            let gradient: Vec<f32> =
                places(tensor).into_iter().map(|place| run.gradient[place]).collect();
            let wanted = numbers(get(get(case, "gradients"), &tensor.name));
            let name = format!("{name}: gradient of {}", tensor.name);
            close(&gradient, &wanted, wanted.len(), &name);
        }
    }
}
