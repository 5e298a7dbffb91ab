//! Finds faces in a photograph, with eyes, noses and mouths.
//!
//! Shows networks with several outputs (whether there is a face, how to move the box around it, where its parts are) in the
//! cascade MTCNN, with the weights that facenet-pytorch ships. The first network looks at a picture of any size
//! in tiles: shapes are static. The others take what is left as a batch.
//!
//! ```text
//! cargo run --release --example faces                              # an astronaut that ships with it
//! cargo run --release --example faces -- PHOTO.png --smallest 40
//! cargo run --release --example faces -- --check FOLDER            # RNet against recorded outputs of the original
//! ```

use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, Result, ensure};
use clap::Parser;
use static_net::file::StateDict;
use static_net_examples::data::Batch;
use static_net_examples::faces::{Cascade, Face, ONet, PNet, RNet, RNetOutput};
use static_net_examples::photo::Photo;
use static_net_examples::picture::{Colour, Picture, default_path};
use static_net_examples::show::declaration;

/// Finds faces in a photograph.
#[derive(Parser)]
struct Options {
    /// A PNG or PPM; by default an astronaut.
    photo: Option<PathBuf>,
    /// The weights of all three networks, `MTCNN().state_dict()` of facenet-pytorch as safetensors; by default those that
    /// ship with this program, where the largest network is in half precision.
    #[arg(long, value_name = "FILE.safetensors")]
    model: Option<PathBuf>,
    /// The smallest face to look for, in pixels.
    #[arg(long, default_value_t = 20.0, value_parser = at_least_one)]
    smallest: f64,
    /// Where to draw what is found; by default target/faces.png.
    #[arg(long, value_name = "FILE.png")]
    picture: Option<PathBuf>,
    /// Compares RNet with `io.safetensors`, with the weights of `weights.safetensors`, both in this folder.
    #[arg(long, value_name = "FOLDER")]
    check: Option<PathBuf>,
    /// The astronaut, whatever else is said: to see that everything runs.
    #[arg(long)]
    quick: bool,
}

fn at_least_one(text: &str) -> Result<f64, String> {
    match text.parse() {
        Ok(pixels) if pixels >= 1.0 => Ok(pixels),
        _ => Err("a face has at least one pixel".into()),
    }
}

fn main() -> Result<()> {
    let options = Options::parse();
    if let (Some(folder), false) = (&options.check, options.quick) {
        return check(folder);
    }
    for summary in [PNet::summary(), RNet::summary(), ONet::summary()] {
        println!("{summary}\n");
    }
    println!("{}\n", declaration::<PNet>());
    let data = Path::new(env!("CARGO_MANIFEST_DIR")).join("data/faces");
    let weights = options.model.unwrap_or_else(|| data.join("mtcnn.safetensors"));
    let cascade = Cascade::of(StateDict::open(&weights)?)?;
    let path = options.photo.filter(|_| !options.quick);
    let photo = Photo::read(&path.unwrap_or_else(|| data.join("astronaut.png")))?;
    let start = Instant::now();
    let (faces, left) = cascade.find(&photo, options.smallest);
    println!(
        "{} by {} pixels in {:.1} ms: {} boxes proposed, {} refined, faces: {}",
        photo.size[1],
        photo.size[0],
        1e3 * start.elapsed().as_secs_f64(),
        left[0],
        left[1],
        left[2]
    );
    for Face { area, points } in &faces {
        let [left, top, right, bottom] = area.sides;
        println!(
            "{:.2} %: from ({left:.1}, {top:.1}) to ({right:.1}, {bottom:.1})",
            100.0 * area.probability
        );
        for (name, [x, y]) in ["left eye", "right eye", "nose", "mouth", "mouth"].iter().zip(points)
        {
            println!("    {name:<9} ({x:.1}, {y:.1})");
        }
    }
    let path = options.picture.unwrap_or_else(|| default_path("faces.png"));
    draw(&path, &photo, &faces)?;
    println!("Drawn in {}", path.display());
    if options.quick {
        ensure!(faces.len() == 1, "there is one face");
    }
    Ok(())
}

fn check(folder: &Path) -> Result<()> {
    let net = StateDict::open(folder.join("weights.safetensors"))?.load::<RNet>()?;
    let io = StateDict::open(folder.join("io.safetensors"))?;
    let inputs = io.values::<f32>("input")?;
    let inputs = Batch::<{ 3 * 24 * 24 }>::from_column_slice(&inputs);
    let RNetOutput { faces, boxes } = net.forward(&inputs);
    for (name, got) in [("prob", faces.as_slice()), ("box", boxes.as_slice())] {
        let expected = io.values::<f32>(name)?;
        ensure!(expected.len() == got.len(), "`{name}` has {} values", expected.len());
        let pairs = got.iter().zip(&expected);
        let difference = pairs.map(|(got, expected)| (got - expected).abs()).fold(0.0, f32::max);
        println!("{name}, {} samples: largest difference {difference:.1e}", inputs.ncols());
        ensure!(difference <= 1e-5, "that is more than 1e-5");
    }
    Ok(())
}

/// The photograph with a frame around each face and dots on its parts.
fn draw(path: &Path, photo: &Photo, faces: &[Face]) -> Result<()> {
    let [height, width] = photo.size;
    // Small ones are enlarged.
    let zoom = (640 / width.max(height)).max(1);
    let picture = Picture::new(path, ((width * zoom + 2) as u32, (height * zoom + 2) as u32))?;
    picture.tile(&photo.colours(), width, (1, 1), zoom)?;
    let place = |x: f32, y: f32| ((x * zoom as f32) as i32 + 1, (y * zoom as f32) as i32 + 1);
    for Face { area, points } in faces {
        let [left, top, right, bottom] = area.sides;
        let corners = [(left, top), (right, top), (right, bottom), (left, bottom), (left, top)];
        let corners = corners.map(|(x, y)| place(x, y));
        picture.line(corners.to_vec(), 2, Colour(250, 210, 40))?;
        for &[x, y] in points {
            picture.dot(place(x, y), 4, Colour(40, 220, 120))?;
        }
    }
    picture.save().context("the picture")
}
