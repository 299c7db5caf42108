//! What went wrong: one slide a failure.

use super::{
    Material,
    evidence::{self, Evidence},
    text_slide,
};
use crate::{
    model::{CaseFinding, Instrument, Provision, Stance},
    slides::deck::{Body, Paragraph, Run, Slide},
    taxonomy::Category,
};

/// Provisions that a slide shows; all stand in the notes.
const SHOWN: usize = 4;

/// One slide for each category found, in the order of the taxonomy; or one that says what is missing.
pub fn slides(material: &Material<'_>) -> Vec<Slide> {
    let taxonomy = material.taxonomy;
    let is_found = |category: &&Category| material.case.categories.contains(&category.id);
    let mut told = Vec::new();
    let found = taxonomy.categories.iter().filter(is_found);
    let found: Vec<Slide> = found.map(|c| failure(c, material, &mut told)).collect();
    if found.is_empty() { vec![nothing(material)] } else { found }
}

fn nothing(material: &Material<'_>) -> Slide {
    let kinds: Vec<&str> = material.case.documents.iter().map(|d| d.kind.title()).collect();
    let text = [
        "No failing could be read from the documents at hand, so this deck has facts only: no findings, \
         no lessons, no questions."
            .to_owned(),
        format!("At hand: {}. The notice, where there is one, may say more.", kinds.join(", ")),
    ];
    let text = text.map(Paragraph::plain).to_vec();
    text_slide("What went wrong", text, vec![super::facts::sourced(material)])
}

/// One failure; what it leads with joins what is told.
fn failure<'a>(category: &Category, material: &Material<'a>, told: &mut Vec<&'a str>) -> Slide {
    let found = to_tell(material, &category.id, told);
    told.extend(found.first().map(|first| first.finding.sentence.as_str()));
    let evidence: Vec<Evidence<'_>> = found.iter().map(|f| Evidence::of(f, material)).collect();
    let quote = evidence.first().map(|first| {
        let from = Paragraph::aside(format!("— {}", first.attribution()));
        vec![Paragraph::of(first.runs()), from]
    });
    let mut notes = vec![Paragraph::plain(format!("What this means: {}", category.definition))];
    notes.extend(evidence::notes(&evidence, material));
    let (law, addresses) = law(category, &found, material);
    notes.extend(addresses);
    Slide {
        title: category.title.clone(),
        body: Body::Quote { quote: quote.unwrap_or_default(), below: vec![law, asked(category)] },
        notes,
    }
}

/// How sure another sentence must be, as a share of the surest, to lead in its place.
const NEARLY_AS_SURE: f64 = 0.8;

/// The findings of a category. One that is told already gives way to another that is as good.
pub fn to_tell<'a>(material: &Material<'a>, category: &str, told: &[&str]) -> Vec<&'a CaseFinding> {
    let mut found = strongest(material, category);
    let Some(best) = found.first().copied() else { return found };
    let official = |found: &CaseFinding| Evidence::of(found, material).is_official();
    let is_as_good = |other: &&CaseFinding| {
        !told.contains(&other.finding.sentence.as_str())
            && official(other) == official(best)
            && other.finding.confidence >= best.finding.confidence * NEARLY_AS_SURE
    };
    if let Some(place) = found.iter().position(is_as_good) {
        found[..=place].rotate_right(1);
    }
    found
}

/// The findings of a category, each sentence once: the regulator's own words first, the surest first.
fn strongest<'a>(material: &Material<'a>, category: &str) -> Vec<&'a CaseFinding> {
    let mut found: Vec<&CaseFinding> = Vec::new();
    for candidate in &material.case.findings {
        let finding = &candidate.finding;
        let is_new = found.iter().all(|known| known.finding.sentence != finding.sentence);
        if finding.stance == Stance::Finding && finding.category == category && is_new {
            found.push(candidate);
        }
    }
    let own_words = |found: &CaseFinding| Evidence::of(found, material).is_official();
    let surer =
        |a: &CaseFinding, b: &CaseFinding| b.finding.confidence.total_cmp(&a.finding.confidence);
    found.sort_by(|a, b| own_words(b).cmp(&own_words(a)).then_with(|| surer(a, b)));
    found
}

/// The provisions, each with its short title and a link, and for the notes their addresses.
fn law(
    category: &Category,
    found: &[&CaseFinding],
    material: &Material<'_>,
) -> (Paragraph, Vec<Paragraph>) {
    let (label, provisions) = provisions(category, found, material);
    let mut runs = vec![Run::bold(label)];
    for (place, provision) in provisions.iter().take(SHOWN).enumerate() {
        let title = material.taxonomy.provision_title(provision);
        let title = title.map(|title| format!(" ({title})")).unwrap_or_default();
        let comma = if place == 0 { "" } else { "; " };
        runs.push(Run::plain(comma));
        runs.push(Run::link(format!("{provision}{title}"), &provision.uri()));
    }
    if provisions.len() > SHOWN {
        runs.push(Run::plain(format!("; the notes have {} more", provisions.len() - SHOWN)));
    }
    let address = |provision: &Provision| format!("{provision}: {}", provision.uri());
    (Paragraph::of(runs), provisions.iter().map(address).map(Paragraph::plain).collect())
}

/// What the sentences cite; else what the case was found to infringe among the usual law; else that
/// law as it is today, whatever was in force then.
fn provisions(
    category: &Category,
    found: &[&CaseFinding],
    material: &Material<'_>,
) -> (&'static str, Vec<Provision>) {
    let mut cited: Vec<Provision> =
        found.iter().flat_map(|found| found.finding.provisions.iter().cloned()).collect();
    cited.sort();
    cited.dedup();
    if !cited.is_empty() {
        return ("Law cited there: ", cited);
    }
    let usual = |infringed: &Provision| {
        let infringed = infringed.as_uk_law();
        category.provisions.iter().any(|u| u.covers(&infringed) || infringed.covers(u))
    };
    let infringed: Vec<Provision> = material.case.infringed().into_iter().filter(usual).collect();
    if infringed.is_empty() {
        let today =
            category.provisions.iter().filter(|usual| usual.instrument() != Instrument::Dpa1998);
        return ("Law on this today: ", today.cloned().collect());
    }
    ("Law infringed: ", infringed)
}

/// What the law asks for, in the words of the lesson.
fn asked(category: &Category) -> Paragraph {
    Paragraph::of(vec![Run::bold("What it asks for: "), Run::plain(category.lesson.clone())])
}
