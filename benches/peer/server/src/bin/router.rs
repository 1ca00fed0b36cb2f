//! The router alone, over all operations of the model that the second argument names.

use peer_shared::clock::{alternate, budget};
use peer_shared::sample::{Sample, Side, Unit};
use serde::Deserialize;
use smithwright_runtime::operation::OperationInfo;
use smithwright_runtime::server::PathRouter;
use std::collections::BTreeMap;
use std::error::Error;
use std::fs;
use std::hint::black_box;

#[derive(Deserialize)]
struct Model {
    operations: BTreeMap<String, Operation>,
}

#[derive(Deserialize)]
struct Operation {
    http: Http,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct Http {
    method: String,
    request_uri: String,
}

fn main() -> Result<(), Box<dyn Error>> {
    let path = std::env::args().nth(2).ok_or("which model?")?;
    let model: Model = serde_json::from_str(&fs::read_to_string(path)?)?;
    let operations: Vec<OperationInfo> =
        model.operations.into_iter().map(|(name, operation)| info(name, operation.http)).collect();
    let operations: &'static [OperationInfo] = operations.leak();
    let router = PathRouter::new(operations);
    let requests: Vec<_> = operations.iter().map(|info| (info.method, sent(info.uri))).collect();
    for (index, (method, path)) in requests.iter().enumerate() {
        if router.find(method, path, "").ok() != Some(index) {
            return Err(format!("{method} {path} leads elsewhere").into());
        }
    }
    let [round] = alternate(
        budget(),
        [&mut || {
            for (method, path) in &requests {
                drop(black_box(router.find(black_box(method), black_box(path), "")));
            }
        }],
    );
    let mean = round / requests.len() as f64;
    Sample { what: "route, mean over all operations", side: Side::Ours, unit: Unit::Nanoseconds, value: mean }.tell()?;
    Ok(())
}

/// Kept for as long as the program runs, as a generated server's are.
fn info(name: String, http: Http) -> OperationInfo {
    OperationInfo::new(name.leak(), http.method.leak(), http.request_uri.leak(), &[])
}

/// A path with labels as they are sent: UUIDs.
fn sent(template: &str) -> String {
    let segment = |segment: &str| match segment.starts_with('{') {
        true => "4c2e9b1a-7f3d-4a55-9d0c-2f6b8e1a7c3d".to_owned(),
        false => segment.to_owned(),
    };
    template.split('/').map(segment).collect::<Vec<_>>().join("/")
}
