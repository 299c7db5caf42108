//! A handout of one case: HTML that prints on one page of A4, from the same outline as the slides.

use super::{
    deck::{Body, Deck, Paragraph, Run, Slide},
    outline::{LEARNED, QUESTIONS, SOURCES},
};

const STYLE: &str = "@page{size:A4;margin:12mm}body{font:9.5pt/1.25 Arial,sans-serif;color:#1b1b1b;margin:0}\
    h1{font-size:15pt;color:#1f2a44;margin:0}h2{font-size:10pt;color:#1f2a44;margin:6pt 0 2pt;\
    border-top:1pt solid #1d70b8;padding-top:2pt}p,ul,dl{margin:2pt 0}ul{padding-left:11pt}\
    dt{font-weight:bold;float:left;clear:left;width:30mm}dd{margin:0 0 1pt 30mm}\
    .columns{columns:2;column-gap:7mm}a{color:#0b5394}\
    @media screen{body{max-width:186mm;margin:12mm auto;font-size:11pt}}";

/// The deck of one case as a page of HTML.
#[must_use]
pub fn handout(deck: &Deck) -> String {
    let mut body = String::new();
    for slide in &deck.slides {
        if let Body::Opening(text) = &slide.body {
            body.push_str(&format!("<h1>{}</h1>{}", escaped(&slide.title), blocks(text)));
        }
    }
    if let Some(Body::Table { table, .. }) = deck.slides.get(1).map(|slide| &slide.body) {
        let row = |row: &Vec<Paragraph>| match &row[..] {
            [fact, value] => format!("<dt>{}</dt><dd>{}</dd>", escaped(&fact.text()), runs(value)),
            _ => String::new(),
        };
        let rows: String = table.rows.iter().map(row).collect();
        body.push_str(&format!("<dl>{rows}</dl>"));
    }
    body.push_str("<div class=\"columns\">");
    body.push_str(&failures(&deck.slides));
    for title in [LEARNED, QUESTIONS, SOURCES] {
        let named = deck.slides.iter().find(|slide| slide.title == title);
        if let Some(Body::Text(text)) = named.map(|slide| &slide.body) {
            body.push_str(&section(title, &blocks(text)));
        }
    }
    body.push_str("</div>");
    format!(
        "<!DOCTYPE html>\n<html lang=\"en-GB\">\n<head><meta charset=\"utf-8\"><title>{}</title>\
         <style>{STYLE}</style></head>\n<body>{body}</body>\n</html>\n",
        escaped(&deck.title)
    )
}

/// Each failure with its sentence.
fn failures(slides: &[Slide]) -> String {
    let failure = |slide: &Slide| match &slide.body {
        Body::Quote { quote, .. } => {
            let quote: Vec<String> = quote.iter().take(1).map(runs).collect();
            Some(format!("<p><b>{}.</b> {}</p>", escaped(&slide.title), quote.concat()))
        }
        _ => None,
    };
    let failures: String = slides.iter().filter_map(failure).collect();
    if failures.is_empty() { failures } else { section("What went wrong", &failures) }
}

fn section(title: &str, inner: &str) -> String {
    format!("<h2>{}</h2>{inner}", escaped(title))
}

/// Paragraphs, and lists of the items that follow each other.
fn blocks(text: &[Paragraph]) -> String {
    let block = |group: &[Paragraph]| match group {
        [first, ..] if first.bullet => {
            let items: String =
                group.iter().map(|item| format!("<li>{}</li>", runs(item))).collect();
            format!("<ul>{items}</ul>")
        }
        _ => group.iter().map(|paragraph| format!("<p>{}</p>", runs(paragraph))).collect(),
    };
    text.chunk_by(|one, next| one.bullet == next.bullet).map(block).collect()
}

fn runs(paragraph: &Paragraph) -> String {
    paragraph.runs.iter().map(run).collect()
}

fn run(run: &Run) -> String {
    let text = escaped(&run.text).replace('\n', " ");
    let text = if run.bold { format!("<b>{text}</b>") } else { text };
    match &run.link {
        Some(address) => format!("<a href=\"{}\">{text}</a>", escaped(address)),
        None => text,
    }
}

fn escaped(text: &str) -> String {
    quick_xml::escape::escape(text).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn items_are_lists_and_no_text_is_markup() {
        let text = [
            Paragraph::plain("a & <b>"),
            Paragraph::item(vec![Run::bold("c")]),
            Paragraph::item(vec![Run::link("d", "https://example.org/?a&b")]),
        ];
        assert_eq!(
            blocks(&text),
            "<p>a &amp; &lt;b&gt;</p><ul><li><b>c</b></li>\
             <li><a href=\"https://example.org/?a&amp;b\">d</a></li></ul>"
        );
    }
}
