//! What of a case is embedded.

use crate::{model::Case, read::split_sentences, taxonomy::Taxonomy};

/// A passage is closed before it grows beyond so many bytes; models of sentences know no longer ones.
const LONGEST: usize = 300;

/// A paragraph does not share a passage with the one before if that has so many bytes: headings do.
const SHORTEST: usize = 80;

/// The passages of a case: what it is in the words of headline and categories, then its text in
/// pieces of a few sentences.
#[must_use]
pub fn passages(case: &Case, taxonomy: &Taxonomy) -> Vec<String> {
    let mut passages = vec![headline(case, taxonomy)];
    let mut open = String::new();
    for paragraph in case.text.split("\n\n") {
        if open.len() >= SHORTEST {
            passages.push(std::mem::take(&mut open));
        }
        for range in split_sentences(paragraph) {
            let sentence = &paragraph[range];
            if !open.is_empty() && open.len() + sentence.len() > LONGEST {
                passages.push(std::mem::take(&mut open));
            }
            if !open.is_empty() {
                open.push(' ');
            }
            open.extend(sentence.split_whitespace().flat_map(|word| [word, " "]));
            open.truncate(open.trim_end().len());
        }
    }
    passages.push(open);
    passages.retain(|passage| !passage.is_empty());
    passages
}

fn headline(case: &Case, taxonomy: &Taxonomy) -> String {
    let categories = case.categories.iter().filter_map(|id| taxonomy.category(id));
    let titles = categories.map(|category| category.title.as_str());
    [case.title()].into_iter().chain(titles).collect::<Vec<_>>().join(". ")
}
