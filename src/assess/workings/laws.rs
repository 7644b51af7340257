//! The rules by which numbers are made, with their origin.

/// A rule of arithmetic and where it comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Law {
    /// Kebab-case name.
    pub name: &'static str,
    /// What it says, in one line.
    pub summary: &'static str,
    /// Who made it.
    pub origin: &'static str,
}

macro_rules! laws {
    ($($constant:ident = $name:literal, $summary:literal, $origin:literal;)+) => {
        $(#[doc = $summary] pub(super) const $constant: Law = Law { name: $name, summary: $summary, origin: $origin };)+

        /// Every rule, in the order in which the numbers are made.
        pub const LAWS: &[Law] = &[$($constant),+];
    };
}

laws! {
    POSITION = "position", "a value stands at the last day of its period: year + (day of year) / (days in year)",
        "actual/actual day count; the end of a year is whole";
    CONVERSION = "conversion", "a figure in another unit is converted by a power of ten", "exact within one kind of unit (SI)";
    ANNUAL_SUM = "annual-sum", "the parts of a complete year are added", "pledgebook";
    RUNNING_TOTAL = "running-total", "entries that begin after the baseline are added to it", "pledgebook";
    TARGET_LEVEL = "target-level", "a change in per cent is taken of the baseline",
        "SBTi, absolute and intensity targets against a base year";
    PROGRESS = "progress", "the way made as a part of the way promised, signed and never clamped",
        "SBTi progress formula; CDP, % of target achieved relative to base year";
    LINEAR_PATH = "linear-path", "straight lines from the baseline over the milestones to the target",
        "SBTi, linear annual reduction";
    COMPOUND_PATH = "compound-path", "a constant rate of change from the baseline to the target",
        "Eurostat, compound annual growth rate";
    STEP_PATH = "step-path", "nothing is expected before the next milestone", "pledgebook";
    EXPECTED = "expected", "the progress that the path expects at the time of the latest value",
        "SBTi progress formula, with the path in place of the value";
    PACE = "pace", "progress made over progress expected", "Eurostat, ratio of actual to required development";
    BANDS = "bands", "on-track from 0.95, at-risk from 0.60, off-track below", "Eurostat, progress towards targets of the EU";
    EARNED_SCHEDULE = "earned-schedule", "the time at which the path stands at the value, less the value's own time",
        "earned schedule (Lipke, 2003)";
    PACE_SO_FAR = "pace-so-far", "change per year since the baseline", "pledgebook";
    PACE_NEEDED = "pace-needed", "change per year still needed to the deadline", "pledgebook";
    PROJECTION_LINE = "projection-line", "the line from the baseline through the latest value, at the deadline", "pledgebook";
    THEIL_SEN = "theil-sen", "the median line through the last six values at most, at the deadline", "Theil (1950), Sen (1968)";
    SHARE_OF_TARGET = "share-of-target", "a share as a part of the share promised; no progress, for the baseline is left out",
        "pledgebook";
    OFFSETS = "offsets", "offsets as a part of gross emissions", "SBTi Net-Zero Standard keeps offsets apart from reductions";
    DAYS = "days", "days between two dates", "calendar";
    TOO_EARLY = "too-early", "15 % of the time from baseline to deadline, two years at most", "pledgebook";
    NEEDED = "needed", "the value at which the pace is just a band's limit", "Eurostat's bands, solved for the value";
}

#[cfg(test)]
mod tests {
    use super::LAWS;

    #[test]
    fn names_are_unique() {
        let mut names: Vec<&str> = LAWS.iter().map(|law| law.name).collect();
        names.sort_unstable();
        names.dedup();
        assert_eq!(names.len(), LAWS.len());
    }
}
