//! `casebook show`: one case as a person would want it.

use std::io::{self, Write};

use clap::Args;

use super::{
    Common, Exit, LeastConfidence, named,
    output::{PageFormat, pounds, thousands, to_stdout, width, wrapped},
};
use crate::{
    index::Searcher,
    model::{Case, CaseFinding, DocumentKind, Finding, Passage, Provision, Stance},
    pipeline::{Guidance, Indexes, guidance_on},
    taxonomy::Taxonomy,
};

/// Arguments of `casebook show`.
#[derive(Debug, Args)]
pub struct Arguments {
    /// Name of the case, as `casebook search` prints it, or of the organisation
    #[arg(value_name = "CASE")]
    case: String,
    /// Text for people, or data
    #[arg(long, value_enum, default_value_t = PageFormat::Text)]
    format: PageFormat,
    /// Short for --format json
    #[arg(long, conflicts_with = "format")]
    json: bool,
    #[command(flatten)]
    confidence: LeastConfidence,
}

/// Sentences shown for one category.
const EVIDENCE_SHOWN: usize = 3;

/// Runs the command.
pub fn run(common: &Common, arguments: &Arguments) -> anyhow::Result<Exit> {
    let indexes = Indexes::open(&common.indexes)?;
    let taxonomy = common.load_taxonomy()?;
    let searcher = Searcher::open(&indexes.search())?;
    let case =
        named::case(&searcher, &arguments.case, &taxonomy)?.at_least(arguments.confidence.least);
    let guidance = indexes.guidance()?;
    let format = if arguments.json { PageFormat::Json } else { arguments.format };
    to_stdout(|out| match format {
        PageFormat::Json => {
            serde_json::to_writer_pretty(&mut *out, &case)?;
            writeln!(out)
        }
        PageFormat::Text => {
            Page { out, case: &case, taxonomy: &taxonomy, guidance: &guidance, width: width() }
                .print()
        }
    })?;
    Ok(Exit::Done)
}

/// A case being printed.
struct Page<'a> {
    out: &'a mut dyn Write,
    case: &'a Case,
    taxonomy: &'a Taxonomy,
    guidance: &'a [Guidance],
    width: usize,
}

impl Page<'_> {
    fn print(&mut self) -> io::Result<()> {
        self.head()?;
        self.failures()?;
        self.by_meaning()?;
        let case = self.case;
        self.statements(&case.aggravating, None, "What counted against the organisation")?;
        self.statements(&case.mitigating, None, "What counted in its favour")?;
        let (asked, done) = (Some(Stance::Recommendation), Some(Stance::Remedy));
        self.statements(&case.recommendations, asked, "What the ICO asked for")?;
        self.statements(&case.remedies, done, "What the organisation has done")?;
        self.lessons()?;
        self.sources()
    }

    fn head(&mut self) -> io::Result<()> {
        let facts = &self.case.facts;
        let organisation = self.case.organisation().to_owned();
        writeln!(self.out, "{}", "=".repeat(organisation.chars().count().min(self.width)))?;
        self.line(&organisation, "")?;
        writeln!(self.out, "{}", "=".repeat(organisation.chars().count().min(self.width)))?;
        self.line(self.case.title(), "")?;
        writeln!(self.out)?;
        let sector = facts
            .sector
            .as_deref()
            .map(|id| self.taxonomy.sector(id).map_or(id, |s| s.title.as_str()));
        let infringed: Vec<String> =
            self.case.infringed().iter().map(|provision| self.titled(provision)).collect();
        let date = facts.date.map(|date| {
            facts
                .date_kind
                .map_or_else(|| date.to_string(), |kind| format!("{date} ({})", kind.title()))
        });
        let incident = match (facts.incident_from, facts.incident_to) {
            (Some(from), Some(to)) if from != to => Some(format!("{from} to {to}")),
            (Some(day), _) | (None, Some(day)) => Some(day.to_string()),
            (None, None) => None,
        };
        let rows = [
            ("Action", Some(self.case.actions_in_words())),
            ("Date", date),
            ("Sector", sector.map(str::to_owned)),
            ("Kind of body", self.kind_of_body()),
            ("Also known as", Some(facts.also_known_as.join("; "))),
            ("Penalty", facts.amount_gbp.map(pounds)),
            ("People affected", facts.data_subjects.map(thousands)),
            ("Calls or messages", facts.messages_sent.map(thousands)),
            ("Incident", incident),
            ("Reference", facts.reference.clone()),
            ("Earlier action", facts.earlier_action.clone()),
            ("Infringed", Some(infringed.join("; "))),
        ];
        for (label, value) in
            rows.into_iter().filter_map(|(l, v)| v.filter(|v| !v.is_empty()).map(|v| (l, v)))
        {
            let indent = format!("{label:<18}");
            wrapped(self.out, &value, &indent, &" ".repeat(18), self.width)?;
        }
        Ok(())
    }

    /// "School or academy trust (public)".
    fn kind_of_body(&self) -> Option<String> {
        let facts = &self.case.facts;
        let id = facts.body.as_deref()?;
        let title = self.taxonomy.body(id).map_or(id, |body| body.title.as_str());
        let status =
            facts.public.map_or("", |is_public| if is_public { " (public)" } else { " (private)" });
        Some(format!("{title}{status}"))
    }

    /// "UK GDPR Art 35(1) (Data protection impact assessment)".
    fn titled(&self, provision: &Provision) -> String {
        match self.taxonomy.provision_title(provision) {
            Some(title) => format!("{provision} ({title})"),
            None => provision.to_string(),
        }
    }

    fn failures(&mut self) -> io::Result<()> {
        self.heading("What went wrong")?;
        let case = self.case;
        if case.categories.is_empty() {
            return self.line("No failing could be read from the documents at hand.", "  ");
        }
        case.categories.iter().try_for_each(|id| self.failure(id))
    }

    /// A category with its evidence and its law.
    fn failure(&mut self, id: &str) -> io::Result<()> {
        let category = self.taxonomy.category(id);
        let title = category.map_or(id, |category| category.title.as_str());
        self.line(&format!("{title} ({id})"), "  ")?;
        let case = self.case;
        let found = || case.findings.iter().filter(|f| is_finding_of(&f.finding, id));
        for evidence in strongest(found()) {
            self.evidence(evidence)?;
        }
        let mut cited: Vec<String> =
            found().flat_map(|f| &f.finding.provisions).map(ToString::to_string).collect();
        cited.sort();
        cited.dedup();
        let usual = category.map(|category| category.provisions.iter().map(ToString::to_string));
        let usual: Vec<String> = usual.into_iter().flatten().collect();
        if cited.is_empty() {
            self.line(&format!("Usual law: {}", usual.join(", ")), "    ")?;
        } else {
            self.line(&format!("Law cited there: {}", cited.join(", ")), "    ")?;
        }
        writeln!(self.out)
    }

    /// Categories of the user's own that have examples, with the sentences nearest to these.
    fn by_meaning(&mut self) -> io::Result<()> {
        let case = self.case;
        if case.categories_by_meaning.is_empty() {
            return Ok(());
        }
        self.heading("Near in meaning to your examples")?;
        for id in &case.categories_by_meaning {
            let title = self.taxonomy.category(id).map_or(id, |category| &category.title);
            self.line(&format!("{title} ({id})"), "  ")?;
            for near in strongest(case.findings.iter().filter(|f| is_finding_of(&f.finding, id))) {
                self.evidence(near)?;
                let sure = format!("by meaning, confidence {:.2}", near.finding.confidence);
                self.line(&sure, "      ")?;
            }
            writeln!(self.out)?;
        }
        self.line("Found by likeness, not by rules: read the sentence.", "  ")
    }

    /// A sentence; in quotation marks where it is the regulator's own.
    fn evidence(&mut self, evidence: &CaseFinding) -> io::Result<()> {
        let document = self.case.documents.iter().find(|d| d.path == evidence.document);
        let is_digest = document.is_some_and(|document| document.kind == DocumentKind::Digest);
        let sentence = &evidence.finding.sentence;
        let text = if is_digest { sentence.clone() } else { format!("“{sentence}”") };
        wrapped(self.out, &text, "    - ", "      ", self.width)
    }

    /// The sentences under such headings, and those elsewhere in that stance, each once.
    /// The passages, and the sentences of findings in that stance, each once.
    fn statements(
        &mut self,
        passages: &[Passage],
        stance: Option<Stance>,
        heading: &str,
    ) -> io::Result<()> {
        let case = self.case;
        let elsewhere = stance.into_iter().flat_map(|stance| case.in_stance(stance));
        let elsewhere = elsewhere.map(|finding| &finding.sentence);
        let mut sentences: Vec<&String> = Vec::new();
        for sentence in passages.iter().map(|passage| &passage.sentence).chain(elsewhere) {
            if !sentences.contains(&sentence) {
                sentences.push(sentence);
            }
        }
        if sentences.is_empty() {
            return Ok(());
        }
        self.heading(heading)?;
        let mut each = sentences.into_iter();
        each.try_for_each(|sentence| wrapped(self.out, sentence, "  - ", "    ", self.width))
    }

    fn lessons(&mut self) -> io::Result<()> {
        let case = self.case;
        let taxonomy = self.taxonomy;
        let categories: Vec<_> =
            case.categories.iter().filter_map(|id| taxonomy.category(id)).collect();
        if categories.is_empty() {
            return Ok(());
        }
        self.heading("What you can learn")?;
        for category in categories {
            wrapped(self.out, &category.lesson, "  - ", "    ", self.width)?;
            if let Some(note) = guidance_on(&category.id, self.guidance) {
                let (title, url) = (note.title.clone(), note.url.clone());
                self.line(&format!("Guidance: {title}"), "    ")?;
                writeln!(self.out, "    {url}")?;
            }
        }
        Ok(())
    }

    fn sources(&mut self) -> io::Result<()> {
        self.heading("Sources")?;
        let case = self.case;
        for source in &case.facts.sources {
            self.line(&source.name, "  ")?;
            writeln!(self.out, "    {}", source.url)?;
        }
        for document in &case.documents {
            self.line(
                &format!("Read here from the {}: {}", document.kind.title(), document.path),
                "  ",
            )?;
            if let Some(address) = &document.address {
                writeln!(self.out, "    {address}")?;
            }
        }
        writeln!(self.out)?;
        self.line(
            "Not legal advice. Contains public sector information of the Information Commissioner's Office \
             licensed under the Open Government Licence v3.0; the ICO endorses nothing here.",
            "",
        )
    }

    fn heading(&mut self, text: &str) -> io::Result<()> {
        writeln!(self.out, "\n{text}\n{}", "-".repeat(text.len()))
    }

    fn line(&mut self, text: &str, indent: &str) -> io::Result<()> {
        wrapped(self.out, text, indent, &format!("{indent}  "), self.width)
    }
}

fn is_finding_of(finding: &Finding, category: &str) -> bool {
    finding.stance == Stance::Finding && finding.category == category
}

/// At most three findings, the most confident first.
fn strongest<'a>(found: impl Iterator<Item = &'a CaseFinding>) -> Vec<&'a CaseFinding> {
    let mut sorted: Vec<_> = found.collect();
    sorted.sort_by(|a, b| b.finding.confidence.total_cmp(&a.finding.confidence));
    sorted.truncate(EVIDENCE_SHOWN);
    sorted
}
