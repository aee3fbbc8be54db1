// Somebody's years with coach, made up and always the same: phases of doing much and doing little, moods that drift.

import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";

export const TODAY = "2026-11-23";

const DAY = 86_400_000;
const CARDS = {
  "space/ride-the-wave": 6, "space/mute-for-a-week": 4, "let-go/three-slow-breaths": 5, "reflect/two-people-with-names": 3,
  "glow-up/your-own-road": 4, "patience/seven-dots": 2, "change/move-one-thing": 2, "respect/who-decides": 1,
};
const NOTES = [
  "A walk by the canal instead. Slept better.",
  "Half of it, on the bus.",
  "It is easier in the mornings, and Sundays are long.",
  "Told my sister that I do not want news of them.",
  "Nothing came of it, and that was all right.\n\nThe second try, after supper, went well.",
  "安静的一天。Nahm mir eine Stunde für mich.",
];
// Markup that would run, load or break out if it were not escaped.
export const HOSTILE =
  `</dd></dl><script>document.title="gone"</script><img src="http://127.0.0.1:9/x.png" onerror="alert(1)"> & "quotes" 'too' \u202eturned`;

/** Writes a state and its history for so many days up to yesterday. */
export function live(folder, days, { told = true, hostile = false } = {}) {
  let dice = 20261123;
  const roll = () => (dice = (dice * 1103515245 + 12345) % 2147483648) / 2147483648;
  const cards = Object.entries(CARDS).flatMap(([card, times]) => Array(times).fill(card));
  const today = Date.parse(TODAY);
  const years = new Map();
  const pages = new Map();
  const first = today - days * DAY;
  const begin = Date.UTC(new Date(first).getUTCFullYear(), 0, 1);
  for (let at = begin; at < today; at += DAY) {
    const date = new Date(at).toISOString().slice(0, 10);
    const [year, month] = [date.slice(0, 4), Number(date.slice(5, 7))];
    const since = (at - first) / DAY;
    const zeal = 0.72 + 0.27 * Math.sin(since / 37) - (since % 190 > 168 ? 0.9 : 0);
    let letter = ".";
    if (at >= first && roll() < zeal) letter = roll() < 0.1 ? "s" : roll() < 0.13 ? "p" : "D";
    if (!years.has(year)) years.set(year, Array(12).fill(""));
    years.get(year)[month - 1] += letter;
    if (at < first || letter === ".") continue;
    const moment = `${date}T21:14:00+01:00`;
    const answer = { D: "done", p: "partly", s: "skipped" }[letter];
    let text = `\n[days.${date}]\npick = { prompt = "${cards[Math.floor(roll() * cards.length)]}", swaps = 0, rev = 1 }\n`;
    text += `answer = { value = "${answer}", at = ${moment}, rev = 1 }\n`;
    if (roll() < 0.45) {
      const drift = Math.min(0.95, 0.35 + since / days / 2.2) + 0.25 * Math.sin(since / 23) - 0.25 * roll();
      const mood = ["very-low", "low", "ok", "good"][Math.max(0, Math.min(3, Math.floor(4 * drift)))];
      const urge = ["strong", "some", "none"][Math.max(0, Math.min(2, Math.floor(3 * (drift + 0.3 * roll()))))];
      text += `mood = { value = "${mood}", at = ${moment}, rev = 1 }\nurge = { value = "${urge}", at = ${moment}, rev = 1 }\n`;
      if (urge === "strong") {
        const ended = ["passed", "passed", "passed", "wrote-down", "reached-out", "looked-up"][Math.floor(roll() * 6)];
        text += `\n[days.${date}.urges]\nu${since} = { at = ${moment}, ended = "${ended}", rev = 1 }\n`;
      }
    }
    if (roll() < 0.12) {
      const note = hostile && at > today - 20 * DAY ? HOSTILE : NOTES[Math.floor(roll() * NOTES.length)];
      text += `\n[days.${date}.notes]\nn${since} = { text = ${JSON.stringify(note)}, at = ${moment}, rev = 1 }\n`;
    }
    pages.set(year, (pages.get(year) ?? "") + text);
  }
  let state = `schema = 1\nstore = "uy8y4yewudwpp"\ngeneration = ${2 * days}\nlast_write = ${new Date(today - DAY).toISOString().slice(0, 10)}\n`;
  if (told) {
    const facts = { stage: "no-contact", wish: "space", danger: "none" };
    state += "\n[facts]\n";
    for (const [fact, value] of Object.entries(facts)) state += `${fact} = { value = "${value}", on = ${TODAY}, rev = 1 }\n`;
  }
  state += "\n[answers]\n";
  for (const [year, months] of years) state += `${year} = """\n${months.filter(Boolean).join("\n")}\n"""\n`;
  mkdirSync(join(folder, "history"), { recursive: true, mode: 0o700 });
  writeFileSync(join(folder, "state.toml"), state);
  for (const [year, text] of pages) writeFileSync(join(folder, "history", `${year}.toml`), text);
}
