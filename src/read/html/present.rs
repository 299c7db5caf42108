//! The layout used since December 2024.
//!
//! The facts stand in `main li` as label and value, the body in `.rich-text .prose`, and documents
//! in `further-reading` elements (the element's name is lower-cased by the parser).

use std::sync::LazyLock;

use scraper::{Html, Selector};

use super::{Parts, body, page};
use crate::read::fact_list::FactList;

struct Layout {
    main: Selector,
    heading: Selector,
    item: Selector,
    label: Selector,
    value: Selector,
    prose: Selector,
}

static LAYOUT: LazyLock<Layout> = LazyLock::new(|| Layout {
    main: page::css("main#main-content"),
    heading: page::css("h1"),
    item: page::css("li"),
    label: page::css("span"),
    value: page::css("strong"),
    prose: page::css(".rich-text .prose"),
});

/// The parts of a page with `main#main-content` and a heading in it: a banner may hold another.
pub fn parts(html: &Html) -> Option<Parts<'_>> {
    let main = html.select(&LAYOUT.main).next()?;
    let heading = main.select(&LAYOUT.heading).next()?;
    let mut list = FactList::default();
    for item in main.select(&LAYOUT.item) {
        let label = item.select(&LAYOUT.label).next();
        if let (Some(label), Some(value)) = (label, item.select(&LAYOUT.value).next()) {
            list.take(&page::words(label), &page::words(value));
        }
    }
    let bodies = body::outermost(main.select(&LAYOUT.prose));
    Some(Parts { heading: page::words(heading), list, main, bodies })
}
