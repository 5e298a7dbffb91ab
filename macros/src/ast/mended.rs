//! A declaration as it should have been written.

use super::{Declaration, Part, Role};

/// Stands for a part that is left out.
const HOLE: &str = "\u{0}";

impl Declaration {
    /// The declaration with each of its faults mended.
    pub fn mended(&self) -> String {
        self.mended_without(&[])
    }

    /// The same in front of and behind a part.
    pub fn around(&self, part: usize) -> (String, String) {
        match self.between(&[part]).as_slice() {
            [front, behind] => (front.clone(), behind.clone()),
            whole => (whole.concat(), String::new()),
        }
    }

    /// The same in front of, between and behind some parts.
    pub fn between(&self, parts: &[usize]) -> Vec<String> {
        self.mended_without(parts).split(HOLE).map(str::to_owned).collect()
    }

    fn mended_without(&self, left_out: &[usize]) -> String {
        let mut shapes = Shapes::default();
        for (index, part) in self.parts.iter().enumerate() {
            let mended =
                if left_out.contains(&index) { Some(HOLE) } else { part.mended.as_deref() };
            if let Some(mended) = mended {
                shapes.push(part.role, mended);
            }
        }
        let parameters: Vec<&str> = (self.parameters.iter().map(String::as_str))
            .filter(|parameter| !self.is_left_over(parameter, left_out))
            .collect();
        let parameters = match parameters.as_slice() {
            [] => String::new(),
            parameters => format!("{}; ", parameters.join(", ")),
        };
        format!("< {parameters}{} >", shapes.complete())
    }

    /// Whether a const parameter is used by what is written, and by nothing that is left of it.
    fn is_left_over(&self, parameter: &str, left_out: &[usize]) -> bool {
        let Some(name) = parameter.strip_prefix("const ").and_then(|it| it.strip_suffix(": usize"))
        else {
            return false;
        };
        let is_used = |part: &Part| mentions(&part.written, name);
        let is_left = |(index, part): (usize, &Part)| match &part.mended {
            _ if left_out.contains(&index) => is_used(part),
            Some(mended) => mentions(mended, name),
            None => false,
        };
        self.parts.iter().any(is_used) && !self.parts.iter().enumerate().any(is_left)
    }
}

/// Whether a text holds a name.
pub fn mentions(text: &str, name: &str) -> bool {
    text.split(|c: char| !c.is_alphanumeric() && c != '_').any(|word| word == name)
}

/// Input and stages, joined as they should be written.
#[derive(Default)]
struct Shapes {
    text: String,
    stages: usize,
    depth: usize,
    last: Option<Role>,
}

impl Shapes {
    fn push(&mut self, role: Role, text: &str) {
        let joint = match (self.last, role) {
            (None, _) => "",
            (Some(Role::Opening), _) if self.text.ends_with('(') => "",
            (_, Role::Closing) => "",
            (_, Role::Separator) if text.starts_with(';') => "",
            (Some(Role::Opening | Role::Separator), _) | (_, Role::Separator) => " ",
            (Some(Role::Stage | Role::Closing), Role::Stage | Role::Opening) => " => ",
        };
        self.text.push_str(joint);
        self.text.push_str(text);
        self.stages += usize::from(self.depth == 0);
        match role {
            Role::Opening => self.depth += 1,
            Role::Closing => self.depth = self.depth.saturating_sub(1),
            _ => {}
        }
        self.last = Some(role);
    }

    /// With an input and a stage at least.
    fn complete(mut self) -> String {
        if self.stages == 0 {
            self.push(Role::Stage, "10");
        }
        if self.stages == 1 {
            self.push(Role::Stage, "relu 32");
            self.push(Role::Stage, "2");
        }
        self.text
    }
}
