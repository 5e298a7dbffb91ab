//! Attention and positions: heads that divide features, tables that are long enough.

use super::Site;
use super::text::Text;

/// The number from 1 to `whole` that divides it and is nearest to the one given; of two, the smaller.
const fn nearest(given: usize, whole: usize) -> usize {
    let mut nearest = 1usize;
    let mut count = 1;
    while count <= whole {
        if whole.is_multiple_of(count) && count.abs_diff(given) < nearest.abs_diff(given) {
            nearest = count;
        }
        count += 1;
    }
    nearest
}

/// The number of heads that the features of a sequence divide into. The route's help is a declaration with it left out.
#[track_caller]
pub const fn heads(site: Site<'_>, heads: usize) -> usize {
    let features = site.gives[1];
    at_least_one(&site, "heads", heads);
    if !features.is_multiple_of(heads) {
        let text = Text::new()
            .text("the ")
            .number(features)
            .text(" features do not divide into ")
            .number(heads)
            .text(" heads: ")
            .text(site.from)
            .text(" gives ")
            .shape(site.gives)
            .route(site.route)
            .help_in_front(site.route.help)
            .number(nearest(heads, features))
            .text(site.route.help.1);
        panic!("{}", text.as_str());
    }
    heads
}

/// The number of heads, each of which has pairs of features.
#[track_caller]
pub const fn rotary(site: Site<'_>, heads: usize) -> usize {
    let features = site.gives[1];
    if !(features / heads).is_multiple_of(2) {
        let text = Text::new()
            .text("rotary embedding turns pairs of features, but a head has ")
            .number(features / heads)
            .text(": ")
            .number(features)
            .text(" features in ")
            .number(heads)
            .text(" heads")
            .route(site.route)
            .text("\nhelp: leave out `rotary`, or give `heads` another value");
        panic!("{}", text.as_str());
    }
    heads
}

/// How many features queries, keys and values have together, with a number of heads of keys that divides the
/// heads. The route's help is a declaration with that number left out.
#[track_caller]
pub const fn projected(site: Site<'_>, heads: usize, kv_heads: usize) -> usize {
    let features = site.gives[1];
    at_least_one(&site, "kv_heads", kv_heads);
    if !heads.is_multiple_of(kv_heads) {
        let text = Text::new()
            .text("the ")
            .number(heads)
            .text(" heads of queries do not divide into ")
            .number(kv_heads)
            .text(" groups, one for each of `kv_heads`")
            .route(site.route)
            .help_in_front(site.route.help)
            .number(nearest(kv_heads, heads))
            .text(site.route.help.1);
        panic!("{}", text.as_str());
    }
    features + 2 * kv_heads * (features / heads)
}

/// How many positions a table has: at least as many as the sequence. The route's help is a declaration with
/// the number left out.
#[track_caller]
pub const fn positions(site: Site<'_>, table: usize) -> usize {
    let length = site.gives[0];
    if table < length {
        let text = Text::new()
            .text("a table of ")
            .number(table)
            .text(" positions for a sequence of ")
            .number(length)
            .text(": ")
            .text(site.from)
            .text(" gives ")
            .shape(site.gives)
            .route(site.route)
            .help_in_front(site.route.help)
            .number(length)
            .text(site.route.help.1);
        panic!("{}", text.as_str());
    }
    table
}

/// The features of a sequence, which come in pairs.
#[track_caller]
pub const fn pairs(site: Site<'_>) -> usize {
    let features = site.gives[1];
    if !features.is_multiple_of(2) {
        let text = Text::new()
            .text("`")
            .text(site.name)
            .text("` adds sines and cosines to pairs of features, but ")
            .text(site.from)
            .text(" gives ")
            .number(features)
            .text(" of them: ")
            .shape(site.gives)
            .route(site.route)
            .text("\nhelp: `position` takes any number of features");
        panic!("{}", text.as_str());
    }
    features
}

#[track_caller]
const fn at_least_one(site: &Site<'_>, name: &str, value: usize) {
    if value == 0 {
        let text = Text::new()
            .text("`")
            .text(name)
            .text("` of zero: it is at least 1")
            .route(site.route)
            .text("\nhelp: give `")
            .text(name)
            .text("` another value");
        panic!("{}", text.as_str());
    }
}

#[cfg(test)]
mod tests {
    use super::super::spatial::ROUTE;
    use super::*;

    const fn on(gives: &'static [usize]) -> Site<'static> {
        Site { name: "attention", gives, from: "the input", route: &ROUTE }
    }

    #[test]
    fn heads_divide() {
        assert_eq!(heads(on(&[3, 12]), 4), 4);
        assert_eq!(rotary(on(&[3, 12]), 6), 6);
        assert_eq!(projected(on(&[3, 12]), 4, 4), 36);
        assert_eq!(projected(on(&[3, 12]), 4, 2), 24);
        assert_eq!(positions(on(&[3, 12]), 3), 3);
        assert_eq!(pairs(on(&[3, 12])), 12);
    }

    #[test]
    #[should_panic(
        expected = "the 12 features do not divide into 5 heads: the input gives [3, 12]"
    )]
    fn heads_that_do_not_divide_are_refused() {
        heads(on(&[3, 12]), 5);
    }

    #[test]
    #[should_panic(expected = "the 4 heads of queries do not divide into 3 groups")]
    fn heads_of_keys_that_do_not_divide_are_refused() {
        projected(on(&[3, 12]), 4, 3);
    }

    #[test]
    #[should_panic(expected = "but a head has 3: 12 features in 4 heads")]
    fn heads_without_pairs_are_refused() {
        rotary(on(&[3, 12]), 4);
    }

    #[test]
    #[should_panic(expected = "a table of 2 positions for a sequence of 3")]
    fn a_short_table_is_refused() {
        positions(on(&[3, 12]), 2);
    }

    #[test]
    #[should_panic(expected = "but the input gives 5 of them: [3, 5]")]
    fn sines_come_with_cosines() {
        pairs(on(&[3, 5]));
    }

    #[test]
    fn the_nearest_divisor() {
        assert_eq!(nearest(3, 64), 2);
        assert_eq!(nearest(7, 64), 8);
        assert_eq!(nearest(100, 12), 12);
        assert_eq!(nearest(5, 7), 7);
    }
}
