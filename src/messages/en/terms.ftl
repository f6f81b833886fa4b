# Why there is no value
reason-missing = no data
reason-suppressed = suppressed
reason-invalid = invalid
reason-not-applicable = not applicable
reason-unknown = unknown
reason-masked = not published

truth-yes = yes
truth-no = no

list-and = { $first } and { $last }
quoted-text = “{ $text }”
list-or = { $first } or { $last }

# Decisions
verdict-met = met
verdict-not-met = not met
verdict-undetermined = undetermined
verdict-not-applicable = not applicable
verdict-not-judged = not judged
group-met = met
group-not-met = not met
group-undetermined = undetermined
group-not-applicable = not applicable
group-not-judged = not judged
category-met = belongs
category-not-met = does not belong
category-undetermined = undetermined
category-not-applicable = not applicable
category-not-judged = not judged

# A long list
list-and-more = { $list } and { $count } more

# Words before messages
severity-error = error
severity-warning = warning
severity-note = note
severity-help = help
severity-fix = suggested change:

# Place in a data file
place-cell = { $file }, cell { $address }
place-cell-of-sheet = { $file }, sheet “{ $sheet }”, cell { $address }
place-column = { $file }, column { $address }
place-column-of-sheet = { $file }, sheet “{ $sheet }”, column { $address }
place-row = { $file }, row { $address }
place-row-of-sheet = { $file }, sheet “{ $sheet }”, row { $address }
place-header = column “{ $header }”

# Result of a check
count-errors = { $count ->
    [one] { $count } error
   *[other] { $count } errors
 }
count-warnings = { $count ->
    [one] { $count } warning
   *[other] { $count } warnings
 }
count-notes = { $count ->
    [one] { $count } note
   *[other] { $count } notes
 }
count-found = Found: { $list }.
count-more-of-kind = { $code }: { $count ->
    [one] { $count } more message like this is not shown
   *[other] { $count } more messages like this are not shown
 }.

part-category = the category
part-document = the document
part-date = the date of the document
part-author = the author
part-reason = the reason
part-until = how long it is in force
