//! PDFs, such as notices and reprimands.
//!
//! A child process turns the bytes into lines at their places (`child`, with the reader behind
//! `source`); what follows works on those lines alone: `furniture` and `footnotes` are taken off, and
//! the rest goes the way of plain text, with page and type known.

mod child;
mod error;
mod footnotes;
mod furniture;
mod layout;
mod ocr;
mod page;
mod paint;
mod path;
mod pdfboss;
mod rewrite;
mod source;

use std::path::{Path, PathBuf};

pub use child::{COMMAND, serve};
pub use error::{MOST_PAGES, PdfError};
use footnotes::Footnote;
use page::{PrintedLine, PrintedPage};
use pdfboss::PdfBoss;
use source::PageReader as _;

use super::{
    assemble::{Block, assemble},
    clean::{self, Gap, Line},
    hyphens::Hyphens,
    text,
};
use crate::model::{Document, DocumentKind, Facts};

/// Pages with fewer characters than this are pictures.
const LEAST_CHARACTERS: usize = 50;

/// The mark at the end of every PDF, and how far before the last byte it may stand. A reader that
/// mends what it can would read the part of a file that was fetched, and nobody would know.
const END: &[u8] = b"%%EOF";
const END_WITHIN: usize = 64 * 1024;

/// White space above a line, in line heights, that parts paragraphs.
const PARAGRAPH: f32 = 1.25;

/// Headings have at most this many lines.
const HEADING_LINES: usize = 3;

/// Type larger than the usual by this factor is that of a heading.
const LARGER: f32 = 1.12;

/// The program that reads PDFs, and how.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Program {
    /// The `casebook` binary, or any program that calls [`serve`] on its standard streams when its
    /// first argument is [`COMMAND`].
    pub path: PathBuf,
    /// Whether pictures of text are given a text layer by `ocrmypdf` first.
    pub ocr: bool,
}

/// Reads a PDF.
pub fn read(path: &str, bytes: &[u8], program: &Program) -> Result<Document, PdfError> {
    Ok(document(path, pages(bytes, program)?))
}

/// Reads a PDF in this process, without limits: for fuzzing. A hostile one takes the process down.
///
/// # Errors
/// As [`Reader::read`](super::Reader::read).
pub fn read_unprotected(path: &str, bytes: Vec<u8>) -> Result<Document, PdfError> {
    Ok(document(path, PdfBoss.pages(bytes)?))
}

fn document(path: &str, mut pages: Vec<PrintedPage>) -> Document {
    furniture::remove(&mut pages);
    let notes = footnotes::take(&mut pages);
    let mut blocks = text::blocks(&lines(&pages));
    blocks.extend(footnote_blocks(&notes));
    assemble(path, DocumentKind::Notice, Facts::default(), &blocks)
}

/// The pages, recognised first if they are pictures and that is wanted.
fn pages(bytes: &[u8], program: &Program) -> Result<Vec<PrintedPage>, PdfError> {
    match with_text(&program.path, bytes) {
        Err(PdfError::NeedsOcr { .. }) if program.ocr => {
            let recognised = with_text(&program.path, &ocr::recognise(bytes)?);
            recognised.map_err(|error| match error {
                PdfError::NeedsOcr { pages, .. } => PdfError::NothingRecognised(pages),
                error => error,
            })
        }
        read => read,
    }
}

fn with_text(program: &Path, bytes: &[u8]) -> Result<Vec<PrintedPage>, PdfError> {
    let tail = &bytes[bytes.len().saturating_sub(END_WITHIN)..];
    if !tail.windows(END.len()).any(|window| window == END) {
        return Err(PdfError::Damaged("its end is missing: it was cut off".to_owned()));
    }
    let pages = child::pages(program, bytes)?;
    let lines = pages.iter().flat_map(|page| &page.lines);
    let characters = lines.map(|line| line.text.trim().chars().count()).sum();
    if characters < LEAST_CHARACTERS * pages.len() {
        return Err(PdfError::NeedsOcr { pages: pages.len(), characters });
    }
    Ok(pages)
}

/// The lines of all pages, with what their places and type say.
fn lines(pages: &[PrintedPage]) -> Vec<Line> {
    let pitch = usual(pages.iter().flat_map(steps));
    let size =
        usual(pages.iter().flat_map(|page| &page.lines).map(|line| (line.size, line.text.len())));
    let mut lines = Vec::new();
    for (page, number) in pages.iter().zip(1..) {
        let mut above: Option<&PrintedLine> = None;
        for (line, on_page) in page.lines.iter().zip(1..) {
            let text = clean::squeeze(&line.text);
            if text.is_empty() {
                continue;
            }
            let gap = gap(above, line, pitch * (line.size / size).max(1.0));
            let emphasis = Some(line.bold || line.size > size * LARGER);
            lines.push(Line { text, number: on_page, page: Some(number), gap, emphasis });
            above = Some(line);
        }
    }
    settle_emphasis(&mut lines);
    lines
}

/// The steps from line to line of one column, each weighing the same.
fn steps(page: &PrintedPage) -> impl Iterator<Item = (f32, usize)> {
    page.lines.windows(2).map(|pair| (pair[1].y - pair[0].y, 1)).filter(|(step, _)| *step > 0.0)
}

/// The commonest of some lengths, to half a point.
fn usual(weighed: impl Iterator<Item = (f32, usize)>) -> f32 {
    let mut weights = std::collections::BTreeMap::<i64, usize>::new();
    for (length, weight) in weighed {
        *weights.entry((length * 2.0).round() as i64).or_default() += weight;
    }
    let most = weights.into_iter().max_by_key(|(_, weight)| *weight);
    most.map_or(0.0, |(length, _)| length as f32 / 2.0)
}

fn gap(above: Option<&PrintedLine>, line: &PrintedLine, pitch: f32) -> Gap {
    let Some(above) = above else { return Gap::Unsure };
    match line.y - above.y {
        step if step < 0.0 => Gap::Unsure,
        step if step > pitch * PARAGRAPH => Gap::Sure,
        _ => Gap::None,
    }
}

/// Emphasis means a heading where a few lines have it; a bold paragraph, or a document without any
/// bold line, says nothing.
fn settle_emphasis(lines: &mut [Line]) {
    let emphasised = lines.iter().filter(|line| line.emphasis == Some(true)).count();
    if emphasised == 0 || emphasised * 2 > lines.len() {
        return lines.iter_mut().for_each(|line| line.emphasis = None);
    }
    let mut start = 0;
    while start < lines.len() {
        let run = 1 + lines[start + 1..]
            .iter()
            .take_while(|line| line.gap == Gap::None && line.emphasis == lines[start].emphasis)
            .count();
        let last = &lines[start + run - 1].text;
        if run > HEADING_LINES || last.ends_with(['.', ',', ';']) {
            lines[start..start + run].iter_mut().for_each(|line| line.emphasis = Some(false));
        }
        start += run;
    }
}

/// A section of its own at the end, each note with its number and page.
fn footnote_blocks(notes: &[Footnote]) -> Vec<Block> {
    let words = notes.iter().flat_map(|note| &note.lines).map(String::as_str);
    let hyphens = Hyphens::new(words);
    let mut blocks: Vec<Block> = notes
        .iter()
        .map(|note| {
            let mut text = String::new();
            for line in note.lines.iter().map(|line| clean::squeeze(line)) {
                if text.is_empty() { text = line } else { hyphens.join(&mut text, &line) }
            }
            let paragraph = Some(note.number.to_string());
            Block { paragraph, pages: vec![(0, note.page)], ..Block::paragraph(&text, 1) }
        })
        .collect();
    if !blocks.is_empty() {
        blocks.insert(0, Block::heading("Footnotes", 1));
    }
    blocks
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn any_page() -> impl Strategy<Value = PrintedPage> {
        let text = prop_oneof![
            "[ -~¹²³\u{ad}…•é-]{0,40}",
            "[0-9]{1,3}",
            Just("1. What went wrong".to_owned()),
            Just("² See https://ico.example/a-".to_owned()),
        ];
        let place = prop_oneof![0.0f32..900.0, any::<f32>().prop_filter("JSON", |x| x.is_finite())];
        let line = (text, place, 1.0f32..40.0, any::<bool>())
            .prop_map(|(text, y, size, bold)| PrintedLine { text, x: 72.0, y, size, bold });
        proptest::collection::vec(line, 0..20)
            .prop_map(|lines| PrintedPage { height: 842.0, lines })
    }

    proptest! {
        /// The parent has no process to protect it from what the child answers.
        #[test]
        fn any_pages_make_a_document_whose_sentences_lie_in_it(
            pages in proptest::collection::vec(any_page(), 0..5)
        ) {
            let count = pages.len();
            let document = document("x", pages);
            for sentence in &document.sentences {
                prop_assert!(!document.sentence_text(sentence).is_empty());
                prop_assert!(sentence.page.is_some_and(|page| (1..=count).contains(&(page as usize))));
            }
        }
    }
}
