//! How fast frames are taken from one socket.

use std::time::Duration;

use tokio::time::Instant;

/// Frames at once…
pub(super) const BURST: u32 = 100;
/// …and then one every so often: 25 a second.
const EACH: Duration = Duration::from_millis(40);

/// A bucket of frames that fills with time.
#[derive(Debug)]
pub(super) struct Pace {
    /// When the bucket will be full again.
    full_at: Instant,
}

impl Pace {
    pub(super) fn new(now: Instant) -> Self {
        Self { full_at: now }
    }

    /// When the next frame may be taken.
    pub(super) fn opens_at(&self) -> Instant {
        // Full but for one frame less than the burst.
        self.full_at
            .checked_sub(EACH * (BURST - 1))
            .unwrap_or(self.full_at)
    }

    /// A frame is taken.
    pub(super) fn take(&mut self, now: Instant) {
        self.full_at = self.full_at.max(now) + EACH;
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_burst_passes_and_then_one_at_a_time() {
        let start = Instant::now() + Duration::from_secs(60);
        let mut pace = Pace::new(start);
        for frame in 0..BURST {
            assert!(pace.opens_at() <= start, "frame {frame}");
            pace.take(start);
        }
        assert_eq!(pace.opens_at(), start + EACH);
        pace.take(start + EACH);
        assert_eq!(pace.opens_at(), start + EACH * 2);
        // Rest brings the whole burst back, and no more than it.
        let later = start + Duration::from_secs(3600);
        for _ in 0..BURST {
            assert!(pace.opens_at() <= later);
            pace.take(later);
        }
        assert!(pace.opens_at() > later);
    }
}
