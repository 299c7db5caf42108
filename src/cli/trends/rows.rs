//! A table for people with the rows of its sheet. What files have in columns of their own is put
//! together, so that it fits: "35 of 43", "£66,000 (9)", "81 % (67-90)*".

use super::layout::{Cells, Column, Layout};
use crate::model::PartialDate;
use crate::trends::{Kind, Sheet, TableError, Value, write::readable};

/// Columns that stand in the cells of others.
const FOLDED: [&str; 5] = ["of", "penalties", "share_low", "share_high", "small"];

/// The table.
pub fn layout(sheet: &Sheet) -> Result<Layout, TableError> {
    let rows = sheet.rows()?;
    let folding = Folding::of(sheet, &rows);
    let shown: Vec<usize> =
        (0..sheet.headings.len()).filter(|place| !folding.hidden.contains(place)).collect();
    let columns = shown.iter().map(|place| Column {
        title: folding.title(sheet, *place),
        cells: match sheet.headings[*place].kind {
            Kind::Text if rows.iter().any(|row| is_date(&row[*place])) => Cells::Line,
            Kind::Text => Cells::Text,
            _ => Cells::Number,
        },
    });
    let cells = |row: &Vec<Value>| -> Vec<String> {
        shown.iter().map(|place| plain(&folding.cell(sheet, row, *place))).collect()
    };
    Ok(Layout {
        columns: columns.collect(),
        rows: rows.iter().map(cells).collect(),
        labels: sheet.labels,
    })
}

/// Where the columns stand that are put together.
struct Folding {
    share: Option<usize>,
    /// The number of which shares are told, where it differs from row to row.
    of: Option<usize>,
    /// The same for all rows, as it is written.
    of_all: Option<String>,
    /// The column of pounds behind which the number of penalties is told, and that number.
    pounds: Option<(usize, usize)>,
    hidden: Vec<usize>,
}

impl Folding {
    fn of(sheet: &Sheet, rows: &[Vec<Value>]) -> Self {
        let of = sheet.position("of");
        let same = of.filter(|of| rows.windows(2).all(|pair| pair[0][*of] == pair[1][*of]));
        let of_all = same.zip(rows.first()).map(|(of, row)| readable(&row[of], Kind::Count));
        let pounds = sheet.headings.iter().position(|heading| heading.kind == Kind::Pounds);
        let pounds = pounds.zip(sheet.position("penalties"));
        let hidden = FOLDED.iter().filter(|name| **name != "penalties" || pounds.is_some());
        Self {
            share: sheet.position("share"),
            of: if of_all.is_some() { None } else { of },
            of_all,
            pounds,
            hidden: hidden.filter_map(|name| sheet.position(name)).collect(),
        }
    }

    fn title(&self, sheet: &Sheet, place: usize) -> String {
        let title = &sheet.headings[place].title;
        match &self.of_all {
            _ if self.pounds.is_some_and(|(pounds, _)| pounds == place) => format!("{title} (n)"),
            Some(all) if self.share == Some(place) => format!("share of {all} (95 %)"),
            None if self.share == Some(place) => format!("{title} (95 %)"),
            _ => title.clone(),
        }
    }

    fn cell(&self, sheet: &Sheet, row: &[Value], place: usize) -> String {
        let text = |place: usize| readable(&row[place], sheet.headings[place].kind);
        match (self.of, self.pounds) {
            _ if self.share == Some(place) => interval(&row[place..]),
            (Some(of), _) if place == sheet.labels => format!("{} of {}", text(place), text(of)),
            (_, Some((pounds, number)))
                if place == pounds && row[number].number().is_some_and(|n| n > 0.0) =>
            {
                format!("{} ({})", text(place), text(number))
            }
            _ => text(place),
        }
    }
}

/// "18 % (5-48)", with a star where the share is of few: from share, both ends and the mark.
fn interval(values: &[Value]) -> String {
    let [Value::Real(share), Value::Real(low), Value::Real(high), small, ..] = values else {
        return String::new();
    };
    let star = if *small == Value::Empty { "" } else { "*" };
    let percent = share * 100.0;
    let digits = usize::from(percent > 0.0 && percent < 9.95);
    format!("{percent:.digits$} % ({:.0}-{:.0}){star}", low * 100.0, high * 100.0)
}

/// Dates and periods, which have hyphens, do not wrap.
fn is_date(value: &Value) -> bool {
    matches!(value, Value::Text(text) if text.parse::<PartialDate>().is_ok() || is_quarter(text))
}

fn is_quarter(text: &str) -> bool {
    text.split_once("-Q").is_some_and(|(year, _)| year.parse::<PartialDate>().is_ok())
}

fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect()
}
