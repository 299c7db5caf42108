//! What a feed tells of one case.

use jiff::{Timestamp, civil::Time, tz::Offset};

use crate::{
    cite::{self, Reference},
    english::{capital, listed, pounds},
    model::{ActionType, Case, CaseFinding, DocumentKind, PartialDate, Stance},
    taxonomy::Taxonomy,
};

/// One case.
#[derive(Debug, Clone, PartialEq)]
pub struct Entry {
    /// Made of the case's slug.
    pub id: String,
    /// "Reprimand: Example School".
    pub title: String,
    /// When its sources were new or changed last, or else the day of the action.
    pub updated: Timestamp,
    /// The day of the action.
    pub published: Option<Timestamp>,
    /// The regulator's page first.
    pub links: Vec<Link>,
    /// Failures, sector and kinds of action.
    pub terms: Vec<Term>,
    /// In a few sentences.
    pub summary: String,
    /// Headline of the case.
    pub headline: String,
    /// "Reprimand · Education and childcare · 22 July 2024".
    pub facts: String,
    /// What failed.
    pub failures: Vec<Failure>,
    /// Provisions found infringed.
    pub provisions: Vec<String>,
}

/// An address of an entry.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Link {
    /// What it is to the entry: `alternate` or `related`.
    pub rel: &'static str,
    /// Its type, where it is known.
    pub media_type: Option<&'static str>,
    /// The address.
    pub href: String,
    /// What lies there.
    pub title: String,
}

/// A category in the sense of feeds.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Term {
    /// Identifier, such as `missing-dpia`.
    pub term: String,
    /// As a reader sees it.
    pub label: String,
}

/// A failure with the sentence that states it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Failure {
    /// Title of the category.
    pub title: String,
    /// Verbatim.
    pub sentence: String,
    /// Whether the regulator wrote it, and not casebook's digest.
    pub official: bool,
}

/// What an entry needs beside its case.
#[derive(Debug, Clone, Copy)]
pub struct Desk<'a> {
    /// Titles of things.
    pub taxonomy: &'a Taxonomy,
    /// What references need.
    pub cite: cite::Desk<'a>,
}

impl Entry {
    /// What is told of a case that was updated then.
    #[must_use]
    pub fn of(case: &Case, updated: Timestamp, desk: &Desk<'_>) -> Self {
        let reference = Reference::of(case, &desk.cite);
        let failures = failures(case, desk.taxonomy);
        let facts = facts(case, desk.taxonomy);
        let headline = case.title().to_owned();
        let found: Vec<String> = failures.iter().map(|failure| failure.title.clone()).collect();
        let found = if found.is_empty() {
            "No failure was found in the text.".to_owned()
        } else {
            format!("What failed: {}.", found.join("; "))
        };
        Self {
            id: super::lasting_id("case", &case.case),
            title: reference.title(),
            updated,
            published: case.facts.date.and_then(first_moment),
            links: links(&reference),
            terms: terms(case, desk.taxonomy),
            summary: format!("{}. {facts}. {found}", headline.trim_end_matches('.')),
            headline,
            facts,
            failures,
            provisions: case.infringed().iter().map(ToString::to_string).collect(),
        }
    }
}

/// The beginning of the first day that a date can mean.
#[must_use]
pub fn first_moment(date: PartialDate) -> Option<Timestamp> {
    Offset::UTC.to_timestamp(date.earliest().to_datetime(Time::midnight())).ok()
}

fn facts(case: &Case, taxonomy: &Taxonomy) -> String {
    let facts = &case.facts;
    let action = |action: &ActionType| match facts.amount_gbp {
        Some(sum) if *action == ActionType::MonetaryPenalty => {
            format!("{} of {}", action.title(), pounds(sum))
        }
        _ => action.title().to_owned(),
    };
    let actions: Vec<String> = facts.action_types.iter().map(action).collect();
    let sector = facts.sector.as_deref().and_then(|id| taxonomy.sector(id));
    let parts = [
        Some(capital(&listed(&actions))).filter(|actions| !actions.is_empty()),
        sector.map(|sector| sector.title.clone()),
        facts.date.map(PartialDate::in_words),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// One sentence for each category: the regulator's before that of a digest, then the surest.
fn failures(case: &Case, taxonomy: &Taxonomy) -> Vec<Failure> {
    let is_official = |found: &CaseFinding| {
        let document = case.documents.iter().find(|document| document.path == found.document);
        document.is_some_and(|document| document.kind != DocumentKind::Digest)
    };
    let rank = |found: &CaseFinding| (is_official(found), found.finding.confidence);
    let of_category = |id: &String| {
        let found = case.findings.iter().filter(|found| {
            found.finding.stance == Stance::Finding && found.finding.category == *id
        });
        let best =
            found.reduce(|best, other| if rank(other) > rank(best) { other } else { best })?;
        Some(Failure {
            title: taxonomy.category(id).map_or(id, |category| &category.title).clone(),
            sentence: best.finding.sentence.clone(),
            official: is_official(best),
        })
    };
    case.categories.iter().filter_map(of_category).collect()
}

fn links(reference: &Reference) -> Vec<Link> {
    let link = |rel, href: &str, title: String| Link {
        rel,
        media_type: if href.ends_with(".pdf") { Some("application/pdf") } else { None },
        href: href.to_owned(),
        title,
    };
    let reported = reference.reported_by.as_ref().map(|name| format!("Reported by {name}"));
    let leading = reference.url.as_ref().map(|url| {
        link("alternate", url, reported.unwrap_or_else(|| "Page of the regulator".to_owned()))
    });
    let is_other = |url: &&String| Some(*url) != reference.url.as_ref();
    let notice = reference.notice_url.as_ref().filter(is_other);
    let notice = notice.map(|url| link("related", url, "Notice".to_owned()));
    let archived = reference.archived.as_ref().filter(is_other);
    let archived = archived.map(|url| link("related", url, "Archived copy".to_owned()));
    leading.into_iter().chain(notice).chain(archived).collect()
}

fn terms(case: &Case, taxonomy: &Taxonomy) -> Vec<Term> {
    let term = |id: &str, label: &str| Term { term: id.to_owned(), label: label.to_owned() };
    let categories = case
        .categories
        .iter()
        .map(|id| term(id, taxonomy.category(id).map_or(id, |category| &category.title)));
    let sector = case.facts.sector.as_deref();
    let sector = sector.map(|id| term(id, taxonomy.sector(id).map_or(id, |s| &s.title)));
    let actions = case.facts.action_types.iter();
    let actions = actions.map(|action| term(action.id(), action.title()));
    categories.chain(sector).chain(actions).collect()
}
