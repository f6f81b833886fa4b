# The meaning of the rules: M201–M299

role-named-before = first named here
role-window = the period itself
role-first-declared = first declared here
role-column-of-other-table = table “{ $table }” has a column of this name
role-scale-declared = declared here: the scale depends on other columns
role-left-side = here: { $left }
role-right-side = here: { $right }
role-range-declared = the allowed values are declared here
role-same-condition = the same condition
role-column-of-value = this column has such a value

unknown-name = Unknown name “{ $name }”
    .label = no indicator, parameter or column is called this
    .help = { $near-count ->
        [0] { $elsewhere ->
            [rows] The column “{ $name }” is in the table “{ $table }”; here the rows of another table are taken.
            [constant] The column “{ $name }” is in the table “{ $table }”; here a constant is needed, the same for all schools.
           *[no] Check the spelling, or declare “{ $name }” in the rules.
        }
        [one] Did you mean “{ $near }”?
       *[other] Similar names: { $near }.
    }
    .long = A name in a condition must be declared: as a parameter, an indicator, an index or a column of a table. The letters “е” and “ё” differ. A name typed in the wrong keyboard layout is recognised.
unknown-column = Table “{ $table }” has no column “{ $name }”
    .label = no such column
    .help = { $near-count ->
        [0] Check the spelling, or add the column to the table.
        [one] Did you mean “{ $near }”?
       *[other] Similar columns: { $near }.
    }
    .long = Columns are listed in the declaration of the table. “exams.score” means the column “score” of the table “exams”.
unknown-set = Unknown table or population “{ $name }”
    .label = not declared
    .help = { $near-count ->
        [0] Declare it: “table …” or “population …”.
        [one] Did you mean “{ $near }”?
       *[other] Similar names: { $near }.
    }
    .long = After “among”, “over table” and “reference to” stands the name of a table or a population. Further forms of a name are given with a slash: “population day / daytime = …”.
unknown-list = Unknown list “{ $name }”
    .label = no such list
    .help = { $near-count ->
        [0] Declare it: list { $name } from "file".
        [one] Did you mean “{ $near }”?
       *[other] Similar names: { $near }.
    }
    .long = After “in list” stands the name of a declared list.
unknown-function = Unknown function “{ $name }”
    .label = no such function
    .help = { $near-count ->
        [0] Check the spelling; functions of your own are declared with “function”.
        [one] Did you mean “{ $near }”?
       *[other] Similar functions: { $near }.
    }
    .long = Before a parenthesis stands a function: a built-in one (mean, sum, count, share and others) or one declared with “function”.
unknown-combination = Unknown combination “{ $name }”
    .label = not declared
    .help = { $near-count ->
        [0] Declare it: combination { $name } = met at least 3 applicable criteria.
        [one] Did you mean “{ $near }”?
       *[other] Similar names: { $near }.
    }
    .long = “By combination” refers to a rule declared with “combination”; it says how many criteria must be met.
unknown-criterion = There is no criterion { $name }
    .label = no criterion has this number
    .help = { $near-count ->
        [0] Check the number.
        [one] There is only criterion { $near }.
       *[other] There are criteria { $near }.
    }
    .long = A criterion is referred to by its number: “criterion 1.2 met”.
unknown-group = There is no group { $name }
    .label = no group has this number
    .help = { $near-count ->
        [0] Check the number.
        [one] There is only group { $near }.
       *[other] There are groups { $near }.
    }
    .long = A group is referred to by its number: “groups of (2.1; 2.2)”.
duplicate-name = The name “{ $name }” is declared twice
    .label = second declaration
    .help = Rename one of the two.
    .long = Indicators, parameters and indices share one list of names, tables and populations another. In each a name occurs once, or nobody could tell which value is meant.
duplicate-number = The number { $number } is taken
    .label = second time
    .help = Give the criterion or group another number.
    .long = Rules, reports and explanations refer to a criterion by its number, so a number occurs once.
duplicate-column = Column “{ $name }” of table “{ $table }” is declared twice
    .label = second declaration
    .help = Remove one, or rename it.
    .long = A table names each of its columns once.
no-header = The rules do not begin with “rule set «…»”
    .label = a header is expected here
    .help = Add a first line: rule set «Title».
    .long = The main rules file begins with “rule set” and a title, then version, period, basis and reporting year.
no-subject = It is not said what is judged
    .label = the table of schools is not named
    .help = Add a line “evaluates schools” with the name of the table to the header.
    .long = Rows of one table are assigned to categories. When the table is called “schools”, or is the only one, this is clear; otherwise the header names it.
no-category = The rules have no category
    .label = no categories
    .help = Add a block “category …” with criteria.
    .long = A rule set exists to assign schools to categories, each with its criteria.
not-a-link = “{ $name }” does not refer to another table
    .label = a dot may only follow a reference
    .help = Declare the column as “reference to …”, or remove the dot.
    .long = “settlement.residents” means: take the row that the column “settlement” refers to, and its column “residents”. So a reference stands before the dot.
link-target-key = Table “{ $table }” cannot be referred to: it has no key of one column
    .label = reference to this table
    .help = Add “key code” to the table: a column whose values do not repeat.
    .long = A reference finds a row of another table by its key, which must be one column.
key-unknown = The key of table “{ $table }” names a column “{ $name }” that does not exist
    .label = no such column
    .help = { $near-count ->
        [0] Declare the column, or mend the key.
        [one] Did you mean “{ $near }”?
       *[other] Similar columns: { $near }.
    }
    .long = “Key” lists columns of the same table that together tell one row from another.
two-year-columns = Table “{ $table }” has two columns of kind “year”
    .label = second year column
    .help = Keep one; declare the other as “number years” or “text”.
    .long = The column of kind “year” says which year a row is about; windows such as “over the last 3 years” use it. There is one.
unlike-units = These do not go together: { $left } and { $right }
    .label = different quantities
    .help = Check what stands on the two sides.
    .long = Only like quantities are added and compared: points with points of the same scale, percentages with percentages, people with people. Exam points and school marks are different quantities.
bare-number = A number without a unit beside a value: { $left } and { $right }
    .label = the unit is missing
    .help = { $number ->
        [fraction] If this is a fraction of one, write it as a percentage: { $given } is “{ $whole } %”. If it is a percentage, write “{ $given } %”.
       *[other] Add the unit: “40 %”, “20 points”, “3 km”.
    }
    .long = A threshold is written with its unit, so that 40 is not taken for a share or 0.4 for a percentage. Only plain numbers and counts are compared without one.
percent-not-points = A difference of percentages is measured in percentage points, not in percent
    .label = percent and percentage points are mixed
    .help = Write “pp” for a difference: “more than 20 pp”.
    .long = When one indicator is 72.9 % and the other 52.9 %, the difference is 20 percentage points. “20 %” would mean twenty hundredths of the value.
unlike-types = These do not go together: { $left } and { $right }
    .label = values of different kinds
    .help = Compare numbers with numbers, texts with texts, dates with dates.
    .long = Every value has a kind: number, text, date, yes/no. Values of one kind are compared; a text stands in quotation marks.
not-a-condition = A condition is needed here, not { $type }
    .label = this is not a condition
    .help = Compare the value with a threshold: “… less than 60 %”.
    .long = After “when” and “where” stands a condition that is met or not: a comparison, “in list …”, “in the lowest …”, “known”.
not-a-value = A value is needed here, not a condition
    .label = this is a condition
    .help = Remove a comparison, or use “(when … then … else …)”.
    .long = Values are added, compared and averaged. A condition becomes a number like this: (when score less than 36 then 1 else 0).
not-a-number = A number is needed here, not { $type }
    .label = this is not a number
    .help = Check the kind of the column in its table.
    .long = More, less, sum and mean are about numbers. Declare the column as “number” if that is what it holds.
not-constant = A constant number is needed here
    .label = not constant, or not a whole number
    .help = Write a number or the name of a parameter.
    .long = Quotas, weights, numbers of criteria and windows are the same for all schools, so a number or a parameter gives them, not an indicator. Numbers of criteria and of years are whole.
scales-mixed = Points of column “{ $name }” are on different scales
    .label = scales are mixed here
    .help = Keep one scale (“where { $by } = "…"”) or bring them to a common one: “standardised({ $name }, within ({ $by }))”.
    .long = Exam points (up to 100) and marks (2 to 5) cannot be averaged: schools with exam points would always come first. Select rows of one scale, or normalise within the scale.
value-not-allowed = Column “{ $column }” never holds “{ $name }”
    .label = not among the allowed values
    .help = { $near-count ->
        [one] Did you mean “{ $near }”?
       *[other] Allowed values: { $allowed }.
    }
    .long = When a column lists its “values (…)”, a condition can compare it only with these; otherwise it would never hold.
needs-aggregate = A school has many rows of “{ $name }”: say what to do with them
    .label = one value out of many rows
    .help = Use a function: “mean({ $name }.…)”, “sum(…)”, “count(…)”, “latest(…)”.
    .long = A table with several rows per school gives one value only through a function.
needs-among = It is not said among whom
    .label = add “among …”
    .help = Add “among …”: inside the parentheses of the function; for an index, as a line of its own.
    .long = A regional mean, a district median and a normalisation are computed over many schools or territories; “among” says which: mean(score, among daytime).
aggregate-of-what = It is not said which rows are meant
    .label = unclear which table
    .help = { $function ->
        [share] A share of the rows of a table is “share(exams, where score less than 36 points)”, the ratio of two numbers “share(part; whole)”.
        [count] Name the table: “count(exams, where score less than 36 points)”.
       *[other] Name the table: “mean(exams.score)”, “over table exams” – or the schools: “mean(success, among schools)”.
    }
    .long = A function over rows must know its table: from the value itself, after “over table”, or after “among”.
no-way-to-parent = Rows of the table “{ $from }” are not linked to the table “{ $to }”
    .label = no reference
    .help = Add a column “reference to { $to }” to table “{ $from }”.
    .long = To select rows by a property of the school, their table must refer to the schools.
wrong-arguments = This function takes { $wanted ->
        [one] { $wanted } argument
       *[other] { $wanted } arguments
    }, not { $given }
    .label = wrong number of arguments
    .help = Arguments are separated by semicolons.
    .long = Arguments stand in parentheses, separated by semicolons; a comma inside a number is a decimal comma.
clause-not-here = This clause has no effect here
    .label = does not apply here
    .help = Remove it, or move it into the function it belongs to.
    .long = “Where”, “over the last … years”, “weighted by”, “among” restrict a function over rows. They do not belong to rounding, absolute values, own functions, or an index inside a condition over years; “within” is possible where schools themselves are counted, “weighted by” in a mean or a sum, “distinct by” in a count.
no-year-column = Table “{ $table }” has no column of kind “year”
    .label = rows cannot be chosen by year
    .help = Declare it: “column year year”.
    .long = To compute “over the last 3 years”, or take the latest value, the year of each row must be known.
no-reporting-year = No reporting year is given
    .label = counted back from which year?
    .help = Add “reporting year 2018” to the header.
    .long = “Over the last 3 years” counts back from the reporting year and includes it: for 2018 it is 2016, 2017 and 2018.
bad-window = This period of years cannot be
    .label = check the years
    .help = Write “over the last 3 years” or “over 2016–2018”.
    .long = A period has one to a hundred years, the first not after the last. “mean_of_years” needs a period.
rank-without-population = It is not said among whom these are the lowest
    .label = add “among …”
    .help = For example: “in the lowest among daytime, quota 25 %”.
    .long = A rank means something only in a named population: all schools, day schools, schools of one kind.
rank-without-quota = It is not said which part is selected
    .label = add a quota
    .help = For example: “…, quota 25 %” or “…, quota 50 schools”.
    .long = A quota is a share of the ranked schools or a number of schools.
bad-quota = Not a share or a number that can be
    .label = a share is 0 % to 100 %, a number is whole
    .help = Write “25 %” or “50”.
    .long = A quota and a share of known weight lie between 0 % and 100 %; a number of schools or components is whole, not negative and not more than there are.
rank-other-table = The population and the value belong to different tables
    .label = rows of another table after “among”
    .help = After “among” name the table or population whose rows have this value.
    .long = Rows of one table are compared: each of them must have the value. An indicator of schools is compared among schools.
no-direction = A component of the index does not say what is better
    .label = higher or lower?
    .help = Add “higher is better” or “lower is better”.
    .long = An index adds indicators of which some are good when high and some when low. Without a direction the best-off school may come last, so it is mandatory.
no-normalisation = The components have no normalisation
    .label = values of different scales
    .help = Add “normalisation standardised” or, when the scale is common, “without normalisation”.
    .long = Shares, kilometres and points cannot be added before they are on one scale: standardised, minmax, rank_share, percent_of(100).
bad-weight = A weight must be more than zero
    .label = not a weight
    .help = Give a positive number, or remove the component.
    .long = A weight says how much of the index a component makes. Zero would mean it is not needed; a negative one would hide a direction.
no-components = The index has no components
    .label = nothing to add up
    .help = Add lines “component … weight … higher is better”.
    .long = An index is the weighted mean of its components.
unknown-component = The index has no component “{ $name }”
    .label = no such component
    .help = { $near-count ->
        [0] Components: { $all }.
        [one] Did you mean “{ $near }”?
       *[other] Similar components: { $near }.
    }
    .long = “On missing give the weight of X to Y” names components of the same index; a component can be named when it is a single name.
contradicting-missing = Two different rules for a missing component
    .label = second rule
    .help = Keep one.
    .long = Reweighting, zero, median and “leave absent” exclude each other. Giving a weight to another component may be added to one of them.
circular = Definitions run in a circle: { $circle }
    .label = the circle closes here
    .help = Break the circle: one of the definitions must do without the others.
    .long = An indicator cannot depend on itself, directly or through other indicators, populations, criteria or categories.
definitions-too-deep = { $what ->
        [nesting] The expression is too complex: with the definitions that it rests on, more than { $limit } operations stand in each other
       *[chain] A chain of definitions is longer than { $limit }
    }
    .label = { $what ->
        [nesting] too complex
       *[chain] too long a chain
    }
    .help = Shorten it: let indicators rest on the data directly.
    .long = No auditor can follow so long a chain of definitions; usually it is a slip in names. Operations inside the definitions that an expression rests on count too.
parameter-out-of-range = Parameter “{ $name }” is outside its allowed range
    .label = outside the range
    .help = Give a value inside it, or change the range.
    .long = “Allowed from … to …” guards against slips and against changes beyond what is permitted.
bad-range = The lower bound is above the upper one
    .label = bounds are swapped
    .help = Swap them.
    .long = In “from … to …” the first number is not above the second; both belong to the range.
unknown-parameter-set = There is no parameter “{ $name }”
    .label = set on the command line
    .help = { $near-count ->
        [0] Check the name.
        [one] Did you mean “{ $near }”?
       *[other] Similar parameters: { $near }.
    }
    .long = Only a parameter declared in the rules can be set: --set quota="30 %".
duplicate-key = This value occurred before
    .label = second time
    .help = Keep one entry for each value.
    .long = A parameter by field gives one number for each value of the field.
category-without-rule = It is not said when this category or group is met
    .label = no rule
    .help = Add “assigned when …” (for a group “met when …”).
    .long = For example “assigned when met at least 3 applicable criteria” or “met when met any criterion”.
without-criteria = There are no criteria here
    .label = nothing to count
    .help = Add a criterion, or remove the block.
    .long = Categories and groups consist of criteria; their rule counts the met ones. Only a category made of others does without: “assigned when assigned to low_results or assigned to adverse”.
too-many-required = { $wanted } required, { $available } available
    .label = more than there are
    .help = Lower the number.
    .long = A condition that needs more criteria (or years) than there are can never hold.
criterion-without-condition = The criterion has no condition
    .label = no “when …”
    .help = Add a line “when …”.
    .long = A criterion is a named condition: “when continued less than 60 %”.
cases-without-rest = It is not said what holds in other cases
    .label = “in case” without “in other cases”
    .help = Add a line “in other cases when …”.
    .long = When the condition depends on the case, all cases must be named, the rest included.
bad-period = The period ends before it begins
    .label = dates are swapped
    .help = Swap the dates.
    .long = In “from … to …” the first date is not after the second.
empty-list = The list “{ $name }” is empty
    .label = neither entries nor a file
    .help = Add lines “entry "…"”, or “from "file"”.
    .long = A list is either written in the rules with “entry” or kept in a file.
script-broken = The function in file “{ $file }” cannot be read: { $problem ->
        [unknown-name] unknown name “{ $word }”
        [missing] “{ $word }” is missing
        [unfinished] the text breaks off
        [assigned] the argument “{ $word }” is assigned a value
        [forbidden] “{ $word }” is not allowed here
        [too-long] it is too long
       *[other] it is not understood
    }{ $line ->
        [0] {""}
       *[other] {" "}(line { $line })
    }
    .label = file of the function
    .help = Mend the file of the function. For a specialist: { $detail }.
    .long = A function is kept in a file of its own in the language Rhai: one expression in which the names of the arguments are known.
quantifier-outside-category = Criteria can be counted only inside a category or a group
    .label = whose criteria?
    .help = List them: “criteria of (1.1; 1.2)”.
    .long = “Any criterion” means the criteria of the category or group in which it is written.
bad-step = The rounding step must be more than zero
    .label = not a step
    .help = For example “round(x; 0.1)”.
    .long = Values are rounded to a multiple of the step: 0.1 to tenths, 1 to whole numbers, 5 to fives.
named-file-missing = File “{ $file }” was not found
    .label = named here
    .help = Check the name; paths start at the folder of the rules file.
    .long = Included rules, lists and functions are looked for beside the file that names them. The extension may be left out.
include-circular = Files include each other in a circle: { $circle }
    .label = the circle closes here
    .help = Remove one of the includes.
    .long = A rules file cannot include itself, not even through other files.
header-in-included = An included file has a header “rule set” of its own
    .label = second header
    .help = Remove it: the main file has one.
    .long = Version, period and reporting year are given once, in the main file.
subject-without-key = Table “{ $table }”, whose rows are judged, has no key
    .label = how is each row named?
    .help = Add “key code” below the table: the column that tells one row from another.
    .long = Decisions are about schools, and each must have a name: lists and explanations show it by its key, and it is found by it. The key is usually the code of the school; it must not repeat.
text-without-quotes = The value “{ $name }” stands without quotation marks
    .label = this is a value of the column “{ $column }”
    .help = Write { $right }.
    .long = Values of columns stand in quotation marks, names of indicators, parameters and columns without. A word without marks would be taken for a name.
list-without-source = The list “{ $name }” has no source
    .label = where is it from?
    .help = Add “source «…»”: the document that approved the list.
    .long = Being on the list decides about a school, so an auditor must know the document.
list-without-dates = { $count ->
        [one] { $count } entry of list “{ $name }” has no date of beginning
       *[other] { $count } entries of list “{ $name }” have no date of beginning
    }
    .label = in force since when?
    .help = Give “from 29.07.2014” with each entry.
    .long = Lists change. With a date it can be shown a year later why a school was on it.
list-no-date-asked = It is not said at which date the list “{ $list }” is looked at
    .label = taken: the first day of the rules
    .help = Add “as of 01.09.2018”.
    .long = Without a date the first day on which the rules are in force is taken, and without that all entries of all times.
rank-defaults = { $unsaid ->
        [rounding] Rounding of the quota is not said
        [ties] It is not said what happens to ties at the cut
       *[both] Rounding of the quota and ties at the cut are not said
    }
    .label = { $unsaid ->
        [rounding] taken: rounded up
        [ties] taken: ties included
       *[both] taken: rounded up, ties included
    }
    .help = { $unsaid ->
        [rounding] Add “rounding of the quota up” – or “down”, “to the nearest”.
        [ties] Add “ties at the cut include” – or “exclude”, “break by (…)”.
       *[both] Add “rounding of the quota up” and “ties at the cut include”.
    }
    .long = 25 % of 147 is 36.75 schools, and schools with equal values may stand at the cut. Both decide the list, so they are better written down; once in the header is enough. A number of schools (“50 schools”) is not rounded.
unused = “{ $name }” is not used
    .label = has no effect on decisions
    .help = Remove it, or use it.
    .long = A parameter, list, function or combination that nothing refers to is usually left from an earlier edition, or its name has a slip.
same-condition = Criteria { $other } and { $number } test the same
    .label = same as criterion { $other }
    .help = Check whether one fact is counted twice.
    .long = Two criteria of a category with the same condition are always met together.
column-hides = “{ $name }” is both a column and an indicator (or parameter)
    .label = one of the two is taken here
    .help = Write “table.{ $name }” for the column, or rename the indicator.
    .long = Inside the parentheses of a function a name means the column of its rows; for the school itself it means the declared indicator.
always-same = The condition does not depend on the data
    .label = the same for all schools
    .help = Check what is compared.
    .long = Constant numbers, or one and the same value, stand on both sides, so the condition holds for all schools or for none.
bare-ratio = A ratio is held against a number without a unit: { $number } here is { $percent } %
    .label = { $what ->
        [large] { $number } is { $number } wholes, not { $number } %
        [large-parameter] the parameter “{ $name }” is a number without a unit
        [small-parameter] the parameter “{ $name }” is a number without a unit
       *[small] this is { $percent } %
    }
    .help = { $what ->
        [large] If a percentage is meant, write “{ $number } %”. If one thing is { $number } times another, write a ratio: “{ $number } people / 1 person”.
        [large-parameter] If a percentage is meant, write “{ $number } %” where the parameter is declared. If one thing is { $number } times another, declare a ratio: “{ $number } people / 1 person”.
        [small-parameter] Say where the parameter is declared how many per cent it is: “{ $percent } %” or “{ $number } %”.
       *[small] Say how many per cent it is: “{ $percent } %” or “{ $number } %”.
    }
    .long = People divided by people, roubles by roubles give a ratio; 60 % is 0.6 of the whole, and 60 is sixty wholes, that is 6000 %. A share held against the number 60 is below it for all schools. Shares are compared with percentages: “less than 60 %”. If the number really tells how many times one thing is another, write it as a ratio (“15 people / 1 person”) or compare products: “pupils more than 15 * teachers”. Nothing is said about the numbers 0 and 1.
criterion-without-effect = Criterion { $number } has no effect on decisions
    .label = no rule counts it
    .help = { $place ->
        [beside-groups] The rule of the category “{ $category }” counts groups, and the criterion is in none. Put it into a group, or name it in the rule: “… or criterion { $number } met”.
       *[other] Name the criterion in the rule of the category “{ $category }”: “… or criterion { $number } met” – or remove it.
    }
    .long = The rule of a category decides by what it names. “Any group”, “at least 2 groups” count groups only; a criterion outside groups is no part of that count, although reports show it.
group-without-effect = Group { $number } has no effect on decisions
    .label = no rule counts it
    .help = Name the group in the rule of the category “{ $category }”: “… or met at least 1 group of ({ $number })” – or remove it.
    .long = The rule of a category decides by what it names. “Any criterion” counts criteria one by one, and the rule of a group then changes nothing; “groups of (2.1; 2.2)” counts the named groups only.
fallback-not-wider = The fallback period is not longer than the period itself
    .label = these years are already there
    .help = After “else” a longer period is needed: “over the last 3 years … else over the last 5 years”.
    .long = When the period has too few rows, the value is computed over the period after “else”. Without new years there are no more rows.
small-strata = { $why ->
        [no-strata] Small groups are provided for, but schools are ranked without groups
       *[never] There are no groups this small to deal with
    }
    .label = { $why ->
        [no-strata] the ranking has no “within”
       *[never] a number of at least 2 is needed
    }
    .help = { $why ->
        [no-strata] Add “within …” to the ranking or remove this line.
       *[never] Write, for example, “in strata of fewer than 4 schools merge”.
    }
    .long = The rule about small strata says what happens when a group (a district, a kind of school) has too few schools to take a share of them. It works only for a ranking “within” groups.
nothing-required = “At least 0” always holds
    .label = at least 1 is needed
    .help = Say how many criteria must be met: at least 1.
    .long = A condition that requires nothing holds for every school, and nothing is selected.
bad-year = A year is written with four digits
    .label = this is no year
    .help = Write the whole year: 2018, not 18.
    .long = The reporting year and the years after “over” select rows of tables. No row would have the year 18.
listed-twice = The number { $number } is named twice
    .label = the second time
    .help = Remove the repetition.
    .long = Every criterion (and every group) counts once, however often it is named.
bad-quantile = A quantile is taken from 0 to 100 %
    .label = this is no share
    .help = Write the share with a percent sign: “quantile(score; 25 %, …)”.
    .long = The quantile of 25 % is the value below which a quarter of the rows lies. The number 25 without a percent sign means 2500 %.
unknown-category = There is no category “{ $name }”
    .label = unknown name
    .help = { $near-count ->
        [0] Write the name of one of the categories of these rules.
        [one] Perhaps “{ $near }”?
       *[other] Similar: { $near }.
    }
    .long = A decision about a school, the condition “assigned to name” and “number of criteria met of category name” name a category as it is declared: “category name”.
decision-incomplete = The decision does not say: { $lacking }
    .label = this decision is incomplete
    .help = A decision about a school needs a category, a document, its date, an author, a reason and an end:
        “decision include "470101" in ШНРО”, “document "Order No 15" of 2019-02-12”, “author "…"”, “reason "…"”, “in force to 2019-12-31”.
    .long = A decision of people changes the list beside the criteria. Without a document, date, author, reason and end it is not taken: a year later it must be seen who decided so, when and why.
decided-twice = About the school “{ $school }” in the category “{ $category }” there { $which ->
        [same] is a second decision
       *[opposite] are two opposite decisions
    }
    .label = the second decision
    .help = Keep one decision, the one in force.
    .long = There is at most one decision per school and category. Which of two is in force is not for the program to choose.
decision-not-in-force = The decision is { $which ->
        [expired] no longer
       *[later] not yet
    } in force: it runs from { $from } to { $until }
    .label = the time of the decision
    .help = { $which ->
        [expired] The rules apply from { $begin }. Remove the decision or name the document that prolonged it.
       *[later] The rules end before that. Remove the decision or mend its time.
    }
    .long = A decision about a school runs until its date. An expired decision is neither applied nor passed over in silence: it must be prolonged by a document or removed. Its time is held against the time the rules are in force (“in force from …”), or, where they do not say it, against the beginning of the reporting year.
decision-without-time = Whether the decision is in force cannot be told: the rules have no time
    .label = there is nothing to hold this time against
    .help = Write “in force from …” or “reporting year …” at the top of the rules.
    .long = The time of a decision is held against the time the rules are in force. When the rules do not say it, an expired decision cannot be told from one in force.
