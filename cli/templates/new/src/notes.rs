//! What answers: notes, in memory.

use crate::service::api::ServiceName;
use crate::service::api::{
    AddNoteInput, AddNoteOutput, Error, GetNoteInput, GetNoteOutput, ListNotesInput,
    ListNotesOutput, Note, NoteNotFound,
};
use std::sync::{Mutex, MutexGuard, PoisonError};

/// Notes that are gone when the program ends. What a request may hold was checked against the
/// model before it comes here.
#[derive(Debug, Default)]
pub struct Notes {
    notes: Mutex<Vec<Note>>,
}

impl ServiceName for Notes {
    async fn add_note(&self, request: AddNoteInput) -> Result<AddNoteOutput, Error> {
        let mut notes = self.notes();
        let note = Note::new((notes.len() + 1).to_string(), request.text);
        notes.push(note.clone());
        Ok(AddNoteOutput::new(note))
    }

    async fn get_note(&self, request: GetNoteInput) -> Result<GetNoteOutput, Error> {
        match self.notes().iter().find(|note| note.id == request.id) {
            Some(note) => Ok(GetNoteOutput::new(note.clone())),
            None => Err(NoteNotFound::new(format!("there is no note {}", request.id)).into()),
        }
    }

    async fn list_notes(&self, _: ListNotesInput) -> Result<ListNotesOutput, Error> {
        Ok(ListNotesOutput::new(self.notes().iter().cloned()))
    }
}

impl Notes {
    /// The notes; what a panic left of them is as good as before.
    fn notes(&self) -> MutexGuard<'_, Vec<Note>> {
        self.notes.lock().unwrap_or_else(PoisonError::into_inner)
    }
}
