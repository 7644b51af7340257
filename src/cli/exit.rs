//! Exit codes, one constant each. Where several apply, the precedence is 2, 5,
//! 3, 4, 1: an incomplete judgement is no verdict.

/// Everything asked for was done.
pub const PASSED: u8 = 0;
/// `check` denied something.
pub const DENIED: u8 = 1;
/// The command line is wrong: unknown option, unknown or ambiguous id.
pub const USAGE: u8 = 2;
/// The book has invalid records; what is valid was still reported.
pub const INVALID: u8 = 3;
/// There is nothing to judge: no book, or no commitments in it.
pub const NOTHING: u8 = 4;
/// The environment failed: file system, index, git.
pub const ENVIRONMENT: u8 = 5;
