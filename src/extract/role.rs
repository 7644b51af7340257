//! What a date does in its sentence.

/// How a deadline is put.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Op {
    By,
    Before,
    In,
    From,
    After,
    Around,
}

/// What a date does in its sentence.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Role {
    /// By when.
    Deadline(Op),
    /// The year of a goal's name: "our 2030 target".
    Named,
    /// A year without a word that says what it is for.
    Bare,
    /// What is compared with.
    Baseline,
    /// Anything else.
    Other,
}

impl Role {
    /// Its name in explanations and among what is weighed.
    pub(crate) const fn name(self) -> &'static str {
        match self {
            Self::Deadline(Op::By) => "by",
            Self::Deadline(Op::Before) => "before",
            Self::Deadline(Op::In) => "in",
            Self::Deadline(Op::From) => "from",
            Self::Deadline(Op::After) => "after",
            Self::Deadline(Op::Around) => "around",
            Self::Named => "named",
            Self::Bare => "bare",
            Self::Baseline => "baseline",
            Self::Other => "other",
        }
    }
}
