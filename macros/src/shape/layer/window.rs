//! The arithmetic of windows, as torch.nn has it. Axes are height and width; a signal is one high.

/// Where the zeros around an image stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fill {
    /// As many as `padding` says at each end.
    Padding,
    /// So that there are as many places as values: torch's `padding="same"`.
    Same,
    /// The same, all of them in front of a signal.
    Causal,
}

/// How a window stands over an image.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Window {
    pub kernel: [usize; 2],
    pub stride: [usize; 2],
    pub padding: [usize; 2],
    pub dilation: [usize; 2],
    pub fill: Fill,
}

impl Window {
    /// How many values it reaches over.
    pub fn span(&self) -> [u128; 2] {
        [0, 1].map(|axis| self.dilation[axis] as u128 * (self.kernel[axis] as u128 - 1) + 1)
    }

    /// How many values there are with padding.
    pub fn padded(&self, sizes: [usize; 2]) -> [u128; 2] {
        let span = self.span();
        [0, 1].map(|axis| {
            let padding = match self.fill {
                Fill::Padding => 2 * self.padding[axis] as u128,
                Fill::Same | Fill::Causal => span[axis] - 1,
            };
            sizes[axis] as u128 + padding
        })
    }

    /// How many rows stand above and columns on the left.
    pub fn before(&self) -> [usize; 2] {
        let narrow = |values: u128| values.min(usize::MAX as u128) as usize;
        match self.fill {
            Fill::Padding => self.padding,
            Fill::Same => self.span().map(|span| narrow((span - 1) / 2)),
            Fill::Causal => self.span().map(|span| narrow(span - 1)),
        }
    }

    /// At how many places it stands. `None` if it does not fit.
    pub fn slid(&self, sizes: [usize; 2]) -> Option<[u128; 2]> {
        let (span, padded) = (self.span(), self.padded(sizes));
        let places = |axis: usize| {
            Some(padded[axis].checked_sub(span[axis])? / self.stride[axis] as u128 + 1)
        };
        Some([places(0)?, places(1)?])
    }

    /// How many values it is spread over in a transposed convolution. `None` if the padding takes them all.
    pub fn spread(&self, sizes: [usize; 2], output_padding: [usize; 2]) -> Option<[u128; 2]> {
        let span = self.span();
        let values = |axis: usize| {
            let whole = (sizes[axis] as u128 - 1) * self.stride[axis] as u128
                + span[axis]
                + output_padding[axis] as u128;
            whole.checked_sub(2 * self.padding[axis] as u128).filter(|values| *values > 0)
        };
        Some([values(0)?, values(1)?])
    }
}

/// `3 x 3`, or `3` over a signal.
pub fn text<T: std::fmt::Display>([height, width]: [T; 2], rank: usize) -> String {
    if rank == 2 { width.to_string() } else { format!("{height} x {width}") }
}
