# Two rule sets held against each other

equal-title = Are the rules the same?
equal-title-implies = Is everyone whom the first rules list listed by the second?
equal-rules = “{ $title }” ({ $file })
equal-rules-scenario = “{ $title }” ({ $file }), scenario “{ $scenario }”
equal-first = First rules: { $rules }.
equal-second = Second rules: { $rules }.
equal-on-data = { $outcome ->
        [holds] { $relation ->
            [implies] On these data everyone whom the first rules list is listed by the second: { $schools } schools were compared.
           *[equal] On these data both rules decide the same: { $schools } schools were compared.
        }
        [lacking] A category stands in one of the rules only; in what both have, no school differs: { $schools } were compared.
       *[differ] { $relation ->
            [implies] On these data { $count ->
                [one] { $count } school is
               *[other] { $count } schools are
            } on a list of the first rules and not on that of the second; { $schools } were compared.
           *[equal] On these data the rules differ for { $count ->
                [one] { $count } school
               *[other] { $count } schools
            }; { $schools } were compared.
        }
    }
equal-searched = { $outcome ->
        [found] { $relation ->
            [implies] Not everyone whom the first rules list is listed by the second: data on which it is not so were found in attempt { $cases }.
           *[equal] The rules differ: data on which they do were found in attempt { $cases }.
        }
        [lacking] A category stands in one of the rules only. In what both have, no difference was found in { $cases } attempts: this was a search, not a proof.
       *[none] { $relation ->
            [implies] No school that the first rules list and the second do not was found in { $cases } attempts. This was a search, not a proof: such data may exist.
           *[equal] No data on which the rules differ were found in { $cases } attempts. This was a search, not a proof: such data may exist.
        }
    }
equal-only-first = Only in the first rules: { $names }.
equal-only-second = Only in the second rules: { $names }.
equal-criterion = Criterion { $number }
equal-head-school = School
equal-head-what = What
equal-head-first = By the first rules
equal-head-second = By the second rules
equal-table = Where the rules differ
equal-listed-by-people = on the list by a decision
equal-not-listed-by-people = off the list by a decision
equal-more = Not all are shown: { $count ->
        [one] { $count } more difference
       *[other] { $count } more differences
    }. All of them are in the format json.
equal-data = The data that were found
equal-data-key = Made up by the search. An empty cell: no value; “-”: not applicable; “*”: suppressed; “?!”: cannot be read. Columns that make no difference are left out.
equal-again = The same search again: --seed { $seed } --cases { $cases }.
equal-dataset = Data on which two rule sets differ
equal-dataset-note = Made up by a search; no real schools.

# Problems
equal-other-subject = The rules judge different tables: “{ $first }” and “{ $second }”
    .label = different tables
    .help = Name two rules files that evaluate the same table.
    .long = Two rule sets are held against each other school by school, so both must evaluate the same table.
equal-other-tables = The rules declare different tables: no data fit both
    .label = different declarations
    .help = Give both the same declarations of tables (include one file), or compare them on data: --data.
    .long = A search makes up data for the tables that the rules declare. Both rule sets must declare the same tables with the same columns in the same order. On given data they may differ.
equal-category-unknown = Neither of the rules has a category “{ $name }”
    .label = category not found
    .help = { $count ->
        [0] Look the name up in the rules.
       *[other] Perhaps { $names } was meant.
     }
    .long = With --category one category is compared; without it all of them, and the criteria by their numbers. The name is the one after the word “category” in the rules.
equal-folder-exists = There is something in { $folder } already
    .label = not empty
    .help = Name a new folder.
    .long = The data that a search finds are written as a folder: a description and one file for each table. It is not mixed with other files.

# Command line
help-equal = Do two rules files ever decide differently?
help-implies = Is everyone whom the first rules list listed by the second?
help-first = The first rules file
help-second = The second rules file
help-search = Search for data on which it is not so: a search, not a proof
help-seed = Where the search begins; another number, other data
help-cases = How many data are tried (2000)
help-scenario-a = A scenario of the first rules
help-scenario-b = A scenario of the second rules
help-output-equal = File for the report; with --search a new folder for the data that are found
usage-equal = merilo equal RULES RULES (--data DATA | --search [--seed N] [--cases N]) [--category NAME] [-o FILE] [options]
usage-implies = merilo implies RULES RULES (--data DATA | --search [--seed N] [--cases N]) [--category NAME] [-o FILE] [options]
