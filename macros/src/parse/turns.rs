//! The stages once for each size of a list: `repeat(D in [1, 2, 4]; ..)`.

use proc_macro2::{Delimiter, Group, Ident, TokenStream, TokenTree};

use super::dimension::{self, mentioned};
use super::reading::{Reading, fault, undecided};
use super::text::{is_punct, text};
use super::value::is_zero;
use crate::ast::Dim;

/// How many turns there are at the most, those of lists inside of lists together.
const MOST_TURNS: usize = 1024;

/// Whether what stands in front of `;` is meant as a list of sizes, and not as a number of times.
pub fn is_list(tokens: &[TokenTree]) -> bool {
    let is_in = |token: &TokenTree| matches!(token, TokenTree::Ident(word) if word == "in");
    match tokens {
        [_, second, ..] if is_in(second) => true,
        [.., TokenTree::Group(group)] => group.delimiter() == Delimiter::Bracket,
        _ => tokens.iter().any(is_in),
    }
}

/// How many tokens of a list stand in front of stages without `;` between them.
pub fn length(tokens: &[TokenTree]) -> usize {
    match tokens {
        [TokenTree::Ident(_), TokenTree::Ident(word), TokenTree::Group(_), ..] if word == "in" => 3,
        _ => 0,
    }
}

/// What stands in front of the stages of such a `repeat`.
pub struct Head {
    /// What stands for the size; as it is written, and as it should have been.
    pub name: Ident,
    pub meant: Ident,
    pub sizes: Vec<Dim>,
    /// All of it as it should have been written.
    pub mended: String,
}

/// Reads what stands in front of `;`. Nothing where a person has to decide about its name.
pub fn read(tokens: &[TokenTree], declaration: &mut Reading) -> Option<Head> {
    let (name, meant, list) = Reader { declaration }.head(tokens)?;
    let (sizes, mended) = Reader { declaration }.sizes(list);
    let mended = format!("{meant} in {mended}");
    Some(Head { name, meant, sizes, mended })
}

impl Head {
    /// The stages with the name as it was meant. Says so where none of them reads it.
    pub fn stages(&self, body: &[TokenTree], declaration: &mut Reading) -> Vec<TokenTree> {
        let Head { name, meant, sizes, .. } = self;
        let renamed = renamed(body, name, meant);
        let stream = renamed.iter().cloned().collect();
        if !body.is_empty() && mentioned(stream, std::slice::from_ref(meant)).is_none() {
            let what = format!("no stage reads `{meant}`");
            let help = format!(
                "let a stage be of that size, or repeat the same stages: `repeat({}; ..)`",
                sizes.len()
            );
            undecided(&[name.clone().into()], what, help, declaration);
        }
        renamed
    }
}

struct Reader<'a> {
    declaration: &'a mut Reading,
}

impl Reader<'_> {
    /// What stands for the size, and the list. Nothing where that is left to a person.
    fn head<'t>(&mut self, tokens: &'t [TokenTree]) -> Option<(Ident, Ident, &'t [TokenTree])> {
        let example = "`repeat(D in [1, 2, 4]; ..)`";
        let tokens = match tokens {
            [TokenTree::Ident(word), rest @ ..] if word == "for" => {
                fault(&tokens[..1], format!("no `for` stands in {example}"), self.declaration);
                rest
            }
            tokens => tokens,
        };
        let (name, list) = match tokens {
            [TokenTree::Ident(name), TokenTree::Ident(word), list @ ..]
                if word == "in" && !list.is_empty() =>
            {
                (name, list)
            }
            [TokenTree::Ident(name), between @ .., TokenTree::Group(_)]
                if between.len() < 2 && name != "in" =>
            {
                let place = if between.is_empty() { &tokens[..1] } else { between };
                let what =
                    format!("`in` stands between the name of a size and its list: {example}");
                fault(place, what, self.declaration);
                (name, &tokens[1 + between.len()..])
            }
            _ => {
                let what =
                    format!("a list of sizes has a name in front that stands for each: {example}");
                let help = format!("name the size and use it in the stages, as in {example}");
                undecided(tokens, what, help, self.declaration);
                return None;
            }
        };
        let meant = self.name_of_size(name)?;
        Some((name.clone(), meant, list))
    }

    /// The name of a size as it should be written.
    fn name_of_size(&mut self, name: &Ident) -> Option<Ident> {
        let token = [TokenTree::from(name.clone())];
        let written = name.to_string();
        let capitals = written.to_uppercase();
        let is_taken = |name: &str, declaration: &Reading| {
            let is_name = |taken: &Ident| taken == name;
            declaration.const_parameters.iter().any(is_name)
                || declaration.turns.iter().any(|(turn, _)| is_name(turn))
        };
        if is_taken(&written, self.declaration) {
            let what = match self.declaration.const_parameters.contains(name) {
                true => format!("`{written}` is a const parameter already"),
                false => format!("`{written}` is the size of the turns around already"),
            };
            let help = "give the sizes of this list another name";
            undecided(&token, what, help, self.declaration);
            return Some(name.clone());
        }
        if dimension::names_a_const(name) {
            return Some(name.clone());
        }
        let meant = syn::parse_str::<Ident>(&capitals).ok();
        let meant = meant.filter(|meant| {
            dimension::names_a_const(meant) && !is_taken(&capitals, self.declaration)
        });
        let Some(mut meant) = meant else {
            let what = format!("`{written}` is no name of a size");
            undecided(&token, what, "name it in capitals, as in `D`", self.declaration);
            return None;
        };
        meant.set_span(name.span());
        let what = format!("the name of a size is in capitals: `{meant}`, not `{written}`");
        fault(&token, what, self.declaration);
        Some(meant)
    }

    /// Reads the sizes, and how the list should have been written.
    fn sizes(&mut self, list: &[TokenTree]) -> (Vec<Dim>, String) {
        let group = match list {
            [TokenTree::Group(group)]
                if matches!(group.delimiter(), Delimiter::Bracket | Delimiter::Parenthesis) =>
            {
                group
            }
            _ => {
                if let Some(sizes) = written_out(list) {
                    let what =
                        format!("the sizes are written out: `{sizes}`, not `{}`", text(list));
                    fault(list, what, self.declaration);
                    return (vec![Dim::Faulty], sizes);
                }
                let written = text(list);
                let what = format!(
                    "the sizes of `repeat` stand here, as in `[1, 2, 4]`: `{written}` may hold any number of them"
                );
                let help = "write the list out: how many turns there are decides what the network is made of";
                undecided(list, what, help, self.declaration);
                return (vec![Dim::Faulty], written);
            }
        };
        let inner: Vec<TokenTree> = group.stream().into_iter().collect();
        let parts = inner.split(|token| is_punct(token, ',')).filter(|part| !part.is_empty());
        let (dims, mended): (Vec<Dim>, Vec<String>) = parts.map(|part| self.size(part)).unzip();
        let around: usize = self.declaration.turns.iter().map(|(_, turns)| *turns).product();
        let written = text(list);
        if dims.is_empty() {
            let help = "name the sizes, one for each turn, or leave the `repeat` out";
            undecided(
                list,
                "no turn: the list of sizes is empty".to_owned(),
                help,
                self.declaration,
            );
            return (vec![Dim::Faulty], written);
        }
        if dims.len().saturating_mul(around) > MOST_TURNS {
            let turns = dims.len().saturating_mul(around);
            let what = format!(
                "{turns} turns: a list makes up to {MOST_TURNS}, each of which is compiled on its own"
            );
            let help = "declare the stages as a network of their own, and repeat that";
            undecided(list, what, help, self.declaration);
            return (vec![Dim::Faulty], written);
        }
        if group.delimiter() == Delimiter::Parenthesis {
            fault(list, "a list of sizes stands in brackets".to_owned(), self.declaration);
        }
        (dims, format!("[{}]", mended.join(", ")))
    }

    /// One size of the list. Where an argument may be 0, so may it.
    fn size(&mut self, tokens: &[TokenTree]) -> (Dim, String) {
        if let [TokenTree::Literal(literal)] = tokens
            && is_zero(literal)
        {
            return (Dim::Literal(0, literal.span()), "0".to_owned());
        }
        let faults_before = self.declaration.faults.len();
        match dimension::read(tokens, self.declaration) {
            Some((Dim::Parameter(name), mended, [])) => {
                let what = format!(
                    "Rust cannot yet compute what follows from the const parameter `{name}` in a list"
                );
                let help = "write out the stages that it is a size of";
                undecided(tokens, what, help, self.declaration);
                (Dim::Faulty, mended)
            }
            Some((dim, mended, [])) => (dim, mended),
            _ if self.declaration.faults.len() > faults_before => (Dim::Faulty, "1".to_owned()),
            _ => {
                let what = format!("a list holds sizes, `{}` is none", text(tokens));
                undecided(tokens, what, "write a number, a const, or `{ .. }`", self.declaration);
                (Dim::Faulty, text(tokens))
            }
        }
    }
}

/// The numbers of a range.
fn written_out(list: &[TokenTree]) -> Option<String> {
    const MOST_LISTED: usize = 64;
    let number = |token: &TokenTree| match token {
        TokenTree::Literal(literal) => literal.to_string().parse::<usize>().ok(),
        _ => None,
    };
    let (first, end) = match list {
        [first, dot, dot2, end] if is_punct(dot, '.') && is_punct(dot2, '.') => {
            (number(first)?, number(end)?)
        }
        [first, dot, dot2, equals, end]
            if is_punct(dot, '.') && is_punct(dot2, '.') && is_punct(equals, '=') =>
        {
            (number(first)?, number(end)?.checked_add(1)?)
        }
        _ => return None,
    };
    if first >= end || end - first > MOST_LISTED {
        return None;
    }
    let sizes: Vec<String> = (first..end).map(|size| size.to_string()).collect();
    Some(format!("[{}]", sizes.join(", ")))
}

/// Stages in which a name is written as it was meant.
fn renamed(tokens: &[TokenTree], name: &Ident, meant: &Ident) -> Vec<TokenTree> {
    if name == meant {
        return tokens.to_vec();
    }
    let renamed = |token: &TokenTree| match token {
        TokenTree::Ident(word) if word == name => {
            let mut meant = meant.clone();
            meant.set_span(word.span());
            TokenTree::from(meant)
        }
        TokenTree::Group(group) => {
            let inner: Vec<TokenTree> = group.stream().into_iter().collect();
            let inner: TokenStream = self::renamed(&inner, name, meant).into_iter().collect();
            let mut renamed = Group::new(group.delimiter(), inner);
            renamed.set_span(group.span());
            renamed.into()
        }
        token => token.clone(),
    };
    tokens.iter().map(renamed).collect()
}
