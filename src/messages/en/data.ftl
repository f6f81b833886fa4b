# Files, tables and cells: M301 to M399

role-list-named = the list is named here
role-first-row = first occurs here

cannot-read = Cannot read “{ $file }”: { $problem ->
        [directory] it is a folder, not a file
        [absent] there is no such file
        [denied] no permission to read it
        [not-a-directory] the path to it names a file where a folder should be
        [busy] another program is using the file
        [name] such a file name is not allowed
       *[other] the system says: { $problem }
    }
    .label = file not read
    .help = Check the name and the permissions; a path inside a file starts at the folder of that file.
    .long = A file named in the command, in the rules or in the dataset manifest (dataset.yaml) cannot be opened: it is not there, is called otherwise, may not be read or is a folder. In a command a name with spaces needs quotation marks: merilo check "my rules.merilo". If a table is split into several files, list them in the manifest: `files: [a.csv, b.csv]`.
manifest-broken = The dataset manifest “{ $file }” is malformed: { $problem ->
        [repeated-key] the word “{ $key }” occurs twice
        [key-not-text] what stands before the colon is not a word
        [tab] a line is indented with a tab, spaces are needed
        [colon] a colon is missing or stands inside a value
        [indent] the indentation of neighbouring lines does not agree
        [unclosed] a quotation mark or a bracket is not closed
        [sign] a value begins with a reserved sign
        [documents] the file holds more than one document
       *[other] the rules of YAML are broken
    }{ $line ->
        [0] {""}
       *[other] {" "}(line { $line })
    }
    .label = manifest not read
    .help = Check the indentation and the colons: every line is `word: value`; a value with “:”, “#”, “*” or “%” goes in quotes. For a specialist: { $detail }.
    .long = The manifest is a YAML file. Nested lines are indented with spaces, equally on one level; a value with a colon or “#” goes in quotes.
manifest-too-large = The dataset manifest “{ $file }” is too large
    .label = file not read
    .help = Check that this is the right file: the manifest is dataset.yaml, not the data.
    .long = A manifest takes a few pages. A large file has almost certainly been chosen by mistake.
manifest-key = Unknown word in the dataset manifest: “{ $key }”
    .label = no such word here
    .help = { $why ->
        [deeper] Wrong indentation: “{ $key }” and the lines after it must stand deeper than “{ $holder }”. Move them two spaces to the right.
        [of-table] Wrong indentation: “{ $key }” belongs to a table. Put this line below the name of the table, level with the line “file”.
       *[unknown] { $near-count ->
            [0] Check the spelling and the indentation. Names of tables and columns must be those of the rules.
            [one] Did you mean “{ $near }”?
           *[other] Similar words: { $near }.
        }
    }
    .long = A manifest consists of `dataset`, `synthetic` and `tables`; a table has `file`, `files`, `sheet`, `header row`, `encoding`, `separator`, `columns`, `missing`, `suppressed`, `not applicable`.
manifest-value = Wrong value in the dataset manifest: { $key } – “{ $value }”
    .label = wrong value
    .help = Correct the value of “{ $key }”.
    .long = For example: `file: schools.csv`, `header row: 2`, `separator: ";"`, `encoding: windows-1251`.
manifest-no-table = The dataset manifest has no tables
    .label = no `tables` section
    .help = Add a section `tables:` and under it the name of a table and its file.
    .long = Only files named in the section `tables` are read. Example: `tables:` and on the next line, indented, `schools: schools.csv`.
table-not-bound = It is not said which file holds the table “{ $table }”
    .label = the rules need this table
    .help = Add to the section `tables`: `{ $table }: file.csv`.
    .long = The rules use this table and the dataset manifest does not name it.
column-not-found = The file “{ $file }” has no column “{ $header }”
    .label = { $why ->
        [stated] the manifest names this column
       *[other] the rules need this column
    }
    .help = { $why ->
        [stated] { $near-count ->
            [0] The file has the columns: { $headers }. Correct the name in the manifest.
           *[other] Similar columns: { $near }. Correct the name in the manifest.
        }
        [cut] The header is cut by the separator “{ $separator }”: { $fields } were read. Put such headers, and numbers with this sign, in quotation marks in the file, or save the file with another separator, such as “;”.
        [separator] { $separator ->
            [tab] The separator of the file is the tab. Say in the manifest: `separator: tab`.
           *[other] The separator of the file is “{ $separator }”. Say in the manifest: `separator: "{ $separator }"`.
        }
        [line] The headers are in line { $line }. Say in the manifest: `header row: { $line }`.
        [line-and-separator] { $separator ->
            [tab] The headers are in line { $line }, and the separator is the tab. Say in the manifest: `header row: { $line }` and `separator: tab`.
           *[other] The headers are in line { $line }, and the separator is “{ $separator }”. Say in the manifest: `header row: { $line }` and `separator: "{ $separator }"`.
        }
       *[other] { $near-count ->
            [0] The file has the columns: { $headers }. Name the right one in the manifest: `columns:` and under it `{ $column }: header in the file`.
            [one] Perhaps it is “{ $near }”. Then say in the manifest: `columns:` and under it `{ $column }: { $near }`.
           *[other] Similar columns: { $near }. Name the right one in the manifest: `columns:` and under it `{ $column }: header in the file`.
        }
    }
    .long = A column is found by the header given in the manifest or, without one, by its name or title in the rules. Case and extra spaces do not matter. If the header is not in the first row, say `header row`.
file-empty = The file “{ $file }” is empty
    .label = there is nothing in it
    .help = Check that this is the right file and that it was saved completely.
    .long = The file has no bytes at all, not even a row of column headers.
ragged-row = { $fields ->
        [one] The row has { $fields } value
       *[other] The row has { $fields } values
    }, the header has { $wanted }
    .label = another number of values
    .help = { $count ->
        [1] Check the separators and quotation marks in this row.
       *[other] Check the separators and quotation marks; rows like this in the file: { $count }.
    }
    .long = Every row has as many values as the header has columns. The usual cause is a separator inside a name: such a value goes in quotation marks.
unclosed-quote = A quotation mark in the file “{ $file }” is opened and never closed
    .label = from here to the end of the file it is one value
    .help = Close the quotation mark; one inside a value is doubled.
    .long = A quoted value ends at the next quotation mark. Without one, the rest of the file becomes one value. Example: "School ""Hope""".
stray-quote = Something stands behind a closing quotation mark
    .label = the value ends at the quotation mark
    .help = { $count ->
        [1] Put the whole value in quotation marks and double the one inside: "School ""Hope""".
       *[other] Put whole values in quotation marks and double those inside; rows like this here: { $count }.
    }
    .long = A quotation mark at the start of a value opens it and the next one closes it. When no separator follows, nobody can tell where the value ends: whole rows may be lost behind such a mark.
sheet-not-found = The workbook “{ $file }” has no sheet “{ $sheet }”
    .label = sheet not found
    .help = It has the sheets: { $sheets }.
    .long = The sheet is named in the manifest by `sheet`. Without it the first sheet is taken.
workbook-broken = The workbook “{ $file }” cannot be read: { $problem ->
        [encrypted] it is protected by a password
        [old-format] it holds a workbook of the old format .xls under another extension
        [no-workbook] this is not a spreadsheet workbook
       *[damaged] the file is damaged or was not saved completely
    }
    .label = file not read
    .help = { $problem ->
        [encrypted] Open the file in a spreadsheet program and save it again without a password as XLSX or CSV.
        [old-format] Open the file in Excel and choose “File” – “Save As”, type “Excel Workbook (*.xlsx)”. A new extension alone does not change what the file holds.
       *[other] Open the file in a spreadsheet program and save it again as XLSX or CSV.{ $detail ->
            [none] {""}
           *[other] {" "}For a specialist: { $detail }.
        }
    }
    .long = XLSX, XLSM, XLSB, XLS and ODS workbooks without a password can be read. The extension must fit the content: an .xls workbook renamed to .xlsx remains a workbook of the old format.
duplicate-row-key = The key “{ $key }” occurs twice in the table “{ $table }”
    .label = second row with this key
    .help = Keep one of the two rows or correct the key.
    .long = The key tells one row from another. With two rows of one key it is unclear which to believe, so no decisions are taken.
empty-key = A row of the table “{ $table }” has no key
    .label = empty cell
    .help = Fill in the key or remove the row.
    .long = Other tables and the report refer to a row by its key. A row without one is often a total or a remainder of the sheet and should be removed.
duplicate-header = The file “{ $file }” has two columns with the header “{ $header }”
    .label = second such column
    .help = Rename one of the columns in the file.
    .long = A column is found by its header. With two of them it is unclear which one is meant.
unknown-encoding = Unknown encoding “{ $name }”
    .label = file not read
    .help = It can be one of these: { $names }. Or remove the line and the encoding will be detected.
    .long = An encoding says by which numbers letters are written in a file. Spreadsheet programs usually choose UTF-8, UTF-16 or Windows-1251 when they save CSV; old exports are in CP866 or KOI8-R. With a wrong one there are random signs in place of words; “merilo data show” shows how a file is read.
not-text = { $what ->
        [rules] “{ $file }” is not text in UTF-8
       *[table] “{ $file }” is not a text file
    }
    .label = file not read
    .help = { $what ->
        [rules] Save it as plain text: in Notepad “File” – “Save as”, encoding UTF-8.
       *[table] Save the table as CSV or XLSX; the extension must fit the format.
    }
    .long = Rules, lists and the dataset manifest are read as plain text in UTF-8: a Word document has to be saved again as plain text. A table with the extension .csv is read as text too; if it is a workbook or a UTF-16 file under this name, save it again as CSV.
list-broken = The list file “{ $file }” is malformed: { $problem ->
        [repeated-key] the word “{ $key }” occurs twice
        [key-not-text] what stands before the colon is not a word
        [tab] a line is indented with a tab, spaces are needed
        [colon] a colon is missing or stands inside a value
        [indent] the indentation of neighbouring lines does not agree
        [unclosed] a quotation mark or a bracket is not closed
        [sign] a value begins with a reserved sign
        [documents] the file holds more than one document
        [too-large] it is larger than a megabyte
        [unknown-key] unknown word “{ $key }”
        [no-entries] it has no section `entries`
        [no-value] an entry has no value
        [backwards] the period ends before it begins
        [no-date] “{ $key }” is not a date
       *[other] the rules of YAML are broken
    }{ $problem ->
        [no-value] {" "}(entry { $line })
        [backwards] {" "}(entry { $line })
        [no-date] {" "}(entry { $line })
       *[other] { $line ->
            [0] {""}
           *[other] {" "}(line { $line })
        }
    }
    .label = { $problem ->
        [unknown-key] no such word here
        [backwards] dates exchanged
        [no-date] not a date
        [no-value] an entry without a value
       *[other] list not read
    }
    .help = { $problem ->
        [too-large] Check that this is the right file: a list takes a few pages.
        [unknown-key] { $near-count ->
            [0] A list has `title`, `source`, `entries`; an entry has `value`, `from`, `to`, `basis`, `note`.
            [one] Did you mean “{ $near }”?
           *[other] Similar words: { $near }.
        }
        [no-entries] Add a line `entries:` and under it, after a dash and a space, every entry.
        [no-value] Write the value after the dash, or `value: …`.
        [backwards] Exchange the dates “from” and “to”.
        [no-date] A date is written as 01.09.2018 or 2018-09-01.
       *[other] Check the indentation, the colons and the quotation marks. For a specialist: { $detail }.
    }
    .long = A list file holds its source and its entries; an entry has a name and, if needed, the dates from and to.
wrong-encoding = The file “{ $file }” is not in UTF-8
    .label = letters cannot be read
    .help = Say `encoding: windows-1251` in the manifest or save the file in UTF-8.
    .long = The manifest says UTF-8, or the file begins so, but it holds characters of another encoding. Spreadsheet programs often save CSV in Windows-1251.
percent-unknown = { $count ->
        [one] It is not known whether a number is shown as a percentage: { $count } cell of the column “{ $column }”
       *[other] It is not known whether numbers are shown as percentages: { $count } cells of the column “{ $column }”
    }
    .label = 0.125 may be shown as 0.125 or as 12.5%
    .help = Cells: { $cells }. Save the workbook as XLSX with one number format for all numbers of the column, or as CSV.
    .long = A cell with the format “12.5%” stores the number 0.125. In XLSX workbooks the format is seen and what is shown is read. In XLS, XLSB and ODS workbooks it is not seen, nor in XLSX when the format shows percentages for some numbers only. The mistake would be a hundredfold, so no decisions are taken.
percents-as-fractions = { $count ->
        [one] { $count } number with a “%” in the column “{ $column }” was read as a fraction of one
       *[other] { $count } numbers with a “%” in the column “{ $column }” were read as fractions of one
    }
    .label = 12.5% was read as 0.125
    .help = Cells: { $cells }. If the column holds percentages, declare it in the rules: `column { $column } number %`.
    .long = The column is declared as a number without a unit, and the cells hold percentages: 12.5% is 0.125. A criterion that compares the column with a number of percent would be met in the wrong places; therefore it is said.
fractions-as-percents = All numbers in the column of percentages “{ $column }” of the table “{ $table }” are between 0 and 1
    .label = read as { $number } %, not { $percent } %
    .help = If these are fractions of one, state “fractions of one: yes” for this column in the manifest. If they really are parts of a per cent, put the sign: “{ $number } %”.
    .long = The column is declared in per cent (`number %`), and the number 0.85 in it is 0.85 %. If the file holds fractions of one, where 0.85 means 85 %, all values are one hundred times too small, and a criterion “less than 60 %” is met by all schools. A “%” behind at least one number of the column removes the doubt. If these are fractions of one, write `fractions of one: yes` for the column in dataset.yaml: then 0.85 is 85 %, and “85 %” is still 85 %.
nothing-unpivoted = In the file “{ $file }” no column fits the pattern
    .label = nothing to turn into rows
    .help = Patterns: { $patterns }. Columns of the file: { $headers }. Mend the pattern: “*” is any text, a name in braces is the column that takes this part of the header.
    .long = The key “unpivot” turns columns of the file into rows: each column whose header fits the pattern gives a row of its own. Parts of the header that are named in braces become the values of the columns of those names.
mended-not-taken = { $flaw ->
    [unquoted] A separator stands in a text without quotation marks
    [extra] One separator too many
    [lacking] A separator is lacking
    [mark] A quotation mark stands in the wrong place
    [other-separator] Another separator than in the other rows
    [break] A row is torn inside a value
    [short] Fields at the end of the row are lacking
    [header] The header has fewer names than the rows have values
   *[irregular] Another number of fields than in the other rows
    }
    .label = { $count ->
        [one] { $count } row
       *[other] { $count } rows
    }: { $rows }
    .help = { $flaw ->
        [header] Mend the header in the file: each column needs a name. “merilo data show” shows which column got which name; if that is right, write “mend: yes” for this file in dataset.yaml.
        [irregular] Mend these rows in the file. They are read in the order of their values, which may stand in wrong columns. If that is right, write “mend: yes” for this file in dataset.yaml.
       *[other] Mend these rows in the file. “merilo data export” shows how they can be understood; if that is right, write “mend: yes” for this file in dataset.yaml.
    }
    .long = Decisions are made from the data, so a row that can only be guessed is not read until a person confirms the guess.
totals-not-stated = { $count ->
        [one] { $count } row looks like a total
       *[other] { $count } rows look like totals
    }
    .label = rows: { $rows }
    .help = If these are totals, write “totals: skip” for this file in dataset.yaml. If they are rows like any other, write “totals: data”.
    .long = A total that is taken for a school spoils the list and the means. Such rows are not dropped silently: “Total” may as well be part of a name.
name-not-matched = { $why ->
        [several] The name “{ $name }” fits several rows
        [codes] The name “{ $name }” cannot be found: the keys of the table that the column links to are codes, not names
       *[none] The name “{ $name }” fits no row
    }
    .label = { $count ->
        [one] { $count } cell
       *[other] { $count } cells
    }
    .help = { $why ->
        [several] It fits: { $near }. Say in the file of correspondences which row is meant.
        [codes] Beside “match: names” state a file in which names stand beside codes. If the file of the table itself has names, state their column and that of the codes: “correspondence: {"{"}file: …, texts: [Name], key: Code{"}"}”. If not, make a table of two columns, the name and the code, and state it: “correspondence: file.csv”. If the column holds codes as it is, remove “match: names”.
       *[none] { $near-count ->
            [0] There are no near names. Correct the name or add it to the file of correspondences (“correspondence” in dataset.yaml).
           *[other] Near: { $near }. Correct the name or add it to the file of correspondences (“correspondence” in dataset.yaml).
        }
    }
    .long = With “match: names” names are compared without case, ё, signs, brackets and words such as “г.”, “пос.”, “район”. The file of correspondences is a table of two columns: what is written, and which key it is; it is named by the key “correspondence”.
orphan-keys = { $count ->
        [one] { $count } row of the table “{ $table }” refers to something that is not in the table “{ $target }”
       *[other] { $count } rows of the table “{ $table }” refer to something that is not in the table “{ $target }”
    }
    .label = no such key
    .help = Check: { $cells }. Nothing of the table “{ $target }” is taken for these rows; if it is the table of schools, they belong to no school.
    .long = The value of a reference column must be a key of the other table. Usual causes: leading zeros lost, a closed school, a slip.
invalid-cells = { $count ->
        [one] { $count } cell of the column “{ $column }” cannot be read
       *[other] { $count } cells of the column “{ $column }” cannot be read
    }: expected { $type }
    .label = cannot be read
    .help = Check: { $cells }. Until corrected, such values count as invalid. Explain marks like “-” or “n/a” in the manifest: `missing: "n/a"`.
    .long = A number is written in digits with a comma or a point, a date as 2018-09-01, yes/no in words. An unreadable cell does not become zero: an indicator that needs it stays unknown.
not-allowed-cells = { $count ->
        [one] { $count } cell of the column “{ $column }” has a value that is not allowed
       *[other] { $count } cells of the column “{ $column }” have values that are not allowed
    }
    .label = value not provided for
    .help = Check: { $cells }. Allowed values: { $allowed }.
    .long = The rules list the `values (…)` of the column. Another value is a slip in the data or a gap in the rules. Such a cell is invalid: conditions with it are undetermined.
no-rows = The table “{ $table }” has no rows
    .label = there is only a header
    .help = Check the file “{ $file }”: data must follow right after the header.
    .long = The file was read and its headers found, but it has no rows of data. Indicators over this table will be unknown.
encoding-guessed = { $what ->
        [rules] The rules file “{ $file }” is not in UTF-8; it was read as Windows-1251
       *[table] The encoding of “{ $file }” is not given; it was read as Windows-1251
    }
    .label = encoding detected from the content
    .help = { $what ->
        [rules] Save it in UTF-8: in Notepad “File” – “Save as”, encoding UTF-8.
       *[table] If letters look wrong, give the encoding: `encoding: utf-8`.
    }
    .long = The file is not valid UTF-8, so it was read as Windows-1251. For a table the line `encoding: windows-1251` in the manifest removes this note; a rules file is better saved in UTF-8.
rows-without-link = { $count ->
        [one] { $count } row of the table “{ $table }” has nothing in the column “{ $column }”
       *[other] { $count } rows of the table “{ $table }” have nothing in the column “{ $column }”
    }
    .label = nobody knows what the row belongs to
    .help = Check: { $cells }. These rows belong to nothing in the table “{ $target }” and take no part in decisions.
    .long = By this column a row finds its school. Without it, its values go into no sum and no mean.
cohort-unknown = It is not clear how many pupils stand behind the values of the column “{ $column }”: “{ $value }”
    .label = no column in people, no number and not `none`
    .help = Write a column in people of the same table, the least number as a whole number, or `none` where the values are not about pupils.
    .long = The section `cohorts` of a table serves the output for publication (--public). For example: `mean: participants`, `index: 100`, `teachers: none`.
