//! Sizes that no machine can hold.

use static_net_rules::{Text, size};

/// Values along an axis.
#[track_caller]
pub(super) const fn addressable(value: usize, name: &str) {
    if value > isize::MAX as usize / size_of::<f64>() {
        let text = Text::new()
            .text("a size of ")
            .number(value as u128)
            .text(" is more than a machine can address");
        panic!("{}", other_value(text, name).as_str());
    }
}

/// The width of a dense layer, behind so many inputs, whose weights of so many bytes each memory can hold.
#[track_caller]
pub const fn weights(inputs: usize, outputs: usize, bytes: usize, name: &str) -> usize {
    if let Some(text) = size::weights(inputs, outputs, bytes) {
        panic!("{}", other_value(text, name).as_str());
    }
    outputs
}

/// How often stages are repeated whose parameters take so many bytes.
#[track_caller]
pub const fn repeated(times: usize, bytes: usize, name: &str) -> usize {
    // What 64 bits of an address reach on the machines there are.
    let most = if usize::BITS > 47 { 1 << 47 } else { isize::MAX as u128 };
    let all = times as u128 * bytes as u128;
    if all > most {
        let text = Text::new()
            .number(times as u128)
            .text(" times ")
            .number(bytes as u128)
            .text(" bytes of parameters are more than a machine can address\nhelp: repeat them less often than `")
            .text(name)
            .text("`");
        panic!("{}", text.as_str());
    }
    times
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
        assert_eq!(weights(1 << 30, 1 << 30, 4, "N"), 1 << 30);
        assert_eq!(repeated(1 << 40, 0, "N"), 1 << 40);
        assert_eq!(repeated(1000, 1 << 30, "N"), 1000);
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
