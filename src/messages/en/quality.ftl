# What is strange in data that can be read: M390–M399

years-missing = In table “{ $table }”, { $count ->
        [one] { $count } school lacks
       *[other] { $count } schools lack
    } a year between two others: { $schools }
    .label = the row after the gap
    .help = See whether a row was lost. Windows “over the last … years” will count such schools by the years that are there.
    .long = A school (or whatever the row is about) has data for the year before and the year after, and no row for the year between, though others have one. Most often the row is lost or its year is mistyped.
year-thin = In table “{ $table }” there are { $rows } rows for { $year }, usually there are { $usual }
    .label = the first row of this year
    .help = See whether the data of this year are complete.
    .long = The year has less than half of the usual number of rows (the median of the other years). That happens when the file of a year is incomplete.
value-impossible = Column “{ $column }” of table “{ $table }”: { $why ->
        [percent] percentages below 0 or above 100
        [negative] negative values
       *[future] dates in the future
    } – { $count }, the first is { $value }
    .label = this cannot be
    .help = Mend the cells: { $cells }{ $more ->
        [0] {""}
       *[other] {" "}and { $more } more
    }.{ $why ->
        [future] {""}
       *[other] {" "}If the quantity can be so, change the unit of the column.
    }
    .long = A share of a whole lies between 0 and 100 %, there are never less than no people, points, roubles or kilometres, and data do not come from the future. If the column is growth and no share, declare it as a number without a unit.
value-scale = Column “{ $column }” of table “{ $table }”: { $count ->
        [one] { $count } value looks
       *[other] { $count } values look
    } like a fraction of one among percentages, the first is { $value } %
    .label = perhaps a hundred times as much
    .help = Look at the cells: { $cells }{ $more ->
        [0] {""}
       *[other] {" "}and { $more } more
    }. 0.85 beside 85 usually means 85 %.
    .long = The value is at most 1 %, fifty times or more below the median of the column, and would be among the others when multiplied by a hundred. It looks as if a share was written as a number from 0 to 1.
column-says-nothing = Column “{ $column }” of table “{ $table }” { $why ->
        [empty] is empty: not one value
       *[constant] tells nothing apart: { $value } everywhere
    }
    .label = this column
    .help = If that is as it should be, there is nothing to do.
    .long = A column without values, or with the same value everywhere, cannot divide schools. Sometimes that is a column that was never filled, or filled down from the first row.
only-in-one-table = Table “{ $table }”: no other table ({ $others }) has data about { $count ->
        [one] { $count } row
       *[other] { $count } rows
    }: { $schools }
    .label = occurs only here
    .help = Look at the code: perhaps it is written differently in other tables.
    .long = No row of the tables that refer to this one refers to this key. That happens with new and closed organisations and with mistyped codes.
sudden-jump = Column “{ $column }” of table “{ $table }”: { $count ->
        [one] { $count } jump
       *[other] { $count } jumps
    } from one year to the next larger than { $factor } times the usual change ({ $median }), the largest from { $from } to { $to }
    .label = the value after the jump
    .help = Look at the cells: { $cells }{ $more ->
        [0] {""}
       *[other] {" "}and { $more } more
    }. The threshold is changed by --jump.
    .long = A change is the difference of the values of neighbouring years; the usual change is the median of the absolute changes of the column (on each scale by itself). A jump is a change whose absolute value is larger than the threshold times the usual one, and than a third of the larger of the two values. That shows slips and swapped columns; real jumps happen in small schools.
nearly-equal-texts = Column “{ $column }” of table “{ $table }”: the same is written differently: { $texts }
    .label = the rarer spelling
    .help = Choose one spelling. Cells with the rarer one: { $cells }{ $more ->
        [0] {""}
       *[other] {" "}and { $more } more
    }.
    .long = The texts differ in case, in е and ё, in spaces, points or quotation marks only. Case and spaces do not matter to rules, but reports and other programs will take such texts for different ones.
looks-like-total = Table “{ $table }”: { $count ->
        [one] { $count } row looks
       *[other] { $count } rows look
    } like a total
    .label = looks like a total
    .help = Take the totals out: { $cells }{ $more ->
        [0] {""}
       *[other] {" "}and { $more } more
    }. Otherwise they will be part of sums and means.
    .long = A text of the row begins with “total”, “average”, “итого” or the like. Such a row repeats the data of other rows and distorts sums, means and ranks.
almost-a-key = Table “{ $table }”: columns { $columns } would tell all rows apart, but rows that come again: { $repeated }, not filled: { $empty }
    .label = comes again, or is empty
    .help = Look at the cells: { $cells }{ $more ->
        [0] {""}
       *[other] {" "}and { $more } more
    }.
    .long = The rows of a table are told apart by its key. Here there almost is one: mend what comes again and what is empty, and it can be declared with the word “key”.

check-summary = Tables: { $tables }, rows: { $rows }. Errors: { $errors }, warnings: { $warnings }, notes: { $notes }.
check-stopped = Values were not looked at: mend these errors first.
check-no-findings = Nothing strange was found.
check-title = Data check
check-sheet-findings = Findings
check-head-code = Code
check-head-severity = Severity
check-head-what = Finding
check-head-file = File
check-head-cells = Cells
check-note-author = Merilo

help-force = Replace the files of the draft when they are there
help-check-rules = Rules: what they declare is checked. Without them kinds of columns, keys and links are guessed
help-jump = How many times the usual change a change has to be to count as a jump (usually 5)
help-output-data-check = File of the report; with the extension xlsx: the tables with notes on their cells
help-format-data-check = Form of the report: text, json or xlsx
usage-expected-jump = Write a positive number, such as --jump 5 or --jump 7.5.

nothing-to-draft = There is nothing to describe: no tables in the files
    .label = no tables
    .help = Name files with tables or a folder of them, such as: merilo data infer data.
    .long = No table with a header and rows of data was found in any of the files.
draft-exists = The draft is not written: file “{ $file }” is there already
    .label = what this file holds would be lost
    .help = Choose another folder with -o or, if the file is not needed, add --force.
    .long = A draft is several files. When one of them is there, none is written, so that what you changed is not lost.
rules-need-manifest = --rules takes a description of data (dataset.yaml), and nothing else
    .label = no description
    .help = Write: merilo data check dataset.yaml --rules rules.merilo. Files without a description are checked without --rules.
    .long = Rules say which tables and columns are needed; where they are is said by the description of the data.
