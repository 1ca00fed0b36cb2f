//! Data: calls that hold lists of calls, as endpoint rules do. prettyplease gives each bracket a level of its own; here, a list hugs
//! the call that it is the argument of.

use super::layout::{WIDTH, indent};
use super::line::stream;
use quote::{ToTokens as _, quote};
use syn::{Expr, ExprArray, ExprCall, ExprMethodCall, ExprStruct, ItemStatic};

/// How many columns a level is.
const LEVEL: usize = 4;

/// Whether a static is data.
pub(super) fn is_data(constant: &ItemStatic) -> bool {
    matches!(&*constant.expr, Expr::Call(call) if call.args.iter().any(|argument| list(argument).is_some()))
}

/// The lines of a static.
pub(super) fn lines(constant: &ItemStatic) -> Vec<String> {
    let ItemStatic { vis, ident, ty, expr, .. } = constant;
    let mut lines = vec![stream(&quote!(#vis static #ident: #ty =))];
    append(&mut lines, " ", laid(expr, 0));
    append(&mut lines, ";", Vec::new());
    lines
}

/// An expression that begins at a column; its lines, without what is in front of that.
fn laid(expression: &Expr, column: usize) -> Vec<String> {
    let line = stream(&expression.to_token_stream());
    if column + line.len() < WIDTH {
        return vec![line];
    }
    match expression {
        Expr::MethodCall(call) => method_call(call, column),
        Expr::Call(ExprCall { func, args, .. }) => {
            let mut lines = vec![stream(&func.to_token_stream())];
            append(&mut lines, "", arguments(args.iter(), column));
            lines
        }
        Expr::Reference(reference) => {
            let mut lines = vec!["&".to_owned()];
            append(&mut lines, "", laid(&reference.expr, column + 1));
            lines
        }
        Expr::Array(array) => bracketed("[", array.elems.iter(), column, "]"),
        Expr::Tuple(tuple) => bracketed("(", tuple.elems.iter(), column, ")"),
        Expr::Struct(structure) => structure_lines(structure, column),
        _ => vec![line],
    }
}

/// A chain of calls. A list hugs its link when that is the only one; otherwise, what does not fit the line is on one of its own.
fn method_call(call: &ExprMethodCall, column: usize) -> Vec<String> {
    let (first, links) = chain(call);
    let mut lines = laid(first, column);
    if let [link] = links.as_slice()
        && link.args.iter().any(|argument| list(argument).is_some())
    {
        append(&mut lines, "", link_lines(link, column));
        return lines;
    }
    // Behind a bracket that closes, links are as far in as that.
    let level = if lines.len() > 1 { 0 } else { LEVEL };
    let mut is_open = true;
    for link in links {
        let ExprMethodCall { method, args, .. } = link;
        let line = stream(&quote!(.#method(#args)));
        let end = column + lines.last().map_or(0, String::len);
        if is_open && end + line.len() < WIDTH {
            append(&mut lines, &line, Vec::new());
            continue;
        }
        let own = link_lines(link, column + level);
        is_open = own.len() == 1;
        lines.extend(own.into_iter().map(|line| format!("{}{line}", " ".repeat(level))));
    }
    lines
}

/// What a chain begins with, and its links.
fn chain(call: &ExprMethodCall) -> (&Expr, Vec<&ExprMethodCall>) {
    let (first, mut links) = match &*call.receiver {
        Expr::MethodCall(receiver) => chain(receiver),
        first => (first, Vec::new()),
    };
    links.push(call);
    (first, links)
}

fn link_lines(link: &ExprMethodCall, column: usize) -> Vec<String> {
    let ExprMethodCall { method, args, .. } = link;
    let line = stream(&quote!(.#method(#args)));
    if column + line.len() < WIDTH || !args.iter().any(|argument| list(argument).is_some()) {
        return vec![line];
    }
    let mut lines = vec![format!(".{method}")];
    append(&mut lines, "", arguments(args.iter(), column));
    lines
}

/// The arguments of a call: a list alone hugs it.
fn arguments<'e>(mut arguments: impl ExactSizeIterator<Item = &'e Expr> + Clone, column: usize) -> Vec<String> {
    let only = if arguments.len() == 1 { arguments.clone().next().and_then(list) } else { None };
    match only {
        Some(array) => bracketed("(&[", array.elems.iter(), column, "])"),
        None if arguments.len() == 0 => vec!["()".to_owned()],
        None => bracketed("(", &mut arguments, column, ")"),
    }
}

/// A list that something refers to.
fn list(expression: &Expr) -> Option<&ExprArray> {
    match expression {
        Expr::Reference(reference) => match &*reference.expr {
            Expr::Array(array) if !array.elems.is_empty() => Some(array),
            _ => None,
        },
        _ => None,
    }
}

fn structure_lines(structure: &ExprStruct, column: usize) -> Vec<String> {
    let fields = structure.fields.iter().flat_map(|field| {
        let mut lines = vec![format!("{}: ", stream(&field.member.to_token_stream()))];
        append(&mut lines, "", laid(&field.expr, column + LEVEL));
        append(&mut lines, ",", Vec::new());
        lines
    });
    let head = format!("{} {{", stream(&structure.path.to_token_stream()));
    [vec![head], indent(fields.collect()), vec!["}".to_owned()]].concat()
}

fn bracketed<'e>(open: &str, elements: impl Iterator<Item = &'e Expr>, column: usize, close: &str) -> Vec<String> {
    let elements = elements.flat_map(|element| {
        let mut lines = laid(element, column + LEVEL);
        append(&mut lines, ",", Vec::new());
        lines
    });
    [vec![open.to_owned()], indent(elements.collect()), vec![close.to_owned()]].concat()
}

/// Goes on behind the last line, with a text and other lines.
fn append(lines: &mut Vec<String>, text: &str, more: Vec<String>) {
    let mut more = more.into_iter();
    if let Some(last) = lines.last_mut() {
        last.push_str(text);
        last.extend(more.next());
    }
    lines.extend(more);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn printed(tokens: proc_macro2::TokenStream) -> String {
        let constant: ItemStatic = syn::parse2(tokens).unwrap();
        assert!(is_data(&constant));
        lines(&constant).join("\n")
    }

    #[test]
    fn a_list_hugs_the_call_that_it_is_the_argument_of() {
        let rules = quote! {
            static RULES: Rules = Rules::new(&[string("A")], &[
                when(&[is_set("A")]).then(&[
                    when(&[is_true("a rather long name of a parameter")]).error("a message that nothing else fits beside"),
                    otherwise().endpoint("https://a"),
                ]),
                when(&[is_set("one condition that is very long"), is_set("another condition that is very long")]).endpoint("b"),
                otherwise().endpoint("https://c").auth_schemes(&[scheme("one that is long"), scheme("another that is long")]).headers(&[]),
            ]);
        };
        let expected = r#"static RULES: Rules = Rules::new(
    &[string("A")],
    &[
        when(&[is_set("A")]).then(&[
            when(&[is_true("a rather long name of a parameter")])
                .error("a message that nothing else fits beside"),
            otherwise().endpoint("https://a"),
        ]),
        when(&[
            is_set("one condition that is very long"),
            is_set("another condition that is very long"),
        ]).endpoint("b"),
        otherwise().endpoint("https://c")
            .auth_schemes(&[
                scheme("one that is long"),
                scheme("another that is long"),
            ])
            .headers(&[]),
    ],
);"#;
        assert_eq!(printed(rules), expected);
    }
}
