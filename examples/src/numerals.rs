//! Numbers below a million: in English words, in digits, and both as tokens.

use anyhow::{Context, Result, ensure};

/// What a token of words may be; the first stands where there is none.
pub const WORDS: [&str; 32] = [
    "",
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
    "twenty",
    "thirty",
    "forty",
    "fifty",
    "sixty",
    "seventy",
    "eighty",
    "ninety",
    "hundred",
    "thousand",
    "and",
];
/// How many words a number has at most: "nine hundred and ninety nine thousand nine hundred and ninety nine".
pub const LONGEST: usize = 11;
/// How many digits it has at most.
pub const DIGITS: usize = 6;
/// The token behind the last digit. Those in front of it are the digits themselves.
pub const END: u32 = 10;
/// The token in front of the first digit, which is never foretold.
pub const START: u32 = 11;

/// A number in words: 305 is `three hundred and five`.
///
/// # Panics
/// If it is not below a million.
pub fn spelled(number: u32) -> String {
    assert!(number < 1_000_000, "{number} is not below a million");
    let (thousands, rest) = (number / 1000, number % 1000);
    let mut words = Vec::with_capacity(LONGEST);
    if thousands > 0 {
        below_a_thousand(thousands, &mut words);
        words.push("thousand");
    }
    if thousands > 0 && (1..100).contains(&rest) {
        words.push("and");
    }
    if rest > 0 || number == 0 {
        below_a_thousand(rest, &mut words);
    }
    words.join(" ")
}

fn below_a_thousand(number: u32, words: &mut Vec<&str>) {
    let word = |place: u32| WORDS[place as usize];
    let (hundreds, rest) = (number / 100, number % 100);
    if hundreds > 0 {
        words.extend([word(1 + hundreds), "hundred"]);
        if rest == 0 {
            return;
        }
        words.push("and");
    }
    match rest {
        // Behind zero they stand in their order.
        0..20 => words.push(word(1 + rest)),
        _ => {
            words.push(word(21 - 2 + rest / 10));
            if rest % 10 > 0 {
                words.push(word(1 + rest % 10));
            }
        }
    }
}

/// Words as tokens, padded with 0.
///
/// # Errors
/// If one is none of [`WORDS`], or there are none or too many.
pub fn tokens(text: &str) -> Result<[u32; LONGEST]> {
    let mut tokens = [0; LONGEST];
    let words: Vec<&str> = text
        .split(|letter: char| letter.is_whitespace() || letter == '-')
        .filter(|word| !word.is_empty())
        .collect();
    ensure!(
        (1..=LONGEST).contains(&words.len()),
        "{} words, where a number below a million has 1 to {LONGEST}",
        words.len()
    );
    for (token, word) in tokens.iter_mut().zip(words) {
        let place = WORDS.iter().position(|known| known.eq_ignore_ascii_case(word));
        *token = place.with_context(|| format!("`{word}` is no word of a number"))? as u32;
    }
    Ok(tokens)
}

/// The digits of a number as tokens, and its end in all places behind.
pub fn digits(number: u32) -> [u32; DIGITS + 1] {
    let mut tokens = [END; DIGITS + 1];
    for (token, digit) in tokens.iter_mut().zip(number.to_string().bytes()) {
        *token = u32::from(digit - b'0');
    }
    tokens
}

/// What a decoder sees when it foretells these: each token one place later, the start in front.
pub fn shifted(digits: &[u32; DIGITS + 1]) -> [u32; DIGITS + 1] {
    let mut seen = *digits;
    seen.rotate_right(1);
    seen[0] = START;
    seen
}

/// The digits in front of the first end.
pub fn written(tokens: &[u32]) -> String {
    let digits = tokens.iter().take_while(|&&token| token < END);
    digits.map(u32::to_string).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_spelled() {
        for (number, words) in [
            (0, "zero"),
            (13, "thirteen"),
            (20, "twenty"),
            (99, "ninety nine"),
            (100, "one hundred"),
            (305, "three hundred and five"),
            (2000, "two thousand"),
            (40_071, "forty thousand and seventy one"),
            (900_100, "nine hundred thousand one hundred"),
            (999_999, "nine hundred and ninety nine thousand nine hundred and ninety nine"),
        ] {
            assert_eq!(spelled(number), words);
        }
        let longest = (0..1_000_000).map(|number| spelled(number).split(' ').count()).max();
        assert_eq!(longest, Some(LONGEST));
    }

    #[test]
    fn words_are_tokens() {
        let mut expected = [0; LONGEST];
        expected[..4].copy_from_slice(&[4, 29, 31, 6]);
        assert_eq!(tokens("three hundred and five").unwrap(), expected);
        expected[..4].copy_from_slice(&[21, 2, 0, 0]);
        assert_eq!(tokens(" Twenty-one").unwrap(), expected);
        assert_eq!(
            tokens("one million").unwrap_err().to_string(),
            "`million` is no word of a number"
        );
        assert!(tokens("").is_err() && tokens(&"one ".repeat(12)).is_err());
    }

    #[test]
    fn digits_are_tokens() {
        let of_305 = [3, 0, 5, END, END, END, END];
        assert_eq!(digits(305), of_305);
        assert_eq!(shifted(&of_305), [START, 3, 0, 5, END, END, END]);
        assert_eq!(written(&of_305), "305");
        assert_eq!(written(&digits(999_999)), "999999");
    }
}
