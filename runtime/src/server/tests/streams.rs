//! Bodies that are not collected.

use super::files::File;
use super::*;
use crate::stream::ByteStream;
use http::HeaderMap;
use std::time::Duration;

fn put<B>(uri: &str, body: B) -> Request<B> {
    Request::put(uri).body(body).unwrap()
}

async fn text<B>(server: impl Serves<B>, request: Request<B>) -> String {
    let (status, _, body) = answer(server, request).await;
    assert_eq!(status, 200);
    body
}

#[tokio::test]
async fn a_handler_reads_a_stream_as_it_comes() {
    assert_eq!(text(cabinet(), put("/file", dripping(["ab", "c"], End::Comes))).await, "None abc");
    assert_eq!(text(cabinet(), put("/file", "abc".to_owned())).await, "Some(3) abc");
    assert_eq!(text(cabinet(), put("/file", String::new())).await, "Some(0) ");
}

#[tokio::test]
async fn a_stream_may_be_longer_than_the_limit() {
    assert_eq!(text(cabinet().body_limit(2), put("/file", dripping(["ab", "c"], End::Comes))).await, "None abc");
}

#[tokio::test]
async fn a_handler_may_drop_a_stream_unread() {
    let request = Request::put("/image").header("content-type", "image/png").body(dripping(["ab"], End::Never)).unwrap();
    assert_eq!(text(cabinet(), request).await, "");
}

#[tokio::test]
async fn a_handler_learns_that_a_stream_broke_off() {
    let told = text(cabinet(), put("/file", dripping(["ab"], End::Breaks))).await;
    assert_eq!(told, "None connection reset");
}

#[tokio::test(start_paused = true)]
async fn a_stream_that_does_not_go_on_breaks_off() {
    let server = cabinet().body_timeout(Duration::from_secs(2));
    let start = tokio::time::Instant::now();
    let told = text(server, put("/file", dripping(["ab"], End::Never))).await;
    assert_eq!((told.as_str(), start.elapsed().as_secs()), ("None the body did not go on in time", 2));
}

#[tokio::test(start_paused = true)]
async fn a_stream_may_go_on_for_longer_than_the_time_limit() {
    /// Gives a byte a second, ten times.
    struct Slow(u8, Option<Pin<Box<tokio::time::Sleep>>>);
    impl Body for Slow {
        type Data = Bytes;
        type Error = Infallible;

        fn poll_frame(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Result<Frame<Bytes>, Infallible>>> {
            if self.0 == 0 {
                return Poll::Ready(None);
            }
            let timer = self.1.get_or_insert_with(|| Box::pin(tokio::time::sleep(Duration::from_secs(1))));
            std::task::ready!(timer.as_mut().poll(context));
            self.1 = None;
            self.0 -= 1;
            Poll::Ready(Some(Ok(Frame::data(Bytes::from_static(b"x")))))
        }
    }
    let server = cabinet().body_timeout(Duration::from_secs(2));
    assert_eq!(text(server, put("/file", Slow(10, None))).await, "None xxxxxxxxxx");
}

#[tokio::test]
async fn a_stream_whose_length_must_be_known_and_is_not_is_refused() {
    let refused = error(411, "LengthRequiredException", "The length of the body must be known beforehand");
    assert_eq!(answer(cabinet(), put("/sized", dripping(["abc"], End::Comes))).await, refused);
    assert_eq!(text(cabinet(), put("/sized", "abc".to_owned())).await, "Some(3) abc");
    assert_eq!(text(cabinet(), put("/sized", String::new())).await, "Some(0) ");
}

#[tokio::test]
async fn the_header_tells_a_length_that_the_body_does_not_know() {
    let mut request = put("/sized", dripping(["abc"], End::Comes));
    request.headers_mut().insert("content-length", HeaderValue::from_static("3"));
    assert_eq!(text(cabinet(), request).await, "Some(3) abc");
}

/// The headers of an answer, and its body before anything is read.
async fn unread(file: fn() -> File) -> (HeaderMap, ResponseBody) {
    let (parts, body) = cabinet_of(file).oneshot(request("GET", "/file", "")).await.unwrap().into_parts();
    (parts.headers, body)
}

#[tokio::test]
async fn an_answer_is_there_before_its_stream_is() {
    let file = || File { file: ByteStream::from_body(dripping(["ab"], End::Never)), ..File::default() };
    let (headers, mut body) = unread(file).await;
    assert_eq!((headers.get("content-length"), &headers["content-type"]), (None, &"application/octet-stream".parse().unwrap()));
    assert_eq!(body.frame().await.unwrap().unwrap().into_data().unwrap(), "ab");
}

#[tokio::test]
async fn an_answer_tells_the_length_of_its_stream_where_that_is_known() {
    let (headers, body) = unread(|| File { file: ByteStream::from_body("abc".to_owned()), ..File::default() }).await;
    assert_eq!((&headers["content-length"], body.size_hint().exact()), (&HeaderValue::from(3), Some(3)));
}

#[tokio::test]
async fn a_member_tells_the_length_that_a_stream_does_not_know() {
    let file = || File { length: Some(2), file: ByteStream::from_body(dripping(["ab"], End::Comes)), ..File::default() };
    assert_eq!(unread(file).await.0["content-length"], "2");
}

#[tokio::test]
async fn a_stream_that_breaks_off_breaks_the_body_off() {
    let (_, mut body) = unread(|| File { file: ByteStream::from_body(dripping([], End::Breaks)), ..File::default() }).await;
    body.frame().await.unwrap().unwrap_err();
}

#[tokio::test]
async fn what_is_in_a_stream_is_what_is_left_of_it() {
    let mut stream = ByteStream::from_body("abc".to_owned());
    let clone = stream.clone();
    assert_eq!(clone.size_hint().exact(), Some(3));
    stream.frame().await.unwrap().unwrap();
    assert_eq!((clone.length(), clone.size_hint().exact(), clone.collect().await.unwrap().len()), (Some(3), Some(0), 0));
}
