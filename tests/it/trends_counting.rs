//! The counting rules of `docs/counting.md`, on a corpus counted by hand: a twin (digest and page of
//! one case), a body that comes again under another spelling, a month, a year and a missing date.

use std::{collections::BTreeSet, path::Path, sync::OnceLock};

use tempfile::TempDir;

use crate::support::{casebook_on, csv_rows, fixture, root, shipped, stderr_of, stdout_of};

fn built() -> &'static Path {
    static BUILT: OnceLock<TempDir> = OnceLock::new();
    let build = || {
        let folder = TempDir::new().expect("a folder");
        casebook_on(&fixture("counting"), folder.path()).args(["run", "-q"]).assert().success();
        folder
    };
    BUILT.get_or_init(build).path()
}

fn csv(arguments: &[&str]) -> String {
    let mut command = casebook_on(&fixture("counting"), built());
    stdout_of(command.args(["trends", "--csv", "-q"]).args(arguments))
}

fn shipped_rows(arguments: &[&str]) -> Vec<Vec<String>> {
    let mut command = casebook_on(&root().join("corpus"), shipped());
    csv_rows(&stdout_of(command.args(arguments).args(["--csv", "-q"])))
}

/// The head and the rows of a table, which may have none.
fn shipped_table(arguments: &[&str]) -> (Vec<String>, Vec<Vec<String>>) {
    let mut command = casebook_on(&root().join("corpus"), shipped());
    let output = command.args(arguments).args(["--csv", "-q"]).output().expect("it runs");
    let mut reader = csv::Reader::from_reader(&output.stdout[..]);
    let fields = |record: &csv::StringRecord| record.iter().map(str::to_owned).collect();
    let head = fields(reader.headers().expect("a head"));
    (head, reader.records().map(|record| fields(&record.expect("a row"))).collect())
}

#[test]
fn actions_cases_and_organisations_are_counted_apart() {
    // Larkfield's digest and page are one case; Brindle's penalty and notice are two actions of one
    // case; Brindle Ltd and BRINDLE LIMITED are one organisation.
    assert_eq!(csv(&[]), "cases,actions,organisations\n5,6,4\n");
    assert_eq!(
        csv(&["--by", "action", "--measure", "actions,cases,penalty-sum"]),
        "action,actions,cases,penalty_sum_gbp,penalties\n\
         enforcement-notice,1,1,0,0\n\
         monetary-penalty,2,2,240000,2\n\
         reprimand,3,3,0,0\n"
    );
}

#[test]
fn one_body_has_one_row_whatever_its_spelling() {
    assert_eq!(
        csv(&["--by", "organisation", "--top", "1", "--measure", "cases"]),
        "organisation,cases\nBRINDLE ENERGY LIMITED,2\n"
    );
}

#[test]
fn a_case_stands_in_the_row_of_every_failure() {
    assert_eq!(
        csv(&["--by", "category", "--measure", "cases,findings"]),
        "category,cases,findings\n\
         concealed-identity,1,1\n\
         disclosure-error,1,1\n\
         inadequate-training,1,1\n\
         late-access-response,2,3\n\
         missing-dpia,1,1\n\
         unsolicited-calls,2,2\n"
    );
}

#[test]
fn a_rough_date_lies_in_no_shorter_period() {
    // The month of 2023-11 is enough for a quarter; 2024 and no date are not.
    assert_eq!(
        csv(&["--every", "quarter", "--measure", "cases"]),
        "quarter,cases\n2023-Q2,1\n2023-Q3,0\n2023-Q4,1\n2024-Q1,0\n2024-Q2,0\n2024-Q3,1\n"
    );
    assert_eq!(csv(&["--by", "year", "--measure", "cases"]), "year,cases\n2023,2\n2024,2\n");
    let command = &mut casebook_on(&fixture("counting"), built());
    let said = stderr_of(command.args(["trends", "--every", "quarter", "--csv"]), 0);
    assert!(
        said.contains("2 dated too roughly for a period and in no row; 1 without a date"),
        "{said}"
    );
}

#[test]
fn periods_reach_as_far_as_the_filter_asks_and_the_corpus_knows() {
    assert_eq!(
        csv(&[
            "--every", "month", "--measure", "cases", "--since", "2023-10", "--until", "2024-01"
        ]),
        "month,cases\n2023-10,0\n2023-11,1\n2023-12,0\n2024-01,0\n"
    );
}

#[test]
fn penalties_and_people_are_told_only_where_known() {
    assert_eq!(
        csv(&["--by", "sector", "--measure", "penalty-sum,penalty-median,penalty-max,people"]),
        "sector,penalty_sum_gbp,penalty_median_gbp,penalty_max_gbp,people_affected,penalties\n\
         education,0,,,120,0\n\
         health,0,,,,0\n\
         local-government,0,,,,0\n\
         utilities,240000,120000,150000,,2\n"
    );
}

#[test]
fn a_filter_on_the_rows_leaves_the_whole_of_which_shares_are_told() {
    // Two of all five cases, and not two of two.
    assert_eq!(
        csv(&[
            "--by", "category", "--category", "late-access-response", "--share", "--measure",
            "cases"
        ]),
        "category,cases,of,share,share_low,share_high,small\n\
         late-access-response,2,5,0.4000,0.1176,0.7693,n < 10\n"
    );
}

#[test]
fn the_largest_rows_come_first() {
    assert_eq!(
        csv(&["--by", "category", "--top", "2", "--measure", "cases"]),
        "category,cases\nlate-access-response,2\nunsolicited-calls,2\n"
    );
    let by_year = csv(&["--by", "sector", "--every", "year", "--top", "1", "--measure", "cases"]);
    assert_eq!(by_year, "sector,year,cases\nutilities,2023,1\nutilities,2024,1\n");
}

#[test]
fn reports_by_hand() {
    assert_eq!(
        csv(&["--report", "repeat"]),
        "organisation,sector,cases,first,last,penalty_sum_gbp,same_failure,case_names\n\
         BRINDLE ENERGY LIMITED,utilities,2,2023-11,2024-08-02,240000,unsolicited-calls,\
         brindle-energy; brindle-energy-2024\n"
    );
    // From 31 December 2022 to 10 May 2023.
    let lag = csv(&["--report", "lag"]);
    assert!(lag.contains("reprimand,1,130,130,130,130,130\n"), "{lag}");
    // Calls in 2 cases of 5, false names in 1, both in 1: 1 x 5 / (2 x 1).
    let pairs = csv(&["--report", "co-occurrence"]);
    assert!(pairs.contains("unsolicited-calls,concealed-identity,1,1,2.50,2,0.5000,"), "{pairs}");
    let outcomes = csv(&["--report", "outcomes"]);
    assert!(outcomes.contains("unsolicited-calls,enforcement-notice,1,0,,2,0.5000,"), "{outcomes}");
    assert!(
        outcomes.contains("unsolicited-calls,monetary-penalty,2,2,120000,2,1.0000,"),
        "{outcomes}"
    );
    let sides = csv(&["--report", "public-private", "--category", "late-access-response"]);
    assert_eq!(
        sides,
        "category,public,action,cases,penalties,penalty_median_gbp,of,share,share_low,share_high,small\n\
         late-access-response,public,reprimand,2,0,,2,1.0000,0.3424,1.0000,n < 10\n"
    );
    let coverage = csv(&["--report", "coverage"]);
    assert!(coverage.contains("\n(unknown),1,1,0,0,0,0,"), "{coverage}");
}

#[test]
fn reports_agree_with_the_list_of_cases() {
    let listed = shipped_rows(&["search", ""]);
    for row in shipped_rows(&["trends", "--report", "failures"]) {
        let cases = listed.iter().filter(|case| case[7].split(';').any(|c| c == row[1])).count();
        assert_eq!(row[2], cases.to_string(), "{row:?}");
        assert_eq!(row[4], listed.len().to_string());
    }
    for row in shipped_rows(&["trends", "--report", "outcomes"]) {
        let has = |case: &&Vec<String>| {
            case[7].split(';').any(|c| c == row[0]) && case[4].split(';').any(|a| a == row[1])
        };
        assert_eq!(row[2], listed.iter().filter(has).count().to_string(), "{row:?}");
    }
    for row in shipped_rows(&["trends", "--report", "co-occurrence"]) {
        let has = |case: &&Vec<String>| {
            row[..2].iter().all(|wanted| case[7].split(';').any(|c| c == *wanted))
        };
        assert_eq!(row[2], listed.iter().filter(has).count().to_string(), "{row:?}");
    }
    for row in shipped_rows(&["trends", "--report", "sectors"]) {
        assert_eq!(row[1], listed.iter().filter(|case| case[5] == row[0]).count().to_string());
    }
}

#[test]
fn every_number_can_be_listed() {
    for by in ["sector,category", "action,group", "provision", "organisation"] {
        let question = ["trends", "--by", by, "--every", "year"];
        let labels = by.split(',').count() + 1;
        let listed = shipped_rows(&[&question[..], &["--list"]].concat());
        for row in shipped_rows(&[&question[..], &["--measure", "cases"]].concat()) {
            let cases = listed.iter().filter(|case| case[..labels] == row[..labels]).count();
            assert_eq!(row[labels], cases.to_string(), "{row:?}");
        }
    }
    assert_eq!(
        csv(&["--list", "--by", "category", "--category", "concealed-identity"]),
        "category,case,organisation,date,title\n\
         concealed-identity,brindle-energy-2024,BRINDLE ENERGY LIMITED,2024-08-02,\
         \"Calls again, under false names\"\n"
    );
}

/// The columns of a report that count cases, and not days, pounds, or what a share is of.
const COUNTING: [(&str, &[&str]); 8] = [
    ("sectors", &["cases", "in_cases"]),
    ("failures", &["cases"]),
    ("outcomes", &["cases"]),
    ("public-private", &["cases"]),
    ("co-occurrence", &["cases"]),
    ("repeat", &["cases"]),
    ("lag", &["cases"]),
    (
        "coverage",
        &[
            "cases",
            "with_official_text",
            "with_register_page",
            "with_notice_hash",
            "dated_to_the_month",
            "with_incident_date",
            "with_people_affected",
            "without_finding",
            "penalty_of_unknown_amount",
        ],
    ),
];

#[test]
fn every_number_of_every_report_can_be_listed() {
    for (report, numbers) in COUNTING {
        for filter in [&[][..], &["--sector", "health"], &["--category", "missing-dpia"]] {
            let report = [&["trends", "--report", report], filter].concat();
            let (head, rows) = shipped_table(&report);
            let (listed_head, listed) = shipped_table(&[&report[..], &["--list"]].concat());
            let labels = listed_head.iter().position(|name| name == "number").expect("a column");
            assert_eq!(listed_head[..labels], head[..labels]);
            let mut sum = 0;
            for (row, name) in rows.iter().flat_map(|row| numbers.iter().map(move |n| (row, n))) {
                let is_behind =
                    |case: &&Vec<String>| case[..labels] == row[..labels] && case[labels] == *name;
                let cases: BTreeSet<&String> =
                    listed.iter().filter(is_behind).map(|case| &case[labels + 1]).collect();
                let column = head.iter().position(|n| n == name).expect("a column");
                assert_eq!(row[column], cases.len().to_string(), "{report:?} {row:?} {name}");
                sum += cases.len();
            }
            assert_eq!(sum, listed.len(), "{report:?} lists what is in no cell");
        }
    }
}

#[test]
fn every_number_of_public_and_private_bodies_can_be_listed() {
    let listed = shipped_rows(&["trends", "--by", "category,public,action", "--list"]);
    let all = shipped_rows(&["trends", "--by", "category,public", "--list"]);
    let rows = shipped_rows(&["trends", "--report", "public-private"]);
    assert!(rows.iter().any(|row| row[3] == "0") && rows.len() > 100);
    for row in &rows {
        let cases = listed.iter().filter(|case| case[..3] == row[..3]).count();
        assert_eq!(row[3], cases.to_string(), "{row:?}");
        assert_eq!(row[6], all.iter().filter(|case| case[..2] == row[..2]).count().to_string());
    }
    // Nothing is left out: every row of the list is in a cell.
    let sum: usize = rows.iter().map(|row| row[3].parse::<usize>().expect("a number")).sum();
    assert_eq!(sum, listed.len());
}
