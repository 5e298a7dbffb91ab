//! Layers over images `[channels, height, width]` and signals `[channels, length]`.
//!
//! One call after the other, each at the argument that it checks, from [`spatial`] to what gives the output.

#[cfg(test)]
use super::Route;
use super::Site;
use super::text::Text;

/// A layer over an image or a signal with what is known of its arguments, each as `[height, width]`; a signal
/// is one high.
#[derive(Clone, Copy, Debug)]
pub struct Spatial<'a> {
    pub(super) site: Site<'a>,
    pub(super) kernel: [usize; 2],
    pub(super) stride: [usize; 2],
    pub(super) padding: [usize; 2],
    pub(super) dilation: [usize; 2],
    pub(super) output_padding: [usize; 2],
    pub(super) is_same: bool,
    pub(super) is_causal: bool,
    pub(super) groups: usize,
    pub(super) out: usize,
}

impl Spatial<'_> {
    pub(super) const fn rank(&self) -> usize {
        self.site.gives.len()
    }

    pub(super) const fn sizes(&self) -> [usize; 2] {
        match self.site.gives {
            [_, height, width] => [*height, *width],
            [_, length] => [1, *length],
            _ => [1, 1],
        }
    }

    pub(super) const fn span(&self, axis: usize) -> u128 {
        self.dilation[axis] as u128 * (self.kernel[axis] as u128 - 1) + 1
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
        is_causal: false,
        groups: 1,
        out: site.gives[0],
    }
}

/// An argument for height and width: one size for both, or one for each. Over a signal, the height has `one`.
#[track_caller]
pub(super) const fn along(
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

/// The layer with all padding in front, which a signal has. `help` is a declaration with the padding left out.
#[track_caller]
pub const fn causal<'a>(mut layer: Spatial<'a>, help: (&str, &str)) -> Spatial<'a> {
    if layer.rank() != 2 {
        let text = Text::new()
            .text("`padding: causal` is for a signal [channels, length], where time has an order, but ")
            .text(layer.site.from)
            .text(" gives ")
            .shape(layer.site.gives)
            .route(layer.site.route)
            .help_in_front(help)
            .text("same")
            .text(help.1);
        panic!("{}", text.as_str());
    }
    layer.is_causal = true;
    layer
}

/// A layer with all padding in front needs a stride of 1.
#[track_caller]
pub const fn causal_stride(layer: Spatial<'_>) -> Spatial<'_> {
    if layer.stride[0] != 1 || layer.stride[1] != 1 {
        let text = Text::new()
            .text("`padding: causal` needs a stride of 1, this one is ")
            .extent(wide(layer.stride), layer.rank())
            .route(layer.site.route)
            .text("\nhelp: leave `stride` out or give `padding` a size");
        panic!("{}", text.as_str());
    }
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
pub(super) const fn channels_last(text: Text, site: &Site<'_>) -> Text {
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

pub(super) const fn wide([height, width]: [usize; 2]) -> [u128; 2] {
    [height as u128, width as u128]
}

/// A route for tests.
#[cfg(test)]
pub(super) const ROUTE: Route<'static> =
    Route { parts: &[("[C, 9, 9]", &[8, 9, 9]), ("layer", &[])], help: ("", "") };

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(in super::super) const HELP: (&str, &str) = ("< conv(", ") >");

    pub(in super::super) const fn on(gives: &'static [usize]) -> Spatial<'static> {
        spatial(Site { name: "conv", gives, from: "the input", route: &ROUTE })
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
    #[should_panic(
        expected = "`padding: causal` is for a signal [channels, length], where time has an order, but the input \
        gives [8, 9, 9]\nroute: [C, 9, 9] (gives [8, 9, 9]) => layer\nhelp: < conv(same) >"
    )]
    fn an_image_has_no_past() {
        causal(on(&[8, 9, 9]), HELP);
    }

    #[test]
    #[should_panic(expected = "`padding: causal` needs a stride of 1, this one is 2")]
    fn the_past_needs_a_stride_of_one() {
        causal_stride(causal(stride(on(&[8, 9]), &[2], ""), HELP));
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
}
