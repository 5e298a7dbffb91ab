//! The rules of what is no layer of the language, called where only rustc knows the sizes.

pub use static_net_rules::stage::{Context, Ending, Joined};
use static_net_rules::stage::{Mismatch, accepted, concatenated, dense, joined, stated};
use static_net_rules::{Dims, single};

#[track_caller]
pub(super) const fn refuse(mismatch: Option<Mismatch>, context: &Context<'_>) {
    if let Some(mismatch) = mismatch {
        panic!("{}", mismatch.message(context).as_str());
    }
}

/// The network or layer `name` takes the shape that comes.
#[track_caller]
pub const fn accepts(
    takes: &[usize],
    gives: &[usize],
    name: &str,
    ending: Ending<'_>,
    context: &Context<'_>,
) {
    refuse(accepted(takes, gives, name, ending, context), context);
}

/// The shape stated in the declaration is the one that comes.
#[track_caller]
pub const fn holds(shape: &[usize], gives: &[usize], context: &Context<'_>) {
    refuse(stated(shape, gives, context), context);
}

/// The dense layer that is called `name` and written like this follows a vector.
#[track_caller]
pub const fn takes_vector(gives: &[usize], name: &str, written: &str, context: &Context<'_>) {
    refuse(dense(gives, name, written, context), context);
}

/// What `word` makes of each run along this axis depends on it.
#[track_caller]
pub const fn varies(word: &str, axis: usize, gives: &[usize], context: &Context<'_>) {
    if let Some((text, help)) = single::varies(word, axis, gives, context.from) {
        panic!("{}", text.route(context.route).text("\nhelp: ").text(help.as_str()).as_str());
    }
}

/// A stage that uses the table of an embedding again takes as many features as that gives.
#[track_caller]
pub const fn tied(
    label: &str,
    gives: usize,
    fits: usize,
    ending: Ending<'_>,
    context: &Context<'_>,
) {
    refuse(static_net_rules::stage::tied(label, gives, fits, ending, context), context);
}

/// The activation `word`, written between these texts, goes along an axis that a sample has.
#[track_caller]
pub const fn along(
    word: &str,
    axis: usize,
    gives: &[usize],
    written: (&str, &str),
    context: &Context<'_>,
) {
    refuse(static_net_rules::stage::along(word, axis, gives, written), context);
}

/// What gives a shape gives the one that it is joined with.
#[track_caller]
pub const fn agrees(
    how: Joined,
    gives: &[usize],
    with: &[usize],
    ending: Ending<'_>,
    context: &Context<'_>,
) {
    refuse(joined(how, gives, with, ending), context);
}

/// The shape of branches that stand one behind the other along an axis.
pub const fn concat(axis: usize, branches: &[&[usize]]) -> Dims {
    concatenated(axis, branches)
}
