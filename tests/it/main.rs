//! The program as a user meets it, in a sealed home, on days that the test decides.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test that cannot go on has failed, and plays the part of the world outside"
)]

mod completions;
mod daily;
mod desk;
mod home;
mod licences;
mod lives;
mod looks;
mod misuse;
mod notify;
mod packs;
mod progress;
mod readme;
mod remind;
mod report;
mod settings;
mod situation;
mod state_file;
mod streak;
mod texts;
mod tidy;
mod undo;
mod urge;
