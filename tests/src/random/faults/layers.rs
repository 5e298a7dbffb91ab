//! Layers of the language, broken.

use static_net_rules::words::{Kind, LayerArgument, Omitted, layer};

use super::super::declaration::write::{Role, Token};
use super::{Broken, Declaration, Fault, Finder, is, is_known, prefix};

fn is_size(kind: Kind) -> bool {
    matches!(kind, Kind::Size | Kind::Window)
}

/// All ways to break a layer.
pub const FAULTS: &[Fault] = faults! {
    Macro "layer of size zero" => |d| d.replace(takes(is_size), &["0"]),
    Macro "layer of a negative size" => |d| d.replace(takes(is_size), &["-3", "-1", "- 2"]),
    Macro "layer of a fraction" => |d| d.replace(takes(is_size), &["2.5", "3.0", "1e3"]),
    Macro "layer of a text" => |d| d.replace(takes(is_size), &["\"3\"", "'3'", "n", "half"]),
    Macro "layer of three sizes" => |d| d.replace(takes(|kind| kind == Kind::Window), &["[1, 1, 1]"]),
    Macro "layer of a list" => |d| d.replace(takes(|kind| kind == Kind::Size), &["[4]", "[1, 2]"]),
    Macro "layer of an unknown word" => |d| {
        let is_wanted = |tokens: &[Token], index: usize| {
            takes(|kind| matches!(kind, Kind::Flag | Kind::Word(_)))(tokens, index)
                // By place it could be the size of what comes out, behind that of what comes in.
                && (tokens[index - 1].role == Role::ArgumentColon
                    || !matches!(tokens[index].role, Role::Argument { word: "dense" | "rnn" | "lstm" | "gru", .. }))
        };
        d.replace(is_wanted, &["maybe", "cubic", "2"])
    },
    Macro "layer of a number that is none" => |d| {
        let is_number = takes(|kind| matches!(kind, Kind::Number { least, .. } if least >= 0.0));
        d.replace(is_number, &["\"0.5\"", "true", "'x'", "-0.5", "101.5"])
    },
    Macro "layer of a const parameter" => |d| {
        let name = d.network.parameters.first()?.name;
        // The width of a dense layer may be one.
        let is_computed = |tokens: &[Token], index: usize| {
            takes(is_size)(tokens, index)
                && !matches!(tokens[index].role, Role::Argument { word: "dense", .. })
        };
        d.replace(is_computed, &[name])
    },
    Macro "unknown argument of a layer" => |d| {
        d.replace(is(Role::ArgumentName), &["banana", "in_channels", "quantity"])
    },
    Macro "argument of a layer twice" => |d| {
        let index = d.find(is(Role::ArgumentName))?;
        let end = d.call_end(index)?;
        let copy: Vec<&str> = d.tokens[index..index + 3].iter().map(|t| t.text.as_str()).collect();
        let copy = copy.join(" ");
        d.insert(end, Role::ArgumentComma, ",");
        d.insert(end + 1, Role::ArgumentName, &copy);
        d.broken(end + 1)
    },
    Macro "argument of a layer by place behind a name" => |d| {
        // Numbers of normalizations have bounds of their own.
        let index = d.find(|tokens, index| {
            tokens[index].role == Role::ArgumentName
                && matches!(tokens[index + 2].role, Role::Argument { word, .. } if word.contains("conv"))
        })?;
        let end = d.call_end(index)?;
        let start = d.tokens[..index].iter().rposition(|token| token.role == Role::Parenthesis)?;
        let arguments = d.tokens[start..end].iter().filter(|t| t.role == Role::ArgumentComma).count() + 1;
        // Only `bias` would be left, which is no number.
        if arguments > 5 { return None; }
        // With another shape what comes behind would be told of it too.
        if d.tokens[index].depth > 0 || d.tokens[end..].iter().any(|token| token.role == Role::Stated) { return None; }
        d.insert(end, Role::ArgumentComma, ",");
        d.insert(end + 1, Role::ArgumentComma, "1");
        d.broken(end + 1)
    },
    Macro "argument of a layer that takes none" => |d| {
        let index = d.find(|tokens, index| {
            tokens[index].role == Role::Word
                && layer(&tokens[index].text).is_some_and(|layer| layer.arguments.is_empty())
        })?;
        d.tokens[index].text += "(3)";
        let length = d.tokens[index].text.len();
        Some(Broken { tokens: d.tokens.clone(), token: index, part: Some(length - 2..length - 1) })
    },
    Macro "layer without its arguments" => |d| {
        let index = d.find(|tokens, index| {
            let requires = |argument: &LayerArgument| matches!(argument.omitted, Omitted::Required(_));
            tokens[index].role == Role::Word
                && tokens[index + 1].role == Role::Parenthesis
                && layer(&tokens[index].text).is_some_and(|layer| layer.arguments.iter().any(requires))
        })?;
        let end = d.call_end(index)?;
        d.tokens.drain(index + 1..=end);
        d.broken(index)
    },
    Macro "misspelt layer" => |d| {
        let index = d.find(is(Role::Word))?;
        let word = d.tokens[index].text.clone();
        let wrong = d.rng.word(&["convv", "Conv2d", "max_pol", "drop_out", "batchnorm", "flaten"]);
        let is_plain = d.tokens[index + 1].role != Role::Parenthesis;
        // A name in capitals alone is a type, and other arguments than a layer's own are a further fault.
        let fits = match wrong {
            "convv" => word == "conv",
            "max_pol" => word == "max_pool",
            "drop_out" => word == "dropout",
            "batchnorm" => word == "batch_norm",
            "flaten" => word == "flatten" && is_plain,
            _ => false,
        };
        if !fits { return None; }
        d.tokens[index].text = wrong.into();
        d.broken(index)
    },
    Macro "groups that do not divide" => |d| known(d, &["groups", "heads", "kv_heads"], "97"),
    Macro "kernel too large" => too_large,
    Macro "padding of a pool too large" => |d| {
        known_of(d, &["max_pool", "avg_pool"], "padding", "50")
    },
    Macro "transposed convolution of nothing" => |d| known_of(d, &["conv_transpose"], "padding", "50"),
    Macro "output padding too large" => |d| known_of(d, &["conv_transpose"], "output_padding", "50"),
    Macro "reshape of another product" => |d| known(d, &["shape"], "[7, 31]"),
    Macro "places that there are not" => |d| known_of(d, &["slice"], "end", "9999"),
    Macro "an axis that there is not" => |d| known_of(d, &["slice"], "axis", "3"),
    Macro "more reflected than there is" => |d| {
        let index = d.find(|tokens, index| {
            matches!(tokens[index].role, Role::Argument { word: "pad", name: "mode" })
                && tokens[index].text == "reflect"
        })?;
        let amount = d.tokens[..index].iter().rposition(|token| {
            matches!(token.role, Role::Argument { name: "padding", .. } | Role::Word)
        })?;
        let is_amount = matches!(d.tokens[amount].role, Role::Argument { .. });
        if !is_amount || !is_known(d, amount) { return None; }
        d.tokens[amount].text = "999".into();
        d.broken(amount)
    },
    Macro "axes that are none" => |d| known(d, &["axes"], "[0, 0]"),
    Macro "mode of a signal or an image" => |d| {
        let index = d.find(|tokens, index| {
            matches!(tokens[index].role, Role::Argument { name: "mode", .. }) && tokens[index].text != "nearest"
        })?;
        if !is_known(d, index) { return None; }
        let is_image = d.tokens[index].text == "bilinear";
        d.tokens[index].text = if is_image { "linear" } else { "bilinear" }.into();
        d.broken(index)
    },
    Macro "corners of values that are not interpolated" => |d| {
        let corners = d.find(|tokens, index| {
            let is_set = tokens[index].text == "true";
            is_set && matches!(tokens[index].role, Role::Argument { name: "align_corners", .. })
        })?;
        let start = d.tokens[..corners].iter().rposition(|token| token.role == Role::Word)?;
        let end = d.call_end(corners)?;
        let mode = (start..end).find(|&index| {
            matches!(d.tokens[index].role, Role::Argument { name: "mode", .. })
        })?;
        if !is_known(d, corners) { return None; }
        d.tokens[mode].text = "nearest".into();
        d.broken(corners)
    },
    Macro "dense behind an image" => |d| dense_behind(d, true),
    Macro "pool behind a vector" => |d| {
        let index = d.find(|tokens, index| {
            tokens[index].role == Role::Input && tokens[index].text.parse::<usize>().is_ok()
        })?;
        let text = d.rng.word(&[
            "global_avg_pool", "max_pool(1)", "conv(2, 1)", "transpose", "adaptive_avg_pool(1)",
            "upsample(2)", "instance_norm", "depthwise(1)", "attention(1)", "position", "sinusoidal",
            "upsample(2)", "instance_norm", "depthwise(1)", "lstm(3)", "rnn(2)", "gru(1)", "take_last",
            "mean_over_time", "max_over_time", "adaptive_max_pool(1)", "pad(1)",
        ]);
        d.insert(index + 1, Role::Arrow, "=>");
        d.insert(index + 2, Role::Word, text);
        // Norms leave the shape as it is.
        let end = text.find('(').unwrap_or(text.len());
        Some(Broken { tokens: d.tokens.clone(), token: index + 2, part: Some(0..end) })
    },
    Consts "groups that do not divide" => |d| {
        known(d, &["groups", "heads", "kv_heads"], "{ 90 + 7 }")
    },
    Consts "padding of a pool too large" => |d| {
        known_of(d, &["max_pool", "avg_pool"], "padding", "{ 25 * 2 }")
    },
    Consts "transposed convolution of nothing" => |d| {
        known_of(d, &["conv_transpose"], "padding", "{ 25 * 2 }")
    },
    Consts "places that there are not" => |d| known_of(d, &["slice"], "end", "{ 9900 + 99 }"),
    Consts "reshape of another product" => |d| known(d, &["shape"], "[{ 6 + 1 }, { 30 + 1 }]"),
    Consts "layer of size zero" => |d| {
        replace_known(d, takes(is_size), "{ 4 - 4 }")
    },
    Consts "dense behind an image" => |d| dense_behind(d, false),
    Consts "dense behind a sequence that is not stated" => |d| {
        if !d.network.parameters.is_empty() { return None; }
        let index = d.find(|tokens, index| {
            let is_sequence = tokens[index].text.matches(',').count() == 1;
            let is_behind_a_type = index > 2 && tokens[index - 2].role == Role::Type;
            tokens[index].role == Role::Stated && tokens[index].depth == 0 && is_sequence && is_behind_a_type
        })?;
        // What comes behind would be told of another shape.
        let close = d.tokens.iter().rposition(|token| token.role == Role::Close)?;
        if d.network.is_graph { return None; }
        d.tokens.drain(index + 1..close);
        d.tokens[index] = Token { text: "4".into(), role: Role::Width, ..d.tokens[index].clone() };
        d.broken(index)
    },
};

/// An argument of a kind. Over how many axes a norm goes is told by what comes in.
fn takes(is_kind: impl Fn(Kind) -> bool) -> impl Fn(&[Token], usize) -> bool {
    move |tokens, index| {
        let Role::Argument { word, name } = tokens[index].role else { return false };
        let found = layer(word).and_then(|layer| Some(&layer.arguments[layer.argument(name)?]));
        found.is_some_and(|argument| is_kind(argument.kind) && argument.name != "axes")
    }
}

fn is_argument(names: &'static [&'static str]) -> impl Fn(&[Token], usize) -> bool {
    move |tokens, index| {
        matches!(tokens[index].role, Role::Argument { name, word } if names.contains(&name)
            && !(word == "layer_norm" || word == "rms_norm"))
    }
}

/// An argument replaced where the macro knows the shape in front.
fn known(
    d: &mut Declaration<'_>,
    names: &'static [&'static str],
    text: &'static str,
) -> Option<Broken> {
    let is_wanted = is_argument(names);
    replace_known(d, is_wanted, text)
}

/// The same in some layers.
fn known_of(
    d: &mut Declaration<'_>,
    words: &'static [&'static str],
    argument: &'static str,
    text: &'static str,
) -> Option<Broken> {
    let is_wanted = |tokens: &[Token], index: usize| matches!(tokens[index].role, Role::Argument { word, name } if words.contains(&word) && name == argument);
    replace_known(d, is_wanted, text)
}

fn replace_known(
    d: &mut Declaration<'_>,
    is_wanted: impl Fn(&[Token], usize) -> bool,
    text: &'static str,
) -> Option<Broken> {
    let all: Vec<usize> =
        d.all(is_wanted).into_iter().filter(|&index| is_known(d, index)).collect();
    if all.is_empty() {
        return None;
    }
    let index = *d.rng.pick(&all);
    d.tokens[index].text = text.into();
    d.broken(index)
}

/// A window that is larger than what it slides over.
fn too_large(d: &mut Declaration<'_>) -> Option<Broken> {
    let index = d.find(|tokens, index| {
        matches!(tokens[index].role, Role::Argument { word, name: "kernel" } if word != "conv_transpose")
    })?;
    let start = d.tokens[..index].iter().rposition(|token| token.role == Role::Word)?;
    let end = d.call_end(index)?;
    let is_same =
        d.tokens[start..end].iter().any(|token| token.text == "same" || token.text == "causal");
    // A window that rounds up may be larger by nearly as much as it moves.
    let rounds_up = d.tokens[start..end].iter().any(|token| {
        matches!(token.role, Role::Argument { name: "ceil_mode", .. }) && token.text == "true"
    });
    if is_same || rounds_up || !is_known(d, index) {
        return None;
    }
    d.tokens[index].text = "99".into();
    d.broken(index)
}

/// A `flatten` in front of a dense layer, left out.
fn dense_behind(d: &mut Declaration<'_>, is_literal: bool) -> Option<Broken> {
    let index = d.find(|tokens, index| {
        tokens[index].role == Role::Flattening && tokens[index - 1].role == Role::Arrow
    })?;
    let width = index + 2 + prefix(&d.tokens[index + 2..]);
    let is_dense =
        d.tokens[index + 1].role == Role::Arrow && d.tokens.get(width)?.role == Role::Width;
    if !is_dense || is_known(d, index) != is_literal {
        return None;
    }
    if !is_literal
        && (!d.network.parameters.is_empty()
            || d.tokens[width + 1..].iter().any(|t| matches!(t.role, Role::Type | Role::Stated)))
    {
        return None;
    }
    d.tokens.drain(index..index + 2);
    d.broken(width - 2)
}
