//! One run over the whole way.

use std::{
    collections::BTreeMap,
    io,
    path::Path,
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
};

use jiff::Timestamp;
use rayon::prelude::*;
use thiserror::Error;

use super::{
    Assembled, CorpusError, CorpusFile, Entry, Faulty, Indexes, IndexesError, Manifest, assemble,
    guidance::guidance, indexes::Staging, scan,
};
use crate::{
    extract::{Extractor, Meaning},
    index::{self, IndexError},
    model::{Case, Stance},
    read::Reader,
    taxonomy::{Taxonomy, TaxonomyError},
    trends::{self, TableError},
};

/// A run that could not be finished; the old state stands.
#[derive(Debug, Error)]
pub enum RunError {
    /// The corpus cannot be read.
    #[error(transparent)]
    Corpus(#[from] CorpusError),
    /// The folder of indexes cannot be used.
    #[error(transparent)]
    Indexes(#[from] IndexesError),
    /// The taxonomy has a faulty cue.
    #[error(transparent)]
    Taxonomy(#[from] TaxonomyError),
    /// The search index cannot be built.
    #[error(transparent)]
    Search(#[from] IndexError),
    /// The tables cannot be written.
    #[error(transparent)]
    Tables(#[from] TableError),
}

/// What a run is doing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Stage {
    /// Reading and extracting documents.
    Documents,
    /// Building the search index.
    Search,
    /// Writing the tables.
    Tables,
}

/// Told of every step: the stage, what is done of it, and how much there is.
pub type Progress<'a> = &'a (dyn Fn(Stage, usize, usize) + Sync);

/// What a run did.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Summary {
    /// Whether nothing had changed, so that nothing was done.
    pub unchanged: bool,
    /// Documents that were read now.
    pub read: usize,
    /// Documents whose files had not changed.
    pub kept: usize,
    /// Documents of the run before that are gone.
    pub removed: usize,
    /// Number of cases.
    pub cases: usize,
    /// Number of guidance notes and pages.
    pub guidance: usize,
    /// Number of findings in the stance of finding.
    pub findings: usize,
    /// Documents that could not be used.
    pub faulty: Vec<Faulty>,
    /// What did not fit between documents, in sentences; nothing was lost by it.
    pub conflicts: Vec<String>,
    /// Why the history of runs begins anew, if it was damaged.
    pub history_lost: Option<String>,
}

/// Brings the indexes up to date with a corpus. `rebuild` reads everything again; files that could
/// not be read before are tried again if the reader may use OCR now. `meaning` finds the categories that
/// have examples; where some sentences could not be compared, the next run tries all again.
///
/// # Errors
/// The run could not be finished; what was there before is untouched.
pub fn run(
    corpus: &Path,
    folder: &Path,
    taxonomy: &Taxonomy,
    meaning: Option<Arc<dyn Meaning>>,
    reader: &Reader,
    rebuild: bool,
    progress: Progress<'_>,
) -> Result<Summary, RunError> {
    let files = scan(corpus)?;
    let hashes = hashes(&files);
    let found_by = found_by(taxonomy, meaning.as_deref());
    let previous = Indexes::open(folder)
        .ok()
        .filter(|old| !rebuild && old.is_complete() && old.manifest.taxonomy == found_by);
    let ocr = reader.pdf.as_ref().is_some_and(|program| program.ocr);
    if let Some(old) = previous
        .as_ref()
        .filter(|old| old.manifest.documents == hashes && (!ocr || old.manifest.faulty.is_empty()))
    {
        return Ok(Summary::of(&old.manifest));
    }
    let staging = Staging::begin(folder)?;
    // Entries of a damaged state are simply made again.
    let mut old = previous.and_then(|old| old.documents().ok()).unwrap_or_default();
    let removed = old.keys().filter(|path| !hashes.contains_key(*path)).count();
    old.retain(|path, entry| hashes.get(path) == Some(&entry.fingerprint));
    let kept = old.len();
    let extractor = Extractor::new(taxonomy.clone())?.with_meaning(meaning.clone());
    let (entries, faulty) = entries(&files, old, |file| fresh(file, reader, &extractor), progress);
    let in_part = meaning.is_some_and(|meaning| meaning.fault().is_some());
    let found_by = if in_part { format!("{found_by} in part") } else { found_by };
    let manifest = Manifest { documents: hashes, faulty, ..Manifest::new(&found_by) };
    let (manifest, history_lost) = build(staging, &entries, manifest, taxonomy, progress)?;
    Ok(Summary {
        history_lost,
        unchanged: false,
        read: entries.len() - kept,
        kept,
        removed,
        ..Summary::of(&manifest)
    })
}

/// What decides which findings are made: the taxonomy, and the model if sentences are compared.
fn found_by(taxonomy: &Taxonomy, meaning: Option<&dyn Meaning>) -> String {
    let model = meaning.map(|meaning| format!(" {}", meaning.fingerprint()));
    format!("{}{}", taxonomy.fingerprint, model.unwrap_or_default())
}

impl Summary {
    /// That of a run that found this state and changed nothing.
    fn of(manifest: &Manifest) -> Self {
        Self {
            unchanged: true,
            read: 0,
            kept: manifest.documents.len() - manifest.faulty.len(),
            removed: 0,
            cases: manifest.cases,
            guidance: manifest.guidance,
            findings: manifest.findings,
            faulty: manifest.faulty.clone(),
            conflicts: manifest.conflicts.clone(),
            history_lost: None,
        }
    }
}

/// Makes everything derived from the entries and puts it in place; says if the history was lost.
fn build(
    staging: Staging,
    entries: &[Entry],
    manifest: Manifest,
    taxonomy: &Taxonomy,
    progress: Progress<'_>,
) -> Result<(Manifest, Option<String>), RunError> {
    let Assembled { cases, conflicts } = assemble(entries);
    let guidance = guidance(entries);
    progress(Stage::Search, 0, 1);
    index::build(&staging.search(), &cases, taxonomy)?;
    progress(Stage::Tables, 0, 1);
    trends::write_tables(&staging.tables(), &cases, taxonomy)?;
    staging.write_documents(entries)?;
    staging.write_guidance(&guidance)?;
    let (mut history, history_lost) = staging.history()?;
    history.record(&cases, Timestamp::now(), &manifest.taxonomy);
    staging.write_history(&history)?;
    let manifest = Manifest {
        cases: cases.len(),
        guidance: guidance.len(),
        findings: count_findings(&cases),
        conflicts,
        ..manifest
    };
    staging.publish(&manifest)?;
    Ok((manifest, history_lost))
}

/// Fingerprints by path; empty for a file that cannot be read.
fn hashes(files: &[CorpusFile]) -> BTreeMap<String, String> {
    let hash = |file: &CorpusFile| {
        file.read().map_or_else(|_| String::new(), |(_, hash)| file.fingerprint(&hash))
    };
    files.par_iter().map(|file| (file.path.clone(), hash(file))).collect()
}

/// Entries in the order of the files; unchanged ones are taken over.
fn entries(
    files: &[CorpusFile],
    old: BTreeMap<String, Entry>,
    read: impl Fn(&CorpusFile) -> Result<Entry, Faulty> + Sync,
    progress: Progress<'_>,
) -> (Vec<Entry>, Vec<Faulty>) {
    let done = AtomicUsize::new(0);
    let results: Vec<Result<Entry, Faulty>> = files
        .par_iter()
        .map(|file| {
            let entry = match old.get(&file.path) {
                Some(entry) => Ok(entry.clone()),
                None => read(file),
            };
            progress(Stage::Documents, done.fetch_add(1, Ordering::Relaxed) + 1, files.len());
            entry
        })
        .collect();
    let (mut entries, mut faulty) = (Vec::new(), Vec::new());
    for result in results {
        match result {
            Ok(entry) => entries.push(entry),
            Err(fault) => faulty.push(fault),
        }
    }
    (entries, faulty)
}

fn fresh(file: &CorpusFile, reader: &Reader, extractor: &Extractor) -> Result<Entry, Faulty> {
    let unreadable = |error: io::Error| Faulty {
        path: file.path.clone(),
        reason: format!("the file cannot be read: {error}; check its permissions"),
    };
    let (bytes, hash) = file.read().map_err(unreadable)?;
    Entry::of(file, &bytes, hash, reader, extractor)
}

fn count_findings(cases: &[Case]) -> usize {
    cases.iter().map(|case| case.in_stance(Stance::Finding).count()).sum()
}
