//! What a changed list says in place of another.

/// The lines that only one of two texts has, each behind the module that it stands in.
pub fn difference(kept: &str, given: &str) -> String {
    let (old, new): (Vec<&str>, Vec<&str>) = (kept.lines().collect(), given.lines().collect());
    // How many lines the rests from these places on have in common at most.
    let mut common = vec![vec![0u32; new.len() + 1]; old.len() + 1];
    for i in (0..old.len()).rev() {
        for j in (0..new.len()).rev() {
            common[i][j] = match old[i] == new[j] {
                true => common[i + 1][j + 1] + 1,
                false => common[i + 1][j].max(common[i][j + 1]),
            };
        }
    }
    let (mut i, mut j, mut module, mut told) = (0, 0, "", "");
    let mut text = String::new();
    while i < old.len() || j < new.len() {
        if i < old.len() && j < new.len() && old[i] == new[j] {
            if old[i].trim_start().starts_with("pub mod ") {
                module = old[i].trim();
            }
            (i, j) = (i + 1, j + 1);
            continue;
        }
        if module != told {
            text += &format!("  {module}\n");
            told = module;
        }
        let is_new = j < new.len() && (i == old.len() || common[i][j + 1] > common[i + 1][j]);
        let (sign, line) = if is_new { ('+', new[j]) } else { ('-', old[i]) };
        text += &format!("{sign} {line}\n");
        if is_new { j += 1 } else { i += 1 }
    }
    text
}
