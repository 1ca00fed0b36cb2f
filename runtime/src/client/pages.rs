//! Lists that come in pages: <https://smithy.io/2.0/spec/behavior-traits.html#paginated-trait>.

mod course;

use crate::client::call::{Call, CallFuture};
use crate::client::core::Core;
use crate::client::overrides::Overrides;
use crate::client::wire::Dialect;
use crate::error::{ClientError, ClientErrorKind};
use crate::operation::{Itemized, Paginated};
use course::{Course, CourseError};
use futures_core::Stream;
use std::fmt;
use std::future::poll_fn;
use std::pin::Pin;
use std::task::{Context, Poll, ready};
use std::vec;

/// The pages of a list. Each is asked for when the one before it is there and wanted no more.
///
/// The last page has no token for another, or the one that was just asked for: so some services say that there is nothing more
/// yet. A token of any earlier page, and more pages than [allowed](Self::max_pages), are an error, behind the page that brought it.
/// After an error there is nothing more.
#[must_use = "a stream does nothing until it is polled"]
pub struct Pages<'a, O: Paginated> {
    core: &'a Core,
    dialect: Dialect<O>,
    overrides: Option<Box<Overrides>>,
    /// What asks for the next page; `None` behind the last.
    request: Option<O>,
    course: Course,
    /// What the next page is, instead of one.
    failure: Option<CourseError>,
    pending: Option<CallFuture<'a, O>>,
}

impl<'a, O: Paginated> Pages<'a, O> {
    pub(crate) fn new(call: Call<'a, O>) -> Self {
        let course = Course::from(&call.request);
        let Call { core, dialect, request, overrides } = call;
        Self { core, dialect, overrides, request: Some(request), course, failure: None, pending: None }
    }

    /// Asks for no more pages than this, of a list that has more; 100,000 unless set, and at least one. An error tells of it.
    pub fn max_pages(mut self, pages: usize) -> Self {
        self.course.max_pages(pages);
        self
    }

    /// Goes on whatever token comes, as where the list is a log that is followed. Otherwise 8 bytes of each are remembered.
    pub fn allow_repeated_tokens(mut self) -> Self {
        self.course.allow_repeated_tokens();
        self
    }

    /// The next page; `None` behind the last.
    ///
    /// # Errors
    ///
    /// What the call of the page comes to.
    pub async fn try_next(&mut self) -> Result<Option<O::Response>, O::Error> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await.transpose()
    }

    fn turn(&mut self, response: &O::Response) {
        let Some(request) = &mut self.request else { return };
        match self.course.turn(request, response) {
            Ok(true) => {}
            turn => {
                self.request = None;
                self.failure = turn.err();
            }
        }
    }

    fn take_failure(&mut self) -> Option<O::Error> {
        let error = self.failure.take()?.of(O::INFO.name);
        Some(ClientError::new(ClientErrorKind::Response, error).into())
    }
}

impl<O: Paginated> Unpin for Pages<'_, O> {}

impl<O: Paginated> Stream for Pages<'_, O> {
    type Item = Result<O::Response, O::Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        let Some(request) = &this.request else {
            return Poll::Ready(this.take_failure().map(Err));
        };
        let pending = this.pending.get_or_insert_with(|| {
            let (request, overrides) = (request.clone(), this.overrides.clone());
            Call { core: this.core, dialect: this.dialect, request, overrides }.send()
        });
        let page = ready!(Pin::new(pending).poll(context));
        this.pending = None;
        match &page {
            Ok(response) => this.turn(response),
            Err(_) => this.request = None,
        }
        Poll::Ready(Some(page))
    }
}

impl<O: Paginated> fmt::Debug for Pages<'_, O> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Pages").field("request", &self.request).finish_non_exhaustive()
    }
}

/// The items of a list, across its pages.
#[must_use = "a stream does nothing until it is polled"]
pub struct Items<'a, O: Itemized> {
    pages: Pages<'a, O>,
    page: vec::IntoIter<O::Item>,
}

impl<'a, O: Itemized> Items<'a, O> {
    pub(crate) fn new(pages: Pages<'a, O>) -> Self {
        Self { pages, page: Vec::new().into_iter() }
    }

    /// See [`Pages::max_pages`].
    pub fn max_pages(mut self, pages: usize) -> Self {
        self.pages = self.pages.max_pages(pages);
        self
    }

    /// See [`Pages::allow_repeated_tokens`].
    pub fn allow_repeated_tokens(mut self) -> Self {
        self.pages = self.pages.allow_repeated_tokens();
        self
    }

    /// The next item; `None` behind the last.
    ///
    /// # Errors
    ///
    /// What the call of the item's page comes to.
    pub async fn try_next(&mut self) -> Result<Option<O::Item>, O::Error> {
        poll_fn(|context| Pin::new(&mut *self).poll_next(context)).await.transpose()
    }
}

impl<O: Itemized> Unpin for Items<'_, O> {}

impl<O: Itemized> Stream for Items<'_, O> {
    type Item = Result<O::Item, O::Error>;

    fn poll_next(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let this = self.get_mut();
        loop {
            if let Some(item) = this.page.next() {
                return Poll::Ready(Some(Ok(item)));
            }
            match ready!(Pin::new(&mut this.pages).poll_next(context)) {
                Some(Ok(response)) => this.page = O::items(response).into_iter(),
                Some(Err(error)) => return Poll::Ready(Some(Err(error))),
                None => return Poll::Ready(None),
            }
        }
    }
}

impl<O: Itemized> fmt::Debug for Items<'_, O> {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.debug_struct("Items").field("pages", &self.pages).finish_non_exhaustive()
    }
}
