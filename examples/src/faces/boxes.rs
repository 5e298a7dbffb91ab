//! Boxes around what may be a face.

/// A box, and how likely a face is in it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Area {
    /// Left, top, right and bottom, in pixels.
    pub sides: [f32; 4],
    /// From 0 to 1.
    pub probability: f32,
}

/// How much of two boxes is common to both.
#[derive(Clone, Copy)]
pub enum Overlap {
    /// A part of what either of them covers.
    OfUnion,
    /// A part of the smaller one, where a box reaches to the outer side of its last pixels.
    OfSmaller,
}

impl Area {
    /// Moves each side by so many widths or heights of the box, which are `rim` more than from one side to the other.
    pub fn moved(self, by: [f32; 4], rim: f32) -> Self {
        let [left, top, right, bottom] = self.sides;
        let size = [right - left + rim, bottom - top + rim];
        let sides = std::array::from_fn(|side| self.sides[side] + by[side] * size[side % 2]);
        Area { sides, ..self }
    }

    /// A square with the same centre, as wide as the longer side.
    pub fn square(self) -> Self {
        let [left, top, right, bottom] = self.sides;
        let [width, height] = [right - left, bottom - top];
        let side = width.max(height);
        let (left, top) = (left + width * 0.5 - side * 0.5, top + height * 0.5 - side * 0.5);
        Area { sides: [left, top, left + side, top + side], ..self }
    }

    /// Rows and columns of the pixels in it of a picture of that size, from and to, if there are any.
    pub fn pixels(self, size: [usize; 2]) -> Option<[[usize; 2]; 2]> {
        let [left, top, right, bottom] = self.sides.map(|side| side as i64);
        let from = [top, left].map(|side| (side - 1).max(0) as usize);
        let to = [bottom.min(size[0] as i64), right.min(size[1] as i64)];
        let to = to.map(|side| side.max(0) as usize);
        (from[0] < to[0] && from[1] < to[1]).then_some([from, to])
    }

    fn overlap(self, other: Self, overlap: Overlap) -> f32 {
        let rim = match overlap {
            Overlap::OfUnion => 0.0,
            Overlap::OfSmaller => 1.0,
        };
        let area = |[left, top, right, bottom]: [f32; 4]| {
            (right - left + rim).max(0.0) * (bottom - top + rim).max(0.0)
        };
        let (ours, theirs) = (self.sides, other.sides);
        let common = area([
            ours[0].max(theirs[0]),
            ours[1].max(theirs[1]),
            ours[2].min(theirs[2]),
            ours[3].min(theirs[3]),
        ]);
        let whole = match overlap {
            Overlap::OfUnion => area(ours) + area(theirs) - common,
            Overlap::OfSmaller => area(ours).min(area(theirs)),
        };
        common / whole
    }
}

/// Of things in boxes that overlap by more than a part, the likeliest alone, the likeliest of all first: non-maximum
/// suppression.
pub fn distinct<T>(
    mut all: Vec<T>,
    area: impl Fn(&T) -> Area,
    overlap: Overlap,
    most: f32,
) -> Vec<T> {
    all.sort_by(|left, right| area(right).probability.total_cmp(&area(left).probability));
    let mut kept: Vec<T> = Vec::new();
    for one in all {
        if kept.iter().all(|other| area(other).overlap(area(&one), overlap) <= most) {
            kept.push(one);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;

    const WIDE: Area = Area { sides: [10.0, 20.0, 30.0, 30.0], probability: 0.5 };

    #[test]
    fn sides_are_moved_by_the_size_of_the_box() {
        assert_eq!(WIDE.moved([0.1, 0.5, -0.25, 1.0], 0.0).sides, [12.0, 25.0, 25.0, 40.0]);
        assert_eq!(WIDE.moved([0.0, 1.0, 1.0, 0.0], 1.0).sides, [10.0, 31.0, 51.0, 30.0]);
        assert_eq!(WIDE.square().sides, [10.0, 15.0, 30.0, 35.0]);
    }

    #[test]
    fn pixels_are_those_inside_the_picture() {
        assert_eq!(WIDE.pixels([25, 100]), Some([[19, 9], [25, 30]]));
        let outside = Area { sides: [-5.0, -5.0, 0.5, 9.0], ..WIDE };
        assert_eq!(outside.pixels([25, 100]), None);
        let at_the_edge = Area { sides: [-5.0, -5.0, 1.9, 9.0], ..WIDE };
        assert_eq!(at_the_edge.pixels([25, 100]), Some([[0, 0], [9, 1]]));
    }

    #[test]
    fn of_boxes_that_overlap_the_likeliest_stays() {
        let shifted = |by: f32, probability| {
            let sides = WIDE.sides;
            Area { sides: [sides[0] + by, sides[1], sides[2] + by, sides[3]], probability }
        };
        // A shift by 5 of 20 leaves 15 of 25 in common, one by 10 leaves 10 of 30.
        let all = vec![WIDE, shifted(5.0, 0.9), shifted(10.0, 0.6)];
        let kept = distinct(all.clone(), |&area| area, Overlap::OfUnion, 0.5);
        assert_eq!(kept, [all[1]]);
        let kept = distinct(all.clone(), |&area| area, Overlap::OfUnion, 0.6);
        assert_eq!(kept, [all[1], all[2], all[0]]);
        // Of 21 by 11 pixels, 16 by 11 are common.
        let kept = distinct(all.clone(), |&area| area, Overlap::OfSmaller, 0.77);
        assert_eq!(kept.len(), 3);
        let kept = distinct(all.clone(), |&area| area, Overlap::OfSmaller, 0.76);
        assert_eq!(kept, [all[1]]);
    }
}
