//! How text is cut into words: prose by English stem, names as they are.

use tantivy::tokenizer::{
    AsciiFoldingFilter, Language, LowerCaser, RemoveLongFilter, SimpleTokenizer, Stemmer,
    TextAnalyzer, TokenStream as _,
};

/// Tokenizer of names: words in lower case, without accents, not stemmed.
pub const NAMES: &str = "names";

/// Tokenizer of prose: English stems; the engine knows it by this name.
pub const PROSE: &str = "en_stem";

/// Longer runs of characters are not words of a name.
const LONGEST_NAME_WORD: usize = 60;

/// Longer runs of characters are not words of prose.
const LONGEST_WORD: usize = 40;

/// The analyser of names.
pub fn names() -> TextAnalyzer {
    TextAnalyzer::builder(SimpleTokenizer::default())
        .filter(RemoveLongFilter::limit(LONGEST_NAME_WORD))
        .filter(LowerCaser)
        .filter(AsciiFoldingFilter)
        .build()
}

/// The analyser of prose, as the engine builds it.
pub fn prose() -> TextAnalyzer {
    TextAnalyzer::builder(SimpleTokenizer::default())
        .filter(RemoveLongFilter::limit(LONGEST_WORD))
        .filter(LowerCaser)
        .filter(Stemmer::new(Language::English))
        .build()
}

/// The tokens of a text.
pub fn tokens(analyzer: &mut TextAnalyzer, text: &str) -> Vec<String> {
    let mut stream = analyzer.token_stream(text);
    let mut tokens = Vec::new();
    while let Some(token) = stream.next() {
        tokens.push(token.text.clone());
    }
    tokens
}

/// Words of names that initials leave out.
const SMALL_WORDS: [&str; 8] = ["of", "and", "the", "for", "in", "to", "a", "on"];

/// Words after which a name is of a legal form.
const LEGAL_FORMS: [&str; 7] = ["limited", "ltd", "plc", "llp", "inc", "llc", "corporation"];

/// Longest run of words that are also looked for as one.
pub const LONGEST_JOIN: usize = 4;

/// Initials of a name of several words, with and without its small words: "MoD" and "MD".
pub fn initials(name: &str) -> Vec<String> {
    let bare = name.split(['(', ',']).next().unwrap_or_default();
    let words: Vec<String> = crate::taxonomy::split_words(bare)
        .filter(|word| !LEGAL_FORMS.contains(&word.as_str()))
        .collect();
    let initials = |keep: &dyn Fn(&str) -> bool| -> String {
        words.iter().filter(|word| keep(word)).filter_map(|word| word.chars().next()).collect()
    };
    let mut forms = vec![initials(&|_| true), initials(&|word| !SMALL_WORDS.contains(&word))];
    forms.dedup();
    forms.retain(|form| form.chars().count() > 1);
    forms
}

/// Runs of two or more neighbouring words, each written as one.
pub fn joins(words: &[String]) -> Vec<String> {
    let runs = (2..=LONGEST_JOIN.min(words.len())).flat_map(|length| words.windows(length));
    runs.map(<[String]>::concat).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn initials_come_with_and_without_small_words() {
        assert_eq!(initials("Ministry of Defence"), ["mod", "md"]);
        assert_eq!(initials("Police Service of Northern Ireland"), ["psoni", "psni"]);
        assert_eq!(initials("Capita plc"), Vec::<String>::new());
    }

    #[test]
    fn neighbours_are_joined() {
        let words = ["dial", "a", "deal"].map(str::to_owned);
        assert_eq!(joins(&words), ["diala", "adeal", "dialadeal"]);
    }

    #[test]
    fn prose_is_cut_as_the_engine_cuts_it() {
        let mut engine = tantivy::tokenizer::TokenizerManager::default().get(PROSE).expect("known");
        let text = "Schools' DPIAs weren’t completed, naïve e-mails; Art 5(1)(f)";
        assert_eq!(tokens(&mut prose(), text), tokens(&mut engine, text));
    }
}
