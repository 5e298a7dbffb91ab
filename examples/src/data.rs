//! The data sets, embedded in the program so that it runs from any folder. `examples/data/SOURCES.md`
//! says where they come from.

use std::io::Read;
use std::ops::Range;

use anyhow::{Context, Result, ensure};
use static_net::nalgebra::{Const, Dyn, OMatrix, SVector};
use static_net::rand::seq::SliceRandom;
use static_net::rand::{SeedableRng, rngs::StdRng};

/// Samples of `N` values, one in each column: what a network takes as a batch.
pub type Batch<const N: usize> = OMatrix<f32, Const<N>, Dyn>;

/// Samples, and for each of them what is to be learned: a class index or a number.
#[derive(Clone, Debug)]
pub struct Dataset<const N: usize, Target> {
    /// The samples, one in each column.
    pub inputs: Batch<N>,
    /// One for each sample.
    pub targets: Vec<Target>,
    /// What each of the `N` values is called; empty for the pixels of a picture.
    pub features: Vec<String>,
    /// What each class is called; empty for numbers.
    pub classes: Vec<&'static str>,
}

impl<const N: usize, Target: Copy> Dataset<N, Target> {
    /// How many samples there are.
    pub fn len(&self) -> usize {
        self.targets.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.targets.is_empty()
    }

    /// The samples of these indices, in that order.
    pub fn select(&self, indices: &[usize]) -> Self {
        Dataset {
            inputs: self.inputs.select_columns(indices),
            targets: indices.iter().map(|&index| self.targets[index]).collect(),
            features: self.features.clone(),
            classes: self.classes.clone(),
        }
    }

    /// The first `count` samples, or all if there are fewer.
    pub fn first(&self, count: usize) -> Self {
        self.select(&(0..count.min(self.len())).collect::<Vec<_>>())
    }

    /// The samples without those that repeat an earlier one, target included. A repeated sample on
    /// both sides of a split would let a model pass the test by memory.
    pub fn without_duplicates(&self) -> Self
    where
        Target: Into<f64>,
    {
        let mut seen = std::collections::HashSet::new();
        let unique: Vec<usize> = (0..self.len())
            .filter(|&index| {
                let values = self.inputs.column(index);
                let bits: Vec<u32> = values.iter().map(|value| value.to_bits()).collect();
                seen.insert((bits, self.targets[index].into().to_bits()))
            })
            .collect();
        self.select(&unique)
    }
}

impl<const N: usize> Dataset<N, usize> {
    /// Two parts that share no sample and hold the classes in the same proportions: one to learn from,
    /// and `held_out` (between 0 and 1) of each class to be tested on. The same seed gives the same
    /// split.
    pub fn split(&self, held_out: f64, seed: u64) -> (Self, Self) {
        let mut rng = StdRng::seed_from_u64(seed);
        let (mut train, mut test) = (Vec::new(), Vec::new());
        for class in 0..self.classes.len() {
            let mut members: Vec<usize> =
                (0..self.len()).filter(|&index| self.targets[index] == class).collect();
            members.shuffle(&mut rng);
            let tested = (held_out * members.len() as f64).round() as usize;
            test.extend_from_slice(&members[..tested]);
            train.extend_from_slice(&members[tested..]);
        }
        // In the order of the file, not class by class.
        train.sort_unstable();
        test.sort_unstable();
        (self.select(&train), self.select(&test))
    }
}

/// Shifts and scales each feature to mean 0 and standard deviation 1.
///
/// It is fitted to the training samples alone: what the test samples look like must not reach a model.
#[derive(Clone, Debug)]
pub struct Standardizer<const N: usize> {
    mean: SVector<f32, N>,
    deviation: SVector<f32, N>,
}

impl<const N: usize> Standardizer<N> {
    /// Takes mean and deviation of each feature from these samples.
    pub fn fit(samples: &Batch<N>) -> Self {
        let mean = samples.column_mean();
        // A feature that never changes has deviation 0 and is only shifted.
        let deviation = samples.column_variance().map(|variance| match variance.sqrt() {
            0.0 => 1.0,
            deviation => deviation,
        });
        Standardizer { mean, deviation }
    }

    /// The same samples, shifted and scaled.
    pub fn apply(&self, samples: &Batch<N>) -> Batch<N> {
        let mut samples = samples.clone();
        for mut sample in samples.column_iter_mut() {
            sample -= &self.mean;
            sample.component_div_assign(&self.deviation);
        }
        samples
    }
}

/// 1,797 handwritten digits of 8 by 8 pixels, from 0 (white) to 1 (black).
pub fn digits() -> Result<Dataset<64, usize>> {
    let table = Table::read(include_bytes!("../data/digits8x8.csv.gz"), false).context("digits")?;
    let classes = vec!["0", "1", "2", "3", "4", "5", "6", "7", "8", "9"];
    let mut digits = table.classification(0..64, classes)?;
    digits.inputs /= 16.0;
    Ok(digits)
}

/// 569 tumours, malignant or benign, and ten mean measurements of their cell nuclei.
pub fn breast_cancer() -> Result<Dataset<10, usize>> {
    let table = Table::read(include_bytes!("../data/breast_cancer.csv.gz"), true)
        .context("breast_cancer")?;
    // Columns 10 to 29 are the standard errors and the largest values of the same ten.
    table.classification(0..10, vec!["malignant", "benign"])
}

/// 178 wines by three growers, and 13 chemical measurements.
pub fn wine() -> Result<Dataset<13, usize>> {
    let table = Table::read(include_bytes!("../data/wine.csv.gz"), true).context("wine")?;
    table.classification(0..13, vec!["grower 1", "grower 2", "grower 3"])
}

/// 1,599 red wines: 11 chemical measurements, and the grade tasters gave, from 3 to 8.
pub fn winequality_red() -> Result<Dataset<11, f32>> {
    let table = Table::read(include_bytes!("../data/winequality_red.csv.gz"), true)
        .context("winequality_red")?;
    let (inputs, features) = table.inputs(0..11)?;
    let targets = table.rows.iter().map(|row| row[11]).collect();
    Ok(Dataset { inputs, targets, features, classes: Vec::new() })
}

/// The mean number of sunspots in each month from January 1749 to June 2009.
pub fn sunspots() -> Result<Vec<f32>> {
    let table = Table::read(include_bytes!("../data/sunspots.csv.gz"), true).context("sunspots")?;
    for (index, row) in table.rows.iter().enumerate() {
        ensure!(
            row[..2] == [(1749 + index / 12) as f32, (1 + index % 12) as f32],
            "a month is missing"
        );
    }
    Ok(table.rows.iter().map(|row| row[2]).collect())
}

/// Rows of numbers, all of the same length, with the target in the last column.
struct Table {
    header: Vec<String>,
    rows: Vec<Vec<f32>>,
}

impl Table {
    fn read(compressed: &[u8], has_header: bool) -> Result<Self> {
        let mut text = String::new();
        flate2::read::GzDecoder::new(compressed).read_to_string(&mut text)?;
        let mut lines = text.lines();
        let header = match has_header {
            true => lines.next().context("an empty file")?.split(',').map(readable).collect(),
            false => Vec::new(),
        };
        let rows: Vec<Vec<f32>> = lines
            .enumerate()
            .map(|(index, line)| {
                let values: Result<_, _> = line.split(',').map(str::parse).collect();
                values.with_context(|| format!("row {index}: `{line}`"))
            })
            .collect::<Result<_>>()?;
        let columns = rows.first().map_or(0, Vec::len);
        ensure!(rows.iter().all(|row| row.len() == columns), "rows of different lengths");
        Ok(Table { header, rows })
    }

    fn inputs<const N: usize>(&self, columns: Range<usize>) -> Result<(Batch<N>, Vec<String>)> {
        ensure!(columns.len() == N, "{} columns for {N} features", columns.len());
        let width = self.rows.first().map_or(0, Vec::len);
        ensure!(columns.end < width, "{width} columns, the last of them the target");
        let values = self.rows.iter().flat_map(|row| row[columns.clone()].iter().copied());
        let inputs = Batch::<N>::from_iterator(self.rows.len(), values);
        Ok((inputs, self.header.get(columns).unwrap_or_default().to_vec()))
    }

    fn classification<const N: usize>(
        &self,
        columns: Range<usize>,
        classes: Vec<&'static str>,
    ) -> Result<Dataset<N, usize>> {
        let (inputs, features) = self.inputs(columns)?;
        let targets: Vec<usize> = self.rows.iter().map(|row| row[row.len() - 1] as usize).collect();
        ensure!(targets.iter().all(|&class| class < classes.len()), "an unknown class");
        Ok(Dataset { inputs, targets, features, classes })
    }
}

/// `"mean_radius"` as `mean radius`.
fn readable(name: &str) -> String {
    name.trim_matches('"').replace('_', " ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_are_as_published() {
        let digits = digits().unwrap();
        assert_eq!(digits.len(), 1797);
        assert_eq!(digits.inputs.ncols(), 1797);
        assert_eq!(digits.targets[..12], [0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 0, 1]);
        let first_two_rows = digits.inputs.column(0).rows(0, 16).map(|pixel| (pixel * 16.0) as u8);
        assert_eq!(
            first_two_rows.as_slice(),
            [0, 0, 5, 13, 9, 1, 0, 0, 0, 0, 13, 15, 10, 15, 5, 0]
        );
        assert_eq!((digits.inputs.min(), digits.inputs.max()), (0.0, 1.0));
        let count = |class| digits.targets.iter().filter(|&&target| target == class).count();
        assert_eq!((count(0), count(3), count(8)), (178, 183, 174));
    }

    #[test]
    fn breast_cancer_is_as_published() {
        let tumours = breast_cancer().unwrap();
        assert_eq!(tumours.len(), 569);
        assert_eq!(tumours.targets.iter().filter(|&&class| class == 0).count(), 212);
        assert_eq!(tumours.features[0], "mean radius");
        assert_eq!(tumours.features[9], "mean fractal dimension");
        assert_eq!(tumours.inputs.column(0).as_slice()[..3], [17.99, 10.38, 122.8]);
    }

    #[test]
    fn wine_is_as_published() {
        let wine = wine().unwrap();
        let counts = [0, 1, 2].map(|class| wine.targets.iter().filter(|&&t| t == class).count());
        assert_eq!(counts, [59, 71, 48]);
        assert_eq!(wine.features[12], "proline");
        assert_eq!(wine.inputs[(12, 0)], 1065.0);
    }

    #[test]
    fn wine_quality_is_as_published() {
        let wines = winequality_red().unwrap();
        assert_eq!(wines.len(), 1599);
        assert_eq!(wines.features[1], "volatile acidity");
        assert_eq!(wines.inputs.column(0).as_slice()[..2], [7.4, 0.7]);
        assert_eq!(wines.targets[..4], [5.0, 5.0, 5.0, 6.0]);
        let fives = wines.targets.iter().filter(|&&grade| grade == 5.0).count();
        assert_eq!(fives, 681);
        assert_eq!(wines.without_duplicates().len(), 1359);
    }

    #[test]
    fn sunspots_are_as_published() {
        let months = sunspots().unwrap();
        assert_eq!(months.len(), 12 * 260 + 6);
        assert_eq!(months[..3], [58.0, 62.6, 70.0]);
        assert_eq!(months[12 * (1957 - 1749) + 9], 253.8);
        assert_eq!(months[months.len() - 1], 2.6);
    }

    #[test]
    fn a_split_shares_nothing_and_keeps_the_proportions() {
        // Distinct inputs, so that a sample shows from where it comes.
        let targets: Vec<usize> = (0..100).map(|index| usize::from(index % 4 == 0)).collect();
        let inputs = Batch::<1>::from_fn(100, |_, sample| sample as f32);
        let all = Dataset { inputs, targets, features: Vec::new(), classes: vec!["a", "b"] };
        let (train, test) = all.split(0.2, 1);
        assert_eq!((train.len(), test.len()), (80, 20));
        assert_eq!(test.targets.iter().sum::<usize>(), 5);
        assert_eq!(train.targets.iter().sum::<usize>(), 20);
        let mut seen: Vec<f32> = train.inputs.iter().chain(&test.inputs).copied().collect();
        seen.sort_by(f32::total_cmp);
        assert!(seen.into_iter().eq((0..100).map(|sample| sample as f32)));
        for part in [&train, &test] {
            for (sample, &target) in part.inputs.iter().zip(&part.targets) {
                assert_eq!(target, all.targets[*sample as usize]);
            }
        }
        assert_eq!(all.split(0.2, 1).1.inputs, test.inputs);
        assert_ne!(all.split(0.2, 2).1.inputs, test.inputs);
    }

    #[test]
    fn standardized_features_have_mean_0_and_deviation_1() {
        let samples = Batch::<2>::from_row_slice(&[1.0, 2.0, 3.0, 4.0, 7.0, 7.0, 7.0, 7.0]);
        let standardized = Standardizer::fit(&samples).apply(&samples);
        assert!(standardized.column_mean().norm() < 1e-6);
        assert!((standardized.column_variance() - SVector::<f32, 2>::new(1.0, 0.0)).norm() < 1e-5);
    }

    #[test]
    fn a_broken_table_is_an_error_that_names_the_row() {
        use std::io::Write;
        let compress = |text: &str| {
            let mut encoder = flate2::write::GzEncoder::new(Vec::new(), Default::default());
            encoder.write_all(text.as_bytes()).unwrap();
            encoder.finish().unwrap()
        };
        let error = Table::read(&compress("1,2\n3,x\n"), false).err().unwrap();
        assert_eq!(error.to_string(), "row 1: `3,x`");
        let error = Table::read(&compress("1,2\n3\n"), false).err().unwrap();
        assert_eq!(error.to_string(), "rows of different lengths");
        let table = Table::read(&compress("1,2\n3,4\n"), false).unwrap();
        assert!(table.classification::<1>(0..1, vec!["no", "yes"]).is_err());
    }
}
