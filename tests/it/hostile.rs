//! Texts that nobody writes: whatever comes in, there is an answer or a sentence, and no panic.

use std::{fs, sync::LazyLock};

use casebook::{
    extract::{Extractor, explain::verdict},
    model::Stance,
    read,
    taxonomy::Taxonomy,
};
use proptest::prelude::*;
use serde_json::json;
use tempfile::TempDir;

use crate::support::{casebook, stderr_of};

static EXTRACTOR: LazyLock<Extractor> = LazyLock::new(|| {
    let taxonomy = Taxonomy::shipped().expect("the shipped taxonomy");
    Extractor::new(taxonomy).expect("the shipped cues")
});

/// What sentences, citations, headings and sums are made of, and what no one expects between them.
const PIECES: [&str; 40] = [
    "The council", "did not", "complete", "a DPIA", "failed to", "train", "staff", "Article",
    "Articles", "5(1)(f)", "S(l)(f)", "(", ")", "[", "…", "]", "of the UK GDPR", "section",
    "regulation 21", "and", "to", "£1,000", "million", "fined", "12 people", "were affected",
    "Dated 5 July 2023", ".", ". ", ";", ":", "\n", "\n\n", "Reasons\n\n", "No.", "”", "•",
    "\u{202e}\u{5d0}\u{5d1}", "\u{ad}", "ß\u{301}\u{fb01}",
];

/// Shapes that slow or break programs which look back or count brackets, about 100 kB each.
fn shapes() -> Vec<(&'static str, String)> {
    let many = |piece: &str| piece.repeat(100_000 / piece.len());
    vec![
        ("one line without an end", many("the council did not carry out a dpia and article 5 ")),
        ("lines without an end", many("the council did not\n")),
        ("right to left", many("\u{5d4}\u{5de}\u{5d5}\u{202e} \u{5dc}\u{5d0} dpia. ")),
        ("nested brackets", format!("{}dpia{}", many("("), many(")"))),
        ("open sections", many("section 5(")),
        ("a list without an end", format!("Articles {} of the UK GDPR.", many("5(1)(a), "))),
        ("stops and quotation marks", many(".”’)")),
        ("one word", many("x")),
        ("semicolons", many("dpia; not; ")),
        ("headings", many("Reasons\n\nThe council\n\n")),
        ("hyphens", many("infor-\nmation pro-\ncess\n")),
        ("white space", format!("a.{}B", many(" \u{a0}"))),
    ]
}

#[test]
fn hostile_shapes_are_extracted_and_explained() {
    let folder = TempDir::new().expect("a folder");
    let file = folder.path().join("shape.txt");
    for (name, text) in shapes() {
        fs::write(&file, text).expect("writable");
        let mut extract = casebook();
        let output = extract.arg("extract").arg(&file).output().expect("it runs");
        assert!(output.status.success() && !output.stdout.is_empty(), "{name}: {output:?}");
        let mut explain = casebook();
        explain.arg("explain").arg(&file).args(["--category", "missing-dpia"]);
        let output = explain.output().expect("it runs");
        let said = String::from_utf8_lossy(&output.stdout);
        assert!(output.status.success() && said.contains("missing-dpia "), "{name}: {said}");
    }
}

#[test]
fn hostile_shapes_are_evaluated() {
    let folder = TempDir::new().expect("a folder");
    for (name, text) in shapes() {
        let slug = name.replace(' ', "-");
        let label =
            json!({ "evidence": [text.chars().take(3000).collect::<String>()], "sure": true });
        let labels = json!({
            "slug": slug,
            "labels": { "missing-dpia": label },
            "provisions": ["UK GDPR Art 5(1)(a)", "not a provision"],
            "near_misses": [{ "category": "data-loss", "stance": "law", "sentence": "" }]
        });
        fs::write(folder.path().join(&slug).with_extension("json"), labels.to_string())
            .expect("writable");
        fs::write(folder.path().join(&slug).with_extension("txt"), text).expect("writable");
    }
    let mut command = casebook();
    let output = command.arg("evaluate").arg(folder.path()).arg("--json").output();
    let output = output.expect("it runs");
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

#[test]
fn a_text_with_a_nul_byte_is_explained() {
    for command in [vec!["extract", "-"], vec!["explain", "-", "--category", "data-loss"]] {
        let mut casebook = casebook();
        casebook.args(command).write_stdin("The council\0 did not complete a DPIA.");
        assert!(stderr_of(&mut casebook, 2).contains("the file is binary"));
    }
}

#[test]
fn labels_nested_without_end_are_refused() {
    let folder = TempDir::new().expect("a folder");
    let nested = format!("{{\"slug\": {}", "[".repeat(100_000));
    fs::write(folder.path().join("deep.json"), nested).expect("writable");
    fs::write(folder.path().join("deep.txt"), "A text.").expect("writable");
    let mut command = casebook();
    assert!(stderr_of(command.arg("evaluate").arg(folder.path()), 2).contains("deep.json"));
}

fn texts() -> impl Strategy<Value = String> {
    let pieces = prop::collection::vec(prop::sample::select(&PIECES[..]), 1..80);
    prop_oneof![
        4 => pieces.prop_map(|pieces| pieces.join(" ")),
        1 => "[^\u{0}]{1,200}",
    ]
}

proptest! {
    #[test]
    fn any_text_gives_evidence_verbatim_and_an_explanation_that_agrees(text in texts()) {
        let Ok(document) = read::read("text.txt", text.as_bytes()) else { return Ok(()) };
        let record = EXTRACTOR.extract(&document);
        for finding in &record.findings {
            prop_assert_eq!(
                document.text.get(finding.start..finding.end),
                Some(finding.sentence.as_str())
            );
            prop_assert!((0.0..=1.0).contains(&finding.confidence));
        }
        for category in ["missing-dpia", "inadequate-training"] {
            let explanation = EXTRACTOR.explain(&document, category);
            let explained = explanation.sentences.iter().filter(|s| s.outcome == Some(Stance::Finding));
            let found = record
                .findings
                .iter()
                .filter(|f| f.category == category && f.stance == Stance::Finding);
            prop_assert_eq!(explained.count(), found.count());
            let is_given = record.categories.iter().any(|id| id == category);
            prop_assert_eq!(verdict(&[explanation]).starts_with("given"), is_given);
        }
    }
}
