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
        [one] { $count } report comes
       *[other] { $count } reports come
    } out the same byte for byte.
verify-all-holds = Conclusion: everything is the same.
verify-incomplete = Conclusion: nothing differs, but not everything was checked.
verify-differs = Conclusion: there are differences.

# Verification of a dossier
verify-dossier-malformed = The file { $file } holds no proof that the program could read.
verify-dossier-proof = The proof in the file { $file } was changed: its fingerprint does not fit its content.
verify-dossier-page = The page { $file } was changed: its fingerprint is not the recorded one.
verify-dossier-rules = The text of the rules { $rules } in the file { $file } was changed.
verify-dossier-whole = The dossier of the school { $school } is whole: page, proof and texts of the rules are unchanged; fingerprint { $sha256 }.
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
verify-dossier-given = Without the data of the region it is not verified that the source cells were copied right, nor { $count ->
        [one] { $count } number that comes
       *[other] { $count } numbers that come
    } from the rules or from other schools (means, cut-offs).

verify-school-registered = School { $school }, decision of people about the category “{ $column }”: { $then } in the record, { $now } when computed again.
verify-registered-include = put on
verify-registered-exclude = take off
verify-registered-none = no decision
verify-data-not-recorded = Fingerprints of the data files are not recorded in an output for publication; the data are only checked by the result.
