//! What comes out of layers over images and signals.

use super::spatial::{Spatial, along, channels_last, wide};
use super::text::Text;
use crate::shape::Dims;

/// What a layer over an image or a signal is made of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Slid {
    /// The shape that it gives.
    pub output: Dims,
    /// The window.
    pub kernel: [usize; 2],
    /// How far it moves.
    pub stride: [usize; 2],
    /// How many rows stand above and columns on the left.
    pub padding: [usize; 2],
    /// How far apart its values lie.
    pub dilation: [usize; 2],
    /// The first two axes of a convolution's weight.
    pub weight: [usize; 2],
}

impl Slid {
    /// The channels that come out.
    pub const fn channels(&self) -> usize {
        self.output.size(0)
    }
}

impl Spatial<'_> {
    /// The longest kernel up to this one that spans so many values.
    const fn longest(&self, axis: usize, values: u128) -> u128 {
        let kernel = self.kernel[axis] as u128;
        let fits = (values - 1) / self.dilation[axis] as u128 + 1;
        if fits < kernel { fits } else { kernel }
    }

    /// So many channels of another size.
    #[track_caller]
    const fn output(&self, channels: u128, sizes: [u128; 2], bytes: usize) -> Dims {
        let [height, width] = sizes;
        let most = isize::MAX as u128 / bytes as u128;
        let is_addressable = channels <= most
            && height <= most
            && width <= most
            && match channels.checked_mul(height) {
                Some(values) => match values.checked_mul(width) {
                    Some(values) => values <= most,
                    None => false,
                },
                None => false,
            };
        if !is_addressable {
            let text = Text::new().text("a sample of ").wide_number(channels).text(" channels of ");
            let text = text
                .extent(sizes, self.rank())
                .text(" values is more than a machine can address")
                .route(self.site.route)
                .text("\nhelp: give `")
                .text(self.site.name)
                .text("` smaller sizes");
            panic!("{}", text.as_str());
        }
        let (channels, height, width) = (channels as usize, height as usize, width as usize);
        if self.rank() == 2 {
            Dims::new(&[channels, width])
        } else {
            Dims::new(&[channels, height, width])
        }
    }

    #[track_caller]
    const fn slid(&self, places: [u128; 2], padding: [usize; 2], bytes: usize) -> Slid {
        Slid {
            output: self.output(self.out as u128, places, bytes),
            kernel: self.kernel,
            stride: self.stride,
            padding,
            dilation: self.dilation,
            weight: [self.out, self.site.gives[0] / self.groups],
        }
    }
}

/// What comes out where the window stands over the input. `help` is a declaration with the kernel left out; a
/// value has so many `bytes`.
#[track_caller]
pub const fn slide(layer: Spatial<'_>, help: (&str, &str), bytes: usize) -> Slid {
    let sizes = layer.sizes();
    let (mut padded, mut padding, mut places) = ([0; 2], layer.padding, [0; 2]);
    let span = [layer.span(0), layer.span(1)];
    let mut is_short = false;
    let mut axis = 0;
    while axis < 2 {
        let size = sizes[axis] as u128;
        if layer.is_same {
            padding[axis] = ((span[axis] - 1) / 2) as usize;
            padded[axis] = size + span[axis] - 1;
        } else if layer.is_causal {
            padding[axis] = (span[axis] - 1) as usize;
            padded[axis] = size + span[axis] - 1;
        } else {
            padded[axis] = size + 2 * padding[axis] as u128;
        }
        // A size of zero has been reported where it stands.
        if size > 0 && padded[axis] < span[axis] {
            is_short = true;
        } else if size > 0 {
            places[axis] = (padded[axis] - span[axis]) / layer.stride[axis] as u128 + 1;
        }
        axis += 1;
    }
    if is_short {
        let text = Text::new()
            .text("the kernel of `")
            .text(layer.site.name)
            .text("` spans ")
            .extent(span, layer.rank())
            .text(" values, but has ")
            .extent(padded, layer.rank())
            .text(" to slide over, padding included: ")
            .text(layer.site.from)
            .text(" gives ")
            .shape(layer.site.gives);
        let text = channels_last(text, &layer.site)
            .route(layer.site.route)
            .help_in_front(help)
            .amount([layer.longest(0, padded[0]), layer.longest(1, padded[1])], layer.rank())
            .text(help.1);
        panic!("{}", text.as_str());
    }
    check_weights(&layer, bytes);
    layer.slid(places, padding, bytes)
}

/// What comes out of a transposed convolution.
#[track_caller]
pub const fn spread(layer: Spatial<'_>, bytes: usize) -> Slid {
    let sizes = layer.sizes();
    let mut values = [0; 2];
    let mut axis = 0;
    while axis < 2 {
        if sizes[axis] > 0 {
            let whole = (sizes[axis] as u128 - 1) * layer.stride[axis] as u128
                + layer.span(axis)
                + layer.output_padding[axis] as u128;
            let taken = 2 * layer.padding[axis] as u128;
            if whole <= taken {
                let text = Text::new()
                    .text("the padding of ")
                    .extent(wide(layer.padding), layer.rank())
                    .text(" leaves nothing of the output of `conv_transpose`: ")
                    .text(layer.site.from)
                    .text(" gives ")
                    .shape(layer.site.gives)
                    .route(layer.site.route)
                    .text("\nhelp: give `padding` less");
                panic!("{}", text.as_str());
            }
            values[axis] = whole - taken;
        }
        axis += 1;
    }
    check_weights(&layer, bytes);
    let weight = [layer.site.gives[0], layer.out / layer.groups];
    Slid { weight, ..layer.slid(values, layer.padding, bytes) }
}

/// Weights that no machine can hold.
#[track_caller]
const fn check_weights(layer: &Spatial<'_>, bytes: usize) {
    let factors = [layer.out, layer.site.gives[0] / layer.groups, layer.kernel[0], layer.kernel[1]];
    let mut size = bytes as u128;
    let mut index = 0;
    while index < factors.len() {
        size = size.saturating_mul(factors[index] as u128);
        index += 1;
    }
    if size > isize::MAX as u128 {
        let text = Text::new()
            .number(factors[0])
            .text(" x ")
            .number(factors[1])
            .text(" x ")
            .extent(wide(layer.kernel), layer.rank())
            .text(" weights are more than a machine can address")
            .route(layer.site.route)
            .text("\nhelp: give `")
            .text(layer.site.name)
            .text("` smaller sizes");
        panic!("{}", text.as_str());
    }
}

/// What comes out of a pool over all of an image or a signal: a value for each channel.
pub const fn global(layer: Spatial<'_>) -> Dims {
    Dims::new(&[layer.out])
}

/// What comes out of a pool to a given size.
#[track_caller]
pub const fn adaptive(layer: Spatial<'_>, sizes: &[usize], written: &str, bytes: usize) -> Dims {
    let sizes = along(&layer, "size", sizes, written, 1, 1);
    layer.output(layer.out as u128, wide(sizes), bytes)
}

/// A layer that goes between neighbours linearly in as many directions as there are axes.
#[track_caller]
pub const fn mode(layer: Spatial<'_>, is_bilinear: bool) -> Spatial<'_> {
    if is_bilinear != (layer.rank() == 3) {
        let (is, kind, other) = match is_bilinear {
            true => ("bilinear", "a signal", "linear"),
            false => ("linear", "an image", "bilinear"),
        };
        let text = Text::new()
            .text(is)
            .text(" is not for ")
            .text(kind)
            .text(", but ")
            .text(layer.site.from)
            .text(" gives ")
            .shape(layer.site.gives)
            .route(layer.site.route)
            .text("\nhelp: `mode: ")
            .text(other)
            .text("`");
        panic!("{}", text.as_str());
    }
    layer
}

/// What comes out so many times as high and wide.
#[track_caller]
pub const fn upsample(layer: Spatial<'_>, factor: &[usize], written: &str, bytes: usize) -> Dims {
    let factor = wide(along(&layer, "factor", factor, written, 1, 1));
    let sizes = wide(layer.sizes());
    let sizes = [sizes[0] * factor[0], sizes[1] * factor[1]];
    layer.output(layer.out as u128, sizes, bytes)
}

#[cfg(test)]
mod tests {
    use super::super::spatial::tests::{HELP, on};
    use super::super::spatial::{
        causal, depthwise, dilation, groups, kernel, output_padding, padding, same, stride,
    };
    use super::*;

    #[test]
    fn shapes_are_those_of_torch() {
        let conv = groups(
            padding(stride(kernel(on(&[3, 28, 20]), &[3, 5], ""), &[2], ""), &[1], ""),
            1,
            8,
            HELP,
        );
        let conv = slide(conv, HELP, 4);
        assert_eq!(conv.output.sizes(), [8, 14, 9]);
        assert_eq!((conv.weight, conv.padding), ([8, 3], [1, 1]));
        let same = slide(same(kernel(on(&[4, 13]), &[4], "")), HELP, 4);
        assert_eq!((same.output.sizes(), same.padding), ([4, 13].as_slice(), [0, 1]));
        let causal =
            slide(causal(dilation(kernel(on(&[4, 13]), &[4], ""), &[3], ""), HELP), HELP, 4);
        assert_eq!((causal.output.sizes(), causal.padding), ([4, 13].as_slice(), [0, 9]));
        let wide = slide(dilation(kernel(on(&[4, 17, 17]), &[3], ""), &[2, 3], ""), HELP, 4);
        assert_eq!(wide.output.sizes(), [4, 13, 11]);
        let each = slide(depthwise(kernel(on(&[4, 9, 9]), &[3], ""), 2), HELP, 4);
        assert_eq!((each.output.sizes(), each.weight), ([8, 7, 7].as_slice(), [8, 1]));
        let layer = padding(stride(kernel(on(&[4, 13, 17]), &[3], ""), &[2], ""), &[1], "");
        let up = spread(groups(output_padding(layer, &[1], ""), 2, 6, HELP), 4);
        assert_eq!((up.output.sizes(), up.weight), ([6, 26, 34].as_slice(), [4, 3]));
        assert_eq!(global(on(&[4, 13, 17])).sizes(), [4]);
        assert_eq!(adaptive(on(&[4, 13, 17]), &[2, 3], "", 4).sizes(), [4, 2, 3]);
        assert_eq!(upsample(mode(on(&[4, 13]), false), &[3], "", 4).sizes(), [4, 39]);
    }

    #[test]
    #[should_panic(
        expected = "the kernel of `conv` spans 5 x 5 values, but has 4 x 4 to slide over, padding \
        included: the input gives [8, 2, 2]\nroute: [C, 9, 9] (gives [8, 9, 9]) => layer\nhelp: < conv(4) >"
    )]
    fn a_kernel_fits() {
        slide(padding(kernel(on(&[8, 2, 2]), &[5], ""), &[1], ""), HELP, 4);
    }

    #[test]
    #[should_panic(expected = "[28, 28, 1] looks like [height, width, channels]")]
    fn channels_come_first() {
        slide(kernel(on(&[28, 28, 1]), &[5], ""), HELP, 4);
    }

    #[test]
    #[should_panic(
        expected = "the padding of 3 leaves nothing of the output of `conv_transpose`: the input gives [8, 2]"
    )]
    fn padding_leaves_something() {
        spread(padding(kernel(on(&[8, 2]), &[3], ""), &[3], ""), 4);
    }

    #[test]
    #[should_panic(
        expected = "a sample of 8 channels of 18446744073709551615 x 18446744073709551615 values is more"
    )]
    fn a_sample_can_be_addressed() {
        adaptive(on(&[8, 9, 9]), &[usize::MAX], "", 4);
    }

    #[test]
    #[should_panic(expected = "weights are more than a machine can address")]
    fn weights_can_be_addressed() {
        slide(groups(kernel(on(&[8, 9, 9]), &[1], ""), 1, usize::MAX, HELP), HELP, 4);
    }

    #[test]
    #[should_panic(expected = "linear is not for an image, but the input gives [8, 9, 9]")]
    fn an_image_is_interpolated_in_both_directions() {
        mode(on(&[8, 9, 9]), false);
    }
}
