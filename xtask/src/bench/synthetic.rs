//! A larger model, made of a real one: every operation and every shape is there several times.

use anyhow::Context;
use serde_json::{Map, Value};
use std::fs;
use std::path::Path;
use toml_edit::DocumentMut;

/// Writes a `models` folder whose services are so many times as large as those of another one.
pub(crate) fn write(from: &Path, to: &Path, copies: usize) -> anyhow::Result<()> {
    fs::create_dir_all(to).with_context(|| format!("cannot make {}", to.display()))?;
    for entry in fs::read_dir(from).with_context(|| format!("cannot read {}", from.display()))? {
        let entry = entry?;
        let target = to.join(entry.file_name());
        if entry.file_type()?.is_dir() {
            write(&entry.path(), &target, copies)?;
            continue;
        }
        let text = fs::read_to_string(entry.path())?;
        let name = entry.file_name();
        let text = match name.to_str() {
            Some("models.toml") => multiply_config(&text, copies)?,
            Some("service-2.json") => multiply_json(&text, &["operations", "shapes"], copies)?,
            Some("paginators-1.json") => multiply_json(&text, &["pagination"], copies)?,
            _ => text,
        };
        fs::write(&target, text).with_context(|| format!("cannot write {}", target.display()))?;
    }
    Ok(())
}

/// What stands behind the names of a copy, the first of which is number 2.
fn suffix(copy: usize) -> String {
    format!("Copy{copy}")
}

/// Repeats the entries of some of a file's objects.
fn multiply_json(text: &str, sections: &[&str], copies: usize) -> anyhow::Result<String> {
    let mut file: Value = serde_json::from_str(text)?;
    for section in sections {
        let Some(Value::Object(entries)) = file.get_mut(*section) else { continue };
        let originals = entries.clone();
        for copy in 2..=copies {
            entries.extend(originals.iter().map(|(name, entry)| (name.clone() + &suffix(copy), renamed(entry, copy))));
        }
    }
    Ok(serde_json::to_string(&file)?)
}

/// An operation or a shape of a copy: names that refer to others refer to the same copy.
fn renamed(value: &Value, copy: usize) -> Value {
    match value {
        Value::Object(object) => {
            let member = |(key, value): (&String, &Value)| (key.clone(), renamed_member(key, value, copy));
            Value::Object(object.iter().map(member).collect::<Map<_, _>>())
        }
        Value::Array(elements) => Value::Array(elements.iter().map(|element| renamed(element, copy)).collect()),
        other => other.clone(),
    }
}

fn renamed_member(key: &str, value: &Value, copy: usize) -> Value {
    match (key, value) {
        ("shape" | "name", Value::String(name)) => Value::String(name.clone() + &suffix(copy)),
        ("requestUri", Value::String(uri)) => Value::String(format!("/copy{copy}{uri}")),
        _ => renamed(value, copy),
    }
}

/// Repeats the patches of shapes.
fn multiply_config(text: &str, copies: usize) -> anyhow::Result<String> {
    let mut config: DocumentMut = text.parse()?;
    let services = config.get_mut("service").and_then(|services| services.as_table_like_mut()).context("no service")?;
    for (_, service) in services.iter_mut() {
        let Some(patches) = service.get_mut("patch").and_then(|patches| patches.as_table_like_mut()) else { continue };
        let originals: Vec<_> = patches.iter().map(|(shape, patch)| (shape.to_owned(), patch.clone())).collect();
        for copy in 2..=copies {
            for (shape, patch) in &originals {
                patches.insert(&(shape.clone() + &suffix(copy)), patch.clone());
            }
        }
    }
    Ok(config.to_string())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_copy_refers_to_itself() {
        let model = r#"{"operations":{"Stop":{"name":"Stop","http":{"requestUri":"/stop"},"input":{"shape":"Request"}}},
            "shapes":{"Request":{"type":"structure","members":{"name":{"shape":"Text"}}},"Text":{"type":"string"}}}"#;
        let multiplied: Value = serde_json::from_str(&multiply_json(model, &["operations", "shapes"], 2).unwrap()).unwrap();
        assert_eq!(
            multiplied["operations"]["StopCopy2"],
            serde_json::json!({"name": "StopCopy2", "http": {"requestUri": "/copy2/stop"}, "input": {"shape": "RequestCopy2"}})
        );
        assert_eq!(multiplied["shapes"]["RequestCopy2"]["members"]["name"]["shape"], "TextCopy2");
        assert_eq!(multiplied["shapes"]["Request"]["members"]["name"]["shape"], "Text");
    }

    #[test]
    fn a_copy_is_patched_like_the_original() {
        let config = "[service.desk.patch.Text]\npattern = \"a\"\nreason = \"b\"\n";
        let config: DocumentMut = multiply_config(config, 3).unwrap().parse().unwrap();
        assert_eq!(config["service"]["desk"]["patch"]["TextCopy3"]["pattern"].as_str(), Some("a"));
    }
}
