//! Terms on the command line: target, deadline, baseline, milestones, scopes,
//! offsets. `add` and `amend` share them.

use super::log::{number, words};
use crate::journal::quoted;
use crate::model::target::TargetForm;
use crate::model::terms::OffsetsAllowed;

/// What is to be reached, and by when.
#[derive(Debug, Default, clap::Args)]
#[command(next_help_heading = "Terms")]
pub(crate) struct TermArgs {
    /// The value is to be this or less by the deadline
    #[arg(long, value_name = "V", allow_negative_numbers = true, group = "form")]
    pub(crate) at_most: Option<String>,
    /// The value is to be this or more by the deadline
    #[arg(long, value_name = "V", allow_negative_numbers = true, group = "form")]
    pub(crate) at_least: Option<String>,
    /// Per cent below the baseline
    #[arg(long, value_name = "PERCENT", group = "form")]
    pub(crate) reduce_by_percent: Option<String>,
    /// Per cent above the baseline
    #[arg(long, value_name = "PERCENT", group = "form")]
    pub(crate) increase_by_percent: Option<String>,
    /// No period is to exceed this
    #[arg(long, value_name = "V", allow_negative_numbers = true, group = "form")]
    pub(crate) keep_at_most: Option<String>,
    /// No period is to fall below this
    #[arg(long, value_name = "V", allow_negative_numbers = true, group = "form")]
    pub(crate) keep_at_least: Option<String>,
    /// A yes/no promise
    #[arg(long, group = "form")]
    pub(crate) done: bool,
    /// The better end of a range; shown, not judged
    #[arg(long, value_name = "V", allow_negative_numbers = true, requires = "form")]
    pub(crate) aim: Option<String>,
    /// First day from which a `keep-…` target counts [default: the statement]
    #[arg(long, value_name = "DATE", requires = "form")]
    pub(crate) from: Option<String>,
    /// By when: 2030, `by 2030`, `end of 2030-06`, `before 2060`, FY2030, none
    #[arg(long, value_name = "DEADLINE")]
    pub(crate) deadline: Option<String>,
    /// Where the promise counts from: a period, with its value where it is known
    #[arg(long, value_name = "PERIOD[=V]")]
    pub(crate) baseline: Option<String>,
    /// An interim target in the form of the target; may be given several times
    #[arg(long = "milestone", value_name = "DEADLINE=V")]
    pub(crate) milestones: Vec<String>,
    /// GHG Protocol scopes covered, such as 1,2
    #[arg(long, value_name = "LIST", value_delimiter = ',')]
    pub(crate) scopes: Vec<String>,
    /// Whether offsets may count
    #[arg(long, value_name = "WORD", value_parser = words::<OffsetsAllowed>())]
    pub(crate) offsets: Option<String>,
    /// Highest share of gross emissions that offsets may cover
    #[arg(long, value_name = "PERCENT")]
    pub(crate) max_offset_percent: Option<String>,
}

/// Keys and values as TOML.
pub(crate) type Lines = Vec<(&'static str, String)>;

impl TermArgs {
    /// The form of the target and its number; `None` where no target was given.
    pub(crate) fn target(&self) -> Option<(TargetForm, Option<&str>)> {
        let forms = [
            (TargetForm::AtMost, &self.at_most),
            (TargetForm::AtLeast, &self.at_least),
            (TargetForm::ReduceByPercent, &self.reduce_by_percent),
            (TargetForm::IncreaseByPercent, &self.increase_by_percent),
            (TargetForm::KeepAtMost, &self.keep_at_most),
            (TargetForm::KeepAtLeast, &self.keep_at_least),
        ];
        if self.done {
            return Some((TargetForm::Done, None));
        }
        forms.into_iter().find_map(|(form, number)| Some((form, Some(number.as_deref()?))))
    }

    /// Sets the target from words such as `at-most 0` or `done`.
    pub(crate) fn set_target(&mut self, words: &str) -> Result<(), String> {
        let (form, rest) = words.split_once(char::is_whitespace).unwrap_or((words, ""));
        let number = Some(rest.trim().to_owned()).filter(|rest| !rest.is_empty());
        let slot = match TargetForm::from_name(form) {
            Some(TargetForm::AtMost) => &mut self.at_most,
            Some(TargetForm::AtLeast) => &mut self.at_least,
            Some(TargetForm::ReduceByPercent) => &mut self.reduce_by_percent,
            Some(TargetForm::IncreaseByPercent) => &mut self.increase_by_percent,
            Some(TargetForm::KeepAtMost) => &mut self.keep_at_most,
            Some(TargetForm::KeepAtLeast) => &mut self.keep_at_least,
            Some(TargetForm::Done) => {
                self.done = true;
                return Ok(());
            }
            None => {
                let forms = TargetForm::ALL.iter().map(|form| form.name()).collect::<Vec<_>>().join(", ");
                return Err(format!("`{words}` is not a target; write one of {forms}, with its number"));
            }
        };
        *slot = Some(number.ok_or_else(|| format!("`{form}` has no number; write `{form} 50`"))?);
        Ok(())
    }

    /// The terms as lines of a `[[commitment]]` or an amendment. `form` is that
    /// of the target in force, for milestones of an unchanged target.
    ///
    /// # Errors
    /// What cannot be written down; the reader judges the rest.
    pub(crate) fn lines(&self, form: Option<TargetForm>) -> Result<Lines, Vec<String>> {
        let mut faults = Vec::new();
        let mut lines = Vec::new();
        let mut put = |key: &'static str, value: Result<Option<String>, String>| match value {
            Ok(Some(value)) => lines.push((key, value)),
            Ok(None) => {}
            Err(fault) => faults.push(fault),
        };
        put("baseline", self.baseline.as_deref().map(baseline).transpose());
        put("target", self.target_line());
        put("deadline", Ok(self.deadline.as_deref().map(quoted)));
        put("milestones", self.milestone_line(self.target().map(|(form, _)| form).or(form)));
        put("scopes", self.scope_line());
        put("offsets", self.offset_line());
        if faults.is_empty() { Ok(lines) } else { Err(faults) }
    }

    fn target_line(&self) -> Result<Option<String>, String> {
        let Some((form, text)) = self.target() else { return Ok(None) };
        let Some(text) = text else { return Ok(Some("{ done = true }".to_owned())) };
        let mut parts = vec![format!("{form} = {}", number(form.name(), text)?)];
        if let Some(aim) = &self.aim {
            parts.push(format!("aim = {}", number("aim", aim)?));
        }
        if let Some(from) = &self.from {
            parts.push(format!("from = {}", quoted(from)));
        }
        Ok(Some(format!("{{ {} }}", parts.join(", "))))
    }

    fn milestone_line(&self, form: Option<TargetForm>) -> Result<Option<String>, String> {
        if self.milestones.is_empty() {
            return Ok(None);
        }
        let form = form.filter(|form| *form != TargetForm::Done);
        let form = form.ok_or_else(|| "a milestone needs a target with a number".to_owned())?;
        let one = |text: &String| {
            let (deadline, value) = text
                .split_once('=')
                .ok_or_else(|| format!("`--milestone {text}` has no value; write it as `2026=60`"))?;
            Ok(format!("{{ deadline = {}, {form} = {} }}", quoted(deadline.trim()), number("milestone", value.trim())?))
        };
        let all: Vec<String> = self.milestones.iter().map(one).collect::<Result<_, String>>()?;
        Ok(Some(format!("[{}]", all.join(", "))))
    }

    fn scope_line(&self) -> Result<Option<String>, String> {
        if self.scopes.is_empty() {
            return Ok(None);
        }
        match self.scopes.iter().map(|scope| scope.trim()).find(|scope| !matches!(*scope, "1" | "2" | "3")) {
            Some(odd) => Err(format!("`{odd}` is not a scope; write `--scopes 1,2` or `--scopes 1,2,3`")),
            None => {
                Ok(Some(format!("[{}]", self.scopes.iter().map(|scope| scope.trim()).collect::<Vec<_>>().join(", "))))
            }
        }
    }

    fn offset_line(&self) -> Result<Option<String>, String> {
        let mut parts: Vec<String> = self.offsets.iter().map(|word| format!("allowed = {}", quoted(word))).collect();
        if let Some(percent) = &self.max_offset_percent {
            parts.push(format!("max-percent = {}", number("max-offset-percent", percent)?));
        }
        Ok((!parts.is_empty()).then(|| format!("{{ {} }}", parts.join(", "))))
    }
}

fn baseline(text: &str) -> Result<String, String> {
    match text.split_once('=') {
        None => Ok(format!("{{ period = {} }}", quoted(text.trim()))),
        Some((period, value)) => {
            Ok(format!("{{ period = {}, value = {} }}", quoted(period.trim()), number("baseline", value.trim())?))
        }
    }
}

/// A table header with its lines.
pub(crate) fn block(header: &str, lines: &[(&'static str, String)]) -> String {
    let mut text = format!("{header}\n");
    for (key, value) in lines {
        text.push_str(&format!("{key} = {value}\n"));
    }
    text
}
