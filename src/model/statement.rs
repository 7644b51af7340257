//! The speech, report or filing in which a promise was made.

use super::date::PartialDate;

/// Where and when something was said, with its source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Statement {
    /// Id within the organisation.
    pub id: String,
    /// As precise as known; `None` where unknown.
    pub date: Option<PartialDate>,
    /// Who said it.
    pub speaker: Option<String>,
    /// In which office.
    pub role: Option<String>,
    /// On which occasion.
    pub event: Option<String>,
    /// Title of the text.
    pub title: Option<String>,
    /// Where it can be read.
    pub url: Option<String>,
    /// An archived copy on the web.
    pub archive_url: Option<String>,
    /// The archived text in the book, relative to the book's folder.
    pub file: Option<String>,
    /// SHA-256 of that file, 64 hexadecimal digits.
    pub sha256: Option<String>,
    /// Language of the text, BCP 47.
    pub language: Option<String>,
    /// Remark.
    pub note: Option<String>,
    /// Line of the table, from 1.
    pub line: u32,
}
