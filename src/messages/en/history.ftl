# merilo history: several cycles of one region.
help-history = Several cycles in order: who entered a category, stayed, left, and what became of the indicators
usage-history = merilo history FOLDER FOLDER… [--category CATEGORY] [--school CODE] [--correspondence FILE] [--costs FILE] [-o FILE]
value-folders = FOLDERS
help-folders = Folders that runs were recorded in (“merilo run … -o FOLDER”), from the first cycle to the last
help-history-category = Only this category; without this all that every cycle has
help-history-school = The path of one school
help-costs = A table of costs: columns “code” and “amount”
help-history-correspondence = Which school became which (csv: old code; new code): one for all cycles or one for each transition, “-” where no code changed

history-too-few = A history takes at least two cycles; { $count } folders are named
    .label = too few folders
    .help = Name the folders of the runs in order: merilo history cycle-2017 cycle-2018.
    .long = A history holds cycles against each other. Each cycle is a folder that a run was recorded in: “merilo run RULES --data DATA -o FOLDER”.
history-altered = The folder “{ $folder }” is not as it was recorded: { $findings }
    .label = the record was altered
    .help = More: merilo verify { $folder }. Run this cycle again, or put the folder back as it was recorded.
    .long = A history is made from untouched records only: the files of the folder, the decisions and the result computed again from rules and data are held against the record of the run. When anything differs, no number of this cycle is taken.
history-twice = The folder “{ $folder }” is named twice
    .label = one and the same cycle
    .help = Name each folder once.
    .long = One run is one cycle. Named twice, it would show that nothing changed.
history-backwards = The cycles are not in order: “{ $first }” is for { $before }, “{ $second }” behind it for { $after }
    .label = the year is less than the one before
    .help = Name the folders from the first cycle to the last.
    .long = The order of the cycles is the order of the folders in the command. The reporting year of the rules cannot go back from cycle to cycle.
history-other-region = The cycles “{ $first }” and “{ $second }” have not one school in common
    .label = other regions, or other codes
    .help = Check that the folders are of one region. If the codes were replaced, say which school became which: --correspondence.
    .long = A school is known by its code. When two neighbouring cycles have no code in common, there is nothing to compare: they are of different regions, or the codes were replaced.
history-few-in-common = The cycles “{ $first }” and “{ $second }” have less than half of their schools in common: { $count } of { $of }
    .label = few schools in common
    .help = If codes of schools have changed, say which school became which: --correspondence.
    .long = A school is known by its code. Schools with new codes look like closed and newly opened ones.
history-category-missing = The category “{ $name }” is not in the cycles: { $folders }
    .label = not in all cycles
    .help = { $count ->
        [0] These cycles have no category in common.
       *[other] All cycles have: { $names }.
    }
    .long = The path of a school in a category is followed by the name of the category. The rules of each cycle must have it.
history-no-category = There is no category that all cycles have
    .label = no category in common
    .help = A category is known by its name: call it the same in the rules of all cycles.
    .long = The path of a school is followed in categories that the rules of each cycle have.
history-categories-left-out = { $count ->
        [one] Not all cycles have this category, it is not shown: { $names }
       *[other] Not all cycles have these categories, they are not shown: { $names }
    }
    .label = not in all cycles
    .help = A category is known by its name.
    .long = Only categories that the rules of each cycle have are followed.
history-other-decisions = The cycle “{ $folder }” was not computed from the decisions that are recorded in “{ $before }” (file “{ $file }”)
    .label = other decisions of the cycle before
    .help = Compute this cycle from the decisions in the folder “{ $before }”, or name the folder that it was computed from.
    .long = When rules read the decisions of the cycle before, the fingerprint of the file that was read is in the record. It is not that of the decisions of the cycle before among those that are named.
history-costs-broken = Table of costs “{ $file }”, line { $line }: { $why ->
        [header] there are no columns “code” and “amount”
        [short] the code or the amount is lacking
        [no-code] there is no code of a school
        [twice] the school “{ $text }” was there already
        [negative] the amount is below zero: “{ $text }”
       *[other] this is no number: “{ $text }”
    }
    .label = this line cannot be read
    .help = The first line names the columns (“code;amount”), then one line a school: “470101;1250000.50”.
    .long = A table of costs is a text in UTF-8, separated by “;”, “,” or tabs. One line a school, with an amount that is not negative.
history-costs-unknown = { $count ->
        [one] The table of costs “{ $file }” has a code that no cycle has: { $codes }
       *[other] The table of costs “{ $file }” has codes that no cycle has: { $codes }
    }
    .label = there are no such schools
    .help = Correct the codes or remove these lines.
    .long = An amount belongs to a school of at least one of the cycles; otherwise it would be lost without a word.
history-costs-divided = { $count ->
        [one] The table of costs “{ $file }” has the code of a school that was divided later: { $codes }
       *[other] The table of costs “{ $file }” has codes of schools that were divided later: { $codes }
    }
    .label = whose costs these are is not known
    .help = Write the amounts under the codes of the schools that came of it.
    .long = An amount under a code that several schools of today had belongs to none of them. How to divide it is not decided here.
history-correspondences-count = { $count ->
        [one] { $count } correspondence
       *[other] { $count } correspondences
    } for { $pairs ->
        [one] { $pairs } transition
       *[other] { $pairs } transitions
    } between cycles
    .label = which belongs to which?
    .help = Name one file for all cycles, or one for each transition; where no code changed, write “-”.
    .long = One correspondence belongs to all cycles. Of several, the first belongs to the transition from the first cycle to the second, the second to that from the second to the third, and so on.
history-correspondence-nowhere = A line of the correspondence fits no transition between cycles: { $old } → { $new }
    .label = which transition does it belong to?
    .help = Check the codes. If they are right, name one correspondence for each transition.
    .long = A line with two codes belongs to the first transition that has a school of the old code before it and one of the new code after it, when at least one of the two is on one side only. Without a new code the school must not be there after the transition, without an old one not before it. A line in which the code stays belongs where another line with this code does.

history-title = By cycles: { $rules }
history-cycle = { $number }. { $name } – { $count ->
        [one] { $count } school
       *[other] { $count } schools
    }
history-throughout = In all cycles: { $count ->
        [one] { $count } school
       *[other] { $count } schools
    }
history-without-values = Indicators are not compared: the cycle “{ $cycle }” was not computed again. { $why }
history-values-public = The run is for publication: some values are masked.
history-decisions-unlike = The file { $file } does not fit the rules of this folder.
history-without-neighbours = The indicators of the cycle “{ $cycle }” are not compared with its neighbours: it was not evaluated again. { $why }
history-listed-then = { $cycle }: on the list then – { $then }; with schools as they are after – { $now }.
history-counts = By cycle
history-head-cycle = Cycle
history-head-schools = Schools
history-head-in-a-row = Cycles in a row
history-head-listed = Cycles on the list
history-transition = { $before } → { $after }
history-in-a-row = For how many cycles in a row the schools of the last list are on it
history-flow = Schools between the cycles
history-flow-description = Columns are cycles ({ $cycles }), their parts are states of schools, the bands between them how many schools went which way. On the list of the first cycle { $first }, of the last { $last }. The same numbers stand in the tables.
history-paths = Paths of schools that were on the list or undetermined at least once: { $count }
history-nobody = There are no such schools
history-state-in = on the list
history-state-out = not on the list
history-not-there = not in the data
history-listed = on the list
history-entered = entered
history-stayed = stayed
history-left = left
history-out = not on the list
history-undetermined = undetermined
history-gone = not in the data any more
history-by-decision = by decision of people
history-by-exit-rule = by the exit rule
history-by-least-term = for the least term
history-by-longest-term = for the longest term
history-school = { $school }: { $listed } cycles on the list, { $row } in a row up to the last
history-head-movement = What happened
history-head-criteria = Criteria met
history-head-passage = Why
history-head-years = Years on the list
history-monitoring = Indicators: the first and the last cycle
history-monitoring-how = Means are taken over the schools that have the indicator both in the first and in the last cycle; the change is the mean of their differences “last minus first”. All means are exact and rounded for showing only. These numbers do not tell why anything changed.
history-head-group = Schools
history-group-listed = on the first list
history-group-left = of these, left
history-group-remained = of these, still on it
history-group-not-listed = not on the first list
history-indicators = Indicators of the category
history-contextual = Contextual indicators (the category does not rest on them)
history-no-indicators = There are no indicators that both cycles have in the same unit
history-head-indicator = Indicator
history-head-known = Schools that have it
history-head-first = Mean in the first
history-head-last = Mean in the last
history-head-change = Change
history-head-rose = Rose
history-head-fell = Fell
history-head-same = The same
history-costs = Cost and result
history-spent = Schools on the first list (and in the data of the last cycle): { $schools }, with an amount: { $with }. Spent on them in all: { $total }. Left the list: { $left }.
history-per-left = Cost per school that left = all that was spent on the schools of the first list / schools that left = { $total } / { $left } = { $per }
history-nobody-left = Nobody left the list: there is no cost per school that left
history-per-unit-how = Cost per unit of change = what was spent on the schools of the first list that have an amount and both values / the sum of their changes, whatever its sign (of percentages, the unit is a percentage point).
history-head-spent = Spent
history-head-sum = Sum of changes
history-head-per-unit = Per unit of change
history-values = Indicators of the school
history-head-kind = For the category
history-kind-used = counts
history-kind-contextual = context
history-periods = Indicators: from cycle to cycle
history-periods-lists = In each transition the list is that of its first cycle. Means and changes are of the schools for which the indicator is known in both cycles. Schools merged or divided in the transition are left out: they have no earlier value.
history-periods-how = In each transition the list is that of its first cycle. In the cells: the mean change of the indicator (later less earlier), in brackets for how many schools it is known in both cycles. Schools merged or divided in the transition are left out: they have no earlier value.
history-group-listed-before = on the list before
history-group-not-listed-before = not on the list before
history-period-cell = { $change } ({ $known })
history-linked = The words of every cycle lead to the explanation of the verdict about the school in that cycle, and from there to the other cycles. There are no links where the data of a cycle are not there any more.
history-head-from = From cycle
history-head-to = To cycle
history-head-before = Before
history-head-after = After
history-head-result = Indicator or result
history-result-left = left the list
