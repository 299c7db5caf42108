//! One row a provision of a case.

use super::{Table, text};
use crate::model::{Case, Provision};

/// The table of provisions.
pub fn provision_table(cases: &[Case]) -> Table {
    let row = |case, provision: &Provision, infringed| {
        (case, provision.to_string(), infringed, provision.uri())
    };
    let mut rows: Vec<(&Case, String, bool, String)> = Vec::new();
    for case in cases {
        let infringed = case.infringed();
        rows.extend(infringed.iter().map(|provision| row(case, provision, true)));
        let cited = case.cited.iter().map(|cited| &cited.provision);
        rows.extend(
            cited.filter(|p| !infringed.contains(p)).map(|provision| row(case, provision, false)),
        );
    }
    let status = |infringed: bool| if infringed { "infringed" } else { "cited" };
    let columns = vec![
        text("case", "name of the case", rows.iter().map(|row| row.0.case.as_str())),
        text("provision", "provision in canonical form", rows.iter().map(|row| row.1.as_str())),
        text(
            "status",
            "`infringed` where the regulator finds so, else `cited`",
            rows.iter().map(|row| status(row.2)),
        ),
        text("uri", "address on legislation.gov.uk", rows.iter().map(|row| row.3.as_str())),
    ];
    Table { name: "provisions", row: "a provision of a case", key: &["case", "provision"], columns }
}
