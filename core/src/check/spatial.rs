//! Layers over images `[channels, height, width]` and signals `[channels, length]`.
//!
//! One call of these after the other, each at the argument that it checks, from [`spatial`] to what gives
//! the output.

#[cfg(test)]
use super::Route;
use super::Site;
use super::text::Text;
use crate::shape::Dims;

/// A layer over an image or a signal with what is known of its arguments, each as `[height, width]`; a signal
/// is one high.
#[derive(Clone, Copy, Debug)]
pub struct Spatial<'a> {
    site: Site<'a>,
    kernel: [usize; 2],
    stride: [usize; 2],
    padding: [usize; 2],
    dilation: [usize; 2],
    output_padding: [usize; 2],
    is_same: bool,
    groups: usize,
    out: usize,
}

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
    const fn rank(&self) -> usize {
        self.site.gives.len()
    }

    const fn sizes(&self) -> [usize; 2] {
        match self.site.gives {
            [_, height, width] => [*height, *width],
            [_, length] => [1, *length],
            _ => [1, 1],
        }
    }

    const fn span(&self, axis: usize) -> u128 {
        self.dilation[axis] as u128 * (self.kernel[axis] as u128 - 1) + 1
    }

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

/// The layer's input is an image or a signal. The route's help is a declaration with the length of a signal
/// left out.
#[track_caller]
pub const fn spatial(site: Site<'_>) -> Spatial<'_> {
    if site.gives.len() == 1 {
        let text = Text::new()
            .text("`")
            .text(site.name)
            .text("` takes an image [channels, height, width] or a signal [channels, length], but ")
            .text(site.from)
            .text(" gives ")
            .shape(site.gives)
            .route(site.route)
            .help_in_front(site.route.help)
            .number(site.gives[0])
            .text(site.route.help.1);
        panic!("{}", text.as_str());
    }
    Spatial {
        site,
        kernel: [1; 2],
        stride: [1; 2],
        padding: [0; 2],
        dilation: [1; 2],
        output_padding: [0; 2],
        is_same: false,
        groups: 1,
        out: site.gives[0],
    }
}

/// An argument for height and width: one size for both, or one for each. Over a signal, the height has `one`.
#[track_caller]
const fn along(
    layer: &Spatial<'_>,
    name: &str,
    sizes: &[usize],
    written: &str,
    least: usize,
    one: usize,
) -> [usize; 2] {
    let along = match sizes {
        [both] if layer.rank() == 2 => [one, *both],
        [both] => [*both, *both],
        [height, width] if layer.rank() == 3 => [*height, *width],
        _ => {
            let text = Text::new()
                .text("`")
                .text(name)
                .text("` is [height, width], but ")
                .text(layer.site.from)
                .text(" gives a signal [channels, length]: ")
                .shape(layer.site.gives)
                .route(layer.site.route)
                .text("\nhelp: give `")
                .text(name)
                .text("` one size");
            panic!("{}", text.as_str());
        }
    };
    if along[0] < least || along[1] < least {
        let text = Text::new()
            .text("a ")
            .text(name)
            .text(" of zero: `")
            .text(written)
            .text("`")
            .route(layer.site.route)
            .text("\nhelp: it is at least 1, give it another value");
        panic!("{}", text.as_str());
    }
    along
}

/// The layer with this kernel.
#[track_caller]
pub const fn kernel<'a>(mut layer: Spatial<'a>, sizes: &[usize], written: &str) -> Spatial<'a> {
    layer.kernel = along(&layer, "kernel", sizes, written, 1, 1);
    layer
}

/// The layer with this stride.
#[track_caller]
pub const fn stride<'a>(mut layer: Spatial<'a>, sizes: &[usize], written: &str) -> Spatial<'a> {
    layer.stride = along(&layer, "stride", sizes, written, 1, 1);
    layer
}

/// The layer with this dilation.
#[track_caller]
pub const fn dilation<'a>(mut layer: Spatial<'a>, sizes: &[usize], written: &str) -> Spatial<'a> {
    layer.dilation = along(&layer, "dilation", sizes, written, 1, 1);
    layer
}

/// The layer with this padding.
#[track_caller]
pub const fn padding<'a>(mut layer: Spatial<'a>, sizes: &[usize], written: &str) -> Spatial<'a> {
    layer.padding = along(&layer, "padding", sizes, written, 0, 0);
    layer
}

/// The transposed convolution with so much more output.
#[track_caller]
pub const fn output_padding<'a>(
    mut layer: Spatial<'a>,
    sizes: &[usize],
    written: &str,
) -> Spatial<'a> {
    layer.output_padding = along(&layer, "output_padding", sizes, written, 0, 0);
    let (stride, dilation, added) = (layer.stride, layer.dilation, layer.output_padding);
    let mut axis = 0;
    while axis < 2 {
        if added[axis] >= stride[axis] && added[axis] >= dilation[axis] {
            let text = Text::new()
                .text("the output padding of ")
                .extent(wide(added), layer.rank())
                .text(" is not less than the stride of ")
                .extent(wide(stride), layer.rank())
                .text(" or the dilation of ")
                .extent(wide(dilation), layer.rank())
                .route(layer.site.route)
                .text("\nhelp: give `output_padding` less");
            panic!("{}", text.as_str());
        }
        axis += 1;
    }
    layer
}

/// The layer with as many places as values, which needs a stride of 1.
#[track_caller]
pub const fn same(mut layer: Spatial<'_>) -> Spatial<'_> {
    if layer.stride[0] != 1 || layer.stride[1] != 1 {
        let text = Text::new()
            .text("`padding: same` needs a stride of 1, this one is ")
            .extent(wide(layer.stride), layer.rank())
            .route(layer.site.route)
            .text("\nhelp: leave `stride` out or give `padding` a size");
        panic!("{}", text.as_str());
    }
    layer.is_same = true;
    layer
}

/// A pool's padding is at most half of its kernel.
#[track_caller]
pub const fn pool_padding(layer: Spatial<'_>) -> Spatial<'_> {
    let (padding, kernel) = (layer.padding, layer.kernel);
    if padding[0] > kernel[0] / 2 || padding[1] > kernel[1] / 2 {
        let text = Text::new()
            .text("the padding of ")
            .extent(wide(padding), layer.rank())
            .text(" is more than half of the kernel of ")
            .extent(wide(kernel), layer.rank())
            .route(layer.site.route)
            .text("\nhelp: a padding of at most ")
            .extent(wide([kernel[0] / 2, kernel[1] / 2]), layer.rank());
        panic!("{}", text.as_str());
    }
    layer
}

/// The convolution with so many groups and channels out. `help` is a declaration with the groups left out.
#[track_caller]
pub const fn groups<'a>(
    mut layer: Spatial<'a>,
    groups: usize,
    out: usize,
    help: (&str, &str),
) -> Spatial<'a> {
    let channels = layer.site.gives[0];
    if groups == 0 || out == 0 {
        let name = if groups == 0 { "groups" } else { "out" };
        let text = Text::new().text("`").text(name).text("` of zero: it is at least 1");
        let text = text.route(layer.site.route).text("\nhelp: give `").text(name);
        let text = text.text("` another value");
        panic!("{}", text.as_str());
    }
    if !channels.is_multiple_of(groups) {
        not_divided([channels, out], true, groups, &layer.site, help);
    }
    if !out.is_multiple_of(groups) {
        not_divided([out, channels], false, groups, &layer.site, help);
    }
    layer.groups = groups;
    layer.out = out;
    layer
}

/// Says that the first of the channels do not divide into groups; all should.
#[track_caller]
pub(super) const fn not_divided(
    [channels, others]: [usize; 2],
    is_input: bool,
    groups: usize,
    site: &Site<'_>,
    help: (&str, &str),
) -> ! {
    let text = Text::new().text("the ").number(channels);
    let text = text.text(if is_input { " channels in" } else { " channels out" });
    let text = text.text(" do not divide into ").number(groups).text(" groups");
    let text = if is_input {
        channels_last(text.text(": ").text(site.from).text(" gives ").shape(site.gives), site)
    } else {
        text
    };
    let mut fits = if groups < channels { groups } else { channels };
    while !channels.is_multiple_of(fits) || !others.is_multiple_of(fits) {
        fits -= 1;
    }
    let text = text.route(site.route).help_in_front(help).number(fits).text(help.1);
    panic!("{}", text.as_str());
}

/// Says that an image looks like `[height, width, channels]`, where it does.
const fn channels_last(text: Text, site: &Site<'_>) -> Text {
    match site.gives {
        [height, _, 1 | 3 | 4] if *height > 8 => text.text("; ").shape(site.gives).text(
            " looks like [height, width, channels], but an image is [channels, height, width]",
        ),
        _ => text,
    }
}

/// The convolution of each channel for itself, with so many channels out for each.
#[track_caller]
pub const fn depthwise(layer: Spatial<'_>, multiplier: usize) -> Spatial<'_> {
    let channels = layer.site.gives[0];
    let Some(out) = channels.checked_mul(multiplier) else {
        let text = Text::new()
            .text("more channels than a machine can address")
            .route(layer.site.route)
            .text("\nhelp: give `multiplier` less");
        panic!("{}", text.as_str());
    };
    if channels == 0 {
        // Reported where it stands.
        return layer;
    }
    groups(layer, channels, out, ("", ""))
}

const fn wide([height, width]: [usize; 2]) -> [u128; 2] {
    [height as u128, width as u128]
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

/// A route for tests.
#[cfg(test)]
pub(super) const ROUTE: Route<'static> =
    Route { parts: &[("[C, 9, 9]", &[8, 9, 9]), ("layer", &[])], help: ("", "") };

#[cfg(test)]
mod tests {
    use super::*;

    const HELP: (&str, &str) = ("< conv(", ") >");

    const fn on(gives: &'static [usize]) -> Spatial<'static> {
        spatial(Site { name: "conv", gives, from: "the input", route: &ROUTE })
    }

    #[test]
    fn shapes_are_those_of_torch() {
        let conv = groups(
            padding(stride(kernel(on(&[3, 28, 20]), &[3, 5], ""), &[2], ""), &[1], ""),
            1,
            8,
        );
        let conv = slide(conv, HELP, 4);
        assert_eq!(conv.output.sizes(), [8, 14, 9]);
        assert_eq!((conv.weight, conv.padding), ([8, 3], [1, 1]));
        let same = slide(same(kernel(on(&[4, 13]), &[4], "")), HELP, 4);
        assert_eq!((same.output.sizes(), same.padding), ([4, 13].as_slice(), [0, 1]));
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
        expected = "`conv` takes an image [channels, height, width] or a signal [channels, length], \
        but the input gives [784]\nroute: [C, 9, 9] (gives [8, 9, 9]) => layer\nhelp: 784"
    )]
    fn a_vector_is_no_image() {
        on(&[784]);
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
        expected = "`kernel` is [height, width], but the input gives a signal [channels, length]: [8, 2]"
    )]
    fn a_signal_has_one_axis() {
        kernel(on(&[8, 2]), &[1, 1], "");
    }

    #[test]
    #[should_panic(expected = "a stride of zero: `S`")]
    fn a_stride_is_positive() {
        stride(on(&[8, 2]), &[0], "S");
    }

    #[test]
    #[should_panic(expected = "`padding: same` needs a stride of 1, this one is 2")]
    fn the_same_size_needs_a_stride_of_one() {
        same(stride(on(&[8, 2]), &[2], ""));
    }

    #[test]
    #[should_panic(expected = "the padding of 2 x 2 is more than half of the kernel of 3 x 3")]
    fn a_pool_stands_over_values() {
        pool_padding(padding(kernel(on(&[8, 9, 9]), &[3], ""), &[2], ""));
    }

    #[test]
    #[should_panic(
        expected = "the 8 channels in do not divide into 3 groups: the input gives [8, 9, 9]\nroute: [C, 9, 9] (gives [8, 9, 9]) => layer\nhelp: < conv(1) >"
    )]
    fn groups_divide() {
        groups(on(&[8, 9, 9]), 3, 3, HELP);
    }

    #[test]
    #[should_panic(
        expected = "the output padding of 2 is not less than the stride of 2 or the dilation of 1"
    )]
    fn output_padding_is_less_than_a_step() {
        output_padding(stride(on(&[8, 2]), &[2], ""), &[2], "");
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
