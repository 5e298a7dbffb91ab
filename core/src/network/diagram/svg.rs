//! A drawing as SVG.

use alloc::format;
use alloc::string::String;
use core::fmt::{self, Display, Write};

use super::content::line_width;
use super::kind::Kind;
use super::layout::{
    Area, Drawing, Frame, HEADER, INSET, LayerBox, MARGIN, NAME_SIZE, NUMBERS_SIZE, PLUS_RADIUS,
    Plus, SHAPE_SIZE, TEXT_SIZE, TITLE_SIZE,
};
use super::line::{Line, Point};
use super::measure::{bold, monospaced};

/// How far a bend is rounded.
const BEND: f64 = 9.0;
/// How long the head of an arrow is.
const HEAD: f64 = 7.0;

/// Colours in light and in dark.
const PAGE: [&str; 2] = ["#ffffff", "#0d1117"];
const INK: [&str; 2] = ["#1f2328", "#e6edf3"];
const GREY: [&str; 2] = ["#656d76", "#8d96a0"];
const LINE: [&str; 2] = ["#b3bcc7", "#5a6572"];
const FRAME: [&str; 2] = ["#8a94a1", "#6d7783"];

/// The text of an SVG file.
pub(super) fn render(drawing: &Drawing) -> String {
    let mut svg = String::new();
    // Writing to a string cannot fail.
    let _ = write(&mut svg, drawing);
    svg
}

fn write(svg: &mut String, drawing: &Drawing) -> fmt::Result {
    let (width, height) = (Number(drawing.width), Number(drawing.height));
    let [title, numbers] = drawing.title.each_ref().map(|text| Escaped(text));
    writeln!(
        svg,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" class=\"static-net\" width=\"{width}\" \
         height=\"{height}\" viewBox=\"0 0 {width} {height}\" role=\"img\">\n<title>{title}</title>"
    )?;
    style(svg)?;
    writeln!(svg, "<rect class=\"page\" width=\"{width}\" height=\"{height}\" rx=\"10\"/>")?;
    for frame in &drawing.frames {
        write_frame(svg, frame)?;
    }
    for line in &drawing.lines {
        write_line(svg, line)?;
    }
    for &Point { x, y } in &drawing.forks {
        let (x, y) = (Number(x), Number(y));
        writeln!(svg, "<circle class=\"fork\" cx=\"{x}\" cy=\"{y}\" r=\"3.5\"/>")?;
    }
    for layer_box in &drawing.boxes {
        write_box(svg, layer_box)?;
    }
    for plus in &drawing.pluses {
        write_plus(svg, plus)?;
    }
    let x = Number(MARGIN);
    let (first, second) = (Number(MARGIN + TITLE_SIZE), Number(MARGIN + TITLE_SIZE + 20.0));
    writeln!(svg, "<text class=\"title\" x=\"{x}\" y=\"{first}\">{title}</text>")?;
    writeln!(svg, "<text class=\"numbers\" x=\"{x}\" y=\"{second}\">{numbers}</text>")?;
    svg.write_str("</svg>\n")
}

fn style(svg: &mut String) -> fmt::Result {
    writeln!(
        svg,
        "<style>\n\
         .static-net text {{ font-family: system-ui, -apple-system, 'Segoe UI', Roboto, Helvetica, Arial, sans-serif; }}\n\
         .static-net .text, .static-net .shape {{ font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace; }}\n\
         .static-net .title {{ font-size: {TITLE_SIZE}px; font-weight: 600; }}\n\
         .static-net .numbers {{ font-size: {NUMBERS_SIZE}px; }}\n\
         .static-net .name {{ font-size: {NAME_SIZE}px; font-weight: 600; }}\n\
         .static-net .text {{ font-size: {TEXT_SIZE}px; }}\n\
         .static-net .shape {{ font-size: {SHAPE_SIZE}px; }}\n\
         .static-net .end {{ text-anchor: end; }}\n\
         .static-net .line {{ fill: none; stroke-linecap: butt; }}\n\
         .static-net .frame {{ stroke-opacity: 0.6; fill-opacity: 0.07; }}\n\
         .static-net .repeated {{ stroke-dasharray: 5 4; }}"
    )?;
    colours(svg, 0)?;
    svg.write_str("@media (prefers-color-scheme: dark) {\n")?;
    colours(svg, 1)?;
    svg.write_str("}\n</style>\n")
}

/// Colours in light or in dark.
fn colours(svg: &mut String, scheme: usize) -> fmt::Result {
    let [page, ink, grey] = [PAGE, INK, GREY].map(|colours| colours[scheme]);
    let [line, frame] = [LINE, FRAME].map(|colours| colours[scheme]);
    writeln!(
        svg,
        ".static-net .page {{ fill: {page}; }}\n\
         .static-net text {{ fill: {ink}; }}\n\
         .static-net .numbers, .static-net .shape {{ fill: {grey}; }}\n\
         .static-net .line {{ stroke: {line}; }}\n\
         .static-net .head, .static-net .fork {{ fill: {line}; }}\n\
         .static-net .frame {{ fill: {frame}; stroke: {frame}; }}\n\
         .static-net .sign {{ stroke: {ink}; }}"
    )?;
    for kind in Kind::ALL {
        let look = kind.look();
        let [fill, stroke] = if scheme == 0 { look.light } else { look.dark };
        let class = look.class;
        writeln!(svg, ".static-net .box-{class} {{ fill: {fill}; stroke: {stroke}; }}")?;
    }
    Ok(())
}

fn write_frame(svg: &mut String, frame: &Frame) -> fmt::Result {
    let class = if frame.times.is_some() { "frame repeated" } else { "frame" };
    let baseline = Number(frame.area.y + HEADER - 11.0);
    writeln!(svg, "<rect class=\"{class}\" {} rx=\"10\"/>", frame.area)?;
    if !frame.title.is_empty() {
        let (x, title) = (Number(frame.area.x + INSET), Escaped(&frame.title));
        writeln!(svg, "<text class=\"name\" x=\"{x}\" y=\"{baseline}\">{title}</text>")?;
    }
    if let Some(times) = frame.times {
        let x = Number(frame.area.x + frame.area.width - INSET);
        writeln!(svg, "<text class=\"name end\" x=\"{x}\" y=\"{baseline}\">× {times}</text>")?;
    }
    Ok(())
}

fn write_box(svg: &mut String, LayerBox { area, content }: &LayerBox) -> fmt::Result {
    let class = content.kind.look().class;
    let radius = if content.kind == Kind::End { area.height / 2.0 } else { 7.0 };
    let radius = Number(radius);
    writeln!(svg, "<g><title>{}</title>", Escaped(&content.about))?;
    writeln!(svg, "<rect class=\"box-{class}\" {area} rx=\"{radius}\"/>")?;
    let is_tall = area.height > 40.0;
    let first = area.y + if is_tall { 19.0 } else { area.height / 2.0 + 4.5 };
    let second = if is_tall { area.y + 36.0 } else { first };
    let inset = if content.kind == Kind::End { INSET + 3.0 } else { INSET };
    let left = area.x + inset;
    let right = area.x + area.width - inset;
    // In a low box the name and the text share a line; only where branches meet are there both.
    let beside = match is_tall || content.name.is_empty() {
        true => 0.0,
        false => bold(&content.name, NAME_SIZE) + INSET,
    };
    text(svg, "name", left, first, &content.name)?;
    text(svg, "text", left + beside, second, &content.text)?;
    text(svg, "shape end", right, first, &content.shape)?;
    svg.write_str("</g>\n")
}

fn write_plus(svg: &mut String, Plus { center, content }: &Plus) -> fmt::Result {
    let (x, y, radius) = (Number(center.x), Number(center.y), Number(PLUS_RADIUS));
    let class = content.kind.look().class;
    let arm = PLUS_RADIUS - 4.5;
    writeln!(svg, "<g><title>{}</title>", Escaped(&content.about))?;
    writeln!(svg, "<circle class=\"box-{class}\" cx=\"{x}\" cy=\"{y}\" r=\"{radius}\"/>")?;
    writeln!(
        svg,
        "<path class=\"sign\" stroke-width=\"1.5\" d=\"M{} {y}H{}M{x} {}V{}\"/>",
        Number(center.x - arm),
        Number(center.x + arm),
        Number(center.y - arm),
        Number(center.y + arm),
    )?;
    let (right, baseline) = (center.x - PLUS_RADIUS - INSET, center.y + 4.5);
    let shape = monospaced(&content.shape, SHAPE_SIZE) + INSET / 2.0;
    text(svg, "shape end", right, baseline, &content.shape)?;
    text(svg, "name end", right - shape, baseline, &content.name)?;
    svg.write_str("</g>\n")
}

fn text(svg: &mut String, class: &str, x: f64, y: f64, text: &str) -> fmt::Result {
    if text.is_empty() {
        return Ok(());
    }
    let (x, y, text) = (Number(x), Number(y), Escaped(text));
    writeln!(svg, "<text class=\"{class}\" x=\"{x}\" y=\"{y}\">{text}</text>")
}

/// A line with rounded bends and, where it has one, the head of an arrow.
fn write_line(svg: &mut String, line: &Line) -> fmt::Result {
    let points = &line.points;
    let (Some(&start), Some(&end)) = (points.first(), points.last()) else { return Ok(()) };
    let width = line_width(line.values);
    let mut path = format!("M{} {}", Number(start.x), Number(start.y));
    for corner in points.windows(3) {
        let &[before, at, behind] = corner else { continue };
        let bend = BEND.min(before.distance(at) / 2.0).min(at.distance(behind) / 2.0);
        let (into, out) = (at.towards(before, bend), at.towards(behind, bend));
        write!(path, "L{} {}", Number(into.x), Number(into.y))?;
        write!(path, "Q{} {} {} {}", Number(at.x), Number(at.y), Number(out.x), Number(out.y))?;
    }
    let before = points[points.len() - 2];
    let last = if line.has_arrow { end.towards(before, HEAD - 1.0) } else { end };
    write!(path, "L{} {}", Number(last.x), Number(last.y))?;
    writeln!(svg, "<path class=\"line\" stroke-width=\"{}\" d=\"{path}\"/>", Number(width))?;
    if line.has_arrow {
        let (base, half) = (end.towards(before, HEAD), 2.5 + width / 2.0);
        let across = if base.x == end.x { (half, 0.0) } else { (0.0, half) };
        writeln!(
            svg,
            "<path class=\"head\" d=\"M{} {}L{} {}L{} {}Z\"/>",
            Number(base.x - across.0),
            Number(base.y - across.1),
            Number(end.x),
            Number(end.y),
            Number(base.x + across.0),
            Number(base.y + across.1),
        )?;
    }
    Ok(())
}

impl Display for Area {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [x, y] = [self.x, self.y].map(Number);
        let [width, height] = [self.width, self.height].map(Number);
        write!(f, "x=\"{x}\" y=\"{y}\" width=\"{width}\" height=\"{height}\"")
    }
}

/// A length with at most one digit behind the point.
struct Number(f64);

impl Display for Number {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = format!("{:.1}", self.0);
        f.write_str(text.strip_suffix(".0").unwrap_or(&text))
    }
}

/// A text whose characters mean nothing to XML.
struct Escaped<'a>(&'a str);

impl Display for Escaped<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for character in self.0.chars() {
            match character {
                '&' => f.write_str("&amp;")?,
                '<' => f.write_str("&lt;")?,
                '>' => f.write_str("&gt;")?,
                '"' => f.write_str("&quot;")?,
                _ => f.write_char(character)?,
            }
        }
        Ok(())
    }
}
