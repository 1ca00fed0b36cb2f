//! The protocols of a service: <https://smithy.io/2.0/spec/protocol-traits.html>.

/// The protocols that smithwright generates. What each decides is its [`definition`](Self::definition).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Protocol {
    /// `smithy.protocols#rpcv2Cbor`.
    RpcV2Cbor,
    /// `smithy.protocols#rpcv2Json`.
    RpcV2Json,
    /// `aws.protocols#awsJson1_0`.
    AwsJson1_0,
    /// `aws.protocols#awsJson1_1`.
    AwsJson1_1,
    /// `aws.protocols#restJson1`.
    RestJson1,
}

/// The protocols of a service, of which it has at least one. A client speaks the first, a server all of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Protocols {
    first: Protocol,
    others: Vec<Protocol>,
}

impl Protocols {
    /// These protocols, each once; `None` when there are none.
    pub fn new(protocols: impl IntoIterator<Item = Protocol>) -> Option<Self> {
        let mut protocols = protocols.into_iter();
        let first = protocols.next()?;
        let mut others = Vec::new();
        for protocol in protocols {
            if protocol != first && !others.contains(&protocol) {
                others.push(protocol);
            }
        }
        Some(Self { first, others })
    }

    /// The one that a client speaks.
    pub fn first(&self) -> Protocol {
        self.first
    }

    /// All of them, the client's first.
    pub fn iter(&self) -> impl Iterator<Item = Protocol> {
        std::iter::once(self.first).chain(self.others.iter().copied())
    }
}
