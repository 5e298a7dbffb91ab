//! What every layer over images `[channels, height, width]` and signals `[channels, length]` goes by.

use crate::dims::{CHANNELS_FIRST, Dims};
use crate::fault::{Change, Fault, Mend};
use crate::sentence::{Piece, Sentence};
use crate::site::{BUT_FROM_GIVES, FROM_GIVES, Site};
use crate::window::{Fill, Window};

/// An image or a signal, which is one high.
#[derive(Clone, Copy)]
pub(super) struct Image {
    pub(super) channels: usize,
    /// Height and width.
    pub(super) sizes: [usize; 2],
    /// How many sizes its shape has.
    pub(super) rank: usize,
}

impl Image {
    /// What comes into a layer.
    pub(super) const fn of(site: &Site<'_>) -> Result<Image, Fault> {
        match *site.gives {
            [channels, length] => Ok(Image { channels, sizes: [1, length], rank: 2 }),
            [channels, height, width] => Ok(Image { channels, sizes: [height, width], rank: 3 }),
            _ => {
                let what = Sentence::new(&[
                    Piece::Word,
                    Piece::Text(
                        " takes an image [channels, height, width] or a signal [channels, length]",
                    ),
                ]);
                let size = site.input().size(0);
                let side = size.isqrt();
                let shape = match side * side == size && side > 1 {
                    true => Dims::new(&[1, side, side]),
                    false => Dims::new(&[1, size]),
                };
                let reshape = [Piece::Text("reshape"), Piece::Shape(shape)];
                let mend = Mend::Precede(Sentence::new(&reshape));
                Err(site.misplaced(what.and(&BUT_FROM_GIVES), mend))
            }
        }
    }

    /// So many channels of this size.
    pub(super) const fn with(&self, channels: u128, [height, width]: [u128; 2]) -> [u128; 3] {
        if self.rank == 2 { [channels, width, 1] } else { [channels, height, width] }
    }

    /// An argument for height and width; along a signal, the height has `one`. What is not given has its default,
    /// or `derived`.
    pub(super) const fn along(
        &self,
        site: &Site<'_>,
        name: &'static str,
        one: usize,
        derived: [usize; 2],
    ) -> Result<[usize; 2], Fault> {
        match (site.call.sizes(name), self.rank) {
            (None, _) => Ok(derived),
            (Some([length]), 2) => Ok([one, *length]),
            (Some([both]), _) => Ok([*both, *both]),
            (Some([height, width]), 3) => Ok([*height, *width]),
            (Some(more), _) => {
                let what = Sentence::new(&[
                    Piece::Text("`"),
                    Piece::Text(name),
                    Piece::Text("` is [height, width], but "),
                    Piece::From,
                    Piece::Text(" gives a signal [channels, length]: "),
                    Piece::Gives,
                ]);
                let mend = match more {
                    [.., length] => Mend::argument(name, Piece::Number(*length as u128)),
                    [] => Mend::without(name),
                };
                Err(site.fault(name, what, mend))
            }
        }
    }

    /// The window of a layer. A pool moves as far as it reaches, and its padding is at most half of that.
    pub(super) const fn window(&self, site: &Site<'_>, is_pool: bool) -> Result<Window, Fault> {
        let kernel = match self.along(site, "kernel", 1, [1; 2]) {
            Ok(kernel) => kernel,
            Err(fault) => return Err(fault),
        };
        let stride = match self.along(site, "stride", 1, if is_pool { kernel } else { [1; 2] }) {
            Ok(stride) => stride,
            Err(fault) => return Err(fault),
        };
        let padding = match self.along(site, "padding", 0, [0; 2]) {
            Ok(padding) => padding,
            Err(fault) => return Err(fault),
        };
        let dilation = match self.along(site, "dilation", 1, [1; 2]) {
            Ok(dilation) => dilation,
            Err(fault) => return Err(fault),
        };
        let fill = if site.call.is_word("padding", "same") {
            Fill::Same
        } else if site.call.is_word("padding", "causal") {
            Fill::Causal
        } else {
            Fill::Padding
        };
        let rounds_up = site.call.is_set("ceil_mode");
        let window = Window { kernel, stride, padding, dilation, fill, rounds_up };
        match self.misfilled(site, &window, is_pool) {
            Some(fault) => Err(fault),
            None => Ok(window),
        }
    }

    const fn misfilled(&self, site: &Site<'_>, window: &Window, is_pool: bool) -> Option<Fault> {
        let is_strided = window.stride[0] != 1 || window.stride[1] != 1;
        let (kernel, padding) = (window.kernel, window.padding);
        match window.fill {
            Fill::Causal if self.rank == 3 => {
                let what = Sentence::new(&[Piece::Text(
                    "`padding: causal` is for a signal [channels, length], where time has an order",
                )]);
                let same = Change::to("padding", Piece::Text("same"));
                let mend = Mend::Arguments([same, Change::left_out("stride"), None, None]);
                Some(site.fault("padding", what.and(&BUT_FROM_GIVES), mend))
            }
            Fill::Causal if is_strided => Some(self.strided(site, window, "causal")),
            Fill::Same if is_strided => Some(self.strided(site, window, "same")),
            Fill::Padding
                if is_pool && (padding[0] > kernel[0] / 2 || padding[1] > kernel[1] / 2) =>
            {
                let what = Sentence::new(&[
                    Piece::Text("the padding of "),
                    Piece::Extent(wide(padding), self.rank),
                    Piece::Text(" is more than half of the kernel of "),
                    Piece::Extent(wide(kernel), self.rank),
                ]);
                let most = [smaller(padding[0], kernel[0] / 2), smaller(padding[1], kernel[1] / 2)];
                Some(site.fault("padding", what, Mend::argument("padding", self.amount(most))))
            }
            Fill::Causal | Fill::Same | Fill::Padding => None,
        }
    }

    const fn strided(&self, site: &Site<'_>, window: &Window, fill: &'static str) -> Fault {
        let what = Sentence::new(&[
            Piece::Text("`padding: "),
            Piece::Text(fill),
            Piece::Text("` needs a stride of 1, this one is "),
            Piece::Extent(wide(window.stride), self.rank),
        ]);
        let padding = window.filled().padding;
        let mend = match window.fill {
            Fill::Same | Fill::Padding => Mend::argument("padding", self.amount(padding)),
            // All of it stands in front.
            Fill::Causal => {
                let pad = [Piece::Text("pad("), self.amount(padding), Piece::Text(", after: 0)")];
                Mend::PrecedeWithout(Sentence::new(&pad), "padding")
            }
        };
        site.fault("stride", what, mend)
    }

    /// At how many places the window stands.
    pub(super) const fn slid(&self, site: &Site<'_>, window: &Window) -> Result<[u128; 2], Fault> {
        if let Some(places) = window.slid(self.sizes) {
            return Ok(places);
        }
        let (span, padded) = (window.span(), window.padded(self.sizes));
        let is_last = looks_like_channels_last(site);
        let is_torch = !is_last && states_channels(site, self.channels);
        let is_dilated = window.dilation[0] > 1 || window.dilation[1] > 1;
        let cause = match is_torch {
            true => Sentence::text(
                "the channels that come in follow from the shape and are not written; with them, ",
            ),
            false => channels_last(site),
        };
        let what = cause.and(&[
            Piece::Text("the kernel of "),
            Piece::Word,
            Piece::Text(" spans "),
            Piece::Extent(span, self.rank),
            Piece::Text(" values"),
        ]);
        let what = match is_dilated && !is_torch {
            true => what.and(&[
                Piece::Text(", "),
                Piece::Extent(wide(window.kernel), self.rank),
                Piece::Text(" at a dilation of "),
                self.amount(window.dilation),
            ]),
            false => what,
        };
        let what = what.and(&[
            Piece::Text(", but has "),
            Piece::Extent(padded, self.rank),
            Piece::Text(" to slide over, padding included"),
        ]);
        if is_last {
            return Err(site.fault("kernel", what, Mend::Precede(Sentence::text(CHANNELS_FIRST))));
        }
        let what = what.and(&FROM_GIVES);
        if is_torch {
            return Err(site.fault("out", what, Mend::WithoutFirst));
        }
        let dilation = [
            nearest_dilation(window.kernel[0], window.dilation[0], padded[0]),
            nearest_dilation(window.kernel[1], window.dilation[1], padded[1]),
        ];
        let dilation = self.alike(site, "dilation", dilation);
        if dilation[0] > 0 && dilation[1] > 0 {
            let mend = match dilation {
                [1, 1] => Mend::without("dilation"),
                fits => Mend::argument("dilation", self.amount(fits)),
            };
            return Err(site.fault("dilation", what, mend));
        }
        let fits = [
            smaller(window.kernel[0], narrow(padded[0])),
            smaller(window.kernel[1], narrow(padded[1])),
        ];
        let kernel = Change::to("kernel", self.amount(self.alike(site, "kernel", fits)));
        let mend = Mend::Arguments([kernel, Change::left_out("dilation"), None, None]);
        Err(site.fault("kernel", what, mend))
    }

    /// What a transposed convolution is spread over where the padding leaves some of it.
    pub(super) const fn spread(
        &self,
        site: &Site<'_>,
        window: &Window,
        added: [usize; 2],
    ) -> Result<[u128; 2], Fault> {
        let whole = window.spread(self.sizes, added);
        let padding = window.padding;
        let mut left = whole;
        let mut fits = padding;
        let mut axis = 0;
        while axis < 2 {
            fits[axis] = smaller(padding[axis], narrow((whole[axis] - 1) / 2));
            left[axis] = whole[axis].saturating_sub(2 * padding[axis] as u128);
            axis += 1;
        }
        if left[0] > 0 && left[1] > 0 {
            return Ok(left);
        }
        let what = Sentence::new(&[
            Piece::Text("the padding of "),
            Piece::Extent(wide(padding), self.rank),
            Piece::Text(" leaves nothing of the output of "),
            Piece::Word,
        ]);
        let mend = match self.alike(site, "padding", fits) {
            [0, 0] => Mend::without("padding"),
            fits => Mend::argument("padding", self.amount(fits)),
        };
        Err(site.fault("padding", what.and(&FROM_GIVES), mend))
    }

    /// One value for both axes where an argument gives one: the smaller.
    const fn alike(&self, site: &Site<'_>, name: &str, [height, width]: [usize; 2]) -> [usize; 2] {
        match site.call.sizes(name) {
            Some([_]) if self.rank == 3 => [smaller(height, width); 2],
            _ => [height, width],
        }
    }

    /// Says where a window of `max_pool` holds padding only, which has no largest value.
    pub(super) const fn unseeing(&self, site: &Site<'_>, window: &Window) -> Option<Fault> {
        if window.sees_values(self.sizes) {
            return None;
        }
        let what = Sentence::new(&[
            Piece::Text("with a padding of "),
            Piece::Extent(wide(window.padding), self.rank),
            Piece::Text(" and a dilation of "),
            Piece::Extent(wide(window.dilation), self.rank),
            Piece::Text(" a window of "),
            Piece::Word,
            Piece::Text(" misses all values"),
        ]);
        Some(site.fault("dilation", what.and(&FROM_GIVES), Mend::without("dilation")))
    }

    /// Says where more values are to be reflected than stand behind the one at the edge.
    pub(super) const fn unreflected(
        &self,
        site: &Site<'_>,
        name: &'static str,
        amount: [usize; 2],
    ) -> Option<Fault> {
        let most = [self.sizes[0] - 1, self.sizes[1] - 1];
        if amount[0] <= most[0] && amount[1] <= most[1] {
            return None;
        }
        let what = Sentence::new(&[
            Piece::Text("a mirror at the edge of "),
            Piece::Extent(wide(self.sizes), self.rank),
            Piece::Text(" values shows at most "),
            Piece::Extent(wide(most), self.rank),
            Piece::Text(", not "),
            Piece::Extent(wide(amount), self.rank),
        ]);
        let fits = [smaller(amount[0], most[0]), smaller(amount[1], most[1])];
        let mend = Mend::argument(name, self.amount(fits));
        Some(site.fault(name, what.and(&FROM_GIVES), mend))
    }

    /// As an argument is written.
    const fn amount(&self, sizes: [usize; 2]) -> Piece {
        Piece::Amount(wide(sizes), self.rank)
    }
}

/// Whether the channels that come in stand in front of the arguments, as in `Conv2d(1, 32, 3)`.
const fn states_channels(site: &Site<'_>, channels: usize) -> bool {
    let ([first, second, third, ..], Some(_)) = (site.call.given, site.call.layer.argument("out"))
    else {
        return false;
    };
    let are_placed = !first.is_named && !second.is_named && !third.is_named;
    are_placed && matches!(site.call.sizes("out"), Some([out]) if *out == channels)
}

/// Whether what comes in looks like `[height, width, channels]`, as other libraries have it.
pub(super) const fn looks_like_channels_last(site: &Site<'_>) -> bool {
    matches!(site.gives, [height, _, 1 | 3 | 4] if *height > 8)
}

/// Says so in front of what is wrong, where it does.
pub(super) const fn channels_last(site: &Site<'_>) -> Sentence {
    if !looks_like_channels_last(site) {
        return Sentence::EMPTY;
    }
    let says = " looks like [height, width, channels], but an image is [channels, height, width]: ";
    Sentence::new(&[Piece::Gives, Piece::Text(says)])
}

/// How far apart the values of a kernel can lie that is to reach over at most so many values.
const fn nearest_dilation(kernel: usize, dilation: usize, padded: u128) -> usize {
    match kernel {
        1 => dilation,
        _ => smaller(dilation, narrow((padded - 1) / (kernel as u128 - 1))),
    }
}

/// The numbers as those that nothing overflows.
pub(super) const fn wide([height, width]: [usize; 2]) -> [u128; 2] {
    [height as u128, width as u128]
}

const fn narrow(value: u128) -> usize {
    if value > usize::MAX as u128 { usize::MAX } else { value as usize }
}

const fn smaller(left: usize, right: usize) -> usize {
    if left < right { left } else { right }
}
