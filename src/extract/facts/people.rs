//! How many people's data was affected, told from messages, complaints and the size of the body.

use std::{cmp::Reverse, ops::Range, sync::LazyLock};

use regex::Regex;

use super::{
    number::{COUNT, counts_nothing, whole},
    text::{MOST, Text, best, pattern},
};

/// The number of people affected.
///
/// Where the fault is messages, those who got them are counted only where the text counts them as such.
pub fn affected(text: &Text<'_>, has_messages: bool) -> Option<u64> {
    let mut counts: Vec<(u8, u64)> = counts(text.all)
        .take(MOST)
        .filter_map(|(count, place)| Some((rank(text, &place)?, count)))
        .filter(|(rank, _)| !has_messages || *rank > 3)
        .collect();
    counts.extend(estimates(text.all).map(|count| (ESTIMATE, count)));
    // Parts of the whole are counted, too: of equals the largest.
    counts.sort_by_key(|(_, count)| Reverse(*count));
    best(&counts)
}

/// What a text says that the number of people is.
const ESTIMATE: u8 = 7;

/// "The number of guests is thought to be about 1.7 million."
fn estimates(text: &str) -> impl Iterator<Item = u64> {
    static FORM: LazyLock<Regex> = LazyLock::new(|| {
        pattern(&format!(
            r"(?i)\bnumber of (?:affected )?(?:people|individuals|data subjects|customers|guests|patients)(?: affected| concerned)? (?:is|was) (?:thought|estimated|believed|put|known|likely|found)(?: to be)?(?: at)? (?:about |around |some |approximately |at least |over )?{COUNT}"
        ))
    });
    FORM.captures_iter(text)
        .filter_map(|found| whole(&found["n"], found.name("unit").map(|unit| unit.as_str())))
}

/// Every number of people, with its place.
fn counts(text: &str) -> impl Iterator<Item = (u64, Range<usize>)> {
    static FORM: LazyLock<Regex> = LazyLock::new(|| {
        pattern(&format!(
            r"(?i)(?-u:\b){COUNT}\s+(?:of (?:the|its|these|those|their) )?(?:(?-u:[a-z][a-z'-]*)[\s,]+){{0,4}}?(?:data subjects?|individuals|people|persons|customers|patients|employees|workers|residents|tenants|pupils|students|children|teenagers|families|households|service users|users|members|staff|clients|donors|supporters|subscribers|recipients|applicants|candidates|claimants|licensees|victims|witnesses|officers|passengers|guests|players|holders|policyholders|borrowers|visitors|volunteers|learners|parents|adopters|prisoners|offenders|detainees|traders|farmers|veterans|women|men|mothers|babies|survivors|adults|carers|voters|pensioners|participants|respondents|drivers|motorists|followers|contacts|debtors|addresses)(?-u:\b)"
        ))
    });
    // Words between a number and its noun that show it to count something else.
    static BETWEEN: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\s(?:to|from|by|for|in|on|at|were|was|had|which|that|who|than|with|as|calls?|texts?|messages?|e-?mails|complaints?|requests?|files?|records?|documents?|pages?|reports?|hours|days|weeks|months|years|per|numbers?)\s",
        )
    });
    FORM.captures_iter(text).filter_map(|found| {
        let place = found.get(0)?.range();
        if counts_nothing(&found["n"], &text[..place.start]) || BETWEEN.is_match(&found[0]) {
            return None;
        }
        Some((whole(&found["n"], found.name("unit").map(|unit| unit.as_str()))?, place))
    })
}

/// Grammar of being hit: "212 people were affected", "212 people whose data".
static HIT_AFTER: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^[^.;]{0,60}?\b(?:(?:were|was|had been|have been|are|being|potentially|may have been|is) (?:\w+ )?(?:affected|impacted|compromised|at risk)|(?:affected|impacted) by|whose (?:\w+ )?(?:personal )?(?:data|information|details|records))\b|^ (?:affected|impacted)\b|^[’'] (?:\w+ )?(?:personal )?(?:data|information|details|records)\b",
    )
});

/// "affecting 212 people", "the records of some 212 people".
static HIT_BEFORE: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)(?:\b(?:affect(?:ed|ing|s)?|impact(?:ed|ing|s)?|compromis(?:ed|ing)|expos(?:ed|ing)|list(?:ed|ing)|concerning|relating to|in relation to|belonging to|pertaining to|in respect of)|\b(?:data|information|details|records?|files|names|addresses|notes|copies|documents|templates|images|photographs|scans|profiles|credentials|accounts|reports|letters|references|interviews|statements|recordings|payslips|database)\b(?: and [\w -]{1,30})?(?:,? (?:related|relating|belonging|pertaining|concerning|held|stored|given|taken))? ?(?:of|to|about|for|on|from|by|in respect of|relating to)?|\bnumber (?:of (?:\w+ )?(?:people|individuals|data subjects) )?affected(?: was| is| as|:)?) (?:(?:more than|over|some|around|about|approximately|approx\.?|ca\.|roughly|nearly|almost|at least|up to|a total of|as many as|an estimated|in excess of|all|the|these|those|its|their|of|to) ?){0,4}$",
    )
});

static MARKED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:affect\w*|breach\w*|disclos\w+|expos\w+|compromis\w+|exfiltrat\w+|stolen|personal data|leak\w*|reveal\w+|lost|hack\w*|published|special category|sensitive|unlawful\w*|without (?:valid )?consent|failed to|copied|accessible|tagged|tags|surveill\w+|biometric|facial|scann\w+|invisible|identif\w+|incidents?|processing|large scale)\b",
    )
});

/// What a system did with people: "640 pupils were enrolled".
static TREATED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)^[^.;]{0,50}?\b(?:(?:were|was|had been|could be|have been) (?:\w+ )?(?:enrolled|registered|examined|scored|followed|tracked|monitored|tagged|scanned|identified|profiled|screened|recorded|kept waiting|given|named|listed|scraped|matched|assessed|refused|sent|contacted)|registered|enrolled|applied|signed up|used (?:the|it|this)|gave (?:a|their)|had (?:to|(?:an )?accounts?|payslips|profiles))\b",
    )
});

/// "sent to 212 people", "used by 212 people", "refused 212 applicants".
static REACHED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:sent(?: \w+)? (?:on [\w ]{3,20} )?to|received by|sent out to|used by|looked (?:up|at)|emailed|mailing|identif(?:y|ied|ies)|refused|enrolled|tracked|monitored|profiled|scored|fitting|fitted|names?|estimates? that|estimates? that [^.;]{0,40}|estimated,? for|keeps? files on) (?:(?:more than|over|some|around|about|approximately|roughly|nearly|almost|at least|up to|a total of|all|the|these|those|of) ?){0,3}$",
    )
});

/// Addresses that others could see.
static SHOWN: LazyLock<Regex> = LazyLock::new(|| {
    pattern(r"(?i)^[^.;]{0,30}?\b(?:disclosed|exposed|visible|revealed|shared|seen|published)\b")
});

/// Those to whom something went.
static SENT: LazyLock<Regex> =
    LazyLock::new(|| pattern(r"(?i)\b(?:sent|emailed|received)\b[^.;]*$"));

/// How surely a number of people is of those affected; nothing where it counts others.
fn rank(text: &Text<'_>, place: &Range<usize>) -> Option<u8> {
    let (before, after) = text.around(place);
    let words = &text.all[place.clone()];
    if is_other(before, words, after) {
        return None;
    }
    let lower = words.to_lowercase();
    let is_address = lower.ends_with("addresses") || lower.ends_with("recipients");
    let speaks =
        |form: &Regex| form.is_match(before) || form.is_match(words) || form.is_match(after);
    let opens = before.len() < SUBJECT;
    if HIT_AFTER.is_match(after) || HIT_BEFORE.is_match(before) || lower.contains("affected") {
        Some(if is_address { 5 } else { 6 })
    } else if lower.ends_with("data subjects") || lower.ends_with("data subject") {
        Some(5)
    } else if opens && TREATED.is_match(after) || is_address && SHOWN.is_match(after) {
        Some(4)
    } else if words.starts_with(|c: char| c.is_alphabetic()) {
        // "Two people replied" is told of many a person.
        None
    } else if TREATED.is_match(after) || !is_address && speaks(&MARKED) {
        Some(3)
    } else if REACHED.is_match(before) || speaks(&MARKED) {
        Some(2)
    } else {
        (opens && !is_address || SENT.is_match(before)).then_some(1)
    }
}

/// A number within these first bytes of its sentence is its subject: "A total of 7,280 claimants ...".
const SUBJECT: usize = 28;

/// Whether a number counts complaints, staff, calls, those who saw, or what a law says.
fn is_other(before: &str, words: &str, after: &str) -> bool {
    static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)(?:\b(?:complaints?|complain\w*|enquiries|concerns|representations|requests?|responses|queries|replies|statements|evidence|feedback) (?:\w+ ){0,3}?(?:from|by|of|about|relating to|concerning)|\breports (?:from|by)|\b(?:calls?|texts?|messages)\b[^.;]{0,40}? (?:to|from|by)|\b(?:employ(?:s|ed|ing)?|workforce|population|serves?|serving|education (?:for|to)|school (?:for|of)|roll (?:of|is)|roll stood at|membership of|fewer than|less than|staffed by|team of|panel of|capacity|looks? after|supports?|supporting|provides? (?:\w+ ){1,5}(?:to|for)|home to|has|with|comprising|consists? of|headcount|(?:viewed|seen|opened|accessed|read|downloaded|made|raised|reported|written|signed) by|one in|one of)) (?:(?:more than|over|some|around|about|approximately|approx\.?|roughly|nearly|almost|at least|up to|a total of|a|the|all) ?){0,3}$",
        )
    });
    static AFTER: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^,? (?:(?:had |have |has |who |that |also |then |later |subsequently )*(?:complain|raised|objected|contacted the (?:ico|commissioner)|opened|viewed|had access|could (?:access|view)|accessed|signed|volunteered|left|replied|responded|work(?:ed|s|ing)? (?:in|for|on|at)|were (?:interviewed|employed|trained|dismissed|disciplined)|completed|attended)|and \d+ (?:staff|employees))",
        )
    });
    static STAFF: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)(?:full[- ]time|part[- ]time|permanent|other (?:staff|employees)|complainants)$",
        )
    });
    BEFORE.is_match(before) || AFTER.is_match(after) || STAFF.is_match(words)
}

#[cfg(test)]
mod tests {
    use super::{super::text::tests::read, *};

    fn found(text: &str) -> Option<u64> {
        let document = read(text);
        affected(&Text::new(&document), false)
    }

    #[test]
    fn people_affected() {
        for (text, count) in [
            ("The breach affected 1,318 patients.", 1_318),
            ("The attackers read the names of approximately 31,000,000 data subjects.", 31_000_000),
            ("It lost the records of 212 pupils. It has 900 pupils and employs 80 staff.", 212),
            ("Nearly 84,000 subscribers were sent the e-mails.", 84_000),
            ("Roughly 2.6 million people were affected, of whom 400 complained.", 2_600_000),
            ("The personal data of three witnesses was disclosed to the accused.", 3),
            ("It lost 2,140 cards. The number of people is thought to be about 1,700.", 1_700),
            ("An appendix listed 58 pupils. For 17 pupils, notes were disclosed.", 58),
            ("The documents of 1,065 tenants were open. He looked up 39 tenants.", 1_065),
            ("She looked up 447 policyholders out of curiosity.", 447),
            ("Up to 240 children below this age had an account.", 240),
            ("Of 105 recipients, the data of 65 people could be seen.", 65),
            (
                "It has 900 donors. The reports concerning 213 children and two families were lost.",
                213,
            ),
            ("It used the scanner. In all, 640 pupils were enrolled by the school.", 640),
            ("Overall, 265 email addresses were disclosed. Two people replied.", 265),
            ("It gave 864 data subjects no copy of what it held on them.", 864),
        ] {
            assert_eq!(found(text), Some(count), "{text}");
        }
    }

    #[test]
    fn numbers_of_others() {
        for text in [
            "The ICO received complaints from 27 individuals.",
            "The school provides education for around 1,200 students.",
            "The firm employs 300 people.",
            "It made 57,665 calls to 40,000 subscribers.",
            "44 individuals complained about the breach.",
            "The duty does not apply to firms with fewer than 250 employees.",
            "In 2021 people were affected.",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
