# What papers have in common
document-synthetic = The data are made up. { $note }
document-category = { $title } ({ $name })
document-head-number = No.
document-head-code = Code
document-head-name = Name of the school
document-head-criteria = Criteria met
document-head-missing = What is missing
document-head-rule = Rule
document-head-basis = Basis
document-head-reading = Reading chosen
document-head-schools = Schools
document-head-belong = Belong
document-head-open = Undecided
document-head-not-belong = Do not belong
document-head-not-judged = Not judged
document-head-others = Not judged or not applicable
document-head-all = All
document-total = Total
document-agreed = Agreed
document-approved = Approved
document-post = post
document-signature = signature
document-signed-name = name
document-date = date
document-missing = { $number }: { $list }
document-missing-cell = “{ $title }” – { $reasons }
document-missing-cell-of-table = “{ $title }” (“{ $table }”) – { $reasons }
document-missing-rows = nothing on the school in the table “{ $table }”
document-missing-matching-rows = nothing that matches on the school in the table “{ $table }”
document-readings = How ambiguous places were read
document-readings-lead = The document behind the selection can be read in different ways. These were chosen:
document-size-up-to = up to { $high }
document-size = { $low } to { $high }
document-size-over = over { $high }

# The list
sheet-approval = List
sheet-totals = Totals
sheet-open = Undecided
sheet-notes = Notes
document-list = List of schools
document-list-of = by the rules “{ $rules }”
document-list-counts = { $count ->
    [one] { $count } school was considered
   *[other] { $count } schools were considered
 }. { $belong ->
    [one] { $belong } school belongs to the categories of the list
   *[other] { $belong } schools belong to the categories of the list
 }.
document-list-open = { $count ->
    [one] { $count } school is undecided
   *[other] { $count } schools are undecided
 } in at least one category for want of data; see the part of their own.
document-list-category = { $category }: { $count ->
    [one] { $count } school
   *[other] { $count } schools
 }
document-list-nobody = No school belongs to this category.
document-by-place = Schools by place
document-totals = Totals
document-open = Undecided schools
document-open-lead = For these schools the decision depends on data that are missing. They neither belong to the category nor are they excluded from it.
document-open-category = { $category }: { $count ->
    [one] { $count } school
   *[other] { $count } schools
 }
document-open-nobody = All schools are decided.

# The note
note-title = Analytical note
note-title-of = on the selection of schools by the rules “{ $rules }”
note-section = { $number }. { $title }
note-results = Results
note-criteria = Criteria
note-kinds = Schools by kind and size
note-close = Borderline cases
note-quality = Quality of the data
note-schools = { $count ->
    [one] { $count } school was considered
   *[other] { $count } schools were considered
 }.
note-belong = “{ $category }”: { $count ->
    [0] no school belongs
    [one] { $count } school belongs
   *[other] { $count } schools belong
 }, of { $judged } judged ({ $share }).
note-undetermined = { $count ->
    [one] { $count } school is undecided
   *[other] { $count } schools are undecided
 } for want of data.
note-not-applicable = To { $count ->
    [one] { $count } school
   *[other] { $count } schools
 } the category does not apply.
note-not-judged = { $count ->
    [one] { $count } school was not judged
   *[other] { $count } schools were not judged
 } by the terms of the selection.
note-both = { $count ->
    [one] { $count } school belongs
   *[other] { $count } schools belong
 } to both categories, { $first } and { $second }.
note-most-in = { $category }. Most schools: { $places } – { $number ->
    [one] { $count }
   *[other] { $count } each
 }.
note-open-cases = Cases in all: { $count }; a school can be undecided in several categories.
note-open-reasons = Why single criteria are undetermined (over all schools and criteria):
note-open-reason = { $reason }: { $count ->
    [one] { $count } case
   *[other] { $count } cases
 }
note-open-more = { $count ->
    [one] { $count } more case is named
   *[other] { $count } more cases are named
 } in the list.
note-by-one = { $category }: at least { $least } needed. { $just ->
    [0] No school has just as many
    [one] { $just } school has just as many
   *[other] { $just } schools have just as many
 }; { $nearly ->
    [0] no school lacks one
    [one] { $nearly } school lacks one
   *[other] { $nearly } schools lack one
 }.
note-remarks = Values on a threshold, ties and exclusions:
note-quality-fine = There are no remarks on the rules and the data.
note-quality-lead = Reading the rules and the data gave { $count ->
    [one] { $count } remark
   *[other] { $count } remarks
 }. They are gathered by kind below, each with its first case.
note-head-code = Code
note-head-severity = Severity
note-head-message = First case
note-head-found = Cases

# The letter to a school
letter-to = To the head of
letter-title = Notice
letter-title-of = on the selection of schools
letter-rules = “{ $rules }” (version { $version })
letter-lead = By the rules { $rules } the data on the school were considered: { $name } (code { $code }). The decisions are as follows.
letter-belongs = { $category }: the school belongs to this category
letter-not-belongs = { $category }: the school does not belong to this category
letter-open = { $category }: undecided for want of data
letter-category-not-applicable = { $category }: the category does not apply to the school
letter-not-judged = { $category }: the school was not judged
letter-excluded = The school is not a member of “{ $name }”: { $basis }.
letter-outside = The school is not a member of “{ $name }”, among which schools were selected.
letter-membership-unknown = It is not known whether the school is a member of “{ $name }”, among which schools were selected: { $reasons }.
letter-met = criterion { $name } is met
letter-met-because = criterion { $name } is met: { $reason }
letter-criterion-open = criterion { $name } is undetermined. Missing: { $missing }
letter-not-met = { $count ->
    [one] criterion
   *[other] criteria
 } { $numbers } not met
letter-not-applicable = { $count ->
    [one] criterion
   *[other] criteria
 } { $numbers } not applicable
letter-check = Check the data
letter-source = The data come from the data set “{ $data }”{ $place }.
letter-source-unnamed = the data come from the files of the selection{ $place }.
letter-row = {" "}(the school: { $place })
letter-object = Where a value is wrong or the data on the school are incomplete, tell the office that approved the list: name the code of the school ({ $code }), the number of the criterion, the right value and the document that confirms it. Objections to the decision go there as well.
letter-signed = Signed
letter-place = place { $place }
letter-places = places { $first } to { $last }
letter-rank-lowest = { $place } of { $ranked } from the lowest value; { $selected ->
    [one] { $selected } school was selected
   *[other] { $selected } schools were selected
 }; value of the school { $value }, cut-off { $cut_off }
letter-rank-highest = { $place } of { $ranked } from the highest value; { $selected ->
    [one] { $selected } school was selected
   *[other] { $selected } schools were selected
 }; value of the school { $value }, cut-off { $cut_off }
note-quality-whole = Every column that was read has all its values.
note-quality-absent = These columns lack values (number of cells by reason):
note-head-table = Table
note-head-column = Column
note-head-rows = Rows
note-head-others = Not applicable or not judged

sheet-registered = Decisions
document-registered = Registered decisions
document-registered-lead = These schools are put on the list or taken off it by decisions with a document and a term. What the computation says stands beside.
letter-included = The school is on the list by decision: { $category }
letter-excluded-by-decision = The school is taken off the list by decision: { $category }
letter-not-met-because = criterion { $name } is not met: { $reason }
