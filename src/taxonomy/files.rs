//! Reading and checking the files of the taxonomy.

use std::{collections::BTreeMap, fs, io, path::Path};

use serde::{Deserialize, de::DeserializeOwned};
use thiserror::Error;

use super::{Category, CategoryCues, Group, Lists, Sector, Taxonomy, Zone};
use crate::{
    hash::sha256,
    model::{Instrument, Provision, Stance},
};

/// A file of the taxonomy that cannot be used.
#[derive(Debug, Error)]
pub enum TaxonomyError {
    /// The file exists and cannot be read.
    #[error("cannot read {file} of the taxonomy: {source}")]
    Unreadable {
        /// Its name.
        file: String,
        /// Why.
        source: io::Error,
    },
    /// It is not TOML of the expected form.
    #[error("{file} of the taxonomy, line {line}: {message}")]
    Malformed {
        /// Its name.
        file: &'static str,
        /// The line, counted from 1.
        line: usize,
        /// What is wrong.
        message: String,
    },
    /// It names something that no other file defines.
    #[error("{file} of the taxonomy: unknown {what} `{name}`; define it or correct the spelling")]
    Unknown {
        /// The file that names it.
        file: &'static str,
        /// What kind of thing.
        what: &'static str,
        /// The name.
        name: String,
    },
    /// A cue is faulty.
    #[error("the taxonomy: {0}")]
    Cue(#[from] super::CueError),
}

const CATEGORIES: &str = "categories.toml";
const CONTEXT: &str = "context.toml";
const CUES: &str = "cues.toml";
const PROVISIONS: &str = "provisions.toml";
const SECTORS: &str = "sectors.toml";
const STANCES: &str = "stances.toml";
const SYNONYMS: &str = "synonyms.toml";
const TERMS: &str = "terms.toml";
const ZONES: &str = "zones.toml";

/// The text of a shipped file.
pub fn shipped(name: &str) -> &'static str {
    match name {
        CATEGORIES => include_str!("../../taxonomy/categories.toml"),
        CONTEXT => include_str!("../../taxonomy/context.toml"),
        CUES => include_str!("../../taxonomy/cues.toml"),
        PROVISIONS => include_str!("../../taxonomy/provisions.toml"),
        SECTORS => include_str!("../../taxonomy/sectors.toml"),
        STANCES => include_str!("../../taxonomy/stances.toml"),
        SYNONYMS => include_str!("../../taxonomy/synonyms.toml"),
        TERMS => include_str!("../../taxonomy/terms.toml"),
        ZONES => include_str!("../../taxonomy/zones.toml"),
        _ => "",
    }
}

/// The file of a user's folder, or else the shipped one.
pub fn from_folder(folder: &Path, name: &str) -> Result<String, TaxonomyError> {
    let path = folder.join(name);
    match fs::read_to_string(&path) {
        Err(error) if error.kind() == io::ErrorKind::NotFound && folder.is_dir() => {
            Ok(shipped(name).to_owned())
        }
        Err(source) => Err(TaxonomyError::Unreadable { file: path.display().to_string(), source }),
        Ok(text) => Ok(text),
    }
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CategoryFile {
    group: Vec<Group>,
    category: Vec<Category>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ContextFile {
    anaphora: Vec<String>,
    failing: Vec<String>,
    aggravating: Vec<String>,
    mitigating: Vec<String>,
    no_factor: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SectorFile {
    sector: Vec<Sector>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SynonymFile {
    group: Vec<SynonymGroup>,
    #[serde(default)]
    wider: Vec<Wider>,
    #[serde(default)]
    asked: BTreeMap<String, Vec<String>>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Wider {
    term: String,
    narrower: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SynonymGroup {
    terms: Vec<String>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProvisionFile {
    #[serde(default)]
    infringed: Vec<String>,
    #[serde(default)]
    powers: Vec<Provision>,
    #[serde(default)]
    failure: BTreeMap<Provision, String>,
    title: Vec<ProvisionTitle>,
    alias: Vec<LawNames>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct ProvisionTitle {
    provision: Provision,
    title: String,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct LawNames {
    instrument: Instrument,
    names: Vec<String>,
}

/// Builds the taxonomy from the texts that `text` gives for file names.
pub fn parse(
    text: impl Fn(&str) -> Result<String, TaxonomyError>,
) -> Result<Taxonomy, TaxonomyError> {
    let mut all = String::new();
    let mut load = |name: &'static str| -> Result<(&'static str, String), TaxonomyError> {
        let text = text(name)?;
        all.push_str(&text);
        Ok((name, text))
    };
    let categories: CategoryFile = typed(load(CATEGORIES)?)?;
    let context: ContextFile = typed(load(CONTEXT)?)?;
    let cues: BTreeMap<String, CategoryCues> = typed(load(CUES)?)?;
    let provisions: ProvisionFile = typed(load(PROVISIONS)?)?;
    let sectors: SectorFile = typed(load(SECTORS)?)?;
    let stances: BTreeMap<Stance, Vec<String>> = typed(load(STANCES)?)?;
    let synonyms: SynonymFile = typed(load(SYNONYMS)?)?;
    let terms: Lists = typed(load(TERMS)?)?;
    let zones: BTreeMap<Zone, Vec<String>> = typed(load(ZONES)?)?;
    let taxonomy = Taxonomy {
        groups: categories.group,
        categories: categories.category,
        sectors: sectors.sector,
        synonyms: synonyms.group.into_iter().map(|group| group.terms).collect(),
        narrower: synonyms.wider.into_iter().map(|wider| (wider.term, wider.narrower)).collect(),
        asked: synonyms.asked,
        provision_titles: provisions.title.into_iter().map(|t| (t.provision, t.title)).collect(),
        law_names: law_names(provisions.alias),
        cues,
        terms,
        stances,
        anaphora: context.anaphora,
        failing: context.failing,
        aggravating: context.aggravating,
        mitigating: context.mitigating,
        no_factor: context.no_factor,
        provision_failures: provisions.failure,
        infringed: provisions.infringed,
        powers: provisions.powers,
        zones,
        fingerprint: sha256(all.as_bytes()),
    };
    check(&taxonomy)?;
    Ok(taxonomy)
}

fn typed<T: DeserializeOwned>((file, text): (&'static str, String)) -> Result<T, TaxonomyError> {
    toml::from_str(&text).map_err(|error| TaxonomyError::Malformed {
        file,
        line: text[..error.span().map_or(0, |span| span.start)].matches('\n').count() + 1,
        message: error.message().trim().replace('\n', " "),
    })
}

/// Longest first, so that "uk gdpr" is not read as "gdpr".
fn law_names(aliases: Vec<LawNames>) -> Vec<(String, Instrument)> {
    let mut names: Vec<(String, Instrument)> = aliases
        .into_iter()
        .flat_map(|alias| {
            alias.names.into_iter().map(move |name| (name.to_lowercase(), alias.instrument))
        })
        .collect();
    names.sort_by_key(|(name, _)| std::cmp::Reverse(name.len()));
    names
}

/// Every name that a file uses is defined in another.
fn check(taxonomy: &Taxonomy) -> Result<(), TaxonomyError> {
    let unknown =
        |file, what, name: &str| TaxonomyError::Unknown { file, what, name: name.to_owned() };
    for category in &taxonomy.categories {
        if !taxonomy.groups.iter().any(|group| group.id == category.group) {
            return Err(unknown(CATEGORIES, "group", &category.group));
        }
    }
    for id in taxonomy.cues.keys() {
        taxonomy.category(id).ok_or_else(|| unknown(CUES, "category", id))?;
    }
    for id in taxonomy.asked.keys() {
        taxonomy.category(id).ok_or_else(|| unknown(SYNONYMS, "category", id))?;
    }
    for id in taxonomy.provision_failures.values() {
        taxonomy.category(id).ok_or_else(|| unknown(PROVISIONS, "category", id))?;
    }
    Ok(())
}
