//! Documents to cases: a digest and the official texts of the same action are one case.

use std::collections::{BTreeMap, HashMap};

use super::Entry;
use crate::model::{Case, CaseDocument, CaseFinding, CitedProvision, DocumentKind, Facts};

/// Puts the documents of each case together; guidance notes belong to none.
///
/// A digest gives its case the name of its file. Another document joins the case that has its
/// register page or notice, or else makes a case of its own, named after the organisation. Official
/// documents lead: their facts go before a digest's, which fill what they leave open.
#[must_use]
pub fn assemble(entries: &[Entry]) -> Vec<Case> {
    let of_kind = |digest: bool| {
        entries.iter().filter(move |entry| match entry.record.kind {
            DocumentKind::Guidance => false,
            kind => (kind == DocumentKind::Digest) == digest,
        })
    };
    let mut members: BTreeMap<String, Vec<&Entry>> = BTreeMap::new();
    let mut by_address: HashMap<&str, String> = HashMap::new();
    for digest in of_kind(true) {
        let slug = unused(&members, digest.stem(), digest);
        for address in addresses(&digest.record.facts) {
            by_address.insert(address, slug.clone());
        }
        members.entry(slug).or_default().push(digest);
    }
    for document in of_kind(false) {
        let known =
            addresses(&document.record.facts).find_map(|address| by_address.get(address).cloned());
        let slug = known.unwrap_or_else(|| unused(&members, &slug_of(document), document));
        for address in addresses(&document.record.facts) {
            by_address.entry(address).or_insert_with(|| slug.clone());
        }
        members.entry(slug).or_default().insert(0, document);
    }
    members.into_iter().map(|(slug, entries)| case(slug, &entries)).collect()
}

fn addresses(facts: &Facts) -> impl Iterator<Item = &str> {
    let pages = facts.page_url.iter().chain(&facts.also_page_urls).chain(&facts.pdf_url);
    pages.map(|address| address.trim_end_matches('/'))
}

/// "Example Council Ltd" of 2024 becomes `example-council`.
fn slug_of(entry: &Entry) -> String {
    let name = entry.record.facts.organisation.as_deref().unwrap_or_else(|| entry.stem());
    let words: Vec<String> = crate::taxonomy::split_words(name)
        .filter(|word| !["the", "limited", "ltd", "plc", "llp", "inc"].contains(&word.as_str()))
        .collect();
    if words.is_empty() { "unnamed".to_owned() } else { words.join("-") }
}

/// The name itself; with the year or the date of the action if another case has it; or else with
/// the lowest number that makes it unique.
fn unused(members: &BTreeMap<String, Vec<&Entry>>, name: &str, entry: &Entry) -> String {
    let date = entry.record.facts.date;
    let dated = date.map(|date| [format!("{name}-{}", date.year()), format!("{name}-{date}")]);
    let numbered = (2..).map(|number| format!("{name}-{number}"));
    let mut names =
        std::iter::once(name.to_owned()).chain(dated.into_iter().flatten()).chain(numbered);
    names.find(|candidate| !members.contains_key(candidate)).unwrap_or_default()
}

fn case(slug: String, entries: &[&Entry]) -> Case {
    let facts = entries
        .iter()
        .map(|entry| entry.record.facts.clone())
        .reduce(Facts::or)
        .unwrap_or_default();
    let mut categories: Vec<String> =
        entries.iter().flat_map(|entry| entry.record.categories.iter().cloned()).collect();
    categories.sort();
    categories.dedup();
    let texts: Vec<&str> = entries.iter().map(|entry| entry.body.as_str()).collect();
    Case {
        case: slug,
        facts,
        categories,
        findings: entries.iter().flat_map(|entry| findings(entry)).collect(),
        recommendations: entries.iter().flat_map(|e| e.record.recommendations.clone()).collect(),
        remedies: entries.iter().flat_map(|e| e.record.remedies.clone()).collect(),
        cited: cited(entries),
        documents: entries.iter().map(|entry| document(entry)).collect(),
        text: texts.join("\n\n"),
    }
}

fn findings(entry: &Entry) -> impl Iterator<Item = CaseFinding> {
    let document = &entry.record.document;
    let findings = entry.record.findings.iter().cloned();
    findings.map(|finding| CaseFinding { finding, document: document.clone() })
}

fn document(entry: &Entry) -> CaseDocument {
    CaseDocument {
        path: entry.record.document.clone(),
        kind: entry.record.kind,
        sha256: entry.sha256.clone(),
    }
}

/// Each provision once, at the place where its status is strongest.
fn cited(entries: &[&Entry]) -> Vec<CitedProvision> {
    let mut strongest: BTreeMap<&crate::model::Provision, &CitedProvision> = BTreeMap::new();
    for cited in entries.iter().flat_map(|entry| &entry.record.cited) {
        let kept = strongest.entry(&cited.provision).or_insert(cited);
        if cited.status < kept.status {
            *kept = cited;
        }
    }
    strongest.into_values().cloned().collect()
}
