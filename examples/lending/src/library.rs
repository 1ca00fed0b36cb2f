//! The library itself, in memory.

use crate::service::api::{
    AlreadyLent, Book, BookNotFound, DateTime, Error, GetBookInput, GetBookOutput, LendBookInput, LendBookOutput, Lending,
    ListBooksInput, ListBooksOutput, Loan, PutBookInput, PutBookOutput, ReturnBookInput, ReturnBookOutput, Whereabouts,
};
use std::collections::BTreeMap;
use std::ops::Bound::{Excluded, Unbounded};
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::{Duration, SystemTime};

/// How many books a page holds, unless it is said.
const PAGE: usize = 20;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

/// A library that keeps its books in memory. What a request may hold was checked against the model before it comes here: numbers are of
/// thirteen digits, a loan is of 1 to 60 days.
#[derive(Debug, Default)]
pub struct Library {
    holdings: Mutex<BTreeMap<String, Holding>>,
}

/// A book, the shelf that it belongs on, and who has it.
#[derive(Debug)]
struct Holding {
    book: Book,
    shelf: String,
}

impl Lending for Library {
    async fn put_book(&self, request: PutBookInput) -> Result<PutBookOutput, Error> {
        let mut holdings = self.holdings();
        if let Some(Holding { book: Book { whereabouts: Whereabouts::Loan(loan), .. }, .. }) = holdings.get(&request.isbn) {
            return Err(already_lent(loan).into());
        }
        let PutBookInput { isbn, title, genre, shelf, .. } = request;
        let book = Book::new(&isbn, title, genre, Whereabouts::Shelf(shelf.clone()));
        holdings.insert(isbn, Holding { book: book.clone(), shelf });
        Ok(PutBookOutput::new(book))
    }

    async fn get_book(&self, request: GetBookInput) -> Result<GetBookOutput, Error> {
        match self.holdings().get(&request.isbn) {
            Some(holding) => Ok(GetBookOutput::new(holding.book.clone())),
            None => Err(not_found(&request.isbn).into()),
        }
    }

    async fn list_books(&self, request: ListBooksInput) -> Result<ListBooksOutput, Error> {
        let holdings = self.holdings();
        let size = request.page_size.and_then(|size| usize::try_from(size).ok()).unwrap_or(PAGE);
        let start = request.next_token.map_or(Unbounded, Excluded);
        let books = holdings.range((start, Unbounded)).map(|(_, holding)| &holding.book);
        let mut wanted = books.filter(|book| request.genre.as_ref().is_none_or(|genre| book.genre == *genre)).cloned();
        let page: Vec<Book> = wanted.by_ref().take(size).collect();
        let last = page.last().filter(|_| wanted.next().is_some()).map(|book| book.isbn.clone());
        let output = ListBooksOutput::new(page);
        Ok(match last {
            Some(isbn) => output.next_token(isbn),
            None => output,
        })
    }

    async fn lend_book(&self, request: LendBookInput) -> Result<LendBookOutput, Error> {
        let mut holdings = self.holdings();
        let holding = holdings.get_mut(&request.isbn).ok_or_else(|| not_found(&request.isbn))?;
        if let Whereabouts::Loan(loan) = &holding.book.whereabouts {
            return Err(already_lent(loan).into());
        }
        // The model's default is there when a request comes here.
        let days = request.days.and_then(|days| u32::try_from(days).ok()).unwrap_or_default();
        let due = DateTime::from(SystemTime::now() + DAY * days);
        holding.book.whereabouts = Whereabouts::Loan(Loan::new(request.reader, due));
        Ok(LendBookOutput::new(due))
    }

    async fn return_book(&self, request: ReturnBookInput) -> Result<ReturnBookOutput, Error> {
        let mut holdings = self.holdings();
        let holding = holdings.get_mut(&request.isbn).ok_or_else(|| not_found(&request.isbn))?;
        holding.book.whereabouts = Whereabouts::Shelf(holding.shelf.clone());
        Ok(ReturnBookOutput::new(holding.book.clone()))
    }
}

impl Library {
    /// The books; what a panic left of them is as good as before.
    fn holdings(&self) -> MutexGuard<'_, BTreeMap<String, Holding>> {
        self.holdings.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

fn not_found(isbn: &str) -> BookNotFound {
    BookNotFound::new("the library has no such book").isbn(isbn)
}

fn already_lent(loan: &Loan) -> AlreadyLent {
    AlreadyLent::new("somebody has the book").due(loan.due)
}
