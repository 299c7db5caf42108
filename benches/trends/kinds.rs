//! The kinds of trends that are timed.

use casebook::trends::{
    Dimension, Every, Measure, Question, Report, Selection, Sheet, TableError, count,
};
use clap::ValueEnum as _;

/// A trend.
pub enum Kind {
    Count(Question),
    Report(Report),
}

impl Kind {
    pub fn sheet(&self, selection: Selection<'_>) -> Result<Sheet, TableError> {
        match self {
            Self::Count(question) => count(selection, question),
            Self::Report(report) => report.sheet(selection),
        }
    }

    pub const fn every(&self) -> Option<Every> {
        match self {
            Self::Count(question) => question.every,
            Self::Report(_) => None,
        }
    }
}

/// Those that `scripts/bench-trends` sets beside pandas and DuckDB.
pub const COMPARED: [&str; 7] = [
    "sector,category cases",
    "sector,category findings",
    "category,action penalty-sum",
    "sector,category share",
    "sector,category quarter",
    "failures",
    "co-occurrence",
];

const MEASURES: [Measure; 8] = [
    Measure::Cases,
    Measure::Actions,
    Measure::Organisations,
    Measure::Findings,
    Measure::PenaltySum,
    Measure::PenaltyMedian,
    Measure::PenaltyMax,
    Measure::People,
];

/// Two dimensions with every measure, every pair of dimensions from different tables, periods, shares and
/// changes, and every report.
pub fn all() -> Vec<(String, Kind)> {
    use Dimension::{Action, Category, Group, Organisation, Provision, Public, Sector};
    let plain = |by: &[Dimension], measure| Question {
        by: by.to_vec(),
        measures: vec![measure],
        ..Question::default()
    };
    let named = |by: &[Dimension], what: &str| {
        let by: Vec<&str> = by.iter().map(|by| by.column()).collect();
        format!("{} {what}", by.join(","))
    };
    let mut kinds = Vec::new();
    for measure in MEASURES {
        let name = measure.to_possible_value().expect("a name");
        let by = [Sector, Category];
        kinds.push((named(&by, name.get_name()), Kind::Count(plain(&by, measure))));
    }
    for by in [[Category, Action], [Category, Provision], [Group, Public], [Action, Provision]] {
        kinds.push((named(&by, "cases"), Kind::Count(plain(&by, Measure::Cases))));
    }
    let by = [Category, Action];
    kinds.push((named(&by, "penalty-sum"), Kind::Count(plain(&by, Measure::PenaltySum))));
    let usual = |by: &[Dimension]| Question {
        by: by.to_vec(),
        measures: Measure::USUAL.to_vec(),
        ..Question::default()
    };
    for (every, what) in
        [(Every::Year, "year"), (Every::Quarter, "quarter"), (Every::Month, "month")]
    {
        let by = [Sector, Category];
        let question = Question { every: Some(every), ..usual(&by) };
        kinds.push((named(&by, what), Kind::Count(question)));
    }
    let by = [Sector, Category];
    kinds.push((named(&by, "share"), Kind::Count(Question { share: true, ..usual(&by) })));
    let question =
        Question { every: Some(Every::Quarter), share: true, change: true, ..usual(&by) };
    kinds.push((named(&by, "quarter share change"), Kind::Count(question)));
    let question = Question { top: Some(20), ..usual(&[Organisation]) };
    kinds.push((named(&[Organisation], "top 20"), Kind::Count(question)));
    for report in Report::value_variants() {
        let name = report.to_possible_value().expect("a name").get_name().to_owned();
        kinds.push((name, Kind::Report(*report)));
    }
    kinds
}
