//! `casebook doctor`: which ways to the regulator's site work from here.

use std::io::{self, Write};

use clap::Args;

use super::{
    Common, Exit,
    fetch::runtime,
    output::{PageFormat, to_stdout, width, wrapped},
};
use crate::fetch::{self, Check, Client, Verdict};

/// Arguments of `casebook doctor`.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Text for people, or data
    #[arg(long, value_enum, default_value_t = PageFormat::Text)]
    format: PageFormat,
    /// Short for --format json
    #[arg(long, conflicts_with = "format")]
    json: bool,
}

/// Runs the command.
pub fn run(common: &Common, arguments: &Arguments) -> anyhow::Result<Exit> {
    let mut client = Client::new(common.fetch.clone())?;
    common.note(&format!("Asking {} about five times ...", common.fetch.site));
    let checks = runtime()?.block_on(fetch::examine(&mut client));
    to_stdout(|out| {
        if arguments.json || arguments.format == PageFormat::Json {
            serde_json::to_writer_pretty(&mut *out, &checks)?;
            return writeln!(out);
        }
        print(out, &checks)
    })?;
    let exit = exit(&checks);
    if exit == Exit::Blocked {
        common.note(
            "The site keeps automated requests out. Wait some hours, name a contact in casebook.toml \
             (fetch.contact), or save pages and documents with a browser into the corpus folder \
             `fetched`.",
        );
    }
    Ok(exit)
}

fn print(out: &mut dyn Write, checks: &[Check]) -> io::Result<()> {
    checks.iter().try_for_each(|check| {
        let verdict = match check.verdict {
            Verdict::Works => "works",
            Verdict::Fails => "FAILS",
            Verdict::Blocked => "BLOCKED",
        };
        let label = format!("{:<14} {verdict:<8} ", check.name);
        wrapped(out, &check.detail, &label, &" ".repeat(24), width())
    })
}

fn exit(checks: &[Check]) -> Exit {
    let has = |verdict| checks.iter().any(|check| check.verdict == verdict);
    let reaches_page =
        checks.iter().any(|check| check.name == "register page" && check.verdict == Verdict::Works);
    match (has(Verdict::Blocked), has(Verdict::Fails)) {
        (true, _) if !reaches_page => Exit::Blocked,
        (false, false) => Exit::Done,
        _ => Exit::Partly,
    }
}
