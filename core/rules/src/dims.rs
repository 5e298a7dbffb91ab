//! Shapes as values.

/// A shape as a value: one to three sizes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Dims {
    rank: usize,
    sizes: [usize; 3],
}

impl Dims {
    /// The shape with these sizes, of which there are one to three.
    ///
    /// # Panics
    /// If there are none or more.
    #[track_caller]
    pub const fn new(sizes: &[usize]) -> Self {
        assert!(!sizes.is_empty() && sizes.len() <= 3, "a shape has one to three sizes");
        let mut dims = Dims { rank: sizes.len(), sizes: [1; 3] };
        let mut axis = 0;
        while axis < sizes.len() {
            dims.sizes[axis] = sizes[axis];
            axis += 1;
        }
        dims
    }

    /// The same shape with another size along one axis.
    pub const fn with(mut self, axis: usize, size: usize) -> Self {
        self.sizes[axis] = size;
        self
    }

    /// How many sizes there are.
    pub const fn rank(&self) -> usize {
        self.rank
    }

    /// The size along an axis; 1 behind the last.
    pub const fn size(&self, axis: usize) -> usize {
        if axis < self.rank { self.sizes[axis] } else { 1 }
    }

    /// The sizes.
    pub const fn sizes(&self) -> &[usize] {
        self.sizes.split_at(self.rank).0
    }

    /// How many values a sample holds.
    ///
    /// # Panics
    /// If there are more than a number can tell.
    #[track_caller]
    pub const fn len(&self) -> usize {
        let values = self.values();
        assert!(
            values <= usize::MAX as u128,
            "a sample of such a shape holds more values than any memory"
        );
        values as usize
    }

    /// How many values a sample holds, however many they are.
    pub const fn values(&self) -> u128 {
        (self.size(0) as u128 * self.size(1) as u128).saturating_mul(self.size(2) as u128)
    }

    /// Whether a size is zero, so that there is no value.
    pub const fn is_empty(&self) -> bool {
        self.size(0) == 0 || self.size(1) == 0 || self.size(2) == 0
    }
}

/// How often the values of a shape are read over in one of another, in which they are gates: one for each value of it, or
/// one for all along some of its axes. These have one size each there, and are all in front or all behind; a vector has
/// one value for each of the first axis. None where a shape is no such.
///
/// ```
/// use static_net_rules::spread;
///
/// assert_eq!(spread(&[8, 5, 5], &[8, 5, 5]), Some(1));
/// // For each channel.
/// assert_eq!(spread(&[8], &[8, 5, 5]), Some(1));
/// // For each step of a signal: over again for each of 8 channels.
/// assert_eq!(spread(&[1, 5], &[8, 5]), Some(8));
/// assert_eq!(spread(&[5], &[8, 5]), None);
/// ```
pub const fn spread(gates: &[usize], whole: &[usize]) -> Option<usize> {
    if gates.len() == 1 && !whole.is_empty() && gates[0] == whole[0] {
        return Some(1);
    }
    if gates.len() != whole.len() {
        return None;
    }
    let (mut runs, mut axis) = (1, 0);
    // Whether an axis so far has as many values as in the whole, be it one, or more; and whether one behind such has not.
    let (mut has_any, mut has_several, mut is_over) = (false, false, false);
    while axis < whole.len() {
        let is_full = gates[axis] == whole[axis];
        if !is_full && gates[axis] != 1 || is_full && whole[axis] > 1 && is_over {
            return None;
        }
        if is_full {
            has_any = true;
            has_several |= whole[axis] > 1;
        } else if has_several {
            is_over = true;
        } else {
            runs *= whole[axis];
        }
        axis += 1;
    }
    match (has_any, has_several) {
        (true, true) => Some(runs),
        // A single value, for all.
        (true, false) => Some(1),
        (false, _) => None,
    }
}

/// What brings `[height, width, channels]` into the order that images have here.
pub(crate) const CHANNELS_FIRST: &str = "permute[2, 0, 1]";

/// Whether a size is zero, which is reported where it stands.
pub(crate) const fn holds_zero(sizes: &[usize]) -> bool {
    let mut index = 0;
    while index < sizes.len() {
        if sizes[index] == 0 {
            return true;
        }
        index += 1;
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_are_those_given() {
        let image = Dims::new(&[1, 2, 3]);
        assert_eq!((image.len(), image.rank(), image.sizes()), (6, 3, [1, 2, 3].as_slice()));
        assert_eq!(Dims::new(&[4]).size(2), 1);
        assert_eq!(Dims::new(&[usize::MAX, usize::MAX, usize::MAX]).values(), u128::MAX);
        assert!(Dims::new(&[4, 0]).is_empty());
        assert_eq!(image.with(1, 7).sizes(), [1, 7, 3]);
    }

    #[test]
    fn gates_are_one_for_each_value_channel_or_step() {
        let none: [(&[usize], &[usize]); 8] = [
            (&[2], &[3]),
            (&[1], &[3]),
            (&[1, 1], &[3, 4]),
            (&[4], &[3, 4]),
            (&[3, 4], &[3]),
            (&[3, 1, 5], &[3, 4, 5]),
            (&[3, 4, 5], &[3, 4, 1]),
            (&[3, 2, 5], &[3, 4, 5]),
        ];
        for (gates, whole) in none {
            assert_eq!(spread(gates, whole), None, "{gates:?} in {whole:?}");
        }
        let some: [(&[usize], &[usize], usize); 10] = [
            (&[3], &[3], 1),
            (&[3], &[3, 4], 1),
            (&[3, 1, 1], &[3, 4, 5], 1),
            (&[3, 4, 1], &[3, 4, 5], 1),
            (&[1, 4, 5], &[3, 4, 5], 3),
            (&[1, 1, 5], &[3, 4, 5], 12),
            (&[1, 4, 1], &[3, 4, 5], 3),
            (&[1, 4], &[1, 4], 1),
            (&[1], &[1, 4], 1),
            (&[1, 1], &[1, 4], 1),
        ];
        for (gates, whole, runs) in some {
            assert_eq!(spread(gates, whole), Some(runs), "{gates:?} in {whole:?}");
        }
    }

    #[test]
    #[should_panic(expected = "a shape has one to three sizes")]
    fn a_shape_has_sizes() {
        Dims::new(&[]);
    }
}
