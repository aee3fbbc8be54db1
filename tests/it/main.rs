//! The program as a user meets it, in a sealed home, on days that the test decides.

#![allow(
    clippy::unwrap_used,
    clippy::disallowed_methods,
    reason = "a test that cannot go on has failed, and plays the part of the world outside"
)]

// The session bus is Linux's, and the stand-ins for schedulers are of systemd and cron.
#[cfg(target_os = "linux")]
mod desk;
#[cfg(target_os = "linux")]
mod machine;
mod news;
#[cfg(target_os = "linux")]
mod note;
mod notify;
#[cfg(target_os = "linux")]
mod remind;
#[cfg(target_os = "linux")]
mod remind_test;
#[cfg(target_os = "linux")]
mod wipe;

mod came_about;
mod check_in;
mod completions;
mod couple;
mod daily;
mod draft;
mod forget;
mod home;
mod leaving;
mod licences;
mod lives;
mod looks;
mod misuse;
mod open_question;
mod over_the_shoulder;
mod packs;
mod progress;
mod promise;
mod readme;
mod report;
mod review;
mod screens;
mod set_up;
mod setback;
mod settings;
mod situation;
mod situation_text;
mod sorry;
mod state_file;
mod streak;
mod talk;
mod terminal;
mod texts;
mod tidy;
mod undo;
mod urge;
