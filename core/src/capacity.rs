//! Sizes of memory, computed so that none wraps round.
//!
//! In a release build a sum that is too large becomes a small one, in a `const fn` too, and memory of the small size
//! would be taken for memory of the large one. What memory is asked for, or taken apart, by is computed here.

use static_net_rules::Text;

/// `left + right` values of what is named.
#[track_caller]
#[inline(always)]
pub const fn sum(left: usize, right: usize, what: &str) -> usize {
    match left.checked_add(right) {
        Some(values) => values,
        None => refuse(left, " + ", right, what),
    }
}

/// `count * each` values of what is named.
#[track_caller]
#[inline(always)]
pub const fn product(count: usize, each: usize, what: &str) -> usize {
    match count.checked_mul(each) {
        Some(values) => values,
        None => refuse(count, " * ", each, what),
    }
}

/// `count * each` values of type `T` of what is named, which one allocation can hold.
#[track_caller]
#[inline(always)]
pub const fn allocation<T>(count: usize, each: usize, what: &str) -> usize {
    let values = product(count, each, what);
    match values.checked_mul(size_of::<T>()) {
        Some(bytes) if bytes <= isize::MAX as usize => values,
        _ => refuse(count, " * ", each, what),
    }
}

#[cold]
#[track_caller]
const fn refuse(left: usize, operator: &str, right: usize, what: &str) -> ! {
    let text = Text::new()
        .text("capacity overflow: ")
        .text(what)
        .text(" would take ")
        .number(left as u128)
        .text(operator)
        .number(right as u128)
        .text(" values, more than any memory holds");
    panic!("{}", text.as_str());
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_that_fit_are_computed() {
        assert_eq!(sum(3, usize::MAX - 3, "a tape"), usize::MAX);
        assert_eq!(product(1 << 40, 1 << 20, "a tape"), 1 << 60);
        assert_eq!(allocation::<f32>(1 << 40, 1 << 20, "a tape"), 1 << 60);
        assert_eq!(allocation::<f64>(0, usize::MAX, "a tape"), 0);
    }

    #[test]
    #[should_panic(
        expected = "capacity overflow: a tape would take 1 + 18446744073709551615 values"
    )]
    fn a_sum_that_wraps_is_refused() {
        sum(1, usize::MAX, "a tape");
    }

    #[test]
    #[should_panic(
        expected = "capacity overflow: a tape would take 4 * 4611686018427387904 values"
    )]
    fn a_product_that_wraps_is_refused() {
        product(4, 1 << 62, "a tape");
    }

    #[test]
    #[should_panic(expected = "would take 2 * 1152921504606846976 values, more than any memory")]
    fn bytes_beyond_an_allocation_are_refused() {
        allocation::<f32>(2, 1 << 60, "a tape");
    }
}
