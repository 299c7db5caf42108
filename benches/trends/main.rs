//! Trends over tables of 1,000,000 generated findings: how long each takes.
//!
//! `cargo bench --bench trends` prints for every kind of trend the median of some repetitions (bar:
//! 300 ms) in milliseconds: of the table alone, and with the coverage that stands under it. Each time the Parquet
//! files are read anew; nothing is kept from one to the next. Another number of findings can be given, and a
//! folder that keeps the tables, answers and times for `scripts/bench-trends`:
//! `cargo bench --bench trends -- 100000 FOLDER`.

mod cases;
mod kinds;

use std::{
    fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use casebook::{
    model::Filter,
    taxonomy::Taxonomy,
    trends::{
        Answer, Coverage, Selection, Sheet,
        write::{self, Format},
        write_tables,
    },
};
use kinds::Kind;
use tempfile::TempDir;

const FINDINGS: usize = 1_000_000;

/// Each trend is counted so many times, after once that does not count.
const ROUNDS: usize = 7;

fn main() {
    // Cargo adds options of its own.
    let given = || std::env::args().skip(1).filter(|argument| !argument.starts_with('-'));
    let findings = given().find_map(|argument| argument.parse().ok()).unwrap_or(FINDINGS);
    let kept = given().find(|argument| argument.parse::<usize>().is_err()).map(PathBuf::from);
    let temporary = TempDir::new().expect("a folder");
    let folder = kept.as_deref().unwrap_or(temporary.path());
    let tables = folder.join("tables");
    make(&tables, findings);
    let mut times = String::from("name,milliseconds\n");
    println!("{:44}{:>10}{:>10}{:>8}", "trend, median of 7, ms", "table", "in all", "rows");
    for (name, kind) in kinds::all() {
        let (sheet, alone, in_all) = measured(&tables, &kind);
        let [alone, in_all] = [alone, in_all].map(|time| time.as_secs_f64() * 1e3);
        println!("{name:44}{alone:10.0}{in_all:10.0}{:8}", sheet.frame.height());
        times += &format!("\"{name}\",{alone:.1}\n");
        if kept.is_some() && kinds::COMPARED.contains(&name.as_str()) {
            keep(folder, &name, sheet);
        }
    }
    if kept.is_some() {
        fs::write(folder.join("times.csv"), times).expect("written");
    }
}

fn make(tables: &Path, findings: usize) {
    let taxonomy = Taxonomy::shipped().expect("the shipped taxonomy");
    let cases = cases::cases(findings, &taxonomy);
    let number = cases.len();
    write_tables(tables, &cases, &taxonomy).expect("tables");
    println!("{findings} findings in {number} cases\n");
}

/// What is counted, the median time of the table alone, and that with its coverage.
fn measured(tables: &Path, kind: &Kind) -> (Sheet, Duration, Duration) {
    let filter = Filter::default();
    let selection = Selection { folder: tables, filter: &filter };
    let sheet = || kind.sheet(selection).expect("a table");
    let coverage = || Coverage::of(tables, &filter, kind.every()).expect("coverage");
    let counted = sheet();
    let (mut alone, mut in_all) = (Vec::new(), Vec::new());
    for _ in 0..ROUNDS {
        let began = Instant::now();
        sheet();
        alone.push(began.elapsed());
        coverage();
        in_all.push(began.elapsed());
    }
    (counted, median(alone), median(in_all))
}

fn median(mut times: Vec<Duration>) -> Duration {
    times.sort();
    times[times.len() / 2]
}

/// The numbers, for others to compare theirs.
fn keep(folder: &Path, name: &str, sheet: Sheet) {
    let answer = Answer {
        title: sheet.title.clone(),
        made: jiff::civil::Date::default(),
        filters: Vec::new(),
        coverage: Coverage::default(),
        sheets: vec![sheet],
    };
    let bytes = write::bytes(&answer, Format::Parquet, false).expect("Parquet");
    fs::write(folder.join(format!("{name}.parquet")), bytes).expect("written");
}
