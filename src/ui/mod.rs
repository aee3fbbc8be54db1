//! What people see: the palette, the output, the pager, the editor, questions and pictures. The only place that touches
//! the terminal.

pub(crate) mod charts;
pub(crate) mod editor;
pub(crate) mod facts_text;
pub(crate) mod helplines_card;
pub(crate) mod output;
pub(crate) mod pager;
pub(crate) mod period_text;
pub(crate) mod questions;
pub(crate) mod style;
