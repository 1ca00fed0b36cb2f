//! A library behind a socket, and a client of it: `lending serve`, and `lending put 9780141439518 Emma novel A12` beside it.

use axum::Router;
use clap::{Parser, Subcommand};
use lending::Library;
use lending::service::api::{
    Book, DateTime, Error, Genre, GetBookInput, LendBookInput, ListBooksInput, PutBookInput, ReturnBookInput, Whereabouts,
};
use lending::service::client::Client;
use lending::service::server::Server;
use std::io;
use std::process::ExitCode;
use tokio::net::TcpListener;

/// A lending library, and a client of it.
#[derive(Parser)]
struct Arguments {
    /// Where the library is, for those who call it.
    #[arg(long, global = true, default_value = "http://127.0.0.1:8080")]
    url: String,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serves a library that is empty, until Ctrl-C.
    Serve {
        /// The address to listen on; port 0 takes any port that is free.
        #[arg(long, default_value = "127.0.0.1:8080")]
        listen: String,
    },
    /// Puts a book on a shelf.
    Put { isbn: String, title: String, genre: Genre, shelf: String },
    /// Tells where a book is.
    Get { isbn: String },
    /// Lists the books, or those of a genre.
    List { genre: Option<Genre> },
    /// Lends a book.
    Lend {
        isbn: String,
        reader: String,
        /// For how many days; 14 unless it is said.
        #[arg(long)]
        days: Option<i32>,
    },
    /// Takes a book back.
    Return { isbn: String },
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> ExitCode {
    let Arguments { url, command } = Arguments::parse();
    let result = match command {
        Command::Serve { listen } => serve(&listen).await.map_err(|error| error.to_string()),
        command => call(&Client::local(url), command).await.map_err(|error| error.to_string()),
    };
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(problem) => {
            eprintln!("error: {problem}");
            ExitCode::FAILURE
        }
    }
}

/// Says where it listens, and serves.
async fn serve(address: &str) -> io::Result<()> {
    let listener = TcpListener::bind(address).await?;
    println!("listening on http://{}", listener.local_addr()?);
    let router = Router::new().fallback_service(Server::new(Library::default()));
    // Without a signal to wait for, it serves until it is killed.
    axum::serve(listener, router).with_graceful_shutdown(async { drop(tokio::signal::ctrl_c().await) }).await
}

/// Calls a library and prints what it says.
async fn call(client: &Client, command: Command) -> Result<(), Error> {
    match command {
        Command::Serve { .. } => {}
        Command::Put { isbn, title, genre, shelf } => {
            print(&client.put_book(PutBookInput::new(isbn, title, genre, shelf)).await?.book);
        }
        Command::Get { isbn } => print(&client.get_book(GetBookInput::new(isbn)).await?.book),
        Command::List { genre } => {
            let mut request = ListBooksInput::default();
            request.genre = genre;
            let mut books = client.list_books(request).items();
            while let Some(book) = books.try_next().await? {
                print(&book);
            }
        }
        Command::Lend { isbn, reader, days } => {
            let mut request = LendBookInput::new(isbn, reader);
            request.days = days;
            println!("due on {}", day(&client.lend_book(request).await?.due));
        }
        Command::Return { isbn } => print(&client.return_book(ReturnBookInput::new(isbn)).await?.book),
    }
    Ok(())
}

fn print(book: &Book) {
    let Book { isbn, title, genre, whereabouts, .. } = book;
    let place = match whereabouts {
        Whereabouts::Shelf(shelf) => format!("on shelf {shelf}"),
        Whereabouts::Loan(loan) => format!("lent to {} until {}", loan.reader, day(&loan.due)),
        other => format!("somewhere that this program does not know: {other:?}"),
    };
    println!("{isbn}  {title} ({genre}), {place}");
}

/// The day of a time, in UTC.
fn day(time: &DateTime) -> String {
    time.to_string().chars().take_while(|it| *it != 'T').collect()
}
