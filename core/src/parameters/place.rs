//! Places in a tensor, row by row.

/// Goes on to the next place of this shape: along the last axis, and behind its end along the one in front. Behind the last
/// place comes the first.
pub(crate) fn advance(place: &mut [usize], shape: &[usize]) {
    for (at, &size) in place.iter_mut().zip(shape).rev() {
        *at += 1;
        if *at < size {
            break;
        }
        *at = 0;
    }
}
