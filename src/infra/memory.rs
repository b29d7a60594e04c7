//! How much memory the process keeps for itself.

use std::time::Duration;

use tokio::time::interval;

/// Heaps that the C library shares out among all threads: one, since what a second one keeps free is 2.5 MiB after a
/// load, and waiting for one another costs nothing that can be measured.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const ARENAS: libc::c_int = 1;
/// Bytes from which on a block goes back to the system as soon as it is free.
#[cfg(all(target_os = "linux", target_env = "gnu"))]
const LARGE: libc::c_int = 128 * 1024;

/// How often free memory goes back.
pub(crate) const GIVE_BACK_EVERY: Duration = Duration::from_secs(5);

/// Gives free memory back to the system, for as long as the process lives: what a busy minute has left
/// between the blocks that stay.
pub async fn keep_giving_back() {
    let mut ticks = interval(GIVE_BACK_EVERY);
    loop {
        ticks.tick().await;
        give_back();
    }
}

fn give_back() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    {
        // SAFETY: malloc_trim(3) takes a number and only returns pages that hold nothing.
        let _ = unsafe { libc::malloc_trim(0) };
    }
}

/// Keeps free memory few. To be called once, before there are threads.
///
/// glibc gives each thread a heap of its own, eight to a core at most, and what one of them has freed
/// serves no other: a page that needs a few megabytes would take them from the system once for each of the
/// blocking threads it happened to run on, and keep them. It also raises by itself the size from which on blocks
/// are given back. Elsewhere than on glibc there is nothing to do.
pub fn keep_little() {
    #[cfg(all(target_os = "linux", target_env = "gnu"))]
    for (option, value) in [
        (libc::M_ARENA_MAX, ARENAS),
        (libc::M_MMAP_THRESHOLD, LARGE),
        (libc::M_TRIM_THRESHOLD, LARGE),
    ] {
        // SAFETY: mallopt(3) takes two numbers and only sets options of the allocator.
        // An option that it does not know stays as it was.
        let _ = unsafe { libc::mallopt(option, value) };
    }
}
