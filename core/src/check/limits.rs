//! Sizes that no machine can hold.

use static_net_rules::{Text, size};

/// A size, which is zero where it is more than a machine can address: nothing more is said of it then.
pub const fn held(value: usize) -> usize {
    if is_addressable(value) { value } else { 0 }
}

const fn is_addressable(value: usize) -> bool {
    value <= isize::MAX as usize / size_of::<f64>()
}

/// Values along an axis.
#[track_caller]
pub(super) const fn addressable(value: usize, name: &str) {
    if !is_addressable(value) {
        let text = Text::new()
            .text("a size of ")
            .number(value as u128)
            .text(" is more than a machine can address");
        panic!("{}", other_value(text, name).as_str());
    }
}

/// The width of a dense layer behind so many inputs, which is zero where no memory can hold its weights of so many bytes
/// each: nothing more is said of it then.
pub const fn width(inputs: usize, outputs: usize, bytes: usize) -> usize {
    if size::weights(inputs, outputs, bytes).is_none() { outputs } else { 0 }
}

/// Memory can hold the weights of such a dense layer.
#[track_caller]
pub const fn weights(inputs: usize, outputs: usize, bytes: usize, name: &str) {
    if let Some(text) = size::weights(inputs, outputs, bytes) {
        panic!("{}", other_value(text, name).as_str());
    }
}

/// How often stages are repeated whose parameters take so many bytes: not at all where no memory can hold them.
pub const fn times(times: usize, bytes: usize) -> usize {
    if are_held(times, bytes) { times } else { 0 }
}

const fn are_held(times: usize, bytes: usize) -> bool {
    // What 64 bits of an address reach on the machines there are.
    let most = if usize::BITS > 47 { 1 << 47 } else { isize::MAX as u128 };
    times as u128 * bytes as u128 <= most
}

/// Memory can hold the parameters of stages that are repeated so often.
#[track_caller]
pub const fn repeated(times: usize, bytes: usize, name: &str) {
    if !are_held(times, bytes) {
        let text = Text::new()
            .number(times as u128)
            .text(" times ")
            .number(bytes as u128)
            .text(" bytes of parameters are more than a machine can address\nhelp: repeat them less often than `")
            .text(name)
            .text("`");
        panic!("{}", text.as_str());
    }
}

pub(super) const fn other_value(text: Text, name: &str) -> Text {
    text.text("\nhelp: give `").text(name).text("` another value")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_memory_holds_passes() {
        addressable(1 << 59, "N");
        weights(1 << 30, 1 << 30, 4, "N");
        repeated(1 << 40, 0, "N");
        repeated(1000, 1 << 30, "N");
        assert_eq!(
            (held(1 << 59), width(1 << 30, 1 << 30, 4), times(9, 1 << 30)),
            (1 << 59, 1 << 30, 9)
        );
    }

    #[test]
    fn what_memory_does_not_hold_is_zero_where_it_is_named() {
        assert_eq!((held(usize::MAX), width(1 << 32, 1 << 32, 4), times(1 << 40, 440)), (0, 0, 0));
    }

    #[test]
    #[should_panic(
        expected = "a size of 18446744073709551615 is more than a machine can address\n\
        help: give `N` another value"
    )]
    fn a_size_beyond_memory_is_told() {
        addressable(usize::MAX, "N");
    }

    #[test]
    #[should_panic(
        expected = "4294967296 x 4294967296 weights are more than a machine can address"
    )]
    fn weights_beyond_memory_are_told() {
        weights(1 << 32, 1 << 32, 4, "N");
    }

    #[test]
    #[should_panic(expected = "1000000000000 times 440 bytes of parameters are more than")]
    fn repetitions_beyond_memory_are_told() {
        repeated(1_000_000_000_000, 440, "1000000000000");
    }
}
