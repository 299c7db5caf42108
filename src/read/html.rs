//! Pages of the ICO's register in the layout used since December 2024.
//!
//! The facts stand in `main li` as label and value, the body in `.rich-text .prose`, and documents
//! in `further-reading` elements with a size (the element's name is lower-cased by the parser).

use std::sync::LazyLock;

use scraper::{ElementRef, Html, Selector};

use super::{
    ReadError,
    assemble::{Block, assemble},
};
use crate::model::{ActionType, DateKind, Document, DocumentKind, Facts, PartialDate, Source};

struct Layout {
    main: Selector,
    heading: Selector,
    fact: Selector,
    label: Selector,
    value: Selector,
    prose: Selector,
    part: Selector,
    document: Selector,
    address: Selector,
    title: Selector,
}

static LAYOUT: LazyLock<Layout> = LazyLock::new(|| {
    let selector = |css: &str| Selector::parse(css).expect("the layout's selectors are valid");
    Layout {
        main: selector("main#main-content"),
        heading: selector("h1"),
        fact: selector("li"),
        label: selector("span"),
        value: selector("strong"),
        prose: selector(".rich-text .prose"),
        part: selector("h2, h3, h4, p, li"),
        document: selector("further-reading[x-href]"),
        address: selector("meta[property='og:url']"),
        title: selector("title"),
    }
});

/// Words by which a page says that it is not the page asked for.
const REFUSALS: [&str; 6] =
    ["403", "forbidden", "access denied", "attention required", "just a moment", "request blocked"];

/// The host to which site-relative addresses belong.
const SITE: &str = "https://ico.org.uk";

/// Reads a register page.
pub fn read(path: &str, text: &str) -> Result<Document, ReadError> {
    let page = Html::parse_document(text);
    let main = page.select(&LAYOUT.main).next();
    let heading = main.and_then(|main| main.select(&LAYOUT.heading).next());
    let (Some(main), Some(heading)) = (main, heading) else {
        return Err(refusal(&page).map_or(ReadError::UnknownLayout, ReadError::Refused));
    };
    let facts = facts(&page, main, &words(heading));
    let blocks: Vec<Block> = main
        .select(&LAYOUT.prose)
        .flat_map(|prose| prose.select(&LAYOUT.part))
        .filter(|part| !has_inner_part(*part))
        .map(|part| block(part))
        .collect();
    Ok(assemble(path, DocumentKind::RegisterPage, facts, &blocks))
}

fn refusal(page: &Html) -> Option<String> {
    let title = page.select(&LAYOUT.title).next().or_else(|| page.select(&LAYOUT.heading).next());
    let title = words(title?);
    let lower = title.to_lowercase();
    REFUSALS.iter().any(|refusal| lower.contains(refusal)).then_some(title)
}

fn has_inner_part(part: ElementRef<'_>) -> bool {
    part.select(&LAYOUT.part).next().is_some()
}

/// The parser keeps no lines, so a block counts its place from the start of the body as line 1.
fn block(part: ElementRef<'_>) -> Block {
    let text = words(part);
    if part.value().name().starts_with('h') {
        Block::heading(&text, 1)
    } else {
        Block::paragraph(&text, 1)
    }
}

fn facts(page: &Html, main: ElementRef<'_>, heading: &str) -> Facts {
    let page_url = page.select(&LAYOUT.address).next().and_then(|meta| meta.attr("content"));
    let mut facts = Facts {
        organisation: Some(heading.to_owned()),
        page_url: page_url.map(str::to_owned),
        pdf_url: documents(main).next(),
        ..Facts::default()
    };
    if let Some(url) = page_url {
        facts
            .sources
            .push(Source { name: "ICO enforcement register".to_owned(), url: url.to_owned() });
    }
    for (label, value) in main.select(&LAYOUT.fact).filter_map(label_and_value) {
        match label.as_str() {
            "Date" => {
                facts.date = PartialDate::from_words(&value);
                facts.date_kind = facts.date.map(|_| DateKind::Register);
            }
            "Type" => {
                facts.action_types =
                    value.split(',').filter_map(ActionType::from_register).collect()
            }
            "Sector" => facts.sector = Some(value),
            _ => {}
        }
    }
    facts
}

fn label_and_value(item: ElementRef<'_>) -> Option<(String, String)> {
    let label = item.select(&LAYOUT.label).next()?;
    let value = item.select(&LAYOUT.value).next()?;
    Some((words(label), words(value)))
}

/// Addresses of the notices that a page links to; related pages have no size and no file ending.
fn documents(main: ElementRef<'_>) -> impl Iterator<Item = String> {
    main.select(&LAYOUT.document).filter_map(|link| {
        let href = link.attr("x-href")?;
        let path = href.to_lowercase();
        let is_file = link.attr("x-size").is_some()
            || [".pdf", ".docx", ".doc", ".rtf", ".odt"].iter().any(|end| path.ends_with(end));
        is_file
            .then(|| if href.starts_with('/') { format!("{SITE}{href}") } else { href.to_owned() })
    })
}

fn words(element: ElementRef<'_>) -> String {
    let text: String = element.text().collect();
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
