//! What must hold between and within the files of a taxonomy; faults are named with their line.

use std::collections::BTreeSet;

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{
    Context, CueError, Taxonomy, TaxonomyError, Vocabulary,
    cue::Cue,
    files::{
        CATEGORIES, CONTEXT, CUES, PROVISIONS, SECTORS, STANCES, SYNONYMS, TERMS, ZONES, line_at,
    },
};

/// Every name that a file uses is defined in another, and nothing is said twice.
pub fn check(taxonomy: &Taxonomy) -> Result<(), TaxonomyError> {
    let groups = taxonomy.groups.iter().map(|group| group.id.as_str());
    let categories = taxonomy.categories.iter().map(|category| category.id.as_str());
    let sectors = taxonomy.sectors.iter().map(|sector| sector.id.as_str());
    taxonomy.once(CATEGORIES, "group", groups.clone())?;
    taxonomy.once(CATEGORIES, "category", categories)?;
    taxonomy.once(SECTORS, "sector", sectors)?;
    let groups: BTreeSet<&str> = groups.collect();
    for group in taxonomy.categories.iter().map(|category| category.group.as_str()) {
        if !groups.contains(group) {
            return Err(taxonomy.unknown(CATEGORIES, "group", group));
        }
    }
    for (id, cues) in &taxonomy.cues {
        taxonomy.category(id).ok_or_else(|| taxonomy.unknown(CUES, "category", id))?;
        taxonomy.cues_once(CUES, id, [&cues.cues, &cues.weak, &cues.topics, &cues.not])?;
    }
    for (name, list) in &taxonomy.terms {
        taxonomy.cues_once(TERMS, name, [list])?;
    }
    for (stance, cues) in &taxonomy.stances {
        taxonomy.cues_once(STANCES, stance.id(), [cues])?;
    }
    for (zone, cues) in &taxonomy.zones {
        taxonomy.cues_once(ZONES, zone.id(), [cues])?;
    }
    for id in taxonomy.asked.keys() {
        taxonomy.category(id).ok_or_else(|| taxonomy.unknown(SYNONYMS, "category", id))?;
    }
    for id in taxonomy.provision_failures.values() {
        taxonomy.category(id).ok_or_else(|| taxonomy.unknown(PROVISIONS, "category", id))?;
    }
    for (name, cues) in taxonomy.context.lists() {
        taxonomy.cues_once(CONTEXT, name, [cues])?;
    }
    Ok(())
}

impl Context {
    /// Its lists by their names in the file.
    fn lists(&self) -> [(&'static str, &Vec<String>); 6] {
        [
            ("anaphora", &self.anaphora),
            ("failing", &self.failing),
            ("aggravating", &self.aggravating),
            ("mitigating", &self.mitigating),
            ("no_factor", &self.no_factor),
            ("asserts", &self.asserts),
        ]
    }
}

impl Taxonomy {
    /// Every list of terms.toml can be read.
    pub(crate) fn check_terms(&self) -> Result<(), TaxonomyError> {
        let mut vocabulary = Vocabulary::default();
        let mut alternatives = self.terms.values().flatten();
        alternatives.try_for_each(|alternative| {
            Cue::check_alternative(alternative, &self.terms, &mut vocabulary)
                .map_err(|error| self.placed(&error))
        })
    }

    /// A faulty cue with the file and line in which it stands.
    pub(crate) fn placed(&self, error: &CueError) -> TaxonomyError {
        let files = [TERMS, CUES, CONTEXT, STANCES, ZONES, PROVISIONS];
        let lines = |file| self.lines(file, |_, text| text == error.cue());
        let place = files.into_iter().find_map(|file| Some((file, lines(file).first().copied()?)));
        let (file, line) = place.unwrap_or((CUES, 1));
        TaxonomyError::Malformed { file, line, message: error.to_string() }
    }

    fn once<'a>(
        &self,
        file: &'static str,
        what: &str,
        ids: impl Iterator<Item = &'a str>,
    ) -> Result<(), TaxonomyError> {
        let mut seen = BTreeSet::new();
        let Some(id) = ids.into_iter().find(|id| !seen.insert(*id)) else { return Ok(()) };
        let lines = self.lines(file, |path, text| path == [what, "id"] && text == id);
        let message = format!("a second {what} with the id `{id}`; rename or delete one");
        Err(TaxonomyError::Malformed { file, line: lines.get(1).copied().unwrap_or(1), message })
    }

    fn cues_once<const N: usize>(
        &self,
        file: &'static str,
        of: &str,
        lists: [&Vec<String>; N],
    ) -> Result<(), TaxonomyError> {
        let mut seen = BTreeSet::new();
        let mut cues = lists.into_iter().flatten();
        let Some(cue) = cues.find(|cue| !seen.insert(*cue)) else { return Ok(()) };
        let lines = self.lines(file, |path, text| path.first() == Some(&of) && text == cue);
        let message = format!("`{of}` lists `{cue}` twice; delete one");
        Err(TaxonomyError::Malformed { file, line: lines.get(1).copied().unwrap_or(1), message })
    }

    fn unknown(&self, file: &'static str, what: &str, name: &str) -> TaxonomyError {
        let lines = self.lines(file, |path, text| {
            path.ends_with(&[what]) && text == name || path == [name] && text.is_empty()
        });
        TaxonomyError::Malformed {
            file,
            line: lines.first().copied().unwrap_or(1),
            message: format!("unknown {what} `{name}`; define it or correct the spelling"),
        }
    }

    /// The lines of the strings that are meant, told by the keys under which they stand. A table
    /// itself is an empty string.
    fn lines(&self, file: &str, is_meant: impl Fn(&[&str], &str) -> bool) -> Vec<usize> {
        let text = self.texts.get(file).map_or("", String::as_str);
        let mut starts: Vec<usize> = Vec::new();
        if let Ok(table) = DeTable::parse(text) {
            visit(table.get_ref(), &mut Vec::new(), &mut |path, value, start| {
                if is_meant(path, value) {
                    starts.push(start);
                }
            });
        }
        starts.sort_unstable();
        starts.into_iter().map(|start| line_at(text, start)).collect()
    }
}

/// Told of a string: the keys above it, itself, and its first byte.
type Visitor<'v> = &'v mut dyn FnMut(&[&str], &str, usize);

fn visit<'t>(table: &'t DeTable<'t>, path: &mut Vec<&'t str>, visitor: Visitor<'_>) {
    for (key, value) in table {
        path.push(key.get_ref());
        if value.get_ref().is_table() {
            visitor(path, "", key.span().start);
        }
        visit_value(value, path, visitor);
        path.pop();
    }
}

fn visit_value<'t>(value: &'t Spanned<DeValue<'t>>, path: &mut Vec<&'t str>, visitor: Visitor<'_>) {
    match value.get_ref() {
        DeValue::String(text) => visitor(path, text, value.span().start),
        DeValue::Array(values) => values.iter().for_each(|value| visit_value(value, path, visitor)),
        DeValue::Table(table) => visit(table, path, visitor),
        _ => {}
    }
}
