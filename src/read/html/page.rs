//! What all layouts have in common: the page's address, its place on the site, its words.

use std::sync::LazyLock;

use scraper::{ElementRef, Html, Selector};
use url::Url;

use crate::model::PartialDate;

/// The site to which relative addresses belong, where a page does not state its own.
const SITE: &str = "https://ico.org.uk/";

/// Where on the regulator's site a page lies.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Place {
    /// A list of entries.
    Listing,
    /// An entry of the enforcement register.
    Register,
    Audit,
    Guidance,
    Elsewhere,
}

/// The sections in which guidance lies, today and in earlier years.
const GUIDANCE: [&str; 7] = [
    "/for-organisations/",
    "/for-the-public/",
    "/your-data-matters/",
    "/for_organisations/",
    "/about-the-ico/our-information/policies-and-procedures/",
    "/about-the-ico/research-reports-impact-and-evaluation/",
    "/action-weve-taken/lessons-learned",
];

const REGISTER: &str = "/action-weve-taken/enforcement/";

const AUDITS: &str = "/action-weve-taken/audits";

/// Compiles a selector that is a constant of the program.
pub fn css(selector: &str) -> Selector {
    Selector::parse(selector).expect("the selectors of the layouts are valid")
}

/// The page's own address, where it states one in full.
pub fn address(html: &Html) -> Option<String> {
    static ADDRESS: LazyLock<Selector> =
        LazyLock::new(|| css("link[rel='canonical'][href], meta[property='og:url'][content]"));
    html.select(&ADDRESS)
        .filter_map(|element| element.attr("content").or_else(|| element.attr("href")))
        .map(str::trim)
        .find(|address| Url::parse(address).is_ok_and(|url| url.has_host()))
        .map(str::to_owned)
}

/// What relative addresses are resolved against.
pub fn base(address: Option<&str>) -> Url {
    let own = address.and_then(|address| Url::parse(address).ok()).filter(|url| url.has_host());
    own.unwrap_or_else(|| Url::parse(SITE).expect("a constant address"))
}

/// A complete web address, without what only marks a place in the page.
pub fn resolve(base: &Url, href: &str) -> Option<Url> {
    let mut url = base.join(href.trim()).ok()?;
    url.set_fragment(None);
    (matches!(url.scheme(), "http" | "https") && url.has_host()).then_some(url)
}

/// The place of an address.
pub fn place(address: &str) -> Place {
    let path = Url::parse(address).map_or_else(|_| address.to_owned(), |url| url.path().to_owned());
    let path = format!("{}/", path.trim_end_matches('/').to_lowercase());
    let is_list = path == REGISTER || (path.starts_with(AUDITS) && path.matches('/').count() == 3);
    if is_list {
        Place::Listing
    } else if path.starts_with(REGISTER) {
        Place::Register
    } else if path.starts_with(AUDITS) {
        Place::Audit
    } else if GUIDANCE.iter().any(|section| path.starts_with(section)) {
        Place::Guidance
    } else {
        Place::Elsewhere
    }
}

/// The page above, as the breadcrumb names it.
pub struct Parent {
    pub title: String,
    address: String,
}

impl Parent {
    /// Where the pages below it lie.
    pub fn place_of_child(&self) -> Place {
        place(&format!("{}/child", self.address.trim_end_matches('/')))
    }
}

/// The last link of the breadcrumb.
pub fn parent(html: &Html) -> Option<Parent> {
    static CRUMB: LazyLock<Selector> = LazyLock::new(|| {
        css("nav[aria-label='breadcrumb'] a[href], nav.breadcrumb a[href], .breadcrumbs a[href]")
    });
    let crumb = html.select(&CRUMB).next_back()?;
    let url = resolve(&base(address(html).as_deref()), crumb.attr("href")?)?;
    Some(Parent { title: words(crumb), address: url.path().to_owned() })
}

/// The title of the page, or else its first heading.
pub fn title(html: &Html) -> Option<String> {
    static TITLE: LazyLock<[Selector; 2]> = LazyLock::new(|| [css("title"), css("h1")]);
    let found = TITLE.iter().find_map(|selector| html.select(selector).next());
    found.map(words)
}

/// The content of a `meta` element by its name.
pub fn meta(html: &Html, name: &str) -> Option<String> {
    static META: LazyLock<Selector> = LazyLock::new(|| css("meta[name][content]"));
    let named = |element: &ElementRef<'_>| {
        element.attr("name").is_some_and(|own| own.eq_ignore_ascii_case(name))
    };
    let content = html.select(&META).find(named)?.attr("content")?.trim();
    (!content.is_empty()).then(|| content.to_owned())
}

/// When the page was last published, from "Thursday, March 19, 2026".
pub fn updated(html: &Html) -> Option<PartialDate> {
    let date = meta(html, "DC.Date")?;
    let mut parts = date.split(',').map(str::trim).rev();
    let (year, month_and_day) = (parts.next()?, parts.next()?);
    let (month, day) = month_and_day.split_once(' ')?;
    PartialDate::from_words(&format!("{day} {month} {year}"))
}

/// The words of an element with single blanks between them.
pub fn words(element: ElementRef<'_>) -> String {
    let text: String = element.text().collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_have_places() {
        for (address, expected) in [
            ("https://ico.org.uk/action-weve-taken/enforcement", Place::Listing),
            ("https://cy.ico.org.uk/action-weve-taken/enforcement/fennimore/", Place::Register),
            ("https://ico.org.uk/action-weve-taken/audits-and-overview-reports/", Place::Listing),
            ("https://ico.org.uk/action-weve-taken/audits-and-overview-reports/x/", Place::Audit),
            ("https://ico.org.uk/for-organisations/x/", Place::Guidance),
            ("https://ico.org.uk/about-the-ico/media-centre/news-and-blogs/x/", Place::Elsewhere),
        ] {
            assert_eq!(place(address), expected, "{address}");
        }
    }

    #[test]
    fn dates_of_the_head_begin_with_the_weekday() {
        let html = Html::parse_document("<meta name='dc.date' content='Thursday, March 19, 2026'>");
        assert_eq!(updated(&html), "2026-03-19".parse().ok());
    }
}
