//! Layers that normalize.

use super::Site;
use super::spatial::not_divided;
use super::text::Text;

/// How many values a normalization over the last `axes` takes together. Usual are all of an image, else the
/// last. The route's help is a declaration with the axes left out.
#[track_caller]
pub const fn normalized(site: Site<'_>, axes: usize, is_usual: bool) -> usize {
    let rank = site.gives.len();
    let axes = match (is_usual, rank) {
        (false, _) => axes,
        (true, 3) => 3,
        (true, _) => 1,
    };
    if axes > rank || axes == 0 {
        let text = Text::new()
            .text("`")
            .text(site.name)
            .text("` over ")
            .number(axes)
            .text(" axes, but ")
            .text(site.from)
            .text(" gives ")
            .shape(site.gives)
            .route(site.route)
            .help_in_front(site.route.help)
            .number(rank)
            .text(site.route.help.1);
        panic!("{}", text.as_str());
    }
    let mut values = 1;
    let mut axis = rank - axes;
    while axis < rank {
        values *= site.gives[axis];
        axis += 1;
    }
    values
}

/// The number of groups that the channels divide into. The route's help is a declaration with it left out.
#[track_caller]
pub const fn groups_of(site: Site<'_>, groups: usize) -> usize {
    if groups == 0 {
        let text = Text::new().text("`groups` of zero: it is at least 1").route(site.route);
        panic!("{}", text.text("\nhelp: give `groups` another value").as_str());
    }
    if !site.gives[0].is_multiple_of(groups) {
        let channels = site.gives[0];
        not_divided([channels, channels], true, groups, &site, site.route.help);
    }
    groups
}

/// How many channels there are, of more than one value each.
#[track_caller]
pub const fn instances(site: Site<'_>) -> usize {
    let what = match site.gives {
        [_] => " takes an image [channels, height, width] or a signal [channels, length]",
        [_, 1] | [_, 1, 1] => " needs more than one value for each channel",
        [channels, ..] => return *channels,
        [] => return 0,
    };
    let text = Text::new()
        .text("`")
        .text(site.name)
        .text("`")
        .text(what)
        .text(", but ")
        .text(site.from)
        .text(" gives ")
        .shape(site.gives)
        .route(site.route)
        .text("\nhelp: `layer_norm` takes any shape");
    panic!("{}", text.as_str());
}

#[cfg(test)]
mod tests {
    use super::super::spatial::ROUTE;
    use super::*;

    const fn on(gives: &'static [usize]) -> Site<'static> {
        Site { name: "norm", gives, from: "the input", route: &ROUTE }
    }

    #[test]
    fn what_is_normalized_together() {
        assert_eq!(normalized(on(&[2, 3, 4]), 0, true), 24);
        assert_eq!(normalized(on(&[3, 4]), 0, true), 4);
        assert_eq!(normalized(on(&[2, 3, 4]), 2, false), 12);
        assert_eq!(groups_of(on(&[6, 4]), 3), 3);
        assert_eq!(instances(on(&[6, 4])), 6);
    }

    #[test]
    #[should_panic(expected = "`norm` over 3 axes, but the input gives [3, 4]")]
    fn there_are_so_many_axes() {
        normalized(on(&[3, 4]), 3, false);
    }

    #[test]
    #[should_panic(
        expected = "the 6 channels in do not divide into 4 groups: the input gives [6, 4]"
    )]
    fn groups_divide() {
        groups_of(on(&[6, 4]), 4);
    }

    #[test]
    #[should_panic(
        expected = "`norm` needs more than one value for each channel, but the input gives [6, 1]"
    )]
    fn an_instance_has_a_variance() {
        instances(on(&[6, 1]));
    }
}
