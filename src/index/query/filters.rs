//! The filters that search, trends and exports share, as conditions on cases.

use std::ops::Bound;

use tantivy::{
    Term,
    query::{BooleanQuery, BoostQuery, RangeQuery, TermQuery},
    schema::{Field, IndexRecordOption},
};

use super::{Builder, clause::BoxedQuery};
use crate::{
    index::{build::day_number, organisation_words, schema::CASE},
    model::{Filter, PartialDate, Provision},
};

/// A condition, with the facet whose values it chooses among.
pub struct Condition {
    /// The facet, if it is one.
    pub facet: Option<&'static str>,
    /// The condition; its score is 0.
    pub query: BoxedQuery,
}

impl Builder<'_> {
    /// The document is a case and passes the filter.
    pub(super) fn conditions(&self, filter: &Filter) -> Vec<Condition> {
        let fields = &self.fields;
        let provisions: Vec<String> = filter.provisions.iter().map(Provision::to_string).collect();
        let actions: Vec<String> =
            filter.actions.iter().map(|action| action.id().to_owned()).collect();
        let lists = [
            (Some("sector"), fields.sector, &filter.sectors),
            (Some("action"), fields.action, &actions),
            (None, fields.infringed, &provisions),
        ];
        let mut conditions = vec![condition(None, key(fields.kind, CASE))];
        for (facet, field, values) in lists.into_iter().filter(|(.., values)| !values.is_empty()) {
            conditions.push(condition(facet, any_of(values.iter().map(|value| key(field, value)))));
        }
        if !filter.categories.is_empty() {
            let kinds = [fields.category, fields.by_meaning];
            let of = |id: &String| kinds.map(|field| key(field, id));
            let any = any_of(filter.categories.iter().flat_map(of));
            conditions.push(condition(Some("category"), any));
        }
        if !filter.organisations.is_empty() {
            let names = filter.organisations.iter().map(|name| self.all_words_of_name(name));
            conditions.push(condition(None, any_of(names)));
        }
        conditions.extend(self.dates(filter.since, filter.until));
        conditions.extend(self.amounts_between(filter.amount_min, filter.amount_max));
        if filter.without_individuals {
            conditions.push(condition(None, key(fields.individual, "no")));
        }
        conditions
    }

    fn all_words_of_name(&self, name: &str) -> BoxedQuery {
        let words = organisation_words(name);
        Box::new(BooleanQuery::intersection(
            words.iter().map(|word| key(self.fields.organisation, word)).collect(),
        ))
    }

    fn dates(
        &self,
        since: Option<PartialDate>,
        until: Option<PartialDate>,
    ) -> impl Iterator<Item = Condition> {
        let bound = |field, date| Bound::Included(Term::from_field_i64(field, day_number(date)));
        let since = since.map(|since| {
            RangeQuery::new(bound(self.fields.latest, since.earliest()), Bound::Unbounded)
        });
        let until = until.map(|until| {
            RangeQuery::new(Bound::Unbounded, bound(self.fields.earliest, until.latest()))
        });
        since.into_iter().chain(until).map(|range| condition(Some("year"), Box::new(range)))
    }

    fn amounts_between(&self, min: Option<u64>, max: Option<u64>) -> Option<Condition> {
        let bound = |amount: Option<u64>| match amount {
            Some(amount) => Bound::Included(Term::from_field_u64(self.fields.amount, amount)),
            None => Bound::Unbounded,
        };
        let range = || RangeQuery::new(bound(min), bound(max));
        (min.is_some() || max.is_some()).then(|| condition(None, Box::new(range())))
    }
}

fn condition(facet: Option<&'static str>, query: BoxedQuery) -> Condition {
    Condition { facet, query: Box::new(BoostQuery::new(query, 0.0)) }
}

impl Clone for Condition {
    fn clone(&self) -> Self {
        Self { facet: self.facet, query: self.query.box_clone() }
    }
}

/// Documents with that value of a field; the rarer the value, the higher the score.
pub fn key(field: Field, value: &str) -> BoxedQuery {
    Box::new(TermQuery::new(Term::from_field_text(field, value), IndexRecordOption::Basic))
}

/// Documents that one of the queries finds.
pub fn any_of(queries: impl Iterator<Item = BoxedQuery>) -> BoxedQuery {
    Box::new(BooleanQuery::union(queries.collect()))
}
