summary-schools = Schools in the data: { $count }.
summary-categories = Categories
summary-criteria = Criteria
summary-cuts = Cut-offs
summary-remarks = Worth a look
summary-open-reasons = Why criteria are undetermined (schools over all criteria): { $list }.

remark-on-threshold = { $number }{ $what }: exactly on the threshold of { $threshold }: { $count ->
    [one] { $count } school
   *[other] { $count } schools
 } ({ $schools }). The rules say “{ $written }”; with “{ $other }” the decision could differ.
remark-on-range = { $number }{ $what }: exactly on the end of the range{ $end ->
    [blank] {""}
   *[other] {" "}{ $end }
 }: { $count ->
    [one] { $count } school
   *[other] { $count } schools
 } ({ $schools }). By the rules the end belongs to the range; if it did not, the decision could differ.
remark-ties = { $number }: equal values on the cut-off: { $count ->
    [one] { $count } school
   *[other] { $count } schools
 }.
remark-strata-not-shown = { $number }: { $count ->
    [one] { $count } more group of the selection is not shown
   *[other] { $count } more groups of the selection are not shown
 }.
remark-nobody = { $number }: no school meets the criterion.
remark-everybody = { $number }: all schools meet the criterion.
remark-most = { $number }: more than 60% of the schools meet the criterion.
remark-few = { $number }: fewer than 1% of the schools meet the criterion.
remark-excluded = “{ $name }”: { $count ->
    [one] { $count } school excluded
   *[other] { $count } schools excluded
 } ({ $why }): { $schools }.
remark-membership-unknown = “{ $name }”: membership is unknown for { $count ->
    [one] { $count } school
   *[other] { $count } schools
 }.
remark-and-more = { $codes } and { $count } more
group-none = not named

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
stratum-together = { $count ->
    [one] { $count } small group
   *[other] { $count } small groups together
 }: { $groups }

chart-categories = Schools by category
chart-criteria = Schools that meet the criterion
chart-grouping = { $category }: { $grouping }

report-untitled = Run of the rules
report-synthetic = The data are made up: { $note }
report-version = Version of the rules { $version }
report-year = reporting year { $year }
report-data = data: { $title }
report-replaced = The parameter “{ $name }” was changed for this run: { $value } (in the rules { $before }).
remark-on-own-threshold = { $number }{ $what }: exactly on a threshold of their own: { $count ->
    [one] { $count } school
   *[other] { $count } schools
 } ({ $schools }). The rules say “{ $written }”; with “{ $other }” the decision could differ.
remark-counted = { $number } – { $count }
remark-on-counts = A number (of people, places, cases) equals its threshold, which is usual for small numbers: { $list }.
remark-exclusion-number = exclusion { $n } of this population, the rules give no reason

# Registered decisions of people
summary-registered = Registered decisions
registered-short = { $action ->
        [include] put on the list by decision
       *[exclude] taken off the list by decision
    }
registered-said = { $action ->
        [include] put on the list by decision
       *[exclude] taken off the list by decision
    }: { $document } of { $dated }, in force to { $until }
registered-dated = { $document } of { $dated }
registered-document = document: { $document } of { $dated }
registered-author = decided by: { $author }
registered-reason = reason: { $reason }
registered-period = in force from { $from } to { $until }
registered-computed = without this decision, by computation: { $verdict }
registered-effect = { $category }: by computation { $computed ->
        [one] { $computed } school
       *[other] { $computed } schools
    }, put on by decision { $included }, taken off { $excluded }; on the list { $listed ->
        [one] { $listed } school
       *[other] { $listed } schools
    }.{ $same ->
        [0] {""}
        [one] {" "}Another { $same } decision says what the computation says.
       *[other] {" "}Another { $same } decisions say what the computation says.
    }
registered-head-school = School
registered-head-action = Decision
registered-head-document = Document
registered-head-until = In force to
registered-head-computed = By computation
list-registered = { $name }: decision about the school
report-full = Full information: not for publication.
report-public = For publication: where it says “not published”, values are of fewer than { $minimum ->
    [one] { $minimum } pupil
   *[other] { $minimum } pupils
}, or would give such values away.

remark-value = , “{ $name }”
summary-judged-only = Criteria and groups are counted over the schools that the category judges; the others are in the column “Not judged”.
