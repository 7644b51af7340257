//! Everything that these benches use of the library, in one place.

use std::path::Path;

use chrono::NaiveDate;
use pledgebook::assess::{Assessment, Case, Clock, Question, Version, assess, register};
use pledgebook::model::book::Dossier;
use pledgebook::model::settings::AssessmentSettings;
use pledgebook::parse::{ProgressRead, PromisesRead, read_progress, read_promises};
use pledgebook::render::{Look, PREPARATION, write_csv, write_json, write_markdown, write_table};
use pledgebook::report::{Query, Report, Selection, SortBy, report};
use pledgebook::store::{Depth, KeptRegister, Location};
use pledgebook::sync::{Book, Dossiers, Judging, Request, load};

use crate::Fault;
use crate::book::{AS_OF, Organisation};

/// An organisation's two files as text.
pub(crate) struct Texts {
    id: String,
    path: String,
    pub(crate) promises: String,
    pub(crate) progress: String,
}

impl Texts {
    pub(crate) fn of(organisation: &Organisation) -> Self {
        let id = organisation.id();
        let path = format!("commitments/{id}.toml");
        Self { id, path, promises: organisation.promises(), progress: organisation.progress() }
    }

    pub(crate) fn read_promises(&self) -> PromisesRead {
        read_promises(&self.id, &self.path, &self.promises)
    }

    pub(crate) fn read_progress(&self, promises: &PromisesRead) -> ProgressRead {
        read_progress(&format!("commitments/{}.progress.toml", self.id), &self.progress, Some(&promises.frame))
    }

    /// The organisation as the index would hand it out.
    pub(crate) fn dossier(&self) -> Result<Dossier, Fault> {
        let read = self.read_promises();
        let progress = self.read_progress(&read);
        let promises = read.promises.filter(|_| progress.findings.is_empty()).ok_or("the reader found faults")?;
        Ok(Dossier { path: self.path.clone(), promises, figures: progress.figures, provenance: Vec::new() })
    }
}

fn clock() -> Result<Clock, Fault> {
    Ok(Clock { as_of: AS_OF.parse::<NaiveDate>()?, known_at: None })
}

/// The judgement of one promise on the day that is judged.
pub(crate) struct Judge {
    clock: Clock,
    settings: AssessmentSettings,
}

impl Judge {
    pub(crate) fn new() -> Result<Self, Fault> {
        Ok(Self { clock: clock()?, settings: AssessmentSettings::default() })
    }

    pub(crate) fn one(&self, dossier: &Dossier) -> Option<Assessment> {
        let question = Question { clock: self.clock, version: Version::Current, settings: &self.settings };
        assess(&Case::of(dossier, dossier.promises.commitments.first()?)?, &question)
    }

    /// All promises judged, as they are kept for reports.
    pub(crate) fn all(&self, dossiers: &[Dossier]) -> Vec<KeptRegister> {
        let question = Question { clock: self.clock, version: Version::Current, settings: &self.settings };
        dossiers.iter().map(|dossier| KeptRegister::of(&register(dossier, &question), PREPARATION)).collect()
    }

    /// The judgements sorted and counted.
    pub(crate) fn report<'r>(&self, registers: &'r [KeptRegister]) -> Report<'r> {
        let query = Query {
            clock: self.clock,
            version: Version::Current,
            selection: Selection::default(),
            sort: SortBy::Status,
            group_by: None,
        };
        report(registers, None, 0, &query)
    }
}

/// Syncs the book into the index and reads from there how its promises stand.
pub(crate) fn sync(root: &Path, location: Option<&Location>) -> Result<Book, Fault> {
    let mut note = |_| {};
    // Far after the files were written: none of them counts as written just now.
    let now = || i64::MAX;
    let judging = Some(Judging { depth: Depth::Table, ..Judging::of(clock()?, PREPARATION) });
    let mut request = Request {
        root,
        location,
        now_ns: &now,
        dossiers: Dossiers::Unwanted,
        judging,
        progress: &|_, _| {},
        note: &mut note,
    };
    Ok(load(&mut request)?)
}

/// A form of the report.
#[derive(Clone, Copy)]
pub(crate) enum Form {
    Wide,
    Narrow,
    Piped,
    Csv,
    Json,
    Markdown,
}

impl Form {
    pub(crate) const ALL: [(&str, Self); 6] = [
        ("table, 160 columns", Self::Wide),
        ("table, 100 columns", Self::Narrow),
        ("table, piped", Self::Piped),
        ("csv", Self::Csv),
        ("json", Self::Json),
        ("markdown", Self::Markdown),
    ];

    /// The report as text.
    pub(crate) fn write(self, report: &Report<'_>) -> Result<Vec<u8>, Fault> {
        let mut out = Vec::new();
        let look = |width| Look { width, colour: false };
        match self {
            Self::Wide => write_table(report, look(Some(160)), &mut out)?,
            Self::Narrow => write_table(report, look(Some(100)), &mut out)?,
            Self::Piped => write_table(report, look(None), &mut out)?,
            Self::Csv => write_csv(report, &mut out)?,
            Self::Json => write_json(report, &mut out)?,
            Self::Markdown => write_markdown(report, &mut out)?,
        }
        Ok(out)
    }
}
