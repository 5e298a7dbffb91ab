//! Layers of the language, with their arguments.

use super::super::call::{Argument, Call, Kind, Reads, Window};
use super::super::{Operation, Size, Stage};
use super::axes::taken;
use super::stages::fixed;
use super::{Body, Generator};

/// More values than that a sample does not have.
const MOST_VALUES: usize = 160;

/// An argument: its name, its value as written, and whether it may be left out.
pub(super) type Given = (&'static str, String, bool);

/// Numbers between which a layer's choice falls, for height and width.
pub(super) struct Draw {
    /// Whether the input is a signal, which is one high.
    pub(super) is_signal: bool,
    /// Whether all sizes are written as plain numbers.
    is_plain: bool,
}

impl Generator<'_> {
    /// Adds a layer of the language that takes the shape at hand.
    pub(super) fn call(&mut self, body: &mut Body) {
        match fixed(&body.shape) {
            None => self.normalization(body),
            Some(sizes) if sizes.len() == 1 => match self.rng.below(13) {
                0..4 => {
                    self.image(body);
                    self.call(body);
                }
                4 => self.slice(&sizes, 0, body),
                5..9 => {
                    let sizes = [self.rng.between(1, 6), self.rng.between(1, 7)];
                    self.image_of(sizes.to_vec(), body);
                    self.recurrence(&sizes, false, body);
                }
                _ => self.normalization(body),
            },
            Some(sizes) if sizes.len() == 2 && self.rng.percent(25) => {
                self.sequence(&sizes, false, body)
            }
            Some(sizes) if sizes.len() == 2 && self.rng.percent(45) => {
                self.recurrence(&sizes, false, body);
            }
            Some(sizes) => match self.rng.below(28) {
                0..5 => self.convolution(&sizes, false, body),
                5 | 6 | 27 => self.conv_transpose(&sizes, body),
                7..11 => self.window_pool(&sizes, body),
                11..14 => self.other_pool(&sizes, body),
                14 | 15 => self.upsample(&sizes, body),
                16..19 => self.arrangement(&sizes, body),
                19 | 21 => self.pad(&sizes, body),
                20 => {
                    let axis = self.rng.below(sizes.len());
                    self.slice(&sizes, axis, body);
                }
                _ => self.normalization(body),
            },
        }
    }

    pub(super) fn add(
        &mut self,
        body: &mut Body,
        word: &'static str,
        kind: Kind,
        given: Vec<Given>,
        required: usize,
    ) {
        if let Some(axes) = taken(&kind) {
            self.state_axes(axes, body);
        }
        let sizes = fixed(&body.shape);
        let arguments = self.arguments(given, required);
        let is_list = matches!(word, "reshape" | "permute") && !arguments[0].is_named;
        let is_bare = is_list && self.rng.percent(70);
        let output = sizes.map(|sizes| kind.output(&sizes));
        let activation = self.rng.percent(40).then(|| self.activation());
        let activation = match &output {
            Some(output) => activation.map(|activation| self.along(activation, output.len())),
            None => activation,
        };
        let call = Operation::Call(Box::new(Call {
            word,
            kind,
            arguments,
            is_bare,
            reads: Reads::default(),
        }));
        self.push(body, activation, Some(call));
        if let Some(output) = output {
            body.shape = output.into_iter().map(Size::literal).collect();
        }
    }

    /// The same with all arguments but the first by name.
    pub(super) fn add_named(
        &mut self,
        body: &mut Body,
        word: &'static str,
        kind: Kind,
        given: Vec<Given>,
    ) {
        self.add(body, word, kind, given, 1);
        if let Some(Stage::Layer { operation: Some(Operation::Call(call)), .. }) =
            body.stages.last_mut()
        {
            call.arguments.iter_mut().skip(1).for_each(|argument| argument.is_named = true);
        }
    }

    /// The arguments by place as far as that goes, then by name.
    fn arguments(&mut self, given: Vec<Given>, required: usize) -> Vec<Argument> {
        let by_place = match self.rng.below(10) {
            0 => 0,
            1 | 2 => self.rng.between(required, given.len()),
            _ => required,
        };
        // A second size by place would be read as one behind the size of what comes in, as torch has it. An axis is
        // always named.
        let first_named =
            given.iter().position(|(name, ..)| ["kv_heads", "std", "axis"].contains(name));
        let by_place = by_place.min(first_named.unwrap_or(by_place));
        let mut named = Vec::new();
        let mut arguments = Vec::new();
        for (index, (name, text, may_be_omitted)) in given.into_iter().enumerate() {
            let is_named = index >= by_place;
            let argument = Argument { name, is_named, text };
            if !is_named {
                arguments.push(argument);
            } else if !may_be_omitted || self.rng.percent(60) {
                let place = if self.rng.percent(25) { 0 } else { named.len() };
                named.insert(place, argument);
            }
        }
        arguments.extend(named);
        arguments
    }

    pub(super) fn draw(&mut self, sizes: &[usize]) -> Draw {
        Draw { is_signal: sizes.len() == 2, is_plain: self.rng.percent(55) }
    }

    pub(super) fn amount(&mut self, draw: &Draw, value: usize) -> String {
        if draw.is_plain { value.to_string() } else { self.written(value) }
    }

    /// A size for height and width, in brackets or, if it is the same, as one.
    pub(super) fn pair(&mut self, draw: &Draw, [height, width]: [usize; 2]) -> String {
        if draw.is_signal {
            let width = self.amount(draw, width);
            return if self.rng.percent(15) { format!("[{width}]") } else { width };
        }
        if height == width && self.rng.percent(80) {
            return self.amount(draw, width);
        }
        format!("[{}, {}]", self.amount(draw, height), self.amount(draw, width))
    }

    /// The same number for both axes, or two, of which the first is `low` over a signal.
    pub(super) fn two(&mut self, draw: &Draw, low: usize, values: &[usize]) -> [usize; 2] {
        let width = *self.rng.pick(values);
        let height = if self.rng.percent(60) { width } else { *self.rng.pick(values) };
        [if draw.is_signal { low } else { height }, width]
    }

    pub(super) fn window(&mut self, draw: &Draw) -> Window {
        Window {
            kernel: self.two(draw, 1, &[1, 2, 3, 3, 3, 4]),
            stride: self.two(draw, 1, &[1, 1, 1, 2, 2, 3]),
            padding: self.two(draw, 0, &[0, 0, 1, 1, 2]),
            dilation: self.two(draw, 1, &[1, 1, 1, 2]),
            rounds_up: false,
        }
    }

    pub(super) fn divisor(&mut self, of: usize) -> usize {
        let all: Vec<usize> = (1..=of).filter(|divisor| of.is_multiple_of(*divisor)).collect();
        *self.rng.pick(&all)
    }

    /// A convolution; over a signal at times one that looks back, or always.
    pub(super) fn convolution(&mut self, sizes: &[usize], looks_back: bool, body: &mut Body) {
        let draw = self.draw(sizes);
        let channels = sizes[0];
        let is_depthwise = self.rng.percent(28);
        let multiplier = *self.rng.pick(&[1, 1, 2]);
        let groups = match () {
            () if is_depthwise => channels,
            () if self.rng.percent(30) => self.divisor(channels),
            () => 1,
        };
        let out = match is_depthwise {
            true => channels * multiplier,
            false => groups * self.rng.between(1, (4 / groups).max(1)),
        };
        let bias = self.rng.percent(75);
        let mut window = self.window(&draw);
        let is_same = looks_back || self.rng.percent(25);
        let is_causal = looks_back || is_same && draw.is_signal && self.rng.percent(50);
        if is_same {
            window.stride = [1, 1];
            let whole = [0, 1].map(|axis| window.span(axis) - 1);
            window.padding = if is_causal { whole } else { whole.map(|values| values / 2) };
        }
        let kind = Kind::Conv { out, window, is_same, groups, bias };
        if !is_fine(&kind.output(sizes)) {
            return self.normalization(body);
        }
        let padding = match is_same {
            true => if is_causal { "causal" } else { "same" }.to_owned(),
            false => self.pair(&draw, window.padding),
        };
        let mut given = Vec::new();
        if !is_depthwise {
            given.push(("out", self.amount(&draw, out), false));
        }
        given.extend([
            ("kernel", self.pair(&draw, window.kernel), false),
            ("stride", self.pair(&draw, window.stride), window.stride == [1, 1]),
            ("padding", padding, !is_same && window.padding == [0, 0]),
            ("dilation", self.pair(&draw, window.dilation), window.dilation == [1, 1]),
        ]);
        if is_depthwise {
            given.push(("multiplier", self.amount(&draw, multiplier), multiplier == 1));
        } else {
            given.push(("groups", self.amount(&draw, groups), groups == 1));
        }
        given.push(("bias", bias.to_string(), bias));
        let word = if is_depthwise { "depthwise" } else { "conv" };
        self.add(body, word, kind, given, if is_depthwise { 1 } else { 2 });
    }

    fn conv_transpose(&mut self, sizes: &[usize], body: &mut Body) {
        let draw = self.draw(sizes);
        let groups = if self.rng.percent(30) { self.divisor(sizes[0]) } else { 1 };
        let out = groups * self.rng.between(1, (4 / groups).max(1));
        let bias = self.rng.percent(75);
        let window = self.window(&draw);
        let most = |axis: usize| window.stride[axis].max(window.dilation[axis]) - 1;
        let mut output_padding = [0, 1].map(|axis| self.rng.below(most(axis) + 1));
        if draw.is_signal {
            output_padding[0] = 0;
        }
        let kind = Kind::ConvTranspose { out, window, output_padding, groups, bias };
        if !is_fine(&kind.output(sizes)) {
            return self.normalization(body);
        }
        let given = vec![
            ("out", self.amount(&draw, out), false),
            ("kernel", self.pair(&draw, window.kernel), false),
            ("stride", self.pair(&draw, window.stride), window.stride == [1, 1]),
            ("padding", self.pair(&draw, window.padding), window.padding == [0, 0]),
            ("output_padding", self.pair(&draw, output_padding), output_padding == [0, 0]),
            ("dilation", self.pair(&draw, window.dilation), window.dilation == [1, 1]),
            ("groups", self.amount(&draw, groups), groups == 1),
            ("bias", bias.to_string(), bias),
        ];
        self.add(body, "conv_transpose", kind, given, 2);
    }

    /// Places of one axis.
    pub(super) fn slice(&mut self, sizes: &[usize], axis: usize, body: &mut Body) {
        let draw = self.draw(sizes);
        let start = self.rng.below(sizes[axis]);
        let end = self.rng.between(start + 1, sizes[axis]);
        let given = vec![
            ("start", self.amount(&draw, start), false),
            ("end", self.amount(&draw, end), false),
            ("axis", axis.to_string(), axis == 0),
        ];
        self.add(body, "slice", Kind::Slice { start, end, axis }, given, 2);
    }

    fn arrangement(&mut self, sizes: &[usize], body: &mut Body) {
        match self.rng.below(5) {
            0 => self.flatten(body),
            1 | 2 => {
                let values: usize = sizes.iter().product();
                let first = self.divisor(values);
                let second = self.divisor(values / first);
                let shape = match self.rng.below(5) {
                    0 => vec![values],
                    1 | 2 => vec![first, values / first],
                    _ => vec![first, second, values / first / second],
                };
                self.reshape(shape, body);
            }
            3 if sizes.len() == 2 => {
                self.add(body, "transpose", Kind::Permute(vec![1, 0]), Vec::new(), 0);
            }
            _ => {
                let mut axes: Vec<usize> = (0..sizes.len()).collect();
                for axis in 0..axes.len() {
                    let other = self.rng.below(axes.len());
                    axes.swap(axis, other);
                }
                let given = vec![("axes", format!("{axes:?}"), false)];
                self.add(body, "permute", Kind::Permute(axes), given, 1);
            }
        }
    }

    /// `flatten`.
    pub(super) fn flatten_call(&mut self, body: &mut Body) {
        let kind = match fixed(&body.shape) {
            Some(sizes) if sizes.len() > 1 => Kind::Flatten(sizes.len(), sizes.iter().product()),
            _ => Kind::Same,
        };
        self.add(body, "flatten", kind, Vec::new(), 0);
    }

    fn reshape(&mut self, shape: Vec<usize>, body: &mut Body) {
        let draw = self.draw(&shape);
        let text: Vec<String> = shape.iter().map(|size| self.amount(&draw, *size)).collect();
        let given = vec![("shape", format!("[{}]", text.join(", ")), false)];
        self.add(body, "reshape", Kind::Reshape(shape), given, 1);
    }

    /// A vector as a signal or an image.
    fn image(&mut self, body: &mut Body) {
        let shape = self.image_shape();
        self.image_of(shape, body);
    }

    /// Some values as a signal or an image.
    pub(super) fn image_of(&mut self, shape: Vec<usize>, body: &mut Body) {
        let values: usize = shape.iter().product();
        let held = fixed(&body.shape).map(|sizes| sizes.iter().product());
        if held != Some(values) {
            let width = self.fixed(values);
            self.dense_to(width, body);
        }
        self.reshape(shape, body);
    }

    pub(super) fn image_shape(&mut self) -> Vec<usize> {
        let channels = *self.rng.pick(&[1, 2, 2, 3, 4]);
        if self.rng.percent(35) {
            return vec![channels, self.rng.between(1, 12)];
        }
        let side = self.rng.between(2, 6);
        let other = if self.rng.percent(50) { side } else { self.rng.between(1, 8) };
        vec![channels, side, other]
    }

    /// Adds what leads to another signal or image.
    pub(super) fn reach_image(&mut self, output: &[usize], body: &mut Body) {
        let input = fixed(&body.shape).unwrap_or_default();
        let is_plane = input.len() == output.len() && input.len() > 1;
        let halves = |stride: usize| {
            input[1..].iter().zip(&output[1..]).all(|(from, to)| from.div_ceil(stride) == *to)
        };
        if let ([length, _], [same, width]) = (input.as_slice(), output)
            && length == same
            && self.rng.percent(60)
        {
            return self.dense_at_each_step(*width, body);
        }
        let stride = (1..=2).find(|stride| is_plane && halves(*stride));
        let Some(stride) = stride else { return self.image_of(output.to_vec(), body) };
        let kernel = *self.rng.pick(&[1, 3]);
        self.convolve(&input, output[0], kernel, stride, body);
    }

    /// Adds a convolution of each value of a signal alone.
    pub(super) fn pointwise(&mut self, out: usize, body: &mut Body) {
        let sizes = fixed(&body.shape).expect("a signal");
        self.convolve(&sizes, out, 1, 1, body);
    }

    fn convolve(
        &mut self,
        sizes: &[usize],
        out: usize,
        kernel: usize,
        stride: usize,
        body: &mut Body,
    ) {
        let draw = self.draw(sizes);
        let of = |value: usize, low: usize| [if draw.is_signal { low } else { value }, value];
        let window = Window {
            kernel: of(kernel, 1),
            stride: of(stride, 1),
            padding: of(kernel / 2, 0),
            dilation: [1, 1],
            rounds_up: false,
        };
        let bias = self.rng.percent(75);
        let kind = Kind::Conv { out, window, is_same: false, groups: 1, bias };
        let given = vec![
            ("out", self.amount(&draw, out), false),
            ("kernel", self.pair(&draw, window.kernel), false),
            ("stride", self.pair(&draw, window.stride), stride == 1),
            ("padding", self.pair(&draw, window.padding), kernel == 1),
            ("dilation", self.pair(&draw, window.dilation), true),
            ("groups", self.amount(&draw, 1), true),
            ("bias", bias.to_string(), bias),
        ];
        self.add(body, "conv", kind, given, 2);
    }
}

/// Whether a sample of this shape has some values and not too many.
pub(super) fn is_fine(shape: &[usize]) -> bool {
    (1..=MOST_VALUES).contains(&shape.iter().product())
}
