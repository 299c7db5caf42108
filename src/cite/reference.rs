//! What a reference says, whatever its format.

use jiff::civil::Date;
use url::Url;

use crate::{
    fetch::Store,
    model::{ActionType, Case, DocumentKind, PartialDate},
    taxonomy::split_words,
};

/// Who acts in every case: the name under which its actions are published.
const AUTHOR: &str = "Information Commissioner's Office";

/// One case as a work that can be cited. Every text is one line without control characters, every
/// address percent-encoded, so that formats need only escape what is theirs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reference {
    /// The case's name: unique and stable.
    pub key: String,
    /// Who published it.
    pub author: String,
    /// What it is: "Reprimand", "Monetary penalty notice and enforcement notice".
    pub kind: String,
    /// The party acted against.
    pub party: String,
    /// When, as far as it is known.
    pub date: Option<PartialDate>,
    /// Where it can be read.
    pub url: Option<String>,
    /// Who reports it at that address, where no page of the regulator's own is known.
    pub reported_by: Option<String>,
    /// The notice itself as the regulator published it.
    pub notice_url: Option<String>,
    /// The day on which the address was seen.
    pub accessed: Date,
    /// The regulator's case reference.
    pub number: Option<String>,
    /// SHA-256 of the notice, in lower-case hexadecimal.
    pub sha256: Option<String>,
    /// Where an archive shows the page or the notice.
    pub archived: Option<String>,
    /// Penalty imposed, in pounds sterling.
    pub amount_gbp: Option<u64>,
}

/// What a reference needs beside its case.
#[derive(Debug, Clone, Copy)]
pub struct Desk<'a> {
    /// The regulator's site: only its pages are cited as its own.
    pub site: &'a str,
    /// The day on which addresses are taken to have been seen.
    pub accessed: Date,
    /// The fetched bytes, which know of copies in archives.
    pub store: &'a Store,
}

impl Reference {
    /// The reference of a case.
    #[must_use]
    pub fn of(case: &Case, desk: &Desk<'_>) -> Self {
        let facts = &case.facts;
        let (url, reported_by) = address(case, desk.site);
        let published = facts.page_url.iter().chain(&facts.also_page_urls);
        let mut published = published.chain(&facts.pdf_url).chain(&facts.also_pdf_urls);
        Self {
            key: case.case.clone(),
            author: AUTHOR.to_owned(),
            kind: kind(&facts.action_types),
            party: one_line(case.organisation()),
            date: facts.date,
            url: url.map(encoded),
            reported_by,
            notice_url: facts.pdf_url.as_deref().map(encoded),
            accessed: desk.accessed,
            number: facts.reference.as_deref().map(one_line),
            sha256: sha256(case),
            archived: published.find_map(|address| desk.store.archived_copy(address)),
            amount_gbp: facts.amount_gbp,
        }
    }

    /// "Reprimand: Example School".
    #[must_use]
    pub fn title(&self) -> String {
        format!("{}: {}", self.kind, self.party)
    }

    /// What no field of a format holds, a line each with its name.
    #[must_use]
    pub fn notes(&self) -> Vec<String> {
        let amount = self.amount_gbp.map(|amount| format!("Penalty: GBP {amount}"));
        let notice = self.notice_url.as_ref().map(|address| format!("Notice: {address}"));
        let sha256 = self.sha256.as_ref().map(|hash| format!("SHA-256 of the notice: {hash}"));
        let archived = self.archived.as_ref().map(|address| format!("Archived copy: {address}"));
        [amount, notice, sha256, archived].into_iter().flatten().collect()
    }
}

/// The kinds of action as the titles of their documents.
fn kind(actions: &[ActionType]) -> String {
    let titles: Vec<&str> = actions.iter().copied().map(document).collect();
    let mut kind = match titles[..] {
        [] => document(ActionType::Other).to_owned(),
        [ref first @ .., last] if !first.is_empty() => format!("{} and {last}", first.join(", ")),
        [only, ..] => only.to_owned(),
    };
    kind[..1].make_ascii_uppercase();
    kind
}

const fn document(action: ActionType) -> &'static str {
    match action {
        ActionType::MonetaryPenalty => "monetary penalty notice",
        ActionType::Other => "regulatory action",
        _ => action.title(),
    }
}

/// The register's page, the notice, another page of the regulator; or else where a source reports the
/// case, with its name.
fn address<'c>(case: &'c Case, site: &str) -> (Option<&'c str>, Option<String>) {
    let facts = &case.facts;
    let own = facts.sources.iter().map(|source| &source.url).find(|url| is_on(url, site));
    if let Some(url) = facts.page_url.as_ref().or(facts.pdf_url.as_ref()).or(own) {
        return (Some(url), None);
    }
    let mut sources = facts.sources.iter().filter(|source| Url::parse(&source.url).is_ok());
    let reported = sources.clone().find(|source| names(&source.url, case.organisation()));
    let reported = reported.or_else(|| sources.next());
    (reported.map(|s| s.url.as_str()), reported.map(|source| one_line(&source.name)))
}

/// Whether an address has a word of the party's name, so that its page is about this case and not a
/// collection of many.
fn names(address: &str, party: &str) -> bool {
    const SHORTEST: usize = 4;
    let address = address.to_lowercase();
    split_words(party).any(|word| word.len() >= SHORTEST && address.contains(&word))
}

/// Whether an address is on a site or on a host below it.
fn is_on(address: &str, site: &str) -> bool {
    let host = |address: &str| Some(Url::parse(address).ok()?.host_str()?.to_owned());
    let (Some(host), Some(site)) = (host(address), host(site)) else { return false };
    host.strip_suffix(&site).is_some_and(|below| below.is_empty() || below.ends_with('.'))
}

/// That of the file at the notice's address, or of a notice that was read.
fn sha256(case: &Case) -> Option<String> {
    let read = case.documents.iter().find(|document| document.kind == DocumentKind::Notice);
    case.facts.pdf_sha256.clone().or_else(|| read.map(|document| document.sha256.clone()))
}

/// Text without line breaks, control characters and runs of blanks.
fn one_line(text: &str) -> String {
    let plain = text.replace(char::is_control, " ");
    plain.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// An address in which no character can end a field: what `Url` leaves bare is encoded too.
fn encoded(address: &str) -> String {
    let whole = Url::parse(address).map_or_else(|_| one_line(address), String::from);
    let mut encoded = String::with_capacity(whole.len());
    for c in whole.chars() {
        match c {
            '<' | '>' | '{' | '}' | '\\' | '"' | '^' | '`' | ' ' => {
                encoded.push_str(&format!("%{:02X}", u32::from(c)));
            }
            c => encoded.push(c),
        }
    }
    encoded
}

#[cfg(test)]
pub mod tests {
    use super::*;

    /// A reference with every field, to the party named.
    pub fn to_party(party: &str) -> Reference {
        Reference {
            key: "fennimore".to_owned(),
            author: AUTHOR.to_owned(),
            kind: "Monetary penalty notice".to_owned(),
            party: one_line(party),
            date: "2024-07-02".parse().ok(),
            url: Some("https://ico.org.uk/fennimore_%20&co/".to_owned()),
            reported_by: None,
            notice_url: Some("https://ico.org.uk/media/fennimore.pdf".to_owned()),
            accessed: Date::constant(2026, 11, 25),
            number: Some("IC-100200-A1B2".to_owned()),
            sha256: Some("e2".repeat(32)),
            archived: Some("https://web.archive.org/web/2024/https://ico.org.uk/f".to_owned()),
            amount_gbp: Some(70_000),
        }
    }

    #[test]
    fn several_actions_are_one_title() {
        use ActionType::{EnforcementNotice, MonetaryPenalty, Other, Reprimand};
        assert_eq!(
            kind(&[MonetaryPenalty, EnforcementNotice]),
            "Monetary penalty notice and enforcement notice"
        );
        assert_eq!(
            kind(&[Reprimand, EnforcementNotice, Other]),
            "Reprimand, enforcement notice and regulatory action"
        );
        assert_eq!(kind(&[]), "Regulatory action");
    }

    #[test]
    fn only_the_regulators_own_pages_are_cited_as_its_own() {
        assert!(is_on("https://ico.org.uk/a", "https://ico.org.uk"));
        assert!(is_on("https://cy.ico.org.uk/a", "https://ico.org.uk"));
        assert!(!is_on("https://notico.org.uk/a", "https://ico.org.uk"));
        assert!(!is_on("https://gdprhub.eu/ico.org.uk", "https://ico.org.uk"));
    }

    #[test]
    fn a_page_about_the_case_goes_before_a_collection() {
        assert!(names("https://hub.example/Fennimore_Ltd", "Fennimore and Sons Ltd"));
        assert!(!names("https://code.example/collection", "Fennimore and Sons Ltd"));
    }

    #[test]
    fn no_address_can_end_a_field() {
        assert_eq!(encoded("https://x.example/a b?q={1}>"), "https://x.example/a%20b?q=%7B1%7D%3E");
        assert_eq!(encoded("not an\naddress>"), "not%20an%20address%3E");
    }
}
