//! What comes in on standard input.

use std::io::{self, BufRead as _, Read as _};
use std::time::Duration;

use rustix::event::{PollFd, PollFlags, Timespec, poll};

/// The most that is read, in bytes; a note fits many times over.
const LIMIT: u64 = 1 << 20;

/// All of the input; `None` if it is longer than the limit.
pub(crate) fn all() -> io::Result<Option<Vec<u8>>> {
    let mut bytes = Vec::new();
    io::stdin().take(LIMIT).read_to_end(&mut bytes)?;
    Ok(((bytes.len() as u64) < LIMIT).then_some(bytes))
}

/// Whether a line comes in before the time is over.
pub(crate) fn line_within(time: Duration) -> bool {
    let stdin = io::stdin();
    let mut fds = [PollFd::new(&stdin, PollFlags::IN)];
    let time = Timespec {
        tv_sec: i64::try_from(time.as_secs()).unwrap_or(0),
        tv_nsec: time.subsec_nanos().into(),
    };
    if poll(&mut fds, Some(&time)).unwrap_or(0) == 0 {
        return false;
    }
    let mut line = String::new();
    stdin.lock().read_line(&mut line).is_ok()
}
