# Print an optspec for argparse to handle cmd's options that are independent of any subcommand.
function __fish_coach_global_optspecs
    string join \n color= json once peek strategy= h/help V/version
end

function __fish_coach_needs_command
    # Figure out if the current invocation already has a command.
    set -l cmd (commandline -opc)
    set -e cmd[1]
    argparse -s (__fish_coach_global_optspecs) -- $cmd 2>/dev/null
    or return
    if set -q argv[1]
        # Also print the command, so this can be used to figure out what it is.
        echo $argv[1]
        return 1
    end
    return 0
end

function __fish_coach_using_subcommand
    set -l cmd (__fish_coach_needs_command)
    test -z "$cmd"
    and return 1
    contains -- $cmd[1] $argv
end

complete -c coach -n "__fish_coach_needs_command" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c coach -n "__fish_coach_needs_command" -l strategy -d 'Take today\'s prompt from this strategy, if the situation allows it' -r -f -a "reflect\t''
apologize\t''
change\t''
glow-up\t''
trust\t''
memories\t''
space\t''
respect\t''
patience\t''
let-go\t''"
complete -c coach -n "__fish_coach_needs_command" -l json -d 'Print one JSON object'
complete -c coach -n "__fish_coach_needs_command" -l once -d 'Print only on the day\'s first call, for shell start-up files'
complete -c coach -n "__fish_coach_needs_command" -l peek -d 'Write nothing, not even which prompt it is'
complete -c coach -n "__fish_coach_needs_command" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c coach -n "__fish_coach_needs_command" -s V -l version -d 'Print version'
complete -c coach -n "__fish_coach_needs_command" -f -a "today" -d 'Show today\'s prompt'
complete -c coach -n "__fish_coach_needs_command" -f -a "done" -d 'Mark a day as done'
complete -c coach -n "__fish_coach_needs_command" -f -a "note" -d 'Add, change or remove a note without marking the day'
complete -c coach -n "__fish_coach_needs_command" -f -a "forget" -d 'Remove what you wrote on a day from every copy, for good'
complete -c coach -n "__fish_coach_needs_command" -f -a "skip" -d 'Leave a day out without breaking the run'
complete -c coach -n "__fish_coach_needs_command" -f -a "swap" -d 'Get another prompt for today'
complete -c coach -n "__fish_coach_needs_command" -f -a "undo" -d 'Take back the last change'
complete -c coach -n "__fish_coach_needs_command" -f -a "checkin" -d 'Say how you are, and who wrote when'
complete -c coach -n "__fish_coach_needs_command" -f -a "draft" -d 'Have a message or an apology read before you send it'
complete -c coach -n "__fish_coach_needs_command" -f -a "urge" -d 'Put ten minutes between the urge and the phone'
complete -c coach -n "__fish_coach_needs_command" -f -a "setup" -d 'Say where the two of you stand'
complete -c coach -n "__fish_coach_needs_command" -f -a "plan" -d 'See what you work on, step by step, and change it'
complete -c coach -n "__fish_coach_needs_command" -f -a "review" -d 'Look back on the week, or on a month and more'
complete -c coach -n "__fish_coach_needs_command" -f -a "promise" -d 'See your promises, make one, or say what became of it'
complete -c coach -n "__fish_coach_needs_command" -f -a "situation" -d 'See the facts, and what they come to'
complete -c coach -n "__fish_coach_needs_command" -f -a "why" -d 'See why today\'s card is today\'s card'
complete -c coach -n "__fish_coach_needs_command" -f -a "safety" -d 'Find numbers to call'
complete -c coach -n "__fish_coach_needs_command" -f -a "streak" -d 'See where the streak stands'
complete -c coach -n "__fish_coach_needs_command" -f -a "stats" -d 'See how it went, in figures and pictures'
complete -c coach -n "__fish_coach_needs_command" -f -a "report" -d 'Write a report to print, or to take to a counsellor'
complete -c coach -n "__fish_coach_needs_command" -f -a "strategies" -d 'List the strategies, or read about one'
complete -c coach -n "__fish_coach_needs_command" -f -a "history" -d 'Look back on days and notes'
complete -c coach -n "__fish_coach_needs_command" -f -a "ask" -d 'Read an honest answer to a question'
complete -c coach -n "__fish_coach_needs_command" -f -a "check" -d 'Check packs of prompts of your own'
complete -c coach -n "__fish_coach_needs_command" -f -a "notify" -d 'Remind on the desktop, unless today is answered'
complete -c coach -n "__fish_coach_needs_command" -f -a "remind" -d 'Set up the daily reminder, see whether it works, and try it'
complete -c coach -n "__fish_coach_needs_command" -f -a "config" -d 'Show and change settings'
complete -c coach -n "__fish_coach_needs_command" -f -a "wipe" -d 'Remove everything that coach has on this machine'
complete -c coach -n "__fish_coach_needs_command" -f -a "completions" -d 'Print a completion script'
complete -c coach -n "__fish_coach_needs_command" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c coach -n "__fish_coach_using_subcommand today" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c coach -n "__fish_coach_using_subcommand today" -l strategy -d 'Take today\'s prompt from this strategy, if the situation allows it' -r -f -a "reflect\t''
apologize\t''
change\t''
glow-up\t''
trust\t''
memories\t''
space\t''
respect\t''
patience\t''
let-go\t''"
complete -c coach -n "__fish_coach_using_subcommand today" -l json -d 'Print one JSON object'
complete -c coach -n "__fish_coach_using_subcommand today" -l once -d 'Print only on the day\'s first call, for shell start-up files'
complete -c coach -n "__fish_coach_using_subcommand today" -l peek -d 'Write nothing, not even which prompt it is'
complete -c coach -n "__fish_coach_using_subcommand today" -s h -l help -d 'Print help'
complete -c coach -n "__fish_coach_using_subcommand done" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c coach -n "__fish_coach_using_subcommand done" -l note -d 'Add a note; - reads standard input, and without a text your editor opens' -r
complete -c coach -n "__fish_coach_using_subcommand done" -l answer -d 'Your answer to the card\'s question; with --not-yet, what was in the way' -r
complete -c coach -n "__fish_coach_using_subcommand done" -l partly -d 'It was a part of it, and a part counts'
complete -c coach -n "__fish_coach_using_subcommand done" -l not-sent -l not-yet -d 'What the card asked for between the two of you did not come about yet, or was not sent'
complete -c coach -n "__fish_coach_using_subcommand done" -s h -l help -d 'Print help'
complete -c coach -n "__fish_coach_using_subcommand note" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c coach -n "__fish_coach_using_subcommand note" -l replace -d 'Put the text in the place of what is there'
complete -c coach -n "__fish_coach_using_subcommand note" -l remove -d 'Remove what is there'
complete -c coach -n "__fish_coach_using_subcommand note" -s h -l help -d 'Print help'
complete -c coach -n "__fish_coach_using_subcommand forget" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c coach -n "__fish_coach_using_subcommand forget" -l yes -d 'Do not ask; what is removed cannot be brought back'
complete -c coach -n "__fish_coach_using_subcommand forget" -s h -l help -d 'Print help'
complete -c coach -n "__fish_coach_using_subcommand skip" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c coach -n "__fish_coach_using_subcommand skip" -l note -d 'Add a note; - reads standard input, and without a text your editor opens' -r
complete -c coach -n "__fish_coach_using_subcommand skip" -s h -l help -d 'Print help'
complete -c coach -n "__fish_coach_using_subcommand swap" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c coach -n "__fish_coach_using_subcommand swap" -l restore -d 'Let a card come again that was not for you' -r
complete -c coach -n "__fish_coach_using_subcommand swap" -l not-for-me -d 'Do not show the old one again, ever'
complete -c coach -n "__fish_coach_using_subcommand swap" -l list -d 'List the cards that are not for you'
complete -c coach -n "__fish_coach_using_subcommand swap" -s h -l help -d 'Print help'
complete -c coach -n "__fish_coach_using_subcommand undo" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c coach -n "__fish_coach_using_subcommand undo" -l mistaken -d 'Whether a no or a limit that you told today was told by mistake' -r -f -a "yes\t''
no\t''"
complete -c coach -n "__fish_coach_using_subcommand undo" -l list -d 'List what can be taken back, the last change first, and take nothing back'
complete -c coach -n "__fish_coach_using_subcommand undo" -s h -l help -d 'Print help'
complete -c coach -n "__fish_coach_using_subcommand checkin" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c coach -n "__fish_coach_using_subcommand checkin" -l mood -d 'How you feel' -r -f -a "very-low\t''
low\t''
ok\t''
good\t''"
complete -c coach -n "__fish_coach_using_subcommand checkin" -l urge -d 'The pull to reach out' -r -f -a "none\t''
some\t''
strong\t''"
complete -c coach -n "__fish_coach_using_subcommand checkin" -l i-wrote -d 'You wrote to them, today or on that day' -r
complete -c coach -n "__fish_coach_using_subcommand checkin" -l they-wrote -d 'They wrote to you, today or on that day' -r
complete -c coach -n "__fish_coach_using_subcommand checkin" -l they-said -d 'What that was about' -r -f -a "wants-to-talk\t''
only-practical\t''
stop\t''"
complete -c coach -n "__fish_coach_using_subcommand checkin" -l setback -d 'There was a row, or the old thing happened again, today or on that day' -r
complete -c coach -n "__fish_coach_using_subcommand checkin" -l happened -d 'What has happened: the next cards take it into account' -r -f -a "good-moment\t''
quarrel\t''
ill\t''
heavy\t''"
complete -c coach -n "__fish_coach_using_subcommand checkin" -l sorry-taken -d 'What came of a sorry that you have said' -r -f -a "accepted\t''
not-now\t''
no-answer\t''"
complete -c coach -n "__fish_coach_using_subcommand checkin" -s h -l help -d 'Print help'
complete -c coach -n "__fish_coach_using_subcommand draft" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c coach -n "__fish_coach_using_subcommand draft" -l kind -d 'What it is meant to be' -r -f -a "message\t''
apology\t''"
complete -c coach -n "__fish_coach_using_subcommand draft" -l keep -d 'Keep it with your letters, for yourself alone'
complete -c coach -n "__fish_coach_using_subcommand draft" -l json -d 'Print one JSON object'
complete -c coach -n "__fish_coach_using_subcommand draft" -s h -l help -d 'Print help'
complete -c coach -n "__fish_coach_using_subcommand urge" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c coach -n "__fish_coach_using_subcommand urge" -l minutes -d 'How long to wait; 0 asks at once' -r
complete -c coach -n "__fish_coach_using_subcommand urge" -l ended -d 'Say how it ended and wait for nothing' -r -f -a "passed\t''
wrote-down\t''
reached-out\t''
looked-up\t''
went-by\t''"
complete -c coach -n "__fish_coach_using_subcommand urge" -s h -l help -d 'Print help'
complete -c coach -n "__fish_coach_using_subcommand setup" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c coach -n "__fish_coach_using_subcommand setup" -l stage -d 'Where you two are' -r -f -a "no-contact\t''
in-contact\t''
talking\t''
dating\t''
together\t''
well\t''"
complete -c coach -n "__fish_coach_using_subcommand setup" -l wish -d 'What they have said' -r -f -a "open\t''
not-said\t''
unsure\t''
slow\t''
practical-only\t''
space\t''
new-partner\t''
said-no\t''
blocked\t''
legal-order\t''"
complete -c coach -n "__fish_coach_using_subcommand setup" -l who-hurt -d 'Who did the hurting, mostly' -r -f -a "me\t''
them\t''
both\t''
neither\t''
unsure\t''"
complete -c coach -n "__fish_coach_using_subcommand setup" -l cause -d 'What came between you' -r -f -a "argument-pattern\t''
neglect\t''
broken-trust\t''
jealousy-control\t''
outside\t''
values\t''
substance\t''
drift\t''
distance\t''
loss\t''
illness\t''
unclear\t''
other\t''"
complete -c coach -n "__fish_coach_using_subcommand setup" -l repeat -d 'Whether the same serious hurt has happened before' -r -f -a "no\t''
yes\t''"
complete -c coach -n "__fish_coach_using_subcommand setup" -l apology -d 'Your own sorry' -r -f -a "none\t''
made\t''
accepted\t''
rejected\t''
not-needed\t''"
complete -c coach -n "__fish_coach_using_subcommand setup" -l tie -d 'What makes your days cross anyway' -r -f -a "none\t''
children\t''
work\t''
home\t''
friends\t''"
complete -c coach -n "__fish_coach_using_subcommand setup" -l danger -d 'Whether somebody is in danger: feared (they of you), afraid (you of them)' -r -f -a "none\t''
feared\t''
afraid\t''
self-harm\t''"
complete -c coach -n "__fish_coach_using_subcommand setup" -l last-contact -d 'The last day on which you were in touch, both ways' -r
complete -c coach -n "__fish_coach_using_subcommand setup" -l unanswered -d 'How many messages of yours have no answer' -r
complete -c coach -n "__fish_coach_using_subcommand setup" -l watched -d 'Whether somebody who must not know may see what is written to them' -r -f -a "no\t''
yes\t''"
complete -c coach -n "__fish_coach_using_subcommand setup" -l pause-until -d 'The day on which a pause ends that you two have agreed on' -r
complete -c coach -n "__fish_coach_using_subcommand setup" -l they-said -d 'What has happened or was said, where an answer loosens what you told before' -r
complete -c coach -n "__fish_coach_using_subcommand setup" -l in-your-words -d 'What it is about, in one line of your own' -r
complete -c coach -n "__fish_coach_using_subcommand setup" -l matter -d 'What it is about, by its id; at most two. `coach plan matters` lists them' -r
complete -c coach -n "__fish_coach_using_subcommand setup" -l tap -d 'An answer to a question of a matter, as in sorry=made, or a few words where it asks for them' -r
complete -c coach -n "__fish_coach_using_subcommand setup" -l name -d 'What to call the other person; initials will do' -r
complete -c coach -n "__fish_coach_using_subcommand setup" -l pronouns -d 'he, she, they, name-only, or five words of your own' -r
complete -c coach -n "__fish_coach_using_subcommand setup" -l country -d 'Your country, as two letters, for numbers to call' -r
complete -c coach -n "__fish_coach_using_subcommand setup" -l hard-dates -d 'Days that will be hard, as in 02-14 for every year or 2027-03-01 for one day, with commas between them' -r
complete -c coach -n "__fish_coach_using_subcommand setup" -l yes -d 'Ask nothing, and take the safest value for what is missing'
complete -c coach -n "__fish_coach_using_subcommand setup" -s h -l help -d 'Print help'
complete -c coach -n "__fish_coach_using_subcommand plan; and not __fish_seen_subcommand_from list matters start leave event help" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c coach -n "__fish_coach_using_subcommand plan; and not __fish_seen_subcommand_from list matters start leave event help" -l json -d 'Print one JSON object'
complete -c coach -n "__fish_coach_using_subcommand plan; and not __fish_seen_subcommand_from list matters start leave event help" -l full -d 'Show all of it, also where somebody else may look at the screen'
complete -c coach -n "__fish_coach_using_subcommand plan; and not __fish_seen_subcommand_from list matters start leave event help" -s h -l help -d 'Print help'
complete -c coach -n "__fish_coach_using_subcommand plan; and not __fish_seen_subcommand_from list matters start leave event help" -f -a "list" -d 'List every practice there is, or say more of one'
complete -c coach -n "__fish_coach_using_subcommand plan; and not __fish_seen_subcommand_from list matters start leave event help" -f -a "matters" -d 'List what it can be about'
complete -c coach -n "__fish_coach_using_subcommand plan; and not __fish_seen_subcommand_from list matters start leave event help" -f -a "start" -d 'Take a practice in hand'
complete -c coach -n "__fish_coach_using_subcommand plan; and not __fish_seen_subcommand_from list matters start leave event help" -f -a "leave" -d 'Leave a practice: the one in hand, or another'
complete -c coach -n "__fish_coach_using_subcommand plan; and not __fish_seen_subcommand_from list matters start leave event help" -f -a "event" -d 'Name a day ahead: a talk, a meeting, a hearing'
complete -c coach -n "__fish_coach_using_subcommand plan; and not __fish_seen_subcommand_from list matters start leave event help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c coach -n "__fish_coach_using_subcommand plan; and __fish_seen_subcommand_from list" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c coach -n "__fish_coach_using_subcommand plan; and __fish_seen_subcommand_from list" -s h -l help -d 'Print help'
complete -c coach -n "__fish_coach_using_subcommand plan; and __fish_seen_subcommand_from matters" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c coach -n "__fish_coach_using_subcommand plan; and __fish_seen_subcommand_from matters" -s h -l help -d 'Print help'
complete -c coach -n "__fish_coach_using_subcommand plan; and __fish_seen_subcommand_from start" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c coach -n "__fish_coach_using_subcommand plan; and __fish_seen_subcommand_from start" -s h -l help -d 'Print help'
complete -c coach -n "__fish_coach_using_subcommand plan; and __fish_seen_subcommand_from leave" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c coach -n "__fish_coach_using_subcommand plan; and __fish_seen_subcommand_from leave" -s h -l help -d 'Print help'
complete -c coach -n "__fish_coach_using_subcommand plan; and __fish_seen_subcommand_from event" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c coach -n "__fish_coach_using_subcommand plan; and __fish_seen_subcommand_from event" -s h -l help -d 'Print help'
complete -c coach -n "__fish_coach_using_subcommand plan; and __fish_seen_subcommand_from help" -f -a "list" -d 'List every practice there is, or say more of one'
complete -c coach -n "__fish_coach_using_subcommand plan; and __fish_seen_subcommand_from help" -f -a "matters" -d 'List what it can be about'
complete -c coach -n "__fish_coach_using_subcommand plan; and __fish_seen_subcommand_from help" -f -a "start" -d 'Take a practice in hand'
complete -c coach -n "__fish_coach_using_subcommand plan; and __fish_seen_subcommand_from help" -f -a "leave" -d 'Leave a practice: the one in hand, or another'
complete -c coach -n "__fish_coach_using_subcommand plan; and __fish_seen_subcommand_from help" -f -a "event" -d 'Name a day ahead: a talk, a meeting, a hearing'
complete -c coach -n "__fish_coach_using_subcommand plan; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c coach -n "__fish_coach_using_subcommand review" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c coach -n "__fish_coach_using_subcommand review" -l days -d 'The days to look back on; left out, those that today\'s card asks for, or a week' -r -f -a "7\t''
30\t''
60\t''
90\t''"
complete -c coach -n "__fish_coach_using_subcommand review" -l glad -d 'What you are glad you did' -r
complete -c coach -n "__fish_coach_using_subcommand review" -l next -d 'What the next week needs' -r
complete -c coach -n "__fish_coach_using_subcommand review" -l cost -d 'What it costs you' -r
complete -c coach -n "__fish_coach_using_subcommand review" -l deeds -d 'What has moved by deeds, theirs and yours' -r
complete -c coach -n "__fish_coach_using_subcommand review" -l way -d 'What you choose after a month or more' -r -f -a "go-on\t''
rest\t''
let-go\t''"
complete -c coach -n "__fish_coach_using_subcommand review" -l stage -d 'Where you two are, if that has changed' -r -f -a "no-contact\t''
in-contact\t''
talking\t''
dating\t''
together\t''
well\t''"
complete -c coach -n "__fish_coach_using_subcommand review" -l wish -d 'What they have said, if that has changed' -r -f -a "open\t''
not-said\t''
unsure\t''
slow\t''
practical-only\t''
space\t''
new-partner\t''
said-no\t''
blocked\t''
legal-order\t''"
complete -c coach -n "__fish_coach_using_subcommand review" -l apology -d 'Where your own sorry stands, if that has changed' -r -f -a "none\t''
made\t''
accepted\t''
rejected\t''
not-needed\t''"
complete -c coach -n "__fish_coach_using_subcommand review" -l they-said -d 'What has happened, where that loosens what you told before' -r
complete -c coach -n "__fish_coach_using_subcommand review" -l leave -d 'Leave the practice in hand'
complete -c coach -n "__fish_coach_using_subcommand review" -l full -d 'Show all of it, also where somebody else may look at the screen'
complete -c coach -n "__fish_coach_using_subcommand review" -s h -l help -d 'Print help'
complete -c coach -n "__fish_coach_using_subcommand promise; and not __fish_seen_subcommand_from add kept broken drop help" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c coach -n "__fish_coach_using_subcommand promise; and not __fish_seen_subcommand_from add kept broken drop help" -l json -d 'Print one JSON object'
complete -c coach -n "__fish_coach_using_subcommand promise; and not __fish_seen_subcommand_from add kept broken drop help" -l full -d 'Show all of it, also where somebody else may look at the screen'
complete -c coach -n "__fish_coach_using_subcommand promise; and not __fish_seen_subcommand_from add kept broken drop help" -s h -l help -d 'Print help'
complete -c coach -n "__fish_coach_using_subcommand promise; and not __fish_seen_subcommand_from add kept broken drop help" -f -a "add" -d 'Make a promise: something small that you will do'
complete -c coach -n "__fish_coach_using_subcommand promise; and not __fish_seen_subcommand_from add kept broken drop help" -f -a "kept" -d 'Say that you kept one'
complete -c coach -n "__fish_coach_using_subcommand promise; and not __fish_seen_subcommand_from add kept broken drop help" -f -a "broken" -d 'Say that you broke one'
complete -c coach -n "__fish_coach_using_subcommand promise; and not __fish_seen_subcommand_from add kept broken drop help" -f -a "drop" -d 'Take one back; it counts neither way'
complete -c coach -n "__fish_coach_using_subcommand promise; and not __fish_seen_subcommand_from add kept broken drop help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c coach -n "__fish_coach_using_subcommand promise; and __fish_seen_subcommand_from add" -l by -d 'Until when: today, tomorrow, a weekday to come, or a date as in 2026-12-04' -r
complete -c coach -n "__fish_coach_using_subcommand promise; and __fish_seen_subcommand_from add" -l to -d 'Whom you promised it' -r -f -a "them\t''
myself\t''
other\t''"
complete -c coach -n "__fish_coach_using_subcommand promise; and __fish_seen_subcommand_from add" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c coach -n "__fish_coach_using_subcommand promise; and __fish_seen_subcommand_from add" -s h -l help -d 'Print help'
complete -c coach -n "__fish_coach_using_subcommand promise; and __fish_seen_subcommand_from kept" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c coach -n "__fish_coach_using_subcommand promise; and __fish_seen_subcommand_from kept" -s h -l help -d 'Print help'
complete -c coach -n "__fish_coach_using_subcommand promise; and __fish_seen_subcommand_from broken" -l answer -d 'What made it too big' -r
complete -c coach -n "__fish_coach_using_subcommand promise; and __fish_seen_subcommand_from broken" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c coach -n "__fish_coach_using_subcommand promise; and __fish_seen_subcommand_from broken" -s h -l help -d 'Print help'
complete -c coach -n "__fish_coach_using_subcommand promise; and __fish_seen_subcommand_from drop" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c coach -n "__fish_coach_using_subcommand promise; and __fish_seen_subcommand_from drop" -s h -l help -d 'Print help'
complete -c coach -n "__fish_coach_using_subcommand promise; and __fish_seen_subcommand_from help" -f -a "add" -d 'Make a promise: something small that you will do'
complete -c coach -n "__fish_coach_using_subcommand promise; and __fish_seen_subcommand_from help" -f -a "kept" -d 'Say that you kept one'
complete -c coach -n "__fish_coach_using_subcommand promise; and __fish_seen_subcommand_from help" -f -a "broken" -d 'Say that you broke one'
complete -c coach -n "__fish_coach_using_subcommand promise; and __fish_seen_subcommand_from help" -f -a "drop" -d 'Take one back; it counts neither way'
complete -c coach -n "__fish_coach_using_subcommand promise; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c coach -n "__fish_coach_using_subcommand situation" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c coach -n "__fish_coach_using_subcommand situation" -l json -d 'Print one JSON object'
complete -c coach -n "__fish_coach_using_subcommand situation" -l full -d 'Show all of it, also where somebody else may look at the screen'
complete -c coach -n "__fish_coach_using_subcommand situation" -s h -l help -d 'Print help'
complete -c coach -n "__fish_coach_using_subcommand why" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c coach -n "__fish_coach_using_subcommand why" -l full -d 'Show all of it, also where somebody else may look at the screen'
complete -c coach -n "__fish_coach_using_subcommand why" -s h -l help -d 'Print help'
complete -c coach -n "__fish_coach_using_subcommand safety" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c coach -n "__fish_coach_using_subcommand safety" -l country -d 'Another country than the one in your settings, as two letters or in English' -r -f -a "AR\t''
AU\t''
AT\t''
BE\t''
BR\t''
CA\t''
CL\t''
CO\t''
HR\t''
CZ\t''
DK\t''
FI\t''
FR\t''
DE\t''
GR\t''
HU\t''
IS\t''
IN\t''
IE\t''
IL\t''
IT\t''
JP\t''
KE\t''
MY\t''
MX\t''
NL\t''
NZ\t''
NG\t''
NO\t''
PE\t''
PH\t''
PL\t''
PT\t''
RO\t''
SG\t''
SK\t''
SI\t''
ZA\t''
KR\t''
ES\t''
SE\t''
CH\t''
TW\t''
GB\t''
US\t''"
complete -c coach -n "__fish_coach_using_subcommand safety" -l answer -d 'Answer the question that is open about something you wrote' -r -f -a "yes\t''
no\t''"
complete -c coach -n "__fish_coach_using_subcommand safety" -s h -l help -d 'Print help'
complete -c coach -n "__fish_coach_using_subcommand streak" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c coach -n "__fish_coach_using_subcommand streak" -l since -d 'Explain from this day on, and not only the last four weeks' -r
complete -c coach -n "__fish_coach_using_subcommand streak" -l explain -d 'Say which rule applied to each day'
complete -c coach -n "__fish_coach_using_subcommand streak" -l json -d 'Print one JSON object'
complete -c coach -n "__fish_coach_using_subcommand streak" -s h -l help -d 'Print help'
complete -c coach -n "__fish_coach_using_subcommand stats" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c coach -n "__fish_coach_using_subcommand stats" -l year -d 'A calendar year, as in 2026' -r
complete -c coach -n "__fish_coach_using_subcommand stats" -l months -d 'So many months up to today' -r
complete -c coach -n "__fish_coach_using_subcommand stats" -l json -d 'Print one JSON object'
complete -c coach -n "__fish_coach_using_subcommand stats" -l full -d 'Show all of it, also where somebody else may look at the screen'
complete -c coach -n "__fish_coach_using_subcommand stats" -s h -l help -d 'Print help'
complete -c coach -n "__fish_coach_using_subcommand report" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c coach -n "__fish_coach_using_subcommand report" -l year -d 'A calendar year, as in 2026' -r
complete -c coach -n "__fish_coach_using_subcommand report" -l months -d 'So many months up to today' -r
complete -c coach -n "__fish_coach_using_subcommand report" -l notes -d 'Put your notes in; with a text, only those that hold it, as in --notes=walk' -r
complete -c coach -n "__fish_coach_using_subcommand report" -l all -d 'Every day there is'
complete -c coach -n "__fish_coach_using_subcommand report" -l open -d 'Open it when it is written'
complete -c coach -n "__fish_coach_using_subcommand report" -l force -d 'Replace a file that is no earlier report'
complete -c coach -n "__fish_coach_using_subcommand report" -s h -l help -d 'Print help'
complete -c coach -n "__fish_coach_using_subcommand strategies" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c coach -n "__fish_coach_using_subcommand strategies" -s h -l help -d 'Print help'
complete -c coach -n "__fish_coach_using_subcommand history" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c coach -n "__fish_coach_using_subcommand history" -l since -d 'From this day on' -r
complete -c coach -n "__fish_coach_using_subcommand history" -l until -d 'Up to this day' -r
complete -c coach -n "__fish_coach_using_subcommand history" -l strategy -d 'Only days with a prompt from this strategy' -r -f -a "reflect\t''
apologize\t''
change\t''
glow-up\t''
trust\t''
memories\t''
space\t''
respect\t''
patience\t''
let-go\t''"
complete -c coach -n "__fish_coach_using_subcommand history" -l search -d 'Only days whose prompt or note holds this text' -r
complete -c coach -n "__fish_coach_using_subcommand history" -l limit -d 'Only the last so many days' -r
complete -c coach -n "__fish_coach_using_subcommand history" -l json -d 'Print one JSON object'
complete -c coach -n "__fish_coach_using_subcommand history" -l full -d 'Show all of it, also where somebody else may look at the screen'
complete -c coach -n "__fish_coach_using_subcommand history" -s h -l help -d 'Print help'
complete -c coach -n "__fish_coach_using_subcommand ask" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c coach -n "__fish_coach_using_subcommand ask" -s h -l help -d 'Print help'
complete -c coach -n "__fish_coach_using_subcommand check" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c coach -n "__fish_coach_using_subcommand check" -s h -l help -d 'Print help'
complete -c coach -n "__fish_coach_using_subcommand notify" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c coach -n "__fish_coach_using_subcommand notify" -l at -d 'A time of the schedule that runs this; each gets one reminder' -r
complete -c coach -n "__fish_coach_using_subcommand notify" -l days -d 'The days of that schedule, as in mon-fri; on others nothing is caught up [daily]' -r
complete -c coach -n "__fish_coach_using_subcommand notify" -l wait -d 'How long to wait for a desktop that is still starting [2m from a schedule, else 0]' -r
complete -c coach -n "__fish_coach_using_subcommand notify" -l open -d 'How long to keep the notification up; 0 shows it without buttons [2h]' -r
complete -c coach -n "__fish_coach_using_subcommand notify" -l later -d 'How long after "Later" it comes back [1h]' -r
complete -c coach -n "__fish_coach_using_subcommand notify" -l force -d 'Notify even if today is answered or was already reminded of'
complete -c coach -n "__fish_coach_using_subcommand notify" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c coach -n "__fish_coach_using_subcommand remind; and not __fish_seen_subcommand_from on off status test help" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c coach -n "__fish_coach_using_subcommand remind; and not __fish_seen_subcommand_from on off status test help" -s h -l help -d 'Print help'
complete -c coach -n "__fish_coach_using_subcommand remind; and not __fish_seen_subcommand_from on off status test help" -f -a "on" -d 'Install the reminder, or change it'
complete -c coach -n "__fish_coach_using_subcommand remind; and not __fish_seen_subcommand_from on off status test help" -f -a "off" -d 'Remove the reminder, and everything that belongs to it'
complete -c coach -n "__fish_coach_using_subcommand remind; and not __fish_seen_subcommand_from on off status test help" -f -a "status" -d 'See whether the reminder works, when it comes next, and what became of the last one'
complete -c coach -n "__fish_coach_using_subcommand remind; and not __fish_seen_subcommand_from on off status test help" -f -a "test" -d 'Try the reminder, through its scheduler'
complete -c coach -n "__fish_coach_using_subcommand remind; and not __fish_seen_subcommand_from on off status test help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c coach -n "__fish_coach_using_subcommand remind; and __fish_seen_subcommand_from on" -l at -d 'The time, as in 08:30; may be given more than once' -r
complete -c coach -n "__fish_coach_using_subcommand remind; and __fish_seen_subcommand_from on" -l days -d 'The days: daily, mon-fri, or a list as in mon,wed,fri' -r
complete -c coach -n "__fish_coach_using_subcommand remind; and __fish_seen_subcommand_from on" -l via -d 'The scheduler; without it, the one in use or the best that is here' -r -f -a "systemd\t''
cron\t''
launchd\t''
task-scheduler\t''"
complete -c coach -n "__fish_coach_using_subcommand remind; and __fish_seen_subcommand_from on" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c coach -n "__fish_coach_using_subcommand remind; and __fish_seen_subcommand_from on" -l dry-run -d 'Show what would change, and change nothing'
complete -c coach -n "__fish_coach_using_subcommand remind; and __fish_seen_subcommand_from on" -l print -d 'Print all texts, for any scheduler on any system, and change nothing'
complete -c coach -n "__fish_coach_using_subcommand remind; and __fish_seen_subcommand_from on" -l force -d 'Take the program where it is, even if it may soon be gone from there'
complete -c coach -n "__fish_coach_using_subcommand remind; and __fish_seen_subcommand_from on" -l json -d 'Print one JSON object'
complete -c coach -n "__fish_coach_using_subcommand remind; and __fish_seen_subcommand_from on" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c coach -n "__fish_coach_using_subcommand remind; and __fish_seen_subcommand_from off" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c coach -n "__fish_coach_using_subcommand remind; and __fish_seen_subcommand_from off" -l dry-run -d 'Show what would change, and change nothing'
complete -c coach -n "__fish_coach_using_subcommand remind; and __fish_seen_subcommand_from off" -l json -d 'Print one JSON object'
complete -c coach -n "__fish_coach_using_subcommand remind; and __fish_seen_subcommand_from off" -s h -l help -d 'Print help'
complete -c coach -n "__fish_coach_using_subcommand remind; and __fish_seen_subcommand_from status" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c coach -n "__fish_coach_using_subcommand remind; and __fish_seen_subcommand_from status" -l json -d 'Print one JSON object'
complete -c coach -n "__fish_coach_using_subcommand remind; and __fish_seen_subcommand_from status" -s h -l help -d 'Print help (see more with \'--help\')'
complete -c coach -n "__fish_coach_using_subcommand remind; and __fish_seen_subcommand_from test" -l wait -d 'How long to wait for the result [45s]' -r
complete -c coach -n "__fish_coach_using_subcommand remind; and __fish_seen_subcommand_from test" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c coach -n "__fish_coach_using_subcommand remind; and __fish_seen_subcommand_from test" -l direct -d 'Show it from here, without a scheduler'
complete -c coach -n "__fish_coach_using_subcommand remind; and __fish_seen_subcommand_from test" -l json -d 'Print one JSON object'
complete -c coach -n "__fish_coach_using_subcommand remind; and __fish_seen_subcommand_from test" -s h -l help -d 'Print help'
complete -c coach -n "__fish_coach_using_subcommand remind; and __fish_seen_subcommand_from help" -f -a "on" -d 'Install the reminder, or change it'
complete -c coach -n "__fish_coach_using_subcommand remind; and __fish_seen_subcommand_from help" -f -a "off" -d 'Remove the reminder, and everything that belongs to it'
complete -c coach -n "__fish_coach_using_subcommand remind; and __fish_seen_subcommand_from help" -f -a "status" -d 'See whether the reminder works, when it comes next, and what became of the last one'
complete -c coach -n "__fish_coach_using_subcommand remind; and __fish_seen_subcommand_from help" -f -a "test" -d 'Try the reminder, through its scheduler'
complete -c coach -n "__fish_coach_using_subcommand remind; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c coach -n "__fish_coach_using_subcommand config; and not __fish_seen_subcommand_from get set edit path help" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c coach -n "__fish_coach_using_subcommand config; and not __fish_seen_subcommand_from get set edit path help" -s h -l help -d 'Print help'
complete -c coach -n "__fish_coach_using_subcommand config; and not __fish_seen_subcommand_from get set edit path help" -f -a "get" -d 'Print the value of a setting'
complete -c coach -n "__fish_coach_using_subcommand config; and not __fish_seen_subcommand_from get set edit path help" -f -a "set" -d 'Set a value; without one, go back to the default'
complete -c coach -n "__fish_coach_using_subcommand config; and not __fish_seen_subcommand_from get set edit path help" -f -a "edit" -d 'Open the file in your editor'
complete -c coach -n "__fish_coach_using_subcommand config; and not __fish_seen_subcommand_from get set edit path help" -f -a "path" -d 'Print where the file is'
complete -c coach -n "__fish_coach_using_subcommand config; and not __fish_seen_subcommand_from get set edit path help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c coach -n "__fish_coach_using_subcommand config; and __fish_seen_subcommand_from get" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c coach -n "__fish_coach_using_subcommand config; and __fish_seen_subcommand_from get" -s h -l help -d 'Print help'
complete -c coach -n "__fish_coach_using_subcommand config; and __fish_seen_subcommand_from set" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c coach -n "__fish_coach_using_subcommand config; and __fish_seen_subcommand_from set" -s h -l help -d 'Print help'
complete -c coach -n "__fish_coach_using_subcommand config; and __fish_seen_subcommand_from edit" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c coach -n "__fish_coach_using_subcommand config; and __fish_seen_subcommand_from edit" -s h -l help -d 'Print help'
complete -c coach -n "__fish_coach_using_subcommand config; and __fish_seen_subcommand_from path" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c coach -n "__fish_coach_using_subcommand config; and __fish_seen_subcommand_from path" -s h -l help -d 'Print help'
complete -c coach -n "__fish_coach_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "get" -d 'Print the value of a setting'
complete -c coach -n "__fish_coach_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "set" -d 'Set a value; without one, go back to the default'
complete -c coach -n "__fish_coach_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "edit" -d 'Open the file in your editor'
complete -c coach -n "__fish_coach_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "path" -d 'Print where the file is'
complete -c coach -n "__fish_coach_using_subcommand config; and __fish_seen_subcommand_from help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
complete -c coach -n "__fish_coach_using_subcommand wipe" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c coach -n "__fish_coach_using_subcommand wipe" -l yes -d 'Do not ask; what is removed cannot be brought back'
complete -c coach -n "__fish_coach_using_subcommand wipe" -s h -l help -d 'Print help'
complete -c coach -n "__fish_coach_using_subcommand completions" -l color -d 'When to use colour' -r -f -a "auto\t''
always\t''
never\t''"
complete -c coach -n "__fish_coach_using_subcommand completions" -s h -l help -d 'Print help'
complete -c coach -n "__fish_coach_using_subcommand help; and not __fish_seen_subcommand_from today done note forget skip swap undo checkin draft urge setup plan review promise situation why safety streak stats report strategies history ask check notify remind config wipe completions help" -f -a "today" -d 'Show today\'s prompt'
complete -c coach -n "__fish_coach_using_subcommand help; and not __fish_seen_subcommand_from today done note forget skip swap undo checkin draft urge setup plan review promise situation why safety streak stats report strategies history ask check notify remind config wipe completions help" -f -a "done" -d 'Mark a day as done'
complete -c coach -n "__fish_coach_using_subcommand help; and not __fish_seen_subcommand_from today done note forget skip swap undo checkin draft urge setup plan review promise situation why safety streak stats report strategies history ask check notify remind config wipe completions help" -f -a "note" -d 'Add, change or remove a note without marking the day'
complete -c coach -n "__fish_coach_using_subcommand help; and not __fish_seen_subcommand_from today done note forget skip swap undo checkin draft urge setup plan review promise situation why safety streak stats report strategies history ask check notify remind config wipe completions help" -f -a "forget" -d 'Remove what you wrote on a day from every copy, for good'
complete -c coach -n "__fish_coach_using_subcommand help; and not __fish_seen_subcommand_from today done note forget skip swap undo checkin draft urge setup plan review promise situation why safety streak stats report strategies history ask check notify remind config wipe completions help" -f -a "skip" -d 'Leave a day out without breaking the run'
complete -c coach -n "__fish_coach_using_subcommand help; and not __fish_seen_subcommand_from today done note forget skip swap undo checkin draft urge setup plan review promise situation why safety streak stats report strategies history ask check notify remind config wipe completions help" -f -a "swap" -d 'Get another prompt for today'
complete -c coach -n "__fish_coach_using_subcommand help; and not __fish_seen_subcommand_from today done note forget skip swap undo checkin draft urge setup plan review promise situation why safety streak stats report strategies history ask check notify remind config wipe completions help" -f -a "undo" -d 'Take back the last change'
complete -c coach -n "__fish_coach_using_subcommand help; and not __fish_seen_subcommand_from today done note forget skip swap undo checkin draft urge setup plan review promise situation why safety streak stats report strategies history ask check notify remind config wipe completions help" -f -a "checkin" -d 'Say how you are, and who wrote when'
complete -c coach -n "__fish_coach_using_subcommand help; and not __fish_seen_subcommand_from today done note forget skip swap undo checkin draft urge setup plan review promise situation why safety streak stats report strategies history ask check notify remind config wipe completions help" -f -a "draft" -d 'Have a message or an apology read before you send it'
complete -c coach -n "__fish_coach_using_subcommand help; and not __fish_seen_subcommand_from today done note forget skip swap undo checkin draft urge setup plan review promise situation why safety streak stats report strategies history ask check notify remind config wipe completions help" -f -a "urge" -d 'Put ten minutes between the urge and the phone'
complete -c coach -n "__fish_coach_using_subcommand help; and not __fish_seen_subcommand_from today done note forget skip swap undo checkin draft urge setup plan review promise situation why safety streak stats report strategies history ask check notify remind config wipe completions help" -f -a "setup" -d 'Say where the two of you stand'
complete -c coach -n "__fish_coach_using_subcommand help; and not __fish_seen_subcommand_from today done note forget skip swap undo checkin draft urge setup plan review promise situation why safety streak stats report strategies history ask check notify remind config wipe completions help" -f -a "plan" -d 'See what you work on, step by step, and change it'
complete -c coach -n "__fish_coach_using_subcommand help; and not __fish_seen_subcommand_from today done note forget skip swap undo checkin draft urge setup plan review promise situation why safety streak stats report strategies history ask check notify remind config wipe completions help" -f -a "review" -d 'Look back on the week, or on a month and more'
complete -c coach -n "__fish_coach_using_subcommand help; and not __fish_seen_subcommand_from today done note forget skip swap undo checkin draft urge setup plan review promise situation why safety streak stats report strategies history ask check notify remind config wipe completions help" -f -a "promise" -d 'See your promises, make one, or say what became of it'
complete -c coach -n "__fish_coach_using_subcommand help; and not __fish_seen_subcommand_from today done note forget skip swap undo checkin draft urge setup plan review promise situation why safety streak stats report strategies history ask check notify remind config wipe completions help" -f -a "situation" -d 'See the facts, and what they come to'
complete -c coach -n "__fish_coach_using_subcommand help; and not __fish_seen_subcommand_from today done note forget skip swap undo checkin draft urge setup plan review promise situation why safety streak stats report strategies history ask check notify remind config wipe completions help" -f -a "why" -d 'See why today\'s card is today\'s card'
complete -c coach -n "__fish_coach_using_subcommand help; and not __fish_seen_subcommand_from today done note forget skip swap undo checkin draft urge setup plan review promise situation why safety streak stats report strategies history ask check notify remind config wipe completions help" -f -a "safety" -d 'Find numbers to call'
complete -c coach -n "__fish_coach_using_subcommand help; and not __fish_seen_subcommand_from today done note forget skip swap undo checkin draft urge setup plan review promise situation why safety streak stats report strategies history ask check notify remind config wipe completions help" -f -a "streak" -d 'See where the streak stands'
complete -c coach -n "__fish_coach_using_subcommand help; and not __fish_seen_subcommand_from today done note forget skip swap undo checkin draft urge setup plan review promise situation why safety streak stats report strategies history ask check notify remind config wipe completions help" -f -a "stats" -d 'See how it went, in figures and pictures'
complete -c coach -n "__fish_coach_using_subcommand help; and not __fish_seen_subcommand_from today done note forget skip swap undo checkin draft urge setup plan review promise situation why safety streak stats report strategies history ask check notify remind config wipe completions help" -f -a "report" -d 'Write a report to print, or to take to a counsellor'
complete -c coach -n "__fish_coach_using_subcommand help; and not __fish_seen_subcommand_from today done note forget skip swap undo checkin draft urge setup plan review promise situation why safety streak stats report strategies history ask check notify remind config wipe completions help" -f -a "strategies" -d 'List the strategies, or read about one'
complete -c coach -n "__fish_coach_using_subcommand help; and not __fish_seen_subcommand_from today done note forget skip swap undo checkin draft urge setup plan review promise situation why safety streak stats report strategies history ask check notify remind config wipe completions help" -f -a "history" -d 'Look back on days and notes'
complete -c coach -n "__fish_coach_using_subcommand help; and not __fish_seen_subcommand_from today done note forget skip swap undo checkin draft urge setup plan review promise situation why safety streak stats report strategies history ask check notify remind config wipe completions help" -f -a "ask" -d 'Read an honest answer to a question'
complete -c coach -n "__fish_coach_using_subcommand help; and not __fish_seen_subcommand_from today done note forget skip swap undo checkin draft urge setup plan review promise situation why safety streak stats report strategies history ask check notify remind config wipe completions help" -f -a "check" -d 'Check packs of prompts of your own'
complete -c coach -n "__fish_coach_using_subcommand help; and not __fish_seen_subcommand_from today done note forget skip swap undo checkin draft urge setup plan review promise situation why safety streak stats report strategies history ask check notify remind config wipe completions help" -f -a "notify" -d 'Remind on the desktop, unless today is answered'
complete -c coach -n "__fish_coach_using_subcommand help; and not __fish_seen_subcommand_from today done note forget skip swap undo checkin draft urge setup plan review promise situation why safety streak stats report strategies history ask check notify remind config wipe completions help" -f -a "remind" -d 'Set up the daily reminder, see whether it works, and try it'
complete -c coach -n "__fish_coach_using_subcommand help; and not __fish_seen_subcommand_from today done note forget skip swap undo checkin draft urge setup plan review promise situation why safety streak stats report strategies history ask check notify remind config wipe completions help" -f -a "config" -d 'Show and change settings'
complete -c coach -n "__fish_coach_using_subcommand help; and not __fish_seen_subcommand_from today done note forget skip swap undo checkin draft urge setup plan review promise situation why safety streak stats report strategies history ask check notify remind config wipe completions help" -f -a "wipe" -d 'Remove everything that coach has on this machine'
complete -c coach -n "__fish_coach_using_subcommand help; and not __fish_seen_subcommand_from today done note forget skip swap undo checkin draft urge setup plan review promise situation why safety streak stats report strategies history ask check notify remind config wipe completions help" -f -a "completions" -d 'Print a completion script'
complete -c coach -n "__fish_coach_using_subcommand help; and not __fish_seen_subcommand_from today done note forget skip swap undo checkin draft urge setup plan review promise situation why safety streak stats report strategies history ask check notify remind config wipe completions help" -f -a "help" -d 'Print this message or the help of the given subcommand(s)'
