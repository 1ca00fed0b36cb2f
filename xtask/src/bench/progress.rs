//! What the bench is doing.

use indicatif::{ProgressBar, ProgressStyle};
use std::borrow::Cow;
use std::time::Duration;

/// A line that says what is being done, and for how long already.
pub(crate) struct Progress(ProgressBar);

impl Progress {
    pub(crate) fn new() -> Self {
        let bar = ProgressBar::new_spinner();
        if let Ok(style) = ProgressStyle::with_template("{spinner} [{elapsed_precise}] {msg}") {
            bar.set_style(style);
        }
        bar.enable_steady_tick(Duration::from_millis(200));
        Self(bar)
    }

    /// Says what is done now; as a line of its own, where no terminal is looking.
    pub(crate) fn step(&self, what: impl Into<Cow<'static, str>>) {
        let what = what.into();
        if self.0.is_hidden() {
            eprintln!("[{:4}s] {what}", self.0.elapsed().as_secs());
        }
        self.0.set_message(what);
    }
}

impl Drop for Progress {
    fn drop(&mut self) {
        self.0.finish_and_clear();
    }
}
