//! Search by meaning: the passages of all cases as vectors, the nearest to a question, and its ranking
//! put together with that of the words; and categories of the user's own, found by the meaning of their
//! examples.
//!
//! Vectors are made by a program of its own, `casebook-embed` (cargo feature `bert`, `src/embedder`), which
//! is started where it is needed and spoken to by [`protocol`]. So all else here works, and is tested,
//! in every build; only that program needs libtorch; and another one that speaks the protocol does as well.

mod alike;
mod by_example;
mod fusion;
mod helper;
mod memory;
mod model;
mod passages;
pub mod protocol;
mod prototypes;
mod quantised;
mod settings;
mod update;
mod vectors;

pub use by_example::ByExample;
pub use fusion::fused;
pub use helper::{Encoder, EncoderError, Helper, PROGRAM};
pub use memory::Memory;
pub use model::{ModelError, ModelFolder};
pub use passages::passages;
pub use quantised::Quantised;
pub use settings::Settings;
pub use update::{Embedded, UpdateError, update};
pub use vectors::{Key, Near, Vectors, VectorsError};
