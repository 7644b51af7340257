//! Exact decimals, kept as they were written.

use compact_str::{CompactString, ToCompactString};
use std::borrow::Cow;

use rust_decimal::Decimal;

/// A number with the text it was written in.
///
/// `text` is what the file says (`12.40`, `1_000`, `5e3`); `value` is what it
/// means. Reports print the text where the number was written by a person, so
/// that it can be found again in the file and its source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Number {
    /// The digits as written in the file.
    pub text: CompactString,
    /// The exact value.
    pub value: Decimal,
}

/// Why a text is no number that can be kept exactly.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum NumberError {
    /// `nan` or `inf`: TOML allows them, a measured value cannot be one.
    #[error("is not a finite number")]
    NotFinite,
    /// More than 28 significant digits or out of range: it would be rounded.
    #[error("has more digits than can be kept exactly (28)")]
    TooLong,
    /// Not a decimal number at all.
    #[error("is not a decimal number")]
    NotDecimal,
}

/// Significant digits that are kept exactly.
pub const MAX_DIGITS: usize = 28;

impl Number {
    /// Reads a decimal integer, fraction or `e` notation; underscores between
    /// digits are TOML's and carry no meaning.
    ///
    /// # Errors
    /// When the text is not finite, not decimal, or not exact in 28 digits.
    pub fn parse(text: &str) -> Result<Self, NumberError> {
        if let Some(value) = few_digits(text) {
            return Ok(Self { text: text.into(), value });
        }
        let text = text.trim();
        let plain = if text.contains('_') { Cow::Owned(text.replace('_', "")) } else { Cow::Borrowed(text) };
        let unsigned = plain.trim_start_matches(['+', '-']);
        if unsigned.eq_ignore_ascii_case("nan")
            || unsigned.eq_ignore_ascii_case("inf")
            || unsigned.eq_ignore_ascii_case("infinity")
        {
            return Err(NumberError::NotFinite);
        }
        if plain.len() - unsigned.len() > 1 || !unsigned.starts_with(|c: char| c.is_ascii_digit()) {
            return Err(NumberError::NotDecimal);
        }
        let value = exact(plain.strip_prefix('+').unwrap_or(&plain))?;
        Ok(Self { text: text.into(), value })
    }

    /// A number that nobody wrote, printed in its shortest exact form.
    #[must_use]
    pub fn computed(value: Decimal) -> Self {
        let value = value.normalize();
        Self { text: value.to_compact_string(), value }
    }

    /// The value as a binary float, for ratios and drawing only.
    #[must_use]
    pub fn as_f64(&self) -> f64 {
        to_f64(self.value)
    }
}

impl std::fmt::Display for Number {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.pad(&self.text)
    }
}

/// The nearest binary float of an exact decimal.
#[must_use]
pub fn to_f64(value: Decimal) -> f64 {
    let (digits, scale) = (value.mantissa(), value.scale() as usize);
    if let (true, Some(power)) = (digits.unsigned_abs() <= EXACT_WHOLE, TENS.get(scale)) {
        // Both are whole numbers that a float holds exactly, and a division of
        // two floats is rounded once: to the nearest.
        return digits as f64 / power;
    }
    // Through the text: reading rounds to the nearest, which `Decimal::to_f64`
    // does not promise. A Decimal always reads back.
    value.to_string().parse().unwrap_or(f64::NAN)
}

/// Up to here every whole number is a float: 2^53.
const EXACT_WHOLE: u128 = 1 << 53;

/// Powers of ten that are floats: 5^22 is below 2^53.
const TENS: [f64; 23] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16, 1e17, 1e18, 1e19, 1e20,
    1e21, 1e22,
];

/// The value of up to 18 digits with at most a minus and a point, which most
/// numbers are; 0 is left to the general way, which knows of its sign.
fn few_digits(text: &str) -> Option<Decimal> {
    let digits = text.strip_prefix('-').unwrap_or(text).as_bytes();
    if digits.len() > 18 || !digits.first()?.is_ascii_digit() || !digits.last()?.is_ascii_digit() {
        return None;
    }
    let (mut number, mut scale) = (0_i64, None);
    for byte in digits {
        match byte {
            b'0'..=b'9' => {
                number = number * 10 + i64::from(byte - b'0');
                scale = scale.map(|scale| scale + 1);
            }
            b'.' if scale.is_none() => scale = Some(0),
            _ => return None,
        }
    }
    let number = if digits.len() < text.len() { -number } else { number };
    (number != 0).then(|| Decimal::new(number, scale.unwrap_or(0)))
}

fn exact(plain: &str) -> Result<Decimal, NumberError> {
    let (mantissa, exponent) = match plain.find(['e', 'E']) {
        Some(at) => (&plain[..at], plain[at + 1..].parse::<i32>().map_err(|_| NumberError::TooLong)?),
        None => (plain, 0),
    };
    if !mantissa.bytes().all(|b| b.is_ascii_digit() || b == b'.' || b == b'-') {
        return Err(NumberError::NotDecimal);
    }
    let digits = || mantissa.bytes().filter(u8::is_ascii_digit);
    let significant = digits().skip_while(|&b| b == b'0').count();
    if significant > MAX_DIGITS || digits().count() > MAX_DIGITS + 1 {
        return Err(NumberError::TooLong);
    }
    let value = Decimal::from_str_exact(mantissa).map_err(|_| NumberError::NotDecimal)?;
    shift(value, exponent).ok_or(NumberError::TooLong)
}

/// `value` times ten to the power of `exponent`, or `None` where that is not
/// exact in 28 digits.
#[must_use]
pub fn shift(value: Decimal, exponent: i32) -> Option<Decimal> {
    if exponent == 0 || value.is_zero() {
        return Some(value);
    }
    let value = value.normalize();
    let scale = i64::from(value.scale()) - i64::from(exponent);
    if (0..=28).contains(&scale) {
        let mut shifted = value;
        shifted.set_scale(u32::try_from(scale).ok()?).ok()?;
        return Some(shifted.normalize());
    }
    if !(-28..=28).contains(&scale) {
        return None;
    }
    // Whole number with trailing zeros to add.
    let mut whole = value;
    whole.set_scale(0).ok()?;
    let factor = Decimal::from_i128_with_scale(10_i128.checked_pow(u32::try_from(-scale).ok()?)?, 0);
    let product = whole.checked_mul(factor)?;
    // checked_mul rounds silently when it runs out of digits
    (product.mantissa().to_string().trim_start_matches('-').len() <= MAX_DIGITS).then_some(product)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, reason = "tests")]
    use super::*;

    #[test]
    fn keeps_the_text_and_the_exact_value() {
        for (text, value) in [
            ("12.40", "12.4"),
            ("1_000", "1000"),
            ("5e3", "5000"),
            ("-0.1", "-0.1"),
            ("+7", "7"),
            ("1.5E-2", "0.015"),
            ("1234567890123456789012345678", "1234567890123456789012345678"),
            ("0.0000000000000000000000000001", "0.0000000000000000000000000001"),
            ("-0", "0"),
        ] {
            let number = Number::parse(text).unwrap();
            assert_eq!(number.text, text);
            assert_eq!(number.value, Decimal::from_str_exact(value).unwrap(), "{text}");
        }
    }

    proptest::proptest! {
        #[test]
        fn the_nearest_float_is_the_one_its_text_reads_as(digits in proptest::prelude::any::<i64>(), shift in 0_u32..64, scale in 0_u32..=28) {
            let value = Decimal::from_i128_with_scale(i128::from(digits >> shift), scale);
            let through_text: f64 = value.to_string().parse().unwrap();
            proptest::prop_assert_eq!(to_f64(value).to_bits(), through_text.to_bits(), "{}", value);
        }
    }

    proptest::proptest! {
        #[test]
        fn few_digits_are_read_as_all_are(text in "-?[0-9]{0,19}\\.?[0-9]{0,19}") {
            if let Some(value) = few_digits(&text) {
                let general = exact(&text).unwrap();
                proptest::prop_assert_eq!((value, value.scale(), value.to_string()), (general, general.scale(), general.to_string()));
            }
        }
    }

    #[test]
    fn refuses_what_it_cannot_keep() {
        for (text, error) in [
            ("nan", NumberError::NotFinite),
            ("-inf", NumberError::NotFinite),
            ("12345678901234567890123456789", NumberError::TooLong),
            ("1e40", NumberError::TooLong),
            ("1e-40", NumberError::TooLong),
            ("0x1F", NumberError::NotDecimal),
            ("--3", NumberError::NotDecimal),
            ("12,4", NumberError::NotDecimal),
            ("", NumberError::NotDecimal),
        ] {
            assert_eq!(Number::parse(text), Err(error), "{text}");
        }
    }

    #[test]
    fn shifts_exactly_or_not_at_all() {
        let number = |text: &str| Decimal::from_str_exact(text).unwrap();
        assert_eq!(shift(number("5.111"), 6), Some(number("5111000")));
        assert_eq!(shift(number("5111000"), -6), Some(number("5.111")));
        assert_eq!(shift(number("1"), -29), None);
        assert_eq!(shift(number("1234567890123456789012345678"), 3), None);
    }
}
