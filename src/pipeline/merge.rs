//! The facts of a case from those of its documents.
//!
//! Who, which action and which sector the register states best; when, how much and how many the
//! notice itself. A digest fills what official texts leave open.

use super::{
    Entry, key,
    matching::{Rank, is_plausible},
};
use crate::model::{DateKind, Facts};

/// Facts of the documents of one case, and a sentence on dates that disagree.
pub fn facts(entries: &[&Entry]) -> (Facts, Option<String>) {
    let of = |rank: Rank| {
        let ranked = entries.iter().filter(move |entry| Rank::of(entry) == Some(rank));
        ranked.map(|entry| entry.record.facts.clone()).reduce(Facts::or).unwrap_or_default()
    };
    let (notice, page, digest) = (of(Rank::Notice), of(Rank::Page), of(Rank::Digest));
    let organisation = organisation(&page, &notice, &digest);
    let stated = page.or(digest.clone());
    let conflict = conflict(&notice, &stated);
    let mut facts = stated.clone().or(notice.clone());
    if !stated.action_types.is_empty() {
        // The words of a notice name more actions than it takes.
        facts.action_types = stated.action_types;
    }
    if conflict.is_none() && notice.date.is_some() {
        (facts.date, facts.date_kind) = (notice.date, notice.date_kind);
    }
    facts.amount_gbp = notice.amount_gbp.or(facts.amount_gbp);
    facts.data_subjects = notice.data_subjects.or(facts.data_subjects);
    facts.reference = notice.reference.or(facts.reference);
    add_name(&mut facts.also_known_as, organisation.as_deref(), digest.organisation);
    (Facts { organisation, ..facts }, conflict)
}

/// The register's spelling, or else the notice's; a digest writes the name of a notice's body in
/// better spelling than its capitals.
fn organisation(page: &Facts, notice: &Facts, digest: &Facts) -> Option<String> {
    let is_same = key::same_body(notice, digest);
    let spelt = digest.organisation.as_ref().filter(|_| is_same);
    let names = [page.organisation.as_ref(), spelt, notice.organisation.as_ref()];
    names.into_iter().flatten().next().or(digest.organisation.as_ref()).cloned()
}

/// Keeps a digest's name for the body where an official text calls it something else.
fn add_name(names: &mut Vec<String>, leading: Option<&str>, name: Option<String>) {
    let Some(name) = name else { return };
    let known = names.iter().map(String::as_str).chain(leading);
    if known.map(key::body).all(|known| known != key::body(&name)) {
        names.push(name);
    }
}

/// The date on a notice that cannot be that of the action in the register.
fn conflict(notice: &Facts, stated: &Facts) -> Option<String> {
    let (read, known) = notice.date.zip(stated.date)?;
    let kind = stated.date_kind.unwrap_or(DateKind::Unspecified).title();
    (!is_plausible(read, known)).then(|| {
        format!(
            "the notice seems to be dated {read}, but {known} ({kind}) is stated; {known} is kept"
        )
    })
}
