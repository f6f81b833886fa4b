//! Plan + dataset → run. (The signatures other stages rely on; the stage itself follows.)

pub mod trace;
