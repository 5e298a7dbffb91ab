//! The shape whose sizes rustc computes.

use super::{Rank1, Rank2, Rank3, Shape, sealed};

/// The type of the shape with so many axes and these sizes; those behind the last axis do not count.
pub type Computed<const RANK: usize, const A: usize, const B: usize, const C: usize> =
    <Axes<RANK> as Ranked>::Of<A, B, C>;

/// So many axes.
#[derive(Clone, Copy, Debug)]
pub struct Axes<const RANK: usize>;

/// What [`Computed`] is made of: one to three [`Axes`] have it.
pub trait Ranked: sealed::Sealed {
    /// The shape with these sizes.
    type Of<const A: usize, const B: usize, const C: usize>: Shape;
}

impl<const RANK: usize> sealed::Sealed for Axes<RANK> {}

impl Ranked for Axes<1> {
    type Of<const A: usize, const B: usize, const C: usize> = Rank1<A>;
}

impl Ranked for Axes<2> {
    type Of<const A: usize, const B: usize, const C: usize> = Rank2<A, B>;
}

impl Ranked for Axes<3> {
    type Of<const A: usize, const B: usize, const C: usize> = Rank3<A, B, C>;
}

#[cfg(test)]
mod tests {
    use static_net_rules::Dims;

    use super::*;
    use crate::shape::{Sample, values};

    #[test]
    fn a_computed_shape_is_the_shape() {
        const IMAGE: Dims = Dims::new(&[1, 2, 3]);
        type Image =
            Computed<{ IMAGE.rank() }, { IMAGE.size(0) }, { IMAGE.size(1) }, { IMAGE.size(2) }>;
        let image: Sample<Image, f32> = [[[1.0, 2.0, 3.0], [4.0, 5.0, 6.0]]];
        assert_eq!(values::<Rank3<1, 2, 3>, f32>(&[image])[5], 6.0);
        assert_eq!(<Computed<1, 4, 1, 1> as Shape>::DIMS, [4]);
    }
}
