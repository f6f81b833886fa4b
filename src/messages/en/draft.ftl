# The draft of a description of data: the files that merilo data infer writes, and the notes in them

draft-file-tables = tables
draft-file-rules = rules
draft-name-year = year
draft-name-table = table
draft-name-column = column
draft-title = Draft: { $folder }

draft-manifest-head = Draft of a description of data: where the tables are and how to read their files.
    Names, keys, links and signs of absence are guessed from the content. Check them and mend them.
draft-tables-head = Draft of the tables. Above every column stands why it is described so.
    Names may be changed; then change them in dataset.yaml as well.
draft-rules-head = First rules: they list the schools without data. Put a criterion of your own in place of theirs.

draft-of-years = Files of one shape: { $count }; they differ by a year in the name of the file or sheet.
draft-of-pages = Tables of one shape on the sheet: { $count }; they are read end to end as one.
draft-totals = Rows that look like sums over others: { $count } ({ $rows })
draft-year-of-name = The year is taken from the name of the file or sheet
draft-encoding-valid = the text is valid only so
draft-encoding-words = of the possible encodings only this one gives Russian words
draft-header-rows = The header takes several rows; the names of columns are put together from them from above.
draft-left-out = Rows that look like totals or notes, not like data: { $count } ({ $rows }). They are passed over when the file is read.
draft-left = Without a header, or with one that comes twice, and not described: columns { $columns }.
draft-wide = Columns that differ by nothing but a year: “{ $first }” to “{ $last }”, { $count } of them.
    If they are one figure over the years, declare one such column and one of the year, and add here:
draft-marker = cells: { $count }; what the sign means is guessed
draft-skipped = Not described: “{ $file }”{ $sheets ->
        [0] {""}
       *[other] , sheet “{ $sheet }”
    } – { $why ->
        [no-rows] no table with data
       *[no-header] the table has no header
    }.

draft-table = { $files }; rows: { $count }.
draft-key = Key: { $columns }. { $count ->
        [one] All values are different and filled.
       *[other] Together they tell all rows apart and are filled.
    }
draft-key-almost = No key. It would be { $columns }, but rows that come again: { $repeated }, not filled: { $empty }.
draft-key-none = No key: no columns tell all rows apart.
draft-empty = All cells are empty
draft-code = A code: { $filled } values, written like codes or called so in the header
draft-words = Text: no numbers and no dates, { $filled } values
draft-allowed = Only { $count } different values; if there can be others, take the list away
draft-yes-no = { $fits } of { $filled } values are “yes” or “no”
draft-date = { $fits } of { $filled } values are dates
draft-year = { $fits } of { $filled } values are years
draft-number = { $fits } of { $filled } values are numbers
draft-unit-header = ; the unit ({ $unit }) is in the header
draft-unit-cells = ; the sign { $unit } stands in the cells
draft-unit-fractions = ; the header says per cent, but all numbers lie between 0 and 1: fractions, so no unit
draft-link = { $matched } of { $filled } values are among the keys of table “{ $table }”{ $orphans ->
        [0] {""}
       *[other] , not there: { $orphans }
    }
draft-empty-cells = {" "}(empty cells: { $count })
draft-strange = These do not fit, cells: { $count }: { $cells }{ $more ->
        [0] {""}
       *[other] {" "}and { $more } more
    }. They will be read as invalid.
draft-judged = The rows of table “{ $table }” are judged: { $count }.
draft-category = trial
draft-category-title = Schools without data
draft-criterion-title = No value: { $header }

said-draft-next = Next: merilo run { $rules } --data { $data }
said-draft-check = To check the data: merilo data check { $data } --rules { $rules }
