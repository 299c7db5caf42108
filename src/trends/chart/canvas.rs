//! A sheet of paper with a title on top and the source at the foot.

use kuva::render::render::{Primitive, Scene};

use super::style;

/// What is drawn on, in pixels from the top left.
pub struct Canvas {
    elements: Vec<Primitive>,
    width: f64,
    /// The first free line under the title.
    pub top: f64,
}

/// Where a text stands to its point.
pub use kuva::render::render::TextAnchor as Anchor;

impl Canvas {
    /// A canvas with its title and the lines under it.
    pub fn new(width: f64, title: &str, lines: &[String]) -> Self {
        let mut canvas = Self { elements: Vec::new(), width, top: style::MARGIN };
        let room = width - 2.0 * style::MARGIN;
        for line in wrapped(title, style::TITLE, room) {
            canvas.top += f64::from(style::TITLE);
            canvas.text(
                style::MARGIN,
                canvas.top,
                &line,
                style::TITLE,
                Anchor::Start,
                style::INK,
                true,
            );
            canvas.top += 6.0;
        }
        for line in lines.iter().flat_map(|line| wrapped(line, style::LABEL, room)) {
            canvas.top += f64::from(style::LABEL) + 4.0;
            canvas.label(style::MARGIN, canvas.top, &line, Anchor::Start, style::SOFT);
        }
        canvas.top += 18.0;
        canvas
    }

    /// A label of the usual size.
    pub fn label(&mut self, x: f64, y: f64, text: &str, anchor: Anchor, colour: &str) {
        self.text(x, y, text, style::LABEL, anchor, colour, false);
    }

    /// Any text.
    #[allow(clippy::too_many_arguments, reason = "a text has all of these")]
    pub fn text(
        &mut self,
        x: f64,
        y: f64,
        text: &str,
        size: u32,
        anchor: Anchor,
        colour: &str,
        bold: bool,
    ) {
        let (content, color) = (literal(text), Some(colour.into()));
        self.elements.push(Primitive::Text {
            x,
            y,
            content,
            size,
            anchor,
            rotate: None,
            bold,
            color,
        });
    }

    /// A text that rises from the bottom left.
    pub fn rising(&mut self, x: f64, y: f64, text: &str) {
        self.elements.push(Primitive::Text {
            x,
            y,
            content: literal(text),
            size: style::LABEL,
            anchor: Anchor::Start,
            rotate: Some(-45.0),
            bold: false,
            color: Some(style::INK.into()),
        });
    }

    /// A filled box.
    pub fn rectangle(&mut self, x: f64, y: f64, width: f64, height: f64, fill: &str) {
        self.elements.push(Primitive::Rect {
            x,
            y,
            width,
            height,
            fill: fill.into(),
            stroke: None,
            stroke_width: None,
            opacity: None,
        });
    }

    /// A line through points.
    pub fn line(&mut self, points: Vec<(f64, f64)>, colour: &str, width: f64, dash: Option<&str>) {
        self.elements.push(Primitive::PolyLine {
            points,
            stroke: colour.into(),
            stroke_width: width,
            stroke_dasharray: dash.map(str::to_owned),
        });
    }

    /// A dot.
    pub fn dot(&mut self, cx: f64, cy: f64, colour: &str) {
        let fill = colour.into();
        let (fill_opacity, stroke, stroke_width) = (None, None, None);
        self.elements.push(Primitive::Circle {
            cx,
            cy,
            r: 3.5,
            fill,
            fill_opacity,
            stroke,
            stroke_width,
        });
    }

    /// The finished scene: the notes below `bottom`.
    pub fn finish(mut self, bottom: f64, notes: &[String]) -> Scene {
        let mut y = bottom + 14.0;
        let room = self.width - 2.0 * style::MARGIN;
        for line in notes.iter().flat_map(|note| wrapped(note, style::NOTE, room)) {
            y += f64::from(style::NOTE) + 4.0;
            self.text(style::MARGIN, y, &line, style::NOTE, Anchor::Start, style::SOFT, false);
        }
        let mut scene = Scene::new(self.width, y + style::MARGIN);
        scene.font_family = Some(style::FONTS.to_owned());
        scene.elements = self.elements;
        scene
    }
}

/// The library reads `$...$` as mathematics; no file of XML may hold control characters.
fn literal(text: &str) -> String {
    text.replace('$', "\\$").replace(char::is_control, " ")
}

/// About how wide a text is; rather too wide than too narrow.
pub fn width_of(text: &str, size: u32) -> f64 {
    let share = |c: char| match c {
        'i' | 'j' | 'l' | '.' | ',' | ':' | ';' | '\'' | '|' | '!' => 0.32,
        'f' | 't' | 'r' | ' ' | '-' | '(' | ')' | '/' | '·' => 0.41,
        'm' | 'w' | 'M' | 'W' | '%' | '@' => 0.98,
        c if c.is_uppercase() => 0.72,
        _ => 0.64,
    };
    text.chars().map(share).sum::<f64>() * f64::from(size)
}

/// A text cut so that it fits.
pub fn fitted(text: &str, size: u32, room: f64) -> String {
    let mut text = text.to_owned();
    if width_of(&text, size) <= room {
        return text;
    }
    while !text.is_empty() && width_of(&text, size) + width_of("…", size) > room {
        text.pop();
    }
    text + "…"
}

fn wrapped(text: &str, size: u32, room: f64) -> Vec<String> {
    let mut lines = vec![String::new()];
    for word in text.split_whitespace() {
        let last = lines.last().map_or("", String::as_str);
        let joined = if last.is_empty() { word.to_owned() } else { format!("{last} {word}") };
        if last.is_empty() || width_of(&joined, size) <= room {
            lines.pop();
            lines.push(joined);
        } else {
            lines.push(word.to_owned());
        }
    }
    lines
}
