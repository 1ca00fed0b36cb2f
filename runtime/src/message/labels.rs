//! Labels: of the path, and of the host in front of it.

use super::{WriteError, Written};
use crate::text::{Style, Texts};

/// The longest label of a host, in characters.
const MAX_HOST_LABEL: usize = 63;

/// What stands for the labels of templates.
#[derive(Debug, Default)]
pub(crate) struct Labels(Vec<(&'static str, String)>);

impl Labels {
    /// Sets a label.
    pub(crate) fn push(&mut self, name: &'static str, text: String) {
        self.0.push((name, text));
    }

    /// What stands for a label; nothing, if it is not set.
    pub(crate) fn text(&self, name: &str) -> &str {
        self.0.iter().find(|(label, _)| *label == name).map_or("", |(_, text)| text)
    }

    /// Sets a label of the host.
    ///
    /// # Errors
    ///
    /// A text that is none.
    pub(crate) fn push_host<T: Texts>(&mut self, name: &'static str, value: &T) -> Written {
        let mut label = String::new();
        value.write_texts(Style::URI, |text| text.clone_into(&mut label));
        let is_label = label.chars().all(|it| it.is_ascii_alphanumeric() || it == '-') && !label.starts_with('-');
        if label.is_empty() || label.len() > MAX_HOST_LABEL || !is_label {
            return Err(WriteError::HostLabel(name));
        }
        self.push(name, label);
        Ok(())
    }

    /// What goes before the host.
    pub(crate) fn host_prefix(&self, template: &str) -> String {
        let mut prefix = String::with_capacity(template.len() + 16);
        let mut rest = template;
        while let Some((literal, (label, after))) = rest.split_once('{').and_then(|(it, rest)| Some((it, rest.split_once('}')?)))
        {
            prefix.push_str(literal);
            prefix.push_str(self.text(label));
            rest = after;
        }
        prefix.push_str(rest);
        prefix
    }
}
