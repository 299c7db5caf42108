//! `casebook feed`: the cases of a query, or of each saved query, as an Atom feed.

mod request;

use std::{
    fs,
    io::Write,
    num::NonZeroUsize,
    path::{Path, PathBuf},
};

use anyhow::{Context as _, bail};
use clap::Args;
use jiff::{Timestamp, civil::Date};

use super::{
    Common, Exit,
    filters::FilterArguments,
    output::{check_new, counted, to_file, to_stdout},
};
use crate::{
    changes::History,
    cite,
    feed::{self, Desk, Entry, Feed, Saved, first_moment},
    fetch::{STORE_FOLDER, Store},
    index::{Language, Searcher, Wanted},
    pipeline::Indexes,
    taxonomy::Taxonomy,
};
use request::Request;

/// Arguments of `casebook feed`.
#[derive(Debug, Args)]
#[command(after_help = "\
A file of saved queries has one table for each:
  [[feed]]
  name = \"schools\"                  # the file will be schools.xml
  title = \"Schools and faces\"
  query = \"facial recognition\"      # may be left out
  filters = { sector = \"education\", since = 2024 }   # as the options below

A feed has the same bytes as long as `casebook run` finds the same.")]
pub struct Arguments {
    /// What to search for, as in `casebook search`; without it, every case that passes the filters
    #[arg(value_name = "QUERY", conflicts_with = "all")]
    query: Vec<String>,
    /// Write one feed for each saved query into the folder --output
    #[arg(long, requires = "output")]
    all: bool,
    /// File of the saved queries [default: feeds.toml, or `feeds` of the settings]
    #[arg(long, value_name = "FILE", requires = "all")]
    saved: Option<PathBuf>,
    /// Title of the feed [default: made of query and filters]
    #[arg(long, value_name = "WORDS", conflicts_with = "all")]
    title: Option<String>,
    /// Address at which the feed will lie
    #[arg(long, value_name = "URL", conflicts_with = "all")]
    address: Option<String>,
    /// At most so many cases, the newest
    #[arg(long, value_name = "N", default_value = "50")]
    limit: NonZeroUsize,
    /// Write to a file, or with --all to a folder; without it, to standard output
    #[arg(long, short, value_name = "FILE|FOLDER")]
    output: Option<PathBuf>,
    /// Replace feeds that are there already
    #[arg(long)]
    force: bool,
    #[command(flatten)]
    filters: FilterArguments,
}

/// Runs the command.
pub fn run(common: &Common, arguments: &Arguments) -> anyhow::Result<Exit> {
    let taxonomy = common.load_taxonomy()?;
    let indexes = Indexes::open(&common.indexes)?;
    let history = indexes.history()?;
    let store = Store::read(&common.corpus.join(STORE_FOLDER))?;
    let maker = Maker {
        indexes: &indexes,
        searcher: Searcher::open(&indexes.search())?,
        language: Language::new(&taxonomy)?,
        desk: Desk {
            taxonomy: &taxonomy,
            // No feed says when an address was seen.
            cite: cite::Desk { site: &common.fetch.site, accessed: Date::ZERO, store: &store },
        },
        history: &history,
        limit: arguments.limit.get(),
    };
    match (&arguments.output, arguments.all) {
        (Some(folder), true) => all(common, arguments, &taxonomy, &maker, folder),
        (output, _) => single(common, arguments, &taxonomy, &maker, output.as_deref()),
    }
}

fn single(
    common: &Common,
    arguments: &Arguments,
    taxonomy: &Taxonomy,
    maker: &Maker<'_>,
    output: Option<&Path>,
) -> anyhow::Result<Exit> {
    let filter = arguments.filters.checked(common, taxonomy)?;
    let (title, address) = (arguments.title.clone(), arguments.address.clone());
    let request = Request::of(arguments.query.join(" "), filter, title, address)?;
    match output {
        None => {
            let (feed, _) = maker.feed(&request)?;
            to_stdout(|out| feed::write(out, &feed))?;
            Ok(ended(common, [feed.entries.len()]))
        }
        Some(path) => {
            if path.is_dir() {
                bail!(
                    "{} is a folder; name a file, or write saved queries with --all",
                    path.display()
                );
            }
            check_new(path, arguments.force)?;
            let count = maker.put(common, &request, path)?;
            Ok(ended(common, [count]))
        }
    }
}

/// Checks every saved query and every file before the first is written.
fn all(
    common: &Common,
    arguments: &Arguments,
    taxonomy: &Taxonomy,
    maker: &Maker<'_>,
    folder: &Path,
) -> anyhow::Result<Exit> {
    if arguments.filters.are_given(common, taxonomy)? {
        bail!("--all writes saved queries with the filters of their own; leave other filters out");
    }
    let file = arguments.saved.as_ref().unwrap_or(&common.feeds);
    let mut feeds = Vec::new();
    for saved in Saved::all(file)? {
        let path = folder.join(format!("{}.xml", saved.name));
        check_new(&path, arguments.force)?;
        let place = format!("{}, line {}, feed `{}`", file.display(), saved.line, saved.name);
        feeds.push((Request::saved(saved, common, taxonomy).context(place)?, path));
    }
    fs::create_dir_all(folder)
        .with_context(|| format!("cannot make the folder {}", folder.display()))?;
    let counts = feeds.iter().map(|(request, path)| maker.put(common, request, path));
    let counts: Vec<usize> = counts.collect::<anyhow::Result<_>>()?;
    Ok(ended(common, counts))
}

fn ended(common: &Common, counts: impl IntoIterator<Item = usize>) -> Exit {
    if counts.into_iter().any(|count| count > 0) {
        return Exit::Done;
    }
    common.note("No case matches yet: the feed has no entries.");
    Exit::NothingFound
}

/// What feeds are made of.
struct Maker<'a> {
    indexes: &'a Indexes,
    searcher: Searcher,
    language: Language<'a>,
    desk: Desk<'a>,
    history: &'a History,
    limit: usize,
}

impl Maker<'_> {
    /// Writes a feed to a file, and says so; the number of its entries.
    fn put(&self, common: &Common, request: &Request, path: &Path) -> anyhow::Result<usize> {
        let (feed, total) = self.feed(request)?;
        to_file(path, |out: &mut dyn Write| feed::write(out, &feed))?;
        let count = feed.entries.len();
        let of_all =
            if count < total { format!(", the newest of {total},") } else { String::new() };
        let entries = counted(count, "entry", "entries");
        common.note(&format!("{entries}{of_all} written to {}.", path.display()));
        Ok(count)
    }

    /// The feed, and how many cases there are for it.
    fn feed(&self, request: &Request) -> anyhow::Result<(Feed, usize)> {
        let beginning = self.history.runs().first().map_or(Timestamp::UNIX_EPOCH, |run| run.at);
        let wanted = Wanted { limit: self.indexes.manifest.cases, why: false, near: &[] };
        let found =
            self.searcher.search(&request.query, &request.filter, wanted, &self.language)?;
        let news = self.history.news();
        let mut cases: Vec<(Timestamp, String)> = found
            .hits
            .iter()
            .map(|hit| {
                let updated = news.get(hit.case.as_str()).copied();
                (updated.or(hit.date.and_then(first_moment)).unwrap_or(beginning), hit.case.clone())
            })
            .collect();
        cases.sort_by(|(a, a_name), (b, b_name)| b.cmp(a).then_with(|| a_name.cmp(b_name)));
        cases.truncate(self.limit);
        let mut entries = Vec::new();
        for (updated, slug) in &cases {
            let case = self.searcher.case(slug)?;
            entries.extend(case.map(|case| Entry::of(&case, *updated, &self.desk)));
        }
        let feed = Feed {
            id: request.id.clone(),
            title: request.title.clone(),
            subtitle: request.subtitle.clone(),
            address: request.address.clone(),
            updated: cases.first().map_or(beginning, |(updated, _)| *updated),
            entries,
        };
        Ok((feed, found.total))
    }
}
