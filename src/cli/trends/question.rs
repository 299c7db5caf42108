//! What is to be counted, checked.

use anyhow::bail;
use clap::Args;

use crate::trends::{Dimension, Every, Measure, Question};

/// The options that say what makes rows and numbers.
#[derive(Debug, Args)]
pub struct QuestionArguments {
    /// What makes the rows; several are separated by commas
    #[arg(long, value_enum, value_delimiter = ',', value_name = "DIMENSIONS")]
    by: Vec<Dimension>,
    /// Count for each period
    #[arg(long, value_enum, value_name = "PERIOD")]
    every: Option<Every>,
    /// The numbers; shares, changes and charts are of the first [default: cases,actions,organisations]
    #[arg(long, value_enum, value_delimiter = ',', value_name = "MEASURES")]
    measure: Vec<Measure>,
    /// Add the share of all, with its 95 % interval
    #[arg(long)]
    share: bool,
    /// Add the change on the period before
    #[arg(long)]
    change: bool,
    /// Keep the largest N rows (with periods: the N with the largest sums)
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u32).range(1..))]
    top: Option<u32>,
}

impl QuestionArguments {
    /// The question, if its parts go together.
    pub fn checked(&self) -> anyhow::Result<Question> {
        let measures =
            if self.measure.is_empty() { Measure::USUAL.to_vec() } else { once(&self.measure) };
        let by = once(&self.by);
        let question = Question {
            every: self.period()?,
            by: by.into_iter().filter(|by| by.period().is_none()).collect(),
            measures,
            share: self.share,
            change: self.change,
            top: self.top.map(|top| top as usize),
        };
        if question.change && question.every.is_none() {
            bail!("--change compares periods; add --every year, quarter or month");
        }
        if question.top.is_some() && question.by.is_empty() {
            bail!("--top chooses among the values of --by; add --by sector or the like");
        }
        if question.share && !question.main().is_count() {
            bail!(
                "a share is of cases, actions, organisations or findings; name one of them first \
                 in --measure"
            );
        }
        Ok(question)
    }

    /// The one period of --every and --by.
    fn period(&self) -> anyhow::Result<Option<Every>> {
        let mut periods: Vec<Every> = self.by.iter().filter_map(|by| by.period()).collect();
        periods.extend(self.every);
        periods.dedup();
        match periods[..] {
            [] => Ok(None),
            [period] => Ok(Some(period)),
            [first, second, ..] => bail!(
                "a table has one length of period, not both {} and {}",
                first.column(),
                second.column()
            ),
        }
    }
}

/// The values in their order, each once.
fn once<T: Copy + PartialEq>(values: &[T]) -> Vec<T> {
    let mut kept: Vec<T> = Vec::new();
    for value in values {
        if !kept.contains(value) {
            kept.push(*value);
        }
    }
    kept
}
