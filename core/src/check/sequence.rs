//! What every layer over sequences takes: `[length, features]`.

use super::Site;
use super::text::Text;
use crate::shape::Dims;

/// The layer's input is a sequence. The route's help is a declaration with the sizes of a `reshape` left out, behind
/// which the features are a `multiple` where that can be.
#[track_caller]
pub const fn takes_sequence(site: Site<'_>, multiple: usize) -> Site<'_> {
    let fits = match *site.gives {
        [_, _] => return site,
        [1, height, width] => [height, width],
        [channels, height, width] => [channels, height.saturating_mul(width)],
        [size] => {
            let (side, multiple) = (size.isqrt(), if multiple > 0 { multiple } else { 1 });
            if side > 1 && side * side == size && side.is_multiple_of(multiple) {
                [side, side]
            } else if size.is_multiple_of(multiple) {
                [size / multiple, multiple]
            } else {
                [size, 1]
            }
        }
        _ => [1, 1],
    };
    let text = Text::new()
        .text("`")
        .text(site.name)
        .text("` takes a sequence [length, features], but ")
        .text(site.from)
        .text(" gives ")
        .shape(site.gives)
        .route(site.route)
        .help_in_front(site.route.help)
        .shape(&fits)
        .text(if site.gives.len() == 3 && site.gives[0] > 1 { " => transpose" } else { "" });
    panic!("{}", text.text(site.route.help.1).as_str());
}

/// The shape of a sequence.
pub const fn sequence(site: Site<'_>) -> Dims {
    Dims::new(site.gives)
}

/// The features of a sequence.
pub const fn features(site: Site<'_>) -> Dims {
    Dims::new(&[site.gives[1]])
}

#[cfg(test)]
mod tests {
    use super::super::spatial::ROUTE;
    use super::*;

    const fn on(gives: &'static [usize]) -> Site<'static> {
        Site { name: "lstm", gives, from: "the input", route: &ROUTE }
    }

    #[test]
    fn a_sequence_is_one() {
        let site = takes_sequence(on(&[5, 3]), 4);
        assert_eq!(sequence(site).sizes(), [5, 3]);
        assert_eq!(features(site).sizes(), [3]);
    }

    #[test]
    #[should_panic(
        expected = "`lstm` takes a sequence [length, features], but the input gives [784]\n\
        route: [C, 9, 9] (gives [8, 9, 9]) => layer\nhelp: [28, 28]"
    )]
    fn a_vector_is_no_sequence() {
        takes_sequence(on(&[784]), 7);
    }

    #[test]
    #[should_panic(expected = "help: [98, 8]")]
    fn features_divide_into_heads() {
        takes_sequence(on(&[784]), 8);
    }

    #[test]
    #[should_panic(expected = "help: [784, 1]")]
    fn no_features_divide_into_so_many_heads() {
        takes_sequence(on(&[784]), 5);
    }

    #[test]
    #[should_panic(expected = "but the input gives [8, 7, 7]\n\
        route: [C, 9, 9] (gives [8, 9, 9]) => layer\nhelp: [8, 49] => transpose")]
    fn an_image_is_no_sequence() {
        takes_sequence(on(&[8, 7, 7]), 1);
    }
}
