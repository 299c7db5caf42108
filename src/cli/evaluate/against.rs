//! What was gained and lost since an earlier run.

use std::io::{self, Write};

use crate::{
    cli::output::counted,
    evaluate::{Change, Comparison, Movement},
};

/// The kinds of change in the order in which they are told.
const CHANGES: [(Change, &str); 5] = [
    (Change::Gained, "gained"),
    (Change::Lost, "lost"),
    (Change::NewSpurious, "newly spurious"),
    (Change::GoneSpurious, "no longer spurious"),
    (Change::Relabelled, "labelled otherwise, and not compared"),
];

/// The comparison for people.
pub fn print(out: &mut dyn Write, comparison: &Comparison) -> io::Result<()> {
    for (names, which) in
        [(&comparison.only_before, "the earlier run"), (&comparison.only_now, "this run")]
    {
        if !names.is_empty() {
            writeln!(out, "Only in {which}, and left out: {}\n", names.join(", "))?;
        }
    }
    for (change, title) in CHANGES {
        print_changes(out, comparison, change, title)?;
    }
    if comparison.changes.is_empty() {
        writeln!(out, "No verdict has changed.\n")?;
    }
    let documents = counted(comparison.documents, "document", "documents");
    writeln!(out, "{documents} of both runs")?;
    for (what, movement) in [
        ("micro-F1", comparison.micro_f1),
        ("macro-F1", comparison.macro_f1),
        ("F1 of provisions", comparison.provision_f1),
    ] {
        let Movement { before, now } = movement;
        writeln!(out, "{what:<16}  {before:.3} -> {now:.3} ({:+.3})", now - before)?;
    }
    Ok(())
}

fn print_changes(
    out: &mut dyn Write,
    comparison: &Comparison,
    change: Change,
    title: &str,
) -> io::Result<()> {
    let of_change: Vec<_> = comparison.changes.iter().filter(|c| c.change == change).collect();
    if of_change.is_empty() {
        return Ok(());
    }
    writeln!(out, "{title}: {}", of_change.len())?;
    for changed in of_change {
        let verdict = &changed.verdict;
        writeln!(out, "  {} {} in {}", verdict.subject.title(), verdict.name, verdict.document)?;
        for line in &verdict.context {
            writeln!(out, "    {line}")?;
        }
    }
    writeln!(out)
}
