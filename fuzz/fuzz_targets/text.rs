//! Any text as a document: never a panic, evidence verbatim, and an explanation that agrees.
#![no_main]

use std::sync::LazyLock;

use casebook::{extract::Extractor, model::Stance, taxonomy::Taxonomy};
use libfuzzer_sys::fuzz_target;

static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(|| {
    let taxonomy = Taxonomy::shipped().expect("the shipped taxonomy");
    Extractor::new(taxonomy).expect("the shipped cues")
});

fuzz_target!(|text: &str| {
    let Ok(document) = casebook::read::read("text.txt", text.as_bytes()) else { return };
    let record = EXTRACTOR.extract(&document);
    for finding in &record.findings {
        assert_eq!(&document.text[finding.start..finding.end], finding.sentence);
    }
    for category in &record.categories {
        let explanation = EXTRACTOR.explain(&document, category);
        assert!(explanation.sentences.iter().any(|s| s.outcome == Some(Stance::Finding)));
    }
});
