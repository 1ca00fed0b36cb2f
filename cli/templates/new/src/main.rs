//! The service behind a socket, and a client of it.

use service_name::Notes;
use service_name::service::api::{AddNoteInput, Error, GetNoteInput, ListNotesInput, Note};
use service_name::service::client::Client;
use service_name::service::server::Server;

use axum::Router;
use std::process::ExitCode;
use std::{env, io};
use tokio::net::TcpListener;

const ADDRESS: &str = "127.0.0.1:8080";

const USAGE: &str = "usage: service-name serve | add TEXT | get ID | list";

#[tokio::main]
async fn main() -> ExitCode {
    let arguments: Vec<String> = env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    let client = Client::local(format!("http://{ADDRESS}"));
    let done = match arguments.as_slice() {
        ["serve"] => serve().await.map_err(|error| error.to_string()),
        ["add", text] => add(&client, text).await.map_err(|error| error.to_string()),
        ["get", id] => get(&client, id).await.map_err(|error| error.to_string()),
        ["list"] => list(&client).await.map_err(|error| error.to_string()),
        _ => Err(USAGE.to_owned()),
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("{problem}");
            ExitCode::FAILURE
        }
    }
}

/// Serves until the program is stopped.
async fn serve() -> io::Result<()> {
    let listener = TcpListener::bind(ADDRESS).await?;
    println!("listening on http://{}", listener.local_addr()?);
    axum::serve(
        listener,
        Router::new().fallback_service(Server::new(Notes::default())),
    )
    .await
}

async fn add(client: &Client, text: &str) -> Result<(), Error> {
    print(&client.add_note(AddNoteInput::new(text)).await?.note);
    Ok(())
}

async fn get(client: &Client, id: &str) -> Result<(), Error> {
    print(&client.get_note(GetNoteInput::new(id)).await?.note);
    Ok(())
}

async fn list(client: &Client) -> Result<(), Error> {
    client
        .list_notes(ListNotesInput::default())
        .await?
        .notes
        .iter()
        .for_each(print);
    Ok(())
}

fn print(note: &Note) {
    println!("{}: {}", note.id, note.text);
}
