//! Changes as sections and items: what is told, whatever it is written in.

use jiff::{Timestamp, tz::Offset};

use super::{Changes, RunNumber};
use crate::{
    changes::{Cause, Changed, FieldChange, FirstInSector, Looked, Seen, TakenDown},
    cli::output::{counted, pounds},
    english::{capital, listed},
    fetch::SourceState,
    model::{ActionType, Filter},
    taxonomy::Taxonomy,
    trends::in_words,
};

/// All that is told, in its order.
pub struct Outline {
    /// What it is.
    pub title: String,
    /// What a reader must know first, a sentence or two each.
    pub notes: Vec<String>,
    /// The rest.
    pub sections: Vec<Section>,
}

/// Items of one kind.
pub struct Section {
    pub title: String,
    pub items: Vec<Item>,
}

/// One case, page or source.
#[derive(Default)]
pub struct Item {
    pub head: String,
    /// Where a reader sees it.
    pub address: Option<String>,
    /// What is told of it, a phrase each.
    pub lines: Vec<String>,
}

/// Writes all changes down.
pub fn of(changes: &Changes, filter: &Filter, taxonomy: &Taxonomy) -> Outline {
    let words = Words(taxonomy);
    let difference = &changes.difference;
    let (sourced, read): (Vec<&Changed>, Vec<&Changed>) =
        difference.changed.iter().partition(|changed| changed.cause == Cause::Source);
    let items = |cases: &[&Changed]| cases.iter().map(|case| words.changed(case)).collect();
    let sections = vec![
        section(
            difference.new.len(),
            ("new case", "new cases"),
            difference.new.iter().map(|seen| words.found(seen)).collect(),
        ),
        section(sourced.len(), ("changed case", "changed cases"), items(&sourced)),
        section(read.len(), ("case read differently", "cases read differently"), items(&read)),
        section(
            changes.taken_down.len(),
            (
                "page or notice taken down by the ICO (the copy is kept)",
                "pages and notices taken down by the ICO (the copies are kept)",
            ),
            changes.taken_down.iter().map(taken_down).collect(),
        ),
        section(
            difference.removed.len(),
            ("case no longer in the corpus", "cases no longer in the corpus"),
            difference
                .removed
                .iter()
                .map(|seen| Item { head: name(seen), ..Item::default() })
                .collect(),
        ),
        section(
            difference.first_in_sector.len(),
            ("failure new in its sector", "failures new in their sector"),
            difference.first_in_sector.iter().map(|first| words.first(first)).collect(),
        ),
        could_not_look(&changes.looked),
    ];
    Outline {
        title: format!("Changes since {}", since(changes)),
        notes: notes(changes, filter, !read.is_empty()),
        sections: sections.into_iter().filter(|section| !section.items.is_empty()).collect(),
    }
}

fn section(count: usize, (one, many): (&str, &str), items: Vec<Item>) -> Section {
    Section { title: counted(count, one, many), items }
}

fn since(changes: &Changes) -> String {
    match changes.since {
        Some(date) => date.in_words(),
        None => format!("run {} ({})", changes.from.run, moment(changes.from.at)),
    }
}

fn moment(at: Timestamp) -> String {
    let at = Offset::UTC.to_datetime(at);
    format!("{} {:02}:{:02} UTC", at.date(), at.hour(), at.minute())
}

fn notes(changes: &Changes, filter: &Filter, are_read_differently: bool) -> Vec<String> {
    let Changes { from, to, .. } = changes;
    let run = |run: &RunNumber| format!("run {} ({})", run.run, moment(run.at));
    let mut notes = vec![format!("Compared: {} with {}.", run(from), run(to))];
    if from.run == to.run {
        notes = vec![format!("No run since {} found anything else.", run(from))];
    }
    if changes.history_begins_later {
        let what = "The history begins only then; what came before is not known.";
        notes.push(match changes.since {
            Some(since) => {
                format!("{what} Actions dated since then: casebook search \"\" --since {since}")
            }
            None => what.to_owned(),
        });
    }
    let filters = in_words(filter);
    if !filters.is_empty() {
        notes.push(format!("Filters: {}.", filters.join("; ")));
    }
    if changes.is_empty() {
        notes.push("Nothing new in the corpus.".to_owned());
    }
    if are_read_differently {
        notes.push(format!(
            "Cases read differently have the same sources as before; {}.",
            other_reading(from, to)
        ));
    }
    notes.extend(looked(&changes.looked));
    notes
}

/// Why the same sources are read differently, as far as runs note it.
fn other_reading(from: &RunNumber, to: &RunNumber) -> String {
    let mut causes = Vec::new();
    if from.taxonomy != to.taxonomy {
        causes.push("the taxonomy is another".to_owned());
    }
    if from.casebook != to.casebook {
        causes.push(format!("casebook {} read them, and {} before", to.casebook, from.casebook));
    }
    if causes.is_empty() {
        causes.push("another build of the same version read them".to_owned());
    }
    listed(&causes)
}

/// What was looked at; what was not has a section of its own.
fn looked(looked: &Looked) -> Option<String> {
    let Some(last) = looked.last else {
        return Some("The ICO's site was never looked at from here (`casebook fetch`): whether it has something new is not known.".to_owned());
    };
    if !looked.is_recent {
        return Some(format!(
            "The ICO's site was not looked at since; the last fetch ended {}.",
            moment(last)
        ));
    }
    let good: Vec<String> = looked.good().map(|source| source.source.title().to_owned()).collect();
    (!good.is_empty()).then(|| format!("Looked at: {}, last on {}.", listed(&good), moment(last)))
}

fn could_not_look(looked: &Looked) -> Section {
    let mut items: Vec<Item> = looked
        .short()
        .map(|source| Item {
            head: format!("{}: {}", capital(source.source.title()), state(source.state)),
            lines: source.messages.clone(),
            ..Item::default()
        })
        .collect();
    let mut tell = |is_so: bool, head: String| {
        if is_so {
            items.push(Item { head, ..Item::default() });
        }
    };
    for host in &looked.blocked {
        tell(true, format!("Kept out by {host}"));
    }
    let failed = counted(looked.failed, "address", "addresses");
    tell(looked.failed > 0, format!("{failed} asked for in vain"));
    let missing = counted(looked.not_stored, "register page", "register pages");
    tell(looked.not_stored > 0, format!("{missing} listed, but not fetched"));
    tell(looked.unfinished, "The last fetch was stopped before its end".to_owned());
    Section { title: "Could not look everywhere: there may be something new".to_owned(), items }
}

const fn state(state: SourceState) -> &'static str {
    match state {
        SourceState::Good => "good",
        SourceState::Doubtful => "answered in part, or not plausibly",
        SourceState::Blocked => "kept us out",
        SourceState::Failed => "could not be read",
    }
}

fn name(seen: &Seen) -> String {
    let date = seen.date.map(|date| format!(" ({date})")).unwrap_or_default();
    format!("{}{date} · {}", seen.organisation, seen.case)
}

fn taken_down(down: &TakenDown) -> Item {
    let how = if down.gone { "gone" } else { "no longer listed" };
    let title = down.title.clone().or_else(|| down.case.clone());
    let case = down.case.iter().map(|case| format!("case: {case}"));
    Item {
        head: title.unwrap_or_else(|| down.address.clone()),
        address: Some(down.address.clone()),
        lines: [format!("{how}, seen {}", moment(down.since))].into_iter().chain(case).collect(),
    }
}

/// What a taxonomy calls things.
struct Words<'a>(&'a Taxonomy);

impl Words<'_> {
    fn category(&self, id: &str) -> String {
        self.0.category(id).map_or(id, |category| &category.title).to_owned()
    }

    fn sector(&self, id: &str) -> String {
        self.0.sector(id).map_or(id, |sector| &sector.title).to_owned()
    }

    fn found(&self, seen: &Seen) -> Item {
        let sector = seen.sector.as_deref().map(|id| self.sector(id));
        let actions: Vec<String> = seen.action_types.iter().map(|a| action(*a, seen)).collect();
        let facts: Vec<String> = actions.into_iter().chain(sector).collect();
        let found: Vec<String> = seen.categories.iter().map(|id| self.category(id)).collect();
        let headline = (seen.title != seen.organisation).then(|| seen.title.clone());
        let found = (!found.is_empty()).then(|| format!("found: {}", found.join("; ")));
        Item {
            head: name(seen),
            address: seen.address().map(str::to_owned),
            lines: headline.into_iter().chain([facts.join(" · ")]).chain(found).collect(),
        }
    }

    fn changed(&self, changed: &Changed) -> Item {
        let mut lines: Vec<String> =
            changed.changes.iter().map(|change| self.change(change)).collect();
        if lines.is_empty() {
            lines.push("the text of a source changed, and nothing that is told here".to_owned());
        }
        Item {
            head: name(&changed.case),
            address: changed.case.address().map(str::to_owned),
            lines,
        }
    }

    fn change(&self, change: &FieldChange) -> String {
        let FieldChange { field, gained, lost } = change;
        let name = |value: &String| match *field {
            "failure" => self.category(value),
            "sector" => self.sector(value),
            _ => value.clone(),
        };
        let names = |values: &[String]| values.iter().map(name).collect::<Vec<_>>().join("; ");
        match (gained.is_empty(), lost.is_empty()) {
            (_, true) => format!("{field}: now {}", names(gained)),
            (true, _) => format!("{field}: no longer {}", names(lost)),
            _ => format!("{field}: now {}; no longer {}", names(gained), names(lost)),
        }
    }

    fn first(&self, first: &FirstInSector) -> Item {
        let sector =
            first.sector.as_deref().map_or("Sector unknown".to_owned(), |id| self.sector(id));
        let why = match first.cause {
            Cause::Source => "",
            Cause::Reading => ", by another reading of the same sources",
        };
        Item {
            head: format!("{sector}: {}", self.category(&first.category)),
            lines: vec![format!("{}{why}", first.cases.join(", "))],
            ..Item::default()
        }
    }
}

fn action(action: ActionType, seen: &Seen) -> String {
    match seen.amount_gbp {
        Some(sum) if action == ActionType::MonetaryPenalty => {
            format!("{} of {}", action.title(), pounds(sum))
        }
        _ => action.title().to_owned(),
    }
}
