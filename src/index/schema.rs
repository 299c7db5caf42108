//! Fields of the index and how their text is cut into words.

use tantivy::{
    Index,
    schema::{
        FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing,
        TextOptions,
    },
    tokenizer::{AsciiFoldingFilter, LowerCaser, RemoveLongFilter, SimpleTokenizer, TextAnalyzer},
};

use crate::taxonomy::split_words;

/// Tokenizer of names: words in lower case, without accents, not stemmed.
const NAMES: &str = "names";

/// Tokenizer of prose: English stems.
const PROSE: &str = "en_stem";

/// Longer runs of characters are not words.
const LONGEST_WORD: usize = 60;

/// The fields of a case.
#[derive(Debug, Clone, Copy)]
pub struct Fields {
    /// The case's slug.
    pub case: Field,
    /// Names of the organisation.
    pub organisation: Field,
    /// The headline.
    pub title: Field,
    /// Titles of the categories found, sector and action in words.
    pub labels: Field,
    /// The text of all its documents.
    pub body: Field,
    /// Canonical provisions with their ancestors, infringed ones only.
    pub infringed: Field,
    /// The same for every provision cited.
    pub cited: Field,
    pub category: Field,
    pub group: Field,
    pub sector: Field,
    pub action: Field,
    pub year: Field,
    /// First possible day, as the number 20240723.
    pub earliest: Field,
    /// Last possible day.
    pub latest: Field,
    /// "yes" for a case against a natural person.
    pub individual: Field,
    /// The case as JSON.
    pub json: Field,
}

/// The schema with its fields.
pub fn schema() -> (Schema, Fields) {
    let mut schema = Schema::builder();
    let text = |tokenizer: &str| {
        let indexing = TextFieldIndexing::default()
            .set_tokenizer(tokenizer)
            .set_index_option(IndexRecordOption::WithFreqsAndPositions);
        TextOptions::default().set_indexing_options(indexing)
    };
    let key = STRING | FAST;
    let fields = Fields {
        case: schema.add_text_field("case", STRING | STORED),
        organisation: schema.add_text_field("organisation", text(NAMES)),
        title: schema.add_text_field("title", text(PROSE)),
        labels: schema.add_text_field("labels", text(PROSE)),
        body: schema.add_text_field("body", text(PROSE).set_stored()),
        infringed: schema.add_text_field("infringed", STRING),
        cited: schema.add_text_field("cited", STRING),
        category: schema.add_text_field("category", key.clone()),
        group: schema.add_text_field("group", key.clone()),
        sector: schema.add_text_field("sector", key.clone()),
        action: schema.add_text_field("action", key.clone()),
        year: schema.add_text_field("year", key),
        earliest: schema.add_i64_field("earliest", INDEXED | FAST),
        latest: schema.add_i64_field("latest", INDEXED | FAST),
        individual: schema.add_text_field("individual", STRING),
        json: schema.add_text_field("json", STORED),
    };
    (schema.build(), fields)
}

/// Makes the tokenizers known to an index; needed each time one is opened.
pub fn register_tokenizers(index: &Index) {
    let names = TextAnalyzer::builder(SimpleTokenizer::default())
        .filter(RemoveLongFilter::limit(LONGEST_WORD))
        .filter(LowerCaser)
        .filter(AsciiFoldingFilter)
        .build();
    index.tokenizers().register(NAMES, names);
}

/// The words of an organisation's name as filters compare them.
#[must_use]
pub fn organisation_words(name: &str) -> Vec<String> {
    split_words(name).collect()
}
