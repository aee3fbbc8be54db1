//! The screens: in which life, and after what was typed.

/// The file's name without its ending, what has happened before, and what is typed.
pub(super) struct Screen(
    pub(super) &'static str,
    pub(super) &'static [&'static str],
    pub(super) &'static str,
);

/// Somebody who lied, and has told what the cards may name. The first step is of that day.
const LIED: &str = "setup --yes --danger none --stage together --wish open --who-hurt me \
                    --cause broken-trust --matter i-lied --tap know=they-know \
                    --tap 'lie=loans on the house' --tap on-my-side=Ana --name Sam --pronouns she \
                    --country gb";
/// Somebody who is apart, and to whom nobody has said no.
const APART: &str =
    "setup --yes --danger none --stage no-contact --wish not-said --last-contact 2026-11-01";
/// Two who are together, with nothing special between them.
const TOGETHER: &str = "setup --yes --danger none --stage together --wish open --who-hurt both \
                        --cause neglect --name Sam --pronouns he";
/// A message that presses on nobody, in a file.
const CLEAN: &str =
    "file clean.txt I shouted at you on Sunday, in front of Mia. You looked scared. I am sorry.";
/// One that does, with wide characters and a line that has to be broken.
const PRESSING: &str = "file pressing.txt Sam 💔, im sorry about last night but you always bring it up when im tired. \
                        can we forget it? please answer, i cant sleep 愛 and it is late";
/// A pick that is written down is kept, whatever the dice of another version say.
const SIDE_CARD: &str = "pick change/pin-it-to-the-kettle";

const NOTHING: &[&str] = &[];
const SET_UP: &[&str] = &[LIED];
const TODAY_DONE: &[&str] = &[TOGETHER, SIDE_CARD, "done --note 'It went by.'"];
/// A week of steps, after which a look back comes.
const WEEK_OF_STEPS: &[&str] = &["on 2026-11-16", LIED, "days 16 22"];
/// Three weeks with something of everything, up to the day before.
const WEEKS: &[&str] = &[
    "on 2026-11-01",
    TOGETHER,
    "pick change/pin-it-to-the-kettle",
    "done",
    "on 2026-11-02",
    "pick glow-up/your-own-road",
    "done --partly --note 'Ten minutes of sun.'",
    "checkin --mood low --urge some",
    "on 2026-11-03",
    "pick respect/who-decides",
    "skip",
    "on 2026-11-05",
    "pick glow-up/move-what-moves",
    "done",
    "on 2026-11-06",
    "done",
    "checkin --mood very-low --urge strong",
    "urge --ended passed",
    "on 2026-11-07",
    "done",
    "on 2026-11-08",
    "done",
    "on 2026-11-09",
    "done",
    "checkin --mood ok",
    "on 2026-11-10",
    "done",
    "on 2026-11-11",
    "done",
    "on 2026-11-13",
    "skip",
    "on 2026-11-14",
    "done",
    "on 2026-11-15",
    "done",
    "checkin --mood good --urge none",
    "on 2026-11-17",
    "done",
    "on 2026-11-18",
    "done",
    "urge --ended looked-up",
    "on 2026-11-22",
    "done --partly",
];

/// The card of the day, for people who stand differently.
pub(super) const CARDS: &[Screen] = &[
    Screen("today/not-set-up", NOTHING, "today"),
    Screen("today/a-step-with-details", &["on 2026-11-22", LIED, "today", "done"], "today"),
    Screen(
        "today/a-step-with-a-recall",
        &[
            "on 2026-11-18",
            LIED,
            "days 18 20",
            "on 2026-11-21",
            "today",
            "done --answer 'That I was late because of the bank.'",
            "days 22 22",
        ],
        "today",
    ),
    Screen("today/a-card-that-stands-alone", &[TOGETHER, SIDE_CARD], "today"),
    Screen("today/done", TODAY_DONE, "today"),
    Screen("today/skipped", &[TOGETHER, SIDE_CARD, "skip"], "today"),
    Screen("today/a-look-back", WEEK_OF_STEPS, "today"),
    Screen(
        "today/after-a-break",
        &["on 2026-11-01", TOGETHER, "done", "on 2026-11-23", SIDE_CARD],
        "today",
    ),
    Screen("today/without-a-streak", &[TOGETHER, "config set streak hidden", SIDE_CARD], "today"),
    Screen("today/after-a-no", &["setup --yes --danger none --wish said-no"], "today"),
    Screen("today/afraid", &["setup --yes --danger afraid --country gb"], "today"),
    Screen("today/a-danger-to-them", &["setup --yes --danger feared --country gb"], "today"),
    Screen("today/a-danger-to-oneself", &["setup --yes --danger self-harm --country gb"], "today"),
    Screen(
        "today/controlled",
        &["setup --yes --danger none --stage together --who-hurt them --cause jealousy-control"],
        "today",
    ),
    Screen("today/no-answer", &[APART, "checkin --i-wrote", SIDE_CARD], "today"),
];

/// What a day's commands answer.
pub(super) const MARKS: &[Screen] = &[
    Screen("done/plain", &[TOGETHER, SIDE_CARD], "done"),
    Screen("done/with-an-answer", &[LIED, "today"], "done --answer 'Everything is on the table.'"),
    Screen("done/partly", &[TOGETHER, SIDE_CARD], "done --partly"),
    Screen("done/again", TODAY_DONE, "done"),
    Screen("done/another-day", &[TOGETHER], "done yesterday"),
    Screen("done/a-danger-in-a-note", &[TOGETHER, SIDE_CARD], "done --note 'he hit me again'"),
    Screen("note/added", &[TOGETHER, SIDE_CARD], "note today 'We laughed at supper.'"),
    Screen("note/removed", TODAY_DONE, "note --remove"),
    Screen("note/nothing-to-remove", SET_UP, "note --remove"),
    Screen("wipe/nobody-to-ask", TODAY_DONE, "wipe"),
    Screen("forget/a-note", TODAY_DONE, "forget today --yes"),
    Screen("forget/nothing", SET_UP, "forget today"),
    Screen("forget/nobody-to-ask", TODAY_DONE, "forget today"),
    Screen("skip/plain", &[TOGETHER, SIDE_CARD], "skip"),
    Screen("swap/plain", &[LIED], "swap"),
    Screen("swap/after-the-answer", TODAY_DONE, "swap"),
    Screen("undo/an-answer", TODAY_DONE, "undo"),
    Screen("undo/nothing", NOTHING, "undo"),
    Screen("checkin/low", &[TOGETHER, SIDE_CARD], "checkin --mood low --urge some"),
    Screen("checkin/a-strong-pull", &[APART], "checkin --urge strong"),
    Screen("checkin/i-wrote", &[APART], "checkin --i-wrote yesterday"),
    Screen("checkin/they-wrote", &[APART], "checkin --they-wrote --they-said wants-to-talk"),
    Screen("checkin/they-said-stop", &[APART], "checkin --they-said stop"),
    Screen("checkin/a-setback", &[TOGETHER, SIDE_CARD], "checkin --setback"),
    Screen("draft/clean", &[TOGETHER, CLEAN], "draft clean.txt"),
    Screen("draft/flagged", &[TOGETHER, PRESSING], "draft pressing.txt"),
    Screen("draft/an-apology", &[TOGETHER, CLEAN], "draft --kind apology clean.txt"),
    Screen("draft/json", &[TOGETHER, PRESSING], "draft --json --kind apology pressing.txt"),
    Screen(
        "draft/in-a-pause",
        &["setup --yes --danger none --wish space", CLEAN],
        "draft clean.txt",
    ),
    Screen(
        "draft/after-a-no",
        &["setup --yes --danger none --wish said-no", CLEAN],
        "draft clean.txt",
    ),
    Screen(
        "draft/the-third-message",
        &[APART, "checkin --i-wrote", "checkin --i-wrote", CLEAN],
        "draft clean.txt",
    ),
    Screen("draft/afraid", &["setup --yes --danger afraid --country gb", CLEAN], "draft clean.txt"),
    Screen(
        "draft/a-threat",
        &[TOGETHER, "file pressing.txt You will regret this."],
        "draft pressing.txt",
    ),
    Screen("urge/without-a-terminal", &[APART], "urge"),
    Screen("urge/passed", &[APART], "urge --ended passed"),
    Screen("urge/reached-out", &[APART], "urge --ended reached-out"),
];

/// What was told, what follows from it, and the plan.
pub(super) const SITUATION: &[Screen] = &[
    Screen("setup/a-matter", NOTHING, LIED),
    Screen("setup/nothing-told", NOTHING, "setup --yes"),
    Screen("setup/afraid", NOTHING, "setup --yes --danger afraid --country gb"),
    Screen("setup/two-that-do-not-agree", NOTHING, "setup --stage talking --wish blocked"),
    Screen("situation/not-set-up", NOTHING, "situation"),
    Screen("situation/a-matter", SET_UP, "situation"),
    Screen("situation/after-a-no", &["setup --yes --danger none --wish said-no"], "situation"),
    Screen("why/not-set-up", NOTHING, "why"),
    Screen("why/a-step", SET_UP, "why"),
    Screen("why/a-card-that-stands-alone", &[TOGETHER, SIDE_CARD], "why"),
    Screen("why/after-a-no", &["setup --yes --danger none --wish said-no"], "why"),
    Screen("why/something-was-told-since", &[LIED, "today", "checkin --mood low"], "why"),
    Screen("plan/not-set-up", NOTHING, "plan"),
    Screen(
        "plan/a-matter",
        &["on 2026-11-22", LIED, "today", "done --answer 'The letter.'"],
        "plan",
    ),
    Screen("plan/list", NOTHING, "plan list"),
    Screen("plan/list-one", NOTHING, "plan list whole-sorry"),
    Screen("plan/matters", NOTHING, "plan matters"),
    Screen("plan/start", SET_UP, "plan start one-habit"),
    Screen("plan/leave", SET_UP, "plan leave"),
    Screen("plan/event", SET_UP, "plan event 2026-12-04 'the talk'"),
    Screen("strategies/all", NOTHING, "strategies"),
    Screen("strategies/space", NOTHING, "strategies space"),
    Screen("ask/all", NOTHING, "ask"),
    Screen("ask/a-question", NOTHING, "ask are some hurts too deep"),
    Screen("ask/not-for-coach", NOTHING, "ask how do i make her jealous"),
    Screen("ask/nothing-fits", NOTHING, "ask bicycle"),
    Screen("safety/no-country", NOTHING, "safety"),
    Screen("safety/a-country", NOTHING, "safety --country gb"),
];

/// Somebody who made three promises, kept one and let one go by.
const PROMISES: &[&str] = &[
    "on 2026-11-20",
    TOGETHER,
    "promise add 'Ring the bank' --by 2026-11-21",
    "promise add 'Write down what I owe' --by 2026-11-22",
    "promise add 'Call Sam on Tuesday' --by 2026-11-24 --to them",
    "promise kept 1",
];

/// Promises of the user's own.
pub(super) const PROMISE: &[Screen] = &[
    Screen("promise/none", NOTHING, "promise"),
    Screen("promise/some", PROMISES, "promise"),
    Screen("promise/add", SET_UP, "promise add 'Ring the bank' --by 2026-11-24"),
    Screen("promise/kept", PROMISES, "promise kept 2"),
    Screen("promise/broken", PROMISES, "promise broken 1 --answer 'It was too much for a day.'"),
    Screen("promise/drop", PROMISES, "promise drop 1"),
    Screen("promise/a-number-that-is-none", SET_UP, "promise kept 7"),
];

/// Looking back.
pub(super) const PAST: &[Screen] = &[
    Screen("streak/no-day", NOTHING, "streak"),
    Screen("streak/weeks", WEEKS, "streak"),
    Screen("streak/explained", WEEKS, "streak --explain"),
    Screen("stats/no-day", NOTHING, "stats"),
    Screen("stats/weeks", WEEKS, "stats --months 2"),
    Screen("history/no-day", NOTHING, "history"),
    Screen("history/weeks", WEEKS, "history"),
    Screen("review/a-week", WEEK_OF_STEPS, "review"),
    Screen("review/a-month", WEEKS, "review --days 30"),
    Screen(
        "review/answered",
        WEEK_OF_STEPS,
        "review --glad 'We talked.' --next 'Two quiet evenings.'",
    ),
    Screen("review/a-stop", &["setup --yes --danger afraid"], "review"),
    Screen("report/written", WEEKS, "report"),
    Screen("report/with-notes", WEEKS, "report --notes"),
    Screen("report/no-day", NOTHING, "report"),
];

/// Settings, packs and a reminder that cannot be shown.
pub(super) const AROUND: &[Screen] = &[
    Screen("config/all", &["config set name Sam"], "config"),
    Screen("config/get", NOTHING, "config get day_start"),
    Screen("config/set", NOTHING, "config set streak hidden"),
    Screen("check/no-packs", NOTHING, "check"),
    Screen("check/a-mistake", &["pack"], "check"),
    Screen("notify/no-desktop", NOTHING, "notify --force"),
];

/// What cannot be done. It is said in lines that are not broken, and without colour.
pub(super) const ERRORS: &[Screen] = &[
    Screen("errors/an-unknown-command", NOTHING, "tody"),
    Screen("errors/an-unknown-flag", NOTHING, "today --jsn"),
    Screen("errors/a-value-that-is-none", NOTHING, "checkin --mood great"),
    Screen("errors/a-day-to-come", NOTHING, "done 2026-12-24"),
    Screen("errors/a-day-long-ago", NOTHING, "done 2026-10-01"),
    Screen("errors/no-terminal-to-ask-on", NOTHING, "setup"),
    Screen("errors/a-strategy-that-is-held-back", SET_UP, "today --strategy memories"),
    Screen(
        "errors/a-no-is-not-lifted-unexplained",
        &[APART, "setup --wish said-no"],
        "setup --wish open",
    ),
];

/// The name of a screen, whether the reminder is on before, and what is typed.
#[cfg(target_os = "linux")]
pub(super) const REMINDERS: &[(&str, bool, &str)] = &[
    ("status-off", false, "remind status"),
    ("status-on", true, "remind status"),
    ("on", false, "remind on --force --at 08:30"),
    ("on-dry-run", false, "remind on --force --at 08:30 --dry-run"),
    ("off", true, "remind off"),
    ("off-dry-run", true, "remind off --dry-run"),
];
