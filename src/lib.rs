//! A daily coach for the command line, for one person who would like to mend a relationship.
//!
//! The floors, from the ground up: `domain` says what days, streaks and picks are and knows nothing
//! else; `content` holds the texts and `store` the user's state; `notify` knows the desktop, and
//! `remind` the schedulers; `context` is the one door to the world outside; `app` is what coach
//! does; `ui` is what people see; `cli` is the roof, where arguments come in. A room uses the rooms
//! below it and none above. See ARCHITECTURE.md.

mod app;
mod cli;
mod content;
mod context;
mod domain;
mod error;
mod files;
mod notify;
mod remind;
mod store;
mod ui;

pub use cli::{command, run};
