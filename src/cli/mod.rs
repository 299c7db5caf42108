//! The command line: one file a command. Checked options in, text or files out.
//!
//! Nothing outside this folder knows the terminal. Results go to standard output, progress and
//! hints to standard error.

mod add;
mod archive;
mod changes;
mod check;
mod cite;
mod coverage;
mod doctor;
mod embed;
mod evaluate;
mod evaluate_search;
mod examples;
mod exit;
mod explain;
mod extract;
mod feed;
mod fetch;
mod filters;
mod manual;
mod meaning;
mod named;
mod options;
mod output;
mod read_pdf;
mod run;
mod search;
mod show;
mod similar;
mod slides;
mod trends;

use clap::{Parser, Subcommand};

pub use exit::Exit;
pub use options::{Common, CommonArguments, LeastConfidence};

use crate::read::pdf;

/// Search, count and teach UK data protection enforcement.
#[derive(Debug, Parser)]
#[command(name = "casebook", version, max_term_width = 80)]
pub struct Cli {
    /// Options that every command understands.
    #[command(flatten)]
    pub common: CommonArguments,
    /// What to do; nothing shows the first commands to try.
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// The commands.
#[derive(Debug, Subcommand)]
pub enum Command {
    /// Read the corpus and build search index and tables; only what has changed
    Run(run::Arguments),
    /// Fetch what the ICO publishes, politely, and keep it for good
    Fetch(fetch::Arguments),
    /// Keep files of your own beside what is fetched: texts, saved pages, PDFs
    Add(add::Arguments),
    /// Write all that is stored to a WARC file, for web archives and their tools
    Archive(archive::Arguments),
    /// Say in about five requests which ways to the ICO's site work here
    Doctor(doctor::Arguments),
    /// Make vectors of all passages, so that search can go by meaning; only what is new
    Embed(embed::Arguments),
    /// Find cases by words, filters or both
    Search(search::Arguments),
    /// Show one case: facts, failures with evidence, lessons, sources
    Show(show::Arguments),
    /// Find the cases most like one, and say what they share
    Similar(similar::Arguments),
    /// Cite cases: footnotes, or records for Zotero, Word, Pandoc and LaTeX
    Cite(cite::Arguments),
    /// Make slides of cases: what happened, what went wrong (quoted), the law, lessons, questions
    Slides(slides::Arguments),
    /// Count cases by sector, category, action, provision and period
    Trends(trends::Arguments),
    /// Say what is new, changed or taken down since a day or a run, and what could not be looked at
    Changes(changes::Arguments),
    /// Write the cases of a query, or of each saved query, as an Atom feed
    Feed(feed::Arguments),
    /// Compare what is here with what others counted in the register, and explain the difference
    Coverage(coverage::Arguments),
    /// Print what files say: categories with evidence, provisions, facts
    Extract(extract::Arguments),
    /// Say why a case or a file was given a category, or was not
    Explain(explain::Arguments),
    /// Measure extraction against documents labelled by people
    Evaluate(evaluate::Arguments),
    /// Measure search against queries with relevant cases judged by people
    EvaluateSearch(evaluate_search::Arguments),
    /// Check that a corpus is sound: headers, names, dates, addresses, sources
    Check(check::Arguments),
    /// Print completions for a shell
    Completions(manual::CompletionArguments),
    /// Print the manual page
    Man,
    /// Read a PDF from standard input, within limits: started by the program itself
    #[command(hide = true, name = pdf::COMMAND)]
    ReadPdf,
}

impl Cli {
    /// Runs the command.
    ///
    /// # Errors
    /// Wrong use, or a file that cannot be read or written.
    pub fn run(self) -> anyhow::Result<Exit> {
        let Self { common, command } = self;
        let common = common.settled()?;
        match command {
            None => welcome(),
            Some(Command::Run(arguments)) => run::run(&common, &arguments),
            Some(Command::Fetch(arguments)) => fetch::run(&common, &arguments),
            Some(Command::Add(arguments)) => add::run(&common, &arguments),
            Some(Command::Archive(arguments)) => archive::run(&common, &arguments),
            Some(Command::Doctor(arguments)) => doctor::run(&common, &arguments),
            Some(Command::Embed(arguments)) => embed::run(&common, &arguments),
            Some(Command::Search(arguments)) => search::run(&common, &arguments),
            Some(Command::Show(arguments)) => show::run(&common, &arguments),
            Some(Command::Similar(arguments)) => similar::run(&common, &arguments),
            Some(Command::Cite(arguments)) => cite::run(&common, &arguments),
            Some(Command::Slides(arguments)) => slides::run(&common, &arguments),
            Some(Command::Trends(arguments)) => trends::run(&common, &arguments),
            Some(Command::Changes(arguments)) => changes::run(&common, &arguments),
            Some(Command::Feed(arguments)) => feed::run(&common, &arguments),
            Some(Command::Coverage(arguments)) => coverage::run(&common, &arguments),
            Some(Command::Extract(arguments)) => extract::run(&common, &arguments),
            Some(Command::Explain(arguments)) => explain::run(&common, &arguments),
            Some(Command::Evaluate(arguments)) => evaluate::run(&common, &arguments),
            Some(Command::EvaluateSearch(arguments)) => evaluate_search::run(&common, &arguments),
            Some(Command::Check(arguments)) => check::run(&common, &arguments),
            Some(Command::Completions(arguments)) => manual::completions(&arguments),
            Some(Command::Man) => manual::man(),
            Some(Command::ReadPdf) => read_pdf::run(),
        }
    }
}

/// The first commands of the three kinds of user.
const WELCOME: &str = "\
casebook: search, count and teach UK data protection enforcement

First, read the corpus (once, and again whenever it changes):
  casebook run

Researcher: cases by words and filters, and one case in full
  casebook search \"biometric\" --category missing-dpia --sector education
  casebook show chelmer-valley-high-school
  casebook cite chelmer-valley-high-school

Trainer: a deck of one case or of a topic, and cases like one
  casebook slides chelmer-valley-high-school -o deck.pptx
  casebook slides --category missing-dpia --sector education -o topic.pptx
  casebook similar chelmer-valley-high-school

Everybody: what the ICO has published since, on a machine with internet
  casebook doctor
  casebook fetch

Policy team: which failures grow in which sector
  casebook trends --by sector,category --every year
  casebook changes --since 2026-11

All commands: casebook --help";

fn welcome() -> anyhow::Result<Exit> {
    output::to_stdout(|out| writeln!(out, "{WELCOME}"))?;
    Ok(Exit::Done)
}
