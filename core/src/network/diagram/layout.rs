//! Sizes and places of all that a drawing shows.
//!
//! Everything hangs on an axis from top to bottom. A [`Plan`] knows how far it reaches to the left and to the
//! right of its axis and how high it is; it is made from the inside out, then placed from the outside in.

use alloc::boxed::Box;
use alloc::format;
use alloc::string::String;
use alloc::vec::Vec;

use super::content::{Content, frame_title};
use super::line::{Line, Point};
use super::measure::{bold, monospaced, proportional};
use crate::network::node::{Inside, Node};

/// Sizes of fonts: names, texts and shapes, the title and what is below it.
pub(super) const NAME_SIZE: f64 = 13.0;
pub(super) const TEXT_SIZE: f64 = 12.0;
pub(super) const SHAPE_SIZE: f64 = 11.0;
pub(super) const TITLE_SIZE: f64 = 17.0;
pub(super) const NUMBERS_SIZE: f64 = 12.0;

/// How far a text stays away from the border of its box.
pub(super) const INSET: f64 = 12.0;
pub(super) const PLUS_RADIUS: f64 = 9.0;
/// From the top of a frame to what is inside.
pub(super) const HEADER: f64 = 30.0;
pub(super) const MARGIN: f64 = 28.0;

const TITLE_HEIGHT: f64 = 58.0;
const BOX_WIDTH: f64 = 156.0;
const TALL_BOX: f64 = 46.0;
const LOW_BOX: f64 = 30.0;
/// Between boxes, where lines run.
const GAP: f64 = 28.0;
/// Between the border of a frame and what is inside.
const PADDING: f64 = 16.0;

/// A part of the drawing that is an upright rectangle.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) struct Area {
    pub(super) x: f64,
    pub(super) y: f64,
    pub(super) width: f64,
    pub(super) height: f64,
}

/// A box with a layer.
#[derive(Debug)]
pub(super) struct LayerBox {
    pub(super) area: Area,
    pub(super) content: Content,
}

/// A border around stages.
#[derive(Debug)]
pub(super) struct Frame {
    pub(super) area: Area,
    pub(super) title: String,
    /// How often the stages are repeated, where they are.
    pub(super) times: Option<usize>,
}

/// Where the input of a residual is added to the output of its stages.
#[derive(Debug)]
pub(super) struct Plus {
    pub(super) center: Point,
    pub(super) content: Content,
}

/// All that a drawing shows.
#[derive(Debug, Default)]
pub(super) struct Drawing {
    pub(super) width: f64,
    pub(super) height: f64,
    pub(super) title: [String; 2],
    /// Outer frames first.
    pub(super) frames: Vec<Frame>,
    pub(super) lines: Vec<Line>,
    pub(super) boxes: Vec<LayerBox>,
    pub(super) pluses: Vec<Plus>,
    /// Where a line forks.
    pub(super) forks: Vec<Point>,
}

/// The drawing of a network whose stages follow on an input of this shape.
pub(super) fn layout(title: [String; 2], stages: &[Node], input: &[usize]) -> Drawing {
    let output = stages.last().map_or(input, |stage| stage.stage.shape);
    let mut plans = Vec::from([layer_box(Content::end("input", input), input.iter().product())]);
    plans.extend(stages.iter().flat_map(node));
    plans.push(layer_box(Content::end("output", output), output.iter().product()));
    let plan = in_a_column(plans);

    let title_width = bold(&title[0], TITLE_SIZE).max(proportional(&title[1], NUMBERS_SIZE));
    let spare = (title_width - plan.left - plan.right).max(0.0);
    let axis = MARGIN + plan.left + spare / 2.0;
    let mut drawing = Drawing {
        width: axis + plan.right + spare / 2.0 + MARGIN,
        height: MARGIN + TITLE_HEIGHT + plan.height + MARGIN,
        title,
        ..Drawing::default()
    };
    let values = plan.values;
    plan.place(Point { x: axis, y: MARGIN + TITLE_HEIGHT }, Way::default(), &mut drawing);
    debug_assert_eq!(values, output.iter().product::<usize>());
    drawing
}

/// Something to draw and the room that it takes around its axis.
struct Plan {
    left: f64,
    right: f64,
    height: f64,
    /// How many values flow out of it.
    values: usize,
    part: Part,
}

enum Part {
    Box(Content),
    Column(Vec<Plan>),
    Frame {
        title: String,
        times: Option<usize>,
        inside: Box<Plan>,
    },
    Residual {
        body: Box<Plan>,
        project: Option<Box<Plan>>,
        content: Content,
    },
    /// Branches with the places of their axes, and the box in which they meet.
    Branches {
        branches: Vec<(f64, Plan)>,
        content: Content,
        join: [f64; 2],
    },
}

/// A line that comes from somewhere and is not yet where it leads to.
#[derive(Clone, Default)]
struct Way {
    points: Vec<Point>,
    values: usize,
}

impl Way {
    fn from(point: Point, values: usize) -> Self {
        Way { points: Vec::from([point]), values }
    }

    fn via(mut self, point: Point) -> Self {
        self.points.push(point);
        self
    }

    fn to(self, point: Point, has_arrow: bool, drawing: &mut Drawing) {
        let mut points = self.via(point);
        points.points.dedup();
        if points.points.len() > 1 {
            drawing.lines.push(Line { points: points.points, values: points.values, has_arrow });
        }
    }
}

/// A stage; behind one that is made of others its activation is drawn for itself.
fn node(node: &Node) -> Vec<Plan> {
    let values = node.stage.len();
    let mut plans = Vec::new();
    if !node.stage.written.from.is_empty() {
        plans.push(layer_box(Content::reference(node.stage.written.from), values));
    }
    if node.is_reference() {
        return plans;
    }
    let plan = match &node.inside {
        Inside::Nothing => {
            plans.push(layer_box(Content::layer(node), values));
            return plans;
        }
        Inside::Chain(stages) => framed(frame_title(node), None, column(stages)),
        Inside::Repeat { times, body } => {
            let title = if node.is_written_out() {
                String::from(node.stage.name)
            } else {
                frame_title(node)
            };
            framed(title, Some(*times), column(body))
        }
        Inside::Residual { body, project } => {
            let content = Content::join("residual", node);
            residual(column(body), project.as_deref().map(column), content)
        }
        Inside::Joined { word, branches: parts } => {
            branches(parts, Content::join(word, node), values)
        }
    };
    plans.push(plan);
    if !node.stage.written.activation.is_empty() {
        plans.push(layer_box(Content::activation(node), values));
    }
    plans
}

fn column(stages: &[Node]) -> Plan {
    in_a_column(stages.iter().flat_map(node).collect())
}

fn layer_box(content: Content, values: usize) -> Plan {
    let shape = monospaced(&content.shape, SHAPE_SIZE);
    let name = bold(&content.name, NAME_SIZE);
    let text = monospaced(&content.text, TEXT_SIZE);
    let is_tall = !content.name.is_empty() && !content.text.is_empty();
    let width =
        if is_tall { (name + INSET + shape).max(text) } else { name + text + INSET + shape };
    let half = (width + 2.0 * INSET).max(BOX_WIDTH) / 2.0;
    let height = if is_tall { TALL_BOX } else { LOW_BOX };
    Plan { left: half, right: half, height, values, part: Part::Box(content) }
}

/// Plans one below the other, boxes as wide as the widest.
fn in_a_column(mut plans: Vec<Plan>) -> Plan {
    let is_box = |plan: &&Plan| matches!(plan.part, Part::Box(_));
    let half = plans.iter().filter(is_box).map(|plan| plan.left).fold(0.0, f64::max);
    let (mut left, mut right, mut height) = (0.0, 0.0, -GAP);
    for plan in &mut plans {
        if let Part::Box(_) = plan.part {
            (plan.left, plan.right) = (half, half);
        }
        left = f64::max(left, plan.left);
        right = f64::max(right, plan.right);
        height += GAP + plan.height;
    }
    let values = plans.last().map_or(0, |plan| plan.values);
    Plan { left, right, height: height.max(0.0), values, part: Part::Column(plans) }
}

fn framed(title: String, times: Option<usize>, inside: Plan) -> Plan {
    // The line into the frame runs down between its title and how often it is repeated.
    let title_width = INSET + bold(&title, NAME_SIZE) + INSET;
    let badge = times.map_or(0.0, |times| 2.0 * INSET + bold(&format!("× {times}"), NAME_SIZE));
    Plan {
        left: (inside.left + PADDING).max(title_width),
        right: (inside.right + PADDING).max(badge),
        height: HEADER + inside.height + PADDING,
        values: inside.values,
        part: Part::Frame { title, times, inside: Box::new(inside) },
    }
}

fn residual(body: Plan, project: Option<Plan>, content: Content) -> Plan {
    let label = PLUS_RADIUS
        + bold(&content.name, NAME_SIZE)
        + monospaced(&content.shape, SHAPE_SIZE)
        + 2.0 * INSET;
    let project_height = project.as_ref().map_or(0.0, |project| project.height);
    let project_right = project.as_ref().map_or(4.0, |project| project.left + project.right);
    Plan {
        left: body.left.max(label),
        right: body.right + GAP + project_right,
        height: GAP + body.height.max(project_height) + GAP + 2.0 * PLUS_RADIUS,
        values: body.values,
        part: Part::Residual { body: Box::new(body), project: project.map(Box::new), content },
    }
}

fn branches(parts: &[Vec<Node>], content: Content, values: usize) -> Plan {
    let (mut placed, mut width) = (Vec::new(), -GAP);
    for plan in parts.iter().map(|stages| column(stages)) {
        let axis = width + GAP + plan.left;
        width = axis + plan.right;
        placed.push((axis, plan));
    }
    let axis_of = |index: usize| placed.get(index).map_or(0.0, |&(axis, _)| axis);
    let (first, last) = (axis_of(0), axis_of(placed.len().saturating_sub(1)));
    let middle = match placed.len() % 2 {
        1 => axis_of(placed.len() / 2),
        _ => (first + last) / 2.0,
    };
    let text = bold(&content.name, NAME_SIZE)
        + monospaced(&content.text, TEXT_SIZE)
        + monospaced(&content.shape, SHAPE_SIZE)
        + 4.0 * INSET;
    let join = [middle - first + 2.0 * INSET, last - middle + 2.0 * INSET];
    let join = join.map(|half| half.max(text / 2.0));
    let height = placed.iter().map(|(_, plan)| plan.height).fold(0.0, f64::max);
    for (axis, _) in &mut placed {
        *axis -= middle;
    }
    Plan {
        left: middle.max(join[0]),
        right: (width - middle).max(join[1]),
        height: GAP + height + GAP + LOW_BOX,
        values,
        part: Part::Branches { branches: placed, content, join },
    }
}

impl Plan {
    /// Draws it below a point on its axis, with the line that leads to it. Gives the line that leads on.
    fn place(self, top: Point, way: Way, drawing: &mut Drawing) -> Way {
        let Point { x, y } = top;
        let below = |distance: f64| Point { x, y: y + distance };
        let bottom = below(self.height);
        let values = self.values;
        match self.part {
            Part::Box(content) => {
                // An earlier value is drawn where it is read; what stands in front of it does not lead there.
                if !content.is_reference {
                    way.to(top, true, drawing);
                }
                let width = self.left + self.right;
                let area = Area { x: x - self.left, y, width, height: self.height };
                drawing.boxes.push(LayerBox { area, content });
                Way::from(bottom, values)
            }
            Part::Column(plans) => {
                let (mut way, mut top) = (way, top);
                for plan in plans {
                    let next = Point { x, y: top.y + plan.height + GAP };
                    way = plan.place(top, way, drawing);
                    top = next;
                }
                way
            }
            Part::Frame { title, times, inside } => {
                let width = self.left + self.right;
                let area = Area { x: x - self.left, y, width, height: self.height };
                drawing.frames.push(Frame { area, title, times });
                inside.place(below(HEADER), way, drawing)
            }
            Part::Residual { body, project, content } => {
                let fork = below(GAP / 4.0);
                let center = below(self.height - PLUS_RADIUS);
                let side = match &project {
                    Some(project) => x + body.right + GAP + project.left,
                    None => x + body.right + GAP,
                };
                let at_side = |y: f64| Point { x: side, y };
                let arc = Way::from(fork, way.values).via(at_side(fork.y));
                drawing.forks.push(fork);
                body.place(below(GAP), way, drawing).to(
                    below(self.height - 2.0 * PLUS_RADIUS),
                    true,
                    drawing,
                );
                let arc = match project {
                    Some(project) => project.place(at_side(y + GAP), arc, drawing),
                    None => arc,
                };
                let arrival = Point { x: x + PLUS_RADIUS, y: center.y };
                arc.via(at_side(center.y)).to(arrival, true, drawing);
                drawing.pluses.push(Plus { center, content });
                Way::from(bottom, values)
            }
            Part::Branches { branches, content, join } => {
                let fork = below(GAP / 4.0);
                let incoming = way.values;
                way.to(fork, false, drawing);
                drawing.forks.push(fork);
                for (axis, branch) in branches {
                    let at = |y: f64| Point { x: x + axis, y };
                    let way = Way::from(fork, incoming).via(at(fork.y));
                    let way = branch.place(at(y + GAP), way, drawing);
                    way.to(at(bottom.y - LOW_BOX), true, drawing);
                }
                let [left, right] = join;
                let (y, width) = (bottom.y - LOW_BOX, left + right);
                let area = Area { x: x - left, y, width, height: LOW_BOX };
                drawing.boxes.push(LayerBox { area, content });
                Way::from(bottom, values)
            }
        }
    }
}
