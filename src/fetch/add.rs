//! A user's own files, put into the store beside what was fetched: texts, saved pages, PDFs, and
//! the same in folders and ZIP archives.
//!
//! A saved page of the regulator's site goes under its own address, so that it is the same item as
//! the page that a fetch would bring. Everything else goes under `added:` and its name. Names are
//! only names here: nothing is ever written under one.

mod archive;

use std::{
    fs,
    path::{Path, PathBuf},
};

use jiff::Timestamp;
use serde::Serialize;
use walkdir::WalkDir;

use super::{
    ItemKind, Listed, Provenance, Settings, SourceName, Store, StoreError, Validators, canonical,
    content, kind_of,
};
use crate::{
    hash::sha256,
    read::{self, LARGEST_FILE, ReadError},
};

/// How the address of a file begins that states none of its own.
pub const SCHEME: &str = "added:";

/// What casebook knows of the licence of a user's own files.
const LICENCE: &str = "as its owner states";

/// Endings of texts that are no documents: the parts of saved pages, data, pictures as text.
const NO_DOCUMENTS: [&str; 8] = ["css", "csv", "js", "json", "jsonl", "map", "svg", "xml"];

/// What became of the files.
#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize)]
pub struct AddReport {
    /// Kept now.
    pub added: Vec<AddedFile>,
    /// Their bytes were in the store already.
    pub already: Vec<AddedFile>,
    /// Not kept.
    pub refused: Vec<RefusedFile>,
}

/// A file whose bytes are in the store.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct AddedFile {
    /// Where it was.
    pub path: String,
    /// The address under which it is stored.
    pub address: String,
    /// SHA-256 of its bytes, in lower-case hexadecimal.
    pub sha256: String,
}

/// A file that was not kept.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct RefusedFile {
    /// Where it is.
    pub path: String,
    /// Why, in a sentence.
    pub reason: String,
}

/// Adds files to a store, one after the other.
pub struct Adding<'a> {
    store: &'a mut Store,
    settings: &'a Settings,
    corpus: PathBuf,
    /// What became of the files so far.
    pub report: AddReport,
}

/// Bytes to be added.
struct Own {
    /// Path as a user sees it, `archive.zip/inner/name.pdf` within an archive.
    path: String,
    /// The same without the folders above what was named.
    name: String,
    bytes: Vec<u8>,
}

impl<'a> Adding<'a> {
    /// Nothing added yet. What lies in the folder `corpus` is not added: a run reads it there.
    pub fn new(store: &'a mut Store, settings: &'a Settings, corpus: &Path) -> Self {
        let corpus = fs::canonicalize(corpus).unwrap_or_else(|_| corpus.to_owned());
        Self { store, settings, corpus, report: AddReport::default() }
    }

    /// Adds a file, an archive, or a folder with all it holds. Hidden files in a folder are left
    /// out, and so are the pictures and scripts that a browser saves beside a page.
    ///
    /// # Errors
    /// The store cannot be written. A file that cannot be added is only told in the report.
    pub fn path(&mut self, given: &Path) -> Result<(), StoreError> {
        let root = match fs::canonicalize(given) {
            Ok(root) => root,
            Err(error) => return self.refuse(given, &format!("it cannot be read: {error}")),
        };
        if root.starts_with(&self.corpus) {
            return self.refuse(
                given,
                "it lies in the corpus folder, where `casebook run` reads it; nothing has to be added",
            );
        }
        let above = root.parent().unwrap_or(&root).to_owned();
        let corpus = self.corpus.clone();
        let walk = WalkDir::new(&root).follow_links(true).sort_by_file_name().into_iter();
        for entry in walk.filter_entry(|entry| {
            entry.depth() == 0 || !(is_hidden(entry.path()) || entry.path() == corpus)
        }) {
            match entry {
                Ok(entry) if entry.file_type().is_dir() => {}
                Ok(entry) => {
                    let name = entry.path().strip_prefix(&above).unwrap_or_else(|_| entry.path());
                    self.file(entry.path(), &name.to_string_lossy())?;
                }
                Err(error) => {
                    let path = error.path().unwrap_or(given).to_owned();
                    self.refuse(&path, &format!("it cannot be listed: {error}"))?;
                }
            }
        }
        Ok(())
    }

    fn file(&mut self, path: &Path, name: &str) -> Result<(), StoreError> {
        let metadata = match fs::metadata(path) {
            Ok(metadata) if metadata.is_file() => metadata,
            Ok(_) => return self.refuse(path, "it is no file"),
            Err(error) => return self.refuse(path, &format!("it cannot be read: {error}")),
        };
        if archive::is_archive(path) {
            return self.archive(path, name);
        }
        let largest = u64::try_from(LARGEST_FILE).unwrap_or(u64::MAX);
        if metadata.len() > largest {
            let size = usize::try_from(metadata.len()).unwrap_or(usize::MAX);
            return self.refuse(path, &ReadError::TooLarge(size).to_string());
        }
        match fs::read(path) {
            Ok(bytes) => {
                let path = path.display().to_string();
                self.bytes(Own { path, name: name.to_owned(), bytes })
            }
            Err(error) => self.refuse(path, &format!("it cannot be read: {error}")),
        }
    }

    /// Keeps the bytes, unless they are no document or there already.
    fn bytes(&mut self, own: Own) -> Result<(), StoreError> {
        if let Some(reason) = fault(&own) {
            return self.refuse(Path::new(&own.path), &reason);
        }
        let hash = sha256(&own.bytes);
        let known = self.store.addresses_of(&hash).next().map(str::to_owned);
        if let Some(address) = known {
            self.report.already.push(AddedFile { path: own.path, address, sha256: hash });
            return Ok(());
        }
        let provenance = self.provenance(&own, hash);
        self.store.keep(provenance.clone(), &own.bytes)?;
        let Provenance { address, sha256, .. } = provenance;
        self.report.added.push(AddedFile { path: own.path, address, sha256 });
        Ok(())
    }

    fn provenance(&self, own: &Own, sha256: String) -> Provenance {
        let (extension, media_type) = content::format_of(&own.bytes);
        let page = (extension == "html").then(|| self.page(&own.bytes)).flatten();
        let (address, kind) = page.unwrap_or_else(|| (self.own_address(own), ItemKind::Document));
        Provenance {
            address,
            kind,
            answered: own.path.clone(),
            at: Timestamp::now(),
            status: 0,
            content_type: Some(media_type.to_owned()),
            validators: Validators::default(),
            memento: None,
            sha256,
            bytes: own.bytes.len() as u64,
            extension: extension.to_owned(),
            page: None,
            found_by: [SourceName::Added].into(),
            listed: Listed::default(),
            licence: LICENCE.to_owned(),
        }
    }

    /// The address that a saved page states, if a fetch would want it, and what it is.
    fn page(&self, bytes: &[u8]) -> Option<(String, ItemKind)> {
        let stated = read::html::links(&String::from_utf8_lossy(bytes), "").address?;
        let address = canonical(&stated, &self.settings.on_site("/"))?;
        let kind = kind_of(&address, self.settings)?;
        Some((address, kind))
    }

    /// The name of a file as its address. Another file of that name keeps its own: the later one
    /// is told apart by its folder, so that both are read.
    fn own_address(&self, own: &Own) -> String {
        let name = harmless(&own.name);
        let plain = format!("{SCHEME}{name}");
        let newest = self.store.items().get(&plain).and_then(|item| item.newest());
        if newest.is_none_or(|newest| newest.answered == own.path) {
            return plain;
        }
        let path = sha256(own.path.as_bytes());
        format!("{SCHEME}{}/{name}", path.get(..8).unwrap_or(&path))
    }

    #[expect(clippy::unnecessary_wraps, reason = "ends the ways that a file can go")]
    fn refuse(&mut self, path: &Path, reason: &str) -> Result<(), StoreError> {
        let path = path.display().to_string();
        self.report.refused.push(RefusedFile { path, reason: reason.to_owned() });
        Ok(())
    }
}

/// Why bytes are not kept. Whether a PDF can be read shows later; its signature is enough here.
fn fault(own: &Own) -> Option<String> {
    if own.bytes.len() > LARGEST_FILE {
        return Some(ReadError::TooLarge(own.bytes.len()).to_string());
    }
    if content::is_pdf(&own.bytes) {
        return None;
    }
    if archive::is_zip(&own.bytes) {
        return Some(
            "it is an archive, or an office document, within an archive; unpack it, save an office \
             document as PDF or text, and add that"
                .to_owned(),
        );
    }
    let ending = own.name.rsplit_once('.').map(|(_, ending)| ending.to_lowercase());
    if ending.is_some_and(|ending| NO_DOCUMENTS.contains(&ending.as_str())) {
        return Some(
            "it is data, not a document; texts, Markdown, saved pages and PDFs are added"
                .to_owned(),
        );
    }
    read::read(&own.name, &own.bytes).err().map(|error| error.to_string())
}

/// A name with `/` between its parts and nothing in it that means another place.
fn harmless(name: &str) -> String {
    let name = visible(name);
    let parts = name.split(['/', '\\']).map(str::trim);
    let parts: Vec<&str> = parts.filter(|part| !["", ".", ".."].contains(part)).collect();
    if parts.is_empty() { "unnamed".to_owned() } else { parts.join("/") }
}

/// A name that no terminal takes for a command.
fn visible(name: &str) -> String {
    name.chars().map(|c| if c.is_control() { '_' } else { c }).collect()
}

/// Whether a file or folder below a named one is left out: hidden, or what a browser has saved
/// beside a page (`NAME_files` beside `NAME.html`).
fn is_hidden(path: &Path) -> bool {
    let Some(name) = path.file_name().map(|name| name.to_string_lossy().into_owned()) else {
        return false;
    };
    let beside_page = name.strip_suffix("_files").is_some_and(|stem| {
        ["html", "htm"].iter().any(|end| path.with_file_name(format!("{stem}.{end}")).is_file())
    });
    name.starts_with('.') || beside_page
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn names_mean_no_other_place() {
        assert_eq!(harmless("notes/../../etc/./passwd"), "notes/etc/passwd");
        assert_eq!(harmless("C:\\notes\\a.txt"), "C:/notes/a.txt");
        assert_eq!(harmless("/.."), "unnamed");
    }

    proptest! {
        #[test]
        fn no_name_leaves_its_folder(name in "[a./\\\\ \\n]{0,20}") {
            let name = harmless(&name);
            prop_assert!(name.split('/').all(|part| !["", ".", ".."].contains(&part)), "{name}");
            prop_assert!(!name.contains(['\\', '\n']));
        }
    }
}
