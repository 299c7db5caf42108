//! `casebook trends`: counts by dimension and period, named reports, and the files made of them.

mod layout;
mod periods;
mod question;
mod rows;
mod table;

use std::path::{Path, PathBuf};

use anyhow::bail;
use clap::{Args, ValueEnum};

use super::{
    Common, Exit,
    filters::FilterArguments,
    output::{check_new, to_file, to_stdout},
};
use crate::{
    english::listed,
    model::Filter,
    pipeline::Indexes,
    taxonomy::{Category, Taxonomy},
    trends::{
        Answer, Coverage, Report, Selection, check_version, count, in_words, list,
        write::{self, Format},
    },
};
use question::QuestionArguments;

/// Arguments of `casebook trends`.
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(flatten)]
    question: QuestionArguments,
    /// List the cases behind every row, in place of the numbers
    #[arg(long, conflicts_with_all = ["measure", "share", "change", "top"])]
    list: bool,
    /// Named reports in place of --by and --measure; several are separated by commas
    #[arg(
        long,
        value_enum,
        value_delimiter = ',',
        value_name = "REPORTS",
        conflicts_with_all = ["by", "every", "measure", "share", "change", "top"]
    )]
    report: Vec<ReportName>,
    #[command(flatten)]
    filters: FilterArguments,
    /// A table for people, data, or a chart; by the ending of --output if not given
    #[arg(long, value_enum)]
    format: Option<FormatName>,
    /// Short for --format json
    #[arg(long, conflicts_with = "format")]
    json: bool,
    /// Short for --format csv
    #[arg(long, conflicts_with_all = ["format", "json"])]
    csv: bool,
    /// Begin CSV with the mark by which Excel knows UTF-8
    #[arg(long)]
    bom: bool,
    /// Write to a file: .csv, .json, .md, .parquet, .xlsx, .svg or .png
    #[arg(long, short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Replace a file that is there
    #[arg(long, requires = "output")]
    force: bool,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum ReportName {
    One(Report),
    All,
}

impl ValueEnum for ReportName {
    fn value_variants<'a>() -> &'a [Self] {
        const NAMES: [ReportName; 9] = [
            ReportName::One(Report::Sectors),
            ReportName::One(Report::Failures),
            ReportName::One(Report::Outcomes),
            ReportName::One(Report::PublicPrivate),
            ReportName::One(Report::CoOccurrence),
            ReportName::One(Report::Repeat),
            ReportName::One(Report::Lag),
            ReportName::One(Report::Coverage),
            ReportName::All,
        ];
        &NAMES
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        match self {
            Self::One(report) => report.to_possible_value(),
            Self::All => Some(clap::builder::PossibleValue::new("all").help("All of these")),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum FormatName {
    Table,
    File(Format),
}

impl ValueEnum for FormatName {
    fn value_variants<'a>() -> &'a [Self] {
        const NAMES: [FormatName; 8] = [
            FormatName::Table,
            FormatName::File(Format::Csv),
            FormatName::File(Format::Json),
            FormatName::File(Format::Markdown),
            FormatName::File(Format::Parquet),
            FormatName::File(Format::Xlsx),
            FormatName::File(Format::Svg),
            FormatName::File(Format::Png),
        ];
        &NAMES
    }

    fn to_possible_value(&self) -> Option<clap::builder::PossibleValue> {
        match self {
            Self::Table => Some(clap::builder::PossibleValue::new("table").help("For people")),
            Self::File(format) => format.to_possible_value(),
        }
    }
}

/// Runs the command.
pub fn run(common: &Common, arguments: &Arguments) -> anyhow::Result<Exit> {
    let format = arguments.format()?;
    if let Some(path) = &arguments.output {
        check_new(path, arguments.force)?;
    }
    let taxonomy = common.load_taxonomy()?;
    let filter = arguments.filters.checked(common, &taxonomy)?;
    let mut answer = answer(common, arguments, &filter)?;
    if let Some(rule) = by_meaning(&filter, &taxonomy) {
        answer.sheets.iter_mut().for_each(|sheet| sheet.rules.push(rule.clone()));
    }
    check_single(&answer, format)?;
    let is_empty =
        answer.coverage.cases == 0 || answer.sheets.iter().all(|s| s.frame.height() == 0);
    match (&arguments.output, format) {
        (Some(_), _) if is_empty => {}
        (Some(path), FormatName::File(format)) => {
            let bytes = write::bytes(&answer, format, arguments.bom)?;
            to_file(path, |out| out.write_all(&bytes))?;
            common.note(&format!("Written to {}.", path.display()));
        }
        (_, FormatName::Table) if is_empty => {}
        (_, FormatName::Table) => to_stdout(|out| table::print(out, &answer))?,
        // A chart of nothing cannot be drawn; data of nothing has its header.
        (None, FormatName::File(Format::Svg)) if is_empty => {}
        (None, FormatName::File(format)) => {
            let bytes = write::bytes(&answer, format, arguments.bom)?;
            to_stdout(|out| out.write_all(&bytes))?;
        }
    }
    if is_empty {
        common.note(&nothing(&answer, arguments.output.as_deref()));
        return Ok(Exit::NothingFound);
    }
    if format != FormatName::Table {
        common.note(&answer.coverage.sentences().join(" "));
    }
    Ok(Exit::Done)
}

/// What to know of categories that are counted because they are named.
fn by_meaning(filter: &Filter, taxonomy: &Taxonomy) -> Option<String> {
    let is_by_meaning = |id: &&String| taxonomy.category(id).is_some_and(Category::is_by_meaning);
    let named: Vec<String> = filter.categories.iter().filter(is_by_meaning).cloned().collect();
    let (is, its) = if named.len() == 1 { ("is", "its") } else { ("are", "their") };
    (!named.is_empty()).then(|| {
        format!(
            "{} {is} found by meaning, from {its} examples: many cases are missed, and some are wrong.",
            listed(&named)
        )
    })
}

impl Arguments {
    /// The form that the options ask for, if they agree.
    fn format(&self) -> anyhow::Result<FormatName> {
        let named = match (self.json, self.csv) {
            (true, _) => Some(FormatName::File(Format::Json)),
            (_, true) => Some(FormatName::File(Format::Csv)),
            _ => self.format,
        };
        let format = match (&self.output, named) {
            (None, named) => named.unwrap_or(FormatName::Table),
            (Some(path), named) => FormatName::File(of_file(path, named)?),
        };
        match format {
            FormatName::File(format) if format.is_binary() && self.output.is_none() => {
                bail!("this format is no text; name a file with --output, such as -o trends.xlsx")
            }
            FormatName::File(Format::Csv) => Ok(format),
            _ if self.bom => bail!("--bom is for CSV; leave it out, or write a .csv file"),
            _ => Ok(format),
        }
    }
}

/// The format of a file, by its ending or by name.
fn of_file(path: &Path, named: Option<FormatName>) -> anyhow::Result<Format> {
    let shown = path.display();
    match (Format::of(path), named) {
        (_, Some(FormatName::Table)) => {
            bail!("a table for people goes to the screen; for the file {shown} leave --format out")
        }
        (Some(ending), Some(FormatName::File(format))) if ending != format => {
            bail!("the format and the ending of {shown} contradict each other; leave --format out")
        }
        (None, Some(FormatName::File(format))) | (Some(format), _) => Ok(format),
        (None, None) => bail!(
            "the ending of {shown} names no format; use .csv, .json, .md, .parquet, .xlsx, .svg or .png"
        ),
    }
}

/// Some formats hold one table.
fn check_single(answer: &Answer, format: FormatName) -> anyhow::Result<()> {
    match format {
        FormatName::File(format) if format.is_single() && answer.sheets.len() > 1 => bail!(
            "this format holds one table; name one report, or write an .xlsx, .md or .json file"
        ),
        _ => Ok(()),
    }
}

fn answer(common: &Common, arguments: &Arguments, filter: &Filter) -> anyhow::Result<Answer> {
    let question = arguments.question.checked()?;
    let tables = Indexes::open(&common.indexes)?.tables();
    check_version(&tables)?;
    let selection = Selection { folder: &tables, filter };
    let reports = arguments.reports();
    let sheets = match (arguments.list, reports.is_empty()) {
        (true, true) => vec![list(selection, &question)?],
        (false, true) => vec![count(selection, &question)?],
        (true, false) => {
            reports.iter().map(|report| report.list(selection)).collect::<Result<_, _>>()?
        }
        (false, false) => {
            reports.iter().map(|report| report.sheet(selection)).collect::<Result<_, _>>()?
        }
    };
    let base = if reports.is_empty() { question.base(filter) } else { filter.clone() };
    let title = match &sheets[..] {
        [sheet] => sheet.title.clone(),
        _ => "Trends in the enforcement of data protection law".to_owned(),
    };
    Ok(Answer {
        title,
        made: jiff::tz::Offset::UTC.to_datetime(jiff::Timestamp::now()).date(),
        filters: in_words(filter),
        coverage: Coverage::of(&tables, &base, question.every)?,
        sheets,
    })
}

impl Arguments {
    /// The reports asked for, each once.
    fn reports(&self) -> Vec<Report> {
        let all = Report::value_variants().iter().copied();
        let is_named = |report: &Report| {
            self.report.contains(&ReportName::All)
                || self.report.contains(&ReportName::One(*report))
        };
        all.filter(is_named).collect()
    }
}

/// Why there is nothing, and what to do.
fn nothing(answer: &Answer, output: Option<&Path>) -> String {
    let file = output.map_or(String::new(), |path| format!(" {} was not written.", path.display()));
    if answer.filters.is_empty() {
        return format!("Nothing to count: no case has such values.{file}");
    }
    let filters = answer.filters.join("; ");
    format!("No case passes the filters ({filters}); leave one out.{file}")
}
