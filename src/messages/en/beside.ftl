# Other rules and other data compared: M881–M899, differences, lines of reports and of the command

help-with-rules = Compare with another rules file; may be repeated
help-with-revision = Compare with the same rules as they stood in the git history (tag, branch, commit); may be repeated
help-with-data = Compare with another dataset; may be repeated
help-correspondence = Which school became which (csv: old code; new code)
value-revision = REVISION

difference-name = { $what ->
    [period] reporting year and time in force
    [subject] who is evaluated
    [rounding] rounding of quotas
    [ties] ties at the cut-off
    [parameter] parameter { $name }
    [list] list { $name }
    [table] table { $name }
    [column] column { $name }
    [population] population { $name }
    [indicator] indicator { $name }
    [index] index { $name }
    [function] function { $name }
    [combination] combination { $name }
    [category] category { $name }
    [group] group { $name }
    [registered] decision on school { $name }
   *[criterion] criterion { $name }
}
difference-changed = { $name }: { $before } → { $after }
difference-more = { $name }: added { $after }
difference-less = { $name }: removed { $before }
difference-other = { $name }: changed
difference-added = added: { $name }
difference-added-as = added: { $name } – { $after }
difference-removed = removed: { $name }
difference-renumbered = { $name }: now number { $after }
difference-data = data: { $before } → { $after }

beside-title = Comparison: { $rules }
beside-all = All comparisons
beside-head = What is compared
beside-rules = Rules “{ $rules }”
beside-revision = Rules at revision { $revision } ({ $commit } of { $day })
beside-data = Data “{ $data }”
beside-both = { $rules }, data “{ $data }”
beside-same = The rules differ in nothing that decides anything.
beside-supports = Along with the changes that need it: { $list }.
beside-with-data = Along with the data: { $list }.
beside-wording = Decides nothing (titles, bases, explanations): { $list }.

beside-square = Rules and data: the four combinations
beside-square-category = { $category }: schools on the list
beside-square-corner = rules ↓ · data →
beside-square-old-data = as they are
beside-square-new-data = the others
beside-square-old-rules = as they are
beside-square-new-rules = the others
beside-square-cell = { $listed }{ $open ->
        [0] {""}
       *[other] {" "}(undetermined: { $open })
    }
beside-square-none = cannot be evaluated
beside-square-missing = no such category
beside-square-why = { $corner ->
        [new-on-old] The other rules cannot be evaluated on the data as they are: { $reasons }.
       *[old-on-new] The rules as they are cannot be evaluated on the other data: { $reasons }.
    }
beside-edge-head = What changes
beside-edge-category = { $category }: who enters and who leaves
beside-edge-rules-old = the rules – on the data as they are
beside-edge-rules-new = the rules – on the other data
beside-edge-data-old = the data – under the rules as they are
beside-edge-data-new = the data – under the other rules
beside-edge-schools = { $count ->
        [0] –
       *[other] { $count }: { $schools }
    }

beside-codes-renumbered = Another code: { $count } ({ $list }).
beside-codes-merged = Merged: { $list }.
beside-codes-split = Divided: { $list }.
beside-codes-pair = { $before } → { $after }
beside-codes-listed = { $category }: on the list before mergers and divisions – { $schools }, with schools as they are after – { $before }.
beside-former = { $code }{ $listed ->
        [yes] {" "}(on the list)
       *[no] {""}
    }
beside-former-mover = { $former } → { $school }

role-correspondence-first = first here
role-correspondence-other = the other line

git-absent = The history of the rules cannot be read: { $problem ->
        [absent] there is no program git
       *[other] the program git does not start ({ $problem })
    }
    .label = the program git is needed
    .help = Install git, or compare with a file: save the earlier version and name it after --with-rules.
    .long = The option --with-revision reads an earlier version of the rules from the git history, and takes this program for it. Without it the earlier version can be saved as a file and compared by --with-rules.
no-repository = The rules file is in no git repository: { $file }
    .label = no history
    .help = { $detail ->
        [none] Compare with a file: --with-rules.
       *[other] git says: { $detail }. Where there is no history, compare with a file: --with-rules.
    }
    .long = An earlier version of the rules is looked for in the history of the folder that the rules file is in. Where that folder is not kept in git, the earlier version can be given as a file by --with-rules. A repository that belongs to another user is not read by git without leave; it says itself what to do about it.
unknown-revision = There is no such revision in the history: { $revision }
    .label = revision not found
    .help = { $near-count ->
        [0] Name a tag, a branch or a commit; git tag lists the tags, git log the history of the file.
        [one] Did you mean “{ $near }”?
       *[other] Similar: { $near }.
    }
    .long = After --with-revision stands a tag, a branch or a commit, such as v2018, main or HEAD~3. It is looked for in the repository that the rules file is in.
not-in-revision = Revision { $revision } has no file { $file }
    .label = not there at that time
    .help = Name a revision that has the file. If it had another name, save it: git show { $revision }:PATH > earlier.merilo, and compare by --with-rules.
    .long = The rules are read from the same folder of the repository and by the same name. A file that had another name or was not there yet cannot be compared in this way. Links to files are not followed.
input-without-history = Rules read from the standard input have no history
    .label = a file is needed
    .help = Name a rules file instead of “-”.
    .long = An earlier version is looked for by the place of the file in a git repository. Rules that were read from the standard input are in no place.
not-paired = It cannot be told which data belong to which rules: { $rules } rule sets, { $datasets } datasets
    .label = the numbers differ
    .help = Name a dataset for each of the rules in the same order (--with-rules first, then --with-revision), or one set of rules, or one dataset.
    .long = The first of the other rules is compared on the first of the other datasets, the second on the second. One dataset belongs to all rules, one set of rules to all datasets. Otherwise the numbers must be equal.
correspondence-unused = The correspondence of codes is not needed: the data are the same everywhere
    .label = no other data
    .help = Add --with-data, or leave out --correspondence.
    .long = A correspondence says which school of one dataset is which school of the other. Where the data are the same, the codes are, too.
correspondence-columns = The columns with the old and the new code cannot be found
    .label = { $count ->
        [one] { $count } column
       *[other] { $count } columns
    }
    .help = Call the columns “old code” and “new code”.
    .long = A correspondence is a text file with a header: the columns “old code” and “new code” in any order, and others if need be. Where neither name is known, the first column is the old code and the second the new one.
correspondence-empty = The correspondence has no lines
    .label = nothing below the header
    .help = Write a line for each school whose code changed: old code; new code.
    .long = The first line of the file is the header, then there is a line for each pair of codes. Schools whose code is the same need not be listed.
correspondence-header = The first line of the correspondence is no header: it holds the code { $code }
    .label = a code instead of the name of a column
    .help = Add a first line: old code; new code.
    .long = The first line of the file is the header and is passed over. Without a header the first pair of codes would be lost.
correspondence-line = A line of the correspondence has neither code, or too few columns
    .label = this line
    .help = Write the old and the new code. Without a new code the school was closed, without an old one it was opened.
    .long = Each line has two codes. One of them may be empty: without a new code the school was closed, without an old one it was opened.
correspondence-unknown = { $side ->
        [old] The data as they are have no school { $code }
       *[new] The other data have no school { $code }
    }
    .label = no such code
    .help = { $near-count ->
        [0] Check the code and the order of the columns: old codes stand in the column “old code”.
        [one] Did you mean { $near }?
       *[other] Similar: { $near }.
    }
    .long = Old codes are looked for in the data that the rules are evaluated on, new ones in the data that they are compared with. Codes are compared to the letter, leading zeros included.
correspondence-twice = A line of the correspondence is repeated: { $old } → { $new }
    .label = a second time
    .help = Leave one of the two.
    .long = Each pair of codes stands in the file once. One old code in several lines is a school that was divided, one new code in several lines a merger.
correspondence-contradicts = { $which ->
        [closed] School { $code } was closed and goes on
        [opened] School { $code } was newly opened and made of another one
        [kept] School { $code } is called new, but the data as they are have this code, too
       *[reused] School { $code } got another code, but the other data have this code, too
    }
    .label = this cannot be
    .help = { $which ->
        [closed] Leave the line with a new code or the line without one.
        [opened] Leave the line with an old code or the line without one.
        [kept] Say what became of the earlier school: add a line with { $code } in the column “old code”.
       *[reused] Say whose code it is: add the line { $code };{ $code } if the school kept it as well, or a line without an old code if a new school got it.
    }
    .long = A code that is called old is matched only as the file says; the other schools are matched by equal codes. So everything must be said of a code that both datasets have and that went to another school.
