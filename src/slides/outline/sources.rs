//! Where it all comes from, under which licence.

use super::{Material, SOURCES, text_slide};
use crate::{
    english::capital,
    model::DocumentKind,
    slides::deck::{Paragraph, Run, Slide},
};

const LICENCE: &str = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/";

/// The licence line of every deck.
fn licence() -> Paragraph {
    let of = "Contains public sector information of the Information Commissioner's Office licensed under the ";
    Paragraph::of(vec![
        Run::plain(of),
        Run::link("Open Government Licence v3.0", LICENCE),
        Run::plain(". The ICO endorses nothing here. "),
        Run::bold("Not legal advice."),
    ])
}

/// Sources of all cases, licence, not legal advice.
pub fn slide(cases: &[Material<'_>]) -> Slide {
    let is_anonymous = cases.iter().any(|material| material.anonymous);
    let mut text = Vec::new();
    if is_anonymous {
        text.push(Paragraph::plain(
            "The sources name the parties, so they are left out here: make the deck without \
             --anonymise for the reveal.",
        ));
    } else {
        let sources = cases.iter().flat_map(|m| of_case(m, cases.len() > 1));
        for source in sources {
            if !text.contains(&source) {
                text.push(source);
            }
        }
    }
    text.push(licence());
    let notes = if is_anonymous { Vec::new() } else { cases.iter().flat_map(notes).collect() };
    text_slide(SOURCES, text, notes)
}

fn of_case(material: &Material<'_>, named: bool) -> Vec<Paragraph> {
    let case = material.case;
    let sources = case.facts.sources.iter().map(|source| (source.name.as_str(), &source.url));
    let read = case.documents.iter();
    let read = read.filter_map(|d| Some((d.kind.title(), d.address.as_ref()?)));
    let mut seen = Vec::new();
    let mut items = Vec::new();
    for (name, address) in sources.chain(read) {
        if !seen.contains(&address) {
            seen.push(address);
            items.push(Run::link(name, address));
        }
    }
    let unpublished = case
        .documents
        .iter()
        .filter(|document| document.address.is_none() && document.kind != DocumentKind::Digest);
    items.extend(unpublished.map(|document| {
        Run::plain(format!("{} ({})", capital(document.kind.title()), document.path))
    }));
    if !named {
        return items.into_iter().map(|source| Paragraph::item(vec![source])).collect();
    }
    // Of several cases, each has all its sources in one item.
    let mut runs = vec![Run::bold(format!("{}: ", case.organisation()))];
    for (place, source) in items.into_iter().enumerate() {
        runs.extend((place > 0).then(|| Run::plain("; ")));
        runs.push(source);
    }
    vec![Paragraph::item(runs)]
}

/// Addresses in full, and the hash of what was read.
fn notes(material: &Material<'_>) -> Vec<Paragraph> {
    let case = material.case;
    let sources = case.facts.sources.iter();
    let sources = sources.map(|source| format!("{}: {}", source.name, source.url));
    let notice = case.facts.pdf_url.iter().map(|address| {
        let hash = case.facts.pdf_sha256.as_deref().unwrap_or("not known");
        format!("Notice: {address}; SHA-256 {hash}")
    });
    let read = case.documents.iter().map(|document| {
        format!("Read: {}, {}; SHA-256 {}", document.kind.title(), document.path, document.sha256)
    });
    let case = std::iter::once(format!("Case: {}", case.case));
    case.chain(sources).chain(notice).chain(read).map(Paragraph::plain).collect()
}
