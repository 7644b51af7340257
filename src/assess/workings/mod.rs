//! Why a judgement is what it is: every number with its formula and the values
//! put in, every rule that was tried, every figure and what became of it.
//!
//! Nothing here judges. The judgement is made by [`assess`] and taken apart
//! again by the same functions; tests hold that each formula gives the number
//! of the judgement, and that the first rule that fits gives its status.

mod figures;
mod flags;
mod laws;
mod needed;
mod numbers;
mod origin;
mod steps;

pub use figures::{Fate, PassedOver, Role};
pub use laws::{LAWS, Law};
pub use needed::{Needed, Outlook as Turns};
pub use numbers::{Given, Quantity, Worked};
pub use origin::{Changed, TermOrigin, changed, term_words};
pub use steps::{Step, Test};

use super::judge::Facts;
use super::{Assessment, Case, Question, assess};

/// A judgement with everything it was made of.
#[derive(Debug, Clone, PartialEq)]
pub struct Workings {
    /// The judgement.
    pub assessment: Assessment,
    /// The values put in: S, T, V and their times.
    pub givens: Vec<Given>,
    /// Every number computed, in the order in which it is made.
    pub numbers: Vec<Worked>,
    /// The rules of the status, in the order tried, up to the one that fits.
    pub steps: Vec<Step>,
    /// Each flag set, with why.
    pub flags: Vec<(super::Flag, String)>,
    /// Every figure of the metric, by its place in the file.
    pub figures: Vec<Fate>,
    /// The terms in force with what set them.
    pub terms: Vec<TermOrigin>,
    /// Places of amendments that came too late to have an effect.
    pub late: Vec<usize>,
    /// What would change the status.
    pub turns: Turns,
}

/// Takes the judgement of `case` apart; `None` where the promise was not made
/// yet on the day judged.
#[must_use]
pub fn workings(case: &Case<'_>, question: &Question<'_>) -> Option<Workings> {
    let assessment = assess(case, question)?;
    let facts = Facts::gather(case, question);
    let latest = assessment.latest.as_ref().and_then(|latest| facts.points.iter().position(|point| point == latest));
    let needed = needed::needed(&facts, &assessment);
    let numbers = numbers::numbers(&facts, &assessment, latest, &needed);
    Some(Workings {
        givens: numbers::givens(&assessment),
        numbers,
        steps: steps::steps(&facts, &assessment, latest),
        flags: flags::flags(&facts, &assessment),
        figures: figures::fates(&facts, &assessment, latest),
        terms: origin::terms(case.commitment, &assessment.in_force),
        late: assessment.in_force.fates.iter().filter(|fate| fate.late).map(|fate| fate.index).collect(),
        turns: needed::turns(&facts, &assessment, needed, question),
        assessment,
    })
}
