//! The cells of a table while they are counted.

use hashbrown::HashMap;
use polars::prelude::*;

use super::{Measure, values::Value};

/// What is counted of one combination of values.
#[derive(Debug, Clone)]
pub struct Cell {
    /// The combination, as one number.
    pub key: u64,
    cases: i64,
    organisations: i64,
    last_organisation: u32,
    people: Option<u64>,
    actions: i64,
    findings: i64,
    amounts: Vec<u64>,
}

/// What one case adds to a cell.
#[derive(Debug, Clone, Copy)]
pub struct Addition {
    /// The number of its organisation; cases of one organisation come one after the other.
    pub organisation: u32,
    /// People affected, where a source says how many.
    pub people: Option<u64>,
    /// Its actions in this cell.
    pub actions: Option<Value>,
    /// Its findings in this cell.
    pub findings: Option<Value>,
}

/// More combinations than this are looked up, and not counted through.
const DENSE: u64 = 1 << 22;

/// All cells, in the order in which they were first added to.
pub struct Cells {
    cells: Vec<Cell>,
    dense: Vec<u32>,
    sparse: HashMap<u64, u32>,
}

impl Cells {
    /// No cells yet, of so many possible ones.
    pub fn new(possible: u64) -> Self {
        let dense = if possible <= DENSE { possible } else { 0 };
        let dense = vec![u32::MAX; usize::try_from(dense).unwrap_or(0)];
        Self { cells: Vec::new(), dense, sparse: HashMap::new() }
    }

    /// Adds a case to a cell.
    pub fn add(&mut self, key: u64, addition: Addition) {
        let next = self.cells.len() as u32;
        let place = match usize::try_from(key).ok().and_then(|key| self.dense.get_mut(key)) {
            Some(place) => {
                if *place == u32::MAX {
                    *place = next;
                }
                *place
            }
            None => *self.sparse.entry(key).or_insert(next),
        };
        if place == next {
            self.cells.push(Cell::new(key));
        }
        self.cells[place as usize].add(addition);
    }

    /// The combinations.
    pub fn keys(&self) -> impl Iterator<Item = u64> {
        self.cells.iter().map(|cell| cell.key)
    }

    /// The numbers of all cells, a column a measure, with the number of penalties where one is of penalties.
    pub fn columns(&mut self, measures: &[Measure]) -> Vec<Column> {
        self.cells.iter_mut().for_each(|cell| cell.amounts.sort_unstable());
        let mut columns: Vec<Column> = measures.iter().map(|m| self.column(*m)).collect();
        if measures.iter().any(|measure| measure.is_penalty()) {
            columns.push(self.whole("penalties", |cell| Some(cell.amounts.len() as i64)));
        }
        columns
    }

    fn column(&self, measure: Measure) -> Column {
        let name = measure.column();
        match measure {
            Measure::Cases => self.whole(name, |cell| Some(cell.cases)),
            Measure::Actions => self.whole(name, |cell| Some(cell.actions)),
            Measure::Organisations => self.whole(name, |cell| Some(cell.organisations)),
            Measure::Findings => self.whole(name, |cell| Some(cell.findings)),
            Measure::People => self.whole(name, |cell| cell.people.map(|sum| sum as i64)),
            Measure::PenaltySum => {
                self.whole(name, |cell| Some(cell.amounts.iter().sum::<u64>() as i64))
            }
            Measure::PenaltyMax => self.whole(name, |cell| cell.amounts.last().map(|m| *m as i64)),
            Measure::PenaltyMedian => {
                let medians: Vec<Option<f64>> =
                    self.cells.iter().map(|cell| median(&cell.amounts)).collect();
                Series::new(name.into(), medians).into_column()
            }
        }
    }

    fn whole(&self, name: &str, pick: impl Fn(&Cell) -> Option<i64>) -> Column {
        let numbers: Vec<Option<i64>> = self.cells.iter().map(pick).collect();
        Series::new(name.into(), numbers).into_column()
    }
}

impl Cell {
    const fn new(key: u64) -> Self {
        Self {
            key,
            cases: 0,
            organisations: 0,
            last_organisation: u32::MAX,
            people: None,
            actions: 0,
            findings: 0,
            amounts: Vec::new(),
        }
    }

    fn add(&mut self, addition: Addition) {
        self.cases += 1;
        self.organisations += i64::from(self.last_organisation != addition.organisation);
        self.last_organisation = addition.organisation;
        if let Some(people) = addition.people {
            self.people = Some(self.people.unwrap_or_default() + people);
        }
        let rows = |value: Option<Value>| value.map_or(0, |value| i64::from(value.rows));
        self.actions += rows(addition.actions);
        self.findings += rows(addition.findings);
        self.amounts.extend(addition.actions.and_then(|actions| actions.amount));
    }
}

/// The middle of sorted amounts, or between the two in the middle.
fn median(sorted: &[u64]) -> Option<f64> {
    let middle = sorted.len() / 2;
    match sorted.len() % 2 {
        1 => Some(sorted[middle] as f64),
        _ => Some((sorted.get(middle.checked_sub(1)?)? + sorted[middle]) as f64 / 2.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_median_of_an_even_number_lies_between_the_two_in_the_middle() {
        assert_eq!(median(&[]), None);
        assert_eq!(median(&[7]), Some(7.0));
        assert_eq!(median(&[1, 4]), Some(2.5));
        assert_eq!(median(&[1, 4, 9]), Some(4.0));
    }
}
