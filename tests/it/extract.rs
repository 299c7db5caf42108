//! `casebook extract`: the contract that other programs rely on.

use std::fs;

use serde_json::Value;

use crate::support::{casebook, fixture, root, stdout_of};

fn record() -> Value {
    let mut command = casebook();
    command.arg("extract").arg(fixture("texts/reprimand-letter.txt")).args(["--format", "jsonl"]);
    serde_json::from_str(&stdout_of(&mut command)).expect("one JSON object")
}

#[test]
fn a_reprimand_in_the_regulators_layout() {
    let mut record = record();
    record["document"] = "reprimand-letter.txt".into();
    insta::assert_json_snapshot!(record);
}

#[test]
fn evidence_is_verbatim_at_its_offsets() {
    let mut command = casebook();
    let text =
        stdout_of(command.arg("extract").arg(fixture("texts/reprimand-letter.txt")).arg("--text"));
    let record = record();
    let offset =
        |value: &Value| usize::try_from(value.as_u64().expect("an offset")).expect("small");
    let findings = record["findings"].as_array().expect("findings");
    assert!(!findings.is_empty());
    for finding in findings {
        let (start, end) = (offset(&finding["start"]), offset(&finding["end"]));
        assert_eq!(Some(&text[start..end]), finding["sentence"].as_str());
    }
    for provision in record["provisions"].as_array().expect("provisions") {
        let (start, end) = (offset(&provision["start"]), offset(&provision["end"]));
        assert!(
            text[start..end].contains(|c: char| c.is_ascii_digit() || c == 'S'),
            "{}",
            &text[start..end]
        );
    }
}

#[test]
fn standard_input_is_a_file_like_any_other() {
    let letter = fs::read(fixture("texts/reprimand-letter.txt")).expect("a fixture");
    let mut command = casebook();
    let text = stdout_of(command.args(["extract", "-"]).write_stdin(letter));
    let mut from_stdin: Value = serde_json::from_str(&text).expect("JSON");
    from_stdin["document"] = record()["document"].clone();
    assert_eq!(from_stdin, record());
}

#[test]
fn a_taxonomy_of_ones_own_replaces_the_shipped_files_it_names() {
    let folder = tempfile::TempDir::new().expect("a folder");
    fs::write(folder.path().join("cues.toml"), "[data-loss]\ncues = [\"medical notes\"]\n")
        .expect("writable");
    let mut command = casebook();
    command
        .arg("extract")
        .arg(fixture("texts/reprimand-letter.txt"))
        .arg("--taxonomy")
        .arg(folder.path());
    let record: Value = serde_json::from_str(&stdout_of(&mut command)).expect("JSON");
    // The second by the shipped provisions.toml: the letter finds Article 33 infringed.
    assert_eq!(record["categories"], serde_json::json!(["data-loss", "late-breach-report"]));
}

#[test]
fn a_register_page_gives_its_facts() {
    let mut command = casebook();
    command.arg("extract").arg(fixture("corpus/fetched/marlow-district-council.html"));
    let record: Value = serde_json::from_str(&stdout_of(&mut command)).expect("JSON");
    for (field, value) in [
        ("organisation", "Marlow District Council"),
        ("date", "2024-02-29"),
        ("sector", "local-government"),
        ("pdf_url", "https://ico.org.uk/media2/abcd1234/marlow-district-council-reprimand.pdf"),
    ] {
        assert_eq!(record[field], value, "{field}");
    }
    assert_eq!(record["action_types"], serde_json::json!(["reprimand"]));
    assert_eq!(record["categories"], serde_json::json!(["late-access-response"]));
}

/// The named facts of a text among the fixtures.
fn facts_of(file: &str, expected: &[(&str, Value)]) {
    let mut command = casebook();
    command.arg("extract").arg(fixture(file));
    let record: Value = serde_json::from_str(&stdout_of(&mut command)).expect("JSON");
    for (field, value) in expected {
        assert_eq!(record[field], *value, "{field} of {file}");
    }
}

#[test]
fn a_penalty_notice_gives_the_penalty_imposed_and_not_the_others() {
    facts_of(
        "texts/penalty-notice.txt",
        &[
            ("organisation", "Brightwater Lending Limited".into()),
            ("also_known_as", serde_json::json!(["BLL", "Pocket Loans", "Quidline"])),
            ("action_types", serde_json::json!(["monetary-penalty"])),
            ("date", "2020-06-29".into()),
            ("date_kind", "notice".into()),
            ("amount_gbp", 60_000.into()),
            ("messages_sent", 412_600.into()),
            ("data_subjects", Value::Null),
            ("incident_from", "2019-03-03".into()),
            ("incident_to", "2019-08-14".into()),
            ("sector", "finance".into()),
            ("body", "firm".into()),
            ("public", false.into()),
            (
                "earlier_action",
                "In 2017 the Commissioner issued BLL with an enforcement notice for calls to numbers listed on the \
                 register of the Telephone Preference Service."
                    .into(),
            ),
        ],
    );
}

#[test]
fn a_report_gives_the_facts_of_the_action_that_it_tells() {
    facts_of(
        "texts/report-of-a-reprimand.txt",
        &[
            ("organisation", "Harbour Trust for Young People".into()),
            ("action_types", serde_json::json!(["reprimand"])),
            ("date", "2023-07-04".into()),
            ("date_kind", "unspecified".into()),
            ("amount_gbp", Value::Null),
            ("data_subjects", 1_260.into()),
            ("incident_from", "2022-11-12".into()),
            ("sector", "charity".into()),
            ("body", "charity".into()),
            ("public", false.into()),
        ],
    );
}

#[test]
fn help_completions_and_manual_come_from_one_definition() {
    let manual = stdout_of(casebook().arg("man"));
    let completions = stdout_of(casebook().args(["completions", "bash"]));
    let help = stdout_of(casebook().arg("--help"));
    for command in ["run", "search", "show", "trends", "extract", "explain", "evaluate", "check"] {
        assert!(
            manual.contains(command) && completions.contains(command) && help.contains(command),
            "{command}"
        );
    }
    let welcome = stdout_of(&mut casebook());
    assert!(["Researcher", "Trainer", "Policy team"].iter().all(|user| welcome.contains(user)));
    assert!(welcome.lines().chain(help.lines()).all(|line| line.chars().count() <= 80));
}

#[test]
fn a_reader_that_goes_away_is_no_fault() {
    let binary = assert_cmd::cargo::cargo_bin("casebook");
    let shell =
        format!("'{}' man | head -c 1 >/dev/null; exit ${{PIPESTATUS[0]}}", binary.display());
    assert_cmd::Command::new("bash").current_dir(root()).args(["-c", &shell]).assert().success();
}
