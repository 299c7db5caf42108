//! What a sentence takes over from the one before it: the stance of the list whose item it is, and
//! the subject that it only points back to ("This was not done.").

/// Follows the lists of a document.
///
/// A list begins behind a sentence that ends with a colon; its items share what that sentence says
/// of all of them, such as its stance ("The Council should:").
#[derive(Debug)]
pub struct Lists<T> {
    shared: Option<T>,
    /// Whether the next sentence must be an item, whatever it looks like.
    goes_on: bool,
}

impl<T> Default for Lists<T> {
    fn default() -> Self {
        Self { shared: None, goes_on: false }
    }
}

impl<T: Copy> Lists<T> {
    /// What the items of the list share of which the next sentence is one.
    pub fn shared_by(&mut self, sentence: &str) -> Option<T> {
        if !self.goes_on && !looks_like_item(sentence) {
            self.shared = None;
        }
        self.shared
    }

    /// Notes a sentence with what it says of itself.
    pub fn follow(&mut self, sentence: &str, said: Option<T>) {
        let sentence = sentence.trim_end();
        let opens = sentence.ends_with(':');
        if opens {
            self.shared = said;
        }
        self.goes_on = opens
            || sentence.ends_with([';', ','])
            || [" and", " or"].iter().any(|word| sentence.ends_with(word));
    }
}

/// Whether a sentence begins in lower case or with the mark of an item: "•", "-", "(a)", "b)", "iv.".
fn looks_like_item(sentence: &str) -> bool {
    let opening = sentence.trim_start_matches('(').as_bytes();
    let is_of_mark = |byte: &&u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let mark = opening.iter().take(4).take_while(is_of_mark).count();
    let is_marked = (1..=3).contains(&mark) && matches!(opening.get(mark), Some(b')' | b'.'));
    is_marked || sentence.starts_with(|c: char| "•-–*▪●o\u{b7}".contains(c) || c.is_lowercase())
}

/// The categories of the sentence before, for one that points back to it.
#[derive(Debug, Default)]
pub struct Subject {
    section: usize,
    categories: Vec<usize>,
}

impl Subject {
    /// The categories of which the sentence before in this section spoke.
    pub fn in_section(&self, section: usize) -> &[usize] {
        if self.section == section { &self.categories } else { &[] }
    }

    /// Notes of what a sentence spoke.
    pub fn follow(&mut self, section: usize, categories: impl Iterator<Item = usize>) {
        self.section = section;
        self.categories.clear();
        self.categories.extend(categories);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Stance;

    #[test]
    fn items_share_the_stance_of_their_list() {
        let mut lists = Lists::default();
        let mut stances = Vec::new();
        for sentence in [
            "The Council should:",
            "Review its policy;",
            "Train its staff; and",
            "(c) test its systems.",
            "The Council had not tested them.",
        ] {
            let inherited = lists.shared_by(sentence);
            stances.push(inherited);
            let worded = (sentence == "The Council should:").then_some(Stance::Recommendation);
            lists.follow(sentence, worded.or(inherited));
        }
        let item = Some(Stance::Recommendation);
        assert_eq!(stances, [None, item, item, item, None]);
    }

    #[test]
    fn the_subject_does_not_cross_a_heading() {
        let mut subject = Subject::default();
        subject.follow(3, [7].into_iter());
        assert_eq!((subject.in_section(3), subject.in_section(4)), (&[7][..], &[][..]));
    }
}
