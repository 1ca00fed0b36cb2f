//! Reads JMESPath: <https://jmespath.org/specification.html>.
//!
//! A Pratt parser, whose binding powers are those of the reference implementation. It knows what AWS's models say; slices, hashes and
//! references to expressions are refused by name.

mod token;

use crate::ir::jmespath::{Expression, Projected};
use token::{Token, tokens};

/// How long an expression may be, in bytes. AWS's longest has about 220.
const MAX_LENGTH: usize = 500;

/// How deep expressions may stand in one another.
const MAX_DEPTH: usize = 50;

/// How often what an expression gives may be passed on to another one, which can repeat it. AWS's do so once at most.
const MAX_PIPES: usize = 2;

/// What is wrong with an expression.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(crate) enum JmesPathError {
    /// It is longer than any that makes sense.
    #[error("longer than {MAX_LENGTH} bytes")]
    TooLong,
    /// It is nested deeper than any that makes sense.
    #[error("more than {MAX_DEPTH} expressions in one another")]
    TooDeep,
    /// It passes on more often what it gives than makes sense.
    #[error("what it gives is passed on more than {MAX_PIPES} times")]
    TooManyPipes,
    /// A character that begins nothing, or a string that does not end.
    #[error("not JMESPath from `{0}` on")]
    Character(String),
    /// Something stands where something else should.
    #[error("{expected} is missing before {found}")]
    Missing {
        /// What should be there.
        expected: &'static str,
        /// What is there.
        found: String,
    },
    /// What JMESPath has and this parser does not.
    #[error("not supported yet: {0}")]
    Unsupported(&'static str),
}

/// Parses an expression.
pub(crate) fn parse(text: &str) -> Result<Expression, JmesPathError> {
    if text.len() > MAX_LENGTH {
        return Err(JmesPathError::TooLong);
    }
    let mut parser = Parser { tokens: tokens(text)?, next: 0, depth: 0, pipes: 0 };
    let expression = parser.expression(0)?;
    parser.expect(&Token::End, "the end")?;
    Ok(expression)
}

/// How tightly what follows a projection must bind to belong to it.
const PROJECTION_STOP: u8 = 10;

/// How tightly a token binds to what is left of it.
fn power(token: &Token) -> u8 {
    match token {
        Token::Pipe => 1,
        Token::Or => 2,
        Token::And => 3,
        Token::Comparator(_) => 5,
        Token::Flatten => 9,
        Token::Star => 20,
        Token::Filter => 21,
        Token::Dot => 40,
        Token::Not => 45,
        Token::OpenBracket => 55,
        _ => 0,
    }
}

struct Parser {
    tokens: Vec<Token>,
    next: usize,
    depth: usize,
    pipes: usize,
}

impl Parser {
    fn peek(&self) -> &Token {
        self.tokens.get(self.next).unwrap_or(&Token::End)
    }

    fn take(&mut self) -> Token {
        let token = self.peek().clone();
        self.next += 1;
        token
    }

    fn expect(&mut self, token: &Token, expected: &'static str) -> Result<(), JmesPathError> {
        match self.take() {
            found if found == *token => Ok(()),
            found => Err(missing(expected, &found)),
        }
    }

    fn expression(&mut self, than: u8) -> Result<Expression, JmesPathError> {
        self.depth += 1;
        if self.depth > MAX_DEPTH {
            return Err(JmesPathError::TooDeep);
        }
        let first = self.prefix()?;
        let expression = self.follow(first, than)?;
        self.depth -= 1;
        Ok(expression)
    }

    /// What follows an expression and binds to it more tightly than this.
    fn follow(&mut self, mut left: Expression, than: u8) -> Result<Expression, JmesPathError> {
        while power(self.peek()) > than {
            left = self.infix(left)?;
        }
        Ok(left)
    }

    fn prefix(&mut self) -> Result<Expression, JmesPathError> {
        match self.take() {
            Token::Name(name) if *self.peek() == Token::OpenParenthesis => self.call(name),
            Token::Name(name) | Token::Quoted(name) => Ok(Expression::member(name)),
            Token::Current => Ok(Expression::Current),
            Token::Literal(literal) => Ok(Expression::Literal(literal)),
            Token::Not => Ok(Expression::Not(Box::new(self.expression(power(&Token::Not))?))),
            Token::OpenParenthesis => {
                let inner = self.expression(0)?;
                self.expect(&Token::CloseParenthesis, "`)`")?;
                Ok(inner)
            }
            Token::Star => self.project(Projected::Values(Box::new(Expression::Current)), power(&Token::Star)),
            Token::Flatten => self.project(Projected::Flattened(Box::new(Expression::Current)), power(&Token::Flatten)),
            Token::Filter => self.filter(Expression::Current),
            Token::OpenBracket if self.is_index() => self.index(Expression::Current),
            Token::OpenBracket => Ok(Expression::List(self.list(&Token::CloseBracket, "`]`")?)),
            Token::OpenBrace => Err(JmesPathError::Unsupported("a hash in JMESPath")),
            Token::Reference => Err(JmesPathError::Unsupported("a reference to an expression in JMESPath")),
            found => Err(missing("an expression", &found)),
        }
    }

    fn infix(&mut self, left: Expression) -> Result<Expression, JmesPathError> {
        let token = self.take();
        let than = power(&token);
        let left = Box::new(left);
        match token {
            Token::Dot => self.step(*left),
            Token::Pipe => {
                let right = self.expression(than)?;
                self.pipe(*left, right)
            }
            Token::Or => Ok(Expression::Or(left, Box::new(self.expression(than)?))),
            Token::And => Ok(Expression::And(left, Box::new(self.expression(than)?))),
            Token::Comparator(comparator) => Ok(Expression::Comparison(left, comparator, Box::new(self.expression(than)?))),
            Token::Flatten => self.project(Projected::Flattened(left), than),
            Token::Filter => self.filter(*left),
            Token::OpenBracket => self.index(*left),
            found => Err(missing("the end", &found)),
        }
    }

    /// Behind a dot.
    fn step(&mut self, left: Expression) -> Result<Expression, JmesPathError> {
        match self.take() {
            Token::Star => self.project(Projected::Values(Box::new(left)), power(&Token::Star)),
            Token::Name(name) if *self.peek() == Token::OpenParenthesis => {
                let call = self.call(name)?;
                self.pipe(left, call)
            }
            Token::Name(name) | Token::Quoted(name) => Ok(Expression::Member(Box::new(left), name)),
            Token::OpenBracket => {
                let list = Expression::List(self.list(&Token::CloseBracket, "`]`")?);
                self.pipe(left, list)
            }
            Token::OpenBrace => Err(JmesPathError::Unsupported("a hash in JMESPath")),
            found => Err(missing("a name", &found)),
        }
    }

    fn pipe(&mut self, left: Expression, right: Expression) -> Result<Expression, JmesPathError> {
        self.pipes += 1;
        match self.pipes {
            ..=MAX_PIPES => Ok(Expression::Then(Box::new(left), Box::new(right))),
            _ => Err(JmesPathError::TooManyPipes),
        }
    }

    fn call(&mut self, function: String) -> Result<Expression, JmesPathError> {
        self.expect(&Token::OpenParenthesis, "`(`")?;
        if *self.peek() == Token::CloseParenthesis {
            self.take();
            return Ok(Expression::Call(function, Vec::new()));
        }
        Ok(Expression::Call(function, self.list(&Token::CloseParenthesis, "`)`")?))
    }

    /// Expressions up to the token that closes them.
    fn list(&mut self, close: &Token, expected: &'static str) -> Result<Vec<Expression>, JmesPathError> {
        let mut expressions = vec![self.expression(0)?];
        while *self.peek() == Token::Comma {
            self.take();
            expressions.push(self.expression(0)?);
        }
        self.expect(close, expected)?;
        Ok(expressions)
    }

    /// Whether what follows an opening bracket is an index, a star or a slice.
    fn is_index(&self) -> bool {
        let closes = self.tokens.get(self.next + 1) == Some(&Token::CloseBracket);
        matches!(self.peek(), Token::Integer(_) | Token::Colon) || *self.peek() == Token::Star && closes
    }

    /// Behind an opening bracket.
    fn index(&mut self, left: Expression) -> Result<Expression, JmesPathError> {
        let left = Box::new(left);
        let token = self.take();
        if token == Token::Colon || *self.peek() == Token::Colon {
            return Err(JmesPathError::Unsupported("a slice in JMESPath"));
        }
        self.expect(&Token::CloseBracket, "`]`")?;
        match token {
            Token::Integer(index) => Ok(Expression::Index(left, index)),
            Token::Star => self.project(Projected::Elements(left), power(&Token::Star)),
            found => Err(missing("an index", &found)),
        }
    }

    /// Behind `[?`.
    fn filter(&mut self, left: Expression) -> Result<Expression, JmesPathError> {
        let condition = self.expression(0)?;
        self.expect(&Token::CloseBracket, "`]`")?;
        self.project(Projected::Filtered(Box::new(left), Box::new(condition)), power(&Token::Filter))
    }

    /// What is asked of each value of a projection.
    fn project(&mut self, of: Projected, than: u8) -> Result<Expression, JmesPathError> {
        let each = match power(self.peek()) {
            ..PROJECTION_STOP => Expression::Current,
            _ => {
                let first = self.infix(Expression::Current)?;
                self.follow(first, than)?
            }
        };
        Ok(Expression::Projection { of, each: Box::new(each) })
    }
}

fn missing(expected: &'static str, found: &Token) -> JmesPathError {
    JmesPathError::Missing { expected, found: found.to_string() }
}

#[cfg(test)]
mod tests;
