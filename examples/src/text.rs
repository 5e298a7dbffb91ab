//! Texts as runs of tokens: the beginning of Shakespeare's works, which is part of this program, or a file of the
//! user's.

use std::collections::HashMap;
use std::fs;
use std::io::Read;
use std::path::Path;

use anyhow::{Context, Result, ensure};
use static_net::text::Characters;

/// A text as tokens, one for each character.
pub struct Corpus {
    /// Which character each token stands for.
    pub characters: Characters,
    /// The text to learn from.
    pub train: Vec<u32>,
    /// The last tenth, which is held out.
    pub test: Vec<u32>,
    /// How many characters were left out because they are too rare for the vocabulary.
    pub left_out: usize,
}

impl Corpus {
    /// Reads a text. Of more than `most` different characters, the rarest are left out.
    ///
    /// # Errors
    /// If the file cannot be read, is no text in UTF-8, or is too short to hold a context of `least` tokens in each
    /// part.
    pub fn read(path: Option<&Path>, most: usize, least: usize) -> Result<Self> {
        let text = match path {
            Some(path) => fs::read_to_string(path)
                .with_context(|| format!("cannot read {} as text", path.display()))?,
            None => shakespeare()?,
        };
        let (text, left_out) = without_rare(&text, most);
        let characters = Characters::of(&text);
        let mut train = characters.encode(&text)?;
        ensure!(
            train.len() / 10 > least,
            "the text has {} characters; a tenth of them, which is held out, should be more than {least}",
            train.len()
        );
        let test = train.split_off(train.len() - train.len() / 10);
        Ok(Corpus { characters, train, test, left_out })
    }

    /// A run of `LENGTH` tokens that begins at `start`, and the token behind each of them.
    pub fn window<const LENGTH: usize>(
        text: &[u32],
        start: usize,
    ) -> ([u32; LENGTH], [u32; LENGTH]) {
        let token = |offset: usize| core::array::from_fn(|place| text[start + place + offset]);
        (token(0), token(1))
    }

    /// Where the `index`-th window to learn from begins, of which each has `length` tokens and one behind it.
    ///
    /// The golden section spreads them evenly over the text, however many there are, and each program that
    /// computes in f64 finds the same.
    pub fn start(text: &[u32], index: usize, length: usize) -> usize {
        const GOLDEN_SECTION: f64 = 0.618_033_988_749_894_9;
        let places = text.len() - length;
        ((index as f64 * GOLDEN_SECTION).fract() * places as f64) as usize
    }
}

fn shakespeare() -> Result<String> {
    let compressed: &[u8] = include_bytes!("../data/shakespeare-1mb.txt.gz");
    let mut text = String::new();
    flate2::read::GzDecoder::new(compressed).read_to_string(&mut text)?;
    Ok(text)
}

/// The text without its rarest characters, so that `most` different ones are left, and how many that leaves out.
fn without_rare(text: &str, most: usize) -> (String, usize) {
    let mut counts: HashMap<char, usize> = HashMap::new();
    for character in text.chars() {
        *counts.entry(character).or_default() += 1;
    }
    if counts.len() <= most {
        return (text.to_owned(), 0);
    }
    let mut order: Vec<(char, usize)> = counts.into_iter().collect();
    order.sort_by_key(|&(character, count)| (core::cmp::Reverse(count), character));
    let kept: HashMap<char, usize> = order.into_iter().take(most).collect();
    let left: String = text.chars().filter(|character| kept.contains_key(character)).collect();
    let left_out = text.chars().count() - left.chars().count();
    (left, left_out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_text_of_the_program_fits_its_vocabulary() {
        let corpus = Corpus::read(None, 96, 64).unwrap();
        assert_eq!((corpus.characters.len(), corpus.left_out), (76, 0));
        assert_eq!(corpus.train.len() + corpus.test.len(), 999_343);
        let opening = corpus.characters.decode(&corpus.train[..25]).unwrap();
        assert_eq!(opening, "ALL'S WELL THAT ENDS WELL");
    }

    #[test]
    fn rare_characters_are_left_out() {
        assert_eq!(without_rare("aabbbc", 2), ("aabbb".to_owned(), 1));
        assert_eq!(without_rare("aabbbc", 3), ("aabbbc".to_owned(), 0));
        // Of equally rare ones, the first in the alphabet stay.
        assert_eq!(without_rare("dacb", 2), ("ab".to_owned(), 2));
    }

    #[test]
    fn windows_lie_inside_the_text() {
        let text: Vec<u32> = (0..10).collect();
        assert_eq!(Corpus::window::<3>(&text, 6), ([6, 7, 8], [7, 8, 9]));
        let mut starts: Vec<usize> = (0..70).map(|index| Corpus::start(&text, index, 3)).collect();
        starts.sort_unstable();
        assert_eq!((starts[0], starts[69]), (0, 6));
        for start in 0..7 {
            let count = starts.iter().filter(|&&other| other == start).count();
            assert!((8..=12).contains(&count), "{start}: {count}");
        }
    }
}
