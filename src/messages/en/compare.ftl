# Scenarios compared

compare-title = What the scenarios change: { $rules }
compare-all = All scenarios
compare-scenario = Scenario “{ $title }”
compare-change = Change { $number }: { $change }
compare-gone = { $count ->
        [one] { $count } school is
       *[other] { $count } schools are
    } not in the second dataset: { $schools }.
compare-new = { $count ->
        [one] { $count } school is
       *[other] { $count } schools are
    } only in the second dataset: { $schools }.
compare-too-many = There are more than { $most } changes, so causes are not looked for school by school.
compare-category-same = { $category }: nothing changes, { $before ->
        [one] { $before } school is
       *[other] { $before } schools are
    } on the list.
compare-category = { $category }: on the list before { $before }, after { $after }. Entered: { $entered }; left: { $left }; stayed: { $stayed }.{ $opened ->
        [0] {""}
       *[other] {" "}No longer determined: { $opened }.
    }{ $settled ->
        [0] {""}
       *[other] {" "}Now known not to belong: { $settled }.
    }
compare-entered = { $category }: entered the list ({ $count })
compare-left = { $category }: left the list ({ $count })
compare-opened = { $category }: no longer determined ({ $count })
compare-settled = { $category }: now known not to belong ({ $count })
compare-other = { $category }: another verdict, the same list ({ $count })
compare-more = Not all are shown: { $count ->
        [one] { $count } more school
       *[other] { $count } more schools
    }. The full list is in the format json.
compare-not-there = not there
compare-criterion = { $number }: { $before } → { $after }
compare-or = {" "}or{" "}
compare-cause-alone = change { $list }
compare-cause-together = only together: { $list }
compare-share = { $number } – { $share }
compare-shares = (shares: { $list })
compare-head-scenario = Scenario
compare-head-group = Group
compare-head-before = On the list before
compare-head-after = On the list after
compare-head-entered = Entered
compare-head-left = Left
compare-head-opened = No longer determined
compare-head-settled = Now known not to belong
compare-head-transition = before ↓ · after →
compare-head-verdict = Verdict
compare-head-criteria = Criteria
compare-head-cause = Cause
compare-head-met-before = Met before
compare-head-met-after = Met after
compare-head-changed = Verdicts changed

# Grounds, divisions, places, pictures
compare-with-ground = { $verdict } ({ $ground })
compare-from-to = { $before } → { $after }
compare-unsaid = –
compare-head-verdict-before = Before
compare-head-verdict-after = After
compare-head-schools = Schools
compare-head-share = Share listed, %
compare-head-places = Places
compare-head-value = Value
compare-divided = { $category }: the list by kind, size and other features of the schools
compare-parts-left-out = { $count ->
        [one] { $count } row is
       *[other] { $count } rows are
    } left out: no school there is on the list, or nothing changes.
compare-places = { $places }: { $room }
compare-places-over = { $count } too few
compare-places-free = { $count } free
compare-places-taken = all taken
compare-ranked = { $name }: { $value }; { $ground }
compare-ranked-unnamed = value { $value }; { $ground }
compare-mover-cause = Cause: { $cause }
compare-capacity = { $category }: { $places ->
        [one] the programme has { $places } place
       *[other] the programme has { $places } places
    }; before: { $before }; after: { $after }.{ $open ->
        [0] {""}
        [one] {" "}For { $open } more school it cannot be told.
       *[other] {" "}For { $open } more schools it cannot be told.
    }
compare-bar = { $after } (+{ $entered } −{ $left })
compare-bar-places = { $places } places
compare-part-stayed = stayed
compare-part-entered = entered
compare-part-left = left
compare-part-neither = not on the list
compare-chart-listed = { $category }: schools on the list
compare-chart-listed-description = A bar for each scenario ({ $scenarios }): how many schools stayed on the list “{ $category }”, entered and left it. Between { $least } and { $most } schools are on the list. The same numbers are in the table of all scenarios.
compare-flow = { $category }: verdicts before and after
compare-flow-description = Bands lead from the verdicts by the rules as they are to those by the scenario; a band is as wide as there are schools.
compare-band = { $before } → { $after }: { $count }
compare-side-before = By the rules as they are
compare-side-after = By the scenario
compare-spread = Criterion { $number }: { $name }
compare-spread-description = How many schools have which value: { $schools ->
        [one] { $schools } school
       *[other] { $schools } schools
    }, values from { $low } to { $high }. { $before ->
        [none] There was no threshold common to all
       *[other] The threshold was { $before }
    }, { $after ->
        [none] there is none now
       *[other] it is { $after } now
    }. Of these schools { $listedbefore } were on the list, { $listedafter } are.
compare-line-before = threshold before: { $value }
compare-line-after = threshold after: { $value }
compare-numbers-of = The numbers of the picture “{ $title }”
compare-interval = from { $from } to below { $to }
compare-explain-command = Explanations of the verdicts before and after, here of the first school:
compare-explain-folded = Below each table of schools the explanation of each verdict before and after can be unfolded.
compare-explain-linked = The words in the columns “Before” and “After” lead to the explanations of the verdicts.
compare-explanation-of = { $school }: explanation before and after

# Comparisons: places and folder
capacity-malformed = The number of places cannot be understood: “{ $text }”
    .label = a NUMBER or CATEGORY=NUMBER is expected
    .help = Write a whole number, or the name of a category, an equals sign and a number: --capacity "ШНРО=50".
    .long = The word --capacity says how many places the programme has. The report on scenarios tells how many schools of the list have no place, or how many places are free; it does not change any verdict. Where the rules have one category a number is enough: --capacity 50.
capacity-of-which = It is not said which category has { $places } places
    .label = there are several categories
    .help = Write the name of the category and an equals sign before the number. Categories of the rules: { $names }.
    .long = Where the rules have several categories, each has a programme and a number of places of its own, so a number without a name is not clear. The word can be repeated: --capacity "A=50" --capacity "B=80".
capacity-unknown = The rules have no category “{ $name }”
    .label = unknown category
    .help = Categories of the rules: { $names }.
    .long = Before the equals sign of the word --capacity stands the name of a category as it is written in the rules after the word “category”.
capacity-twice = The places of the category “{ $name }” are given twice
    .label = the second number
    .help = Leave one of the numbers.
    .long = A category has one number of places. Two numbers are neither added nor chosen from.
folder-in-use = The folder “{ $folder }” holds something that this command has not written
    .label = the folder is in use
    .help = Name another folder, or empty this one.
    .long = The commands compare, threshold, sweep, stability and history write a folder as a whole: an earlier report of the same command is replaced by the new one, so that no pages of the last time stay behind. A folder with other files in it is left alone.
help-capacity = How many places the programme has; with several categories CATEGORY=NUMBER, can be repeated
help-format-comparison = Format of the report: text, json, md, html or xlsx
help-output-compare = Where to write the report: a file (its extension says the format) or a folder (a page with explanations of every school)
value-capacity = PLACES
said-compared = Comparison written: { $file } (pages with explanations: { $count }).
compare-pages-cut = There are no more than { $most } pages with explanations: of schools whose words are no links, the command merilo explain gives the explanation.
compare-back = ← To the comparison of scenarios

# Explanations in the folder of a report
linked-back = ← To the report
linked-commands = The explanations of the schools named here are written by this same command into a folder (-o FOLDER): there every school is a link.
linked-command = The explanation of one school, here of the first of those named:
linked-folded = The explanations of the schools named can be unfolded here.
linked-explanation-of = { $school }: explanation
said-folder = Report written: { $file } (pages with explanations: { $count }).

# Sheets of the workbook
sheet-scenarios = Scenarios
sheet-movers = Schools
sheet-turned = Criteria
compare-head-stayed = Stayed
compare-head-lacking = Places lacking
compare-head-free = Places free
compare-head-way = What happened
compare-way-entered = entered the list
compare-way-left = left the list
compare-way-other = another verdict
compare-head-rule-before = Ground before
compare-head-rule-after = Ground after
compare-head-criterion-title = Title of the criterion
compare-head-indicator = Indicator
compare-head-value-before = Value before
compare-head-against-before = Threshold before
compare-head-value-after = Value after
compare-head-against-after = Threshold after
compare-head-ground-before = Reason before
compare-head-ground-after = Reason after
compare-head-share-before = Share before
compare-head-share-after = Share after
compare-chart-places = { $scenario }. { $category }: entered and left
sheet-chart = Chart
sheet-stretches = Stretches
sheet-regions = Regions
sheet-sections = Charts
sheet-points = Combinations
sheet-kinds = Kinds
sheet-perturbations = Perturbations
sheet-flow = Transitions
sheet-indicators = Indicators
sheet-periods = By transition
