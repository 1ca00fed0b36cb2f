//! The two operations on the generated server, served as the README does it.

use axum::Router;
use connect_api::*;
use connect_server::Server;
use peer_shared::references;
use smithwright_runtime::format::json::JsonDecoder;
use std::sync::Arc;

/// The generated server, behind axum.
///
/// # Errors
///
/// References that the codec cannot read.
pub fn router(count: usize) -> Result<Router, smithwright_runtime::codec::DecodeError> {
    let references = JsonDecoder::decode(&references::response_json(count))?;
    Ok(Router::new().fallback_service(Server::new(Desk { references: Arc::new(references) })))
}

struct Desk {
    references: Arc<ListContactReferencesResponse>,
}

impl Connect for Desk {
    async fn list_contact_references(&self, _: ListContactReferencesRequest) -> Result<ListContactReferencesResponse, Error> {
        Ok(ListContactReferencesResponse::clone(&self.references))
    }

    async fn update_contact(&self, request: UpdateContactRequest) -> Result<UpdateContactResponse, Error> {
        match request.name {
            Some(_) => Ok(UpdateContactResponse::default()),
            None => Err(InvalidRequestException::new("nothing to update").into()),
        }
    }
}
