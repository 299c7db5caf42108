//! The links of the ICO's pages: documents, sister pages, and the entries of a listing.

use std::sync::LazyLock;

use scraper::{ElementRef, Html, Selector};

use crate::model::ListedFacts;

/// A document to which a page links.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentLink {
    /// Its address as the page writes it, often without the host.
    pub address: String,
    /// Its title.
    pub title: String,
    /// Its bytes, where the page states them.
    pub bytes: Option<u64>,
}

/// An entry of a listing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListingItem {
    /// Its address as the listing writes it.
    pub address: String,
    /// Its title.
    pub title: String,
    /// Date, kinds of action and sector, where the listing prints them.
    pub facts: Option<ListedFacts>,
}

struct Links {
    further: Selector,
    anchor: Selector,
    heading: Selector,
    line: Selector,
    listing: Selector,
}

static LINKS: LazyLock<Links> = LazyLock::new(|| {
    let selector = |css: &str| Selector::parse(css).expect("the selectors of links are valid");
    Links {
        further: selector("main further-reading[x-href]"),
        anchor: selector("main a[href], #content a[href], body a[href]"),
        heading: selector("h2, h3, h4, h5"),
        line: selector("p, span, div, li"),
        listing: selector("#filter-page-container[data-node-id]"),
    }
});

/// Endings of the documents that are published.
const FILE_ENDINGS: [&str; 5] = [".pdf", ".docx", ".doc", ".rtf", ".odt"];

/// The documents of a page: its `further-reading` elements with a size or a file's ending, and plain
/// links into the folders of media, as pages before December 2024 have them.
#[must_use]
pub fn document_links(html: &str) -> Vec<DocumentLink> {
    let page = Html::parse_document(html);
    let further = page.select(&LINKS.further).filter_map(further_document);
    let plain = page.select(&LINKS.anchor).filter_map(|link| {
        let address = link.attr("href")?.to_owned();
        let is_notice = address.contains("/media") && is_file(&address);
        is_notice.then(|| DocumentLink { address, title: words(link), bytes: None })
    });
    let mut links: Vec<DocumentLink> = Vec::new();
    for link in further.chain(plain) {
        if links.iter().all(|known| known.address != link.address) {
            links.push(link);
        }
    }
    links
}

fn further_document(link: ElementRef<'_>) -> Option<DocumentLink> {
    let address = link.attr("x-href")?.to_owned();
    let bytes = link.attr("x-size").and_then(|size| size.trim().parse().ok());
    let title = link.attr("x-title").unwrap_or_default().to_owned();
    (link.attr("x-size").is_some() || is_file(&address)).then_some(DocumentLink {
        address,
        title,
        bytes,
    })
}

/// The addresses of the pages that a page names as further reading, such as the other notice to
/// the same body.
#[must_use]
pub fn page_links(html: &str) -> Vec<String> {
    let page = Html::parse_document(html);
    let further = page.select(&LINKS.further);
    let pages = further.filter(|link| link.attr("x-size").is_none());
    let addresses = pages.filter_map(|link| link.attr("x-href")).filter(|href| !is_file(href));
    addresses.map(str::to_owned).collect()
}

/// Every link of a listing or of a page of lessons, with what stands in or around it.
#[must_use]
pub fn listing_items(html: &str) -> Vec<ListingItem> {
    let page = Html::parse_document(html);
    let mut items: Vec<ListingItem> = Vec::new();
    for link in page.select(&LINKS.anchor) {
        let address = link.attr("href").unwrap_or_default();
        if items.iter().all(|item| item.address != address) {
            items.push(listing_item(link, address));
        }
    }
    items
}

fn listing_item(link: ElementRef<'_>, address: &str) -> ListingItem {
    let heading = link.select(&LINKS.heading).next();
    let around = link.parent().and_then(ElementRef::wrap);
    let lines =
        link.select(&LINKS.line).chain(around.into_iter().flat_map(|a| a.select(&LINKS.line)));
    let facts = lines
        .filter(|line| line.text().count() < 20)
        .find_map(|line| ListedFacts::parse(&words(line)));
    ListingItem { address: address.to_owned(), title: words(heading.unwrap_or(link)), facts }
}

/// The number by which the search API knows a listing.
#[must_use]
pub fn listing_node(html: &str) -> Option<u64> {
    let page = Html::parse_document(html);
    page.select(&LINKS.listing).next()?.attr("data-node-id")?.trim().parse().ok()
}

fn is_file(address: &str) -> bool {
    let path = address.split(['?', '#']).next().unwrap_or_default().to_lowercase();
    FILE_ENDINGS.iter().any(|ending| path.ends_with(ending))
}

fn words(element: ElementRef<'_>) -> String {
    let text: String = element.text().collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn documents_are_told_from_sister_pages() {
        let html = r#"<main><further-Reading x-href="/media2/ab12cd34/notice.pdf" x-title="Notice" x-size="1200"></further-Reading>
            <further-Reading x-href="/action-weve-taken/enforcement/2026/02/twin-en/" x-location="Action"></further-Reading>
            <a href="/media/action-weve-taken/reprimands/4030454/old.pdf">Old form</a></main>"#;
        let documents = document_links(html);
        let found: Vec<_> = documents.iter().map(|d| (d.title.as_str(), d.bytes)).collect();
        assert_eq!(found, [("Notice", Some(1200)), ("Old form", None)]);
        assert_eq!(page_links(html), ["/action-weve-taken/enforcement/2026/02/twin-en/"]);
    }

    #[test]
    fn a_listing_gives_title_and_facts() {
        let html = r##"<div id="filter-page-container" data-node-id="17222"></div><ul><li>
            <a href="/action-weve-taken/enforcement/x/"><h4>Marlow District Council</h4></a>
            <p>7 August 2026, Reprimands, Local government</p></li></ul>"##;
        let items = listing_items(html);
        assert_eq!(items[0].title, "Marlow District Council");
        assert!(items[0].facts.as_ref().is_some_and(|facts| facts.sector.is_some()));
        assert_eq!(listing_node(html), Some(17222));
        assert_eq!(listing_node("<p>none</p>"), None);
    }

    proptest! {
        #[test]
        fn no_page_panics(html in "(<(main|a href=\"/media/x.pdf\"|further-reading x-href=\"y\"|li|p)>|</main>|é|[a-z ,0-9]){0,30}") {
            let _ = (document_links(&html), page_links(&html), listing_items(&html), listing_node(&html));
        }
    }
}
