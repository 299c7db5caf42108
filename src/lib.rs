//! Search, count and teach UK data protection enforcement.
//!
//! casebook reads what the Information Commissioner's Office (ICO) publishes about its enforcement,
//! finds in every text what failed, with the sentence that says so, and builds a search index and
//! tables from it. The binary of the same name is a thin wrapper around this library.
//!
//! ```
//! use casebook::{extract::Extractor, model::Stance, read, taxonomy::Taxonomy};
//!
//! let letter = "Reasons\n\nThe school did not complete a DPIA before the processing began. \
//!               It should complete a DPIA now.";
//! let document = read::read("letter.txt", letter.as_bytes())?;
//! let record = Extractor::new(Taxonomy::shipped()?)?.extract(&document);
//!
//! assert_eq!(record.categories, ["missing-dpia"]);
//! let finding = &record.findings[0];
//! assert_eq!(finding.stance, Stance::Finding);
//! assert_eq!(&document.text[finding.start..finding.end], finding.sentence);
//! # Ok::<(), Box<dyn std::error::Error>>(())
//! ```
//!
//! The data flows one way: [`fetch`] brings bytes, [`read`] makes documents, [`extract`] makes records of them,
//! [`pipeline`] puts these together to cases and walks the whole way, [`index`], [`similar`] and
//! [`trends`] answer from what it built, [`semantic`] finds by meaning, [`cite`] names its cases as
//! footnotes do, [`changes`] and [`feed`] tell what is new and [`slides`] makes decks of them. `ARCHITECTURE.md` says more.
#![deny(missing_docs)]
#![forbid(unsafe_code)]

pub mod changes;
pub mod cite;
pub mod cli;
pub mod coverage;
pub mod english;
pub mod evaluate;
pub mod extract;
pub mod feed;
pub mod fetch;
pub mod hash;
pub mod index;
pub mod model;
pub mod pipeline;
pub mod read;
pub mod relevance;
pub mod semantic;
pub mod settings;
pub mod similar;
pub mod slides;
pub mod statistics;
pub mod taxonomy;
pub mod trends;
