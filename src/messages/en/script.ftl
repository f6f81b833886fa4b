script-gave-no-value = Function “{ $function }” (file { $file }) gave no value for { $count ->
        [one] { $count } school
       *[other] { $count } schools
    }, the first of them “{ $school }”: { $problem }. { $detail }
    .label = called here
    .help = Mend file { $file }: the function must give a number for all values that its arguments may have.
    .long =
        The function of a script file stopped or gave something that is not a number. For these schools the value counts as
        invalid, and decisions that depend on it are undetermined. Inside a function all numbers are decimals of at most
        28 digits. Example: `if distance > 10 {"{"} 5 {"}"} else {"{"} 0 {"}"}` always gives a number, `if distance > 10 {"{"} 5 {"}"}` does not.

script-syntax = The function file { $file } has an error: { $detail }.
    .label = function “{ $function }” is declared here
    .help = Mend file { $file }.
    .long =
        The file of a function is its body: the value of the last expression is the result, and the arguments are there
        under the names that the declaration gives them. No functions may be defined inside the file. A whole file, for
        example: `if distance > 10 {"{"} 5 {"}"} else {"{"} 0 {"}"}`.

script-problem-syntax = an error in the text of the function
script-problem-stopped = the calculation stopped
script-problem-too-long = the calculation took too long and was stopped
script-problem-argument = an argument cannot be written exactly as a decimal of 28 digits
script-problem-not-a-number = the result is not a number
script-problem-arguments = wrong number of arguments
