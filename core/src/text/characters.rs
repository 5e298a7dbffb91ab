//! Characters as tokens.

use alloc::string::String;
use alloc::vec::Vec;

/// The characters of a text, each of them a token: its place in the sorted alphabet.
///
/// ```
/// use static_net::text::Characters;
///
/// let characters = Characters::of("hello world");
/// assert_eq!(characters.alphabet(), " dehlorw");
/// assert_eq!(characters.len(), 8);
/// let tokens = characters.encode("hold")?;
/// assert_eq!(tokens, [3, 5, 4, 1]);
/// assert_eq!(characters.decode(&tokens)?, "hold");
/// assert_eq!(
///     characters.encode("help").unwrap_err().to_string(),
///     "character 3 of the text is 'p', which is not in the alphabet"
/// );
///
/// // An alphabet that was saved with a network gives the same tokens again.
/// assert_eq!(Characters::of(&characters.alphabet()), characters);
/// # Ok::<(), Box<dyn core::error::Error>>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Characters {
    /// In ascending order, each once.
    alphabet: Vec<char>,
}

impl Characters {
    /// The characters that a text is made of.
    pub fn of(text: &str) -> Self {
        let mut alphabet: Vec<char> = text.chars().collect();
        alphabet.sort_unstable();
        alphabet.dedup();
        alphabet.shrink_to_fit();
        Characters { alphabet }
    }

    /// How many there are: the size of the vocabulary. Tokens are less.
    pub fn len(&self) -> usize {
        self.alphabet.len()
    }

    /// Whether there are none, as of an empty text.
    pub fn is_empty(&self) -> bool {
        self.alphabet.is_empty()
    }

    /// All characters in the order of their tokens, to be saved with a network that has learned them.
    pub fn alphabet(&self) -> String {
        self.alphabet.iter().collect()
    }

    /// The token of a character.
    pub fn token(&self, character: char) -> Option<u32> {
        let place = self.alphabet.binary_search(&character).ok()?;
        u32::try_from(place).ok()
    }

    /// The character of a token.
    pub fn character(&self, token: u32) -> Option<char> {
        self.alphabet.get(usize::try_from(token).ok()?).copied()
    }

    /// One token for each character.
    ///
    /// # Errors
    /// If a character is not in the alphabet.
    pub fn encode(&self, text: &str) -> Result<Vec<u32>, UnknownCharacter> {
        let tokens = text.chars().enumerate().map(|(position, character)| {
            self.token(character).ok_or(UnknownCharacter { character, position })
        });
        tokens.collect()
    }

    /// One character for each token.
    ///
    /// # Errors
    /// If there is no character for a token.
    pub fn decode(&self, tokens: &[u32]) -> Result<String, UnknownToken> {
        let characters = tokens.iter().enumerate().map(|(position, &token)| {
            self.character(token).ok_or(UnknownToken { token, position, vocabulary: self.len() })
        });
        characters.collect()
    }
}

/// A character that is not in the alphabet.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownCharacter {
    /// The character.
    pub character: char,
    /// How many characters stand in front of it.
    pub position: usize,
}

impl core::fmt::Display for UnknownCharacter {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let Self { character, position } = self;
        write!(
            formatter,
            "character {position} of the text is {character:?}, which is not in the alphabet"
        )
    }
}

impl core::error::Error for UnknownCharacter {}

/// A token that stands for no character.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct UnknownToken {
    /// The token.
    pub token: u32,
    /// How many tokens stand in front of it.
    pub position: usize,
    /// How many characters there are; tokens are less.
    pub vocabulary: usize,
}

impl core::fmt::Display for UnknownToken {
    fn fmt(&self, formatter: &mut core::fmt::Formatter<'_>) -> core::fmt::Result {
        let Self { token, position, vocabulary } = self;
        write!(
            formatter,
            "token {position} is {token}, but there are {vocabulary} characters, counted from 0"
        )
    }
}

impl core::error::Error for UnknownToken {}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_of_a_text_comes_back() {
        let text = "Zwölf Boxkämpfer jagen Viktor\nquer über den großen Sylter Deich 🦀";
        let characters = Characters::of(text);
        let tokens = characters.encode(text).unwrap();
        assert_eq!(tokens.len(), text.chars().count());
        assert!(tokens.iter().all(|&token| (token as usize) < characters.len()));
        assert_eq!(characters.decode(&tokens).unwrap(), text);
        assert_eq!(characters.token('🦀'), Some(characters.len() as u32 - 1));
        assert_eq!(characters.token('\n'), Some(0));
        let all: Vec<u32> = (0..characters.len() as u32).collect();
        assert_eq!(characters.decode(&all).unwrap(), characters.alphabet());
    }

    #[test]
    fn what_is_unknown_is_told_with_its_place() {
        let characters = Characters::of("abc");
        let error = characters.encode("cäb").unwrap_err();
        assert_eq!(error, UnknownCharacter { character: 'ä', position: 1 });
        let error = characters.decode(&[0, 2, 3]).unwrap_err();
        assert_eq!(error, UnknownToken { token: 3, position: 2, vocabulary: 3 });
        assert_eq!(
            alloc::format!("{error}"),
            "token 2 is 3, but there are 3 characters, counted from 0"
        );
        let none = Characters::of("");
        assert!(none.is_empty() && none.encode("").unwrap().is_empty());
        assert_eq!(none.encode("a").unwrap_err().position, 0);
    }
}
