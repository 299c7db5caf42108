//! What can be counted. A new measure is a variant here, and its expression where it is counted.

use clap::ValueEnum;

use super::{Kind, Origin};

/// A number that a row of a table states.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, ValueEnum)]
pub enum Measure {
    /// Cases
    Cases,
    /// Actions: a penalty and a notice to one body are two
    Actions,
    /// Organisations, whatever the spelling
    Organisations,
    /// Sentences that state a failure
    Findings,
    /// Penalties, pounds in all
    PenaltySum,
    /// The median penalty in pounds
    PenaltyMedian,
    /// The greatest penalty in pounds
    PenaltyMax,
    /// People affected, where a source says how many
    People,
}

impl Measure {
    /// What a table counts if nothing else is asked for.
    pub const USUAL: [Self; 3] = [Self::Cases, Self::Actions, Self::Organisations];

    /// The name of its column.
    #[must_use]
    pub const fn column(self) -> &'static str {
        match self {
            Self::Cases => "cases",
            Self::Actions => "actions",
            Self::Organisations => "organisations",
            Self::Findings => "findings",
            Self::PenaltySum => "penalty_sum_gbp",
            Self::PenaltyMedian => "penalty_median_gbp",
            Self::PenaltyMax => "penalty_max_gbp",
            Self::People => "people_affected",
        }
    }

    /// The name a reader sees.
    #[must_use]
    pub const fn title(self) -> &'static str {
        match self {
            Self::Cases => "cases",
            Self::Actions => "actions",
            Self::Organisations => "organisations",
            Self::Findings => "findings",
            Self::PenaltySum => "penalties, sum",
            Self::PenaltyMedian => "penalty, median",
            Self::PenaltyMax => "penalty, greatest",
            Self::People => "people affected",
        }
    }

    /// How its numbers are written.
    #[must_use]
    pub const fn kind(self) -> Kind {
        match self {
            Self::PenaltySum | Self::PenaltyMedian | Self::PenaltyMax => Kind::Pounds,
            _ => Kind::Count,
        }
    }

    /// Whether it counts things, so that a row can have a share of all of them.
    #[must_use]
    pub const fn is_count(self) -> bool {
        matches!(self, Self::Cases | Self::Actions | Self::Organisations | Self::Findings)
    }

    /// Whether it is about penalties, so that the number of penalties is told beside it.
    #[must_use]
    pub const fn is_penalty(self) -> bool {
        matches!(self.kind(), Kind::Pounds)
    }

    /// The table from which it is counted.
    #[must_use]
    pub const fn origin(self) -> Origin {
        match self {
            Self::Cases | Self::Organisations | Self::People => Origin::Cases,
            Self::Findings => Origin::Findings,
            _ => Origin::Actions,
        }
    }

    /// The counting rule.
    #[must_use]
    pub const fn rule(self) -> &'static str {
        match self {
            Self::Cases => "A case is the actions against one party on one set of facts.",
            Self::Actions => {
                "An action is one reprimand, penalty, notice or prosecution: a penalty and a notice \
                 to one body are two actions of one case."
            }
            Self::Organisations => "An organisation is one body, whatever its spelling.",
            Self::Findings => "A finding is a sentence in which the regulator states a failure.",
            Self::PenaltySum | Self::PenaltyMedian | Self::PenaltyMax => {
                "Penalties are those imposed, never proposed ones, in pounds sterling and before \
                 any appeal; `penalties` (on the screen in brackets) says how many amounts are known."
            }
            Self::People => {
                "People affected are summed over the cases whose sources say how many; one person \
                 can be counted in several cases."
            }
        }
    }
}
