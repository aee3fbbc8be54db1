//! The page itself. Everything on it is either ours or escaped, and it fetches nothing.

use chrono::Datelike as _;
use maud::{DOCTYPE, Markup, PreEscaped, html};

use super::charts::{self, Chart, Span, long};
use crate::app::period::Period;
use crate::content::strategy_title;
use crate::domain::day::Day;
use crate::domain::progress::{Details, Month, PastDay, by_month};
use crate::domain::words::{Mood, Strategy, Urge, UrgeEnd};
use crate::ui::charts::Sign;
use crate::ui::period_text;
use crate::ui::style::count;
use crate::ui::style::percent;

/// How every report begins: by this one is known from other files.
pub(super) const SIGNATURE: &str = "<!DOCTYPE html><html lang=\"en-GB\"><head>\
    <meta charset=\"utf-8\"><meta name=\"generator\" content=\"coach ";

/// Nothing is fetched, sent, run or framed, whatever a note may hold.
const POLICY: &str =
    "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

const STYLE: &str = include_str!("page.css");

/// What is put on the page.
pub(super) struct Report<'a> {
    pub(super) past: &'a Period,
    pub(super) notes: &'a [Noted],
    /// Whether nothing on it may tell what it is about.
    pub(super) discreet: bool,
    pub(super) streak_shown: bool,
    pub(super) today: Day,
}

/// A note, and the card that it was written on.
pub(super) struct Noted {
    pub(super) day: Day,
    pub(super) card: Option<String>,
    pub(super) text: String,
}

impl Report<'_> {
    pub(super) fn html(&self) -> String {
        let title = "Daily practice";
        let span = format!("{} to {}", long(self.first()), long(self.past.until));
        let months = by_month(&self.past.days);
        let page = html! {
            (DOCTYPE)
            html lang="en-GB" {
                head {
                    meta charset="utf-8";
                    meta name="generator" content={ "coach " (env!("CARGO_PKG_VERSION")) };
                    meta http-equiv="Content-Security-Policy" content=(POLICY);
                    meta name="viewport" content="width=device-width, initial-scale=1";
                    meta name="color-scheme" content="light dark";
                    meta name="referrer" content="no-referrer";
                    title { (title) ", " (span) }
                    style { (PreEscaped(STYLE)) }
                }
                body {
                    main {
                        header {
                            h1 { (title) }
                            p.span { (span) }
                            p.lead { (self.lead()) }
                        }
                        (self.in_short())
                        (self.day_by_day(&months))
                        (self.strength(&months))
                        (self.mood(&months))
                        (self.urge(&months))
                        (self.practised())
                        (self.noted())
                        (self.reading())
                    }
                    footer { p { (self.imprint()) } }
                }
            }
        };
        page.into_string() + "\n"
    }

    fn first(&self) -> Day {
        self.past.days.first().map_or(self.past.from, |day| day.ruled.day)
    }

    fn lead(&self) -> &'static str {
        if self.discreet {
            "One small thing a day, and how it went."
        } else {
            "One small thing a day, for somebody who would like to mend a relationship, and how it \
             went."
        }
    }

    fn in_short(&self) -> Markup {
        let (past, totals) = (self.past, &self.past.totals);
        let mut figures = vec![(totals.done.to_string(), "done".to_owned())];
        for (days, word) in [(totals.partly, "in part"), (totals.skipped, "skipped")] {
            if days > 0 {
                figures.push((days.to_string(), word.to_owned()));
            }
        }
        if totals.minutes > 0 {
            figures.push((period_text::practised(totals.minutes), "practised".to_owned()));
        }
        if self.streak_shown {
            if past.until == self.today && past.streak.current > 0 {
                figures.push((count(past.streak.current, "day"), "running".to_owned()));
            }
            if let Some(run) = totals.best.filter(|run| run.counted > 1) {
                let dates = format!("the best run, {} to {}", short(run.first), short(run.last));
                figures.push((count(run.counted, "day"), dates));
            }
            if totals.comebacks > 0 {
                figures.push((totals.comebacks.to_string(), plural(totals.comebacks, "comeback")));
            }
        }
        if past.promises.decided > 0 {
            let of = format!("of {} kept", count(past.promises.decided, "promise"));
            figures.push((past.promises.kept.to_string(), of));
        }
        let strength = past.days.last().map_or(0.0, |day| day.ruled.strength);
        figures.push((percent(strength), "strength".to_owned()));
        html! {
            section {
                h2 { "In short" }
                dl.figures {
                    @for (figure, word) in figures { div { dt { (word) } dd { (figure) } } }
                }
            }
        }
    }

    /// A hidden streak hides its freezes.
    fn sign(&self, day: &PastDay) -> Sign {
        match Sign::of(day) {
            Sign::Frozen if !self.streak_shown => Sign::Nothing,
            sign => sign,
        }
    }

    fn day_by_day(&self, months: &[Month]) -> Markup {
        let days = &self.past.days;
        let sign = |day: &PastDay| self.sign(day);
        let year = |day: &PastDay| day.ruled.day.date().year();
        let whole = |days: &[PastDay]| {
            let year = year(&days[0]);
            (
                Day::from_ymd(year, 1, 1).unwrap_or(Day::FIRST),
                Day::from_ymd(year, 12, 31).unwrap_or(Day::LAST),
            )
        };
        let rows = months.iter().map(|month| {
            let figures = [month.done, month.partly, month.skipped, month.unmarked];
            (named(month), figures.map(|days| days.to_string()).to_vec())
        });
        html! {
            section.days {
                h2 { "Day by day" }
                (charts::legend(days, sign))
                @if days.len() <= A_YEAR {
                    (charts::calendar(days, self.first(), self.past.until, sign))
                } @else {
                    // Years stand below each other, month below month.
                    @for days in days.chunk_by(|day, next| year(day) == year(next)) {
                        @let (first, last) = whole(days);
                        div.year {
                            h3 { (year(&days[0])) }
                            (charts::calendar(days, first, last, sign))
                        }
                    }
                }
                (table("Days by month", &["done", "in part", "skipped", "nothing"], rows))
            }
        }
    }

    fn strength(&self, months: &[Month]) -> Markup {
        let days = &self.past.days;
        let last = days.last().map_or(0.0, |day| day.ruled.strength);
        let most = days.iter().map(|day| day.ruled.strength).fold(0.0, f64::max);
        let said = match (percent(last), percent(most)) {
            (last, most) if last == most => format!("{last} at the end, its highest."),
            (last, most) => format!("{last} at the end, {most} at its highest."),
        };
        let levels = [(0.0, "0 %"), (0.5, "50 %"), (1.0, "100 %")];
        let chart = self.chart("Strength day by day", &levels, charts::strength(days), false);
        let rows = months.iter().map(|month| (named(month), vec![percent(month.strength)]));
        html! {
            section {
                h2 { "Strength" }
                figure { (chart.draw()) figcaption { (said) } }
                (table("Strength by month", &["at its end"], rows))
            }
        }
    }

    fn mood(&self, months: &[Month]) -> Markup {
        let rows: Vec<(String, &[u32])> =
            months.iter().map(|month| (named(month), &month.moods[..])).collect();
        let levels: Vec<String> = Mood::ALL.iter().map(|mood| words(mood.id())).collect();
        let told = self.told("Mood", &levels, &rows, |details| details.mood.map(|mood| mood as u8));
        html! {
            @if let Some(told) = told { section { h2 { "Mood" } (told) } }
        }
    }

    fn urge(&self, months: &[Month]) -> Markup {
        let rows: Vec<(String, &[u32])> =
            months.iter().map(|month| (named(month), &month.urges[..])).collect();
        let levels: Vec<String> = Urge::ALL.iter().map(|urge| words(urge.id())).collect();
        let told = self.told("Urge", &levels, &rows, |details| details.urge.map(|urge| urge as u8));
        let ends = self.ends();
        html! {
            @if told.is_some() || !ends.is_empty() {
                section {
                    h2 { @if self.discreet { "Urges" } @else { "The pull to reach out" } }
                    @if let Some(told) = told { (told) }
                    @if !ends.is_empty() {
                        h3 { "How strong moments ended" }
                        (bars("How", "times", &ends))
                    }
                }
            }
        }
    }

    /// What was told at check-ins, as a chart and as a table; nothing where nothing was. The rows
    /// count the days of each month by level.
    fn told(
        &self,
        what: &str,
        levels: &[String],
        rows: &[(String, &[u32])],
        level: impl Fn(&Details) -> Option<u8>,
    ) -> Option<Markup> {
        let sum = |level: usize| rows.iter().map(|(_, days)| days[level]).sum::<u32>();
        let counts: Vec<(&str, u32)> = levels
            .iter()
            .enumerate()
            .map(|(at, name)| (name.as_str(), sum(at)))
            .filter(|(_, days)| *days > 0)
            .collect();
        if counts.is_empty() {
            return None;
        }
        let all = count(counts.iter().map(|(_, days)| days).sum(), "day");
        let counts: Vec<String> =
            counts.iter().map(|(name, days)| format!("{name} {days}")).collect();
        let period = Span::of(&self.past.days);
        let said = format!("Told on {all}: {}. A dot is {}.", counts.join(", "), period.dot());
        let top = (levels.len() - 1) as f64;
        let heights: Vec<(f64, &str)> =
            levels.iter().enumerate().map(|(at, name)| (at as f64 / top, name.as_str())).collect();
        let pieces = charts::averages(&self.past.days, period, |details| {
            Some(f64::from(level(details)?) / top)
        });
        let title = format!("{what}. {said}");
        let chart = self.chart(&title, &heights, pieces, true);
        let heads: Vec<&str> = levels.iter().map(String::as_str).collect();
        let rows = rows.iter().filter(|(_, days)| days.iter().any(|days| *days > 0));
        let rows =
            rows.map(|(month, days)| (month.clone(), days.iter().map(u32::to_string).collect()));
        Some(html! {
            figure { (chart.draw()) figcaption { (said) } }
            (table(&format!("{what} by month, in days"), &heads, rows))
        })
    }

    fn chart<'a>(
        &self,
        title: &'a str,
        levels: &'a [(f64, &'a str)],
        pieces: Vec<Vec<(f64, f64)>>,
        dots: bool,
    ) -> Chart<'a> {
        Chart { title, first: self.first(), last: self.past.until, levels, pieces, dots }
    }

    /// How urges ended, the most harmless first.
    fn ends(&self) -> Vec<(&'static str, u32)> {
        let of = |end: UrgeEnd| self.past.totals.urges[end as usize];
        let [reached_out, looked_up, went_by] =
            [UrgeEnd::ReachedOut, UrgeEnd::LookedUp, UrgeEnd::WentBy].map(of);
        let mut ends = vec![
            ("It passed", of(UrgeEnd::Passed)),
            ("It was written down", of(UrgeEnd::WroteDown)),
        ];
        if self.discreet {
            ends.push(("It won", reached_out + looked_up + went_by));
        } else {
            ends.extend([
                ("A message or a call", reached_out),
                ("A look at their page", looked_up),
                ("Going where they are", went_by),
            ]);
        }
        ends.retain(|(_, times)| *times > 0);
        ends
    }

    fn practised(&self) -> Markup {
        let name = if self.discreet { neutral } else { strategy_title };
        let days = |strategy: &Strategy| self.past.totals.strategies[*strategy as usize];
        let mut rows: Vec<(&str, u32)> = Strategy::ALL
            .iter()
            .map(|strategy| (name(*strategy), days(strategy)))
            .filter(|row| row.1 > 0)
            .collect();
        rows.sort_by_key(|(_, days)| std::cmp::Reverse(*days));
        html! {
            @if !rows.is_empty() {
                section {
                    h2 { "What was practised" }
                    (bars(if self.discreet { "Kind" } else { "Strategy" }, "days", &rows))
                }
            }
        }
    }

    fn noted(&self) -> Markup {
        let month = |note: &Noted| (note.day.date().year(), note.day.date().month());
        html! {
            @if !self.notes.is_empty() {
                section.notes {
                    h2 { "Notes" }
                    @for notes in self.notes.chunk_by(|note, next| month(note) == month(next)) {
                        h3 { (notes[0].day.date().format("%B %Y").to_string()) }
                        dl {
                            @for note in notes {
                                dt { (note.day.date().format("%a %-d").to_string()) }
                                dd dir="auto" {
                                    (note.text)
                                    @if let Some(card) = &note.card { i { (card) } }
                                }
                            }
                        }
                    }
                }
            }
        }
    }

    /// What the words mean, for somebody who has never seen the program.
    fn reading(&self) -> Markup {
        html! {
            section.reading {
                h2 { "How to read this" }
                dl {
                    dt { "A day" }
                    dd {
                        "One small task, of two to fifteen minutes. It was done, done in part, or \
                         skipped. “Nothing” says that nothing was marked, and not that nothing was \
                         done."
                    }
                    @if self.streak_shown {
                        dt { "A run" }
                        dd {
                            "Days done, whole or in part, without a break. A skip holds it, at \
                             most two in seven days. A freeze, earned by seven days, covers a day \
                             with nothing."
                        }
                    }
                    dt { "Strength" }
                    dd {
                        "How much of a habit it has been lately. It grows with every day done and \
                         halves in thirteen missed ones; no single day can take it away."
                    }
                    dt { "Mood and urge" }
                    dd {
                        "One word each, at a check-in. Most days have none, and a gap means \
                         nothing."
                    }
                }
                p {
                    "These are one person's own marks. They measure a practice and not a person, \
                     and nothing here is a diagnosis."
                }
            }
        }
    }

    fn imprint(&self) -> String {
        let made = format!("Made by coach on {}, offline, for its owner.", long(self.today));
        match (self.discreet, self.notes.is_empty()) {
            (true, _) => made,
            (false, true) => {
                format!("{made} It names nobody and holds no facts about the other person.")
            }
            (false, false) => {
                format!("{made} The notes are the owner's words; the rest names nobody.")
            }
        }
    }
}

/// More days than this are shown year by year; twelve months from any day on are not.
const A_YEAR: usize = 371;

/// A strategy by a word that could stand in anybody's diary.
fn neutral(strategy: Strategy) -> &'static str {
    match strategy {
        Strategy::Reflect => "Thinking",
        Strategy::Apologize => "Honesty",
        Strategy::Change => "Habits",
        Strategy::GlowUp => "Body and mind",
        Strategy::Trust => "Keeping one's word",
        Strategy::Memories => "Good moments",
        Strategy::Space => "Quiet",
        Strategy::Respect => "Listening",
        Strategy::Patience => "Patience",
        Strategy::LetGo => "Kindness",
    }
}

/// Figures behind a chart, for those who do not see it or want them exactly. It is closed until
/// asked for.
fn table(
    caption: &str,
    heads: &[&str],
    rows: impl Iterator<Item = (String, Vec<String>)>,
) -> Markup {
    html! {
        details {
            summary { (caption) }
            table {
                thead {
                        tr {
                            th scope="col" { "Month" }
                            @for head in heads { th scope="col" { (head) } }
                        }
                    }
                tbody {
                    @for (name, figures) in rows {
                        tr { th scope="row" { (name) } @for figure in &figures { td { (figure) } } }
                    }
                }
            }
        }
    }
}

/// Figures side by side with bars.
fn bars(what: &str, unit: &str, rows: &[(&str, u32)]) -> Markup {
    let most = rows.iter().map(|(_, value)| *value).max().unwrap_or(1);
    html! {
        table.bars {
            thead { tr { th scope="col" { (what) } th.figure scope="col" { (unit) } td {} } }
            tbody {
                @for (name, value) in rows {
                    tr {
                            th scope="row" { (name) }
                            td.figure { (value) }
                            td.bar { (charts::bar(*value, most)) }
                        }
                }
            }
        }
    }
}

fn named(month: &Month) -> String {
    month.first.date().format("%b %Y").to_string()
}

fn short(day: Day) -> String {
    day.date().format("%-d %b %Y").to_string()
}

fn plural(number: u32, one: &str) -> String {
    if number == 1 { one.to_owned() } else { format!("{one}s") }
}

/// "very-low" as a person says it.
fn words(id: &str) -> String {
    id.replace('-', " ")
}
