//! A filter in words, for titles and cover sheets.

use crate::{english, model::Filter};

/// One phrase for each condition; none means that all cases pass.
#[must_use]
pub fn in_words(filter: &Filter) -> Vec<String> {
    // Every field by name, so that a new one cannot be forgotten.
    let Filter {
        categories,
        sectors,
        actions,
        provisions,
        organisations,
        since,
        until,
        amount_min,
        amount_max,
        without_individuals,
    } = filter;
    let mut phrases = Vec::new();
    let mut list = |what: &str, values: Vec<String>| {
        if !values.is_empty() {
            phrases.push(format!("{what} {}", values.join(" or ")));
        }
    };
    list("category", categories.clone());
    list("sector", sectors.clone());
    list("action", actions.iter().map(ToString::to_string).collect());
    list("provision infringed", provisions.iter().map(ToString::to_string).collect());
    list("organisation", organisations.clone());
    list("since", since.iter().map(ToString::to_string).collect());
    list("until", until.iter().map(ToString::to_string).collect());
    let pounds = |sum: &u64| english::pounds(*sum);
    list("penalty of at least", amount_min.iter().map(pounds).collect());
    list("penalty of at most", amount_max.iter().map(pounds).collect());
    list(
        "without",
        without_individuals.then(|| "natural persons".to_owned()).into_iter().collect(),
    );
    phrases
}
