//! The words of a judgement: status, flag, outlook.

use crate::model::words::words;

words! {
    /// The judgement of one promise on one day, in the order in which the rules
    /// are tried (design §4).
    Status {
        Withdrawn = "withdrawn",
        Superseded = "superseded",
        Kept = "kept",
        KeptLate = "kept-late",
        Missed = "missed",
        Overdue = "overdue",
        Met = "met",
        Open = "open",
        Silent = "silent",
        NoData = "no-data",
        TooEarly = "too-early",
        Regressing = "regressing",
        OnTrack = "on-track",
        AtRisk = "at-risk",
        OffTrack = "off-track",
    }
}

impl Status {
    /// Place in a list with the worst first, from 0.
    #[must_use]
    pub const fn severity(self) -> u8 {
        match self {
            Self::Overdue => 0,
            Self::Missed => 1,
            Self::Regressing => 2,
            Self::OffTrack => 3,
            Self::Silent => 4,
            Self::AtRisk => 5,
            Self::Withdrawn => 6,
            Self::KeptLate => 7,
            Self::Superseded => 8,
            Self::NoData => 9,
            Self::TooEarly => 10,
            Self::Open => 11,
            Self::OnTrack => 12,
            Self::Met => 13,
            Self::Kept => 14,
        }
    }

    /// Whether the promise has come to its end, well or badly (ruling 16).
    #[must_use]
    pub const fn is_closed(self) -> bool {
        matches!(self, Self::Kept | Self::KeptLate | Self::Missed | Self::Overdue | Self::Withdrawn)
    }

    /// What it means, in one line.
    #[must_use]
    pub const fn meaning(self) -> &'static str {
        match self {
            Self::Withdrawn => "given up by an amendment before its deadline",
            Self::Superseded => "replaced by another promise before its deadline",
            Self::Kept => "the target was met by the deadline",
            Self::KeptLate => "the target was met after the deadline",
            Self::Missed => "the target was not met by the deadline",
            Self::Overdue => "the deadline has passed and no figure settles it",
            Self::Met => "the latest figure meets the target, before the deadline",
            Self::Open => "nothing can be expected yet",
            Self::Silent => "no figure for more than two reporting cycles and a lag",
            Self::NoData => "no figure yet beyond the baseline",
            Self::TooEarly => "too soon after the baseline to judge",
            Self::Regressing => "worse than at the baseline",
            Self::OnTrack => "at least 95 % of the progress expected by now",
            Self::AtRisk => "60 to 95 % of the progress expected by now",
            Self::OffTrack => "less than 60 % of the progress expected by now",
        }
    }
}

words! {
    /// Remarks beside the status.
    Flag {
        DueSoon = "due-soon",
        Unconfirmed = "unconfirmed",
        Stale = "stale",
        Restated = "restated",
        Weakened = "weakened",
        Strengthened = "strengthened",
        Rebaselined = "rebaselined",
        OffsetHeavy = "offset-heavy",
        Regressed = "regressed",
        MilestoneMissed = "milestone-missed",
        LowConfidence = "low-confidence",
        GrossFigures = "gross-figures",
        SeriesBreak = "series-break",
    }
}

words! {
    /// Whether the projections reach the target at the deadline.
    Outlook {
        /// All do.
        Likely = "likely",
        /// Some do.
        Uncertain = "uncertain",
        /// None does.
        Unlikely = "unlikely",
    }
}

words! {
    /// Which version of a promise is judged.
    Version {
        /// The terms in force on the day judged.
        Current = "current",
        /// What was first promised, amendments and withdrawal aside.
        First = "first",
    }
}
