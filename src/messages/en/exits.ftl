# Exit rules of a category: schools that were in it in the cycle before.
role-rule-of-entry = the rule of entry
exit-without-previously = It is not said which schools were in the category before
    .label = this rule is for schools that were in the category
    .help = Add a line “previously when …”: a condition that tells that a school was in the category in the cycle before, such as “previously when previous_status = yes”.
    .long = An exit rule and a term concern only schools that were in the category in the cycle before. Where that is known from is said by “previously when …”: a column of the data, a table with the decisions of the cycle before, or any other condition.
previously-alone = It is said which schools were in the category before, but not when they stay
    .label = this condition has no effect
    .help = Add a line “stays when …” or “term …”, or remove this line.
    .long = The line “previously when …” serves an exit rule (“stays when …”) and a term (“term at least … and at most … by …”). Without them the category is decided alike for all schools.
exit-and-no-exit = One category says “without exit rule” and has an exit rule
    .label = one excludes the other
    .help = Keep one of them.
    .long = The line “without exit rule” takes away the exit rule and the term; scenarios need it. Beside “previously”, “stays” and “term” it means nothing.
term-backwards = The least term is longer than the longest
    .label = the bounds of the term are swapped
    .help = Swap the bounds.
    .long = In “term at least … and at most … by …” the first number is not above the second: a school stays for the least term and leaves when the longest is over.
term-without-time = A term is longer than nothing
    .label = this is no term
    .help = Write for how many years: “term at least 2 years …”.
    .long = The bounds of a term are above zero. A term of no years would mean that a school does not stay at all; that takes no exit rule.
stays-without-effect = The exit rule is not milder than the rule of entry
    .label = nobody will stay by this rule
    .help = Ask for fewer criteria in the exit rule than in the rule of entry: a school that meets it is in the category anyway otherwise.
    .long = A school stays in a category while the rule of entry or the exit rule holds. An exit rule that asks for as many criteria, or for more, changes nothing.

exit-entry = Rule of entry
exit-before = Was in the category in the cycle before
exit-stays = Exit rule (while it holds, the school stays)
exit-runs = The least term still runs (the school stays)
exit-over = The longest term is over (the school leaves)

passage-entered = Entered the category: it was not in it in the cycle before, and the rule of entry holds
passage-remains = Remains in the category: it was in it in the cycle before, and the rule of entry still holds
passage-stays-by-exit-rule = Stays in the category by the exit rule: it was in it in the cycle before, and the condition to stay holds (by the rule of entry alone it would not be in it)
passage-stays-by-term = Stays in the category for its term: it was in it in the cycle before, and the least term still runs
passage-in = Is in the category whether it was in it in the cycle before or not
passage-left = Left the category: it was in it in the cycle before, but neither the rule of entry nor the condition to stay holds
passage-left-by-term = Left the category for its term: by its values it would stay, but the longest term is over
passage-not-entered = Did not enter the category: the condition to stay holds, but it is only for schools that were in it in the cycle before; the rule of entry does not hold
passage-out = Is not in the category
passage-open = What becomes of the school in the category is undetermined
passage-not-judged = The category does not judge the school

verify-school-passage = School { $school }, what became of it in the category “{ $column }”: { $then } in the record, { $now } when computed again.
verify-school-years = School { $school }, years in the category “{ $column }”: { $then } in the record, { $now } when computed again.

passages-title = What happened since the cycle before (as computed)
list-passage = { $name }: since the cycle before
passage-short-entered = entered
passage-short-remains = remains
passage-short-stays-by-exit-rule = stays by the exit rule
passage-short-stays-by-term = stays for its term
passage-short-in = in, whatever it was before
passage-short-left = left
passage-short-left-by-term = left for its term
passage-short-not-entered = not entered: meets only the condition to stay
passage-short-out = not in
passage-short-open = undetermined

term-by-nothing = It is not said what the term is counted by
    .label = “by …” is lacking here
    .help = Add where the data say for how many years a school was in the category: “term at most 3 years by years_in_status”.
    .long = A term is counted by a value that each school has: a column, an indicator, or the decisions of the cycle before. It says for how many years the school was in the category, the cycle before included.
