# Verification of a run record
verify-title = Verification of the run record
mark-holds = [holds]
mark-remark = [remark]
mark-open = [not checked]
mark-differs = [DIFFERS]
verify-record-missing = There is no run record ({ $file }) in the folder.
verify-record-whole = The run record is whole; its fingerprint is { $sha256 }.
verify-record-changed = The run record { $file } was changed{ $line ->
        [0] : its fingerprint does not fit its content.
       *[other] , line { $line }.
    }
verify-record-other-kind = The file { $file } is a record of another kind ({ $schema }); the version of the program that made it can verify it.
verify-other-program = The record was made by { $then }, it is verified by { $now }: decisions are compared, the looks of reports are not.
verify-files-whole = { $count ->
        [one] { $count } file of the folder is unchanged.
       *[other] { $count } files of the folder are unchanged.
    }
verify-file-outside = The record names a file outside its folder: { $file }.
verify-file-missing = The file { $file } is no longer in the folder.
verify-file-unreadable = The file { $file } cannot be read.
verify-file-changed = The file { $file } was changed{ $then ->
        [0] .
       *[other] { "" } (bytes before: { $then }, now: { $now }).
    }
verify-file-unknown = The file { $file } does not belong to the record: it was added later or made by another run.
verify-seal-missing = There is no seal in the folder although a key is given.
verify-seal-malformed = The seal is damaged: it is not as the program writes it.
verify-seal-other-file = The seal is of another run record.
verify-seal-wrong = The seal does not fit its key: it or the record was changed.
verify-seal-other-key = The seal was made with another key.
verify-seal-whole = The seal is whole and was made with the given key { $key }.
verify-seal-unknown-key = The seal is whole, its key is { $key }. Whose key that is, the verification does not know: give the public key that you know with --key.
verify-manifest-missing = The manifest of the data is not there ({ $file }). If it is in another folder, name it with --data.
verify-manifest-changed = The manifest of the data { $file } has changed.
verify-data-missing = The data file { $file } is not there (tables: { $tables }).
verify-data-changed = The data file { $file } has changed (tables: { $tables }).
verify-data-same = { $count ->
        [one] { $count } data file is unchanged.
       *[other] { $count } data files are unchanged.
    }
verify-rules-wrong = The rules of the folder cannot be read without errors (errors: { $count }); nothing was computed again.
verify-data-wrong = The data cannot be read without errors (errors: { $count }); nothing was computed again.
verify-parameter = Parameter “{ $name }”: { $then } in the record, { $now } in the rules of the folder.
verify-result-same = Computed again: decisions and values of { $count ->
        [one] { $count } school
       *[other] { $count } schools
    } are the same, fingerprint { $sha256 }.
verify-result-differs = Computed again: the result is another one.
verify-decisions-kept = The list of decisions ({ $count ->
        [one] { $count } school
       *[other] { $count } schools
    }) is the recorded one: fingerprint { $sha256 }.
verify-not-recomputed = Nothing was computed again because the data are not there: it is proved that the rules, decisions and reports of the folder have not changed since they were recorded (except what is named above), but not that the decisions follow from the data.
verify-school-gone = School { $school }: in the record, but not in the new computation.
verify-school-new = School { $school }: not in the record, but in the new computation.
verify-school-verdict = School { $school }, { $column }: { $then } in the record, { $now } when computed again.
verify-school-value = School { $school }, { $column }, value { $value }: { $then } in the record, { $now } when computed again.
verify-more-schools = Decisions or values of { $count ->
        [one] { $count } more school differ.
       *[other] { $count } more schools differ.
    }
verify-report-differs = The report { $file } was recorded in another form than the program gives it.
verify-reports-same = { $count ->
        [one] { $count } report made again is
       *[other] { $count } reports made again are
    } byte for byte as recorded.
verify-all-holds = Conclusion: everything is the same.
verify-incomplete = Conclusion: nothing differs, but not everything was checked.
verify-differs = Conclusion: there are differences.

# Verification of a dossier
verify-dossier-malformed = The file { $file } holds no proof that the program could read.
verify-dossier-proof = The proof in the file { $file } was changed{ $line ->
        [0] : its fingerprint does not fit its content.
       *[other] , line { $line } of the file.
    }
verify-dossier-page = The page { $file } was changed: its fingerprint is not the recorded one.
verify-dossier-rules = The text of the rules { $rules } in the file { $file } was changed{ $line ->
        [0] .
       *[other] , line { $line }.
    }
verify-dossier-whole = Dossier of the school { $school }: page, proof and texts of the rules fit their fingerprints; fingerprint of the dossier { $sha256 }.
verify-dossier-unreadable = The steps in the dossier cannot be read.
verify-dossier-steps = { $count ->
        [one] { $count } step was worked out again and agrees
       *[other] { $count } steps were worked out again and agree
    }; decisions among them: { $decisions }.
verify-dossier-step = Step { $number } gives another value: { $label }
verify-dossier-more-steps = { $count ->
        [one] { $count } more step gives another value.
       *[other] { $count } more steps give other values.
    }

verify-school-registered = School { $school }, decision of people about the category “{ $column }”: { $then } in the record, { $now } when computed again.
verify-registered-include = put on
verify-registered-exclude = take off
verify-registered-none = no decision
verify-data-not-recorded = Fingerprints of the data files are not recorded in an output for publication; the data are only checked by the result.

# Verification of a dossier against what it holds and against the data
verify-dossier-title = Verification of the dossier of a school
verify-dossier-set = The dossier was made with another value of the parameter “{ $name }” than the rules say: { $value } (--set).
verify-dossier-other-program = The dossier was made by { $then }, this is { $now }. Page and steps were not made again from the rules: verify the dossier with the version that made it. It is not proved that the decision follows from the rules.
verify-dossier-rules-wrong = The rules in the dossier cannot be read without errors (errors: { $count }); nothing was made again.
verify-dossier-extract = The cells and numbers in the dossier are not of the kind that its rules ask for; nothing was made again.
verify-dossier-name = { $what }: the dossier says { $then }; by its cells and rules it is { $now }.
verify-dossier-impossible = { $place }: the number taken from other schools cannot be so: { $why }.
verify-why-not-of-others = it follows from the rules and the cells of the school itself
verify-why-cut = quota, places and cut-off do not go together
verify-why-scale = mean, deviation, lowest and highest value do not go together
verify-why-stratum = it is of another group of schools than the cells say
verify-why-other-step = the rules have no such number there
verify-dossier-misplaced = Places and neighbours in a ranking or counts of other rows in the dossier do not fit its steps: { $count }.
verify-dossier-step-count = Steps in the dossier: { $then }; steps that follow from its rules: { $now }.
verify-dossier-step-other = Step { $number } “{ $label }”, { $what }: the dossier says { $then }; by its rules and cells it is { $now }.
verify-dossier-more = More differences: { $count }.
verify-dossier-page-differs = The page does not say what follows from the rules and cells of the dossier. On the page: “{ $then }”. It should be: “{ $now }”.
verify-part-school = code of the school
verify-part-name = name of the school
verify-part-title = title of the rules
verify-part-version = version of the rules
verify-part-synthetic = note on made-up data
verify-part-operation = operation
verify-part-steps = steps used
verify-part-numbers = numbers
verify-part-value = value
verify-part-label = label
verify-part-place = source
verify-part-weight = weight
verify-part-year = year
verify-part-decision = kind of decision
verify-dossier-follows = Proved without the data of the region: the page and all steps ({ $count }, decisions among them: { $decisions }) follow from the rules in the dossier, { $cells ->
        [one] { $cells } cell
       *[other] { $cells } cells
    } and { $numbers ->
        [one] { $numbers } published number
       *[other] { $numbers } published numbers
    } taken from other schools.
verify-published-cut = Taken as given: { $place }: cut-off { $cut }; ranked { $ranked }, share taken of { $base }, quota { $quota }, selected { $selected }
verify-published-scale = Taken as given: { $place }: values { $count }, mean { $mean }, standard deviation { $deviation }, lowest { $minimum }, highest { $maximum }
verify-published-value = Taken as given: { $place }: { $value }
verify-published-members = Taken as given: “{ $place }”: members { $value }
verify-dossier-without-data = Taken as given, not verified: the cells ({ $cells }) and the published numbers ({ $count }, listed above). Name the data of the region with --data to verify them too.
verify-dossier-data-missing = The data file { $file } is not there; cells and published numbers were not compared.
verify-dossier-data-changed = The data file { $file } is not the one that the dossier was made from.
verify-dossier-school-unknown = There is no school { $school } in the data.
verify-dossier-not-made = The dossier cannot be made anew from these data.
verify-dossier-rows-differ = Table “{ $table }”: the rows of the school in the dossier ({ $then }) are not those of the data ({ $now }).
verify-dossier-cell-differs = { $file }, line { $line }, “{ $column }”: { $then } in the dossier, { $now } in the data.
verify-dossier-number-differs = { $place }: the published number in the dossier is another one than the data give: { $now }.
verify-dossier-told-differs = Places and neighbours in a ranking or counts of other rows are others than the data give.
verify-dossier-data-same = Made anew from the data of the region (files: { $files }): cells ({ $cells }), published numbers ({ $numbers }), steps and page are the same.
verify-dossier-data-differs = Made anew from the data, the dossier is another one: see what is named above.
verify-seal-missing-dossier = There is no seal beside the dossier although a key is given.
verify-seal-other-dossier = The seal is of another dossier, or the dossier was changed after it was sealed.
verify-file-added = The file { $file } was added: it lies among the copies from which the run is computed again.
verify-line-changed = { $file }, first changed line: { $first }{ $school ->
        [many] { "" } or one behind it, up to { $last }
        [head] { "" } (names of the columns)
       *[other] , school “{ $school }”
    }.
