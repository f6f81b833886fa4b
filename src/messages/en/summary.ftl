summary-schools = Judged: { $count ->
    [one] { $count } school
   *[other] { $count } schools
 }.
summary-categories = Categories
summary-criteria = Criteria
summary-cuts = Cut-offs
summary-both = In at least one category: { $any }; in several at once: { $several }.
summary-threshold-note = “On threshold” counts the schools whose value equals the threshold: for them the words “less than” or “at most” decide.

head-category = Category
head-criterion = Criterion
head-belongs = Belong
head-not-belongs = Do not belong
head-met = Met
head-not-met = Not met
head-undetermined = Undetermined
head-not-applicable = Not applicable
head-not-judged = Not judged
head-on-threshold = On threshold
head-stratum = Within
head-ranked = Ranked
head-without-value = Without value
head-quota = Quota
head-selected = Selected
head-cut-off = Cut-off
head-tied = Tied at cut-off
stratum-all = all

chart-categories = Schools by category
chart-criteria = Schools that meet the criterion
chart-territories = Schools of at least one category: { $column }

report-untitled = Run of the rules
report-synthetic = The data are made up: { $note }
report-version = Version of the rules { $version }
report-year = reporting year { $year }
report-data = data: { $title }
report-replaced = The parameter “{ $name }” was changed for this run: { $value } (in the rules { $before }).
