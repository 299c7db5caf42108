//! What a page points to: the notices that it offers, and the pages to read on.

use std::{collections::HashSet, sync::LazyLock};

use scraper::{ElementRef, Html, Selector};
use url::Url;

use super::page;
use crate::model::PartialDate;

/// What a page of the ICO's site says of itself and links to. All addresses are complete.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct PageLinks {
    /// The page's own address, where it states one (canonical link or `og:url`).
    pub address: Option<String>,
    /// The page's number in the site's content system (`DC.PageID`); the search API's `id`.
    pub page_id: Option<String>,
    /// When the page was last published (`DC.Date`); not the date of the action.
    pub updated: Option<PartialDate>,
    /// The files that it offers, each address once. Welsh versions are left out.
    pub documents: Vec<DocumentLink>,
    /// The pages to read on: the sibling of a penalty or notice, news.
    pub pages: Vec<PageLink>,
}

/// A file that a page offers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DocumentLink {
    /// Its address.
    pub address: String,
    /// Its title as the page words it; may be empty.
    pub title: String,
    /// Its size in bytes, where the page states it exactly.
    pub bytes: Option<u64>,
}

/// A page to read on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct PageLink {
    /// Its address.
    pub address: String,
    /// Its title as the page words it; may be empty.
    pub title: String,
}

/// Endings of the files that the ICO publishes.
const FILES: [&str; 5] = [".pdf", ".docx", ".doc", ".rtf", ".odt"];

struct Layout {
    further: Selector,
    anchor: Selector,
    aside: Selector,
}

static LAYOUT: LazyLock<Layout> = LazyLock::new(|| Layout {
    further: page::css("further-reading[x-href]"),
    anchor: page::css("a[href*='/media']"),
    aside: page::css("aside.aside-further a[href]"),
});

/// Reads the links of a page that came from the address `base`, in every layout since 2015.
///
/// Any text can be read; one that is no page has no links. Where `base` is no complete address, the
/// page's own address, or else the ICO's site, is the base.
///
/// ```
/// let page = r#"<main id="main-content"><further-Reading x-href="/media2/ab12cd34/example-reprimand.pdf"
///     x-title="Example reprimand" x-size="181000"></further-Reading></main>"#;
/// let links = casebook::read::html::links(page, "https://ico.org.uk/action-weve-taken/enforcement/2024/05/example/");
/// assert_eq!(links.documents[0].address, "https://ico.org.uk/media2/ab12cd34/example-reprimand.pdf");
/// assert_eq!(links.documents[0].bytes, Some(181_000));
/// ```
#[must_use]
pub fn links(page: &str, base: &str) -> PageLinks {
    let html = Html::parse_document(page);
    let own = page::address(&html);
    let base = Url::parse(base).ok().filter(Url::has_host);
    of_page(&html, &base.unwrap_or_else(|| page::base(own.as_deref())))
}

/// The links of a parsed page.
pub fn of_page(html: &Html, base: &Url) -> PageLinks {
    let links = PageLinks {
        address: page::address(html),
        page_id: page::meta(html, "DC.PageID"),
        updated: page::updated(html),
        ..PageLinks::default()
    };
    let mut collector = Collector { base, seen: HashSet::new(), links };
    html.select(&LAYOUT.further).for_each(|element| collector.further_reading(element));
    html.select(&LAYOUT.anchor).for_each(|anchor| collector.anchor(anchor, false));
    html.select(&LAYOUT.aside).for_each(|anchor| collector.anchor(anchor, true));
    collector.links
}

/// Takes each address once.
struct Collector<'a> {
    base: &'a Url,
    seen: HashSet<Url>,
    links: PageLinks,
}

impl Collector<'_> {
    fn further_reading(&mut self, element: ElementRef<'_>) {
        let address = element.attr("x-href").and_then(|href| page::resolve(self.base, href));
        let Some(address) = address else { return };
        let title = element.attr("x-title").unwrap_or_default().trim().to_owned();
        let size = element.attr("x-size");
        if size.is_some() || (is_file(&address) && is_same_site(&address, self.base)) {
            self.document(address, title, size.and_then(|size| size.trim().parse().ok()));
        } else if element.attr("x-location").is_some() {
            self.page(address, title);
        }
    }

    /// A plain link of an older page; only the list of files to read on may name pages.
    fn anchor(&mut self, anchor: ElementRef<'_>, in_list: bool) {
        let address = anchor.attr("href").and_then(|href| page::resolve(self.base, href));
        let Some(address) = address else { return };
        let title = page::words(anchor);
        if is_file(&address) && address.path().contains("/media") {
            self.document(address, title, None);
        } else if in_list && !is_file(&address) {
            self.page(address, title);
        }
    }

    fn document(&mut self, address: Url, title: String, bytes: Option<u64>) {
        if self.seen.insert(address.clone()) {
            let link = DocumentLink { address: address.into(), title, bytes };
            if !is_welsh(&link) {
                self.links.documents.push(link);
            }
        }
    }

    fn page(&mut self, address: Url, title: String) {
        if self.seen.insert(address.clone()) {
            self.links.pages.push(PageLink { address: address.into(), title });
        }
    }
}

fn is_file(address: &Url) -> bool {
    let path = address.path().to_lowercase();
    FILES.iter().any(|end| path.ends_with(end))
}

/// The Welsh site and the one with `www.` are the same site.
fn is_same_site(address: &Url, base: &Url) -> bool {
    let site = |url: &Url| {
        let host = url.host_str().unwrap_or_default().to_lowercase();
        let host = host.trim_end_matches('.');
        host.trim_start_matches("www.").trim_start_matches("cy.").to_owned()
    };
    site(address) == site(base)
}

/// A translation, not a document about a Welsh body.
fn is_welsh(link: &DocumentLink) -> bool {
    let title = link.title.to_lowercase();
    let address = link.address.to_lowercase();
    title.contains("cymraeg")
        || ["(welsh)", "welsh version", "welsh translation"].iter().any(|mark| title.contains(mark))
        || ["-cym-", "-cym.", "cymraeg"].iter().any(|mark| address.contains(mark))
}

#[cfg(test)]
mod tests {
    use super::*;

    const BASE: &str =
        "https://ico.org.uk/action-weve-taken/enforcement/2026/02/brightcall-ltd-en/";

    const PAGE: &str = "<head><meta name='DC.PageID' content='86094'><meta name='DC.Date' content='Thursday, March 19, 2026'>\
        <meta property='og:url' content='https://ico.org.uk/action-weve-taken/enforcement/2026/02/brightcall-ltd-en/'></head>\
        <main id='main-content'><h1>Brightcall Ltd</h1>\
        <further-Reading x-href='/media2/0aaa1bbb/brightcall-en.pdf' x-title='Brightcall notice' x-size='2085772'></further-Reading>\
        <further-Reading x-href='/media2/0aaa1bbb/brightcall-en.pdf' x-title='Again' x-size='1'></further-Reading>\
        <further-Reading x-href='/media2/2ccc3ddd/brightcall-annex.docx' x-title='Annex'></further-Reading>\
        <further-Reading x-href='/media2/2ccc3ddd/brightcall-cym-en.pdf' x-title='Hysbysiad' x-size='9'></further-Reading>\
        <further-Reading x-href='/action-weve-taken/enforcement/2026/02/brightcall-ltd-mpn/' x-title='Penalty' x-location='Action'></further-Reading>\
        <further-Reading x-href='javascript:alert(1)' x-title='Bad' x-size='9'></further-Reading></main>";

    #[test]
    fn files_and_pages_are_told_apart() {
        let found = links(PAGE, BASE);
        let documents: Vec<_> = found
            .documents
            .iter()
            .map(|d| (d.address.as_str(), d.title.as_str(), d.bytes))
            .collect();
        assert_eq!(
            documents,
            [
                (
                    "https://ico.org.uk/media2/0aaa1bbb/brightcall-en.pdf",
                    "Brightcall notice",
                    Some(2_085_772)
                ),
                ("https://ico.org.uk/media2/2ccc3ddd/brightcall-annex.docx", "Annex", None),
            ]
        );
        assert_eq!(found.pages.len(), 1);
        assert_eq!(
            found.pages[0].address,
            "https://ico.org.uk/action-weve-taken/enforcement/2026/02/brightcall-ltd-mpn/"
        );
        assert_eq!(found.page_id.as_deref(), Some("86094"));
        assert_eq!(found.updated, "2026-03-19".parse().ok());
        assert_eq!(found.address.as_deref(), Some(BASE));
    }

    #[test]
    fn older_pages_link_plainly() {
        let page = "<div class='maincolumn'><aside class='aside-further'><ul>\
            <li><h3><a href='/media/action-weve-taken/mpns/4018000/brightcall.pdf'>Notice</a></h3></li>\
            <li><h3><a href='/about-the-ico/news/x/'>News</a></h3></li></ul></aside></div>";
        let found = links(page, "https://ico.org.uk/action-weve-taken/enforcement/brightcall/");
        assert_eq!(found.documents.len(), 1);
        assert_eq!(found.documents[0].title, "Notice");
        assert_eq!(found.pages[0].address, "https://ico.org.uk/about-the-ico/news/x/");
    }
}
