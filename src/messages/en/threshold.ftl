# A number of the rules for every value

threshold-title = { $what } for every value: { $rules }
threshold-parameter = Parameter “{ $name }”
threshold-literal = Criterion { $number }, number { $at } of its condition
threshold-now = { $what }: now { $value }.
threshold-domain = Values looked at: { $interval }.
threshold-method = { $evaluations ->
        [0] Between two neighbouring breakpoints nothing changes. The values are exact, none was tried out.
       *[other] Between two neighbouring breakpoints nothing changes. The rules were evaluated as a whole { $evaluations } times, once for each stretch, because schools depend on each other here.
    }
threshold-category = Category { $name }
threshold-criterion = Schools that meet criterion { $number }
threshold-curve-now = Now, at { $value }, { $listed ->
        [one] { $listed } school is
       *[other] { $listed } schools are
    } on the list{ $open ->
        [0] {""}
       *[other] , { $open } undetermined
    }.
threshold-outside = The present value { $value } is not among those looked at. At it { $listed ->
        [one] { $listed } school is
       *[other] { $listed } schools are
    } on the list{ $open ->
        [0] {""}
       *[other] , { $open } undetermined
    }.
threshold-curve = Breakpoints: { $breakpoints }; between them the list has from { $least } to { $most } schools.
threshold-not-judged = The category “{ $category }” does not look at { $count } of them: here the criterion is counted for all schools.
threshold-unchanged = The list does not depend on this number: { $listed ->
        [one] { $listed } school
       *[other] { $listed } schools
    } for every value.
threshold-unchanged-within = The list is the same for all values looked at: { $listed ->
        [one] { $listed } school
       *[other] { $listed } schools
    }.
threshold-count = Exactly { $count ->
        [one] { $count } school
       *[other] { $count } schools
    } for { $interval }.
threshold-count-none = No value gives exactly { $count ->
        [one] { $count } school
       *[other] { $count } schools
    }{ $below ->
        [none] {""}
       *[other] ; the nearest fewer: { $below }, for { $belowinterval }
    }{ $above ->
        [none] {""}
       *[other] ; the nearest more: { $above }, for { $aboveinterval }
    }.
threshold-school = { $school } is on the list for { $interval }.
threshold-school-never = { $school } is on the list for no value.
threshold-school-open = { $school } is undetermined for { $interval }.
threshold-near = Within { $distance } of the present value: { $leaving ->
        [one] { $leaving } school
       *[other] { $leaving } schools
    } of the list would leave it{ $leavers ->
        [none] {""}
       *[other] {" "}({ $leavers })
    }, { $entering ->
        [one] { $entering } other school
       *[other] { $entering } other schools
    } would enter{ $enterers ->
        [none] {""}
       *[other] {" "}({ $enterers })
    }.
threshold-near-outside = Who would leave the list or enter it within { $distance } of the present value cannot be seen here: the present value was not looked at.
threshold-and-more = { $names } and { $count } more
threshold-chart = { $list }: schools on the list by value
threshold-chart-description = A step line: values from { $low } to { $high }, schools from { $least } to { $most }. The dashed line marks the present value { $value }: { $listed }. The table below gives every step.
threshold-chart-description-outside = A step line: values from { $low } to { $high }, schools from { $least } to { $most }. The present value { $value } is not on it: at it { $listed } are listed. The table below gives every step.
threshold-chart-now = now
threshold-table-near = Breakpoints next to the present value
threshold-table-near-outside = The breakpoints nearest to the present value
threshold-table-all = All breakpoints
steps-head-number = Number of the rules
threshold-head-value = Value
threshold-head-listed = On the list
threshold-head-entered = Enter
threshold-head-left = Leave
threshold-head-open = Undetermined
threshold-head-who = Who (+ enters, − leaves)
threshold-present = { $interval } ← now
threshold-more = Not all are shown: { $count ->
        [one] { $count } more breakpoint
       *[other] { $count } more breakpoints
    }. All of them are in the format json.
threshold-any = any value
threshold-exactly = exactly { $value }
threshold-at-least = at least { $value }
threshold-more-than = more than { $value }
threshold-at-most = at most { $value }
threshold-less-than = less than { $value }
threshold-both = { $from } and { $to }
threshold-or = {" "}or{" "}

# Explanations and workbook
threshold-version-now = now: { $value }
threshold-version-at = at { $value }
threshold-movers = Schools that enter and leave: { $count }
threshold-linked = The code of a school leads to the explanation of its verdict: in the tables of breakpoints for the values of that row, in the table of schools for the present value, and there the words of the verdicts for both sides of the breakpoint. { $values ->
        [0] There are no other values.
        [one] Beside the present one, { $values } value next to it is explained; further away schools are explained at the present value.
       *[other] Beside the present one, { $values } values next to it are explained; further away schools are explained at the present value.
    } A page with an explanation leads to the other values.
threshold-head-list = List
threshold-head-breakpoint = Breakpoint
threshold-head-below = Below it
threshold-head-above = Above it
threshold-head-from = From
threshold-head-to = To
threshold-head-including = Included
threshold-head-who-entered = Who enters
threshold-head-who-left = Who leaves

# Problems
threshold-unknown = “{ $name }” is neither a parameter nor a criterion of the rules
    .label = name not found
    .help = { $count ->
        [0] Name a parameter, the number of a criterion, or one number of its condition: --parameter 1.2/1.
       *[other] Perhaps { $names } was meant.
     }
    .long = The command threshold looks at one number of the rules for every value: a parameter by its name, or a number that stands in the condition of a criterion. “1.2” is the only number of criterion 1.2, “1.2/2” its second one.
threshold-not-a-number = The parameter “{ $name }” is not one number
    .label = no single number
    .help = Name a parameter that is one number. For a text or for values by key use scenarios or --set.
    .long = The step function is made for one number. A parameter that is a text, a date or yes/no, and one that has a value of its own for each kind of school, has no line of values to go along. Try other values by scenarios (merilo compare) or with --set.
threshold-which = { $count ->
        [0] No number stands in the condition of criterion { $number }
       *[other] Criterion { $number } has { $count ->
            [one] { $count } number, and another one was asked for
           *[other] { $count } numbers
        }
    }
    .label = which number?
    .help = { $count ->
        [0] Name a parameter that the criterion uses.
       *[other] Name one of them: { $names }.
     }
    .long = A number that stands in the condition of a criterion is named by the number of the criterion, a slash and its place: 1.2/1 is the first. Numbers of parameters and indicators that the condition uses belong to them, not to the criterion.
threshold-beyond = There is no exact answer for “{ $name }”: here it goes into something that is not held against a bound
    .label = the number goes on from here
    .help = Try other values by scenarios (merilo compare) or with --set.
    .long = An exact answer for all values exists where the number, perhaps multiplied or added to, is held against values of schools, is the share or count of a selection, or says how many criteria must be met. Where it goes into a mean, an index, a rounding or a product with itself, or ranks the schools, the list can change anywhere; nothing is guessed from samples. Compare the values that matter as scenarios.
threshold-folded = “{ $name }” is needed here before the data are read
    .label = a year, a weight, a step of rounding or the size of a group
    .help = Try other values by scenarios (merilo compare) or with --set.
    .long = A number that sets the years of a window, the weight of a component, the step of rounding or the size of a small group makes other rules of the rules. Every value of it has to be evaluated on its own: by scenarios or with --set.
threshold-too-many = For “{ $name }” the rules would have to be evaluated { $count } times; { $most } are possible
    .label = too many values
    .help = Narrow the values with --from and --to.
    .long = Here the place of one school depends on others, so the rules are evaluated as a whole once for each stretch between two values at which something may change. With --from and --to only the stretches in between are evaluated.
threshold-empty = No value of “{ $name }” is left
    .label = empty range
    .help = Compare --from and --to with each other and with the range that the rules allow.
    .long = The values looked at lie within --from and --to, within the allowed range of the parameter, and where the rules are rules: a share lies between 0 and 100 %, the lower end of a range below the upper one.
threshold-malformed = { $option } needs a number, not “{ $text }”
    .label = number expected
    .help = Write a number in the unit of the parameter: { $option } 25 or { $option } "25 %".
    .long = The values after --from, --to and --near are numbers in the unit of the parameter: for a percentage 25 and “25 %” are the same. The decimal mark is a comma or a point.
threshold-category-unknown = The rules have no category “{ $name }”
    .label = category not found
    .help = { $count ->
        [0] Look the name up in the rules.
       *[other] Perhaps { $names } was meant.
     }
    .long = With --category the list of one category is looked at; without it those of all. The name is the one after the word “category” in the rules.

# Command line
help-threshold = Tell for every value of a parameter or threshold who is on the list
help-parameter = A parameter by name, or a number of a criterion: 1.2, 1.2/2
help-from = The least value to look at
help-to = The greatest value to look at
help-category = Only this category
help-count = Which values give exactly so many schools
help-threshold-school = Code of a school: for which values is it on the list
help-near = Who is so near to the edge: distance from the present value
usage-threshold = merilo threshold RULES --data DATA --parameter NAME [--and NAME] [--count N] [--school CODE] [--near DISTANCE] [-o FILE] [options]
value-name = NAME
