//! Documents to cases: a digest and the official texts of the same action are one case.

use std::collections::BTreeMap;

use super::{
    Entry, key,
    matching::{self, Rank},
    merge,
};
use crate::model::{Case, CaseDocument, CaseFinding, CitedProvision, DocumentKind, categories};

/// Cases, and what did not fit between their documents.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Assembled {
    /// The cases by name.
    pub cases: Vec<Case>,
    /// Sentences, each beginning with the document or case that it is about.
    pub conflicts: Vec<String>,
}

/// Puts the documents of each case together; those that tell of no action belong to none.
///
/// Official texts lead: the notice first, then the register's page, then the digest. A conflict is
/// reported, never guessed away.
#[must_use]
pub fn assemble(entries: &[Entry]) -> Assembled {
    let matched = matching::group(entries);
    let mut assembled = Assembled { conflicts: matched.conflicts, ..Assembled::default() };
    for (slug, mut members) in matched.cases {
        members.sort_by_key(|entry| Rank::of(entry));
        let (case, conflict) = case(slug, &members);
        assembled.conflicts.extend(conflict.map(|what| format!("{}: {what}", case.case)));
        assembled.cases.push(case);
    }
    assembled
}

fn case(slug: String, entries: &[&Entry]) -> (Case, Option<String>) {
    let (facts, conflict) = merge::facts(entries);
    let (categories, categories_by_meaning) =
        categories(entries.iter().flat_map(|entry| &entry.record.findings));
    let texts: Vec<&str> = entries.iter().map(|entry| entry.body.as_str()).collect();
    let case = Case {
        case: slug,
        facts,
        categories,
        categories_by_meaning,
        findings: entries.iter().flat_map(|entry| findings(entry)).collect(),
        recommendations: entries.iter().flat_map(|e| e.record.recommendations.clone()).collect(),
        remedies: entries.iter().flat_map(|e| e.record.remedies.clone()).collect(),
        aggravating: entries.iter().flat_map(|e| e.record.aggravating.clone()).collect(),
        mitigating: entries.iter().flat_map(|e| e.record.mitigating.clone()).collect(),
        cited: cited(entries),
        documents: entries.iter().map(|entry| document(entry)).collect(),
        text: texts.join("\n\n"),
    };
    (case, conflict)
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
        address: address(entry),
    }
}

/// Where an official text lies on the web; a digest is on no page of its own.
fn address(entry: &Entry) -> Option<String> {
    let facts = &entry.record.facts;
    match entry.record.kind {
        DocumentKind::RegisterPage => facts.page_url.clone(),
        _ if key::is_notice(entry) => facts.pdf_url.clone(),
        _ => None,
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
