//! Why each flag is set, in words.

use super::super::judge::Facts;
use super::super::{Assessment, Flag};

/// The flags of a judgement with their reasons.
pub(super) fn flags(facts: &Facts<'_>, assessment: &Assessment) -> Vec<(Flag, String)> {
    assessment.flags.iter().map(|flag| (*flag, words(facts, assessment, *flag))).collect()
}

fn words(facts: &Facts<'_>, assessment: &Assessment, flag: Flag) -> String {
    let settings = facts.question.settings;
    match flag {
        Flag::DueSoon => format!("the deadline lies within {}", settings.due_soon),
        Flag::Unconfirmed => "no figure of the deadline's own period confirms it".to_owned(),
        Flag::Stale => {
            format!("the data is older than one report and the lag: {}", facts.cadence().plus(settings.reporting_lag))
        }
        Flag::Restated => "a period has more than one edition; the newest counts".to_owned(),
        Flag::Weakened => format!("against what was first promised: {}", facts.change().weaker.join(", ")),
        Flag::Strengthened => format!("against what was first promised: {}", facts.change().stronger.join(", ")),
        Flag::Rebaselined => "an amendment moved the baseline by more than 5 %".to_owned(),
        Flag::OffsetHeavy => match &facts.terms().offsets.max_percent {
            Some(limit) => format!("offsets exceed the {limit} % of gross that the promise allows"),
            None => "the promise allows no offsets".to_owned(),
        },
        Flag::Regressed => "an earlier value met the target and the latest does not".to_owned(),
        Flag::MilestoneMissed => "a milestone was not reached on its day, nor since".to_owned(),
        Flag::LowConfidence => "the record of the latest value is of low confidence".to_owned(),
        Flag::GrossFigures => "the target is net and the figures are before offsets".to_owned(),
        Flag::SeriesBreak => {
            let period = assessment.points.iter().rev().find(|point| point.series_break);
            let period = period.map_or_else(String::new, |point| format!(" before {}", point.period));
            format!("the series is not comparable{period}")
        }
    }
}
