//! Recurrent layers.

use super::Site;
use super::text::Text;
use crate::shape::Dims;

/// A recurrent layer whose sizes fit.
#[derive(Clone, Copy, Debug)]
pub struct Recurred {
    /// The shape that it gives.
    pub output: Dims,
    /// Features of each step of the input.
    pub features: usize,
    /// Hidden units.
    pub hidden: usize,
    /// Rows of its weights.
    pub rows: usize,
}

/// A recurrent layer along a sequence, with so many hidden units, as written, and gates of so many
/// directions, that gives the output after each step or after the last; a number has `bytes`.
#[track_caller]
pub const fn recurrent(
    site: Site<'_>,
    (hidden, written): (usize, &str),
    gates: usize,
    directions: usize,
    is_last: bool,
    bytes: usize,
) -> Recurred {
    if hidden == 0 {
        let text = Text::new()
            .text("`hidden` of zero: `")
            .text(written)
            .text("` is 0")
            .route(site.route)
            .text("\nhelp: `hidden` is at least 1, give it another value");
        panic!("{}", text.as_str());
    }
    let (length, features) = (site.gives[0], site.gives[1]);
    let rows = gates as u128 * hidden as u128;
    let columns = features as u128 + hidden as u128;
    let outputs = directions as u128 * hidden as u128;
    let values = if is_last { outputs } else { outputs.saturating_mul(length as u128) };
    let most = isize::MAX as u128 / bytes as u128;
    if rows.saturating_mul(columns) > most || values > most {
        let text = Text::new()
            .wide_number(rows)
            .text(" x ")
            .wide_number(columns)
            .text(" weights, or a sample of ")
            .wide_number(values)
            .text(" values, are more than a machine can address")
            .route(site.route)
            .text("\nhelp: give `hidden` a smaller value");
        panic!("{}", text.as_str());
    }
    let outputs = outputs as usize;
    let output = if is_last { Dims::new(&[outputs]) } else { Dims::new(&[length, outputs]) };
    Recurred { output, features, hidden, rows: rows as usize }
}

#[cfg(test)]
mod tests {
    use super::super::spatial::ROUTE;
    use super::*;

    const fn on(gives: &'static [usize]) -> Site<'static> {
        Site { name: "lstm", gives, from: "the input", route: &ROUTE }
    }

    #[test]
    fn what_comes_out() {
        let both = recurrent(on(&[5, 3]), (8, "H"), 4, 2, false, 4);
        assert_eq!((both.output.sizes(), both.features), ([5, 16].as_slice(), 3));
        assert_eq!((both.hidden, both.rows), (8, 32));
        let last = recurrent(on(&[5, 3]), (8, "H"), 3, 1, true, 4);
        assert_eq!((last.output.sizes(), last.rows), ([8].as_slice(), 24));
    }

    #[test]
    #[should_panic(expected = "`hidden` of zero: `H` is 0")]
    fn there_is_a_hidden_unit() {
        recurrent(on(&[5, 3]), (0, "H"), 4, 1, false, 4);
    }

    #[test]
    #[should_panic(expected = "weights, or a sample of 2305843009213693952 values, are more than")]
    fn a_machine_can_address_it() {
        recurrent(on(&[5, 3]), (1 << 61, "H"), 4, 1, true, 4);
    }
}
