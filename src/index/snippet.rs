//! Passages as snippets.

use tantivy::snippet::{Snippet, SnippetGenerator};

/// Characters in a snippet.
pub const LENGTH: usize = 220;

/// The piece of a passage with most of the words, as HTML, these in `<mark>`; its start where it has
/// none of them.
pub fn marked(generator: Option<&SnippetGenerator>, passage: &str) -> String {
    let snippet = generator.map(|generator| generator.snippet(passage));
    let html = match snippet {
        Some(mut snippet) if !snippet.is_empty() => html(&mut snippet),
        _ => escaped(&start(passage)),
    };
    html.split_whitespace().collect::<Vec<_>>().join(" ")
}

fn html(snippet: &mut Snippet) -> String {
    snippet.set_snippet_prefix_postfix("<mark>", "</mark>");
    snippet.to_html()
}

/// The first words of a text.
pub fn start(text: &str) -> String {
    let start: String = text.chars().take(LENGTH).collect();
    let end = if start.len() < text.len() {
        start.rfind(' ').unwrap_or(start.len())
    } else {
        start.len()
    };
    start[..end].to_owned()
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_without_the_words_is_shown_from_its_start_and_escaped() {
        assert_eq!(marked(None, "a <b>\n & c"), "a &lt;b&gt; &amp; c");
        assert!(marked(None, &"word ".repeat(100)).len() <= LENGTH);
    }
}
