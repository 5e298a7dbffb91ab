//! Photographs: pixels that networks look at.

use std::fs::File;
use std::io::BufReader;
use std::path::Path;

use anyhow::{Context, Result, bail, ensure};

use crate::picture::Colour;

/// A photograph as `[3, height, width]`: red, then green, then blue, each from 0 to 255.
#[derive(Clone, Debug, PartialEq)]
pub struct Photo {
    /// The values, row by row.
    pub values: Vec<f32>,
    /// Rows and columns.
    pub size: [usize; 2],
}

impl Photo {
    /// Reads a PNG of 8 bits, or a PPM of type P6.
    ///
    /// # Errors
    /// If it is none.
    pub fn read(path: &Path) -> Result<Self> {
        let context = || format!("cannot read {}", path.display());
        let is_ppm = path.extension().is_some_and(|extension| extension == "ppm");
        let photo = if is_ppm {
            std::fs::read(path).map_err(Into::into).and_then(|bytes| Self::of_ppm(&bytes))
        } else {
            File::open(path).map_err(Into::into).and_then(Self::of_png)
        };
        photo.with_context(context)
    }

    fn of_png(file: File) -> Result<Self> {
        let mut decoder = png::Decoder::new(BufReader::new(file));
        decoder.set_transformations(png::Transformations::normalize_to_color8());
        let mut reader = decoder.read_info()?;
        let mut bytes = vec![0; reader.output_buffer_size()];
        let info = reader.next_frame(&mut bytes)?;
        bytes.truncate(info.buffer_size());
        let channels = info.color_type.samples();
        let size = [info.height as usize, info.width as usize];
        // Grey ones have one colour; what is behind the colours is how much is seen through.
        let colours: [usize; 3] = if channels < 3 { [0; 3] } else { [0, 1, 2] };
        Ok(Self::of(size, |pixel, colour| bytes[pixel * channels + colours[colour]]))
    }

    fn of_ppm(bytes: &[u8]) -> Result<Self> {
        let mut rest = bytes;
        let mut word = || -> Result<&[u8]> {
            loop {
                rest = rest.trim_ascii_start();
                let is_comment = rest.starts_with(b"#");
                let end = rest.iter().position(|&byte| match is_comment {
                    true => byte == b'\n',
                    false => byte.is_ascii_whitespace(),
                });
                let (word, behind) = rest.split_at(end.context("it ends in its header")?);
                rest = behind;
                if !is_comment {
                    return Ok(word);
                }
            }
        };
        ensure!(word()? == b"P6", "it is no PPM of type P6");
        let mut number = || -> Result<usize> { Ok(std::str::from_utf8(word()?)?.parse()?) };
        let (width, height, full) = (number()?, number()?, number()?);
        ensure!(full == 255, "its colours go to {full}, not to 255");
        let len = width.checked_mul(height).and_then(|pixels| pixels.checked_mul(3));
        // One white space stands between the header and the pixels.
        match len.and_then(|len| rest.get(1..)?.get(..len)) {
            Some(pixels) => {
                Ok(Self::of([height, width], |pixel, colour| pixels[3 * pixel + colour]))
            }
            None => bail!("it has fewer pixels than {width} by {height}"),
        }
    }

    fn of(size: [usize; 2], at: impl Fn(usize, usize) -> u8) -> Self {
        let pixels = size[0] * size[1];
        let values = (0..3 * pixels).map(|index| f32::from(at(index % pixels, index / pixels)));
        Photo { values: values.collect(), size }
    }

    /// The part between two corners, row and column of each, the second one outside, in another size.
    ///
    /// A pixel is the mean of those that it covers a part of, as `torch.nn.functional.interpolate(mode="area")` has it.
    pub fn resized(&self, from: [usize; 2], to: [usize; 2], size: [usize; 2]) -> Photo {
        let [rows, columns] = [0, 1].map(|axis| covered(from[axis], to[axis], size[axis]));
        let plane = self.size[0] * self.size[1];
        let mut values = Vec::with_capacity(3 * size[0] * size[1]);
        for colour in 0..3 {
            let plane = &self.values[colour * plane..][..plane];
            for [top, bottom] in &rows {
                for [left, right] in &columns {
                    let lines = plane.chunks_exact(self.size[1]).take(*bottom).skip(*top);
                    let sum: f32 = lines.flat_map(|line| &line[*left..*right]).sum();
                    values.push(sum / ((bottom - top) * (right - left)) as f32);
                }
            }
        }
        Photo { values, size }
    }

    /// The colours, row by row.
    pub fn colours(&self) -> Vec<Colour> {
        let pixels = self.size[0] * self.size[1];
        let value = |pixel: usize, colour: usize| self.values[colour * pixels + pixel] as u8;
        let colour = |pixel| Colour(value(pixel, 0), value(pixel, 1), value(pixel, 2));
        (0..pixels).map(colour).collect()
    }
}

/// For each of `count` places, from which to which place of the old ones it reaches.
fn covered(from: usize, to: usize, count: usize) -> Vec<[usize; 2]> {
    let len = to - from;
    (0..count)
        .map(|place| [from + place * len / count, from + ((place + 1) * len).div_ceil(count)])
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_ppm_is_read_and_one_that_is_cut_off_is_not() {
        let bytes = b"P6 # by hand\n2 1\n255\n\x01\x02\x03\x0a\x0b\x0c";
        let photo = Photo::of_ppm(bytes).unwrap();
        assert_eq!(photo.size, [1, 2]);
        assert_eq!(photo.values, [1.0, 10.0, 2.0, 11.0, 3.0, 12.0]);
        assert_eq!(photo.colours(), [Colour(1, 2, 3), Colour(10, 11, 12)]);
        assert!(Photo::of_ppm(&bytes[..bytes.len() - 1]).is_err());
        assert!(Photo::of_ppm(b"P5 2 1 255\n").is_err());
    }

    #[test]
    fn a_png_is_read() {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/faces/astronaut.png");
        let photo = Photo::read(&path).unwrap();
        assert_eq!((photo.size, photo.values.len()), ([160, 160], 3 * 160 * 160));
        // As Pillow reads it.
        assert_eq!(photo.colours()[80 * 160 + 80], Colour(216, 180, 152));
    }

    #[test]
    fn areas_are_those_of_torch() {
        let values = (0..3 * 35).map(|value| (value * value % 17) as f32).collect();
        let photo = Photo { values, size: [5, 7] };
        let whole = photo.resized([0, 0], [5, 7], [3, 2]);
        assert_eq!(whole.values[..6], [8.75, 9.5, 9.25, 9.25, 9.5, 8.75]);
        let part = photo.resized([1, 2], [4, 4], [3, 4]);
        assert_eq!(part.values[12..16], [15.0, 15.0, 2.0, 2.0]);
    }
}
