//! What every layer over sequences takes: `[length, features]`.

use proc_macro2::TokenStream;
use quote::quote;

use super::super::infer::Inference;
use super::super::shape_text;
use super::{HOLE, Mend, Site};
use crate::ast::Dim;
use crate::diagnostic::{Change, spanned_call};

impl Inference<'_> {
    /// Length and features of the input; one that is no sequence is reported, with a sequence that would fit: of
    /// features that are a `multiple`.
    pub(super) fn sequence_sizes(
        &mut self,
        site: &Site<'_>,
        sizes: &[usize],
        multiple: usize,
    ) -> Option<[usize; 2]> {
        if let [length, features] = *sizes {
            return Some([length, features]);
        }
        let span = site.call.name.span();
        let dims: Vec<Dim> = sizes.iter().map(|&size| Dim::Literal(size, span)).collect();
        let what = format!(
            "`{}` takes a sequence [length, features], but {} gives {}",
            site.word(),
            self.from,
            shape_text(&dims)
        );
        self.refuse(site, site.place(), what, Mend::Precede(reshaped(sizes, multiple)));
        None
    }

    /// The input as a sequence, where only rustc knows its sizes: a `static_net::check::Site`.
    pub(super) fn checked_sequence(
        &self,
        site: &Site<'_>,
        gives: &TokenStream,
        multiple: &TokenStream,
    ) -> TokenStream {
        let reshaped = Change::Precede(format!("reshape{HOLE}"));
        let help = Some(self.around_hole(site, &reshaped));
        let checked = self.checked_site(site, gives, help);
        spanned_call(site.place(), "takes_sequence", &quote! { #checked, #multiple })
    }
}

/// The stages that make a sequence of a vector or an image: the rows of a grey image, as those of a square vector,
/// or the places of another, whose channels are the features.
fn reshaped(sizes: &[usize], multiple: usize) -> String {
    match *sizes {
        [1, height, width] => format!("reshape[{height}, {width}]"),
        [channels, height, width] => {
            format!("reshape[{channels}, {}] => transpose", height.saturating_mul(width))
        }
        [size] => {
            let side = size.isqrt();
            let features = match () {
                () if side > 1 && side * side == size && side.is_multiple_of(multiple) => side,
                () if size.is_multiple_of(multiple) => multiple,
                () => 1,
            };
            format!("reshape[{}, {features}]", size / features)
        }
        _ => "reshape[1, 1]".to_owned(),
    }
}
