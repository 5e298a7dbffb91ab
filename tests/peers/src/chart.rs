//! The bar chart: how many times as long as ours the fastest peer took.

use std::path::Path;

use anyhow::{Result, anyhow};
use plotters::prelude::*;

use crate::report::Row;

const ROW_HEIGHT: u32 = 26;
const TITLES: i32 = 430;
const WIDTH: u32 = 1000;
const TOP: u32 = 40;

/// One bar for each row that has a peer, on a scale of factors of two; the line is where both are as fast.
pub fn draw(rows: &[Row], path: &Path) -> Result<()> {
    let fastest = |row: &Row| {
        let fastest = row.ratios().min_by(|left, right| left.1.total_cmp(&right.1));
        fastest.map(|(name, ratio)| (row.title.clone(), name.to_owned(), ratio))
    };
    let bars: Vec<_> = rows.iter().filter_map(fastest).collect();
    let height = TOP + ROW_HEIGHT * bars.len() as u32 + 10;
    let area = SVGBackend::new(path, (WIDTH, height)).into_drawing_area();
    let drawn = |error| anyhow!("{}: {error}", path.display());
    area.fill(&WHITE).map_err(drawn)?;
    let text = ("sans-serif", 14).into_font();
    area.draw(&Text::new(
        "Time of the fastest other library / time of static-net (right of the line static-net is faster)",
        (10, 10),
        text.clone(),
    ))
    .map_err(drawn)?;

    let largest = bars.iter().map(|(_, _, ratio)| ratio.max(1.0 / ratio)).fold(2.0, f64::max);
    let half = f64::from(WIDTH as i32 - TITLES - 180) / 2.0;
    let middle = TITLES + half as i32;
    let place = |ratio: f64| middle + (half * ratio.ln() / largest.ln()) as i32;
    for (index, (title, name, ratio)) in bars.iter().enumerate() {
        let top = (TOP + ROW_HEIGHT * index as u32) as i32;
        let color = if *ratio >= 1.0 { RGBColor(46, 125, 50) } else { RGBColor(198, 40, 40) };
        let (left, right) = (middle.min(place(*ratio)), middle.max(place(*ratio)));
        area.draw(&Text::new(title.as_str(), (10, top + 4), text.clone())).map_err(drawn)?;
        let bar = [(left, top + 3), (right, top + ROW_HEIGHT as i32 - 5)];
        area.draw(&Rectangle::new(bar, color.filled())).map_err(drawn)?;
        let told = format!("{ratio:.2}  {name}");
        area.draw(&Text::new(told, (right.max(middle) + 6, top + 4), text.clone()))
            .map_err(drawn)?;
    }
    let line = [(middle, TOP as i32 - 6), (middle, height as i32 - 8)];
    area.draw(&PathElement::new(line.to_vec(), BLACK)).map_err(drawn)?;
    area.present().map_err(drawn)
}
