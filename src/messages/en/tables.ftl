# Files of data and the tables in them: how they were understood, what was changed, what was left out. M340–M389

encoding-told = The encoding of the file is { $encoding }: { $ground ->
        [stated] that is stated
        [mark] the mark at its beginning says so
        [valid] all letters can be read in it without errors
        [ascii] the file holds plain letters, digits and signs only, which are the same in every encoding
       *[zeros] every second byte is zero
    }
    .label = the file was read so
    .help = If letters look wrong, state another: “encoding: …” in dataset.yaml, or --encoding in the command.
    .long = The encoding is told by the mark at the beginning of the file, and where there is none by what can be read without errors. What you state wins: “encoding: windows-1251” in dataset.yaml or --encoding windows-1251 in the command merilo data. Read are utf-8, utf-16le, utf-16be, windows-1251, cp866, koi8-r, mac-cyrillic and windows-1252.
encoding-from-words = The encoding of the file is not stated; { $encoding } gives words
    .label = this is a guess
    .help = See in the output of merilo data show whether words are right. If they are, write “encoding: { $encoding }” in dataset.yaml. If not, state another: --encoding cp866, koi8-r, windows-1251, windows-1252.
    .long = The file holds letters that differ from encoding to encoding, and no mark. The encoding was taken that gives words: letters of one alphabet side by side, small ones after capitals. In a short text the guess can be wrong. What you state wins: “encoding: windows-1251” in dataset.yaml or --encoding windows-1251 in the command.
lone-values = { $count ->
        [one] A row holds a single value: { $rows }
       *[other] Rows that hold a single value: { $rows }
    }
    .label = the other cells are blank
    .help = If these are headings (names of districts), state “except rows: …” in dataset.yaml. If they are data with nothing else known, nothing has to be done.
    .long = The name of a district in the middle of a table and a school without a single figure look the same. So such rows stay in the table, and are told.
marks-inside = { $count ->
        [one] An invisible byte order mark inside the file was taken out
       *[other] { $count } invisible byte order marks inside the file were taken out
    }
    .label = invisible sign
    .help = Nothing has to be done. Such marks usually stay where several files were joined into one.
    .long = A byte order mark (U+FEFF) cannot be seen, but a code with it is not equal to the same code without it, and the row does not find its school. So such marks inside a file are taken out.
bytes-malformed = { $count ->
        [one] { $count } character cannot be read in { $encoding }, and in its place
       *[other] { $count } characters cannot be read in { $encoding }, and in their place
    } stands “�”{ $rows ->
        [none] {""}
       *[other] ; rows: { $rows }
    }
    .label = some letters are lost
    .help = If there are many of them, the encoding is wrong: state “encoding: …” in dataset.yaml, or --encoding in the command. If the file was put together from parts in different encodings, name both: “encoding: [utf-8, windows-1251]”. If there are few, the file is damaged: mend these places in it.
    .long = The file holds bytes that are no character of this encoding. Mostly the encoding is wrong; sometimes the file was put together from parts in different encodings, or is damaged. Values with “�” stay as they were read and are not mended.
separator-told = Columns are separated by { $sign ->
        [tab] a tab
        [space] a space
       *[other] “{ $sign }”
    }
    .label = with it the rows have one length
    .help = If columns are cut in the wrong places, state “separator: ";"” in dataset.yaml, or --separator ";" in the command.
    .long = Separators and quotation marks are tried; those are taken with which rows have the same number of values and the values look like numbers, days, codes and words. A tab is stated by the word tab, a sign that cannot be seen by its number: --separator U+001F.
quote-told = { $sign ->
        [none] There are no quotation marks around values
       *[other] Values that hold a separator stand between the signs { $sign }
    }
    .label = in place of the usual double quotation marks
    .help = If that is wrong, state “quote: '"'” in dataset.yaml, or --quote in the command; “none”: quotation marks mean nothing.
    .long = A value in quotation marks may hold the separator and line breaks. Usually the marks are double ones; in this file they are not. State it in dataset.yaml (“quote: …”) or in the command (--quote, none: there are none).
escape-told = The sign { $sign } stands before a quotation mark inside a value
    .label = the sign is no part of the value
    .help = If that is wrong, state “escape: none” in dataset.yaml, or --escape none in the command.
    .long = A quotation mark inside a value is usually doubled. In this file a sign stands before it, mostly a backslash, and is dropped in reading. State it in dataset.yaml (“escape: …”) or in the command (--escape).
record-end-told = Rows end with a sign of their own: { $sign }
    .label = there are no line breaks in the file
    .help = If that is wrong, state “record end: …” in dataset.yaml, or --record-end in the command.
    .long = A row usually ends with a line break (LF or CR LF). This file has none, and its rows end with another sign. State it in dataset.yaml (“record end: …”) or in the command: --record-end lf, cr, or the number of a sign, U+001E.
header-told = The names of the columns are in row { $rows }
    .label = the header of the table
    .help = If the header is in another row, state “header row: 3” in dataset.yaml, or --header 3 in the command.
    .long = A header is told by words that stand where there are numbers, days and codes below. What you state wins: “header row: 3”, “header row: 3-5” or “header row: none” in dataset.yaml, --header 3, 3-5 or none in the command.
header-joined = The names of the columns were put together from rows { $rows }
    .label = parts of a name are joined by a space
    .help = If the header is in other rows, state them: “header row: 3-4” in dataset.yaml, or --header 3-4 in the command.
    .long = Several rows of words stand above the data. The name of a column is made of all of them, from the top down, with spaces between; by this name the column is called in dataset.yaml. If the uppermost row is a title of the table and no part of the header, state only the rows of the header.
header-carried = The upper part of a name was taken for the columns to the right of it, above which there is nothing; rows of the header: { $rows }
    .label = this is how a header of two rows is read
    .help = Look at the names of the columns: merilo data show. If the upper row is no part of them, state only the lower one in “header row” (--header).
    .long = In a header of several rows the common part of a name is often written once, above the first of its columns. It was added to the names of the next columns up to the next cell that holds something. For example, “Pupils” above “all” and “girls” gives “Pupils all” and “Pupils girls”.
table-without-header = There is no header: the first row of the table already looks like data
    .label = the columns have no names
    .help = If the first row is a header, state “header row: 1” in dataset.yaml, or --header 1 in the command. If there is none, write “header row: none” (--header none).
    .long = A header is told by words that stand where there are numbers, days and codes below. Here the first row looks like all others, so it was taken for data. A header of years or numbers in place of words has to be stated.
rows-left-out = { $why ->
        [preamble] Rows above the header were left out
        [numbering] The row with the numbers of the columns was left out
        [repeated-header] The header, repeated further down, was left out
        [rule] Lines drawn with dashes were left out
        [total] Rows of totals were left out
        [section] Rows that are headings of groups were left out
       *[note] Rows below the table (notes, signatures) were left out
    }: { $rows }{ $total ->
        [0] {""}
       *[other] {" "}({ $total } in all)
    }
    .label = { $why ->
        [preamble] a title, a date and whatever else stands above
        [numbering] 1, 2, 3… below the header
        [repeated-header] the same words as in the header
        [rule] nothing but dashes
        [total] they begin with “total”, “average” and the like
        [section] one text over the whole row
       *[note] one text that is unlike the values of its column
    }
    .help = { $why ->
        [preamble] If these are data, state the row of the header: “header row: 1” in dataset.yaml, or --header 1 in the command.
        [total] If these are data, take “totals: skip” out of dataset.yaml, or --without-totals out of the command.
       *[other] If these are data, give --all-rows in the command, or state where the table begins and ends: “first row” and “last row” in dataset.yaml, --first-row and --last-row in the command.
    }
    .long = Only rows of data belong to a table. Titles above the header, numbers of columns, a header repeated on a new page, lines of dashes, headings of groups and notes below the table are no data: they are left out, and each such row is named. If a row was left out by mistake, state where the table begins and ends (“first row”, “last row”), or give --all-rows: then all rows below the header are data.
rows-left-out-as-stated = { $why ->
        [preamble] Rows before the stated beginning of the table were left out
       *[total] Rows of totals were left out, as stated
    }: { $rows }{ $total ->
        [0] {""}
       *[other] {" "}({ $total } in all)
    }
    .label = that is stated
    .help = Nothing has to be done if these are no data.
    .long = dataset.yaml or the command says where the table begins, or that totals are left out. The rows are listed so that it can be seen that there are no data among them.
totals-kept = { $count ->
        [one] A row looks like a total and was kept
       *[other] Rows look like totals and were kept
    }: { $rows }{ $total ->
        [0] {""}
       *[other] {" "}({ $total } in all)
    }
    .label = sums and averages would be evaluated beside the schools
    .help = If these are totals, state “totals: skip” in dataset.yaml, or --without-totals in the command. If they are data, write “totals: data”.
    .long = The row begins with “total”, “average” or the like and holds numbers. A school may have such a name, so the row was not left out. A total among the data doubles sums and spoils means: say what it is.
blank-rows = The table goes on after blank rows{ $rows ->
        [none] {""}
       *[other] ; rows: { $rows }
    }{ $count ->
        [1] {""}
       *[other] {" "}({ $count } gaps)
    }
    .label = what stands below was taken for the same table
    .help = If another table begins after a blank row, state “last row” in dataset.yaml, or --last-row in the command.
    .long = Rows in which nothing is written are passed over, and the table goes on after them: so groups of rows are set apart. Another table of the same sheet is told by its header; where that does not look like a header, the other table becomes a part of this one.
blank-columns = { $count ->
        [one] { $count } column without a name and values was
       *[other] { $count } columns without a name and values were
    } left out
    .label = there is nothing in them
    .help = Nothing has to be done.
    .long = Between the columns of a table and to the right of them there are blank columns, left for the looks. A column without a name and without a single value is left out.
records-mended = { $flaw ->
        [unquoted] A separator inside a value without quotation marks: the value was put together
        [extra] A separator too many: it was passed over
        [lacking] A separator is lacking: the values were taken apart
        [mark] A quotation mark in the wrong place: it was taken for a part of the value
        [break] The row is torn inside a value: both parts were joined
        [other-separator] Another separator than in the other rows: the row was read with it
       *[short] The last values are not there: they are taken as empty
    } – { $count ->
        [one] row { $rows }
       *[other] rows { $rows }{ $total ->
            [0] {""}
           *[other] {" "}({ $total } in all)
        }
    }
    .label = { $count ->
        [one] the row was mended in reading
       *[other] the rows were mended in reading
    }
    .help = Look at these rows: merilo data export shows how they were read. It is safer to mend them in the file: a value with a separator is put in quotation marks, a quotation mark inside it is doubled.{ $flaw ->
        [unquoted] {" "}If the separator stands in the values of one column, name it in dataset.yaml: “separator inside: …”.
       *[other] {""}
    }
    .long = The row has another number of values than the others, or its quotation marks are in the wrong places. It was read so that its values look like the other values of their columns, and each such row is named. Where nothing looks like them, the row stays as it is (M357). Where many rows were mended, the separator or the quotation mark is probably wrong: state “separator” and “quote” in dataset.yaml, --separator and --quote in the command.
records-irregular = { $count ->
        [one] Row { $rows } has another number of values than the others, or quotation marks in the wrong places, and how to mend it is not clear
       *[other] Rows { $rows } have another number of values than the others, or quotation marks in the wrong places (such rows: { $count }), and how to mend them is not clear
    }
    .label = { $count ->
        [one] the row was read in its order, without mending
       *[other] the rows were read in their order, without mending
    }
    .help = Mend { $count ->
        [one] this row
       *[other] these rows
    } in the file: a value with a separator is put in quotation marks, a quotation mark inside it is doubled. If this is another table, state “last row” in dataset.yaml, or --last-row in the command. Where there are many, state “separator” and “quote” (--separator, --quote).
    .long = The row has more or fewer values than the others, or quotation marks where there can be none, and no mending makes it look like them. Its values stand in the order in which they are written: they may have moved into other columns. Such a row cannot be trusted until it is mended in the file.
header-narrow = The header has fewer names than the rows have values: { $names } and { $values }
    .label = the names were given to the first columns
    .help = See in the output of merilo data show whether each name stands above its column. If not, mend the header in the file: a separator between two names may be lost, or a decimal comma separates the columns.
    .long = Every row has more values than the header has names. Perhaps a separator between two names was lost, perhaps a separator stands inside a value. The names were given to the columns from the left, and the last columns have none: everything may be shifted.
nothing-at-place = Column “{ $column }” is stated to stand at { $place }, but nothing is there: the table ends with column { $last }
    .label = all its cells are blank
    .help = If the column is not filled in yet, nothing has to be done. If it stands elsewhere, correct its place in dataset.yaml.
    .long = The manifest says by its place where a column is, and neither a name nor a value stands there. What is stated is taken: the column is there, and every cell of it is a missing value. A wrong letter of a column looks just like that, so look at the file.
other-tables = { $place ->
        [cells] There are other tables beside this one; the cells where they begin: { $cells }
       *[rows] There are other tables further down; the rows where they begin: { $rows }
    }
    .label = the first was taken
    .help = Another table is chosen by its number: “table: 2” in dataset.yaml, or --table 2 in the command. If this is one table, state “header row” (--header): then it goes on to the end and over all columns.
    .long = Several headers were found in the sheet or the file, one below another or side by side with blank columns between them, each with rows of its own. The first table is taken unless another is stated. merilo data show shows all tables, merilo data export --all -o FOLDER writes all of them.
other-tables-chosen = { $place ->
        [cells] There are other tables in the sheet; the cells where they begin: { $cells }
       *[rows] There are other tables in the sheet; the rows where they begin: { $rows }
    }
    .label = the stated table was taken
    .help = Nothing has to be done if it is the right one.
    .long = Several tables were found in the sheet or the file, and it is stated which one to take. merilo data show shows all tables.
other-sheets = There are other sheets in the workbook: { $names }
    .label = the first one with a table was taken
    .help = Another sheet is stated by its name: “sheet: …” in dataset.yaml, or --sheet in the command.
    .long = The first sheet that can be seen and has a table is taken unless another is stated; pages of contents and of text are passed over. What is in the other sheets was left out. merilo data show shows all sheets, merilo data export --all -o FOLDER writes all of them.
hidden-sheet = The sheet is hidden in the workbook
    .label = a hidden sheet was taken
    .help = See whether this is the right sheet; another is stated by its name: “sheet: …” in dataset.yaml, or --sheet in the command.
    .long = Hidden sheets mostly hold drafts and helpers. This one was taken because it is stated, or because there are no other tables in the workbook.
hidden-rows = There are hidden rows in the table: { $rows }{ $total ->
        [0] {""}
       *[other] {" "}({ $total } in all)
    }
    .label = they were read as well
    .help = If they are hidden because they are not wanted, delete them from the workbook.
    .long = Rows are hidden by hand or by a filter. They are in the file and were read like the others: what is hidden from the eye is not hidden from the evaluation.
hidden-columns = There are hidden columns in the table: { $names }
    .label = they were read as well
    .help = Nothing has to be done if the rules need them, too.
    .long = The columns are hidden in the workbook, but they are in the file and were read like the others.
merged-cells = { $count ->
        [one] { $count } cell was filled
       *[other] { $count } cells were filled
    } with the value of the cell it is merged with{ $rows ->
        [none] {""}
       *[other] ; rows: { $rows }
    }
    .label = the value is repeated in every row and column of the merged region
    .help = If the value is not about all these cells, unmerge them in the workbook and fill them in.
    .long = Merged cells hold one value, in the upper left one. The others were filled with it: that is how people read the table. In data this can be a mistake: a sum merged over several schools is repeated for each of them.
no-value-cells = { $count ->
        [one] { $count } cell has
       *[other] { $count } cells have
    } no value, only a formula or an error: { $names }
    .label = read as it is in the workbook, nothing was computed
    .help = Open the workbook in a spreadsheet program, mend the errors and save it: the values of the formulas are written into the file.
    .long = Formulas are not computed: the value that is saved in the workbook is taken. Where the workbook was made by a program that computes no values, or a cell holds an error such as #REF!, there is no value.
rounded-cells = { $count ->
        [one] A number was
       *[other] { $count } numbers were
    } taken without the error of computation behind the fifteenth digit: { $names }
    .label = taken as a spreadsheet shows it: 0.3 and not 0.30000000000000004
    .help = Nothing has to be done. To have the same number in the workbook itself, round it in its formula: =ROUND(…).
    .long = Spreadsheets compute in binary, and formulas leave numbers at a hair from what is meant: 0.1+0.2 is stored as 0.30000000000000004. A spreadsheet shows and compares fifteen digits, so nobody sees the rest, but with a threshold of 0.3 it would decide. Such a number is taken as it is shown when few digits remain; all others are taken as they are stored.
unpacked = The file was taken from an archive: { $member }
    .label = the archive was unpacked
    .help = Another file of the archive is stated so: “member: …” in dataset.yaml, or --member in the command.
    .long = The file is compressed or stands in an archive; the one that is named here was read.
page-for-workbook = “{ $file }” is a page of HTML and no workbook
    .label = the extension deceives
    .help = Open the file in a spreadsheet program and save it anew as XLSX or CSV.
    .long = Many sites and systems deliver a page of HTML under the name .xls: Excel opens it, but there is no workbook inside. The file has to be saved anew as a workbook.
file-broken = { $what ->
        [packed] The packed file “{ $file }” cannot be unpacked: it is damaged or was not saved completely
       *[records] The records of the file “{ $file }” cannot be read: a sign is missing or one too many
    }
    .label = file not read
    .help = { $what ->
        [packed] Get the file once more, or unpack it yourself and name what was in it.
       *[records] Save the file anew with the program that made it. For a specialist: { $detail }.
    }
    .long = A file of records (JSON, JSON Lines, YAML) is read whole or not at all: where one bracket or quotation mark is missing nobody knows which records are there. The same goes for packed files: what was cut off is not known.
several-files = There are several files in the archive “{ $file }”: { $names }
    .label = it is not clear which one to read
    .help = State one: “member: name” in dataset.yaml, or --member name in the command.
    .long = One file is read from an archive. Where there are several, it is stated by its name, together with the folder inside the archive.
no-member = There is no file “{ $member }” in the archive “{ $file }”
    .label = file not found
    .help = There are: { $names }.
    .long = The file of an archive is stated in the manifest (“member: name”) or in the command (--member name), with or without the folders inside the archive.
nested-archive = The archive “{ $file }” holds another archive, “{ $member }”
    .label = an archive in an archive is not read
    .help = Unpack the outer archive and name the inner one, or the file of data itself.
    .long = A file that is packed once is read. An archive inside an archive is not unpacked: files that fill all memory when they are unpacked are made so, too.
no-list-of-rows = There is no list of rows in the file “{ $file }”
    .label = line of the file: { $line }
    .help = Wanted is a list of records: [ {"{"}"code": "1", "school": "…"{"}"}, … ], or one record per line.
    .long = A file of JSON or YAML is read as a table when it holds a list of records with the same fields, a list of lists, or one field with such a list. Anything else is no table: export the data as CSV or as a list of records.
data-beyond-limit = The file “{ $file }” is larger than allowed: { $limit ->
        [bytes] { $most } bytes
        [unpacked] { $most } bytes when unpacked
        [rows] { $most } rows
        [columns] { $most } columns
        [cells] { $most } cells
       *[cell] { $most } bytes in one cell
    }
    .label = reading was stopped
    .help = If the file is meant to be so large, raise the limit: { $option } in the command.
    .long = Limits protect from files that take up all memory: damaged archives, or archives made to do so. Usual tables are far below them. Every limit can be raised.
no-such-table = { $count ->
        [0] There is no table in the file “{ $file }”
       *[other] There is no table number { $number } in the file “{ $file }”: { $count ->
            [one] the sheet has { $count } table
           *[other] the sheet has { $count } tables
        }
    }
    .label = there is nothing to take
    .help = merilo data show shows the tables that were found.
    .long = Tables of a sheet are counted from the top, from one. Where there are only blank rows in the file, there is no table in it.

tables-need-folder = There are several tables ({ $count }) and one file to write them to
    .label = a folder is needed
    .help = Name a folder: -o FOLDER. It gets a file per table.
    .long = Each table is written to a file of its own. The folder is made when it is not there; a file is named after its source, and where that holds several tables also after the sheet and the number of the table.
data-beyond-sheet = The table is too large for a sheet of a workbook: { $what ->
        [rows] a sheet has at most { $most } rows
        [columns] a sheet has at most { $most } columns
       *[cell] a cell has at most { $most } characters
    }
    .label = nothing was written
    .help = Write the table as csv: --format csv.
    .long = A sheet of Excel holds 1,048,576 rows and 16,384 columns, a cell 32,767 characters. Larger tables are written as csv or jsonl.
names-made = Names of columns are repeated or blank; in the records they are called { $names }
    .label = the letter of the column was added
    .help = To have names of your own, mend the header in the source.
    .long = In jsonl each row is a record with names of fields, which have to differ. A column without a name is called by its letter, a repeated name gets the letter of its column in brackets. In csv and xlsx the names stay as they are.

source-replaced = Writing would replace the source “{ $file }”
    .label = nothing was written
    .help = Name another file or another folder after -o.
    .long = The table that was understood is written beside its source: otherwise there would be nothing to check it against where the source was misunderstood.

columns-differ = The file “{ $file }”{ $of-sheet ->
        [no] {""}
       *[other] , sheet “{ $sheet }”,
    } lacks columns that the other files of the table have: { $columns }
    .label = they are blank in its rows
    .help = If a column has another name here, list its names in dataset.yaml: “columns: { "{" }name: [header, another header]{ "}" }”.
    .long = The table is joined from several files or sheets. Their columns go together by their names; what one of the files does not have is blank in its rows. For a run such a column is an error where the rules need it.
names-need-rules = The names in the column “{ $column }” were not replaced by keys: only rules say what they are matched with
    .label = the names stay as they are
    .help = To see keys already here, state “correspondence”: a file that says which name stands for which key.
    .long = “match: names” finds the row of the table that the column links to, and links are declared in the rules. data show and data export read no rules. In a run the names will be matched.
other-encoding = { $count ->
        [one] A line was
       *[other] Lines were
    } read in { $encoding }, as stated: { $rows }{ $total ->
        [0] {""}
       *[other] {" "}({ $total } in all)
    }
    .label = the first encoding does not read them
    .long = Two encodings are stated in the manifest. A line that is no valid UTF-8 is read in the second one.
no-column-inside = The file “{ $file }” has no column “{ $header }” whose values could hold the separator
    .label = there are only these: { $names }
    .help = “separator inside” takes the name of a column as it stands in the file.
    .long = “separator inside” names a column whose values hold the separator without quotation marks: the parts of a row that are too many belong to it. The place of the column and the number of columns are those of the first row of the file that holds this name.
stated-beside-manifest = The manifest “{ $file }” says itself how files are read; that is not stated in the command
    .label = the description of a dataset
    .help = Write it in the manifest, or name the file of data in the command.
    .long = Encoding, separator, sheet, header row and the like are stated for one file. A manifest names several, and says for each of them what is to be stated.

# What was understood: the page of the command show
understood-title = What the files are understood as
understood-file = { $file }: { $format ->
        [text] a text file
        [workbook] a workbook
        [json] JSON
        [json-lines] JSON, a record per line
       *[yaml] YAML
    }
stated-table = Table “{ $table }”: rows – { $rows }, columns – { $columns }
stated-part = { $file }{ $of-sheet ->
        [no] {""}
       *[other] , sheet “{ $sheet }”
    }: { $header ->
        [none] no header
       *[other] header – { $header }
    }, rows { $first }–{ $last }, columns { $least }–{ $most }; rows in the table – { $rows }
stated-guessed = Types are guessed from the values: this command reads no rules.
stated-head-type = Type
stated-head-absent = No value
stated-head-unfit = Do not fit the type
stated-head-signs = Signs of which nothing is stated
stated-absent = { $as ->
        [suppressed] suppressed
        [not-applicable] not applicable
        [invalid] invalid
       *[missing] missing
    }: { $count }
stated-sign = { $sign } ({ $count }) – looks like “{ $as ->
        [suppressed] suppressed
        [not-applicable] not applicable
       *[missing] missing
    }”
understood-sheet = Sheet “{ $sheet }”{ $hidden ->
        [yes] {" "}(hidden)
       *[no] {""}
    }
understood-nothing = There are no tables.
understood-table = Table { $number }: rows { $first }–{ $last }, columns { $columns }, rows of data: { $count }
understood-columns = Columns
understood-head-letter = Column
understood-head-name = Name
understood-head-look = What is in it
understood-head-range = From and to
understood-head-different = Different
understood-head-blank = Blank
understood-head-absent = Signs of absence
understood-head-unlike = Unlike the others
understood-head-samples = Samples
understood-left-out = Rows left out of the table
understood-head-row = Row
understood-head-why = Why
understood-head-text = What is in it
understood-range = { $least } – { $most }
understood-absent = { $sign } ({ $count })
understood-unlike = row { $row }: { $text }
understood-more = { $count } more
look-nothing = nothing
look-whole = whole numbers
look-decimal = decimal numbers
look-percent = percentages
look-quantity = numbers with a unit
look-bound = bounds (“<5”, “10-14”)
look-day = days
look-time = times
look-yes-no = yes/no
look-code = codes
look-address = addresses
look-words = words
look-mixed = of several kinds
left-out-preamble = above the header
left-out-numbering = numbers of the columns
left-out-repeated-header = the header again
left-out-rule = a line of dashes
left-out-total = total
left-out-section = heading of a group
left-out-note = below the table

# Commands about files of data
help-data-verbs = Files of data: show how they are understood, check them, write them in a plain form, draft a manifest
help-data-show = Show what a file is understood as: sheets, tables, headers, columns, what is left out
help-data-infer = Draft the manifest of a dataset and the tables of the rules from files
help-data-check = Check data: what is doubtful in the cells
help-data-export = Write the table that was understood as csv, xlsx or jsonl
help-data-files = Files of data, or the description of a dataset (yaml); “-” reads the input
help-sheet = Sheet of the workbook; otherwise the first visible sheet with a table
help-table = Which table of the sheet, counted from the top
help-member = File of the archive
help-encoding = Encoding: utf-8, windows-1251, cp866, koi8-r…
help-separator = Separator of columns: a sign, tab, space, or the number of a sign, U+001F
help-quote = Quotation mark around values; none: there are none
help-escape = Sign before a quotation mark inside a value; none: there is none
help-record-end = What ends a row: lf, cr or a sign
help-header = Rows of the header: 3, 3-5 or none
help-first-row = First row of data
help-last-row = Last row of data
help-columns = Columns of the table: B-F or 2-6
help-without-totals = Leave rows of totals out
help-all-rows = All rows below the header are data
help-max-bytes = Limit: bytes of the file
help-max-unpacked = Limit: bytes after unpacking
help-max-rows = Limit: rows of a sheet
help-max-columns = Limit: columns
help-max-cells = Limit: cells of the file
help-max-cell = Limit: bytes of one cell
help-export-all = All tables of all sheets, a file per table, into a folder
help-output-export = Where to write: a file (its extension tells the format) or a folder; otherwise csv is printed
help-output-infer = The folder to write the draft into; without it the draft is printed
help-format-data-show = Form of the answer: text, json, md or html
help-format-data-export = Form of the table: csv, xlsx or jsonl
value-sheet = SHEET
value-encoding = ENCODING
value-sign = SIGN
value-rows = ROWS
value-columns = FROM-TO
usage-data = merilo data COMMAND FILES [options]
usage-data-show = merilo data show FILES [options]
usage-data-infer = merilo data infer FILES [-o FOLDER] [options]
usage-data-check = merilo data check dataset.yaml --rules RULES [options]
        merilo data check FILES [options]
usage-data-export = merilo data export FILES [-o FILE] [--all -o FOLDER] [options]
usage-expected-encoding = Read are: { $names }.
usage-expected-separator = Expected is a sign or several, the word tab or space, or the number of a sign, U+001F.
usage-expected-sign = Expected is one sign, the number of a sign, U+0027, or none.
usage-expected-record-end = Expected is lf, crlf, cr, a sign, or the number of a sign, U+001E.
usage-expected-header = Expected is the number of a row (3), several in a row (3-5), or none.
usage-expected-columns = Expected are columns from and to: B-F or 2-6.
usage-expected-row = Expected is a whole number from 1 on.
help-template-data = {"{about}"}

    Usage: {"{usage}"}

    Commands:
    {"{subcommands}"}

    Options:
    {"{options}"}
