//! A report as Markdown, for documentation.

use std::io::{self, Write};

use super::{interval, measures, spanned};
use crate::evaluate::{Calibration, CategoryScore, GroupScore, Report, Score};

/// Everything but errors and calibration.
pub fn print(out: &mut dyn Write, report: &Report) -> io::Result<()> {
    writeln!(
        out,
        "{} documents, micro-F1 {}, macro-F1 {:.2}.\n",
        report.documents,
        spanned(report.micro.score.f1, report.micro.score.f1_interval),
        report.macro_f1
    )?;
    header(out, &["measure", "share", "n"])?;
    let facts = report.facts.iter().map(|fact| (fact.fact.as_str(), fact.accuracy));
    for (what, share) in measures(report).into_iter().chain(facts).filter(|(_, s)| s.n > 0) {
        writeln!(out, "| {what} | {} | {} |", interval(&share), share.n)?;
    }
    writeln!(out)?;
    for (what, groups) in super::groups(report) {
        header(out, &[what, "documents", "precision", "recall", "F1"])?;
        for GroupScore { name, documents, score } in groups {
            writeln!(out, "| {name} | {documents} | {} |", cells(score))?;
        }
        writeln!(out)?;
    }
    header(out, &["category", "n", "precision", "recall", "F1"])?;
    for CategoryScore { category, score } in report.categories.iter().chain([&report.micro]) {
        writeln!(out, "| {category} | {} | {} |", score.n, cells(score))?;
    }
    Ok(())
}

/// By confidence, how many findings are right.
pub fn print_calibration(out: &mut dyn Write, calibration: &Calibration) -> io::Result<()> {
    writeln!(out)?;
    header(out, &["confidence", "findings", "right", "fitted"])?;
    for bin in &calibration.bins {
        let share = interval(&bin.share);
        writeln!(out, "| {:.2} | {} | {share} | {:.2} |", bin.confidence, bin.n, bin.fitted)?;
    }
    writeln!(out, "\nExpected calibration error: {:.3}.", calibration.expected_error)
}

fn header(out: &mut dyn Write, names: &[&str]) -> io::Result<()> {
    writeln!(out, "| {} |", names.join(" | "))?;
    writeln!(out, "|{}", "---|".repeat(names.len()))
}

fn cells(score: &Score) -> String {
    let f1 = spanned(score.f1, score.f1_interval);
    format!("{} | {} | {f1}", interval(&score.precision), interval(&score.recall))
}
