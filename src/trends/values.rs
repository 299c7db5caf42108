//! The values that each case has in another table.

use polars::prelude::*;

use super::{
    TableError,
    codes::{Codes, NONE, places},
};

/// The values of one table by case, each once a case.
pub struct Values {
    /// What the numbers mean: a row each.
    pub names: DataFrame,
    /// Where the values of each case begin, and where the last end.
    starts: Vec<usize>,
    values: Vec<Value>,
}

/// A value of a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Value {
    /// Its row among the names.
    pub code: u32,
    /// In how many rows the case has it.
    pub rows: u32,
    /// The penalty in them: a case has at most one.
    pub amount: Option<u64>,
}

impl Values {
    /// The values that rows have in some columns, by the cases of those names; rows of others are left out.
    ///
    /// # Errors
    /// A column is missing.
    pub fn of(
        rows: &DataFrame,
        columns: &[&str],
        cases: &StringChunked,
    ) -> Result<Self, TableError> {
        let codes = Codes::of(rows, columns)?;
        let places = places(rows.column("case")?.str()?, cases);
        let amounts: Option<Vec<Option<u64>>> = match rows.column("amount_gbp") {
            Ok(amounts) => Some(amounts.u64()?.iter().collect()),
            Err(_) => None,
        };
        let value = |row: usize| Value {
            code: codes.of_rows[row],
            rows: 1,
            amount: amounts.as_ref().and_then(|amounts| amounts[row]),
        };
        let (starts, rows_of) = by_case(&places, cases.len());
        let mut kept = Self {
            names: rows
                .select(columns.iter().copied())?
                .take(&IdxCa::from_vec("".into(), firsts(&codes, rows.height())))?,
            starts: vec![0],
            values: Vec::with_capacity(rows_of.len()),
        };
        // Where the value last stood, so that a case has it once.
        let mut stands = vec![NONE as usize; codes.len()];
        for bounds in starts.windows(2) {
            let begin = kept.values.len();
            for row in &rows_of[bounds[0]..bounds[1]] {
                kept.add(value(*row as usize), begin, &mut stands);
            }
            kept.starts.push(kept.values.len());
        }
        Ok(kept)
    }

    fn add(&mut self, value: Value, begin: usize, stands: &mut [usize]) {
        let stand = &mut stands[value.code as usize];
        match self.values.get_mut(*stand).filter(|_| *stand >= begin) {
            Some(known) => {
                known.rows += 1;
                known.amount = known.amount.or(value.amount);
            }
            None => {
                *stand = self.values.len();
                self.values.push(value);
            }
        }
    }

    /// Those of a case, by its place among the names of cases.
    pub fn of_case(&self, case: usize) -> &[Value] {
        &self.values[self.starts[case]..self.starts[case + 1]]
    }
}

/// Without rows there is no first one.
fn firsts(codes: &Codes, height: usize) -> Vec<IdxSize> {
    if height == 0 { Vec::new() } else { codes.firsts.clone() }
}

/// Rows in the order of their cases, and where those of each case begin.
fn by_case(places: &[u32], cases: usize) -> (Vec<usize>, Vec<u32>) {
    let mut starts = vec![0; cases + 1];
    for place in places.iter().filter(|place| **place != NONE) {
        starts[*place as usize + 1] += 1;
    }
    for case in 0..cases {
        starts[case + 1] += starts[case];
    }
    let mut next = starts.clone();
    let mut rows = vec![0; starts[cases]];
    for (row, place) in (0..).zip(places).filter(|(_, place)| **place != NONE) {
        rows[next[*place as usize]] = row;
        next[*place as usize] += 1;
    }
    (starts, rows)
}
