//! Windows over images and signals.

use proc_macro2::{Ident, TokenStream};
use quote::quote;

use super::super::infer::Inference;
use super::super::shape_text;
use super::window::{Fill, Window, text};
use super::{HOLE, Mend, Site, channels_last_hint, list, literals, looks_like_channels_last};
use crate::ast::Dim;
use crate::diagnostic::{Change, spanned_call};

/// What the declaration says about a window.
pub struct Sliding {
    pub kernel: Vec<Dim>,
    pub stride: Vec<Dim>,
    pub padding: Vec<Dim>,
    pub dilation: Vec<Dim>,
    pub output_padding: Vec<Dim>,
    pub fill: Fill,
    pub is_pool: bool,
}

impl Sliding {
    /// Whether all of it are numbers.
    pub fn literal(&self) -> Option<()> {
        let all = [&self.kernel, &self.stride, &self.padding, &self.dilation, &self.output_padding];
        all.iter().all(|dims| literals(dims).is_some()).then_some(())
    }
}

/// An image or a signal.
pub struct Layout {
    pub dims: Vec<Dim>,
    pub channels: usize,
    /// Height and width; a signal is one high.
    pub sizes: [usize; 2],
}

impl Layout {
    pub fn rank(&self) -> usize {
        self.dims.len()
    }

    /// So many channels of another size.
    pub fn with(&self, channels: u128, [height, width]: [u128; 2]) -> Vec<u128> {
        if self.rank() == 2 { vec![channels, width] } else { vec![channels, height, width] }
    }
}

impl Inference<'_> {
    /// What the declaration says about the window of a layer.
    pub(super) fn sliding(&mut self, site: &Site<'_>, is_pool: bool) -> Sliding {
        let kernel = self.amounts(site, "kernel", 1);
        let stride = match site.argument("stride") {
            None if is_pool => kernel.clone(),
            _ => self.amounts(site, "stride", 1),
        };
        Sliding {
            kernel,
            stride,
            padding: self.amounts(site, "padding", 0),
            dilation: self.amounts(site, "dilation", 1),
            output_padding: self.amounts(site, "output_padding", 0),
            fill: if site.is_word("padding", "same", false) {
                Fill::Same
            } else if site.is_word("padding", "causal", false) {
                Fill::Causal
            } else {
                Fill::Padding
            },
            is_pool,
        }
    }

    /// The input as an image or a signal, where only rustc knows its sizes: a `static_net::check::Spatial`.
    pub(super) fn checked_layout(&self, site: &Site<'_>, gives: &TokenStream) -> TokenStream {
        let reshaped = Change::Precede(format!("reshape[1, {HOLE}]"));
        let help = Some(self.around_hole(site, &reshaped));
        spanned_call(site.place(), "spatial", &self.checked_site(site, gives, help))
    }

    /// The same with the window.
    pub(super) fn checked_sliding(
        &self,
        site: &Site<'_>,
        gives: &TokenStream,
        sliding: &Sliding,
    ) -> TokenStream {
        let mut layer = self.checked_layout(site, gives);
        for (name, dims) in [
            ("kernel", &sliding.kernel),
            ("stride", &sliding.stride),
            ("padding", &sliding.padding),
            ("dilation", &sliding.dilation),
        ] {
            let is_given = site.argument(name).is_some() || name == "stride" && sliding.is_pool;
            if is_given && !(name == "padding" && sliding.fill != Fill::Padding) {
                let dims = list(dims);
                layer = spanned_call(site.place_of(name), name, &quote! { #layer, #dims });
            }
        }
        match sliding.fill {
            Fill::Padding => {}
            Fill::Same => layer = spanned_call(site.place_of("stride"), "same", &layer),
            Fill::Causal => {
                let (front, behind) = self.without_argument(site, "padding");
                let arguments = quote! { #layer, (#front, #behind) };
                layer = spanned_call(site.place_of("padding"), "causal", &arguments);
                layer = spanned_call(site.place_of("stride"), "causal_stride", &layer);
            }
        }
        if sliding.is_pool && site.argument("padding").is_some() {
            layer = spanned_call(site.place_of("padding"), "pool_padding", &layer);
        }
        layer
    }

    /// The input as an image or a signal.
    pub(super) fn layout(&mut self, site: &Site<'_>, sizes: &[usize]) -> Option<Layout> {
        let span = site.call.name.span();
        let dims = sizes.iter().map(|&size| Dim::Literal(size, span)).collect();
        match *sizes {
            [channels, length] => Some(Layout { dims, channels, sizes: [1, length] }),
            [channels, height, width] => Some(Layout { dims, channels, sizes: [height, width] }),
            _ => {
                let what = format!(
                    "`{}` takes an image [channels, height, width] or a signal [channels, length], but {} \
                     gives {}",
                    site.word(),
                    self.from,
                    shape_text(&dims)
                );
                let size = sizes[0];
                let side = size.isqrt();
                let shape = if side * side == size && side > 1 {
                    format!("[1, {side}, {side}]")
                } else {
                    format!("[1, {size}]")
                };
                self.refuse(site, site.place(), what, Mend::Precede(format!("reshape{shape}")));
                None
            }
        }
    }

    /// An argument for height and width.
    pub(super) fn along(
        &mut self,
        site: &Site<'_>,
        layout: &Layout,
        name: &'static str,
        dims: &[Dim],
        one: usize,
    ) -> Option<[usize; 2]> {
        match (literals(dims)?.as_slice(), layout.rank()) {
            ([length], 2) => Some([one, *length]),
            ([both], _) => Some([*both, *both]),
            ([height, width], 3) => Some([*height, *width]),
            (more, _) => {
                let what = format!(
                    "`{name}` is [height, width], but {} gives a signal [channels, length]: {}",
                    self.from,
                    shape_text(&layout.dims)
                );
                let length = more.last().map(usize::to_string);
                self.refuse(site, site.place_of(name), what, Mend::Arguments(vec![(name, length)]));
                None
            }
        }
    }

    /// The window with all its numbers.
    pub(super) fn window(
        &mut self,
        site: &Site<'_>,
        layout: &Layout,
        sliding: &Sliding,
    ) -> Option<Window> {
        let rank = layout.rank();
        let kernel = self.along(site, layout, "kernel", &sliding.kernel, 1)?;
        let window = Window {
            kernel,
            stride: self.along(site, layout, "stride", &sliding.stride, 1)?,
            padding: self.along(site, layout, "padding", &sliding.padding, 0)?,
            dilation: self.along(site, layout, "dilation", &sliding.dilation, 1)?,
            fill: sliding.fill,
        };
        if window.fill == Fill::Causal && rank == 3 {
            let what = format!(
                "`padding: causal` is for a signal [channels, length], where time has an order, but {} gives {}",
                self.from,
                shape_text(&layout.dims)
            );
            let mend =
                Mend::Arguments(vec![("padding", Some("same".to_owned())), ("stride", None)]);
            self.refuse(site, site.place_of("padding"), what, mend);
            return None;
        }
        if window.fill == Fill::Causal && window.stride != [1, 1] {
            let what = format!(
                "`padding: causal` needs a stride of 1, this one is {}",
                text(window.stride, rank)
            );
            let mend = Mend::Arguments(vec![("stride", None)]);
            self.refuse(site, site.place_of("stride"), what, mend);
            return None;
        }
        if window.fill == Fill::Same && window.stride != [1, 1] {
            let what = format!(
                "`padding: same` needs a stride of 1, this one is {}",
                text(window.stride, rank)
            );
            let mend = Mend::Arguments(vec![("padding", Some(amount(window.before(), rank)))]);
            self.refuse(site, site.place_of("stride"), what, mend);
            return None;
        }
        if sliding.is_pool && [0, 1].iter().any(|&axis| window.padding[axis] > kernel[axis] / 2) {
            let what = format!(
                "the padding of {} is more than half of the kernel of {}",
                text(window.padding, rank),
                text(kernel, rank)
            );
            let most = [0, 1].map(|axis| window.padding[axis].min(kernel[axis] / 2));
            let mend = Mend::Arguments(vec![("padding", Some(amount(most, rank)))]);
            self.refuse(site, site.place_of("padding"), what, mend);
            return None;
        }
        Some(window)
    }

    /// At how many places the window stands.
    pub(super) fn slid(
        &mut self,
        site: &Site<'_>,
        layout: &Layout,
        window: &Window,
    ) -> Option<[u128; 2]> {
        let found = window.slid(layout.sizes);
        if found.is_none() {
            let (span, padded) = (window.span(), window.padded(layout.sizes));
            let sizes = literals(&layout.dims)?;
            let what = format!(
                "the kernel of `{}` spans {} values, but has {} to slide over, padding included: {} gives \
                 {}{}",
                site.word(),
                text(span, layout.rank()),
                text(padded, layout.rank()),
                self.from,
                shape_text(&layout.dims),
                channels_last_hint(&sizes)
            );
            let mend = if looks_like_channels_last(&sizes) {
                Mend::Precede("permute[2, 0, 1]".to_owned())
            } else {
                let fits = [0, 1].map(|axis| window.kernel[axis].min(padded[axis] as usize));
                let is_one = matches!(site.argument("kernel"), Some(argument) if !argument.text.starts_with('['));
                let fits =
                    if is_one && layout.rank() == 3 { [fits[0].min(fits[1]); 2] } else { fits };
                Mend::Arguments(vec![
                    ("kernel", Some(amount(fits, layout.rank()))),
                    ("dilation", None),
                ])
            };
            self.refuse(site, site.place_of("kernel"), what, mend);
        }
        found
    }
}

/// An argument for height and width as it is written.
fn amount([height, width]: [usize; 2], rank: usize) -> String {
    if rank == 2 || height == width { width.to_string() } else { format!("[{height}, {width}]") }
}

/// `static_net::layer::Window<..>`
pub fn window_type(window: &Window) -> TokenStream {
    let number = |number: &usize| proc_macro2::Literal::usize_unsuffixed(*number);
    let before = window.before();
    let [kernel, stride, padding, dilation] =
        [&window.kernel, &window.stride, &before, &window.dilation]
            .map(|sizes| sizes.iter().map(number).collect::<Vec<_>>());
    let padding = match window.fill {
        Fill::Causal => quote! { ::static_net::layer::Causal },
        Fill::Padding | Fill::Same => quote! { ::static_net::layer::Padding<#(#padding),*> },
    };
    quote! {
        ::static_net::layer::Window<
            ::static_net::layer::KernelSize<#(#kernel),*>,
            ::static_net::layer::Stride<#(#stride),*>,
            #padding,
            ::static_net::layer::Dilation<#(#dilation),*>
        >
    }
}

/// The same, where only rustc knows the numbers.
pub fn computed_window(slid: &Ident, fill: Fill) -> TokenStream {
    let padding = match fill {
        Fill::Causal => quote! { ::static_net::layer::Causal },
        Fill::Padding | Fill::Same => {
            quote! { ::static_net::layer::Padding<{ #slid.padding[0] }, { #slid.padding[1] }> }
        }
    };
    quote! {
        ::static_net::layer::Window<
            ::static_net::layer::KernelSize<{ #slid.kernel[0] }, { #slid.kernel[1] }>,
            ::static_net::layer::Stride<{ #slid.stride[0] }, { #slid.stride[1] }>,
            #padding,
            ::static_net::layer::Dilation<{ #slid.dilation[0] }, { #slid.dilation[1] }>
        >
    }
}
