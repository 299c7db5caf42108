//! A report for people.

use std::io::{self, Write};

use comfy_table::{Cell, CellAlignment, Table};

use super::{interval, measures};
use crate::{
    cli::output,
    evaluate::{Calibration, CategoryScore, GroupScore, Report, Score},
    statistics::Share,
};

/// Everything but errors and calibration.
pub fn print(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    let micro = &report.micro.score;
    writeln!(out, "{}", categories(report))?;
    for (what, groups) in super::groups(report) {
        writeln!(out, "{}", grouped(what, groups))?;
    }
    writeln!(
        out,
        "{} documents · micro-F1 {:.3} ({:.2}-{:.2}) · macro-F1 {:.3}\n",
        report.documents, micro.f1, micro.f1_interval[0], micro.f1_interval[1], report.macro_f1
    )?;
    let facts = report.facts.iter().map(|fact| (fact.fact.as_str(), fact.accuracy));
    for (what, share) in measures(report).into_iter().chain(facts) {
        writeln!(out, "{}", measure(what, &share))?;
    }
    Ok(())
}

fn measure(what: &str, share: &Share) -> String {
    if share.n == 0 {
        return format!("{what:<40}  none");
    }
    format!("{what:<40}  {}  n = {}", interval(share), share.n)
}

fn categories(report: &Report) -> Table {
    let mut table = output::table(["category", "n", "precision", "recall", "F1"]);
    for CategoryScore { category, score } in report.categories.iter().chain([&report.micro]) {
        let first = [Cell::new(category), right(score.n.to_string())];
        table.add_row(first.into_iter().chain(cells(score)));
    }
    table
}

fn grouped(what: &str, groups: &[GroupScore]) -> Table {
    let mut table = output::table([what, "documents", "precision", "recall", "F1"]);
    for GroupScore { name, documents, score } in groups {
        let first = [Cell::new(name), right(documents.to_string())];
        table.add_row(first.into_iter().chain(cells(score)));
    }
    table
}

fn cells(score: &Score) -> [Cell; 3] {
    [
        right(interval(&score.precision)),
        right(interval(&score.recall)),
        right(format!("{:.2}", score.f1)),
    ]
}

fn right(text: String) -> Cell {
    Cell::new(text).set_alignment(CellAlignment::Right)
}

/// By confidence, how many findings are right.
pub fn print_calibration(out: &mut dyn Write, calibration: &Calibration) -> io::Result<()> {
    let mut table = output::table(["confidence", "findings", "right", "fitted"]);
    for bin in &calibration.bins {
        table.add_row([
            right(format!("{:.2}", bin.confidence)),
            right(bin.n.to_string()),
            right(interval(&bin.share)),
            right(format!("{:.2}", bin.fitted)),
        ]);
    }
    writeln!(out, "\n{table}\nexpected calibration error {:.3}", calibration.expected_error)
}

/// Every error with what misled the program, or what it missed.
pub fn print_errors(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    for error in report.verdicts.iter().filter(|verdict| verdict.is_error()) {
        let (outcome, subject) = (error.outcome.title(), error.subject.title());
        writeln!(out, "\n{outcome} {subject} {} in {}", error.name, error.document)?;
        for line in &error.context {
            writeln!(out, "  {line}")?;
        }
    }
    Ok(())
}
