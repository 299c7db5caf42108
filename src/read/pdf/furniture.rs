//! Headers, footers, letterheads and page numbers: what returns on most pages at the same place.

use std::collections::{HashMap, HashSet};

use super::page::{PrintedLine, PrintedPage};
use crate::read::clean::{self, PAGE_NUMBER};

/// Lines at heights that differ by up to this much, in points, are at the same place.
const SAME_PLACE: f32 = 6.0;

/// A page number stands in the outer part of the page, as a share of its height.
const EDGE: f32 = 0.13;

/// Takes the furniture off all pages.
pub fn remove(pages: &mut [PrintedPage]) {
    let places = places(pages);
    let needed = needed(pages.len());
    for (index, page) in pages.iter_mut().enumerate() {
        let height = page.height;
        page.lines.retain(|line| {
            let text = clean::squeeze(&line.text);
            let number = at_edge(line, height) && PAGE_NUMBER.is_match(&text);
            !number && !clean::is_furniture(&text) && !returns(&places, &text, line, needed)
        });
        unglue(page, index + 1);
    }
}

/// Pages on which a line must stand: three in five, and at least two.
const fn needed(pages: usize) -> usize {
    let most = (pages * 3).div_ceil(5);
    if most < 2 { 2 } else { most }
}

/// For each text and place, the pages on which it stands.
type Places = HashMap<(String, i64), HashSet<usize>>;

fn places(pages: &[PrintedPage]) -> Places {
    let mut places = Places::new();
    for (index, page) in pages.iter().enumerate() {
        // On two pages a line may return by chance; at the edge it does not.
        let may = |line: &&PrintedLine| pages.len() > 2 || near_edge(line, page.height);
        for line in page.lines.iter().filter(may) {
            let text = clean::squeeze(&line.text);
            places.entry((clean::key(&text).to_owned(), place(line))).or_default().insert(index);
        }
    }
    places
}

fn place(line: &PrintedLine) -> i64 {
    (line.y / SAME_PLACE) as i64
}

fn returns(places: &Places, text: &str, line: &PrintedLine, needed: usize) -> bool {
    let at = |place: i64| places.get(&(clean::key(text).to_owned(), place));
    let pages: HashSet<&usize> =
        (-1..=1).filter_map(|step| at(place(line).saturating_add(step))).flatten().collect();
    pages.len() >= needed
}

fn at_edge(line: &PrintedLine, height: f32) -> bool {
    line.y < height * EDGE || line.y > height * (1.0 - EDGE)
}

fn near_edge(line: &PrintedLine, height: f32) -> bool {
    line.y < height * 0.2 || line.y > height * 0.8
}

/// Some text layers glue the page's number to its first or last word: "1advised".
fn unglue(page: &mut PrintedPage, number: usize) {
    let last = page.lines.len().saturating_sub(1);
    for (index, line) in page.lines.iter_mut().enumerate() {
        let rest = [number, number.saturating_sub(1)]
            .into_iter()
            .filter(|_| index == 0 || index == last)
            .find_map(|number| line.text.trim_start().strip_prefix(&number.to_string()));
        if let Some(rest) = rest.filter(|rest| rest.starts_with(char::is_lowercase))
            && !["st", "nd", "rd", "th"].iter().any(|ending| rest.starts_with(ending))
        {
            line.text = rest.to_owned();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(lines: &[(&str, f32)]) -> PrintedPage {
        let line = |(text, y): &(&str, f32)| PrintedLine {
            text: (*text).to_owned(),
            x: 72.0,
            y: *y,
            size: 11.0,
            bold: false,
        };
        PrintedPage { height: 842.0, lines: lines.iter().map(line).collect() }
    }

    fn left(mut pages: Vec<PrintedPage>) -> Vec<Vec<String>> {
        remove(&mut pages);
        let texts = |page: PrintedPage| page.lines.into_iter().map(|line| line.text).collect();
        pages.into_iter().map(texts).collect()
    }

    #[test]
    fn what_returns_at_its_place_goes_and_what_stands_once_stays() {
        let one = |n: &str, body: &'static str| {
            let foot = format!("For Public Release {n}");
            let mut page = page(&[("ico.org.uk", 60.0), (body, 300.0), ("", 800.0)]);
            page.lines[2].text = foot;
            page
        };
        let pages = vec![one("1", "First."), one("2", "Second."), one("3", "For Public Release 4")];
        assert_eq!(left(pages), [vec!["First."], vec!["Second."], vec!["For Public Release 4"]]);
    }

    #[test]
    fn page_numbers_go_alone_or_glued() {
        let pages = vec![
            page(&[("3 cases were found in", 400.0), ("Page 1 of 2", 800.0)]),
            page(&[("2advised. 14", 80.0), ("1st", 400.0), ("- 2 -", 810.0)]),
        ];
        assert_eq!(left(pages), [vec!["3 cases were found in"], vec!["advised. 14", "1st"]]);
    }
}
