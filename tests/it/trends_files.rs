//! `casebook trends -o FILE`: the formats, and what is refused.

use std::{fs, io::Read as _, path::PathBuf};

use tempfile::TempDir;

use crate::support::{casebook_on, copied_corpus, fixture, small, stderr_of, stdout_of};

fn written(name: &str, arguments: &[&str]) -> Vec<u8> {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join(name);
    let mut command = casebook_on(&fixture("corpus"), small());
    command.arg("trends").args(arguments).arg("-o").arg(&path).assert().success();
    fs::read(path).expect("written")
}

fn text(name: &str, arguments: &[&str]) -> String {
    String::from_utf8(written(name, arguments)).expect("UTF-8")
}

fn refused(arguments: &[&str]) -> String {
    stderr_of(casebook_on(&fixture("corpus"), small()).arg("trends").args(arguments), 2)
}

/// A part of a workbook.
fn part(workbook: &[u8], name: &str) -> String {
    let mut archive = zip::ZipArchive::new(std::io::Cursor::new(workbook)).expect("a ZIP");
    let mut text = String::new();
    archive.by_name(name).expect(name).read_to_string(&mut text).expect("text");
    text
}

const BY_YEAR: [&str; 4] = ["--by", "sector", "--every", "year"];

#[test]
fn a_workbook_has_a_cover_tables_and_a_chart() {
    let workbook = written("trends.xlsx", &BY_YEAR);
    let sheets = part(&workbook, "xl/workbook.xml");
    let place = |name: &str| sheets.find(&format!("name=\"{name}\"")).expect(name);
    assert!(place("Cover") < place("trends") && place("trends") < place("trends grid"));
    let table = part(&workbook, "xl/tables/table1.xml");
    assert!(
        table.contains("ref=\"A1:E10\"") && table.contains("name=\"organisations\""),
        "{table}"
    );
    assert!(part(&workbook, "xl/worksheets/sheet2.xml").contains("state=\"frozen\""));
    let chart = part(&workbook, "xl/charts/chart1.xml");
    assert!(
        chart.contains("<c:lineChart>") && chart.contains("'trends grid'!$B$2:$D$2"),
        "{chart}"
    );
    let words = part(&workbook, "xl/sharedStrings.xml");
    for told in ["Made on", "Counted: 4 cases", "Open Government Licence", "A case is the actions"]
    {
        assert!(words.contains(told), "{told}");
    }
}

#[test]
fn all_reports_are_one_workbook() {
    let workbook = written("all.xlsx", &["--report", "all"]);
    let sheets = part(&workbook, "xl/workbook.xml");
    for name in [
        "sectors", "failures", "outcomes", "public-private", "public-private grid",
        "co-occurrence", "repeat", "lag", "coverage",
    ] {
        assert!(sheets.contains(&format!("name=\"{name}\"")), "{name}");
    }
}

#[test]
fn csv_begins_with_a_mark_only_where_asked() {
    let plain = text("t.csv", &["--by", "sector"]);
    assert!(plain.starts_with("sector,"), "{plain}");
    assert_eq!(text("t.csv", &["--by", "sector", "--bom"]), format!("\u{feff}{plain}"));
}

#[test]
fn a_name_that_is_a_formula_is_harmless_in_every_format() {
    let corpus = copied_corpus();
    let path = corpus.path().join("digests/2022/marlow-district-council-2022.md");
    let digest = fs::read_to_string(&path).expect("a digest");
    let digest = digest.replacen("Marlow District Council", "=HYPERLINK(1)|Co", 1);
    fs::write(&path, digest).expect("written");
    let indexes = TempDir::new().expect("a folder");
    casebook_on(corpus.path(), indexes.path()).args(["run", "-q"]).assert().success();
    let by = ["trends", "-q", "--by", "organisation"];
    let run = |format: &str| {
        let mut command = casebook_on(corpus.path(), indexes.path());
        stdout_of(command.args(by).args(["--format", format]))
    };
    assert!(run("csv").contains("\n'=HYPERLINK(1)|Co,1"), "{}", run("csv"));
    assert!(run("markdown").contains("| =HYPERLINK(1)\\|Co |"), "{}", run("markdown"));
    let path = indexes.path().join("t.xlsx");
    let mut command = casebook_on(corpus.path(), indexes.path());
    command.args(by).arg("-o").arg(&path).assert().success();
    let sheet = part(&fs::read(path).expect("written"), "xl/worksheets/sheet2.xml");
    assert!(!sheet.contains("<f>"), "{sheet}");
}

#[test]
fn markdown_is_a_table_with_its_rules() {
    let markdown = text("t.md", &["--by", "sector", "--measure", "penalty-sum"]);
    assert!(markdown.starts_with("# Penalties, sum by sector\n"), "{markdown}");
    assert!(markdown.contains("| marketing | £70,000 | 1 |"), "{markdown}");
    assert!(markdown.contains("\nCounting rules:\n\n- Penalties are those imposed"), "{markdown}");
    assert!(markdown.contains("\nCoverage:\n\n- Counted: 4 cases"), "{markdown}");
}

#[test]
fn charts_of_every_shape_say_what_they_show() {
    for (arguments, form) in [
        (
            &["--by", "sector", "--every", "year"][..],
            "Line chart: Cases by sector and year, from 2022",
        ),
        (&["--by", "category"], "Bar chart: Cases by category. Largest: "),
        (&["--by", "sector,action"], "Stacked bar chart: Cases by sector and action"),
        (&["--report", "public-private"], "Stacked bar chart: What the same failure led to, for"),
        (&["--report", "co-occurrence"], "Heat map: Which failures go together"),
    ] {
        let svg = text("t.svg", arguments);
        assert!(svg.starts_with("<svg ") && svg.contains("role=\"img\""), "{svg}");
        assert!(svg.contains(&format!("<desc id=\"desc\">{form}")), "{form}: {svg}");
        assert!(svg.contains("Source: casebook"), "{svg}");
    }
    let png = written("t.png", &["--by", "sector"]);
    assert_eq!(&png[1..4], b"PNG");
    let told = String::from_utf8_lossy(&png).contains("Bar chart: Cases by sector");
    assert!(told, "the description is in the file");
}

#[test]
fn the_terminal_draws_a_line_of_periods() {
    let mut command = casebook_on(&fixture("corpus"), small());
    let table = stdout_of(command.arg("trends").args(BY_YEAR));
    assert!(table.contains("marketing           1  ··█"), "{table}");
    assert!(
        table.contains("Periods have no gaps") && table.contains("Counted: 4 cases"),
        "{table}"
    );
}

#[test]
fn what_does_not_go_together_is_refused() {
    for (arguments, told) in [
        (&["--by", "secter"][..], "a similar value exists: 'sector'"),
        (&["--report", "sector"], "similar value"),
        (&["--by", "year", "--every", "month"], "one length of period, not both year and month"),
        (&["--change"], "--change compares periods; add --every"),
        (&["--top", "3"], "--top chooses among the values of --by"),
        (&["--by", "sector", "--top", "0"], "0 is not in 1.."),
        (&["--share", "--measure", "people"], "a share is of cases, actions"),
        (&["--report", "lag", "--by", "sector"], "cannot be used with"),
        (&["-o", "trends.docx"], "the ending of trends.docx names no format; use .csv"),
        (&["-o", "trends"], "the ending of trends names no format"),
        (&["-o", "trends.md", "--format", "csv"], "contradict each other"),
        (&["-o", "trends.csv", "--format", "table"], "goes to the screen"),
        (&["--format", "xlsx"], "name a file with --output"),
        (&["--json", "--bom"], "--bom is for CSV"),
        (&["--report", "all", "-o", "t.csv"], "holds one table; name one report"),
        (&["--since", "2024", "--until", "2023-06"], "--since 2024 is after --until 2023-06"),
        (&["--category", "missing-dpia", "--group", "security"], "is in no group of --group"),
        (&["-o", "t.svg"], "nothing to draw; a chart needs rows"),
        (&["-o", "no/such/folder/t.csv"], "there is no folder no/such/folder; make it first"),
    ] {
        let said = refused(arguments);
        assert!(said.contains(told), "{arguments:?}: {said}");
    }
}

#[test]
fn nothing_found_writes_nothing_and_says_so() {
    let folder = TempDir::new().expect("a folder");
    let path: PathBuf = folder.path().join("t.xlsx");
    let mut command = casebook_on(&fixture("corpus"), small());
    command.args(["trends", "--by", "sector", "--organisation", "nobody", "-o"]).arg(&path);
    let said = stderr_of(&mut command, 1);
    assert!(said.contains("No case passes the filters (organisation nobody)"), "{said}");
    assert!(said.contains("was not written") && !path.exists(), "{said}");
    let mut command = casebook_on(&fixture("corpus"), small());
    let output = command.args(["trends", "--by", "sector", "--until", "2001", "--csv"]).output();
    let output = output.expect("it runs");
    assert_eq!(String::from_utf8_lossy(&output.stdout), "sector,cases,actions,organisations\n");
}

#[test]
fn a_file_that_is_there_is_replaced_only_with_force_and_whole() {
    let folder = TempDir::new().expect("a folder");
    let path = folder.path().join("t.csv");
    let old = "old".repeat(1000);
    fs::write(&path, &old).expect("written");
    let command = || {
        let mut command = casebook_on(&fixture("corpus"), small());
        command.args(["trends", "-q", "-o"]).arg(&path);
        command
    };
    let said = stderr_of(&mut command(), 2);
    assert!(said.contains("is there already") && said.contains("with --force"), "{said}");
    assert_eq!(fs::read_to_string(&path).expect("there"), old);
    command().arg("--force").assert().success();
    assert_eq!(fs::read_to_string(&path).expect("there"), "cases,actions,organisations\n4,5,3\n");
    assert_eq!(fs::read_dir(folder.path()).expect("a folder").count(), 1);
}

#[test]
#[cfg(target_os = "linux")]
fn a_folder_that_cannot_be_written_is_named() {
    // Not even an administrator can write there.
    let said = refused(&["-o", "/proc/t.csv"]);
    assert!(said.contains("cannot write /proc/t.csv"), "{said}");
    let said = refused(&["-o", "/proc/version/t.csv"]);
    assert!(said.contains("there is no folder /proc/version"), "{said}");
}

#[test]
fn a_period_without_data_has_zeros_or_says_so() {
    // Within what the corpus knows there are zeros; beyond there is nothing to count.
    let run = |arguments: &[&str]| {
        let mut command = casebook_on(&fixture("corpus"), small());
        command.args(["trends", "--csv", "--measure", "cases"]).args(arguments);
        command.output().expect("it runs")
    };
    let inside = run(&["--every", "month", "--since", "2023-06", "--until", "2023-07"]);
    assert_eq!(String::from_utf8_lossy(&inside.stdout), "month,cases\n2023-06,0\n2023-07,0\n");
    let beyond = run(&["--every", "year", "--since", "2031"]);
    assert_eq!(beyond.status.code(), Some(1));
    assert_eq!(String::from_utf8_lossy(&beyond.stdout), "year,cases\n");
    let said = String::from_utf8_lossy(&beyond.stderr).into_owned();
    assert!(said.contains("No case passes the filters (since 2031)"), "{said}");
}

#[test]
fn tables_of_another_version_are_refused_with_advice() {
    let indexes = TempDir::new().expect("a folder");
    casebook_on(&fixture("corpus"), indexes.path()).args(["run", "-q"]).assert().success();
    let tables = indexes.path().join("tables");
    let refused = || {
        let mut command = casebook_on(&fixture("corpus"), indexes.path());
        stderr_of(command.args(["trends", "--by", "sector"]), 2)
    };
    let package = tables.join("datapackage.json");
    let described = fs::read_to_string(&package).expect("written");
    let version = format!("\"version\": \"{}\"", casebook::trends::SCHEMA_VERSION);
    assert!(described.contains(&version), "{described}");
    let other = described.replacen(&version, "\"version\": \"2.0.0\"", 1);
    fs::write(&package, other).expect("written");
    let said = refused();
    assert!(said.contains("have version 2.0.0 of their schema"), "{said}");
    assert!(said.contains("casebook run --rebuild"), "{said}");
    // One file of another form among them.
    fs::write(&package, described).expect("written");
    fs::copy(tables.join("actions.parquet"), tables.join("cases.parquet")).expect("copied");
    let said = refused();
    assert!(said.contains("the tables cannot be used"), "{said}");
    fs::write(tables.join("cases.parquet"), "no Parquet").expect("written");
    assert!(refused().contains("rebuild them with `casebook run --rebuild`"), "{}", refused());
}
