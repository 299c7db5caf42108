//! `casebook slides`: a case, a comparison or a topic as a deck for teaching.

mod target;
mod template;

use std::path::{Path, PathBuf};

use anyhow::bail;
use clap::Args;
use rayon::prelude::*;

use super::{
    Common, Exit, LeastConfidence,
    meaning::stored,
    named::{self, Choice, ChoiceArguments},
    output::{check_new, counted, to_file, to_stdout},
};
use crate::{
    english::listed,
    index::{IndexError, Searcher},
    model::{Case, CaseDocument, Document},
    pipeline::{CorpusFile, Guidance, Indexes, scan},
    read::Reader,
    semantic::Vectors,
    similar::Similar,
    slides::{
        Deck, Master, Names, anonymous, fitted, handout, markdown,
        outline::{Material, Storyteller, Topic, case_deck, several},
        pptx,
    },
    taxonomy::Taxonomy,
};
use target::{Form, Target};

/// Arguments of `casebook slides`.
#[derive(Debug, Args)]
pub struct Arguments {
    #[command(flatten)]
    choice: ChoiceArguments,
    /// At most so many cases found by words or filters in one deck; it says how many are left out
    #[arg(long, value_name = "N", default_value = "8")]
    limit: std::num::NonZeroUsize,
    /// Replace the organisation's names by what kind of body it is: "a secondary school"
    #[arg(long)]
    anonymise: bool,
    /// Ask the room what it would have done before it is told; the answer is in the notes
    #[arg(long)]
    quiz: bool,
    #[command(flatten)]
    confidence: LeastConfidence,
    /// Write to a file (.pptx, .md for Marp and Pandoc, .html for a handout of one case), or one deck a
    /// case to a folder; without it, Markdown goes to standard output
    #[arg(long, short, value_name = "FILE|FOLDER")]
    output: Option<PathBuf>,
    /// Put the slides on the master of a PowerPoint template or presentation of your own; its example
    /// slides are left out
    #[arg(long, value_name = "FILE", requires = "output")]
    template: Option<PathBuf>,
    /// Replace decks that are there already
    #[arg(long)]
    force: bool,
}

/// Similar cases on a slide.
const SIMILAR: usize = 3;

/// Runs the command.
pub fn run(common: &Common, arguments: &Arguments) -> anyhow::Result<Exit> {
    let target = Target::of(arguments.output.as_deref(), arguments.force)?;
    let master = template::master(arguments.template.as_deref(), target.form())?;
    let taxonomy = common.load_taxonomy()?;
    let filter = arguments.choice.filters.checked(common, &taxonomy)?;
    let indexes = Indexes::open(&common.indexes)?;
    let searcher = Searcher::open(&indexes.search())?;
    let choice = arguments.choice.by(&filter);
    let limit = match target {
        Target::Folder(_) => indexes.manifest.cases,
        _ => arguments.limit.get(),
    };
    let (cases, found) =
        named::cases(common, &searcher, &choice, &taxonomy, limit, "make slides of")?;
    if cases.is_empty() {
        common.note("No case to make slides of. Try fewer words or filters.");
        return Ok(Exit::NothingFound);
    }
    let studio = Studio {
        searcher: &searcher,
        storyteller: Storyteller::new(&taxonomy)?,
        guidance: indexes.guidance()?,
        vectors: stored(common, &indexes),
        files: scan(&common.corpus)?,
        reader: Common::reader(false)?,
        without_individuals: filter.without_individuals,
        taxonomy: &taxonomy,
        master,
        common,
        arguments,
    };
    let cases = cases.into_iter().map(|case| case.at_least(arguments.confidence.least));
    let cases: Vec<Case> = cases.collect();
    if let Target::Folder(folder) = &target {
        let each = cases.par_iter().enumerate();
        let made: anyhow::Result<Vec<()>> =
            each.map(|(place, case)| studio.write_into(folder, place, case)).collect();
        let decks = counted(made?.len(), "deck", "decks");
        common.note(&format!("{decks} written to {}.", folder.display()));
    } else {
        let title = title(&choice, arguments.anonymise, &taxonomy);
        let dates = named::dates(&searcher, &choice, &taxonomy, indexes.manifest.cases)?;
        let topic = Topic { title, found, dates };
        let form = target.form();
        if form == Form::Handout && cases.len() > 1 {
            bail!(
                "a handout is a page about one case; name one, or make slides (.pptx, .md) of several"
            );
        }
        let deck = studio.deck(&topic, &cases, form)?;
        studio.write(&target, &deck)?;
    }
    if arguments.anonymise {
        common.note(
            "Names are replaced; places, dates and people may still tell who it is: read the deck first.",
        );
    }
    Ok(Exit::Done)
}

/// "No adequate impact assessment; Education and childcare; since 2023".
fn title(choice: &Choice<'_>, anonymous: bool, taxonomy: &Taxonomy) -> String {
    let filter = choice.filter;
    let category = |id: &String| taxonomy.category(id).map_or(id.clone(), |c| c.title.clone());
    let sector = |id: &String| taxonomy.sector(id).map_or(id.clone(), |s| s.title.clone());
    // What a user types may name a party.
    let words = choice.query.filter(|words| !words.trim().is_empty() && !anonymous);
    let organisations = if anonymous { &[][..] } else { &filter.organisations[..] };
    let parts = [
        words.map(|words| format!("“{}”", words.trim())),
        some(&filter.categories, category),
        some(&filter.sectors, sector),
        some(&filter.actions, |action| crate::english::capital(action.title())),
        some(&filter.provisions, ToString::to_string),
        some(organisations, Clone::clone),
        filter.since.map(|date| format!("since {}", date.in_words())),
        filter.until.map(|date| format!("until {}", date.in_words())),
    ];
    let parts: Vec<String> = parts.into_iter().flatten().collect();
    if parts.is_empty() { "Cases compared".to_owned() } else { parts.join(": ") }
}

fn some<T>(items: &[T], name: impl Fn(&T) -> String) -> Option<String> {
    let names: Vec<String> = items.iter().map(name).collect();
    (!names.is_empty()).then(|| listed(&names))
}

/// All that decks are made with.
struct Studio<'a> {
    searcher: &'a Searcher,
    storyteller: Storyteller,
    guidance: Vec<Guidance>,
    vectors: Option<Vectors>,
    files: Vec<CorpusFile>,
    reader: Reader,
    without_individuals: bool,
    taxonomy: &'a Taxonomy,
    master: Master,
    common: &'a Common,
    arguments: &'a Arguments,
}

impl Studio<'_> {
    /// The deck of one case, or of several.
    fn deck(&self, topic: &Topic, cases: &[Case], form: Form) -> anyhow::Result<Deck> {
        let read: Vec<Vec<Document>> = cases.iter().map(|case| self.documents(case)).collect();
        let similar: Vec<Vec<Similar>> =
            cases.iter().map(|case| self.similar(case, cases)).collect::<Result<_, _>>()?;
        let each = cases.iter().zip(&read).zip(&similar);
        let materials = each.map(|((case, documents), similar)| Material {
            case,
            documents,
            similar,
            guidance: &self.guidance,
            taxonomy: self.taxonomy,
            storyteller: &self.storyteller,
            anonymous: self.arguments.anonymise,
            quiz: self.arguments.quiz,
        });
        let materials: Vec<Material<'_>> = materials.collect();
        let deck = match &materials[..] {
            [only] => case_deck(only),
            _ => several(topic, &materials),
        };
        let deck = if self.arguments.anonymise { without_names(deck, cases) } else { deck };
        // A page to print has room of another kind.
        Ok(if form == Form::Handout { deck } else { fitted(deck, self.master.frames()) })
    }

    fn similar(&self, case: &Case, cases: &[Case]) -> Result<Vec<Similar>, IndexError> {
        // Several cases stand beside each other and need no others.
        if cases.len() > 1 {
            return Ok(Vec::new());
        }
        self.searcher.similar(
            case,
            SIMILAR,
            self.without_individuals,
            self.taxonomy,
            self.vectors.as_ref(),
        )
    }

    /// The documents of a case that are as they were when the index was built.
    fn documents(&self, case: &Case) -> Vec<Document> {
        case.documents.iter().filter_map(|document| self.document(document)).collect()
    }

    fn document(&self, document: &CaseDocument) -> Option<Document> {
        let file = self.files.iter().find(|file| file.path == document.path);
        let read = file.and_then(|file| file.read().ok());
        let read = read.filter(|(_, hash)| *hash == document.sha256);
        let read = read.and_then(|(bytes, _)| self.reader.read(&document.path, &bytes).ok());
        if read.is_none() {
            self.common.note(&format!(
                "{} is gone or has changed, so what happened is not told from it; bring the index up to \
                 date with `casebook run`.",
                document.path
            ));
        }
        read
    }

    /// One case as a deck of its own in a folder; the file of an unnamed party has a number for a name.
    fn write_into(&self, folder: &Path, place: usize, case: &Case) -> anyhow::Result<()> {
        let name = match self.arguments.anonymise {
            true => format!("case-{}.pptx", place + 1),
            false => format!("{}.pptx", case.case),
        };
        let path = folder.join(name);
        check_new(&path, self.arguments.force)?;
        let topic = Topic { title: String::new(), found: 1, dates: Vec::new() };
        let deck = self.deck(&topic, std::slice::from_ref(case), Form::Pptx)?;
        let bytes = pptx(&deck, &self.master)?;
        to_file(&path, |out| out.write_all(&bytes))
    }

    fn write(&self, target: &Target, deck: &Deck) -> anyhow::Result<()> {
        let Target::File(path, form) = target else {
            return Ok(to_stdout(|out| write!(out, "{}", markdown(deck)))?);
        };
        let bytes = match form {
            Form::Pptx => pptx(deck, &self.master)?,
            Form::Markdown => markdown(deck).into_bytes(),
            Form::Handout => handout(deck).into_bytes(),
        };
        to_file(path, |out| out.write_all(&bytes))?;
        let made = match form {
            Form::Handout => "A handout".to_owned(),
            _ => counted(deck.slides.len(), "slide", "slides"),
        };
        self.common.note(&format!("{made} written to {}.", path.display()));
        Ok(())
    }
}

/// The deck with what kind of body each organisation is in place of its names.
fn without_names(deck: Deck, cases: &[Case]) -> Deck {
    let number = |place: usize| (cases.len() > 1).then_some(place + 1);
    let parties: Vec<Names> =
        cases.iter().enumerate().map(|(place, case)| Names::of(case, number(place))).collect();
    anonymous(deck, &parties)
}
