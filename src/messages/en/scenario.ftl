# Scenarios: M701–M799, lines of reports and of the command line

help-scenario = Evaluate the scenario of this name
help-scenario-file = A file of scenarios that the rules do not include
value-scenario = NAME
said-scenarios = { $count ->
    [one] { $count } scenario is checked as well:
   *[other] { $count } scenarios are checked as well:
}
report-title-scenario = { $rules } – scenario “{ $scenario }”
report-scenario-name = Scenario “{ $title }”
report-scenario-definitions = { $count ->
    [one] { $count } definition that this needs is added
   *[other] { $count } definitions that this needs are added
}
report-scenario = Evaluated by the scenario “{ $title }”. Changed in the rules: { $changes }.

role-first-scenario = the first scenario of this name
role-changed-first = first said here
role-switched-off = switched off here
role-refers = referred to here
role-in-scenario = this comes about in this scenario

outside-scenario = “Add” and “switch off” stand only in a scenario
    .label = there is no scenario above
    .help = Put “scenario “name”” before this line. To change the rules themselves, change their text.
    .long = A scenario says how a run differs from the rules. Outside a scenario there is nothing to add or switch off: rules are changed in their own text.
not-in-scenario = No scenario changes this part of the rules
    .label = stands after the word “scenario”
    .help = Put this part before the first scenario: whatever follows a scenario belongs to it.
    .long = A scenario changes parameters, lists, populations, indicators, indices, combinations, categories, groups and criteria. Tables, functions, includes and decisions about schools are part of the rules and stand before the first scenario.
unknown-target = { $what ->
    [parameter] The rules have no parameter “{ $name }”
    [list] The rules have no list “{ $name }”
    [population] The rules have no population “{ $name }”
    [indicator] The rules have no indicator “{ $name }”
    [index] The rules have no index “{ $name }”
    [combination] The rules have no combination “{ $name }”
    [category] The rules have no category “{ $name }”
    [group] The rules have no group { $name }
   *[criterion] The rules have no criterion { $name }
}
    .label = nothing to change
    .help = { $near-count ->
        [0] Check the name or number.
        [one] Perhaps “{ $near }” was meant.
       *[other] Similar: { $near }.
    }{ $what ->
        [category] { "" }
        [group] { "" }
       *[other] { " " }What is new begins with the word “add”.
    }
    .long = A scenario changes what the rules have: name or number must be the same. A new indicator, parameter, list or criterion begins with the word “add”, so that a misspelt name does not become a new one.
exists-already = { $what ->
    [parameter] The rules have a parameter “{ $name }” already
    [list] The rules have a list “{ $name }” already
    [population] The rules have a population “{ $name }” already
    [indicator] The rules have an indicator “{ $name }” already
    [index] The rules have an index “{ $name }” already
    [combination] The rules have a combination “{ $name }” already
    [category] The rules have a category “{ $name }” already
   *[criterion] The rules have a criterion { $name } already
}
    .label = added a second time
    .help = To change it, leave out the word “add”; to add something new, give it another name or number.
    .long = The word “add” brings in something new. What the rules have is changed without this word.
changed-twice = { $what ->
    [all] The same is said twice for all criteria
    [data] The data are named twice
    [criterion] The scenario changes criterion { $name } twice
    [group] The scenario changes group { $name } twice
   *[other] The scenario changes “{ $name }” twice
}
    .label = second time
    .help = Keep one of the two.
    .long = When the same is said twice, it is not clear what was meant. A scenario based on another one may say something else than that one.
switched-off-already = { $what ->
    [group] Group { $name } is switched off already
   *[criterion] Criterion { $name } is switched off already
}
    .label = the scenario no longer has it
    .help = Remove this line, or the one that switches it off.
    .long = A criterion that is switched off takes no part, so it cannot be changed or switched off again. The scenario that this one is based on may have switched it off.
still-referred = { $what ->
    [group] Group { $name } cannot be switched off: the rules refer to it
   *[criterion] Criterion { $name } cannot be switched off: the rules refer to it
}
    .label = { $count ->
        [one] { $by } refers to it
       *[other] { $by } refer to it
    }
    .help = Change in the scenario what refers to it as well, or do not switch it off.
    .long = Criteria that are counted all together (“at least 3 of the applicable criteria”) can be switched off freely. Where the number is named, the condition would be about nothing.
unknown-base-scenario = There is no scenario “{ $name }”
    .label = this scenario is based on it
    .help = { $near-count ->
        [0] Check the name.
        [one] Perhaps “{ $near }” was meant.
       *[other] Similar names: { $near }.
    }
    .long = After “based on” stands the name of another scenario of the same rules, letter for letter.
scenarios-circular = Scenarios are based on each other: { $circle }
    .label = from here in a circle
    .help = Remove one of the lines “based on”.
    .long = A scenario is applied after the one that it is based on. In a circle there is nothing to begin with.
duplicate-scenario = There is a scenario “{ $name }” already
    .label = second one of this name
    .help = Give the scenarios different names.
    .long = A scenario is chosen by its name, so a name occurs once.
change-without-effect = { $what ->
    [all] The change for all criteria changes nothing
    [criterion] The change of criterion { $name } changes nothing
    [group] The change of group { $name } changes nothing
   *[other] The change changes nothing: “{ $name }”
}
    .label = it was so before
    .help = Check what was to be changed, or remove this line.
    .long = The rules (or the scenario that this one is based on) say the same, or the line does not say what is changed.
scenario-without-changes = The scenario “{ $name }” changes nothing
    .label = no line below it changes anything
    .help = Write what changes, or remove the scenario.
    .long = A scenario without changes gives the same result as the rules.
unknown-scenario = The rules have no scenario “{ $name }”
    .label = named on the command line
    .help = { $count ->
        [0] These rules have no scenario at all.
       *[other] { $near-count ->
            [0] There are these scenarios: { $known }.
            [one] Perhaps { $near } was meant. There are these scenarios: { $known }.
           *[other] Similar names: { $near }. There are these scenarios: { $known }.
        }
    }
    .long = After --scenario stands the name of a scenario as in the rules, in quotation marks: --scenario "30 % cut".
scenario-data-missing = There is no dataset “{ $file }”
    .label = the scenario names it
    .help = Check the name: the file is looked for beside the dataset that the command names.
    .long = The line “data” of a scenario names another dataset (dataset.yaml). It lies in the same folder as the one that the command names.
not-a-scenario = The file of scenarios holds a part of the rules
    .label = this is no scenario
    .help = Leave only scenarios in this file, or let the rules include it with the word “include”.
    .long = The file named after --scenario-file only adds scenarios to the rules; it does not change them by itself.
switch-off-what = After “switch off” stands a criterion or a group
    .label = neither a criterion nor a group
    .help = Write, for example, “switch off criterion 1.5” or “switch off group 2.3”.
    .long = A criterion or a group of criteria is switched off by its number. A component of an index or an exclusion from a population is changed by writing the index or the population anew.
add-what = This cannot be added
    .label = here stands what is added
    .help = What can be added: a parameter, list, population, indicator, index, combination, category or criterion.
    .long = A scenario may add a new criterion, a new category and the definitions that they need. Tables, functions and groups are part of the rules.
add-where = It is not said where the criterion is added
    .label = after this, a place is needed
    .help = Add “to category name” or “to group number” after the title.
    .long = A new criterion stands after the other criteria of the category or group that is named: “add criterion 1.7 “title” to category X”.
