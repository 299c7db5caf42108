//! Layouts as slides see them: which part, which places, and what must be said there.

use std::borrow::Cow;

use crate::slides::{
    deck::Body,
    fit::frame::{Frame, Frames},
};

/// A place for text on a layout, as slides refer to it.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Place {
    /// The attributes of its placeholder.
    pub attributes: Cow<'static, str>,
    /// Its name.
    pub name: &'static str,
    /// Where it stands, if not where the layout has it.
    pub frame: Option<Frame>,
    /// The size of its letters, if not that of the layout.
    pub size: Option<u32>,
    /// Whether the layout makes list items of all its text.
    pub lists: bool,
    /// A style of the first level that slides state, if the layout does not.
    pub style: Option<String>,
}

/// A layout with the places of which slides make use.
#[derive(Debug, Clone, PartialEq)]
pub struct Layout {
    /// The part that holds it.
    pub part: String,
    /// The heading.
    pub heading: Place,
    /// The first text: it stands alone, or above something.
    pub first: Place,
    /// What stands below: the law below a statement, a table, a chart. Without it, text goes on in the
    /// first place, and a table or chart is no placeholder.
    pub second: Option<Place>,
    /// The number of the slide.
    pub number: Option<Place>,
}

/// All that slides need to know of a master.
#[derive(Debug, Clone, PartialEq)]
pub struct Stage {
    /// The boxes.
    pub frames: Frames,
    /// Layouts by kind of slide.
    pub opening: Layout,
    /// Of text.
    pub text: Layout,
    /// Of a statement.
    pub quote: Layout,
    /// Of a table.
    pub table: Layout,
    /// Of a chart.
    pub chart: Layout,
    /// The theme colour on which headers of tables and bars of charts stand out.
    pub strong: &'static str,
    /// Whether cells are filled, so that they can be read on any ground.
    pub filled: bool,
    /// Whether links have the colour of text, since the theme's colour for them cannot be read there.
    pub plain_links: bool,
    /// Whether they have in cells.
    pub plain_cell_links: bool,
}

impl Stage {
    /// The layout for a body.
    pub const fn layout(&self, body: &Body) -> &Layout {
        match body {
            Body::Opening(_) => &self.opening,
            Body::Text(_) => &self.text,
            Body::Quote { .. } => &self.quote,
            Body::Table { .. } => &self.table,
            Body::Chart { .. } => &self.chart,
        }
    }
}
