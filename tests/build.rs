//! Makes what tests include: the list of Connect's operations, and the snippets of the README and the book.

use std::fmt::Write as _;
use std::path::Path;
use std::{env, fs, io};

fn main() -> io::Result<()> {
    let output = env::var_os("OUT_DIR").ok_or_else(|| io::Error::other("OUT_DIR is not set"))?;
    let output = Path::new(&output);
    fs::write(output.join("operations.rs"), operations(&read("../generated/connect/server/src/lib.rs")?))?;
    fs::write(output.join("readme.md"), snippets(&read("../README.md").unwrap_or_default()))?;
    fs::write(output.join("book.rs"), book(output)?)
}

/// The book's chapters, each the documentation of a module.
fn book(output: &Path) -> io::Result<String> {
    const CHAPTERS: &str = "../docs/book/src";
    println!("cargo::rerun-if-changed={CHAPTERS}");
    let mut names = Vec::new();
    for entry in fs::read_dir(CHAPTERS)? {
        names.extend(entry?.file_name().to_str().and_then(|name| name.strip_suffix(".md")).map(str::to_owned));
    }
    names.sort();
    let mut modules = String::new();
    for name in names {
        fs::write(output.join(format!("{name}.md")), snippets(&read(&format!("{CHAPTERS}/{name}.md"))?))?;
        let _ = writeln!(
            modules,
            "#[doc = include_str!({:?})]\nmod {} {{}}",
            format!("{name}.md"),
            name.to_lowercase().replace('-', "_")
        );
    }
    Ok(modules)
}

fn read(path: &str) -> io::Result<String> {
    println!("cargo::rerun-if-changed={path}");
    fs::read_to_string(path)
}

/// The server's own list, one line per operation, as calls of the macro `operations!`. Whether it is complete is tested.
fn operations(server: &str) -> String {
    let lines = server.lines().filter_map(|line| line.trim().strip_suffix("),")?.split_once("(api::"));
    lines.fold("operations! {\n".to_owned(), |mut list, (method, request)| {
        let _ = writeln!(list, "    {method}({request}),");
        list
    }) + "}\n"
}

/// Rust snippets are compiled, not run. What is no program becomes the body of a function, in which `.await` and `?` work.
fn snippets(readme: &str) -> String {
    let mut text = String::new();
    let mut lines = readme.lines();
    while let Some(line) = lines.next() {
        if line != "```rust" {
            let _ = writeln!(text, "{line}");
            continue;
        }
        let snippet: Vec<&str> = lines.by_ref().take_while(|line| *line != "```").collect();
        let snippet = snippet.join("\n");
        let program = match snippet.contains("fn main()") {
            true => snippet,
            false => format!(
                "# #[allow(unused)]\n# async fn snippet() -> Result<(), Box<dyn std::error::Error>> {{\n{snippet}\n# Ok(()) }}\n# fn main() {{}}"
            ),
        };
        let _ = writeln!(text, "```rust,no_run\n{program}\n```");
    }
    text
}
