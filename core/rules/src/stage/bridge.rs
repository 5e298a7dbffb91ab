//! Stages that bring one shape to another.

use crate::dims::{CHANNELS_FIRST, Dims};
use crate::text::Text;

/// Whether one shape is the other with its channels last.
pub(super) const fn is_channels_last(from: &[usize], to: &[usize]) -> bool {
    matches!((from, to), ([height, width, last], [channels, rows, columns])
        if *height == *rows && *width == *columns && *last == *channels)
}

/// Stages that bring one shape to another, behind a text. `None` where an image or a sequence would have to lose its
/// axes, or change its sizes.
pub(super) const fn bridge(from: &[usize], to: &[usize], text: Text) -> Option<Text> {
    if is_channels_last(from, to) {
        return Some(text.text(CHANNELS_FIRST));
    }
    let (held, wanted) = (Dims::new(from).values(), Dims::new(to).values());
    match (from, to) {
        ([_], [_]) => Some(text.number(wanted)),
        (_, [_]) if held == wanted => Some(text.text("flatten")),
        (_, [_]) => Some(text.text("flatten => ").number(wanted)),
        ([_], _) if held == wanted => Some(text.text("reshape").shape(to)),
        (_, _) => None,
    }
}

/// The same as a projection beside the stages of a residual, where windows of one value may move and give other
/// channels.
pub(super) const fn projection(from: &[usize], to: &[usize], text: Text) -> Option<Text> {
    let Some(stride) = stride(from, to) else { return bridge(from, to, text) };
    let text = text.text("conv(").number(to[0] as u128).text(", 1");
    Some(match stride {
        1 => text.text(")"),
        stride => text.text(", stride: ").number(stride as u128).text(")"),
    })
}

/// How far the windows of one value move that make an image or a signal of this size.
const fn stride(from: &[usize], to: &[usize]) -> Option<usize> {
    let ([_, from @ ..], [_, to @ ..]) = (from, to) else { return None };
    if from.len() != to.len() || from.is_empty() {
        return None;
    }
    let mut stride = 1;
    while stride <= from[0] && stride <= MOST_STRIDE {
        let mut axis = 0;
        while axis < from.len() && from[axis].div_ceil(stride) == to[axis] {
            axis += 1;
        }
        if axis == from.len() {
            return Some(stride);
        }
        stride += 1;
    }
    None
}

/// A search while compiling ends.
const MOST_STRIDE: usize = 1 << 12;
