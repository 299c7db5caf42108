//! How a template sets text: sizes, spaces, fonts; what a layout leaves open is said by its master.

use roxmltree::Node;

use super::layout::{child, walk};
use crate::slides::fit::frame::Setting;

/// English Metric Units in a point.
pub const EMU: f64 = 12_700.0;

/// Families with how wide their letters are against Arial's, and how high a line is against the size.
const FAMILIES: [(&str, f64, f64); 26] = [
    ("Arial", 1.0, 1.2),
    ("Arial Narrow", 0.85, 1.2),
    ("Aptos", 1.0, 1.25),
    ("Aptos Display", 1.0, 1.25),
    ("Calibri", 0.95, 1.23),
    ("Calibri Light", 0.95, 1.23),
    ("Cambria", 1.0, 1.2),
    ("Candara", 0.97, 1.23),
    ("Constantia", 1.0, 1.24),
    ("Corbel", 0.97, 1.23),
    ("Franklin Gothic Book", 0.97, 1.2),
    ("Garamond", 0.9, 1.2),
    ("Georgia", 1.04, 1.2),
    ("Gill Sans MT", 0.97, 1.2),
    ("Helvetica", 1.0, 1.2),
    ("Helvetica Neue", 1.0, 1.22),
    ("Inter", 1.08, 1.25),
    ("Lato", 1.0, 1.22),
    ("Liberation Sans", 1.0, 1.2),
    ("Liberation Serif", 0.95, 1.2),
    ("Roboto", 1.0, 1.2),
    ("Segoe UI", 1.03, 1.36),
    ("Tahoma", 1.02, 1.23),
    ("Times New Roman", 0.95, 1.2),
    ("Trebuchet MS", 1.02, 1.2),
    ("Verdana", 1.18, 1.24),
];
/// Any other family, or what a machine without it takes in its place: as wide as the widest in use.
const UNKNOWN: (f64, f64) = (1.2, 1.37);
/// Capitals are wider than small letters.
const CAPITALS: f64 = 1.35;

/// Fonts of a theme.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Fonts {
    /// Of headings.
    pub major: String,
    /// Of text.
    pub minor: String,
}

/// How text is set before its size is decided.
#[derive(Debug, Clone, PartialEq)]
pub struct Letters {
    /// The template's own size in points.
    pub size: f64,
    /// Whether the template says so; programs differ in what they take else.
    pub is_stated: bool,
    /// Whether its colour is another than that of text on the usual ground.
    pub is_coloured: bool,
    setting: Setting,
    /// A line's height in points, where it does not depend on the size.
    line: Option<f64>,
    /// Space between paragraphs as a share of the size.
    share: f64,
}

impl Letters {
    /// From the styles of the first level, and the properties of bodies, most particular first.
    pub fn read(styles: &[Node<'_, '_>], bodies: &[Node<'_, '_>], fonts: &Fonts) -> Self {
        let of =
            |name: &str| number(first(styles, |style| child(*style, "defRPr")?.attribute(name)));
        let inset = |name: &str, usual: f64| {
            number(first(bodies, |body| body.attribute(name))).map_or(usual, |emu| emu / EMU)
        };
        let size = of("sz").map_or(18.0, |hundredths| hundredths / 100.0);
        let (wide, high) = family(styles, fonts);
        let capitals = first(styles, |style| child(*style, "defRPr")?.attribute("cap"));
        let capitals = if capitals == Some("all") { CAPITALS } else { 1.0 };
        // Space between letters, in hundredths of a point; a letter is about half as wide as high.
        let apart = 1.0 + (of("spc").unwrap_or(0.0) / 100.0 / (size / 2.0)).max(0.0);
        let (lines, line) = space(styles, "lnSpc");
        let (before, after) = (space(styles, "spcBef"), space(styles, "spcAft"));
        let indent = number(first(styles, |style| style.attribute("marL")));
        let setting = Setting {
            inset_x: inset("lIns", 7.2) + inset("rIns", 7.2),
            inset_y: inset("tIns", 3.6) + inset("bIns", 3.6),
            line: high * lines.unwrap_or(1.0),
            between: before.1.unwrap_or(0.0) + after.1.unwrap_or(0.0),
            indent: indent.unwrap_or(0.0) / EMU,
            wide: wide * capitals * apart,
        };
        let is_stated = is_stated(styles);
        let fill = first(styles, |style| walk(*style, &["defRPr", "solidFill"]));
        let fill = fill.and_then(|fill| fill.first_element_child());
        let is_coloured = fill.is_some_and(|fill| fill.attribute("val") != Some("tx1"));
        Self {
            size,
            is_stated,
            is_coloured,
            setting,
            line,
            share: before.0.unwrap_or(0.0) + after.0.unwrap_or(0.0),
        }
    }

    /// The setting for letters of a size.
    pub fn setting(&self, size: u32) -> Setting {
        let size = f64::from(size);
        Setting {
            line: self.line.map_or(self.setting.line, |line| line / size),
            // A share is of a whole line.
            between: self.setting.between + self.share * size * 1.2,
            ..self.setting
        }
    }
}

/// Whether a style says how large letters are.
pub fn is_stated(styles: &[Node<'_, '_>]) -> bool {
    styles.iter().any(|style| child(*style, "defRPr").is_some_and(|run| run.has_attribute("sz")))
}

/// How wide and high the letters of the first font that is named are.
fn family(styles: &[Node<'_, '_>], fonts: &Fonts) -> (f64, f64) {
    let named = first(styles, |style| walk(*style, &["defRPr", "latin"])?.attribute("typeface"));
    let named = match named {
        Some("+mj-lt") => &fonts.major,
        Some("+mn-lt") | None => &fonts.minor,
        Some(name) => name,
    };
    let known = FAMILIES.iter().find(|(name, ..)| name.eq_ignore_ascii_case(named));
    known.map_or(UNKNOWN, |(_, wide, high)| (*wide, *high))
}

/// A space as a share, or in points.
fn space(styles: &[Node<'_, '_>], name: &str) -> (Option<f64>, Option<f64>) {
    let Some(space) = first(styles, |style| child(*style, name)) else { return (None, None) };
    let value = |name: &str| number(child(space, name).and_then(|value| value.attribute("val")));
    (value("spcPct").map(|share| share / 100_000.0), value("spcPts").map(|points| points / 100.0))
}

fn first<'a, N, T>(nodes: &'a [N], find: impl Fn(&'a N) -> Option<T>) -> Option<T> {
    nodes.iter().find_map(find)
}

/// A number that a slide can have: nothing else is believed.
pub fn number(text: Option<&str>) -> Option<f64> {
    let number: f64 = text?.trim_end_matches('%').parse().ok()?;
    let scale = if text?.ends_with('%') { 1000.0 } else { 1.0 };
    (number.is_finite() && number.abs() < 1e9).then_some(number * scale)
}
