//! Waiters. One that names what is not there, or asks what cannot be answered, is left out with a warning.

use super::Planner;
use super::lookup::{Found, Item, Items, LookupError, Shapes, Text};
use crate::diagnostic::Diagnostics;
use crate::ir::jmespath::{Comparator, Expression, Literal};
use crate::ir::{self, Acceptor, Expected, Matcher, Quantity, ShapeId, ValueMatcher, WaiterState};
use crate::rust::names::Name;
use crate::rust::plan::{Cases, Judgement, Lookup, Method, Operation, Waiter, WaiterBinding};
use crate::rust::types::Type;
use crate::rust::words;
use std::collections::{BTreeMap, BTreeSet};

/// The variable of an output.
const OUTPUT: &str = "it";

/// The variable of a request.
const INPUT: &str = "input";

/// The variable of an error.
const ERROR: &str = "error";

/// Why a waiter is left out.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
enum WaiterError {
    /// An expression finds nothing.
    #[error(transparent)]
    Lookup(#[from] LookupError),
    /// What is found can never be what is expected.
    #[error("{0}")]
    Never(&'static str),
    /// Something else has its name.
    #[error("its method would be called `{0}`, as another one is")]
    Taken(String),
}

impl Planner<'_> {
    /// Plans the waiters of the operations that there are. Those of an operation that is left out are left out with it.
    pub(super) fn plan_waiters(
        &self,
        operations: &[Operation],
        shapes: &Shapes<'_>,
        diagnostics: &mut Diagnostics,
    ) -> Vec<Waiter> {
        let mut taken: BTreeSet<String> = operations.iter().map(|operation| operation.method.plain().to_owned()).collect();
        let by_name: BTreeMap<&str, &Operation> =
            operations.iter().map(|operation| (operation.name.as_str(), operation)).collect();
        let mut waiters = Vec::new();
        for waiter in &self.model.waiters {
            let Some(operation) = by_name.get(waiter.operation.as_str()) else { continue };
            let method = format!("wait_until_{}", words::snake_case(&waiter.name));
            let planned = match taken.insert(method.clone()) {
                true => self.plan_waiter(waiter, &method, operation, shapes),
                false => Err(WaiterError::Taken(method)),
            };
            match planned {
                Ok(waiter) => waiters.push(waiter),
                Err(error) => {
                    let help = "nothing to do: the service is generated without this waiter";
                    diagnostics.warning(&waiter.place, format!("in the waiter `{}`: {error}", waiter.name), help);
                }
            }
        }
        waiters
    }

    fn plan_waiter(
        &self,
        waiter: &ir::Waiter,
        method: &str,
        operation: &Operation,
        shapes: &Shapes<'_>,
    ) -> Result<Waiter, WaiterError> {
        let messages = Messages::of(operation);
        let is_of_both = |acceptor: &Acceptor| matches!(acceptor.matcher, Matcher::InputOutput(_));
        Ok(Waiter {
            name: waiter.name.clone(),
            method: Name::new(method),
            judge: Name::new(&words::snake_case(&waiter.name)),
            operation: operation.method.clone(),
            request: operation.request.name.clone(),
            docs: docs(waiter, operation),
            min_delay: waiter.min_delay,
            max_delay: waiter.max_delay,
            max_wait: waiter.max_wait,
            uses_input: waiter.acceptors.iter().any(is_of_both),
            output: plan_output(&waiter.acceptors, &messages, shapes)?,
            error: self.plan_error_judgement(&waiter.acceptors),
        })
    }

    /// What an error means.
    fn plan_error_judgement(&self, acceptors: &[Acceptor]) -> Judgement {
        let mut cases: Vec<(Method, Lookup, WaiterState)> = Vec::new();
        let mut otherwise = None;
        for Acceptor { state, matcher, .. } in acceptors {
            match matcher {
                Matcher::Error(name) => cases.push((Method::Code, Lookup::Text(self.code(name)), *state)),
                Matcher::Status(status) if !is_success(*status) => {
                    let status = Lookup::Integer(i64::try_from(*status).unwrap_or(i64::MAX));
                    cases.push((Method::Status, status, *state));
                }
                Matcher::AnyError => {
                    otherwise = Some(*state);
                    break;
                }
                Matcher::Success | Matcher::Status(_) | Matcher::Output(_) | Matcher::InputOutput(_) => {}
            }
        }
        Judgement { bindings: Vec::new(), cases: error_cases(cases), otherwise }
    }

    /// The code of an error that a waiter calls by its shape's name, or by its code already.
    fn code(&self, name: &str) -> String {
        let error = self.structure(&ShapeId::from(name)).and_then(|structure| structure.error.as_ref());
        error.and_then(|error| error.code.clone()).unwrap_or_else(|| name.to_owned())
    }
}

/// The cases of an error: by its code alone, by its status alone, or by both.
fn error_cases(cases: Vec<(Method, Lookup, WaiterState)>) -> Cases {
    let error = |method: Method| Lookup::variable(ERROR).method(method);
    match cases.first() {
        Some((first, ..)) if cases.iter().all(|(method, ..)| method == first) => {
            let subject = error(*first);
            let values = cases.into_iter().map(|(_, value, state)| (value, state)).collect();
            Cases::Match { subject, is_optional: false, arms: arms(values) }
        }
        _ => {
            let mut chain = Vec::new();
            for (method, value, state) in cases {
                push_case(&mut chain, error(method).compared(Comparator::Equal, value), state);
            }
            Cases::Chain(chain)
        }
    }
}

/// Whether a call of this status gives an output.
fn is_success(status: u64) -> bool {
    (200..300).contains(&status)
}

fn docs(waiter: &ir::Waiter, operation: &Operation) -> String {
    let (method, name) = (operation.method.plain(), &waiter.name);
    let ir::Waiter { min_delay, max_delay, max_wait, .. } = waiter;
    let deprecated = if waiter.deprecated { " Deprecated." } else { "" };
    format!(
        "Calls [`{method}`](Self::{method}) until `{name}`: every {min_delay} to {max_delay} s, and for {max_wait} s at most unless the \
         wait says otherwise.{deprecated}"
    )
}

/// What expressions are looked up in.
struct Messages {
    output: Found,
    both: Found,
}

impl Messages {
    fn of(operation: &Operation) -> Self {
        let input = Item::variable(INPUT, Type::Structure(operation.request.name.clone()));
        let output = Item::variable(OUTPUT, Type::Structure(operation.response.name.clone()));
        Self { both: Found::Messages { input, output: output.clone() }, output: Found::Item(output) }
    }
}

/// What is asked of an output.
struct Question<'m> {
    expression: &'m Expression,
    matcher: &'m ValueMatcher,
    state: WaiterState,
    subject: Subject,
}

/// What an expression finds, as far as it is asked for.
#[derive(Clone, Debug)]
enum Subject {
    /// A string.
    Text(Text),
    /// Several strings: an iterator of them.
    Texts(Lookup),
    /// A condition, which is the answer already.
    Condition(Lookup),
}

/// What an output means.
fn plan_output(acceptors: &[Acceptor], messages: &Messages, shapes: &Shapes<'_>) -> Result<Judgement, WaiterError> {
    let mut questions = Vec::new();
    let mut otherwise = None;
    for Acceptor { state, matcher, .. } in acceptors {
        let (matcher, current) = match matcher {
            Matcher::Output(matcher) => (matcher, &messages.output),
            Matcher::InputOutput(matcher) => (matcher, &messages.both),
            Matcher::Success => {
                otherwise = Some(*state);
                break;
            }
            Matcher::Status(status) if is_success(*status) => {
                otherwise = Some(*state);
                break;
            }
            Matcher::AnyError | Matcher::Error(_) | Matcher::Status(_) => continue,
        };
        let subject = plan_subject(matcher, current, shapes)?;
        questions.push(Question { expression: &matcher.expression, matcher, state: *state, subject });
    }
    if let Some(cases) = one_text(&questions) {
        return Ok(Judgement { bindings: Vec::new(), cases, otherwise });
    }
    let bindings = bind(&mut questions);
    let mut cases = Vec::new();
    for Question { subject, matcher, state, .. } in questions {
        push_case(&mut cases, subject.condition(matcher), state);
    }
    Ok(Judgement { bindings, cases: Cases::Chain(cases), otherwise })
}

fn plan_subject(matcher: &ValueMatcher, current: &Found, shapes: &Shapes<'_>) -> Result<Subject, WaiterError> {
    let found = shapes.find(&matcher.expression, current)?;
    match (matcher.quantity, &matcher.expected) {
        (Quantity::One, Expected::Text(_)) => {
            shapes.text(&found).map(Subject::Text).ok_or(WaiterError::Never("what is no string is expected to be one"))
        }
        (Quantity::One, Expected::Boolean(value)) => Ok(Subject::Condition(found.equals_boolean(*value)?)),
        (Quantity::One, Expected::Integer(value)) => {
            let value = Found::Literal(Literal::Integer(*value));
            Ok(Subject::Condition(shapes.compare(found, Comparator::Equal, value)?.equals_boolean(true)?))
        }
        (Quantity::Any | Quantity::All, Expected::Text(_)) => {
            let texts = shapes.texts(several(found)?).map(Subject::Texts);
            texts.ok_or(WaiterError::Never("what are no strings are expected to be some"))
        }
        (Quantity::Any | Quantity::All, _) => {
            Err(LookupError::Unsupported("any or all of what are no strings".to_owned()).into())
        }
    }
}

fn several(found: Found) -> Result<Items, WaiterError> {
    match found {
        Found::Items(items) => Ok(items),
        Found::Item(item) => Ok(item.items()?),
        _ => Err(WaiterError::Never("any or all of what are not several")),
    }
}

/// Adds a case: to the one before it, where both mean the same.
fn push_case(cases: &mut Vec<(Lookup, WaiterState)>, condition: Lookup, state: WaiterState) {
    match (cases.last_mut(), condition) {
        (Some((Lookup::Any(last, known), last_state)), Lookup::Any(texts, values)) if *last == texts && *last_state == state => {
            known.extend(values);
        }
        (Some((last, last_state)), condition) if *last_state == state => {
            *last = Lookup::Or(Box::new(last.clone()), Box::new(condition));
        }
        (_, condition) => cases.push((condition, state)),
    }
}

impl Subject {
    /// Whether it is what is expected.
    fn condition(self, matcher: &ValueMatcher) -> Lookup {
        match (self, &matcher.expected, matcher.quantity) {
            (Self::Text(text), Expected::Text(expected), _) => text.equals(expected),
            (Self::Texts(texts), Expected::Text(expected), Quantity::All) => Lookup::All(Box::new(texts), expected.clone()),
            (Self::Texts(texts), Expected::Text(expected), _) => Lookup::Any(Box::new(texts), vec![expected.clone()]),
            (Self::Condition(condition), ..) => condition,
            (Self::Text(_) | Self::Texts(_), Expected::Boolean(_) | Expected::Integer(_), _) => Lookup::Boolean(false),
        }
    }
}

/// The cases, where all of them are of one string.
fn one_text(questions: &[Question<'_>]) -> Option<Cases> {
    let first = questions.first()?;
    let Subject::Text(text) = &first.subject else { return None };
    let value = |question: &Question<'_>| match &question.matcher.expected {
        Expected::Text(value) if question.expression == first.expression && question.matcher.quantity == Quantity::One => {
            Some((Lookup::Text(value.clone()), question.state))
        }
        _ => None,
    };
    let values = questions.iter().map(value).collect::<Option<Vec<_>>>()?;
    Some(Cases::Match { subject: text.lookup.clone(), is_optional: text.is_optional, arms: arms(values) })
}

/// What values mean: each once, those of one meaning together.
fn arms(values: Vec<(Lookup, WaiterState)>) -> Vec<(WaiterState, Vec<Lookup>)> {
    let mut arms: Vec<(WaiterState, Vec<Lookup>)> = Vec::new();
    for (value, state) in values {
        if arms.iter().any(|(_, values)| values.contains(&value)) {
            continue;
        }
        match arms.iter_mut().find(|(known, _)| *known == state) {
            Some((_, values)) => values.push(value),
            None => arms.push((state, vec![value])),
        }
    }
    arms
}

/// Gives strings a variable of which more than one question is asked.
fn bind(questions: &mut [Question<'_>]) -> Vec<WaiterBinding> {
    let mut bindings: Vec<(Expression, bool, WaiterBinding)> = Vec::new();
    let counted: Vec<(Expression, bool)> =
        questions.iter().map(|question| (question.expression.clone(), question.is_of_several())).collect();
    for question in questions {
        let key = (question.expression.clone(), question.is_of_several());
        if counted.iter().filter(|other| **other == key).count() < 2 {
            continue;
        }
        let known = bindings.iter().position(|(expression, several, _)| (expression, several) == (&key.0, &key.1));
        let index = known.unwrap_or(bindings.len());
        if known.is_none() {
            let Some(lookup) = question.subject.lookup() else { continue };
            let name = variable(question.expression, &bindings);
            bindings.push((key.0, key.1, WaiterBinding { name, lookup, is_closure: key.1 }));
        }
        if let Some((_, _, binding)) = bindings.get(index) {
            question.subject.replace(&binding.name);
        }
    }
    bindings.into_iter().map(|(_, _, binding)| binding).collect()
}

impl Question<'_> {
    fn is_of_several(&self) -> bool {
        matches!(self.subject, Subject::Texts(_))
    }
}

impl Subject {
    fn lookup(&self) -> Option<Lookup> {
        match self {
            Self::Text(text) => Some(text.lookup.clone()),
            Self::Texts(texts) => Some(texts.clone()),
            Self::Condition(_) => None,
        }
    }

    fn replace(&mut self, name: &Name) {
        match self {
            Self::Text(text) => text.lookup = Lookup::Variable(name.clone()),
            Self::Texts(texts) => *texts = Lookup::Called(name.clone()),
            Self::Condition(_) => {}
        }
    }
}

/// The name of a variable: that of the last member, with a number where another has it.
fn variable(expression: &Expression, bindings: &[(Expression, bool, WaiterBinding)]) -> Name {
    let member = last_member(expression).map(words::snake_case).unwrap_or_default();
    let is_free = |name: &str| {
        let is_taken = bindings.iter().any(|(_, _, binding)| binding.name.plain() == name);
        !is_taken
            && ![OUTPUT, INPUT, ERROR, "poll", ""].contains(&name)
            && !name.starts_with(|first: char| first.is_ascii_digit())
    };
    let numbered = (1..).map(|number| format!("value_{number}"));
    let name = [member].into_iter().chain(numbered).find(|name| is_free(name));
    Name::new(&name.unwrap_or_default())
}

fn last_member(expression: &Expression) -> Option<&str> {
    match expression {
        Expression::Member(_, name) => Some(name),
        Expression::Projection { of, each } => last_member(each).or(match of {
            ir::jmespath::Projected::Elements(of)
            | ir::jmespath::Projected::Flattened(of)
            | ir::jmespath::Projected::Values(of)
            | ir::jmespath::Projected::Filtered(of, _) => last_member(of),
        }),
        _ => None,
    }
}
