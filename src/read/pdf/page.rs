//! A page as it is printed: lines of text at their places, in reading order.

use serde::{Deserialize, Serialize};

/// One page. Lengths are in points, measured from the top left corner of the page as it is read.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PrintedPage {
    /// Height of the page.
    pub height: f32,
    /// Its lines in reading order.
    pub lines: Vec<PrintedLine>,
}

/// One line of one column.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct PrintedLine {
    /// Its words. A wide gap is a run of blanks, a raised number is written in superscript digits,
    /// and what is blacked out is replaced by [`GAP`](crate::read::clean::GAP).
    pub text: String,
    /// Left edge.
    pub x: f32,
    /// Baseline.
    pub y: f32,
    /// Size of its type.
    pub size: f32,
    /// Whether most of it is bold.
    pub bold: bool,
}

/// Letters and digits in the order of 0 to 9.
const SUPERSCRIPTS: [char; 10] = ['⁰', '¹', '²', '³', '⁴', '⁵', '⁶', '⁷', '⁸', '⁹'];

/// "12" becomes "¹²".
pub fn raised(digits: &str) -> String {
    let index = |c: char| c.to_digit(10).and_then(|digit| SUPERSCRIPTS.get(digit as usize));
    digits.chars().filter_map(index).collect()
}

/// The number that a run of superscript digits stands for, at the beginning of a text, and the rest.
pub fn leading_raised(text: &str) -> Option<(u32, &str)> {
    let digit = |c: char| SUPERSCRIPTS.iter().position(|s| *s == c);
    let end = text.find(|c| digit(c).is_none()).unwrap_or(text.len());
    let digits: String = text[..end].chars().filter_map(digit).map(|d| d.to_string()).collect();
    Some((digits.parse().ok()?, &text[end..]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn raised_numbers_are_read_back() {
        assert_eq!(raised("12"), "¹²");
        assert_eq!(leading_raised("¹² See"), Some((12, " See")));
        assert_eq!(leading_raised("See"), None);
    }
}
