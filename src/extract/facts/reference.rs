//! The ICO's case reference.

use std::sync::LazyLock;

use regex::Regex;

use super::text::pattern;

/// The first reference of a text, such as `IC-393971-B4K5`.
pub fn find(text: &str) -> Option<String> {
    static FORM: LazyLock<Regex> = LazyLock::new(|| {
        pattern(
            r"(?-u:\b)(?:INV/\d{4}/\d{4}|IC-\d{5,6}-[A-Z0-9]{4}|COM\d{7}|ENF\d{7}|RFA\d{7})(?-u:\b)",
        )
    });
    FORM.find(text).map(|found| found.as_str().to_owned())
}

#[cfg(test)]
mod tests {
    use super::find;

    #[test]
    fn references_of_all_years() {
        for reference in ["INV/0034/2025", "IC-393971-B4K5", "COM0804337", "RFA0733182"] {
            assert_eq!(find(&format!("Case ref: {reference}.")).as_deref(), Some(reference));
        }
        assert_eq!(find("IC-39-B4K5 and INV/34"), None);
    }
}
