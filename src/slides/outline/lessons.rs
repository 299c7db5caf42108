//! What can be learned, and what a team can ask itself.

use super::{LEARNED, Material, QUESTIONS, text_slide};
use crate::{
    pipeline::{Guidance, guidance_on},
    slides::deck::{Paragraph, Run, Slide},
    taxonomy::Category,
};

/// Lessons and questions that a deck of several cases has: those that most of them teach.
const SHOWN: usize = 8;

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
    let own = "Lessons in casebook's own words.".to_owned();
    let first = std::iter::once(own).chain(left_out(cases)).map(Paragraph::plain);
    let notes = first.chain(notes);
    (!lessons.is_empty()).then(|| text_slide(LEARNED, lessons, notes.collect()))
}

/// A question for each category found.
pub fn questions(cases: &[Material<'_>]) -> Option<Slide> {
    let categories = categories(cases);
    let item = |category: &&Category| Paragraph::item(vec![Run::plain(category.question.clone())]);
    let questions: Vec<Paragraph> = categories.iter().map(item).collect();
    let titles: Vec<&str> = categories.iter().map(|category| category.title.as_str()).collect();
    let what = "Questions for the room, one for each failure, in the same order.".to_owned();
    let failures = format!("Failures: {}.", titles.join("; "));
    let notes = [Some(what), Some(failures), left_out(cases)];
    let notes = notes.into_iter().flatten().map(Paragraph::plain).collect();
    (!questions.is_empty()).then(|| text_slide(QUESTIONS, questions, notes))
}

/// The categories that a deck teaches: all of one case, and of several those that most of them share.
fn categories<'a>(cases: &[Material<'a>]) -> Vec<&'a Category> {
    let mut all = all(cases);
    if cases.len() > 1 {
        all.truncate(SHOWN);
    }
    all
}

/// What stands in no lesson or question.
fn left_out(cases: &[Material<'_>]) -> Option<String> {
    let all = all(cases);
    let rest: Vec<&str> =
        all.iter().skip(categories(cases).len()).map(|c| c.title.as_str()).collect();
    (!rest.is_empty()).then(|| {
        format!("Shown are the failures of most cases. Further failures: {}.", rest.join("; "))
    })
}

/// The categories found in any of the cases, the most frequent first, then in the order of the taxonomy.
fn all<'a>(cases: &[Material<'a>]) -> Vec<&'a Category> {
    let count = |category: &Category| {
        cases.iter().filter(|material| material.case.categories.contains(&category.id)).count()
    };
    let taxonomy = cases.first().map(|material| material.taxonomy);
    let categories = taxonomy.into_iter().flat_map(|taxonomy| &taxonomy.categories);
    let mut found: Vec<&Category> = categories.filter(|category| count(category) > 0).collect();
    found.sort_by_key(|category| std::cmp::Reverse(count(category)));
    found
}
