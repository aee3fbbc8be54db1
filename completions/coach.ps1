
using namespace System.Management.Automation
using namespace System.Management.Automation.Language

Register-ArgumentCompleter -Native -CommandName 'coach' -ScriptBlock {
    param($wordToComplete, $commandAst, $cursorPosition)

    $commandElements = $commandAst.CommandElements
    $command = @(
        'coach'
        for ($i = 1; $i -lt $commandElements.Count; $i++) {
            $element = $commandElements[$i]
            if ($element -isnot [StringConstantExpressionAst] -or
                $element.StringConstantType -ne [StringConstantType]::BareWord -or
                $element.Value.StartsWith('-') -or
                $element.Value -eq $wordToComplete) {
                break
        }
        $element.Value
    }) -join ';'

    $completions = @(switch ($command) {
        'coach' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--strategy', '--strategy', [CompletionResultType]::ParameterName, 'Take today''s prompt from this strategy, if the situation allows it')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON object')
            [CompletionResult]::new('--once', '--once', [CompletionResultType]::ParameterName, 'Print only on the day''s first call, for shell start-up files')
            [CompletionResult]::new('--peek', '--peek', [CompletionResultType]::ParameterName, 'Write nothing, not even which prompt it is')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('-V', '-V ', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('--version', '--version', [CompletionResultType]::ParameterName, 'Print version')
            [CompletionResult]::new('today', 'today', [CompletionResultType]::ParameterValue, 'Show today''s prompt')
            [CompletionResult]::new('done', 'done', [CompletionResultType]::ParameterValue, 'Mark a day as done')
            [CompletionResult]::new('note', 'note', [CompletionResultType]::ParameterValue, 'Add, change or remove a note without marking the day')
            [CompletionResult]::new('forget', 'forget', [CompletionResultType]::ParameterValue, 'Remove what you wrote on a day from every copy, for good')
            [CompletionResult]::new('skip', 'skip', [CompletionResultType]::ParameterValue, 'Leave a day out without breaking the run')
            [CompletionResult]::new('swap', 'swap', [CompletionResultType]::ParameterValue, 'Get another prompt for today')
            [CompletionResult]::new('undo', 'undo', [CompletionResultType]::ParameterValue, 'Take back the last change')
            [CompletionResult]::new('checkin', 'checkin', [CompletionResultType]::ParameterValue, 'Say how you are, and who wrote when')
            [CompletionResult]::new('draft', 'draft', [CompletionResultType]::ParameterValue, 'Have a message or an apology read before you send it')
            [CompletionResult]::new('urge', 'urge', [CompletionResultType]::ParameterValue, 'Put ten minutes between the urge and the phone')
            [CompletionResult]::new('setup', 'setup', [CompletionResultType]::ParameterValue, 'Say where the two of you stand')
            [CompletionResult]::new('plan', 'plan', [CompletionResultType]::ParameterValue, 'See what you work on, step by step, and change it')
            [CompletionResult]::new('review', 'review', [CompletionResultType]::ParameterValue, 'Look back on the week, or on a month and more')
            [CompletionResult]::new('promise', 'promise', [CompletionResultType]::ParameterValue, 'See your promises, make one, or say what became of it')
            [CompletionResult]::new('situation', 'situation', [CompletionResultType]::ParameterValue, 'See the facts, and what they come to')
            [CompletionResult]::new('why', 'why', [CompletionResultType]::ParameterValue, 'See why today''s card is today''s card')
            [CompletionResult]::new('safety', 'safety', [CompletionResultType]::ParameterValue, 'Find numbers to call')
            [CompletionResult]::new('streak', 'streak', [CompletionResultType]::ParameterValue, 'See where the streak stands')
            [CompletionResult]::new('stats', 'stats', [CompletionResultType]::ParameterValue, 'See how it went, in figures and pictures')
            [CompletionResult]::new('report', 'report', [CompletionResultType]::ParameterValue, 'Write a report to print, or to take to a counsellor')
            [CompletionResult]::new('strategies', 'strategies', [CompletionResultType]::ParameterValue, 'List the strategies, or read about one')
            [CompletionResult]::new('history', 'history', [CompletionResultType]::ParameterValue, 'Look back on days and notes')
            [CompletionResult]::new('ask', 'ask', [CompletionResultType]::ParameterValue, 'Read an honest answer to a question')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Check packs of prompts of your own')
            [CompletionResult]::new('notify', 'notify', [CompletionResultType]::ParameterValue, 'Remind on the desktop, unless today is answered')
            [CompletionResult]::new('remind', 'remind', [CompletionResultType]::ParameterValue, 'Set up the daily reminder, see whether it works, and try it')
            [CompletionResult]::new('config', 'config', [CompletionResultType]::ParameterValue, 'Show and change settings')
            [CompletionResult]::new('wipe', 'wipe', [CompletionResultType]::ParameterValue, 'Remove everything that coach has on this machine')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print a completion script')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'coach;today' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--strategy', '--strategy', [CompletionResultType]::ParameterName, 'Take today''s prompt from this strategy, if the situation allows it')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON object')
            [CompletionResult]::new('--once', '--once', [CompletionResultType]::ParameterName, 'Print only on the day''s first call, for shell start-up files')
            [CompletionResult]::new('--peek', '--peek', [CompletionResultType]::ParameterName, 'Write nothing, not even which prompt it is')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'coach;done' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--note', '--note', [CompletionResultType]::ParameterName, 'Add a note; - reads standard input, and without a text your editor opens')
            [CompletionResult]::new('--answer', '--answer', [CompletionResultType]::ParameterName, 'Your answer to the card''s question; with --not-yet, what was in the way')
            [CompletionResult]::new('--partly', '--partly', [CompletionResultType]::ParameterName, 'It was a part of it, and a part counts')
            [CompletionResult]::new('--not-sent', '--not-sent', [CompletionResultType]::ParameterName, 'What the card asked for between the two of you did not come about yet, or was not sent')
            [CompletionResult]::new('--not-yet', '--not-yet', [CompletionResultType]::ParameterName, 'What the card asked for between the two of you did not come about yet, or was not sent')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'coach;note' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--replace', '--replace', [CompletionResultType]::ParameterName, 'Put the text in the place of what is there')
            [CompletionResult]::new('--remove', '--remove', [CompletionResultType]::ParameterName, 'Remove what is there')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'coach;forget' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask; what is removed cannot be brought back')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'coach;skip' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--note', '--note', [CompletionResultType]::ParameterName, 'Add a note; - reads standard input, and without a text your editor opens')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'coach;swap' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--restore', '--restore', [CompletionResultType]::ParameterName, 'Let a card come again that was not for you')
            [CompletionResult]::new('--not-for-me', '--not-for-me', [CompletionResultType]::ParameterName, 'Do not show the old one again, ever')
            [CompletionResult]::new('--list', '--list', [CompletionResultType]::ParameterName, 'List the cards that are not for you')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'coach;undo' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--mistaken', '--mistaken', [CompletionResultType]::ParameterName, 'Whether a no or a limit that you told today was told by mistake')
            [CompletionResult]::new('--list', '--list', [CompletionResultType]::ParameterName, 'List what can be taken back, the last change first, and take nothing back')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'coach;checkin' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--mood', '--mood', [CompletionResultType]::ParameterName, 'How you feel')
            [CompletionResult]::new('--urge', '--urge', [CompletionResultType]::ParameterName, 'The pull to reach out')
            [CompletionResult]::new('--i-wrote', '--i-wrote', [CompletionResultType]::ParameterName, 'You wrote to them, today or on that day')
            [CompletionResult]::new('--they-wrote', '--they-wrote', [CompletionResultType]::ParameterName, 'They wrote to you, today or on that day')
            [CompletionResult]::new('--they-said', '--they-said', [CompletionResultType]::ParameterName, 'What that was about')
            [CompletionResult]::new('--setback', '--setback', [CompletionResultType]::ParameterName, 'There was a row, or the old thing happened again, today or on that day')
            [CompletionResult]::new('--happened', '--happened', [CompletionResultType]::ParameterName, 'What has happened: the next cards take it into account')
            [CompletionResult]::new('--sorry-taken', '--sorry-taken', [CompletionResultType]::ParameterName, 'What came of a sorry that you have said')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'coach;draft' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--kind', '--kind', [CompletionResultType]::ParameterName, 'What it is meant to be')
            [CompletionResult]::new('--keep', '--keep', [CompletionResultType]::ParameterName, 'Keep it with your letters, for yourself alone')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON object')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'coach;urge' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--minutes', '--minutes', [CompletionResultType]::ParameterName, 'How long to wait; 0 asks at once')
            [CompletionResult]::new('--ended', '--ended', [CompletionResultType]::ParameterName, 'Say how it ended and wait for nothing')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'coach;setup' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--stage', '--stage', [CompletionResultType]::ParameterName, 'Where you two are')
            [CompletionResult]::new('--wish', '--wish', [CompletionResultType]::ParameterName, 'What they have said')
            [CompletionResult]::new('--who-hurt', '--who-hurt', [CompletionResultType]::ParameterName, 'Who did the hurting, mostly')
            [CompletionResult]::new('--cause', '--cause', [CompletionResultType]::ParameterName, 'What came between you')
            [CompletionResult]::new('--repeat', '--repeat', [CompletionResultType]::ParameterName, 'Whether the same serious hurt has happened before')
            [CompletionResult]::new('--apology', '--apology', [CompletionResultType]::ParameterName, 'Your own sorry')
            [CompletionResult]::new('--tie', '--tie', [CompletionResultType]::ParameterName, 'What makes your days cross anyway')
            [CompletionResult]::new('--danger', '--danger', [CompletionResultType]::ParameterName, 'Whether somebody is in danger: feared (they of you), afraid (you of them)')
            [CompletionResult]::new('--last-contact', '--last-contact', [CompletionResultType]::ParameterName, 'The last day on which you were in touch, both ways')
            [CompletionResult]::new('--unanswered', '--unanswered', [CompletionResultType]::ParameterName, 'How many messages of yours have no answer')
            [CompletionResult]::new('--watched', '--watched', [CompletionResultType]::ParameterName, 'Whether somebody who must not know may see what is written to them')
            [CompletionResult]::new('--pause-until', '--pause-until', [CompletionResultType]::ParameterName, 'The day on which a pause ends that you two have agreed on')
            [CompletionResult]::new('--they-said', '--they-said', [CompletionResultType]::ParameterName, 'What has happened or was said, where an answer loosens what you told before')
            [CompletionResult]::new('--in-your-words', '--in-your-words', [CompletionResultType]::ParameterName, 'What it is about, in one line of your own')
            [CompletionResult]::new('--matter', '--matter', [CompletionResultType]::ParameterName, 'What it is about, by its id; at most two. `coach plan matters` lists them')
            [CompletionResult]::new('--tap', '--tap', [CompletionResultType]::ParameterName, 'An answer to a question of a matter, as in sorry=made, or a few words where it asks for them')
            [CompletionResult]::new('--name', '--name', [CompletionResultType]::ParameterName, 'What to call the other person; initials will do')
            [CompletionResult]::new('--pronouns', '--pronouns', [CompletionResultType]::ParameterName, 'he, she, they, name-only, or five words of your own')
            [CompletionResult]::new('--country', '--country', [CompletionResultType]::ParameterName, 'Your country, as two letters, for numbers to call')
            [CompletionResult]::new('--hard-dates', '--hard-dates', [CompletionResultType]::ParameterName, 'Days that will be hard, as in 02-14 for every year or 2027-03-01 for one day, with commas between them')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Ask nothing, and take the safest value for what is missing')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'coach;plan' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON object')
            [CompletionResult]::new('--full', '--full', [CompletionResultType]::ParameterName, 'Show all of it, also where somebody else may look at the screen')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List every practice there is, or say more of one')
            [CompletionResult]::new('matters', 'matters', [CompletionResultType]::ParameterValue, 'List what it can be about')
            [CompletionResult]::new('start', 'start', [CompletionResultType]::ParameterValue, 'Take a practice in hand')
            [CompletionResult]::new('leave', 'leave', [CompletionResultType]::ParameterValue, 'Leave a practice: the one in hand, or another')
            [CompletionResult]::new('event', 'event', [CompletionResultType]::ParameterValue, 'Name a day ahead: a talk, a meeting, a hearing')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'coach;plan;list' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'coach;plan;matters' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'coach;plan;start' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'coach;plan;leave' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'coach;plan;event' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'coach;plan;help' {
            [CompletionResult]::new('list', 'list', [CompletionResultType]::ParameterValue, 'List every practice there is, or say more of one')
            [CompletionResult]::new('matters', 'matters', [CompletionResultType]::ParameterValue, 'List what it can be about')
            [CompletionResult]::new('start', 'start', [CompletionResultType]::ParameterValue, 'Take a practice in hand')
            [CompletionResult]::new('leave', 'leave', [CompletionResultType]::ParameterValue, 'Leave a practice: the one in hand, or another')
            [CompletionResult]::new('event', 'event', [CompletionResultType]::ParameterValue, 'Name a day ahead: a talk, a meeting, a hearing')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'coach;plan;help;list' {
            break
        }
        'coach;plan;help;matters' {
            break
        }
        'coach;plan;help;start' {
            break
        }
        'coach;plan;help;leave' {
            break
        }
        'coach;plan;help;event' {
            break
        }
        'coach;plan;help;help' {
            break
        }
        'coach;review' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--days', '--days', [CompletionResultType]::ParameterName, 'The days to look back on; left out, those that today''s card asks for, or a week')
            [CompletionResult]::new('--glad', '--glad', [CompletionResultType]::ParameterName, 'What you are glad you did')
            [CompletionResult]::new('--next', '--next', [CompletionResultType]::ParameterName, 'What the next week needs')
            [CompletionResult]::new('--cost', '--cost', [CompletionResultType]::ParameterName, 'What it costs you')
            [CompletionResult]::new('--deeds', '--deeds', [CompletionResultType]::ParameterName, 'What has moved by deeds, theirs and yours')
            [CompletionResult]::new('--way', '--way', [CompletionResultType]::ParameterName, 'What you choose after a month or more')
            [CompletionResult]::new('--stage', '--stage', [CompletionResultType]::ParameterName, 'Where you two are, if that has changed')
            [CompletionResult]::new('--wish', '--wish', [CompletionResultType]::ParameterName, 'What they have said, if that has changed')
            [CompletionResult]::new('--apology', '--apology', [CompletionResultType]::ParameterName, 'Where your own sorry stands, if that has changed')
            [CompletionResult]::new('--they-said', '--they-said', [CompletionResultType]::ParameterName, 'What has happened, where that loosens what you told before')
            [CompletionResult]::new('--leave', '--leave', [CompletionResultType]::ParameterName, 'Leave the practice in hand')
            [CompletionResult]::new('--full', '--full', [CompletionResultType]::ParameterName, 'Show all of it, also where somebody else may look at the screen')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'coach;promise' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON object')
            [CompletionResult]::new('--full', '--full', [CompletionResultType]::ParameterName, 'Show all of it, also where somebody else may look at the screen')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Make a promise: something small that you will do')
            [CompletionResult]::new('kept', 'kept', [CompletionResultType]::ParameterValue, 'Say that you kept one')
            [CompletionResult]::new('broken', 'broken', [CompletionResultType]::ParameterValue, 'Say that you broke one')
            [CompletionResult]::new('drop', 'drop', [CompletionResultType]::ParameterValue, 'Take one back; it counts neither way')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'coach;promise;add' {
            [CompletionResult]::new('--by', '--by', [CompletionResultType]::ParameterName, 'Until when: today, tomorrow, a weekday to come, or a date as in 2026-12-04')
            [CompletionResult]::new('--to', '--to', [CompletionResultType]::ParameterName, 'Whom you promised it')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'coach;promise;kept' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'coach;promise;broken' {
            [CompletionResult]::new('--answer', '--answer', [CompletionResultType]::ParameterName, 'What made it too big')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'coach;promise;drop' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'coach;promise;help' {
            [CompletionResult]::new('add', 'add', [CompletionResultType]::ParameterValue, 'Make a promise: something small that you will do')
            [CompletionResult]::new('kept', 'kept', [CompletionResultType]::ParameterValue, 'Say that you kept one')
            [CompletionResult]::new('broken', 'broken', [CompletionResultType]::ParameterValue, 'Say that you broke one')
            [CompletionResult]::new('drop', 'drop', [CompletionResultType]::ParameterValue, 'Take one back; it counts neither way')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'coach;promise;help;add' {
            break
        }
        'coach;promise;help;kept' {
            break
        }
        'coach;promise;help;broken' {
            break
        }
        'coach;promise;help;drop' {
            break
        }
        'coach;promise;help;help' {
            break
        }
        'coach;situation' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON object')
            [CompletionResult]::new('--full', '--full', [CompletionResultType]::ParameterName, 'Show all of it, also where somebody else may look at the screen')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'coach;why' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--full', '--full', [CompletionResultType]::ParameterName, 'Show all of it, also where somebody else may look at the screen')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'coach;safety' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--country', '--country', [CompletionResultType]::ParameterName, 'Another country than the one in your settings, as two letters or in English')
            [CompletionResult]::new('--answer', '--answer', [CompletionResultType]::ParameterName, 'Answer the question that is open about something you wrote')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'coach;streak' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--since', '--since', [CompletionResultType]::ParameterName, 'Explain from this day on, and not only the last four weeks')
            [CompletionResult]::new('--explain', '--explain', [CompletionResultType]::ParameterName, 'Say which rule applied to each day')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON object')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'coach;stats' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--year', '--year', [CompletionResultType]::ParameterName, 'A calendar year, as in 2026')
            [CompletionResult]::new('--months', '--months', [CompletionResultType]::ParameterName, 'So many months up to today')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON object')
            [CompletionResult]::new('--full', '--full', [CompletionResultType]::ParameterName, 'Show all of it, also where somebody else may look at the screen')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'coach;report' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--year', '--year', [CompletionResultType]::ParameterName, 'A calendar year, as in 2026')
            [CompletionResult]::new('--months', '--months', [CompletionResultType]::ParameterName, 'So many months up to today')
            [CompletionResult]::new('--notes', '--notes', [CompletionResultType]::ParameterName, 'Put your notes in; with a text, only those that hold it, as in --notes=walk')
            [CompletionResult]::new('--all', '--all', [CompletionResultType]::ParameterName, 'Every day there is')
            [CompletionResult]::new('--open', '--open', [CompletionResultType]::ParameterName, 'Open it when it is written')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Replace a file that is no earlier report')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'coach;strategies' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'coach;history' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--since', '--since', [CompletionResultType]::ParameterName, 'From this day on')
            [CompletionResult]::new('--until', '--until', [CompletionResultType]::ParameterName, 'Up to this day')
            [CompletionResult]::new('--strategy', '--strategy', [CompletionResultType]::ParameterName, 'Only days with a prompt from this strategy')
            [CompletionResult]::new('--search', '--search', [CompletionResultType]::ParameterName, 'Only days whose prompt or note holds this text')
            [CompletionResult]::new('--limit', '--limit', [CompletionResultType]::ParameterName, 'Only the last so many days')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON object')
            [CompletionResult]::new('--full', '--full', [CompletionResultType]::ParameterName, 'Show all of it, also where somebody else may look at the screen')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'coach;ask' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'coach;check' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'coach;notify' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'A time of the schedule that runs this; each gets one reminder')
            [CompletionResult]::new('--days', '--days', [CompletionResultType]::ParameterName, 'The days of that schedule, as in mon-fri; on others nothing is caught up [daily]')
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait for a desktop that is still starting [2m from a schedule, else 0]')
            [CompletionResult]::new('--open', '--open', [CompletionResultType]::ParameterName, 'How long to keep the notification up; 0 shows it without buttons [2h]')
            [CompletionResult]::new('--later', '--later', [CompletionResultType]::ParameterName, 'How long after "Later" it comes back [1h]')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Notify even if today is answered or was already reminded of')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'coach;remind' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('on', 'on', [CompletionResultType]::ParameterValue, 'Install the reminder, or change it')
            [CompletionResult]::new('off', 'off', [CompletionResultType]::ParameterValue, 'Remove the reminder, and everything that belongs to it')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'See whether the reminder works, when it comes next, and what became of the last one')
            [CompletionResult]::new('test', 'test', [CompletionResultType]::ParameterValue, 'Try the reminder, through its scheduler')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'coach;remind;on' {
            [CompletionResult]::new('--at', '--at', [CompletionResultType]::ParameterName, 'The time, as in 08:30; may be given more than once')
            [CompletionResult]::new('--days', '--days', [CompletionResultType]::ParameterName, 'The days: daily, mon-fri, or a list as in mon,wed,fri')
            [CompletionResult]::new('--via', '--via', [CompletionResultType]::ParameterName, 'The scheduler; without it, the one in use or the best that is here')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would change, and change nothing')
            [CompletionResult]::new('--print', '--print', [CompletionResultType]::ParameterName, 'Print all texts, for any scheduler on any system, and change nothing')
            [CompletionResult]::new('--force', '--force', [CompletionResultType]::ParameterName, 'Take the program where it is, even if it may soon be gone from there')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON object')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'coach;remind;off' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--dry-run', '--dry-run', [CompletionResultType]::ParameterName, 'Show what would change, and change nothing')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON object')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'coach;remind;status' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON object')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help (see more with ''--help'')')
            break
        }
        'coach;remind;test' {
            [CompletionResult]::new('--wait', '--wait', [CompletionResultType]::ParameterName, 'How long to wait for the result [45s]')
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--direct', '--direct', [CompletionResultType]::ParameterName, 'Show it from here, without a scheduler')
            [CompletionResult]::new('--json', '--json', [CompletionResultType]::ParameterName, 'Print one JSON object')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'coach;remind;help' {
            [CompletionResult]::new('on', 'on', [CompletionResultType]::ParameterValue, 'Install the reminder, or change it')
            [CompletionResult]::new('off', 'off', [CompletionResultType]::ParameterValue, 'Remove the reminder, and everything that belongs to it')
            [CompletionResult]::new('status', 'status', [CompletionResultType]::ParameterValue, 'See whether the reminder works, when it comes next, and what became of the last one')
            [CompletionResult]::new('test', 'test', [CompletionResultType]::ParameterValue, 'Try the reminder, through its scheduler')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'coach;remind;help;on' {
            break
        }
        'coach;remind;help;off' {
            break
        }
        'coach;remind;help;status' {
            break
        }
        'coach;remind;help;test' {
            break
        }
        'coach;remind;help;help' {
            break
        }
        'coach;config' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('get', 'get', [CompletionResultType]::ParameterValue, 'Print the value of a setting')
            [CompletionResult]::new('set', 'set', [CompletionResultType]::ParameterValue, 'Set a value; without one, go back to the default')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Open the file in your editor')
            [CompletionResult]::new('path', 'path', [CompletionResultType]::ParameterValue, 'Print where the file is')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'coach;config;get' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'coach;config;set' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'coach;config;edit' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'coach;config;path' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'coach;config;help' {
            [CompletionResult]::new('get', 'get', [CompletionResultType]::ParameterValue, 'Print the value of a setting')
            [CompletionResult]::new('set', 'set', [CompletionResultType]::ParameterValue, 'Set a value; without one, go back to the default')
            [CompletionResult]::new('edit', 'edit', [CompletionResultType]::ParameterValue, 'Open the file in your editor')
            [CompletionResult]::new('path', 'path', [CompletionResultType]::ParameterValue, 'Print where the file is')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'coach;config;help;get' {
            break
        }
        'coach;config;help;set' {
            break
        }
        'coach;config;help;edit' {
            break
        }
        'coach;config;help;path' {
            break
        }
        'coach;config;help;help' {
            break
        }
        'coach;wipe' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('--yes', '--yes', [CompletionResultType]::ParameterName, 'Do not ask; what is removed cannot be brought back')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'coach;completions' {
            [CompletionResult]::new('--color', '--color', [CompletionResultType]::ParameterName, 'When to use colour')
            [CompletionResult]::new('-h', '-h', [CompletionResultType]::ParameterName, 'Print help')
            [CompletionResult]::new('--help', '--help', [CompletionResultType]::ParameterName, 'Print help')
            break
        }
        'coach;help' {
            [CompletionResult]::new('today', 'today', [CompletionResultType]::ParameterValue, 'Show today''s prompt')
            [CompletionResult]::new('done', 'done', [CompletionResultType]::ParameterValue, 'Mark a day as done')
            [CompletionResult]::new('note', 'note', [CompletionResultType]::ParameterValue, 'Add, change or remove a note without marking the day')
            [CompletionResult]::new('forget', 'forget', [CompletionResultType]::ParameterValue, 'Remove what you wrote on a day from every copy, for good')
            [CompletionResult]::new('skip', 'skip', [CompletionResultType]::ParameterValue, 'Leave a day out without breaking the run')
            [CompletionResult]::new('swap', 'swap', [CompletionResultType]::ParameterValue, 'Get another prompt for today')
            [CompletionResult]::new('undo', 'undo', [CompletionResultType]::ParameterValue, 'Take back the last change')
            [CompletionResult]::new('checkin', 'checkin', [CompletionResultType]::ParameterValue, 'Say how you are, and who wrote when')
            [CompletionResult]::new('draft', 'draft', [CompletionResultType]::ParameterValue, 'Have a message or an apology read before you send it')
            [CompletionResult]::new('urge', 'urge', [CompletionResultType]::ParameterValue, 'Put ten minutes between the urge and the phone')
            [CompletionResult]::new('setup', 'setup', [CompletionResultType]::ParameterValue, 'Say where the two of you stand')
            [CompletionResult]::new('plan', 'plan', [CompletionResultType]::ParameterValue, 'See what you work on, step by step, and change it')
            [CompletionResult]::new('review', 'review', [CompletionResultType]::ParameterValue, 'Look back on the week, or on a month and more')
            [CompletionResult]::new('promise', 'promise', [CompletionResultType]::ParameterValue, 'See your promises, make one, or say what became of it')
            [CompletionResult]::new('situation', 'situation', [CompletionResultType]::ParameterValue, 'See the facts, and what they come to')
            [CompletionResult]::new('why', 'why', [CompletionResultType]::ParameterValue, 'See why today''s card is today''s card')
            [CompletionResult]::new('safety', 'safety', [CompletionResultType]::ParameterValue, 'Find numbers to call')
            [CompletionResult]::new('streak', 'streak', [CompletionResultType]::ParameterValue, 'See where the streak stands')
            [CompletionResult]::new('stats', 'stats', [CompletionResultType]::ParameterValue, 'See how it went, in figures and pictures')
            [CompletionResult]::new('report', 'report', [CompletionResultType]::ParameterValue, 'Write a report to print, or to take to a counsellor')
            [CompletionResult]::new('strategies', 'strategies', [CompletionResultType]::ParameterValue, 'List the strategies, or read about one')
            [CompletionResult]::new('history', 'history', [CompletionResultType]::ParameterValue, 'Look back on days and notes')
            [CompletionResult]::new('ask', 'ask', [CompletionResultType]::ParameterValue, 'Read an honest answer to a question')
            [CompletionResult]::new('check', 'check', [CompletionResultType]::ParameterValue, 'Check packs of prompts of your own')
            [CompletionResult]::new('notify', 'notify', [CompletionResultType]::ParameterValue, 'Remind on the desktop, unless today is answered')
            [CompletionResult]::new('remind', 'remind', [CompletionResultType]::ParameterValue, 'Set up the daily reminder, see whether it works, and try it')
            [CompletionResult]::new('config', 'config', [CompletionResultType]::ParameterValue, 'Show and change settings')
            [CompletionResult]::new('wipe', 'wipe', [CompletionResultType]::ParameterValue, 'Remove everything that coach has on this machine')
            [CompletionResult]::new('completions', 'completions', [CompletionResultType]::ParameterValue, 'Print a completion script')
            [CompletionResult]::new('help', 'help', [CompletionResultType]::ParameterValue, 'Print this message or the help of the given subcommand(s)')
            break
        }
        'coach;help;today' {
            break
        }
        'coach;help;done' {
            break
        }
        'coach;help;note' {
            break
        }
        'coach;help;forget' {
            break
        }
        'coach;help;skip' {
            break
        }
        'coach;help;swap' {
            break
        }
        'coach;help;undo' {
            break
        }
        'coach;help;checkin' {
            break
        }
        'coach;help;draft' {
            break
        }
        'coach;help;urge' {
            break
        }
        'coach;help;setup' {
            break
        }
        'coach;help;plan' {
            break
        }
        'coach;help;review' {
            break
        }
        'coach;help;promise' {
            break
        }
        'coach;help;situation' {
            break
        }
        'coach;help;why' {
            break
        }
        'coach;help;safety' {
            break
        }
        'coach;help;streak' {
            break
        }
        'coach;help;stats' {
            break
        }
        'coach;help;report' {
            break
        }
        'coach;help;strategies' {
            break
        }
        'coach;help;history' {
            break
        }
        'coach;help;ask' {
            break
        }
        'coach;help;check' {
            break
        }
        'coach;help;notify' {
            break
        }
        'coach;help;remind' {
            break
        }
        'coach;help;config' {
            break
        }
        'coach;help;wipe' {
            break
        }
        'coach;help;completions' {
            break
        }
        'coach;help;help' {
            break
        }
    })

    $completions.Where{ $_.CompletionText -like "$wordToComplete*" } |
        Sort-Object -Property ListItemText
}
