//! Similar cases, and what became of them.

use super::{Material, facts::outcome};
use crate::{
    english::listed,
    similar::Similar,
    slides::deck::{Body, Paragraph, Run, Slide, Table},
};

/// The table of similar cases, where there are any.
pub fn slide(material: &Material<'_>) -> Option<Slide> {
    let rows: Vec<Vec<Paragraph>> =
        material.similar.iter().map(|similar| row(similar, material)).collect();
    let notes = material.similar.iter().map(|similar| note(similar, material));
    let notes = notes.collect();
    (!rows.is_empty()).then(|| Slide {
        title: "Similar cases, and what became of them".to_owned(),
        body: Body::Table {
            lead: vec![Paragraph::plain("The most alike first, by failures, facts and sector.")],
            table: Table {
                header: ["Case", "About", "Outcome"].map(str::to_owned).to_vec(),
                widths: vec![32, 40, 28],
                rows,
            },
        },
        notes,
    })
}

fn row(similar: &Similar, material: &Material<'_>) -> Vec<Paragraph> {
    let case = &similar.case;
    let name = name(similar);
    let name = match case.page_url.as_deref().filter(|_| !material.anonymous) {
        Some(address) => Run::link(name, address),
        None => Run::plain(name),
    };
    let actions: Vec<String> =
        case.action_types.iter().map(|action| action.title().to_owned()).collect();
    let outcome = outcome(&listed(&actions), case.amount_gbp);
    let outcome =
        case.date.map_or_else(|| outcome.clone(), |date| format!("{outcome}, {}", date.in_words()));
    let about = case.title.clone().unwrap_or_default();
    vec![Paragraph::of(vec![name]), Paragraph::plain(about), Paragraph::plain(outcome)]
}

fn name(similar: &Similar) -> String {
    similar.case.organisation.clone().unwrap_or_else(|| "Organisation not named".to_owned())
}

/// What both share, and where the other is to be found.
fn note(similar: &Similar, material: &Material<'_>) -> Paragraph {
    let both = similar.both.categories.iter();
    let both: Vec<String> = both
        .map(|id| material.taxonomy.category(id).map_or(id, |category| &category.title).clone())
        .collect();
    let both = if both.is_empty() { "none of the failures".to_owned() } else { both.join("; ") };
    let whole = format!("{}: likeness {:.2}; both have {both}.", name(similar), similar.score);
    let address = similar.case.page_url.as_deref().filter(|_| !material.anonymous);
    Paragraph::plain(address.map_or_else(|| whole.clone(), |address| format!("{whole} {address}")))
}
