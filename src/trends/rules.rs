//! The counting rules as sentences, for the foot of every table.

use super::{Dimension, Every, count::Question, dimension::Origin};

/// What a share and its marks mean.
pub const SHARE: &str = "Shares are given with 95 % Wilson intervals; a share of fewer than 10 is \
                         marked (`n < 10`, on the screen a star) and should not be relied on.";

/// The rules of a table of counts.
#[must_use]
pub fn of(question: &Question) -> Vec<String> {
    let mut rules: Vec<String> = Vec::new();
    for measure in &question.measures {
        let rule = measure.rule().to_owned();
        if !rules.contains(&rule) {
            rules.push(rule);
        }
    }
    rules.extend(of_rows(question));
    if question.change {
        let main = question.main().title();
        rules.push(format!("Change is the difference in {main} to the period before."));
    }
    if question.share {
        let main = question.main().title();
        let period =
            question.every.map_or(String::new(), |e: Every| format!(" of the same {}", e.column()));
        rules.push(format!(
            "A share is the row's part of all {main}{period} that pass the other filters. {SHARE}"
        ));
    }
    rules
}

/// The rules of its rows alone.
#[must_use]
pub fn of_rows(question: &Question) -> Vec<String> {
    let mut rules: Vec<String> = repeated(&question.by).into_iter().collect();
    if let Some(every) = question.every {
        rules.push(format!(
            "A case lies in the {} of its date: that on the notice or, where only that is known, \
             of the register or the publication. Periods have no gaps; 0 means that the corpus holds none; \
             the last period may not be complete.",
            every.column()
        ));
    }
    rules
}

/// A case can stand in several rows.
fn repeated(by: &[Dimension]) -> Option<String> {
    let many = by.iter().find(|by| by.origin() != Origin::Cases)?;
    let name = many.column();
    let found = match many.origin() {
        Origin::Findings => " Cases without any finding are in no row.",
        Origin::Provisions => {
            " Cases of which no source names an infringed provision are in no row."
        }
        _ => "",
    };
    Some(format!(
        "A case stands once in the row of every {name} that it has, so that rows cannot be added up.{found}"
    ))
}
