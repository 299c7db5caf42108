//! What a page paints over its text.
//!
//! A notice is often redacted by a box over the words, which stay in the file. Whoever copies them
//! out publishes what the regulator meant to hide, so every box is looked for: filled rectangles and
//! thick lines of the page and of the forms it draws, and annotations made for redaction.

use pdfboss_core::{
    Dict, Document, Matrix, Object, Page, Point, Rect, Stream,
    content::{ContentOps, Op},
};

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

/// Shapes of one path among which frames are looked for.
const MOST_NESTED: usize = 64;

/// Pictures larger than this, in square points, are scans of a page.
const LARGEST_PICTURE: f32 = 60_000.0;

/// Colours darker than this, from 0 to 1, hide dark text.
const DARK: f32 = 0.35;

/// All covers of a page.
pub fn covers(document: &Document, page: &Page, content: &[u8]) -> Vec<Cover> {
    let mut walk = Walk { document, covers: Vec::new(), forms: 0, has_text: false };
    walk.stream(content, &page.resources, Matrix::identity(), Where::Page);
    walk.annotations(page);
    walk.covers
}

/// What a stream belongs to.
#[derive(Clone, Copy)]
enum Where {
    Page,
    Form { painted_at: Option<u64>, depth: usize },
}

struct Walk<'a> {
    document: &'a Document,
    covers: Vec<Cover>,
    forms: usize,
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

/// A path under construction, in the coordinates of the page.
#[derive(Default)]
struct Path {
    shapes: Vec<Shape>,
    clips: bool,
}

#[derive(Default)]
struct Shape {
    points: Vec<Point>,
    curved: bool,
}

impl Walk<'_> {
    fn stream(&mut self, content: &[u8], resources: &Dict, matrix: Matrix, place: Where) {
        let mut state = State {
            matrix,
            fill: Some(0.0),
            stroke: Some(0.0),
            line_width: 1.0,
            opaque: true,
            strong: true,
            clip: None,
            odd_clip: false,
            separation: false,
        };
        let mut saved = Vec::new();
        let mut path = Path::default();
        let mut operators = ContentOps::new(content);
        while let Ok(Some((operator, span))) = operators.next_op() {
            if self.covers.len() >= MOST_COVERS {
                return;
            }
            let painted_at = match place {
                Where::Page => Some(span.end),
                Where::Form { painted_at, .. } => painted_at,
            };
            match operator {
                Op::Save if saved.len() < 256 => saved.push(state.clone()),
                Op::Restore => state = saved.pop().unwrap_or(state),
                Op::XObject(name) => {
                    let depth = match place {
                        Where::Page => 0,
                        Where::Form { depth, .. } => depth + 1,
                    };
                    let inner = Where::Form { painted_at, depth };
                    match self.resource(resources, "XObject", &name.0) {
                        Some(Object::Stream(stream)) if is_image(&stream.dict) => {
                            self.image(&state, &stream.dict, painted_at, place);
                        }
                        Some(Object::Stream(stream)) => {
                            self.form(resources, &stream, &state, inner, depth);
                        }
                        _ => {}
                    }
                }
                Op::InlineImage(image) => self.image(&state, &image.dict, painted_at, place),
                Op::SetExtGState(name) => self.set_transparency(&mut state, resources, &name.0),
                Op::SetFillColorSpace(name) => {
                    state.separation = self.is_separation(resources, &name.0);
                }
                ref paint if is_fill(paint) => {
                    let even_odd = is_even_odd(paint);
                    path.shapes = path.solid(even_odd);
                    self.fill(&state, &path, painted_at, matches!(place, Where::Page));
                    path.end(&mut state);
                }
                Op::Stroke | Op::CloseStroke => {
                    self.stroke(&state, &path, painted_at, matches!(place, Where::Page));
                    path.end(&mut state);
                }
                Op::EndPath => path.end(&mut state),
                Op::ShowText(_)
                | Op::ShowTextAdjusted(_)
                | Op::NextLineShowText(_)
                | Op::NextLineShowTextSpaced(..) => self.has_text = true,
                other => {
                    state.set(&other);
                    path.extend(&other, state.matrix);
                }
            }
        }
    }

    /// A picture hides what it was laid over; one as large as a page is a scan of the text itself.
    fn image(&mut self, state: &State, image: &Dict, painted_at: Option<u64>, place: Where) {
        let see_through = ["SMask", "Mask", "ImageMask"].iter().any(|key| image.get(key).is_some());
        let rect = Rect::new(0.0, 0.0, 1.0, 1.0).transform(state.matrix);
        if !see_through && rect.width() * rect.height() < LARGEST_PICTURE {
            let ordered = matches!(place, Where::Page);
            self.add(state, rect, 1.0, Cover::new(rect, true, painted_at, ordered));
        }
    }

    fn form(
        &mut self,
        resources: &Dict,
        stream: &Stream,
        state: &State,
        place: Where,
        depth: usize,
    ) {
        self.forms += 1;
        if depth > DEEPEST_FORM || self.forms > MOST_FORMS {
            return;
        }
        if stream.dict.get_name("Subtype").is_none_or(|subtype| subtype.0 != "Form") {
            return;
        }
        let Ok(content) = self.document.stream_data(stream) else { return };
        let matrix = self.value(&stream.dict, "Matrix").as_ref().and_then(matrix_of);
        let matrix = matrix.map_or(state.matrix, |matrix| matrix.concat(state.matrix));
        let own = self.value(&stream.dict, "Resources");
        let own = own.as_ref().and_then(Object::as_dict).unwrap_or(resources);
        self.stream(&content, own, matrix, place);
    }

    fn fill(&mut self, state: &State, path: &Path, painted_at: Option<u64>, ordered: bool) {
        let Some(brightness) = state.fill else { return };
        for shape in &path.shapes {
            let Some((rect, plain)) = shape.rectangle() else { continue };
            self.add(state, rect, brightness, Cover::new(rect, plain, painted_at, ordered));
        }
    }

    /// A thick level line is a box too.
    fn stroke(&mut self, state: &State, path: &Path, painted_at: Option<u64>, ordered: bool) {
        let scale = (state.matrix.c.powi(2) + state.matrix.d.powi(2)).sqrt();
        let half = state.line_width * scale / 2.0;
        let Some(brightness) = state.stroke.filter(|_| half * 2.0 >= THINNEST) else { return };
        for pair in path.shapes.iter().flat_map(|shape| shape.points.windows(2)) {
            let [from, to] = pair else { continue };
            if (from.y - to.y).abs() < half {
                let rect =
                    Rect::new(from.x.min(to.x), from.y - half, from.x.max(to.x), to.y + half);
                self.add(state, rect, brightness, Cover::new(rect, true, painted_at, ordered));
            }
        }
    }

    fn add(&mut self, state: &State, rect: Rect, brightness: f32, cover: Cover) {
        let dark = brightness < DARK && state.strong;
        let hides = dark || (cover.ordered && cover.plain && state.opaque && self.has_text);
        let visible = state.clip.map_or(Some(rect), |clip| clip.intersect(rect));
        if let Some(rect) = visible.filter(|_| hides && !state.odd_clip)
            && rect.width() >= THINNEST
            && rect.height() >= THINNEST
        {
            self.covers.push(Cover { rect, dark, ..cover });
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
                self.covers.push(Cover { dark: true, ..Cover::new(rect, true, None, true) });
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

impl Cover {
    const fn new(rect: Rect, plain: bool, painted_at: Option<u64>, ordered: bool) -> Self {
        Self { rect, dark: false, plain, painted_at, ordered }
    }
}

impl State {
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

impl Path {
    fn extend(&mut self, operator: &Op, matrix: Matrix) {
        let at = |x: f32, y: f32| matrix.apply(Point::new(x, y));
        match *operator {
            Op::MoveTo(x, y) => {
                self.shapes.push(Shape { points: vec![at(x, y)], curved: false });
            }
            Op::LineTo(x, y) => self.point(at(x, y), false),
            Op::CurveTo(_, _, _, _, x, y) | Op::CurveToV(_, _, x, y) | Op::CurveToY(_, _, x, y) => {
                self.point(at(x, y), true);
            }
            Op::Rect(x, y, w, h) => {
                let points = vec![at(x, y), at(x + w, y), at(x + w, y + h), at(x, y + h)];
                self.shapes.push(Shape { points, curved: false });
            }
            Op::ClipNonZero | Op::ClipEvenOdd => self.clips = true,
            _ => {}
        }
    }

    fn point(&mut self, point: Point, curved: bool) {
        if let Some(shape) = self.shapes.last_mut() {
            shape.points.push(point);
            shape.curved |= curved;
        }
    }

    /// The shapes that are filled to their edges, not frames around a hole.
    fn solid(&mut self, even_odd: bool) -> Vec<Shape> {
        let shapes = std::mem::take(&mut self.shapes);
        let outlines: Vec<_> = shapes.iter().map(|s| (s.area(), s.turns_left())).collect();
        let makes_hole = |index: usize| {
            let (area, left) = outlines[index];
            let others = outlines.iter().take(MOST_NESTED).enumerate().filter(|(i, _)| *i != index);
            others.filter(|(_, (_, other))| even_odd || *other != left).any(|(_, (other, _))| {
                area.zip(*other).is_some_and(|(a, b)| encloses(a, b) || encloses(b, a))
            })
        };
        let holes: Vec<bool> = (0..shapes.len()).map(makes_hole).collect();
        shapes.into_iter().zip(holes).filter(|(_, hole)| !hole).map(|(shape, _)| shape).collect()
    }

    /// The path has been painted; if it was to clip, it does so from now on.
    fn end(&mut self, state: &mut State) {
        if self.clips
            && let Some(area) = self.shapes.iter().filter_map(Shape::area).reduce(Rect::union)
        {
            state.odd_clip |= !matches!(&self.shapes[..], [one] if one.rectangle().is_some());
            state.clip = match state.clip {
                Some(clip) => Some(clip.intersect(area).unwrap_or(Rect::new(0.0, 0.0, 0.0, 0.0))),
                None => Some(area),
            };
        }
        *self = Self::default();
    }
}

impl Shape {
    fn area(&self) -> Option<Rect> {
        let first = self.points.first()?;
        let start = Rect::new(first.x, first.y, first.x, first.y);
        let area = self
            .points
            .iter()
            .fold(start, |area, point| area.union(Rect::new(point.x, point.y, point.x, point.y)));
        (area.width().is_finite() && area.height().is_finite()).then_some(area)
    }

    /// Whether its points go round against the clock, which decides whether it makes a hole.
    fn turns_left(&self) -> bool {
        let around = self.points.iter().zip(self.points.iter().cycle().skip(1));
        around.map(|(a, b)| a.x.mul_add(b.y, -(b.x * a.y))).sum::<f32>() > 0.0
    }

    /// Its area if it is a level rectangle, also with rounded corners (then not plain).
    fn rectangle(&self) -> Option<(Rect, bool)> {
        let area = self.area()?;
        let on_edge = |p: &Point| {
            (p.x - area.x0).abs().min((p.x - area.x1).abs()) < 0.5
                || (p.y - area.y0).abs().min((p.y - area.y1).abs()) < 0.5
        };
        let in_corner = |p: &Point| {
            (p.x - area.x0).abs().min((p.x - area.x1).abs()) < 0.5
                && (p.y - area.y0).abs().min((p.y - area.y1).abs()) < 0.5
        };
        let plain = !self.curved && self.points.len() >= 4 && self.points.iter().all(in_corner);
        (plain || (self.curved && self.points.iter().all(on_edge))).then_some((area, plain))
    }
}

fn encloses(outer: Rect, inner: Rect) -> bool {
    outer.x0 <= inner.x0 && outer.y0 <= inner.y0 && outer.x1 >= inner.x1 && outer.y1 >= inner.y1
}

const fn is_even_odd(operator: &Op) -> bool {
    matches!(operator, Op::FillEvenOdd | Op::FillStrokeEvenOdd | Op::CloseFillStrokeEvenOdd)
}

fn is_image(dict: &Dict) -> bool {
    dict.get_name("Subtype").is_some_and(|subtype| subtype.0 == "Image")
}

const fn is_fill(operator: &Op) -> bool {
    matches!(
        operator,
        Op::Fill
            | Op::FillEvenOdd
            | Op::FillStroke
            | Op::FillStrokeEvenOdd
            | Op::CloseFillStroke
            | Op::CloseFillStrokeEvenOdd
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
