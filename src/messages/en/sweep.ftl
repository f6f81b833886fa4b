# The rules at every point of a grid of changes

sweep-title = Every combination of values: { $rules }
sweep-said = Combinations: { $points }{ $refused ->
        [0] {""}
       *[other] , of them { $refused } whose rules are no rules
    }. Each is held against the rules as they are. The last value changes first.
sweep-now = By the rules as they are: { $listed ->
        [one] { $listed } school
       *[other] { $listed } schools
    } on the list{ $open ->
        [0] {""}
       *[other] , { $open } undetermined
    }.
sweep-table = Every combination
sweep-head-point = No.
sweep-head-refused = Why these are no rules
sweep-refused = Combinations that are no rules
sweep-no-rules = no rules (see below)
sweep-scenario = Scenario
sweep-as-they-are = the rules as they are
sweep-more = Not all are shown: { $count ->
        [one] { $count } more combination
       *[other] { $count } more combinations
    }. All of them are in the formats csv and json.

# Problems
sweep-malformed = “{ $text }” is not name=values
    .label = values expected
    .help = Write --over share=10,20,30, --over "share=10..50 step 5" or, with decimal commas, --over "factor=1,5; 2,5".
    .long = After --over stands the name of a parameter, an equals sign and its values: with commas between them, or with semicolons where a value has a comma of its own; 10..50 step 5 stands for all values with this step. “scenario=” is followed by titles of scenarios. A clause of a scenario with {"{}"} in the place of the value comes before the equals sign: "criterion 2 if score less than {"{}"} points=10,20".
sweep-without-hole = “{ $text }” does not say where the value stands
    .label = a clause without a place for the value
    .help = Put {"{}"} in the place of the value: --over "criterion 2 when score less than {"{}"} points=10,20".
    .long = One word before the equals sign is the name of a parameter. Several words are a clause of a scenario, and {"{}"} in it is replaced by each value.
sweep-range = { $trouble ->
        [units] “{ $range }” has two different units
        [step] The step of “{ $range }” must be more than 0
        [many] “{ $range }” stands for too many values
       *[malformed] “{ $range }” is no range: an end or the step is no number
    }
    .label = not a range
    .help = Write 10..50 step 5 or, with a unit, 10..50 step 5 %.
    .long = A range is two numbers with two dots between them, then the word step and a number: 10..50 step 5. Without a step it is 1. A unit stands once, at the end, or behind each number. The values are exact; from a greater to a smaller number they fall.
sweep-twice = “{ $what }” stands twice
    .label = the same again
    .help = Leave one of them out.
    .long = Every dimension of a grid is another one, and every value of a dimension as well: a combination that occurs twice says nothing new.
sweep-too-many = There are { $count } combinations; { $most } are possible
    .label = too many combinations
    .help = Take fewer values or a greater step.
    .long = The rules are evaluated once for each combination of values. For one number for every value there is merilo threshold, which needs no steps.
sweep-no-change = “{ $text }” changes nothing that a scenario can change
    .label = no clause of a scenario
    .help = Write one clause as it stands in a scenario, without its title.
    .long = Before the equals sign stands the name of a parameter, or one clause of a scenario on one line: what a scenario can change of the rules (see the language reference, “Scenario”).
sweep-other-data = The scenario “{ $name }” takes other data
    .label = other data
    .help = Compare it on its own: merilo compare.
    .long = All combinations of a sweep are evaluated on the data that the command names. A scenario that names a description of data of its own can be compared with merilo compare.
sweep-set-as-well = “{ $name }” is set by --set and swept by --over
    .label = two values at once
    .help = Leave --set { $name } out.
    .long = --set comes last of all, so the values after --over would have no effect.
sweep-category-unknown = The rules have no category “{ $name }”
    .label = category not found
    .help = { $count ->
        [0] Look the name up in the rules.
       *[other] Perhaps { $names } was meant.
     }
    .long = With --category the list of one category is told; without it those of all. The name is the one after the word “category” in the rules.
sweep-journal-exists = There is a journal { $file } already
    .label = the file is there
    .help = Go on with it: --resume; or name another file.
    .long = The journal keeps every combination that is done, so a sweep that was stopped can be gone on with. A journal is never overwritten.
sweep-journal-missing = There is no journal { $file }
    .label = nothing to go on with
    .help = Leave --resume out: the sweep begins with a new journal.
    .long = --resume goes on with the journal that an earlier sweep has written. A new one begins with --journal alone.
sweep-journal-unreadable = { $file } is no journal of a sweep: line { $line } cannot be read
    .label = not a line of a journal
    .help = Name the file that an earlier sweep wrote with --journal, or a new one without --resume.
    .long = Every line of a journal is one JSON object: first what is swept, then the combinations that are done. Only its last line may be cut off.
sweep-journal-of-other = The journal { $file } is of another sweep: { $what ->
        [rules] the rules have changed
        [data] the data have changed
        [grid] the values or the category are others
       *[program] it was written by another version of the program
    }
    .label = another sweep
    .help = Begin anew with another file: --journal FILE without --resume.
    .long = A sweep is gone on with only where the rules, the data, the values and the program are the same to the byte: otherwise old and new lines would not fit together.

# Explanations
sweep-version-at = combination { $number }: { $values }
sweep-linked = The code of a school leads to the explanation of its verdict at that combination, and from there to the rules as they are. { $points ->
        [one] { $points } combination is explained, the first
       *[other] { $points } combinations are explained, the first
    } of those in which somebody enters or leaves; for the others the link leads to the explanation by the rules as they are.

# Command line
help-sweep = Evaluate the rules for every combination of values
help-over = A parameter and its values: name=1,2,3 or name=10..50 step 5; may be repeated
help-journal = Keep every combination that is done in this file
help-resume = Go on with the journal of a sweep that was stopped
help-format-sweep = text, json, csv, md, html or xlsx
usage-sweep = merilo sweep RULES --data DATA --over NAME=VALUES [--over …] [--category NAME] [--journal FILE [--resume]] [-o FILE] [options]
value-over = NAME=VALUES
