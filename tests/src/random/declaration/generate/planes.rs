//! Layers that change the size of planes, with their arguments.

use super::super::call::{Between, Border, Kind, planes};
use super::calls::is_fine;
use super::{Body, Generator};

impl Generator<'_> {
    pub(super) fn window_pool(&mut self, sizes: &[usize], body: &mut Body) {
        let draw = self.draw(sizes);
        let is_max = self.rng.percent(60);
        let mut window = self.window(&draw);
        window.padding = [0, 1].map(|axis| window.padding[axis].min(window.kernel[axis] / 2));
        let is_by_kernel = self.rng.percent(50);
        if is_by_kernel {
            window.stride = window.kernel;
        }
        window.rounds_up = self.rng.percent(30);
        let counts_padding = self.rng.percent(60);
        let [_, height, width] = planes(sizes);
        // The largest of no values is nothing to compute with.
        let sees_values = window.sees_values(0, height) && window.sees_values(1, width);
        let is_max = is_max && sees_values;
        let kind = if is_max {
            Kind::MaxPool(window)
        } else {
            window.dilation = [1, 1];
            Kind::AvgPool(window, counts_padding)
        };
        if !is_fine(&kind.output(sizes)) {
            return self.normalization(body);
        }
        let mut given = vec![
            ("kernel", self.pair(&draw, window.kernel), false),
            ("stride", self.pair(&draw, window.stride), is_by_kernel),
            ("padding", self.pair(&draw, window.padding), window.padding == [0, 0]),
        ];
        if is_max {
            given.push(("dilation", self.pair(&draw, window.dilation), window.dilation == [1, 1]));
        } else {
            given.push(("count_include_pad", counts_padding.to_string(), counts_padding));
        }
        given.push(("ceil_mode", window.rounds_up.to_string(), !window.rounds_up));
        self.add(body, if is_max { "max_pool" } else { "avg_pool" }, kind, given, 1);
    }

    pub(super) fn other_pool(&mut self, sizes: &[usize], body: &mut Body) {
        match self.rng.below(4) {
            0 => self.add(body, "global_avg_pool", Kind::GlobalAvgPool, Vec::new(), 0),
            1 => self.add(body, "global_max_pool", Kind::GlobalMaxPool, Vec::new(), 0),
            _ => {
                let draw = self.draw(sizes);
                let size = self.two(&draw, 1, &[1, 2, 3, 4, 5]);
                let (word, kind) = match self.rng.percent(50) {
                    true => ("adaptive_avg_pool", Kind::AdaptiveAvgPool(size)),
                    false => ("adaptive_max_pool", Kind::AdaptiveMaxPool(size)),
                };
                if !is_fine(&kind.output(sizes)) {
                    return self.normalization(body);
                }
                let given = vec![("size", self.pair(&draw, size), false)];
                self.add(body, word, kind, given, 1);
            }
        }
    }

    pub(super) fn upsample(&mut self, sizes: &[usize], body: &mut Body) {
        let draw = self.draw(sizes);
        let factor = self.two(&draw, 1, &[1, 2, 2, 3]);
        let between =
            *self.rng.pick(&[Between::Nearest, Between::Nearest, Between::Edges, Between::Corners]);
        let (is_linear, is_aligned) = (between != Between::Nearest, between == Between::Corners);
        let kind = Kind::Upsample(factor, between);
        if !is_fine(&kind.output(sizes)) {
            return self.normalization(body);
        }
        let mode = match (is_linear, draw.is_signal) {
            (false, _) => "nearest",
            (true, true) => "linear",
            (true, false) => "bilinear",
        };
        let given = vec![
            ("factor", self.pair(&draw, factor), false),
            ("mode", mode.to_owned(), !is_linear),
            ("align_corners", is_aligned.to_string(), !is_aligned),
        ];
        self.add(body, "upsample", kind, given, 1);
    }

    pub(super) fn pad(&mut self, sizes: &[usize], body: &mut Body) {
        let draw = self.draw(sizes);
        let border = *self.rng.pick(&[Border::Zeros, Border::Reflect, Border::Replicate]);
        let [_, height, width] = planes(sizes);
        let most = |values: [usize; 2]| match border {
            Border::Reflect => [values[0].min(height - 1), values[1].min(width - 1)],
            _ => values,
        };
        let before = most(self.two(&draw, 0, &[0, 1, 1, 2]));
        let is_same = self.rng.percent(50);
        let after = if is_same { before } else { most(self.two(&draw, 0, &[0, 1, 3])) };
        let kind = Kind::Pad(before, after, border);
        if !is_fine(&kind.output(sizes)) {
            return self.normalization(body);
        }
        let mode = match border {
            Border::Zeros => "zeros",
            Border::Reflect => "reflect",
            Border::Replicate => "replicate",
        };
        let given = vec![
            ("padding", self.pair(&draw, before), false),
            ("after", self.pair(&draw, after), is_same),
            ("mode", mode.to_owned(), border == Border::Zeros),
        ];
        self.add(body, "pad", kind, given, 1);
    }
}
