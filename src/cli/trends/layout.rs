//! Cells in columns that fit the screen.

use std::{
    collections::HashSet,
    io::{self, Write},
};

use crate::cli::output;
use textwrap::{Options, WordSeparator, WordSplitter, core::display_width};

/// A table as it is printed.
pub struct Layout {
    /// Its columns.
    pub columns: Vec<Column>,
    /// The cells of every row.
    pub rows: Vec<Vec<String>>,
    /// How many columns, from the first, name the row.
    pub labels: usize,
}

/// The head of a column.
pub struct Column {
    /// Its title.
    pub title: String,
    /// What its cells are.
    pub cells: Cells,
}

/// How cells stand in their column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cells {
    /// At the left; they may wrap at blanks and hyphens.
    Text,
    /// At the left, in one line.
    Line,
    /// At the right, in one line.
    Number,
}

/// Blanks between columns.
const GAP: usize = 2;

/// How far rows stand in under the line of their first label.
const INDENT: usize = 2;

impl Layout {
    /// Prints it in at most `room` columns, if that can be. What repeats is left out. Where rows are too
    /// wide, the first label stands above those that share it, texts for which no room is left stand
    /// below, and the others wrap.
    pub fn print(mut self, out: &mut dyn Write, room: usize) -> io::Result<()> {
        let headings = self.without_repeats();
        let mut widths = self.natural();
        let apart = headings.filter(|_| total(&widths) > room);
        if apart.is_some() {
            widths.remove(0);
            self.columns.remove(0);
            self.rows.iter_mut().for_each(|row| drop(row.remove(0)));
            widths[0] += INDENT;
        }
        let below = self.below(&mut widths, room);
        self.shrink(&mut widths, room);
        self.write(out, &widths, apart.as_deref(), &below)
    }

    /// Takes out lists, and then the last texts, until the rest can fit; they stand below their rows.
    fn below(&mut self, widths: &mut Vec<usize>, room: usize) -> Vec<(Column, Vec<String>)> {
        let mut below = Vec::new();
        while total(widths) > room {
            let lists = (1..widths.len()).rfind(|place| self.is_list(*place));
            let texts =
                || (1..widths.len()).rfind(|place| self.columns[*place].cells == Cells::Text);
            let must = total(&self.least()) > room;
            let Some(place) = lists.or_else(|| texts().filter(|_| must)) else { break };
            widths.remove(place);
            let cells = self.rows.iter_mut().map(|row| row.remove(place)).collect();
            below.insert(0, (self.columns.remove(place), cells));
        }
        below
    }

    fn is_list(&self, column: usize) -> bool {
        self.rows.iter().any(|row| row[column].contains("; "))
    }

    /// The least width of each column.
    fn least(&self) -> Vec<usize> {
        let width = |(place, column): (usize, &Column)| {
            let cell = |row: &Vec<String>| match column.cells {
                Cells::Text => longest(&row[place], WordSplitter::HyphenSplitter),
                Cells::Line | Cells::Number => display_width(&row[place]),
            };
            let title = longest(&column.title, WordSplitter::NoHyphenation);
            self.rows.iter().map(cell).chain([title]).max().unwrap_or(0)
        };
        self.columns.iter().enumerate().map(width).collect()
    }

    /// Leaves out labels that are those of the row before, where rows with the same first label stand
    /// together; gives the first labels, where they are left out.
    fn without_repeats(&mut self) -> Option<Vec<String>> {
        let firsts: Vec<String> = self.rows.iter().map(|row| row[0].clone()).collect();
        let mut runs = firsts.clone();
        runs.dedup();
        let different: HashSet<&String> = runs.iter().collect();
        if self.labels == 0 || runs.len() == firsts.len() || different.len() < runs.len() {
            return None;
        }
        for place in (1..self.rows.len()).rev() {
            let (before, row) = self.rows.split_at_mut(place);
            let Some((last, row)) = before.last().zip(row.first_mut()) else { continue };
            let same = last.iter().zip(row.iter()).take(self.labels).take_while(|(a, b)| a == b);
            let same = same.count();
            row[..same].iter_mut().for_each(String::clear);
        }
        Some(firsts).filter(|_| self.columns.len() > self.labels.min(2))
    }

    /// The width that each column takes without wrapping its cells.
    fn natural(&self) -> Vec<usize> {
        let width = |(place, column): (usize, &Column)| {
            let cells = self.rows.iter().map(|row| display_width(&row[place]));
            cells.chain([longest(&column.title, WordSplitter::NoHyphenation)]).max().unwrap_or(0)
        };
        self.columns.iter().enumerate().map(width).collect()
    }

    /// Narrows texts, the widest first, until the table fits or every word stands alone.
    fn shrink(&self, widths: &mut [usize], room: usize) {
        let least = self.least();
        let can_shrink = |widths: &[usize], place: usize| {
            self.columns[place].cells == Cells::Text && widths[place] > least[place]
        };
        while total(widths) > room {
            let places = (0..widths.len()).filter(|place| can_shrink(widths, *place));
            let Some(widest) = places.max_by_key(|place| widths[*place]) else { return };
            widths[widest] -= 1;
        }
    }

    fn write(
        &self,
        out: &mut dyn Write,
        widths: &[usize],
        headings: Option<&[String]>,
        below: &[(Column, Vec<String>)],
    ) -> io::Result<()> {
        let rule = |line: &str| line.repeat(total(widths));
        let indent = if headings.is_some() { INDENT } else { 0 };
        writeln!(out, "{}", rule("─"))?;
        let titles: Vec<&str> = self.columns.iter().map(|column| column.title.as_str()).collect();
        self.write_row(out, widths, &titles, WordSplitter::NoHyphenation, indent)?;
        writeln!(out, "{}", rule("═"))?;
        for (place, row) in self.rows.iter().enumerate() {
            if let Some(headings) = headings
                && (place == 0 || headings[place] != headings[place - 1])
            {
                writeln!(out, "{}", headings[place])?;
            }
            let cells: Vec<&str> = row.iter().map(String::as_str).collect();
            self.write_row(out, widths, &cells, WordSplitter::HyphenSplitter, indent)?;
            for (column, texts) in below.iter().filter(|(_, texts)| !texts[place].is_empty()) {
                let first = format!("{}{}: ", " ".repeat(INDENT), column.title);
                let others = " ".repeat(2 * INDENT);
                output::wrapped(out, &texts[place], &first, &others, total(widths))?;
            }
        }
        writeln!(out, "{}", rule("─"))
    }

    /// The lines of one row; the first column stands in by `indent`.
    fn write_row(
        &self,
        out: &mut dyn Write,
        widths: &[usize],
        cells: &[&str],
        splitter: WordSplitter,
        indent: usize,
    ) -> io::Result<()> {
        let indent = |place: usize| if place == 0 { indent } else { 0 };
        let wrapped: Vec<Vec<String>> = cells
            .iter()
            .enumerate()
            .map(|(place, cell)| wrapped(cell, widths[place] - indent(place), splitter.clone()))
            .collect();
        let height = wrapped.iter().map(Vec::len).max().unwrap_or_default();
        for line in 0..height {
            let mut text = String::new();
            for (place, lines) in wrapped.iter().enumerate() {
                let cell = lines.get(line).map_or("", String::as_str);
                let cell = format!("{}{cell}", " ".repeat(indent(place)));
                let blanks = " ".repeat(widths[place].saturating_sub(display_width(&cell)));
                text += &if self.columns[place].cells == Cells::Number {
                    blanks + &cell
                } else {
                    cell + &blanks
                };
                text += &" ".repeat(GAP);
            }
            writeln!(out, "{}", text.trim_end())?;
        }
        Ok(())
    }
}

/// The width of a table.
fn total(widths: &[usize]) -> usize {
    widths.iter().sum::<usize>() + GAP * widths.len().saturating_sub(1)
}

fn wrapped(text: &str, width: usize, splitter: WordSplitter) -> Vec<String> {
    let options = Options::new(width)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(splitter)
        .break_words(false);
    textwrap::wrap(text, options).into_iter().map(|line| line.into_owned()).collect()
}

/// The width of the longest part that no wrapping breaks.
fn longest(text: &str, splitter: WordSplitter) -> usize {
    let parts = wrapped(text, 1, splitter);
    parts.iter().map(|part| display_width(part)).max().unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(room: usize) -> String {
        let column = |title: &str, cells| Column { title: title.to_owned(), cells };
        let rows = [
            ["late-access-response", "public", "reprimand", "9 of 10"],
            ["late-access-response", "public", "warning", "1 of 10"],
            ["no-encryption", "public", "enforcement-notice", "2 of 2"],
        ];
        let layout = Layout {
            columns: vec![
                column("category", Cells::Text),
                column("bodies", Cells::Text),
                column("action", Cells::Text),
                column("cases", Cells::Number),
            ],
            rows: rows.map(|row| row.map(str::to_owned).to_vec()).to_vec(),
            labels: 3,
        };
        let mut out = Vec::new();
        layout.print(&mut out, room).expect("memory");
        String::from_utf8(out).expect("UTF-8")
    }

    #[test]
    fn labels_are_not_repeated() {
        insta::assert_snapshot!(printed(80));
    }

    #[test]
    fn a_table_that_is_too_wide_has_its_first_label_above_and_wraps_at_hyphens() {
        insta::assert_snapshot!(printed(35));
    }
}
