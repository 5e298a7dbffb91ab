//! Pictures for the terminal.

use static_net::nalgebra::{Const, VectorView};
use static_net::shape::Shape;
use static_net::{Float as _, Network};

/// How many columns a line may have.
const COLUMNS: usize = 100;

/// A network of one input as its declaration reads, with line breaks where it is long.
pub fn declaration<N: Network>() -> String {
    let scalar = if N::Scalar::NAME == "f32" { "" } else { "f64; " };
    let input = match (N::Input::DIMS, N::Input::VOCABULARIES) {
        ([width], []) => width.to_string(),
        ([length], [vocabulary]) => format!("tokens({length}, vocab: {vocabulary})"),
        ([length], vocabularies) => format!("tokens({length}, vocab: {vocabularies:?})"),
        (shape, _) => format!("{shape:?}"),
    };
    let mut stages = vec![format!("{scalar}{input}")];
    stages.extend(N::STAGES.iter().map(|stage| {
        if is_label(stage.name) {
            format!("=> {}: {}", stage.name, stage.written)
        } else {
            format!("=> {}", stage.written)
        }
    }));
    let line = format!("    struct {}< {} >;", N::NAME, stages.join(" "));
    if line.len() <= COLUMNS {
        return format!("network! {{\n{line}\n}}");
    }
    let stages: String = stages.iter().map(|stage| wrapped(stage, 8)).collect();
    format!("network! {{\n    struct {}<\n{stages}    >;\n}}", N::NAME)
}

/// A stage on a line of its own, or the stages it is made of on lines of theirs.
fn wrapped(stage: &str, indent: usize) -> String {
    let margin = " ".repeat(indent);
    let whole = format!("{margin}{stage}\n");
    let Some((head, body)) =
        stage.split_once('(').filter(|_| whole.len() > COLUMNS && stage.ends_with(')'))
    else {
        return whole;
    };
    let body = &body[..body.len() - 1];
    let (mut lines, mut depth, mut start) = (String::new(), 0, 0);
    for (index, letter) in body.char_indices() {
        match letter {
            '(' | '[' | '{' => depth += 1,
            ')' | ']' | '}' => depth -= 1,
            // Only what stands between the stages of this one; an arrow leads its line, a semicolon or
            // bar ends it.
            '=' | ';' | '|' if depth == 0 => {
                let end = if letter == '=' { index } else { index + 1 };
                lines.push_str(&wrapped(body[start..end].trim(), indent + 4));
                start = end;
            }
            _ => {}
        }
    }
    lines.push_str(&wrapped(body[start..].trim(), indent + 4));
    format!("{margin}{head}(\n{lines}{margin})\n")
}

/// Whether a stage's name was given by a label: the others are called `stage` and their position.
fn is_label(name: &str) -> bool {
    let number = name.strip_prefix("stage").unwrap_or(name);
    number == name || number.parse::<usize>().is_err()
}

/// How often each class (row) was taken for which (column). A dot stands for never.
pub fn confusion(predictions: &[usize], classes: &[usize], names: &[&str]) -> String {
    let width = names.iter().map(|name| name.chars().count()).max().unwrap_or(0).max(4) + 1;
    let mut counts = vec![vec![0; names.len()]; names.len()];
    for (&predicted, &class) in predictions.iter().zip(classes) {
        counts[class][predicted] += 1;
    }
    let mut text = " ".repeat(width);
    names.iter().for_each(|name| text.push_str(&format!("{name:>width$}")));
    text.push('\n');
    for (name, row) in names.iter().zip(&counts) {
        text.push_str(&format!("{name:>width$}"));
        for &count in row {
            let cell = if count == 0 { "·".to_owned() } else { count.to_string() };
            text.push_str(&format!("{cell:>width$}"));
        }
        text.push('\n');
    }
    text
}

/// Pictures of 8 by 8 pixels between 0 and 1, next to each other, each above its caption.
pub fn side_by_side<'a>(
    pictures: impl IntoIterator<Item = VectorView<'a, f32, Const<64>>>,
    captions: impl IntoIterator<Item = String>,
) -> String {
    const SHADES: [char; 5] = [' ', '░', '▒', '▓', '█'];
    let mut lines = vec![String::new(); 9];
    for (picture, caption) in pictures.into_iter().zip(captions) {
        for (row, line) in lines[..8].iter_mut().enumerate() {
            for pixel in &picture.as_slice()[8 * row..8 * row + 8] {
                let shade = (pixel.clamp(0.0, 1.0) * (SHADES.len() - 1) as f32).round();
                // Twice, because a letter is about twice as high as it is wide.
                let shade = SHADES[shade as usize];
                line.extend([shade, shade]);
            }
            line.push_str("  ");
        }
        lines[8].push_str(&format!("{caption:<16}  "));
    }
    lines.iter().map(|line| format!("{}\n", line.trim_end())).collect()
}

#[cfg(test)]
mod tests {
    use static_net::nalgebra::SVector;

    use super::*;

    static_net::network! {
        struct Shown< f64; 3 => latent: tanh 2 => relu => 1 >;
    }

    #[test]
    fn a_declaration_reads_as_it_was_written() {
        assert_eq!(
            declaration::<Shown>(),
            "network! {\n    struct Shown< f64; 3 => latent: tanh 2 => relu => 1 >;\n}"
        );
    }

    #[test]
    fn a_long_declaration_has_a_line_for_each_stage() {
        static_net::network! {
            struct Long<
                [1, 8, 8] => residual(
                    relu conv(2, 3, stride: 2, padding: 1, bias: false) => conv(1, 3, stride: 1, padding: 1);
                    project: conv(1, 1, stride: 2)
                ) => flatten => 10
            >;
        }
        assert_eq!(
            declaration::<Long>(),
            "\
network! {
    struct Long<
        [1, 8, 8]
        => residual(
            relu conv(2, 3, stride: 2, padding: 1, bias: false)
            => conv(1, 3, stride: 1, padding: 1);
            project: conv(1, 1, stride: 2)
        )
        => flatten
        => 10
    >;
}"
        );
    }

    #[test]
    fn a_confusion_matrix_counts() {
        let text = confusion(&[0, 1, 1, 0], &[0, 1, 0, 0], &["no", "yes"]);
        assert_eq!(text, "        no  yes\n   no    2    1\n  yes    ·    1\n");
    }

    #[test]
    fn pictures_stand_side_by_side() {
        let mut dot = SVector::<f32, 64>::zeros();
        dot[0] = 1.0;
        let captions = ["left".to_owned(), "right".to_owned()];
        let text = side_by_side([dot.column(0), dot.column(0)], captions);
        let lines: Vec<&str> = text.lines().collect();
        assert_eq!(lines[0], "██                ██");
        assert_eq!(lines[8], "left              right");
        assert_eq!(lines.len(), 9);
    }
}
