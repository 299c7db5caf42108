//! What can be learned, and what a team can ask itself.

use super::{LEARNED, Material, QUESTIONS, text_slide};
use crate::{
    pipeline::{Guidance, guidance_on},
    slides::deck::{Paragraph, Run, Slide},
    taxonomy::Category,
};

/// A lesson for each category found, linked to the guidance that states the duty.
pub fn learned(cases: &[Material<'_>]) -> Option<Slide> {
    let material = cases.first()?;
    let guided = categories(cases).into_iter();
    let guided: Vec<(&Category, Option<&Guidance>)> =
        guided.map(|category| (category, guidance_on(&category.id, material.guidance))).collect();
    let item = |(category, note): &(&Category, Option<&Guidance>)| {
        let mut runs = vec![Run::plain(category.lesson.clone())];
        if let Some(note) = note {
            runs.push(Run::plain("\n"));
            runs.push(Run::link(format!("Guidance: {}", note.title), &note.url));
        }
        Paragraph::item(runs)
    };
    let lessons: Vec<Paragraph> = guided.iter().map(item).collect();
    let notes = guided.iter().filter_map(|(category, note)| {
        let note = (*note)?;
        let text = format!("{}. ICO guidance: {}, {}", category.title, note.title, note.url);
        Some(Paragraph::plain(text))
    });
    let notes = [Paragraph::plain("Lessons in casebook's own words.")].into_iter().chain(notes);
    (!lessons.is_empty()).then(|| text_slide(LEARNED, lessons, notes.collect()))
}

/// A question for each category found.
pub fn questions(cases: &[Material<'_>]) -> Option<Slide> {
    let categories = categories(cases);
    let item = |category: &&Category| Paragraph::item(vec![Run::plain(category.question.clone())]);
    let questions: Vec<Paragraph> = categories.iter().map(item).collect();
    let titles: Vec<&str> = categories.iter().map(|category| category.title.as_str()).collect();
    let notes = vec![
        Paragraph::plain("Questions for the room, one for each failure, in the same order."),
        Paragraph::plain(format!("Failures: {}.", titles.join("; "))),
    ];
    (!questions.is_empty()).then(|| text_slide(QUESTIONS, questions, notes))
}

/// The categories found in any of the cases, in the order of the taxonomy.
fn categories<'a>(cases: &[Material<'a>]) -> Vec<&'a Category> {
    let found = |category: &&Category| {
        cases.iter().any(|material| material.case.categories.contains(&category.id))
    };
    let taxonomy = cases.first().map(|material| material.taxonomy);
    taxonomy.into_iter().flat_map(|taxonomy| taxonomy.categories.iter().filter(found)).collect()
}
