//! Items as lines, with blank lines where their structure asks for them.

use super::data;
use super::imports::Use;
use super::line::stream;
use super::table::{self, Place};
use quote::{ToTokens, quote};
use std::mem::take;
use syn::{
    Attribute, Expr, ExprCall, ExprMethodCall, Field, Fields, File, ImplItem, Item, ItemEnum, ItemImpl, ItemStruct, ItemTrait,
    Lit, Meta, MetaNameValue, TraitItem, Variant,
};

/// How many columns a line of code should not pass.
pub(super) const WIDTH: usize = 89;

/// How many columns a level is.
const LEVEL: usize = 4;

/// An item, a member, a method: what blank lines are between.
struct Part {
    kind: Kind,
    lines: Vec<String>,
}

/// What a [`Part`] is, as far as blank lines go.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Use,
    PubUse,
    Mod,
    Type,
    Static,
    /// A field or a variant.
    Member,
    Other,
}

/// The lines of a file.
pub(super) fn file(file: File, uses: &[Use]) -> Vec<String> {
    let docs = Part { kind: Kind::Other, lines: attributes(&file.attrs, "//!") };
    let uses = uses.iter().map(|import| Part { kind: Kind::Use, lines: import.lines() });
    let items = file.items.into_iter().map(item);
    let docs = Some(docs).filter(|docs| !docs.lines.is_empty());
    joined(docs.into_iter().chain(uses).chain(items).collect())
}

/// The lines a level further in.
pub(super) fn indent(lines: Vec<String>) -> Vec<String> {
    let indented = |line: String| if line.is_empty() { line } else { format!("{}{line}", " ".repeat(LEVEL)) };
    lines.into_iter().map(indented).collect()
}

/// Parts with blank lines between them, but not between what belongs together: `use`s, types of an `impl`, members without docs.
fn joined(parts: Vec<Part>) -> Vec<String> {
    let mut lines = Vec::new();
    let mut previous: Option<Kind> = None;
    for part in parts {
        let together = part.lines.len() == 1 && part.kind != Kind::Other;
        if previous.is_some_and(|previous| !together || previous != part.kind) {
            lines.push(String::new());
        }
        lines.extend(part.lines);
        previous = Some(part.kind);
    }
    lines
}

fn item(item: Item) -> Part {
    let lines = match item {
        Item::Use(mut import) => {
            let kind = if matches!(import.vis, syn::Visibility::Inherited) { Kind::Use } else { Kind::PubUse };
            let attrs = take(&mut import.attrs);
            return Part { kind, lines: one_line(&attrs, &import) };
        }
        Item::Mod(mut module) if module.content.is_none() => {
            let attrs = take(&mut module.attrs);
            return Part { kind: Kind::Mod, lines: one_line(&attrs, &module) };
        }
        Item::Static(mut constant) => {
            let attrs = take(&mut constant.attrs);
            let lines = one_line(&attrs, &constant);
            if fit(&lines) {
                return Part { kind: Kind::Static, lines };
            }
            if data::is_data(&constant) {
                [attributes(&attrs, "///"), data::lines(&constant)].concat()
            } else {
                constant.attrs = attrs;
                printed(Item::Static(constant))
            }
        }
        Item::Struct(structure) if matches!(structure.fields, Fields::Named(_)) => structure_lines(structure),
        Item::Enum(enumeration) => enum_lines(enumeration),
        Item::Impl(block) => impl_lines(block),
        Item::Trait(definition) => trait_lines(definition),
        Item::Macro(call) => {
            let table = table::call(&call.mac.path, &call.mac.tokens, Place::File);
            [attributes(&call.attrs, "///"), table].concat()
        }
        other => printed(other),
    };
    Part { kind: Kind::Other, lines }
}

/// What prettyplease makes of an item.
fn printed(item: Item) -> Vec<String> {
    let file = File { shebang: None, frontmatter: None, attrs: Vec::new(), items: vec![item] };
    prettyplease::unparse(&file).lines().map(str::to_owned).collect()
}

/// An item, whose attributes were taken, on a line of its own below these.
fn one_line<T: ToTokens>(attrs: &[Attribute], item: &T) -> Vec<String> {
    [attributes(attrs, "///"), vec![stream(&item.to_token_stream())]].concat()
}

fn fit(lines: &[String]) -> bool {
    lines.iter().all(|line| line.len() <= WIDTH)
}

fn structure_lines(structure: ItemStruct) -> Vec<String> {
    let ItemStruct { attrs, vis, ident, generics, fields, .. } = structure;
    let head = stream(&quote!(#vis struct #ident #generics));
    block(&attrs, &head, fields.into_iter().map(|field| Part { kind: Kind::Member, lines: field_lines(field) }).collect())
}

fn field_lines(mut field: Field) -> Vec<String> {
    let attrs = take(&mut field.attrs);
    [attributes(&attrs, "///"), vec![format!("{},", stream(&field.to_token_stream()))]].concat()
}

fn enum_lines(enumeration: ItemEnum) -> Vec<String> {
    let ItemEnum { attrs, vis, ident, generics, variants, .. } = enumeration;
    let head = stream(&quote!(#vis enum #ident #generics));
    block(&attrs, &head, variants.into_iter().map(|variant| Part { kind: Kind::Member, lines: variant_lines(variant) }).collect())
}

fn variant_lines(variant: Variant) -> Vec<String> {
    let Variant { attrs, ident, fields, .. } = variant;
    let attributes = attributes(&attrs, "///");
    let Fields::Named(fields) = fields else {
        return [attributes, vec![format!("{},", stream(&quote!(#ident #fields)))]].concat();
    };
    let parts = fields.named.into_iter().map(|field| Part { kind: Kind::Member, lines: field_lines(field) }).collect();
    let close = "},".to_owned();
    [attributes, vec![format!("{ident} {{")], indent(joined(parts)), vec![close]].concat()
}

fn impl_lines(mut block_: ItemImpl) -> Vec<String> {
    let items = take(&mut block_.items);
    let attrs = take(&mut block_.attrs);
    let ItemImpl { impl_token, generics, trait_, self_ty, .. } = block_;
    let trait_ = trait_.map(|(path, for_token)| quote!(#path #for_token));
    let head = stream(&quote!(#impl_token #generics #trait_ #self_ty));
    block(&attrs, &head, items.into_iter().map(impl_item).collect())
}

fn impl_item(item: ImplItem) -> Part {
    let lines = match item {
        ImplItem::Type(mut ty) => {
            let attrs = take(&mut ty.attrs);
            return Part { kind: Kind::Type, lines: one_line(&attrs, &ty) };
        }
        ImplItem::Const(mut constant) => {
            let attrs = take(&mut constant.attrs);
            let lines = one_line(&attrs, &constant);
            if fit(&lines) { lines } else { [attributes(&attrs, "///"), const_lines(&constant)].concat() }
        }
        ImplItem::Macro(call) => table::call(&call.mac.path, &call.mac.tokens, Place::Impl),
        ImplItem::Fn(syn::ImplItemFn { attrs, vis, modifiers, sig, block, .. }) => {
            printed(Item::Fn(syn::ItemFn { attrs, vis, modifiers, sig, block: Box::new(block) }))
        }
        other => vec![stream(&other.into_token_stream())],
    };
    Part { kind: Kind::Other, lines }
}

fn trait_lines(definition: ItemTrait) -> Vec<String> {
    let ItemTrait { attrs, vis, ident, generics, supertraits, items, .. } = definition;
    let head = stream(&quote!(#vis trait #ident #generics: #supertraits));
    block(&attrs, &head, items.into_iter().map(trait_item).collect())
}

fn trait_item(item: TraitItem) -> Part {
    let lines = match item {
        TraitItem::Fn(syn::TraitItemFn { attrs, modifiers, sig, default: Some(block), .. }) => {
            printed(Item::Fn(syn::ItemFn { attrs, vis: syn::Visibility::Inherited, modifiers, sig, block: Box::new(block) }))
        }
        other => vec![stream(&other.into_token_stream())],
    };
    Part { kind: Kind::Other, lines }
}

/// `head { parts }`, below its attributes.
fn block(attrs: &[Attribute], head: &str, parts: Vec<Part>) -> Vec<String> {
    let attributes = attributes(attrs, "///");
    match parts.is_empty() {
        true => [attributes, vec![format!("{head} {{}}")]].concat(),
        false => [attributes, vec![format!("{head} {{")], indent(joined(parts)), vec!["}".to_owned()]].concat(),
    }
}

/// A constant that is too long for one line: the arguments of its calls have lines of their own.
fn const_lines(constant: &syn::ImplItemConst) -> Vec<String> {
    let syn::ImplItemConst { vis, ident, ty, expr, .. } = constant;
    let head = format!("{} ", stream(&quote!(#vis const #ident: #ty =)));
    let (first, links) = chain(expr);
    let first = stream(&first.to_token_stream());
    let value = match links.is_empty() || head.len() + first.len() > WIDTH {
        true => broken(expr),
        false => [vec![first], indent(links)].concat(),
    };
    around(&head, value, ";")
}

/// What a chain of calls begins with, and its links.
fn chain(expression: &Expr) -> (&Expr, Vec<String>) {
    let Expr::MethodCall(ExprMethodCall { receiver, method, turbofish, args, .. }) = expression else {
        return (expression, Vec::new());
    };
    let (first, mut links) = chain(receiver);
    links.push(stream(&quote!(.#method #turbofish(#args))));
    (first, links)
}

/// An expression over several lines: a call by its arguments, a chain of calls by its links, an array by its elements.
fn broken(expression: &Expr) -> Vec<String> {
    match expression {
        Expr::Call(ExprCall { func, args, .. }) if !args.is_empty() => {
            bracketed(&format!("{}(", stream(&func.to_token_stream())), args.iter(), ")")
        }
        Expr::MethodCall(_) => {
            let (first, links) = chain(expression);
            [broken(first), links].concat()
        }
        Expr::Reference(reference) => around("&", broken(&reference.expr), ""),
        Expr::Array(array) if !array.elems.is_empty() => bracketed("[", array.elems.iter(), "]"),
        other => vec![stream(&other.to_token_stream())],
    }
}

fn bracketed<'e>(open: &str, elements: impl Iterator<Item = &'e Expr>, close: &str) -> Vec<String> {
    let elements = elements.flat_map(|element| {
        let line = stream(&element.to_token_stream());
        let lines = if LEVEL + line.len() < WIDTH - LEVEL { vec![line] } else { broken(element) };
        around("", lines, ",")
    });
    [vec![open.to_owned()], indent(elements.collect()), vec![close.to_owned()]].concat()
}

/// Lines with something before the first and behind the last.
fn around(before: &str, mut lines: Vec<String>, behind: &str) -> Vec<String> {
    if let Some(first) = lines.first_mut() {
        first.insert_str(0, before);
    }
    if let Some(last) = lines.last_mut() {
        last.push_str(behind);
    }
    lines
}

/// Attributes, a line each; docs as comments.
fn attributes(attributes: &[Attribute], comment: &str) -> Vec<String> {
    let line = |attribute: &Attribute| match &attribute.meta {
        Meta::NameValue(meta) => match doc_text(meta) {
            Some(text) => format!("{comment}{text}"),
            None => stream(&attribute.to_token_stream()),
        },
        _ => stream(&attribute.to_token_stream()),
    };
    attributes.iter().map(line).collect()
}

/// The text of a doc attribute, which is one line: whatever else a model says was made visible when docs were planned.
pub(super) fn doc_text(meta: &MetaNameValue) -> Option<String> {
    let Expr::Lit(literal) = &meta.value else { return None };
    let Lit::Str(text) = &literal.lit else { return None };
    let text = text.value();
    (meta.path.is_ident("doc") && !text.contains(char::is_control)).then_some(text)
}
