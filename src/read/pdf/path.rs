//! Paths that a page draws: which of their shapes are boxes.

use pdfboss_core::{Matrix, Point, Rect, content::Op};

/// Shapes of one path among which frames are looked for.
const MOST_NESTED: usize = 64;

/// A path under construction, in the coordinates of the page.
#[derive(Default)]
pub struct Path {
    pub shapes: Vec<Shape>,
    clips: bool,
}

#[derive(Default)]
pub struct Shape {
    pub points: Vec<Point>,
    curved: bool,
}

impl Path {
    /// Adds what an operator draws.
    pub fn extend(&mut self, operator: &Op, matrix: Matrix) {
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
    pub fn solid(&self, even_odd: bool) -> impl Iterator<Item = &Shape> {
        let outlines: Vec<_> = self.shapes.iter().map(|s| (s.area(), s.turns_left())).collect();
        let makes_hole = move |index: usize| {
            let (area, left) = outlines[index];
            let others = outlines.iter().take(MOST_NESTED).enumerate().filter(|(i, _)| *i != index);
            others.filter(|(_, (_, other))| even_odd || *other != left).any(|(_, (other, _))| {
                area.zip(*other).is_some_and(|(a, b)| encloses(a, b) || encloses(b, a))
            })
        };
        let indexed = self.shapes.iter().enumerate();
        indexed.filter(move |(index, _)| !makes_hole(*index)).map(|(_, shape)| shape)
    }

    /// The area to which a path that clips keeps all paint from now on, and whether it is all of a
    /// rectangle.
    pub fn clip(&self) -> Option<(Rect, bool)> {
        let area = self.shapes.iter().filter_map(Shape::area).reduce(Rect::union);
        let whole = matches!(&self.shapes[..], [one] if one.rectangle().is_some());
        area.filter(|_| self.clips).map(|area| (area, whole))
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
    pub fn rectangle(&self) -> Option<(Rect, bool)> {
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
