//! What coach does, without a terminal and without a command line: functions on a
//! [`Session`](session::Session) or a context that return values. The commands turn arguments into
//! calls, and what comes back into text.

pub(crate) mod answer;
pub(crate) mod ask;
pub(crate) mod card;
pub(crate) mod checkin;
pub(crate) mod danger;
pub(crate) mod draft;
pub(crate) mod heard;
pub(crate) mod lines;
pub(crate) mod matter;
pub(crate) mod news;
pub(crate) mod note;
pub(crate) mod period;
pub(crate) mod plan;
pub(crate) mod planned;
pub(crate) mod promise;
pub(crate) mod reminder;
pub(crate) mod review;
pub(crate) mod session;
pub(crate) mod setback;
pub(crate) mod setup;
pub(crate) mod steer;
pub(crate) mod swap;
#[cfg(test)]
mod test_home;
pub(crate) mod undo;
pub(crate) mod urge;
pub(crate) mod whose;
pub(crate) mod wipe;
