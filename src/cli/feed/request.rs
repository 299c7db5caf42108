//! What is asked for: on the command line, or by a saved query.

use anyhow::{anyhow, bail};
use clap::{Args as _, FromArgMatches as _};
use url::Url;

use crate::{
    cli::{Common, filters::FilterArguments},
    feed::{Saved, lasting_id},
    model::Filter,
    taxonomy::Taxonomy,
    trends::in_words,
};

/// Which cases make a feed, and what it is called.
pub struct Request {
    pub id: String,
    pub title: String,
    pub subtitle: String,
    pub query: String,
    pub filter: Filter,
    pub address: Option<String>,
}

impl Request {
    /// What the command line asks for; known by query and filters.
    pub fn of(
        query: String,
        filter: Filter,
        title: Option<String>,
        address: Option<String>,
    ) -> anyhow::Result<Self> {
        let subtitle = subtitle(&query, &filter);
        let request = Self {
            id: lasting_id("query", &subtitle),
            title: title.unwrap_or_else(|| format!("Data protection enforcement: {subtitle}")),
            subtitle,
            query,
            filter,
            address,
        };
        request.checked()
    }

    /// What a saved query asks for; known by its name, so that it may be mended.
    pub fn saved(saved: Saved, common: &Common, taxonomy: &Taxonomy) -> anyhow::Result<Self> {
        let filter = filters(&saved.filters)?.checked(common, taxonomy)?;
        let request = Self {
            id: lasting_id("feed", &saved.name),
            title: saved.title,
            subtitle: subtitle(&saved.query, &filter),
            query: saved.query,
            filter,
            address: saved.address,
        };
        request.checked()
    }

    /// Refuses an address at which no feed can lie.
    fn checked(self) -> anyhow::Result<Self> {
        let is_web = |address: &str| {
            Url::parse(address).is_ok_and(|url| matches!(url.scheme(), "http" | "https"))
        };
        match self.address.as_deref().filter(|address| !is_web(address)) {
            Some(address) => {
                bail!("`{address}` is no web address; write it like https://example.org/feed.xml")
            }
            None => Ok(self),
        }
    }
}

fn subtitle(query: &str, filter: &Filter) -> String {
    let words = (!query.trim().is_empty()).then(|| format!("“{}”", query.trim()));
    let parts: Vec<String> = words.into_iter().chain(in_words(filter)).collect();
    if parts.is_empty() { "all cases".to_owned() } else { parts.join("; ") }
}

/// A table of filters, read as the options of the same names.
fn filters(table: &toml::Table) -> anyhow::Result<FilterArguments> {
    let mut options = Vec::new();
    for (name, value) in table {
        let values = match value {
            toml::Value::Array(values) => values.iter().collect(),
            value => vec![value],
        };
        for value in values {
            match value {
                toml::Value::Boolean(true) => options.push(format!("--{name}")),
                toml::Value::Boolean(false) => {}
                toml::Value::String(text) => options.push(format!("--{name}={text}")),
                toml::Value::Integer(number) => options.push(format!("--{name}={number}")),
                toml::Value::Datetime(date) => options.push(format!("--{name}={date}")),
                _ => {
                    bail!("the filter `{name}` must be a text, a number, true, or a list of texts")
                }
            }
        }
    }
    let command = clap::Command::new("filters").no_binary_name(true).disable_help_flag(true);
    let matches = FilterArguments::augment_args(command).try_get_matches_from(options);
    let read = matches.and_then(|matches| FilterArguments::from_arg_matches(&matches));
    read.map_err(|error| anyhow!(sentence(&error.to_string())))
}

/// What is wrong, without what is said about the command line.
fn sentence(error: &str) -> String {
    let told = error.lines().map(str::trim).filter(|line| !line.is_empty());
    let told = told.take_while(|line| !line.starts_with("Usage") && !line.starts_with("For more"));
    told.collect::<Vec<_>>().join("; ").trim_start_matches("error: ").to_owned()
}
