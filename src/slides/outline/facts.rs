//! The first slides: who and what, four facts, the dates.

use super::Material;
use crate::{
    english::{capital, pounds, thousands},
    model::{DateKind, PartialDate},
    slides::deck::{Body, Paragraph, Run, Slide, Table},
};

/// Facts that a slide shows.
const SHOWN: usize = 4;

/// The first slide of a case.
pub fn opening(material: &Material<'_>) -> Slide {
    let case = material.case;
    let mut text = Vec::new();
    if case.facts.title.is_some() {
        text.push(Paragraph::plain(case.title()));
    }
    text.push(Paragraph::plain(outcome_and_date(material)));
    let notes = vec![
        Paragraph::plain("A case study for discussion, made with casebook. Not legal advice."),
        Paragraph::plain(
            "Sentences in quotation marks are the regulator's. All others are casebook's own words; the \
             notes of each slide say where they come from.",
        ),
    ];
    Slide { title: case.organisation().to_owned(), body: Body::Opening(text), notes }
}

/// "Reprimand, 22 July 2024".
fn outcome_and_date(material: &Material<'_>) -> String {
    let facts = &material.case.facts;
    let action = outcome(&material.case.actions_in_words(), facts.amount_gbp);
    facts.date.map_or_else(|| action.clone(), |date| format!("{action}, {}", date.in_words()))
}

/// "Monetary penalty of £70,000".
pub fn outcome(actions: &str, amount_gbp: Option<u64>) -> String {
    let actions = if actions.is_empty() { "Kind of action not stated" } else { actions };
    let Some(sum) = amount_gbp.map(pounds) else { return capital(actions) };
    match actions.split_once("monetary penalty") {
        Some((before, after)) => capital(&format!("{before}monetary penalty of {sum}{after}")),
        None => capital(&format!("{actions}, {sum}")),
    }
}

/// The case in one line, and four facts.
pub fn facts(material: &Material<'_>) -> Slide {
    let rows = known(material);
    let (shown, further) = rows.split_at(rows.len().min(SHOWN));
    let row = |(label, value): &(&str, Run)| {
        vec![Paragraph::of(vec![Run::bold(*label)]), Paragraph::of(vec![value.clone()])]
    };
    let line = material.case.facts.title.clone();
    let line = line.unwrap_or_else(|| {
        format!("{}: {}", material.case.organisation(), outcome_and_date(material))
    });
    let table = Table {
        header: vec!["Fact".to_owned(), "What is known".to_owned()],
        widths: vec![28, 72],
        rows: shown.iter().map(row).collect(),
    };
    let further = further.iter().map(|(label, value)| format!("{label}: {}", value.text));
    let mut notes: Vec<Paragraph> = further.map(Paragraph::plain).collect();
    notes.push(sourced(material));
    Slide {
        title: "The case in brief".to_owned(),
        body: Body::Table { lead: vec![Paragraph::plain(line)], table },
        notes,
    }
}

/// Every fact that is known, what matters most first.
fn known(material: &Material<'_>) -> Vec<(&'static str, Run)> {
    let facts = &material.case.facts;
    let taxonomy = material.taxonomy;
    let sector = facts.sector.as_deref();
    let sector = sector.map(|id| taxonomy.sector(id).map_or(id, |sector| sector.title.as_str()));
    let infringed: Vec<String> =
        material.case.infringed().iter().map(ToString::to_string).collect();
    let action = outcome(&material.case.actions_in_words(), facts.amount_gbp);
    let reference = facts.reference.clone().filter(|_| !material.anonymous);
    let rows = [
        ("Action", Some(action)),
        ("Date", dated(facts.date, facts.date_kind)),
        ("People affected", facts.data_subjects.map(thousands)),
        ("Calls or messages", facts.messages_sent.map(thousands)),
        ("Law infringed", Some(infringed.join("; ")).filter(|law| !law.is_empty())),
        ("Sector", sector.map(str::to_owned)),
        ("ICO reference", reference),
    ];
    rows.into_iter().filter_map(|(label, value)| Some((label, Run::plain(value?)))).collect()
}

fn dated(date: Option<PartialDate>, kind: Option<DateKind>) -> Option<String> {
    let Some(date) = date else { return Some("No source gives it".to_owned()) };
    let kind = kind.filter(|kind| *kind != DateKind::Unspecified);
    Some(
        kind.map_or_else(
            || date.in_words(),
            |kind| format!("{} ({})", date.in_words(), kind.title()),
        ),
    )
}

/// Where the facts come from.
pub fn sourced(material: &Material<'_>) -> Paragraph {
    let sources = material.case.facts.sources.iter().filter(|_| !material.anonymous);
    let sources: Vec<String> =
        sources.map(|source| format!("{}, {}", source.name, source.url)).collect();
    let documents: Vec<&str> =
        material.case.documents.iter().map(|document| document.kind.title()).collect();
    let read = format!("Facts read from: {}.", documents.join(", "));
    if sources.is_empty() {
        return Paragraph::plain(read);
    }
    Paragraph::plain(format!("{read} Sources: {}.", sources.join("; ")))
}

/// The dates in their order, where there are two or more.
pub fn timeline(material: &Material<'_>) -> Option<Slide> {
    let facts = &material.case.facts;
    let end = facts.incident_to.filter(|to| facts.incident_from != Some(*to));
    let what = match (facts.incident_from, end) {
        (Some(_), None) => "The events",
        _ => "The events begin",
    };
    let action = outcome(&material.case.actions_in_words(), facts.amount_gbp);
    let kind = facts.date_kind.filter(|kind| *kind != DateKind::Unspecified);
    let action = kind.map_or_else(|| action.clone(), |kind| format!("{action} ({})", kind.title()));
    let events = [
        (facts.incident_from, what.to_owned()),
        (end, "They end".to_owned()),
        (facts.date, action),
    ];
    let dated = events.into_iter().filter_map(|(date, event)| Some((date?, event)));
    let rows: Vec<Vec<Paragraph>> = dated
        .map(|(date, event)| {
            vec![Paragraph::of(vec![Run::bold(date.in_words())]), Paragraph::plain(event)]
        })
        .collect();
    (rows.len() > 1).then(|| Slide {
        title: "When it happened".to_owned(),
        body: Body::Table {
            lead: vec![Paragraph::plain("The dates that the sources give.")],
            table: Table {
                header: vec!["Date".to_owned(), "Event".to_owned()],
                widths: vec![30, 70],
                rows,
            },
        },
        notes: vec![sourced(material)],
    })
}
