//! Handwritten digits of 28 by 28 pixels in the files of MNIST: a part that is embedded in the program, or
//! a folder of the user's.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail, ensure};

use crate::data::{Batch, Dataset};
use crate::idx;

/// How many rows a picture has, and how many pixels a row.
pub const SIDE: usize = 28;
/// How many pixels a picture has, from 0 (paper) to 1 (ink).
pub const PIXELS: usize = SIDE * SIDE;

/// Digits to learn from, and digits that are held out.
///
/// Without a folder they are the 2,500 that ship with this program. A folder holds MNIST's four files
/// (`train-images-idx3-ubyte`, `train-labels-idx1-ubyte` and the same with `t10k`), or one pair of files,
/// `*images-idx3-ubyte` and `*labels-idx1-ubyte`. They may be compressed and then end in `.gz`, and a dot
/// may stand in front of `idx`. Of a single pair, as of the digits in the program, the last fifth is
/// held out.
///
/// # Errors
/// If a file is missing, cannot be read, or does not hold what its name says.
pub fn digits(folder: Option<&Path>) -> Result<(Dataset<PIXELS, usize>, Dataset<PIXELS, usize>)> {
    let Some(folder) = folder else {
        let images = include_bytes!("../data/mnist-2500-images-idx3-ubyte.gz");
        let labels = include_bytes!("../data/mnist-2500-labels-idx1-ubyte.gz");
        return Ok(without_last_fifth(&dataset(images, labels)?));
    };
    match files(folder)? {
        Files::Parts { train, test } => Ok((read(&train)?, read(&test)?)),
        Files::Pair(pair) => Ok(without_last_fifth(&read(&pair)?)),
    }
}

/// A file of pictures and the file of their labels.
#[derive(Debug, PartialEq)]
struct Pair {
    images: PathBuf,
    labels: PathBuf,
}

#[derive(Debug, PartialEq)]
enum Files {
    Parts { train: Pair, test: Pair },
    Pair(Pair),
}

fn files(folder: &Path) -> Result<Files> {
    let context = || format!("cannot read the folder {}", folder.display());
    let mut names = Vec::new();
    for entry in fs::read_dir(folder).with_context(context)? {
        // A name that is not Unicode is none of those looked for.
        names.extend(entry.with_context(context)?.file_name().into_string());
    }
    names.sort();
    let usual = |part: &str| {
        let find = |what: &str| {
            let plain = format!("{part}-{what}-ubyte");
            // A mirror's spelling; and the plain file in front of the compressed one.
            let dotted = plain.replace("-idx", ".idx");
            let spellings =
                [plain.clone(), dotted.clone(), format!("{plain}.gz"), format!("{dotted}.gz")];
            spellings.into_iter().find(|spelling| names.contains(spelling))
        };
        Some(Pair {
            images: folder.join(find("images-idx3")?),
            labels: folder.join(find("labels-idx1")?),
        })
    };
    if let (Some(train), Some(test)) = (usual("train"), usual("t10k")) {
        return Ok(Files::Parts { train, test });
    }
    let all_of = |what: &str| -> Vec<&String> {
        let endings = ["-", "."].map(|dot| what.replace('-', dot) + "-ubyte");
        let is_one = |name: &&String| {
            let plain = name.strip_suffix(".gz").unwrap_or(name);
            endings.iter().any(|ending| plain.ends_with(ending))
        };
        names.iter().filter(is_one).collect()
    };
    match (all_of("images-idx3").as_slice(), all_of("labels-idx1").as_slice()) {
        ([images], [labels]) => {
            Ok(Files::Pair(Pair { images: folder.join(images), labels: folder.join(labels) }))
        }
        (images, labels) => bail!(
            "{} holds neither MNIST's four files nor one pair of images and labels, but {} of images and \
             {} of labels; the four are train-images-idx3-ubyte, train-labels-idx1-ubyte, \
             t10k-images-idx3-ubyte and t10k-labels-idx1-ubyte, each with or without .gz",
            folder.display(),
            images.len(),
            labels.len()
        ),
    }
}

fn read(pair: &Pair) -> Result<Dataset<PIXELS, usize>> {
    let bytes = |path: &Path| fs::read(path).with_context(|| path.display().to_string());
    let named = |path: &Path| path.display().to_string();
    let images = idx::images(&bytes(&pair.images)?).with_context(|| named(&pair.images))?;
    let labels = idx::labels(&bytes(&pair.labels)?).with_context(|| named(&pair.labels))?;
    joined(&images, &labels)
        .with_context(|| format!("{} and {}", pair.images.display(), pair.labels.display()))
}

fn dataset(images: &[u8], labels: &[u8]) -> Result<Dataset<PIXELS, usize>> {
    joined(&idx::images(images)?, &idx::labels(labels)?)
}

fn joined(images: &idx::Images, labels: &[u8]) -> Result<Dataset<PIXELS, usize>> {
    let classes = vec!["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
    let (height, width) = (images.height, images.width);
    ensure!(
        (height, width) == (SIDE, SIDE),
        "pictures of {height} by {width} pixels, where the network takes {SIDE} by {SIDE}"
    );
    let count = images.len();
    ensure!(count == labels.len(), "{count} pictures, but {} labels", labels.len());
    if let Some(index) = labels.iter().position(|&label| usize::from(label) >= classes.len()) {
        bail!("label {index} is {}, where classes are 0 to 9", labels[index]);
    }
    let pixels = images.pixels.iter().map(|&pixel| f32::from(pixel) / 255.0);
    Ok(Dataset {
        inputs: Batch::<PIXELS>::from_iterator(count, pixels),
        targets: labels.iter().map(|&label| usize::from(label)).collect(),
        features: Vec::new(),
        classes,
    })
}

/// The first four fifths and the last, in the order of the file.
fn without_last_fifth(
    all: &Dataset<PIXELS, usize>,
) -> (Dataset<PIXELS, usize>, Dataset<PIXELS, usize>) {
    let first = all.len() - all.len() / 5;
    let [train, test] = [0..first, first..all.len()].map(|part| part.collect::<Vec<_>>());
    (all.select(&train), all.select(&test))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_embedded_digits_are_as_published() {
        let (train, test) = digits(None).unwrap();
        assert_eq!((train.len(), test.len()), (2000, 500));
        assert_eq!(train.targets[..12], [5, 0, 4, 1, 9, 2, 1, 3, 1, 4, 3, 5]);
        let count =
            |class| train.targets.iter().chain(&test.targets).filter(|&&t| t == class).count();
        assert_eq!([0, 1, 2].map(count), [245, 270, 253]);
        assert_eq!((train.inputs.min(), train.inputs.max()), (0.0, 1.0));
        // The first row of MNIST's first digit, a 5, that has ink: columns 12 to 23 of row 5.
        let inked =
            train.inputs.column(0).rows(5 * SIDE + 11, 14).map(|pixel| (255.0 * pixel).round());
        let published = [
            0.0, 3.0, 18.0, 18.0, 18.0, 126.0, 136.0, 175.0, 26.0, 166.0, 255.0, 247.0, 127.0, 0.0,
        ];
        assert_eq!(inked.as_slice(), published);
    }

    /// A folder with empty files of these names, removed when dropped.
    struct Folder(PathBuf);

    impl Folder {
        fn new(test: &str, names: &[&str]) -> Self {
            let path = std::env::temp_dir().join(format!("mnist-{test}-{}", std::process::id()));
            fs::create_dir_all(&path).unwrap();
            names.iter().for_each(|name| fs::write(path.join(name), []).unwrap());
            Folder(path)
        }

        fn pair(&self, images: &str, labels: &str) -> Pair {
            Pair { images: self.0.join(images), labels: self.0.join(labels) }
        }

        fn write(&self, images: &[u8], labels: &[u8]) {
            fs::write(self.0.join("some-images-idx3-ubyte"), images).unwrap();
            fs::write(self.0.join("some-labels-idx1-ubyte"), labels).unwrap();
        }
    }

    impl Drop for Folder {
        fn drop(&mut self) {
            let _ = fs::remove_dir_all(&self.0);
        }
    }

    /// Black pictures and their labels as files.
    fn black(side: u8, count: u8, labels: &[u8]) -> (Vec<u8>, Vec<u8>) {
        let mut images = vec![0, 0, 8, 3, 0, 0, 0, count, 0, 0, 0, side, 0, 0, 0, side];
        images.resize(16 + usize::from(count) * usize::from(side).pow(2), 255);
        let header = [0, 0, 8, 1, 0, 0, 0, labels.len() as u8];
        (images, [&header, labels].concat())
    }

    #[test]
    fn the_four_files_go_before_others() {
        let folder = Folder::new(
            "four",
            &[
                "train-images.idx3-ubyte",
                "train-labels-idx1-ubyte.gz",
                "t10k-images-idx3-ubyte.gz",
                "t10k-images-idx3-ubyte",
                "t10k-labels.idx1-ubyte.gz",
                "other-labels-idx1-ubyte",
                "notes.txt",
            ],
        );
        assert_eq!(
            files(&folder.0).unwrap(),
            Files::Parts {
                train: folder.pair("train-images.idx3-ubyte", "train-labels-idx1-ubyte.gz"),
                test: folder.pair("t10k-images-idx3-ubyte", "t10k-labels.idx1-ubyte.gz"),
            }
        );
    }

    #[test]
    fn one_pair_is_enough() {
        let folder = Folder::new("pair", &["my-images.idx3-ubyte.gz", "labels-idx1-ubyte"]);
        let pair = folder.pair("my-images.idx3-ubyte.gz", "labels-idx1-ubyte");
        assert_eq!(files(&folder.0).unwrap(), Files::Pair(pair));
    }

    #[test]
    fn what_a_folder_lacks_is_told() {
        let folder = Folder::new(
            "lacking",
            &["train-images-idx3-ubyte", "train-labels-idx1-ubyte", "t10k-images-idx3-ubyte"],
        );
        let error = files(&folder.0).unwrap_err().to_string();
        assert!(error.contains("but 2 of images and 1 of labels"), "{error}");
        let nowhere = folder.0.join("nowhere");
        assert!(files(&nowhere).unwrap_err().to_string().contains("nowhere"));
    }

    #[test]
    fn the_last_fifth_of_a_pair_is_held_out() {
        let folder = Folder::new("fifth", &[]);
        let (images, labels) = black(28, 11, &[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 1]);
        folder.write(&images, &labels);
        let (train, test) = digits(Some(&folder.0)).unwrap();
        assert_eq!(train.targets, [0, 1, 2, 3, 4, 5, 6, 7, 8]);
        assert_eq!(test.targets, [9, 1]);
        assert_eq!(test.inputs.min(), 1.0);
    }

    #[test]
    fn files_that_do_not_fit_are_told() {
        let folder = Folder::new("faulty", &[]);
        let message = |(images, labels): (Vec<u8>, Vec<u8>)| {
            folder.write(&images, &labels);
            format!("{:#}", digits(Some(&folder.0)).unwrap_err())
        };
        let size = message(black(27, 1, &[0]));
        assert!(size.ends_with("pictures of 27 by 27 pixels, where the network takes 28 by 28"));
        assert!(message(black(28, 2, &[0])).ends_with("2 pictures, but 1 labels"));
        assert!(
            message(black(28, 2, &[3, 10])).ends_with("label 1 is 10, where classes are 0 to 9")
        );
        let (images, labels) = black(28, 2, &[0, 1]);
        let swapped = message((labels, images));
        assert!(
            swapped.contains("some-images-idx3-ubyte: the magic number is 0x00000801"),
            "{swapped}"
        );
    }
}
