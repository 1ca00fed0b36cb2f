use super::{RenderError, render, render_below};
use crate::config::Crates;
use crate::home::{Home, Modules};
use quote::quote;

#[test]
fn items_have_blank_lines_between_them_and_what_belongs_together_has_none() {
    let text = render(quote! {
        #![doc = " A desk."]
        pub use a::A;
        pub use b::B;
        /// A desk.
        #[derive(Clone)]
        pub struct Desk {
            /// Its name.
            pub name: String,
            /// What it has.
            pub tags: Option<Vec<crate::Tag>>,
        }
        impl rt::Desk for crate::Desk {
            type Name = String;
            type Tag = crate::Tag;
            rt::bindings! { body, }
            #[inline]
            fn name(&self) -> &str { &self.name }
        }
        rt::structure! { crate::Desk: default { text name, list tags: crate::Tag, } }
        rt::empty! { crate::Desk }
        impl rt::Empty for crate::Desk {}
    });
    let expected = "\
//! A desk.

use crate::Tag;
use smithwright_runtime::codegen as rt;

pub use a::A;
pub use b::B;

/// A desk.
#[derive(Clone)]
pub struct Desk {
    /// Its name.
    pub name: String,

    /// What it has.
    pub tags: Option<Vec<Tag>>,
}

impl rt::Desk for Desk {
    type Name = String;
    type Tag = Tag;

    rt::bindings! { body, }

    #[inline]
    fn name(&self) -> &str {
        &self.name
    }
}

rt::structure! {
    Desk: default {
        text name,
        list tags: Tag,
    }
}

rt::empty! { Desk }

impl rt::Empty for Desk {}
";
    assert_eq!(text.unwrap(), expected);
}

#[test]
fn text_that_looks_like_a_macro_call_stays_text() {
    let hostile = "bindings! {} \"); include_str!(\"/etc/passwd\"); (\"";
    let text = render(quote! {
        impl rt::Operation for crate::Desk {
            const INFO: rt::Info = rt::Info::new(#hostile);
            rt::bindings! { query #hostile => name, body, }
        }
    });
    let expected = format!(
        "use crate::Desk;
use smithwright_runtime::codegen as rt;

impl rt::Operation for Desk {{
    const INFO: rt::Info = rt::Info::new(
        {hostile:?},
    );

    rt::bindings! {{
        query {hostile:?} => name,
        body,
    }}
}}
"
    );
    assert_eq!(text.unwrap(), expected);
}

#[test]
fn a_type_that_is_called_like_rust_s_own_leaves_it_its_name() {
    let text = render(quote! {
        pub struct Item {
            pub option: Option<crate::Option>,
        }
    });
    assert_eq!(text.unwrap(), "pub struct Item {\n    pub option: Option<crate::Option>,\n}\n");
    let text = render(quote! {
        pub struct Option {
            pub next: Option<Box<crate::Option>>,
        }
        impl rt::Zero for crate::Option {}
    });
    let expected = "use smithwright_runtime::codegen as rt;

pub struct Option {
    pub next: ::std::option::Option<Box<Option>>,
}

impl rt::Zero for Option {}
";
    assert_eq!(text.unwrap(), expected);
}

#[test]
fn the_arguments_of_a_type_stay_on_the_line_of_their_entry() {
    let text = render(quote! {
        rt::request! {
            PutThing: default {
                value marks: BTreeMap<Mark, Vec<Mark>>,
                text name,
            }
        }
    });
    let entries = ["        value marks: BTreeMap<Mark, Vec<Mark>>,", "        text name,"];
    assert!(text.unwrap().contains(&entries.join("\n")));
}

#[test]
fn a_trait_that_is_called_like_rust_s_own_leaves_it_its_name() {
    let text = render(quote! {
        pub trait Sync: Send + Sync + 'static {}
    });
    assert_eq!(text.unwrap(), "pub trait Sync: Send + ::std::marker::Sync + 'static {}\n");
}

#[test]
fn a_type_that_is_called_like_something_without_another_path_is_refused() {
    let text = render(quote! {
        pub struct Desk(Lamp, crate::Desk, Desk);
    });
    assert!(matches!(text, Err(RenderError::Name(name)) if name == "Desk"));
}

#[test]
fn arguments_of_a_call_that_methods_follow_are_one_level_deeper() {
    let long = "a text that is long enough to be broken";
    let text = render(quote! {
        impl Desk {
            const INFO: Info = Info::new(#long, #long, &[#long, #long]).response(None);
            const NAME: &str = #long;
        }
    });
    let expected = format!(
        "impl Desk {{
    const INFO: Info = Info::new(
        \"{long}\",
        \"{long}\",
        &[
            \"{long}\",
            \"{long}\",
        ],
    )
    .response(None);

    const NAME: &str = \"{long}\";
}}
"
    );
    assert_eq!(text.unwrap(), expected);
}

#[test]
fn what_a_module_holds_finds_its_own_upwards() {
    let tokens = || {
        quote! {
            pub struct Desk {
                pub(crate) lamp: crate::Lamp,
            }
            impl rt::Sized for crate::Option {
                const OF: crate::Option = crate::pattern::NAME;
            }
            rt::structure! { crate::Desk: default { text name: Option<crate::Error>, } }
        }
    };
    let expected = |root: &str| {
        format!(
            "use {root}::pattern::NAME;
use {root}::{{Error, Lamp}};
use smithwright_runtime::codegen as rt;

pub struct Desk {{
    pub(crate) lamp: Lamp,
}}

impl rt::Sized for {root}::Option {{
    const OF: {root}::Option = NAME;
}}

rt::structure! {{
    Desk: default {{
        text name: Option<Error>,
    }}
}}
"
        )
    };
    assert_eq!(render(tokens()).unwrap(), expected("crate"));
    let (crates, modules) = (Home::Crates(Crates::default()), Home::Modules(Modules::default()));
    assert_eq!(render_below(tokens(), &crates.root(2)).unwrap(), expected("crate"));
    assert_eq!(render_below(tokens(), &modules.root(2)).unwrap(), expected("super::super"));
    assert_eq!(render_below(tokens(), &modules.root(0)).unwrap(), expected("self"));
}
