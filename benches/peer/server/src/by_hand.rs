//! The same two operations as somebody would write them by hand on axum and serde, with the checks that the model asks of
//! what they read.
//!
//! Content type, length of the body, types and lengths of members are checked, as the generated server does. What the generated server
//! does beyond that is left out, as hardly anybody would write it: a request id in each answer, `Accept`, a time limit of the body, all
//! violations in one JSON error, patterns and enum values. That makes this side faster, not slower.

use axum::extract::{Path, RawQuery, State};
use axum::http::StatusCode;
use axum::routing::{get, post};
use axum::{Json, Router};
use peer_shared::mirror::{ListContactReferencesResponse, UpdateContactBody};
use peer_shared::references;
use serde::Serialize;
use std::ops::RangeInclusive;
use std::sync::Arc;

/// The handlers, behind axum.
pub fn router(count: usize) -> Router {
    Router::new()
        .route("/contact/references/{instance}/{contact}", get(list))
        .route("/contacts/{instance}/{contact}", post(update))
        .with_state(Arc::new(references::response(count)))
}

type Refused = (StatusCode, &'static str);

#[derive(Serialize)]
struct Empty {}

async fn list(
    State(references): State<Arc<ListContactReferencesResponse>>,
    Path((instance, contact)): Path<(String, String)>,
    RawQuery(query): RawQuery,
) -> Result<Json<ListContactReferencesResponse>, Refused> {
    check_ids(&instance, &contact)?;
    let types = query.iter().flat_map(|query| query.split('&')).filter(|pair| pair.starts_with("referenceTypes=")).count();
    if !(1..=6).contains(&types) {
        return Err((StatusCode::BAD_REQUEST, "referenceTypes"));
    }
    Ok(Json(ListContactReferencesResponse::clone(&references)))
}

async fn update(
    Path((instance, contact)): Path<(String, String)>,
    Json(body): Json<UpdateContactBody>,
) -> Result<Json<Empty>, Refused> {
    check_ids(&instance, &contact)?;
    check_all(body.name.iter(), 0..=1024, "Name")?;
    check_all(body.description.iter(), 0..=4096, "Description")?;
    for (name, reference) in body.references.iter().flatten() {
        check(name, 1..=4096, "References")?;
        check_all(reference.value.iter(), 0..=4096, "References")?;
        check_all(reference.status_reason.iter(), 0..=100, "References")?;
    }
    check_all(body.user_info.iter().flat_map(|user| &user.user_id), 1..=256, "UserInfo")?;
    match body.name {
        Some(_) => Ok(Json(Empty {})),
        None => Err((StatusCode::BAD_REQUEST, "nothing to update")),
    }
}

fn check_ids(instance: &str, contact: &str) -> Result<(), Refused> {
    check(instance, 1..=100, "InstanceId")?;
    check(contact, 1..=256, "ContactId")
}

fn check_all<'t>(
    texts: impl Iterator<Item = &'t String>,
    range: RangeInclusive<usize>,
    name: &'static str,
) -> Result<(), Refused> {
    for text in texts {
        check(text, range.clone(), name)?;
    }
    Ok(())
}

fn check(text: &str, range: RangeInclusive<usize>, name: &'static str) -> Result<(), Refused> {
    if range.contains(&text.chars().count()) { Ok(()) } else { Err((StatusCode::BAD_REQUEST, name)) }
}
