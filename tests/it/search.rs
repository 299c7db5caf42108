//! `casebook search`: what is found, in which form, and that filters agree.

use serde_json::Value;

use crate::support::{casebook_on, csv_rows, fixture, root, shipped, small, stderr_of, stdout_of};

fn hits(query: &[&str]) -> Vec<Value> {
    let mut command = casebook_on(&root().join("corpus"), shipped());
    command.arg("search").args(query).args(["--format", "jsonl"]);
    let output = command.output().expect("it runs");
    let text = String::from_utf8(output.stdout).expect("UTF-8");
    text.lines().map(|line| serde_json::from_str(line).expect("JSON")).collect()
}

fn first_case(query: &str) -> String {
    hits(&[query])
        .first()
        .map(|hit| hit["case"].as_str().unwrap_or_default().to_owned())
        .unwrap_or_default()
}

#[test]
fn the_canteen_case_comes_first_with_a_snippet() {
    let found = hits(&["facial recognition canteen"]);
    assert_eq!(found[0]["case"], "chelmer-valley-high-school");
    assert!(found[0]["snippet"].as_str().is_some_and(|snippet| snippet.contains("<mark>")));
}

#[test]
fn words_are_stemmed_and_abbreviations_known() {
    for (query, case) in [
        ("hackny council ransomware", "london-borough-of-hackney-2024"),
        ("Chelmer Vally", "chelmer-valley-high-school"),
        ("HelloFresh", "hellofresh"),
        ("Clearveiw", "clearview-ai"),
    ] {
        assert_eq!(first_case(query), case, "{query}");
    }
    let short: Vec<_> =
        hits(&["SAR backlog"]).iter().take(5).map(|hit| hit["categories"].clone()).collect();
    assert!(
        short.iter().all(|found| found.to_string().contains("late-access-response")),
        "{short:?}"
    );
}

#[test]
fn a_provision_is_found_in_any_spelling() {
    for query in ["reg 21 PECR", "Regulation 21 of PECR"] {
        let first = first_case(query);
        let provisions = hits(&["", "--provision", "PECR reg 21"]);
        assert!(provisions.iter().any(|hit| hit["case"] == first.as_str()), "{query}: {first}");
    }
}

#[test]
fn an_empty_query_lists_what_passes_newest_first() {
    let found = hits(&["", "--sector", "education"]);
    let dates: Vec<&str> = found.iter().filter_map(|hit| hit["date"].as_str()).collect();
    assert!(found.len() >= 4 && dates.windows(2).all(|pair| pair[0] >= pair[1]), "{dates:?}");
    assert!(found.iter().all(|hit| hit["sector"] == "education"));
}

#[test]
fn filters_narrow_and_facets_count_what_is_left() {
    let mut command = casebook_on(&fixture("corpus"), small());
    command.args(["search", "", "--action", "reprimand", "--since", "2023", "--format", "json"]);
    let found: Value = serde_json::from_str(&stdout_of(&mut command)).expect("JSON");
    assert_eq!(found["total"], 2);
    assert_eq!(
        found["facets"]["sector"],
        serde_json::json!({"education": 1, "local-government": 1})
    );
    // A facet's own filter is left out of its counts: 2022 could be chosen too.
    assert_eq!(found["facets"]["year"], serde_json::json!({"2022": 1, "2023": 1, "2024": 1}));
}

#[test]
fn a_group_stands_for_its_categories() {
    let mut command = casebook_on(&fixture("corpus"), small());
    command.args(["search", "", "--group", "marketing", "--format", "csv"]);
    let rows = csv_rows(&stdout_of(&mut command));
    assert_eq!(rows.len(), 1);
    assert_eq!(rows[0][0], "brightcall-marketing");
    assert!(
        rows[0][7].contains("unsolicited-calls") && rows[0][7].contains("concealed-identity"),
        "{rows:?}"
    );
}

#[test]
fn nothing_found_is_exit_code_one() {
    casebook_on(&fixture("corpus"), small()).args(["search", "zeppelin"]).assert().code(1);
}

#[test]
fn the_list_fits_eighty_columns() {
    let mut command = casebook_on(&fixture("corpus"), small());
    let text = stdout_of(command.args(["search", "subject access requests"]));
    insta::assert_snapshot!(text);
    assert!(text.lines().all(|line| line.chars().count() <= 80));
}

fn found(query: &[&str]) -> Value {
    let mut command = casebook_on(&root().join("corpus"), shipped());
    command.arg("search").args(query).args(["--format", "json"]);
    serde_json::from_str(&stdout_of(&mut command)).expect("JSON")
}

fn cases(found: &Value) -> Vec<&str> {
    let hits = found["hits"].as_array().expect("hits").iter();
    hits.filter_map(|hit| hit["case"].as_str()).collect()
}

#[test]
fn names_are_found_by_initials_trading_names_and_run_together() {
    for (query, case) in [
        ("PSNI", "police-service-of-northern-ireland-2024"),
        ("MOPAC", "mayors-office-for-policing-and-crime"),
        ("Hello Fresh", "hellofresh"),
        ("dial a deal", "dialadeal-scotland"),
        ("Rid My Debt", "digivo-media"),
        ("interserv", "interserve-group"),
    ] {
        let hits = hits(&[query, "--limit", "2"]);
        assert!(hits.iter().any(|hit| hit["case"] == case), "{query}: {hits:?}");
    }
}

#[test]
fn a_phrase_must_occur_and_an_excluded_word_must_not() {
    let all = found(&["facial recognition"]);
    let phrase = found(&["\"facial recognition\""]);
    let without = found(&["\"facial recognition\" -school"]);
    assert!(phrase["total"].as_u64() < all["total"].as_u64());
    assert!(without["total"].as_u64() < phrase["total"].as_u64());
    assert!(cases(&phrase).contains(&"chelmer-valley-high-school"));
    assert!(!cases(&without).contains(&"chelmer-valley-high-school"));
    assert!(cases(&without).contains(&"serco-leisure"));
}

#[test]
fn fields_in_the_text_are_the_same_as_filters() {
    for (text, options) in [
        ("sector:education", ["--sector", "education"]),
        ("category:missing-dpia", ["--category", "missing-dpia"]),
        ("action:prosecution", ["--action", "prosecution"]),
        ("org:\"home office\"", ["--organisation", "home office"]),
        ("fines over £10m", ["--amount-min", "10m"]),
        ("since 2026", ["--since", "2026"]),
    ] {
        let by_option = found(&["", options[0], options[1]]);
        assert_eq!(found(&[text])["total"], by_option["total"], "{text}");
        assert!(by_option["total"].as_u64() > Some(0), "{text}");
    }
}

#[test]
fn sums_and_dates_in_words_are_said_back() {
    let found = found(&["fines between £1m and £5m before 2023"]);
    let read_as = found["read_as"].to_string();
    assert!(
        read_as.contains("£1,000,000 to £5,000,000") && read_as.contains("before 2023"),
        "{read_as}"
    );
    let hits = found["hits"].as_array().expect("hits");
    assert!(!hits.is_empty());
    for hit in hits {
        let amount = hit["amount_gbp"].as_u64().expect("a sum");
        assert!((1_000_000..=5_000_000).contains(&amount));
        assert!(hit["date"].as_str().is_some_and(|date| date < "2023"));
    }
}

#[test]
fn a_facet_shows_what_else_could_be_chosen_in_it() {
    let all = found(&[""]);
    let schools = found(&["", "--sector", "education"]);
    assert_eq!(schools["facets"]["sector"], all["facets"]["sector"]);
    assert_ne!(schools["facets"]["action"], all["facets"]["action"]);
    let both = found(&["", "--sector", "education", "--action", "reprimand"]);
    assert_eq!(both["facets"]["action"], schools["facets"]["action"]);
}

#[test]
fn why_adds_up_to_the_score() {
    let found = found(&["biometric \"school\"", "--why", "--limit", "5"]);
    for hit in found["hits"].as_array().expect("hits") {
        let score = hit["score"].as_f64().expect("a score");
        let reasons = hit["why"].as_array().expect("reasons").iter();
        let sum: f64 = reasons.filter_map(|reason| reason["score"].as_f64()).sum();
        assert!((sum - score).abs() < 0.01 * score, "{sum} is not {score}: {hit}");
    }
    let mut command = casebook_on(&root().join("corpus"), shipped());
    let text = stdout_of(command.args(["search", "hackny", "--why", "--limit", "1"]));
    assert!(text.contains("nearly “hackny” in the name"), "{text}");
    assert!(text.lines().all(|line| line.chars().count() <= 80), "{text}");
}

#[test]
fn no_text_is_a_syntax_error() {
    let long = "subject access ".repeat(7_000);
    for (query, code) in [
        ("\"unbalanced school", 0),
        ("school \"", 0),
        ("-", 2),
        ("- \"\" ( ) : ~ ^ * ?", 2),
        ("🏫 school 🎓", 0),
        ("🏫", 2),
        ("'; DROP TABLE cases; --", 0),
        ("' OR '1'='1", 0),
        ("AND OR NOT", 0),
        ("sector:nowhere-at-all school", 0),
        ("../../etc/passwd", 1),
        ("[school TO", 0),
        (&long, 0),
    ] {
        let mut command = casebook_on(&root().join("corpus"), shipped());
        let output =
            command.args(["search", "--limit", "3", "--", query]).output().expect("it runs");
        let error = String::from_utf8_lossy(&output.stderr);
        assert_eq!(output.status.code(), Some(code), "{query:.60}: {error}");
        assert!(!error.contains("panicked"), "{query:.60}: {error}");
        if code == 2 {
            assert!(error.contains("has no words to search for"), "{query}: {error}");
        }
    }
}

#[test]
fn a_sum_that_is_none_is_refused_with_an_example() {
    let mut command = casebook_on(&fixture("corpus"), small());
    let error = stderr_of(command.args(["search", "", "--amount-min", "lots"]), 2);
    assert!(error.contains("such as 500000, 500k or 1.5m"), "{error}");
}

#[test]
fn trends_count_by_the_same_sums() {
    let mut command = casebook_on(&root().join("corpus"), shipped());
    command.args(["trends", "--by", "action", "--amount-min", "£10m", "--format", "json"]);
    let counted: Value = serde_json::from_str(&stdout_of(&mut command)).expect("JSON");
    assert_eq!(counted["cases"], found(&["", "--amount-min", "10m"])["total"], "{counted}");
}
