//! Pictures made of enlarged pixels and captions, written as PNG.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result, anyhow, ensure};
use plotters::coord::Shift;
use plotters::prelude::*;
use plotters::style::{FontStyle, register_font};

/// Red, green and blue, from 0 to 255.
pub use plotters::style::RGBColor as Colour;

/// A place on a picture: pixels from the left and from the top.
pub type Place = (i32, i32);

/// Where a program draws when nobody says where: in the folder `target` of the workspace.
pub fn default_path(name: &str) -> PathBuf {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR"));
    examples.parent().unwrap_or(examples).join("target").join(name)
}

/// A PNG that is being drawn.
pub struct Picture<'a> {
    path: &'a Path,
    area: DrawingArea<BitMapBackend<'a>, Shift>,
}

impl<'a> Picture<'a> {
    /// A white picture, width by height.
    ///
    /// # Errors
    /// If the path does not end in `.png`, or its folder cannot be made.
    pub fn new(path: &'a Path, size: (u32, u32)) -> Result<Self> {
        let is_png = path.extension().is_some_and(|extension| extension == "png");
        ensure!(is_png, "the picture is a PNG: {} should end in .png", path.display());
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)
                .with_context(|| format!("cannot make the folder {}", folder.display()))?;
        }
        // Fonts that are part of the program: no system has to have them.
        for (style, font) in
            [(FontStyle::Normal, dejavu::sans::regular()), (FontStyle::Bold, dejavu::sans::bold())]
        {
            register_font("sans-serif", style, font).map_err(|_| anyhow!("the font is faulty"))?;
        }
        let area = BitMapBackend::new(path, size).into_drawing_area();
        area.fill(&WHITE)?;
        Ok(Picture { path, area })
    }

    /// Writes the picture.
    ///
    /// # Errors
    /// If the file cannot be written.
    pub fn save(self) -> Result<()> {
        self.area.present().with_context(|| format!("cannot draw {}", self.path.display()))
    }

    /// Dark letters whose upper left corner is at this place, so many pixels high.
    pub fn heading(&self, text: &str, at: Place, size: i32) -> Result<()> {
        let style = ("sans-serif", size, FontStyle::Bold, &Colour(30, 30, 30));
        Ok(self.area.draw(&Text::new(text, at, style.into_text_style(&self.area)))?)
    }

    /// Grey letters whose upper left corner is at this place, so many pixels high.
    pub fn caption(&self, text: &str, at: Place, size: i32) -> Result<()> {
        let style = ("sans-serif", size, &Colour(90, 90, 90));
        Ok(self.area.draw(&Text::new(text, at, style.into_text_style(&self.area)))?)
    }

    /// A thin line around a place, width by height.
    pub fn frame(&self, at: Place, size: Place) -> Result<()> {
        let frame = [at, (at.0 + size.0, at.1 + size.1)];
        Ok(self.area.draw(&Rectangle::new(frame, Colour(190, 190, 190)))?)
    }

    /// A round dot that lets a little of what is under it through.
    pub fn dot(&self, centre: Place, radius: i32, colour: Colour) -> Result<()> {
        Ok(self.area.draw(&Circle::new(centre, radius, colour.mix(0.75).filled()))?)
    }

    /// A line through these places, so many pixels wide.
    pub fn line(&self, places: Vec<Place>, width: u32, colour: Colour) -> Result<()> {
        Ok(self.area.draw(&PathElement::new(places, colour.stroke_width(width)))?)
    }

    /// Rows of `width` colours, each `zoom` by `zoom` pixels, framed by a thin line.
    pub fn tile(&self, colours: &[Colour], width: usize, at: Place, zoom: usize) -> Result<()> {
        let height = colours.len() / width;
        let (right, below) = (at.0 + (width * zoom) as i32, at.1 + (height * zoom) as i32);
        let frame = [(at.0 - 1, at.1 - 1), (right, below)];
        self.area.draw(&Rectangle::new(frame, Colour(190, 190, 190)))?;
        let enlarged = colours.chunks(width).flat_map(|row| {
            let row = row.iter().flat_map(move |&Colour(r, g, b)| [r, g, b].repeat(zoom));
            row.collect::<Vec<u8>>().repeat(zoom)
        });
        let size = ((width * zoom) as u32, (height * zoom) as u32);
        let element = BitMapElement::<_>::with_owned_buffer(at, size, enlarged.collect());
        Ok(self.area.draw(&element.context("rows of different lengths")?)?)
    }
}

/// From paper at 0 to ink at 1.
pub fn ink(value: f32) -> Colour {
    mixed(value.clamp(0.0, 1.0), Colour(20, 20, 24))
}

/// From paper at 0 to ink at 1, and the ink from grey to red by another part.
pub fn tinted(value: f32, red: f32) -> Colour {
    let red = red.clamp(0.0, 1.0);
    let [r, g, b] = [(165.0, 205.0), (165.0, 16.0), (170.0, 32.0)]
        .map(|(grey, full): (f32, f32)| (grey + red * (full - grey)).round() as u8);
    mixed(value.clamp(0.0, 1.0), Colour(r, g, b))
}

/// Blue below zero, white at zero, red above it; full colour at -1 and 1.
pub fn signed(value: f32) -> Colour {
    let full = if value < 0.0 { Colour(33, 90, 172) } else { Colour(190, 24, 40) };
    mixed(value.abs().min(1.0), full)
}

/// So much of a colour on white.
fn mixed(part: f32, Colour(r, g, b): Colour) -> Colour {
    let [r, g, b] = [r, g, b].map(|full| (255.0 + part * (f32::from(full) - 255.0)).round() as u8);
    Colour(r, g, b)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn colours_go_from_white_to_full() {
        assert_eq!([ink(0.0), signed(0.0)], [WHITE; 2]);
        assert_eq!(ink(7.0), Colour(20, 20, 24));
        assert_eq!(signed(-1.5), Colour(33, 90, 172));
        assert_eq!(signed(0.5), Colour(223, 140, 148));
    }

    #[test]
    fn a_picture_is_written_and_nothing_but_a_png() {
        let path = std::env::temp_dir().join(format!("picture-{}.png", std::process::id()));
        let picture = Picture::new(&path, (40, 30)).unwrap();
        picture.tile(&[WHITE, BLACK, RED, BLUE], 2, (5, 5), 8).unwrap();
        picture.heading("a", (25, 5), 12).unwrap();
        picture.save().unwrap();
        let bytes = std::fs::read(&path).unwrap();
        std::fs::remove_file(&path).unwrap();
        assert!(bytes.starts_with(b"\x89PNG"));
        // Width and height stand behind the name of the first chunk.
        assert_eq!(bytes[16..24], [0, 0, 0, 40, 0, 0, 0, 30]);
        assert!(Picture::new(Path::new("picture.jpg"), (40, 30)).is_err());
    }
}
