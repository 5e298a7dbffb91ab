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
    /// How many values it takes.
    pub kernel: [usize; 2],
    /// How far it moves.
    pub stride: [usize; 2],
    /// How many rows of zeros stand above and columns on the left.
    pub padding: [usize; 2],
    /// How far apart its values lie.
    pub dilation: [usize; 2],
    /// What the padding goes by.
    pub fill: Fill,
}

impl Window {
    /// Of one value.
    pub const ONE: Window = Window {
        kernel: [1; 2],
        stride: [1; 2],
        padding: [0; 2],
        dilation: [1; 2],
        fill: Fill::Padding,
    };

    /// How many values it reaches over.
    pub(crate) const fn span(&self) -> [u128; 2] {
        let mut span = [0; 2];
        let mut axis = 0;
        while axis < 2 {
            span[axis] = self.dilation[axis] as u128 * (self.kernel[axis] as u128 - 1) + 1;
            axis += 1;
        }
        span
    }

    /// How many values there are with padding.
    pub(crate) const fn padded(&self, sizes: [usize; 2]) -> [u128; 2] {
        let span = self.span();
        let mut padded = [0; 2];
        let mut axis = 0;
        while axis < 2 {
            let padding = match self.fill {
                Fill::Padding => 2 * self.padding[axis] as u128,
                Fill::Same | Fill::Causal => span[axis] - 1,
            };
            padded[axis] = sizes[axis] as u128 + padding;
            axis += 1;
        }
        padded
    }

    /// The same with as much padding as it comes to.
    pub(crate) const fn filled(mut self) -> Window {
        let span = self.span();
        let mut axis = 0;
        while axis < 2 {
            let before = match self.fill {
                Fill::Padding => self.padding[axis] as u128,
                Fill::Same => (span[axis] - 1) / 2,
                Fill::Causal => span[axis] - 1,
            };
            self.padding[axis] =
                if before > usize::MAX as u128 { usize::MAX } else { before as usize };
            axis += 1;
        }
        self
    }

    /// At how many places it stands. `None` if it does not fit.
    pub(crate) const fn slid(&self, sizes: [usize; 2]) -> Option<[u128; 2]> {
        let (span, padded) = (self.span(), self.padded(sizes));
        let mut places = [0; 2];
        let mut axis = 0;
        while axis < 2 {
            let Some(room) = padded[axis].checked_sub(span[axis]) else { return None };
            places[axis] = room / self.stride[axis] as u128 + 1;
            axis += 1;
        }
        Some(places)
    }

    /// How many values it is spread over in a transposed convolution. `None` if the padding takes them all.
    pub(crate) const fn spread(&self, sizes: [usize; 2], added: [usize; 2]) -> Option<[u128; 2]> {
        let span = self.span();
        let mut values = [0; 2];
        let mut axis = 0;
        while axis < 2 {
            let whole = ((sizes[axis] as u128 - 1) * self.stride[axis] as u128)
                .saturating_add(span[axis])
                .saturating_add(added[axis] as u128);
            match whole.checked_sub(2 * self.padding[axis] as u128) {
                None | Some(0) => return None,
                Some(left) => values[axis] = left,
            }
            axis += 1;
        }
        Some(values)
    }
}
