//! A stack for work that descends as deep as a text is nested.
//!
//! Knows nothing of the work.

/// Enough for the deepest rules without optimisation; only what is used of it takes memory.
const BYTES: usize = 256 * 1024 * 1024;

/// Does the work on a stack of its own, or on the caller's when the system has none to give. The caller waits: the work must
/// need no thread of a pool that the caller may belong to.
pub fn roomy<T: Send>(work: &(impl Fn() -> T + Sync)) -> T {
    std::thread::scope(|scope| {
        let worker = std::thread::Builder::new().stack_size(BYTES).spawn_scoped(scope, work);
        match worker.map(std::thread::ScopedJoinHandle::join) {
            Ok(Ok(done)) => done,
            Ok(Err(panic)) => std::panic::resume_unwind(panic),
            Err(_) => work(),
        }
    })
}
