//! The file of vectors beside the search index, and the nearest of them.
//!
//! Its form: `MAGIC`; the length of the header as four bytes; the header as JSON; and then, for all
//! passages each, 16 bytes of the text's hash, the number of the case (u32), the scale (f32), and one
//! byte a dimension. Numbers have their lowest byte first.

#[cfg(unix)]
use std::os::unix::fs::PermissionsExt as _;
use std::{
    collections::HashMap,
    fs,
    io::{self, Write as _},
    path::Path,
};

use rayon::prelude::*;
use serde::{Deserialize, Serialize};
use thiserror::Error;

use super::Quantised;
use crate::hash::sha256;

const MAGIC: &[u8; 8] = b"CBVECT1\n";

/// Rows that one thread compares before it takes the next.
const ROWS_AT_ONCE: usize = 4096;

/// A file that cannot be used.
#[derive(Debug, Error)]
pub enum VectorsError {
    /// None was made yet.
    #[error("no vectors have been made yet; make them with `casebook embed`")]
    Missing,
    /// The work was stopped before its end.
    #[error("the vectors are not finished; go on with `casebook embed`")]
    Unfinished,
    /// They were made from another state of the search index.
    #[error(
        "the vectors belong to an earlier state of the search index; renew them with `casebook embed`"
    )]
    OtherIndex,
    /// They were made with another model.
    #[error(
        "the vectors were made with another model than this; make them anew with `casebook embed`"
    )]
    OtherModel,
    /// The file is cut short or not of its form.
    #[error("{path} is damaged ({what}); make it anew with `casebook embed`")]
    Damaged {
        /// The file.
        path: String,
        /// What is wrong.
        what: String,
    },
    /// The file cannot be read or written.
    #[error("cannot use {path}: {source}")]
    Unusable {
        /// The file.
        path: String,
        /// Why.
        source: io::Error,
    },
}

/// The first bytes of the hash of a passage's text.
pub type Key = [u8; 16];

/// The key of a text.
pub fn key(text: &str) -> Key {
    let mut key = [0; 16];
    for (byte, pair) in key.iter_mut().zip(sha256(text.as_bytes()).as_bytes().chunks(2)) {
        let digit = |at: u8| if at < b'a' { at - b'0' } else { at - b'a' + 10 };
        *byte = digit(pair[0]) << 4 | digit(pair[1]);
    }
    key
}

/// Vectors of the passages of cases.
#[derive(Debug, Clone, Default, PartialEq)]
pub struct Vectors {
    header: Header,
    keys: Vec<Key>,
    /// For each passage its case's place in the header; passages of a case stand together.
    case_of: Vec<u32>,
    scales: Vec<f32>,
    values: Vec<i8>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq, Serialize, Deserialize)]
struct Header {
    model: String,
    /// Nothing while some passages still have no vector.
    index: Option<String>,
    dimension: usize,
    passages: usize,
    cases: Vec<String>,
}

/// A case that is near to a question.
#[derive(Debug, Clone, PartialEq)]
pub struct Near {
    /// The case's slug.
    pub case: String,
    /// Cosine of its nearest passage, from -1 to 1.
    pub likeness: f32,
    /// Which of the case's passages that is, counted from 0.
    pub passage: usize,
}

impl Vectors {
    /// No vectors yet, by a model.
    #[must_use]
    pub fn of_model(model: &str) -> Self {
        Self { header: Header { model: model.to_owned(), ..Header::default() }, ..Self::default() }
    }

    /// Says that every passage of this state of the search index is here.
    pub fn finish(&mut self, index: &str) {
        self.header.index = Some(index.to_owned());
    }

    /// Number of passages.
    #[must_use]
    pub fn len(&self) -> usize {
        self.keys.len()
    }

    /// Whether there are none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.keys.is_empty()
    }

    /// Adds a passage to the case added last, or to a new one.
    pub fn push(&mut self, case: &str, key: Key, vector: &Quantised) {
        if self.header.cases.last().is_none_or(|last| last != case) {
            self.header.cases.push(case.to_owned());
        }
        self.header.dimension = vector.values.len();
        self.header.passages += 1;
        self.keys.push(key);
        self.case_of.push(u32::try_from(self.header.cases.len() - 1).unwrap_or(u32::MAX));
        self.scales.push(vector.scale);
        self.values.extend_from_slice(&vector.values);
    }

    /// The vectors by the key of their text, if that model made them.
    #[must_use]
    pub fn by_key(&self, model: &str) -> HashMap<Key, Quantised> {
        if self.header.model != model {
            return HashMap::new();
        }
        let row = |at: usize| Quantised { scale: self.scales[at], values: self.row(at).to_vec() };
        self.keys.iter().enumerate().map(|(at, key)| (*key, row(at))).collect()
    }

    /// Whether they can answer for that state of the search index and that model.
    ///
    /// # Errors
    /// They cannot; the sentence says why, and what to do.
    pub fn check(&self, model: &str, index: &str) -> Result<(), VectorsError> {
        if self.header.model != model {
            return Err(VectorsError::OtherModel);
        }
        self.check_index(index)
    }

    /// The slugs of all cases.
    #[must_use]
    pub fn cases(&self) -> &[String] {
        &self.header.cases
    }

    /// Numbers that a vector has.
    #[must_use]
    pub const fn dimension(&self) -> usize {
        self.header.dimension
    }

    /// All passages: the place of the case among the cases, the scale, and the components.
    pub fn rows(&self) -> impl Iterator<Item = (usize, f32, &[i8])> {
        let rows = self.case_of.iter().zip(&self.scales).enumerate();
        rows.map(|(at, (case, scale))| (*case as usize, *scale, self.row(at)))
    }

    /// Whether they were made, all of them, from that state of the search index.
    ///
    /// # Errors
    /// They were not; the sentence says what to do.
    pub fn check_index(&self, index: &str) -> Result<(), VectorsError> {
        match &self.header.index {
            None => Err(VectorsError::Unfinished),
            Some(there) if there != index => Err(VectorsError::OtherIndex),
            Some(_) => Ok(()),
        }
    }

    /// All cases by their passage nearest to the question, the nearest case first.
    ///
    /// Exact: every passage is compared.
    #[must_use]
    pub fn nearest(&self, question: &Quantised) -> Vec<Near> {
        let mut best: Vec<Option<(f32, usize)>> = vec![None; self.header.cases.len()];
        let mut first = vec![usize::MAX; self.header.cases.len()];
        for (at, likeness) in self.likenesses(question).into_iter().enumerate() {
            let case = self.case_of[at] as usize;
            first[case] = first[case].min(at);
            if best[case].is_none_or(|(other, _)| likeness > other) {
                best[case] = Some((likeness, at - first[case]));
            }
        }
        let named = self.header.cases.iter().zip(best);
        let mut near: Vec<Near> = named
            .filter_map(|(case, best)| {
                best.map(|(likeness, passage)| Near { case: case.clone(), likeness, passage })
            })
            .collect();
        near.sort_by(|a, b| b.likeness.total_cmp(&a.likeness).then_with(|| a.case.cmp(&b.case)));
        near
    }

    fn likenesses(&self, question: &Quantised) -> Vec<f32> {
        if question.values.len() != self.header.dimension {
            return Vec::new();
        }
        let rows = self.values.par_chunks_exact(self.header.dimension);
        let scaled = rows.zip(&self.scales).with_min_len(ROWS_AT_ONCE);
        scaled.map(|(row, scale)| question.cosine(*scale, row)).collect()
    }

    fn row(&self, at: usize) -> &[i8] {
        &self.values[at * self.header.dimension..(at + 1) * self.header.dimension]
    }

    /// Writes the file: a new one is put in the place of the old whole, or not at all.
    ///
    /// # Errors
    /// The folder cannot be written.
    pub fn write(&self, path: &Path) -> Result<(), VectorsError> {
        let write = || -> io::Result<()> {
            let folder = path.parent().unwrap_or_else(|| ".".as_ref());
            let mut builder = tempfile::Builder::new();
            // Others may read it, as all the rest of the folder.
            #[cfg(unix)]
            builder.permissions(fs::Permissions::from_mode(0o666));
            let mut file = builder.tempfile_in(folder)?;
            file.write_all(&self.to_bytes()?)?;
            file.as_file().sync_all()?;
            file.persist(path)?;
            Ok(())
        };
        write().map_err(|source| unusable(path, source))
    }

    fn to_bytes(&self) -> io::Result<Vec<u8>> {
        let header = serde_json::to_vec(&self.header)?;
        let length = u32::try_from(header.len()).map_err(io::Error::other)?;
        let mut bytes = MAGIC.to_vec();
        bytes.extend_from_slice(&length.to_le_bytes());
        bytes.extend_from_slice(&header);
        bytes.extend(self.keys.iter().flatten());
        bytes.extend(self.case_of.iter().flat_map(|case| case.to_le_bytes()));
        bytes.extend(self.scales.iter().flat_map(|scale| scale.to_le_bytes()));
        bytes.extend(self.values.iter().map(|value| value.cast_unsigned()));
        Ok(bytes)
    }

    /// Reads the file.
    ///
    /// # Errors
    /// There is none, or it is not whole.
    pub fn read(path: &Path) -> Result<Self, VectorsError> {
        let bytes = fs::read(path).map_err(|error| match error.kind() {
            io::ErrorKind::NotFound => VectorsError::Missing,
            _ => unusable(path, error),
        })?;
        Self::from_bytes(&bytes)
            .map_err(|what| VectorsError::Damaged { path: path.display().to_string(), what })
    }

    fn from_bytes(bytes: &[u8]) -> Result<Self, String> {
        let rest =
            bytes.strip_prefix(MAGIC).ok_or("it is no file of vectors, or of another version")?;
        let (length, rest) = rest.split_first_chunk::<4>().ok_or("it is cut short")?;
        let header = rest.get(..u32::from_le_bytes(*length) as usize).ok_or("it is cut short")?;
        let mut rest = &rest[header.len()..];
        let header: Header = serde_json::from_slice(header).map_err(|error| error.to_string())?;
        let size_of_row = header.dimension.checked_add(24);
        let due = size_of_row.and_then(|size| size.checked_mul(header.passages));
        if due != Some(rest.len()) || header.dimension == 0 && header.passages > 0 {
            return Err("its length is not that of its passages".to_owned());
        }
        let mut take = |size: usize| {
            let (part, after) = rest.split_at(size * header.passages);
            rest = after;
            part
        };
        let keys = take(16).as_chunks::<16>().0.to_vec();
        let case_of = take(4).as_chunks().0.iter().map(|four| u32::from_le_bytes(*four)).collect();
        let scales = take(4).as_chunks().0.iter().map(|four| f32::from_le_bytes(*four)).collect();
        let values = take(header.dimension).iter().map(|byte| byte.cast_signed()).collect();
        let vectors = Self { keys, case_of, scales, values, header };
        if vectors.case_of.iter().any(|case| *case as usize >= vectors.header.cases.len()) {
            return Err("a passage has no case".to_owned());
        }
        Ok(vectors)
    }
}

fn unusable(path: &Path, source: io::Error) -> VectorsError {
    VectorsError::Unusable { path: path.display().to_string(), source }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn vector(values: &[f32]) -> Quantised {
        Quantised::of(values).expect("a direction")
    }

    fn sample() -> Vectors {
        let mut vectors = Vectors::of_model("m1");
        vectors.push("harrowgate-academy", key("canteen"), &vector(&[1.0, 0.0, 0.0]));
        vectors.push("harrowgate-academy", key("faces"), &vector(&[0.0, 1.0, 0.1]));
        vectors.push("marlow-district-council", key("bins"), &vector(&[0.5, 0.0, 0.9]));
        vectors.finish("i1");
        vectors
    }

    #[test]
    fn the_nearest_case_comes_first_with_its_nearest_passage() {
        let near = sample().nearest(&vector(&[0.1, 0.9, 0.0]));
        assert_eq!((near[0].case.as_str(), near[0].passage), ("harrowgate-academy", 1));
        assert_eq!((near[1].case.as_str(), near[1].passage), ("marlow-district-council", 0));
        assert!(near[0].likeness > 0.98 && near.len() == 2);
        assert!(sample().nearest(&vector(&[1.0, 2.0])).is_empty(), "another dimension");
        assert!(Vectors::default().nearest(&vector(&[1.0])).is_empty());
    }

    #[test]
    fn a_file_comes_back_as_it_was_and_any_cut_is_noticed() {
        let folder = tempfile::tempdir().expect("a folder");
        let path = folder.path().join("vectors");
        assert!(matches!(Vectors::read(&path), Err(VectorsError::Missing)));
        sample().write(&path).expect("writable");
        assert_eq!(Vectors::read(&path).expect("whole"), sample());
        let whole = fs::read(&path).expect("readable");
        for length in 0..whole.len() {
            assert!(Vectors::from_bytes(&whole[..length]).is_err(), "{length}");
        }
        fs::write(&path, &whole[..20]).expect("writable");
        let error = Vectors::read(&path).expect_err("damaged").to_string();
        assert!(error.contains("is damaged (it is cut short); make it anew"), "{error}");
    }

    #[test]
    fn another_model_or_index_and_an_early_end_are_refused() {
        let mut vectors = sample();
        assert!(vectors.check("m1", "i1").is_ok());
        assert!(matches!(vectors.check("m2", "i1"), Err(VectorsError::OtherModel)));
        assert!(matches!(vectors.check("m1", "i2"), Err(VectorsError::OtherIndex)));
        vectors.header.index = None;
        assert!(matches!(vectors.check("m1", "i1"), Err(VectorsError::Unfinished)));
        assert!(vectors.by_key("m2").is_empty() && vectors.by_key("m1").len() == 3);
    }

    proptest! {
        #[test]
        fn no_bytes_make_it_panic(at in 0usize..400, byte: u8, tail: Vec<u8>) {
            let mut bytes = sample().to_bytes().expect("a header");
            let at = at % bytes.len();
            bytes[at] = byte;
            let _ = Vectors::from_bytes(&bytes);
            bytes.truncate(at);
            bytes.extend(tail);
            let _ = Vectors::from_bytes(&bytes);
        }
    }
}
