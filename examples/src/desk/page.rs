//! Pages of a contact tree.

use super::record::Record;
use connect_api::{Error, InvalidParameterException, ListAssociatedContactsRequest};

/// How many contacts a page has unless the request says.
const DEFAULT_SIZE: i32 = 25;

/// How many it may ask for.
const SIZES: std::ops::RangeInclusive<i32> = 1..=100;

/// The page that a request asks for.
pub(super) struct Page<'a> {
    contact_id: &'a str,
    size: usize,
    /// The number of the first contact that may be on it.
    from: usize,
}

impl<'a> Page<'a> {
    pub(super) fn asked_for(request: &'a ListAssociatedContactsRequest) -> Result<Self, Error> {
        let contact_id = &request.contact_id;
        let size = Some(request.max_results.unwrap_or(DEFAULT_SIZE)).filter(|size| SIZES.contains(size));
        let size = size.and_then(|size| usize::try_from(size).ok()).ok_or_else(|| invalid("MaxResults is not 1 to 100"))?;
        let from = match &request.next_token {
            Some(token) => read_token(contact_id, token).ok_or_else(|| invalid("NextToken is not one of this list"))?,
            None => 0,
        };
        Ok(Self { contact_id, size, from })
    }

    /// The contacts of the page, and the token for the next one.
    pub(super) fn cut<'r>(&self, tree: Vec<&'r Record>) -> (Vec<&'r Record>, Option<String>) {
        let mut rest = tree.into_iter().filter(|record| record.number >= self.from);
        let page = rest.by_ref().take(self.size).collect();
        (page, rest.next().map(|next| write_token(self.contact_id, next.number)))
    }
}

/// A token says which contact is next and whose tree it is of, so that it is good for no other list.
fn write_token(contact_id: &str, number: usize) -> String {
    format!("{number:x}.{contact_id}")
}

fn read_token(contact_id: &str, token: &str) -> Option<usize> {
    let (number, of) = token.split_once('.')?;
    usize::from_str_radix(number, 16).ok().filter(|_| of == contact_id)
}

fn invalid(message: &str) -> Error {
    InvalidParameterException::new(message).into()
}
