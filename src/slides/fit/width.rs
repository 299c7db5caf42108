//! How wide text is, estimated on the side of caution from the widths of Arial.

/// Widths of the printable ASCII characters in thousandths of the size of the letters.
#[rustfmt::skip]
const ASCII: [u32; 95] = [
    278, 278, 355, 556, 556, 889, 667, 191, 333, 333, 389, 584, 278, 333, 278, 278, // space to /
    556, 556, 556, 556, 556, 556, 556, 556, 556, 556, 278, 278, 584, 584, 584, 556, // 0 to ?
    1015, 667, 667, 722, 722, 667, 611, 778, 722, 278, 500, 667, 556, 833, 722, 778, // @ to O
    667, 778, 722, 667, 611, 722, 667, 944, 667, 667, 611, 278, 278, 278, 469, 556, // P to _
    333, 556, 556, 500, 556, 556, 278, 556, 556, 222, 222, 500, 222, 833, 556, 556, // ` to o
    556, 556, 333, 500, 278, 556, 500, 722, 500, 500, 500, 334, 260, 334, 584,      // p to ~
];

/// Fonts that stand in for Arial are a little wider.
const CAUTION: f64 = 1.04;
/// Bold letters are wider.
const BOLD: f64 = 1.09;

/// The width of a character in letters of one point.
pub fn of_char(c: char, bold: bool) -> f64 {
    let thousandths = match c {
        ' '..='~' => ASCII[c as usize - ' ' as usize],
        '‘' | '’' | '·' => 333,
        '“' | '”' => 500,
        '\u{a0}' => 278,
        '£' | '–' | 'à'..='ÿ' => 611,
        _ => 1000,
    };
    f64::from(thousandths) / 1000.0 * CAUTION * if bold { BOLD } else { 1.0 }
}

/// Where the lines of a text begin if they may be so wide, in letters of one point. Blanks at the end of
/// a line take no room; a word wider than a line is broken.
pub fn lines(characters: impl Iterator<Item = (usize, char, bool)>, width: f64) -> Vec<usize> {
    let mut starts = vec![0];
    let (mut used, mut word, mut word_start) = (0.0, 0.0, 0);
    for (at, c, bold) in characters {
        let wide = of_char(c, bold);
        if c == '\n' {
            starts.push(at + 1);
            (used, word, word_start) = (0.0, 0.0, at + 1);
            continue;
        }
        used += wide;
        if c == ' ' {
            (word, word_start) = (0.0, at + 1);
            continue;
        }
        word += wide;
        if used > width {
            let line = starts.last().copied().unwrap_or_default();
            let begin = if word_start > line { word_start } else { at };
            used = if begin == at { wide } else { word };
            word = used;
            word_start = begin;
            starts.push(begin);
            if used > width && begin != at {
                (used, word, word_start) = (wide, wide, at);
                starts.push(at);
            }
        }
    }
    starts
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn broken(text: &str, width: f64) -> Vec<&str> {
        let starts = lines(text.char_indices().map(|(at, c)| (at, c, false)), width);
        let ends = starts.iter().skip(1).copied().chain([text.len()]);
        starts.iter().zip(ends).map(|(start, end)| &text[*start..end]).collect()
    }

    #[test]
    fn lines_break_at_blanks_and_long_words_anywhere() {
        assert_eq!(broken("the school did not ask", 6.0), ["the school ", "did not ask"]);
        assert_eq!(broken("mmmmmm", 3.0), ["mmm", "mmm"]);
    }

    proptest! {
        #[test]
        fn no_line_is_wider_than_allowed(text in "[a-zA-Z ,.‘£—]{0,200}", width in 2.0..40.0f64) {
            let cut = broken(&text, width);
            prop_assert_eq!(cut.concat(), text.clone());
            for line in cut {
                let wide: f64 = line.trim_end().chars().map(|c| of_char(c, false)).sum();
                prop_assert!(wide <= width + 1e-9, "{line:?} {wide}");
            }
        }
    }
}
