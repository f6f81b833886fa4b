//! A stack for work that descends as deep as a text is nested.
//!
//! Knows nothing of the work.

use std::cell::Cell;

/// Enough for the deepest rules without optimisation; only what is used of it takes memory.
const BYTES: usize = 256 * 1024 * 1024;

thread_local! {
    /// Whether the thread has such a stack.
    static ROOMY: Cell<bool> = const { Cell::new(false) };
}

/// Does the work on a stack of its own, unless the caller's is one already, or on the caller's when the system has none to give. The caller waits; where it is a
/// thread of a pool, whose others may be waiting too, what the work does side by side is done on the one new thread.
pub fn roomy<T: Send>(work: &(impl Fn() -> T + Sync)) -> T {
    if ROOMY.get() {
        return work();
    }
    let begun = || {
        ROOMY.set(true);
        work()
    };
    let pooled = rayon::current_thread_index().is_some();
    std::thread::scope(|scope| {
        let worker = std::thread::Builder::new().stack_size(BYTES);
        let worker = worker.spawn_scoped(scope, || if pooled { alone(&begun) } else { begun() });
        match worker.map(std::thread::ScopedJoinHandle::join) {
            Ok(Ok(done)) => done,
            Ok(Err(panic)) => std::panic::resume_unwind(panic),
            Err(_) => work(),
        }
    })
}

/// Does the work with the current thread as a pool of its own.
fn alone<T>(work: &impl Fn() -> T) -> T {
    let _pool = rayon::ThreadPoolBuilder::new().num_threads(1).use_current_thread().build();
    work()
}

#[cfg(test)]
mod tests {
    use super::roomy;
    use rayon::prelude::*;

    #[test]
    fn work_on_such_a_stack_stays_on_it() {
        let here = || std::thread::current().id();
        assert!(roomy(&|| here() == roomy(&here)));
        assert_ne!(here(), roomy(&here));
    }

    /// All threads of the pool wait at once, and what they wait for goes side by side itself.
    #[test]
    fn work_of_a_pool_that_uses_the_pool_comes_to_an_end() {
        let sum = |n: u64| roomy(&|| (0..=n).into_par_iter().sum::<u64>());
        let sums: Vec<u64> = (0..64u64).into_par_iter().map(sum).collect();
        assert_eq!(sums, (0..64u64).map(|n| n * (n + 1) / 2).collect::<Vec<_>>());
    }
}
