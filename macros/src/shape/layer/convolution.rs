//! Convolutions: `conv`, `depthwise`, `conv_transpose`.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::infer::Inference;
use super::super::tokens::activation_type;
use super::super::{Shape, shape_text};
use super::sliding::{Layout, Sliding, computed_window, window_type};
use super::window::{Fill, Window, text};
use super::{Given, Mend, Site, channels_last_hint, list, literals, looks_like_channels_last};
use crate::ast::Dim;
use crate::diagnostic::spanned_call;

impl Inference<'_> {
    pub(super) fn convolution(&mut self, site: &Site<'_>) -> TokenStream {
        let given = self.given(site);
        let sliding = self.sliding(site, false);
        let groups = self.amount(site, "groups", 1);
        let out =
            self.amount(site, if site.word() == "depthwise" { "multiplier" } else { "out" }, 1);
        let input = self.shape.clone();
        let found = match (&given, sliding.literal(), literals(&[groups.clone(), out.clone()])) {
            (Given::Faulty, ..) => None,
            (Given::Sizes(sizes), Some(()), Some(numbers)) => {
                self.literal_convolution(site, sizes, &sliding, numbers[0], numbers[1])
            }
            _ => {
                let gives = input.dims_expression(self.declaration.scalar);
                Some(self.checked_convolution(site, &gives, &sliding, &groups, &out))
            }
        };
        let Some(Convolved { output, window, channels }) = found else { return quote! { () } };
        self.shape = output;
        let scalar = self.declaration.scalar;
        let (from, to) = (input.type_tokens(scalar), self.shape.type_tokens(scalar));
        let scalar = scalar.ident();
        let [first, second, out] = channels;
        let bias = if site.is_word("bias", "true", true) {
            out
        } else {
            quote! { 0 }
        };
        let activation = site.activation.map(|activation| {
            let activation = activation_type(Some(activation));
            quote! { , #activation }
        });
        let name = if site.word() == "conv_transpose" { "ConvTranspose" } else { "Conv" };
        let layer = site.layer(name);
        quote! { #layer<#scalar, #from, #to, #window, #first, #second, #bias #activation> }
    }

    fn literal_convolution(
        &mut self,
        site: &Site<'_>,
        sizes: &[usize],
        sliding: &Sliding,
        groups: usize,
        out: usize,
    ) -> Option<Convolved> {
        let layout = self.layout(site, sizes)?;
        let window = self.window(site, &layout, sliding)?;
        let channels = layout.channels;
        let (groups, out) = match site.word() {
            "depthwise" => (channels, channels as u128 * out as u128),
            _ => (groups, out as u128),
        };
        for (count, which) in [(channels as u128, "in"), (out, "out")] {
            if count % groups as u128 != 0 {
                let what = format!(
                    "the {count} channels {which} do not divide into {groups} groups{}",
                    if which == "in" {
                        let hint = channels_last_hint(sizes);
                        format!(": {} gives {}{hint}", self.from, shape_text(&layout.dims))
                    } else {
                        String::new()
                    }
                );
                let divides = |groups: &usize| {
                    (channels as u128).is_multiple_of(*groups as u128)
                        && out.is_multiple_of(*groups as u128)
                };
                let fits = (1..=groups.min(channels)).rev().find(divides).unwrap_or(1);
                let mend = if looks_like_channels_last(sizes) {
                    Mend::Precede("permute[2, 0, 1]".to_owned())
                } else {
                    Mend::Arguments(vec![("groups", Some(fits.to_string()))])
                };
                self.refuse(site, site.place_of("groups"), what, mend);
                return None;
            }
        }
        let is_transposed = site.word() == "conv_transpose";
        let places = if is_transposed {
            self.spread(site, &layout, sliding, &window)?
        } else {
            self.slid(site, &layout, &window)?
        };
        let fewer = vec![
            ("out", Some("16".to_owned())),
            ("kernel", Some("3".to_owned())),
            ("padding", None),
            ("multiplier", None),
        ];
        let inner = if is_transposed { out } else { channels as u128 } / groups as u128;
        let outer = if is_transposed { channels as u128 } else { out };
        let taps = window.kernel[0] as u128 * window.kernel[1] as u128;
        let bytes = taps
            .checked_mul(inner)
            .and_then(|weights| weights.checked_mul(outer))
            .and_then(|weights| weights.checked_mul(self.declaration.scalar.bytes() as u128));
        if bytes.is_none_or(|bytes| bytes > isize::MAX as u128) {
            let what = format!(
                "{outer} x {inner} x {} weights are more than a machine can address",
                text(window.kernel, layout.rank())
            );
            self.refuse(site, site.place(), what, Mend::Arguments(fewer));
            return None;
        }
        let output = self.output(site, &layout.with(out, places), "out", Mend::Arguments(fewer))?;
        let number = |number: u128| {
            let literal = proc_macro2::Literal::usize_unsuffixed(number as usize);
            quote! { #literal }
        };
        Some(Convolved {
            output,
            window: window_type(&window),
            channels: [number(outer), number(inner), number(out)],
        })
    }

    /// How far the windows of a transposed convolution are spread.
    fn spread(
        &mut self,
        site: &Site<'_>,
        layout: &Layout,
        sliding: &Sliding,
        window: &Window,
    ) -> Option<[u128; 2]> {
        let added = self.along(site, layout, "output_padding", &sliding.output_padding, 0)?;
        for axis in [0, 1] {
            let most = window.stride[axis].max(window.dilation[axis]);
            if added[axis] >= most {
                let what = format!(
                    "the output padding of {} is not less than the stride of {} or the dilation of {}",
                    text(added, layout.rank()),
                    text(window.stride, layout.rank()),
                    text(window.dilation, layout.rank())
                );
                let least = [0, 1].map(|axis| window.stride[axis].max(window.dilation[axis]) - 1);
                let least = least[1].min(if layout.rank() == 2 { least[1] } else { least[0] });
                let mend = Mend::Arguments(vec![(
                    "output_padding",
                    Some(least.to_string()).filter(|_| least > 0),
                )]);
                self.refuse(site, site.place_of("output_padding"), what, mend);
                return None;
            }
        }
        let spread = window.spread(layout.sizes, added);
        if spread.is_none() {
            let what = format!(
                "the padding of {} leaves nothing of the output of `conv_transpose`: {} gives {}",
                text(window.padding, layout.rank()),
                self.from,
                shape_text(&layout.dims)
            );
            let mend = Mend::Arguments(vec![("padding", None)]);
            self.refuse(site, site.place_of("padding"), what, mend);
        }
        spread
    }

    /// The same, where only rustc knows the sizes.
    fn checked_convolution(
        &mut self,
        site: &Site<'_>,
        gives: &TokenStream,
        sliding: &Sliding,
        groups: &Dim,
        out: &Dim,
    ) -> Convolved {
        let bytes = self.declaration.scalar.bytes();
        let layer = self.checked_sliding(site, gives, sliding);
        // What pads as much as the kernel takes away leaves all but the channels as it is.
        let kept = match (&self.shape, sliding.fill) {
            (Shape::Dims(dims), Fill::Same | Fill::Causal)
                if site.word() == "conv" && dims.len() > 1 =>
            {
                Some(dims[1..].to_vec())
            }
            _ => None,
        };
        let channels = out.text();
        let (groups, out) = (groups.expression(), out.expression());
        let layer = match site.word() {
            "depthwise" => {
                let arguments = quote! { #layer, #out };
                spanned_call(site.place_of("multiplier"), "depthwise", &arguments)
            }
            _ => {
                let layer = spanned_call(site.place_of("out"), "out", &quote! { #layer, #out });
                let (front, behind) = self.without_argument(site, "groups");
                let arguments = quote! { #layer, #groups, (#front, #behind) };
                spanned_call(site.place_of("groups"), "groups", &arguments)
            }
        };
        let value = if site.word() == "conv_transpose" {
            let arguments = list(&sliding.output_padding);
            let layer = spanned_call(
                site.place_of("output_padding"),
                "output_padding",
                &quote! { #layer, #arguments },
            );
            spanned_call(site.place_of("padding"), "spread", &quote! { #layer, #bytes })
        } else {
            let (front, behind) = self.without_argument(site, "kernel");
            let arguments = quote! { #layer, (#front, #behind), #bytes };
            spanned_call(site.place_of("kernel"), "slide", &arguments)
        };
        let slid = self.computed(site, "LAYER", "Slid", &value);
        let output = match kept {
            Some(kept) => {
                let channels = Dim::Constant {
                    expression: quote! { { #slid.output.size(0) } },
                    text: channels,
                    place: site.place_of("out"),
                };
                Shape::Dims([channels].into_iter().chain(kept).collect())
            }
            None => self.computed_shape(site, &quote! { #slid.output }),
        };
        Convolved {
            output,
            window: computed_window(&slid, sliding.fill),
            channels: [
                quote! { { #slid.weight[0] } },
                quote! { { #slid.weight[1] } },
                quote! { { #slid.channels() } },
            ],
        }
    }
}

/// What a convolution is made of.
struct Convolved {
    output: Shape,
    window: TokenStream,
    /// The first two axes of the weight, and the channels that come out.
    channels: [TokenStream; 3],
}
