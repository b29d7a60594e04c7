//! The socket of a consultation's page: its checks, its loop, its end.

use std::{pin::pin, time::Duration};

use actix_web::{
    HttpRequest,
    http::header::{self, HeaderMap},
    web,
};
use actix_ws::{AggregatedMessage, AggregatedMessageStream, CloseCode, ProtocolError, Session};
use futures_util::StreamExt as _;
use serde::Serialize;
use tokio::time::{Instant, MissedTickBehavior, interval, sleep_until, timeout};
use uuid::Uuid;

use super::{Room, Stop, limit, pace::Pace, presence, queries};
use crate::{
    booking::model::Status,
    chat,
    consultation::queries::Participant,
    infra::{
        actor::{Actor, Employee, Kind, Practitioner, see_other},
        error::{AppError, PageResult},
        live::{Cut, Seat, Signal, Topic},
        origin,
    },
};

/// Bytes of the largest frame, in one piece or several.
pub const FRAME: usize = 64 * 1024;
/// How often the other end is asked whether it is there.
const PING: Duration = Duration::from_secs(20);
/// Without a word for so long it is not.
const SILENCE: Duration = Duration::from_secs(65);
/// How long the network may take to accept a frame.
const SLOW: Duration = Duration::from_secs(10);

/// The employee's socket.
pub(crate) async fn open_for_employee(
    employee: Employee,
    id: web::Path<Uuid>,
    payload: web::Payload,
) -> PageResult {
    open(employee, id.into_inner(), "/employee", payload).await
}

/// The practitioner's socket.
pub(crate) async fn open_for_practitioner(
    practitioner: Practitioner,
    id: web::Path<Uuid>,
    payload: web::Payload,
) -> PageResult {
    open(practitioner, id.into_inner(), "/practitioner", payload).await
}

async fn open<K: Kind>(
    actor: Actor<K>,
    id: Uuid,
    space: &'static str,
    payload: web::Payload,
) -> PageResult
where
    Actor<K>: Participant,
{
    let status = actor
        .db()
        .look(move |tx| Participant::details(tx, id)?.line.status())
        .await?;
    if !wants_upgrade(actor.request()) {
        // Somebody opened this address as a page.
        return Ok(see_other(&format!("{space}/consultations/{id}")));
    }
    // Browsers say whose page it is with every upgrade, and no page can make them lie; whoever says nothing is no browser,
    // and has no reason to be here.
    if origin::is_named(actor.request(), &actor.app().config.public_url) != Some(true) {
        return Err(AppError::Forbidden);
    }
    if matches!(status, Status::Held | Status::Cancelled) {
        return Err(AppError::Conflict("consultation-socket-cancelled"));
    }
    let seat = actor
        .take_seat(Topic(id), queries::no_longer_good)
        .await
        .map_err(|_| AppError::Conflict("consultation-socket-full"))?;
    let payload = limit::limited(actor.request(), payload).await?;
    let (response, session, frames) =
        actix_ws::handle(actor.request(), payload).map_err(|_| AppError::Malformed)?;
    let room = Room {
        id,
        me: actor.user_id(),
        reader: actor.page().reader(),
        db: actor.db(),
        chat: chat::socket::Page::default(),
        outbox: Outbox { session },
        stay: None,
    };
    let frames = frames
        .max_frame_size(FRAME)
        .aggregate_continuations()
        .max_continuation_size(FRAME);
    // The request goes with its answer: an open socket keeps nothing of it.
    drop(actor);
    actix_web::rt::spawn(stay(room, frames, seat));
    Ok(response)
}

fn wants_upgrade(request: &HttpRequest) -> bool {
    text(request.headers(), header::UPGRADE).is_some_and(|to| to.eq_ignore_ascii_case("websocket"))
}

fn text(headers: &HeaderMap, name: header::HeaderName) -> Option<&str> {
    headers.get(name)?.to_str().ok()
}

/// The way to the browser.
pub(super) struct Outbox {
    session: Session,
}

impl Outbox {
    pub(super) async fn send(&mut self, text: String) -> Result<(), Stop> {
        in_time(self.session.text(text)).await
    }

    async fn ping(&mut self) -> Result<(), Stop> {
        in_time(self.session.ping(b"")).await
    }

    async fn pong(&mut self, bytes: &[u8]) -> Result<(), Stop> {
        in_time(self.session.pong(bytes)).await
    }
}

async fn in_time(sending: impl Future<Output = Result<(), actix_ws::Closed>>) -> Result<(), Stop> {
    match timeout(SLOW, sending).await {
        Ok(Ok(())) => Ok(()),
        Ok(Err(_)) | Err(_) => Err(Stop::Gone),
    }
}

/// Says that a frame was not understood. Nothing of it is repeated.
#[derive(Serialize)]
struct Refused {
    to: &'static str,
    r#type: &'static str,
}

const REFUSED: Refused = Refused {
    to: "room",
    r#type: "refused",
};

/// Until one side ends it. A socket that ends is no failure: the page opens the next one.
async fn stay<R: Participant + 'static>(
    mut room: Room<R>,
    frames: AggregatedMessageStream,
    mut seat: Seat,
) {
    let lost = seat.lost();
    let end = tokio::select! {
        cut = lost => Some(match cut {
            Cut::NotWelcome => CloseCode::Policy,
            Cut::Closing => CloseCode::Restart,
        }),
        end = converse(&mut room, frames, &mut seat) => end,
    };
    drop(seat);
    if let Err(error) = presence::leave(&mut room).await {
        tracing::warn!(%error, "a departure could not be written: the last sign of life stands for it");
    }
    if let Some(code) = end {
        // A browser that takes nothing more is left alone.
        let _ = timeout(SLOW, room.outbox.session.close(Some(code.into()))).await;
    }
}

/// How to close, or `None` when the other end has.
async fn converse<R: Participant + 'static>(
    room: &mut Room<R>,
    mut frames: AggregatedMessageStream,
    seat: &mut Seat,
) -> Option<CloseCode> {
    let mut ping = interval(PING);
    ping.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut pace = Pace::new(Instant::now());
    let mut heard = Instant::now();
    loop {
        let outcome = tokio::select! {
            frame = next_frame(&mut frames, &mut pace) => {
                heard = Instant::now();
                match frame {
                    Some(Ok(AggregatedMessage::Text(text))) => match serde_json::from_str(&text) {
                        Ok(frame) => room.receive(frame).await,
                        Err(_) => room.send(&REFUSED).await,
                    },
                    Some(Ok(AggregatedMessage::Ping(bytes))) => room.outbox.pong(&bytes).await,
                    Some(Ok(AggregatedMessage::Pong(_))) => Ok(()),
                    Some(Ok(AggregatedMessage::Binary(_))) => return Some(CloseCode::Unsupported),
                    Some(Ok(AggregatedMessage::Close(_))) => return Some(CloseCode::Normal),
                    Some(Err(error)) if limit::is_too_large(&error) => return Some(CloseCode::Size),
                    Some(Err(_)) => return Some(CloseCode::Protocol),
                    None => return None,
                }
            }
            signal = seat.next() => match signal {
                Signal::Happened(event) => room.relay(&event).await,
                Signal::Refetch => room.look().await,
            },
            now = ping.tick() => {
                if now.duration_since(heard) > SILENCE {
                    return None;
                }
                room.outbox.ping().await
            }
        };
        match outcome {
            Ok(()) => {}
            Err(Stop::Gone) => return None,
            Err(Stop::Failed(error)) => {
                tracing::warn!(%error, "a socket could not go on");
                return Some(CloseCode::Error);
            }
        }
    }
}

/// The next frame, not before its time.
async fn next_frame(
    frames: &mut AggregatedMessageStream,
    pace: &mut Pace,
) -> Option<Result<AggregatedMessage, ProtocolError>> {
    let opens_at = pace.opens_at();
    if opens_at > Instant::now() {
        pin!(sleep_until(opens_at)).await;
    }
    let frame = frames.next().await;
    pace.take(Instant::now());
    frame
}
