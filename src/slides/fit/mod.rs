//! What does not fit on a slide goes on to the next: nothing is made smaller, nothing is cut off.

pub mod frame;
mod tables;
mod width;

pub use tables::geometry as table_geometry;

use super::deck::{Body, Deck, Paragraph, Run, Slide};
use frame::{
    ASIDE, BEFORE, BELOW, BODY, Frame, INDENT, LEAD, LINE, OPENING_TEXT, OPENING_TITLE, QUOTE,
    TITLE,
};

/// A deck of which every slide fits, by estimate.
#[must_use]
pub fn fitted(deck: Deck) -> Deck {
    let slides = deck.slides.into_iter().flat_map(fitted_slide).collect();
    Deck { title: deck.title, slides }
}

/// Whether everything on a slide stands within its box, by estimate.
#[must_use]
pub fn fits(slide: &Slide) -> bool {
    let title = heading_frame(&slide.body);
    let below = match &slide.body {
        Body::Opening(text) => fits_in(text, OPENING_TEXT),
        Body::Text(text) => fits_in(text, BODY),
        Body::Quote { quote, below } => fits_in(quote, QUOTE) && fits_in(below, BELOW),
        Body::Table { lead, table } => fits_in(lead, LEAD) && tables::fits(table),
    };
    below && heading_lines(&slide.title, title).len() <= most_lines(title)
}

fn fits_in(text: &[Paragraph], frame: Frame) -> bool {
    text.iter().map(|paragraph| height(paragraph, frame)).sum::<f64>() <= frame.inner_height()
}

/// The height of a paragraph in a frame, in points.
fn height(paragraph: &Paragraph, frame: Frame) -> f64 {
    let lines = line_starts(paragraph, frame, frame.inner_width()).len();
    line_height(sized(frame, paragraph))
        .mul_add(f64::from(u32::try_from(lines).unwrap_or(u32::MAX)), f64::from(BEFORE))
}

/// The frame with the letters of a paragraph.
const fn sized(frame: Frame, paragraph: &Paragraph) -> Frame {
    if paragraph.aside { Frame { size: ASIDE, ..frame } } else { frame }
}

fn line_height(frame: Frame) -> f64 {
    f64::from(frame.size) * LINE
}

/// The bytes at which the lines of a paragraph begin.
fn line_starts(paragraph: &Paragraph, frame: Frame, width: f64) -> Vec<usize> {
    let indent = if paragraph.bullet { f64::from(INDENT) } else { 0.0 };
    let mut start = 0;
    let characters = paragraph.runs.iter().flat_map(move |run| {
        let from = start;
        start += run.text.len();
        // Some programs keep a link together on one line where they can.
        let kept = |c: char| if run.link.is_some() && c == ' ' { '\u{a0}' } else { c };
        run.text.char_indices().map(move |(at, c)| (from + at, kept(c), run.bold))
    });
    width::lines(characters, (width - indent) / f64::from(sized(frame, paragraph).size))
}

const fn heading_frame(body: &Body) -> Frame {
    if matches!(body, Body::Opening(_)) { OPENING_TITLE } else { TITLE }
}

fn heading_lines(title: &str, frame: Frame) -> Vec<usize> {
    line_starts(&Paragraph::of(vec![Run::bold(title)]), frame, frame.inner_width())
}

fn most_lines(frame: Frame) -> usize {
    // A heading's box holds a few lines, so the sum is small and not negative.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let most = (frame.inner_height() / line_height(frame)).floor() as usize;
    most
}

/// Room kept in a heading for the number of the part.
const PART: &str = " (00 of 00)";

/// The slides that a slide becomes. A heading that is too long is shortened, and stands in full below.
fn fitted_slide(mut slide: Slide) -> Vec<Slide> {
    let frame = heading_frame(&slide.body);
    if !heads(&slide.title, frame) {
        let whole = Paragraph::of(vec![Run::bold(slide.title.clone())]);
        slide.title = shortened(&slide.title, frame);
        prepend(&mut slide.body, whole);
    }
    let bodies = match slide.body {
        Body::Opening(text) => opening(text),
        Body::Text(text) => pages(text, BODY).into_iter().map(Body::Text).collect(),
        Body::Quote { quote, below } => quotes(quote, below),
        Body::Table { lead, table } => tables::split(lead, table),
    };
    numbered(&slide.title, &slide.notes, bodies)
}

/// Whether a heading fits with the number of a part behind it.
fn heads(title: &str, frame: Frame) -> bool {
    heading_lines(&format!("{title}{PART}"), frame).len() <= most_lines(frame)
}

/// A heading for a frame; what goes on behind an opening has less room.
fn heading(title: &str, frame: Frame) -> String {
    if heads(title, frame) { title.to_owned() } else { shortened(title, frame) }
}

/// As many first words of a heading as fit.
fn shortened(title: &str, frame: Frame) -> String {
    let ends = title.match_indices(' ').map(|(at, _)| format!("{}…", &title[..at]));
    ends.take_while(|start| heads(start, frame)).last().unwrap_or_else(|| "…".to_owned())
}

fn prepend(body: &mut Body, whole: Paragraph) {
    match body {
        Body::Opening(text) | Body::Text(text) => text.insert(0, whole),
        Body::Quote { below, .. } => below.insert(0, whole),
        Body::Table { lead, .. } => lead.insert(0, whole),
    }
}

/// One slide a body, with the part in the heading; all notes go with the first.
fn numbered(title: &str, notes: &[Paragraph], bodies: Vec<Body>) -> Vec<Slide> {
    let count = bodies.len();
    let part = |(place, body)| Slide {
        title: match count {
            1 => title.to_owned(),
            _ => format!("{} ({} of {count})", heading(title, heading_frame(&body)), place + 1),
        },
        body,
        notes: match place {
            0 => notes.to_vec(),
            _ => vec![Paragraph::plain("The notes are with the first part.")],
        },
    };
    bodies.into_iter().enumerate().map(part).collect()
}

fn opening(text: Vec<Paragraph>) -> Vec<Body> {
    let mut parts = pages(text, OPENING_TEXT).into_iter();
    let first = Body::Opening(parts.next().unwrap_or_default());
    let rest: Vec<Paragraph> = parts.flatten().collect();
    let rest = if rest.is_empty() { Vec::new() } else { pages(rest, BODY) };
    std::iter::once(first).chain(rest.into_iter().map(Body::Text)).collect()
}

/// A statement over as many slides as it needs; what belongs to it stands below the last part.
fn quotes(quote: Vec<Paragraph>, below: Vec<Paragraph>) -> Vec<Body> {
    let mut parts = pages(quote, QUOTE);
    let last = parts.pop().unwrap_or_default();
    let mut belows = pages(below, BELOW).into_iter();
    let fits = belows.next().unwrap_or_default();
    let first = parts.into_iter().map(|quote| Body::Quote { quote, below: Vec::new() });
    let rest: Vec<Paragraph> = belows.flatten().collect();
    let rest = if rest.is_empty() { Vec::new() } else { pages(rest, BODY) };
    first
        .chain([Body::Quote { quote: last, below: fits }])
        .chain(rest.into_iter().map(Body::Text))
        .collect()
}

/// Paragraphs on as few pages as they need, about equally full.
fn pages(text: Vec<Paragraph>, frame: Frame) -> Vec<Vec<Paragraph>> {
    let all = packed(&text, frame, frame.inner_height());
    let least = |limit: &f64| packed(&text, frame, *limit).len() == all.len();
    let heights = text.iter().map(|paragraph| height(paragraph, frame));
    let whole = heights.filter(|high| *high <= frame.inner_height()).fold(0.0, f64::max);
    let steps = (1..20u32).map(|step| frame.inner_height() * f64::from(step) / 20.0);
    match steps.filter(|limit| *limit >= whole.max(3.0 * line_height(frame))).find(least) {
        Some(limit) if all.len() > 1 => packed(&text, frame, limit),
        _ => all,
    }
}

/// Paragraphs on pages of a height, one after the other; at least one page.
fn packed(text: &[Paragraph], frame: Frame, limit: f64) -> Vec<Vec<Paragraph>> {
    let mut pages: Vec<Vec<Paragraph>> = vec![Vec::new()];
    let mut room = limit;
    for paragraph in text {
        for piece in pieces(paragraph, frame, limit) {
            let high = height(&piece, frame);
            if high > room && pages.last().is_some_and(|page| !page.is_empty()) {
                pages.push(Vec::new());
                room = limit;
            }
            room -= high;
            if let Some(page) = pages.last_mut() {
                page.push(piece);
            }
        }
    }
    pages
}

/// A paragraph in pieces of which each fits on a page.
fn pieces(paragraph: &Paragraph, frame: Frame, limit: f64) -> Vec<Paragraph> {
    let mut pieces = Vec::new();
    let mut rest = paragraph.clone();
    while height(&rest, frame) > limit {
        let lines = line_starts(&rest, frame, frame.inner_width());
        #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let whole =
            ((limit - f64::from(BEFORE)) / line_height(sized(frame, paragraph))).max(1.0) as usize;
        let Some(at) = lines.get(whole) else { break };
        let (piece, after) = rest.cut(*at);
        pieces.push(piece);
        rest = after;
    }
    pieces.push(rest);
    pieces
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::slides::deck::Table;

    fn paragraph() -> impl Strategy<Value = Paragraph> {
        let run = ("[A-Za-z,.£“”é -]{0,400}", any::<bool>(), any::<bool>()).prop_map(
            |(text, bold, linked)| match linked {
                true => Run::link(text, "https://example.org/"),
                false => Run { bold, ..Run::plain(text) },
            },
        );
        (prop::collection::vec(run, 0..3), any::<bool>(), any::<bool>())
            .prop_map(|(runs, bullet, aside)| Paragraph { bullet, aside, runs })
    }

    fn body() -> impl Strategy<Value = Body> {
        let text = || prop::collection::vec(paragraph(), 0..6);
        let row = prop::collection::vec(paragraph(), 2..3);
        let table = prop::collection::vec(row, 0..5).prop_map(|rows| Table {
            header: vec!["Case".to_owned(), "Outcome".to_owned()],
            widths: vec![1, 2],
            rows,
        });
        prop_oneof![
            text().prop_map(Body::Opening),
            text().prop_map(Body::Text),
            (text(), text()).prop_map(|(quote, below)| Body::Quote { quote, below }),
            (text(), table).prop_map(|(lead, table)| Body::Table { lead, table }),
        ]
    }

    /// All letters of a body, without what separates them.
    fn letters(bodies: &[&Body]) -> String {
        let paragraphs = bodies.iter().flat_map(|body| body.paragraphs());
        paragraphs
            .flat_map(|p| p.text().chars().collect::<Vec<_>>())
            .filter(|c| *c != ' ')
            .collect()
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]

        /// Every slide fits; and of text and statements no letter is lost or out of order.
        #[test]
        fn everything_fits_and_nothing_is_lost(title in "[A-Z][a-z ]{0,300}", body in body()) {
            let slide = Slide { title: title.clone(), body: body.clone(), notes: Vec::new() };
            let deck = fitted(Deck { title: String::new(), slides: vec![slide] });
            for slide in &deck.slides {
                prop_assert!(fits(slide), "{slide:#?}");
            }
            let bodies: Vec<&Body> = deck.slides.iter().map(|slide| &slide.body).collect();
            let is_whole = deck.slides[0].title.starts_with(&title);
            let in_order = matches!(body, Body::Text(_) | Body::Opening(_) | Body::Quote { .. });
            if is_whole && in_order {
                prop_assert_eq!(letters(&bodies), letters(&[&body]));
            }
            if !is_whole {
                let bare: String = title.chars().filter(|c| *c != ' ').collect();
                prop_assert!(letters(&bodies).contains(&bare));
            }
        }
    }
}
