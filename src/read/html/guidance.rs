//! Guidance and other pages that tell of no action: their text without banners.

use scraper::Html;

use super::{Parts, body, page};
use crate::{
    model::{Document, DocumentKind, Facts, Source},
    read::assemble::{Block, assemble},
};

/// Titles of so few words say nothing without the page above ("Consent", "Introduction").
const BARE_WORDS: usize = 2;

/// The lines of the banner that says that guidance is under review.
const BANNER: [&str; 3] = [
    "Plans for new and updated guidance page",
    "Plans for new and updated guidance",
    "Click to toggle details",
];

/// Reads such a page. Its title is its heading, qualified by the page above where it is bare.
pub fn document(path: &str, kind: DocumentKind, html: &Html, parts: &Parts<'_>) -> Document {
    let mut blocks = body::blocks(parts.main);
    blocks.retain(|block| !is_banner(block));
    let address = page::address(html);
    let source = |url: &String| Source { name: "ICO".into(), url: url.clone() };
    let facts = Facts {
        title: Some(title(html, &parts.heading)),
        sources: address.iter().map(source).collect(),
        page_url: address,
        ..Facts::default()
    };
    assemble(path, kind, facts, &blocks)
}

fn title(html: &Html, heading: &str) -> String {
    let above = page::parent(html).map(|parent| parent.title);
    match above.filter(|above| !above.is_empty() && above != heading) {
        Some(above) if heading.split(' ').count() <= BARE_WORDS => format!("{above}: {heading}"),
        _ => heading.to_owned(),
    }
}

fn is_banner(block: &Block) -> bool {
    let review =
        block.text.contains("Data (Use and Access) Act") && block.text.contains("under review");
    review || BANNER.contains(&block.text.trim_end_matches('.'))
}

#[cfg(test)]
mod tests {
    use super::super::read;

    #[test]
    fn a_bare_title_is_qualified_and_the_banner_goes() {
        let page = "<html><head><meta property='og:url' content='https://ico.org.uk/for-organisations/guide/consent/'></head>\
            <body><main id='main-content'><nav aria-label='breadcrumb'><a href='/for-organisations/guide/'>A guide to lawful basis</a></nav>\
            <h1>Consent</h1><div class='print:hidden'>Share</div><div class='prose'>\
            <p>Due to changes made by the Data (Use and Access) Act, this guidance is under review and may be subject to change.</p>\
            <p>Click to toggle details</p><h2>What is it?</h2><p>Ask people to opt in.</p></div>\
            <div data-area-alias='right'>Related</div></main></body></html>";
        let document = read("p.html", page).expect("a page");
        assert_eq!(document.stated.title.as_deref(), Some("A guide to lawful basis: Consent"));
        assert_eq!(document.stated.organisation, None);
        assert_eq!(document.text, "What is it?\n\nAsk people to opt in.");
    }
}
