//! The layouts of 2015 to 2024, as copies and other programs that read them show them.
//!
//! The body stands in `div.article-content`, the files in `aside.aside-further`; older pages have
//! neither, but state the date in a `dl`. The facts are label and value in the visible text.

use std::sync::LazyLock;

use scraper::{Html, Selector};

use super::{Parts, body, page};
use crate::read::fact_list;

struct Layout {
    heading: Selector,
    content: Selector,
    columns: [Selector; 4],
}

static LAYOUT: LazyLock<Layout> = LazyLock::new(|| Layout {
    heading: page::css("h1"),
    content: page::css(".article-content"),
    columns: [".maincolumn", "main", "#content", "body"].map(page::css),
});

/// The parts of a page with an article or a fact list, and a heading.
pub fn parts(html: &Html) -> Option<Parts<'_>> {
    let mut columns = LAYOUT.columns.iter();
    let main = columns.find_map(|column| html.select(column).next())?;
    let heading =
        main.select(&LAYOUT.heading).next().or_else(|| html.select(&LAYOUT.heading).next())?;
    let lines: Vec<&str> =
        html.root_element().text().map(str::trim).filter(|line| !line.is_empty()).collect();
    let list = fact_list::find(&lines).map(|(list, _)| list);
    let articles = body::outermost(main.select(&LAYOUT.content));
    if articles.is_empty() && list.is_none() {
        return None;
    }
    let bodies = if articles.is_empty() { vec![main] } else { articles };
    Some(Parts { heading: page::words(heading), list: list.unwrap_or_default(), main, bodies })
}

#[cfg(test)]
mod tests {
    use super::super::read;
    use crate::model::DocumentKind;

    #[test]
    fn a_page_of_2021() {
        let page = "<html><head><title>Brightcall Ltd | ICO</title></head><body>\
            <div class='breadcrumbs'><a href='/action-weve-taken/enforcement/'>Enforcement</a></div>\
            <div class='maincolumn'><h1>Brightcall Ltd</h1>\
            <dl><dt>Date</dt><dd>25 October 2021</dd><dt>Type</dt><dd>Monetary penalties</dd>\
            <dt>Sector</dt><dd>Marketing</dd></dl>\
            <div class='article-content'>The firm made unlawful calls.<p>It hid its name.</p></div>\
            <aside class='aside-further'><ul><li><h3><a href='/media/action-weve-taken/mpns/4018000/brightcall-mpn.pdf'>\
            Brightcall penalty notice</a></h3></li></ul></aside></div></body></html>";
        let document = read("p.html", page).expect("a page");
        assert_eq!(document.kind, DocumentKind::RegisterPage);
        assert_eq!(document.text, "The firm made unlawful calls.\n\nIt hid its name.");
        let facts = document.stated;
        assert_eq!(facts.date, "2021-10-25".parse().ok());
        assert_eq!(facts.sector.as_deref(), Some("Marketing"));
        assert_eq!(
            facts.pdf_url.as_deref(),
            Some("https://ico.org.uk/media/action-weve-taken/mpns/4018000/brightcall-mpn.pdf")
        );
    }

    #[test]
    fn a_page_of_2017_has_a_date_and_no_article() {
        let page = "<html><head><link rel='canonical' href='https://ico.org.uk/action-weve-taken/enforcement/brightcall/'></head>\
            <body><header><p>Upholding rights</p></header><div id='content'><h1>Brightcall</h1>\
            <dl><dt>Date</dt><dd>21 December 2017</dd></dl><p>The firm sent texts.</p>\
            <p><a href='/media/action-weve-taken/mpns/2172000/brightcall.pdf'>Notice</a></p></div></body></html>";
        let document = read("p.html", page).expect("a page");
        assert_eq!(document.stated.date, "2017-12-21".parse().ok());
        assert_eq!(document.stated.organisation.as_deref(), Some("Brightcall"));
        assert!(document.text.starts_with("The firm sent texts."), "{}", document.text);
        assert!(document.stated.pdf_url.is_some());
    }
}
