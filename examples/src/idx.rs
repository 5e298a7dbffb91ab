//! The IDX format of the MNIST files: a magic number, the sizes, then one byte for each value, plain or
//! compressed with gzip.

use std::borrow::Cow;
use std::io::Read;

use anyhow::{Context, Result, ensure};

/// Pictures of one size, one byte for each pixel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Images {
    /// How many rows of pixels a picture has.
    pub height: usize,
    /// How many pixels a row has.
    pub width: usize,
    /// Row by row, picture by picture.
    pub pixels: Vec<u8>,
}

impl Images {
    /// How many pictures there are.
    pub fn len(&self) -> usize {
        self.pixels.len() / (self.height * self.width)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.pixels.is_empty()
    }
}

/// Reads a file of pictures (`idx3-ubyte`).
///
/// # Errors
/// If the bytes are something else, or do not hold as many pictures as they say.
pub fn images(bytes: &[u8]) -> Result<Images> {
    let bytes = decompressed(bytes)?;
    let ([_, height, width], pixels) = read(&bytes)?;
    ensure!(height > 0 && width > 0, "pictures of {height} by {width} pixels");
    Ok(Images { height, width, pixels: pixels.to_vec() })
}

/// Reads a file of labels (`idx1-ubyte`): one class for each picture.
///
/// # Errors
/// If the bytes are something else, or do not hold as many labels as they say.
pub fn labels(bytes: &[u8]) -> Result<Vec<u8>> {
    let bytes = decompressed(bytes)?;
    let (_, labels) = read::<1>(&bytes)?;
    Ok(labels.to_vec())
}

/// Whether bytes are compressed they say themselves: names of files are not to be relied on.
fn decompressed(bytes: &[u8]) -> Result<Cow<'_, [u8]>> {
    if !bytes.starts_with(&[0x1f, 0x8b]) {
        return Ok(Cow::Borrowed(bytes));
    }
    let mut values = Vec::new();
    flate2::read::GzDecoder::new(bytes)
        .read_to_end(&mut values)
        .context("cannot be decompressed: is the file complete?")?;
    Ok(Cow::Owned(values))
}

/// The sizes along each axis, and the values.
fn read<const AXES: usize>(bytes: &[u8]) -> Result<([usize; AXES], &[u8])> {
    let mut words = bytes.as_chunks::<4>().0.iter().map(|&word| u32::from_be_bytes(word));
    // Two zeros, the type of the values (8 is one byte without sign), the number of axes.
    let expected = 0x800 + AXES as u32;
    let magic = words.next().context("fewer than four bytes")?;
    ensure!(
        magic == expected,
        "the magic number is {magic:#010x}, where IDX {} start with {expected:#010x}",
        if AXES == 1 { "labels" } else { "images" }
    );
    let mut sizes = [0; AXES];
    for size in &mut sizes {
        *size = words.next().context("ends inside the header")? as usize;
    }
    let values = &bytes[4 * (1 + AXES)..];
    let stated = sizes.iter().try_fold(1_usize, |all, &size| all.checked_mul(size));
    ensure!(
        stated == Some(values.len()),
        "{} values follow a header that promises {}",
        values.len(),
        sizes.map(|size| size.to_string()).join(" x ")
    );
    Ok((sizes, values))
}

#[cfg(test)]
mod tests {
    use std::io::Write;

    use super::*;

    /// Two pictures of one row and three pixels.
    const IMAGES: [u8; 22] =
        [0, 0, 8, 3, 0, 0, 0, 2, 0, 0, 0, 1, 0, 0, 0, 3, 10, 20, 30, 40, 50, 60];
    const LABELS: [u8; 10] = [0, 0, 8, 1, 0, 0, 0, 2, 7, 9];

    fn compressed(bytes: &[u8]) -> Vec<u8> {
        let mut encoder = flate2::write::GzEncoder::new(Vec::new(), Default::default());
        encoder.write_all(bytes).unwrap();
        encoder.finish().unwrap()
    }

    fn message<T: std::fmt::Debug>(result: Result<T>) -> String {
        result.unwrap_err().to_string()
    }

    #[test]
    fn compressed_or_not_the_values_are_the_same() {
        let read = images(&IMAGES).unwrap();
        assert_eq!((read.len(), read.height, read.width), (2, 1, 3));
        assert_eq!(read.pixels, [10, 20, 30, 40, 50, 60]);
        assert_eq!(images(&compressed(&IMAGES)).unwrap(), read);
        assert_eq!(labels(&LABELS).unwrap(), [7, 9]);
        assert_eq!(labels(&compressed(&LABELS)).unwrap(), [7, 9]);
    }

    #[test]
    fn a_wrong_magic_number_is_told() {
        assert_eq!(
            message(images(&LABELS)),
            "the magic number is 0x00000801, where IDX images start with 0x00000803"
        );
        assert_eq!(
            message(labels(b"PK\x03\x04")),
            "the magic number is 0x504b0304, where IDX labels start with 0x00000801"
        );
    }

    #[test]
    fn what_is_cut_off_is_told() {
        assert_eq!(message(images(&IMAGES[..3])), "fewer than four bytes");
        assert_eq!(message(images(&IMAGES[..15])), "ends inside the header");
        assert_eq!(
            message(images(&IMAGES[..21])),
            "5 values follow a header that promises 2 x 1 x 3"
        );
        let compressed = compressed(&IMAGES);
        let cut = message(images(&compressed[..compressed.len() - 9]));
        assert_eq!(cut, "cannot be decompressed: is the file complete?");
    }

    #[test]
    fn what_is_too_much_is_told() {
        let mut longer = LABELS.to_vec();
        longer.push(1);
        assert_eq!(message(labels(&longer)), "3 values follow a header that promises 2");
        let mut sizes = IMAGES;
        sizes[4..16].fill(0xff);
        assert!(message(images(&sizes)).ends_with("promises 4294967295 x 4294967295 x 4294967295"));
    }

    #[test]
    fn pictures_without_pixels_are_refused() {
        let mut empty = IMAGES[..16].to_vec();
        empty[8..16].fill(0);
        assert_eq!(message(images(&empty)), "pictures of 0 by 0 pixels");
    }
}
