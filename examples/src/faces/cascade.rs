//! The three networks one behind the other, each for what the one in front has left.

use std::array;

use static_net::file::{LoadError, StateDict};
use static_net::prelude::*;

use super::boxes::{Area, Overlap, distinct};
use super::networks::{ONet, ONetOutput, PNet, PNetOutput, RNet, RNetOutput};
use crate::data::Batch;
use crate::photo::Photo;

/// The side of what [`PNet`] looks at.
const TILE: usize = 60;
/// The side of the windows in it.
const WINDOW: usize = 12;
/// From one window to the next.
const STEP: usize = 2;
/// Windows along a side of it.
const WINDOWS: usize = (TILE - WINDOW) / STEP + 1;
/// How much smaller each picture of the pyramid is than the one in front.
const FACTOR: f64 = 0.709;
/// How likely a face has to be for each of the networks.
const THRESHOLDS: [f32; 3] = [0.6, 0.7, 0.7];

/// A face that was found.
#[derive(Clone, Debug, PartialEq)]
pub struct Face {
    /// Where it is.
    pub area: Area,
    /// Left eye, right eye, nose, left and right corner of the mouth: pixels from the left and from the top.
    pub points: [[f32; 2]; 5],
}

/// The three networks.
pub struct Cascade {
    /// Proposes.
    pub pnet: Aligned<PNet>,
    /// Refines.
    pub rnet: Aligned<RNet>,
    /// Decides.
    pub onet: Aligned<ONet>,
}

impl Cascade {
    /// The networks of `facenet_pytorch.MTCNN().state_dict()`, whatever precision it was stored in.
    ///
    /// # Errors
    /// If it has other tensors.
    pub fn of(weights: StateDict<'_>) -> Result<Self, LoadError> {
        let weights = weights.convert::<f32>();
        let part = |prefix| weights.clone().part(prefix);
        Ok(Cascade {
            pnet: part("pnet.")?.load()?,
            rnet: part("rnet.")?.load()?,
            onet: part("onet.")?.load()?,
        })
    }

    /// The faces that are at least so many pixels high, the likeliest first, and how many boxes each network has left.
    pub fn find(&self, photo: &Photo, smallest: f64) -> (Vec<Face>, [usize; 3]) {
        let proposed = self.proposed(photo, smallest);
        let refined = self.refined(photo, &proposed);
        let faces = self.decided(photo, &refined);
        let left = [proposed.len(), refined.len(), faces.len()];
        (faces, left)
    }

    /// Windows that look like a face, in pictures that get smaller and smaller.
    fn proposed(&self, photo: &Photo, smallest: f64) -> Vec<Area> {
        let shorter = photo.size[0].min(photo.size[1]) as f64;
        let mut scale = WINDOW as f64 / smallest;
        let mut all = Vec::new();
        while shorter * scale >= WINDOW as f64 {
            let size = photo.size.map(|side| (side as f64 * scale + 1.0) as usize);
            let found = self.windows(&photo.resized([0, 0], photo.size, size), scale as f32);
            all.extend(distinct(found, |&(area, _)| area, Overlap::OfUnion, 0.5));
            scale *= FACTOR;
        }
        let all = distinct(all, |&(area, _)| area, Overlap::OfUnion, 0.7);
        all.into_iter().map(|(area, by)| area.moved(by, 0.0).square()).collect()
    }

    /// The windows of one picture that look like a face, and how to move their sides. Its size is that of the original
    /// times a scale.
    ///
    /// What is static has one size: the picture is cut into tiles, whose windows follow on each other. A window that hangs
    /// over an edge by one pixel, which the original has where a side is odd, is left out.
    fn windows(&self, photo: &Photo, scale: f32) -> Vec<(Area, [f32; 4])> {
        let counts = photo.size.map(|side| (side.max(WINDOW) - WINDOW) / STEP + 1);
        let starts = |axis: usize| (0..counts[axis]).step_by(WINDOWS);
        let tiles = starts(0).flat_map(|row| starts(1).map(move |column| [row, column]));
        let mut found = Vec::new();
        for first in tiles {
            let x = tile(photo, first.map(|window| window * STEP));
            let PNetOutput { faces, boxes } = self.pnet.forward(&x);
            let [faces, boxes] = [faces.as_slice(), boxes.as_slice()];
            let inside = |axis: usize| (counts[axis] - first[axis]).min(WINDOWS);
            for (row, column) in
                (0..inside(0)).flat_map(|row| (0..inside(1)).map(move |c| (row, c)))
            {
                let place = row * WINDOWS + column;
                // The first of both is that there is none.
                let probability = faces[WINDOWS * WINDOWS + place];
                if probability < THRESHOLDS[0] {
                    continue;
                }
                let corner =
                    [first[1] + column, first[0] + row].map(|window| (window * STEP) as f32);
                let side =
                    |offset: usize, axis: usize| ((corner[axis] + offset as f32) / scale).floor();
                let sides = [side(1, 0), side(1, 1), side(WINDOW, 0), side(WINDOW, 1)];
                let by = array::from_fn(|side| boxes[side * WINDOWS * WINDOWS + place]);
                found.push((Area { sides, probability }, by));
            }
        }
        found
    }

    fn refined(&self, photo: &Photo, proposed: &[Area]) -> Vec<Area> {
        let (areas, x) = crops::<24, { 3 * 24 * 24 }>(photo, proposed);
        let RNetOutput { faces, boxes } = self.rnet.forward(&x);
        let all = areas.iter().enumerate().map(|(index, &area)| {
            let area = Area { probability: faces[(1, index)], ..area };
            (area, array::from_fn(|side| boxes[(side, index)]))
        });
        let likely = all.filter(|(area, _)| area.probability > THRESHOLDS[1]).collect();
        let kept = distinct(likely, |&(area, _)| area, Overlap::OfUnion, 0.7);
        kept.into_iter().map(|(area, by)| area.moved(by, 1.0).square()).collect()
    }

    fn decided(&self, photo: &Photo, refined: &[Area]) -> Vec<Face> {
        let (areas, x) = crops::<48, { 3 * 48 * 48 }>(photo, refined);
        let ONetOutput { faces, boxes, points } = self.onet.forward(&x);
        let all = areas.iter().enumerate().map(|(index, area)| {
            let [left, top, right, bottom] = area.sides;
            let [width, height] = [right - left + 1.0, bottom - top + 1.0];
            let point = |point: usize| {
                let [x, y] = [point, point + 5].map(|row| points[(row, index)]);
                [width * x + left - 1.0, height * y + top - 1.0]
            };
            let by = array::from_fn(|side| boxes[(side, index)]);
            let area = Area { probability: faces[(1, index)], ..area.moved(by, 1.0) };
            Face { area, points: array::from_fn(point) }
        });
        let likely = all.filter(|face| face.area.probability > THRESHOLDS[2]).collect();
        distinct(likely, |face| face.area, Overlap::OfSmaller, 0.7)
    }
}

/// As the networks take colours, around 0.
fn centred(colour: f32) -> f32 {
    (colour - 127.5) / 128.0
}

/// The part of a picture from a corner on, row and column; what is outside is grey.
fn tile(photo: &Photo, [top, left]: [usize; 2]) -> Batch<{ 3 * TILE * TILE }> {
    let [height, width] = photo.size;
    Batch::from_fn(1, |value, _| {
        let (colour, row, column) = (value / TILE / TILE, value / TILE % TILE, value % TILE);
        let (row, column) = (top + row, left + column);
        match row < height && column < width {
            true => centred(photo.values[(colour * height + row) * width + column]),
            false => 0.0,
        }
    })
}

/// What is in the boxes, as large as a network takes it; boxes without pixels are left out.
fn crops<const SIDE: usize, const N: usize>(
    photo: &Photo,
    areas: &[Area],
) -> (Vec<Area>, Batch<N>) {
    let inside = areas.iter().filter_map(|&area| Some((area, area.pixels(photo.size)?)));
    let (areas, pixels): (Vec<_>, Vec<_>) = inside.unzip();
    let mut x = Batch::<N>::zeros(areas.len());
    for (mut column, [from, to]) in x.column_iter_mut().zip(pixels) {
        let crop = photo.resized(from, to, [SIDE; 2]);
        column.copy_from_slice(&crop.values);
        column.apply(|value| *value = centred(*value));
    }
    (areas, x)
}
