//! Reading and checking the files of the taxonomy.

use std::{collections::BTreeMap, fs, io, path::Path};

use serde::{Deserialize, de::DeserializeOwned};
use thiserror::Error;

use super::{
    Body, Category, CategoryCues, Context, Group, Lists, ProvisionCues, Sector, Taxonomy, Zone,
    check::check,
};
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
    /// It is not TOML of the expected form, or says something that cannot be.
    #[error("{file} of the taxonomy, line {line}: {message}")]
    Malformed {
        /// Its name.
        file: &'static str,
        /// The line, counted from 1.
        line: usize,
        /// What is wrong.
        message: String,
    },
}

/// The text of each file by its name.
pub type Texts = BTreeMap<&'static str, String>;

pub const BODIES: &str = "bodies.toml";
pub const CATEGORIES: &str = "categories.toml";
pub const CONTEXT: &str = "context.toml";
pub const CUES: &str = "cues.toml";
pub const PROVISIONS: &str = "provisions.toml";
pub const SECTORS: &str = "sectors.toml";
pub const STANCES: &str = "stances.toml";
pub const SYNONYMS: &str = "synonyms.toml";
pub const TERMS: &str = "terms.toml";
pub const TOTALS: &str = "totals.toml";
pub const ZONES: &str = "zones.toml";

/// The text of a shipped file.
pub fn shipped(name: &str) -> &'static str {
    match name {
        BODIES => include_str!("../../taxonomy/bodies.toml"),
        CATEGORIES => include_str!("../../taxonomy/categories.toml"),
        CONTEXT => include_str!("../../taxonomy/context.toml"),
        CUES => include_str!("../../taxonomy/cues.toml"),
        PROVISIONS => include_str!("../../taxonomy/provisions.toml"),
        SECTORS => include_str!("../../taxonomy/sectors.toml"),
        STANCES => include_str!("../../taxonomy/stances.toml"),
        SYNONYMS => include_str!("../../taxonomy/synonyms.toml"),
        TERMS => include_str!("../../taxonomy/terms.toml"),
        TOTALS => include_str!("../../taxonomy/totals.toml"),
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
struct SectorFile {
    sector: Vec<Sector>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct BodyFile {
    body: Vec<Body>,
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
    wording: ProvisionCues,
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
    let files =
        [BODIES, CATEGORIES, CONTEXT, CUES, PROVISIONS, SECTORS, STANCES, SYNONYMS, TERMS, ZONES];
    let texts: Texts =
        files.into_iter().map(|file| Ok((file, text(file)?))).collect::<Result<_, _>>()?;
    let all: String = files.iter().map(|file| texts[file].as_str()).collect();
    let bodies: BodyFile = typed(&texts, BODIES)?;
    let categories: CategoryFile = typed(&texts, CATEGORIES)?;
    let context: Context = typed(&texts, CONTEXT)?;
    let cues: BTreeMap<String, CategoryCues> = typed(&texts, CUES)?;
    let provisions: ProvisionFile = typed(&texts, PROVISIONS)?;
    let sectors: SectorFile = typed(&texts, SECTORS)?;
    let stances: BTreeMap<Stance, Vec<String>> = typed(&texts, STANCES)?;
    let synonyms: SynonymFile = typed(&texts, SYNONYMS)?;
    let terms: Lists = typed(&texts, TERMS)?;
    let zones: BTreeMap<Zone, Vec<String>> = typed(&texts, ZONES)?;
    let taxonomy = Taxonomy {
        groups: categories.group,
        categories: categories.category,
        sectors: sectors.sector,
        bodies: bodies.body,
        synonyms: synonyms.group.into_iter().map(|group| group.terms).collect(),
        narrower: synonyms.wider.into_iter().map(|wider| (wider.term, wider.narrower)).collect(),
        asked: synonyms.asked,
        provision_titles: provisions.title.into_iter().map(|t| (t.provision, t.title)).collect(),
        law_names: law_names(provisions.alias),
        cues,
        terms,
        stances,
        context,
        provision_failures: provisions.failure,
        provision_cues: provisions.wording,
        powers: provisions.powers,
        zones,
        fingerprint: sha256(all.as_bytes()),
        texts,
    };
    check(&taxonomy)?;
    Ok(taxonomy)
}

fn typed<T: DeserializeOwned>(texts: &Texts, file: &'static str) -> Result<T, TaxonomyError> {
    toml::from_str(&texts[file]).map_err(|error| TaxonomyError::Malformed {
        file,
        line: line_at(&texts[file], error.span().map_or(0, |span| span.start)),
        message: error.message().trim().replace('\n', " "),
    })
}

/// The line in which a byte stands, counted from 1.
pub fn line_at(text: &str, at: usize) -> usize {
    text[..at].matches('\n').count() + 1
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_kind_of_body_has_a_title_and_words_of_its_own() {
        let taxonomy = Taxonomy::shipped().expect("the shipped taxonomy");
        assert!(taxonomy.bodies.len() > 15);
        let mut words: Vec<&String> = taxonomy.bodies.iter().flat_map(|b| &b.words).collect();
        words.sort();
        assert!(words.windows(2).all(|pair| pair[0] != pair[1]), "{words:?}");
        for body in &taxonomy.bodies {
            assert!(!body.title.is_empty() && !body.words.is_empty(), "{}", body.id);
            assert!(body.words.iter().all(|w| *w == w.to_lowercase()), "{}", body.id);
        }
        let public = |id: &str| taxonomy.body(id).map(|body| body.public);
        assert_eq!(
            (public("school"), public("firm"), public("x")),
            (Some(true), Some(false), None)
        );
    }

    #[test]
    fn what_is_defined_twice_is_named() {
        let body = "[[body]]\nid = \"firm\"\ntitle = \"Firm\"\npublic = false\nwords = []\n";
        let text =
            |name: &str| Ok(if name == BODIES { body.repeat(2) } else { shipped(name).to_owned() });
        let error = parse(text).expect_err("twice");
        assert!(error.to_string().contains("a second body with the id `firm`"), "{error}");
    }
}
