//! Digits that nobody wrote: each is shifted, turned and scaled a little, anew each time it is learned from.

use static_net::rand::{Rng, RngExt};

use crate::data::Batch;
use crate::mnist::{PIXELS, SIDE};

/// How far a picture may be moved at most, either way.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Augment {
    /// Pixels, along each axis.
    pub shift: f32,
    /// Degrees around the middle.
    pub rotation: f32,
    /// By how much larger or smaller, as a part of the size.
    pub scale: f32,
}

impl Augment {
    /// Moves each picture by amounts drawn anew. What lies outside the picture is paper.
    pub fn apply<R: Rng + ?Sized>(&self, pictures: &mut Batch<PIXELS>, rng: &mut R) {
        let mut original = [0.0; PIXELS];
        for mut picture in pictures.column_iter_mut() {
            original.copy_from_slice(picture.as_slice());
            let mut within = |most: f32| rng.random_range(-1.0..=1.0) * most;
            let placement = Placement {
                angle: within(self.rotation).to_radians(),
                scale: 1.0 + within(self.scale),
                down: within(self.shift),
                right: within(self.shift),
            };
            placement.draw(&original, picture.as_mut_slice());
        }
    }
}

/// Where a picture is moved.
struct Placement {
    /// Clockwise.
    angle: f32,
    scale: f32,
    down: f32,
    right: f32,
}

impl Placement {
    /// Looks up for each pixel where it comes from, and what is there by bilinear interpolation.
    fn draw(&self, original: &[f32; PIXELS], moved: &mut [f32]) {
        const MIDDLE: f32 = (SIDE - 1) as f32 / 2.0;
        let (sine, cosine) = self.angle.sin_cos();
        let (sine, cosine) = (sine / self.scale, cosine / self.scale);
        for row in 0..SIDE {
            for column in 0..SIDE {
                let y = row as f32 - MIDDLE - self.down;
                let x = column as f32 - MIDDLE - self.right;
                let source_y = MIDDLE + cosine * y - sine * x;
                let source_x = MIDDLE + sine * y + cosine * x;
                moved[row * SIDE + column] = between(original, source_y, source_x);
            }
        }
    }
}

/// The value at a place between pixels, from the four around it.
fn between(picture: &[f32; PIXELS], y: f32, x: f32) -> f32 {
    let (top, left) = (y.floor(), x.floor());
    let (below, behind) = (y - top, x - left);
    let at = |row: f32, column: f32| {
        let inside = 0.0..SIDE as f32;
        if inside.contains(&row) && inside.contains(&column) {
            picture[row as usize * SIDE + column as usize]
        } else {
            0.0
        }
    };
    let upper = (1.0 - behind) * at(top, left) + behind * at(top, left + 1.0);
    let lower = (1.0 - behind) * at(top + 1.0, left) + behind * at(top + 1.0, left + 1.0);
    (1.0 - below) * upper + below * lower
}

#[cfg(test)]
mod tests {
    use static_net::rand::SeedableRng;
    use static_net::rand::rngs::StdRng;

    use super::*;

    const UNMOVED: Placement = Placement { angle: 0.0, scale: 1.0, down: 0.0, right: 0.0 };

    /// A picture with ink in one pixel.
    fn dot(row: usize, column: usize) -> [f32; PIXELS] {
        let mut picture = [0.0; PIXELS];
        picture[row * SIDE + column] = 1.0;
        picture
    }

    fn moved(placement: Placement, picture: &[f32; PIXELS]) -> [f32; PIXELS] {
        let mut moved = [f32::NAN; PIXELS];
        placement.draw(picture, &mut moved);
        moved
    }

    fn assert_near(left: &[f32; PIXELS], right: &[f32; PIXELS]) {
        let apart = left.iter().zip(right).map(|(left, right)| (left - right).abs());
        assert!(apart.fold(0.0, f32::max) < 1e-4);
    }

    #[test]
    fn a_shift_by_whole_pixels_moves_each() {
        let shifted = moved(Placement { down: 2.0, right: -3.0, ..UNMOVED }, &dot(5, 20));
        assert_eq!(shifted, dot(7, 17));
        let outside = moved(Placement { down: -6.0, ..UNMOVED }, &dot(5, 20));
        assert_eq!(outside, [0.0; PIXELS]);
    }

    #[test]
    fn a_shift_by_half_a_pixel_shares_the_ink() {
        let shifted = moved(Placement { right: 0.5, ..UNMOVED }, &dot(5, 20));
        let mut expected = [0.0; PIXELS];
        expected[5 * SIDE + 20] = 0.5;
        expected[5 * SIDE + 21] = 0.5;
        assert_near(&shifted, &expected);
    }

    #[test]
    fn a_quarter_turn_is_clockwise() {
        let quarter = Placement { angle: core::f32::consts::FRAC_PI_2, ..UNMOVED };
        // From the upper edge to the right one.
        assert_near(&moved(quarter, &dot(0, 10)), &dot(10, 27));
    }

    #[test]
    fn twice_the_size_doubles_distances_from_the_middle() {
        let doubled = moved(Placement { scale: 2.0, ..UNMOVED }, &dot(16, 13));
        // 2.5 below the middle becomes 5, 0.5 left of it becomes 1.
        let total: f32 = doubled.iter().sum();
        assert!((total - 4.0).abs() < 1e-4, "{total}");
        let (mut y, mut x) = (0.0, 0.0);
        for (index, ink) in doubled.iter().enumerate() {
            y += ink * ((index / SIDE) as f32 - 13.5) / total;
            x += ink * ((index % SIDE) as f32 - 13.5) / total;
        }
        assert!((y - 5.0).abs() < 1e-4 && (x + 1.0).abs() < 1e-4, "{y} {x}");
    }

    #[test]
    fn a_seed_gives_the_same_pictures_again() {
        let augment = Augment { shift: 2.0, rotation: 10.0, scale: 0.1 };
        let pictures = Batch::<PIXELS>::from_fn(3, |pixel, _| dot(9, 9)[pixel]);
        let augmented = |seed| {
            let mut pictures = pictures.clone();
            augment.apply(&mut pictures, &mut StdRng::seed_from_u64(seed));
            pictures
        };
        assert_eq!(augmented(1), augmented(1));
        assert_ne!(augmented(1), augmented(2));
        assert_ne!(augmented(1).column(0), augmented(1).column(1));
        let none = Augment { shift: 0.0, rotation: 0.0, scale: 0.0 };
        let mut same = pictures.clone();
        none.apply(&mut same, &mut StdRng::seed_from_u64(1));
        assert_eq!(same, pictures);
    }
}
