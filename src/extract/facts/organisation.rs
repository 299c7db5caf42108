//! Who the action is against.
//!
//! A notice addresses its party; a report tells of it. Where a text does not address anybody, every way
//! in which it may name the party gives a vote, and the name with the most votes wins.

use std::{cmp::Reverse, sync::LazyLock};

use regex::Regex;

use super::{
    name::{NAME, clean, key},
    names,
    text::{Text, pattern},
};

/// The party's name as the text writes it.
pub fn find(text: &Text<'_>) -> Option<String> {
    let head = text.head;
    let addressed = addressed(head);
    addressed
        .or_else(|| stated(head).or_else(|| elected(text)).map(|name| names::fullest(head, name)))
}

/// "TO: Example Trust"; of an office holder, the body that the line "OF:" names.
fn addressed(head: &str) -> Option<String> {
    static TO: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?m)^\s*(?:TO|To|Given to|Issued to|Party|PARTY|Body|Respondent|Recipient|Organisation|Data [Cc]ontroller|Controller|Addressee)\s?:\s*(?<name>[^\n]{3,200}?)\s*$",
        )
    });
    static OF: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?m)^\s*(?:OF|Of)\s?:\s*(?:The |the )?(?<name>[^\n,\d]{4,80}),")
    });
    let line = TO.captures(head)?;
    let name = names::without_definition(&line["name"]);
    if is_office(name) {
        let body = OF.captures(head).and_then(|found| clean(&found["name"]));
        if let Some(body) = body.filter(|body| !is_street(body)) {
            return Some(body);
        }
    }
    let name = name.trim_end_matches([',', '.', ' ', ';']);
    (!name.is_empty() && !names::is_gap(name)).then(|| name.to_owned())
}

/// Whether a line names a holder of an office, who stands for a body.
fn is_office(name: &str) -> bool {
    const OFFICES: [&str; 8] = [
        "secretary of state",
        "chief executive",
        "managing director",
        "data protection officer",
        "head teacher",
        "headteacher",
        "principal of",
        "vice-chancellor",
    ];
    let lower = name.to_lowercase();
    OFFICES.iter().any(|office| lower.contains(office))
}

fn is_street(name: &str) -> bool {
    const STREETS: [&str; 9] =
        ["street", "road", "lane", "avenue", "house", "building", "square", "floor", "centre"];
    let lower = name.to_lowercase();
    STREETS.iter().any(|street| lower.ends_with(street) || lower.contains(&format!("{street} ")))
}

/// The formulas of notices and letters.
fn stated(head: &str) -> Option<String> {
    static FORMS: LazyLock<Vec<Regex>> = LazyLock::new(|| {
        [
            r"(?:issues?|issued|issuing|give|gives) (?:a|this|the) (?:formal )?reprimand to (?:the )?(?<name>NAME)",
            r"(?:reprimand|(?:penalty|enforcement) notice) (?:is )?(?:addressed|issued|given|sent) to (?:the )?(?<name>NAME)",
            r"(?:issue|issues|issued|serve|serves|served) (?:the )?(?<name>NAME)(?: \([^)]{1,80}\))? with (?:a|an|this) (?:formal )?(?:monetary |administrative )?(?:penalty|enforcement|reprimand|fine|notice)",
            r"requires? (?:the )?(?<name>NAME)(?: \([^)]{1,80}\))? to pay",
            r"(?m)^(?:Reprimand|REPRIMAND|Monetary penalty notice|Enforcement notice)(?: to|:| [-–])\s+(?:the )?(?<name>NAME)\s*$",
            r"decided to (?:issue a reprimand to|reprimand|require|fine) (?:the )?(?<name>NAME)",
            r"reprimand (?:is|has been|was) (?:hereby )?(?:issued|given|addressed|sent) to (?:the )?(?<name>NAME)",
            r"(?m)(?:^|[.,] )(?:The |the )?(?<name>NAME)(?: \([^)]{1,80}\))? is (?:hereby )?reprimanded",
            r"(?:[Cc]ommissioner|[Ii]nvestigation)[^.\n]{0,120}? reprimands? (?:the )?(?<name>NAME)",
            r"Commissioner (?:hereby |now )?reprimands (?:the )?(?<name>NAME)",
        ]
        .iter()
        .map(|form| pattern(&form.replace("NAME", NAME)))
        .collect()
    });
    FORMS.iter().find_map(|form| form.captures_iter(head).find_map(|found| clean(&found["name"])))
}

/// A way to name the party, with its weight.
struct Vote {
    weight: u32,
    form: Regex,
}

fn votes() -> &'static [Vote] {
    static VOTES: LazyLock<Vec<Vote>> = LazyLock::new(|| {
        const DEFINED: &str = r"(?: ?\([^)\n]{1,80}\))?";
        [
            // "has fined Marlow-based lender Example Ltd"
            (6, r"(?:fined|fines|fining|reprimanded|reprimands|prosecuted|prosecutes) (?:the |an? )?(?:\p{Lu}[\w’]*-based )?(?:[a-z][\w’-]* ){0,5}?(?<name>NAME)"),
            // "a fine of £250,000 on Example Ltd", "an enforcement notice to the Example Office"
            (6, r"(?:penalt(?:y|ies)|[Ff]ines?|[Rr]eprimands?|[Nn]otices?|[Aa]ction)(?: (?:[a-z][\w-]*|[£€][\d.,]+\w*|GBP [\d.,]+|\([^)]{0,60}\))){0,9}? (?:on|to|against) (?:the )?(?<name>NAME)"),
            (6, r"(?<name>NAME)DEFINED,? (?:has|have|had|was|were|is|are) (?:now |also |already )?(?:been )?(?:fined|reprimanded|prosecuted|ordered|issued with|served with|given an?|found guilty|convicted|sentenced)"),
            (9, r"(?<name>NAME), (?:aged )?\d\d,? "),
            // What a letter calls "the Council" is its party.
            (7, r"(?<name>NAME),?\s{1,2}\((?:[“\x22‘'’]\s?)?[Tt]he (?:[Cc]ouncil|[Tt]rust|[Cc]ompany|[Ff]irm|[Cc]harity|[Ss]chool|[Cc]ollege|[Uu]niversity|[Ff]orce|[Bb]oard|[Dd]epartment|[Aa]ssociation|[Pp]ractice|[Ss]urgery|[Ss]ociety|[Bb]ank|[Uu]nion|[Aa]cademy|[Cc]ommission|[Aa]uthority|[Oo]ffice|[Ss]ervice|[Ff]und|[Pp]arty|[Oo]rganisation|[Hh]ospital|[Aa]gency|[Ii]nspectorate|[Pp]artnership|[Ff]oundation|[Cc]lub)"),
            (7, r"[“\x22‘][Tt]he [A-Z][a-z]+[”\x22’] (?:is|means) (?:the )?(?<name>NAME)"),
            (4, r"\A(?:[Cc]ase note:? |ICO(?: \(UK\))? ?[-/–] )?(?:The )?(?<name>NAME) ?(?:[:(–/-]|$)"),
            (6, r"(?<name>NAME),? \([“\x22‘'’]?(?:[Tt]he )?[“\x22‘'’]?(?:data )?controller"),
            (6, r"(?:[Tt]he|data) controller(?: in this case)?,? (?:is|was)(?: the)? (?<name>NAME)"),
            // The facts of a summary begin with their party.
            (3, r"(?m)^Facts\s+(?:The )?(?<name>NAME)"),
            (5, r"(?m)^(?<name>NAME) (?:fined|reprimanded|ordered|prosecuted|warned)\b"),
            (5, r"(?:issued|served|sent)(?: with)? (?:to )?(?:the )?(?<name>NAME) (?:with )?an? (?:\d+ day )?(?:[Ee]nforcement|[Rr]eprimand|[Mm]onetary|[Pp]enalty|fine)"),
            (4, r"(?:investigat(?:ed|ing|ion into|ion of|ion against)|proceedings against|[Bb]reach(?:es)? by|[Ii]nfringements? by|[Cc]ontraventions? (?:of [^.\n]{0,60})?by|failures? by|held that|holds that|found that|finds that|concluded? that|satisfied that|failings at|failures at|breach at) (?:the )?(?<name>NAME)"),
            (3, r"(?<name>NAME)DEFINED (?:has |had |have |also )?(?:infringed|infringes|contravened|breached|violated|failed|fails)"),
            (2, r"(?m)^(?:The )?(?<name>NAME)DEFINED,? (?:is|are|was|offers|operates|provides|sells?|advertises|processes|collects|trades)\b"),
            (1, r"(?m)(?:^|[.!?] )(?:The )?(?<name>NAME) (?:also |had |has |then )?[a-z]+(?:ed|s)\b"),
            (2, r"(?<name>NAME (?:Limited|Ltd|LTD|LLP|plc|PLC|Inc|LLC|Council|Trust|School|College|University|Academy|Police|Constabulary|Association|Hospitals?|Surgery|Commission|Office|Ministry|Society|Union|Charity|Service))\b"),
            (1, r"(?<name>NAME) \([“\x22‘'’]?[A-Z][\w.]{1,14}[”\x22’']?\)"),
            (5, r"(?<name>(?:A|An) (?:former |ex-)?[a-z][^.,\n]{3,110}?),?(?: (?:who|whose) [^.\n]{3,120}?,?)? (?:has|have|was|is) (?:been )?(?:fined|prosecuted|convicted|sentenced|found guilty|given|pleaded|admitted|ordered)"),
        ]
        .into_iter()
        .map(|(weight, form)| Vote { weight, form: pattern(&form.replace("DEFINED", DEFINED).replace("NAME", NAME)) })
        .collect()
    });
    &VOTES
}

/// One body with what speaks for it.
struct Candidate {
    name: String,
    key: String,
    /// Place of its first mention.
    first: usize,
    votes: u32,
}

/// The name with the most votes, in its fullest form.
fn elected(text: &Text<'_>) -> Option<String> {
    let opening = text.opening();
    let mut candidates: Vec<Candidate> = Vec::new();
    for vote in votes() {
        for found in vote.form.captures_iter(opening).take(MOST) {
            let Some(name) = found.name("name") else { continue };
            let is_person = name.as_str().starts_with("A ") || name.as_str().starts_with("An ");
            let is_described = is_person && name.as_str().contains(char::is_lowercase);
            let written = if is_described && !has_capitals(name.as_str()) {
                Some(name.as_str().to_owned())
            } else {
                clean(name.as_str())
            };
            let is_firm = is_described && FIRMS.iter().any(|word| name.as_str().contains(word));
            if let Some(written) = written.filter(|_| !is_firm) {
                add(&mut candidates, written, name.start(), vote.weight);
            }
        }
    }
    for line in text.opening_blocks().take(HEADINGS) {
        // A heading that is a name and no more.
        let whole =
            WHOLE.find(line).filter(|found| found.len() == line.len() && line.contains(' '));
        if let Some(name) = whole.and_then(|_| clean(line)) {
            add(&mut candidates, name, 0, HEADING);
        }
    }
    let short_names: Vec<(String, String)> = candidates
        .iter()
        .filter_map(|c| Some((names::defined_short(opening, &c.name)?, c.key.clone())))
        .collect();
    merge(&mut candidates, &short_names);
    for candidate in &mut candidates {
        let mentions = opening.matches(candidate.name.as_str()).take(MENTIONS).count();
        candidate.votes += u32::try_from(mentions).unwrap_or(0);
    }
    candidates.retain(|candidate| is_used(opening, &candidate.name));
    let best = candidates.into_iter().max_by_key(|c| (c.votes, Reverse(c.first)))?;
    (best.votes > SINGLE).then_some(best.name)
}

/// Words by which a report describes a firm, where "a former nurse" describes a person.
const FIRMS: [&str; 7] =
    [" firm", " company", " business", " lender", " retailer", " trust", " charity"];

/// A name, to be tried at the beginning of a line.
static WHOLE: LazyLock<Regex> = LazyLock::new(|| pattern(&format!("^{NAME}")));

/// Blocks at the head of a page that may be its title.
const HEADINGS: usize = 4;

/// Votes for a title that looks like a name.
const HEADING: u32 = 3;

/// Matches of one form that are looked at: a hostile text may hold any number.
const MOST: usize = 40;

/// Mentions beyond these say nothing more.
const MENTIONS: usize = 6;

/// Votes of a name that only stands there once, defined or at the head of a sentence.
const SINGLE: u32 = 2;

/// Whether a single word is a name and not the capital of a sentence: it stands inside one, too.
fn is_used(text: &str, name: &str) -> bool {
    name.contains(' ')
        || text.match_indices(name).take(MOST).any(|(at, _)| {
            let before = text[..at].trim_end_matches(['“', '‘', '"', '(']);
            let word = before.trim_end();
            word.len() < before.len() && word.ends_with(|c: char| c.is_lowercase() || c == ',')
        })
}

fn has_capitals(name: &str) -> bool {
    name.split(' ').skip(1).any(|word| word.starts_with(char::is_uppercase))
}

fn add(candidates: &mut Vec<Candidate>, name: String, first: usize, weight: u32) {
    let key = key(&name);
    match candidates.iter_mut().find(|candidate| candidate.key == key) {
        Some(known) => {
            known.votes += weight;
            if name.len() > known.name.len() {
                known.name = name;
            }
            known.first = known.first.min(first);
        }
        None => candidates.push(Candidate { name, key, first, votes: weight }),
    }
}

/// Gives the votes of short forms ("Example", "EXL") to the full name ("Example Lending Ltd").
fn merge(candidates: &mut Vec<Candidate>, short_names: &[(String, String)]) {
    let is_short_of = |short: &str, full: &str| {
        full.len() > short.len()
            && (full.starts_with(&format!("{short} "))
                || short_names.iter().any(|(name, of)| key(name) == short && of == full))
    };
    let mut at = 0;
    while at < candidates.len() {
        let full = (0..candidates.len())
            .filter(|other| is_short_of(&candidates[at].key, &candidates[*other].key))
            .max_by_key(|other| candidates[*other].votes);
        match full {
            Some(full) => {
                candidates[full].votes += candidates[at].votes;
                candidates[full].first = candidates[full].first.min(candidates[at].first);
                candidates.remove(at);
            }
            None => at += 1,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{super::text::tests::read, *};

    fn found(text: &str) -> Option<String> {
        let document = read(text);
        find(&Text::new(&document))
    }

    #[test]
    fn recipients_of_notices() {
        for (text, name) in [
            ("TO: Example Trust (“the Trust”)\n", "Example Trust"),
            ("TO: Example Academy\n\nOF: a road", "Example Academy"),
            (
                "To: The Secretary of State for Rivers\n\nOf: The Rivers Office, 3 Bank Street, London\n",
                "Rivers Office",
            ),
            (
                "The Commissioner issues a reprimand to the Example Council (EC) in accordance",
                "Example Council",
            ),
            (
                "The Commissioner has decided to issue Example Direct Ltd (“EDL”) with a monetary penalty.",
                "Example Direct Ltd",
            ),
        ] {
            assert_eq!(found(text).as_deref(), Some(name), "{text}");
        }
    }

    #[test]
    fn parties_of_reports() {
        for (text, name) in [
            (
                "The UK DPA (ICO) fined Example Lending Ltd £20,000 for unsolicited calls.",
                "Example Lending Ltd",
            ),
            (
                "The ICO has fined Marlow-based company Example Glass Ltd £9,000.",
                "Example Glass Ltd",
            ),
            (
                "On 6 May 2022, Tarn Law LLP (controller) suffered an attack. By its lax security, said the DPA, \
                 the controller had infringed Article 32 GDPR.",
                "Tarn Law LLP",
            ),
            (
                "The Marlow Office ('MO') is a department. The ICO found that MO contravened Article 15. It \
                 served the MO an Enforcement Notice.",
                "Marlow Office",
            ),
            (
                "English Summary\n\nFacts\n\nThe Marlow Alliance has sent e-mails. The ICO fined the party.",
                "Marlow Alliance",
            ),
            ("Rushford School has been reprimanded by the ICO.", "Rushford School"),
            (
                "A former council worker has been fined for reading records.",
                "A former council worker",
            ),
        ] {
            assert_eq!(found(text).as_deref(), Some(name), "{text}");
        }
    }

    #[test]
    fn no_party_is_named() {
        for text in [
            "The ICO issued a reprimand. The controller failed to complete a DPIA.",
            "The Information Commissioner found that the school infringed Article 35 UK GDPR.",
            "TO: [redacted]\n",
            "The Council failed. The ICO issued a reprimand to the Council.",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
