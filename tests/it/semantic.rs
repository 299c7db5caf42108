//! Search by meaning, with stand-ins for the helper: what is embedded when, and every way it can fail.

use std::{
    fs,
    path::{Path, PathBuf},
};

use assert_cmd::Command;
use tempfile::TempDir;

use crate::support::{casebook_on, copied_corpus, fixture, stderr_of, stdout_of};

/// Words of no case in the small corpus.
const UNKNOWN_WORDS: &str = "zyxwv qqqq";

/// A corpus, its indexes, and a model folder that looks whole.
struct Place {
    corpus: TempDir,
    indexes: TempDir,
    model: TempDir,
}

impl Place {
    fn new() -> Self {
        let place =
            Self { corpus: copied_corpus(), indexes: folder(), model: folder_of_model("[PAD]") };
        place.run();
        place
    }

    fn run(&self) {
        casebook_on(self.corpus.path(), self.indexes.path())
            .args(["run", "--quiet"])
            .assert()
            .success();
    }

    fn casebook(&self, helper: &Path) -> Command {
        let mut command = casebook_on(self.corpus.path(), self.indexes.path());
        command.env("CASEBOOK_SEMANTIC__MODEL", self.model.path());
        command.env("CASEBOOK_SEMANTIC__PROGRAM", helper);
        command
    }

    fn embed(&self) -> String {
        stdout_of(self.casebook(&helper("letters")).arg("embed"))
    }

    /// What a search says that is asked for meaning and can go by words only.
    fn refusal(&self, helper: &Path) -> String {
        let by_words = stdout_of(self.casebook(helper).args(["search", "school", "--jsonl"]));
        let mut command = self.casebook(helper);
        command.args(["search", "school", "--semantic", "--jsonl"]);
        let output = command.assert().code(3).get_output().clone();
        assert_eq!(String::from_utf8(output.stdout).expect("UTF-8"), by_words);
        let said = String::from_utf8(output.stderr).expect("UTF-8");
        assert_eq!(said.matches("searched by words only").count(), 1, "{said}");
        said
    }
}

pub fn folder() -> TempDir {
    TempDir::new().expect("a temporary folder")
}

pub fn helper(name: &str) -> PathBuf {
    fixture("semantic").join(name)
}

pub fn folder_of_model(vocabulary: &str) -> TempDir {
    let model = folder();
    fs::create_dir(model.path().join("1_Pooling")).expect("writable");
    for name in [
        "modules.json",
        "config.json",
        "sentence_bert_config.json",
        "tokenizer_config.json",
        "1_Pooling/config.json",
    ] {
        fs::write(model.path().join(name), "{}").expect("writable");
    }
    fs::write(model.path().join("vocab.txt"), vocabulary).expect("writable");
    let header = br#"{"weights":{"dtype":"F32","shape":[1],"data_offsets":[0,4]}}"#;
    let mut weights = (header.len() as u64).to_le_bytes().to_vec();
    weights.extend_from_slice(header);
    weights.extend_from_slice(&[0; 4]);
    fs::write(model.path().join("model.safetensors"), weights).expect("writable");
    model
}

fn slugs(jsonl: &str) -> Vec<String> {
    let slug = |line: &str| {
        let hit: serde_json::Value = serde_json::from_str(line).expect("JSON");
        hit["case"].as_str().expect("a slug").to_owned()
    };
    jsonl.lines().map(slug).collect()
}

#[test]
fn what_words_miss_is_found_by_meaning_and_filters_hold() {
    let place = Place::new();
    place.embed();
    let search = |arguments: &[&str]| {
        let mut command = place.casebook(&helper("letters"));
        command.args(["search", UNKNOWN_WORDS, "--jsonl"]).args(arguments);
        slugs(&String::from_utf8(command.output().expect("it runs").stdout).expect("UTF-8"))
    };
    let all = search(&["--semantic"]);
    assert!(search(&[]).is_empty() && all.len() > 1, "{all:?}");
    let education = search(&["--semantic", "--sector", "education"]);
    let all_education = stdout_of(
        place.casebook(&helper("letters")).args(["search", "--jsonl", "--sector", "education"]),
    );
    let mut expected = slugs(&all_education);
    let mut found = education.clone();
    expected.sort();
    found.sort();
    assert_eq!(found, expected);
    assert!(education.len() < all.len());
}

#[test]
fn meaning_is_one_of_the_reasons_and_they_add_up() {
    let place = Place::new();
    place.embed();
    let mut search = place.casebook(&helper("letters"));
    let text = stdout_of(search.args(["search", "school", "--semantic", "--why", "--json"]));
    let results: serde_json::Value = serde_json::from_str(&text).expect("JSON");
    let hit = &results["hits"][0];
    let reasons = hit["why"].as_array().expect("reasons");
    let sum: f64 = reasons.iter().filter_map(|reason| reason["score"].as_f64()).sum();
    let score = hit["score"].as_f64().expect("a score");
    assert!((sum - score).abs() < 0.01, "{sum} {score}");
    assert!(text.contains("near in meaning (likeness 0."), "{text}");
}

#[test]
fn only_what_is_new_is_embedded() {
    let place = Place::new();
    let first = place.embed();
    assert!(!first.contains(" 0 embedded now"), "{first}");
    assert!(place.embed().contains(" 0 embedded now"));
    let digest = "+++\norganisation = \"Ferndale Housing\"\ntitle = \"Keys in a skip\"\n\
                  date = \"2024-03-05\"\ndate_kind = \"notice\"\nactions = [\"reprimand\"]\n\
                  sector = \"housing\"\nconfidence = \"low\"\n\n[[sources]]\nname = \"Weekly\"\n\
                  url = \"https://weekly.example/keys\"\n+++\n\n## What happened\n\n\
                  Keys with tenants' names lay in a skip.\n";
    fs::write(place.corpus.path().join("digests/2024/ferndale-housing.md"), digest)
        .expect("writable");
    place.run();
    assert!(place.refusal(&helper("letters")).contains("belong to an earlier state"));
    let third = place.embed();
    let new = third.split(", ").nth(1).and_then(|part| part.split(' ').next());
    let new: usize = new.and_then(|number| number.parse().ok()).expect("a number");
    assert!((1..=4).contains(&new), "{third}");
}

#[test]
fn without_vectors_model_or_helper_search_goes_by_words_and_says_why() {
    let place = Place::new();
    assert!(place.refusal(&helper("letters")).contains("make them with `casebook embed`"));
    place.embed();
    for (name, said) in [
        ("none", "built without the feature `bert`"),
        ("without-libtorch", "libtorch is not found (casebook-embed: error while loading"),
        ("killed", "ended early: signal: 9"),
        ("other-version", "an answer that cannot be used"),
    ] {
        let refusal = place.refusal(&helper(name));
        assert!(refusal.contains(said), "{name}: {refusal}");
    }
    let unnamed = stderr_of(
        casebook_on(place.corpus.path(), place.indexes.path())
            .args(["search", "school", "--semantic"]),
        3,
    );
    assert!(unnamed.contains("no model is named"), "{unnamed}");
    fs::remove_file(place.model.path().join("vocab.txt")).expect("writable");
    assert!(place.refusal(&helper("letters")).contains("has no vocab.txt"));
}

/// What is like the library's fingerprints, with what is said beside it.
fn similar(place: &Place) -> (serde_json::Value, String) {
    let mut command = casebook_on(place.corpus.path(), place.indexes.path());
    command.args(["similar", "harrowgate-academy", "--json"]);
    let output = command.assert().success().get_output().clone();
    let said = String::from_utf8(output.stderr).expect("UTF-8");
    (serde_json::from_slice(&output.stdout).expect("JSON"), said)
}

#[test]
fn cases_are_compared_by_meaning_where_there_are_vectors_of_their_state() {
    let place = Place::new();
    let (before, said) = similar(&place);
    assert!(before["hits"][0]["parts"].get("meaning").is_none() && said.is_empty(), "{said}");
    stdout_of(place.casebook(&helper("words")).arg("embed"));
    // Neither model nor helper is needed any more.
    let (with, said) = similar(&place);
    assert!(said.is_empty(), "{said}");
    let hits = with["hits"].as_array().expect("hits");
    let shares = hits.iter().filter_map(|hit| hit["parts"]["meaning"].as_f64());
    assert!(
        shares.clone().count() == hits.len() && shares.clone().all(|s| (0.0..=1.0).contains(&s))
    );
    assert!(with["hits"] != before["hits"]);
    fs::remove_file(place.corpus.path().join("fetched/marlow-district-council.html"))
        .expect("a file");
    place.run();
    let (after, said) = similar(&place);
    assert!(after["hits"][0]["parts"].get("meaning").is_none(), "{after}");
    assert!(said.contains("Compared without meaning: the vectors belong to an earlier"), "{said}");
}

#[test]
fn vectors_of_another_model_and_damaged_ones_are_refused() {
    let place = Place::new();
    place.embed();
    fs::write(place.model.path().join("vocab.txt"), "[UNK]").expect("writable");
    assert!(place.refusal(&helper("letters")).contains("made with another model"));
    assert!(!place.embed().contains(" 0 embedded now"), "all is embedded anew");
    let vectors = place.indexes.path().join("vectors");
    let whole = fs::read(&vectors).expect("readable");
    fs::write(&vectors, &whole[..whole.len() / 2]).expect("writable");
    assert!(place.refusal(&helper("letters")).contains("is damaged"));
    place.embed();
    stdout_of(place.casebook(&helper("letters")).args(["search", "school", "--semantic"]));
}

#[test]
fn embedding_that_cannot_be_done_is_wrong_use_and_leaves_no_file() {
    let place = Place::new();
    for name in ["none", "without-libtorch", "killed", "other-version"] {
        let said = stderr_of(place.casebook(&helper(name)).arg("embed"), 2);
        assert!(said.contains("casebook-embed") || said.contains("helper"), "{said}");
    }
    let weights = place.model.path().join("model.safetensors");
    let whole = fs::read(&weights).expect("readable");
    fs::write(&weights, &whole[..whole.len() - 1]).expect("writable");
    let said = stderr_of(place.casebook(&helper("letters")).arg("embed"), 2);
    assert!(said.contains("model.safetensors is damaged: it has"), "{said}");
    assert!(!place.indexes.path().join("vectors").exists());
}

/// With the real helper and model: `scripts/test-bert`.
#[cfg(feature = "bert")]
mod real {
    use super::*;
    use std::env;

    fn casebook(indexes: &Path) -> Command {
        let mut command = casebook_on(&fixture("corpus"), indexes);
        for name in ["CASEBOOK_SEMANTIC__MODEL", "CASEBOOK_SEMANTIC__LIBTORCH"] {
            command.env(name, env::var_os(name).expect("set by `source target/bert/env`"));
        }
        command
    }

    #[test]
    fn a_question_in_other_words_finds_its_case_and_a_damaged_model_is_told() {
        let (indexes, model) = (folder(), folder_of_model("[PAD]\n[UNK]\n"));
        let casebook = || casebook(indexes.path());
        casebook().args(["run", "--quiet"]).assert().success();
        casebook().arg("embed").assert().success();
        let mut search = casebook();
        search.args(["search", "children's biometrics taken so that they can borrow novels"]);
        assert_eq!(
            slugs(&stdout_of(search.args(["--semantic", "--jsonl"])))[0],
            "harrowgate-academy"
        );

        let mut without = casebook();
        without.env_remove("CASEBOOK_SEMANTIC__LIBTORCH").env_remove("LD_LIBRARY_PATH");
        let said = stderr_of(without.args(["search", "school", "--semantic"]), 3);
        assert!(said.contains("libtorch is not found"), "{said}");

        let said = stderr_of(casebook().arg("embed").arg("--model").arg(model.path()), 2);
        assert!(said.contains("the helper casebook-embed"), "{said}");
    }
}
