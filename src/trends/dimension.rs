//! By what can be counted. A new dimension is a variant, with its column and its table, here.

use clap::ValueEnum;

use super::Every;

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
    /// The same as --every year
    Year,
    /// The same as --every quarter
    Quarter,
    /// The same as --every month
    Month,
}

/// The table in which the values of a dimension stand beside the case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Origin {
    /// One value a case.
    Cases,
    /// The kinds of its actions.
    Actions,
    /// What was found in it.
    Findings,
    /// What it infringed.
    Provisions,
}

impl Origin {
    /// The name of the table.
    #[must_use]
    pub const fn table(self) -> &'static str {
        match self {
            Self::Cases => "cases",
            Self::Actions => "actions",
            Self::Findings => "findings",
            Self::Provisions => "provisions",
        }
    }
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
            Self::Year => Every::Year.column(),
            Self::Quarter => Every::Quarter.column(),
            Self::Month => Every::Month.column(),
        }
    }

    /// The table of its column.
    #[must_use]
    pub const fn origin(self) -> Origin {
        match self {
            Self::Action => Origin::Actions,
            Self::Category | Self::Group => Origin::Findings,
            Self::Provision => Origin::Provisions,
            _ => Origin::Cases,
        }
    }

    /// The period that it is, if it is one.
    #[must_use]
    pub const fn period(self) -> Option<Every> {
        match self {
            Self::Year => Some(Every::Year),
            Self::Quarter => Some(Every::Quarter),
            Self::Month => Some(Every::Month),
            _ => None,
        }
    }
}
