//! The values of a sheet as rows and columns, for charts and for tables over periods.

use super::{Chart, Shape, Sheet, TableError, Value};

/// Values by row and column; where the sheet has no row, nothing.
#[derive(Debug, Clone, PartialEq)]
pub struct Grid {
    /// Names of the rows, in the order of the sheet.
    pub rows: Vec<String>,
    /// Names of the columns, in the order of the sheet.
    pub columns: Vec<String>,
    /// Values, row by row.
    pub cells: Vec<Vec<Option<f64>>>,
}

impl Grid {
    /// The values of the column that a chart draws.
    ///
    /// # Errors
    /// Never for a sheet whose frame is whole.
    pub fn new(sheet: &Sheet, chart: &Chart) -> Result<Self, TableError> {
        let measure = sheet.position(&chart.measure).unwrap_or(sheet.labels);
        let mut grid = Self { rows: Vec::new(), columns: Vec::new(), cells: Vec::new() };
        let rows = sheet.rows()?;
        let placed: Vec<_> = rows
            .iter()
            .map(|row| {
                let (name, column) = names(&row[..sheet.labels], chart.shape);
                let place = (index_of(&mut grid.rows, name), index_of(&mut grid.columns, column));
                (place, row[measure].number())
            })
            .collect();
        grid.cells = vec![vec![None; grid.columns.len()]; grid.rows.len()];
        for ((row, column), value) in placed {
            grid.cells[row][column] = value;
        }
        Ok(grid)
    }

    /// The sum of a row.
    #[must_use]
    pub fn total(&self, row: usize) -> f64 {
        self.cells[row].iter().flatten().sum()
    }

    /// The greatest value.
    #[must_use]
    pub fn greatest(&self) -> f64 {
        self.cells.iter().flatten().flatten().copied().fold(0.0, f64::max)
    }

    /// The rows with the greatest sums, in the order of their sums; ties keep their order.
    #[must_use]
    pub fn largest(&self, count: usize) -> Self {
        let mut order: Vec<usize> = (0..self.rows.len()).collect();
        order.sort_by(|a, b| self.total(*b).total_cmp(&self.total(*a)));
        order.truncate(count);
        Self {
            rows: order.iter().map(|row| self.rows[*row].clone()).collect(),
            columns: self.columns.clone(),
            cells: order.iter().map(|row| self.cells[*row].clone()).collect(),
        }
    }
}

/// The row and the column of a cell, by the labels of a row of the sheet.
fn names(labels: &[Value], shape: Shape) -> (String, String) {
    let texts: Vec<String> = labels
        .iter()
        .map(|label| match label {
            Value::Text(text) => text.clone(),
            other => other.plain(super::Kind::Count),
        })
        .collect();
    match (shape, texts.split_last()) {
        (Shape::Bars | Shape::Ordered, _) | (_, None) => (texts.join(" · "), String::new()),
        (_, Some((last, rest))) => (rest.join(" · "), last.clone()),
    }
}

fn index_of(names: &mut Vec<String>, name: String) -> usize {
    names.iter().position(|known| *known == name).unwrap_or_else(|| {
        names.push(name);
        names.len() - 1
    })
}
