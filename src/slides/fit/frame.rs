//! Where text stands on a slide, and how large its letters are.

/// A slide's width in points, with the master of our own (16:9).
pub const WIDTH: u32 = 960;
/// Its height in points.
pub const HEIGHT: u32 = 540;

/// A box of text.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Frame {
    /// Left edge in points.
    pub x: u32,
    /// Upper edge.
    pub y: u32,
    /// Width.
    pub w: u32,
    /// Height.
    pub h: u32,
    /// Size of letters in points, never below 18.
    pub size: u32,
    /// How text is set in it.
    pub setting: Setting,
}

/// How text is set, in points where nothing else is said.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Setting {
    /// Space within a box at its left and right, together.
    pub inset_x: f64,
    /// Space at its top and bottom, together.
    pub inset_y: f64,
    /// A line's height as a multiple of the size of its letters.
    pub line: f64,
    /// Space before and after a paragraph, together.
    pub between: f64,
    /// How far the items of a list are indented.
    pub indent: f64,
    /// How wide letters are as a multiple of those of Arial.
    pub wide: f64,
}

/// The boxes of all kinds of slides.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Frames {
    /// The heading.
    pub title: Frame,
    /// The text of a slide.
    pub body: Frame,
    /// A statement.
    pub quote: Frame,
    /// What belongs to it.
    pub below: Frame,
    /// The sentence above a table or a chart.
    pub lead: Frame,
    /// A table or a chart.
    pub table: Frame,
    /// The heading of an opening.
    pub opening_title: Frame,
    /// What stands below it.
    pub opening_text: Frame,
    /// Space between a statement and what belongs to it where both flow in the body's box.
    pub gap: Option<u32>,
}

impl Frames {
    /// Those of the master of our own.
    pub const OWN: Self = Self {
        title: frame(44, 26, 872, 84, 28),
        body: frame(44, 122, 872, 372, 22),
        quote: frame(62, 122, 854, 170, 26),
        below: frame(44, 304, 872, 192, 20),
        lead: frame(44, 118, 872, 66, 20),
        table: frame(44, 190, 872, 304, 18),
        opening_title: frame(60, 90, 840, 204, 40),
        opening_text: frame(60, 318, 840, 170, 22),
        gap: None,
    };
}

/// The number of the slide, with the master of our own.
pub const NUMBER: Frame = frame(796, 498, 120, 32, 18);

/// Space at the left or right of a table's cell.
pub const CELL_X: f64 = 7.2;
/// Space at the top or bottom of a table's cell.
pub const CELL_Y: u32 = 6;
/// The size of asides, such as who is quoted.
pub const ASIDE: u32 = 18;
/// Space before a paragraph, with the master of our own.
pub const BEFORE: u32 = 6;
/// How far the items of a list are indented there.
pub const INDENT: u32 = 22;

impl Setting {
    /// That of the master of our own.
    pub const OWN: Self = Self {
        inset_x: 14.4,
        inset_y: 7.2,
        line: 1.2,
        between: BEFORE as f64,
        indent: INDENT as f64,
        wide: 1.0,
    };
}

/// A box of the master of our own.
pub const fn frame(x: u32, y: u32, w: u32, h: u32, size: u32) -> Frame {
    Frame { x, y, w, h, size, setting: Setting::OWN }
}

impl Frame {
    /// Width within the insets.
    #[must_use]
    pub fn inner_width(self) -> f64 {
        f64::from(self.w) - self.setting.inset_x
    }

    /// Height within the insets.
    #[must_use]
    pub fn inner_height(self) -> f64 {
        f64::from(self.h) - self.setting.inset_y
    }

    /// The height of a line.
    #[must_use]
    pub fn line_height(self) -> f64 {
        f64::from(self.size) * self.setting.line
    }

    /// How many lines without space between them it holds.
    #[must_use]
    pub fn lines(self) -> usize {
        // A box holds a few lines, so the number is small; what is below zero becomes zero.
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let lines = (self.inner_height() / self.line_height()).floor() as usize;
        lines
    }
}
