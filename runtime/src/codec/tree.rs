//! Decoders of formats whose values say themselves of what type they are and where they end: JSON, CBOR.
//!
//! What such decoders have in common is written here, once: members that are missing, values of another type that are passed over, paths,
//! lists that are too long, unions. A format says how to go through an object and a list.
//!
//! What is generic over a model's types is kept to a closure each. The loops are generic over the format alone, and called by functions
//! of its decoder that are not generic at all: so they are compiled once, with the runtime.

use super::{Decode, DecodeError, DecodeErrorKind, Decoded, Decoder, Ledger, Mode, ProblemKind, Step};
use std::borrow::Cow;

/// What a union is.
pub(crate) const ONE_MEMBER: &str = "a union with exactly one member";

/// What a union may have beside its one member, as AWS's services write it: the name of its type.
pub(crate) const TYPE: &str = "__type";

/// Where a value begins, to come back to.
#[derive(Clone, Copy)]
pub(crate) struct Mark {
    position: usize,
    depth: u32,
    recorded: usize,
}

/// Reads the member of a name; once compiled, for every shape.
pub(crate) type ReadMember<'f, D> = &'f mut dyn FnMut(&str, &mut D) -> Decoded;

/// Reads an element; once compiled, for every shape.
pub(crate) type ReadElement<'f, D> = &'f mut dyn FnMut(&mut D) -> Decoded;

/// A decoder of such a format. The last three methods call the function of their name in this module.
pub(crate) trait TreeDecoder<'a>: Decoder {
    /// What is left of an object or a list.
    type Rest: Rest;

    /// What it keeps count of.
    fn ledger(&mut self) -> &mut Ledger;

    /// Where it stands, to come back to.
    fn position(&self) -> usize;

    /// Goes to a position that it had.
    fn rewind(&mut self, position: usize);

    /// Goes one level down, into an object.
    fn enter_object(&mut self, expected: &'static str) -> Result<Self::Rest, DecodeError>;

    /// Goes one level down, into a list.
    fn enter_list(&mut self) -> Result<Self::Rest, DecodeError>;

    /// Reads the name of a member, whose value is next then.
    fn name(&mut self) -> Result<Cow<'a, str>, DecodeError>;

    /// Reads the name of a member whose value is no null, if that is easy to tell. If not, it is not read.
    #[inline(always)]
    fn easy_name(&mut self) -> Option<&'a str> {
        None
    }

    /// Goes on behind the value of a member.
    fn behind_member(&mut self, rest: &mut Self::Rest) -> Decoded;

    /// Goes on behind an element.
    fn behind_element(&mut self, rest: &mut Self::Rest) -> Decoded;

    /// Puts what is wrong with a value a step down.
    fn step_out(&mut self, step: Step<'_>, mark: Mark, decoded: Decoded) -> Decoded;

    /// Goes into a union that has one member, whose value is no null, up to its value, if that is easy to tell. If not, nothing is read.
    /// Behind the value, it is over.
    #[inline(always)]
    fn only_variant(&mut self) -> Option<&'a str> {
        None
    }

    /// Goes into a union, up to its value.
    fn first_variant(&mut self, rest: &mut Self::Rest) -> Result<Option<Cow<'a, str>>, DecodeError>;

    /// Goes out of a union, behind its value.
    fn last_variant(&mut self, rest: &mut Self::Rest) -> Decoded;
}

/// What is left of an object or a list.
pub(crate) trait Rest: Default {
    /// Whether another member or element is next.
    fn is_more(&self) -> bool;
}

#[inline]
fn mark<'a, D: TreeDecoder<'a>>(from: &mut D) -> Mark {
    let position = from.position();
    let ledger = from.ledger();
    Mark { position, depth: ledger.depth, recorded: ledger.problems.len() }
}

/// Reads what lies a step into the value at hand; whatever is wrong inside learns of the step on the way out.
#[inline]
fn step<'a, D: TreeDecoder<'a>>(from: &mut D, step: Step<'_>, read: impl FnOnce(&mut D) -> Decoded) -> Decoded {
    let mark = mark(from);
    let decoded = read(from);
    if decoded.is_ok() && from.ledger().problems.len() == mark.recorded {
        return Ok(());
    }
    from.step_out(step, mark, decoded)
}

/// Puts what is wrong with a value a step down.
pub(crate) fn step_out<'a, D: TreeDecoder<'a>>(from: &mut D, step: Step<'_>, mark: Mark, decoded: Decoded) -> Decoded {
    let passed = decoded.or_else(|error| pass_over(from, error, mark));
    from.ledger().problems.step_down(mark.recorded, step);
    passed.map_err(|error| within(error, step))
}

/// Records that a value is of another type, if that is the error and the decoder strict, and goes on behind it.
fn pass_over<'a, D: TreeDecoder<'a>>(from: &mut D, error: DecodeError, mark: Mark) -> Decoded {
    match error.kind() {
        DecodeErrorKind::Mistyped(expected) if from.ledger().mode == Mode::Strict => {
            from.ledger().problems.record(ProblemKind::Mistyped(expected))?;
            from.rewind(mark.position);
            from.ledger().depth = mark.depth;
            from.skip()
        }
        _ => Err(error),
    }
}

/// Reads the members of a structure that are not null; a lenient decoder records nothing, and stops at what is wrong.
#[inline]
pub(crate) fn lenient_members<'a, D: TreeDecoder<'a>>(from: &mut D, read: ReadMember<'_, D>) -> Decoded {
    let mut rest = from.enter_object("an object")?;
    while rest.is_more() {
        if let Some(name) = given_name(from)?
            && let Err(error) = read(&name, from)
        {
            return Err(within(error, Step::Member(&name)));
        }
        from.behind_member(&mut rest)?;
    }
    from.ledger().ascend();
    Ok(())
}

/// Reads the name of a member; of one whose value is a null, that too.
#[inline(always)]
fn given_name<'a, D: TreeDecoder<'a>>(from: &mut D) -> Result<Option<Cow<'a, str>>, DecodeError> {
    if let Some(name) = from.easy_name() {
        return Ok(Some(Cow::Borrowed(name)));
    }
    let name = from.name()?;
    Ok(if from.null()? { None } else { Some(name) })
}

#[cold]
fn within(error: DecodeError, step: Step<'_>) -> DecodeError {
    error.within(&step.to_string())
}

/// Reads the members of a structure that are not null; a strict decoder records which required ones are missing.
#[inline]
pub(crate) fn strict_members<'a, D: TreeDecoder<'a>>(
    from: &mut D,
    required: &[&str],
    maxima: &[(&str, usize)],
    read: ReadMember<'_, D>,
) -> Decoded {
    let ledger = from.ledger();
    let mut missing = required.to_vec();
    let maxima = if ledger.validate { maxima } else { &[] };
    let mut rest = from.enter_object("an object")?;
    while rest.is_more() {
        if let Some(name) = given_name(from)? {
            from.ledger().maximum = maxima.iter().find(|(member, _)| *member == name).map_or(usize::MAX, |(_, maximum)| *maximum);
            step(from, Step::Member(&name), |from| read(&name, from))?;
            if let Some(found) = missing.iter().position(|required| *required == name) {
                missing.remove(found);
            }
        }
        from.behind_member(&mut rest)?;
    }
    from.ledger().ascend();
    missing.iter().try_for_each(|name| from.ledger().problems.record_missing(name))
}

/// Reads the entries of a map, nulls too.
#[inline]
pub(crate) fn entries<'a, D: TreeDecoder<'a>>(from: &mut D, read: ReadMember<'_, D>) -> Decoded {
    let mut rest = from.enter_object("a map")?;
    while rest.is_more() {
        let name = from.name()?;
        step(from, Step::Member(&name), |from| read(&name, from))?;
        from.behind_member(&mut rest)?;
    }
    from.ledger().ascend();
    Ok(())
}

/// Reads the elements of a list: one more than it may have, which shows that there are too many, and passes over the others.
#[inline]
pub(crate) fn elements<'a, D: TreeDecoder<'a>>(from: &mut D, maximum: usize, read: ReadElement<'_, D>) -> Decoded {
    let mut rest = from.enter_list()?;
    let mut index = 0;
    while rest.is_more() {
        match index <= maximum {
            true => step(from, Step::Element(index), &mut *read)?,
            false => from.skip()?,
        }
        index += 1;
        from.behind_element(&mut rest)?;
    }
    from.ledger().ascend();
    match index > maximum {
        true => from.ledger().problems.record(ProblemKind::TooLong { length: index, maximum }),
        false => Ok(()),
    }
}

/// Reads a union.
#[inline]
pub(crate) fn union<'a, D: TreeDecoder<'a>, T: Decode>(
    from: &mut D,
    mut variant: impl FnMut(&str, &mut D) -> Result<T, DecodeError>,
) -> Result<T, DecodeError> {
    let mut rest = None;
    let tag = match from.only_variant() {
        Some(tag) => Cow::Borrowed(tag),
        // What is refused is recorded; a zero only keeps the place until that is told.
        None => match from.first_variant(rest.insert(D::Rest::default()))? {
            Some(tag) => tag,
            None => return Ok(T::zero()),
        },
    };
    let mark = mark(from);
    // Large as it may be, the value is made where the caller wants it, and not moved from here to there.
    let mut value = variant(&tag, from);
    if value.is_err() || from.ledger().problems.len() != mark.recorded {
        let (kept, decoded) = match value {
            Ok(value) => (Some(value), Ok(())),
            Err(error) => (None, Err(error)),
        };
        from.step_out(Step::Member(&tag), mark, decoded)?;
        value = Ok(kept.unwrap_or_else(T::zero));
    }
    match &mut rest {
        Some(rest) => from.last_variant(rest)?,
        None => from.ledger().ascend(),
    }
    value
}

/// Goes into a union, to the value of its first member that is not null, and gives its tag. Without one, the union is over.
#[inline]
pub(crate) fn first_variant<'a, D: TreeDecoder<'a>>(
    from: &mut D,
    rest: &mut D::Rest,
) -> Result<Option<Cow<'a, str>>, DecodeError> {
    *rest = from.enter_object("a union")?;
    while rest.is_more() {
        if let Some(tag) = variant_tag(from)? {
            return Ok(Some(tag));
        }
        from.behind_member(rest)?;
    }
    from.ledger().ascend();
    match from.ledger().mode {
        Mode::Lenient => Ok(None),
        Mode::Strict => from.ledger().problems.record(ProblemKind::Mistyped(ONE_MEMBER)).map(|()| None),
    }
}

/// Goes out of a union, behind the value of its first member; no other may follow.
#[inline]
pub(crate) fn last_variant<'a, D: TreeDecoder<'a>>(from: &mut D, rest: &mut D::Rest) -> Decoded {
    let mut alone = true;
    from.behind_member(rest)?;
    while rest.is_more() {
        if variant_tag(from)?.is_some() {
            if from.ledger().mode == Mode::Lenient {
                return Err(DecodeError::mistyped(ONE_MEMBER));
            }
            alone = false;
            from.skip()?;
        }
        from.behind_member(rest)?;
    }
    from.ledger().ascend();
    match alone {
        true => Ok(()),
        false => from.ledger().problems.record(ProblemKind::Mistyped(ONE_MEMBER)),
    }
}

/// The tag of a union's member whose value is next; what does not count is passed over.
#[inline(always)]
fn variant_tag<'a, D: TreeDecoder<'a>>(from: &mut D) -> Result<Option<Cow<'a, str>>, DecodeError> {
    let tag = from.name()?;
    if tag == TYPE {
        return from.skip().map(|()| None);
    }
    Ok(if from.null()? { None } else { Some(tag) })
}
