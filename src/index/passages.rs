//! A case's text cut into passages, the pieces that snippets are taken from.

/// Paragraphs are joined up to so many bytes.
const LENGTH: usize = 600;

/// What is shorter is a heading or the like, which stays with what follows.
const HEADING: usize = 80;

/// Pieces of the text of about [`LENGTH`] bytes, cut between paragraphs or sentences.
pub fn passages(text: &str) -> Vec<String> {
    let mut passages: Vec<String> = Vec::new();
    let mut open = String::new();
    for piece in text.split("\n\n").flat_map(pieces) {
        if open.len() > HEADING && open.len() + piece.len() > LENGTH {
            passages.push(std::mem::take(&mut open));
        }
        if !open.is_empty() {
            open.push('\n');
        }
        open.push_str(piece);
    }
    if !open.trim().is_empty() {
        passages.push(open);
    }
    passages
}

/// A paragraph, or its sentences by the handful where it is long.
fn pieces(paragraph: &str) -> Vec<&str> {
    let mut pieces = Vec::new();
    let mut rest = paragraph.trim();
    while rest.len() > LENGTH {
        let mut end = LENGTH;
        while !rest.is_char_boundary(end) {
            end -= 1;
        }
        let sentence = rest[..end].rfind(". ").map(|at| at + 1);
        let cut = sentence.or_else(|| rest[..end].rfind(' ')).filter(|at| *at > 0).unwrap_or(end);
        pieces.push(rest[..cut].trim());
        rest = rest[cut..].trim_start();
    }
    pieces.push(rest);
    pieces.retain(|piece| !piece.is_empty());
    pieces
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_is_lost_and_no_passage_is_much_too_long() {
        let sentence = "The council sent the letter to the wrong address. ";
        let text = format!("Title\n\n{}\n\nÉnd{}", sentence.repeat(40), "é".repeat(900));
        let passages = passages(&text);
        assert!(passages.iter().all(|passage| passage.len() <= LENGTH + HEADING), "{passages:?}");
        let letters = |text: &str| text.chars().filter(|c| !c.is_whitespace()).count();
        assert_eq!(passages.iter().map(|p| letters(p)).sum::<usize>(), letters(&text));
        assert!(passages[0].starts_with("Title\nThe council"));
    }

    #[test]
    fn an_empty_text_has_none() {
        assert!(passages("").is_empty() && passages(" \n\n ").is_empty());
    }
}
