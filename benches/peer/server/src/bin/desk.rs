//! A program that implements two methods and serves them: what a user rebuilds all day.

use connect_api::*;
use connect_server::Server;

struct Desk;

impl Connect for Desk {
    async fn describe_contact(&self, request: DescribeContactRequest) -> Result<DescribeContactResponse, Error> {
        Ok(DescribeContactResponse::default().contact(Contact::default().id(request.contact_id)))
    }

    async fn update_contact(&self, request: UpdateContactRequest) -> Result<UpdateContactResponse, Error> {
        match request.name {
            Some(_) => Ok(UpdateContactResponse::default()),
            None => Err(InvalidRequestException::new("nothing to update").into()),
        }
    }
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<(), Box<dyn std::error::Error>> {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await?;
    axum::serve(listener, axum::Router::new().fallback_service(Server::new(Desk))).await?;
    Ok(())
}
