//! Cases into a fresh index.

use std::{collections::BTreeSet, fs, path::Path};

use jiff::civil::Date;
use tantivy::{Index, TantivyDocument};

use super::{
    IndexError, analysis,
    passages::passages,
    schema::{CASE, Fields, PASSAGE, organisation_words, register_tokenizers, schema},
};
use crate::{
    model::{Case, Provision, Stance},
    taxonomy::Taxonomy,
};

/// Memory for building, in bytes.
const BUILD_MEMORY: usize = 128 * 1024 * 1024;

/// One thread for each so many cases: an index of few segments is searched faster.
const CASES_PER_THREAD: usize = 1000;

/// Writes an index of the cases into an empty folder.
///
/// # Errors
/// The folder cannot be written.
pub fn build(folder: &Path, cases: &[Case], taxonomy: &Taxonomy) -> Result<(), IndexError> {
    fs::create_dir_all(folder).map_err(|error| tantivy::TantivyError::IoError(error.into()))?;
    let (schema, fields) = schema();
    let index = Index::create_in_dir(folder, schema)?;
    register_tokenizers(&index);
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let threads = (cases.len() / CASES_PER_THREAD).clamp(1, cores.min(4));
    let mut writer = index.writer_with_num_threads(threads, BUILD_MEMORY)?;
    for case in cases {
        writer.add_document(document(case, &fields, taxonomy)?)?;
        for passage in passages(&case.text) {
            let mut document = TantivyDocument::new();
            document.add_text(fields.kind, PASSAGE);
            document.add_text(fields.passage_of, &case.case);
            document.add_text(fields.passage, passage);
            writer.add_document(document)?;
        }
    }
    writer.commit()?;
    writer.wait_merging_threads()?;
    Ok(())
}

fn document(
    case: &Case,
    fields: &Fields,
    taxonomy: &Taxonomy,
) -> Result<TantivyDocument, IndexError> {
    let facts = &case.facts;
    let mut document = TantivyDocument::new();
    document.add_text(fields.kind, CASE);
    document.add_text(fields.case, &case.case);
    for name in facts.organisation.iter().chain(&facts.also_known_as) {
        document.add_text(fields.organisation, name);
        analysis::initials(name)
            .iter()
            .for_each(|form| document.add_text(fields.organisation, form));
        let joins = analysis::joins(&organisation_words(name));
        joins.iter().for_each(|join| document.add_text(fields.joined, join));
    }
    document.add_text(fields.title, case.title());
    document.add_text(fields.about, about(case, taxonomy));
    for finding in case.in_stance(Stance::Finding) {
        document.add_text(fields.findings, &finding.sentence);
    }
    document.add_text(fields.body, &case.text);
    for key in provision_keys(&case.infringed()) {
        document.add_text(fields.infringed, key);
    }
    for key in provision_keys(case.cited.iter().map(|cited| &cited.provision)) {
        document.add_text(fields.cited, key);
    }
    for category in &case.categories {
        document.add_text(fields.category, category);
    }
    for category in &case.categories_by_meaning {
        document.add_text(fields.by_meaning, category);
    }
    for group in groups(case, taxonomy) {
        document.add_text(fields.group, group);
    }
    facts.sector.iter().for_each(|sector| document.add_text(fields.sector, sector));
    facts.action_types.iter().for_each(|action| document.add_text(fields.action, action.id()));
    if let Some(date) = facts.date {
        document.add_text(fields.year, date.year().to_string());
        document.add_i64(fields.earliest, day_number(date.earliest()));
        document.add_i64(fields.latest, day_number(date.latest()));
    }
    facts.amount_gbp.iter().for_each(|amount| document.add_u64(fields.amount, *amount));
    document.add_text(fields.individual, if facts.individual { "yes" } else { "no" });
    document.add_text(fields.json, serde_json::to_string(case)?);
    Ok(document)
}

/// Words that people use for what was found, so that they match without standing in the text.
fn about(case: &Case, taxonomy: &Taxonomy) -> String {
    let categories = case.categories.iter().filter_map(|id| taxonomy.category(id));
    let mut about: Vec<&str> = categories
        .flat_map(|category| [&category.title, &category.definition, &category.lesson])
        .map(String::as_str)
        .collect();
    let sector = case.facts.sector.as_deref().and_then(|id| taxonomy.sector(id));
    about.extend(sector.map(|sector| sector.title.as_str()));
    about.extend(case.facts.action_types.iter().map(|action| action.title()));
    about.join(". ")
}

fn groups<'t>(case: &Case, taxonomy: &'t Taxonomy) -> BTreeSet<&'t str> {
    case.categories.iter().filter_map(|category| taxonomy.group_of(category)).collect()
}

fn provision_keys<'a>(provisions: impl IntoIterator<Item = &'a Provision>) -> Vec<String> {
    let mut keys: Vec<String> = provisions
        .into_iter()
        .flat_map(Provision::with_ancestors)
        .map(|provision| provision.to_string())
        .collect();
    keys.sort();
    keys.dedup();
    keys
}

/// A day as a number that sorts, such as 20240723.
pub fn day_number(date: Date) -> i64 {
    (i64::from(date.year()) * 100 + i64::from(date.month())) * 100 + i64::from(date.day())
}
