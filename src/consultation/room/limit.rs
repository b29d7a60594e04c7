//! The limit of a frame's size, applied when the frame is announced.
//!
//! The WebSocket library compares a frame with its limit once all of it has arrived, and keeps it in memory
//! until then. Here its header is read as it passes: a frame that says it will be too large never arrives.

use std::{
    pin::Pin,
    task::{Context, Poll, ready},
};

use actix_web::{
    FromRequest as _, HttpRequest, dev,
    error::PayloadError,
    web::{self, Bytes},
};
use actix_ws::ProtocolError;
use futures_util::Stream;

use super::socket::FRAME;
use crate::infra::error::AppError;

/// The same payload, without what is too large.
pub(super) async fn limited(
    request: &HttpRequest,
    payload: web::Payload,
) -> Result<web::Payload, AppError> {
    let limited = Limited {
        payload,
        scan: Scan::default(),
    };
    let mut limited: dev::Payload = dev::Payload::Stream {
        payload: Box::pin(limited),
    };
    web::Payload::from_request(request, &mut limited)
        .await
        .map_err(AppError::internal)
}

/// Whether a stream of frames ended for that reason.
pub(super) fn is_too_large(error: &ProtocolError) -> bool {
    match error {
        ProtocolError::Overflow => true,
        ProtocolError::Io(error) => error
            .get_ref()
            .and_then(|inner| inner.downcast_ref::<PayloadError>())
            .is_some_and(|inner| matches!(inner, PayloadError::Overflow)),
        _ => false,
    }
}

struct Limited {
    payload: web::Payload,
    scan: Scan,
}

impl Stream for Limited {
    type Item = Result<Bytes, PayloadError>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let item = ready!(Pin::new(&mut self.payload).poll_next(context));
        Poll::Ready(match item {
            Some(Ok(bytes)) if !self.scan.passes(&bytes) => Some(Err(PayloadError::Overflow)),
            item => item,
        })
    }
}

/// Where in a frame the bytes are (RFC 6455, section 5.2).
#[derive(Default)]
struct Scan {
    /// The bytes of the header so far: at most two, eight of length and four of mask.
    header: Vec<u8>,
    /// Bytes of the content that are still to come.
    content: usize,
}

impl Scan {
    /// False once a frame announces more than [`FRAME`] bytes.
    fn passes(&mut self, mut bytes: &[u8]) -> bool {
        while !bytes.is_empty() {
            if self.content > 0 {
                let skipped = self.content.min(bytes.len());
                self.content -= skipped;
                bytes = &bytes[skipped..];
                continue;
            }
            self.header.push(bytes[0]);
            bytes = &bytes[1..];
            match self.announced() {
                None => {}
                Some(length) if length > FRAME as u64 => return false,
                Some(length) => {
                    self.content = usize::try_from(length).unwrap_or(usize::MAX);
                    self.header.clear();
                }
            }
        }
        true
    }

    /// The length of the content, once the whole header is there.
    fn announced(&self) -> Option<u64> {
        let (&[_, second], rest) = self.header.split_first_chunk::<2>()?;
        let mask = if second & 0x80 == 0 { 0 } else { 4 };
        let (length, extended) = match second & 0x7f {
            126 => (u64::from(u16::from_be_bytes(*rest.first_chunk::<2>()?)), 2),
            127 => (u64::from_be_bytes(*rest.first_chunk::<8>()?), 8),
            short => (u64::from(short), 0),
        };
        (rest.len() >= extended + mask || length > FRAME as u64).then_some(length)
    }
}

#[cfg(test)]
mod tests {
    use actix_http::ws::{Codec, Message};
    use actix_web::web::BytesMut;
    use proptest::prelude::*;
    use tokio_util::codec::Encoder as _;

    use super::*;

    fn frames(lengths: &[usize]) -> Vec<u8> {
        let mut codec = Codec::new().client_mode();
        let mut bytes = BytesMut::new();
        for length in lengths {
            let message = Message::Binary(Bytes::from(vec![7; *length]));
            codec.encode(message, &mut bytes).expect("encoded");
        }
        bytes.to_vec()
    }

    proptest! {
        #[test]
        fn what_is_small_enough_passes_however_it_is_cut(
            lengths in prop::collection::vec(prop_oneof![0_usize..300, Just(65_535), Just(FRAME)], 1..5),
            piece in 1_usize..3000,
        ) {
            let mut scan = Scan::default();
            for bytes in frames(&lengths).chunks(piece) {
                prop_assert!(scan.passes(bytes));
            }
            prop_assert!(scan.header.is_empty() && scan.content == 0);
        }

        #[test]
        fn what_is_too_large_is_stopped_at_its_header(
            before in prop::collection::vec(0_usize..300, 0..3),
            length in FRAME + 1..FRAME * 2,
            piece in 1_usize..50,
        ) {
            let start = frames(&before).len();
            let mut all = before.clone();
            all.push(length);
            let bytes = frames(&all);
            let mut scan = Scan::default();
            let stopped = bytes.chunks(piece).position(|bytes| !scan.passes(bytes));
            let stopped = stopped.expect("stopped") * piece;
            prop_assert!(stopped <= start + 14, "{stopped} of {start}");
        }
    }

    #[test]
    fn a_length_of_nine_exabytes_is_too_large() {
        assert!(
            !Scan::default().passes(&[0x81, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff])
        );
    }
}
