//! How many of the matching cases have each value of a facet.

use std::collections::BTreeMap;

use tantivy::aggregation::{
    AggregationCollector,
    agg_req::Aggregations,
    agg_result::{AggregationResult, AggregationResults, BucketResult},
};

use super::{IndexError, query::Plan};

/// For each facet the number of matching cases by value.
pub type Facets = BTreeMap<&'static str, BTreeMap<String, u64>>;

/// The facets.
pub const FACETS: [&str; 6] = ["category", BY_MEANING, "group", "sector", "action", "year"];

/// Categories of the user's own that have examples; where no case has one, the facet is not there.
const BY_MEANING: &str = "by_meaning";

/// Values listed of one facet.
const VALUES: usize = 60;

/// A collector of counts for some facets.
pub fn collector(facets: &[&'static str]) -> Result<AggregationCollector, IndexError> {
    let terms = |field| serde_json::json!({"terms": {"field": field, "size": VALUES}});
    let request: serde_json::Map<_, _> =
        facets.iter().map(|field| ((*field).to_owned(), terms(*field))).collect();
    let request: Aggregations = serde_json::from_value(request.into())?;
    Ok(AggregationCollector::from_aggs(request, Default::default()))
}

/// The counts that a collector made.
pub fn counted(mut results: AggregationResults) -> Facets {
    let mut facets = Facets::new();
    for facet in FACETS {
        let Some(AggregationResult::BucketResult(BucketResult::Terms { buckets, .. })) =
            results.0.remove(facet)
        else {
            continue;
        };
        let values = buckets.into_iter().map(|bucket| (bucket.key.to_string(), bucket.doc_count));
        let values: BTreeMap<String, u64> = values.collect();
        if facet != BY_MEANING || !values.is_empty() {
            facets.insert(facet, values);
        }
    }
    facets
}

/// Counts anew, without its own filter, every facet that is filtered: the other values that a user
/// could choose in its place.
pub fn without_own_filters(
    searcher: &tantivy::Searcher,
    plan: &Plan,
    facets: &mut Facets,
) -> Result<(), IndexError> {
    let filtered: Vec<&str> = plan.filtered_facets().collect();
    for facet in filtered {
        // A filter by group is one by its categories.
        let counted_by =
            if facet == "category" { vec!["category", BY_MEANING, "group"] } else { vec![facet] };
        let counted_by: Vec<&'static str> =
            FACETS.into_iter().filter(|facet| counted_by.contains(facet)).collect();
        let results = searcher.search(&plan.query(Some(facet)), &collector(&counted_by)?)?;
        facets.extend(counted(results));
    }
    Ok(())
}
