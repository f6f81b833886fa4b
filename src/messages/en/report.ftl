# Columns of the list of schools
list-value = { $number }: value
list-value-with-unit = { $number }: value ({ $unit })
list-verdict = { $number }: verdict
list-reason = { $number }: reason
sheet-list = List
sheet-summary = Summary
