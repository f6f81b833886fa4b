file-unwritable = The file “{ $file }” cannot be written: { $problem ->
        [absent] there is no such folder
        [denied] no permission to write it
        [directory] a folder has this name already
        [not-a-directory] the path to it names a file where a folder should be
        [full] the disk is full
        [read-only] the disk may only be read
        [busy] another program is using the file
        [name] such a file name is not allowed
       *[other] the system says: { $problem }
    }
    .label = this file
    .help = { $problem ->
        [absent] Make the folder or correct the path after -o.
        [denied] Close the file if another program has it open, or choose a folder that may be written to.
        [directory] Choose another name for the file.
        [not-a-directory] Correct the path after -o.
        [full] Free some space or write the report to another disk.
        [read-only] Write the report to another folder.
        [busy] Close the file in the other program and repeat the command.
        [name] Choose a shorter name without signs such as “:”, “?”, “*”.
       *[other] Check that the folder exists and can be written to, and that no other program has the file open.
    }
    .long = A report is written as a whole or not at all: first into a temporary file in the same folder, which then gets the right name. The usual obstacles are a file that is open in Excel, a folder that does not exist, or one that may only be read.
school-unknown = No school in the data has the code “{ $code }”
    .label = code not found
    .help = { $count ->
        [0] Look the code up in the table of schools.
       *[other] Similar codes: { $names }.
     }
    .long = An explanation is made for one school; its code is the key of the table of schools. The whole code is compared, leading zeros included: “0047” and “47” are different codes. Example: merilo explain rules.merilo --data data.yaml --school 47-001.
format-unknown = The name of the file “{ $file }” does not tell the format of the report
    .label = unknown extension
    .help = Name the format with --format, or use one of the extensions { $names }.
    .long = The format of a report is told by the extension of the file after -o: .html, .xlsx, .csv, .json, .md or .txt. With any other extension name the format, for example: merilo run rules.merilo --data data.yaml -o list.dat --format csv. Papers (merilo document) go into .docx, .xlsx or .html.
format-needs-file = A report in the format { $format } can only be written to a file
    .label = no file name
    .help = Add -o and the name of a file.
    .long = An Excel workbook and a Word document consist of binary data that a terminal cannot show. Name a file: merilo run rules.merilo --data data.yaml -o list.xlsx.
code-unknown = There is no message with the code “{ $code }”
    .label = unknown code
    .help = The code stands in square brackets before a message, for example M201.
    .long = The command explain-code tells more about one message by its code. A code is the letter M and three digits: merilo explain-code M201.
too-many-rows-for-sheet = A workbook cannot hold { $count ->
        [one] { $count } school
       *[other] { $count } schools
     }: a sheet has at most { $most } rows
    .label = list too long
    .help = Write the list as csv.
    .long = A sheet of an Excel workbook holds at most 1,048,576 rows, the header included. A longer list can be written as csv: merilo run rules.merilo --data data.yaml -o list.csv.
file-not-formatted = The file “{ $file }” is not in the usual form
    .label = this file
    .help = Run merilo fmt without --check to mend it.
    .long = The command fmt brings a rules file into one form: indentation, quotation marks, spelling of keywords. With --check it changes nothing and only tells which files differ.
set-malformed = The value of a parameter cannot be understood: “{ $text }”
    .label = name=value expected
    .help = Write the name of the parameter, an equals sign and the value: --set "selected_share=30 %".
    .long = The option --set changes a parameter of the rules for one run; the rules file stays as it is. Name and value are joined by an equals sign; the value is written as in the rules: --set "selected_share=30 %". A value with a space needs quotation marks.
page-cut = The page does not show all schools: { $most } of { $count }
    .label = list shortened
    .help = Write the full list as csv or xlsx.
    .long = A page with tens of thousands of schools opens very slowly, so an html report shows only a part of the list; the totals count all schools. The full list is in the csv and xlsx reports, and the command explain explains any school.

no-run-folder = There is no run record in the folder “{ $folder }”
    .label = a folder with a record is needed
    .help = Name the folder that merilo run … -o FOLDER wrote: it has a file record.json.
    .long = When run is given a folder after -o, it writes not only the reports but also a record of the run: copies of the rules and of the manifest, fingerprints of all files, and the decisions. The commands verify and seal work on such a folder.
key-unreadable = { $what ->
        [secret] The file holds no secret key
       *[public] The file holds no public key
    }
    .label = file of the key
    .help = { $what ->
        [secret] Name the file of the secret key. A new pair of keys is made by merilo seal --new-key --key FILE.
       *[public] Name the file of the public key: it lies beside the secret one, its name ends in .pub.
    }
    .long = A seal is made with the secret key and checked with the public one. Both are text files in PEM (Ed25519), which other programs read as well. Only whoever seals keeps the secret key.
key-exists = The file “{ $file }” is there already, a new key will not replace it
    .label = this file
    .help = Choose another name for the new key.
    .long = Replacing a secret key would leave seals made with the old one without their key, so the program never writes a key over a file.
nothing-to-seal = It is not said what to seal
    .label = a folder is needed
    .help = Name the folder of a run record, or add --new-key to make a new pair of keys.
    .long = The command seal puts a seal on the folder of a run record: merilo seal FOLDER --key FILE. With --new-key it makes a new pair of keys.

dossier-needs-page = A dossier is an html page
    .label = another format, or no file name
    .help = Give the name of a file: --dossier -o dossier.html.
    .long = The dossier of a school is one file: a page with the explanation and a proof inside it. The command merilo verify checks it without the data of the region, so it can be written as html only.

# Help
help-about = Merilo: criteria in a rules file, evaluated exactly on school data, every decision explained
help-template-program = {"{about}"}

    Usage: {"{usage}"}

    Commands:
    {"{subcommands}"}

    Options of every command:
    {"{options}{after-help}"}
help-template-command = {"{about}"}

    Usage: {"{usage}"}

    What to name:
    {"{positionals}"}

    Options:
    {"{options}"}
help-exit-codes =
    Exit codes: 0 all is well; 1 the rules or the data have errors;
    2 the command is wrong; 3 the result could not be written;
    4 a verification found no difference, but not everything was checked.
help-check = Check the rules, and the data where they are named
help-run = Decide the categories of all schools and make a report
help-explain = Explain the decision on one school
help-compare = Hold scenarios, other rules, earlier versions and other data against the rules: who enters a list, who leaves it, and why
help-fmt = Bring rules files into one form
help-verify = Verify the record of a run or the dossier of a school: files, data, a new computation
help-seal = Put an integrity seal on the record of a run (not a legal signature)
help-explain-code = Tell more about a message by its code
help-help = Show help
help-version = Show the version of the program
help-lang = Language of messages; for fmt the language of keywords
help-threads = How many threads to use
help-quiet = Show no progress and no warnings
help-rules = The rules file
help-data = Description of the dataset (yaml)
help-output = Where to write the report: a file (its extension tells the format) or a folder (all formats)
help-set = Change a parameter of the rules for this run; may be repeated
help-format = Format of the report: text, json, csv, xlsx, md or html
help-format-explain = Format of the report: text, json, md, html or xlsx (calculator sheet with formulas)
help-format-compare = Format of the report: text, json, md or html
help-format-check = Format of the messages: text or json
help-school = Code of the school
help-scenarios = Scenario; may be repeated; where nothing else is compared, all scenarios of the rules
help-changes = Search for what would turn the decision in large data too (up to 100,000 rows it is always done)
help-effects = Work out the effects of rules, data and displacement also where that takes long
help-dossier = Put a proof into the page that merilo verify can check without the data of the region (html)
help-files = Rules files; “-” reads the input and writes the output
help-fmt-check = Change nothing, only tell which files differ
help-recorded = The folder that run wrote, or the dossier of a school (html)
help-sealed = The folder that run wrote, or a dossier
help-verify-data = The manifest of the data when it is not where the record says
help-verify-key = The public key that the seal must fit
help-seal-key = The secret key
help-new-key = Make a new pair of keys: FILE and FILE.pub
help-format-verify = Form of the answer: text or json
help-code = Code of a message, for example M201
help-recheck = Evaluate everything a second time in another, slow way and compare; a difference stops the report
value-rules = RULES
value-data = DATA
value-file = FILE
value-files = FILES
value-recorded = RECORD
value-set = NAME=VALUE
value-format = FORMAT
value-number = NUMBER
value-code = CODE
value-message-code = CODE
usage-program = merilo COMMAND [options]
usage-check = merilo check RULES [--data DATA] [options]
usage-run = merilo run RULES --data DATA [-o FILE] [options]
usage-explain = merilo explain RULES --data DATA --school CODE [options]
usage-compare = merilo compare RULES --data DATA [--scenario TITLE | --with-rules RULES | --with-revision REVISION | --with-data DATA]... [-o FILE] [options]
usage-fmt = merilo fmt FILES [--check] [options]
usage-verify = merilo verify RECORD [--data DATA] [--key FILE] [options]
usage-seal = merilo seal [FOLDER] --key FILE [--new-key] [options]
usage-explain-code = merilo explain-code CODE [options]

# Mistakes in the command
usage-missing = missing: { $names }
usage-unknown = unknown word “{ $name }”
usage-unknown-command = unknown command “{ $name }”
usage-no-command = no command given
usage-twice = “{ $name }” is given twice
usage-no-value = “{ $name }” has no value
usage-value = the value “{ $value }” does not fit “{ $name }”
usage-other = the command is wrong
usage-range = Whole numbers from { $least } to { $most } are possible.
usage-known-values = Possible values: { $names }.
usage-suggested = Perhaps “{ $name }” was meant.
usage-see-help = Help: merilo --help

# Progress
progress-read-data = Reading data
progress-evaluate = Evaluating
progress-recheck = Evaluating a second time
progress-compare = Trying the changes one by one
progress-vary = Trying what is a little different
progress-write = Writing

# Results of commands
said-rules-fine = No errors: { $file }.
said-written = Written: { $file }.
said-recorded = Record of the run: { $file } (verify it: merilo verify { $folder }).
said-rechecked = The second evaluation agrees with the first: { $verdicts ->
    [one] { $verdicts } decision
   *[other] { $verdicts } decisions
 }, { $values ->
    [one] { $values } value
   *[other] { $values } values
 }.
said-recheck-differs = No report was made: two evaluations differ in { $count ->
    [one] { $count } place
   *[other] { $count } places
 }.
said-changes-left-out = There is much data, so what would turn the decision and what the missing data would decide was not searched for: add --changes.
said-formatted = Files formatted: { $changed }; unchanged: { $same }.
said-next-list = The list of schools: merilo run … -o list.xlsx (also .csv, .html, .json, .md).
said-next-school = Explanation of one school: merilo explain … --school { $code }.
said-stopped = Nothing was evaluated: the errors have to be mended first.
page-schools = Schools
page-search = Code or name
page-all = all
page-shown = Shown:
page-steps = Steps and source cells
page-no-script = The steps are unfolded by a script inside this page, and scripts are switched off here. Verdicts and reasons are shown in full; merilo explain … --school CODE prints the steps of a school.
page-explained = The page holds the steps for the first { $most } schools of the list; for the others, only verdicts and reasons. The steps of any other school: merilo explain … --school CODE.

# Papers
help-document = Make a paper: the list for approval, the note or letters to schools
help-document-list = The list of schools for approval
help-document-note = The analytical note
help-document-letter = A letter to a school on its decision and the reasons
help-format-list = Format of the paper: xlsx, docx or html
help-format-paper = Format of the paper: docx or html
help-output-paper = Where to write the paper; the extension tells the format; “-” prints html
help-output-letter = Where to write the letter; with --all a folder with a file per school
help-letter-all = Letters to all schools of at least one category
usage-document = merilo document PAPER RULES --data DATA -o FILE [options]
usage-document-list = merilo document list RULES --data DATA -o FILE.xlsx|FILE.docx [options]
usage-document-note = merilo document note RULES --data DATA -o FILE.docx|FILE.html [options]
usage-document-letter = merilo document letter RULES --data DATA (--school CODE -o FILE.docx | --all -o FOLDER) [options]
usage-conflict = “{ $name }” and “{ $other }” cannot be given together
help-template-papers = {"{about}"}

    Usage: {"{usage}"}

    Papers:
    {"{subcommands}"}

    Options:
    {"{options}"}
said-letters = { $count ->
    [one] Written: { $count } letter
   *[other] Written: { $count } letters
 } in { $folder }.
said-letters-open = No letter was written to { $count ->
    [one] { $count } undecided school
   *[other] { $count } undecided schools
 }; the list names such schools.
not-public = { $what ->
    [calculator] A calculator sheet is not made for publication
    [dossier] A dossier of a school is not made for publication
    [changes] What would turn the decision is not shown in an output for publication
   *[letter] A letter to a school is not made for publication
}: { $what ->
    [calculator] it holds all values, or its formulas would have nothing to work with
    [dossier] it holds all values, or its proof could not be worked out again
    [changes] such answers give values of small groups away
   *[letter] it is for the school and holds its values
}
    .label = not for publication
    .help = { $what ->
    [calculator] Publish the explanation: --public with a .html, .md, .json or .txt file. Make the calculator sheet for internal use without --public.
    [dossier] Publish the explanation: --public with a .html file and without --dossier. Make the dossier for internal use without --public.
    [changes] Leave out --changes or --public.
   *[letter] Publish the list or the note: `merilo document list … --public`. Make letters without --public.
}
    .long = With --public, values of few pupils are masked, and everything that would give them away.
help-public = For publication: mask values of few pupils and everything that would give them away
help-minimum-cohort = Least number of pupils whose values are published (with --public; 10 unless named)
help-output-file = Where to write the report: a file; its extension tells the format
