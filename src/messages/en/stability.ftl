# How sure a list is

stability-title = How sure the list is: { $rules }
stability-what = Each perturbation is one small difference. It is made, everything that it reaches is evaluated again, and the places on the list are compared. The stability of a school is the mean, over the kinds tried, of the share of the perturbations of that kind under which its place stays; every kind weighs the same. All figures are exact.
stability-tried = What was tried
stability-head-kind = Kind
stability-head-difference = What is different
stability-head-count = Perturbations
stability-rounding = Rounding
stability-missing = Missing data
stability-ties = Ties and rounding of the quota
stability-small = Small cohorts
stability-error = Measurement error, worst case
stability-draws = Measurement error, by chance
stability-criteria = Without one criterion
stability-years = Without one year
stability-schools = Without one other school
stability-about-rounding = a value off by half a unit of the last digit recorded, or rounded as it is shown
stability-about-missing = the school’s cells without a value have any possible values
stability-about-ties = another rule for ties or for rounding the quota of one selection
stability-about-small = the numbers of one cohort of { $small ->
        [0] few people
        [one] fewer than { $small } person
       *[other] fewer than { $small } people
    } are withheld
stability-about-error = the school’s own cells are off by the error, as much as turns its place{ $errors ->
        [none] {""}
       *[other] : { $errors }
    }
stability-about-draws = all cells move by chance within the error{ $errors ->
        [none] {""}
       *[other] : { $errors }; seed { $seed }
    }
stability-about-criteria = one criterion is switched off
stability-about-years = the rows of one year are left out
stability-about-schools = one other school and its rows are left out
stability-error-one = { $column } ± { $by }
stability-count-common = { $count }
stability-count-own = up to { $count } for a school, { $all } in all
stability-standing-some = { $tried } of { $of } schools, evenly spread: all would take too long
stability-standing-apart = nobody’s place depends on other schools: nothing to evaluate
stability-standing-nothing = there is nothing of the kind; not in the figures
stability-standing-not-stated = no number of people is named (--small), and the rules withhold none as too few; not in the figures
stability-standing-no-error = no column is named (--error); not in the figures
stability-standing-no-draws = no draws are asked for (--error with --resample); not in the figures
stability-standing-too-much = would take too long on so much data; not in the figures
stability-kept = Criterion { $number } cannot be left out. { $problem }.
stability-list = Category { $name }
stability-sure = { $listed ->
        [0] Nobody is on the list.
        [one] { $listed } school is on the list; it { $all ->
            [0] does not stay
           *[other] stays
        } under everything that was tried.
       *[other] { $listed } schools are on the list; { $all } of them ({ $share }) { $all ->
            [one] stays
           *[other] stay
        } under everything that was tried.
    }
stability-could-enter = { $count ->
        [0] No school beside the list could enter it.
        [one] { $count } school beside the list enters it under some perturbation.
       *[other] { $count } schools beside the list enter it under some perturbation.
    }
stability-stays = What part of the list stays
stability-head-stays = Stay
stability-head-share = Of the list
stability-head-leave = Could leave
stability-head-enter = Could enter
stability-all-kinds = Everything that was tried
stability-effects = Who would leave and who would enter, by perturbation
stability-head-perturbation = Perturbation
stability-head-left = Leave
stability-head-entered = Enter
stability-head-who = Who (− leaves, + enters)
stability-effects-more = { $count ->
        [one] { $count } more perturbation moves
       *[other] { $count } more perturbations move
    } fewer schools. All of them are in the format json.
stability-effects-none = { $count ->
        [one] { $count } perturbation for all schools moves nobody.
       *[other] { $count } perturbations for all schools move nobody.
    }
stability-tornado = { $list }: schools that would leave (to the left) and enter (to the right)
stability-tornado-description = Bars on both sides of a line, one pair for each perturbation: on the left the schools that would leave the list, on the right those that would enter, at most { $most }. The table below has the same numbers.
stability-tornado-left = leave
stability-tornado-right = enter
stability-strip = { $list }: the schools on the list from the most fragile to the surest
stability-strip-description = One bar for each of { $count ->
        [one] { $count } school
       *[other] { $count } schools
    }, ordered by stability, from { $least } to { $most }; { $sure } of them at 100%. The table below gives how many schools have which stability.
stability-spread = Schools on the list by stability
stability-head-figure = Stability
stability-head-schools = Schools
stability-band-whole = 100%: nothing moves them
stability-band = from { $from } to less than { $to }
stability-fragile = Decisions that are not sure, the most fragile first
stability-head-school = School
stability-head-now = Now
stability-head-reasons = What would turn it
stability-now-listed = on the list
stability-now-beside = not on the list
stability-now-open = undetermined
stability-fragile-none = No decision turns under anything that was tried.
stability-fragile-more = { $count ->
        [one] { $count } more school is
       *[other] { $count } more schools are
    } not shown. All of them are in the format json.
stability-searched = Of { $count ->
        [one] { $count } school
       *[other] { $count } schools
    } not every combination of possible values was tried: what was tried does not move them, but something else may.
stability-cause-recorded = { $count ->
        [one] criterion
       *[other] criteria
    } { $criteria }: { $value } may be off by { $half } ({ $to } would turn it){ $row ->
        [none] {""}
       *[other] , { $row }
    }
stability-cause-shown = { $count ->
        [one] criterion
       *[other] criteria
    } { $criteria }: { $value } rounded to { $to }{ $row ->
        [none] {""}
       *[other] , { $row }
    }
stability-cause-filled = { $cells ->
        [0] rows that are missing
        [one] { $cells } missing cell filled in
       *[other] { $cells } missing cells filled in
    }
stability-cause-cohort = without the cohort of { $people ->
        [one] { $people } person
       *[other] { $people } people
    }: { $row }
stability-cause-error = { $cells ->
        [one] { $cells } own cell
       *[other] { $cells } own cells
    } off: { $columns }
stability-cause-draws = on the list in { $listed } of { $draws } draws
stability-cause-cut = { $count ->
        [one] criterion
       *[other] criteria
    } { $criteria }: { $ties }{ $rounding ->
        [none] {""}
       *[other] , quota { $rounding }
    }
stability-ties-include = ties included
stability-ties-exclude = ties excluded
stability-ties-broken = ties as in the rules
stability-cause-criterion = without criterion { $number }
stability-cause-year = without { $year }
stability-cause-school = without school { $code }
stability-cause-schools = without any one of { $count ->
        [one] { $count } school
       *[other] { $count } schools
    }: { $names }
stability-effect-rounding = values within rounding, each alone
stability-effect-missing = missing data, school by school
stability-effect-small = one small cohort withheld, each alone
stability-effect-error = own cells off: { $columns }
stability-effect-draws = by chance, in more than half of { $draws } draws
stability-and-more = { $names } and { $count } more

# Explanations and workbook
stability-linked = The code of a school leads to the explanation of its present verdict.
stability-head-who-left = Who would leave
stability-head-who-entered = Who would enter
stability-head-to-the-left = To the left in the chart

# Problems
stability-error-malformed = After --error a column and a number are needed, not “{ $text }”
    .label = column=±number expected
    .help = Write the column, an equals sign and how far its values may be off: --error score=±1.
    .long = The option --error says how far the values of one column may be off, in the unit of the column: score=±1, share=±0.5 (percentage points). ± may be left out. The number is above zero. The option may be given several times, once for each column.
stability-column-unknown = No table has a column “{ $name }”
    .label = no such column
    .help = { $count ->
        [0] Use the name that stands after “column” in the rules; “table.column” is possible too.
       *[other] Perhaps { $names } was meant.
     }
    .long = The option --error names a column as the rules declare it, not by its header in the file. Where several tables have a column of the name, the table is written before it: exams.score.
stability-column-which = Several tables have a column “{ $name }”
    .label = which table?
    .help = Name one of them: { $names }.
    .long = Where several tables have a column of the name, the table is written before it: exams.score.
stability-column-no-number = Values of “{ $name }” cannot be off by a number
    .label = not a column of decimal numbers
    .help = Name a column of numbers. Years, links, texts and yes/no have no measurement error.
    .long = A measurement error is a distance, so the column has to hold decimal numbers. A year is the name of a row; texts, dates, links and yes/no have no distance.
stability-column-unread = The rules do not read the column “{ $name }”
    .label = not read by the rules
    .help = Name a column that the criteria depend on.
    .long = An error of values that no rule reads changes nothing, so asking for it is taken for a slip.
stability-column-twice = The error of the column “{ $name }” is given twice
    .label = given twice
    .help = Leave one of them.
    .long = Each column has one measurement error.
stability-nothing-asked = Nothing is left to be tried
    .label = no kind of perturbation
    .help = Compare --only and --without: what both name is left out.
    .long = The option --only names the kinds of perturbations to be tried, --without those to be left out. Together they leave none here.

# Command line
help-stability = Tell how sure a list is: what small differences would do to it
help-only = Only these kinds: rounding, missing, ties, small, error, draws, criteria, years, schools
help-without = All kinds but these
help-small = Cohorts of fewer people than this are small
help-digits = Digits that computed values are rounded to
help-error = How far values of a column may be off: score=±1; may be repeated
help-resample = So many draws by chance within the errors
help-draws-seed = Where the draws begin; the same number, the same draws
usage-stability = merilo stability RULES --data DATA [--category NAME] [--error COLUMN=±NUMBER] [--resample NUMBER] [-o FILE] [options]
value-kinds = KINDS
value-error = COLUMN=±NUMBER
