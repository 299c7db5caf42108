//! By what cases can be counted.

use clap::ValueEnum;

/// A property whose values make the rows of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, ValueEnum)]
pub enum Dimension {
    /// Sector of the organisation
    Sector,
    /// Kind of body, such as school or firm
    Body,
    /// Public or private body
    Public,
    /// Category found
    Category,
    /// Group of the category found
    Group,
    /// Kind of action
    Action,
    /// Provision infringed
    Provision,
    /// Organisation acted against
    Organisation,
}

impl Dimension {
    /// The name of its column.
    #[must_use]
    pub const fn column(self) -> &'static str {
        match self {
            Self::Sector => "sector",
            Self::Body => "body",
            Self::Public => "public",
            Self::Category => "category",
            Self::Group => "group",
            Self::Action => "action",
            Self::Provision => "provision",
            Self::Organisation => "organisation",
        }
    }
}

/// The length of a period.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Every {
    /// Calendar years, such as 2024
    Year,
    /// Calendar quarters, such as 2024-Q3; cases dated to the year only are left out
    Quarter,
}

impl Every {
    /// The name of the column that holds the period of a case.
    #[must_use]
    pub const fn column(self) -> &'static str {
        match self {
            Self::Year => "year",
            Self::Quarter => "quarter",
        }
    }

    /// All periods from one to another, both included, as they are written.
    #[must_use]
    pub fn periods(self, first: &str, last: &str) -> Vec<String> {
        let (Some(first), Some(last)) = (self.number(first), self.number(last)) else {
            return Vec::new();
        };
        (first..=last).map(|number| self.name(number)).collect()
    }

    /// Periods counted through from year 0.
    fn number(self, period: &str) -> Option<i32> {
        match self {
            Self::Year => period.parse().ok(),
            Self::Quarter => {
                let (year, quarter) = period.split_once("-Q")?;
                Some(year.parse::<i32>().ok()? * 4 + quarter.parse::<i32>().ok()? - 1)
            }
        }
    }

    fn name(self, number: i32) -> String {
        match self {
            Self::Year => number.to_string(),
            Self::Quarter => format!("{}-Q{}", number.div_euclid(4), number.rem_euclid(4) + 1),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn periods_have_no_gaps() {
        assert_eq!(Every::Year.periods("2019", "2021"), ["2019", "2020", "2021"]);
        assert_eq!(Every::Quarter.periods("2019-Q3", "2020-Q1"), ["2019-Q3", "2019-Q4", "2020-Q1"]);
        assert!(Every::Quarter.periods("2020", "2021").is_empty());
    }
}
