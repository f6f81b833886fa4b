# Two numbers of the rules for every pair of values

map-title = { $first } and { $second } at once: { $rules }
map-first = A
map-second = B
map-letter = { $letter }: { $name }
map-method = Within one cell the list is the same. The values are exact, none was tried out; the rules were evaluated as a whole { $evaluations ->
        [one] once
       *[other] { $evaluations } times
    }.
map-crossing = Where the lower end of the range is above the upper one, nothing is in the range. Rules with such ends are refused.
map-unchanged = The list depends on neither number: { $listed ->
        [one] { $listed } school
       *[other] { $listed } schools
    } for every pair of values.
map-now = Now { $listed ->
        [one] { $listed } school is
       *[other] { $listed } schools are
    } on the list{ $open ->
        [0] {""}
       *[other] , { $open } undetermined
    }. Breakpoints: { $columns } across and { $rows } up; { $lists ->
        [one] { $lists } list
       *[other] { $lists } different lists
    } with from { $least } to { $most } schools.
map-count = Exactly { $count ->
        [one] { $count } school
       *[other] { $count } schools
    } for: { $regions }.
map-count-none = No pair of values gives exactly { $count ->
        [one] { $count } school
       *[other] { $count } schools
    }{ $below ->
        [none] {""}
       *[other] ; the nearest fewer: { $below }, for: { $belowregions }
    }{ $above ->
        [none] {""}
       *[other] ; the nearest more: { $above }, for: { $aboveregions }
    }.
map-school = { $school } is on the list for: { $regions }.
map-school-never = { $school } is on the list for no pair of values.
map-school-always = { $school } is on the list for every pair of values.
map-school-open = { $school } is undetermined for: { $regions }.
map-region = { $first } { $values }, { $second } { $others }
map-and-more = { $names }; and { $count ->
        [one] { $count } more part
       *[other] { $count } more parts
    } of the plane (all in the format json)
map-corner = { $second } ↓ / { $first } →
map-key = In the cells: schools on the list, in brackets those undetermined. Columns: { $first }; rows: { $second }, the greatest on top.
map-cell = { $listed } ({ $open })
map-table-all = All cells
map-table-near = Cells next to the present values
map-cut = Not all are shown: there are { $columns } columns and { $rows } rows. All of them are in the format json; --from, --to, --and-from and --and-to narrow the values.
map-picture = { $list }: schools on the list by two values
map-picture-description = A map: to the right { $first } from { $low } to { $high }, upwards { $second } from { $below } to { $top }; the darker, the more schools: from { $least } to { $most }. The point marks the present values { $value } and { $other }: { $listed }. The table below gives every number.
map-section = { $list }: schools on the list by value of { $letter }, { $other } as it is now
map-shades = Schools on the list: the darker, the more

# Problems
map-same-number = “{ $name }” is named twice
    .label = one number
    .help = Name two numbers: --parameter share --and 1.2/1. For one alone leave --and out.
    .long = With --and the command threshold looks at two numbers of the rules at once. They must be two: a parameter and another one, two numbers of conditions, or one of each.
map-together = “{ $name }” and “{ $other }” are held against something together here, so a breakpoint of one depends on the value of the other
    .label = both numbers meet here
    .help = Look at each alone: merilo threshold without --and; or at chosen values of both: merilo sweep.
    .long = The map of two numbers is made of rectangles: where the breakpoints of one number do not depend on the other, every list is found exactly. Where one comparison takes both numbers (x more than A and B times y, A less than B), its breakpoints are slanting lines across the plane. Such a pair is refused; nothing is approximated. A grid of chosen values of both is evaluated by merilo sweep.
map-entangled = “{ $name }” and “{ $other }” move the breakpoints of each other
    .label = the breakpoints of the first depend on the second here
    .help = Look at each alone: merilo threshold without --and; or at chosen values of both: merilo sweep.
    .long = A number may set who takes part in a selection whose share is the other number: then the breakpoints of the share are found for each value of the first. When in another place it is the other way round, neither can be taken first, and the pair is refused.
role-entangled = here it is the other way round
map-ends = Which values of “{ $name }” or “{ $other }” are possible depends on the other one here
    .label = the limits of one number are set by the other
    .help = Look at each alone: merilo threshold without --and; or at chosen values of both: merilo sweep.
    .long = The share of a selection lies between 0 and 100 %. Where one of the numbers changes the share that the other makes, not every pair of values is possible, and the pairs that are do not form a rectangle. Such a pair is refused.
map-cells = The map of “{ $name }” and “{ $other }” would have { $count } cells; { $most } are possible
    .label = too many cells
    .help = Narrow the values with --from, --to, --and-from and --and-to.
    .long = Every breakpoint of one number meets every breakpoint of the other. With narrower values there are fewer of both.
map-evaluations = For the map of “{ $name }” and “{ $other }” the rules would have to be evaluated { $count } times; { $most } are possible
    .label = too many values
    .help = Narrow the values with --from, --to, --and-from and --and-to.
    .long = The rules are evaluated once for each strip between two breakpoints of one number and, where the place of one school depends on others, once more for each stretch of the other number within the strip.

# Command line
help-and = A second number: tell for every pair of values of both who is on the list
help-and-from = The least value of the second number to look at
help-and-to = The greatest value of the second number to look at

# Lists, explanations and workbook
map-head-values = For which values
map-head-region = List no.
map-lists = Other lists: { $count }
map-lists-more = Not shown: { $count ->
        [one] { $count } list
       *[other] { $count } lists
    }. All of them are in the report of kind json.
map-linked = The code of a school leads to the explanation of its verdict: in the table of other lists for the values of that row. Beside the present pair, { $lists ->
        [one] { $lists } pair of values next to it is explained
       *[other] { $lists } pairs of values next to it are explained
    }; further away schools are explained for the present pair. A page with an explanation leads to the other pairs.
