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
    }: { $problem }{ $detail }
    .label = this function
    .help = Check the file of the function and the values it is called with.
    .long = The function stopped or returned something that is not a number. Values that depend on it are marked as invalid, not as zero.
script-stopped = it was stopped
script-too-long = it took too many steps
script-argument-not-exact = an argument has more than 28 digits and cannot be passed exactly
script-not-a-number = the result is not a number
script-wrong-arguments = the number of arguments differs from the rules
