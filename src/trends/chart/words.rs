//! What a chart says to those who cannot see it.

use super::Drawing;
use crate::trends::{Shape, Value, write::readable};

/// A description of what is drawn and of its largest values.
pub fn alt(drawing: &Drawing<'_>) -> String {
    let form = match drawing.sheet.chart.as_ref().map(|chart| chart.shape) {
        Some(Shape::Lines) => "Line chart",
        Some(Shape::Heat) => "Heat map",
        Some(Shape::Stacked | Shape::Compared) => "Stacked bar chart",
        _ => "Bar chart",
    };
    let largest = drawing.grid.largest(3);
    let named: Vec<String> = (0..largest.rows.len())
        .map(|row| {
            let total = readable(&Value::Real(largest.total(row)), drawing.kind);
            let name = Some(largest.rows[row].as_str()).filter(|name| !name.is_empty());
            format!("{} {total}", name.unwrap_or("all"))
        })
        .collect();
    let along = match (drawing.grid.columns.first(), drawing.grid.columns.last()) {
        (Some(first), Some(last)) if first != last => format!(", from {first} to {last}"),
        _ => String::new(),
    };
    format!("{form}: {}{along}. Largest: {}.", drawing.sheet.title, named.join(", "))
}

/// An SVG with title and description in front of everything.
pub fn described(svg: &str, title: &str, alt: &str) -> String {
    let Some((open, rest)) = svg.split_once('>') else { return svg.to_owned() };
    let (title, alt) = (escaped(title), escaped(alt));
    format!(
        "{open} role=\"img\" aria-labelledby=\"title desc\"><title id=\"title\">{title}</title>\
         <desc id=\"desc\">{alt}</desc>{rest}"
    )
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace(char::is_control, " ")
}

/// A PNG with its description in a chunk of text, behind the first chunk.
pub fn described_png(png: Vec<u8>, alt: &str) -> Vec<u8> {
    /// Signature and header of every PNG.
    const HEADER: usize = 8 + 25;
    if png.len() < HEADER {
        return png;
    }
    // Keyword, no compression, no language, no translated keyword.
    let mut chunk = b"iTXtDescription\0\0\0\0\0".to_vec();
    chunk.extend(alt.as_bytes());
    let length = u32::try_from(chunk.len() - 4).unwrap_or_default();
    let mut crc = flate2::Crc::new();
    crc.update(&chunk);
    let (header, rest) = png.split_at(HEADER);
    [header, &length.to_be_bytes(), &chunk, &crc.sum().to_be_bytes(), rest].concat()
}
