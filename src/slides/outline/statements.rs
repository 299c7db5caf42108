//! What the regulator asked for, and what the party has done since.

use super::{
    Material,
    evidence::{self, Evidence},
    text_slide,
};
use crate::{
    english::counted,
    model::{CaseFinding, Passage, Stance},
    slides::deck::{Paragraph, Slide},
};

/// Sentences that the slides show; all stand in the notes.
const SHOWN: usize = 10;

/// What the regulator asked for.
pub fn asked(material: &Material<'_>) -> Option<Slide> {
    let passages = &material.case.recommendations;
    slide("What the ICO asked for", passages, Stance::Recommendation, material)
}

/// What the party has done since.
pub fn done(material: &Material<'_>) -> Option<Slide> {
    slide("What has been done since", &material.case.remedies, Stance::Remedy, material)
}

/// The passages, and the sentences of findings in that stance, each once.
fn slide(
    title: &str,
    passages: &[Passage],
    stance: Stance,
    material: &Material<'_>,
) -> Option<Slide> {
    let in_stance = |found: &&CaseFinding| found.finding.stance == stance;
    let elsewhere = material.case.findings.iter().filter(in_stance);
    let passages = passages.iter().map(|passage| Evidence::passage(passage, material));
    let mut said: Vec<Evidence<'_>> = Vec::new();
    for evidence in passages.chain(elsewhere.map(|found| Evidence::of(found, material))) {
        if said.iter().all(|known| known.sentence != evidence.sentence) {
            said.push(evidence);
        }
    }
    let shown = said.iter().take(SHOWN).map(|evidence| Paragraph::item(evidence.runs()));
    let mut text: Vec<Paragraph> = shown.collect();
    if said.len() > SHOWN {
        let more = counted(said.len() - SHOWN, "more", "more");
        text.push(Paragraph::plain(format!("The notes have {more}.")));
    }
    let notes = evidence::notes(&said, material);
    (!text.is_empty()).then(|| text_slide(title, text, notes))
}
