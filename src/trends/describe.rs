//! Descriptions of the tables that other tools read, generated from the code: a data package
//! (frictionlessdata.io) and CSVW metadata (W3C), both with the version of the schema.

use polars::prelude::DataType;
use serde_json::{Value, json};

use super::{Column, Table, TableError};

/// Raised whenever a column goes, is renamed or changes its meaning; new columns do not raise it.
pub const SCHEMA_VERSION: &str = "1.0.0";

/// The file of the data package.
pub const DATA_PACKAGE: &str = "datapackage.json";

const LICENCE: &str = "https://www.nationalarchives.gov.uk/doc/open-government-licence/version/3/";

/// Names and contents of the description files.
///
/// # Errors
/// Never: the values are plain JSON.
pub fn files(tables: &[Table]) -> Result<[(&'static str, String); 2], TableError> {
    let text = |value: &Value| format!("{value:#}\n");
    Ok([(DATA_PACKAGE, text(&data_package(tables))), ("csvw-metadata.json", text(&csvw(tables)))])
}

fn data_package(tables: &[Table]) -> Value {
    let resources: Vec<Value> = tables
        .iter()
        .map(|table| {
            let fields: Vec<Value> = table.columns.iter().map(field).collect();
            let mut schema = json!({ "fields": fields });
            if !table.key.is_empty() {
                schema["primaryKey"] = json!(table.key);
            }
            if let Some(key) = case_key(table) {
                schema["foreignKeys"] = json!([{
                    "fields": [key], "reference": { "resource": "cases", "fields": [key] }
                }]);
            }
            json!({
                "name": table.name,
                "path": format!("{}.csv", table.name),
                "format": "csv",
                "mediatype": "text/csv",
                "encoding": "utf-8",
                "profile": "tabular-data-resource",
                "description": format!("One row: {}. The same as Parquet: {}.parquet.", table.row, table.name),
                "schema": schema,
            })
        })
        .collect();
    json!({
        "name": "casebook-tables",
        "title": "UK data protection enforcement: cases, actions, findings, provisions",
        "version": SCHEMA_VERSION,
        "profile": "data-package",
        "licenses": [{ "name": "OGL-UK-3.0", "path": LICENCE, "title": "Open Government Licence v3.0" }],
        "resources": resources,
    })
}

fn csvw(tables: &[Table]) -> Value {
    let tables: Vec<Value> = tables
        .iter()
        .map(|table| {
            let columns: Vec<Value> = table
                .columns
                .iter()
                .map(|column| {
                    json!({
                        "name": column.values.name().as_str(),
                        "titles": column.values.name().as_str(),
                        "dc:description": column.meaning,
                        "datatype": kind(column).1,
                        "required": column.values.null_count() == 0,
                    })
                })
                .collect();
            let mut schema = json!({ "columns": columns });
            if !table.key.is_empty() {
                schema["primaryKey"] = json!(table.key);
            }
            json!({
                "url": format!("{}.csv", table.name),
                "dc:description": format!("One row: {}.", table.row),
                "tableSchema": schema,
            })
        })
        .collect();
    json!({
        "@context": ["http://www.w3.org/ns/csvw", { "@language": "en" }],
        "dc:title": "casebook tables",
        "dc:license": { "@id": LICENCE },
        "schema:version": SCHEMA_VERSION,
        "tables": tables,
    })
}

/// The column that names a case of the table of cases.
fn case_key(table: &Table) -> Option<&'static str> {
    let names_case = table.columns.iter().any(|column| column.values.name() == "case");
    (names_case && table.name != "cases").then_some("case")
}

fn field(column: &Column) -> Value {
    json!({
        "name": column.values.name().as_str(),
        "type": kind(column).0,
        "description": column.meaning,
    })
}

/// What a data package and what CSVW call the type of a column.
fn kind(column: &Column) -> (&'static str, &'static str) {
    match column.values.dtype() {
        DataType::Boolean => ("boolean", "boolean"),
        DataType::Date => ("date", "date"),
        DataType::Float32 | DataType::Float64 => ("number", "double"),
        dtype if dtype.is_integer() => ("integer", "integer"),
        _ => ("string", "string"),
    }
}
