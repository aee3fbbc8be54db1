//! A question whose answer is one of many names: a few letters find it.

use std::time::Instant;

use console::Key;

use super::questions::{Page, Reply, failed, fit, read_line};
use super::style::{Style, visible};
use crate::error::Result;

/// A way round a list whose names are not everybody's.
pub(crate) struct WayRound<'a> {
    /// The first choice, which leaves the question out.
    pub(crate) choice: &'a str,
    /// Said where nothing is called what was typed, and Enter leaves the question out.
    pub(crate) unknown: &'a str,
}

/// A list to pick from.
pub(crate) struct List<'a> {
    pub(crate) question: &'a str,
    pub(crate) names: &'a [&'a str],
    pub(crate) round: Option<WayRound<'a>>,
}

/// Asks for one of the names, by letters and arrows, or by its number where keys do not work. Enter
/// alone leaves it out.
pub(crate) fn pick(page: &mut Page, list: &List<'_>) -> Result<Reply<usize>> {
    let picked = if page.is_plain() { pick_plainly(page, list) } else { pick_by_key(page, list) };
    page.forget_note();
    picked.map_err(|error| failed(&error))
}

fn pick_by_key(page: &mut Page, list: &List<'_>) -> std::io::Result<Reply<usize>> {
    let mut typed = String::new();
    let mut cursor: Option<usize> = None;
    let drawn = Instant::now();
    let _hidden = page.hide_cursor();
    loop {
        let found = list.found(&typed);
        let last = found.len().saturating_sub(1);
        draw(page, list, &typed, &found, cursor)?;
        match page.key()? {
            Key::ArrowDown | Key::Tab if !found.is_empty() => {
                cursor = Some(cursor.map_or(0, |at| if at >= last { 0 } else { at + 1 }));
            }
            Key::ArrowUp | Key::BackTab if !found.is_empty() => {
                cursor = Some(cursor.map_or(last, |at| if at == 0 { last } else { at - 1 }));
            }
            Key::ArrowLeft => return Ok(Reply::Back),
            Key::Escape => return Ok(Reply::Leave),
            Key::Enter if page.is_same_stroke(drawn) => {}
            Key::Enter => match cursor.and_then(|at| found.get(at)) {
                Some(Some(place)) => return Ok(Reply::Answer(*place)),
                Some(None) => return Ok(Reply::Skip),
                None if typed.is_empty() || list.round.is_some() => return Ok(Reply::Skip),
                None => {}
            },
            Key::Backspace => {
                typed.pop();
                cursor = (!typed.is_empty()).then_some(0);
            }
            // Where nothing is found, q is no letter of a name.
            Key::Char('q' | 'Q') if typed.is_empty() || found.is_empty() => {
                return Ok(Reply::Leave);
            }
            Key::Char(c) if !c.is_control() && typed.len() < 60 => {
                typed.push(c);
                cursor = Some(0);
            }
            _ => {}
        }
    }
}

fn draw(
    page: &Page,
    list: &List<'_>,
    typed: &str,
    found: &[Option<usize>],
    cursor: Option<usize>,
) -> std::io::Result<()> {
    let (rows, style) = page.room();
    let mut above = page.heading(style, list.question);
    let written = format!("Type a few letters: {typed}");
    above.push(style.text(&written));
    above.push(String::new());
    let cursor = cursor.map(|at| at.min(found.len().saturating_sub(1)));
    let choices: Vec<String> = found
        .iter()
        .enumerate()
        .map(|(at, place)| choice(list.text(*place), cursor == Some(at), style))
        .collect();
    let mut below = Vec::new();
    if found.is_empty() {
        below.push(style.paragraph(list.unknown(), 0, Style::strong));
    }
    let keys = ["arrows choose", "Enter takes it, or leaves it out", "q leaves"];
    below.push(style.row(&keys, Style::quiet));
    page.put(&fit(rows, &above, &choices, cursor.unwrap_or(0), &below))
}

fn choice(name: &str, here: bool, style: Style) -> String {
    let mark = match (here, style.ascii()) {
        (false, _) => " ",
        (true, true) => ">",
        (true, false) => "›",
    };
    let room = style.measure().saturating_sub(2).max(4);
    let name: String = visible(name).chars().take(room).collect();
    let line = format!("{}{mark} {name}", " ".repeat(style.margin()));
    if here { style.strong(&line) + "\n" } else { line + "\n" }
}

impl<'a> List<'a> {
    /// The places of the names that are found; before anything is typed, the way round comes first.
    fn found(&self, typed: &str) -> Vec<Option<usize>> {
        let round = typed.trim().is_empty() && self.round.is_some();
        let names = found(typed, self.names).into_iter().map(Some);
        round.then_some(None).into_iter().chain(names).collect()
    }

    fn text(&self, place: Option<usize>) -> &'a str {
        match place {
            Some(place) => self.names.get(place).copied().unwrap_or_default(),
            None => self.round.as_ref().map_or("", |round| round.choice),
        }
    }

    fn unknown(&self) -> &'a str {
        self.round.as_ref().map_or("Nothing here is called that.", |round| round.unknown)
    }
}

/// The names that hold every word that was typed, those first that begin with it.
fn found(typed: &str, names: &[&str]) -> Vec<usize> {
    let typed = typed.trim().to_lowercase();
    let holds = |name: &str| typed.split_whitespace().all(|word| name.contains(word));
    let lower: Vec<String> = names.iter().map(|name| name.to_lowercase()).collect();
    let mut found: Vec<usize> = (0..names.len()).filter(|place| holds(&lower[*place])).collect();
    found.sort_by_key(|place| !lower[*place].starts_with(&typed));
    found
}

fn pick_plainly(page: &mut Page, list: &List<'_>) -> std::io::Result<Reply<usize>> {
    let names = list.names;
    let style = page.room().1;
    let mut text = page.heading(style, list.question).concat();
    for (number, name) in (1..).zip(names) {
        text += &style.text(&format!("{number}  {name}"));
    }
    page.write(&format!("\n{text}"))?;
    loop {
        page.write("a number or a name, Enter to leave it out, or q to leave: ")?;
        let Some(line) = read_line()? else { return Ok(Reply::Leave) };
        match line.as_str() {
            "" => return Ok(Reply::Skip),
            "q" => return Ok(Reply::Leave),
            "b" => return Ok(Reply::Back),
            _ => {}
        }
        let number = line.parse::<usize>().ok().and_then(|number| number.checked_sub(1));
        if let Some(place) = number.filter(|place| *place < names.len()) {
            return Ok(Reply::Answer(place));
        }
        match found(&line, names).as_slice() {
            [place] => return Ok(Reply::Answer(*place)),
            [] => page.write(&style.text(list.unknown()))?,
            several => {
                for place in several {
                    let number = place + 1;
                    page.write(&style.text(&format!("{number}  {}", names[*place])))?;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_few_letters_find_a_name_wherever_they_stand_in_it() {
        let names = ["Ireland", "United Kingdom", "United States", "Switzerland"];
        let found = |typed: &str| -> Vec<&str> {
            found(typed, &names).into_iter().map(|place| names[place]).collect()
        };
        assert_eq!(found("uni st"), ["United States"]);
        assert_eq!(found("LAND"), ["Ireland", "Switzerland"]);
        assert_eq!(found("x"), Vec::<&str>::new());
        assert_eq!(found(""), names);
    }
}
