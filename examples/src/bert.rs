//! Weights of a BERT as Hugging Face's `transformers` calls them, for a network whose stages have these names.

use static_net::file::{LoadError, StateDict};

/// Makes of each layer's `attention.self` and `attention.output` an `attention`, whose queries, keys and values are one
/// matrix, and an `attention_norm`; keeps the first `length` positions, and leaves out what a sentence's vector does not
/// need.
///
/// All tokens are of the first sentence: what BERT adds to a token of that kind is added to the positions.
///
/// # Errors
/// If one of the tensors is missing, or has another shape.
pub fn tensors(
    file: StateDict<'_>,
    layers: usize,
    length: usize,
) -> Result<StateDict<'_>, LoadError> {
    const POSITIONS: &str = "embeddings.position_embeddings.weight";
    let mut file = file
        .without("pooler.")?
        .without("embeddings.position_ids")?
        .rows(POSITIONS, 0..length)?
        .fold_row("embeddings.token_type_embeddings.weight", 0, POSITIONS)?;
    for layer in 0..layers {
        let name = format!("encoder.layer.{layer}.attention");
        for kind in ["weight", "bias"] {
            let parts = ["query", "key", "value"].map(|part| format!("{name}.self.{part}.{kind}"));
            file = file.concat(parts, format!("{name}.in_proj_{kind}"))?;
        }
        file = file.rename_prefixes([
            (format!("{name}.output.dense."), format!("{name}.out_proj.")),
            (format!("{name}.output.LayerNorm."), format!("{name}_norm.")),
        ])?;
    }
    Ok(file)
}

#[cfg(test)]
mod tests {
    use static_net::prelude::*;

    use super::*;

    static_net::network! {
        struct Tiny<
            (words: tokens(3, vocab: 5, padding: 0))
            => &words => #[tensors = "embeddings.word_embeddings"] embedding(2)
            => #[tensors = "embeddings.position_embeddings"] position
            => #[tensors = "encoder.layer"] repeat(2; attention: residual(attention(heads: 1, mask: &words)) => attention_norm: layer_norm)
        >;
    }

    #[test]
    fn each_tensor_goes_to_its_place() {
        let mut number = 0.0_f32;
        let mut numbers = |count: usize| -> Vec<f32> {
            (0..count)
                .map(|_| {
                    number += 1.0;
                    number
                })
                .collect()
        };
        let mut file = StateDict::from_tensors([("pooler.dense.bias", [2], [0.0_f32; 2])]).unwrap();
        let names = [
            ("position_ids", &[1, 4][..]),
            ("word_embeddings.weight", &[5, 2]),
            ("position_embeddings.weight", &[4, 2]),
            ("token_type_embeddings.weight", &[2, 2]),
        ];
        for (name, shape) in names {
            let values = numbers(shape.iter().product());
            file = file.insert(format!("embeddings.{name}"), shape, &values).unwrap();
        }
        for layer in 0..2 {
            let parts = [
                ("output.dense", &[2, 2][..]),
                ("self.value", &[2, 2]),
                ("self.query", &[2, 2]),
                ("self.key", &[2, 2]),
                ("output.LayerNorm", &[2]),
            ];
            for (part, weight) in parts {
                for (kind, shape) in [("weight", weight), ("bias", &[2])] {
                    let name = format!("encoder.layer.{layer}.attention.{part}.{kind}");
                    file = file.insert(name, shape, &numbers(shape.iter().product())).unwrap();
                }
            }
        }
        let net: Aligned<Tiny> = tensors(file, 2, 3).unwrap().load().unwrap();
        // Positions follow 4 ids and 10 values of words; 23 and 24 are those of the first kind of token.
        assert_eq!(net.stage2.weight.column(0).as_slice(), [15.0 + 23.0, 16.0 + 24.0]);
        assert_eq!(net.stage2.weight.column(2).as_slice(), [19.0 + 23.0, 20.0 + 24.0]);
        // Of each layer 28 values from 27 on: output, values, queries, keys, the norm.
        let second = &net.stage3[1];
        assert_eq!(second.attention.out_proj.bias.as_slice(), [59.0, 60.0]);
        assert_eq!(second.attention.in_proj_bias.as_slice(), [71.0, 72.0, 77.0, 78.0, 65.0, 66.0]);
        assert_eq!(second.attention_norm.weight.as_slice(), [79.0, 80.0]);
    }
}
