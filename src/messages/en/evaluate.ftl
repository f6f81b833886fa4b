# What shows only with the values: M501–M599

evaluate-circular = The rules refer to themselves
    .label = computed from itself
    .long = A value cannot depend on itself. The check of the rules finds this; if you see it after a check without errors, please tell the developers.
evaluate-malformed = The rules name something they do not contain
    .label = here
    .long = The checked rules refer to nowhere. The check of the rules finds this; if you see it after a check without errors, please tell the developers.
script-failed = Function “{ $name }” gave no number for { $count ->
        [one] { $count } row
       *[other] { $count } rows
    }: { $problem ->
        [too-long] the calculation takes too long
        [not-exact] the value of “{ $word }” has more than 28 digits
        [not-a-number] the result is not a number
       *[other] the calculation stopped
    }{ $line ->
        [0] {""}
       *[other] {" "}(line { $line })
    }
    .label = this function
    .help = Check the file of the function and the values it is called with. For a specialist: { $detail }.
    .long = The function stopped or returned something that is not a number. Values that depend on it are marked as invalid, not as zero.
recheck-differs = Two evaluations gave different results{ $whose ->
        [school] {""} for school “{ $row }”
        [row] {""} for row “{ $row }” of table “{ $table }”
       *[all] {""}
    }: { $what ->
        [criterion] criterion { $name }
        [group] group { $name }
        [category] category “{ $name }”
        [listed] whether the school is on the list of the category “{ $name }”
        [population] whether it belongs to population “{ $name }”
        [exclusion] what excluded it from population “{ $name }”
        [members] how many rows population “{ $name }” has
        [schools] the number of schools
       *[value] the underlined value
    } – { $kept }{ $keptwhy ->
        [none] {""}
       *[other] {" "}({ $keptwhy })
    } and { $expected }{ $expectedwhy ->
        [none] {""}
       *[other] {" "}({ $expectedwhy })
    }
    .label = the results differ here
    .help = Do not use the results, and please tell the developers: the rules and the data are not to blame.
    .long = With --recheck the program decides everything a second time, slowly and row by row, in a way that shares no code with the usual evaluation, and compares every decision and every value on the way. The first result named is that of the usual evaluation, the second that of the other. A difference means that one of the two is wrong, which is a mistake of the program itself; so no report is made.
registered-school-unknown = There is no school with the code “{ $code }” in the data
    .label = the decision about this school
    .help = { $near-count ->
        [0] Check the code: it must be the code in the table of schools, sign by sign.
        [one] Perhaps “{ $near }”? The code must be the one in the table of schools, sign by sign.
       *[other] Similar codes: { $near }.
    }
    .long = A decision names a school by its code in the table of schools. A decision about a school that is not in the data is not passed over in silence: either the code is mistaken, or the school has left and the decision must be removed.
