//! A server on a socket that does what no server should, and counts who asks.

use std::io::{self, Read as _, Write as _};
use std::net::{Shutdown, SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant};

/// How long any of this may take before a test has failed.
const PATIENCE: Duration = Duration::from_secs(20);

pub(super) struct Upstream {
    address: SocketAddr,
    requests: Arc<AtomicUsize>,
    /// How many bytes were written on each connection that is over.
    written: Receiver<u64>,
}

/// A connection, behind the head of a request.
pub(super) struct Peer {
    stream: TcpStream,
    written: u64,
}

impl Upstream {
    /// A server that reads the head of one request on each connection, and then does this.
    pub(super) fn new(serve: impl Fn(&mut Peer) -> io::Result<()> + Send + Sync + 'static) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        let requests = Arc::new(AtomicUsize::new(0));
        let (sender, written) = channel();
        let counter = Arc::clone(&requests);
        let serve = Arc::new(serve);
        thread::spawn(move || {
            for stream in listener.incoming().flatten() {
                let (serve, counter, sender) = (Arc::clone(&serve), Arc::clone(&counter), sender.clone());
                thread::spawn(move || drop(Peer::meet(stream, &counter, &*serve, &sender)));
            }
        });
        Self { address, requests, written }
    }

    /// A server that writes this, and closes the connection.
    pub(super) fn saying(answer: impl Into<Vec<u8>>) -> Self {
        let answer = answer.into();
        Self::new(move |peer| peer.write(&answer))
    }

    pub(super) fn url(&self) -> String {
        format!("http://{}", self.address)
    }

    pub(super) fn requests(&self) -> usize {
        self.requests.load(Ordering::SeqCst)
    }

    /// How much was written on a connection, once that is over: the client must have closed it, where the server would go on.
    pub(super) async fn written(&self) -> u64 {
        let begin = Instant::now();
        loop {
            match self.written.try_recv() {
                Ok(written) => return written,
                Err(_) => assert!(begin.elapsed() < PATIENCE, "the client closes the connection"),
            }
            // Meanwhile, the client's connection is driven.
            tokio::time::sleep(Duration::from_millis(5)).await;
        }
    }
}

impl Peer {
    fn meet(
        stream: TcpStream,
        counter: &AtomicUsize,
        serve: &dyn Fn(&mut Self) -> io::Result<()>,
        sender: &Sender<u64>,
    ) -> io::Result<()> {
        stream.set_read_timeout(Some(PATIENCE))?;
        stream.set_nodelay(true)?;
        let mut peer = Self { stream, written: 0 };
        if !peer.read_head()? {
            return Ok(());
        }
        counter.fetch_add(1, Ordering::SeqCst);
        let served = serve(&mut peer);
        let _ = sender.send(peer.written);
        let _ = peer.stream.shutdown(Shutdown::Write);
        served
    }

    /// Whether there was a request.
    fn read_head(&mut self) -> io::Result<bool> {
        let mut head = Vec::new();
        let mut byte = [0];
        while !head.ends_with(b"\r\n\r\n") {
            if self.stream.read(&mut byte)? == 0 {
                return Ok(false);
            }
            head.push(byte[0]);
        }
        Ok(true)
    }

    pub(super) fn write(&mut self, bytes: &[u8]) -> io::Result<()> {
        self.stream.write_all(bytes)?;
        self.written += bytes.len() as u64;
        Ok(())
    }

    /// Writes until the client has had enough.
    pub(super) fn write_on(&mut self, bytes: &[u8]) -> io::Result<()> {
        loop {
            self.write(bytes)?;
        }
    }

    /// Writes piece by piece, again and again, until the client has had enough.
    pub(super) fn drip(&mut self, pieces: &[&[u8]]) -> io::Result<()> {
        for piece in pieces.iter().cycle() {
            self.write(piece)?;
            thread::sleep(Duration::from_millis(10));
        }
        Ok(())
    }

    /// Says nothing until the client has had enough.
    pub(super) fn hold(&mut self) -> io::Result<()> {
        self.stream.read(&mut [0]).map(drop)
    }
}
