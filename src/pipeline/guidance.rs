//! Guidance as lessons link to it: the notes, and the pages of the ICO that are at hand.

use super::{Entry, Guidance, key};
use crate::model::DocumentKind;

/// Notes first, then pages. A page speaks to the categories of the note on the same address, or of
/// the only note whose address ends alike: guidance moves, and keeps the last part of its address.
pub fn guidance(entries: &[Entry]) -> Vec<Guidance> {
    let of_kind = |kind| entries.iter().filter(move |entry| entry.record.kind == kind);
    let notes: Vec<Guidance> = of_kind(DocumentKind::Guidance).map(stated).collect();
    let pages = of_kind(DocumentKind::GuidancePage).map(stated).map(|page| {
        let categories = note_on(&page.url, &notes).map(|note| note.categories.clone());
        Guidance { categories: categories.unwrap_or_default(), ..page }
    });
    let pages: Vec<Guidance> = pages.collect();
    notes.into_iter().chain(pages).collect()
}

/// The note whose main category it is, or else one that also speaks to it.
#[must_use]
pub fn guidance_on<'g>(category: &str, guidance: &'g [Guidance]) -> Option<&'g Guidance> {
    let main = |note: &&Guidance| note.categories.first().is_some_and(|first| first == category);
    let also = |note: &&Guidance| note.categories.iter().any(|other| other == category);
    guidance.iter().find(main).or_else(|| guidance.iter().find(also))
}

fn stated(entry: &Entry) -> Guidance {
    let facts = &entry.record.facts;
    Guidance {
        title: facts.title.clone().unwrap_or_default(),
        url: facts.page_url.clone().unwrap_or_default(),
        categories: entry.speaks_to.clone(),
        text: entry.body.clone(),
    }
}

fn note_on<'a>(address: &str, notes: &'a [Guidance]) -> Option<&'a Guidance> {
    let address = key::bare(address);
    let tail = |address: &str| address.rsplit_once('/').map(|(_, tail)| tail.to_owned());
    let own = tail(&address)?;
    let same = notes.iter().find(|note| key::bare(&note.url) == address);
    let mut alike = notes.iter().filter(|note| tail(&key::bare(&note.url)).as_ref() == Some(&own));
    same.or_else(|| alike.next().filter(|_| alike.next().is_none()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn note(url: &str, category: &str) -> Guidance {
        Guidance {
            title: String::new(),
            url: url.to_owned(),
            categories: vec![category.to_owned()],
            text: String::new(),
        }
    }

    #[test]
    fn a_page_is_known_after_it_has_moved() {
        let notes = [
            note("https://ico.org.uk/for-organisations/uk-gdpr/accuracy/", "inaccurate-data"),
            note("https://ico.org.uk/for-organisations/ai/security/", "insecure-systems"),
            note("https://ico.org.uk/for-organisations/toolkits/security/", "no-encryption"),
        ];
        let category = |url: &str| note_on(url, &notes).map(|note| note.categories[0].as_str());
        assert_eq!(
            category("https://ico.org.uk/for-organisations/guide-2018/accuracy"),
            Some("inaccurate-data")
        );
        assert_eq!(
            category("https://cy.ico.org.uk/for-organisations/ai/security"),
            Some("insecure-systems")
        );
        assert_eq!(category("https://ico.org.uk/for-organisations/other/security/"), None);
    }
}
