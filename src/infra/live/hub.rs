//! Who sits where, in this process.

use std::{
    collections::HashMap,
    sync::{
        Arc, Mutex, MutexGuard, OnceLock, PoisonError,
        atomic::{AtomicBool, AtomicU64, Ordering},
    },
    time::Duration,
};

use actix_web::web;
use tokio::{
    sync::{
        mpsc::{self, error::TrySendError},
        watch,
    },
    time::timeout,
};
use tokio_util::sync::CancellationToken;
use uuid::Uuid;

use super::{Event, QUEUE, SEATS_OF_ONE, Topic, listener};
use crate::infra::{actor::Worker, app::App, db::Tx, error::AppError};

/// How long a seat waits for somebody to listen.
const PATIENCE: Duration = Duration::from_secs(2);
/// Passes that are always checked together.
const FEW: usize = 256;

/// For whom a seat is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Pass {
    /// The sign-in.
    pub session: Uuid,
    /// The account.
    pub user: Uuid,
    /// What they want to hear of.
    pub topic: Topic,
}

/// Says which passes are no longer good, by their place in the list.
pub type Inspect = fn(&mut Tx<Worker>, &[Pass]) -> Result<Vec<usize>, AppError>;

/// What a seat hears.
#[derive(Clone, Debug)]
pub enum Signal {
    /// Something happened.
    Happened(Arc<Event>),
    /// Something may have happened unheard: look.
    Refetch,
}

/// Why a seat was lost.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cut {
    /// Its pass is no longer good.
    NotWelcome,
    /// The process ends.
    Closing,
}

/// One account has too many seats.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Full;

/// What the hub keeps of a seat.
struct Chair {
    number: u64,
    pass: Pass,
    queue: mpsc::Sender<Signal>,
    cut: Arc<Notice>,
}

/// What the hub and the seat tell each other beside the queue.
#[derive(Default)]
struct Notice {
    /// The seat is lost…
    token: CancellationToken,
    /// …and why.
    why: OnceLock<Cut>,
    /// Something did not fit into the queue.
    behind: AtomicBool,
}

impl Notice {
    fn give(&self, why: Cut) {
        // The first reason stays.
        let _ = self.why.set(why);
        self.token.cancel();
    }
}

#[derive(Default)]
struct Room {
    chairs: HashMap<Topic, Vec<Chair>>,
    taken: HashMap<Uuid, usize>,
}

impl Room {
    fn remove(&mut self, topic: Topic, number: u64) {
        let Some(chairs) = self.chairs.get_mut(&topic) else {
            return;
        };
        let Some(at) = chairs.iter().position(|chair| chair.number == number) else {
            return;
        };
        let chair = chairs.swap_remove(at);
        if chairs.is_empty() {
            self.chairs.remove(&topic);
        }
        if let Some(taken) = self.taken.get_mut(&chair.pass.user) {
            *taken -= 1;
            if *taken == 0 {
                self.taken.remove(&chair.pass.user);
            }
        }
        metrics::gauge!("live_sockets").decrement(1.0);
    }
}

#[derive(Default)]
struct Inner {
    room: Mutex<Room>,
    numbers: AtomicU64,
    closing: AtomicBool,
    listening: watch::Sender<bool>,
}

impl Inner {
    fn room(&self) -> MutexGuard<'_, Room> {
        self.room.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Every seat of this process.
#[derive(Default)]
pub struct Hub {
    inner: Arc<Inner>,
    started: OnceLock<()>,
}

impl Hub {
    /// Takes a seat. From here on nothing that happens to the topic goes unheard.
    ///
    /// # Errors
    /// [`Full`] when this account has [`SEATS_OF_ONE`] already, or the process is ending.
    pub async fn join(
        &self,
        app: &web::Data<App>,
        pass: Pass,
        inspect: Inspect,
    ) -> Result<Seat, Full> {
        self.started
            .get_or_init(|| listener::begin(Arc::downgrade(&app.clone().into_inner()), inspect));
        let seat = self.sit(pass)?;
        if !self.is_listening() {
            // The first to come waits for it; where nobody can listen, looking has to do.
            let mut listening = self.inner.listening.subscribe();
            let _ = timeout(PATIENCE, listening.wait_for(|listening| *listening)).await;
        }
        Ok(seat)
    }

    fn sit(&self, pass: Pass) -> Result<Seat, Full> {
        let (queue, events) = mpsc::channel(QUEUE);
        let cut = Arc::new(Notice::default());
        let number = self.inner.numbers.fetch_add(1, Ordering::Relaxed);
        let mut room = self.inner.room();
        let taken = room.taken.entry(pass.user).or_default();
        if *taken >= SEATS_OF_ONE || self.inner.closing.load(Ordering::Relaxed) {
            return Err(Full);
        }
        *taken += 1;
        room.chairs.entry(pass.topic).or_default().push(Chair {
            number,
            pass,
            queue,
            cut: cut.clone(),
        });
        metrics::gauge!("live_sockets").increment(1.0);
        Ok(Seat {
            inner: self.inner.clone(),
            topic: pass.topic,
            number,
            events,
            cut,
        })
    }

    /// How many sockets are open in this process.
    pub fn sockets(&self) -> usize {
        self.inner.room().taken.values().sum()
    }

    /// Everybody has to go: the process ends.
    pub fn close(&self) {
        self.inner.closing.store(true, Ordering::Relaxed);
        for chair in self.inner.room().chairs.values().flatten() {
            chair.cut.give(Cut::Closing);
        }
    }

    /// Tells the seats at the event's topic.
    pub(super) fn tell(&self, event: Event) {
        let event = Arc::new(event);
        if let Some(chairs) = self.inner.room().chairs.get(&event.topic) {
            for chair in chairs {
                chair.send(Signal::Happened(event.clone()));
            }
        }
    }

    /// Everybody looks for themselves.
    pub(super) fn refetch(&self) {
        for chair in self.inner.room().chairs.values().flatten() {
            chair.send(Signal::Refetch);
        }
    }

    /// Whether what happens is heard at all.
    pub(super) fn is_listening(&self) -> bool {
        *self.inner.listening.borrow()
    }

    pub(super) fn set_listening(&self, listening: bool) {
        self.inner.listening.send_replace(listening);
    }

    /// The next passes after a seat's number, with their seats' numbers, in the order in which the seats were
    /// taken: a share of all that are in use, or [`FEW`], whichever is more.
    pub(super) fn passes_after(&self, number: Option<u64>, shares: usize) -> (Vec<u64>, Vec<Pass>) {
        let room = self.inner.room();
        let chairs = room.chairs.values().flatten();
        let mut all: Vec<(u64, Pass)> = chairs.map(|chair| (chair.number, chair.pass)).collect();
        drop(room);
        let share = all.len().div_ceil(shares).max(FEW);
        all.retain(|(seat, _)| number.is_none_or(|number| *seat > number));
        all.sort_unstable_by_key(|(seat, _)| *seat);
        all.truncate(share);
        all.into_iter().unzip()
    }

    /// Takes a seat away.
    pub(super) fn dismiss(&self, topic: Topic, number: u64) {
        if let Some(chairs) = self.inner.room().chairs.get(&topic)
            && let Some(chair) = chairs.iter().find(|chair| chair.number == number)
        {
            chair.cut.give(Cut::NotWelcome);
        }
    }
}

impl Chair {
    fn send(&self, signal: Signal) {
        match self.queue.try_send(signal) {
            Ok(()) => {}
            Err(TrySendError::Full(_)) => self.cut.behind.store(true, Ordering::Relaxed),
            // It is being left.
            Err(TrySendError::Closed(_)) => {}
        }
    }
}

/// A socket's place; left when dropped.
pub struct Seat {
    inner: Arc<Inner>,
    topic: Topic,
    number: u64,
    events: mpsc::Receiver<Signal>,
    cut: Arc<Notice>,
}

impl Seat {
    /// The next thing heard. Whoever is too slow to hear everything is told to look instead.
    pub async fn next(&mut self) -> Signal {
        let Some(signal) = self.events.recv().await else {
            // The hub keeps the other end for as long as the seat is taken.
            return std::future::pending().await;
        };
        // It was set while the queue was full, so there was something to receive.
        if self.cut.behind.swap(false, Ordering::Relaxed) {
            while self.events.try_recv().is_ok() {}
            return Signal::Refetch;
        }
        signal
    }

    /// Waits until the seat is lost.
    pub fn lost(&self) -> impl Future<Output = Cut> + 'static {
        let cut = self.cut.clone();
        async move {
            cut.token.cancelled().await;
            cut.why.get().copied().unwrap_or(Cut::Closing)
        }
    }
}

impl Drop for Seat {
    fn drop(&mut self) {
        self.inner.room().remove(self.topic, self.number);
    }
}

#[cfg(test)]
mod tests {
    use futures_util::FutureExt as _;

    use super::*;

    fn pass(user: u128, topic: u128) -> Pass {
        Pass {
            session: Uuid::from_u128(9),
            user: Uuid::from_u128(user),
            topic: Topic(Uuid::from_u128(topic)),
        }
    }

    fn event(topic: u128, id: u128) -> Event {
        Event {
            topic: Topic(Uuid::from_u128(topic)),
            kind: "said".into(),
            id: Uuid::from_u128(id),
        }
    }

    #[test]
    fn only_the_seats_at_the_topic_hear() {
        let hub = Hub::default();
        let mut here = hub.sit(pass(1, 1)).expect("a seat");
        let mut there = hub.sit(pass(1, 2)).expect("a seat");
        hub.tell(event(1, 5));
        match here.next().now_or_never() {
            Some(Signal::Happened(heard)) => assert_eq!(*heard, event(1, 5)),
            other => panic!("{other:?}"),
        }
        assert!(there.next().now_or_never().is_none());
    }

    #[test]
    fn a_seat_that_takes_nothing_holds_no_more_than_its_queue_and_then_looks() {
        let hub = Hub::default();
        let mut slow = hub.sit(pass(1, 1)).expect("a seat");
        for id in 0..QUEUE * 3 {
            hub.tell(event(1, id as u128));
        }
        assert_eq!(slow.events.len(), QUEUE);
        assert!(matches!(slow.next().now_or_never(), Some(Signal::Refetch)));
        assert!(slow.next().now_or_never().is_none());
        hub.tell(event(1, 7));
        assert!(matches!(
            slow.next().now_or_never(),
            Some(Signal::Happened(_))
        ));
    }

    #[test]
    fn an_account_has_so_many_seats_and_gets_them_back() {
        let hub = Hub::default();
        let mut seats: Vec<Seat> = (0..SEATS_OF_ONE)
            .map(|topic| hub.sit(pass(1, topic as u128)).expect("a seat"))
            .collect();
        assert!(hub.sit(pass(1, 99)).is_err());
        assert!(hub.sit(pass(2, 99)).is_ok());
        seats.pop();
        assert!(hub.sit(pass(1, 99)).is_ok());
        drop(seats);
        assert!(hub.inner.room().taken.is_empty());
        assert!(hub.inner.room().chairs.is_empty());
    }

    #[test]
    fn whoever_is_dismissed_is_told_why_and_nobody_sits_down_at_the_end() {
        let hub = Hub::default();
        let one = hub.sit(pass(1, 1)).expect("a seat");
        let two = hub.sit(pass(2, 1)).expect("a seat");
        let (numbers, passes) = hub.passes_after(None, 1);
        let at = passes
            .iter()
            .position(|pass| pass.user == Uuid::from_u128(1))
            .expect("it is listed");
        hub.dismiss(passes[at].topic, numbers[at]);
        assert_eq!(one.lost().now_or_never(), Some(Cut::NotWelcome));
        assert!(two.lost().now_or_never().is_none());
        hub.close();
        assert_eq!(two.lost().now_or_never(), Some(Cut::Closing));
        assert!(hub.sit(pass(3, 1)).is_err());
    }

    #[test]
    fn thousands_of_passes_are_shown_in_shares_each_once_a_round_and_newcomers_last() {
        let hub = Hub::default();
        let sit = |person: usize| {
            hub.sit(pass(person as u128, person as u128))
                .expect("a seat")
        };
        let mut seats: Vec<Seat> = (0..4 * FEW).map(sit).collect();
        let (mut round, mut after) = (Vec::new(), None);
        loop {
            let (numbers, _) = hub.passes_after(after, 3);
            let Some(last) = numbers.last().copied() else {
                break;
            };
            assert!(
                numbers.len() <= (4 * FEW + 1).div_ceil(3),
                "{}",
                numbers.len()
            );
            if after.is_none() {
                seats.push(sit(4 * FEW));
            }
            after = Some(last);
            round.extend(numbers);
        }
        assert_eq!(round, (0..=4 * FEW as u64).collect::<Vec<_>>());
    }
}
