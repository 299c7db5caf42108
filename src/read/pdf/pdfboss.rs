//! Pages by the crate pdfboss: spans of text with their places, less what the page hides.

use pdfboss_core::{Document, Error, Page, Rect};
use pdfboss_text::{
    FontCache, ReadingOrder, SkipCause, SkippedTextKind, TextSpan, extract_spans_reporting_cached,
};
use unicode_normalization::UnicodeNormalization as _;

use super::{
    error::{MOST_PAGES, PdfError},
    layout::{self, Run},
    page::PrintedPage,
    paint::{self, Cover},
    rewrite,
    source::PageReader,
};
use crate::read::clean::GAP;

/// Text brighter than this is meant to be read on a dark ground.
const BRIGHT: f32 = 0.6;

/// A box without text under it is a redaction if it is about as high as a line of type.
const BOX_HEIGHTS: std::ops::RangeInclusive<f32> = 0.7..=2.2;

/// The reader in use.
pub struct PdfBoss;

impl PageReader for PdfBoss {
    fn pages(&self, bytes: Vec<u8>) -> Result<Vec<PrintedPage>, PdfError> {
        let document = Document::load(bytes).map_err(fault)?;
        if document.is_locked() {
            return Err(PdfError::Encrypted);
        }
        let count = document.flattened_page_count();
        match count {
            0 => return Err(PdfError::NoPages),
            n if n > MOST_PAGES => return Err(PdfError::TooManyPages(n)),
            _ => {}
        }
        let fonts = FontCache::default();
        (0..count).map(|index| page(&document, index, &fonts)).collect()
    }
}

fn fault(error: Error) -> PdfError {
    match error {
        Error::Encrypted => PdfError::Encrypted,
        other => PdfError::Damaged(other.to_string()),
    }
}

fn page(document: &Document, index: usize, fonts: &FontCache) -> Result<PrintedPage, PdfError> {
    let page = document.page(index).map_err(fault)?;
    let broken = |what: String| PdfError::Damaged(format!("page {}: {what}", index + 1));
    let content = page.content(document).map_err(|error| broken(error.to_string()))?;
    let spans = spans(document, &page, fonts).map_err(broken)?;
    let mut covers = paint::covers(document, &page, &content)
        .ok_or_else(|| broken("it draws more than can be checked for redactions".to_owned()))?;
    let touches_text = |cover: &Cover| spans.iter().any(|span| touches(cover, span));
    covers.retain(|cover| cover.dark || touches_text(cover));
    if !covers.iter().any(touches_text) {
        return Ok(printed(&page, &spans, &[], &covers));
    }
    let copy = rewrite::rewritten(document, &page, &content, &covers);
    let glyphs = self::spans(document, &copy, fonts).map_err(broken)?;
    let (visible, hidden) = told_apart(glyphs, &covers);
    Ok(printed(&page, &visible, &hidden, &covers))
}

/// The lines of a page, with a mark wherever words are hidden or a box stands without words.
fn printed(page: &Page, spans: &[TextSpan], hidden: &[Hidden], covers: &[Cover]) -> PrintedPage {
    let frame = Frame::new(page, spans);
    let mut runs: Vec<Run> = spans.iter().filter_map(|span| frame.run(span)).collect();
    let marks = hidden.iter().filter_map(|hidden| frame.run(&hidden.span));
    runs.extend(marks.map(|run| Run { text: GAP.to_owned(), ..run }));
    let boxes: Vec<Run> = covers
        .iter()
        .enumerate()
        .filter(|(number, cover)| {
            let has_text = hidden.iter().any(|hidden| hidden.cover == *number);
            cover.dark && cover.plain && !has_text && !spans.iter().any(|s| touches(cover, s))
        })
        .filter_map(|(_, cover)| box_run(frame.rect(cover.rect), &runs))
        .collect();
    runs.extend(boxes);
    PrintedPage { height: frame.height(), lines: layout::lines(runs) }
}

/// All spans; it is a fault if a part of the page that may hold text cannot be read.
fn spans(document: &Document, page: &Page, fonts: &FontCache) -> Result<Vec<TextSpan>, String> {
    let (spans, report) =
        extract_spans_reporting_cached(document, page, fonts, ReadingOrder::Content)
            .map_err(|error| error.to_string())?;
    let lost = report.skipped.iter().find(|skipped| {
        matches!(skipped.kind, SkippedTextKind::PageContents | SkippedTextKind::Form)
            && skipped.cause != SkipCause::Missing
    });
    lost.map_or(Ok(spans), |lost| Err(format!("{}: {}", lost.kind, lost.cause)))
}

/// A hidden span, with the cover that hides it.
struct Hidden {
    span: TextSpan,
    cover: usize,
}

/// Visible and hidden spans of a rewritten page. Neighbours under one cover become one hidden span.
fn told_apart(spans: Vec<TextSpan>, covers: &[Cover]) -> (Vec<TextSpan>, Vec<Hidden>) {
    let mut painted = vec![None; covers.len()];
    for (at, span) in spans.iter().enumerate() {
        if let Some(slot) = rewrite::marked(&span.font).and_then(|number| painted.get_mut(number)) {
            *slot = Some(at);
        }
    }
    let (mut visible, mut hidden): (Vec<TextSpan>, Vec<Hidden>) = (Vec::new(), Vec::new());
    for (at, span) in spans.into_iter().enumerate() {
        if rewrite::marked(&span.font).is_some() {
            continue;
        }
        let hides = |(number, cover): (usize, &Cover)| {
            let later = cover.painted_at.is_none() || painted[number].is_some_and(|m| at < m);
            hides(cover, later, &span).then_some(number)
        };
        match covers.iter().enumerate().find_map(hides) {
            None => visible.push(span),
            Some(cover) => hide(&mut hidden, span, cover),
        }
    }
    (visible, hidden)
}

fn hide(hidden: &mut Vec<Hidden>, span: TextSpan, cover: usize) {
    let same = hidden
        .iter_mut()
        .rev()
        .find(|other| other.cover == cover && (other.span.y - span.y).abs() < span.size / 2.0);
    match same {
        Some(other) => {
            other.span.x = other.span.x.min(span.x);
            other.span.end_x = other.span.end_x.max(span.end_x);
        }
        None => hidden.push(Hidden { span, cover }),
    }
}

/// Whether a cover hides a span: dark ones hide what lies under them, and dark text on them; light
/// ones hide what they were painted over.
fn hides(cover: &Cover, painted_later: bool, span: &TextSpan) -> bool {
    let bright = span.color.is_some_and(|(r, g, b)| {
        paint::brightness(&[r, g, b]).is_some_and(|brightness| brightness > BRIGHT)
    });
    let order = (cover.ordered && painted_later) || (cover.dark && !bright);
    order && touches(cover, span) && {
        let overlap = span.bbox.x1.min(cover.rect.x1) - span.bbox.x0.max(cover.rect.x0);
        overlap * 2.0 > span.bbox.width() || span.text.chars().count() > 1
    }
}

/// Whether a cover lies over the middle of a span's letters.
fn touches(cover: &Cover, span: &TextSpan) -> bool {
    let (cover, span_box) = (cover.rect, span.bbox);
    if span.rotate % 180 != 0 {
        return cover.intersect(span_box).is_some_and(|part| part.width() > 1.0);
    }
    let up = if span.rotate == 180 { -1.0 } else { 1.0 };
    let middle = (0.3f32 * up).mul_add(span.size, span.y);
    cover.y0 <= middle
        && middle <= cover.y1
        && span_box.x0.max(cover.x0) + 0.5 < span_box.x1.min(cover.x1)
}

/// A box without text: its place in a line beside it, or by itself.
fn box_run((x0, y0, x1, y1): (f32, f32, f32, f32), runs: &[Run]) -> Option<Run> {
    let beside = runs.iter().filter(|run| (y0..=y1).contains(&(run.y - 0.3 * run.size)));
    let nearest = beside.min_by(|a, b| (a.y - y1).abs().total_cmp(&(b.y - y1).abs()));
    let usual = runs.iter().map(|run| run.size).fold(0.0, f32::max);
    let size = nearest.map_or(usual, |run| run.size);
    let is_word = size > 0.0 && BOX_HEIGHTS.contains(&((y1 - y0) / size)) && x1 - x0 > size;
    is_word.then(|| Run {
        text: GAP.to_owned(),
        x0,
        x1,
        y: nearest.map_or(0.2f32.mul_add(y0 - y1, y1), |run| run.y),
        size,
        bold: false,
    })
}

/// How a page is turned for reading: most of its text stands upright then.
struct Frame {
    turn: i32,
    area: Rect,
}

impl Frame {
    fn new(page: &Page, spans: &[TextSpan]) -> Self {
        let letters = |turn: i32| -> usize {
            spans.iter().filter(|span| span.rotate == turn).map(|span| span.text.len()).sum()
        };
        let turn = [0, 90, 180, 270].into_iter().max_by_key(|turn| (letters(*turn), -turn));
        Self { turn: turn.unwrap_or(0), area: page.crop_box }
    }

    fn height(&self) -> f32 {
        if self.turn % 180 == 0 { self.area.height() } else { self.area.width() }
    }

    /// A point measured from the top left corner.
    fn at(&self, x: f32, y: f32) -> (f32, f32) {
        let area = self.area;
        match self.turn {
            90 => (y - area.y0, x - area.x0),
            180 => (area.x1 - x, y - area.y0),
            270 => (area.y1 - y, area.x1 - x),
            _ => (x - area.x0, area.y1 - y),
        }
    }

    /// A rectangle as left, top, right and bottom.
    fn rect(&self, rect: Rect) -> (f32, f32, f32, f32) {
        let (a, b) = (self.at(rect.x0, rect.y0), self.at(rect.x1, rect.y1));
        (a.0.min(b.0), a.1.min(b.1), a.0.max(b.0), a.1.max(b.1))
    }

    /// A span as it is read. Text that runs across the page (a stamp, a watermark) and text beside
    /// the visible page are no part of it.
    fn run(&self, span: &TextSpan) -> Option<Run> {
        let (x0, y) = self.at(span.x, span.y);
        let (x1, _) = self.at(span.end_x, span.end_y);
        // A sign by itself that has no meaning is a bullet.
        let text =
            if span.text.trim() == "\u{fffd}" { "•".to_owned() } else { plain(&span.text) };
        let on_page = span.bbox.intersect(self.area).is_some();
        let is_read = span.rotate == self.turn && on_page && !text.trim().is_empty();
        let run = Run { text, x0, x1: x1.max(x0), y, size: span.size, bold: span.bold };
        (is_read && span.size > 0.5).then_some(run)
    }
}

/// Ligatures become letters, marks join theirs, and what cannot be printed goes.
fn plain(text: &str) -> String {
    let letters = text.chars().flat_map(|c| {
        let whole: Box<dyn Iterator<Item = char>> = match c {
            '\u{fb00}'..='\u{fb06}' => Box::new(std::iter::once(c).nfkc()),
            // Bullets as word processors and the font Symbol encode them.
            '\u{f0b7}' | '\u{f0a7}' | '\u{f0d8}' => Box::new(std::iter::once('•')),
            c if c.is_whitespace() => Box::new(std::iter::once(' ')),
            c if c.is_control() => Box::new(std::iter::empty()),
            c => Box::new(std::iter::once(c)),
        };
        whole
    });
    letters.nfc().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page with that content, a form `X` and an annotation.
    fn lines_of(content: &str, form: &str, annotation: &str) -> Vec<String> {
        let stream = |dict: &str, data: &str| {
            format!("<< {dict} /Length {} >>\nstream\n{data}\nendstream", data.len())
        };
        let objects = [
            "<< /Type /Catalog /Pages 2 0 R >>".to_owned(),
            "<< /Type /Pages /Kids [3 0 R] /Count 1 >>".to_owned(),
            format!(
                "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 400 400] /Contents 4 0 R \
                 /Annots [{annotation}] /Resources << /Font << /F 5 0 R >> /XObject << /X 6 0 R >> \
                 /ExtGState << /Thin << /ca 0.3 >> >> >> >>"
            ),
            stream("", content),
            "<< /Type /Font /Subtype /Type1 /BaseFont /Courier >>".to_owned(),
            stream("/Type /XObject /Subtype /Form /BBox [0 0 400 400]", form),
        ];
        let mut pdf = "%PDF-1.7\n".to_owned();
        for (index, object) in objects.iter().enumerate() {
            pdf.push_str(&format!("{} 0 obj\n{object}\nendobj\n", index + 1));
        }
        pdf.push_str("trailer << /Root 1 0 R >>\n%%EOF\n");
        let pages = PdfBoss.pages(pdf.into_bytes()).expect("a sound PDF");
        pages.into_iter().flat_map(|page| page.lines).map(|line| line.text).collect()
    }

    /// Courier of size 10 is 6 points wide: "hidden" stands from 142 to 178.
    const TEXT: &str = "BT /F 10 Tf 100 300 Td (It was hidden here) Tj ET ";
    const BOX: &str = "142 297 36 11 re f ";

    fn of(content: &str) -> Vec<String> {
        lines_of(content, "", "")
    }

    #[test]
    fn text_under_a_dark_box_is_left_out_to_the_letter() {
        for content in [
            format!("{TEXT} 0 g {BOX}"),
            format!("{TEXT} 0.1 0.1 0.1 rg {BOX}"),
            format!("{TEXT} 0 0 0 1 k q 0.5 0 0 0.5 0 0 cm 284 594 72 22 re f Q"),
            format!("{TEXT} 142 297 m 178 297 l 178 308 l 142 308 l h f"),
            format!("{TEXT} 11 w 142 302.5 m 178 302.5 l S"),
            format!("0 g {BOX} {TEXT}"),
            format!("{TEXT} 1 g {BOX}"),
            format!(
                "{TEXT} q 36 0 0 11 142 297 cm \
                 BI /W 1 /H 1 /CS /G /BPC 8 /F /AHx ID 00> EI Q"
            ),
        ] {
            assert_eq!(of(&content), ["It was […] here"], "{content}");
        }
    }

    #[test]
    fn boxes_of_forms_and_annotations_hide_too() {
        assert_eq!(lines_of(&format!("{TEXT} /X Do"), BOX, ""), ["It was […] here"]);
        let redaction = "<< /Type /Annot /Subtype /Redact /Rect [142 297 178 308] >>";
        assert_eq!(lines_of(TEXT, "", redaction), ["It was […] here"]);
        let square = "<< /Type /Annot /Subtype /Square /Rect [142 297 178 308] /IC [0 0 0] >>";
        assert_eq!(lines_of(TEXT, "", square), ["It was […] here"]);
    }

    #[test]
    fn what_hides_nothing_takes_nothing_away() {
        for content in [
            format!("1 g {BOX} 0 g {TEXT}"),
            format!("0 g {BOX} 1 g {TEXT}"),
            format!("{TEXT} /Thin gs 0 g {BOX}"),
            format!("{TEXT} 0 g 142 297 36 1 re f"),
            format!("{TEXT} q 0 0 5 5 re W n 0 g {BOX} Q"),
            format!("{TEXT} q 90 290 200 30 re 91 291 198 28 re W* n 0 g 90 290 200 30 re f Q"),
            format!("{TEXT} 0 g 90 290 200 30 re 91 291 198 28 re f*"),
            format!("{TEXT} 0 g 90 290 200 30 re 91 319 198 -28 re f"),
            format!("{TEXT} 0 g {BOX}").replace("re f", "re n"),
        ] {
            assert_eq!(of(&content), ["It was hidden here"], "{content}");
        }
    }

    #[test]
    fn a_box_without_text_leaves_a_mark() {
        let words = "BT /F 10 Tf 100 300 Td (Dear) Tj 80 0 Td (, thank you) Tj ET";
        assert_eq!(of(&format!("{words} 0 g 128 297 52 11 re f")), ["Dear […], thank you"]);
    }

    #[test]
    fn kerned_and_wrapped_operators_are_covered_to_the_letter() {
        let text =
            "BT /F 10 Tf 12 TL 100 312 Td [(It ) 0 (was hid) -0.5 (den)] TJ (or hidden now) ' ET";
        assert_eq!(of(&format!("{text} 0 g 118 297 36 11 re f")), ["It was hidden", "or […] now"]);
    }

    #[test]
    fn a_page_on_its_side_is_turned() {
        let text = "BT /F 10 Tf 0 1 -1 0 100 100 Tm (Turned) Tj ET \
                    BT /F 10 Tf 0 1 -1 0 112 100 Tm (text) Tj ET BT /F 10 Tf 9 9 Td (up) Tj ET";
        assert_eq!(of(text), ["Turned", "text"]);
    }

    #[test]
    fn ligatures_and_accents_are_letters_and_squares_stay_squares() {
        assert_eq!(plain("o\u{fb03}ce, cafe\u{301}, m², ½\u{a0}mile"), "office, café, m², ½ mile");
    }
}
