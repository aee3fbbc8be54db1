//! Pictures for the terminal, drawn by ratatui's widgets into a buffer and put out as plain lines.
//!
//! Every picture says the same without colour: signs and heights carry the meaning. Where only
//! ASCII can be shown, each sign has one there.

use anstyle::{AnsiColor, Style as Ansi};
use chrono::Datelike as _;
use ratatui_core::buffer::{Buffer, Cell};
use ratatui_core::layout::{Direction, Rect};
use ratatui_core::style::{Color, Modifier, Style as Paint};
use ratatui_core::symbols::{Marker, bar};
use ratatui_core::text::Line;
use ratatui_core::widgets::Widget;
use ratatui_widgets::barchart::{Bar, BarChart, BarGroup};
use ratatui_widgets::chart::{Axis, Chart, Dataset, GraphType};
use ratatui_widgets::sparkline::{Sparkline, SparklineBar};

use super::style::Style;
use crate::app::period::Period;
use crate::content::strategy_title;
use crate::domain::day::Day;
use crate::domain::progress::PastDay;
use crate::domain::streak::{Letter, Ruling};
use crate::domain::words::{Mood, Strategy, Urge};

/// The widest picture; wider ones are hard to take in.
const WIDEST: usize = 116;

/// The columns that a picture may take.
fn room(style: Style) -> u16 {
    u16::try_from((style.width - 2 * style.margin()).min(WIDEST)).unwrap_or(u16::MAX)
}

/// What a day looks like in the heatmap. Signs differ in how much ink they take, and colours in how
/// bright they are, so that neither eye nor terminal needs to tell hues apart.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Sign {
    Done,
    Partly,
    Skipped,
    Frozen,
    Nothing,
    Open,
}

impl Sign {
    pub(crate) const LEGEND: [(Sign, &'static str); 5] = [
        (Sign::Done, "done"),
        (Sign::Partly, "in part"),
        (Sign::Skipped, "skipped"),
        (Sign::Frozen, "freeze"),
        (Sign::Nothing, "nothing"),
    ];

    pub(crate) fn of(day: &PastDay) -> Sign {
        match (day.letter, day.ruled.ruling) {
            (Some(Letter::Done), _) => Sign::Done,
            (Some(Letter::Partly), _) => Sign::Partly,
            (Some(Letter::Skipped), _) => Sign::Skipped,
            (_, Ruling::Frozen { .. }) => Sign::Frozen,
            (_, Ruling::Open) => Sign::Open,
            _ => Sign::Nothing,
        }
    }

    fn symbol(self, ascii: bool) -> &'static str {
        match (self, ascii) {
            (Sign::Done, false) => "■",
            (Sign::Partly, false) => "▪",
            (Sign::Skipped, false) => "□",
            (Sign::Frozen, false) => "◇",
            (Sign::Nothing, false) => "·",
            (Sign::Open, false) => "○",
            (Sign::Done, true) => "#",
            (Sign::Partly, true) => "+",
            (Sign::Skipped, true) => "s",
            (Sign::Frozen, true) => "f",
            (Sign::Nothing, true) => ".",
            (Sign::Open, true) => "o",
        }
    }

    fn style(self) -> Paint {
        match self {
            Sign::Done => Paint::new().fg(Color::LightCyan),
            Sign::Partly => Paint::new().fg(Color::Cyan),
            Sign::Skipped | Sign::Frozen => Paint::new().fg(Color::Blue),
            Sign::Nothing | Sign::Open => Paint::new().add_modifier(Modifier::DIM),
        }
    }
}

const WEEKDAYS: [&str; 7] = ["Mon", "", "Wed", "", "Fri", "", "Sun"];
/// The columns before the weeks.
const LABELS: usize = 4;

/// The days as a calendar: a column a week, a row a weekday, in as many bands as the window needs.
pub(crate) fn heatmap(past: &Period, style: Style) -> String {
    let room = usize::from(room(style));
    let first = past.from.max(first_day(past)).monday();
    let weeks = usize::try_from(past.until.since(first) / 7 + 1).unwrap_or(1);
    // Two columns a week are easier to read, where there are enough of them.
    let cell = if LABELS + 2 * weeks <= room { 2 } else { 1 };
    let in_band = ((room.saturating_sub(LABELS)) / cell).max(1);
    let mut text = String::new();
    for band in 0..weeks.div_ceil(in_band) {
        let begin = band * in_band;
        if band > 0 {
            text.push('\n');
        }
        text +=
            &weeks_of(past, first.plus(7 * begin as i32), in_band.min(weeks - begin), cell, style);
    }
    text.push('\n');
    let ascii = style.ascii();
    let open = past
        .days
        .last()
        .filter(|day| day.ruled.ruling == Ruling::Open)
        .map(|_| (Sign::Open, "still open"));
    let shown = |sign: &Sign| past.days.iter().any(|day| Sign::of(day) == *sign);
    let legend: Vec<String> = Sign::LEGEND
        .into_iter()
        .chain(open)
        .filter(|(sign, _)| shown(sign))
        .map(|(sign, word)| format!("{} {word}", sign.symbol(ascii)))
        .collect();
    let legend: Vec<&str> = legend.iter().map(String::as_str).collect();
    text + &style.row_apart(&legend, "  ", Style::quiet)
}

fn first_day(past: &Period) -> Day {
    past.days.first().map_or(past.from, |day| day.ruled.day)
}

/// One band of the heatmap.
fn weeks_of(past: &Period, first: Day, weeks: usize, cell: usize, style: Style) -> String {
    // A month that begins in the last week has its name as well.
    let width = (LABELS + weeks * cell + 2).min(usize::from(room(style)));
    let mut buffer = Buffer::empty(Rect::new(0, 0, u16::try_from(width).unwrap_or(u16::MAX), 8));
    let dim = Paint::new().add_modifier(Modifier::DIM);
    // A month is named above the week that its first day is in. The one that the first week ends is
    // left out where its name would reach into the next.
    let sunday = |week: usize| first.plus(7 * week as i32 + 6).date();
    let names: Vec<(usize, String)> = (0..weeks)
        .filter(|week| *week == 0 || sunday(*week).day() <= 7)
        .map(|week| (LABELS + week * cell, sunday(week).format("%b").to_string()))
        .collect();
    let crowded = matches!(names[..], [(first, _), (second, _), ..] if second < first + 4);
    for (x, name) in names.iter().skip(usize::from(crowded)) {
        if x + 3 <= width {
            buffer.set_string(*x as u16, 0, name, dim);
        }
    }
    for (row, label) in (1_u16..).zip(WEEKDAYS) {
        buffer.set_string(0, row, label, dim);
    }
    // The days follow each other, so the band is a slice of them.
    let before = usize::try_from(first.since(first_day(past))).unwrap_or(0);
    let end = usize::try_from(first.plus(7 * weeks as i32).since(first_day(past))).unwrap_or(0);
    for day in &past.days[before.min(past.days.len())..end.min(past.days.len())] {
        let after = usize::try_from(day.ruled.day.since(first)).unwrap_or(0);
        let sign = Sign::of(day);
        let (x, y) = (LABELS + after / 7 * cell, 1 + after % 7);
        buffer.set_string(x as u16, y as u16, sign.symbol(style.ascii()), sign.style());
    }
    lines(&buffer, style)
}

/// The strength as a line over the days.
pub(crate) fn strength(past: &Period, style: Style) -> String {
    let points: Vec<(f64, f64)> = past
        .days
        .iter()
        .map(|day| (f64::from(day.ruled.day.number()), 100.0 * day.ruled.strength))
        .collect();
    let (first, last) = (first_day(past), past.until);
    let line = Paint::new().fg(Color::LightCyan);
    let set = Dataset::default()
        .marker(if style.ascii() { Marker::Dot } else { Marker::Braille })
        .graph_type(GraphType::Line)
        .style(line)
        .data(&points);
    let dim = Paint::new().add_modifier(Modifier::DIM);
    let format = if last.since(first) > 700 { "%Y" } else { "%-d %b" };
    let label = |day: Day| Line::from(day.date().format(format).to_string());
    let middle = first.plus(last.since(first) / 2);
    let ends = if last.since(first) > 14 {
        vec![label(first), label(middle), label(last)]
    } else {
        vec![label(first), label(last)]
    };
    let across = Axis::default()
        .bounds([f64::from(first.number()), f64::from(last.number().max(first.number() + 1))])
        .labels(ends)
        .style(dim);
    let up = Axis::default().bounds([0.0, 100.0]).labels(["0 %", "50 %", "100 %"]).style(dim);
    let chart = Chart::new(vec![set]).x_axis(across).y_axis(up).legend_position(None);
    drawn(chart, room(style), 9, style)
}

/// The mood as a row of bars, higher where it was better.
pub(crate) fn mood(past: &Period, style: Style) -> Option<String> {
    let value = |day: &PastDay| day.details.mood.map(|mood| mood as u64 + 1);
    row_of_bars(past, value, Mood::ALL.len() as u64, style, "very low to good")
}

/// The urge as a row of bars, higher where it was stronger.
pub(crate) fn urge(past: &Period, style: Style) -> Option<String> {
    let value = |day: &PastDay| day.details.urge.map(|urge| urge as u64 + 1);
    row_of_bars(past, value, Urge::ALL.len() as u64, style, "none to strong")
}

/// Days side by side, averaged where there are more of them than columns; `None` where none has a
/// value.
fn row_of_bars(
    past: &Period,
    value: impl Fn(&PastDay) -> Option<u64>,
    most: u64,
    style: Style,
    scale: &str,
) -> Option<String> {
    let first = first_day(past);
    let days = usize::try_from(past.until.since(first) + 1).unwrap_or(1);
    let room = usize::from(room(style));
    let per_bar = days.div_ceil(room);
    let mut sums = vec![(0_u64, 0_u64); days.div_ceil(per_bar)];
    for day in &past.days {
        if let (Ok(after), Some(value)) = (usize::try_from(day.ruled.day.since(first)), value(day))
        {
            let bar = &mut sums[after / per_bar];
            *bar = (bar.0 + value, bar.1 + 1);
        }
    }
    if sums.iter().all(|(_, told)| *told == 0) {
        return None;
    }
    // Eighths of a row are the finest that a bar can show.
    let bars = sums
        .iter()
        .map(|(sum, told)| SparklineBar::from((*told > 0).then(|| sum * 8 / (told * most))));
    let chart = Sparkline::default()
        .data(bars.collect::<Vec<_>>())
        .max(8)
        .bar_set(if style.ascii() { ASCII_BARS } else { bar::NINE_LEVELS })
        .absent_value_symbol(" ")
        .style(Paint::new().fg(Color::LightCyan));
    let mut text = drawn(chart, sums.len() as u16, 1, style);
    let each = match per_bar {
        1 => "a bar a day".to_owned(),
        days => format!("a bar for {days} days"),
    };
    text += &style.paragraph(&format!("{scale}; {each}"), 0, Style::quiet);
    Some(text)
}

const ASCII_BARS: bar::Set<'static> = bar::Set {
    full: "#",
    seven_eighths: "%",
    three_quarters: "*",
    five_eighths: "+",
    half: "=",
    three_eighths: "-",
    one_quarter: ":",
    one_eighth: ".",
    empty: " ",
};

/// How many days each strategy had, the most first.
pub(crate) fn strategies(past: &Period, style: Style) -> String {
    let mut rows: Vec<(Strategy, u32)> = Strategy::ALL
        .iter()
        .map(|strategy| (*strategy, past.totals.strategies[*strategy as usize]))
        .filter(|(_, days)| *days > 0)
        .collect();
    rows.sort_by_key(|(_, days)| std::cmp::Reverse(*days));
    let most = rows.first().map_or(1, |(_, days)| *days);
    let titles = rows
        .iter()
        .map(|(strategy, _)| strategy_title(*strategy).chars().count())
        .max()
        .unwrap_or(0);
    // The figures stand behind the bars, where they can be read whatever the bar looks like.
    let figures = most.to_string().len() + 1;
    let width = usize::from(room(style)).min(titles + 44).saturating_sub(figures);
    // Even one day gets a visible bar, however long the others are.
    let least = most.div_ceil(u32::try_from(width.saturating_sub(titles + 1).max(1)).unwrap_or(1));
    let bars: Vec<Bar<'_>> = rows
        .iter()
        .map(|(strategy, days)| {
            let value = u64::from(*days.max(&least));
            Bar::default().value(value).text_value("").label(Line::from(strategy_title(*strategy)))
        })
        .collect();
    let chart = BarChart::default()
        .direction(Direction::Horizontal)
        .data(BarGroup::default().bars(&bars))
        .bar_gap(0)
        .max(u64::from(most))
        .bar_set(if style.ascii() { ASCII_BARS } else { bar::NINE_LEVELS })
        .bar_style(Paint::new().fg(Color::LightCyan));
    let mut buffer = Buffer::empty(Rect::new(0, 0, width as u16, rows.len() as u16));
    chart.render(buffer.area, &mut buffer);
    let text = lines(&buffer, style);
    text.lines().zip(&rows).map(|(line, (_, days))| format!("{line} {days}\n")).collect()
}

fn drawn(widget: impl Widget, width: u16, height: u16, style: Style) -> String {
    let mut buffer = Buffer::empty(Rect::new(0, 0, width, height));
    widget.render(buffer.area, &mut buffer);
    lines(&buffer, style)
}

/// A buffer as lines of text, with the margin of the page and without anything that ends a line
/// unseen.
fn lines(buffer: &Buffer, style: Style) -> String {
    let width = usize::from(buffer.area.width).max(1);
    let mut text = String::new();
    for row in buffer.content.chunks(width) {
        let end = row.iter().rposition(|cell| cell.symbol() != " ").map_or(0, |last| last + 1);
        let mut line = " ".repeat(if end > 0 { style.margin() } else { 0 });
        for same in row[..end].chunk_by(|one, next| one.style() == next.style()) {
            let signs: String = same.iter().map(|cell| sign(cell, style)).collect();
            line += &painted(&signs, same[0].style(), style);
        }
        text += &line;
        text.push('\n');
    }
    text
}

fn sign(cell: &Cell, style: Style) -> &str {
    match cell.symbol() {
        symbol if !style.ascii() => symbol,
        "•" => "*",
        "│" => "|",
        "─" => "-",
        "└" => "+",
        symbol => symbol,
    }
}

fn painted(text: &str, paint: Paint, style: Style) -> String {
    let color = match paint.fg {
        Some(Color::LightCyan) => Some(AnsiColor::BrightCyan),
        Some(Color::Cyan) => Some(AnsiColor::Cyan),
        Some(Color::Blue) => Some(AnsiColor::Blue),
        _ => None,
    };
    let ansi = Ansi::new().fg_color(color.map(Into::into));
    style.paint(if paint.add_modifier.contains(Modifier::DIM) { ansi.dimmed() } else { ansi }, text)
}
