# The text of the rules: M101–M199

term-expected-value = a value or a condition
term-expected-name = a name
term-expected-kind = the kind of the column: “text”, “number”, “date”
term-expected-text = a text in quotation marks
term-expected-comparison = a comparison: “less than”, “at most”, “=”
term-expected-clause = the rest of this line or a new one

file-too-large = The rules file is too large: { $size } MiB where { $limit } are allowed
    .label = the file was not read
    .help = Check whether this is the right file; keep large lists apart.
    .long = A rules file is a text of a few pages. A file of tens of megabytes was almost certainly chosen by mistake.
nested-too-deep = Parentheses or quotation marks are nested more than { $limit } deep
    .label = too deep
    .help = Split the expression into named indicators.
    .long = No auditor could read so deep an expression. Give names to its parts with “indicator”.
expression-too-long = One block has more than { $limit } operations
    .label = too long
    .help = Split the expression into named indicators.
    .long = A long expression is hard to check. Give names to its parts.
unclosed-text = Quotation marks are opened but not closed
    .label = no closing mark
    .help = Close the text at its end.
    .long = Texts and titles stand in «…» or "…" and do not go over a line end. Inside straight quotation marks a mark is doubled.
unclosed-parenthesis = A parenthesis is opened but not closed
    .label = this one
    .help = Close it.
    .long = Every opening parenthesis has a closing one.
extra-parenthesis = A closing parenthesis too many
    .label = nothing was opened
    .help = Remove it, or open one.
    .long = Every closing parenthesis has an opening one.
unknown-clause = This line is not understood: “{ $word }”
    .label = no such word here
    .help = { $near-count ->
        [0] Check the spelling.
        [one] Did you mean “{ $near }”?
       *[other] Similar words: { $near }.
    }
    .long = Every line of a block begins with a known word: “when”, “basis”, “column”, “component” and so on; the language reference lists them.
unknown-block = This beginning is not understood: “{ $word }”
    .label = no such block
    .help = { $near-count ->
        [0] Check the spelling.
        [one] Did you mean “{ $near }”?
       *[other] Similar words: { $near }.
    }
    .long = A block begins with “parameter”, “table”, “population”, “indicator”, “index”, “list”, “function”, “category” or another word of the language reference.
not-supported = “{ $word }” is not supported yet in this version
    .label = the block was not read
    .help = Remove the block, or comment it out with “//”.
    .long = Examples, bands, decisions entered by hand and support measures belong to the language, but this version does not carry them out, so it does not pretend to have read them.
unknown-unit = Unknown unit “{ $word }”
    .label = no such unit
    .help = { $near-count ->
        [0] Remove the word after the number, or give a known unit: %, pp, points, marks, people, years, roubles, km.
        [one] Did you mean “{ $near }”?
       *[other] Similar units: { $near }.
    }
    .long = Only a unit may follow a number: %, pp, points, marks, people, years, roubles, km, minutes, hours, sq_m, places.
word-after-unit = A word too many after a number with its unit: “{ $word }”
    .label = this word
    .help = Remove it: the indicator already says what is measured.
    .long = Write “less than 60 %”, not “less than 60 % pupils”: the indicator says of whom.
two-numbers = Two numbers side by side
    .label = second number
    .help = Remove the space, or put a sign between them. Digits are grouped by threes: 1 250.
    .long = A space inside a number stands only between groups of three digits.
chained-comparison = Two comparisons in a row
    .label = second comparison
    .help = Write a range, “from … to …”, or join two conditions with “and”.
    .long = “3 < x < 5” can be read in two ways. Write “x from 3 to 5” (both ends belong to it) or “x more than 3 and x less than 5”.
reversed-operator = The sign of the comparison is written wrongly
    .label = sign
    .help = Write “{ $right }”.
    .long = Signs are written <= (at most) and >= (at least), without a space and in this order.
comma-without-space = A comma needs a space after it, or a semicolon instead
    .label = this comma
    .help = Separate values with semicolons: f(a; b).
    .long = A comma between digits is a decimal comma, so values are separated by semicolons; a comma with a space is accepted too.
title-after-value = The title stands after the value
    .label = title
    .help = Put it right after the name: parameter name «Title» = 25 %.
    .long = A title follows the name, before the equals sign, so that it cannot be taken for a part of the value.
missing-equals = An equals sign is missing
    .label = here
    .help = Put “=” between the name and the value.
    .long = Parameters, populations, indicators and combinations are written “name = value”.
reserved-word = “{ $word }” is a reserved word and cannot be a name
    .label = reserved word
    .help = Choose another name, with an underscore for example: “{ $word }_1”.
    .long = Words such as “and”, “or”, “not”, “when”, “where”, “among”, “of”, “less”, “more” join the parts of a rule and are never names.
no-such-date = There is no date { $date }
    .label = not a date
    .help = Check day and month: dates are written 01.09.2018 or 2018-09-01.
    .long = Day, month and year must make a date of the calendar.
clause-twice = This was said above
    .label = second time
    .help = Keep one of the two lines.
    .long = A line occurs once in a block, or nobody could tell which holds.
outside-category = A criterion or group stands outside a category
    .label = of which category?
    .help = Put a line “category …” before it.
    .long = Criteria and groups belong to the category declared before them.
criterion-of-other-group = The number of the criterion does not continue group { $group }
    .label = another number
    .help = Mend the number, or move the criterion into its group.
    .long = In group 2.4 stand criteria 2.4.1, 2.4.2 and so on. Another number is most likely a slip.
header-not-first = “Rule set” does not stand first in the file
    .label = header
    .help = Move the header to the beginning.
    .long = The header opens the file, so that everybody sees at once which rules these are and since when they hold.
both-bounds = Two bounds are joined with “but”
    .label = here
    .help = Write “from … to …”, or “… and …” with the indicator repeated.
    .long = Instead of “more than 3, but less than 5” write “x more than 3 and x less than 5”: each comparison names what is compared.
comma-before-than = A comma too many before “than”
    .label = here
    .help = Write “{ $right }”.
    .long = Comparisons are written without a comma.
not-before-quantifier = “Not met at least …” can be read in two ways
    .label = what does “not” belong to?
    .help = Write “met at most …” or “met no …”.
    .long = It can mean “fewer than two are met” or “at least two are not met”. So “not” before a number of met criteria is refused.
bad-number = This number is not written right
    .label = not a number
    .help = Write 0.5 or 1 250; a date is written 01.09.2018.
    .long = A number has at most one decimal comma (or point), and spaces between groups of three digits.
missing-value = A value is missing here
    .label = something is missing after this
    .help = Add a number, the name of an indicator, or a parenthesis.
    .long = A value stands after a sign, a comparison or “=”.
missing-condition = A condition is missing here
    .label = a condition is needed after this word
    .help = Add one: “continued less than 60 %”.
    .long = After “when” and “where” stands a condition.
missing-name = A name is missing here
    .label = a name is needed after this
    .help = Add a name: letters, digits and “_”, no spaces.
    .long = A name consists of letters, digits and underscores and does not begin with a digit.
missing-text = A text in quotation marks is missing here
    .label = a text is needed after this
    .help = Add a text: "…" or «…».
    .long = Titles, bases, values of lists and names of files stand in quotation marks.
missing-number = A number is missing here
    .label = a number is needed after this
    .help = Add a number.
    .long = The number of a criterion is written with dots: 2.4.1.
clause-of-other-block = “{ $word }” does not belong to this block
    .label = a line of another block
    .help = Move it to the block it belongs to.
    .long = Every block has its own lines: “column” a table, “component” an index, “when” a criterion.
symbol-not-allowed = The sign “{ $symbol }” is not used here
    .label = this sign
    .help = Remove it. Conditions are joined with “and” and “or”.
    .long = Rules are written in words: braces, brackets, & and | are not needed.
unexpected = This could not be read: “{ $found }”
    .label = here { $expected } is expected
    .help = { $near-count ->
        [0] Check this line and the end of the one before.
        [one] Did you mean “{ $near }”?
       *[other] Similar words: { $near }.
    }
    .long = Everything up to this place was read, and nothing that can stand here was found. Often a sign or a word is missing a little earlier.
empty-file = The rules file is empty
    .label = nothing here
    .help = Begin with a line: rule set «Title».
    .long = The file has no block.
too-many-problems = Too many errors; the rest of the file was not checked
    .label = not read from here on
    .help = Mend the errors shown and check again.
    .long = After a hundred errors the others usually follow from the first ones.
if-outside-parentheses = A conditional value stands in parentheses
    .label = here
    .help = Write “(when … then … else …)”; cases of a criterion are written “in case …, when …”.
    .long = Inside a formula a choice between values stands in parentheses, so that its end is seen.
missing-kind = It is not said what the column holds
    .label = a kind is needed after the name
    .help = Add: text, number, number %, yes/no, date, year or “reference to …”.
    .long = The kind is needed to check units and to read the file: column score number points.
before-first-block = Something that is not understood stands before the first block
    .label = this should not be here
    .help = Remove it, or comment it out with “//”.
    .long = A rules file begins with “rule set” or another block; remarks follow “//”.
missing-else = It is not said which value is taken otherwise
    .label = before this parenthesis
    .help = Add “else …”: (if … then … else …).
    .long = A choice gives a value in every case, so it ends with “else”. Example: (if pupils less than 30 people then 1 else 0).
missing-weight = A component or block of the index has no weight
    .label = a weight is needed after this
    .help = Add “weight …”: component success weight 1 higher is better.
    .long = The weight says what part of the index a component gives. If all are equal, each has “weight 1”.
years-without-number = It is not said over how many years
    .label = a number of years is needed here
    .help = Write, for example, “over the last 3 years”.
    .long = The years are counted back from the reporting year, so their number has to be said: “over the last 3 years”, “in each of the last 3 years”. One year is “over the last 1 year”.
percent-before-number = The percent sign stands before the number
    .label = here
    .help = Write “{ $right }”.
    .long = A unit, the sign “%” too, is written after the number: “60 %”.
word-repeated = The word “{ $word }” is repeated
    .label = second time
    .help = Remove one of the two.
    .long = The same word twice in a row is never right in rules; usually it is a slip.
case-without-condition = A case has no condition of the criterion
    .label = “, when …” is needed after this
    .help = Add the condition: “in case …, when …”.
    .long = “In case” says for which schools the line holds, “when” says when they meet the criterion. Example: in case pupils less than 200 people, when participants = 0 people.
not-applicable-two-ways = “Not applicable, when” can be read as part of the case and as a line of the criterion
    .label = here
    .help = A part of the case is put in parentheses: “in case (… not applicable), when …”. A line of its own needs a whole case before it: “in case …, when …”.
    .long = On a new line, “not applicable when” usually says which schools the criterion does not concern. But the case above has no “when” of its own, and these words may continue it. The program does not choose for the author.
number-in-words = The number is written as a word: “{ $word }”
    .label = digits are needed here
    .help = Write “{ $right }”.
    .long = Numbers are written in digits: “over the last 3 years”, “at least 2 criteria”. A word in this place would be taken for the name of an indicator.
other-wording = The rules say “{ $word }” in other words
    .label = there are no such words here
    .help = { $right-count ->
        [one] Write “{ $right }”.
       *[other] Choose what is meant: { $right }.
    }
    .long = Every comparison has words of its own: “less than” and “at most”, “more than” and “at least”, so that one sees whether the bound itself counts. A date is written as 2018-09-01.
sign-not-needed = The sign “{ $symbol }” is not needed here
    .label = this sign
    .help = Remove it.
    .long = A number stands right after its word, a title right after the number or the name: criterion 1 "Title", category schools "Title".
other-quotes = The text stands in other quotation marks
    .label = these marks
    .help = Write «{ $text }».
    .long = Texts and titles stand in the quotation marks «…» or "…".
other-layout = The word is typed in the other keyboard layout: “{ $word }”
    .label = this word
    .help = Write “{ $right }”.
    .long = The word is typed with the same keys in the other layout; some Russian letters are on the keys of signs.
no-data-choice = It is not said what to do without data
    .label = there is no such way
    .help = Choose: “count as not met”, “count as met”, “count as not applicable” or “undetermined”.
    .long = “Undetermined” leaves the criterion without an answer, “count as not applicable” leaves it out of the count, the others give an answer. The author of the rules chooses.
title-without-quotes = The title stands without quotation marks
    .label = this title
    .help = Write «{ $text }».
    .long = A number or a name is one word; the title after it stands in quotation marks: criterion 1 "Few who go on".
