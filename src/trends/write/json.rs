//! JSON with all that a table says of itself.

use serde_json::{Map, Value as Json, json};

use super::{Answer, Sheet, TableError, Value};

/// The answer: with one table its rows, with several a list of tables.
pub fn bytes(answer: &Answer) -> Result<Vec<u8>, TableError> {
    let mut object = json!({
        "title": answer.title,
        "cases": answer.coverage.cases,
        "without_period": answer.coverage.without_period,
        "filters": answer.filters,
        "coverage": answer.coverage,
    });
    match &answer.sheets[..] {
        [sheet] => {
            object["rules"] = json!(sheet.rules);
            object["rows"] = rows(sheet)?;
        }
        sheets => object["tables"] = sheets.iter().map(table).collect::<Result<Json, _>>()?,
    }
    Ok(format!("{object:#}\n").into_bytes())
}

fn table(sheet: &Sheet) -> Result<Json, TableError> {
    Ok(json!({
        "name": sheet.name, "title": sheet.title, "rules": sheet.rules, "rows": rows(sheet)?,
    }))
}

fn rows(sheet: &Sheet) -> Result<Json, TableError> {
    let object = |row: Vec<Value>| -> Map<String, Json> {
        let names = sheet.headings.iter().map(|heading| heading.name.clone());
        names.zip(row.into_iter().map(value)).collect()
    };
    Ok(sheet.rows()?.into_iter().map(object).collect())
}

fn value(value: Value) -> Json {
    match value {
        Value::Empty => Json::Null,
        Value::Text(text) => text.into(),
        Value::Whole(number) => number.into(),
        Value::Real(number) => number.into(),
    }
}
