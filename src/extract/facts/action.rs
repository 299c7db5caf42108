//! Which kinds of action a document takes or reports.

use std::sync::LazyLock;

use regex::Regex;

use super::{
    earlier,
    text::{Text, pattern},
};
use crate::model::{ActionType, PartialDate};

/// A text of fewer bytes is a report that may tell of two actions at once.
const BRIEF: usize = 2000;

/// The kinds, the leading one first; `date` is that of the action, where it is known.
pub fn kinds(text: &Text<'_>, date: Option<PartialDate>) -> Vec<ActionType> {
    if is_prosecution(text) {
        return vec![ActionType::Prosecution];
    }
    let mut kinds = registered(text.head);
    if kinds.is_empty() && text.is_short() {
        kinds = named(title(text));
        for kind in taken(text, date) {
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
    }
    if kinds.is_empty() {
        kinds = named(text.opening());
    }
    kinds.truncate(if text.all.len() < BRIEF || text.is_short() { 2 } else { 1 });
    kinds
}

/// "Type Monetary penalties, Enforcement notices" of a copied page of the register.
fn registered(head: &str) -> Vec<ActionType> {
    static TYPE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"\bType\s?:?\s+(?<types>(?:(?:Monetary penalt|Enforcement notice|Reprimand|Prosecution|Undertaking|Warning)\w*(?:,\s*)?)+)",
        )
    });
    let types =
        TYPE.captures(head).map_or("", |found| found.name("types").map_or("", |t| t.as_str()));
    types.split(',').filter_map(ActionType::from_register).collect()
}

/// The first line, if it is a heading.
fn title<'a>(text: &Text<'a>) -> &'a str {
    const LONGEST: usize = 200;
    let first =
        text.opening_sentences().next().filter(|line| !line.ends_with('.')).unwrap_or_default();
    if first.len() < LONGEST { first } else { &first[..first.floor_char_boundary(LONGEST)] }
}

/// A court has judged, or is to.
fn is_prosecution(text: &Text<'_>) -> bool {
    static COURT: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?i)\b(?:magistrates['’]? court|crown court|sheriff court|magistrates)\b")
    });
    static JUDGED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:pleaded guilty|pled guilty|pleading guilty|found guilty|convicted|sentenced|prosecuted|prosecution|victim surcharge|suspended sentence|conditional discharge)\b",
        )
    });
    static GUILTY: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?i)\b(?:guilty|convicted|sentenced|victim surcharge|surcharge)\b")
    });
    static NOTICE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:issues? a reprimand|monetary penalty notice|penalty notice|enforcement notice)\b",
        )
    });
    let opening = text.opening();
    // A notice that tells of an earlier trial is none of that court's.
    static TITLE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(r"(?im)^\s*(?:reprimand|(?:monetary )?penalty notice|enforcement notice)\s*$")
    });
    !TITLE.is_match(text.head)
        && COURT.is_match(opening)
        && JUDGED.is_match(opening)
        && (!NOTICE.is_match(opening) || text.is_short() && GUILTY.is_match(opening))
}

/// What a report says that the regulator did, but for what it did to the party before.
fn taken(text: &Text<'_>, date: Option<PartialDate>) -> Vec<ActionType> {
    static FORMS: LazyLock<[(Regex, ActionType); 6]> = LazyLock::new(|| {
        [
            (
                pattern(
                    r"(?i)\b(?:fined|fines|fining)\b|\b(?:impos|issu|serv|hand|levi|giv)\w+[^.]{0,80}\b(?:fine|monetary penalt(?:y|ies)|penalt(?:y|ies))\b|\b(?:fine|penalty)\b[^.]{0,60}\b(?:was|has been|were|is) (?:imposed|issued)|\b(?:fine|penalty)(?: notice)? of (?:£|€|GBP|approx)|£[\d.,]+(?: ?(?:million|m))? (?:fine|penalty|monetary)|\b(?:must|ordered to|orders [^.]{3,160} to|required to) pay [^.]{0,50}£|\bICO (?:fine|penalty)\b|conditions (?:of|for|under|in)[^.]{0,40}section 55A[^.]{0,40} (?:are|were|have been) met|monetary penalty notice|\bfine: £",
                ),
                ActionType::MonetaryPenalty,
            ),
            (
                pattern(
                    r"(?i)\breprimanded\b|\breprimands \w|\b(?:issu|giv|gave|serv|receiv)\w*[^.]{0,60}\breprimands?\b|\breprimand (?:was|has been|is|to|against|in respect|for)\b",
                ),
                ActionType::Reprimand,
            ),
            (
                pattern(
                    r"(?i)\b(?:issu|serv|giv|gave|impos|receiv)\w*[^.]{0,80}\benforcement notices?\b|\benforcement notice (?:was|has been|is|requir|order|to|against)|\b(?:ico|commissioner|dpa)\b[^.]{0,40}\b(?:therefore |now )?(?:requires|ordered|orders) (?:that )?[^.]{0,90}(?:within|to (?:stop|cease|delete|bring|take|suspend|end|destroy|erase))|\bby notice of [^.]{0,60} has [^.]{0,20}(?:months|days|weeks) to\b",
                ),
                ActionType::EnforcementNotice,
            ),
            (
                pattern(
                    r"(?i)\b(?:signed|gave|given|agreed to(?: sign)?)\b[^.]{0,40}\bundertaking\b",
                ),
                ActionType::Undertaking,
            ),
            (
                pattern(r"(?i)\b(?:issu|giv|gave)\w*[^.]{0,60}\bwarning\b(?:[^.]{0,20}letter)?"),
                ActionType::Warning,
            ),
            (pattern(r"(?i)\bprosecuted\b"), ActionType::Prosecution),
        ]
    });
    static NOT_SO: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:intent|preliminary|propos\w+|provisional\w*|previous\w*|already|earlier|may (?:be|face|issue|impose)|might|could (?:have|be|face|impose)|would|if|whether|maximum|up to|power to|powers|can (?:issue|impose|fine)|should|intends?|fined (?:other|similar)|warned|instead of|rather than|no|not|against a|considered)\b",
        )
    });
    let mut found: Vec<(bool, usize, ActionType)> = Vec::new();
    let sentences = text.opening_sentences().enumerate();
    for (at, sentence) in sentences.filter(|(_, sentence)| !earlier::tells(sentence, date)) {
        for (form, action) in FORMS.iter() {
            let Some(said) = form.find(sentence) else { continue };
            let start = sentence.floor_char_boundary(said.start().saturating_sub(60));
            let near = &sentence[start..said.end()];
            if !NOT_SO.is_match(near) && !found.iter().any(|(.., known)| known == action) {
                // A warning besides another action is the lesser one.
                found.push((*action == ActionType::Warning, at, *action));
            }
        }
    }
    found.sort_by_key(|(is_lesser, at, _)| (*is_lesser, *at));
    found.into_iter().map(|(.., action)| action).collect()
}

/// The kinds named in the headings and opening of a document, each once.
fn named(opening: &str) -> Vec<ActionType> {
    const NAMES: [(&str, ActionType); 12] = [
        ("reprimand", ActionType::Reprimand),
        ("monetary penalt", ActionType::MonetaryPenalty),
        ("penalty notice", ActionType::MonetaryPenalty),
        (" fined ", ActionType::MonetaryPenalty),
        ("ico fine", ActionType::MonetaryPenalty),
        ("ico penalty", ActionType::MonetaryPenalty),
        ("enforcement notice", ActionType::EnforcementNotice),
        ("prosecuted", ActionType::Prosecution),
        ("undertaking to ", ActionType::Undertaking),
        ("undertaking:", ActionType::Undertaking),
        ("undertaking by", ActionType::Undertaking),
        ("warning under", ActionType::Warning),
    ];
    let lower = opening.to_lowercase();
    let mut found: Vec<(usize, ActionType)> =
        NAMES.iter().filter_map(|(name, action)| Some((lower.find(name)?, *action))).collect();
    found.sort_unstable();
    let mut kinds: Vec<ActionType> = Vec::new();
    for (_, action) in found {
        if !kinds.contains(&action) {
            kinds.push(action);
        }
    }
    kinds
}

#[cfg(test)]
mod tests {
    use super::{super::text::tests::read, *};

    fn found(text: &str) -> Vec<&'static str> {
        let document = read(text);
        kinds(&Text::new(&document), "2024".parse().ok()).into_iter().map(ActionType::id).collect()
    }

    #[test]
    fn what_was_done() {
        for (text, expected) in [
            ("The ICO fined Example Ltd £20,000.", vec!["monetary-penalty"]),
            ("The DPA imposed the fine on the Ministry.", vec!["monetary-penalty"]),
            (
                "A preliminary enforcement notice was sent. The ICO then issued a reprimand to the Council.",
                vec!["reprimand"],
            ),
            (
                "The Commissioner served an enforcement notice on the firm. It was fined £3,000.",
                vec!["enforcement-notice", "monetary-penalty"],
            ),
            (
                "A former nurse pleaded guilty at Marlow Magistrates’ Court and was fined £400 with £600 costs.",
                vec!["prosecution"],
            ),
            ("The Trust signed an undertaking to train its staff.", vec!["undertaking"]),
            ("Example Ltd: ICO penalty for cookies\n\nIt set cookies.", vec!["monetary-penalty"]),
            (
                "Example Ltd\n\nDate 4 May 2021\n\nType Enforcement notices, Reprimands\n\nIt failed.",
                vec!["enforcement-notice", "reprimand"],
            ),
            ("Fine: £9,000, decision of 4 May 2024.", vec!["monetary-penalty"]),
            (
                "In May 2023, the ICO ordered Example Ltd to suspend the transfers.",
                vec!["enforcement-notice"],
            ),
            (
                "By notice of 3 May 2024 the firm has three months to end the scans.",
                vec!["enforcement-notice"],
            ),
            (
                "Monetary penalty notice\n\nTO: Example Ltd\n\nIt was convicted at Marlow Magistrates' Court, \
                 found guilty and fined £300, for ignoring a letter.",
                vec!["monetary-penalty"],
            ),
            ("The firm could face a penalty if it does so again.", vec![]),
        ] {
            assert_eq!(found(text), expected, "{text}");
        }
    }
}
