//! What a page paints over its text.
//!
//! A notice is often redacted by a box over the words, which stay in the file. Whoever copies them
//! out publishes what the regulator meant to hide, so every box is looked for: filled rectangles and
//! thick lines of the page and of the forms it draws, and annotations made for redaction.

use pdfboss_core::{
    Dict, Document, Matrix, Object, Page, Rect, Stream,
    content::{ContentOps, Op},
};

use super::path::{Path, Shape};

/// An opaque rectangle that a page paints, in the coordinates of the page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Cover {
    /// Where it is.
    pub rect: Rect,
    /// Whether it is so dark that dark text on it cannot be read.
    pub dark: bool,
    /// Whether it is a plain box, not a rounded shape.
    pub plain: bool,
    /// The byte of the page's content behind the operator that paints it; `None` for what is painted
    /// after all text.
    pub painted_at: Option<u64>,
    /// Whether the order of painting decides what it hides. Inside a form that order is not known.
    pub ordered: bool,
}

/// More rectangles than this are a drawing.
const MOST_COVERS: usize = 2_000;

/// Forms within forms, and forms in all, that are looked into.
const DEEPEST_FORM: usize = 6;
const MOST_FORMS: usize = 64;

/// Shapes narrower or lower than this, in points, are rules and underlines.
const THINNEST: f32 = 4.0;

/// Pictures larger than this, in square points, are scans of a page.
const LARGEST_PICTURE: f32 = 60_000.0;

/// Colours darker than this, from 0 to 1, hide dark text.
const DARK: f32 = 0.35;

/// All covers of a page; `None` if it draws more than can be looked at.
pub fn covers(document: &Document, page: &Page, content: &[u8]) -> Option<Vec<Cover>> {
    let mut walk =
        Walk { document, covers: Vec::new(), forms: 0, too_much: false, has_text: false };
    walk.stream(content, &page.resources, State::default(), Place { depth: 0, painted_at: None });
    walk.annotations(page);
    (!walk.too_much).then_some(walk.covers)
}

/// Where an operator stands.
#[derive(Clone, Copy)]
struct Place {
    /// Forms around it; none on the page itself.
    depth: usize,
    /// The byte of the page's content behind the operator that paints it.
    painted_at: Option<u64>,
}

struct Walk<'a> {
    document: &'a Document,
    covers: Vec<Cover>,
    forms: usize,
    /// Whether there is more than is looked at.
    too_much: bool,
    /// Whether the page has shown text yet; a light box before all text is a background.
    has_text: bool,
}

#[derive(Clone)]
struct State {
    matrix: Matrix,
    /// Brightness of the fill and stroke colour; `None` for patterns.
    fill: Option<f32>,
    stroke: Option<f32>,
    line_width: f32,
    /// Whether paint is opaque, and whether it is at least mostly so.
    opaque: bool,
    strong: bool,
    clip: Option<Rect>,
    /// Whether paint is clipped to a shape that is no rectangle, such as the edges of a table's cell.
    odd_clip: bool,
    separation: bool,
}

impl Walk<'_> {
    fn stream(&mut self, content: &[u8], resources: &Dict, mut state: State, place: Place) {
        let mut saved = Vec::new();
        let mut path = Path::default();
        let mut operators = ContentOps::new(content);
        while let Ok(Some((operator, span))) = operators.next_op() {
            let painted_at = if place.depth == 0 { Some(span.end) } else { place.painted_at };
            let place = Place { painted_at, ..place };
            match operator {
                Op::Save => saved.push(state.clone()),
                Op::Restore => state = saved.pop().unwrap_or(state),
                Op::XObject(name) => self.object(resources, &name.0, &state, place),
                Op::InlineImage(image) => self.image(&state, &image.dict, place),
                Op::SetExtGState(name) => self.set_transparency(&mut state, resources, &name.0),
                Op::SetFillColorSpace(name) => {
                    state.separation = self.is_separation(resources, &name.0);
                }
                ref paint if is_paint(paint) => {
                    self.paint(&state, &path, paint, place);
                    state.clip_to(&std::mem::take(&mut path));
                }
                ref show if is_text(show) => self.has_text = true,
                other => {
                    state.set(&other);
                    path.extend(&other, state.matrix);
                }
            }
        }
    }

    fn object(&mut self, resources: &Dict, name: &str, state: &State, place: Place) {
        let Some(Object::Stream(stream)) = self.resource(resources, "XObject", name) else {
            return;
        };
        match stream.dict.get_name("Subtype").map(|subtype| subtype.0.as_str()) {
            Some("Image") => self.image(state, &stream.dict, place),
            Some("Form") => self.form(resources, &stream, state, place),
            _ => {}
        }
    }

    /// A picture hides what it was laid over; one as large as a page is a scan of the text itself.
    fn image(&mut self, state: &State, image: &Dict, place: Place) {
        let see_through = ["SMask", "Mask", "ImageMask"].iter().any(|key| image.get(key).is_some());
        let rect = Rect::new(0.0, 0.0, 1.0, 1.0).transform(state.matrix);
        if !see_through && rect.width() * rect.height() < LARGEST_PICTURE {
            self.add(state, rect, true, 1.0, place);
        }
    }

    fn form(&mut self, resources: &Dict, stream: &Stream, state: &State, place: Place) {
        self.forms += 1;
        if place.depth > DEEPEST_FORM || self.forms > MOST_FORMS {
            self.too_much = true;
            return;
        }
        let Ok(content) = self.document.stream_data(stream) else { return };
        let matrix = self.value(&stream.dict, "Matrix").as_ref().and_then(matrix_of);
        let matrix = matrix.map_or(state.matrix, |matrix| matrix.concat(state.matrix));
        let own = self.value(&stream.dict, "Resources");
        let own = own.as_ref().and_then(Object::as_dict).unwrap_or(resources);
        let inside = Place { depth: place.depth + 1, ..place };
        self.stream(&content, own, State { matrix, ..state.clone() }, inside);
    }

    fn paint(&mut self, state: &State, path: &Path, operator: &Op, place: Place) {
        let even_odd = matches!(
            operator,
            Op::FillEvenOdd | Op::FillStrokeEvenOdd | Op::CloseFillStrokeEvenOdd
        );
        match operator {
            Op::EndPath => {}
            Op::Stroke | Op::CloseStroke => self.stroke(state, path, place),
            _ => self.fill(state, path.solid(even_odd), place),
        }
    }

    fn fill<'s>(&mut self, state: &State, shapes: impl Iterator<Item = &'s Shape>, place: Place) {
        let Some(brightness) = state.fill else { return };
        for (rect, plain) in shapes.filter_map(Shape::rectangle) {
            self.add(state, rect, plain, brightness, place);
        }
    }

    /// A thick level line is a box too.
    fn stroke(&mut self, state: &State, path: &Path, place: Place) {
        let scale = (state.matrix.c.powi(2) + state.matrix.d.powi(2)).sqrt();
        let half = state.line_width * scale / 2.0;
        let Some(brightness) = state.stroke.filter(|_| half * 2.0 >= THINNEST) else { return };
        for pair in path.shapes.iter().flat_map(|shape| shape.points.windows(2)) {
            let [from, to] = pair else { continue };
            if (from.y - to.y).abs() < half {
                let (left, right) = (from.x.min(to.x), from.x.max(to.x));
                let rect = Rect::new(left, from.y - half, right, to.y + half);
                self.add(state, rect, true, brightness, place);
            }
        }
    }

    fn add(&mut self, state: &State, rect: Rect, plain: bool, brightness: f32, place: Place) {
        let ordered = place.depth == 0;
        let dark = brightness < DARK && state.strong;
        let hides = dark || (ordered && plain && state.opaque && self.has_text);
        let Some(rect) = state.clip.map_or(Some(rect), |clip| clip.intersect(rect)) else { return };
        if !hides || state.odd_clip || rect.width() < THINNEST || rect.height() < THINNEST {
            return;
        }
        if self.covers.len() < MOST_COVERS {
            let painted_at = place.painted_at;
            self.covers.push(Cover { rect, dark, plain, painted_at, ordered });
        } else {
            self.too_much = true;
        }
    }

    fn set_transparency(&self, state: &mut State, resources: &Dict, name: &str) {
        let Some(Object::Dict(dict)) = self.resource(resources, "ExtGState", name) else { return };
        let alpha = self.value(&dict, "ca").as_ref().and_then(Object::as_f64);
        let blend = self.value(&dict, "BM");
        let normal = blend.as_ref().is_none_or(|mode| {
            mode.as_name().is_some_and(|name| ["Normal", "Compatible"].contains(&name.0.as_str()))
        });
        if alpha.is_some() || blend.is_some() {
            state.opaque = alpha.is_none_or(|alpha| alpha > 0.95) && normal;
            state.strong = alpha.is_none_or(|alpha| alpha > 0.5);
        }
    }

    /// Whether a colour space counts ink, so that one is dark.
    fn is_separation(&self, resources: &Dict, name: &str) -> bool {
        let space = self.resource(resources, "ColorSpace", name);
        let family = space.as_ref().and_then(Object::as_array).and_then(<[Object]>::first);
        family.and_then(Object::as_name).is_some_and(|family| family.0 == "Separation")
    }

    /// Annotations that redact, or that are dark boxes.
    fn annotations(&mut self, page: &Page) {
        let Some(Object::Array(annotations)) = self.value(page.dict(), "Annots") else { return };
        for annotation in annotations.iter().take(MOST_COVERS) {
            let Ok(Object::Dict(annotation)) = self.document.resolve(annotation) else { continue };
            let colour = match annotation.get_name("Subtype").map(|subtype| subtype.0.as_str()) {
                Some("Redact") => Some(0.0),
                Some("Square") => self.brightness(&annotation, "IC"),
                Some("Highlight") => self.brightness(&annotation, "C"),
                _ => None,
            };
            let rect = self.value(&annotation, "Rect").as_ref().and_then(numbers::<4>);
            if let (Some([x0, y0, x1, y1]), true) = (rect, colour.is_some_and(|c| c < DARK)) {
                let rect = Rect::new(x0, y0, x1, y1).normalize();
                let (dark, plain, ordered) = (true, true, true);
                self.covers.push(Cover { rect, dark, plain, painted_at: None, ordered });
            }
        }
    }

    fn brightness(&self, annotation: &Dict, key: &str) -> Option<f32> {
        let colour = self.value(annotation, key)?;
        let parts: Vec<f32> = colour.as_array()?.iter().filter_map(number).collect();
        brightness(&parts)
    }

    fn value(&self, dict: &Dict, key: &str) -> Option<Object> {
        dict.get(key).and_then(|value| self.document.resolve(value).ok())
    }

    fn resource(&self, resources: &Dict, category: &str, name: &str) -> Option<Object> {
        resource(self.document, resources, category, name)
    }
}

/// A named resource.
pub fn resource(
    document: &Document,
    resources: &Dict,
    category: &str,
    name: &str,
) -> Option<Object> {
    let category = document.resolve(resources.get(category)?).ok()?;
    document.resolve(category.as_dict()?.get(name)?).ok()
}

impl Default for State {
    fn default() -> Self {
        Self {
            matrix: Matrix::identity(),
            fill: Some(0.0),
            stroke: Some(0.0),
            line_width: 1.0,
            opaque: true,
            strong: true,
            clip: None,
            odd_clip: false,
            separation: false,
        }
    }
}

impl State {
    /// Where a path that has been painted clips, it does so from now on.
    fn clip_to(&mut self, path: &Path) {
        if let Some((area, whole)) = path.clip() {
            let nothing = Rect::new(0.0, 0.0, 0.0, 0.0);
            let clip = self.clip.map(|clip| clip.intersect(area).unwrap_or(nothing));
            self.clip = clip.or(Some(area));
            self.odd_clip |= !whole;
        }
    }

    fn set(&mut self, operator: &Op) {
        match operator {
            Op::Concat(matrix) => self.matrix = matrix.concat(self.matrix),
            Op::SetLineWidth(width) => self.line_width = *width,
            Op::SetFillGray(gray) => self.fill = Some(*gray),
            Op::SetFillRGB(r, g, b) => self.fill = brightness(&[*r, *g, *b]),
            Op::SetFillCMYK(c, m, y, k) => self.fill = brightness(&[*c, *m, *y, *k]),
            Op::SetFillColor(parts) | Op::SetFillColorN(parts, _) => {
                let tint = brightness(parts).filter(|_| self.separation).map(|tint| 1.0 - tint);
                self.fill = tint.or_else(|| brightness(parts));
            }
            Op::SetStrokeGray(gray) => self.stroke = Some(*gray),
            Op::SetStrokeRGB(r, g, b) => self.stroke = brightness(&[*r, *g, *b]),
            Op::SetStrokeCMYK(c, m, y, k) => self.stroke = brightness(&[*c, *m, *y, *k]),
            Op::SetStrokeColor(parts) | Op::SetStrokeColorN(parts, _) => {
                self.stroke = brightness(parts);
            }
            _ => {}
        }
    }
}

/// Whether an operator ends a path.
const fn is_paint(operator: &Op) -> bool {
    matches!(
        operator,
        Op::Fill
            | Op::FillEvenOdd
            | Op::FillStroke
            | Op::FillStrokeEvenOdd
            | Op::CloseFillStroke
            | Op::CloseFillStrokeEvenOdd
            | Op::Stroke
            | Op::CloseStroke
            | Op::EndPath
    )
}

const fn is_text(operator: &Op) -> bool {
    matches!(
        operator,
        Op::ShowText(_)
            | Op::ShowTextAdjusted(_)
            | Op::NextLineShowText(_)
            | Op::NextLineShowTextSpaced(..)
    )
}

/// From 0, black, to 1, white; by the number of components: gray, RGB or CMYK.
pub fn brightness(parts: &[f32]) -> Option<f32> {
    match *parts {
        [gray] => Some(gray),
        [r, g, b] => Some(0.3f32.mul_add(r, 0.59f32.mul_add(g, 0.11 * b))),
        [c, m, y, k] => Some((1.0 - k) * (1.0 - 0.3f32.mul_add(c, 0.59f32.mul_add(m, 0.11 * y)))),
        _ => None,
    }
}

fn number(object: &Object) -> Option<f32> {
    object.as_f64().map(|number| number as f32)
}

fn numbers<const N: usize>(object: &Object) -> Option<[f32; N]> {
    let parts: Vec<f32> = object.as_array()?.iter().filter_map(number).collect();
    parts.try_into().ok()
}

fn matrix_of(object: &Object) -> Option<Matrix> {
    let [a, b, c, d, e, f] = numbers::<6>(object)?;
    Some(Matrix { a, b, c, d, e, f })
}
