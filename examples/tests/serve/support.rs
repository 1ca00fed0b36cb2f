//! A server with limits of its own, and raw connections to it.

use connect_api::{Connect, Contact, DescribeContactRequest, DescribeContactResponse, Error, ResourceNotFoundException};
use connect_server::Server;
use smithwright_examples::serve::{Hosts, Limits, Service, Settings, serve_until};
use std::io;
use std::net::SocketAddr;
use std::time::Duration;
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::mpsc;
use tokio::task::JoinHandle;
use tokio::time::{sleep, timeout};

/// A request that is answered with 404.
pub(crate) const ASK: &str = "GET /contacts/instance/nobody HTTP/1.1\r\nhost: localhost\r\n\r\n";

/// One that takes its time.
pub(crate) const ASK_SLOWLY: &str = "GET /contacts/instance/slow HTTP/1.1\r\nhost: localhost\r\n\r\n";

/// How long it takes.
pub(crate) const SLOW: Duration = Duration::from_millis(1500);

/// A service that is slow, panics or answers much, as the contact's id says.
pub(crate) struct Odd;

impl Connect for Odd {
    async fn describe_contact(&self, request: DescribeContactRequest) -> Result<DescribeContactResponse, Error> {
        match request.contact_id.as_str() {
            "slow" => sleep(SLOW).await,
            "panic" => panic!("a secret"),
            "large" => {
                let contact = Contact::default().description("x".repeat(32 << 20));
                return Ok(DescribeContactResponse::default().contact(contact));
            }
            _ => {}
        }
        Err(ResourceNotFoundException::new("nobody").into())
    }
}

pub(crate) fn odd() -> Server {
    Server::new(Odd)
}

/// Long enough for a busy machine.
pub(crate) const BRIEF: Duration = Duration::from_millis(500);

/// Longer than anything here takes.
const PATIENCE: Duration = Duration::from_secs(10);

/// Limits such that the server closes each connection itself, when nothing more comes.
pub(crate) fn brief() -> Limits {
    Limits { head_time: BRIEF, idle_time: BRIEF, linger_time: BRIEF, ..Limits::default() }
}

/// A server in this process.
pub(crate) struct Served {
    pub(crate) address: SocketAddr,
    pub(crate) stops: mpsc::Sender<()>,
    pub(crate) ended: JoinHandle<io::Result<()>>,
}

impl Served {
    pub(crate) async fn start(service: impl Service, limits: Limits) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let settings = Settings { limits, hosts: Hosts::new(address.ip(), ["desk.example"]) };
        let (stops, told) = mpsc::channel(2);
        Self { address, stops, ended: tokio::spawn(serve_until(listener, service, settings, told)) }
    }

    /// A connection that has sent this.
    pub(crate) async fn connect(&self, bytes: impl AsRef<[u8]>) -> TcpStream {
        let mut stream = TcpStream::connect(self.address).await.unwrap();
        stream.write_all(bytes.as_ref()).await.unwrap();
        stream
    }

    /// What comes back on a connection of its own until the server closes it.
    pub(crate) async fn exchange(&self, bytes: impl AsRef<[u8]>) -> String {
        rest(&mut self.connect(bytes).await).await
    }

    /// Whether the server serves others.
    pub(crate) async fn serves(&self) -> bool {
        let mut stream = self.connect(ASK).await;
        head(&mut stream).await.starts_with("HTTP/1.1 404")
    }
}

/// All that comes until the other side closes.
pub(crate) async fn rest(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    timeout(PATIENCE, stream.read_to_end(&mut bytes)).await.unwrap().unwrap();
    String::from_utf8(bytes).unwrap()
}

/// The head of an answer, and as much of its body as comes with it.
pub(crate) async fn head(stream: &mut TcpStream) -> String {
    let mut bytes = Vec::new();
    while !bytes.windows(4).any(|window| window == b"\r\n\r\n") {
        assert_ne!(timeout(PATIENCE, stream.read_buf(&mut bytes)).await.unwrap().unwrap(), 0, "{bytes:?}");
    }
    String::from_utf8(bytes).unwrap()
}

/// The statuses of the answers in a text, one after the other.
pub(crate) fn statuses(text: &str) -> Vec<u16> {
    text.split("HTTP/1.").skip(1).map(|answer| answer[2..5].parse().unwrap()).collect()
}
