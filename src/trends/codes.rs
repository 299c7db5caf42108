//! Texts as numbers, which are quicker to count.

use hashbrown::HashMap;
use polars::prelude::*;

/// Stands for a name that is not among those that have numbers.
pub const NONE: u32 = u32::MAX;

/// The values of some columns together, numbered in the order in which they first come.
pub struct Codes {
    /// The number of each row's values.
    pub of_rows: Vec<u32>,
    /// The first row with each number.
    pub firsts: Vec<IdxSize>,
}

impl Codes {
    /// Numbers the values of columns of text; without columns, all rows are alike.
    pub fn of(frame: &DataFrame, columns: &[&str]) -> PolarsResult<Self> {
        let mut codes = Self { of_rows: vec![0; frame.height()], firsts: vec![0] };
        for (place, name) in columns.iter().enumerate() {
            let single = Self::numbered(frame.column(name)?.str()?.iter());
            codes = match place {
                0 => single,
                _ => Self::numbered(codes.of_rows.into_iter().zip(single.of_rows)),
            };
        }
        Ok(codes)
    }

    fn numbered<T: Copy + Eq + std::hash::Hash>(values: impl Iterator<Item = T>) -> Self {
        let mut numbers: HashMap<T, u32> = HashMap::new();
        let mut codes =
            Self { of_rows: Vec::with_capacity(values.size_hint().0), firsts: Vec::new() };
        let mut last = None;
        for (row, value) in (0..).zip(values) {
            let code = match last {
                Some((known, code)) if known == value => code,
                _ => *numbers.entry(value).or_insert_with(|| {
                    codes.firsts.push(row);
                    codes.firsts.len() as u32 - 1
                }),
            };
            last = Some((value, code));
            codes.of_rows.push(code);
        }
        codes
    }

    /// How many different values there are.
    pub const fn len(&self) -> usize {
        self.firsts.len()
    }
}

/// The number of each row's name among `names`, or [`NONE`].
pub fn places(rows: &StringChunked, names: &StringChunked) -> Vec<u32> {
    let numbers: HashMap<Option<&str>, u32> = names.iter().zip(0..).collect();
    let mut last = (None, NONE);
    let place = |name| {
        // Rows of one name mostly stand together.
        if last.0 != name || last.1 == NONE {
            last = (name, numbers.get(&name).copied().unwrap_or(NONE));
        }
        last.1
    };
    rows.iter().map(place).collect()
}
