//! `casebook trends`: counts that agree with the list of cases, and how they are written.

use std::fs;

use polars::prelude::DataFrame;
use polars_io::{SerReader as _, parquet::read::ParquetReader};
use serde_json::Value;
use tempfile::TempDir;

use crate::support::{casebook_on, csv_rows, fixture, root, shipped, small, stdout_of};

/// The tables in the order of the dictionary.
const TABLES: [&str; 7] =
    ["cases", "actions", "organisations", "findings", "provisions", "documents", "periods"];

fn shipped_csv(arguments: &[&str]) -> Vec<Vec<String>> {
    let mut command = casebook_on(&root().join("corpus"), shipped());
    csv_rows(&stdout_of(command.args(arguments).args(["--format", "csv"])))
}

fn small_csv(arguments: &[&str]) -> String {
    stdout_of(
        casebook_on(&fixture("corpus"), small())
            .arg("trends")
            .args(arguments)
            .args(["--format", "csv"]),
    )
}

#[test]
fn trends_and_search_agree_for_every_sector_and_category() {
    let rows = shipped_csv(&["trends", "--by", "sector,category", "--every", "year"]);
    let listed = shipped_csv(&["search", ""]);
    let mut pairs: Vec<(&String, &String)> = rows.iter().map(|row| (&row[0], &row[1])).collect();
    pairs.dedup();
    assert!(pairs.len() > 100);
    for (sector, category) in pairs {
        let of_pair = rows.iter().filter(|row| row[0] == *sector && row[1] == *category);
        let counted: usize = of_pair.map(|row| row[3].parse::<usize>().expect("a number")).sum();
        let is_match =
            |row: &&Vec<String>| row[5] == *sector && row[7].split(';').any(|c| c == category);
        assert_eq!(counted, listed.iter().filter(is_match).count(), "{sector} {category}");
    }
}

#[test]
fn the_same_filters_leave_the_same_cases() {
    for filters in [
        vec!["--category", "missing-dpia", "--sector", "education"],
        vec!["--action", "monetary-penalty", "--since", "2023-06", "--until", "2024"],
        vec!["--provision", "UK GDPR Art 5"],
        vec!["--organisation", "council", "--group", "security"],
        vec!["--without-individuals", "--until", "2019-06"],
    ] {
        let listed = shipped_csv(&[&["search", ""], &filters[..]].concat()).len();
        let counted = shipped_csv(&[&["trends"], &filters[..]].concat());
        assert_eq!(counted[0][0], listed.to_string(), "{filters:?}");
    }
}

#[test]
fn a_penalty_and_a_notice_are_two_actions_of_one_case() {
    assert_eq!(
        small_csv(&["--by", "sector"]),
        "sector,cases,actions,organisations\n\
         education,1,1,1\n\
         local-government,2,2,1\n\
         marketing,1,2,1\n"
    );
}

#[test]
fn public_bodies_are_told_from_private_ones() {
    assert_eq!(
        small_csv(&["--by", "public"]),
        "public,cases,actions,organisations\n\
         private,1,2,1\n\
         public,3,3,2\n"
    );
    let bodies = small_csv(&["--by", "body"]);
    for body in ["council,2,2,1", "firm,1,2,1", "school,1,1,1"] {
        assert!(bodies.contains(body), "{bodies}");
    }
}

#[test]
fn periods_have_no_gaps_and_zeros_are_written() {
    assert_eq!(
        small_csv(&["--by", "sector", "--every", "year", "--change", "--measure", "cases"]),
        "sector,year,cases,change\n\
         education,2022,0,\n\
         education,2023,1,1\n\
         education,2024,0,-1\n\
         local-government,2022,1,\n\
         local-government,2023,0,-1\n\
         local-government,2024,1,1\n\
         marketing,2022,0,\n\
         marketing,2023,0,0\n\
         marketing,2024,1,1\n"
    );
}

#[test]
fn quarters_leave_out_what_is_dated_to_the_year_and_say_so() {
    let mut command = casebook_on(&fixture("corpus"), small());
    let output = command
        .args(["trends", "--every", "quarter", "--format", "csv"])
        .output()
        .expect("it runs");
    let rows = csv_rows(&String::from_utf8_lossy(&output.stdout));
    let periods: Vec<&str> = rows.iter().map(|row| row[0].as_str()).collect();
    assert_eq!(
        periods,
        ["2023-Q2", "2023-Q3", "2023-Q4", "2024-Q1", "2024-Q2", "2024-Q3", "2024-Q4"]
    );
    let said = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(
        said.contains("Counted: 4 cases") && said.contains("1 dated too roughly for a period"),
        "{said}"
    );
}

#[test]
fn every_form_holds_the_same_rows() {
    let folder = TempDir::new().expect("a folder");
    let parquet = folder.path().join("trends.parquet");
    let by = ["trends", "--by", "category", "--every", "year"];
    let mut command = casebook_on(&fixture("corpus"), small());
    command.args(by).args(["--format", "parquet", "--output"]).arg(&parquet).assert().success();
    let file = fs::File::open(&parquet).expect("written");
    let frame: DataFrame = ParquetReader::new(file).finish().expect("Parquet");
    let rows = csv_rows(&small_csv(&by[1..]));
    assert_eq!(frame.height(), rows.len());
    let text = stdout_of(casebook_on(&fixture("corpus"), small()).args(by).arg("--json"));
    let json: Value = serde_json::from_str(&text).expect("JSON");
    assert_eq!(json["rows"].as_array().map(Vec::len), Some(rows.len()));
    assert_eq!(json["cases"], 4);
}

#[test]
fn the_dictionary_describes_every_column() {
    let open = |name: &str| -> DataFrame {
        let path = small().join("tables").join(format!("{name}.parquet"));
        ParquetReader::new(fs::File::open(path).expect("written")).finish().expect("Parquet")
    };
    let dictionary = open("dictionary");
    let column = |name: &str| -> Vec<String> {
        let values = dictionary.column(name).expect("a column").str().expect("text").clone();
        values.iter().map(|value| value.unwrap_or_default().to_owned()).collect()
    };
    let described: Vec<(String, String)> =
        column("table").into_iter().zip(column("column")).collect();
    let mut present = Vec::new();
    for table in TABLES {
        let names =
            open(table).get_column_names().into_iter().map(ToString::to_string).collect::<Vec<_>>();
        present.extend(names.into_iter().map(|name| (table.to_owned(), name)));
    }
    assert_eq!(described, present);
    assert!(column("meaning").iter().all(|meaning| meaning.len() > 5));
}

#[test]
fn the_descriptions_name_every_table_and_column() {
    let read = |name: &str| -> Value {
        let text = fs::read_to_string(small().join("tables").join(name)).expect("written");
        serde_json::from_str(&text).expect("JSON")
    };
    let package = read("datapackage.json");
    let names: Vec<&str> = package["resources"]
        .as_array()
        .expect("a list")
        .iter()
        .filter_map(|resource| resource["name"].as_str())
        .collect();
    assert_eq!(names, TABLES);
    assert_eq!(package["version"], casebook::trends::SCHEMA_VERSION);
    let columns = read("csvw-metadata.json")["tables"][0]["tableSchema"]["columns"].clone();
    let fields = &package["resources"][0]["schema"]["fields"];
    assert_eq!(columns.as_array().map(Vec::len), fields.as_array().map(Vec::len));
    assert_eq!(fields[0]["name"], "case");
}
