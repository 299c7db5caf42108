//! `casebook evaluate`: labels against records, as a user reads it and as other programs do.

use std::{fs, path::Path};

use serde_json::{Value, json};
use tempfile::TempDir;

use crate::support::{casebook, stderr_of, stdout_of};

const TEXT: &str = "\
REPRIMAND

TO: Harrowgate Academy

Reasons

The academy did not complete a DPIA before the cameras were switched on. Staff had not been trained in data \
protection. The academy infringed Article 35(1) of the UK GDPR.

Remedial steps taken by the academy

The academy has since completed a DPIA.
";

/// Labels with one of each: right, missed, spurious, unsure, a near miss, facts right and wrong.
fn labels(slug: &str) -> Value {
    json!({
        "slug": slug,
        "organisation": "Harrowgate Academy",
        "action_type": "reprimand",
        "date": null, "amount_gbp": 5000, "sector": "education", "data_subjects": null,
        "messages_sent": 12,
        "labels": {
            "missing-dpia": {
                "evidence": ["The academy did not complete a DPIA before the cameras were switched on."],
                "sure": true
            },
            "no-consultation": {
                "evidence": ["The academy did not complete a DPIA before the cameras were switched on."],
                "sure": true
            },
            "poor-governance": { "evidence": ["Staff had not been trained"], "sure": false }
        },
        "provisions": ["UK GDPR Art 35(1)", "UK GDPR Art 5(2)"],
        "near_misses": [
            { "category": "missing-dpia", "stance": "remedy",
              "sentence": "The academy has since completed a DPIA." }
        ]
    })
}

fn write(folder: &Path, labels: &Value) {
    let slug = labels["slug"].as_str().expect("a slug");
    fs::write(folder.join(slug).with_extension("json"), labels.to_string()).expect("writable");
    fs::write(folder.join(slug).with_extension("txt"), TEXT).expect("writable");
}

fn gold() -> TempDir {
    let folder = TempDir::new().expect("a folder");
    write(folder.path(), &labels("harrowgate-academy"));
    folder
}

fn report(folder: &Path, options: &[&str]) -> Value {
    let mut command = casebook();
    command.arg("evaluate").arg(folder).arg("--json").args(options);
    serde_json::from_str(&stdout_of(&mut command)).expect("JSON")
}

#[test]
fn the_shipped_labels_read_as_a_table_and_as_data() {
    let table = stdout_of(casebook().args(["evaluate", "tests/gold/digests"]));
    assert!(table.contains("micro-F1") && table.contains("missing-dpia"), "{table}");
    assert!(table.lines().all(|line| line.chars().count() <= 80), "{table}");
    let json = stdout_of(casebook().args(["evaluate", "tests/gold/digests", "--format", "json"]));
    let report: Value = serde_json::from_str(&json).expect("JSON");
    assert_eq!(report["documents"], 62);
    assert!(report["micro"]["f1"].as_f64().is_some_and(|f1| f1 > 0.7));
    let interval = report["micro"]["f1_interval"].as_array().map(Vec::len);
    assert_eq!(interval, Some(2));
}

#[test]
fn every_kind_of_error_is_listed_with_what_caused_it() {
    let folder = gold();
    let mut command = casebook();
    let said = stdout_of(command.arg("evaluate").arg(folder.path()).arg("--errors"));
    for error in [
        "missed label no-consultation in harrowgate-academy\n  The academy did not complete a DPIA",
        "spurious label inadequate-training in harrowgate-academy\n  Staff had not been trained",
        "missed provision UK GDPR Art 5(2) in harrowgate-academy",
        "missed fact amount in harrowgate-academy\n  labelled: 5000",
        "missed fact messages sent in harrowgate-academy\n  labelled: 12",
    ] {
        assert!(said.contains(error), "{error}\n{said}");
    }
    assert!(!said.contains("poor-governance"), "what is unsure is not scored\n{said}");
    assert!(!said.contains("fact sector"), "what is right is no error\n{said}");
}

#[test]
fn the_measures_are_those_of_the_labels() {
    let report = report(gold().path(), &[]);
    let micro = &report["micro"];
    assert_eq!(
        (&micro["true_positives"], &micro["false_positives"], &micro["false_negatives"]),
        (&json!(1), &json!(1), &json!(1))
    );
    assert_eq!(report["near_misses"]["taken"], 0);
    assert_eq!(report["near_misses"]["n"], 1);
    assert_eq!(report["evidence_precision"]["value"], 1.0);
    assert_eq!(report["best_evidence_precision"]["value"], 1.0);
    assert_eq!(report["evidence_recall"]["value"], 0.5);
    assert_eq!(report["kinds"][0]["name"], "text");
    assert_eq!(report["provision_recall"]["value"], 0.5);
    let judged: u64 = report["calibration"]["bins"]
        .as_array()
        .expect("bins")
        .iter()
        .filter_map(|bin| bin["n"].as_u64())
        .sum();
    assert_eq!(judged, 2, "a right finding and a wrong one");
}

#[test]
fn a_near_miss_taken_for_a_finding_is_an_error() {
    let folder = TempDir::new().expect("a folder");
    let mut labels = labels("harrowgate-academy");
    labels["near_misses"][0] = json!({
        "category": "inadequate-training", "stance": "cleared",
        "sentence": "Staff had not been trained in data protection."
    });
    write(folder.path(), &labels);
    assert_eq!(report(folder.path(), &[])["near_misses"]["taken"], 1);
}

#[test]
fn calibration_is_a_table_too() {
    let folder = gold();
    let mut command = casebook();
    let said = stdout_of(command.arg("evaluate").arg(folder.path()).arg("--calibration"));
    assert!(said.contains("expected calibration error"), "{said}");
}

#[test]
fn unsure_findings_can_be_left_out() {
    let folder = gold();
    let all = report(folder.path(), &["--min-confidence", "1"]);
    assert_eq!(all["micro"]["true_positives"], 0);
    let mut command = casebook();
    command.args(["extract", "-", "--min-confidence", "1"]).write_stdin(TEXT);
    let record: Value = serde_json::from_str(&stdout_of(&mut command)).expect("JSON");
    assert_eq!(record["categories"], json!([]));
    let stances = record["findings"].as_array().expect("findings");
    assert!(!stances.is_empty() && stances.iter().all(|f| f["stance"] != "finding"));
    let mut command = casebook();
    let said = stderr_of(command.args(["extract", "-", "--min-confidence", "80"]), 2);
    assert!(said.contains("a number from 0 to 1"), "{said}");
}

#[test]
fn two_runs_are_compared_label_by_label() {
    let folder = gold();
    write(folder.path(), &labels("marlow-academy"));
    let before = folder.path().join("before.out");
    fs::write(&before, report(folder.path(), &[]).to_string()).expect("writable");
    let against = |options: &[&str]| {
        let mut command = casebook();
        command.arg("evaluate").arg(folder.path()).arg("--against").arg(&before).args(options);
        stdout_of(&mut command)
    };
    assert!(against(&[]).contains("No verdict has changed."), "{}", against(&[]));

    fs::remove_file(folder.path().join("marlow-academy.json")).expect("there");
    write(folder.path(), &labels("quillbrook-academy"));
    let said = against(&["--min-confidence", "1"]);
    for line in [
        "Only in the earlier run, and left out: marlow-academy",
        "Only in this run, and left out: quillbrook-academy",
        "lost: 1\n  label missing-dpia in harrowgate-academy",
        "no longer spurious: 1\n  label inadequate-training in harrowgate-academy",
        "1 document of both runs",
        "micro-F1          0.500 -> 0.000 (-0.500)",
    ] {
        assert!(said.contains(line), "{line}\n{said}");
    }
    let data: Value =
        serde_json::from_str(&against(&["--json", "--min-confidence", "1"])).expect("JSON");
    assert_eq!(data["changes"][0]["change"], "lost");
}

#[test]
fn a_run_that_cannot_be_compared_is_explained() {
    let folder = gold();
    let against = |text: &str| {
        let file = folder.path().join("before.out");
        fs::write(&file, text).expect("writable");
        let mut command = casebook();
        stderr_of(command.arg("evaluate").arg(folder.path()).arg("--against").arg(file), 2)
    };
    assert!(against("{}").contains("is not what `casebook evaluate --json` prints"));
    assert!(against("{\"form\": 99}").contains("has form 99"));
    let other = json!({ "form": 1, "names": ["other"], "verdicts": [] }).to_string();
    assert!(against(&other).contains("no document in common"));
}

#[test]
fn labels_that_cannot_be_used_are_named() {
    let folder = gold();
    let evaluate = || {
        let mut command = casebook();
        stderr_of(command.arg("evaluate").arg(folder.path()), 2)
    };
    let mut twin = labels("harrowgate-academy");
    fs::write(folder.path().join("twin.json"), twin.to_string()).expect("writable");
    fs::write(folder.path().join("twin.txt"), TEXT).expect("writable");
    let said = evaluate();
    assert!(said.contains("twin.json") && said.contains("`harrowgate-academy`"), "{said}");

    twin["slug"] = "twin".into();
    twin["labels"] = json!({ "missing-dipa": { "evidence": [], "sure": true } });
    fs::write(folder.path().join("twin.json"), twin.to_string()).expect("writable");
    let said = evaluate();
    assert!(said.contains("labels of twin") && said.contains("did you mean `missing-dpia`?"));
}
