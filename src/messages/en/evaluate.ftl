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
