//! Lines between boxes.

use alloc::vec::Vec;

/// A place in the drawing, in pixels from the top left.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Point {
    pub(super) x: f64,
    pub(super) y: f64,
}

/// A line along the axes, bent at its points.
#[derive(Clone, Debug)]
pub(super) struct Line {
    pub(super) points: Vec<Point>,
    /// How many values of a sample flow along it.
    pub(super) values: usize,
    pub(super) has_arrow: bool,
}

impl Point {
    /// The point so far away towards another, which lies along an axis.
    pub(super) fn towards(self, other: Point, distance: f64) -> Point {
        let step = |way: f64| if way == 0.0 { 0.0 } else { distance * way.signum() };
        Point { x: self.x + step(other.x - self.x), y: self.y + step(other.y - self.y) }
    }

    /// How far another point is that lies along an axis.
    pub(super) fn distance(self, other: Point) -> f64 {
        (self.x - other.x).abs() + (self.y - other.y).abs()
    }
}
