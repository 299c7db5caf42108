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
    /// A row among the names for each value, and in how many rows of the table the case has it.
    values: Vec<(u32, u32)>,
    /// The penalties beside the values, if the table has any.
    amounts: Vec<Option<u64>>,
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
        let names = rows.column("case")?.str()?;
        let (codes, places) = rayon::join(|| Codes::of(rows, columns), || places(names, cases));
        let codes = codes?;
        let amounts: Vec<Option<u64>> = match rows.column("amount_gbp") {
            Ok(amounts) => amounts.u64()?.iter().collect(),
            Err(_) => Vec::new(),
        };
        let mut values = Self {
            names: names_of(rows, columns, &codes)?,
            starts: Vec::with_capacity(cases.len() + 1),
            values: Vec::with_capacity(rows.height()),
            amounts: Vec::with_capacity(amounts.len()),
        };
        let (starts, order) = in_order(&places, cases.len());
        // Where a value last stood, so that a case has it once.
        let mut stands = vec![usize::MAX; codes.len()];
        values.starts.push(0);
        for bounds in starts.windows(2) {
            let begin = values.values.len();
            for row in order[bounds[0]..bounds[1]].iter().map(|row| *row as usize) {
                let stand = &mut stands[codes.of_rows[row] as usize];
                values.add(codes.of_rows[row], amounts.get(row).copied(), begin, stand);
            }
            values.starts.push(values.values.len());
        }
        Ok(values)
    }

    /// Adds a row to the case whose values begin at `begin`.
    fn add(&mut self, code: u32, amount: Option<Option<u64>>, begin: usize, stand: &mut usize) {
        if let Some((_, rows)) = self.values.get_mut(*stand).filter(|_| *stand >= begin) {
            *rows += 1;
            if let Some(known) = self.amounts.get_mut(*stand) {
                *known = known.or(amount.flatten());
            }
        } else {
            *stand = self.values.len();
            self.values.push((code, 1));
            self.amounts.extend(amount);
        }
    }

    /// Those of a case, by its place among the names of cases.
    pub fn of_case(&self, case: usize) -> impl Iterator<Item = Value> {
        (self.starts[case]..self.starts[case + 1]).map(|place| {
            let (code, rows) = self.values[place];
            Value { code, rows, amount: self.amounts.get(place).copied().flatten() }
        })
    }
}

/// A row for each number.
fn names_of(rows: &DataFrame, columns: &[&str], codes: &Codes) -> PolarsResult<DataFrame> {
    let firsts = if rows.height() == 0 { Vec::new() } else { codes.firsts.clone() };
    rows.select(columns.iter().copied())?.take(&IdxCa::from_vec("".into(), firsts))
}

/// Rows in the order of the groups in which they are, and where each group begins; rows in [`NONE`] are left
/// out.
pub fn in_order(groups: &[u32], count: usize) -> (Vec<usize>, Vec<u32>) {
    let mut starts = vec![0; count + 1];
    for group in groups.iter().filter(|group| **group != NONE) {
        starts[*group as usize + 1] += 1;
    }
    for group in 0..count {
        starts[group + 1] += starts[group];
    }
    let mut next = starts.clone();
    let mut rows = vec![0; starts[count]];
    for (row, group) in (0..).zip(groups).filter(|(_, group)| **group != NONE) {
        rows[next[*group as usize]] = row;
        next[*group as usize] += 1;
    }
    (starts, rows)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_case_has_a_value_once_with_its_rows_and_penalty() {
        let column = |name: &str, values: [&str; 5]| Series::new(name.into(), values).into_column();
        let rows = DataFrame::new_infer_height(vec![
            column("case", ["second", "first", "second", "unknown", "second"]),
            column("action", ["fine", "notice", "fine", "fine", "notice"]),
            Series::new("amount_gbp".into(), [None, None, Some(5u64), Some(9), None]).into_column(),
        ]);
        let cases: StringChunked = ["first", "none", "second"].into_iter().map(Some).collect();
        let rows = rows.expect("columns of one length");
        let values = Values::of(&rows, &["action"], &cases).expect("its columns");
        let of =
            |case| values.of_case(case).map(|v| (v.code, v.rows, v.amount)).collect::<Vec<_>>();
        assert_eq!(of(0), [(1, 1, None)]);
        assert_eq!(of(1), []);
        assert_eq!(of(2), [(0, 2, Some(5)), (1, 1, None)]);
        assert_eq!(values.names.height(), 2);
    }
}
