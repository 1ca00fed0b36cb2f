//! What members are called, where that is more than one name.
//!
//! A generated structure calls its members by one *key* each, in both directions, whatever the protocol: in JSON that is the name on the
//! wire, and nothing here is looked at. Formats that call members something else, or that say more of them than a name, find it in a table
//! beside the structure, which only has the members that need it:
//!
//! | what | JSON | CBOR | XML | query |
//! |---|---|---|---|---|
//! | name | key | [`member`](MemberName::member) | [`name`](Element::name), with a prefix perhaps | [`query`](MemberName::query), or `name` |
//! | attribute, namespace | | | [`attribute`](Element::is_attribute), [`namespace`](Element::namespace) | |
//! | elements of lists | | | `<member>`, or [`item`](Content::List) | `.member.1`, or `item` |
//! | entries of maps | | | `<entry>` with `<key>` and `<value>`, or [`Content::Map`] | `.entry.1.key` |
//! | flattened | | | no element around | no `.member`, no `.entry` |
//!
//! A decoder reads a flattened list or map an element at a time, wherever each stands: [`Decode::append`](super::Decode::append).

/// The names of a structure or union and of its members, where they are more than keys.
#[derive(Clone, Copy, Debug)]
pub struct Names {
    /// The element of the structure itself, where it is the body.
    pub root: Option<Element>,
    /// The members whose keys do not say it all, in the order in which they are encoded.
    pub members: &'static [MemberName],
}

impl Names {
    /// Every member is called by its key.
    pub const NONE: Self = Self { root: None, members: &[] };

    /// Members whose keys do not say it all.
    pub const fn new(members: &'static [MemberName]) -> Self {
        Self { root: None, members }
    }

    /// The same names with that of the structure itself.
    #[must_use]
    pub const fn root(mut self, root: Element) -> Self {
        self.root = Some(root);
        self
    }

    /// What is said of the member of a key, if anything is.
    pub fn of_key(&self, key: &str) -> Option<&'static MemberName> {
        self.members.iter().find(|member| member.key == key)
    }

    /// The member that is this element, or this attribute. What nothing is said of has the name of its key.
    pub fn of_element(&self, name: &str, is_attribute: bool) -> Option<&'static MemberName> {
        self.members.iter().find(|member| member.element.name == name && member.element.is_attribute == is_attribute)
    }

    /// The name in the model of the member of a key.
    pub fn member<'n>(&self, key: &'n str) -> &'n str {
        self.of_key(key).map_or(key, |name| name.member)
    }

    /// The key of the member of a name in the model; what nothing is said of is its own key, unless it is the key of another name.
    pub fn key<'n>(&self, member: &'n str) -> Option<&'n str> {
        match self.members.iter().find(|name| name.member == member) {
            Some(name) => Some(name.key),
            None => self.of_key(member).is_none().then_some(member),
        }
    }
}

/// What a member is called.
#[derive(Clone, Copy, Debug)]
pub struct MemberName {
    /// What the structure calls it.
    pub key: &'static str,
    /// What the model calls it.
    pub member: &'static str,
    /// What XML makes of it.
    pub element: Element,
    /// What queries call it, where that is not the name of the element: `ec2QueryName`.
    pub query: Option<&'static str>,
}

impl MemberName {
    /// A member that the model calls by its key.
    pub const fn new(key: &'static str, element: Element) -> Self {
        Self { key, member: key, element, query: None }
    }

    /// A member that the model calls something else.
    pub const fn renamed(key: &'static str, member: &'static str) -> Self {
        Self::new(key, Element::new(member)).member(member)
    }

    /// The same member with another name in the model.
    #[must_use]
    pub const fn member(mut self, name: &'static str) -> Self {
        self.member = name;
        self
    }

    /// The same member with a name of its own in queries.
    #[must_use]
    pub const fn query(mut self, name: &'static str) -> Self {
        self.query = Some(name);
        self
    }
}

/// An element of XML, or an attribute: <https://smithy.io/2.0/spec/protocol-traits.html#xml-bindings>.
#[derive(Clone, Copy, Debug)]
pub struct Element {
    /// Its name, with a prefix perhaps.
    pub name: &'static str,
    /// The prefix of its namespace, empty for the default one, and the namespace.
    pub namespace: Option<(&'static str, &'static str)>,
    /// Whether it is an attribute of the element around it.
    pub is_attribute: bool,
    /// What is in it.
    pub content: Content,
}

impl Element {
    /// What the elements of a list are called, unless the model says it.
    pub const MEMBER: Self = Self::new("member");

    /// What the entries of a map are called.
    pub const ENTRY: &'static str = "entry";

    /// What the key of an entry is called, unless the model says it.
    pub const KEY: Self = Self::new("key");

    /// What the value of an entry is called, unless the model says it.
    pub const VALUE: Self = Self::new("value");

    /// An element of this name.
    pub const fn new(name: &'static str) -> Self {
        Self { name, namespace: None, is_attribute: false, content: Content::Plain }
    }

    /// The same element, which declares a namespace.
    #[must_use]
    pub const fn namespace(mut self, prefix: &'static str, uri: &'static str) -> Self {
        self.namespace = Some((prefix, uri));
        self
    }

    /// An attribute instead of an element.
    #[must_use]
    pub const fn attribute(mut self) -> Self {
        self.is_attribute = true;
        self
    }

    /// The same element, which holds this.
    #[must_use]
    pub const fn content(mut self, content: Content) -> Self {
        self.content = content;
        self
    }

    /// What the elements of the list in it are.
    pub const fn item(&self) -> &'static Self {
        match self.content {
            Content::List { item, .. } => item,
            _ => &Self::MEMBER,
        }
    }

    /// What the keys and the values of the map in it are.
    pub const fn key_and_value(&self) -> (&'static Self, &'static Self) {
        match self.content {
            Content::Map { key, value, .. } => (key, value),
            _ => (&Self::KEY, &Self::VALUE),
        }
    }

    /// Whether the elements of the list or map stand in the structure, without an element around them.
    pub const fn is_flattened(&self) -> bool {
        matches!(self.content, Content::List { flattened: true, .. } | Content::Map { flattened: true, .. })
    }
}

/// What is in an element.
#[derive(Clone, Copy, Debug)]
pub enum Content {
    /// A value, or a list or map with the usual names.
    Plain,
    /// A list.
    List {
        /// What its elements are; of a flattened one, what is in them.
        item: &'static Element,
        /// Whether there is no element around them.
        flattened: bool,
    },
    /// A map.
    Map {
        /// The key of an entry.
        key: &'static Element,
        /// The value of an entry.
        value: &'static Element,
        /// Whether there is no element around the entries.
        flattened: bool,
    },
}
