//! Pictures for the terminal.

use static_net::nalgebra::{Const, VectorView};
use static_net::shape::Shape;
use static_net::{Float as _, Network};

/// A network as its declaration reads.
pub fn declaration<N: Network>() -> String {
    let scalar = if N::Scalar::NAME == "f32" { "" } else { "f64; " };
    let mut text = format!("network! {{\n    struct {}< {scalar}", N::NAME);
    match N::Input::DIMS {
        [width] => text.push_str(&width.to_string()),
        shape => text.push_str(&format!("{shape:?}")),
    }
    for stage in N::STAGES {
        let words = match stage.text.strip_prefix(stage.name).map(str::trim_start) {
            // The text starts with the stage's label.
            Some(rest) if rest.starts_with(':') => format!("{}{rest}", stage.name),
            _ if is_label(stage.name) => format!("{}: {}", stage.name, stage.text),
            _ => stage.text.to_owned(),
        };
        text.push_str(&format!(" => {words}"));
    }
    text.push_str(" >;\n}");
    text
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
