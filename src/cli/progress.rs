//! How far a long reading is, on a terminal.

use std::io::{IsTerminal, stderr};
use std::sync::OnceLock;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

/// Work that takes longer is shown; most books are read before.
const PATIENCE: Duration = Duration::from_secs(1);

/// A line on stderr that is there while the work lasts.
pub(crate) struct Bar {
    since: Instant,
    wanted: bool,
    bar: OnceLock<ProgressBar>,
}

impl Bar {
    /// Nothing is shown where stderr is no terminal, or quiet is asked for.
    pub(crate) fn new(quiet: bool) -> Self {
        Self { since: Instant::now(), wanted: !quiet && stderr().is_terminal(), bar: OnceLock::new() }
    }

    /// So many are read of all.
    pub(crate) fn tell(&self, done: usize, all: usize) {
        if self.wanted && (self.bar.get().is_some() || self.since.elapsed() > PATIENCE) {
            self.bar.get_or_init(|| bar(all)).set_position(done as u64);
        }
    }
}

impl Drop for Bar {
    fn drop(&mut self) {
        if let Some(bar) = self.bar.get() {
            bar.finish_and_clear();
        }
    }
}

fn bar(all: usize) -> ProgressBar {
    let style = ProgressStyle::with_template("reading {bar:30} {pos} of {len} organisations");
    let style = style.unwrap_or_else(|_| ProgressStyle::default_bar()).progress_chars("█ ·");
    ProgressBar::with_draw_target(Some(all as u64), ProgressDrawTarget::stderr()).with_style(style)
}
