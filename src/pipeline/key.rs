//! What two documents of one case have in common, from the surest to the weakest.

use std::{fmt, path::Path};

use super::Entry;
use crate::{
    model::{DocumentKind, Facts},
    taxonomy::split_words,
};

/// A mark by which a document knows its case. Addresses are compared without scheme, `www.`, the
/// Welsh host, an archive's prefix, query and closing slash.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Key {
    /// Address of a register page.
    Page(String),
    /// Address of a notice.
    File(String),
    /// SHA-256 of a notice.
    Hash(String),
    /// The number or token of a published file and its name: they outlive the move of the site from
    /// `/media/` to `/media2/`.
    Media(String),
    /// The name of a file alone.
    FileName(String),
}

impl Key {
    /// Whether it settles the matter by itself.
    pub const fn is_sure(&self) -> bool {
        !matches!(self, Self::FileName(_))
    }
}

impl fmt::Display for Key {
    /// What it is, not its value.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Page(_) => "register page",
            Self::File(_) => "address of the notice",
            Self::Hash(_) => "content of the notice",
            Self::Media(_) => "number and file name of the notice",
            Self::FileName(_) => "file name",
        })
    }
}

/// Words that many names of files have; a name of nothing else says nothing.
const GENERIC: [&str; 15] = [
    "reprimand", "monetary", "penalty", "enforcement", "notice", "mpn", "en", "final", "the",
    "redacted", "letter", "document", "ico", "of", "for",
];

/// All keys of a document, the surest first.
pub fn keys(entry: &Entry) -> Vec<Key> {
    let facts = &entry.record.facts;
    let mut keys: Vec<Key> = pages(facts).map(Key::Page).collect();
    keys.extend(files(facts).map(|file| Key::File(bare(file))));
    keys.extend(facts.pdf_sha256.iter().cloned().map(Key::Hash));
    if is_notice(entry) {
        keys.push(Key::Hash(entry.sha256.clone()));
    }
    keys.extend(files(facts).filter_map(media).map(Key::Media));
    let local = is_notice(entry).then_some(entry.record.document.as_str());
    keys.extend(files(facts).chain(local).filter_map(file_name).map(Key::FileName));
    keys.sort();
    keys.dedup();
    keys
}

/// Addresses of the register pages of a document, to be compared.
pub fn pages(facts: &Facts) -> impl Iterator<Item = String> {
    facts.page_url.iter().chain(&facts.also_page_urls).map(|page| bare(page))
}

fn files(facts: &Facts) -> impl Iterator<Item = &str> {
    facts.pdf_url.iter().chain(&facts.also_pdf_urls).map(String::as_str)
}

/// Whether a document is the text of a notice itself.
pub fn is_notice(entry: &Entry) -> bool {
    let kind = entry.record.kind;
    kind.tells_a_case() && !matches!(kind, DocumentKind::Digest | DocumentKind::RegisterPage)
}

/// An address without what differs between spellings of the same one.
pub fn bare(address: &str) -> String {
    let address = address.to_lowercase();
    // An archive puts its own address before the page's.
    let start = address.rfind("://").map_or(0, |at| at + 3);
    let address = address[start..].split(['?', '#']).next().unwrap_or_default();
    let address = address.strip_prefix("www.").unwrap_or(address);
    let address = address.strip_prefix("cy.").unwrap_or(address);
    address.trim_end_matches('/').replacen("ico.org.uk./", "ico.org.uk/", 1)
}

/// "4030454/example-reprimand.pdf" of `/media/action-weve-taken/reprimands/4030454/…`.
fn media(address: &str) -> Option<String> {
    let bare = bare(address);
    let (_, path) = bare.split_once('/')?;
    let parts: Vec<&str> = path.split('/').collect();
    match parts[..] {
        ["media" | "media2", .., token, name] if is_token(token) => Some(format!("{token}/{name}")),
        _ => None,
    }
}

/// Seven digits, or eight letters and digits.
fn is_token(part: &str) -> bool {
    let is_number = part.len() >= 4 && part.chars().all(|c| c.is_ascii_digit());
    is_number || (part.len() == 8 && part.chars().all(|c| c.is_ascii_alphanumeric()))
}

/// The name of a file without its ending, where it has a word of its own.
fn file_name(path: &str) -> Option<String> {
    let bare = bare(path);
    let stem = Path::new(&bare).file_stem()?.to_str()?;
    let is_own =
        |word: &String| word.chars().any(char::is_alphabetic) && !GENERIC.contains(&word.as_str());
    split_words(stem).any(|word| is_own(&word)).then(|| stem.to_owned())
}

/// Words of a company's form and articles, which differ between spellings of one name.
pub const FORMS: [&str; 6] = ["the", "limited", "ltd", "plc", "llp", "inc"];

/// A name without case, punctuation and legal form: "The Example Ltd." is "example".
pub fn body(name: &str) -> String {
    let name = name.replace('&', " and ");
    let words: Vec<String> =
        split_words(&name).filter(|word| !FORMS.contains(&word.as_str())).collect();
    words.join(" ")
}

/// All names of the body that a document is about.
pub fn bodies(facts: &Facts) -> impl Iterator<Item = String> {
    let names = facts.organisation.iter().chain(&facts.also_known_as);
    names.map(|name| body(name)).filter(|name| !name.is_empty())
}

/// Whether two documents name the same body, under any of its names.
pub fn same_body(one: &Facts, other: &Facts) -> bool {
    bodies(one).any(|name| bodies(other).any(|known| name == known))
}

/// Whether two documents may speak of one body: one names none, or one name holds the other.
pub fn may_be_same_body(one: &Facts, other: &Facts) -> bool {
    let unnamed = |facts: &Facts| bodies(facts).next().is_none();
    let holds = |long: &str, short: &str| format!(" {long} ").contains(&format!(" {short} "));
    unnamed(one)
        || unnamed(other)
        || bodies(one).any(|a| bodies(other).any(|b| holds(&a, &b) || holds(&b, &a)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_address_panics(text in ".{0,60}", parts in "(https://)?(/|media2?|[a-z0-9.%-]{1,9}|ü){0,9}") {
            for address in [&text, &parts] {
                let once = bare(address);
                prop_assert!(!once.ends_with('/'));
                let _ = (media(address), file_name(address), body(address));
            }
        }
    }

    #[test]
    fn spellings_of_one_address_are_one() {
        let spellings = [
            "https://ico.org.uk/action-weve-taken/enforcement/2024/05/fennimore/",
            "http://www.ico.org.uk/action-weve-taken/enforcement/2024/05/Fennimore?q=x",
            "https://cy.ico.org.uk./action-weve-taken/enforcement/2024/05/fennimore/#top",
            "https://web.archive.org/web/2024id_/https://ico.org.uk/action-weve-taken/enforcement/2024/05/fennimore/",
        ];
        for spelling in spellings {
            assert_eq!(
                bare(spelling),
                "ico.org.uk/action-weve-taken/enforcement/2024/05/fennimore"
            );
        }
    }

    #[test]
    fn a_file_is_known_after_the_site_has_moved() {
        let old =
            media("https://ico.org.uk/media/action-weve-taken/reprimands/4030454/fennimore.pdf");
        assert_eq!(old.as_deref(), Some("4030454/fennimore.pdf"));
        assert_eq!(media("https://ico.org.uk/media2/migrated/4030454/fennimore.pdf"), old);
        assert_eq!(media("https://ico.org.uk/about/fennimore.pdf"), None);
    }

    #[test]
    fn a_name_of_common_words_is_none() {
        assert_eq!(file_name("https://x/monetary-penalty-notice-1.pdf"), None);
        assert_eq!(
            file_name("fetched/Fennimore-reprimand.pdf").as_deref(),
            Some("fennimore-reprimand")
        );
    }

    #[test]
    fn legal_forms_do_not_tell_bodies_apart() {
        assert_eq!(body("The Fennimore & Sons Ltd."), body("FENNIMORE AND SONS LIMITED"));
        assert_ne!(body("Fennimore"), body("Fennimore Academy"));
    }
}
