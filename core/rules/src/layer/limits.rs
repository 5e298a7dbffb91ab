//! What a machine can address, and the numbers near to one that fit.

use crate::dims::Dims;
use crate::fault::{Fault, Mend};
use crate::sentence::{Piece, Sentence};
use crate::site::Site;

/// More bytes than this no machine can address at once.
pub const MOST_BYTES: u128 = isize::MAX as u128;

/// The shape of these sizes, of which there are so many, if a machine can address a sample of it; else what an
/// argument of that name is mended by.
pub(super) const fn output(
    site: &Site<'_>,
    sizes: [u128; 3],
    rank: usize,
    name: &str,
    mend: Mend,
) -> Result<Dims, Fault> {
    if let Some(values) = sizes[0].checked_mul(sizes[1])
        && let Some(values) = values.checked_mul(sizes[2])
        && let Some(bytes) = values.checked_mul(site.bytes as u128)
        && bytes <= MOST_BYTES
    {
        let sizes = [sizes[0] as usize, sizes[1] as usize, sizes[2] as usize];
        return Ok(Dims::new(sizes.split_at(rank).0));
    }
    let what = Sentence::new(&[
        Piece::Text("a sample of shape "),
        Piece::Wide(sizes, rank),
        Piece::Text(" is more than a machine can address"),
    ]);
    Err(site.fault(name, what, mend))
}

/// The number up to `most` that is nearest to the one given, of two the smaller, among those that fit: that divide
/// `whole` and are divided by a `multiple`, and, where `paired`, divide it into even parts. `None` where none does.
pub(super) const fn nearest(
    given: usize,
    whole: usize,
    multiple: usize,
    is_paired: bool,
) -> Option<usize> {
    let given = if given > whole { whole } else { given };
    let mut distance = 0;
    while distance <= MOST_DISTANCE && (distance < given || distance <= whole - given) {
        let candidates = [given.saturating_sub(distance), given.saturating_add(distance)];
        let mut index = 0;
        while index < 2 {
            let count = candidates[index];
            let is_fit = count > 0
                && count <= whole
                && whole.is_multiple_of(count)
                && count.is_multiple_of(multiple)
                && (!is_paired || (whole / count).is_multiple_of(2));
            if is_fit {
                return Some(count);
            }
            index += 1;
        }
        distance += 1;
    }
    None
}

/// Farther away no number is looked for: a search while compiling ends.
const MOST_DISTANCE: usize = 1 << 16;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_divisor() {
        assert_eq!(nearest(3, 64, 1, false), Some(2));
        assert_eq!(nearest(7, 64, 1, false), Some(8));
        assert_eq!(nearest(100, 12, 1, false), Some(12));
        assert_eq!(nearest(5, 7, 1, false), Some(7));
        assert_eq!(nearest(60, 64, 1, true), Some(32));
        assert_eq!(nearest(4, 12, 1, true), Some(3));
        assert_eq!(nearest(3, 9, 1, true), None);
        assert_eq!(nearest(4, 12, 2, true), Some(2));
        assert_eq!(nearest(usize::MAX / 2, usize::MAX, 1, true), None);
    }
}
