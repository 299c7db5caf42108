//! Texts as numbers, which are quicker to count.

use std::cell::OnceCell;

use hashbrown::HashMap;
use polars::prelude::*;

/// Stands for a name that is not among those that have numbers.
pub const NONE: u32 = u32::MAX;

/// The values of some columns together, numbered in the order in which they first come.
pub struct Codes {
    /// The number of each row's values.
    pub of_rows: Vec<u32>,
    /// The first row with each number.
    pub firsts: Vec<IdxSize>,
}

impl Codes {
    /// Numbers the values of columns of text; without columns, all rows are alike.
    pub fn of(frame: &DataFrame, columns: &[&str]) -> PolarsResult<Self> {
        let mut codes = Self { of_rows: vec![0; frame.height()], firsts: vec![0] };
        for (place, name) in columns.iter().enumerate() {
            let single = Self::of_texts(frame.column(name)?.str()?);
            codes = if place == 0 { single } else { codes.with(&single) };
        }
        Ok(codes)
    }

    fn of_texts(texts: &StringChunked) -> Self {
        let mut numbers = HashMap::new();
        let mut firsts = Vec::new();
        let of_rows = numbered(texts, |row, text| {
            *numbers.entry(text).or_insert_with(|| {
                firsts.push(row as IdxSize);
                firsts.len() as u32 - 1
            })
        });
        Self { of_rows, firsts }
    }

    /// The numbers of the pairs with other values of the same rows.
    fn with(self, other: &Self) -> Self {
        let mut numbers = HashMap::new();
        let mut firsts = Vec::new();
        let pairs = self.of_rows.iter().zip(&other.of_rows).enumerate();
        let number = |(row, pair)| {
            *numbers.entry(pair).or_insert_with(|| {
                firsts.push(row as IdxSize);
                firsts.len() as u32 - 1
            })
        };
        let of_rows = pairs.map(number).collect();
        Self { of_rows, firsts }
    }

    /// How many different values there are.
    pub const fn len(&self) -> usize {
        self.firsts.len()
    }
}

/// The number of each row's name among `names`, or [`NONE`].
///
/// Tables are written in the order of their cases, so that the next name is looked for where it should be
/// before it is looked up.
pub fn places(rows: &StringChunked, names: &StringChunked) -> Vec<u32> {
    let names: Vec<Option<&str>> = names.iter().collect();
    let numbers: OnceCell<HashMap<Option<&str>, u32>> = OnceCell::new();
    let look_up = |name: Option<&str>| {
        let numbers = numbers.get_or_init(|| names.iter().copied().zip(0..).collect());
        numbers.get(&name).copied().unwrap_or(NONE)
    };
    let mut next = 0;
    numbered(rows, |_, name| {
        let near = names.iter().skip(next).take(NEAR).position(|near| *near == name);
        let place = near.map_or_else(|| look_up(name), |ahead| (next + ahead) as u32);
        if place != NONE {
            next = place as usize + 1;
        }
        place
    })
}

/// So many names are looked at, since a few cases have no rows in a table.
const NEAR: usize = 8;

/// The number of each text. Rows that hold the very same piece of memory, as most with the same text do
/// that come from a file, have the same number without a look at the text.
fn numbered<'t>(
    texts: &'t StringChunked,
    mut number: impl FnMut(usize, Option<&'t str>) -> u32,
) -> Vec<u32> {
    let mut numbers = Vec::with_capacity(texts.len());
    let can_be_same = texts.null_count() == 0;
    for array in texts.downcast_iter() {
        let mut known: HashMap<u128, u32> = HashMap::new();
        let mut last = None;
        for (place, view) in array.views().iter().enumerate() {
            let memory = view.as_u128();
            let before = last.filter(|(same, _)| *same == memory).map(|(_, code)| code);
            let before = before.or_else(|| known.get(&memory).copied());
            let code = before.unwrap_or_else(|| number(numbers.len(), array.get(place)));
            if can_be_same {
                last = Some((memory, code));
                if before.is_none() && known.len() < FEW {
                    known.insert(memory, code);
                }
            }
            numbers.push(code);
        }
    }
    numbers
}

/// Of more pieces of memory than this no notice is taken, since hardly any comes again.
const FEW: usize = 1024;

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn texts(values: &[Option<String>]) -> StringChunked {
        values.iter().map(Option::as_deref).collect()
    }

    proptest! {
        #[test]
        fn the_same_texts_have_the_same_number(
            values in prop::collection::vec(prop::option::of("[a-c]{0,2}|a text of more than twelve [xy]"), 0..60)
        ) {
            let codes = Codes::of_texts(&texts(&values));
            for (row, code) in codes.of_rows.iter().enumerate() {
                let first = codes.firsts[*code as usize] as usize;
                prop_assert_eq!(&values[row], &values[first]);
                prop_assert!(!values[..first].contains(&values[row]));
            }
        }

        #[test]
        fn names_are_found_in_any_order(
            rows in prop::collection::vec(0..40usize, 0..80),
            in_order in any::<bool>()
        ) {
            let mut rows = rows;
            if in_order {
                rows.sort_unstable();
            }
            // Of forty names, one in three is among those that have numbers.
            let name = |number: &usize| Some(format!("a case with the number {number}"));
            let known: Vec<usize> = (0..40).filter(|number| number % 3 == 0).collect();
            let names = texts(&known.iter().map(name).collect::<Vec<_>>());
            let found = places(&texts(&rows.iter().map(name).collect::<Vec<_>>()), &names);
            for (row, place) in rows.iter().zip(found) {
                let expected = known.iter().position(|number| number == row);
                prop_assert_eq!(expected, (place != NONE).then_some(place as usize));
            }
        }
    }
}
