//! Writing for people: standard output, widths, wrapped lines, sums, harmless cells.

use std::{
    io::{self, Write},
    path::Path,
};

use anyhow::{Context as _, bail};
use clap::ValueEnum;
use comfy_table::{ContentArrangement, Table, TableComponent, presets::UTF8_HORIZONTAL_ONLY};
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use textwrap::{WordSeparator, WordSplitter};

pub use crate::english::{counted, pounds, thousands};
pub use crate::trends::write::{harmless, markdown_text};

/// How a command prints what is not a list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum PageFormat {
    /// Text for people
    Text,
    /// One JSON document
    Json,
}

/// A bar on standard error with a message and counts, hidden where quiet.
pub fn progress_bar(quiet: bool) -> ProgressBar {
    let bar = ProgressBar::new(0);
    if quiet {
        bar.set_draw_target(ProgressDrawTarget::hidden());
    }
    if let Ok(style) = ProgressStyle::with_template("{msg} [{bar:30}] {pos}/{len}") {
        bar.set_style(style.progress_chars("=> "));
    }
    bar
}

/// The width for which everything is laid out where the terminal is not narrower.
const USUAL_WIDTH: usize = 80;

/// Runs `write` on a buffered standard output; a reader that has gone away ends it in peace.
pub fn to_stdout(write: impl FnOnce(&mut dyn Write) -> io::Result<()>) -> io::Result<()> {
    let mut out = io::BufWriter::new(io::stdout().lock());
    match write(&mut out).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        result => result,
    }
}

/// Runs `write` on a new file beside `path` and puts it in place when it is whole.
pub fn to_file(
    path: &Path,
    write: impl FnOnce(&mut dyn Write) -> io::Result<()>,
) -> anyhow::Result<()> {
    let folder = path.parent().filter(|folder| !folder.as_os_str().is_empty());
    let folder = folder.unwrap_or_else(|| Path::new("."));
    let put = || -> anyhow::Result<()> {
        if !folder.is_dir() {
            bail!("there is no folder {}; make it first", folder.display());
        }
        let mut out = io::BufWriter::new(readable_by_all().tempfile_in(folder)?);
        write(&mut out)?;
        let file = out.into_inner()?;
        file.as_file().sync_all()?;
        file.persist(path)?;
        Ok(())
    };
    put().with_context(|| format!("cannot write {}", path.display()))
}

/// A temporary file with the rights of any other file that the user makes.
#[cfg(unix)]
fn readable_by_all() -> tempfile::Builder<'static, 'static> {
    use std::{fs::Permissions, os::unix::fs::PermissionsExt as _};
    let mut builder = tempfile::Builder::new();
    builder.permissions(Permissions::from_mode(0o666));
    builder
}

/// A temporary file.
#[cfg(not(unix))]
fn readable_by_all() -> tempfile::Builder<'static, 'static> {
    tempfile::Builder::new()
}

/// Refuses a file that is there already: somebody may have worked on it.
pub fn check_new(path: &Path, force: bool) -> anyhow::Result<()> {
    if path.exists() && !force {
        bail!("{} is there already; name another file, or replace it with --force", path.display());
    }
    Ok(())
}

/// Columns to write in: those of the terminal, at most 80.
pub fn width() -> usize {
    textwrap::termwidth().clamp(40, USUAL_WIDTH)
}

/// Text in lines of at most `width` columns, with one indent for the first line and one for others.
pub fn wrapped(
    out: &mut dyn Write,
    text: &str,
    first: &str,
    others: &str,
    width: usize,
) -> io::Result<()> {
    let options = layout(width).initial_indent(first).subsequent_indent(others);
    textwrap::wrap(text, options).iter().try_for_each(|line| writeln!(out, "{line}"))
}

/// As [`wrapped`], but what has no spaces is broken where a line is full.
pub fn broken(
    out: &mut dyn Write,
    text: &str,
    first: &str,
    others: &str,
    width: usize,
) -> io::Result<()> {
    let options = layout(width).initial_indent(first).subsequent_indent(others).break_words(true);
    textwrap::wrap(text, options).iter().try_for_each(|line| writeln!(out, "{line}"))
}

fn layout<'a>(width: usize) -> textwrap::Options<'a> {
    textwrap::Options::new(width)
        .word_separator(WordSeparator::AsciiSpace)
        .word_splitter(WordSplitter::NoHyphenation)
        .break_words(false)
}

/// A table with a line under its header and none between its rows.
pub fn table<'h>(header: impl IntoIterator<Item = &'h str>) -> Table {
    let mut table = Table::new();
    table.load_preset(UTF8_HORIZONTAL_ONLY).set_content_arrangement(ContentArrangement::Dynamic);
    table.remove_style(TableComponent::HorizontalLines);
    table.remove_style(TableComponent::MiddleIntersections);
    table.set_width(u16::try_from(width()).unwrap_or(80)).set_header(header);
    table
}
