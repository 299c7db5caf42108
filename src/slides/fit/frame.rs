//! Where things stand on a slide of 960 by 540 points (16:9), and how large their letters are.

/// A slide's width in points.
pub const WIDTH: u32 = 960;
/// Its height in points.
pub const HEIGHT: u32 = 540;

/// A box of text.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
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
}

const fn frame(x: u32, y: u32, w: u32, h: u32, size: u32) -> Frame {
    Frame { x, y, w, h, size }
}

/// The heading.
pub const TITLE: Frame = frame(44, 26, 872, 84, 28);
/// The text of a slide.
pub const BODY: Frame = frame(44, 122, 872, 372, 22);
/// A statement.
pub const QUOTE: Frame = frame(62, 122, 854, 170, 26);
/// What belongs to it.
pub const BELOW: Frame = frame(44, 304, 872, 192, 20);
/// The sentence above a table.
pub const LEAD: Frame = frame(44, 118, 872, 66, 20);
/// A table.
pub const TABLE: Frame = frame(44, 190, 872, 304, 18);
/// The number of the slide.
pub const NUMBER: Frame = frame(796, 498, 120, 32, 18);
/// The heading of an opening.
pub const OPENING_TITLE: Frame = frame(60, 90, 840, 204, 40);
/// What stands below it.
pub const OPENING_TEXT: Frame = frame(60, 318, 840, 170, 22);

/// Space within a box at its left and right, in points.
pub const INSET_X: f64 = 7.2;
/// Space at its top and bottom.
pub const INSET_Y: f64 = 3.6;
/// A line's height as a multiple of the size of its letters.
pub const LINE: f64 = 1.2;
/// The size of asides, such as who is quoted.
pub const ASIDE: u32 = 18;
/// Space at the top and bottom of a table's cell.
pub const CELL_Y: u32 = 6;
/// Space before a paragraph, in points.
pub const BEFORE: u32 = 6;
/// How far the items of a list are indented.
pub const INDENT: u32 = 22;

impl Frame {
    /// Width within the insets.
    #[must_use]
    pub fn inner_width(self) -> f64 {
        2.0f64.mul_add(-INSET_X, f64::from(self.w))
    }

    /// Height within the insets.
    #[must_use]
    pub fn inner_height(self) -> f64 {
        2.0f64.mul_add(-INSET_Y, f64::from(self.h))
    }
}
