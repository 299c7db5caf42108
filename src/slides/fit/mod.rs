//! What does not fit on a slide goes on to the next: nothing is made smaller, nothing is cut off.

pub mod frame;
mod tables;
mod width;

pub use tables::geometry as table_geometry;

use super::deck::{Body, Chart, Deck, Paragraph, Run, Slide};
pub use frame::Frames;
use frame::{ASIDE, Frame};

/// A deck of which every slide fits into these boxes, by estimate.
#[must_use]
pub fn fitted(deck: Deck, frames: &Frames) -> Deck {
    let slides = deck.slides.into_iter().flat_map(|slide| fitted_slide(slide, frames)).collect();
    Deck { title: deck.title, slides }
}

/// Whether everything on a slide stands within its box, by estimate.
#[must_use]
pub fn fits(slide: &Slide, frames: &Frames) -> bool {
    let title = heading_frame(&slide.body, frames);
    let below = match &slide.body {
        Body::Opening(text) => fits_in(text, frames.opening_text),
        Body::Text(text) => fits_in(text, frames.body),
        Body::Quote { quote, below } => {
            fits_in(quote, frames.quote) && fits_in(below, below_frame(quote, frames))
        }
        Body::Table { lead, table } => {
            fits_in(lead, frames.lead) && tables::fits(table, frames.table)
        }
        Body::Chart { lead, .. } => fits_in(lead, frames.lead),
    };
    below && heading_lines(&slide.title, title).len() <= title.lines()
}

fn fits_in(text: &[Paragraph], frame: Frame) -> bool {
    text.iter().map(|paragraph| height(paragraph, frame)).sum::<f64>() <= frame.inner_height()
}

/// The height of a paragraph in a frame, in points.
fn height(paragraph: &Paragraph, frame: Frame) -> f64 {
    let lines = line_starts(paragraph, frame, frame.inner_width()).len();
    sized(frame, paragraph)
        .line_height()
        .mul_add(f64::from(u32::try_from(lines).unwrap_or(u32::MAX)), frame.setting.between)
}

/// The frame with the letters of a paragraph.
const fn sized(frame: Frame, paragraph: &Paragraph) -> Frame {
    if paragraph.aside { Frame { size: ASIDE, ..frame } } else { frame }
}

/// The bytes at which the lines of a paragraph begin.
fn line_starts(paragraph: &Paragraph, frame: Frame, width: f64) -> Vec<usize> {
    let indent = if paragraph.bullet { frame.setting.indent } else { 0.0 };
    let mut start = 0;
    let characters = paragraph.runs.iter().flat_map(move |run| {
        let from = start;
        start += run.text.len();
        // Some programs keep a link together on one line where they can.
        let kept = |c: char| if run.link.is_some() && c == ' ' { '\u{a0}' } else { c };
        run.text.char_indices().map(move |(at, c)| (from + at, kept(c), run.bold))
    });
    let letters = f64::from(sized(frame, paragraph).size) * frame.setting.wide;
    width::lines(characters, (width - indent) / letters)
}

const fn heading_frame(body: &Body, frames: &Frames) -> Frame {
    if matches!(body, Body::Opening(_)) { frames.opening_title } else { frames.title }
}

fn heading_lines(title: &str, frame: Frame) -> Vec<usize> {
    line_starts(&Paragraph::of(vec![Run::bold(title)]), frame, frame.inner_width())
}

/// Room kept in a heading for the number of the part.
const PART: &str = " (00\u{a0}of\u{a0}00)";

/// The slides that a slide becomes. A heading that is too long is shortened, and stands in full below.
fn fitted_slide(mut slide: Slide, frames: &Frames) -> Vec<Slide> {
    let frame = heading_frame(&slide.body, frames);
    if !heads(&slide.title, frame) {
        let whole = Paragraph::of(vec![Run::bold(slide.title.clone())]);
        slide.title = shortened(&slide.title, frame);
        prepend(&mut slide.body, whole);
    }
    let bodies = match slide.body {
        Body::Opening(text) => opening(text, frames),
        Body::Text(text) => pages(text, frames.body).into_iter().map(Body::Text).collect(),
        Body::Quote { quote, below } => quotes(quote, below, frames),
        Body::Table { lead, table } => tables::split(lead, &table, frames),
        Body::Chart { lead, chart } => charted(lead, chart, frames),
    };
    numbered(&slide.title, &slide.notes, bodies, frames)
}

/// Whether a heading fits with the number of a part behind it.
fn heads(title: &str, frame: Frame) -> bool {
    heading_lines(&format!("{title}{PART}"), frame).len() <= frame.lines()
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
        Body::Table { lead, .. } | Body::Chart { lead, .. } => lead.insert(0, whole),
    }
}

/// One slide a body, with the part in the heading; all notes go with the first.
fn numbered(title: &str, notes: &[Paragraph], bodies: Vec<Body>, frames: &Frames) -> Vec<Slide> {
    let count = bodies.len();
    let part = |(place, body)| Slide {
        title: match count {
            1 => title.to_owned(),
            _ => format!(
                "{} ({}\u{a0}of\u{a0}{count})",
                heading(title, heading_frame(&body, frames)),
                place + 1
            ),
        },
        body,
        notes: match place {
            0 => notes.to_vec(),
            _ => vec![Paragraph::plain("The notes are with the first part.")],
        },
    };
    bodies.into_iter().enumerate().map(part).collect()
}

fn opening(text: Vec<Paragraph>, frames: &Frames) -> Vec<Body> {
    let mut parts = pages(text, frames.opening_text).into_iter();
    let first = Body::Opening(parts.next().unwrap_or_default());
    let rest: Vec<Paragraph> = parts.flatten().collect();
    let rest = if rest.is_empty() { Vec::new() } else { pages(rest, frames.body) };
    std::iter::once(first).chain(rest.into_iter().map(Body::Text)).collect()
}

/// A statement over as many slides as it needs; what belongs to it stands below the last part.
fn quotes(quote: Vec<Paragraph>, below: Vec<Paragraph>, frames: &Frames) -> Vec<Body> {
    let mut parts = pages(quote, frames.quote);
    let last = parts.pop().unwrap_or_default();
    let mut belows = pages(below, below_frame(&last, frames)).into_iter();
    let fits = belows.next().unwrap_or_default();
    let first = parts.into_iter().map(|quote| Body::Quote { quote, below: Vec::new() });
    let rest: Vec<Paragraph> = belows.flatten().collect();
    let rest = if rest.is_empty() { Vec::new() } else { pages(rest, frames.body) };
    first
        .chain([Body::Quote { quote: last, below: fits }])
        .chain(rest.into_iter().map(Body::Text))
        .collect()
}

/// The box of what belongs to a statement: its own, or what the statement leaves of the body's.
fn below_frame(quote: &[Paragraph], frames: &Frames) -> Frame {
    let Some(gap) = frames.gap else { return frames.below };
    let taken: f64 = quote.iter().map(|paragraph| height(paragraph, frames.quote)).sum();
    // A statement is no higher than its box.
    #[allow(clippy::cast_possible_truncation, clippy::cast_sign_loss)]
    let taken = taken.ceil() as u32 + gap;
    Frame { h: frames.body.h.saturating_sub(taken), ..frames.below }
}

/// A chart takes what room there is; what stands above it may need slides before.
fn charted(lead: Vec<Paragraph>, chart: Chart, frames: &Frames) -> Vec<Body> {
    let mut leads = pages(lead, frames.lead);
    let lead = leads.pop().unwrap_or_default();
    leads.into_iter().map(Body::Text).chain([Body::Chart { lead, chart }]).collect()
}

/// Paragraphs on as few pages as they need, about equally full.
fn pages(text: Vec<Paragraph>, frame: Frame) -> Vec<Vec<Paragraph>> {
    let all = packed(&text, frame, frame.inner_height());
    let least = |limit: &f64| packed(&text, frame, *limit).len() == all.len();
    let heights = text.iter().map(|paragraph| height(paragraph, frame));
    let whole = heights.filter(|high| *high <= frame.inner_height()).fold(0.0, f64::max);
    let steps = (1..20u32).map(|step| frame.inner_height() * f64::from(step) / 20.0);
    match steps.filter(|limit| *limit >= whole.max(3.0 * frame.line_height())).find(least) {
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
        let whole = ((limit - frame.setting.between) / sized(frame, paragraph).line_height())
            .max(1.0) as usize;
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
            let deck = fitted(Deck { title: String::new(), slides: vec![slide] }, &Frames::OWN);
            for slide in &deck.slides {
                prop_assert!(fits(slide, &Frames::OWN), "{slide:#?}");
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
