//! The library, asked by its generated client through its generated server: in one process, so that a test needs no socket.

#![cfg(all(feature = "client", feature = "server"))]
#![allow(clippy::unwrap_used, reason = "a helper fails as its test does")]

use lending::Library;
use lending::service::api::{
    Book, Error, Genre, GetBookInput, LendBookInput, Lending, ListBooksInput, PutBookInput, ReturnBookInput, Whereabouts,
};
use lending::service::client::{Client, SdkConfig, in_process};
use lending::service::server::Server;

const EMMA: &str = "9780141439587";
const WALDEN: &str = "9780691096124";
const COSMOS: &str = "9780345539434";

fn client() -> Client {
    let library = in_process(Server::new(Library::default()));
    Client::new(&SdkConfig::builder().http_client(library).endpoint_url("http://library.test").build())
}

/// A client of a library with three books.
async fn client_of_books() -> Client {
    let client = client();
    for (isbn, title, genre, shelf) in [
        (EMMA, "Emma", Genre::Novel, "A12"),
        (WALDEN, "Walden", Genre::History, "C3"),
        (COSMOS, "Cosmos", Genre::Science, "D101"),
    ] {
        client.put_book(PutBookInput::new(isbn, title, genre, shelf)).await.unwrap();
    }
    client
}

fn titles(books: &[Book]) -> Vec<&str> {
    books.iter().map(|book| book.title.as_str()).collect()
}

#[tokio::test]
async fn a_book_is_on_its_shelf_until_somebody_takes_it() {
    let client = client_of_books().await;
    let book = client.get_book(GetBookInput::new(EMMA)).await.unwrap().book;
    assert_eq!(book.whereabouts, Whereabouts::Shelf("A12".to_owned()));

    let due = client.lend_book(LendBookInput::new(EMMA, "Jane").days(7)).await.unwrap().due;
    let book = client.get_book(GetBookInput::new(EMMA)).await.unwrap().book;
    let Whereabouts::Loan(loan) = book.whereabouts else { panic!("{book:?}") };
    assert_eq!((loan.reader.as_str(), loan.due), ("Jane", due));

    let book = client.return_book(ReturnBookInput::new(EMMA)).await.unwrap().book;
    assert_eq!(book.whereabouts, Whereabouts::Shelf("A12".to_owned()));
}

#[tokio::test]
async fn a_book_that_somebody_has_is_lent_to_nobody_else() {
    let client = client_of_books().await;
    let due = client.lend_book(LendBookInput::new(EMMA, "Jane")).await.unwrap().due;
    let error = client.lend_book(LendBookInput::new(EMMA, "Frank")).await.unwrap_err();
    let Error::AlreadyLent(lent) = &error else { panic!("{error:?}") };
    assert_eq!(lent.due.map(|due| due.secs()), Some(due.secs()));
    assert!(error.to_string().contains("somebody has the book"), "{error}");
}

#[tokio::test]
async fn a_book_that_the_library_has_not_is_an_error_with_its_number() {
    let error = client().get_book(GetBookInput::new(EMMA)).await.unwrap_err();
    assert!(matches!(&error, Error::BookNotFound(it) if it.isbn.as_deref() == Some(EMMA)), "{error:?}");
}

#[tokio::test]
async fn a_list_goes_from_page_to_page_by_itself() {
    let client = client_of_books().await;
    let mut books = client.list_books(ListBooksInput::default().page_size(2)).items();
    let mut found = Vec::new();
    while let Some(book) = books.try_next().await.unwrap() {
        found.push(book);
    }
    assert_eq!(titles(&found), ["Emma", "Cosmos", "Walden"]);
    let page = client.list_books(ListBooksInput::default().genre(Genre::Science)).await.unwrap();
    assert_eq!((titles(&page.books), page.next_token), (vec!["Cosmos"], None));
}

#[tokio::test]
async fn what_the_model_does_not_allow_never_reaches_the_library() {
    let client = client();
    for request in [
        PutBookInput::new("12", "Emma", Genre::Novel, "A12"),
        PutBookInput::new(EMMA, "", Genre::Novel, "A12"),
        PutBookInput::new(EMMA, "Emma", Genre::from("cookery"), "A12"),
        PutBookInput::new(EMMA, "Emma", Genre::Novel, "the shelf at the window"),
    ] {
        let error = client.put_book(request).await.unwrap_err();
        assert_eq!(error.code(), "ValidationException", "{error:?}");
    }
    let error = client.lend_book(LendBookInput::new(EMMA, "Jane").days(61)).await.unwrap_err();
    assert!(error.to_string().contains("days"), "{error}");
    assert!(client.list_books(ListBooksInput::default()).await.unwrap().books.is_empty());
}

/// What is written for the trait takes the library as it is, a client of one, or a fake.
async fn is_there(lending: &impl Lending, isbn: &str) -> Result<bool, Error> {
    match lending.get_book(GetBookInput::new(isbn)).await {
        Ok(output) => Ok(matches!(output.book.whereabouts, Whereabouts::Shelf(_))),
        Err(Error::BookNotFound(_)) => Ok(false),
        Err(error) => Err(error),
    }
}

#[tokio::test]
async fn the_trait_makes_no_difference_between_a_library_and_a_client_of_one() {
    let library = Library::default();
    library.put_book(PutBookInput::new(EMMA, "Emma", Genre::Novel, "A12")).await.unwrap();
    assert!(is_there(&library, EMMA).await.unwrap());
    assert!(is_there(&client_of_books().await, EMMA).await.unwrap());
    assert!(!is_there(&client(), EMMA).await.unwrap());
}
