//! A repository as small as cargo and `generate` take it.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;

/// How many structures the models have: enough for a run to take a while.
const SHAPES: usize = 120;

/// Files by their paths.
pub(crate) type Tree = BTreeMap<PathBuf, Vec<u8>>;

/// One of two models of a service, which share some of their files.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Model {
    One,
    Two,
}

pub(crate) struct Repository {
    root: TempDir,
}

impl Repository {
    pub(crate) fn new() -> Self {
        let repository = Self { root: tempfile::tempdir().unwrap() };
        repository.put(
            "Cargo.toml",
            "[workspace]\nresolver = \"3\"\nmembers = [\"runtime\", \"user\", \"generated/*/*\"]\n\
             [workspace.package]\nversion = \"0.1.0\"\nedition = \"2024\"\nrust-version = \"1.94.1\"\nlicense = \"MIT\"\npublish = false\n\
             [workspace.dependencies]\nsmithwright-runtime = { path = \"runtime\" }\n\n\
             [workspace.lints.rust]\nunsafe_code = \"forbid\"\n",
        );
        let features = "[features]\nclient = []\nserver = []\ntls = []\n";
        repository
            .put("runtime/Cargo.toml", &format!("[package]\nname = \"smithwright-runtime\"\nversion = \"0.1.0\"\n{features}"));
        // What makes a workspace unloadable while the folder is away.
        repository.put(
            "user/Cargo.toml",
            "[package]\nname = \"user\"\nversion = \"0.1.0\"\n[dependencies]\ndesk-api = { path = \"../generated/desk/api\" }\n",
        );
        repository.put("runtime/src/lib.rs", "");
        repository.put("user/src/lib.rs", "");
        repository.put_config("[service.desk.source]\napi_version = \"2020-01-01\"\n");
        repository.put_model(Model::One);
        repository
    }

    pub(crate) fn root(&self) -> &Path {
        self.root.path()
    }

    pub(crate) fn put(&self, path: &str, text: &str) {
        let path = self.root().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    pub(crate) fn put_config(&self, text: &str) {
        self.put("models/models.toml", text);
    }

    pub(crate) fn put_model(&self, model: Model) {
        self.put("models/desk/2020-01-01/service-2.json", &json(model));
    }

    /// Puts a model where `--docs` reads it, and tells where.
    pub(crate) fn put_full_model(&self, model: Model) -> String {
        self.put("full.json", &json(model));
        self.root().join("full.json").to_str().unwrap().to_owned()
    }

    /// A task of the program, in this repository.
    pub(crate) fn task(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_smithwright"));
        command.arg("--project").arg(self.root()).args(arguments);
        command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    /// `generate` of the service.
    pub(crate) fn generate(&self, arguments: &[&str]) -> Command {
        let mut command = self.task(&["generate", "desk"]);
        command.args(arguments);
        command
    }

    /// The service's crates.
    pub(crate) fn tree(&self) -> Tree {
        let mut tree = Tree::new();
        add(&self.root().join("generated/desk"), &mut tree);
        tree
    }

    /// Everything in the repository.
    pub(crate) fn state(&self) -> Tree {
        let mut tree = Tree::new();
        add(self.root(), &mut tree);
        tree
    }

    /// What a run that ended must not leave behind.
    pub(crate) fn left_over(&self) -> Vec<String> {
        let names = |folder: &str| {
            let entries = fs::read_dir(self.root().join(folder)).unwrap();
            entries.map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect::<Vec<_>>()
        };
        names("").into_iter().chain(names("generated")).filter(|name| name.starts_with('.')).collect()
    }

    #[track_caller]
    pub(crate) fn assert_loads(&self, when: &str) {
        let mut cargo = Command::new(env!("CARGO"));
        cargo.args(["metadata", "--offline", "--no-deps", "--format-version=1", "--manifest-path"]);
        let output = cargo.arg(self.root().join("Cargo.toml")).output().unwrap();
        assert!(output.status.success(), "cargo does not load the workspace after {when}: {}", text(&output));
    }
}

/// What a program said.
pub(crate) fn text(output: &Output) -> String {
    String::from_utf8_lossy(&output.stdout).into_owned() + &String::from_utf8_lossy(&output.stderr)
}

fn add(folder: &Path, tree: &mut Tree) {
    for entry in fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            // A folder counts, too, were it empty.
            tree.insert(path.clone(), Vec::new());
            add(&path, tree);
        } else {
            tree.insert(path.clone(), fs::read(&path).unwrap());
        }
    }
}

/// An operation that answers with every structure. Of these, a third is in both models, a third differs, a third has two names.
pub(crate) fn json(model: Model) -> String {
    let number = match model {
        Model::One => 1,
        Model::Two => 2,
    };
    let name = |shape: usize| if shape % 3 == 2 { format!("Item{shape}Of{number}") } else { format!("Item{shape}") };
    let member = |shape: usize| if shape % 3 == 1 { format!("Name{number}") } else { "Name".to_owned() };
    let shapes: String = (0..SHAPES)
        .map(|shape| {
            format!(
                "{:?}: {{\"type\": \"structure\", \"members\": {{{:?}: {{\"shape\": \"Text\"}}}}}},\n",
                name(shape),
                member(shape)
            )
        })
        .collect();
    let members: Vec<String> = (0..SHAPES).map(|shape| format!("{0:?}: {{\"shape\": {0:?}}}", name(shape))).collect();
    format!(
        r#"{{"version": "2.0", "metadata": {{"apiVersion": "2020-01-01", "endpointPrefix": "desk", "protocol": "rest-json",
            "protocols": ["rest-json"], "serviceFullName": "Desk", "serviceId": "Desk", "signatureVersion": "v4", "signingName": "desk",
            "uid": "desk-2020-01-01", "auth": ["aws.auth#sigv4"]}},
            "operations": {{"GetDesk": {{"name": "GetDesk", "http": {{"method": "GET", "requestUri": "/desk"}},
                "input": {{"shape": "GetDeskRequest"}}, "output": {{"shape": "GetDeskResponse"}}}}}},
            "shapes": {{{shapes} "Text": {{"type": "string"}}, "GetDeskRequest": {{"type": "structure", "members": {{}}}},
                "GetDeskResponse": {{"type": "structure", "members": {{{}}}}}}}}}"#,
        members.join(", ")
    )
}
