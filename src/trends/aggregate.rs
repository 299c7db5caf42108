//! The numbers of every combination of values, in one pass over the cases.
//!
//! polars reads and filters; then values are numbers ([`super::codes`]), and each case is
//! added to the cells of its values. Cases go by organisation, so that a cell knows a new one when it comes.

use polars::prelude::*;

use super::{
    Dimension, Measure, TableError,
    cells::{Addition, Cells},
    codes::Codes,
    dimension::Origin,
    select::{LISTS, Selection, columns_of},
    values::{Value, Values, in_order},
};

/// A column with one value, so that there is always something to group by.
pub const ALL: &str = "_all";

/// The columns of cases that counting needs.
pub fn needed<'n>(by: &[Dimension], labels: &[&'n str], measures: &[Measure]) -> Vec<&'n str> {
    let measured = measures.iter().filter_map(|measure| match measure {
        Measure::Organisations => Some(BODY),
        Measure::People => Some(Measure::People.column()),
        _ => None,
    });
    ["case"].into_iter().chain(of_cases(by, labels)).chain(measured).collect()
}

/// The labels that are columns of cases.
fn of_cases<'n>(by: &[Dimension], labels: &[&'n str]) -> Vec<&'n str> {
    let listed =
        |label: &str| by.iter().any(|by| by.origin() != Origin::Cases && by.column() == label);
    labels.iter().copied().filter(|label| !listed(label)).collect()
}

/// The column that is the same for all spellings of one body.
const BODY: &str = "organisation_key";

/// The numbers of every combination of labels: the dimensions, and columns of cases such as a period.
pub fn aggregate(
    selection: Selection<'_>,
    cases: &DataFrame,
    by: &[Dimension],
    labels: &[&str],
    measures: &[Measure],
) -> Result<DataFrame, TableError> {
    let mut tally = Tally::new(selection, cases, by, labels, measures)?;
    tally.count(measures)?;
    tally.frame(labels, measures)
}

/// Groups by columns.
pub fn grouped(frame: LazyFrame, keys: &[&str]) -> LazyGroupBy {
    frame.group_by(keys.iter().map(|key| col(*key)).collect::<Vec<_>>())
}

struct Tally<'a> {
    cases: &'a DataFrame,
    /// Labels that are columns of cases, and their values as numbers.
    of_cases: Vec<&'a str>,
    codes: Codes,
    /// The values of each other table by which is counted.
    lists: Vec<(Origin, Values)>,
    /// Tables from which a measure comes, though nothing is counted by them.
    beside: Vec<(Origin, Values)>,
    cells: Cells,
}

impl<'a> Tally<'a> {
    fn new(
        selection: Selection<'_>,
        cases: &'a DataFrame,
        by: &[Dimension],
        labels: &[&'a str],
        measures: &[Measure],
    ) -> Result<Self, TableError> {
        let names = cases.column("case")?.str()?;
        let of_cases = of_cases(by, labels);
        let codes = Codes::of(cases, &of_cases)?;
        let (mut lists, mut beside) = (Vec::new(), Vec::new());
        for origin in LISTS {
            let columns = columns_of(origin, by);
            if !columns.is_empty() || measures.iter().any(|m| m.origin() == origin) {
                let rows = selection.origin_with(origin, &columns)?.collect()?;
                let values = Values::of(&rows, &columns, names)?;
                let place = if columns.is_empty() { &mut beside } else { &mut lists };
                place.push((origin, values));
            }
        }
        let sizes = lists.iter().map(|(_, values)| values.names.height() as u64);
        let possible = sizes.fold(codes.len() as u64, u64::saturating_mul);
        Ok(Self { cases, of_cases, codes, lists, beside, cells: Cells::new(possible) })
    }

    fn count(&mut self, measures: &[Measure]) -> Result<(), TableError> {
        let (organisations, order) = match measures.contains(&Measure::Organisations) {
            true => in_order_of_bodies(self.cases)?,
            false => (Vec::new(), (0..).take(self.cases.height()).collect()),
        };
        let people: Vec<Option<u64>> = match measures.contains(&Measure::People) {
            true => self.cases.column(Measure::People.column())?.u64()?.iter().collect(),
            false => Vec::new(),
        };
        for case in order.into_iter().map(|case| case as usize) {
            let beside = |origin| {
                let table = self.beside.iter().find(|(of, _)| *of == origin);
                table.and_then(|(_, values)| values.of_case(case).next())
            };
            let addition = Addition {
                organisation: organisations.get(case).copied().unwrap_or_default(),
                people: people.get(case).copied().flatten(),
                actions: beside(Origin::Actions),
                findings: beside(Origin::Findings),
            };
            add(&self.lists, &mut self.cells, case, u64::from(self.codes.of_rows[case]), addition);
        }
        Ok(())
    }

    fn frame(&mut self, labels: &[&str], measures: &[Measure]) -> Result<DataFrame, TableError> {
        let mut keys: Vec<u64> = self.cells.keys().collect();
        let mut named: Vec<Column> = Vec::new();
        // The last list is the last digit of a key.
        for (_, values) in self.lists.iter().rev() {
            let size = (values.names.height() as u64).max(1);
            let codes = keys.iter().map(|key| (key % size) as IdxSize).collect();
            named.extend(taken(&values.names, codes)?);
            keys.iter_mut().for_each(|key| *key /= size);
        }
        let firsts = keys.iter().map(|key| self.codes.firsts[*key as usize]).collect();
        named.extend(taken(&self.cases.select(self.of_cases.iter().copied())?, firsts)?);
        named.push(Series::new(ALL.into(), vec![1i32; keys.len()]).into_column());
        let ordered = labels.iter().chain([&ALL]);
        let ordered = ordered.filter_map(|l| named.iter().find(|column| column.name() == *l));
        let columns: Vec<Column> = ordered.cloned().chain(self.cells.columns(measures)).collect();
        Ok(DataFrame::new_infer_height(columns)?)
    }
}

/// The number of the body of each case, and the cases in the order of their bodies.
fn in_order_of_bodies(cases: &DataFrame) -> Result<(Vec<u32>, Vec<u32>), TableError> {
    let bodies = Codes::of(cases, &[BODY])?;
    let (_, order) = in_order(&bodies.of_rows, bodies.len());
    Ok((bodies.of_rows, order))
}

/// Adds a case to the cells of all combinations of its values in `lists`.
fn add(lists: &[(Origin, Values)], cells: &mut Cells, case: usize, key: u64, sum: Addition) {
    let Some(((origin, values), rest)) = lists.split_first() else {
        return cells.add(key, sum);
    };
    let size = values.names.height() as u64;
    for value in values.of_case(case) {
        let sum = with(sum, *origin, value);
        add(rest, cells, case, key * size + u64::from(value.code), sum);
    }
}

fn with(sum: Addition, origin: Origin, value: Value) -> Addition {
    match origin {
        Origin::Actions => Addition { actions: Some(value), ..sum },
        Origin::Findings => Addition { findings: Some(value), ..sum },
        _ => sum,
    }
}

fn taken(frame: &DataFrame, rows: Vec<IdxSize>) -> PolarsResult<Vec<Column>> {
    Ok(frame.take(&IdxCa::from_vec("".into(), rows))?.columns().to_vec())
}
