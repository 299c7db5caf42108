//! The room is asked before it is told.

use super::{Material, text_slide};
use crate::slides::deck::{Paragraph, Run, Slide};

/// "What would you have done?", with the answer in the notes.
pub fn before(material: &Material<'_>) -> Option<Slide> {
    let is_asked = material.quiz && !material.case.categories.is_empty();
    is_asked.then(|| {
        let questions = [
            "What would you have asked, and whom, before this began?",
            "Which rules would you have looked up?",
            "What do you expect the regulator found? Write down what you think went wrong.",
        ];
        let items = questions.map(|question| Paragraph::item(vec![Run::plain(question)]));
        text_slide("What would you have done?", items.to_vec(), answer(material))
    })
}

fn answer(material: &Material<'_>) -> Vec<Paragraph> {
    let taxonomy = material.taxonomy;
    let found = taxonomy.categories.iter().filter(|c| material.case.categories.contains(&c.id));
    let titles: Vec<&str> = found.map(|category| category.title.as_str()).collect();
    vec![Paragraph::plain(format!("The answer, on the next slides: {}.", titles.join("; ")))]
}
