//! Bytes to text.

use crate::diag::{Finding, Place, Source};

use super::rules;

/// Largest file that is read, in bytes.
pub const MAX_FILE_BYTES: u64 = 10 * 1024 * 1024;

/// The file's text.
///
/// # Errors
/// A finding where the file is over [`MAX_FILE_BYTES`] or not UTF-8.
pub fn decode<'b>(path: &str, bytes: &'b [u8]) -> Result<&'b str, Box<Finding>> {
    if bytes.len() as u64 > MAX_FILE_BYTES {
        let message =
            format!("the file has {:.1} MiB, and 10 MiB is the most that is read", bytes.len() as f64 / 1_048_576.0);
        return Err(Box::new(
            Finding::new(&rules::FILE_TOO_LARGE, Place::file(path), message).help(rules::FILE_TOO_LARGE.cure),
        ));
    }
    std::str::from_utf8(bytes).map_err(|error| {
        let at = error.valid_up_to();
        let valid = std::str::from_utf8(&bytes[..at]).unwrap_or_default();
        let mut place = Source::new(path, valid).place(&(at..at));
        place.text.push('\u{fffd}');
        let message = format!("the file is not UTF-8: byte {:#04x} at offset {at} begins no character", bytes[at]);
        Box::new(Finding::new(&rules::NOT_UTF8, place, message).help(rules::NOT_UTF8.cure))
    })
}
