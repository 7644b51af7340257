//! Migrations and what marks a database as ours.

use sha2::{Digest, Sha256};

/// `application_id` of an index: "plbk".
pub const APPLICATION_ID: i64 = 0x706c_626b;

/// One step of the schema.
#[derive(Debug, Clone, Copy)]
pub struct Migration {
    /// File name without ending, such as `0001_book`.
    pub name: &'static str,
    /// The SQL.
    pub sql: &'static str,
}

/// All steps, in order. An applied one is never edited.
pub const MIGRATIONS: &[Migration] =
    &[Migration { name: "0001_book", sql: include_str!("../../migrations/0001_book.sql") }];

impl Migration {
    /// Key in `meta` under which the checksum of the applied step stands.
    pub(crate) fn key(&self) -> String {
        format!("migration {}", self.name)
    }

    /// SHA-256 of the SQL, in hexadecimal.
    pub(crate) fn checksum(&self) -> String {
        hex(&Sha256::digest(self.sql.as_bytes()))
    }
}

/// Bytes in hexadecimal.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write;
    bytes.iter().fold(String::with_capacity(bytes.len() * 2), |mut out, byte| {
        // Writing to a String cannot fail.
        let _ = write!(out, "{byte:02x}");
        out
    })
}
