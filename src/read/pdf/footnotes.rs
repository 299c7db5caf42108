//! Footnotes, kept apart from the text so that they stand in the middle of no sentence.

use std::collections::{BTreeMap, HashSet};

use super::page::{PrintedLine, PrintedPage, leading_raised, raised};

/// Footnotes are set in type smaller than this part of the usual size.
const SMALLER: f32 = 0.93;

/// A footnote with the lines that it takes.
#[derive(Debug, Clone, PartialEq)]
pub struct Footnote {
    /// Its number.
    pub number: u32,
    /// The page on which it begins, counted from 1.
    pub page: u32,
    /// Its lines without the number.
    pub lines: Vec<String>,
}

/// Takes the footnotes off all pages, and the marks that point to them out of the text.
pub fn take(pages: &mut [PrintedPage]) -> Vec<Footnote> {
    let usual = usual_size(pages);
    let mut notes: Vec<Footnote> = Vec::new();
    for (index, page) in pages.iter_mut().enumerate() {
        let small = page.lines.iter().rev().take_while(|line| line.size < usual * SMALLER).count();
        let at_foot = page.lines.split_off(page.lines.len() - small);
        for line in at_foot {
            let number = u32::try_from(index + 1).unwrap_or(u32::MAX);
            if let Some(line) = note(&mut notes, line, number) {
                page.lines.push(line);
            }
        }
    }
    let mut marked = unmark(pages, &notes.iter().map(|note| note.number).collect());
    for note in &notes {
        if marked.insert(note.number)
            && let Some(page) = pages.get_mut(note.page.saturating_sub(1) as usize)
        {
            unglue(page, note.number);
        }
    }
    notes
}

/// Adds a small line to the notes, or gives it back if it belongs to none.
fn note(notes: &mut Vec<Footnote>, line: PrintedLine, page: u32) -> Option<PrintedLine> {
    let next = notes.last().map_or(1, |note| note.number + 1);
    let rest = line.text.trim_start().strip_prefix(&next.to_string());
    let plain = rest.filter(|rest| rest.starts_with(|c: char| c == ' ' || c.is_uppercase()));
    let plain = plain.map(|rest| (next, rest));
    if let Some((number, rest)) = leading_raised(line.text.trim_start()).or(plain) {
        notes.push(Footnote { number, page, lines: vec![rest.trim().to_owned()] });
        return None;
    }
    let open = notes.last_mut().filter(|note| {
        let is_whole = note.lines.last().is_some_and(|line| line.ends_with('.'));
        note.page == page || (note.page + 1 == page && !is_whole)
    });
    match open {
        Some(note) => note.lines.push(line.text),
        None => return Some(line),
    }
    None
}

/// The size in which most of the text is set.
fn usual_size(pages: &[PrintedPage]) -> f32 {
    let mut letters: BTreeMap<i64, usize> = BTreeMap::new();
    for line in pages.iter().flat_map(|page| &page.lines) {
        *letters.entry((line.size * 10.0) as i64).or_default() += line.text.len();
    }
    letters.into_iter().max_by_key(|(_, count)| *count).map_or(0.0, |(size, _)| size as f32 / 10.0)
}

/// Takes out the raised numbers that point to a note, and tells which; other raised numbers stay.
fn unmark(pages: &mut [PrintedPage], numbers: &HashSet<u32>) -> HashSet<u32> {
    let mut found = HashSet::new();
    for line in pages.iter_mut().flat_map(|page| &mut page.lines) {
        let mut kept = String::with_capacity(line.text.len());
        let mut rest = line.text.as_str();
        while let Some(c) = rest.chars().next() {
            match leading_raised(rest) {
                Some((number, after)) if numbers.contains(&number) && !is_unit(&kept) => {
                    found.insert(number);
                    rest = after;
                }
                Some((number, after)) => {
                    kept.push_str(&raised(&number.to_string()));
                    rest = after;
                }
                None => {
                    kept.push(c);
                    rest = &rest[c.len_utf8()..];
                }
            }
        }
        line.text = kept;
    }
    found
}

/// Some fonts raise numbers without telling: "critical.1" where there is a note 1.
fn unglue(page: &mut PrintedPage, number: u32) {
    let mark = number.to_string();
    for line in &mut page.lines {
        let glued = line.text.match_indices(&mark).map(|(at, _)| at).find(|at| {
            let (before, after) = (&line.text[..*at], &line.text[at + mark.len()..]);
            let word = before.trim_end_matches(['.', ',', ';', ':', ')', '”', '’']);
            word.ends_with(char::is_lowercase) && (after.is_empty() || after.starts_with(' '))
        });
        if let Some(at) = glued {
            line.text.replace_range(at..at + mark.len(), "");
            return;
        }
    }
}

/// After which a raised number is a square or a cube.
fn is_unit(before: &str) -> bool {
    [" m", " km", " cm", " ft"].iter().any(|unit| before.ends_with(unit))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn line(text: &str, size: f32) -> PrintedLine {
        PrintedLine { text: text.to_owned(), x: 72.0, y: 0.0, size, bold: false }
    }

    #[test]
    fn a_mark_that_is_not_raised_goes_with_its_note() {
        let lines = vec![line("In 1 case critical.1 Article 5(1)", 11.0), line("1See there.", 8.0)];
        let mut pages = vec![PrintedPage { height: 842.0, lines }];
        assert_eq!(take(&mut pages)[0].lines, ["See there."]);
        assert_eq!(pages[0].lines[0].text, "In 1 case critical. Article 5(1)");
    }

    #[test]
    fn notes_leave_the_page_with_their_marks() {
        let mut pages = vec![
            PrintedPage {
                height: 842.0,
                lines: vec![
                    line("It ignored guidance¹ on a hall of 90 m² and", 11.0),
                    line("¹ See the guidance", 8.0),
                    line("on halls", 8.0),
                ],
            },
            PrintedPage {
                height: 842.0,
                lines: vec![
                    line("a warning.²³", 11.0),
                    line("of 2019.", 8.0),
                    line("2 Letter.", 8.0),
                ],
            },
        ];
        let notes = take(&mut pages);
        assert_eq!(pages[0].lines[0].text, "It ignored guidance on a hall of 90 m² and");
        assert_eq!(pages[1].lines[0].text, "a warning.²³");
        let texts: Vec<_> = notes.iter().map(|n| (n.number, n.page, n.lines.join(" "))).collect();
        assert_eq!(
            texts,
            [(1, 1, "See the guidance on halls of 2019.".to_owned()), (2, 2, "Letter.".to_owned())]
        );
    }
}
