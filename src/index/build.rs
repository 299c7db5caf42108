//! Cases into a fresh index.

use std::{collections::BTreeSet, fs, path::Path};

use jiff::civil::Date;
use tantivy::{Index, TantivyDocument};

use super::{
    IndexError,
    schema::{Fields, register_tokenizers, schema},
};
use crate::{
    model::{Case, Provision},
    taxonomy::Taxonomy,
};

/// Memory for building, in bytes.
const BUILD_MEMORY: usize = 64 * 1024 * 1024;

/// Writes an index of the cases into an empty folder.
///
/// # Errors
/// The folder cannot be written.
pub fn build(folder: &Path, cases: &[Case], taxonomy: &Taxonomy) -> Result<(), IndexError> {
    fs::create_dir_all(folder).map_err(|error| tantivy::TantivyError::IoError(error.into()))?;
    let (schema, fields) = schema();
    let index = Index::create_in_dir(folder, schema)?;
    register_tokenizers(&index);
    let mut writer = index.writer_with_num_threads(1, BUILD_MEMORY)?;
    for case in cases {
        writer.add_document(document(case, &fields, taxonomy)?)?;
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
    document.add_text(fields.case, &case.case);
    for name in facts.organisation.iter().chain(&facts.also_known_as) {
        document.add_text(fields.organisation, name);
    }
    document.add_text(fields.title, case.title());
    document.add_text(fields.labels, labels(case, taxonomy));
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
    document.add_text(fields.individual, if facts.individual { "yes" } else { "no" });
    document.add_text(fields.json, serde_json::to_string(case)?);
    Ok(document)
}

/// Words that people use for what was found, so that they match without standing in the text.
fn labels(case: &Case, taxonomy: &Taxonomy) -> String {
    let categories = case.categories.iter().filter_map(|id| taxonomy.category(id));
    let mut labels: Vec<&str> = categories.map(|category| category.title.as_str()).collect();
    let sector = case.facts.sector.as_deref().and_then(|id| taxonomy.sector(id));
    labels.extend(sector.map(|sector| sector.title.as_str()));
    labels.extend(case.facts.action_types.iter().map(|action| action.title()));
    labels.join(". ")
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
