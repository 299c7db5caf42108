//! Case-study decks: one outline of a case, several cases or a topic, and writers that share it.
//!
//! [`outline`] says what a deck tells and where each sentence comes from; [`fitted`] splits what does
//! not fit on a slide of a [`Master`]; [`pptx`] and [`markdown`] write the same slides, [`handout`] a
//! page to take home. [`anonymous`] takes the names out of a finished deck.

mod anonymous;
mod deck;
mod fit;
mod handout;
mod kind;
mod markdown;
pub mod outline;
mod pptx;

pub use anonymous::{Names, anonymous};
pub use deck::{Body, Chart, Deck, Paragraph, Run, Slide, Table};
pub use fit::{
    fits, fitted,
    frame::{Frame, Frames, Setting},
};
pub use handout::handout;
pub use markdown::markdown;
pub use pptx::{Master, TemplateError, pptx};
