//! The same values in another order or shape.

use super::Site;
use super::text::Text;
use crate::shape::Dims;

const fn product(sizes: &[usize]) -> u128 {
    let mut values: u128 = 1;
    let mut axis = 0;
    while axis < sizes.len() {
        values = values.saturating_mul(sizes[axis] as u128);
        axis += 1;
    }
    values
}

/// All values as a vector.
pub const fn flatten(site: Site<'_>) -> Dims {
    Dims::new(&[product(site.gives) as usize])
}

/// The values in another shape that holds as many. The route's help is a declaration with the shape left
/// out.
#[track_caller]
pub const fn reshape(site: Site<'_>, shape: &[usize], written: &str) -> Dims {
    let (holds, values) = (product(shape), product(site.gives));
    if holds == 0 {
        let text = Text::new().text("a size of zero: `").text(written).text("`").route(site.route);
        let text = text.text("\nhelp: a size is at least 1, give it another value");
        panic!("{}", text.as_str());
    }
    // A size of zero has been reported where it stands.
    if holds != values && values != 0 {
        let text = Text::new()
            .shape(shape)
            .text(" holds ")
            .wide_number(holds)
            .text(" values, but ")
            .text(site.from)
            .text(" gives ")
            .shape(site.gives);
        let text = match site.gives {
            [_] => text,
            _ => text.text(", ").wide_number(values).text(" values"),
        };
        let text = text.route(site.route).help_in_front(site.route.help);
        let text = match fitting(shape, values) {
            Some(fits) => text.shape(fits.sizes()),
            None => text.text("[").wide_number(values).text("]"),
        };
        panic!("{}", text.text(site.route.help.1).as_str());
    }
    Dims::new(shape)
}

/// The shape with one size changed so that it holds so many values.
const fn fitting(shape: &[usize], values: u128) -> Option<Dims> {
    let mut axis = 0;
    while axis < shape.len() {
        let others = product(shape) / shape[axis] as u128;
        if values.is_multiple_of(others) {
            let mut sizes = [1; 3];
            let mut other = 0;
            while other < shape.len() {
                sizes[other] = shape[other];
                other += 1;
            }
            sizes[axis] = (values / others) as usize;
            return Some(Dims::new(sizes.split_at(shape.len()).0));
        }
        axis += 1;
    }
    None
}

/// The axes in another order.
#[track_caller]
pub const fn permute(site: Site<'_>, axes: &[usize]) -> Dims {
    let rank = site.gives.len();
    let mut seen = [false; 3];
    let mut sizes = [1; 3];
    let mut fits = axes.len() == rank;
    let mut place = 0;
    while place < axes.len() && fits {
        let axis = axes[place];
        if axis < rank && !seen[axis] {
            seen[axis] = true;
            sizes[place] = site.gives[axis];
        } else {
            fits = false;
        }
        place += 1;
    }
    if !fits {
        let is_transpose = matches!(site.name.as_bytes(), b"transpose");
        let text = if is_transpose {
            Text::new().text("`transpose` takes a matrix [rows, columns]")
        } else {
            let all = match rank {
                1 => "0",
                2 => "0 and 1",
                _ => "0, 1 and 2",
            };
            let text = Text::new().text("`permute` lists each axis once, which are ").text(all);
            text.text(", not ").shape(axes)
        };
        let text = text.text(": ").text(site.from).text(" gives ").shape(site.gives);
        let text = text.route(site.route).text("\nhelp: ").text(match (rank, is_transpose) {
            (1, true) => "put `reshape` in front of it",
            (1, false) => "leave it out: a vector has one axis",
            (2, _) => "`permute[1, 0]`",
            _ => "`permute[2, 0, 1]`",
        });
        panic!("{}", text.as_str());
    }
    Dims::new(sizes.split_at(rank).0)
}

#[cfg(test)]
mod tests {
    use super::super::spatial::ROUTE;
    use super::*;

    const fn on(name: &'static str, gives: &'static [usize]) -> Site<'static> {
        Site { name, gives, from: "the input", route: &ROUTE }
    }

    #[test]
    fn values_stay_the_same() {
        assert_eq!(flatten(on("flatten", &[2, 3, 4])).sizes(), [24]);
        assert_eq!(reshape(on("reshape", &[2, 3, 4]), &[4, 6], "").sizes(), [4, 6]);
        assert_eq!(permute(on("permute", &[2, 3, 4]), &[2, 0, 1]).sizes(), [4, 2, 3]);
        assert_eq!(permute(on("transpose", &[2, 3]), &[1, 0]).sizes(), [3, 2]);
    }

    #[test]
    #[should_panic(expected = "[5, 3] holds 15 values, but the input gives [3, 4], 12 values\n\
        route: [C, 9, 9] (gives [8, 9, 9]) => layer\nhelp: [4, 3]")]
    fn another_number_of_values_is_refused() {
        reshape(on("reshape", &[3, 4]), &[5, 3], "");
    }

    #[test]
    #[should_panic(expected = "a size of zero: `[N, 3]`")]
    fn a_size_is_positive() {
        reshape(on("reshape", &[3, 4]), &[0, 3], "[N, 3]");
    }

    #[test]
    #[should_panic(
        expected = "lists each axis once, which are 0 and 1, not [0, 0]: the input gives [3, 4]"
    )]
    fn an_axis_stands_once() {
        permute(on("permute", &[3, 4]), &[0, 0]);
    }

    #[test]
    #[should_panic(
        expected = "`transpose` takes a matrix [rows, columns]: the input gives [2, 3, 4]"
    )]
    fn an_image_is_no_matrix() {
        permute(on("transpose", &[2, 3, 4]), &[1, 0]);
    }
}
