# Columns of the list of schools
list-value = { $number }: value
list-value-with-unit = { $number }: value ({ $unit })
list-named-value = { $number }: { $name }
list-named-value-with-unit = { $number }: { $name } ({ $unit })
list-verdict = { $number }: verdict
list-reason = { $number }: reason
sheet-list = List
sheet-summary = Summary
