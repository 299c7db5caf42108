//! An outline as text for the terminal, and as Markdown for an e-mail.

use std::io::{self, Write};

use super::outline::{Item, Outline};
use crate::{
    cli::output::{broken, markdown_text, width, wrapped},
    trends::LICENCE,
};

/// For the terminal.
pub fn text(out: &mut dyn Write, outline: &Outline) -> io::Result<()> {
    let width = width();
    writeln!(out, "{}", outline.title)?;
    for note in &outline.notes {
        wrapped(out, note, "", "  ", width)?;
    }
    for section in &outline.sections {
        writeln!(out)?;
        wrapped(out, &section.title, "", "  ", width)?;
        for Item { head, address, lines } in &section.items {
            wrapped(out, head, "- ", "  ", width)?;
            lines.iter().try_for_each(|line| wrapped(out, line, "  ", "    ", width))?;
            address.iter().try_for_each(|address| broken(out, address, "  ", "    ", width))?;
        }
    }
    Ok(())
}

/// For an e-mail, a report or a wiki.
pub fn markdown(out: &mut dyn Write, outline: &Outline) -> io::Result<()> {
    writeln!(out, "# {}\n", markdown_text(&outline.title))?;
    for note in &outline.notes {
        writeln!(out, "{}\n", markdown_text(note))?;
    }
    for section in &outline.sections {
        writeln!(out, "## {}\n", markdown_text(&section.title))?;
        for Item { head, address, lines } in &section.items {
            let head = markdown_text(head);
            let head = match address {
                Some(address) => format!("[{head}](<{}>)", address.replace(['<', '>', '\n'], "")),
                None => head,
            };
            writeln!(out, "- {head}")?;
            lines.iter().try_for_each(|line| writeln!(out, "  - {}", markdown_text(line)))?;
        }
        writeln!(out)?;
    }
    writeln!(out, "{LICENCE}")
}
