//! Layers made of stages: `residual(..)`, `repeat(N; ..)`, `concat(.. | ..)`, `sum(.. | ..)`, `product(.. | ..)`.

use proc_macro2::{Delimiter, Ident, Spacing, Span, TokenTree};
use static_net_rules::size::zero_of;

use super::reading::{Reading, fault};
use super::text::{is_punct, text};
use super::value::is_zero;
use super::{axis, dimension, reference, segments, turns};
use crate::ast::{Composition, CompositionKind, Dim, Joint, Part, Role, Stage, StageKind, Turns};
use crate::diagnostic::{Help, Place};
use crate::words;

/// More branches than this are a mistake, or slow to build.
pub const MOST_BRANCHES: usize = 64;

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
    let mut reader = Reader { name, span, is_reported, is_alone: false, declaration };
    let faults_before = reader.declaration.faults.len();
    let (head, mut kind) = match composition.kind {
        words::CompositionKind::Residual => (format!("{word}("), reader.residual(&inner)),
        words::CompositionKind::Repeat => reader.repeat(&inner),
        words::CompositionKind::Concat => reader.joined(&inner, Joint::Concat),
        words::CompositionKind::Sum => reader.joined(&inner, |_| Joint::Sum),
        words::CompositionKind::Product => reader.joined(&inner, |_| Joint::Product),
    };
    let is_alone = reader.is_alone;
    if is_bare {
        // It is one fault, whatever was meant to stand in the parentheses.
        declaration.faults.truncate(faults_before);
        forget(&mut kind);
    }
    let mut closing = part(")", Role::Closing);
    if is_alone {
        // What acts on all branches acts on what is left of them, and the label is that of what it gives.
        let front = std::mem::take(mended);
        closing.mended = match front.as_slice() {
            [] => None,
            [label] if label.ends_with(':') => {
                let last = branch_of(&kind).and_then(|branch| branch.last());
                declaration.label(last.and_then(Stage::unlabelled), label);
                None
            }
            front => Some(format!(" => {}", front.join(" "))),
        };
    } else {
        mended.push(head);
    }
    if is_reported {
        closing.written = String::new();
    }
    declaration.parts.push(closing);
    let closing = declaration.parts.len() - 1;
    Some((Composition { name: name.clone(), kind, closing }, rest))
}

/// The first branch of what is joined.
fn branch_of(kind: &CompositionKind) -> Option<&[Stage]> {
    match kind {
        CompositionKind::Joined { branches, .. } => branches.first().map(Vec::as_slice),
        CompositionKind::Residual { .. }
        | CompositionKind::Repeat { .. }
        | CompositionKind::Turns(_) => None,
    }
}

/// What its stages give is not known.
fn forget(kind: &mut CompositionKind) {
    let stages: Vec<&mut Vec<Stage>> = match kind {
        CompositionKind::Residual { body, project } => {
            std::iter::once(body).chain(project.as_mut()).collect()
        }
        CompositionKind::Repeat { body, .. } => vec![body],
        CompositionKind::Turns(Turns { bodies: branches, .. })
        | CompositionKind::Joined { branches, .. } => branches.iter_mut().collect(),
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

/// A part that is written as it should be.
pub fn part(text: &str, role: Role) -> Part {
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
    /// Whether it has been said that the stages are missing.
    is_reported: bool,
    /// Whether it joins one branch, which then stands in its place.
    is_alone: bool,
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
            let of =
                if turns::is_list(&inner[..comma]) { "list of sizes" } else { "number of times" };
            let what = format!("`;` stands behind the {of}, not `,`");
            fault(&inner[comma..=comma], what, self.declaration);
        }
        let (times, body) = match semicolon.or(comma) {
            Some(semicolon) => (&inner[..semicolon], &inner[semicolon + 1..]),
            None => inner.split_at(turns::length(inner)),
        };
        if let ([.., list], [_, ..], None) = (times, body, semicolon.or(comma)) {
            let what = "`;` is missing behind the list of sizes".to_owned();
            fault(std::slice::from_ref(list), what, self.declaration);
        }
        if turns::is_list(times) {
            return self.turns(times, body);
        }
        let is_followed = semicolon.is_some_and(|semicolon| semicolon > 0);
        let (times, mended) = self.times(times, is_followed);
        let body = self.stages(body, "no stage stands in `repeat`");
        (format!("repeat({mended};"), CompositionKind::Repeat { times, body })
    }

    /// The same where the stages stand once for each size of a list.
    fn turns(&mut self, list: &[TokenTree], body: &[TokenTree]) -> (String, CompositionKind) {
        let missing = "no stage stands in `repeat`";
        let Some(head) = turns::read(list, self.declaration) else {
            // What the stages are of is not known.
            let faults_before = self.declaration.faults.len();
            let body = self.stages(body, missing);
            self.declaration.faults.truncate(faults_before);
            let mut kind = CompositionKind::Repeat { times: Dim::Faulty, body };
            forget(&mut kind);
            return (format!("repeat({};", text(list)), kind);
        };
        let body = head.stages(body, self.declaration);
        self.declaration.turns.push((head.meant.clone(), head.sizes.len()));
        let body = self.stages(&body, missing);
        self.declaration.turns.pop();
        let turns = Turns::new(head.meant, head.sizes, &body);
        (format!("repeat({};", head.mended), CompositionKind::Turns(turns))
    }

    /// Reads how many times stages are repeated.
    fn times(&mut self, times: &[TokenTree], is_followed: bool) -> (Dim, String) {
        if let [TokenTree::Literal(literal)] = times
            && is_zero(literal)
        {
            let what = zero_of("the number of times").as_str().to_owned();
            fault(times, what, self.declaration);
            return (Dim::Faulty, "1".to_owned());
        }
        if let Some((times, mended, [])) = dimension::read(times, self.declaration) {
            return (times, mended);
        }
        // A number that is none has been reported.
        if !self.is_reported {
            let name = self.name.span();
            let place = if is_followed { Place::of(times, name) } else { Place::at(name) };
            let what = "`repeat` says how many times first: `repeat(3; relu 32)`";
            let part = self.declaration.part();
            self.declaration.faults.add(place, part, what, Help::Shapes);
        }
        (Dim::Faulty, "2".to_owned())
    }

    /// Gives what opens it too, with the axis in it.
    fn joined(
        &mut self,
        inner: &[TokenTree],
        joint: impl FnOnce(Option<Dim>) -> Joint,
    ) -> (String, CompositionKind) {
        let (mut head, mut inner) = inner.split_at(head_length(self.name, inner));
        if let [front @ .., separator] = head {
            if is_punct(separator, ',') {
                let what = "`;` stands behind the axis, not `,`".to_owned();
                fault(std::slice::from_ref(separator), what, self.declaration);
            }
            head = front;
        } else if let Some(semicolon) = inner.iter().rposition(|token| is_punct(token, ';'))
            && is_axis(&inner[semicolon + 1..])
        {
            let what = format!("the axis of `{}` stands in front of its branches", self.name);
            fault(&inner[semicolon + 1..], what, self.declaration);
            (inner, head) = (&inner[..semicolon], &inner[semicolon + 1..]);
        }
        let (axis, mended) = match head {
            [] => (None, String::new()),
            head => self.axis(head),
        };
        let head = format!("{}({mended}", self.name);
        let branches = self.branches(inner, &head);
        (head, CompositionKind::Joined { joint: joint(axis), branches })
    }

    /// Reads along which axis branches are joined, and how that should have been written.
    fn axis(&mut self, head: &[TokenTree]) -> (Option<Dim>, String) {
        let word = self.name.to_string();
        if word != "concat" {
            let what = format!("`{word}` takes no axis: it joins value by value");
            fault(head, what, self.declaration);
            return (None, String::new());
        }
        match axis::of_branches(&word, head, self.declaration) {
            Some((axis, mended)) => (Some(axis), format!("{mended};")),
            None => (Some(Dim::Faulty), format!("{};", text(head))),
        }
    }

    /// `head` opens the composition.
    fn branches(&mut self, inner: &[TokenTree], head: &str) -> Vec<Vec<Stage>> {
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
        let first_comma = commas.first().copied();
        if first_comma.is_some() {
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
            self.declaration.passes_over_names = true;
        }
        let missing = format!("a branch of `{name}` holds no stage");
        let count = branches.len();
        let is_empty = |&&(start, end): &&(usize, usize)| start == end;
        let filled = count - branches.iter().filter(is_empty).count();
        // Beside others, a bar that separates nothing is one too many.
        let has_superfluous = filled > 1;
        let wanted = if has_superfluous { filled } else { count };
        let is_reported = self.is_reported;
        let (mut read, mut kept, mut nested) = (Vec::new(), 0, 0);
        for (index, (start, end)) in branches.into_iter().enumerate() {
            let is_kept = start < end || !has_superfluous;
            if index > 0 {
                let mut bar = part("|", Role::Separator);
                if first_comma.is_some() {
                    bar.written = ",".to_owned();
                }
                bar.mended = bar.mended.filter(|_| is_kept && kept > 0);
                self.declaration.parts.push(bar);
            }
            // In the last place that there is, the others stand in a composition of their own.
            if is_kept && kept > 0 && kept % (MOST_BRANCHES - 1) == 0 && kept + 1 < wanted {
                let mut opening = part(head, Role::Opening);
                opening.written = String::new();
                self.declaration.parts.push(opening);
                nested += 1;
            }
            let behind = inner.get(end).map_or(self.span, TokenTree::span);
            let help = match filled {
                1 => Help::Text("write the branch, or leave out its `|`".to_owned()),
                _ => Help::Shapes,
            };
            read.push(self.stages_before(&inner[start..end], behind, &missing, help));
            if start == end
                && let Some(empty) = self.declaration.parts.last_mut()
                && filled > 0
            {
                empty.mended = is_kept.then(String::new);
            }
            kept += usize::from(is_kept);
            match first_comma {
                Some(comma) if index == 1 || count == 1 => {
                    let what = format!("`|` stands between the branches of `{name}`, not `,`");
                    fault(&inner[comma..=comma], what, self.declaration);
                }
                _ => {}
            }
            if index == MOST_BRANCHES {
                let what =
                    format!("`{name}` takes up to {MOST_BRANCHES} branches; nest them for more");
                fault(&inner[start - 1..end.max(start)], what, self.declaration);
            }
        }
        for _ in 0..nested {
            let mut closing = part(")", Role::Closing);
            closing.written = String::new();
            self.declaration.parts.push(closing);
        }
        self.declaration.passes_over_names = false;
        if count > 1 || reference::names_all_turns(inner) {
            return read;
        }
        self.is_alone = filled == 1;
        if !self.is_alone {
            for mut missing in [part("|", Role::Separator), part("relu", Role::Stage)] {
                missing.written = String::new();
                self.declaration.parts.push(missing);
            }
        }
        if !is_reported {
            let what = format!(
                "`{name}` joins two branches or more, with `|` between them: `{}`",
                words::composition(&name.to_string()).map_or("", |row| row.example)
            );
            let part = self.declaration.part();
            self.declaration.faults.add(Place::at(name.span()), part, what, Help::Shapes);
        }
        read
    }

    fn stages(&mut self, tokens: &[TokenTree], missing: &str) -> Vec<Stage> {
        self.stages_before(tokens, self.span, missing, Help::Shapes)
    }

    /// Reads stages; says at `behind`, which is what follows them, that they are missing.
    fn stages_before(
        &mut self,
        tokens: &[TokenTree],
        behind: Span,
        missing: &str,
        help: Help,
    ) -> Vec<Stage> {
        if tokens.is_empty() {
            // An activation fits everywhere.
            let mut empty = part("relu", Role::Stage);
            empty.written = String::new();
            self.declaration.parts.push(empty);
            if !std::mem::replace(&mut self.is_reported, false) {
                let part = self.declaration.part();
                self.declaration.faults.add(Place::at(behind), part, missing, help);
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

/// How many tokens in the parentheses of a word stand in front of its first stage: the number of times of `repeat`, or the
/// axis of branches, with a semicolon.
pub fn head_length(word: &Ident, inner: &[TokenTree]) -> usize {
    let kind = words::composition(&word.to_string()).map(|row| row.kind);
    let semicolon = inner.iter().position(|token| is_punct(token, ';'));
    let stands_in_front = |semicolon: usize| match &inner[semicolon + 1..] {
        [] => false,
        [first, branches @ ..] => {
            !is_punct(first, '|') && branches.iter().any(|token| is_punct(token, '|'))
        }
    };
    match (kind, semicolon) {
        (None | Some(words::CompositionKind::Residual), _) => 0,
        (Some(words::CompositionKind::Repeat), semicolon) => semicolon.map_or(0, |at| at + 1),
        (Some(_), Some(semicolon)) => match &inner[..semicolon] {
            [TokenTree::Literal(_)] if stands_in_front(semicolon) => semicolon + 1,
            [minus, TokenTree::Literal(_)]
                if is_punct(minus, '-') && stands_in_front(semicolon) =>
            {
                semicolon + 1
            }
            // Anything else that stands in front of a semicolon is a branch.
            head if is_axis(head) => semicolon + 1,
            _ => 0,
        },
        // Where no bar stands between branches, commas may be meant to.
        (Some(_), None) => match inner {
            [name, colon, value, comma, branches @ ..]
                if is_punct(comma, ',')
                    && is_axis(&[name.clone(), colon.clone(), value.clone()])
                    && branches.iter().any(|token| is_punct(token, '|')) =>
            {
                4
            }
            _ => 0,
        },
    }
}

/// Whether it is an argument that says along which axis, and no stage with a label.
fn is_axis(tokens: &[TokenTree]) -> bool {
    let is_of_stages = |token: &TokenTree| is_punct(token, '|') || is_punct(token, '>');
    matches!(tokens, [TokenTree::Ident(name), colon, ..]
        if (name == "axis" || name == "dim") && is_punct(colon, ':'))
        && !tokens.iter().any(is_of_stages)
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
