//! `casebook explain`: why a category was given, or was not.

use std::{
    io::{self, Write},
    path::Path,
};

use anyhow::Context as _;
use clap::Args;
use serde::Serialize;

use super::{
    Common, Exit,
    examples::Examples,
    extract,
    filters::known,
    named,
    output::{PageFormat, broken, to_stdout, width, wrapped},
};
use crate::{
    extract::explain::{CueList, ExplainedSentence, Explanation, Rule, verdict},
    index::Searcher,
    model::{Document, Stance},
    pipeline::{Indexes, scan},
    read::Reader,
    taxonomy::{Category, Taxonomy},
};

/// Arguments of `casebook explain`.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Name of a case, or a file; `-` is standard input
    #[arg(value_name = "CASE|FILE")]
    subject: String,
    /// The category to explain, such as missing-dpia
    #[arg(long, value_name = "ID")]
    category: String,
    /// Text for people, or data
    #[arg(long, value_enum, default_value_t = PageFormat::Text)]
    format: PageFormat,
    /// Short for --format json
    #[arg(long, conflicts_with = "format")]
    json: bool,
}

/// What is explained of all documents together.
#[derive(Serialize)]
struct Answer<'a> {
    category: &'a str,
    given: bool,
    verdict: String,
    documents: Vec<Explanation>,
}

/// Runs the command.
pub fn run(common: &Common, arguments: &Arguments) -> anyhow::Result<Exit> {
    let taxonomy = common.load_taxonomy()?;
    let examples = Examples::open(common, &taxonomy, None)?;
    let extractor = examples.extractor(taxonomy)?;
    let categories = &extractor.taxonomy().categories;
    let ids: Vec<&str> = categories.iter().map(|category| category.id.as_str()).collect();
    known("category", std::slice::from_ref(&arguments.category), &ids)?;
    let category = arguments.category.as_str();
    let documents: Vec<Explanation> = documents(common, &arguments.subject, extractor.taxonomy())?
        .iter()
        .map(|document| extractor.explain(document, category))
        .collect();
    let mut sentences = documents.iter().flat_map(|explanation| &explanation.sentences);
    let given = sentences.any(|sentence| sentence.outcome == Some(Stance::Finding));
    let is_by_meaning =
        extractor.taxonomy().category(category).is_some_and(Category::is_by_meaning);
    let verdict = if is_by_meaning && !given {
        "not given: no sentence is near enough to its examples".to_owned()
    } else {
        verdict(&documents)
    };
    let answer = Answer { category, given, verdict, documents };
    let format = if arguments.json { PageFormat::Json } else { arguments.format };
    to_stdout(|out| match format {
        PageFormat::Json => {
            serde_json::to_writer_pretty(&mut *out, &answer)?;
            writeln!(out)
        }
        PageFormat::Text => print(out, &answer),
    })?;
    Ok(examples.finish(Exit::Done))
}

/// The file of that name, or else the documents of the case of that name.
fn documents(common: &Common, subject: &str, taxonomy: &Taxonomy) -> anyhow::Result<Vec<Document>> {
    let reader = Common::reader(false)?;
    let path = Path::new(subject);
    if subject == "-" || path.is_file() {
        let document = extract::document(&reader, path).with_context(|| subject.to_owned())?;
        return Ok(vec![document]);
    }
    let is_no_file = || format!("there is no file `{subject}`");
    let indexes = Indexes::open(&common.indexes).with_context(is_no_file)?;
    let searcher = Searcher::open(&indexes.search())?;
    let case = named::case(&searcher, subject, taxonomy).with_context(is_no_file)?;
    let paths: Vec<&str> = case.documents.iter().map(|document| document.path.as_str()).collect();
    of_corpus(&common.corpus, &paths, &reader)
}

/// Documents of the corpus by their paths, in that order.
fn of_corpus(corpus: &Path, paths: &[&str], reader: &Reader) -> anyhow::Result<Vec<Document>> {
    let files = scan(corpus)?;
    paths
        .iter()
        .map(|path| {
            let file = files.iter().find(|file| file.path == *path).with_context(|| {
                format!("the corpus holds {path} no more; bring it up to date with `casebook run`")
            })?;
            let (bytes, _) = file.read().with_context(|| (*path).to_owned())?;
            reader.read(path, &bytes).with_context(|| (*path).to_owned())
        })
        .collect()
}

fn print(out: &mut dyn Write, answer: &Answer<'_>) -> io::Result<()> {
    for explanation in &answer.documents {
        writeln!(out, "{}", explanation.document)?;
        for sentence in &explanation.sentences {
            writeln!(out)?;
            print_sentence(out, sentence)?;
        }
        if explanation.too_long > 0 {
            let what = format!("not read, being too long (a table?): {}", explanation.too_long);
            wrapped(out, &what, "\n  ", "  ", width())?;
        }
        writeln!(out)?;
    }
    wrapped(out, &format!("{} {}", answer.category, answer.verdict), "", "  ", width())
}

fn print_sentence(out: &mut dyn Write, explained: &ExplainedSentence) -> io::Result<()> {
    let mut line =
        |label: &str, text: &str| broken(out, text, &format!("  {label:<11}"), INDENT, width());
    let page = explained.page.map(|page| format!(" (page {page})")).unwrap_or_default();
    let zone = explained.zone.map_or("none", |zone| zone.id());
    line("sentence", &format!("{}{page}", explained.sentence))?;
    if explained.section.is_empty() {
        line("zone", zone)?;
    } else {
        line("zone", &format!("{zone}, under “{}”", explained.section))?;
    }
    for matched in &explained.cues {
        line(title(matched.list), &matched.cue)?;
    }
    let outcome = explained.outcome.map_or("nothing", Stance::id);
    let confidence =
        explained.confidence.map(|value| format!(", confidence {value:.2}")).unwrap_or_default();
    line("outcome", &format!("{outcome}: {}{confidence}", reason(explained)))
}

/// Under the texts, behind the labels.
const INDENT: &str = "             ";

const fn title(list: CueList) -> &'static str {
    match list {
        CueList::Strong => "strong cue",
        CueList::Weak => "weak cue",
        CueList::Topic => "topic",
        CueList::Not => "not",
    }
}

fn reason(explained: &ExplainedSentence) -> String {
    match &explained.rule {
        Rule::Zone => {
            format!("so is everything in the zone {}", explained.zone.map_or("", |zone| zone.id()))
        }
        Rule::Wording { cue } => format!("by its wording, cue `{cue}` of stances.toml"),
        Rule::Denied => "a cue of the list `not` speaks against it".to_owned(),
        Rule::Stated => "a strong cue states it, and nothing speaks against it".to_owned(),
        Rule::WeakInReasons => "a weak cue, where the regulator gives its reasons".to_owned(),
        Rule::WeakSupported => "a weak cue, and another sentence finds the same".to_owned(),
        Rule::WeakInShort => "a weak cue, in a document that says things once".to_owned(),
        Rule::WeakAlone => "a weak cue that stands alone".to_owned(),
        Rule::WeakBesideStated => "a weak cue, and another sentence states it outright".to_owned(),
        Rule::Provision => "it stands with an infringed provision that is this failure".to_owned(),
        Rule::Meaning => "it is near in meaning to the examples".to_owned(),
        Rule::TopicOnly => "only the subject is mentioned".to_owned(),
        Rule::Context => "by the sentences around it".to_owned(),
    }
}
