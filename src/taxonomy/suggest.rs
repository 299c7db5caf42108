//! "Did you mean": the nearest of several known names.

/// How alike two names must be, from 0 to 1 (Jaro-Winkler).
const LEAST_LIKENESS: f64 = 0.75;

/// The known name that is most like a mistyped one, if any is like it at all.
pub fn nearest<'a>(wrong: &str, known: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let wrong = wrong.to_lowercase().replace([' ', '_'], "-");
    known
        .into_iter()
        .map(|name| (strsim::jaro_winkler(&wrong, name), name))
        .filter(|(likeness, _)| *likeness >= LEAST_LIKENESS)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, name)| name)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_slip_finds_its_name() {
        let known = ["missing-dpia", "data-loss", "late-access-response"];
        assert_eq!(nearest("mising_dpia", known), Some("missing-dpia"));
        assert_eq!(nearest("Late access", known), Some("late-access-response"));
        assert_eq!(nearest("zzz", known), None);
    }
}
