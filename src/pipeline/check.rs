//! Checks a corpus: every header complete and plausible, every name known, no case twice.

use std::{collections::HashMap, path::Path};

use jiff::civil::Date;
use serde::Serialize;
use url::Url;

use super::{CorpusError, CorpusFile, scan};
use crate::{
    model::{ActionType, Document, DocumentKind, Facts},
    read::{ReadError, Reader},
    taxonomy::{Taxonomy, nearest},
};

/// Something wrong with a file of the corpus.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Problem {
    /// Path from the corpus folder; empty for a problem of the corpus as a whole.
    pub path: String,
    /// Line, counted from 1, where it is known.
    pub line: Option<usize>,
    /// What is wrong and what to do.
    pub message: String,
}

/// The host on which register pages and guidance lie.
const REGULATOR: &str = "ico.org.uk";

/// Validates all digests and guidance notes, and that every other file can be read.
///
/// `today` is the day after which no date may lie. Returns the number of files and the problems in
/// the order of the files.
///
/// # Errors
/// The corpus folder itself cannot be read.
pub fn check(
    folder: &Path,
    taxonomy: &Taxonomy,
    reader: &Reader,
    today: Date,
) -> Result<(usize, Vec<Problem>), CorpusError> {
    let files = scan(folder)?;
    let mut checker =
        Checker { taxonomy, today, seen: HashMap::new(), linked: Vec::new(), problems: Vec::new() };
    files.iter().for_each(|file| checker.file(file, reader));
    checker.unlinked_categories();
    Ok((files.len(), checker.problems))
}

struct Checker<'a> {
    taxonomy: &'a Taxonomy,
    today: Date,
    /// What must be unique, with the path that has it.
    seen: HashMap<String, String>,
    /// Categories that guidance speaks to.
    linked: Vec<String>,
    problems: Vec<Problem>,
}

/// A file under examination.
struct Subject<'a> {
    path: &'a str,
    source: &'a str,
}

impl Subject<'_> {
    /// The line of the header that sets a field, or that contains a value.
    fn line_of(&self, words: &str) -> Option<usize> {
        let is_field = |line: &str| line.split('=').next().is_some_and(|key| key.trim() == words);
        let lines = || self.source.lines().enumerate();
        let found = lines()
            .find(|(_, line)| is_field(line))
            .or_else(|| lines().find(|(_, line)| line.contains(words)));
        found.map(|(index, _)| index + 1)
    }
}

impl Checker<'_> {
    fn file(&mut self, file: &CorpusFile, reader: &Reader) {
        let bytes = match file.read() {
            Ok((bytes, _)) => bytes,
            Err(error) => {
                return self.add(&file.path, None, format!("the file cannot be read: {error}"));
            }
        };
        match reader.read(&file.path, &bytes) {
            Err(ReadError::Header(error)) => {
                self.add(
                    &file.path,
                    Some(error.line),
                    format!("{}; corpus/README.md lists the fields", error.message),
                );
            }
            Err(error) => self.add(&file.path, None, error.to_string()),
            Ok(document) => {
                let source = String::from_utf8_lossy(&bytes);
                let subject = Subject { path: &file.path, source: &source };
                match document.kind {
                    DocumentKind::Digest => self.digest(&subject, &document),
                    DocumentKind::Guidance => self.guidance(&subject, &document),
                    _ => {}
                }
            }
        }
    }

    fn digest(&mut self, subject: &Subject<'_>, document: &Document) {
        let facts = &document.stated;
        self.common(subject, document);
        if facts.action_types.is_empty() {
            self.field(subject, "actions", "no action is named; list at least one".to_owned());
        }
        self.sector(subject, facts);
        self.dates(subject, facts);
        if facts.amount_gbp.is_some() && !facts.action_types.contains(&ActionType::MonetaryPenalty)
        {
            self.field(
                subject,
                "amount_gbp",
                "an amount without a monetary-penalty among the actions".to_owned(),
            );
        }
        if facts.pdf_sha256.as_ref().is_some_and(|hash| !is_sha256(hash)) {
            self.field(subject, "pdf_sha256", "not 64 lower-case hexadecimal digits".to_owned());
        }
        for page in facts.page_url.iter().chain(&facts.also_page_urls) {
            self.official(subject, page);
        }
        facts.pdf_url.iter().for_each(|address| self.address(subject, address));
        self.duplicates(subject, facts);
    }

    fn guidance(&mut self, subject: &Subject<'_>, document: &Document) {
        self.common(subject, document);
        let facts = &document.stated;
        facts.page_url.iter().for_each(|page| self.official(subject, page));
        if document.categories.is_empty() {
            self.field(subject, "categories", "no category is named; list at least one".to_owned());
        }
        for id in &document.categories {
            if self.taxonomy.category(id).is_none() {
                let known = self.taxonomy.categories.iter().map(|category| category.id.as_str());
                self.field(
                    subject,
                    "categories",
                    format!("unknown category `{id}`{}", did_you_mean(id, known)),
                );
            }
        }
        self.linked.extend(document.categories.iter().cloned());
    }

    /// What digests and guidance notes have in common: a body, and named sources.
    fn common(&mut self, subject: &Subject<'_>, document: &Document) {
        if document.sentences.is_empty() {
            self.add(
                subject.path,
                None,
                "there is no text under the header; tell the case".to_owned(),
            );
        }
        let facts = &document.stated;
        if facts.sources.is_empty() {
            self.add(subject.path, None, "no source is named; add a [[sources]] table".to_owned());
        }
        for source in &facts.sources {
            if source.name.trim().is_empty() {
                self.add(
                    subject.path,
                    subject.line_of(&source.url),
                    "a source has no name".to_owned(),
                );
            }
            self.address(subject, &source.url);
        }
        self.unique(subject, "slug", file_stem(subject.path), "file name");
    }

    fn sector(&mut self, subject: &Subject<'_>, facts: &Facts) {
        let Some(sector) = facts.sector.as_deref() else { return };
        if self.taxonomy.sector(sector).is_none() {
            let known = self.taxonomy.sectors.iter().map(|sector| sector.id.as_str());
            self.field(
                subject,
                "sector",
                format!("unknown sector `{sector}`{}", did_you_mean(sector, known)),
            );
        }
    }

    fn dates(&mut self, subject: &Subject<'_>, facts: &Facts) {
        let fields = [
            ("date", facts.date),
            ("incident_from", facts.incident_from),
            ("incident_to", facts.incident_to),
        ];
        for (name, date) in fields {
            if date.is_some_and(|date| date.earliest() > self.today) {
                self.field(subject, name, "the date lies in the future".to_owned());
            }
        }
        if let (Some(from), Some(to)) = (facts.incident_from, facts.incident_to)
            && from.earliest() > to.latest()
        {
            self.field(subject, "incident_to", "the incident ends before it begins".to_owned());
        }
    }

    fn duplicates(&mut self, subject: &Subject<'_>, facts: &Facts) {
        for page in facts.page_url.iter().chain(&facts.also_page_urls) {
            self.unique(subject, "page", page.trim_end_matches('/'), "register page");
        }
        facts.id.iter().for_each(|id| self.unique(subject, "id", id, "identifier"));
        if let (Some(organisation), Some(date)) = (&facts.organisation, facts.date) {
            let key = format!("{organisation}, {date}, {:?}", facts.action_types);
            self.unique(subject, "case", &key.to_lowercase(), "organisation, date and actions");
        }
    }

    fn unique(&mut self, subject: &Subject<'_>, kind: &str, value: &str, name: &str) {
        let before = self.seen.insert(format!("{kind} {value}"), subject.path.to_owned());
        if let Some(other) = before {
            let message = format!("the same {name} as in {other}; one case has one digest");
            self.add(subject.path, None, message);
        }
    }

    fn official(&mut self, subject: &Subject<'_>, address: &str) {
        let host = Url::parse(address).ok().and_then(|url| url.host_str().map(str::to_owned));
        match host {
            None => self.address(subject, address),
            Some(host) if host.trim_end_matches('.').ends_with(REGULATOR) => {}
            Some(host) => {
                let message = format!("`{host}` is not the regulator's site, {REGULATOR}");
                self.add(subject.path, subject.line_of(address), message);
            }
        }
    }

    fn address(&mut self, subject: &Subject<'_>, address: &str) {
        let is_good = Url::parse(address).is_ok_and(|url| {
            matches!(url.scheme(), "http" | "https")
                && url.host_str().is_some_and(|host| host.contains('.'))
        });
        if !is_good || address.contains(char::is_whitespace) {
            let message =
                format!("`{address}` is not a complete web address; it should begin with https://");
            self.add(subject.path, subject.line_of(address), message);
        }
    }

    fn unlinked_categories(&mut self) {
        if self.linked.is_empty() {
            return;
        }
        let linked = std::mem::take(&mut self.linked);
        let taxonomy = self.taxonomy;
        for category in taxonomy.categories.iter().filter(|category| !linked.contains(&category.id))
        {
            self.add(
                "",
                None,
                format!("no guidance note speaks to the category `{}`; add one", category.id),
            );
        }
    }

    fn field(&mut self, subject: &Subject<'_>, field: &str, message: String) {
        self.add(subject.path, subject.line_of(field), format!("{field}: {message}"));
    }

    fn add(&mut self, path: &str, line: Option<usize>, message: String) {
        self.problems.push(Problem { path: path.to_owned(), line, message });
    }
}

fn did_you_mean<'a>(wrong: &str, known: impl Iterator<Item = &'a str>) -> String {
    nearest(wrong, known).map_or_else(String::new, |name| format!("; did you mean `{name}`?"))
}

fn is_sha256(text: &str) -> bool {
    text.len() == 64 && text.chars().all(|c| c.is_ascii_digit() || ('a'..='f').contains(&c))
}

fn file_stem(path: &str) -> &str {
    let name = path.rsplit('/').next().unwrap_or(path);
    name.strip_suffix(".md").unwrap_or(name)
}
