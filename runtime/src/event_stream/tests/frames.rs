//! Messages as bytes.

use super::*;

fn decoded(bytes: &[u8]) -> Result<Option<Message>, FrameError> {
    let mut decoder = FrameDecoder::new(1 << 20);
    decoder.push(bytes);
    decoder.message()
}

/// A frame with these headers as they are, and right checksums.
fn frame_of(headers: &[u8], payload: &[u8]) -> Vec<u8> {
    let mut frame = u32::try_from(16 + headers.len() + payload.len()).unwrap().to_be_bytes().to_vec();
    frame.extend(u32::try_from(headers.len()).unwrap().to_be_bytes());
    frame.extend(crc32fast::hash(&frame).to_be_bytes());
    frame.extend_from_slice(headers);
    frame.extend_from_slice(payload);
    frame.extend(crc32fast::hash(&frame).to_be_bytes());
    frame
}

#[test]
fn every_type_of_header_goes_there_and_back() {
    let values = [
        HeaderValue::Bool(true),
        HeaderValue::Bool(false),
        HeaderValue::Byte(-1),
        HeaderValue::Int16(-2),
        HeaderValue::Int32(-3),
        HeaderValue::Int64(-4),
        HeaderValue::ByteArray(Bytes::from_static(b"\0\xff")),
        HeaderValue::ByteArray(Bytes::new()),
        HeaderValue::String(StrBytes::from("ü")),
        HeaderValue::Timestamp(crate::timestamp::DateTime::from_millis(1_730_384_114_123)),
        HeaderValue::Uuid(u128::MAX - 1),
    ];
    let headers = values.into_iter().enumerate().map(|(index, value)| Header::new(index.to_string(), value));
    let message = Message::new_from_parts(headers.collect(), "payload");
    let bytes = encode_frame(&message).unwrap();
    assert_eq!(decoded(&bytes), Ok(Some(message)));
    assert_eq!(&bytes[4..8], (bytes.len() as u32 - 16 - 7).to_be_bytes());
}

#[test]
fn a_message_of_aws_is_read_and_written_to_the_byte() {
    // Of the documentation of Amazon Transcribe: a message without headers and payload.
    let empty = [0, 0, 0, 16, 0, 0, 0, 0, 0x05, 0xc2, 0x48, 0xeb, 0x7d, 0x98, 0xc8, 0xff];
    assert_eq!(encode_frame(&Message::new("")).unwrap().as_ref(), empty);
    assert_eq!(decoded(&empty), Ok(Some(Message::new(""))));
}

#[test]
fn frames_may_come_byte_by_byte() {
    let bytes = frames_of([line_message(1, "a"), line_message(2, "b")]);
    let mut decoder = FrameDecoder::new(1 << 20);
    let mut found = Vec::new();
    for byte in bytes {
        decoder.push(&[byte]);
        found.extend(decoder.message().unwrap());
    }
    assert_eq!(found, [line_message(1, "a"), line_message(2, "b")]);
    assert_eq!(decoder.end(), Ok(()));
}

#[test]
fn headers_are_whole_and_each_is_there_once() {
    for headers in
        [&b"\0"[..], b"\x02a", b"\x01a", b"\x01a\x03\0", b"\x01a\x07\0\x02x", b"\x01a\x07\0\x01\xff", b"\x01\xff\0", b"\0\0"]
    {
        assert!(matches!(decoded(&frame_of(headers, b"x")), Err(FrameError::Header(0))), "{headers:?}");
    }
    assert_eq!(decoded(&frame_of(b"\x01a\x0a", b"")), Err(FrameError::HeaderType(10)));
    assert_eq!(decoded(&frame_of(b"\x01a\0\x01a\x01", b"")), Err(FrameError::RepeatedHeader("a".to_owned())));
    assert!(matches!(decoded(&frame_of(b"\x01a\0\x01b", b"")), Err(FrameError::Header(3))));
}

#[test]
fn lengths_fit_one_another() {
    let mut frame = frame_of(b"\x01a\0", b"");
    frame[7] = 4;
    let checksum = crc32fast::hash(&frame[..8]).to_be_bytes();
    frame[8..12].copy_from_slice(&checksum);
    assert_eq!(decoded(&frame), Err(FrameError::TooShort(19)));
}

#[test]
fn what_no_frame_can_hold_is_not_written() {
    let with = |name: String, value| encode_frame(&Message::new("").add_header(Header::new(name, value)));
    let text = |length| HeaderValue::String(StrBytes::from("a".repeat(length)));
    assert!(with("a".repeat(255), text(32_767)).is_ok());
    assert!(matches!(with("a".repeat(256), text(1)), Err(FrameError::Unwritable(_))));
    assert!(matches!(with(String::new(), text(1)), Err(FrameError::Unwritable(_))));
    assert_eq!(with("a".to_owned(), text(32_768)), Err(FrameError::Unwritable("a".to_owned())));
    let far = HeaderValue::Timestamp(crate::timestamp::DateTime::from_secs(i64::MAX));
    assert_eq!(with("a".to_owned(), far), Err(FrameError::Unwritable("a".to_owned())));
}
