//! Several cases in one deck: first side by side, then each in short, then what they teach together.

use super::{
    Material,
    evidence::{self, Evidence},
    facts,
    facts::outcome,
    failures::to_tell,
    lessons, sources, text_slide,
};
use crate::{
    english::{capital, counted},
    model::PartialDate,
    slides::deck::{Body, Chart, Deck, Paragraph, Run, Slide, Table},
    taxonomy::Category,
};

/// What a deck of several cases is about.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Topic {
    /// Its title.
    pub title: String,
    /// How many cases were found, of which the deck may have fewer.
    pub found: usize,
    /// The dates of those that have one.
    pub dates: Vec<PartialDate>,
}

/// Fewer cases make no trend.
const TREND: usize = 5;

/// The deck of several cases.
#[must_use]
pub fn several(topic: &Topic, cases: &[Material<'_>]) -> Deck {
    let slides = [
        vec![opening(topic, cases)],
        trend(topic).into_iter().collect(),
        vec![comparison(topic, cases)],
        cases.iter().flat_map(short).collect(),
        lessons::learned(cases).into_iter().collect(),
        lessons::questions(cases).into_iter().collect(),
        vec![sources::slide(cases)],
    ];
    Deck { title: topic.title.clone(), slides: slides.concat() }
}

fn opening(topic: &Topic, cases: &[Material<'_>]) -> Slide {
    let years = cases.iter().filter_map(|material| material.case.facts.date).map(|d| d.year());
    let years = (years.clone().min(), years.max());
    let period = match years {
        (Some(first), Some(last)) if first != last => format!(", {first} to {last}"),
        (Some(year), _) => format!(", {year}"),
        _ => String::new(),
    };
    let text = vec![
        Paragraph::plain(format!("{}{period}", counted(cases.len(), "case", "cases"))),
        Paragraph::plain(left_out(topic, cases).unwrap_or_default()),
    ];
    let text = text.into_iter().filter(|paragraph| !paragraph.text().is_empty()).collect();
    let notes = vec![Paragraph::plain(
        "Case studies for discussion, made with casebook. Not legal advice.",
    )];
    Slide { title: topic.title.clone(), body: Body::Opening(text), notes }
}

fn left_out(topic: &Topic, cases: &[Material<'_>]) -> Option<String> {
    let more = topic.found.saturating_sub(cases.len());
    let found = counted(topic.found, "case", "cases");
    (more > 0).then(|| format!("{found} found; {more} left out of this deck."))
}

/// How many of the cases found there were in each year, where they make a trend.
fn trend(topic: &Topic) -> Option<Slide> {
    let (first, last) = (topic.dates.iter().min()?, topic.dates.iter().max()?);
    if topic.dates.len() < TREND || first.year() == last.year() {
        return None;
    }
    let count = |year: i16| topic.dates.iter().filter(|date| date.year() == year).count();
    let bar = |year: i16| (year.to_string(), u32::try_from(count(year)).unwrap_or(u32::MAX));
    let chart = Chart {
        names: "Year".to_owned(),
        numbers: "Cases".to_owned(),
        bars: (first.year()..=last.year()).map(bar).collect(),
    };
    let lead = format!(
        "{} by the year of the action; the latest is of {}.",
        capital(&counted(topic.dates.len(), "case", "cases")),
        last.in_words()
    );
    let undated = topic.found.saturating_sub(topic.dates.len());
    let notes = [
        chart.described(),
        "Counted: cases in casebook's corpus that fit the topic, each once, in the year of its date; \
         they are not all that the ICO has done, and the last year may not be over."
            .to_owned(),
        format!("Without a date, and so not in the chart: {undated}."),
    ];
    Some(Slide {
        title: "The cases by year".to_owned(),
        body: Body::Chart { lead: vec![Paragraph::plain(lead)], chart },
        notes: notes.into_iter().map(Paragraph::plain).collect(),
    })
}

fn comparison(topic: &Topic, cases: &[Material<'_>]) -> Slide {
    let lead = left_out(topic, cases)
        .unwrap_or_else(|| "What failed in each, and how it ended.".to_owned());
    let table = Table {
        header: ["Case", "Outcome", "What failed"].map(str::to_owned).to_vec(),
        widths: vec![26, 22, 52],
        rows: cases.iter().map(row).collect(),
    };
    Slide {
        title: "The cases compared".to_owned(),
        body: Body::Table { lead: vec![Paragraph::plain(lead)], table },
        notes: cases.iter().map(facts::sourced).collect(),
    }
}

fn row(material: &Material<'_>) -> Vec<Paragraph> {
    let case = material.case;
    let name = match material.address() {
        Some(address) => Run::link(case.organisation(), address),
        None => Run::plain(case.organisation()),
    };
    let outcome = outcome(&case.actions_in_words(), case.facts.amount_gbp);
    let outcome = case
        .facts
        .date
        .map_or_else(|| outcome.clone(), |date| format!("{outcome}, {}", date.in_words()));
    let failed: Vec<&str> =
        found_in(material).iter().map(|category| category.title.as_str()).collect();
    let failed = match failed[..] {
        [] => "No failing could be read".to_owned(),
        _ => failed.join("; "),
    };
    vec![Paragraph::of(vec![name]), Paragraph::plain(outcome), Paragraph::plain(failed)]
}

fn found_in<'a>(material: &Material<'a>) -> Vec<&'a Category> {
    let categories = material.taxonomy.categories.iter();
    categories.filter(|category| material.case.categories.contains(&category.id)).collect()
}

/// A case on two slides: its facts, and its failures with a sentence each.
fn short(material: &Material<'_>) -> Vec<Slide> {
    let name = material.case.organisation();
    let facts = Slide { title: name.to_owned(), ..facts::facts(material) };
    let told = told(material);
    let item = |(titles, evidence): &(Vec<&str>, Evidence<'_>)| {
        let mut runs = vec![Run::bold(format!("{}: ", titles.join("; ")))];
        runs.extend(evidence.runs());
        Paragraph::item(runs)
    };
    let mut text: Vec<Paragraph> = told.iter().map(item).collect();
    if text.is_empty() {
        text.push(Paragraph::plain("No failing could be read from the documents at hand."));
    }
    let said: Vec<Evidence<'_>> = told.into_iter().map(|(_, evidence)| evidence).collect();
    let notes = evidence::notes(&said, material);
    vec![facts, text_slide(&format!("{name}: what went wrong"), text, notes)]
}

/// One sentence for each failure; failures that one sentence states stand together.
fn told<'a>(material: &Material<'a>) -> Vec<(Vec<&'a str>, Evidence<'a>)> {
    let mut told: Vec<(Vec<&str>, Evidence<'_>)> = Vec::new();
    for category in found_in(material) {
        let sentences: Vec<&str> = told.iter().map(|(_, evidence)| evidence.sentence).collect();
        let found = to_tell(material, &category.id, &sentences);
        let Some(first) = found.first() else { continue };
        let evidence = Evidence::of(first, material);
        match told.iter_mut().find(|(_, known)| known.sentence == evidence.sentence) {
            Some((titles, _)) => titles.push(&category.title),
            None => told.push((vec![&category.title], evidence)),
        }
    }
    told
}
