//! Numbers, sums and titles as English readers write them.

/// A sum with thousands apart: £1,350,000.
#[must_use]
pub fn pounds(sum: u64) -> String {
    format!("£{}", thousands(sum))
}

/// A number with commas between thousands.
#[must_use]
pub fn thousands(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (index, digit) in digits.chars().enumerate() {
        if index > 0 && (digits.len() - index).is_multiple_of(3) {
            text.push(',');
        }
        text.push(digit);
    }
    text
}

/// "1 case", "2 cases".
#[must_use]
pub fn counted(count: usize, one: &str, many: &str) -> String {
    format!("{} {}", thousands(count as u64), if count == 1 { one } else { many })
}

/// A title with a small first letter, unless it begins with an abbreviation.
#[must_use]
pub fn inside_a_sentence(title: &str) -> String {
    let mut letters = title.chars();
    match (letters.next(), letters.next()) {
        (Some(first), Some(second)) if second.is_lowercase() => {
            first.to_lowercase().chain(title.chars().skip(1)).collect()
        }
        _ => title.to_owned(),
    }
}

/// "one", "one and two", "one, two and three".
#[must_use]
pub fn listed(items: &[String]) -> String {
    match items {
        [] => String::new(),
        [only] => only.clone(),
        [first @ .., last] => format!("{} and {last}", first.join(", ")),
    }
}

/// A text with a capital first letter.
#[must_use]
pub fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_readable() {
        assert_eq!(pounds(1_350_000), "£1,350,000");
        assert_eq!(thousands(999), "999");
    }

    #[test]
    fn lists_end_with_and() {
        let items = |names: &[&str]| names.iter().map(|&name| name.to_owned()).collect::<Vec<_>>();
        assert_eq!(listed(&items(&["one", "two", "three"])), "one, two and three");
        assert_eq!(listed(&items(&["one"])), "one");
        assert_eq!(capital("reprimand"), "Reprimand");
    }
}
