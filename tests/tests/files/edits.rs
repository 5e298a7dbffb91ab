//! What is asked of tensors before they become a network: what it makes of them, and each thing that may be wrong, with
//! its whole text.

use static_net::file::{EditFault, LoadError, LoadFault, Mismatch, StateDict};
use static_net::prelude::*;

network! {
    struct Net< 3 => relu 4 => latent: tanh 2 >;
    struct Encoder< 3 => relu 4 >;
    struct Nested< 3 => relu 4 => encoder: Turned >;
    struct Turned< 4 => 3 >;
    struct Normalized< 3 => 4 => norm: batch_norm >;
}

type Shape = &'static [usize];

/// Tensors that count from 0 on.
fn counting(tensors: &[(&str, Shape)]) -> StateDict<'static> {
    let tensors = tensors.iter().map(|&(name, shape)| {
        let len = shape.iter().product::<usize>();
        (name, shape, (0..len).map(|value| value as f32).collect::<Vec<_>>())
    });
    StateDict::from_tensors(tensors).unwrap()
}

fn names(tensors: &StateDict<'_>) -> Vec<String> {
    tensors.tensors().iter().map(|tensor| tensor.name.clone()).collect()
}

fn text<T: std::fmt::Debug>(refused: Result<T, LoadError>) -> String {
    refused.unwrap_err().to_string()
}

fn fault<T: std::fmt::Debug>(refused: Result<T, LoadError>) -> EditFault {
    match refused.unwrap_err().fault {
        LoadFault::Edit { fault, .. } => *fault,
        other => panic!("{other}"),
    }
}

#[test]
fn values_of_memory_have_the_size_of_their_shape() {
    let given = |shape: &[usize], values: &[f32]| counting(&[]).insert("bias", shape, values);
    assert_eq!(
        text(given(&[2, 3], &[0.0; 5])),
        "cannot `insert` in these tensors: `bias` [2, 3] cannot be 5 values"
    );
    assert_eq!(
        fault(given(&[], &[])),
        EditFault::Values { name: "bias".into(), shape: vec![], found: 0 }
    );
    let huge = [usize::MAX, 2];
    assert!(text(given(&huge, &[0.0])).ends_with("cannot be 1 value"));
    assert_eq!(given(&[0, 2], &[]).unwrap().values::<f32>("bias").unwrap(), [0.0; 0]);
    assert_eq!(given(&[], &[5.0]).unwrap().values::<f64>("bias").unwrap(), [5.0]);

    let bias = given(&[1], &[0.0]).unwrap();
    assert_eq!(
        text(bias.insert("bias", &[1], &[0.0_f32])),
        "cannot `insert` in these tensors: two tensors would be called `bias`"
    );
    assert_eq!(
        text(counting(&[]).insert("", &[1], &[0.0_f32])),
        "cannot `insert` in these tensors: a tensor needs a name"
    );
    assert_eq!(
        text(StateDict::from_tensors([("a\u{7}", [1], [0.0_f32])])),
        "cannot `from_tensors` in these tensors: the name of a tensor has a control character: \"a\\u{7}\""
    );
}

#[test]
fn tensors_of_memory_are_checked_as_those_of_a_file() {
    let tensors = counting(&[("stage1.weight", &[4, 3]), ("stage1.bias", &[3])]);
    assert_eq!(
        text(tensors.load::<Encoder>()),
        "cannot load `Encoder` from these tensors: its tensors do not fit\n  \
         `stage1.bias` is [4] in the network, [3] in the file"
    );
}

#[test]
fn several_files_are_one() {
    let folder = tempfile::tempdir().unwrap();
    let at = |name: &str| folder.path().join(name);
    let net = Net::new(&mut StdRng::seed_from_u64(1));
    Encoder::zeros().save(at("b.safetensors")).unwrap();
    net.save(at("a.safetensors")).unwrap();
    let [a, b] = ["a", "b"].map(|name| at(&format!("{name}.safetensors")));

    let both = StateDict::open_all([&a, &b]);
    let (a_shown, b_shown) = (a.display(), b.display());
    assert_eq!(
        text(both),
        format!(
            "cannot `join` in `{a_shown}, {b_shown}`: two tensors would be called `stage1.bias`, `stage1.weight`"
        )
    );
    let joined = StateDict::open(&b).unwrap().rename_prefixes([("", "encoder.")]).unwrap();
    let joined = StateDict::open(&a).unwrap().join(joined).unwrap();
    assert_eq!(names(&joined).len(), 6);
    assert_eq!(
        text(joined.load::<Net>()),
        format!(
            "cannot load `Net` from `{a_shown}, {b_shown}`: its tensors do not fit\n  \
             `encoder.stage1.weight` [4, 3] is in the file only\n  \
             `encoder.stage1.bias` [4] is in the file only"
        )
    );
    assert_eq!(joined.without("encoder.").unwrap().load::<Net>().unwrap(), net);
    assert!(StateDict::open_all([at("c.safetensors")]).is_err());
    assert!(StateDict::open_all([""; 0]).unwrap().tensors().is_empty());
}

/// `0.` is at the front of `0.weight` only, and what it gives is left alone.
#[test]
fn a_prefix_is_renamed_once() {
    let tensors = counting(&[("0.weight", &[1]), ("10.weight", &[1]), ("1.0.weight", &[1])]);
    let table = [("0.", "1."), ("1.", "0."), ("10.", "0.0."), ("1.0.", "2.")];
    let fits = tensors.clone().rename_prefixes([("0.", "1."), ("10.", "0.0."), ("1.0.", "2.")]);
    assert_eq!(names(&fits.unwrap()), ["1.weight", "0.0.weight", "2.weight"]);
    // A longer one takes all that a shorter one would.
    assert_eq!(
        text(tensors.clone().rename_prefixes(table)),
        "cannot `rename_prefixes` in these tensors: no tensor that is left for it has a name that starts with `1.`"
    );
    assert_eq!(
        fault(tensors.clone().rename_prefixes([("0.", "a."), ("2.", ""), ("3.", "")])),
        EditFault::NoPrefix(vec!["2.".into(), "3.".into()])
    );
    assert_eq!(
        text(tensors.clone().rename_prefixes([("0.", "10.")])),
        "cannot `rename_prefixes` in these tensors: two tensors would be called `10.weight`"
    );
    assert_eq!(fault(tensors.rename_prefixes([("0.weight", "")])), EditFault::Name(String::new()));
}

#[test]
fn parts_are_taken_and_left_out() {
    let tensors = counting(&[("encoder.weight", &[1]), ("encoder.bias", &[1]), ("head", &[1])]);
    assert_eq!(names(&tensors.clone().part("encoder.").unwrap()), ["weight", "bias"]);
    assert_eq!(names(&tensors.clone().without("encoder.").unwrap()), ["head"]);
    assert_eq!(
        fault(tensors.clone().part("decoder.")),
        EditFault::NoPrefix(vec!["decoder.".into()])
    );
    assert_eq!(
        text(tensors.clone().without("decoder.")),
        "cannot `without` in these tensors: no tensor that is left for it has a name that starts with `decoder.`"
    );
    assert_eq!(fault(tensors.part("head")), EditFault::Name(String::new()));
}

#[test]
fn tensors_are_put_one_behind_the_other() {
    let tensors =
        counting(&[("v", &[1, 2]), ("bias", &[1]), ("q", &[2, 2]), ("t", &[2, 3]), ("s", &[])]);
    let whole = tensors.clone().concat(["q", "v", "q2"], "in");
    assert_eq!(text(whole), "cannot `concat` in these tensors: there is no tensor `q2`, but `s`");
    let whole = tensors.clone().concat(["q", "v"], "in").unwrap();
    assert_eq!(names(&whole), ["bias", "t", "in", "s"]);
    assert_eq!(whole.values::<f32>("in").unwrap(), [0.0, 1.0, 2.0, 3.0, 0.0, 1.0]);
    assert_eq!(whole.tensors()[2].shape, [3, 2]);

    assert_eq!(
        text(tensors.clone().concat(["q", "t"], "in")),
        "cannot `concat` in these tensors: `t` is [2, 3], not [.., 2] as `q`"
    );
    assert_eq!(
        text(tensors.clone().concat(["s", "t"], "in")),
        "cannot `concat` in these tensors: `s` is [], not a tensor that has an axis"
    );
    let doubles = tensors.clone().insert("d", &[1, 2], &[0.0_f64; 2]).unwrap();
    assert_eq!(
        text(doubles.concat(["q", "d"], "in")),
        "cannot `concat` in these tensors: the values of `d` are F64, not F32 as those of `q`"
    );
    assert_eq!(
        fault(tensors.clone().concat(["q", "v"], "bias")),
        EditFault::Twice(vec!["bias".into()])
    );
    assert_eq!(fault(tensors.clone().concat([""; 0], "bias")), EditFault::Nothing);
    assert_eq!(
        fault(tensors.concat(["q", "q"], "in")),
        EditFault::Missing { name: "q".into(), nearest: Some("s".into()) }
    );
}

#[test]
fn axes_change_places() {
    let tensors = counting(&[("weight", &[2, 3]), ("kernel", &[2, 2, 3]), ("bias", &[2])]);
    let turned = tensors.clone().transpose("weight").unwrap();
    assert_eq!(turned.tensors()[0].shape, [3, 2]);
    assert_eq!(turned.values::<f32>("weight").unwrap(), [0.0, 3.0, 1.0, 4.0, 2.0, 5.0]);
    assert_eq!(turned.transpose("weight").unwrap().tensors(), tensors.tensors());

    let permuted = tensors.clone().permute("kernel", [2, 0, 1]).unwrap();
    assert_eq!(permuted.tensors()[1].shape, [3, 2, 2]);
    assert_eq!(
        permuted.values::<f32>("kernel").unwrap(),
        [0.0, 3.0, 6.0, 9.0, 1.0, 4.0, 7.0, 10.0, 2.0, 5.0, 8.0, 11.0]
    );
    assert_eq!(permuted.permute("kernel", [1, 2, 0]).unwrap().tensors(), tensors.tensors());
    assert_eq!(
        text(tensors.clone().transpose("kernel")),
        "cannot `transpose` in these tensors: `kernel` is [2, 2, 3], not a matrix, which has two axes"
    );
    assert_eq!(
        text(tensors.clone().permute("kernel", [0, 1, 1])),
        "cannot `permute` in these tensors: `kernel` is [2, 2, 3], not a tensor that has the axes [0, 1, 1], each once"
    );
    assert!(tensors.clone().permute("kernel", [0, 1]).is_err());
    assert_eq!(
        text(tensors.transpose("weights")),
        "cannot `transpose` in these tensors: there is no tensor `weights`, but `weight`"
    );
}

#[test]
fn rows_are_kept() {
    let tensors = counting(&[("table", &[4, 2]), ("scale", &[])]);
    let rows =
        |range| tensors.clone().rows("table", range).unwrap().values::<f32>("table").unwrap();
    assert_eq!(rows(1..3), [2.0, 3.0, 4.0, 5.0]);
    assert_eq!(rows(0..4).len(), 8);
    assert_eq!(rows(2..2), [0.0; 0]);
    assert_eq!(
        text(tensors.clone().rows("table", 0..5)),
        "cannot `rows` in these tensors: `table` is [4, 2], not of rows 0..5"
    );
    #[expect(clippy::reversed_empty_ranges, reason = "it is refused")]
    let reversed = 3..1;
    assert!(tensors.clone().rows("table", reversed).is_err());
    assert!(tensors.rows("scale", 0..0).is_err());
}

#[test]
fn a_fold_needs_statistics_that_fit() {
    let mut trained = Normalized::new(&mut StdRng::seed_from_u64(3));
    trained.norm.running_mean[1] = 0.5;
    trained.norm.running_var[2] = 0.25;
    trained.norm.weight[3] = -2.0;
    let bytes = trained.to_safetensors();
    let file = StateDict::parse(&bytes).unwrap();
    network! { struct Folded< 3 => 4 >; }
    let folded: Aligned<Folded> =
        file.clone().fold_batch_norm("norm", "stage1", 1e-5).unwrap().load().unwrap();
    let x = SVector::from([1.0, -2.0, 0.5]);
    assert!((folded.forward(&x) - trained.forward(&x)).amax() <= 1e-6);

    assert_eq!(
        text(file.clone().fold_batch_norm("norn", "stage1", 1e-5)),
        "cannot `fold_batch_norm` in these bytes: there is no tensor `norn.running_mean`, but `norm.running_mean`"
    );
    assert!(file.clone().fold_batch_norm("norm", "stage2", 1e-5).is_err());
    let short = file.clone().rows("norm.running_var", 0..3).unwrap();
    assert_eq!(
        text(short.fold_batch_norm("norm", "stage1", 1e-5)),
        "cannot `fold_batch_norm` in these bytes: `norm.running_var` is [3], not [4], a value for each output"
    );
}

#[test]
fn a_row_is_folded_into_a_table() {
    let tensors =
        counting(&[("kinds", &[2, 3]), ("positions", &[2, 3]), ("other", &[2, 2]), ("bias", &[3])]);
    let folded = tensors.clone().fold_row("kinds", 1, "positions").unwrap();
    assert_eq!(names(&folded), ["positions", "other", "bias"]);
    assert_eq!(folded.values::<f32>("positions").unwrap(), [3.0, 5.0, 7.0, 6.0, 8.0, 10.0]);
    assert_eq!(
        text(tensors.clone().fold_row("kinds", 2, "positions")),
        "cannot `fold_row` in these tensors: `kinds` is [2, 3], not a table of rows of 3, row 2 among them"
    );
    assert!(tensors.clone().fold_row("other", 0, "positions").is_err());
    assert!(tensors.clone().fold_row("kinds", 0, "bias").is_err());
    assert!(tensors.fold_row("kinds", 0, "kinds").is_err());
}

/// What is computed is not rounded to a half.
#[test]
fn halves_are_converted_before_a_fold() {
    let halves = super::others::tensors_of("f16");
    let error = halves.fold_row("0.weight", 0, "0.weight");
    assert!(error.is_err());
    let halves =
        super::others::tensors_of("f16").rename(|name| Some(name.replace("2.weight", "table")));
    let halves = halves.transpose("0.weight").unwrap();
    assert_eq!(
        text(halves.fold_row("table", 0, "0.weight")),
        format!(
            "cannot `fold_row` in `{}`: the values of `table` are F16, not F32 or F64, which `convert` makes of them",
            super::torch::fixture("torch_others.safetensors").display()
        )
    );
}

#[test]
fn a_recurrence_has_as_many_layers_as_names() {
    let tensors = counting(&[
        ("lstm.weight_ih_l0", &[1]),
        ("lstm.weight_ih_l1", &[1]),
        ("lstm.weight_ih_l1_reverse", &[1]),
        ("lstm.weight_ih_l", &[1]),
        ("head.weight_ih_l0", &[1]),
    ]);
    let layers = |stages: &[&str]| tensors.clone().recurrent_layers("lstm", stages);
    assert_eq!(
        names(&layers(&["a", "b.c"]).unwrap()),
        [
            "a.weight_ih_l0",
            "b.c.weight_ih_l0",
            "b.c.weight_ih_l0_reverse",
            "lstm.weight_ih_l",
            "head.weight_ih_l0"
        ]
    );
    assert_eq!(
        text(layers(&["a"])),
        "cannot `recurrent_layers` in these tensors: 1 name for the 2 layers of `lstm.`"
    );
    let [prefix, expected, found] = ["lstm.", "3", "2"];
    assert_eq!(
        fault(layers(&["a", "b", "c"])).to_string(),
        format!("{expected} names for the {found} layers of `{prefix}`")
    );
    assert_eq!(
        fault(tensors.clone().recurrent_layers("gru", ["a"])),
        EditFault::NoPrefix(vec!["gru.weight_ih_l0".into()])
    );
    let cell =
        counting(&[("cell.weight_ih", &[1]), ("cell.bias_hh", &[1]), ("cell.weight_in", &[1])]);
    assert_eq!(
        names(&cell.recurrent_layers("cell", ["lstm"]).unwrap()),
        ["lstm.weight_ih_l0", "lstm.bias_hh_l0", "cell.weight_in"]
    );
    assert_eq!(fault(layers(&["a", "a"])), EditFault::Twice(vec!["a.weight_ih_l0".into()]));
}

#[test]
fn a_name_is_found_by_its_end() {
    let prefixed = counting(&[
        ("model.stage1.weight", &[4, 3]),
        ("model.stage1.bias", &[4]),
        ("model.encoder.stage1.weight", &[3, 4]),
        ("other/encoder.stage1.bias", &[3]),
    ]);
    let net: Aligned<Nested> = prefixed.load_by_suffix().unwrap();
    assert_eq!(net.stage1.weight[(1, 0)], 3.0);
    assert_eq!(net.encoder.stage1.weight[(1, 0)], 4.0);
    let mut other = Nested::zeros();
    prefixed.restore_by_suffix(&mut *other).unwrap();
    assert_eq!(other, net);

    // What is in front is no part of a word.
    let other = prefixed.rename(|name| Some(name.replace("model.stage1", "prestage1")));
    assert_eq!(
        text(other.load_by_suffix::<Nested>()),
        "cannot load `Nested` from these tensors: its tensors do not fit\n  \
         `stage1.weight` [4, 3] is missing in the file; `prestage1.weight` there has its shape\n  \
         `stage1.bias` [4] is missing in the file\n  \
         `prestage1.weight` [4, 3] is in the file only\n  \
         `prestage1.bias` [4] is in the file only\n\
         help: names in the file start with `pre`; `StateDict::rename_prefixes([(\"pre\", \"\")])` takes it off"
    );
}

#[test]
fn several_that_end_alike_are_all_named() {
    let both = counting(&[
        ("stage1.weight", &[4, 3]),
        ("ema.stage1.weight", &[4, 3]),
        ("old.stage1.weight", &[4, 3]),
        ("ema.stage1.bias", &[3]),
        ("extra", &[1]),
    ]);
    let error = both.load_by_suffix::<Encoder>().unwrap_err();
    assert_eq!(
        error.to_string(),
        "cannot load `Encoder` from these tensors: its tensors do not fit\n  \
         `stage1.weight` may be each of 3 tensors of the file: `stage1.weight`, `ema.stage1.weight`, `old.stage1.weight`\n  \
         `stage1.bias` is [4] in the network, [3] in the file\n  \
         `extra` [1] is in the file only"
    );
    let LoadFault::Tensors(mismatches) = error.fault else { panic!("{error}") };
    let candidates = ["stage1.weight", "ema.stage1.weight", "old.stage1.weight"].map(String::from);
    let name = String::from("stage1.weight");
    assert_eq!(mismatches[0], Mismatch::Ambiguous { name, candidates: candidates.into() });
}

/// The count of batches that PyTorch keeps is passed over under its longer name too.
#[test]
fn a_count_of_batches_is_found_by_its_end() {
    use super::torch::{Normalized, fixture};

    let file = StateDict::open(fixture("torch_batch_norm.safetensors")).unwrap();
    let net: Aligned<Normalized> = file.load().unwrap();
    let deep = file.rename_prefixes([("", "module.")]).unwrap();
    assert_eq!(deep.load_by_suffix::<Normalized>().unwrap(), net);
    let error = deep.rename_prefixes([("module.norm.num", "module.stage1.num")]).unwrap();
    assert!(error.load_by_suffix::<Normalized>().is_err());
}
