//! Which of many phrases a name or sentence contains: the longest one decides.

use hashbrown::HashMap;

/// Phrases with what each shows.
#[derive(Default)]
pub struct Phrases {
    /// By the first word: the whole phrase and what it shows.
    by_first: HashMap<String, Vec<(String, String)>>,
}

impl Phrases {
    pub fn new<'a>(phrases: impl Iterator<Item = (&'a str, &'a str)>) -> Self {
        let mut by_first: HashMap<String, Vec<(String, String)>> = HashMap::new();
        for (phrase, shows) in phrases {
            let phrase = plain(phrase);
            let first = phrase.split(' ').next().unwrap_or_default().to_owned();
            by_first.entry(first).or_default().push((phrase, shows.to_owned()));
        }
        Self { by_first }
    }

    /// What the longest phrase in a text shows; of equally long ones the last, which in a name is the
    /// noun: "Moor Park School Trust".
    pub fn find(&self, text: &str) -> Option<&str> {
        let text = plain(text);
        let starts = text.match_indices(' ').map(|(at, _)| at + 1);
        let hits = std::iter::once(0).chain(starts).flat_map(|start| {
            let rest = &text[start..];
            let first = rest.split(' ').next().unwrap_or_default();
            let known = self.by_first.get(first).into_iter().flatten();
            known.filter(move |(phrase, _)| is_start(rest, phrase))
        });
        hits.max_by_key(|(phrase, _)| phrase.len()).map(|(_, shows)| shows.as_str())
    }
}

fn is_start(text: &str, phrase: &str) -> bool {
    text.strip_prefix(phrase).is_some_and(|rest| rest.is_empty() || rest.starts_with(' '))
}

/// Lower case, letters and digits, one blank between words; "Men's" and "Men’s" are one word.
pub fn plain(text: &str) -> String {
    let lower = text.to_lowercase().replace(['\'', '’'], "");
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    words.join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_longest_phrase_decides_whatever_its_apostrophes() {
        let phrases = Phrases::new(
            [("council", "a"), ("children's trust", "b"), ("general medical council", "c")]
                .into_iter(),
        );
        assert_eq!(phrases.find("The General Medical Council"), Some("c"));
        assert_eq!(phrases.find("Marlow Children’s Trust"), Some("b"));
        assert_eq!(phrases.find("Councillors' Forum"), None);
        assert_eq!(phrases.find(""), None);
    }
}
