
use builtin;
use str;

set edit:completion:arg-completer[coach] = {|@words|
    fn spaces {|n|
        builtin:repeat $n ' ' | str:join ''
    }
    fn cand {|text desc|
        edit:complex-candidate $text &display=$text' '(spaces (- 14 (wcswidth $text)))$desc
    }
    var command = 'coach'
    for word $words[1..-1] {
        if (str:has-prefix $word '-') {
            break
        }
        set command = $command';'$word
    }
    var completions = [
        &'coach'= {
            cand --color 'When to use colour'
            cand --strategy 'Take today''s prompt from this strategy, if the situation allows it'
            cand --json 'Print one JSON object'
            cand --once 'Print only on the day''s first call, for shell start-up files'
            cand --peek 'Write nothing, not even which prompt it is'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
            cand -V 'Print version'
            cand --version 'Print version'
            cand today 'Show today''s prompt'
            cand done 'Mark a day as done'
            cand note 'Add, change or remove a note without marking the day'
            cand forget 'Remove what you wrote on a day from every copy, for good'
            cand skip 'Leave a day out without breaking the run'
            cand swap 'Get another prompt for today'
            cand undo 'Take back the last change'
            cand checkin 'Say how you are, and who wrote when'
            cand draft 'Have a message or an apology read before you send it'
            cand urge 'Put ten minutes between the urge and the phone'
            cand setup 'Say where the two of you stand'
            cand plan 'See what you work on, step by step, and change it'
            cand review 'Look back on the week, or on a month and more'
            cand promise 'See your promises, make one, or say what became of it'
            cand situation 'See the facts, and what they come to'
            cand why 'See why today''s card is today''s card'
            cand safety 'Find numbers to call'
            cand streak 'See where the streak stands'
            cand stats 'See how it went, in figures and pictures'
            cand report 'Write a report to print, or to take to a counsellor'
            cand strategies 'List the strategies, or read about one'
            cand history 'Look back on days and notes'
            cand ask 'Read an honest answer to a question'
            cand check 'Check packs of prompts of your own'
            cand notify 'Remind on the desktop, unless today is answered'
            cand remind 'Set up the daily reminder, see whether it works, and try it'
            cand config 'Show and change settings'
            cand wipe 'Remove everything that coach has on this machine'
            cand completions 'Print a completion script'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'coach;today'= {
            cand --color 'When to use colour'
            cand --strategy 'Take today''s prompt from this strategy, if the situation allows it'
            cand --json 'Print one JSON object'
            cand --once 'Print only on the day''s first call, for shell start-up files'
            cand --peek 'Write nothing, not even which prompt it is'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'coach;done'= {
            cand --color 'When to use colour'
            cand --note 'Add a note; - reads standard input, and without a text your editor opens'
            cand --answer 'Your answer to the card''s question; with --not-yet, what was in the way'
            cand --partly 'It was a part of it, and a part counts'
            cand --not-sent 'What the card asked for between the two of you did not come about yet, or was not sent'
            cand --not-yet 'What the card asked for between the two of you did not come about yet, or was not sent'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'coach;note'= {
            cand --color 'When to use colour'
            cand --replace 'Put the text in the place of what is there'
            cand --remove 'Remove what is there'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'coach;forget'= {
            cand --color 'When to use colour'
            cand --yes 'Do not ask; what is removed cannot be brought back'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'coach;skip'= {
            cand --color 'When to use colour'
            cand --note 'Add a note; - reads standard input, and without a text your editor opens'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'coach;swap'= {
            cand --color 'When to use colour'
            cand --restore 'Let a card come again that was not for you'
            cand --not-for-me 'Do not show the old one again, ever'
            cand --list 'List the cards that are not for you'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'coach;undo'= {
            cand --color 'When to use colour'
            cand --mistaken 'Whether a no or a limit that you told today was told by mistake'
            cand --list 'List what can be taken back, the last change first, and take nothing back'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'coach;checkin'= {
            cand --color 'When to use colour'
            cand --mood 'How you feel'
            cand --urge 'The pull to reach out'
            cand --i-wrote 'You wrote to them, today or on that day'
            cand --they-wrote 'They wrote to you, today or on that day'
            cand --they-said 'What that was about'
            cand --setback 'There was a row, or the old thing happened again, today or on that day'
            cand --happened 'What has happened: the next cards take it into account'
            cand --sorry-taken 'What came of a sorry that you have said'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'coach;draft'= {
            cand --color 'When to use colour'
            cand --kind 'What it is meant to be'
            cand --keep 'Keep it with your letters, for yourself alone'
            cand --json 'Print one JSON object'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'coach;urge'= {
            cand --color 'When to use colour'
            cand --minutes 'How long to wait; 0 asks at once'
            cand --ended 'Say how it ended and wait for nothing'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'coach;setup'= {
            cand --color 'When to use colour'
            cand --stage 'Where you two are'
            cand --wish 'What they have said'
            cand --who-hurt 'Who did the hurting, mostly'
            cand --cause 'What came between you'
            cand --repeat 'Whether the same serious hurt has happened before'
            cand --apology 'Your own sorry'
            cand --tie 'What makes your days cross anyway'
            cand --danger 'Whether somebody is in danger: feared (they of you), afraid (you of them)'
            cand --last-contact 'The last day on which you were in touch, both ways'
            cand --unanswered 'How many messages of yours have no answer'
            cand --watched 'Whether somebody who must not know may see what is written to them'
            cand --pause-until 'The day on which a pause ends that you two have agreed on'
            cand --they-said 'What has happened or was said, where an answer loosens what you told before'
            cand --in-your-words 'What it is about, in one line of your own'
            cand --matter 'What it is about, by its id; at most two. `coach plan matters` lists them'
            cand --tap 'An answer to a question of a matter, as in sorry=made, or a few words where it asks for them'
            cand --name 'What to call the other person; initials will do'
            cand --pronouns 'he, she, they, name-only, or five words of your own'
            cand --country 'Your country, as two letters, for numbers to call'
            cand --hard-dates 'Days that will be hard, as in 02-14 for every year or 2027-03-01 for one day, with commas between them'
            cand --yes 'Ask nothing, and take the safest value for what is missing'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'coach;plan'= {
            cand --color 'When to use colour'
            cand --json 'Print one JSON object'
            cand --full 'Show all of it, also where somebody else may look at the screen'
            cand -h 'Print help'
            cand --help 'Print help'
            cand list 'List every practice there is, or say more of one'
            cand matters 'List what it can be about'
            cand start 'Take a practice in hand'
            cand leave 'Leave a practice: the one in hand, or another'
            cand event 'Name a day ahead: a talk, a meeting, a hearing'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'coach;plan;list'= {
            cand --color 'When to use colour'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'coach;plan;matters'= {
            cand --color 'When to use colour'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'coach;plan;start'= {
            cand --color 'When to use colour'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'coach;plan;leave'= {
            cand --color 'When to use colour'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'coach;plan;event'= {
            cand --color 'When to use colour'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'coach;plan;help'= {
            cand list 'List every practice there is, or say more of one'
            cand matters 'List what it can be about'
            cand start 'Take a practice in hand'
            cand leave 'Leave a practice: the one in hand, or another'
            cand event 'Name a day ahead: a talk, a meeting, a hearing'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'coach;plan;help;list'= {
        }
        &'coach;plan;help;matters'= {
        }
        &'coach;plan;help;start'= {
        }
        &'coach;plan;help;leave'= {
        }
        &'coach;plan;help;event'= {
        }
        &'coach;plan;help;help'= {
        }
        &'coach;review'= {
            cand --color 'When to use colour'
            cand --days 'The days to look back on; left out, those that today''s card asks for, or a week'
            cand --glad 'What you are glad you did'
            cand --next 'What the next week needs'
            cand --cost 'What it costs you'
            cand --deeds 'What has moved by deeds, theirs and yours'
            cand --way 'What you choose after a month or more'
            cand --stage 'Where you two are, if that has changed'
            cand --wish 'What they have said, if that has changed'
            cand --apology 'Where your own sorry stands, if that has changed'
            cand --they-said 'What has happened, where that loosens what you told before'
            cand --leave 'Leave the practice in hand'
            cand --full 'Show all of it, also where somebody else may look at the screen'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'coach;promise'= {
            cand --color 'When to use colour'
            cand --json 'Print one JSON object'
            cand --full 'Show all of it, also where somebody else may look at the screen'
            cand -h 'Print help'
            cand --help 'Print help'
            cand add 'Make a promise: something small that you will do'
            cand kept 'Say that you kept one'
            cand broken 'Say that you broke one'
            cand drop 'Take one back; it counts neither way'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'coach;promise;add'= {
            cand --by 'Until when: today, tomorrow, a weekday to come, or a date as in 2026-12-04'
            cand --to 'Whom you promised it'
            cand --color 'When to use colour'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'coach;promise;kept'= {
            cand --color 'When to use colour'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'coach;promise;broken'= {
            cand --answer 'What made it too big'
            cand --color 'When to use colour'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'coach;promise;drop'= {
            cand --color 'When to use colour'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'coach;promise;help'= {
            cand add 'Make a promise: something small that you will do'
            cand kept 'Say that you kept one'
            cand broken 'Say that you broke one'
            cand drop 'Take one back; it counts neither way'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'coach;promise;help;add'= {
        }
        &'coach;promise;help;kept'= {
        }
        &'coach;promise;help;broken'= {
        }
        &'coach;promise;help;drop'= {
        }
        &'coach;promise;help;help'= {
        }
        &'coach;situation'= {
            cand --color 'When to use colour'
            cand --json 'Print one JSON object'
            cand --full 'Show all of it, also where somebody else may look at the screen'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'coach;why'= {
            cand --color 'When to use colour'
            cand --full 'Show all of it, also where somebody else may look at the screen'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'coach;safety'= {
            cand --color 'When to use colour'
            cand --country 'Another country than the one in your settings, as two letters or in English'
            cand --answer 'Answer the question that is open about something you wrote'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'coach;streak'= {
            cand --color 'When to use colour'
            cand --since 'Explain from this day on, and not only the last four weeks'
            cand --explain 'Say which rule applied to each day'
            cand --json 'Print one JSON object'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'coach;stats'= {
            cand --color 'When to use colour'
            cand --year 'A calendar year, as in 2026'
            cand --months 'So many months up to today'
            cand --json 'Print one JSON object'
            cand --full 'Show all of it, also where somebody else may look at the screen'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'coach;report'= {
            cand --color 'When to use colour'
            cand --year 'A calendar year, as in 2026'
            cand --months 'So many months up to today'
            cand --notes 'Put your notes in; with a text, only those that hold it, as in --notes=walk'
            cand --all 'Every day there is'
            cand --open 'Open it when it is written'
            cand --force 'Replace a file that is no earlier report'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'coach;strategies'= {
            cand --color 'When to use colour'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'coach;history'= {
            cand --color 'When to use colour'
            cand --since 'From this day on'
            cand --until 'Up to this day'
            cand --strategy 'Only days with a prompt from this strategy'
            cand --search 'Only days whose prompt or note holds this text'
            cand --limit 'Only the last so many days'
            cand --json 'Print one JSON object'
            cand --full 'Show all of it, also where somebody else may look at the screen'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'coach;ask'= {
            cand --color 'When to use colour'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'coach;check'= {
            cand --color 'When to use colour'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'coach;notify'= {
            cand --color 'When to use colour'
            cand --at 'A time of the schedule that runs this; each gets one reminder'
            cand --days 'The days of that schedule, as in mon-fri; on others nothing is caught up [daily]'
            cand --wait 'How long to wait for a desktop that is still starting [2m from a schedule, else 0]'
            cand --open 'How long to keep the notification up; 0 shows it without buttons [2h]'
            cand --later 'How long after "Later" it comes back [1h]'
            cand --force 'Notify even if today is answered or was already reminded of'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'coach;remind'= {
            cand --color 'When to use colour'
            cand -h 'Print help'
            cand --help 'Print help'
            cand on 'Install the reminder, or change it'
            cand off 'Remove the reminder, and everything that belongs to it'
            cand status 'See whether the reminder works, when it comes next, and what became of the last one'
            cand test 'Try the reminder, through its scheduler'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'coach;remind;on'= {
            cand --at 'The time, as in 08:30; may be given more than once'
            cand --days 'The days: daily, mon-fri, or a list as in mon,wed,fri'
            cand --via 'The scheduler; without it, the one in use or the best that is here'
            cand --color 'When to use colour'
            cand --dry-run 'Show what would change, and change nothing'
            cand --print 'Print all texts, for any scheduler on any system, and change nothing'
            cand --force 'Take the program where it is, even if it may soon be gone from there'
            cand --json 'Print one JSON object'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'coach;remind;off'= {
            cand --color 'When to use colour'
            cand --dry-run 'Show what would change, and change nothing'
            cand --json 'Print one JSON object'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'coach;remind;status'= {
            cand --color 'When to use colour'
            cand --json 'Print one JSON object'
            cand -h 'Print help (see more with ''--help'')'
            cand --help 'Print help (see more with ''--help'')'
        }
        &'coach;remind;test'= {
            cand --wait 'How long to wait for the result [45s]'
            cand --color 'When to use colour'
            cand --direct 'Show it from here, without a scheduler'
            cand --json 'Print one JSON object'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'coach;remind;help'= {
            cand on 'Install the reminder, or change it'
            cand off 'Remove the reminder, and everything that belongs to it'
            cand status 'See whether the reminder works, when it comes next, and what became of the last one'
            cand test 'Try the reminder, through its scheduler'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'coach;remind;help;on'= {
        }
        &'coach;remind;help;off'= {
        }
        &'coach;remind;help;status'= {
        }
        &'coach;remind;help;test'= {
        }
        &'coach;remind;help;help'= {
        }
        &'coach;config'= {
            cand --color 'When to use colour'
            cand -h 'Print help'
            cand --help 'Print help'
            cand get 'Print the value of a setting'
            cand set 'Set a value; without one, go back to the default'
            cand edit 'Open the file in your editor'
            cand path 'Print where the file is'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'coach;config;get'= {
            cand --color 'When to use colour'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'coach;config;set'= {
            cand --color 'When to use colour'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'coach;config;edit'= {
            cand --color 'When to use colour'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'coach;config;path'= {
            cand --color 'When to use colour'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'coach;config;help'= {
            cand get 'Print the value of a setting'
            cand set 'Set a value; without one, go back to the default'
            cand edit 'Open the file in your editor'
            cand path 'Print where the file is'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'coach;config;help;get'= {
        }
        &'coach;config;help;set'= {
        }
        &'coach;config;help;edit'= {
        }
        &'coach;config;help;path'= {
        }
        &'coach;config;help;help'= {
        }
        &'coach;wipe'= {
            cand --color 'When to use colour'
            cand --yes 'Do not ask; what is removed cannot be brought back'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'coach;completions'= {
            cand --color 'When to use colour'
            cand -h 'Print help'
            cand --help 'Print help'
        }
        &'coach;help'= {
            cand today 'Show today''s prompt'
            cand done 'Mark a day as done'
            cand note 'Add, change or remove a note without marking the day'
            cand forget 'Remove what you wrote on a day from every copy, for good'
            cand skip 'Leave a day out without breaking the run'
            cand swap 'Get another prompt for today'
            cand undo 'Take back the last change'
            cand checkin 'Say how you are, and who wrote when'
            cand draft 'Have a message or an apology read before you send it'
            cand urge 'Put ten minutes between the urge and the phone'
            cand setup 'Say where the two of you stand'
            cand plan 'See what you work on, step by step, and change it'
            cand review 'Look back on the week, or on a month and more'
            cand promise 'See your promises, make one, or say what became of it'
            cand situation 'See the facts, and what they come to'
            cand why 'See why today''s card is today''s card'
            cand safety 'Find numbers to call'
            cand streak 'See where the streak stands'
            cand stats 'See how it went, in figures and pictures'
            cand report 'Write a report to print, or to take to a counsellor'
            cand strategies 'List the strategies, or read about one'
            cand history 'Look back on days and notes'
            cand ask 'Read an honest answer to a question'
            cand check 'Check packs of prompts of your own'
            cand notify 'Remind on the desktop, unless today is answered'
            cand remind 'Set up the daily reminder, see whether it works, and try it'
            cand config 'Show and change settings'
            cand wipe 'Remove everything that coach has on this machine'
            cand completions 'Print a completion script'
            cand help 'Print this message or the help of the given subcommand(s)'
        }
        &'coach;help;today'= {
        }
        &'coach;help;done'= {
        }
        &'coach;help;note'= {
        }
        &'coach;help;forget'= {
        }
        &'coach;help;skip'= {
        }
        &'coach;help;swap'= {
        }
        &'coach;help;undo'= {
        }
        &'coach;help;checkin'= {
        }
        &'coach;help;draft'= {
        }
        &'coach;help;urge'= {
        }
        &'coach;help;setup'= {
        }
        &'coach;help;plan'= {
        }
        &'coach;help;review'= {
        }
        &'coach;help;promise'= {
        }
        &'coach;help;situation'= {
        }
        &'coach;help;why'= {
        }
        &'coach;help;safety'= {
        }
        &'coach;help;streak'= {
        }
        &'coach;help;stats'= {
        }
        &'coach;help;report'= {
        }
        &'coach;help;strategies'= {
        }
        &'coach;help;history'= {
        }
        &'coach;help;ask'= {
        }
        &'coach;help;check'= {
        }
        &'coach;help;notify'= {
        }
        &'coach;help;remind'= {
        }
        &'coach;help;config'= {
        }
        &'coach;help;wipe'= {
        }
        &'coach;help;completions'= {
        }
        &'coach;help;help'= {
        }
    ]
    $completions[$command]
}
