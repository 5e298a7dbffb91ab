//! A declaration as it should have been written.

use super::{Declaration, Role};

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
        let parameters = match self.parameters.as_slice() {
            [] => String::new(),
            parameters => format!("{}; ", parameters.join(", ")),
        };
        format!("< {parameters}{} >", shapes.complete())
    }
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
