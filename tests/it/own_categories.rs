//! Categories of the user's own, given by examples in place of cues: found by meaning, kept apart from
//! all others, and left out with a sentence where there is no model.

use std::{fs, path::Path};

use assert_cmd::Command;
use serde_json::Value;
use tempfile::TempDir;

use crate::{
    semantic::{folder, folder_of_model, helper},
    support::{casebook_on, copied_corpus, csv_rows, fixture, root, small, stderr_of, stdout_of},
};

const OWN: &str = "\
[[category]]
id = \"children-fingerprinted\"
group = \"accountability\"
title = \"Fingerprints of pupils\"
definition = \"Pupils give fingerprints for lending books.\"
examples = [
  \"The academy began to take fingerprints of pupils for lending books.\",
  \"Pupils had to give their fingerprints before lending books.\",
]
";

/// A corpus, its indexes, and a taxonomy with the category above.
struct Place {
    corpus: TempDir,
    indexes: TempDir,
    taxonomy: TempDir,
    model: TempDir,
}

impl Place {
    fn new() -> Self {
        let taxonomy = folder();
        let shipped = root().join("taxonomy/categories.toml");
        let shipped = fs::read_to_string(shipped).expect("the shipped categories");
        let file = taxonomy.path().join("categories.toml");
        fs::write(file, format!("{shipped}\n{OWN}")).expect("writable");
        let model = folder_of_model("[PAD]");
        Self { corpus: copied_corpus(), indexes: folder(), taxonomy, model }
    }

    /// The program without a model.
    fn unaided(&self) -> Command {
        let mut command = casebook_on(self.corpus.path(), self.indexes.path());
        command.arg("--taxonomy").arg(self.taxonomy.path());
        command
    }

    fn casebook(&self, program: &Path) -> Command {
        let mut command = self.unaided();
        command.env("CASEBOOK_SEMANTIC__MODEL", self.model.path());
        command.env("CASEBOOK_SEMANTIC__PROGRAM", program);
        command
    }

    fn run(&self) -> String {
        stdout_of(self.casebook(&helper("words")).arg("run"))
    }

    fn json(&self, arguments: &[&str]) -> Value {
        serde_json::from_str(&stdout_of(self.unaided().args(arguments))).expect("JSON")
    }
}

#[test]
fn they_are_found_by_meaning_and_shown_as_that() {
    let place = Place::new();
    place.run();
    let case = place.json(&["show", "harrowgate-academy", "--json"]);
    assert_eq!(case["categories_by_meaning"][0], "children-fingerprinted");
    assert!(!case["categories"].to_string().contains("children-fingerprinted"));
    let findings = case["findings"].as_array().expect("findings").clone();
    let (semantic, stated): (Vec<Value>, Vec<Value>) =
        findings.into_iter().partition(|finding| finding["method"] == "semantic");
    assert_eq!(semantic.len(), 1);
    assert!(semantic[0]["sentence"].as_str().is_some_and(|s| s.starts_with("Harrowgate Academy")));
    assert!(semantic[0]["confidence"].as_f64().is_some_and(|sure| sure > 0.5 && sure < 0.9));
    assert!(stated.iter().all(|finding| finding["category"] != "children-fingerprinted"));

    let page = stdout_of(place.unaided().args(["show", "harrowgate-academy"]));
    let own = page.split("Near in meaning to your examples").nth(1).expect("a section of its own");
    assert!(own.contains("Fingerprints of pupils (children-fingerprinted)"), "{page}");
    assert!(own.contains("by meaning, confidence 0."), "{page}");

    let search = ["search", "--category", "children-fingerprinted", "--json"];
    let results = place.json(&search);
    assert_eq!(results["total"], 1);
    assert_eq!(results["hits"][0]["categories_by_meaning"][0], "children-fingerprinted");
    assert_eq!(results["facets"]["by_meaning"]["children-fingerprinted"], 1);
    assert!(results["facets"]["category"].get("children-fingerprinted").is_none());
    let list = stdout_of(place.unaided().args(&search[..3]));
    assert!(list.contains("   by meaning: children-fingerprinted"), "{list}");
}

#[test]
fn they_are_counted_only_where_they_are_named() {
    let place = Place::new();
    place.run();
    let rows = |arguments: &[&str]| {
        csv_rows(&stdout_of(place.unaided().args(["trends", "--csv"]).args(arguments)))
    };
    let categories = rows(&["--by", "category"]);
    assert!(categories.len() > 3);
    assert!(categories.iter().all(|row| row[0] != "children-fingerprinted"));
    let group = rows(&["--by", "category", "--group", "accountability"]);
    assert!(group.iter().all(|row| row[0] != "children-fingerprinted"));
    let named = rows(&["--by", "category", "--category", "children-fingerprinted"]);
    assert_eq!(named, [["children-fingerprinted", "1", "1", "1"]]);
    let table = ["trends", "--by", "sector", "--category", "children-fingerprinted"];
    let table = stdout_of(place.unaided().args(table));
    assert!(table.contains("children-fingerprinted is found by meaning, from its examples"));
    let sectors = rows(&["--by", "sector", "--category", "children-fingerprinted"]);
    assert_eq!(sectors[0][..2], ["education", "1"]);

    let without = stdout_of(
        casebook_on(&fixture("corpus"), small())
            .args(["trends", "--csv", "--by", "sector"])
            .args(["--measure", "cases,findings"]),
    );
    let with = rows(&["--by", "sector", "--measure", "cases,findings"]);
    assert_eq!(with, csv_rows(&without));
    let table = fs::read_to_string(place.indexes.path().join("tables/findings.csv")).expect("CSV");
    let semantic = table.lines().filter(|line| line.contains(",semantic,")).count();
    assert_eq!(semantic, 1, "{table}");
}

#[test]
fn only_sentences_that_are_new_are_compared() {
    let place = Place::new();
    place.run();
    // A helper that is not there cannot be asked.
    let idle =
        |arguments: &[&str]| stdout_of(place.casebook(&helper("none")).arg("run").args(arguments));
    assert!(idle(&[]).contains("Nothing has changed"));
    assert!(idle(&["--rebuild"]).contains("read"));
    let case = place.json(&["show", "harrowgate-academy", "--json"]);
    assert_eq!(case["categories_by_meaning"][0], "children-fingerprinted");
}

#[test]
fn without_a_model_or_helper_they_are_left_out_and_all_else_works() {
    let place = Place::new();
    let said = stderr_of(place.unaided().args(["run", "--quiet"]), 3);
    let left_out = "`children-fingerprinted` is left out, since it has examples in place of cues: ";
    assert_eq!(said.matches(left_out).count(), 1, "{said}");
    assert!(said.contains("no model is named"), "{said}");
    let case = place.json(&["show", "harrowgate-academy", "--json"]);
    assert!(case.get("categories_by_meaning").is_none());
    assert!(case["categories"].to_string().contains("missing-dpia"));
    // Nothing has changed, and it is said again.
    place.unaided().arg("run").assert().code(3);
    for (name, why) in [
        ("none", "built without the feature `bert`"),
        ("without-libtorch", "libtorch is not found"),
        ("killed", "ended early: signal: 9"),
    ] {
        let said = stderr_of(place.casebook(&helper(name)).args(["run", "--quiet"]), 3);
        assert!(said.contains(left_out) && said.contains(why), "{name}: {said}");
    }
    // As soon as it can be done, it is.
    assert!(!place.run().contains("Nothing has changed"));
    let case = place.json(&["show", "harrowgate-academy", "--json"]);
    assert_eq!(case["categories_by_meaning"][0], "children-fingerprinted");
}

#[test]
fn files_of_ones_own_are_compared_too() {
    let place = Place::new();
    let file = place.corpus.path().join("digests/2023/harrowgate-academy.md");
    let mut extract = place.casebook(&helper("words"));
    let record = stdout_of(extract.arg("extract").arg(&file));
    let record: Value = serde_json::from_str(&record).expect("JSON");
    assert_eq!(record["categories_by_meaning"][0], "children-fingerprinted");
    let said = stderr_of(place.unaided().arg("extract").arg(&file), 3);
    assert!(said.contains("is left out"), "{said}");

    let explain = |program: &str, file: &Path| {
        let mut command = place.casebook(&helper(program));
        command.args(["explain", "--category", "children-fingerprinted"]).arg(file);
        stdout_of(&mut command)
    };
    let why = explain("words", &file);
    assert!(why.contains("it is near in meaning to the examples"), "{why}");
    let other = place.corpus.path().join("digests/2024/marlow-district-council.md");
    let why = explain("words", &other);
    assert!(why.contains("not given: no sentence is near enough to its examples"), "{why}");
}

/// With the real helper and model: `scripts/test-bert`.
#[cfg(feature = "bert")]
#[test]
fn the_real_model_finds_what_is_told_in_other_words_and_nothing_else() {
    let place = Place::new();
    let file = place.taxonomy.path().join("categories.toml");
    let text = fs::read_to_string(&file).expect("readable");
    let examples = text.split("examples = [").nth(1).expect("examples");
    let others = "\"Children had to scan their fingers to borrow a book.\",\
                  \"The school took fingerprints of its pupils.\",\
                  \"Pupils' biometric data was collected at the library desk.\"]";
    fs::write(&file, text.replace(examples, others)).expect("writable");
    let mut run = place.unaided();
    for name in ["CASEBOOK_SEMANTIC__MODEL", "CASEBOOK_SEMANTIC__LIBTORCH"] {
        run.env(name, std::env::var_os(name).expect("set by `source target/bert/env`"));
    }
    run.args(["run", "--quiet"]).assert().success();
    let results = place.json(&["search", "--category", "children-fingerprinted", "--json"]);
    let hits = results["hits"].as_array().expect("hits");
    let cases: Vec<&str> = hits.iter().filter_map(|hit| hit["case"].as_str()).collect();
    assert_eq!(cases, ["harrowgate-academy"]);
}
