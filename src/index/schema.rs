//! Fields of the index. A case and each of its passages are documents of their own.

use tantivy::{
    Index,
    schema::{
        FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing,
        TextOptions,
    },
};

use super::analysis;
use crate::taxonomy::split_words;

/// The fields of a case, and those of a passage.
#[derive(Debug, Clone, Copy)]
pub struct Fields {
    /// What the document is: [`CASE`] or [`PASSAGE`].
    pub kind: Field,
    /// The case's slug.
    pub case: Field,
    /// Names of the organisation, and their initials.
    pub organisation: Field,
    /// Neighbouring words of the names written as one, so that "hellofresh" finds "Hello Fresh".
    pub joined: Field,
    /// The headline.
    pub title: Field,
    /// What was found, in the words of the taxonomy: titles, definitions, lessons; the actions.
    pub about: Field,
    /// The sentences that are evidence of findings.
    pub findings: Field,
    /// The text of all its documents.
    pub body: Field,
    /// Canonical provisions with their ancestors, infringed ones only.
    pub infringed: Field,
    /// The same for every provision cited.
    pub cited: Field,
    pub category: Field,
    /// Categories found by meaning.
    pub by_meaning: Field,
    pub group: Field,
    pub sector: Field,
    pub action: Field,
    pub year: Field,
    /// First possible day, as the number 20240723.
    pub earliest: Field,
    /// Last possible day.
    pub latest: Field,
    /// Penalty in pounds.
    pub amount: Field,
    /// "yes" for a case against a natural person.
    pub individual: Field,
    /// The case as JSON.
    pub json: Field,
    /// The slug of the case to which a passage belongs.
    pub passage_of: Field,
    /// The text of a passage.
    pub passage: Field,
}

/// The kind of a case, and the column of its slug.
pub const CASE: &str = "case";

/// The kind of a passage.
pub const PASSAGE: &str = "passage";

/// The schema with its fields.
pub fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let text = |tokenizer: &str| {
        let indexing = TextFieldIndexing::default()
            .set_tokenizer(tokenizer)
            .set_index_option(IndexRecordOption::WithFreqsAndPositions);
        TextOptions::default().set_indexing_options(indexing)
    };
    let (names, prose) = (text(analysis::NAMES), text(analysis::PROSE));
    let key = STRING | FAST;
    let fields = Fields {
        kind: schema.add_text_field("kind", STRING),
        case: schema.add_text_field(CASE, STRING | FAST | STORED),
        organisation: schema.add_text_field("organisation", names.clone()),
        joined: schema.add_text_field("joined", names),
        title: schema.add_text_field("title", prose.clone()),
        about: schema.add_text_field("about", prose.clone()),
        findings: schema.add_text_field("findings", prose.clone()),
        body: schema.add_text_field("body", prose.clone().set_stored()),
        infringed: schema.add_text_field("infringed", STRING),
        cited: schema.add_text_field("cited", STRING),
        category: schema.add_text_field("category", key.clone()),
        by_meaning: schema.add_text_field("by_meaning", key.clone()),
        group: schema.add_text_field("group", key.clone()),
        sector: schema.add_text_field("sector", key.clone()),
        action: schema.add_text_field("action", key.clone()),
        year: schema.add_text_field("year", key),
        earliest: schema.add_i64_field("earliest", INDEXED | FAST),
        latest: schema.add_i64_field("latest", INDEXED | FAST),
        amount: schema.add_u64_field("amount", INDEXED | FAST),
        individual: schema.add_text_field("individual", STRING),
        json: schema.add_text_field("json", STORED),
        passage_of: schema.add_text_field("passage_of", STRING),
        passage: schema.add_text_field("passage", prose.set_stored()),
    };
    (schema.build(), fields)
}

/// Makes the tokenizers known to an index; needed each time one is opened.
pub fn register_tokenizers(index: &Index) {
    index.tokenizers().register(analysis::NAMES, analysis::names());
}

/// The words of an organisation's name as filters compare them.
#[must_use]
pub fn organisation_words(name: &str) -> Vec<String> {
    split_words(name).collect()
}
