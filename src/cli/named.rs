//! Cases by what a person calls them.

use anyhow::bail;

use clap::Args;

use super::{Common, filters::FilterArguments};
use crate::{
    index::{Hit, Language, Searcher, Wanted},
    model::{Case, Filter, PartialDate},
    taxonomy::{Taxonomy, nearest, split_words},
};

/// Choices listed where a name means several cases.
const CHOICES: usize = 12;

/// The case of that name: its slug, or words of the organisation's name that no other case has.
///
/// # Errors
/// No case is called so, and the sentence suggests the nearest name; or several are, and it lists them.
pub fn case(searcher: &Searcher, name: &str, taxonomy: &Taxonomy) -> anyhow::Result<Case> {
    if let Some(case) = searcher.case(name)? {
        return Ok(case);
    }
    let found = of_organisation(searcher, name, taxonomy)?;
    if let [only] = &found[..]
        && let Some(case) = searcher.case(&only.case)?
    {
        return Ok(case);
    }
    if !found.is_empty() {
        bail!("`{name}` can mean {}; name one of them", choices(&found));
    }
    let slugs = searcher.slugs()?;
    match nearest(name, slugs.iter().map(String::as_str)) {
        Some(near) => bail!("there is no case `{name}`; did you mean `{near}`?"),
        None => bail!("there is no case `{name}`; find its name with `casebook search`"),
    }
}

/// The arguments that say which cases are meant.
#[derive(Debug, Args)]
pub struct ChoiceArguments {
    /// Names of cases, as `casebook search` prints them, or of organisations
    #[arg(value_name = "CASE")]
    cases: Vec<String>,
    /// Words to search for, in place of names; filters can be given with or without them
    #[arg(long, value_name = "WORDS", conflicts_with = "cases")]
    query: Option<String>,
    #[command(flatten)]
    pub filters: FilterArguments,
}

impl ChoiceArguments {
    /// The choice, with its filters checked.
    pub fn by<'a>(&'a self, filter: &'a Filter) -> Choice<'a> {
        Choice { names: &self.cases, query: self.query.as_deref(), filter }
    }
}

/// What a user says about which cases are meant.
pub struct Choice<'a> {
    /// Names of cases or organisations.
    pub names: &'a [String],
    /// Words to search for.
    pub query: Option<&'a str>,
    /// Filters.
    pub filter: &'a Filter,
}

/// The cases chosen, at most `limit` of those found, and how many there are in all.
///
/// # Errors
/// A name that means no case or several, names together with filters, or nothing at all: `purpose`
/// ("cite") says for what.
pub fn cases(
    common: &Common,
    searcher: &Searcher,
    choice: &Choice<'_>,
    taxonomy: &Taxonomy,
    limit: usize,
    purpose: &str,
) -> anyhow::Result<(Vec<Case>, usize)> {
    if !choice.names.is_empty() {
        let cases = by_name(common, searcher, choice, taxonomy)?;
        let total = cases.len();
        return Ok((cases, total));
    }
    if choice.query.is_none() && !chooses(choice.filter) {
        bail!(
            "nothing to {purpose}: name cases, or choose them with --query or filters; \
             `--query \"\"` means every case"
        );
    }
    let words = choice.query.unwrap_or_default();
    let wanted = Wanted { limit, why: false, near: &[] };
    let results = searcher.search(words, choice.filter, wanted, &Language::new(taxonomy)?)?;
    let cases = results.hits.iter().filter_map(|hit| searcher.case(&hit.case).transpose());
    Ok((cases.collect::<Result<_, _>>()?, results.total))
}

/// The dates of all cases that words and filters find; none where cases are named.
///
/// # Errors
/// The index cannot be read.
pub fn dates(
    searcher: &Searcher,
    choice: &Choice<'_>,
    taxonomy: &Taxonomy,
    most: usize,
) -> anyhow::Result<Vec<PartialDate>> {
    if !choice.names.is_empty() {
        return Ok(Vec::new());
    }
    let wanted = Wanted { limit: most.max(1), why: false, near: &[] };
    let words = choice.query.unwrap_or_default();
    let results = searcher.search(words, choice.filter, wanted, &Language::new(taxonomy)?)?;
    Ok(results.hits.into_iter().filter_map(|hit| hit.date).collect())
}

/// The cases of those names, each once, in their order; those against natural persons only where the
/// settings show them.
fn by_name(
    common: &Common,
    searcher: &Searcher,
    choice: &Choice<'_>,
    taxonomy: &Taxonomy,
) -> anyhow::Result<Vec<Case>> {
    if chooses(choice.filter) {
        bail!("name cases or choose them by filters, not both");
    }
    let mut cases: Vec<Case> = Vec::new();
    for name in choice.names {
        let case = case(searcher, name, taxonomy)?;
        let is_new = cases.iter().all(|known| known.case != case.case);
        if is_new && !is_left_out(common, &case, choice.filter.without_individuals) {
            cases.push(case);
        }
    }
    Ok(cases)
}

/// Whether a filter says which cases; leaving out natural persons alone does not.
fn chooses(filter: &Filter) -> bool {
    let all = Filter { without_individuals: filter.without_individuals, ..Filter::default() };
    *filter != all
}

/// Whether a case is against a natural person and such cases are to be left out; says so.
pub fn is_left_out(common: &Common, case: &Case, without_individuals: bool) -> bool {
    let left_out = without_individuals && case.facts.individual;
    if left_out {
        common.note(&format!("{} is left out: it is against a natural person.", case.case));
    }
    left_out
}

/// The cases whose organisation has all these words in one of its names, the newest first.
fn of_organisation(
    searcher: &Searcher,
    name: &str,
    taxonomy: &Taxonomy,
) -> anyhow::Result<Vec<Hit>> {
    if split_words(name).next().is_none() {
        return Ok(Vec::new());
    }
    let filter = Filter { organisations: vec![name.to_owned()], ..Filter::default() };
    let wanted = Wanted { limit: CHOICES + 1, why: false, near: &[] };
    Ok(searcher.search("", &filter, wanted, &Language::new(taxonomy)?)?.hits)
}

fn choices(found: &[Hit]) -> String {
    let mut names: Vec<String> =
        found.iter().take(CHOICES).map(|hit| format!("`{}`", hit.case)).collect();
    if found.len() > CHOICES {
        names
            .push("others (list them with `casebook search \"\" --organisation WORDS`)".to_owned());
    }
    let last = names.pop().unwrap_or_default();
    format!("{} or {last}", names.join(", "))
}
