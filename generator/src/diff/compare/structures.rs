//! Structures and unions as a whole; members one by one are in `members.rs`.

use super::{About, Comparison, Pair};
use crate::diff::change::Subject;
use crate::diff::policy::ChangeKind as Kind;
use crate::ir::{ErrorTrait, Member, ShapeId, Structure};

impl About<'_> {
    /// The same subject, a step further in.
    pub(super) fn inside(&self, step: &str) -> Self {
        let steps = self.steps.iter().cloned().chain([step.to_owned()]).collect();
        Self { steps, ..self.clone() }
    }

    /// A part of it, so many steps further in.
    pub(super) fn part(&self, id: &ShapeId, part: &str, steps: &[&str]) -> Self {
        let steps = self.steps.iter().cloned().chain(steps.iter().map(|step| (*step).to_owned())).collect();
        Self { subject: Subject::Member(id.clone(), part.to_owned()), steps, ..self.clone() }
    }
}

impl<'m> Comparison<'m> {
    pub(super) fn structure(&mut self, about: &About<'m>, id: &ShapeId, both: Pair<&'m Structure>) {
        if let (Some(old), Some(new)) = (&both.old.error, &both.new.error) {
            self.error_trait(about, id, Pair { old, new });
        }
        self.members(about, id, both.map(|structure| structure.members.as_slice()));
    }

    fn error_trait(&mut self, about: &About<'m>, id: &ShapeId, both: Pair<&'m ErrorTrait>) {
        // A field that is new must be compared.
        let ErrorTrait { code: _, query_code: _, status: _, client_fault: _, retryable: _ } = both.new;
        let code = |error: &ErrorTrait| {
            let code = error.code.as_deref().unwrap_or(&id.0);
            [code, error.query_code.as_deref().unwrap_or_default()].join(" ").trim_end().to_owned()
        };
        self.compare(Kind::ErrorCodeChanged, about, both.map(code));
        let status = |error: &ErrorTrait| format!("{} {}", error.status, if error.client_fault { "client" } else { "server" });
        self.compare(Kind::ErrorStatusChanged, about, both.map(status));
        let retryable = |error: &ErrorTrait| match error.retryable {
            None => String::new(),
            Some(retryable) if retryable.throttling => "retryable throttling".to_owned(),
            Some(_) => "retryable".to_owned(),
        };
        self.compare(Kind::RetryableChanged, about, both.map(retryable));
    }

    /// The members of a structure.
    pub(super) fn members(&mut self, about: &About<'m>, id: &ShapeId, both: Pair<&'m [Member]>) {
        for member in both.new {
            match both.old.iter().find(|old| old.name == member.name) {
                Some(old) => self.member(about, id, Pair { old, new: member }),
                None => {
                    let must_be_given = member.required && member.default.is_none();
                    let kind = if must_be_given { Kind::RequiredMemberAdded } else { Kind::MemberAdded };
                    let text = self.member_text(self.new, member);
                    self.added(kind, &of_member(about, id, member), text);
                }
            }
        }
        for member in both.old.iter().filter(|old| !both.new.iter().any(|new| new.name == old.name)) {
            let text = self.member_text(self.old, member);
            self.removed(Kind::MemberRemoved, &of_member(about, id, member), text);
        }
        self.order(about, both);
    }

    /// The members of a union.
    pub(super) fn union_members(&mut self, about: &About<'m>, id: &ShapeId, both: Pair<&'m [Member]>) {
        for member in both.new {
            match both.old.iter().find(|old| old.name == member.name) {
                Some(old) => self.member(about, id, Pair { old, new: member }),
                None => {
                    let text = self.member_text(self.new, member);
                    self.added(Kind::UnionMemberAdded, &of_member(about, id, member), text);
                }
            }
        }
        for member in both.old.iter().filter(|old| !both.new.iter().any(|new| new.name == old.name)) {
            let text = self.member_text(self.old, member);
            self.removed(Kind::UnionMemberRemoved, &of_member(about, id, member), text);
        }
    }

    /// The order of required members that both models have.
    fn order(&mut self, about: &About<'m>, both: Pair<&'m [Member]>) {
        let is_shared = |member: &&Member| {
            let is_required = |members: &[Member]| members.iter().any(|it| it.name == member.name && it.required);
            is_required(both.old) && is_required(both.new)
        };
        let names =
            |members: &[Member]| members.iter().filter(is_shared).map(|it| it.name.clone()).collect::<Vec<_>>().join(", ");
        self.compare(Kind::MembersReordered, about, both.map(names));
    }
}

/// A member, in both models or in one.
pub(super) fn of_member<'m>(about: &About<'m>, id: &ShapeId, member: &Member) -> About<'m> {
    about.part(id, &member.name, &["members", &member.name])
}
