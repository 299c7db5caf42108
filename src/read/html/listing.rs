//! Lists of the register's entries, present and of 2015 to 2024.

use std::{collections::HashMap, sync::LazyLock};

use scraper::{ElementRef, Html, Selector};
use url::Url;

use super::page::{self, Place};
use crate::model::ListedFacts;

/// What a listing page holds.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listing {
    /// The number under which the search API knows this list (`#filter-page-container`).
    pub node_id: Option<String>,
    /// The entries in the order of the page, each address once. The present page is filled by a
    /// script, so that its stored text has none.
    pub items: Vec<ListedItem>,
}

/// An entry of a list.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ListedItem {
    /// Complete address of the entry's page.
    pub address: String,
    /// Its title; may be empty.
    pub title: String,
    /// Date, kinds of action and sector, where the list states them.
    pub facts: Option<ListedFacts>,
}

/// Elements above a link in which its facts are looked for.
const LEVELS: usize = 4;

struct Layout {
    anchor: Selector,
    title: Selector,
    filter: Selector,
}

static LAYOUT: LazyLock<Layout> = LazyLock::new(|| Layout {
    anchor: page::css("a[href*='/action-weve-taken/enforcement/']"),
    title: page::css("h2, h3, h4"),
    filter: page::css("#filter-page-container[data-node-id]"),
});

/// Reads a listing page that came from the address `base`. Any text can be read; other pages list
/// the entries that they link to.
#[must_use]
pub fn listing(page: &str, base: &str) -> Listing {
    let html = Html::parse_document(page);
    let base = Url::parse(base).ok().filter(Url::has_host);
    let base = base.unwrap_or_else(|| page::base(page::address(&html).as_deref()));
    let filter = html.select(&LAYOUT.filter).next();
    let node_id = filter.and_then(|filter| filter.attr("data-node-id")).map(str::to_owned);
    let mut items: Vec<ListedItem> = Vec::new();
    let mut places: HashMap<String, usize> = HashMap::new();
    for anchor in html.select(&LAYOUT.anchor) {
        let Some(address) = entry_address(anchor, &base) else { continue };
        let item =
            ListedItem { title: title(anchor), facts: facts(anchor, &address, &base), address };
        match places.get(&item.address).and_then(|place| items.get_mut(*place)) {
            Some(known) => known.complete(item),
            None => {
                places.insert(item.address.clone(), items.len());
                items.push(item);
            }
        }
    }
    Listing { node_id, items }
}

impl ListedItem {
    /// Takes what is missing from a second link to the same entry.
    fn complete(&mut self, other: Self) {
        if self.title.is_empty() {
            self.title = other.title;
        }
        self.facts = self.facts.take().or(other.facts);
    }
}

/// The address of an entry; pages of the list itself have none.
fn entry_address(anchor: ElementRef<'_>, base: &Url) -> Option<String> {
    let mut url = page::resolve(base, anchor.attr("href")?)?;
    url.set_query(None);
    (page::place(url.as_str()) == Place::Register).then(|| url.into())
}

fn title(anchor: ElementRef<'_>) -> String {
    page::words(anchor.select(&LAYOUT.title).next().unwrap_or(anchor))
}

/// The line of facts in the link or around it, as far as no other entry begins.
fn facts(anchor: ElementRef<'_>, address: &str, base: &Url) -> Option<ListedFacts> {
    let above = anchor.ancestors().filter_map(ElementRef::wrap).take(LEVELS);
    let is_alone = |element: &ElementRef<'_>| {
        let mut links = element.select(&LAYOUT.anchor);
        links.all(|link| entry_address(link, base).is_none_or(|other| other == address))
    };
    std::iter::once(anchor)
        .chain(above)
        .take_while(is_alone)
        .find_map(|element| element.text().find_map(ListedFacts::parse))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::ActionType;

    const BASE: &str = "https://ico.org.uk/action-weve-taken/enforcement/";

    #[test]
    fn a_list_of_2021() {
        let page = "<div class='resultlist'>\
            <div class='itemlink'><a href='/action-weve-taken/enforcement/brightcall-ltd/'><h2 class='h3'>Brightcall Ltd</h2></a>\
            <p class='text-small'>25 October 2021, Monetary penalties, Marketing</p><p>It made calls.</p></div>\
            <div class='itemlink'><a href='/action-weve-taken/enforcement/fennimore/'><h2 class='h3'>Fennimore</h2></a>\
            <p class='text-small'>1 May 2021, Enforcement notices</p></div></div>\
            <nav class='article-navigation'><a href='/action-weve-taken/enforcement/?page=2'>Next</a></nav>";
        let found = listing(page, BASE);
        assert_eq!(found.items.len(), 2);
        assert_eq!(found.items[0].title, "Brightcall Ltd");
        assert_eq!(
            found.items[0].address,
            "https://ico.org.uk/action-weve-taken/enforcement/brightcall-ltd/"
        );
        let facts: Vec<_> = found.items.iter().filter_map(|item| item.facts.as_ref()).collect();
        assert_eq!(facts[0].sector.as_deref(), Some("Marketing"));
        assert_eq!(facts[1].action_types, [ActionType::EnforcementNotice]);
        assert_eq!(facts[1].sector, None);
    }

    #[test]
    fn the_present_list_states_its_number() {
        let page = "<main id='main-content'><nav><a href='/action-weve-taken/enforcement/'>Enforcement action</a></nav>\
            <h1>Enforcement action</h1><div id='filter-page-container' data-node-id='17222'></div></main>";
        let found = listing(page, BASE);
        assert_eq!(found.node_id.as_deref(), Some("17222"));
        assert!(found.items.is_empty());
    }

    #[test]
    fn a_filled_list_has_its_facts_within_the_link() {
        let page = "<ul><li><a href='https://ico.org.uk/action-weve-taken/enforcement/2026/08/fennimore/'><h4>Fennimore</h4>\
            <p>7 August 2026, Reprimands, Finance, insurance and credit</p></a></li>\
            <li><a href='/action-weve-taken/enforcement/2026/08/other/'>Other</a></li></ul>";
        let found = listing(page, BASE);
        let facts = found.items[0].facts.as_ref().expect("facts");
        assert_eq!(facts.sector.as_deref(), Some("Finance, insurance and credit"));
        assert_eq!(found.items[1].facts, None);
    }
}
