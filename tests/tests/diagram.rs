//! Diagrams: what is drawn, that it is well-formed and that nothing lies on top of anything else.

use static_net::layer::{Backward, Dense, Layer, Mode, Pass, Repeat, Residual};
use static_net::prelude::*;
use static_net::shape::Rank1;
use static_net::simd::InstructionSet;

/// A layer whose type has characters that mean something to XML.
#[derive(Parameters)]
#[repr(C)]
struct Same<const N: usize> {}

impl<const N: usize> Layer<f32> for Same<N> {
    type Input = Rank1<N>;
    type Output = Rank1<N>;

    fn initialize<R: Rng + ?Sized>(&mut self, _: &mut R) {}

    fn forward<I: InstructionSet, M: Mode<f32>>(
        &self,
        input: &[[f32; N]],
        output: &mut [[f32; N]],
        _: &mut Pass<'_, f32, I, M>,
    ) {
        output.copy_from_slice(input);
    }

    fn backward<I: InstructionSet>(
        &self,
        step: Backward<'_, f32, Self>,
        _: Option<&mut Self>,
        _: &mut Pass<'_, f32, I>,
    ) {
        if let Some(d_input) = step.d_input {
            d_input.copy_from_slice(step.d_output);
        }
    }
}

/// A layer whose name only looks like that of a convolution.
#[derive(Parameters)]
#[repr(C)]
struct ConvergenceHead {
    inner: Dense<f32, 4, 2>,
}

impl Layer<f32> for ConvergenceHead {
    type Input = Rank1<4>;
    type Output = Rank1<2>;

    fn initialize<R: Rng + ?Sized>(&mut self, rng: &mut R) {
        self.inner.initialize(rng);
    }

    fn forward<I: InstructionSet, M: Mode<f32>>(
        &self,
        input: &[[f32; 4]],
        output: &mut [[f32; 2]],
        pass: &mut Pass<'_, f32, I, M>,
    ) {
        self.inner.forward(input, output, pass);
    }

    fn backward<I: InstructionSet>(
        &self,
        step: Backward<'_, f32, Self>,
        gradient: Option<&mut Self>,
        pass: &mut Pass<'_, f32, I>,
    ) {
        let Backward { input, output, tape, d_output, d_input, .. } = step;
        let step = Backward { input, output, tape, d_output, d_input };
        self.inner.backward(step, gradient.map(|gradient| &mut gradient.inner), pass);
    }
}

type Tower = Repeat<Residual<Dense<f32, 4, 4>>, 2>;

const WIDTH: usize = 8;

network! {
    struct Attending<
        (words: tokens(4, vocab: 5, padding: 0), source: 3) => &words => memory: embedding(2) => &source => x: 2
        => reshape[1, 2] => attention(heads: 1, memory: &memory, mask: &words) => y: flatten => cosine(&x, &y)
    >;
}

network! {
    struct Net< 10 => relu 32 => latent: relu 16 => 2 >;
    struct Encoder< 12 => tanh 16 => code: gelu 4 >;
    struct Short< 6 => residual(up: relu 24 => down: 6) >;
    struct Projected< 6 => relu residual(24 => 24 => 3; project: side: 4 => 3) => residual(3) >;
    struct Joined< 5 => mixed: concat(relu 4 | tanh 8 => 8 | identity) => added: sum(3 | gelu 2 => 3) >;
    struct Turns< 4 => low: repeat(W in [3, 2]; z: tanh W => 4) => concat(&low[..].z | identity) => 2 >;
    struct Repeated< 5 => blocks: repeat(4; 5) => relu repeat(2; a: 7 => b: 5) >;
    struct Eight< 3 => concat(1 | tanh 2 | 3 | 1 | gelu 1 | repeat(2; 3) | residual(3) | 1) >;
    struct Deep<
        12 => a_label_that_is_longer_than_most: softplus Encoder
        => repeat(2; residual(
            inner: residual(concat(tanh 2 | residual(relu 3 => 4; project: concat(1 | 3)))
                => sum(4 | residual(residual(6)) => 4 | Encoder2 => 4))
            => 4
        ))
        => tower: tanh Tower
        => log_softmax 3
    >;
    struct Encoder2< 6 => inner: tanh 16 => 2 >;
    struct Head< 9 => relu 4 => head: relu ConvergenceHead => repeat(2; residual(Same<2>)) >;
    struct Seen<
        [3, 16, 16] => depthwise(3) => upsample(2) => batch_norm => dropout(0.5) => flatten => { WIDTH }
    >;
    struct Heard<
        [6, 4] => sinusoidal => attention(2) => gru(4) => mean_over_time => elu(0.5)
    >;
    struct Referring<
        6 => h: relu 8 => mean: 3 => &h => scale: tanh 3
        => residual(n: gelu 5 => concat(identity | &n => 2 | &mean) => 3) => product(identity | &mean | &input => hidden: 4 => 3)
    >;
    struct Several< (x: 4, y: 3) => concat(&x | &y) => relu 8 => (a: 2 | tanh 3 => b: 1) >;
    struct Escaped< 4 => Same<{ 6 & 4 }> => 1 >;
}

/// An element of a drawing.
struct Element {
    name: String,
    attributes: Vec<(String, String)>,
    /// What stands behind its tag.
    text: String,
}

impl Element {
    fn get(&self, name: &str) -> Option<&str> {
        self.attributes.iter().find(|(key, _)| key == name).map(|(_, value)| value.as_str())
    }

    fn number(&self, name: &str) -> f64 {
        let value = self.get(name).unwrap_or_else(|| panic!("{} has no {name}", self.name));
        value.parse().unwrap_or_else(|_| panic!("{name} is `{value}`"))
    }

    fn has_class(&self, name: &str) -> bool {
        self.get("class").is_some_and(|classes| classes.split(' ').any(|class| class == name))
    }
}

/// Reads XML of the kind that is written here: fails where it is not well-formed.
fn parse(svg: &str) -> Vec<Element> {
    let (mut elements, mut open) = (Vec::new(), Vec::<String>::new());
    let mut rest = svg;
    while let Some(start) = rest.find('<') {
        let end = rest[start..].find('>').expect("a tag ends") + start;
        let tag = &rest[start + 1..end];
        rest = &rest[end + 1..];
        if let Some(name) = tag.strip_prefix('/') {
            assert_eq!(open.pop().as_deref(), Some(name), "closes what is open");
            continue;
        }
        assert!(elements.is_empty() || !open.is_empty(), "there is one root");
        let is_empty = tag.ends_with('/');
        let mut tag = tag.trim_end_matches('/');
        let name = tag.split(' ').next().expect("a name");
        let mut attributes: Vec<(String, String)> = Vec::new();
        tag = tag[name.len()..].trim();
        while !tag.is_empty() {
            let (key, value) = tag.split_once("=\"").expect("an attribute with a value in quotes");
            let (value, behind) = value.split_once('"').expect("a value ends");
            assert!(attributes.iter().all(|(other, _)| other != key), "{key} is given once");
            attributes.push((key.to_owned(), unescaped(value)));
            tag = behind.trim_start();
        }
        if !is_empty {
            open.push(name.to_owned());
        }
        let text = unescaped(rest.split('<').next().unwrap_or("").trim());
        elements.push(Element { name: name.to_owned(), attributes, text });
    }
    assert!(open.is_empty() && rest.trim().is_empty(), "ends behind its root");
    elements
}

fn unescaped(text: &str) -> String {
    let mut plain = String::new();
    let mut pieces = text.split('&');
    plain.push_str(pieces.next().unwrap_or(""));
    for piece in pieces {
        let (entity, behind) = piece.split_once(';').expect("an entity ends");
        plain.push(match entity {
            "amp" => '&',
            "lt" => '<',
            "gt" => '>',
            "quot" => '"',
            _ => panic!("`{entity}` is no entity"),
        });
        plain.push_str(behind);
    }
    plain
}

#[derive(Clone, Copy, Debug)]
struct Area {
    left: f64,
    top: f64,
    right: f64,
    bottom: f64,
}

impl Area {
    fn of(rect: &Element) -> Self {
        let (left, top) = (rect.number("x"), rect.number("y"));
        let (right, bottom) = (left + rect.number("width"), top + rect.number("height"));
        Area { left, top, right, bottom }
    }

    fn around(circle: &Element) -> Self {
        let [x, y, r] = ["cx", "cy", "r"].map(|name| circle.number(name));
        Area { left: x - r, top: y - r, right: x + r, bottom: y + r }
    }

    fn overlaps(&self, other: &Area) -> bool {
        self.left < other.right
            && other.left < self.right
            && self.top < other.bottom
            && other.top < self.bottom
    }

    fn contains(&self, other: &Area) -> bool {
        self.left <= other.left
            && other.right <= self.right
            && self.top <= other.top
            && other.bottom <= self.bottom
    }
}

/// Roughly what a text covers that stands between boxes and frames.
fn text_area(element: &Element) -> Area {
    let width =
        element.text.chars().count() as f64 * if element.has_class("shape") { 6.6 } else { 7.2 };
    let (x, y) = (element.number("x"), element.number("y"));
    let left = if element.has_class("end") { x - width } else { x };
    Area { left, top: y - 9.0, right: left + width, bottom: y + 2.0 }
}

/// The points of a path that lie on it, if roughly where it bends.
fn points(path: &str) -> Vec<[f64; 2]> {
    let mut points = Vec::new();
    for command in path.split(['M', 'L', 'Q']) {
        let numbers: Vec<f64> =
            command.split_whitespace().map(|number| number.parse().expect("a number")).collect();
        if let [.., x, y] = numbers[..] {
            points.push([x, y]);
        }
    }
    points
}

/// All that holds for any drawing.
fn check(name: &str, svg: &str, names: &[&str]) {
    let elements = parse(svg);
    let with = |tag: &'static str, class: &'static str| {
        elements.iter().filter(move |element| element.name == tag && element.has_class(class))
    };
    let is_box = |element: &&Element| {
        element.get("class").is_some_and(|classes| classes.starts_with("box-"))
    };
    let rects = elements.iter().filter(|element| element.name == "rect");
    let circles = elements.iter().filter(|element| element.name == "circle");
    let boxes: Vec<Area> = rects
        .filter(is_box)
        .map(Area::of)
        .chain(circles.filter(is_box).map(Area::around))
        .collect();
    let frames: Vec<Area> = with("rect", "frame").map(Area::of).collect();
    let page = Area {
        left: 0.0,
        top: 0.0,
        right: elements[0].number("width"),
        bottom: elements[0].number("height"),
    };
    for (index, area) in boxes.iter().enumerate() {
        for other in &boxes[..index] {
            assert!(!area.overlaps(other), "{name}: {area:?} lies on {other:?}");
        }
        for frame in &frames {
            let is_apart = frame.contains(area) || !frame.overlaps(area);
            assert!(is_apart, "{name}: {area:?} is partly in {frame:?}");
        }
    }
    for (index, frame) in frames.iter().enumerate() {
        for other in &frames[..index] {
            let is_apart = frame.contains(other) || other.contains(frame) || !frame.overlaps(other);
            assert!(is_apart, "{name}: {frame:?} crosses {other:?}");
        }
    }
    for area in boxes.iter().chain(&frames) {
        assert!(page.contains(area), "{name}: {area:?} is not on {page:?}");
    }
    let text_elements = elements.iter().filter(|element| element.name == "text");
    let texts: Vec<(Area, &str)> =
        text_elements.map(|element| (text_area(element), element.text.as_str())).collect();
    for (index, (area, text)) in texts.iter().enumerate() {
        assert!(page.contains(area), "{name}: `{text}` is not on {page:?}");
        for (other, beside) in &texts[..index] {
            assert!(!area.overlaps(other), "{name}: `{text}` lies on `{beside}`");
        }
        for around in boxes.iter().chain(&frames) {
            let is_apart = around.contains(area) || !around.overlaps(area);
            assert!(is_apart, "{name}: `{text}` is partly in {around:?}");
        }
    }
    let mut lines = 0;
    for line in with("path", "line") {
        lines += 1;
        let points = points(line.get("d").expect("a path"));
        assert!(points.len() > 1, "{name}: a line leads somewhere");
        for ends in points.windows(2) {
            let ([x, y], [to_x, to_y]) = (ends[0], ends[1]);
            // Ends on the border of a box touch it.
            let segment = Area {
                left: x.min(to_x) + 0.3,
                top: y.min(to_y) + 0.3,
                right: x.max(to_x) - 0.3,
                bottom: y.max(to_y) - 0.3,
            };
            let segment = Area {
                right: segment.right.max(segment.left + 0.01),
                bottom: segment.bottom.max(segment.top + 0.01),
                ..segment
            };
            assert!(page.contains(&segment), "{name}: {segment:?} is not on {page:?}");
            for area in boxes.iter().chain(texts.iter().map(|(area, _)| area)) {
                assert!(!area.overlaps(&segment), "{name}: {segment:?} runs through {area:?}");
            }
        }
    }
    // No line leads to an earlier value: it is drawn where it is read.
    let references = texts.iter().filter(|(_, text)| text.starts_with('&')).count();
    assert!(
        lines + 1 + references >= boxes.len(),
        "{name}: {lines} lines join {} boxes",
        boxes.len()
    );
    for wanted in names {
        let is_there = texts.iter().any(|(_, text)| text == wanted);
        assert!(is_there, "{name}: `{wanted}` is not in {texts:?}");
    }
}

#[test]
fn drawings_show_all_stages_apart_from_each_other() {
    check(
        "Net",
        &Net::diagram(),
        &["Net", "stage1", "latent", "stage3", "relu 32", "[32]", "output"],
    );
    check("Encoder", &Encoder::diagram(), &["stage1", "code", "gelu 4"]);
    check("Short", &Short::diagram(), &["stage1", "up", "down", "dense 6"]);
    check("Projected", &Projected::diagram(), &["stage1", "side", "stage3", "relu", "stage2"]);
    check("Joined", &Joined::diagram(), &["mixed", "concat", "identity", "added", "sum", "gelu 2"]);
    check("Repeated", &Repeated::diagram(), &["blocks", "× 4", "stage2", "× 2", "a", "b", "relu"]);
    let names = [
        "low: repeat(W in [3, 2])",
        "0: W = 3",
        "1: W = 2",
        "z",
        "tanh 3",
        "&low[0].z",
        "&low[1].z",
    ];
    check("Turns", &Turns::diagram(), &names);
    check("Eight", &Eight::diagram(), &["stage1", "concat", "tanh 2", "× 2"]);
    let names = [
        "a_label_that_is_longer_than_most: Encoder",
        "code",
        "softplus",
        "stage2",
        "inner",
        "stage1: Encoder2",
        "tower: Tower",
        "layer",
        "tanh",
        "stage4",
        "[3]",
    ];
    check("Deep", &Deep::diagram(), &names);
    let names = ["h", "&h", "scale", "&n", "dense 2", "&mean", "&input", "hidden"];
    check("Referring", &Referring::diagram(), &names);
    check("Escaped", &Escaped::diagram(), &["Same<{ 6 & 4 }>", "stage1", "stage2"]);
}

/// Wider lines carry more values.
#[test]
fn lines_are_as_wide_as_what_they_carry() {
    let svg = Net::diagram();
    let elements = parse(&svg);
    let lines = elements.iter().filter(|element| element.has_class("line"));
    let widths: Vec<f64> = lines.map(|line| line.number("stroke-width")).collect();
    assert_eq!(widths, [2.1, 2.6, 2.3, 1.5]);
}

/// What the vertices of a graph say, each with the colour of its kind.
fn colours(dot: &str) -> Vec<[String; 2]> {
    let vertices = dot.lines().filter(|line| line.contains("fillcolor"));
    let quoted = |line: &str, index| line.split('"').nth(index).expect("a quoted text").to_owned();
    vertices.map(|line| [quoted(line, 1), quoted(line, 3)]).collect()
}

/// A layer has the colour of the word that declares it. What a user's type is called says nothing.
#[test]
fn kinds_follow_the_language_and_no_names() {
    const DENSE: &str = "#e7f0fd";
    const CONVOLUTION: &str = "#e2f4ea";
    const POOLING: &str = "#fcf0dc";
    const NORMALIZATION: &str = "#f0eafb";
    const ATTENTION: &str = "#fde9ee";
    const RECURRENT: &str = "#e1f3f6";
    const ACTIVATION: &str = "#f8f5e0";
    const JOIN: &str = "#ffffff";
    const OTHER: &str = "#eff1f4";
    let check = |dot: &str, expected: &[[&str; 2]]| {
        let given = colours(dot);
        // Input and output are of no kind.
        assert_eq!(given[1..given.len() - 1], *expected);
    };
    check(
        &Head::diagram_dot(),
        &[
            ["stage1\\nrelu 4\\n[4]", DENSE],
            ["head\\nrelu ConvergenceHead\\n[2]", OTHER],
            ["Same<2>\\n[2]", OTHER],
            ["+\\n[2]", JOIN],
        ],
    );
    check(
        &Seen::diagram_dot(),
        &[
            ["stage1\\ndepthwise(3)\\n[3, 14, 14]", CONVOLUTION],
            ["stage2\\nupsample(2)\\n[3, 28, 28]", POOLING],
            ["stage3\\nbatch_norm\\n[3, 28, 28]", NORMALIZATION],
            ["stage4\\ndropout(0.5)\\n[3, 28, 28]", OTHER],
            ["stage5\\nflatten\\n[2352]", OTHER],
            ["stage6\\ndense { WIDTH }\\n[8]", DENSE],
        ],
    );
    check(
        &Heard::diagram_dot(),
        &[
            ["stage1\\nsinusoidal\\n[6, 4]", ATTENTION],
            ["stage2\\nattention(2)\\n[6, 4]", ATTENTION],
            ["stage3\\ngru(4)\\n[6, 4]", RECURRENT],
            ["stage4\\nmean_over_time\\n[4]", POOLING],
            ["stage5\\nelu(0.5)\\n[4]", ACTIVATION],
        ],
    );
}

/// The edges of a graph, each as the labels of its ends.
fn edges(dot: &str) -> Vec<[String; 2]> {
    let label = |vertex: &str| {
        let line = dot.lines().find(|line| line.trim().starts_with(&format!("{vertex} [")));
        let line = line.unwrap_or_else(|| panic!("{vertex} is a vertex"));
        let label = line.split('"').nth(1).expect("a label");
        label.replace("\\n", " ")
    };
    let ends = dot.lines().filter_map(|line| line.split(" [").next()?.trim().split_once(" -> "));
    ends.map(|(from, to)| [label(from), label(to)]).collect()
}

#[track_caller]
fn assert_edges(dot: &str, expected: &[[&str; 2]]) {
    let mut given = edges(dot);
    given.sort();
    let mut expected: Vec<_> = expected.iter().map(|ends| ends.map(String::from)).collect();
    expected.sort();
    assert_eq!(given, expected);
}

#[test]
fn graphs_have_an_edge_for_each_connection() {
    assert_edges(
        &Projected::diagram_dot(),
        &[
            ["input [6]", "stage1 dense 24 [24]"],
            ["stage1 dense 24 [24]", "stage2 dense 24 [24]"],
            ["stage2 dense 24 [24]", "stage3 dense 3 [3]"],
            ["input [6]", "side dense 4 [4]"],
            ["side dense 4 [4]", "stage2 dense 3 [3]"],
            ["stage3 dense 3 [3]", "stage1 + [3]"],
            ["stage2 dense 3 [3]", "stage1 + [3]"],
            ["stage1 + [3]", "relu [3]"],
            ["relu [3]", "dense 3 [3]"],
            ["relu [3]", "stage2 + [3]"],
            ["dense 3 [3]", "stage2 + [3]"],
            ["stage2 + [3]", "output [3]"],
        ],
    );
    assert_edges(
        &Joined::diagram_dot(),
        &[
            ["input [5]", "relu 4 [4]"],
            ["input [5]", "stage1 tanh 8 [8]"],
            ["input [5]", "identity [5]"],
            ["stage1 tanh 8 [8]", "stage2 dense 8 [8]"],
            ["relu 4 [4]", "mixed concat [17]"],
            ["stage2 dense 8 [8]", "mixed concat [17]"],
            ["identity [5]", "mixed concat [17]"],
            ["mixed concat [17]", "dense 3 [3]"],
            ["mixed concat [17]", "stage1 gelu 2 [2]"],
            ["stage1 gelu 2 [2]", "stage2 dense 3 [3]"],
            ["dense 3 [3]", "added sum [3]"],
            ["stage2 dense 3 [3]", "added sum [3]"],
            ["added sum [3]", "output [3]"],
        ],
    );
}

#[test]
fn values_that_are_read_again_have_an_edge_to_each_reader() {
    assert_edges(
        &Referring::diagram_dot(),
        &[
            ["input [6]", "h relu 8 [8]"],
            ["h relu 8 [8]", "mean dense 3 [3]"],
            ["h relu 8 [8]", "scale tanh 3 [3]"],
            ["scale tanh 3 [3]", "n gelu 5 [5]"],
            ["n gelu 5 [5]", "identity [5]"],
            ["n gelu 5 [5]", "dense 2 [2]"],
            ["identity [5]", "stage2 concat [10]"],
            ["dense 2 [2]", "stage2 concat [10]"],
            ["mean dense 3 [3]", "stage2 concat [10]"],
            ["stage2 concat [10]", "stage3 dense 3 [3]"],
            ["stage3 dense 3 [3]", "stage4 + [3]"],
            ["scale tanh 3 [3]", "stage4 + [3]"],
            ["stage4 + [3]", "identity [3]"],
            ["identity [3]", "stage5 product [3]"],
            ["mean dense 3 [3]", "stage5 product [3]"],
            ["input [6]", "hidden dense 4 [4]"],
            ["hidden dense 4 [4]", "stage2 dense 3 [3]"],
            ["stage2 dense 3 [3]", "stage5 product [3]"],
            ["stage5 product [3]", "output [3]"],
        ],
    );
}

#[test]
fn layers_have_an_edge_from_each_value_that_they_read() {
    assert_edges(
        &Attending::diagram_dot(),
        &[
            ["input [7]", "words input [4]"],
            ["input [7]", "source input [3]"],
            ["words input [4]", "words_mask mask [4]"],
            ["words input [4]", "memory embedding(2) [4, 2]"],
            ["source input [3]", "x dense 2 [2]"],
            ["x dense 2 [2]", "stage3 reshape[1, 2] [1, 2]"],
            [
                "stage3 reshape[1, 2] [1, 2]",
                "stage4 attention(heads: 1, memory: &memory, mask: … [1, 2]",
            ],
            [
                "memory embedding(2) [4, 2]",
                "stage4 attention(heads: 1, memory: &memory, mask: … [1, 2]",
            ],
            ["words_mask mask [4]", "stage4 attention(heads: 1, memory: &memory, mask: … [1, 2]"],
            ["stage4 attention(heads: 1, memory: &memory, mask: … [1, 2]", "y flatten [2]"],
            ["x dense 2 [2]", "stage6 cosine(&x, &y) [1]"],
            ["y flatten [2]", "stage6 cosine(&x, &y) [1]"],
            ["stage6 cosine(&x, &y) [1]", "output [1]"],
        ],
    );
}

#[test]
fn several_inputs_and_outputs_have_edges_of_their_own() {
    assert_edges(
        &Several::diagram_dot(),
        &[
            ["input [7]", "x input [4]"],
            ["input [7]", "y input [3]"],
            ["x input [4]", "stage1 concat [7]"],
            ["y input [3]", "stage1 concat [7]"],
            ["stage1 concat [7]", "stage2 relu 8 [8]"],
            ["stage2 relu 8 [8]", "a dense 2 [2]"],
            ["stage2 relu 8 [8]", "stage4 tanh 3 [3]"],
            ["stage4 tanh 3 [3]", "b dense 1 [1]"],
            ["a dense 2 [2]", "output concat [3]"],
            ["b dense 1 [1]", "output concat [3]"],
            ["output concat [3]", "output [3]"],
        ],
    );
    check("Several", &Several::diagram(), &["x", "y", "&x", "&y", "&stage2", "a", "&a", "&b"]);
}

#[test]
fn graphs_are_the_same_each_time() {
    let expected = r##"digraph "Repeated" {
  rankdir=TB;
  node [shape=box, style="rounded,filled", fontname="Helvetica", fontsize=12, margin="0.16,0.08"];
  edge [color="#8a94a1", arrowsize=0.7];
  n0 [label="input\n[5]", fillcolor="#f6f8fa", color="#afb8c1"];
  subgraph cluster0 {
    label="blocks × 4"; labeljust=l; style="rounded,dashed"; color="#8a94a1"; fontname="Helvetica"; fontsize=12;
    n1 [label="dense 5\n[5]", fillcolor="#e7f0fd", color="#82aaea"];
  }
  subgraph cluster1 {
    label="stage2 × 2"; labeljust=l; style="rounded,dashed"; color="#8a94a1"; fontname="Helvetica"; fontsize=12;
    n2 [label="a\ndense 7\n[7]", fillcolor="#e7f0fd", color="#82aaea"];
    n3 [label="b\ndense 5\n[5]", fillcolor="#e7f0fd", color="#82aaea"];
  }
  n4 [label="relu\n[5]", fillcolor="#f8f5e0", color="#c9bd6b"];
  n5 [label="output\n[5]", fillcolor="#f6f8fa", color="#afb8c1"];
  n0 -> n1 [penwidth=1.8];
  n1 -> n2 [penwidth=1.8];
  n2 -> n3 [penwidth=2.0];
  n3 -> n4 [penwidth=1.8];
  n4 -> n5 [penwidth=1.8];
}
"##;
    assert_eq!(Repeated::diagram_dot(), expected);
    assert_eq!(Deep::diagram_dot(), Deep::diagram_dot());
    assert_eq!(Deep::diagram(), Deep::diagram());
}

#[test]
fn braces_of_graphs_balance() {
    for dot in [Deep::diagram_dot(), Eight::diagram_dot(), Escaped::diagram_dot()] {
        // Braces inside a label mean nothing.
        let outside: String = dot.split('"').step_by(2).collect();
        assert_eq!(outside.matches('{').count(), outside.matches('}').count());
        assert_eq!(outside.matches('[').count(), outside.matches(']').count());
        assert_eq!(dot.matches('"').count() % 2, 0);
    }
}

/// A dense layer without bias is drawn as it is written.
#[test]
fn a_dense_layer_is_named_once() {
    network! { struct Bare< 4 => dense(3, bias: false) => prelu => 2 >; }
    let dot = Bare::diagram_dot();
    assert!(dot.contains("dense(3, bias: false)") && !dot.contains("dense dense"), "{dot}");
    assert!(dot.contains("dense 2"), "{dot}");
}
