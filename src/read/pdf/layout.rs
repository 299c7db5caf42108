//! Runs of text at their places to lines in reading order, column by column.

use super::page::{PrintedLine, raised};

/// A run of text on one baseline, in points from the top left corner of the page.
#[derive(Debug, Clone, PartialEq)]
pub struct Run {
    pub text: String,
    pub x0: f32,
    pub x1: f32,
    /// Baseline.
    pub y: f32,
    pub size: f32,
    pub bold: bool,
}

/// Baselines that differ by less than this part of the size are one line.
const SAME_LINE: f32 = 0.45;

/// A gap wider than this part of the size parts words: justified lines shrink blanks to a sixth.
const WORD_GAP: f32 = 0.15;

/// A gap of this many sizes is more than a blank; columns are at least so far apart.
const WIDE_GAP: f32 = 1.2;

/// A blank is about this part of the size wide.
const BLANK: f32 = 0.26;

/// Columns have at least this many lines side by side.
const COLUMN_LINES: usize = 4;

/// The lines of a column fill on average at least this part of its width; cells of a table do not.
const COLUMN_FILL: f32 = 0.55;

/// A piece of a line without a wide gap.
struct Piece {
    runs: Vec<Run>,
    row: usize,
    x0: f32,
    x1: f32,
}

/// The lines of a page in reading order.
pub fn lines(runs: Vec<Run>) -> Vec<PrintedLine> {
    let pieces = pieces(runs);
    in_columns(pieces, 0).into_iter().map(line).collect()
}

/// Groups runs by baseline, from top to bottom, and parts each group at wide gaps.
fn pieces(mut runs: Vec<Run>) -> Vec<Piece> {
    runs.sort_by(|a, b| a.y.total_cmp(&b.y).then(a.x0.total_cmp(&b.x0)));
    let mut rows: Vec<Vec<Run>> = Vec::new();
    for run in runs {
        let fits = |row: &Vec<Run>| {
            let anchor = row.iter().max_by(|a, b| a.size.total_cmp(&b.size));
            anchor.is_some_and(|a| (a.y - run.y).abs() < SAME_LINE * a.size.max(run.size))
        };
        match rows.last_mut().filter(|row| fits(row)) {
            Some(row) => row.push(run),
            None => rows.push(vec![run]),
        }
    }
    rows.into_iter().enumerate().flat_map(|(number, row)| parted(row, number)).collect()
}

fn parted(mut row: Vec<Run>, number: usize) -> Vec<Piece> {
    row.sort_by(|a, b| a.x0.total_cmp(&b.x0));
    let mut pieces: Vec<Piece> = Vec::new();
    for run in row {
        match pieces.last_mut() {
            Some(piece) if run.x0 - piece.x1 < WIDE_GAP * run.size => {
                piece.x1 = piece.x1.max(run.x1);
                piece.runs.push(run);
            }
            _ => pieces.push(Piece { x0: run.x0, x1: run.x1, runs: vec![run], row: number }),
        }
    }
    pieces
}

/// Pieces put together to lines, each column whole before the next. Pieces that run over the gap
/// between columns part what stands above them from what stands below.
fn in_columns(pieces: Vec<Piece>, depth: usize) -> Vec<Vec<Run>> {
    let Some(middle) = gutter(&pieces).filter(|_| depth < 2) else { return whole_rows(pieces) };
    let mut ordered = Vec::new();
    for band in bands(pieces, middle) {
        match band {
            Band::Across(pieces) => ordered.extend(whole_rows(pieces)),
            Band::Columns(left, right) => {
                ordered.extend(in_columns(left, depth + 1));
                ordered.extend(in_columns(right, depth + 1));
            }
        }
    }
    ordered
}

fn whole_rows(pieces: Vec<Piece>) -> Vec<Vec<Run>> {
    let mut rows: Vec<(usize, Vec<Run>)> = Vec::new();
    for piece in pieces {
        match rows.last_mut().filter(|(number, _)| *number == piece.row) {
            Some((_, row)) => row.extend(piece.runs),
            None => rows.push((piece.row, piece.runs)),
        }
    }
    rows.into_iter().map(|(_, row)| row).collect()
}

enum Band {
    Across(Vec<Piece>),
    Columns(Vec<Piece>, Vec<Piece>),
}

/// Cuts a page into what runs over the middle and what stands left and right of it.
fn bands(pieces: Vec<Piece>, middle: f32) -> Vec<Band> {
    let crossing: Vec<usize> =
        pieces.iter().filter(|p| p.x0 < middle && middle < p.x1).map(|p| p.row).collect();
    let mut bands: Vec<Band> = Vec::new();
    for piece in pieces {
        if crossing.contains(&piece.row) {
            match bands.last_mut() {
                Some(Band::Across(across)) => across.push(piece),
                _ => bands.push(Band::Across(vec![piece])),
            }
            continue;
        }
        if !matches!(bands.last(), Some(Band::Columns(..))) {
            bands.push(Band::Columns(Vec::new(), Vec::new()));
        }
        if let Some(Band::Columns(left, right)) = bands.last_mut() {
            if piece.x1 <= middle { left.push(piece) } else { right.push(piece) }
        }
    }
    bands
}

/// The middle of the gap between two columns, if there are two.
fn gutter(pieces: &[Piece]) -> Option<f32> {
    let left = pieces.iter().map(|p| p.x0).reduce(f32::min)?;
    let right = pieces.iter().map(|p| p.x1).reduce(f32::max)?;
    let steps = (20..=80).map(|percent| (right - left).mul_add(percent as f32 / 100.0, left));
    let scored = steps.map(|x| (side_by_side(pieces, x, left, right), x));
    let best = scored.clone().map(|(score, _)| score).max().filter(|s| *s >= COLUMN_LINES)?;
    // The gap is as wide as the steps that score alike; its middle is the safest place to cut.
    let alike: Vec<f32> = scored.filter(|(score, _)| *score == best).map(|(_, x)| x).collect();
    alike.get(alike.len() / 2).copied()
}

/// How many lines stand on the emptier side of `x`, where both sides look like columns.
fn side_by_side(pieces: &[Piece], x: f32, left: f32, right: f32) -> usize {
    let crossing: Vec<usize> =
        pieces.iter().filter(|p| p.x0 < x && x < p.x1).map(|p| p.row).collect();
    if crossing.len() * 2 > pieces.len() {
        return 0;
    }
    let free = || pieces.iter().filter(|p| crossing.binary_search(&p.row).is_err());
    let side = |is_left: bool| {
        let width = if is_left { x - left } else { right - x };
        let (lines, filled) = free()
            .filter(|p| (p.x1 <= x) == is_left)
            .fold((0usize, 0.0), |(lines, filled), p| (lines + 1, filled + (p.x1 - p.x0) / width));
        if lines > 0 && filled / lines as f32 >= COLUMN_FILL { lines } else { 0 }
    };
    side(true).min(side(false))
}

fn line(mut runs: Vec<Run>) -> PrintedLine {
    runs.sort_by(|a, b| a.x0.total_cmp(&b.x0));
    let size = runs.iter().map(|run| run.size).fold(0.0, f32::max);
    let y = runs.iter().filter(|run| run.size >= size).map(|run| run.y).fold(0.0, f32::max);
    let letters = |bold: bool| -> usize {
        runs.iter().filter(|run| run.bold == bold).map(|run| run.text.trim().len()).sum()
    };
    let bold = letters(true) > letters(false);
    let x = runs.first().map_or(0.0, |run| run.x0);
    let usual = usual_gap(&runs);
    let mut text = String::new();
    let mut previous: Option<&Run> = None;
    for run in &runs {
        if previous.is_some_and(|p| p.text == run.text && (p.x0 - run.x0).abs() < 0.2 * run.size) {
            continue;
        }
        if let Some(previous) = previous {
            text.push_str(&blanks(run.x0 - previous.x1, usual, previous, run));
        }
        let is_note = run.size < 0.8 * size && y - run.y > 0.15 * size;
        let digits = run.text.trim();
        if is_note && !digits.is_empty() && digits.chars().all(|c| c.is_ascii_digit()) {
            text.push_str(&raised(digits));
        } else {
            text.push_str(&run.text);
        }
        previous = Some(run);
    }
    PrintedLine { text, x, y, size: body_size(&runs), bold }
}

/// The middle one of the gaps between words; justified lines can have wide ones.
fn usual_gap(runs: &[Run]) -> f32 {
    let gaps = runs.windows(2).map(|pair| pair[1].x0 - pair[0].x1);
    let mut gaps: Vec<f32> = gaps.filter(|gap| *gap > WORD_GAP * runs[0].size).collect();
    gaps.sort_by(f32::total_cmp);
    gaps.get(gaps.len() / 2).copied().filter(|_| gaps.len() > 2).unwrap_or(0.0)
}

/// The blanks that a gap stands for.
fn blanks(gap: f32, usual: f32, before: &Run, after: &Run) -> String {
    let size = before.size.max(after.size);
    let spaced = before.text.ends_with(' ') || after.text.starts_with(' ');
    if gap >= WIDE_GAP * size && gap > 2.5 * usual {
        return " ".repeat(((gap / (BLANK * size)) as usize).min(200));
    }
    if gap > WORD_GAP * size && !spaced { " ".to_owned() } else { String::new() }
}

/// The size in which most letters are set.
fn body_size(runs: &[Run]) -> f32 {
    let letters = |size: f32| -> usize {
        runs.iter().filter(|r| (r.size - size).abs() < 0.1).map(|r| r.text.trim().len()).sum()
    };
    let sizes = runs.iter().map(|run| run.size);
    sizes.max_by_key(|size| letters(*size)).unwrap_or(0.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn run(text: &str, x0: f32, y: f32) -> Run {
        let x1 = 5.0f32.mul_add(text.chars().count() as f32, x0);
        Run { text: text.to_owned(), x0, x1, y, size: 10.0, bold: false }
    }

    fn texts(runs: Vec<Run>) -> Vec<String> {
        lines(runs).into_iter().map(|line| line.text).collect()
    }

    #[test]
    fn columns_are_read_one_after_the_other_under_a_heading_over_both() {
        let mut runs =
            vec![run("A heading that runs over both of the two columns of it", 100.0, 20.0)];
        for row in 0..6u8 {
            let y = 14.0f32.mul_add(f32::from(row), 40.0);
            runs.push(run(&format!("left column, its line {row}"), 50.0, y));
            runs.push(run(&format!("right column, its line {row}"), 250.0, y + 3.0));
        }
        let texts = texts(runs);
        assert!(texts[0].starts_with("A heading"));
        assert!(texts[1..7].iter().all(|line| line.starts_with("left")), "{texts:?}");
        assert!(texts[7..].iter().all(|line| line.starts_with("right")), "{texts:?}");
    }

    #[test]
    fn words_are_parted_by_gaps_and_wide_gaps_stay_wide() {
        let runs = vec![run("held", 50.0, 20.0), run("at", 73.0, 20.0), run("last", 140.0, 20.0)];
        assert_eq!(texts(runs), [format!("held at{}last", " ".repeat(21))]);
    }

    #[test]
    fn raised_numbers_are_superscripts() {
        let mut note = run("3", 70.0, 16.0);
        note.size = 6.0;
        assert_eq!(texts(vec![run("data", 50.0, 20.0), note]), ["data³"]);
    }
}
