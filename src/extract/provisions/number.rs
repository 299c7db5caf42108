//! "5(1)(f)": the number of a provision and its paragraphs, also as a scanner misreads them.

use super::heads::{Unit, is_misread_five};

/// Deeper paragraphs than any law has.
const DEEPEST: usize = 6;

/// Digits of the longest number, such as "section 170".
const MOST_DIGITS: usize = 3;

/// Bytes before a number in which a bracket may have been opened.
const LONGEST_BRACKET: usize = 200;

/// Words behind a number that show it to be no provision: "section 12 months later".
const MEASURES: [&str; 36] = [
    "months", "month", "days", "day", "hours", "hour", "years", "year", "weeks", "week", "minutes",
    "pages", "people", "individuals", "calls", "emails", "texts", "messages", "records", "data",
    "million", "working", "complaints", "per", "january", "february", "march", "april", "may",
    "june", "july", "august", "september", "october", "november", "december",
];

/// "32", "21A", "2l" for 21, "S" for 5; with the offset behind it.
pub fn read_number(text: &str, start: usize, unit: Unit) -> Option<(String, usize)> {
    let rest = &text[start..];
    if is_misread(rest) {
        return Some(("5".to_owned(), start + 1));
    }
    let token = &rest[..run(rest, |c| c.is_ascii_alphanumeric())];
    let number = repaired(token)?;
    let behind = &rest[token.len()..];
    let follows = behind.chars().next();
    let goes_on = match follows {
        Some('.') => behind[1..].starts_with(|c: char| c.is_ascii_digit()) && unit != Unit::Article,
        Some(',') => run(&behind[1..], |c| c.is_ascii_digit()) == 3,
        Some(')') => !is_inside_brackets(&text[..start]),
        Some('%' | '°') => true,
        Some(c) => c.is_alphanumeric(),
        None => false,
    };
    let (number, length) = match parted_letter(behind, unit) {
        Some(letter) if number.ends_with(|c: char| c.is_ascii_digit()) => {
            (format!("{number}{letter}"), token.len() + 2)
        }
        _ => (number, token.len()),
    };
    (!goes_on && !is_measure(behind)).then(|| (number, start + length))
}

/// The letter of "regulation 21 B of PECR".
fn parted_letter(behind: &str, unit: Unit) -> Option<char> {
    let rest = behind.strip_prefix(' ').filter(|_| unit == Unit::Regulation)?;
    let letter = rest.chars().next().filter(char::is_ascii_uppercase)?;
    let after = &rest[1..];
    let stops = [" of ", " and ", " PECR", " (", "(", ".", ",", ";", ")"];
    (after.is_empty() || stops.iter().any(|stop| after.starts_with(stop))).then_some(letter)
}

/// Whether a bracket is open, so that the next one closes it: "(Article 32)", but not "2) the next item".
fn is_inside_brackets(before: &str) -> bool {
    let near = before.bytes().rev().take(LONGEST_BRACKET);
    near.scan(0_i32, |depth, byte| {
        *depth += i32::from(byte == b'(') - i32::from(byte == b')');
        Some(*depth > 0)
    })
    .any(|is_open| is_open)
}

fn is_misread(rest: &str) -> bool {
    rest.starts_with(['S', 's']) && is_misread_five(rest.as_bytes())
}

fn run(text: &str, belongs: impl Fn(char) -> bool) -> usize {
    text.find(|c| !belongs(c)).unwrap_or(text.len())
}

fn is_measure(behind: &str) -> bool {
    let Some(next) = behind.strip_prefix(' ') else { return false };
    let word = &next[..run(next, |c| c.is_ascii_alphabetic())];
    // "section 38 Data Protection Act 2018".
    const ACT: &str = "data protection";
    let names_act = next.get(..ACT.len()).is_some_and(|start| start.eq_ignore_ascii_case(ACT));
    !names_act && word.len() <= 12 && MEASURES.contains(&word.to_ascii_lowercase().as_str())
}

/// Digits with misread ones put right, then at most two letters.
fn repaired(token: &str) -> Option<String> {
    let mut number = String::new();
    let mut letters = token;
    while let Some(c) = letters.chars().next() {
        let digit = match c {
            '0'..='9' => c,
            'l' | 'I' if !number.is_empty() => '1',
            'O' | 'o' if !number.is_empty() => '0',
            'S' if !number.is_empty() => '5',
            _ => break,
        };
        number.push(digit);
        letters = &letters[1..];
    }
    let fits_digits = (1..=MOST_DIGITS).contains(&number.len()) && !number.starts_with('0');
    let fits_letters = match letters.as_bytes() {
        [] | [b'a'..=b'e'] => true,
        letters => letters.len() <= 2 && letters.iter().all(u8::is_ascii_uppercase),
    };
    number.push_str(&letters.to_ascii_uppercase());
    (fits_digits && fits_letters).then_some(number)
}

/// "(1)(f)" with or without blanks, "paragraph 1, point (f)", ".1.f"; with the offset behind.
pub fn read_paragraphs(text: &str, start: usize, unit: Unit, number: &str) -> (Vec<String>, usize) {
    let (mut found, mut end): (Vec<String>, usize) = (Vec::new(), start);
    while found.len() < DEEPEST {
        let read = bracketed(text, end, !found.is_empty())
            .or_else(|| worded(text, end))
            .or_else(|| loose(text, end, unit, !found.is_empty()));
        let Some((inner, behind)) = read else { break };
        let Some(paragraph) = mended(inner, found.len(), unit, number) else { break };
        found.push(paragraph);
        end = behind;
    }
    (found, end)
}

/// "(f)", or "(f" whose closing bracket the scanner lost.
fn bracketed(text: &str, start: usize, is_deep: bool) -> Option<(&str, usize)> {
    let open = start + text[start..].strip_prefix(' ').map_or(0, |_| 1);
    let inner = text[open..].strip_prefix('(')?;
    let inner = inner.strip_prefix(' ').unwrap_or(inner);
    let at = text.len() - inner.len();
    let length = run(inner, |c| c.is_ascii_alphanumeric());
    let behind = &inner[length..];
    let closed = behind.strip_prefix(' ').unwrap_or(behind).strip_prefix(')');
    match closed {
        Some(after) if (1..=5).contains(&length) => {
            Some((&inner[..length], text.len() - after.len()))
        }
        None if is_deep && lacks_bracket(inner) => Some((&inner[..1], at + 1)),
        _ => None,
    }
}

/// "(f GDPR", "(f(" or "(fGDPR".
fn lacks_bracket(inner: &str) -> bool {
    let Some(after) = inner.strip_prefix(|c: char| c.is_ascii_lowercase()) else { return false };
    let word = &after[..run(after, char::is_alphanumeric)];
    word.starts_with(|c: char| c.is_ascii_uppercase())
        || ["", "of", "and", "which", "or", "the"].contains(&word)
            && !after.starts_with(['\'', '’', '-'])
}

/// ", paragraph 1", " point (f)", " paragraph (2)".
fn worded(text: &str, start: usize) -> Option<(&str, usize)> {
    let rest = text[start..].trim_start_matches([',', ' ']);
    let word = &rest[..run(rest, |c| c.is_ascii_alphabetic() || c == '-')];
    if Unit::of(word) != Some(Unit::Paragraph) || rest.len() == text[start..].len() {
        return None;
    }
    let at = text.len() - rest.len() + word.len();
    let gap = text[at..].len() - text[at..].trim_start_matches([' ', '.']).len();
    let inner = &text[at + gap..];
    let length = run(inner, |c| c.is_ascii_alphanumeric());
    let whole = (1..=3).contains(&length) && gap > 0;
    if whole { Some((&inner[..length], at + gap + length)) } else { bracketed(text, at, false) }
}

/// "5(1)f" and, of articles, "5.1.f".
fn loose(text: &str, start: usize, unit: Unit, is_deep: bool) -> Option<(&str, usize)> {
    let rest = &text[start..];
    let (inner, skipped) = match rest.strip_prefix('.') {
        Some(inner) if unit == Unit::Article => (inner, 1),
        Some(_) => return None,
        None if is_deep && text[..start].ends_with(')') => (rest, 0),
        None => return None,
    };
    let length = run(inner, char::is_alphanumeric);
    let is_letter = length == 1 && inner.as_bytes()[0].is_ascii_lowercase();
    let is_digit = skipped == 1 && length <= 2 && length > 0 && all_digits(&inner[..length]);
    let fits = is_digit || is_letter && (skipped == 0 || is_deep);
    fits.then(|| (&inner[..length], start + skipped + length))
}

fn all_digits(text: &str) -> bool {
    text.bytes().all(|byte| byte.is_ascii_digit())
}

/// The name of a paragraph as the law writes it; `None` for other words in brackets.
fn mended(inner: &str, depth: usize, unit: Unit, number: &str) -> Option<String> {
    let in_principles = unit == Unit::Article && number == "5" && depth == 1;
    let mended = match inner {
        "l" | "I" if depth == 0 => "1",
        "i" if depth == 0 && unit == Unit::Article => "1",
        "0" | "O" | "o" | "t" if in_principles => "f",
        _ if is_paragraph(inner) => inner,
        _ => return None,
    };
    Some(if mended.len() == 1 { mended.to_ascii_lowercase() } else { mended.to_owned() })
}

/// "1", "430", "f", "iv", "za", "A1" or "1A".
fn is_paragraph(inner: &str) -> bool {
    let letters = |text: &[u8]| match text {
        [_] => true,
        [b'a', b'b'..=b'f'] => true,
        [first, second] => second == first || *second == b'a' || *first == b'z' || is_roman(text),
        _ => is_roman(text) && text.len() <= 5,
    };
    match inner.as_bytes() {
        [] => false,
        text if text.iter().all(u8::is_ascii_digit) => text.len() <= 3,
        text if text.iter().all(u8::is_ascii_lowercase) => letters(text),
        [one] => one.is_ascii_uppercase(),
        [letter, digits @ ..] if letter.is_ascii_uppercase() => {
            digits.len() == 1 && digits[0].is_ascii_digit()
        }
        [digits @ .., letter] => {
            letter.is_ascii_uppercase()
                && digits.len() <= 2
                && digits.iter().all(u8::is_ascii_digit)
        }
    }
}

fn is_roman(text: &[u8]) -> bool {
    text.iter().all(|letter| matches!(letter, b'i' | b'v' | b'x'))
}
