//! Tokens as a person would write them.

use proc_macro2::{Delimiter, Group, Ident, Spacing, TokenStream, TokenTree};

use crate::words::{self, Kind, Layer};

pub fn is_punct(token: &TokenTree, character: char) -> bool {
    matches!(token, TokenTree::Punct(punct) if punct.as_char() == character)
}

/// Whether it stands between two inputs: a comma, or a bar, which is what separates outputs.
pub fn separates(token: &TokenTree) -> bool {
    is_punct(token, ',') || is_punct(token, '|')
}

/// Tokens as a person would write them.
pub fn text(tokens: &[TokenTree]) -> String {
    let mut text = String::new();
    let mut depth = 0;
    for (index, token) in tokens.iter().enumerate() {
        let before = index.checked_sub(1).map(|index| &tokens[index]);
        let opens = is_punct(token, '<')
            && before.is_some_and(|before| {
                is_punct(before, ':') || matches!(before, TokenTree::Ident(_))
            });
        depth += i32::from(opens);
        let closes = depth > 0 && is_punct(token, '>');
        let is_tight = match token {
            TokenTree::Punct(punct) => match punct.as_char() {
                ',' | ':' | ';' | '.' => true,
                // That of a macro call.
                '!' => {
                    matches!(before, Some(TokenTree::Ident(_)))
                        && matches!(tokens.get(index + 1), Some(TokenTree::Group(_)))
                }
                _ => false,
            },
            TokenTree::Group(group) => match before {
                Some(mark) if is_punct(mark, '!') || is_punct(mark, '#') => true,
                Some(TokenTree::Ident(word)) => {
                    group.delimiter() == Delimiter::Parenthesis
                        || group.delimiter() == Delimiter::Bracket
                            && (words::layer(&word.to_string()).is_some()
                                || index >= 2
                                    && ['&', '.'].iter().any(|c| is_punct(&tokens[index - 2], *c)))
                }
                _ => false,
            },
            _ => false,
        };
        let follows_tight = match before {
            Some(TokenTree::Punct(punct)) => match punct.as_char() {
                ':' => index >= 2 && is_punct(&tokens[index - 2], ':') || index == 1,
                '<' => depth > 0,
                '.' => true,
                // A sign rather than a difference.
                '-' | '+' | '&' => match index.checked_sub(2).map(|index| &tokens[index]) {
                    None | Some(TokenTree::Punct(_)) => true,
                    // Behind an attribute.
                    Some(TokenTree::Group(_)) => index >= 3 && is_punct(&tokens[index - 3], '#'),
                    Some(before) => words::activation(&before.to_string()).is_some(),
                },
                _ => punct.spacing() == Spacing::Joint,
            },
            None => true,
            _ => false,
        };
        if !(is_tight || follows_tight || opens || closes) {
            text.push(' ');
        }
        depth -= i32::from(closes);
        match token {
            TokenTree::Group(group) => text.push_str(&group_text(group)),
            token => text.push_str(&token.to_string()),
        }
    }
    text
}

/// The longest size in braces. It is parsed by recursion, and no message shows a longer one.
pub const MOST_TOKENS: usize = 500;

/// How many tokens there are, those in groups too.
pub fn count(tokens: TokenStream) -> usize {
    let inside = |token| match token {
        TokenTree::Group(group) => 1 + count(group.stream()),
        _ => 1,
    };
    tokens.into_iter().map(inside).sum()
}

pub fn group_text(group: &Group) -> String {
    if group.delimiter() == Delimiter::Brace && count(group.stream()) > MOST_TOKENS {
        return "{ .. }".to_owned();
    }
    let inner = text(&group.stream().into_iter().collect::<Vec<_>>());
    match group.delimiter() {
        Delimiter::Parenthesis => format!("({inner})"),
        Delimiter::Bracket => format!("[{inner}]"),
        Delimiter::Brace => format!("{{ {inner} }}"),
        Delimiter::None => inner,
    }
}

/// A path as a person would write it.
pub fn path_text(path: &TokenStream) -> String {
    text(&path.clone().into_iter().collect::<Vec<_>>())
}

/// `name: value`, where it is that.
pub fn named(part: &[TokenTree]) -> Option<(&Ident, &[TokenTree])> {
    match part {
        [TokenTree::Ident(name), colon, value @ ..]
            if is_punct(colon, ':') && !value.first().is_some_and(|first| is_punct(first, ':')) =>
        {
            Some((name, value))
        }
        _ => None,
    }
}

/// `name = value`, as Python has it, where it is that.
pub fn equated(part: &[TokenTree]) -> Option<(&Ident, &[TokenTree])> {
    match part {
        [TokenTree::Ident(name), sign, value @ ..] if is_punct(sign, '=') => Some((name, value)),
        _ => None,
    }
}

/// A layer as a person would write it.
pub fn call_text(word: &Layer, arguments: &[&str]) -> String {
    match arguments {
        [] => word.word.to_owned(),
        [list] if takes_list(word) && !list.contains(':') => format!("{}{list}", word.word),
        arguments => format!("{}({})", word.word, arguments.join(", ")),
    }
}

/// Whether brackets may stand right behind the word.
pub fn takes_list(word: &Layer) -> bool {
    word.arguments.iter().any(|argument| matches!(argument.kind, Kind::Shape | Kind::Axes))
}
