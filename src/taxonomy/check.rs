//! What must hold between and within the files of a taxonomy; faults are named with their line.

use std::collections::BTreeSet;

use toml::{
    Spanned,
    de::{DeTable, DeValue},
};

use super::{
    Category, Context, CueError, Taxonomy, TaxonomyError, Vocabulary,
    cue::Cue,
    files::{
        BODIES, CATEGORIES, CONTEXT, CUES, PROVISIONS, SECTORS, STANCES, SYNONYMS, TERMS, ZONES,
        line_at,
    },
};

/// Bytes that a sentence has at least.
const SHORTEST_EXAMPLE: usize = 20;

/// More examples than this make a category like everything: `docs/semantic.md` has the figures.
const MOST_EXAMPLES: usize = 8;

/// Every name that a file uses is defined in another, and nothing is said twice.
pub fn check(taxonomy: &Taxonomy) -> Result<(), TaxonomyError> {
    let groups = taxonomy.groups.iter().map(|group| group.id.as_str());
    let categories = taxonomy.categories.iter().map(|category| category.id.as_str());
    let sectors = taxonomy.sectors.iter().map(|sector| sector.id.as_str());
    taxonomy.once(CATEGORIES, "group", groups.clone())?;
    taxonomy.once(CATEGORIES, "category", categories)?;
    taxonomy.once(SECTORS, "sector", sectors)?;
    taxonomy.once(BODIES, "body", taxonomy.bodies.iter().map(|body| body.id.as_str()))?;
    let groups: BTreeSet<&str> = groups.collect();
    for group in taxonomy.categories.iter().map(|category| category.group.as_str()) {
        if !groups.contains(group) {
            return Err(taxonomy.unknown(CATEGORIES, "group", group));
        }
    }
    taxonomy.categories.iter().try_for_each(|category| taxonomy.check_category(category))?;
    for (id, cues) in &taxonomy.cues {
        taxonomy.has_cues(CUES, id)?;
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
        taxonomy.has_cues(PROVISIONS, id)?;
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

    /// A category has a lesson and a question, or else examples, which say enough to be compared with.
    fn check_category(&self, category: &Category) -> Result<(), TaxonomyError> {
        let Category { id, lesson, question, examples, .. } = category;
        let message = if examples.is_empty() && (lesson.is_empty() || question.is_empty()) {
            "has no lesson or no question; write both, or give it examples to be found by"
                .to_owned()
        } else if let Some(short) = examples.iter().find(|e| e.trim().len() < SHORTEST_EXAMPLE) {
            format!("has the example `{short}`; write a whole sentence")
        } else if examples.len() > MOST_EXAMPLES {
            format!("has {} examples; more than {MOST_EXAMPLES} blur it", examples.len())
        } else {
            return Ok(());
        };
        Err(self.at_category(CATEGORIES, id, &message))
    }

    /// The category is there and found by wording; one with examples is found by meaning alone, so
    /// that nobody need ask how a finding of it was made.
    fn has_cues(&self, file: &'static str, id: &str) -> Result<(), TaxonomyError> {
        let category = self.category(id).ok_or_else(|| self.unknown(file, "category", id))?;
        if category.is_by_meaning() {
            let message = format!(
                "is found by its examples in {CATEGORIES}; delete it here, or the examples there"
            );
            return Err(self.at_category(file, id, &message));
        }
        Ok(())
    }

    fn at_category(&self, file: &'static str, id: &str, what: &str) -> TaxonomyError {
        let lines = self.lines(file, |path, text| text == id || path == [id] && text.is_empty());
        let line = lines.first().copied().unwrap_or(1);
        TaxonomyError::Malformed { file, line, message: format!("the category `{id}` {what}") }
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
