//! Pictures as SVG. Each reads without colour: signs differ in shape and in how much ink they take,
//! as in the terminal.

use std::fmt::Write as _;

use chrono::Datelike as _;
use maud::{Markup, html};

use crate::domain::day::Day;
use crate::domain::progress::{Details, PastDay};
use crate::ui::charts::Sign;

/// From one week, and one weekday, to the next.
const PITCH: i32 = 13;
/// What is left of the weeks and above them, for names.
const LEFT: i32 = 26;
const TOP: i32 = 14;
/// A year of weeks is too wide for a telephone: it comes in two halves, which stand side by side
/// where there is room.
const HALF: i32 = 27;

/// The days as a calendar: a column a week, a row a weekday. `from` and `until` say how much of it
/// is drawn.
pub(super) fn calendar(
    days: &[PastDay],
    from: Day,
    until: Day,
    sign: impl Fn(&PastDay) -> Sign,
) -> Markup {
    let first = from.monday();
    let weeks = until.since(first) / 7 + 1;
    let begins = (0..weeks).step_by(HALF as usize);
    html! {
        div.calendar {
            @for begin in begins {
                @let weeks_left = weeks - begin;
                @let half = Half {
                    first: first.plus(7 * begin),
                    weeks: HALF.min(weeks_left),
                    room: HALF.min(weeks),
                };
                (half.draw(days, (from, until), &sign))
            }
        }
    }
}

/// As many weeks as stand side by side on a telephone.
struct Half {
    first: Day,
    weeks: i32,
    /// Weeks that there is room for: of two halves, one may be shorter, and both are of the same
    /// scale.
    room: i32,
}

impl Half {
    fn draw(
        &self,
        days: &[PastDay],
        (from, until): (Day, Day),
        sign: &impl Fn(&PastDay) -> Sign,
    ) -> Markup {
        let Half { first, weeks, room } = *self;
        let width = LEFT + PITCH * room;
        let within = |day: &&PastDay| (0..7 * weeks).contains(&day.ruled.day.since(first));
        let days: Vec<&PastDay> = days.iter().filter(within).collect();
        let height = TOP + PITCH * 7;
        let most = format!("max-width:{}px", width * 5 / 4);
        let of = |wanted: Sign| days.iter().filter(|day| sign(day) == wanted).count();
        let drawn = |wanted: Sign| {
            let ((right, down), outline) = shape(wanted);
            let mut path = String::new();
            for day in days.iter().filter(|day| sign(day) == wanted) {
                let after = day.ruled.day.since(first);
                let (x, y) = (PITCH * (after / 7), PITCH * (after % 7));
                // Writing to a string does not fail.
                let _ = write!(path, "M{} {}{outline}", x + right, y + down);
            }
            path
        };
        let view = format!("0 0 {width} {height}");
        html! {
            // Where halves stand below each other, one without days is in the way.
            svg.spare[days.is_empty()] viewBox=(view) style=(most) role="img" {
                title {
                    (long(first.max(from))) " to " (long(until.min(first.plus(7 * weeks - 1)))) ": "
                    (of(Sign::Done)) " done, "
                    (of(Sign::Partly)) " in part, "
                    (of(Sign::Skipped)) " skipped"
                }
                @for (x, month) in names(first, weeks) {
                    text x=(LEFT + PITCH * x) y="9" { (month) }
                }
                @for (row, weekday) in [(0, "Mon"), (2, "Wed"), (4, "Fri")] {
                    text x="0" y=(TOP + PITCH * row + 9) { (weekday) }
                }
                g transform={ "translate(" (LEFT) " " (TOP) ")" } {
                    @for wanted in ALL {
                        @let path = drawn(wanted);
                        @if !path.is_empty() { path class=(class(wanted)) d=(path) {} }
                    }
                }
            }
        }
    }
}

/// The months, each above the week that its first day is in.
fn names(first: Day, weeks: i32) -> Vec<(i32, String)> {
    let named = |week: i32| {
        let sunday = first.plus(7 * week + 6).date();
        (sunday.day() <= 7).then(|| (week, sunday.format("%b").to_string()))
    };
    let mut names: Vec<(i32, String)> = (0..weeks).filter_map(named).collect();
    // The month that the picture begins in, where its name does not touch the next one.
    if names.first().is_none_or(|(week, _)| *week >= 2) {
        names.insert(0, (0, first.date().format("%b").to_string()));
    }
    names.retain(|(week, _)| week + 2 <= weeks);
    names
}

const ALL: [Sign; 6] =
    [Sign::Done, Sign::Partly, Sign::Skipped, Sign::Frozen, Sign::Nothing, Sign::Open];

/// Where a sign begins in its place, and how it goes on from there. Strokes make it larger, and its
/// corners round.
fn shape(sign: Sign) -> ((i32, i32), &'static str) {
    match sign {
        Sign::Done | Sign::Skipped => ((2, 2), "h7v7h-7z"),
        Sign::Partly => ((4, 4), "h3v3h-3z"),
        Sign::Frozen => ((1, 5), "l4.5-4.5 4.5 4.5-4.5 4.5z"),
        Sign::Nothing => ((5, 5), "h.1"),
        Sign::Open => ((2, 5), "a3.5 3.5 0 1 0 7 0 3.5 3.5 0 1 0-7 0"),
    }
}

fn class(sign: Sign) -> &'static str {
    match sign {
        Sign::Done => "done",
        Sign::Partly => "partly",
        Sign::Skipped => "skipped",
        Sign::Frozen => "frozen",
        Sign::Nothing => "nothing",
        Sign::Open => "open",
    }
}

/// What the signs mean, of those that are there.
pub(super) fn legend(days: &[PastDay], sign: impl Fn(&PastDay) -> Sign) -> Markup {
    let words = Sign::LEGEND.into_iter().chain([(Sign::Open, "still open")]);
    let shown = words.filter(|(word, _)| days.iter().any(|day| sign(day) == *word));
    html! {
        ul.legend {
            @for (sign, word) in shown {
                li {
                    svg viewBox="0 0 12 12" aria-hidden="true" {
                        @let ((right, down), outline) = shape(sign);
                        path class=(class(sign)) d={ "M" (right) " " (down) (outline) } {}
                    }
                    (word)
                }
            }
        }
    }
}

/// A line over the days.
pub(super) struct Chart<'a> {
    /// What is seen, for those who do not see it.
    pub(super) title: &'a str,
    pub(super) first: Day,
    pub(super) last: Day,
    /// Names of heights, from 0 to 1.
    pub(super) levels: &'a [(f64, &'a str)],
    /// Days and heights, in pieces where nothing is known in between.
    pub(super) pieces: Vec<Vec<(f64, f64)>>,
    /// Whether each point is worth a dot.
    pub(super) dots: bool,
}

const WIDE: f64 = 1000.0;
const HIGH: f64 = 200.0;

impl Chart<'_> {
    /// Draws it. The names stand outside the picture, so that they keep their size when it is
    /// stretched.
    pub(super) fn draw(&self) -> Markup {
        let mut line = String::new();
        let mut area = String::new();
        let mut dots = String::new();
        for piece in &self.pieces {
            let points: Vec<(i64, i64)> =
                piece.iter().map(|(day, height)| self.place(*day, *height)).collect();
            let (Some(first), Some(last)) = (points.first(), points.last()) else { continue };
            let path: Vec<String> = points.iter().map(|(x, y)| format!("{x} {y}")).collect();
            // Writing to a string does not fail.
            let _ = write!(line, "M{}", path.join("L"));
            let _ = write!(area, "M{} {HIGH}L{}L{} {HIGH}z", first.0, path.join("L"), last.0);
            // A line of no length with round ends is a dot, and stays round when the picture is
            // stretched.
            dots.extend(path.iter().map(|point| format!("M{point}h0")));
        }
        let grid: String =
            self.levels.iter().map(|(height, _)| format!("M0 {}H{WIDE}", rise(*height))).collect();
        html! {
            div.plot {
                svg viewBox={ "0 0 " (WIDE) " " (HIGH) } preserveAspectRatio="none" role="img" {
                    title { (self.title) }
                    path.grid d=(grid) {}
                    @if !self.dots { path.area d=(area) {} }
                    path.line d=(line) {}
                    @if self.dots { path.dots d=(dots) {} }
                }
                @for (height, name) in self.levels {
                    @let top = format!("top:{:.1}%", 100.0 * (1.0 - height));
                    span.level aria-hidden="true" style=(top) { (name) }
                }
                @for (number, (place, name)) in self.ticks().into_iter().enumerate() {
                    @let left = format!("left:{place:.1}%");
                    span.tick.spare[number % 2 == 1] aria-hidden="true" style=(left) { (name) }
                }
            }
        }
    }

    fn place(&self, day: f64, height: f64) -> (i64, i64) {
        ((WIDE * self.share(day)).round() as i64, rise(height))
    }

    /// How far along a day is, from 0 to 1.
    fn share(&self, day: f64) -> f64 {
        let days = f64::from(self.last.since(self.first));
        if days > 0.0 { (day - f64::from(self.first.number())) / days } else { 0.5 }
    }

    /// Dates to name below, and where they stand, in per cent.
    fn ticks(&self) -> Vec<(f64, String)> {
        let days = self.last.since(self.first);
        let (is_named, format): (fn(Day) -> bool, &str) = match days {
            0..=13 => (|_| true, "%-d %b"),
            14..=99 => (|day| day.weekday() == chrono::Weekday::Mon, "%-d %b"),
            100..=800 => (|day| day.date().day() == 1, "%b"),
            _ => (|day| day.date().ordinal() == 1, "%Y"),
        };
        let named: Vec<Day> =
            (0..=days).map(|after| self.first.plus(after)).filter(|day| is_named(*day)).collect();
        // Names need room, however many there are.
        let step = named.len().div_ceil(14).max(1);
        named
            .into_iter()
            .step_by(step)
            .map(|day| {
                (100.0 * self.share(f64::from(day.number())), day.date().format(format).to_string())
            })
            .filter(|(place, _)| *place <= 97.0)
            .collect()
    }
}

fn rise(height: f64) -> i64 {
    (HIGH * (1.0 - height)).round() as i64
}

/// Where days are so many that a line of all of them is no finer than one of some.
const ENOUGH: usize = 370;

/// The strength day by day.
pub(super) fn strength(days: &[PastDay]) -> Vec<Vec<(f64, f64)>> {
    let step = days.len().div_ceil(ENOUGH).max(1);
    // The last day is always there, and the others are counted back from it.
    let some = days
        .iter()
        .rev()
        .step_by(step)
        .map(|day| (f64::from(day.ruled.day.number()), day.ruled.strength));
    vec![some.rev().collect()]
}

/// What a dot of a chart stands for: there are never too many of them.
#[derive(Clone, Copy)]
pub(super) enum Span {
    Day,
    Week,
    Month,
}

impl Span {
    pub(super) fn of(days: &[PastDay]) -> Span {
        match days.len() {
            0..=62 => Span::Day,
            63..=400 => Span::Week,
            _ => Span::Month,
        }
    }

    pub(super) fn dot(self) -> &'static str {
        match self {
            Span::Day => "a day",
            Span::Week => "the average of a week",
            Span::Month => "the average of a month",
        }
    }

    /// The number of the one that a day is in.
    fn number(self, day: Day) -> i32 {
        match self {
            Span::Day => day.number(),
            Span::Week => day.monday().number(),
            Span::Month => day.date().year() * 12 + day.date().month0() as i32,
        }
    }
}

/// Averages of what was told, in pieces where days, weeks or months without any lie between.
pub(super) fn averages(
    days: &[PastDay],
    period: Span,
    value: impl Fn(&Details) -> Option<f64>,
) -> Vec<Vec<(f64, f64)>> {
    let period = |day: &PastDay| period.number(day.ruled.day);
    let mut pieces = vec![Vec::new()];
    for days in days.chunk_by(|day, next| period(day) == period(next)) {
        let told: Vec<f64> = days.iter().filter_map(|day| value(&day.details)).collect();
        let middle =
            f64::from(days[0].ruled.day.number() + days[days.len() - 1].ruled.day.number()) / 2.0;
        if !told.is_empty() {
            let mean = told.iter().sum::<f64>() / told.len() as f64;
            pieces.last_mut().into_iter().for_each(|piece| piece.push((middle, mean)));
        } else if pieces.last().is_some_and(|piece| !piece.is_empty()) {
            pieces.push(Vec::new());
        }
    }
    pieces
}

/// A bar beside a figure, as long as its share of the largest.
pub(super) fn bar(value: u32, most: u32) -> Markup {
    let width = (100.0 * f64::from(value) / f64::from(most.max(1))).max(1.0).round();
    html! {
        svg.bar viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true" {
            rect width=(width) height="10" {}
        }
    }
}

/// "23 November 2026".
pub(super) fn long(day: Day) -> String {
    day.date().format("%-d %B %Y").to_string()
}
