//! Rules as data: each area has one table, and docs, help and tests derive from it.

use super::Level;

/// One thing that can be wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// Kebab-case name, stable: it is written in settings and machine formats.
    pub id: &'static str,
    /// How much it matters unless settings say otherwise.
    pub level: Level,
    /// One line: what it means.
    pub summary: &'static str,
    /// What to do about it.
    pub cure: &'static str,
}
