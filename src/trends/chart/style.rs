//! The house style of charts: colours, sizes, fonts.

/// Colours of series, by Okabe and Ito: told apart by colour-blind people, and in grey by their
/// lightness, in which neighbours differ.
pub const SERIES: [&str; 8] =
    ["#0072B2", "#E69F00", "#009E73", "#CC79A7", "#D55E00", "#56B4E9", "#000000", "#F0E442"];

/// The lightest shade of a heat map.
pub const PALE: &str = "#F7FBFF";

/// The darkest shade of a heat map, as red, green and blue.
pub const DARKEST: [f64; 3] = [0.0, 68.0, 120.0];

/// The lightest shade, as red, green and blue.
pub const LIGHTEST: [f64; 3] = [240.0, 246.0, 252.0];

/// Text.
pub const INK: &str = "#222222";

/// Text that stands back.
pub const SOFT: &str = "#5A5A5A";

/// Lines behind the data.
pub const RULE: &str = "#DDDDDD";

/// Patterns of lines, so that they are told apart without colour.
pub const DASHES: [Option<&str>; 4] = [None, Some("14 9"), Some("3 8"), Some("14 7 3 7")];

/// Width of a chart in pixels; a PNG has twice as many.
pub const WIDTH: f64 = 960.0;

/// Space around everything.
pub const MARGIN: f64 = 24.0;

/// Size of the title.
pub const TITLE: u32 = 20;

/// Size of labels.
pub const LABEL: u32 = 13;

/// Size of source and notes.
pub const NOTE: u32 = 11;

/// Fonts, the one of the PNG first.
pub const FONTS: &str = "DejaVu Sans, Verdana, Arial, sans-serif";
