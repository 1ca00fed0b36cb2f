//! A server on a free port, for as long as the program runs. What makes one safe to be reached by others is in the examples.

use http::{Request, Response};
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::service_fn;
use hyper_util::rt::TokioIo;
use smithwright_runtime::server::{ResponseBody, ResponseFuture};
use std::convert::Infallible;
use std::io;
use std::sync::Arc;
use tokio::net::{TcpListener, TcpStream};
use tower_service::Service;

/// A generated `Server` without its type, so that serving is compiled once for all services.
#[derive(Clone)]
pub struct Served(Arc<Answer>);

type Answer = dyn Fn(Request<Incoming>) -> ResponseFuture + Send + Sync;

impl Served {
    /// Serves what answers all requests.
    pub fn new<S>(server: S) -> Self
    where
        S: Service<Request<Incoming>, Response = Response<ResponseBody>, Error = Infallible, Future = ResponseFuture>,
        S: Clone + Send + Sync + 'static,
    {
        Self(Arc::new(move |request| server.clone().call(request)))
    }

    async fn connection(self, stream: TcpStream) {
        let service = service_fn(move |request| (self.0)(request));
        // A connection that breaks off is its peer's affair.
        let _ = http1::Builder::new().serve_connection(TokioIo::new(stream), service).await;
    }
}

/// Serves on a free port, whose URL is printed, until the program is ended.
///
/// # Errors
///
/// When there is no port.
pub fn run(make: impl FnOnce() -> Served) -> io::Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build()?;
    runtime.block_on(async {
        let served = make();
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        println!("listening on http://{}", listener.local_addr()?);
        loop {
            let (stream, _) = listener.accept().await?;
            stream.set_nodelay(true)?;
            tokio::spawn(served.clone().connection(stream));
        }
    })
}
