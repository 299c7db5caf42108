//! Plain text, such as a notice converted from PDF: lines to headings, paragraphs and list items.

use std::sync::LazyLock;

use regex::Regex;

use super::{
    assemble::{Block, BlockKind, assemble},
    clean::{self, Gap, Line},
    hyphens::Hyphens,
};
use crate::model::{Document, DocumentKind, Facts};

/// "1.", "2.14", "(a)", "(iv)", "IV.", "•": what a paragraph or list item begins with.
static MARKER: LazyLock<Regex> = LazyLock::new(|| {
    Regex::new(r"^(?:(?<number>\d{1,3}(?:\.\d{1,3}){0,3}\.?|[IVX]{1,5}\.|[A-Z]\.)|\([a-z]{1,4}\)|\(\d{1,2}\)|[•●▪◦o–-])\s+\S")
        .expect("a valid pattern")
});

/// Headings have at most this many words.
const HEADING_WORDS: usize = 12;

/// Reads plain text. Every text can be read.
pub fn read(path: &str, text: &str) -> Document {
    let lines = clean::lines(text);
    assemble(path, DocumentKind::Text, Facts::default(), &blocks(&lines))
}

/// The blocks that lines make.
pub fn blocks(lines: &[Line]) -> Vec<Block> {
    let width = usual_width(lines);
    let hyphens = Hyphens::new(lines.iter().map(|line| line.text.as_str()));
    let mut blocks: Vec<Block> = Vec::new();
    for (index, line) in lines.iter().enumerate() {
        let next = lines.get(index + 1);
        let is_complete = blocks
            .last()
            .is_none_or(|block| block.kind == BlockKind::Heading || is_finished(&block.text));
        let may_head = is_complete || line.gap == Gap::Sure;
        if let Some(heading) = blocks.last_mut().filter(|last| continues_heading(line, last)) {
            hyphens.join(&mut heading.text, &line.text);
        } else if may_head && is_heading(line, next, width) {
            blocks.push(Block::heading(unnumbered(&line.text).1, line.number));
        } else if starts_block(line, blocks.last(), is_complete) {
            let (number, rest) = unnumbered(&line.text);
            let paragraph = number.map(str::to_owned);
            blocks.push(Block { paragraph, ..Block::paragraph(rest, line.number) });
        } else if let Some(block) = blocks.last_mut() {
            hyphens.join(&mut block.text, &line.text);
        }
        if let (Some(page), Some(block)) = (line.page, blocks.last_mut()) {
            block.reaches(page, &line.text);
        }
    }
    for block in &mut blocks {
        block.text.truncate(block.text.trim_end_matches(clean::SOFT_HYPHEN).len());
    }
    blocks
}

/// The length that nine of ten lines keep within: the width of the page.
fn usual_width(lines: &[Line]) -> usize {
    let mut lengths: Vec<usize> = lines.iter().map(|line| line.text.chars().count()).collect();
    lengths.sort_unstable();
    lengths.get(lengths.len() * 9 / 10).copied().unwrap_or(80)
}

fn is_finished(text: &str) -> bool {
    let end = text.trim_end_matches([
        '"', '”', '’', '\'', ')', ']', '[', '\\', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9',
    ]);
    end.ends_with(['.', ':', ';', '?', '!'])
}

fn is_heading(line: &Line, next: Option<&Line>, width: usize) -> bool {
    if let Some(emphasis) = line.emphasis {
        return emphasis && !is_field(&line.text);
    }
    let (_, text) = unnumbered(&line.text);
    let is_title = text.starts_with(char::is_uppercase)
        && !is_cut_off(text)
        && !text.ends_with(['.', ',', ';', ':', '–', '-'])
        && text.split(' ').count() <= HEADING_WORDS;
    let is_short = line.text.chars().count() * 4 < width * 3 || !text.contains(char::is_lowercase);
    let goes_on = next.is_some_and(|next| next.text.starts_with(char::is_lowercase));
    is_title && is_short && !goes_on && !is_field(text) && next.is_some()
}

/// The second line of a heading that is known by its type.
fn continues_heading(line: &Line, last: &Block) -> bool {
    last.kind == BlockKind::Heading && line.emphasis == Some(true) && line.gap == Gap::None
}

/// "3.2" after a paragraph 3.1, even where a footer has cut that one short.
fn continues_numbering(line: &Line, last: &Block) -> bool {
    let next = last.paragraph.as_deref().and_then(|number| {
        let (chapter, paragraph) = number.rsplit_once('.')?;
        Some(format!("{chapter}.{}", paragraph.parse::<u32>().ok()? + 1))
    });
    next.is_some() && unnumbered(&line.text).0 == next.as_deref()
}

/// The recipient and address lines of a notice.
fn is_field(text: &str) -> bool {
    ["To:", "Of:", "TO:", "OF:"].iter().any(|field| text.starts_with(field))
}

/// Words on which no heading ends.
const CONNECTIVES: [&str; 14] =
    ["a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "or", "the", "to", "with"];

/// A line that is a piece of something longer, or a telephone number.
fn is_cut_off(text: &str) -> bool {
    let last = text.rsplit(' ').next().unwrap_or_default();
    let closes = text.matches(['”', ')']).count() > text.matches(['“', '(']).count();
    let digits = text.chars().filter(char::is_ascii_digit).count();
    CONNECTIVES.contains(&last) || closes || digits > 8
}

fn starts_block(line: &Line, last: Option<&Block>, is_complete: bool) -> bool {
    let Some(last) = last else { return true };
    let marked = MARKER.is_match(&line.text);
    let may_list = [":", ";", ",", " and", " or"].iter().any(|end| last.text.ends_with(end))
        && !(line.text.starts_with('(') && is_cut_citation(&last.text));
    is_field(&line.text)
        || last.kind == BlockKind::Heading
        || (marked && (is_complete || may_list || line.text.starts_with(['•', '●', '▪'])))
        || (line.gap != Gap::None && (is_complete || is_field(&last.text)))
        || (line.gap == Gap::Sure && !line.text.starts_with(char::is_lowercase))
        || continues_numbering(line, last)
}

/// Whether a text breaks off in a list of paragraphs: "Article 32(1)(b), (c) and".
fn is_cut_citation(text: &str) -> bool {
    let items = text.trim_end_matches(" and").trim_end_matches(" or").trim_end_matches(',');
    let open = items.strip_suffix(')').and_then(|inside| inside.rsplit_once('('));
    items.len() < text.len()
        && open.is_some_and(|(before, inside)| {
            inside.len() <= 3
                && inside.bytes().all(|byte| byte.is_ascii_alphanumeric())
                && before.ends_with(|c: char| c.is_ascii_alphanumeric() || matches!(c, ')' | ' '))
        })
}

/// Takes a paragraph number off; bullets and letters stay, since they belong to the wording.
fn unnumbered(text: &str) -> (Option<&str>, &str) {
    let number = MARKER.captures(text).and_then(|found| found.name("number"));
    if let Some(number) = number.filter(|number| numbers(number.as_str(), &text[number.end()..])) {
        return (Some(number.as_str().trim_end_matches('.')), text[number.end()..].trim_start());
    }
    (None, text.trim_start_matches(['•', '●', '▪', '◦', ' ']))
}

/// Whether a figure numbers what follows: not so in "16 July 2019" and "14 bags of waste".
fn numbers(figure: &str, rest: &str) -> bool {
    const MONTHS: [&str; 12] = [
        "January", "February", "March", "April", "May", "June", "July", "August", "September",
        "October", "November", "December",
    ];
    let rest = rest.trim_start();
    let is_bare = figure.bytes().all(|byte| byte.is_ascii_digit());
    let mut words = rest.split(' ');
    let is_month = words.next().is_some_and(|word| MONTHS.contains(&word.trim_end_matches(',')));
    let is_dated = is_month && words.next().is_some_and(|word| word.starts_with(['1', '2']));
    !(is_bare && (is_dated || rest.starts_with(char::is_lowercase)))
}

#[cfg(test)]
mod tests {
    use super::*;

    const LETTER: &str = "\
DATA PROTECTION ACT 2018

               REPRIMAND

TO: Example Academy

1.1 The Commissioner issues a reprimand to Example Academy for the
infringements

set out below.

Remedial steps taken by the academy

1.2 The academy has since asked its officer, between 2021 and

2022. It trained its staff.

   •  Article 35(1) was infringed;
   •  so was Article 5(2).
";

    #[test]
    fn a_date_keeps_its_day() {
        assert_eq!(unnumbered("16 July 2019"), (None, "16 July 2019"));
        assert_eq!(unnumbered("14 bags of waste"), (None, "14 bags of waste"));
        assert_eq!(unnumbered("14 The bags"), (Some("14"), "The bags"));
        assert_eq!(unnumbered("1. May is a month"), (Some("1"), "May is a month"));
    }

    #[test]
    fn a_citation_goes_on_in_the_next_line() {
        let text = "The findings relate to Article 32(1)(b), (c) and\n(d) of the UK GDPR.[1]\n\nThe rest.\n";
        let document = read("notice.txt", text);
        assert_eq!(
            document.text.lines().next(),
            Some("The findings relate to Article 32(1)(b), (c) and (d) of the UK GDPR.[1]")
        );
        let list = "It must (by May) do two things, and\n(a) train its staff; and\n(b) pay.\n";
        assert_eq!(read("notice.txt", list).text.matches("\n\n").count(), 2);
    }

    #[test]
    fn wrapped_lines_headings_and_items_are_told_apart() {
        let lines = clean::lines(LETTER);
        let found: Vec<_> = blocks(&lines)
            .into_iter()
            .map(|block| (block.kind, block.paragraph, block.text))
            .collect();
        let heading = |text: &str| (BlockKind::Heading, None, text.to_owned());
        let item = |text: &str| (BlockKind::Paragraph, None, text.to_owned());
        let numbered =
            |n: &str, text: &str| (BlockKind::Paragraph, Some(n.to_owned()), text.to_owned());
        assert_eq!(
            found,
            [
                heading("DATA PROTECTION ACT 2018"),
                heading("REPRIMAND"),
                item("TO: Example Academy"),
                numbered(
                    "1.1",
                    "The Commissioner issues a reprimand to Example Academy for the infringements set out below."
                ),
                heading("Remedial steps taken by the academy"),
                numbered(
                    "1.2",
                    "The academy has since asked its officer, between 2021 and 2022. It trained its staff."
                ),
                item("Article 35(1) was infringed;"),
                item("so was Article 5(2)."),
            ]
        );
    }
}
