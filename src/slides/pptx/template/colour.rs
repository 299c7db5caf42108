//! Which of a theme's colours stands out from its ground.

use roxmltree::{Document, Node};

use super::layout::{child, walk};

/// The least contrast of text by WCAG 2.
const CONTRAST: f64 = 4.5;

/// The first of the accent colour and the two of text on which text in the colour of the ground can be
/// read.
pub fn strong(master: &Document<'_>, theme: &Document<'_>) -> &'static str {
    let readable = |name: &&&str| stands_out(master, theme, name);
    ["accent1", "tx2"].iter().find(readable).copied().unwrap_or("tx1")
}

/// Whether text of a colour can be read on the ground.
pub fn stands_out(master: &Document<'_>, theme: &Document<'_>, name: &str) -> bool {
    let luminances = luminance(master, theme, name).zip(luminance(master, theme, "bg1"));
    luminances.is_some_and(|(own, ground)| {
        (own.max(ground) + 0.05) / (own.min(ground) + 0.05) >= CONTRAST
    })
}

/// The relative luminance of a colour by its name in the master.
fn luminance(master: &Document<'_>, theme: &Document<'_>, name: &str) -> Option<f64> {
    let name = child(master.root_element(), "clrMap")?.attribute(name)?;
    let colour = walk(theme.root_element(), &["themeElements", "clrScheme", name])?;
    let value = colour.children().find(Node::is_element)?;
    let value = value.attribute("lastClr").or_else(|| value.attribute("val"))?;
    let channel = |at: usize| {
        let part = u8::from_str_radix(value.get(at..at + 2)?, 16).ok()?;
        let part = f64::from(part) / 255.0;
        Some(if part <= 0.03928 { part / 12.92 } else { ((part + 0.055) / 1.055).powf(2.4) })
    };
    Some(0.2126 * channel(0)? + 0.7152 * channel(2)? + 0.0722 * channel(4)?)
}
