//! Pages of the ICO's site, from 2015 to the present: one file a layout.
//!
//! What a page is, its own address says: an entry of the register, guidance, an audit, or anything
//! else. [`links`] and [`listing`] say what a page points to; the fetcher asks them.

mod body;
mod guidance;
mod legacy;
mod links;
mod listing;
mod page;
mod present;

use scraper::{ElementRef, Html};

pub use links::{DocumentLink, PageLink, PageLinks, links};
pub use listing::{ListedItem, Listing, listing};

use super::{
    ReadError,
    assemble::{Block, assemble},
    fact_list::FactList,
};
use crate::model::{Document, DocumentKind, Facts, Source};
use page::Place;

/// Words by which a page says that it is not the page asked for.
const REFUSALS: [&str; 6] =
    ["403", "forbidden", "access denied", "attention required", "just a moment", "request blocked"];

/// A page as its layout lays it out.
struct Parts<'a> {
    heading: String,
    list: FactList,
    /// The column that holds heading, facts and body.
    main: ElementRef<'a>,
    /// Where the text of a register entry stands.
    bodies: Vec<ElementRef<'a>>,
}

/// Reads a page.
pub fn read(path: &str, text: &str) -> Result<Document, ReadError> {
    let html = Html::parse_document(text);
    let parts = present::parts(&html).or_else(|| legacy::parts(&html));
    let Some(parts) = parts else {
        return Err(refusal(&html).map_or(ReadError::UnknownLayout, ReadError::Refused));
    };
    match place(&html, &parts)? {
        Place::Register => Ok(entry(path, DocumentKind::RegisterPage, &html, parts)),
        Place::Audit => Ok(entry(path, DocumentKind::AuditReport, &html, parts)),
        Place::Guidance => Ok(guidance::document(path, DocumentKind::GuidancePage, &html, &parts)),
        Place::Elsewhere => Ok(guidance::document(path, DocumentKind::OtherPage, &html, &parts)),
        Place::Listing => Err(ReadError::Listing),
    }
}

/// By the page's address, by its breadcrumb, and where neither tells by its fact list.
fn place(html: &Html, parts: &Parts<'_>) -> Result<Place, ReadError> {
    let by_address = page::address(html).map(|address| page::place(&address));
    let known = by_address.or_else(|| page::parent(html).map(|parent| parent.place_of_child()));
    match known {
        Some(Place::Elsewhere) | None if parts.list.is_complete() => Ok(Place::Register),
        Some(place) => Ok(place),
        None => Err(ReadError::UnknownLayout),
    }
}

/// An entry of the register, or an audit in the same layout.
fn entry(path: &str, kind: DocumentKind, html: &Html, parts: Parts<'_>) -> Document {
    let blocks: Vec<Block> = parts.bodies.iter().flat_map(|part| body::blocks(*part)).collect();
    let address = page::address(html);
    let files = links::of_page(html, &page::base(address.as_deref()));
    let mut files = files.documents.into_iter().map(|document| document.address);
    let source =
        |url: &String| Source { name: "ICO enforcement register".into(), url: url.clone() };
    let facts = Facts {
        organisation: Some(parts.heading),
        pdf_url: files.next(),
        also_pdf_urls: files.collect(),
        sources: address.iter().map(source).collect(),
        page_url: address,
        ..parts.list.into_facts()
    };
    assemble(path, kind, facts, &blocks)
}

fn refusal(html: &Html) -> Option<String> {
    let title = page::title(html)?;
    let lower = title.to_lowercase();
    REFUSALS.iter().any(|refusal| lower.contains(refusal)).then_some(title)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn page(address: &str, crumbs: &str, main: &str) -> String {
        let address = if address.is_empty() {
            String::new()
        } else {
            format!("<meta property='og:url' content='https://ico.org.uk{address}'>")
        };
        format!(
            "<!DOCTYPE html><html><head>{address}</head><body><h1>Survey</h1><main id='main-content'>\
             <nav aria-label='breadcrumb'><ul>{crumbs}</ul></nav>{main}</main></body></html>"
        )
    }

    const FACTS: &str = "<h1>Fennimore Ltd</h1><ul><li><span>Date</span> <strong>3 May 2024</strong></li>\
         <li><span>Type</span> <strong>Reprimands, Monetary penalties</strong></li></ul>\
         <div class='rich-text'><div class='prose'><p>It did no DPIA.</p></div></div>";

    #[test]
    fn the_address_says_what_a_page_is() {
        for (address, kind) in [
            ("/action-weve-taken/enforcement/2024/05/fennimore-ltd/", DocumentKind::RegisterPage),
            (
                "/action-weve-taken/audits-and-overview-reports/2024/fennimore/",
                DocumentKind::AuditReport,
            ),
            ("/for-organisations/uk-gdpr-guidance-and-resources/x/", DocumentKind::GuidancePage),
            ("", DocumentKind::RegisterPage),
        ] {
            let document = read("p.html", &page(address, "", FACTS)).expect("a page");
            assert_eq!(document.kind, kind, "{address}");
        }
        let news = page(
            "/about-the-ico/media-centre/news-and-blogs/2024/05/x/",
            "",
            "<h1>News</h1><p>X.</p>",
        );
        assert_eq!(read("p.html", &news).map(|d| d.kind), Ok(DocumentKind::OtherPage));
    }

    #[test]
    fn a_list_of_entries_is_no_document() {
        let list = page("/action-weve-taken/enforcement/", "", "<h1>Enforcement action</h1>");
        assert_eq!(read("p.html", &list), Err(ReadError::Listing));
        let unknown = page("", "", "<h1>Something</h1><p>Else.</p>");
        assert_eq!(read("p.html", &unknown), Err(ReadError::UnknownLayout));
    }

    #[test]
    fn the_breadcrumb_stands_in_for_the_address() {
        let crumbs = "<li><a href='/action-weve-taken/enforcement/'>Enforcement action</a></li>";
        let document = read("p.html", &page("", crumbs, "<h1>Fennimore Ltd</h1>")).expect("a page");
        assert_eq!(document.kind, DocumentKind::RegisterPage);
    }

    #[test]
    fn all_notices_of_a_page_are_kept() {
        let two = format!(
            "{FACTS}<further-Reading x-href='/media2/aaaa1111/one.pdf' x-title='One' x-size='10'></further-Reading>\
             <further-Reading x-href='/media2/bbbb2222/two.pdf' x-title='Two' x-size='20'></further-Reading>"
        );
        let facts = read("p.html", &page("", "", &two)).expect("a page").stated;
        assert_eq!(facts.pdf_url.as_deref(), Some("https://ico.org.uk/media2/aaaa1111/one.pdf"));
        assert_eq!(facts.also_pdf_urls, ["https://ico.org.uk/media2/bbbb2222/two.pdf"]);
        assert_eq!(facts.action_types.len(), 2);
    }

    proptest! {
        #[test]
        fn no_text_panics(text in ".{0,120}", tags in "(<(main id='main-content'|h1|li|span|strong|dt|dd|a href='/x'|further-reading x-href='/y')>[A-Za-z0-9 ]{0,9}){0,12}") {
            for page in [&text, &tags] {
                let _ = read("p.html", page);
                let _ = links(page, "https://ico.org.uk/x/");
                let _ = links(page, &text);
                let _ = listing(page, &text);
            }
        }
    }
}
