//! The labels made by reading, with the list of those that the program finds.
//!
//! `tests/gold/verdicts.txt` has one line a label: `=` found rightly, `-` missed, `+` spurious. The
//! test fails when a line marked `=` breaks and when another starts to hold, so that the list only
//! changes on purpose: `UPDATE_VERDICTS=1 cargo test gold` writes it anew.

use std::{collections::BTreeSet, env, fs};

use casebook::{
    evaluate::{self, Labelled},
    extract::Extractor,
    model::Record,
    read::Reader,
    taxonomy::Taxonomy,
};

use crate::support::{casebook, root, stdout_of};

fn pairs() -> Vec<(Labelled, Record)> {
    let taxonomy = Taxonomy::shipped().expect("the shipped taxonomy");
    let extractor = Extractor::new(taxonomy).expect("the shipped cues");
    let labelled =
        evaluate::load(&root().join("tests/gold"), &Reader::default()).expect("the labels");
    labelled
        .into_iter()
        .map(|labelled| {
            let record = extractor.extract(&labelled.document);
            (labelled, record)
        })
        .collect()
}

#[test]
fn the_verdicts_are_those_of_the_list() {
    let path = root().join("tests/gold/verdicts.txt");
    let found = evaluate::verdicts(&pairs());
    if env::var_os("UPDATE_VERDICTS").is_some() {
        let lines: Vec<&str> = found.iter().map(String::as_str).collect();
        fs::write(&path, lines.join("\n") + "\n").expect("the list can be written");
    }
    let text = fs::read_to_string(&path).expect("the list");
    let listed: BTreeSet<String> = text.lines().map(str::to_owned).collect();
    let lost: Vec<&String> = listed.difference(&found).collect();
    let gained: Vec<&String> = found.difference(&listed).collect();
    assert!(lost.is_empty() && gained.is_empty(), "no longer so: {lost:#?}\nnow so: {gained:#?}");
}

#[test]
fn labels_quote_their_document() {
    let squeeze = |text: &str| text.split_whitespace().collect::<Vec<_>>().join(" ");
    let pairs = pairs();
    assert!(pairs.len() >= 60);
    for (labelled, _) in &pairs {
        let text = squeeze(&labelled.document.text);
        let evidence = labelled.gold.labels.values().flat_map(|label| &label.evidence);
        for sentence in evidence.chain(labelled.gold.near_misses.iter().map(|near| &near.sentence))
        {
            assert!(text.contains(&squeeze(sentence)), "{}: {sentence}", labelled.gold.slug);
        }
    }
}

#[test]
fn all_evidence_is_verbatim() {
    let report = evaluate::report(&pairs());
    assert!((report.verbatim.value - 1.0).abs() < f64::EPSILON);
}

#[test]
fn the_report_reads_as_a_table_and_as_data() {
    let table = stdout_of(casebook().args(["evaluate", "tests/gold", "--errors"]));
    assert!(table.contains("micro-F1") && table.contains("missing-dpia"), "{table}");
    let json = stdout_of(casebook().args(["evaluate", "tests/gold", "--format", "json"]));
    let report: serde_json::Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(report["documents"], 62);
    assert!(report["micro"]["f1"].as_f64().is_some_and(|f1| f1 > 0.7));
}
