# Why one school was decided as it was
explain-numbered = { $number } “{ $title }”
explain-criterion = Criterion { $name }
explain-group = Group { $name }
explain-category = Category { $name }
explain-rule = The rules say: { $text }
explain-basis = Basis: { $text }
explain-explanation = Explanation: { $text }
explain-reading = Read as: { $text }

explain-policy-undetermined = Data are lacking: the criterion stays undetermined
explain-policy-not-met = Data are lacking: by the rules the criterion counts as not met
explain-policy-met = Data are lacking: by the rules the criterion counts as met
explain-policy-not-applicable = Data are lacking: by the rules the criterion counts as not applicable
explain-no-matching-rows = No row for this school in the table “{ $table }” matches (there { $count ->
    [one] is { $count } row
   *[other] are { $count } rows
 })
explain-no-rows = Not one row for this school in the table “{ $table }”
explain-missing-cells = Which data are lacking:
explain-alternatives = The decision on the category, if the criterion were met: “{ $met }”; if it were not: “{ $not_met }”
explain-open = The decision depends on the lacking data

explain-populations = Populations that the school is not in
explain-outside-condition = “{ $name }”: the condition of the population is not met
explain-outside-base = “{ $name }”: the school is not in the population “{ $base }”
explain-excluded = “{ $name }”: the school is excluded
explain-membership-unknown = “{ $name }”: it is unknown whether the school belongs ({ $reasons })

condition-true = true
condition-false = false
condition-unknown = unknown ({ $reasons })

explain-parameter = Parameter “{ $name }”
explain-replaced = changed for this run, in the rules { $before }
explain-indicator = Indicator “{ $name }”
explain-index = Index “{ $name }”
explain-function = Function “{ $name }”
explain-key = For the value “{ $key }”
explain-key-otherwise = Otherwise
explain-key-nothing = No value is given for this case
explain-link = { $table }: “{ $name }”
explain-link-empty = { $table }: the row does not say what it is linked to ({ $reasons })
explain-link-nowhere = { $table }: “{ $name }” not found

explain-comparison-unknown = value: { $left }, required: { $relation } { $right }
explain-comparison-masked = { $relation } { $right }, the value is not published
explain-comparison = { $left } { $relation } { $right }
relation-less = less than
relation-at-most = at most
relation-more = more than
relation-at-least = at least
relation-equal = =
relation-not-equal = is not
explain-on-threshold = exactly on the threshold
explain-margin = margin { $distance }
explain-short-of-range = { $distance } from the end of the range
explain-short-by = { $distance } from the threshold
explain-between = { $value } between { $low } and { $high }
explain-not-between = { $value } not between { $low } and { $high }
explain-one-of = { $value } is one of { $options }
explain-none-of = { $value } is none of { $options }
explain-in-list-unknown = value: { $value }, required: in the list “{ $name }”
explain-not-in-list-unknown = value: { $value }, required: not in the list “{ $name }”
explain-in-list = { $value } in the list “{ $name }”
explain-not-in-list = { $value } not in the list “{ $name }”
explain-on-date = {" "}on { $date }
explain-entry = entry “{ $value }”{ $period }
explain-other-period = The list has “{ $value }”{ $period }, but the entry is not in force on this date
explain-from-date = {" "}from { $date }
explain-to-date = {" "}to { $date }

explain-is-known = The value is known
explain-is-not-known = The value is not known
explain-is-missing = There are no data
explain-is-suppressed = The value is suppressed
explain-is-invalid = The value is invalid
explain-is-not-applicable = The value is not applicable
explain-all-conditions = All conditions together
explain-any-condition = At least one of the conditions
explain-negation = The condition below does not hold
explain-branch = Case { $n }
explain-otherwise = Otherwise ({ $n ->
    [1] case 1 does not apply
   *[other] none of the first { $n } cases applies
 })
explain-branch-undecided = It is unknown which case applies

explain-count-criteria = Criteria met: { $met } of { $total } (required: { $asked })
explain-count-groups = Groups met: { $met } of { $total } (required: { $asked })
explain-count-conditions = Conditions met: { $met } of { $total } (required: { $asked })
explain-count-undetermined = undetermined: { $count }
explain-count-not-applicable = not applicable: { $count }
asked-all = all
asked-at-least = at least { $n }
asked-at-most = at most { $n }
asked-exactly = exactly { $n }
explain-criterion-status = Criterion { $number } is { $asked } (found: { $found })

explain-withheld = The value is not used: { $reasons }
explain-withheld-unknown = Whether the value is used is not known ({ $reasons } if the condition holds):
explain-fallback-first = The main value is taken
explain-fallback-second = The main value is suppressed, the other one is taken
explain-each-year = In each year: { $years }
explain-at-least-years = In at least { $n ->
    [one] { $n } year
   *[other] { $n } years
 } of: { $years }
explain-years-in-a-row = { $n ->
    [one] { $n } year
   *[other] { $n } years
 } in a row among: { $years }
explain-mean-of-years = Mean of the yearly values of { $years }
explain-met-count = Number of criteria met
explain-met-count-none = {" "}(the category does not judge the school)
explain-met-count-of = {" "}(of { $of }{ $undetermined ->
    [0] {""}
   *[other] , { $undetermined } undetermined
 })
explain-not-shown = The reasoning is too long to be shown in full:{" "}

# Rows of tables
aggregate-mean = Mean
aggregate-weighted-mean = Weighted mean
aggregate-sum = Sum
aggregate-count = Count
aggregate-count-distinct = Count of different ones
aggregate-minimum = Minimum
aggregate-maximum = Maximum
aggregate-median = Median
aggregate-share = Share
aggregate-latest = Latest value
aggregate-quantile = Quantile
aggregate-of-school = { $function } over the rows of “{ $table }” for this school
aggregate-of-all = { $function } over all rows of “{ $table }”
aggregate-of-stratum = { $function } over the same group of rows of “{ $table }”
aggregate-of-others = { $function } over the other rows of the same group of “{ $table }”
aggregate-group = {" "}(group “{ $group }”)
aggregate-among = , among “{ $population }”
aggregate-condition = Condition of the rows: { $text }
aggregate-source = { $title }: column “{ $header }”, { $count ->
    [one] file { $files }
   *[other] files { $files }
 }
aggregate-window = , { $years }
rows-taken = { $count ->
    [one] { $count } row taken
   *[other] { $count } rows taken
 }
rows-absent = left out { $count } ({ $reasons })
rows-undecided = { $count ->
    [one] of { $count } row it is unknown whether it matches the condition
   *[other] of { $count } rows it is unknown whether they match the condition
 }
rows-not-matching = not matching the condition: { $count }
rows-suppressed = suppressed: { $count }
row-left-out = left out – { $why }
row-not-matching = does not match the condition
row-undecided = unknown whether it matches ({ $reasons })
row-outside-window = another year
row-value = value
row-weight = , weight { $weight }
explain-rows-not-listed = { $count ->
    [one] { $count } more row is not shown
   *[other] { $count } more rows are not shown
 }

# Selections
rank-among-lowest = Among the lowest, “{ $population }”{ $within }
rank-among-highest = Among the highest, “{ $population }”{ $within }
rank-not-among-lowest = Not among the lowest, “{ $population }”{ $within }
rank-not-among-highest = Not among the highest, “{ $population }”{ $within }
rank-within = {" "}within “{ $stratum }”
rank-place = Place { $place } of { $ranked }
rank-places = Places { $first } to { $last } of { $ranked } (equal values)
rank-outside = The school is outside the population and takes no part in the selection
rank-masked = The place is not published
rank-no-value = No place: { $reasons }
rank-not-ranked = No selection was made in this group
rank-quota-count = To be selected: { $quota }
rank-quota-share = To be selected: { $share } of { $base } ({ $of }) = { $exact }, rounded { $how }: { $quota }
rank-quota-whole = To be selected: { $share } of { $base } ({ $of }) = { $quota }
rank-base-ranked = schools with a value
rank-base-of = population “{ $population }”
rank-cut-off = Cut-off: { $cut_off }; schools selected { $selected }, exactly on the cut-off { $tied }
rank-on-cut = the school is exactly on the cut-off
rank-ties-include = All schools with equal values on the cut-off are selected
rank-ties-exclude = Schools with equal values on the cut-off are left out unless all of them fit
rank-ties-break = Schools with equal values on the cut-off are told apart by further indicators
rank-defaulted = The rules do not say everything: where they say nothing, the quota is rounded up and ties at the cut are included
rank-small-merge = The group is too small and was merged with others
rank-small-together = . Ranked together: { $count ->
    [one] { $count } group
   *[other] { $count } groups
 }: { $groups }
rank-small-more = {" "}and { $count } more
rank-tie-lowest = Lower goes first: { $name }; the school has { $value }
rank-tie-highest = Higher goes first: { $name }; the school has { $value }
rank-tie-formula = a further value
rank-neighbour-tie = ; { $name }: { $value }
rank-small-undetermined = The group is too small: the criterion is undetermined
rank-small-not-met = The group is too small: the criterion counts as not met
rank-last-inside = The last ones selected:
rank-first-outside = The first ones not selected:
rank-neighbour = { $place }. { $school }: { $value }

# Indices
explain-normalised = Brought onto a common scale ({ $method }, “{ $population }”)
normal-standard = standard score
normal-min-max = between minimum and maximum
normal-fixed = between fixed bounds
normal-rank-share = rank share
normal-percent-of = share of the maximum possible
normal-plain = as it is
normal-scale-rows = mean { $mean }, deviation { $deviation }, rows { $count }
normal-scale = mean { $mean }, standard deviation { $deviation } (divided by the number of schools, { $count })
normal-reversed = reversed: lower is better
index-sum = Weighted sum of the components
index-floor-nothing = no component is known
index-floor-weight = { $known } of the weight is known, at least { $needed } is needed
index-floor-components = components known: { $known }, at least { $needed } needed
index-component = { $title }: { $raw }, on the common scale { $normalised }, weight { $weight }
index-component-reweighted = { $title }: { $raw }; its weight { $weight } went to the other components
index-component-reallocated = { $title }: { $raw }; its weight { $weight } went to the named components
index-component-zero = { $title }: { $raw }; zero was taken, weight { $weight }
index-component-median = { $title }: { $raw }; the median { $normalised } was taken, weight { $weight }
index-component-absent = { $title }: { $raw }; weight { $weight }
index-component-required = { $title }: { $raw }; without this component the index is undetermined
index-contribution = ; contribution { $value }

# In one phrase, why a criterion is met or not
explain-verdict-reason = : { $reason }
explain-taken-entry-source = , source: { $source }
rank-from-lowest = from the lowest
rank-from-highest = from the highest
reason-place = place { $place } of { $ranked } ({ $side })
reason-places = places { $place } of { $ranked } ({ $side }; equal values)
reason-outside-population = the school is outside the population that is ranked
reason-quota = quota { $quota } = { $share } of { $base }
reason-quota-count = quota { $quota }
reason-rounded = {" "}({ $exact }, { $how })
rounded-up = rounded up
rounded-down = rounded down
rounded-half-up = rounded to the nearest, half up
rounded-half-even = rounded to the nearest, half to even
reason-cut-off = cut-off { $cut_off }
reason-ties-in = { $count ->
    [2] 2 schools on the cut-off, both included
    [one] { $count } school on the cut-off, included
   *[other] { $count } schools on the cut-off, all included
 }
reason-ties-out = { $count ->
    [one] { $count } school on the cut-off, left out
   *[other] { $count } schools on the cut-off, none included
 }
reason-ties-broken = { $count ->
    [one] { $count } school on the cut-off, told apart
   *[other] { $count } schools on the cut-off, told apart
 } by further values
cell-of-text-file = { $file }, line { $row }, column “{ $column }”
rank-without-value = Not ranked because they have no value: { $count ->
    [one] { $count } school
   *[other] { $count } schools
 }
normal-place = place { $place } of { $count } from the smallest
normal-range = lowest { $minimum }, highest { $maximum }, schools { $count }
index-block = Block “{ $title }”
index-weights = weight { $written } of { $whole } in the rules
asked-any-criterion = any
asked-any-group = any
asked-any-condition = any
asked-no-criterion = none
asked-no-group = none
asked-no-condition = none
explain-too-many-open = Too many criteria are undetermined to try every combination of them: it is not known whether the decision depends on the missing data
cells-of-text-file = { $file }, line { $row }, columns { $columns }
cells-of-sheet = { $file }, sheet “{ $sheet }”, cells { $cells }

# What a decision rests on and what would change it
weight-sufficient = This alone is sufficient for the decision: { $list }
weight-met = { $count ->
    [one] criterion { $list } is met
   *[other] criteria { $list } are met
 }
weight-not-met = { $count ->
    [one] criterion { $list } is not met
   *[other] criteria { $list } are not met
 }
weight-not-applicable = { $count ->
    [one] criterion { $list } is not applicable
   *[other] criteria { $list } are not applicable
 }
weight-decisive = { $count ->
    [one] Decisive criterion: { $list } – had it turned out otherwise, the decision would be the opposite
   *[other] Decisive criteria: { $list } – had any of them turned out otherwise, the decision would be the opposite
 }
weight-several = No criterion decides alone: the decision would be otherwise if at least { $count } criteria turned out otherwise, for example { $list }
weight-indifferent = { $count ->
    [one] No justification of the decision needs criterion { $list }: what suffices together with it suffices without it
   *[other] No justification of the decision needs criteria { $list }: what suffices together with them suffices without them
 }
weight-inapplicable = { $count ->
    [one] Criterion { $list } is not applicable to the school: it can neither meet it nor fail it
   *[other] Criteria { $list } are not applicable to the school: it can neither meet them nor fail them
 }
weight-out-of-reach = { $applicable } of { $of } criteria are applicable to the school, and at least { $needed } must be met. Whatever their outcome, the school does not belong to the category
weight-settled = Whatever the outcome of the applicable criteria, the decision would not be otherwise
rounding-turns = Rounded to { $place ->
    [tenth] one decimal place
   *[whole] whole numbers
 }, it would be the other way round:
rounding-nothing = Rounding the values to one decimal place or to whole numbers would change none of the comparisons
change-measure = At most three changes are named, those smallest against what is possible: of points, marks and shares against the range of their possible values, of other numbers against the larger of the two values
change-to-not-met = The criterion would not be met if one of these changed:
change-to-met = The criterion would be met if one of these changed:
change-to-known = What each missing cell would settle while the others are empty:
change-value = “{ $name }”: { $relation } { $bound } (now { $now })
change-no-cell = No single cell of the school would change the decision on the criterion (cells tried: { $count })
change-entering = ; then the criterion would be met by { $count ->
    [one] another school: { $names }
   *[other] other schools: { $names }
 }
change-leaving = ; then the criterion would no longer be met by { $count ->
    [one] another school: { $names }
   *[other] other schools: { $names }
 }
change-category = ; { $count ->
    [one] category
   *[other] categories
 } { $names }: { $verdict }{ $registered ->
    [none] {""}
    [include] {" "}by computation, but the school stays on the list: it is put on it by decision
   *[exclude] {" "}by computation, but the school stays off the list: it is taken off it by decision
 }
change-entering-other = ; then { $count ->
    [one] another school would belong to the category “{ $category }”: { $names }
   *[other] other schools would belong to the category “{ $category }”: { $names }
 }
change-leaving-other = ; then { $count ->
    [one] another school would no longer belong to the category “{ $category }”: { $names }
   *[other] other schools would no longer belong to the category “{ $category }”: { $names }
 }
change-held = ; by computation { $count ->
    [one] another school
   *[other] other schools
 } { $way ->
    [entering] would belong as well
   *[leaving] would no longer belong
 }: { $names } – { $action ->
    [include] put on the list by decision, { $count ->
        [one] it stays on it
       *[other] they stay on it
    }
   *[exclude] taken off the list by decision, { $count ->
        [one] it stays off it
       *[other] they stay off it
    }
 }
change-held-other = ; by computation { $count ->
    [one] another school
   *[other] other schools
 } { $way ->
    [entering] would belong
   *[leaving] would no longer belong
 } to the category “{ $category }”: { $names } – { $action ->
    [include] put on the list by decision, { $count ->
        [one] it stays on it
       *[other] they stay on it
    }
   *[exclude] taken off the list by decision, { $count ->
        [one] it stays off it
       *[other] they stay off it
    }
 }
change-name = “{ $name }”
change-categories-same = ; the categories of the school stay as they are
change-settles-nothing = : does not settle it alone, other data are missing as well
change-settles-whatever = : whatever the value from { $low } to { $high }, { $leads }
change-settles-truth = : if yes, { $yes }; if no, { $no }
change-settles-parts = : { $list }
change-part-first = up to and with { $to }: { $leads }
change-part-last = from { $from }: { $leads }
change-part = from { $from } to { $to }: { $leads }
change-part-only = exactly { $value }: { $leads }
change-part-of-criterion = the criterion is { $verdict }
change-part-of-category = { $count ->
    [one] category
   *[other] categories
 } { $names } – { $verdict }{ $registered ->
    [none] {""}
    [include] {" "}by computation, but the school stays on the list: it is put on it by decision
   *[exclude] {" "}by computation, but the school stays off the list: it is taken off it by decision
 }
change-part-category = , { $count ->
    [one] category
   *[other] categories
 } { $names } – { $verdict }{ $registered ->
    [none] {""}
    [include] {" "}by computation, but the school stays on the list: it is put on it by decision
   *[exclude] {" "}by computation, but the school stays off the list: it is taken off it by decision
 }
change-of-category = { $registered ->
    [none] The decision on the category would be otherwise if one of these cells changed:
   *[other] The computation of the category would come out otherwise if one of these cells changed:
 }
change-together = One cell is not enough: { $registered ->
    [none] the decision on the category would be otherwise
   *[other] the computation of the category would come out otherwise
 } if { $count ->
    [one] { $count } cell
   *[other] { $count } cells
 } changed together (the smallest combination found):
change-no-cell-of-category = No single cell of the school would change the decision on the category (cells tried: { $count }){ $together ->
    [1] {""}
   *[other] ; nor did a combination of up to { $together } cells among those tried (not all were)
 }
change-missing-otherwise = The value of one missing cell could make { $registered ->
    [none] the decision on the category another one:
   *[other] the computation of the category come out otherwise:
 }
change-missing-of-category = One missing cell would settle { $registered ->
    [none] the decision on the category:
   *[other] the computation of the category:
 }
change-tried = Tried: { $list }{ $left_out ->
    [0] {""}
   *[other] ; cells beyond these were not tried: { $left_out }
 }
change-range = { $title } from { $low } to { $high }{ $cells ->
    [1] {""}
   *[other] , { $cells } cells
 }{ $every ->
    [yes] {""}
   *[no] , some of the values
 }
change-range-of-truths = { $title } yes or no{ $cells ->
    [1] {""}
   *[other] , { $cells } cells
 }
change-entering-category = ; then { $count ->
    [one] another school would belong as well: { $names }
   *[other] other schools would belong as well: { $names }
 }
change-leaving-category = ; then { $count ->
    [one] another school would no longer belong: { $names }
   *[other] other schools would no longer belong: { $names }
 }

explain-registered = { $effect ->
    [same] { $action ->
        [include] The decision to put the school on the list changes nothing here – it belongs to the category by computation as well:
       *[exclude] The decision to take the school off the list changes nothing here – it is not on it by computation either:
    }
    [open] The school is taken off the list by a decision, the computation gives no answer:
   *[changes] { $action ->
        [include] The school is put on the list not by the computation but by a decision:
       *[exclude] The school is taken off the list not by the computation but by a decision:
    }
 }
explain-registered-stands = What follows explains the computation. As long as the decision is in force, it settles the place of the school on the list

# Bases, rounding, provisos
explain-then = The condition holds, taken
explain-else = The condition does not hold, taken
explain-comparison-open = the exact value is not known ({ $left }), required: { $relation } { $right }
explain-not-withheld = The value would be “{ $reasons }” only if:
explain-rounding = , rounded { $how }
rounding-up = up
rounding-down = down
rounding-half-up = to the nearest, half up
rounding-half-away = to the nearest, half away from zero
rounding-half-even = to the nearest, half to even
explain-no-rows-short = no matching rows in the table “{ $table }”
reason-policy-met = data are lacking ({ $missing }), by the rules it counts as met
reason-policy-not-met = data are lacking ({ $missing }), by the rules it counts as not met
reason-policy-not-applicable = data are lacking ({ $missing }), by the rules it counts as not applicable
reason-criterion = criterion { $name } is { $verdict }
reason-group = group { $name }: { $verdict }
reason-category = category “{ $name }”: { $verdict }
explain-not-judged-excluded = the school is excluded from the population “{ $name }” ({ $basis })
explain-not-judged-unsaid = the school is excluded from the population “{ $name }”, the rules give no basis
explain-unsure-whether-judged = it is not known whether the school belongs to “{ $name }”
explain-not-judged-outside = the school is outside the population “{ $name }”
explain-criteria-without-effect = Below is what the criteria would come to; it has no effect on the decision about the school
rows-none = there are no rows for this
rows-outside-window = of other years: { $count }
rows-unmatched = { $count ->
    [one] { $count } row does not match
   *[other] { $count } rows do not match
 }, condition: { $condition }
rows-outside-population = { $count ->
    [one] { $count } row does not match: outside the population
   *[other] { $count } rows do not match: outside the population
 }
rank-short-by = { $distance } from the cut-off
rank-share-named = { $share } (parameter “{ $name }”)
rank-ties-left-out = The schools with equal values on the cut-off do not all fit and are not selected: only those beyond the cut-off are
rank-members = Population “{ $name }”: { $count ->
    [one] { $count } school
   *[other] { $count } schools
 }
rank-excluded = { $count ->
    [one] { $count } school excluded
   *[other] { $count } schools excluded
 }: { $basis }
rank-excluded-unsaid = { $count ->
    [one] { $count } school excluded
   *[other] { $count } schools excluded
 }, the rules give no basis
rank-outsiders = { $count ->
    [one] Outside by the condition of the population: { $count } school
   *[other] Outside by the condition of the population: { $count } schools
 }
rank-members-unknown = { $count ->
    [one] Unknown whether { $count } school belongs
   *[other] Unknown whether { $count } schools belong
 }
rank-before-own = Nearest before the school:
rank-after-own = Nearest behind the school:
rank-neighbour-more = {" "}(and { $count ->
    [one] { $count } more school
   *[other] { $count } more schools
 } with the same value)
normal-with-excluded = the mean and the deviation include rows of schools that populations exclude
index-rounded = , rounded to { $step } ({ $how }):{" "}
index-policy-reweight = By the rules the weight of components without a value goes to the others
index-policy-reweight-weight = By the rules the weight of components without a value goes to the others if at least { $least } of the weight is known
index-policy-reweight-components = By the rules the weight of components without a value goes to the others if at least { $least } components are known
index-policy-reallocate = By the rules the weight of the component “{ $from }” without a value goes to: { $to }
index-policy-required = By the rules the index is undetermined without any of its components
index-policy-zero = By the rules zero is taken for a component without a value
index-policy-median = By the rules the median is taken for a component without a value
normal-rows-how = Value of a row: (result − mean) / standard deviation of the same group of rows; the deviation is the root of the mean squared difference (divided by the number of rows)
# What is not in the data and what that decides
outlook-category-met = { $count ->
    [one] The school belongs to the category, however the undetermined criterion { $list } turns out
   *[other] The school belongs to the category, however the undetermined criteria { $list } turn out
 }
outlook-category-not-met = { $count ->
    [one] The school does not belong to the category, however the undetermined criterion { $list } turns out
   *[other] The school does not belong to the category, however the undetermined criteria { $list } turn out
 }
outlook-group-met = { $count ->
    [one] The group is met, however the undetermined criterion { $list } turns out
   *[other] The group is met, however the undetermined criteria { $list } turn out
 }
outlook-group-not-met = { $count ->
    [one] The group is not met, however the undetermined criterion { $list } turns out
   *[other] The group is not met, however the undetermined criteria { $list } turn out
 }
outlook-skipped = The other criteria are decided by the data that are there: cells without a value are passed over as the rules say
weight-unsettling = { $count ->
    [one] Had criterion { $list } turned out otherwise, the decision would not be determined
   *[other] Had any of the criteria { $list } turned out otherwise, the decision would not be determined
 }
unknown-category-always = Cells without a value: { $cells }; for all their possible values: { $verdict }
unknown-category-tried = Cells without a value: { $cells }; for all values tried: { $verdict } (combinations tried: { $tried }, not all that are possible)
unknown-category-open = Cells without a value: { $cells }; the decision depends on the missing data
unknown-category-lacking = Cells without a value: { $cells }; whatever values they are given, the decision is not determined: other data are missing as well (combinations tried: { $tried })
unknown-criterion-always = Cells without a value: { $cells }; for all their possible values the criterion is { $verdict }
unknown-criterion-tried = Cells without a value: { $cells }; for all values tried the criterion is { $verdict } (combinations tried: { $tried }, not all that are possible)
unknown-criterion-open = Cells without a value: { $cells }; the criterion depends on their values
unknown-criterion-lacking = Cells without a value: { $cells }; whatever values they are given, the criterion is not determined: other data are missing as well (combinations tried: { $tried })
unknown-ends = All together: at their lowest possible values: { $lowest }; at their highest: { $highest }
unknown-alone = Each alone, while the others have no value:
unknown-alone-nothing = Cells that change nothing alone: { $count }
unknown-combinations-differ = Some combinations of values give one decision, others another (combinations tried: { $tried })
unknown-not-tried = Cells for which no values were tried (a text, a date, a link, or nothing to compare with): { $count }
unknown-range = from { $from } to { $to }: { $verdict }
unknown-value = { $value }: { $verdict }
unknown-some-values = {" "}(not all values were tried: { $tried })
others-unknown = { $count ->
    [one] { $count } school has no value for this ranking
   *[other] { $count } schools have no value for this ranking
 }; if the values were known, the place of the school could be from { $first } to { $last }
others-same = ; the decision does not depend on that: criterion { $criterion }, category: { $category }
others-differ = : if all of them stood behind the school, criterion { $behind }, category: { $category_behind }; if all stood before it, criterion { $before }, category: { $category_before }
members-unknown = Of { $count ->
    [one] { $count } other school
   *[other] { $count } other schools
 } it is not known whether they take part in this selection
members-same = ; if all of them did, the decision would be the same: criterion { $criterion }, category: { $category }
members-differ = ; if all of them did, criterion { $criterion }, category: { $category }
others-scale = {" "}(the common scale being as it is)
