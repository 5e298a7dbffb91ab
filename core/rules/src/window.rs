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
    /// Whether the last one may reach over the edge: torch's `ceil_mode`.
    pub rounds_up: bool,
}

impl Window {
    /// Of one value.
    pub const ONE: Window = Window {
        kernel: [1; 2],
        stride: [1; 2],
        padding: [0; 2],
        dilation: [1; 2],
        fill: Fill::Padding,
        rounds_up: false,
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
            let stride = self.stride[axis] as u128;
            let over = if self.rounds_up { stride - 1 } else { 0 };
            let Some(room) = (padded[axis] + over).checked_sub(span[axis]) else { return None };
            let last = room / stride;
            // The last one starts inside the image or in front of it.
            let is_behind = last * stride >= sizes[axis] as u128 + self.padding[axis] as u128;
            places[axis] = if self.rounds_up && is_behind { last } else { last + 1 };
            axis += 1;
        }
        Some(places)
    }

    /// Whether it holds a value at each of its places, and not padding alone, where the padding is at most half of
    /// the kernel. Then the only one that may hold none is the first, whose values lie so far apart that it steps over
    /// all of them: others start inside the image, or lack less than `dilation` of it.
    pub(crate) const fn sees_values(&self, sizes: [usize; 2]) -> bool {
        let mut axis = 0;
        while axis < 2 {
            let (padding, dilation) = (self.padding[axis] as u128, self.dilation[axis] as u128);
            if padding.div_ceil(dilation) * dilation - padding >= sizes[axis] as u128 {
                return false;
            }
            axis += 1;
        }
        true
    }

    /// How many values it is spread over in a transposed convolution, padding included.
    pub(crate) const fn spread(&self, sizes: [usize; 2], added: [usize; 2]) -> [u128; 2] {
        let span = self.span();
        let mut values = [0; 2];
        let mut axis = 0;
        while axis < 2 {
            values[axis] = ((sizes[axis] as u128 - 1) * self.stride[axis] as u128)
                .saturating_add(span[axis])
                .saturating_add(added[axis] as u128);
            axis += 1;
        }
        values
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Along a line of `size` values, as PyTorch has it: where each window starts, with padding in front.
    fn starts(window: &Window, size: usize) -> Option<usize> {
        let [kernel, stride, padding, dilation] =
            [window.kernel[1], window.stride[1], window.padding[1], window.dilation[1]]
                .map(|n| n as i64);
        let over = if window.rounds_up { stride - 1 } else { 0 };
        let room = size as i64 + 2 * padding - dilation * (kernel - 1) - 1 + over;
        let mut places = room.div_euclid(stride) + 1;
        if window.rounds_up && (places - 1) * stride >= size as i64 + padding {
            places -= 1;
        }
        usize::try_from(places).ok().filter(|&places| places > 0)
    }

    fn sees(window: &Window, size: usize, place: usize) -> bool {
        let start = place * window.stride[1];
        let (from, to) = (window.padding[1], window.padding[1] + size);
        (0..window.kernel[1]).any(|tap| (from..to).contains(&(start + tap * window.dilation[1])))
    }

    /// All small windows.
    #[test]
    fn places_are_those_of_torch_and_windows_of_padding_are_found() {
        let mut blind = [0, 0];
        for size in 1..7 {
            for kernel in 1..6 {
                for stride in 1..8 {
                    for padding in 0..=kernel / 2 {
                        for dilation in 1..8 {
                            for rounds_up in [false, true] {
                                let window = Window {
                                    kernel: [1, kernel],
                                    stride: [1, stride],
                                    padding: [0, padding],
                                    dilation: [1, dilation],
                                    fill: Fill::Padding,
                                    rounds_up,
                                };
                                let wanted = starts(&window, size);
                                let found =
                                    window.slid([1, size]).map(|[_, places]| places as usize);
                                assert_eq!(found, wanted, "{window:?} over {size}");
                                let Some(places) = wanted else { continue };
                                let all = (0..places).all(|place| sees(&window, size, place));
                                assert_eq!(
                                    window.sees_values([1, size]),
                                    all,
                                    "{window:?} over {size}"
                                );
                                blind[usize::from(rounds_up)] += usize::from(!all);
                            }
                        }
                    }
                }
            }
        }
        assert!(blind.iter().all(|&count| count > 0), "{blind:?}");
    }
}
