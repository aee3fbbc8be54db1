//! What people see, and the only place that touches the terminal: the output, the pager, the
//! editor, questions, and what several commands show.

pub(crate) mod card;
pub(crate) mod charts;
pub(crate) mod country_question;
pub(crate) mod draft_question;
pub(crate) mod draft_text;
pub(crate) mod editor;
pub(crate) mod excerpt;
pub(crate) mod facts_text;
pub(crate) mod flag_question;
pub(crate) mod heard_question;
pub(crate) mod helplines_card;
pub(crate) mod input;
pub(crate) mod interrupt;
pub(crate) mod json;
pub(crate) mod limit_question;
pub(crate) mod line;
pub(crate) mod mark_text;
pub(crate) mod name_list;
pub(crate) mod output;
pub(crate) mod own_words;
pub(crate) mod pager;
pub(crate) mod period_text;
pub(crate) mod plan_text;
pub(crate) mod promise_text;
pub(crate) mod questions;
pub(crate) mod review_questions;
pub(crate) mod review_text;
pub(crate) mod setback_text;
pub(crate) mod setup_questions;
pub(crate) mod short_form;
pub(crate) mod source_text;
pub(crate) mod stage_question;
pub(crate) mod style;
pub(crate) mod timer;
pub(crate) mod wrote_text;
