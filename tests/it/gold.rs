//! The labels made by reading, with the list of those that the program finds.
//!
//! `tests/gold/verdicts.txt` has one line a label, provision and fact: `=` right, `-` missed, `+`
//! spurious, `!` wrong; and one for each near miss that was taken for a finding. The test fails when a
//! line marked `=` breaks and when another starts to hold, so that the list only changes on purpose.
//! The same figures stand in docs/quality.md. `UPDATE_VERDICTS=1 cargo test --test it gold` writes
//! both anew.

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
        evaluate::load(&[root().join("tests/gold")], &Reader::default()).expect("the labels");
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
    let found = evaluate::report(&pairs()).lines();
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
    assert!((report.evidence.verbatim.value - 1.0).abs() < f64::EPSILON);
}

/// The lines between the markers of docs/quality.md, and what stands around them.
fn generated(page: &str) -> (&str, &str, &str) {
    let (head, rest) = page.split_once(BEGIN).expect("the first marker");
    let (lines, tail) = rest.split_once(END).expect("the second marker");
    (head, lines, tail)
}

const BEGIN: &str = "<!-- casebook evaluate tests/gold --format markdown -->\n";
const END: &str = "<!-- end -->";

#[test]
fn the_documented_figures_are_those_of_the_program() {
    let path = root().join("docs/quality.md");
    let markdown = ["evaluate", "tests/gold", "--format", "markdown", "--calibration"];
    let now = format!("\n{}\n", stdout_of(casebook().args(markdown)));
    if env::var_os("UPDATE_VERDICTS").is_some() {
        let page = fs::read_to_string(&path).expect("the page");
        let (head, _, tail) = generated(&page);
        fs::write(&path, [head, BEGIN, &now, END, tail].concat()).expect("the page can be written");
    }
    let page = fs::read_to_string(&path).expect("the page");
    let (_, lines, _) = generated(&page);
    assert!(
        lines == now,
        "docs/quality.md is out of date: UPDATE_VERDICTS=1 cargo test --test it gold"
    );
}
