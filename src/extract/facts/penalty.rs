//! The penalty imposed, told from what was proposed, possible, or later reduced.

use std::{ops::Range, sync::LazyLock};

use regex::Regex;

use super::{
    number::{COUNT, whole},
    text::{MOST, Text, best, pattern},
};

/// The sum imposed on the party, in pounds.
pub fn imposed(text: &Text<'_>) -> Option<u64> {
    let sums: Vec<(u8, u64)> = sums(text.all)
        .take(MOST)
        .filter_map(|(amount, place)| Some((rank(text, &place)?, amount)))
        .filter(|(rank, _)| *rank > 0)
        .collect();
    best(&sums)
}

/// All sums of pounds with their places: "£80,000", "GBP 2.31 million", "£500.000" of a continental hand.
fn sums(text: &str) -> impl Iterator<Item = (u64, Range<usize>)> {
    static SUM: LazyLock<Regex> = LazyLock::new(|| {
        pattern(&format!(
            r"(?:£|GBP)\s?(?:(?<dots>\d{{1,3}}(?:\.\d{{3}})+)(?-u:\b)|(?i:{COUNT})(?:\.\d\d(?-u:\b))?)"
        ))
    });
    SUM.captures_iter(text).filter_map(|found| {
        let place = found.get(0)?.range();
        let amount = match found.name("dots") {
            Some(dots) => whole(&dots.as_str().replace('.', ""), None),
            None => whole(&found["n"], found.name("unit").map(|unit| unit.as_str())),
        };
        Some((amount?, place))
    })
}

/// How surely a sum is the penalty imposed; nothing where it is another sum.
fn rank(text: &Text<'_>, place: &Range<usize>) -> Option<u8> {
    static IS_PENALTY: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:penalt(?:y|ies)|fined|fines?|fining|pay|payable|sum|impos\w+|cost|costs)\b",
        )
    });
    static STATED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)(?:(?:amount|sum|level) of the (?:final |monetary |administrative )*(?:penalty|fine) (?:is|will be|shall be|to be imposed is|at)|impos(?:e[sd]?|ing|ition of) (?:a|an|the)[^.£]{0,120}|issu(?:e[sd]?|ing) [^.£]{0,120}(?:penalty|fine)[^.£]{0,60}|(?:requires?|to) [^.£]{0,80}pay the (?:information )?commissioner[^.£]{0,30}|fin(?:ed|es|ing) [^.£]{0,120}|(?:penalty|fine)(?: notice)? (?:of|in the (?:sum|amount) of|for|totalling|amounting to)[^.£]{0,30}|penalt(?:y|ies) totalling |(?:penalty|fine)[^.£]{0,80} (?:is|at|to) |[Pp]enalty: ?|(?:must|(?:is|are) (?:required|ordered) to|(?:orders|require[sd]?|ordered) [^£]{3,200}? to) pay [^.£]{0,40}|decide[sd]? (?:up)?on (?:a penalty of )?|concluded that |sum to |pay a |cost the company )(?:a total of |€[\d.,]+ \(|approximately )?$",
        )
    });
    static BEHIND: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^(?:\)|,? \([^)]{0,80}\))? (?:monetary penalty|penalty|fine|administrative fine|for |in respect)",
        )
    });
    static FITTING: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^(?:,? \([^)]{0,120}\))? (?:is|would be) (?:an? )?(?:appropriate|reasonable|proportionate|right|just)\b",
        )
    });
    static FINAL: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:making|amounting to|totalling|in total|total of) $|\b(?:reduc\w+|lower\w*|revis\w+|adjust\w+|decreas\w+|brought)\b[^.]{0,90}\bto (?:a total of |one of |€[\d.,]+ \()?$|\b(?:final(?: penalty)?|amount of the (?:monetary |administrative )?(?:penalty|fine) is)[^.£]{0,60}$|pay the (?:information )?commissioner[^.£]{0,30}$",
        )
    });
    let (before, after) = text.around(place);
    let is_final = FINAL.is_match(before);
    if is_other(before, after, is_final) {
        return None;
    }
    let speaks = |part: &str| IS_PENALTY.is_match(part);
    if is_final && (speaks(before) || speaks(after) || before.contains("ommissioner")) {
        return Some(if PROPOSED.is_match(before) && !has_decided(before) { 2 } else { 5 });
    }
    if FITTING.is_match(after) && !PROPOSED.is_match(before) {
        return Some(5);
    }
    let near = &before[before.ceil_char_boundary(before.len().saturating_sub(220))..];
    let names =
        |part: &str| part.contains("enalt") || part.contains("fine") || part.contains("Fine");
    match (
        STATED.is_match(near),
        BEHIND.is_match(after) && speaks(after.get(..40).unwrap_or(after)),
    ) {
        (true, _) => Some(4),
        (false, true) => Some(3),
        (false, false) if names(before) => Some(1),
        _ => None,
    }
}

/// Sums that are thought of.
static PROPOSED: LazyLock<Regex> = LazyLock::new(|| {
    pattern(
        r"(?i)\b(?:propos\w+|provisional\w*|intent|intend\w*|minded|preliminary|indicat\w+|initial\w*|starting point|first considered|would (?:have been|be|otherwise)|might have|could have|original\w*|before (?:any )?reduction|draft)\b",
    )
});

fn has_decided(before: &str) -> bool {
    static DECIDED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)\b(?:has decided|decided to (?:reduce|impose|set)|therefore (?:reduced|decided)|has reduced|was reduced|reduced (?:the|that|it))\b",
        )
    });
    DECIDED.is_match(before)
}

/// Whether the words around a sum make it another than the penalty imposed.
fn is_other(before: &str, after: &str, is_final: bool) -> bool {
    static BEFORE: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)(?:\b(?:up to|not more than|no more than|at most|in prospect|in view|ceiling|maximum|not exceed\w*|exceeding|statutory cap|higher of|limit of|cap of|turnover|profits?|revenue|income|budget|reserves|assets|fee|charge|made from|ill-gotten|costs? (?:of|order|come)|in costs|surcharge|compensation|spent|invested|worth|by a further|reduc\w+(?: \w+){0,4} by|reduc\w+(?: \w+){0,6} from|down from|lower\w* from|fell from|instead of|rather than|previously|in a previous|earlier (?:fine|penalty)|another (?:company|firm)|payment of|pay in full)\b[^.£]{0,60}|\bfrom (?:an? )?(?:initial |proposed |original )*(?:amount of |sum of |fine of |penalty of )?(?:€[\d.,]+ \()?)$",
        )
    });
    static EARLY: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)(?:\b(?:discount\w*|early payment|prompt payment)\b[^.£]{0,60}|\b(?:if|should|provided|where)\b[^£]{0,240}\b(?:paid|pays?|payment|received?s?)\b[^£]{0,160})$",
        )
    });
    static AFTER: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)^(?:\)|,? \([^)]{0,60}\))?,? ?(?:(?:in )?(?:costs|victim surcharge|surcharge|compensation|turnover|profit)|fee\b|charge\b|would have|will be (?:accepted|taken)|(?:ceiling|maximum|limit|cap)\b|or (?:[24] ?%|four per cent|two per cent)|for (?:early|prompt)|(?:if|provided|where) [^.]{0,60}(?:paid|payment)|to (?:£|€|GBP)|that (?:was|had been) (?:originally )?(?:proposed|intended)|(?:as |was |were |is |had been |which was |originally |initially |first )+(?:proposed|intended|considered|indicated))",
        )
    });
    let near = &before[before.ceil_char_boundary(before.len().saturating_sub(160))..];
    BEFORE.is_match(near) && !is_final
        || EARLY.is_match(before)
        || AFTER.is_match(after)
        || !is_final && PROPOSED.is_match(near) && !is_renewed(near)
}

/// Whether an imposed sum follows the words on a proposed one: "the proposed penalty of £2 million
/// became a penalty of".
fn is_renewed(near: &str) -> bool {
    let Some(found) = PROPOSED.find_iter(near).last() else { return true };
    let rest = &near[found.end()..];
    static RENEWED: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?i)(?:£|GBP).*\b(?:became|imposed?|imposes|issued?|fined|but|however|now|decided)\b|\b(?:has (?:now |therefore )?(?:imposed|decided|fined)|decided to impose|imposes|was fined|requires)\b",
        )
    });
    RENEWED.is_match(rest)
}

#[cfg(test)]
mod tests {
    use super::{super::text::tests::read, *};

    fn found(text: &str) -> Option<u64> {
        let document = read(text);
        imposed(&Text::new(&document))
    }

    #[test]
    fn the_penalty_imposed() {
        for (text, sum) in [
            ("A fine of up to £17.5 million is possible. It was fined £80,000.", 80_000),
            ("The proposed penalty of £2 million became a penalty of £1.5 million.", 1_500_000),
            ("It imposed a £1,472,500.00 penalty.", 1_472_500),
            (
                "Example Ltd must pay £55,000. £44,000 will be accepted if received by 3 May.",
                55_000,
            ),
            ("Penalties of £160,000 and £40,000 are imposed, making £200,000 altogether.", 200_000),
            ("The magistrates fined him £1,150 with a surcharge of £115 and costs of £840.", 1_150),
            ("She was ordered to pay a £450 fine, £364 costs and a £45 surcharge.", 450),
            (
                "A penalty of £780,000 would have been imposed. The Commissioner reduces it by nine-tenths, to £78,000.",
                78_000,
            ),
            (
                "The amount of the penalty is £8,250 (eight thousand two hundred and fifty pounds).",
                8_250,
            ),
            ("The Commissioner requires Example Ltd to pay the Commissioner £60,000.", 60_000),
            ("A fine of GBP 1,940,000 (€2,216,500) was imposed by the ICO.", 1_940_000),
            (
                "The ICO thought a monetary penalty of GBP 640.000 right for such conduct and issued it.",
                640_000,
            ),
            (
                "It had been fined £1,500 by a court. The sum of £60,000 (sixty thousand pounds) is appropriate.",
                60_000,
            ),
            ("From a starting point of £80,000 the fine was brought down to £48,500.", 48_500),
            ("For this the ICO fined the firm €87,310.55 (GBP 74,000) altogether.", 74_000),
            (
                "The ICO imposed a fine of €516,200 (GBP 450,000). At the outset it had in mind €1,376,500 (GBP \
                 1,200,000), which the firm's answer brought down to €917,700 (GBP 800,000). Its poor means led the \
                 ICO to reduce the fine further, to €516,200 (GBP 450,000).",
                450_000,
            ),
            (
                "In the notice of intent the Commissioner proposed a penalty of £120,000. Having considered the \
                 representations, the Commissioner has decided to reduce the penalty to £90,000.",
                90_000,
            ),
            (
                "The monetary penalty is £30,000. Whoever pays all of it before 3 May pays a fifth less, which \
                 is £24,000.",
                30_000,
            ),
            (
                "A monetary penalty of £45,000 was issued. If it is paid by 3 May the penalty is reduced by 20% to \
                 £36,000 for early payment.",
                45_000,
            ),
        ] {
            assert_eq!(found(text), Some(sum), "{text}");
        }
    }

    #[test]
    fn sums_that_are_no_penalty() {
        for text in [
            "The project cost £90,000.",
            "The maximum penalty is £500,000.",
            "A penalty of not more than £500,000 may be imposed.",
            "The Commissioner proposed a penalty of £40,000 and then issued a reprimand.",
            "A penalty of £100,000 would have been appropriate but for its means.",
            "The Trust spent £20,000 on training and had a turnover of £3 million.",
            "A fine of £ was imposed; the sum is blacked out.",
        ] {
            assert_eq!(found(text), None, "{text}");
        }
    }
}
