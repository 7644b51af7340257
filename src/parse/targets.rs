//! Targets, milestones, baselines and offset rules.

use std::ops::Range;

use rust_decimal::Decimal;

use super::fields::Fiscal;
use super::keys;
use super::reader::{Fields, Reader};
use super::rules;
use crate::model::commitment::PathShape;
use crate::model::date::PartialDate;
use crate::model::number::Number;
use crate::model::target::{Direction, Target, TargetForm};
use crate::model::terms::{Baseline, Milestone, Offsets, OffsetsAllowed, Terms};

/// A milestone and where it stands.
pub(crate) type Placed<T> = (T, Range<usize>);

impl Reader<'_> {
    /// The target and its aim under `key`.
    pub(crate) fn target(&mut self, fields: &Fields<'_>, key: &str) -> Option<(Target, Option<Number>)> {
        let table = self.table(fields, key, &keys::TARGET)?;
        let mut target = self.form(&table)?;
        target.from = self.keep_from(&table, target.form);
        let aim = if table.has("aim") { self.number(&table, "aim") } else { None };
        Some((target, aim))
    }

    /// `from` of a `keep-…` target, beside the target's form or in the
    /// commitment.
    pub(crate) fn keep_from(&mut self, fields: &Fields<'_>, form: TargetForm) -> Option<PartialDate> {
        if !fields.has("from") {
            return None;
        }
        if !form.is_keep() {
            let help = "leave it out, or give the `baseline` the period that is meant";
            self.report_help(
                &rules::CONFLICTING_FIELDS,
                &fields.span("from"),
                "`from` is for `keep-at-most` and `keep-at-least` alone",
                help,
            );
        }
        self.date(fields, "from")
    }

    /// The one form that a target or milestone has.
    fn form(&mut self, table: &Fields<'_>) -> Option<Target> {
        let known = |form: &TargetForm| table.record.keys.iter().any(|key| key.name == form.name());
        let forms: Vec<TargetForm> =
            TargetForm::ALL.iter().copied().filter(known).filter(|form| table.has(form.name())).collect();
        match forms[..] {
            [] => {
                let list: Vec<String> =
                    TargetForm::ALL.iter().filter(|form| known(form)).map(|form| format!("`{form}`")).collect();
                self.report_absent(
                    &rules::MISSING_FIELD,
                    &table.at.clone(),
                    format!("{} has no target form", table.record.name),
                    Some(format!("give one of {}", list.join(", "))),
                );
                None
            }
            [TargetForm::Done] => match self.flag(table, "done")? {
                true => Some(Target { form: TargetForm::Done, number: None, from: None }),
                false => {
                    self.report_help(
                        &rules::INVALID_VALUE,
                        &table.span("done"),
                        "`done = false` is no target",
                        "write `done = true`",
                    );
                    None
                }
            },
            [form] => {
                let number = self.number(table, form.name())?;
                if form.is_percent() && number.value <= Decimal::ZERO {
                    let other =
                        if form == TargetForm::ReduceByPercent { "increase-by-percent" } else { "reduce-by-percent" };
                    self.report_help(
                        &rules::INVALID_VALUE,
                        &table.span(form.name()),
                        format!("`{form}` is not above 0"),
                        format!("write the size of the change without a sign; the other way is `{other}`"),
                    );
                    return None;
                }
                Some(Target { form, number: Some(number), from: None })
            }
            [first, second, ..] => {
                self.report_help(
                    &rules::TARGET_FORMS,
                    &table.span(second.name()),
                    format!("the target has both `{first}` and `{second}`"),
                    rules::TARGET_FORMS.cure,
                );
                None
            }
        }
    }

    /// Milestones in the order of the file.
    pub(crate) fn milestones(&mut self, fields: &Fields<'_>, fiscal: Fiscal) -> Vec<Placed<Milestone>> {
        let mut milestones = Vec::new();
        for (table, span) in self.tables(fields, "milestones") {
            let table = self.record(&keys::MILESTONE, table, span.clone());
            let deadline = self.deadline(&table, "deadline", fiscal);
            let target = self.form(&table);
            if let Some(deadline) = &deadline
                && deadline.day.is_none()
            {
                self.report_help(
                    &rules::INVALID_DEADLINE,
                    &table.span("deadline"),
                    "a milestone has a day",
                    "write a period such as `2026`",
                );
                continue;
            }
            if let (Some(deadline), Some(target)) = (deadline, target) {
                milestones.push((Milestone { deadline, target }, span));
            }
        }
        milestones
    }

    /// The declared baseline.
    pub(crate) fn baseline(&mut self, fields: &Fields<'_>, fiscal: Fiscal) -> Option<Baseline> {
        if !fields.has("baseline") {
            return None;
        }
        let table = self.table(fields, "baseline", &keys::BASELINE)?;
        let period = self.period(&table, "period", fiscal);
        let value = if table.has("value") { Some(self.number(&table, "value")?) } else { None };
        Some(Baseline { period: period?, value })
    }

    /// The offset rule.
    pub(crate) fn offsets(&mut self, fields: &Fields<'_>) -> Option<Offsets> {
        if !fields.has("offsets") {
            return None;
        }
        let table = self.table(fields, "offsets", &keys::OFFSETS)?;
        let allowed = if table.has("allowed") { self.word(&table, "allowed") } else { None };
        let max_percent = if table.has("max-percent") { self.number(&table, "max-percent") } else { None };
        if let Some(number) = &max_percent {
            if number.value < Decimal::ZERO || number.value > Decimal::ONE_HUNDRED {
                self.report_help(
                    &rules::INVALID_VALUE,
                    &table.span("max-percent"),
                    format!("`max-percent` is {number}, outside 0 to 100"),
                    "write the highest share of gross emissions that offsets may cover",
                );
            } else if allowed == Some(OffsetsAllowed::No) && !number.value.is_zero() {
                self.report_help(
                    &rules::CONFLICTING_FIELDS,
                    &table.span("max-percent"),
                    "offsets are not allowed and yet have a limit",
                    "write `allowed = \"yes\"` or leave `max-percent` out",
                );
            }
        }
        Some(Offsets { allowed: allowed.unwrap_or(OffsetsAllowed::Unspecified), max_percent })
    }

    /// Checks a set of terms against its declared baseline. `at` is the target's
    /// place, `milestones_at` those of the milestones that stand here.
    pub(crate) fn check_terms(
        &mut self,
        terms: &Terms,
        path: PathShape,
        at: &Range<usize>,
        milestones_at: &[Range<usize>],
    ) {
        let target = &terms.target;
        let Some(direction) = target.form.direction() else {
            if let Some(span) = milestones_at.first() {
                self.report_help(
                    &rules::MILESTONE_IGNORED,
                    span,
                    "a `done` promise has no numbers on the way",
                    rules::MILESTONE_IGNORED.cure,
                );
            }
            return;
        };
        if target.form.is_percent() && terms.baseline.is_none() {
            self.report_absent(
                &rules::PERCENT_WITHOUT_BASELINE,
                at,
                format!("`{}` counts from a baseline, and there is none", target.form),
                Some(rules::PERCENT_WITHOUT_BASELINE.cure.to_owned()),
            );
        }
        let start = terms.baseline.as_ref().and_then(|baseline| baseline.value.as_ref()).map(|value| value.value);
        let level = target.level(start);
        // Where the TOML is broken, a number may be half of what was meant.
        if !target.form.is_keep()
            && !self.is_broken()
            && let (Some(start), Some(level)) = (start, level)
        {
            self.check_direction(direction, start, level, at);
        }
        for (milestone, span) in terms.milestones.iter().zip(milestones_at) {
            self.check_milestone(milestone, direction, terms, span);
        }
        if path == PathShape::Compound && !self.is_broken() {
            self.check_compound(terms, start, at);
        }
    }

    fn check_direction(&mut self, direction: Direction, start: Decimal, level: Decimal, at: &Range<usize>) {
        let (words, other) = match direction {
            Direction::Down => ("down to", "at-least"),
            Direction::Up => ("up to", "at-most"),
        };
        let wrong = match direction {
            Direction::Down => level > start,
            Direction::Up => level < start,
        };
        if level == start {
            self.report_help(
                &rules::TARGET_EQUALS_BASELINE,
                at,
                format!("the target {} is where the baseline already stands", level.normalize()),
                rules::TARGET_EQUALS_BASELINE.cure,
            );
        } else if wrong {
            self.report_help(
                &rules::TARGET_WRONG_DIRECTION,
                at,
                format!(
                    "the target leads {words} {}, and the baseline already stands at {}",
                    level.normalize(),
                    start.normalize()
                ),
                format!("use `{other}`, or correct the baseline"),
            );
        }
    }

    fn check_milestone(&mut self, milestone: &Milestone, direction: Direction, terms: &Terms, span: &Range<usize>) {
        let form = milestone.target.form;
        if terms.target.form.is_keep() {
            self.report_help(
                &rules::MILESTONE_IGNORED,
                span,
                "a `keep-…` promise is judged in every period and has no way to go",
                rules::MILESTONE_IGNORED.cure,
            );
        } else if form.direction() != Some(direction) {
            let wanted = if direction == Direction::Down {
                "`at-most` or `reduce-by-percent`"
            } else {
                "`at-least` or `increase-by-percent`"
            };
            self.report_help(
                &rules::MILESTONE_DIRECTION,
                span,
                format!("the milestone says `{form}` and the target `{}`", terms.target.form),
                format!("use {wanted}"),
            );
        } else if form.is_percent() && terms.baseline.is_none() {
            self.report_absent(
                &rules::PERCENT_WITHOUT_BASELINE,
                span,
                format!("`{form}` counts from a baseline, and there is none"),
                Some(rules::PERCENT_WITHOUT_BASELINE.cure.to_owned()),
            );
        }
    }

    fn check_compound(&mut self, terms: &Terms, start: Option<Decimal>, at: &Range<usize>) {
        let points = start
            .into_iter()
            .chain(terms.milestones.iter().filter_map(|milestone| milestone.target.level(start)))
            .chain(terms.target.level(start));
        let points: Vec<Decimal> = points.collect();
        let mixed = points.iter().any(Decimal::is_zero)
            || points.windows(2).any(|pair| pair[0].is_sign_negative() != pair[1].is_sign_negative());
        if mixed {
            self.report_help(
                &rules::COMPOUND_PATH,
                at,
                "a compound path cannot pass through zero",
                rules::COMPOUND_PATH.cure,
            );
        }
    }
}
