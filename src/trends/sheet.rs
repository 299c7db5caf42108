//! A table with what a reader needs to trust it: the one form that every format writes.

use jiff::civil::Date;
use polars::prelude::{AnyValue, DataFrame};

use super::{Coverage, Grid, TableError};

/// One table.
#[derive(Debug, Clone)]
pub struct Sheet {
    /// A short name without blanks, unique in its answer.
    pub name: &'static str,
    /// What it shows.
    pub title: String,
    /// Its columns, in the order of the frame's.
    pub headings: Vec<Heading>,
    /// The values.
    pub frame: DataFrame,
    /// How many columns, from the first, name the row.
    pub labels: usize,
    /// What its numbers count.
    pub rules: Vec<String>,
    /// How it is drawn, if it can be.
    pub chart: Option<Chart>,
}

/// A column's name, for programs and for people, and how its values are written.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Heading {
    /// As in data files.
    pub name: String,
    /// As a reader sees it.
    pub title: String,
    /// What its values are.
    pub kind: Kind,
}

/// What a number is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Words.
    Text,
    /// A count.
    Count,
    /// A difference of counts or sums.
    Change,
    /// A share from 0 to 1.
    Share,
    /// Pounds sterling.
    Pounds,
    /// A factor, such as lift.
    Factor,
}

/// A chart of a sheet.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Chart {
    /// Its form.
    pub shape: Shape,
    /// The column that is drawn.
    pub measure: String,
}

/// The form of a chart.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Shape {
    /// One line a value over periods.
    Lines,
    /// One bar a row, the largest first.
    Bars,
    /// One bar a row, in the order of the table.
    Ordered,
    /// Bars put together of the values of a second dimension.
    Stacked,
    /// The same in the order of the table, so that rows to be compared stay together.
    Compared,
    /// A field of numbers, darker where greater.
    Heat,
}

/// One cell.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// Nothing is known.
    Empty,
    /// Words.
    Text(String),
    /// A whole number.
    Whole(i64),
    /// Any other number.
    Real(f64),
}

/// Tables over the same cases.
#[derive(Debug, Clone)]
pub struct Answer {
    /// What they show.
    pub title: String,
    /// The day on which they were made.
    pub made: Date,
    /// Filters in words; none means all cases.
    pub filters: Vec<String>,
    /// What lies behind them.
    pub coverage: Coverage,
    /// The tables.
    pub sheets: Vec<Sheet>,
}

impl Heading {
    /// A heading whose reader sees the name with blanks.
    #[must_use]
    pub fn new(name: &str, kind: Kind) -> Self {
        Self { name: name.to_owned(), title: name.replace('_', " "), kind }
    }
}

impl Value {
    /// As a number, if it is one.
    #[must_use]
    pub const fn number(&self) -> Option<f64> {
        match self {
            Self::Whole(number) => Some(*number as f64),
            Self::Real(number) => Some(*number),
            _ => None,
        }
    }

    /// As plain data files write it.
    #[must_use]
    pub fn plain(&self, kind: Kind) -> String {
        match self {
            Self::Empty => String::new(),
            Self::Text(text) => text.clone(),
            Self::Whole(number) => number.to_string(),
            Self::Real(number) if matches!(kind, Kind::Share) => format!("{number:.4}"),
            Self::Real(number) => format!("{number:.2}").trim_end_matches(".00").to_owned(),
        }
    }
}

impl Sheet {
    /// The values of every row.
    ///
    /// # Errors
    /// Never: a row has as many values as the frame has columns.
    pub fn rows(&self) -> Result<Vec<Vec<Value>>, TableError> {
        let columns = self.frame.columns();
        (0..self.frame.height())
            .map(|row| columns.iter().map(|column| Ok(value(&column.get(row)?))).collect())
            .collect()
    }

    /// The values that are drawn, by label and by period or second label.
    ///
    /// # Errors
    /// The chart names a column that is not there.
    pub fn grid(&self) -> Result<Option<Grid>, TableError> {
        self.chart.as_ref().map(|chart| Grid::new(self, chart)).transpose()
    }

    /// The place of a column.
    #[must_use]
    pub fn position(&self, column: &str) -> Option<usize> {
        self.headings.iter().position(|heading| heading.name == column)
    }
}

fn value(value: &AnyValue<'_>) -> Value {
    match value {
        AnyValue::Null => Value::Empty,
        AnyValue::String(text) => Value::Text((*text).to_owned()),
        AnyValue::StringOwned(text) => Value::Text(text.to_string()),
        AnyValue::Float64(number) => Value::Real(*number),
        AnyValue::Boolean(is_so) => Value::Text(if *is_so { "yes" } else { "no" }.to_owned()),
        other => other.extract::<i64>().map_or(Value::Empty, Value::Whole),
    }
}
