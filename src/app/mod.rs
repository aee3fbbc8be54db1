//! What coach does, without a terminal and without a command line.

pub(crate) mod period;
