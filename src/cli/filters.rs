//! The filters that search, trends and exports share, checked against the taxonomy.

use anyhow::bail;
use clap::Args;

use super::Common;
use crate::{
    model::{ActionType, Filter, PartialDate, Provision},
    taxonomy::{Taxonomy, nearest},
};

/// Which cases. An option can be given several times or with a list (a,b): any of them will do.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Filters")]
pub struct FilterArguments {
    #[command(flatten)]
    of_cases: UndatedFilterArguments,
    /// First date: 2024-07-23, 2024-07 or 2024
    #[arg(long, value_name = "DATE")]
    since: Option<PartialDate>,
    /// Last date
    #[arg(long, value_name = "DATE")]
    until: Option<PartialDate>,
}

/// The filters but for dates of actions.
#[derive(Debug, Clone, Default, Args)]
#[command(next_help_heading = "Filters")]
pub struct UndatedFilterArguments {
    /// Category found, such as missing-dpia
    #[arg(long, value_delimiter = ',', value_name = "ID")]
    category: Vec<String>,
    /// Group of categories, such as security
    #[arg(long, value_delimiter = ',', value_name = "ID")]
    group: Vec<String>,
    /// Sector, such as education
    #[arg(long, value_delimiter = ',', value_name = "ID")]
    sector: Vec<String>,
    /// Kind of action, such as reprimand
    #[arg(long, value_delimiter = ',', value_name = "ID")]
    action: Vec<String>,
    /// Provision infringed, such as "UK GDPR Art 35"; its paragraphs are included
    #[arg(long, value_name = "PROVISION")]
    provision: Vec<String>,
    /// Words of the organisation's name
    #[arg(long, value_name = "WORDS")]
    organisation: Vec<String>,
    /// Least penalty: 10000, 10k or £1.5m; only cases with a penalty pass
    #[arg(long, value_name = "POUNDS", value_parser = sum)]
    amount_min: Option<u64>,
    /// Greatest penalty
    #[arg(long, value_name = "POUNDS", value_parser = sum)]
    amount_max: Option<u64>,
    /// Leave out cases against natural persons
    #[arg(long)]
    without_individuals: bool,
}

impl FilterArguments {
    /// The filter, every name in it known.
    ///
    /// # Errors
    /// An unknown name; the sentence suggests the nearest known one. A period that ends before it
    /// begins.
    pub fn checked(&self, common: &Common, taxonomy: &Taxonomy) -> anyhow::Result<Filter> {
        let filter = self.of_cases.checked(common, taxonomy)?;
        ordered(self.since, self.until)?;
        Ok(Filter { since: self.since, until: self.until, ..filter })
    }

    /// Whether any is given, apart from what the settings leave out anyway.
    pub fn are_given(&self, common: &Common, taxonomy: &Taxonomy) -> anyhow::Result<bool> {
        let none = Self::default().checked(common, taxonomy)?;
        Ok(self.checked(common, taxonomy)? != none)
    }
}

impl UndatedFilterArguments {
    /// The filter, every name in it known.
    ///
    /// # Errors
    /// An unknown name; the sentence suggests the nearest known one.
    pub fn checked(&self, common: &Common, taxonomy: &Taxonomy) -> anyhow::Result<Filter> {
        let categories: Vec<&str> = taxonomy.categories.iter().map(|c| c.id.as_str()).collect();
        let groups: Vec<&str> = taxonomy.groups.iter().map(|g| g.id.as_str()).collect();
        let sectors: Vec<&str> = taxonomy.sectors.iter().map(|s| s.id.as_str()).collect();
        let actions = ActionType::ALL.map(ActionType::id);
        known("category", &self.category, &categories)?;
        known("group", &self.group, &groups)?;
        known("sector", &self.sector, &sectors)?;
        known("action", &self.action, &actions)?;
        let of_groups = self.group.iter().flat_map(|group| taxonomy.categories_of(group));
        let of_groups: Vec<String> = of_groups.collect();
        Ok(Filter {
            categories: both(self.category.clone(), of_groups)?,
            sectors: self.sector.clone(),
            actions: self.action.iter().map(|action| action.parse()).collect::<Result<_, _>>()?,
            provisions: self
                .provision
                .iter()
                .map(|p| p.parse::<Provision>())
                .collect::<Result<_, _>>()?,
            organisations: self.organisation.clone(),
            since: None,
            until: None,
            amount_min: self.amount_min,
            amount_max: self.amount_max,
            without_individuals: self.without_individuals || common.without_individuals,
        })
    }
}

/// A sum as people write it: "500000", "500,000", "£1.5m".
fn sum(text: &str) -> Result<u64, String> {
    let plain = text.trim().trim_start_matches('£').replace([',', '_', ' '], "").to_lowercase();
    let scale = [("bn", 1e9), ("m", 1e6), ("k", 1e3)]
        .into_iter()
        .find_map(|(unit, scale)| plain.strip_suffix(unit).map(|number| (number, scale)));
    let (number, scale) = scale.unwrap_or((&plain, 1.0));
    let is_number = number.starts_with(|c: char| c.is_ascii_digit());
    let number = number.parse::<f64>().ok().filter(|_| is_number).map(|number| number * scale);
    let pounds = number.filter(|pounds| *pounds < 1e12).map(|pounds| pounds.round() as u64);
    pounds.ok_or_else(|| "it must be a sum in pounds, such as 500000, 500k or 1.5m".to_owned())
}

/// A category and a group together mean the categories of the group that are also named, if both
/// are given.
fn both(categories: Vec<String>, of_groups: Vec<String>) -> anyhow::Result<Vec<String>> {
    if categories.is_empty() || of_groups.is_empty() {
        return Ok([categories, of_groups].concat());
    }
    let named = categories.join(", ");
    let of_both: Vec<String> =
        categories.into_iter().filter(|category| of_groups.contains(category)).collect();
    if of_both.is_empty() {
        bail!("--category {named} is in no group of --group; leave one of the two out");
    }
    Ok(of_both)
}

/// Refuses a period that ends before it begins.
fn ordered(since: Option<PartialDate>, until: Option<PartialDate>) -> anyhow::Result<()> {
    match (since, until) {
        (Some(since), Some(until)) if since.earliest() > until.latest() => {
            bail!("--since {since} is after --until {until}; exchange them")
        }
        _ => Ok(()),
    }
}

/// Refuses a name that is not among the known ones, and suggests the nearest.
pub fn known(what: &str, given: &[String], known: &[&str]) -> anyhow::Result<()> {
    let Some(name) = given.iter().find(|name| !known.contains(&name.as_str())) else {
        return Ok(());
    };
    match nearest(name, known.iter().copied()) {
        Some(near) => bail!("unknown {what} `{name}`; did you mean `{near}`?"),
        None => bail!("unknown {what} `{name}`; known are {}", known.join(", ")),
    }
}
