//! A deck as Markdown that Marp and Pandoc make slides of.

use std::fmt::Write as _;

use super::deck::{Body, Deck, Paragraph, Run, Slide, Table};

/// The deck as Markdown: slides parted by `---`, speaker notes as comments.
#[must_use]
pub fn markdown(deck: &Deck) -> String {
    let title = deck.title.replace('\\', "\\\\").replace('"', "\\\"");
    let mut text = format!(
        "---\nmarp: true\nlang: en-GB\nsize: 16:9\npaginate: true\ntitle: \"{title}\"\n---\n\n"
    );
    let slides: Vec<String> = deck.slides.iter().map(slide).collect();
    text.push_str(&slides.join("\n---\n\n"));
    text
}

fn slide(slide: &Slide) -> String {
    let mut text = match slide.body {
        Body::Opening(_) => format!("# {}\n\n", escaped(&slide.title)),
        _ => format!("## {}\n\n", escaped(&slide.title)),
    };
    match &slide.body {
        Body::Opening(paragraphs) | Body::Text(paragraphs) => push(&mut text, paragraphs, ""),
        Body::Quote { quote, below } => {
            push(&mut text, quote, "> ");
            push(&mut text, below, "");
        }
        Body::Table { lead, table } => {
            push(&mut text, lead, "");
            push_table(&mut text, table);
        }
        Body::Chart { lead, chart } => {
            push(&mut text, lead, "");
            push_table(&mut text, &chart.table());
        }
    }
    let notes: Vec<String> =
        slide.notes.iter().map(|note| note.text().replace("--", "- -")).collect();
    if !notes.is_empty() {
        // Nothing here can end the comment: no two hyphens stand together.
        let _ = writeln!(text, "<!--\n{}\n-->", notes.join("\n\n"));
    }
    text
}

fn push(text: &mut String, paragraphs: &[Paragraph], mark: &str) {
    for (place, paragraph) in paragraphs.iter().enumerate() {
        let bullet = if paragraph.bullet { "- " } else { "" };
        let next = paragraphs.get(place + 1);
        let joined = next.is_some_and(|next| next.bullet && paragraph.bullet);
        let end = match (joined, next) {
            (true, _) => "",
            (false, Some(_)) if !mark.is_empty() => mark.trim_end(),
            _ => "",
        };
        let _ = write!(text, "{mark}{bullet}{}\n{end}", runs(paragraph));
        if !joined {
            text.push('\n');
        }
    }
}

fn push_table(text: &mut String, table: &Table) {
    let header: Vec<String> = table.header.iter().map(|name| cell(&escaped(name))).collect();
    let _ = writeln!(text, "| {} |", header.join(" | "));
    let _ = writeln!(text, "|{}", "---|".repeat(table.header.len()));
    for row in &table.rows {
        let cells: Vec<String> = row.iter().map(|paragraph| cell(&runs(paragraph))).collect();
        let _ = writeln!(text, "| {} |", cells.join(" | "));
    }
    text.push('\n');
}

fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}

fn runs(paragraph: &Paragraph) -> String {
    paragraph.runs.iter().map(run).collect()
}

fn run(run: &Run) -> String {
    let text = escaped(&run.text);
    let text = match text.trim() {
        "" => text,
        inner if run.bold => text.replacen(inner, &format!("**{inner}**"), 1),
        _ => text,
    };
    match &run.link {
        Some(address) => format!("[{text}](<{}>)", address.replace(['<', '>', '\n'], "")),
        None => text,
    }
}

/// Text in which nothing is markup.
fn escaped(text: &str) -> String {
    let mut escaped = String::with_capacity(text.len());
    for (at, c) in text.char_indices() {
        let is_markup =
            matches!(c, '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '#' | '~' | '&');
        let begins_list = at == 0 && matches!(c, '-' | '+');
        if is_markup || begins_list {
            escaped.push('\\');
        }
        escaped.push_str(&if c == '\n' { "<br>".to_owned() } else { c.to_string() });
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nothing_a_case_says_is_markup() {
        assert_eq!(escaped("- *a* <b> [c](d)"), "\\- \\*a\\* \\<b\\> \\[c\\](d)");
        assert_eq!(cell("a|b"), "a\\|b");
    }
}
