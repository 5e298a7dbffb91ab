//! Layers made of stages: `residual(..)`, `repeat(N; ..)`, `concat(.. | ..)`, `sum(.. | ..)`.

use proc_macro2::{Delimiter, Ident, Spacing, Span, TokenTree};

use super::reading::{Reading, fault};
use super::text::{is_punct, text};
use super::{dimension, segments};
use crate::ast::{Composition, CompositionKind, Dim, Part, Role, Stage, StageKind};
use crate::diagnostic::{Help, Place};
use crate::words;

/// More branches than this have no type.
const MOST_BRANCHES: usize = 8;

/// Reads a composition, if the word of one stands at the front; `mended` gets what opens it.
pub fn read<'a>(
    tokens: &'a [TokenTree],
    mended: &mut Vec<String>,
    declaration: &mut Reading,
) -> Option<(Composition, &'a [TokenTree])> {
    let [TokenTree::Ident(name), rest @ ..] = tokens else { return None };
    let word = name.to_string();
    let composition = words::composition(&word)?;
    if rest.first().is_some_and(|t| is_punct(t, ':')) {
        return None;
    }
    let opening = declaration.parts.len() - 1;
    let mut is_bare = false;
    let (inner, span, rest) = match rest {
        [TokenTree::Group(group), rest @ ..] if group.delimiter() == Delimiter::Parenthesis => {
            (Vec::from_iter(group.stream()), group.span_close(), rest)
        }
        _ => {
            let example = composition.example;
            let what = format!("`{word}` takes its stages in parentheses: `{example}`");
            fault(&tokens[..1], what, declaration);
            match rest {
                [TokenTree::Group(group), rest @ ..] => {
                    (Vec::from_iter(group.stream()), group.span_close(), rest)
                }
                // What follows is meant to stand in them.
                rest => {
                    is_bare = !rest.is_empty();
                    (rest.to_vec(), name.span(), &[][..])
                }
            }
        }
    };
    declaration.parts[opening].role = Role::Opening;
    let is_reported = tokens.len() == rest.len() + 1;
    let mut reader = Reader { name, span, opening, is_reported, declaration };
    let faults_before = reader.declaration.faults.len();
    let head = format!("{word}(");
    let (head, mut kind) = match composition.kind {
        words::CompositionKind::Residual => (head, reader.residual(&inner)),
        words::CompositionKind::Repeat => reader.repeat(&inner),
        words::CompositionKind::Concat => (head, CompositionKind::Concat(reader.branches(&inner))),
        words::CompositionKind::Sum => (head, CompositionKind::Sum(reader.branches(&inner))),
    };
    if is_bare {
        // It is one fault, whatever was meant to stand in the parentheses.
        declaration.faults.truncate(faults_before);
        forget(&mut kind);
    }
    mended.push(head);
    let mut closing = part(")", Role::Closing);
    if is_reported {
        closing.written = String::new();
    }
    declaration.parts.push(closing);
    let closing = declaration.parts.len() - 1;
    Some((Composition { name: name.clone(), kind, closing }, rest))
}

/// What its stages give is not known.
fn forget(kind: &mut CompositionKind) {
    let stages: Vec<&mut Vec<Stage>> = match kind {
        CompositionKind::Residual { body, project } => {
            std::iter::once(body).chain(project.as_mut()).collect()
        }
        CompositionKind::Repeat { body, .. } => vec![body],
        CompositionKind::Concat(branches) | CompositionKind::Sum(branches) => {
            branches.iter_mut().collect()
        }
    };
    for stage in stages.into_iter().flatten() {
        stage.kind = StageKind::Faulty;
    }
}

/// Where commas stand among tokens, but for those of generics.
fn commas(tokens: &[TokenTree]) -> Vec<usize> {
    let mut depth = 0usize;
    let mut commas = Vec::new();
    for (index, token) in tokens.iter().enumerate() {
        let before = index.checked_sub(1).map(|before| &tokens[before]);
        let opens = is_punct(token, '<')
            && matches!(before, Some(before) if matches!(before, TokenTree::Ident(_)) || is_punct(before, ':'));
        let is_arrow = before.is_some_and(|before| is_punct(before, '='));
        if opens {
            depth += 1;
        } else if is_punct(token, '>') && !is_arrow {
            depth = depth.saturating_sub(1);
        } else if is_punct(token, ',') && depth == 0 {
            commas.push(index);
        }
    }
    commas
}

fn part(text: &str, role: Role) -> Part {
    Part {
        arrow: String::new(),
        written: text.to_owned(),
        mended: Some(text.to_owned()),
        role,
        lacks_arrow: false,
    }
}

struct Reader<'a> {
    name: &'a Ident,
    /// Where the composition ends.
    span: Span,
    /// The part that opens it.
    opening: usize,
    /// Whether it has been said that the stages are missing.
    is_reported: bool,
    declaration: &'a mut Reading,
}

impl Reader<'_> {
    fn residual(&mut self, inner: &[TokenTree]) -> CompositionKind {
        let starts_project = |pair: &[TokenTree]| {
            is_punct(&pair[0], ',')
                && matches!(&pair[1], TokenTree::Ident(word) if word == "project")
        };
        let comma = inner.windows(2).position(starts_project);
        let semicolon = inner.iter().position(|token| is_punct(token, ';')).or(comma);
        let (body, project) = inner.split_at(semicolon.unwrap_or(inner.len()));
        if semicolon.is_some() && semicolon == comma {
            let what = "`;` stands in front of `project:`, not `,`".to_owned();
            fault(&project[..1], what, self.declaration);
            self.declaration.passes_over_names = true;
        }
        let body = self.stages(body, "no stage stands in `residual`");
        let project = match project {
            [] => None,
            [_, TokenTree::Ident(word), colon, stages @ ..]
                if word == "project" && is_punct(colon, ':') =>
            {
                self.declaration.parts.push(part("; project:", Role::Separator));
                Some(self.stages(stages, "no stage follows `project:`"))
            }
            [semicolon, stages @ ..] => {
                let what = "behind `;` in `residual` stands `project:` and the stages that the input \
                            goes through instead of being added as it is";
                fault(std::slice::from_ref(semicolon), what.to_owned(), self.declaration);
                self.declaration.parts.push(part("; project:", Role::Separator));
                self.is_reported = true;
                Some(self.stages(without_misspelt_project(stages), ""))
            }
        };
        self.declaration.passes_over_names = false;
        CompositionKind::Residual { body, project }
    }

    /// Gives what opens it too, with the number of times in it.
    fn repeat(&mut self, inner: &[TokenTree]) -> (String, CompositionKind) {
        let semicolon = inner.iter().position(|token| is_punct(token, ';'));
        let is_near =
            |comma: &usize| *comma > 0 && !inner[..*comma].iter().any(|token| is_punct(token, '>'));
        let comma = commas(inner).first().copied().filter(is_near);
        let comma = comma.filter(|_| semicolon.is_none() && !self.is_reported);
        if let Some(comma) = comma {
            let what = "`;` stands behind the number of times, not `,`".to_owned();
            fault(&inner[comma..=comma], what, self.declaration);
        }
        let (times, body) = match semicolon.or(comma) {
            Some(semicolon) => (&inner[..semicolon], &inner[semicolon + 1..]),
            None => (&inner[..0], inner),
        };
        let (times, mended) = match dimension::read(times, self.declaration) {
            Some((times, mended, [])) => (times, mended),
            _ => {
                // A number that is none has been reported.
                if !self.is_reported {
                    let place = if semicolon.is_some_and(|semicolon| semicolon > 0) {
                        Place::of(times, self.name.span())
                    } else {
                        Place::at(self.name.span())
                    };
                    let what = "`repeat` says how many times first: `repeat(3; relu 32)`";
                    let part = self.declaration.part();
                    self.declaration.faults.add(place, part, what, Help::Shapes);
                }
                (Dim::Faulty, "2".to_owned())
            }
        };
        let body = self.stages(body, "no stage stands in `repeat`");
        (format!("repeat({mended};"), CompositionKind::Repeat { times, body })
    }

    fn branches(&mut self, inner: &[TokenTree]) -> Vec<Vec<Stage>> {
        let mut branches = Vec::new();
        let mut start = 0;
        // `|>` is a mistyped arrow.
        let starts_arrow = |bar: usize| inner.get(bar + 1).is_some_and(|next| is_punct(next, '>'));
        for (index, token) in inner.iter().enumerate() {
            let is_bar = matches!(token, TokenTree::Punct(punct)
                if punct.as_char() == '|' && !(punct.spacing() == Spacing::Joint && starts_arrow(index)));
            if is_bar {
                branches.push((start, index));
                start = index + 1;
            }
        }
        branches.push((start, inner.len()));
        let name = self.name;
        // The stages of a branch are joined by arrows, so that commas can only be meant to separate branches.
        let commas = if branches.len() == 1 { commas(inner) } else { Vec::new() };
        if let Some(&first) = commas.first() {
            branches.clear();
            let mut start = 0;
            for comma in commas {
                branches.push((start, comma));
                start = comma + 1;
            }
            // One behind the last branch separates nothing.
            if start < inner.len() {
                branches.push((start, inner.len()));
            }
            self.is_reported |= branches.len() == 1;
            let what = format!("`|` stands between the branches of `{name}`, not `,`");
            fault(&inner[first..=first], what, self.declaration);
            self.declaration.passes_over_names = true;
        }
        if branches.len() > MOST_BRANCHES {
            let what = format!("`{name}` takes up to {MOST_BRANCHES} branches; nest them for more");
            let (start, end) = branches[MOST_BRANCHES];
            fault(&inner[start - 1..end.max(start)], what, self.declaration);
            branches.truncate(MOST_BRANCHES);
        }
        let missing = format!("a branch of `{name}` holds no stage");
        let count = branches.len();
        let is_reported = self.is_reported;
        let mut read = Vec::new();
        for (index, (start, end)) in branches.into_iter().enumerate() {
            if index > 0 {
                self.declaration.parts.push(part("|", Role::Separator));
            }
            let behind = inner.get(end).map_or(self.span, TokenTree::span);
            read.push(self.stages_before(&inner[start..end], behind, &missing));
        }
        self.declaration.passes_over_names = false;
        if count == 1 {
            if !is_reported {
                let what = format!(
                    "`{name}` joins two branches or more, with `|` between them: `{}`",
                    words::composition(&name.to_string()).map_or("", |row| row.example)
                );
                let part = self.declaration.part();
                self.declaration.faults.add(Place::at(name.span()), part, what, Help::Shapes);
            }
            // The same once more makes two that fit.
            let copied: Vec<Part> = self.declaration.parts[self.opening + 1..]
                .iter()
                .map(|part| Part {
                    written: String::new(),
                    arrow: String::new(),
                    mended: part.mended.clone(),
                    ..*part
                })
                .collect();
            let mut bar = part("|", Role::Separator);
            bar.written = String::new();
            self.declaration.parts.push(bar);
            self.declaration.parts.extend(copied);
        }
        read
    }

    fn stages(&mut self, tokens: &[TokenTree], missing: &str) -> Vec<Stage> {
        self.stages_before(tokens, self.span, missing)
    }

    /// Reads stages; says at `behind`, which is what follows them, that they are missing.
    fn stages_before(&mut self, tokens: &[TokenTree], behind: Span, missing: &str) -> Vec<Stage> {
        if tokens.is_empty() {
            // An activation fits everywhere.
            let mut empty = part("relu", Role::Stage);
            empty.written = String::new();
            self.declaration.parts.push(empty);
            if !std::mem::replace(&mut self.is_reported, false) {
                let part = self.declaration.part();
                self.declaration.faults.add(Place::at(behind), part, missing, Help::Shapes);
            }
            return Vec::new();
        }
        let faults_before = self.declaration.faults.len();
        let stages = segments::stages(tokens, self.span, self.declaration);
        if self.declaration.faults.len() == faults_before && segments::only_state_shapes(&stages) {
            let place = Place::of(tokens, self.span);
            let part = self.declaration.part();
            let what =
                format!("`{}` needs a stage that computes, not only `{}`", self.name, text(tokens));
            self.declaration.faults.add(place, part, what, Help::Shapes);
            if let Some(Part { mended: Some(mended), .. }) = self.declaration.parts.last_mut() {
                // It computes what is written.
                mended.push_str(" => identity");
            }
        }
        stages
    }
}

/// What stands behind `projection:` or `projct:`, which else would be a label, maybe in front of another.
fn without_misspelt_project(stages: &[TokenTree]) -> &[TokenTree] {
    match stages {
        [TokenTree::Ident(word), colon, behind @ ..]
            if word.to_string().starts_with("proj")
                && is_punct(colon, ':')
                && !behind.first().is_some_and(|next| is_punct(next, ':')) =>
        {
            behind
        }
        _ => stages,
    }
}
