//! Kinds of problems: the command line and the files it names. Codes M602 to M699; a file that cannot be read is M301, one
//! that is no text M319, wherever it is named.

crate::kinds! {
    /// A file cannot be written. Arguments: `file`, `problem` (a word of `data::trouble`, or what the system says).
    FILE_UNWRITABLE = error("M602", "file-unwritable");
    /// No school has this code. Arguments: `code`, `names` (nearest codes).
    SCHOOL_UNKNOWN = error("M604", "school-unknown");
    /// The format of the output cannot be told from the extension. Arguments: `file`, `names` (known extensions).
    FORMAT_UNKNOWN = error("M605", "format-unknown");
    /// A format that is a file of bytes was asked for without `-o`. Arguments: `format`.
    FORMAT_NEEDS_FILE = error("M606", "format-needs-file");
    /// No such code of a message. Arguments: `code`.
    CODE_UNKNOWN = error("M607", "code-unknown");
    /// The subject table has more rows than a sheet of a workbook holds. Arguments: `count`, `most`.
    TOO_MANY_ROWS_FOR_SHEET = error("M608", "too-many-rows-for-sheet");
    /// Files are not in the form that the formatter gives. Arguments: `file`.
    FILE_NOT_FORMATTED = error("M609", "file-not-formatted");
    /// `--set` without `name=value`. Arguments: `text`.
    SET_MALFORMED = error("M610", "set-malformed");
    /// The page lists only so many schools. Arguments: `count`, `most`.
    PAGE_CUT = warning("M611", "page-cut");
    /// No record of a run in this folder. Arguments: `folder`.
    NO_RUN_FOLDER = error("M612", "no-run-folder");
    /// A file holds no key. Arguments: `what` (`secret`, `public`).
    KEY_UNREADABLE = error("M613", "key-unreadable");
    /// A new key would replace a file. Arguments: `file`.
    KEY_EXISTS = error("M614", "key-exists");
    /// `seal` without a folder and without a new key.
    NOTHING_TO_SEAL = error("M615", "nothing-to-seal");
    /// A dossier in another format than a page in a file.
    DOSSIER_NEEDS_PAGE = error("M616", "dossier-needs-page");
    /// Something that needs all values was asked for publication. Arguments: `what` (`calculator`, `dossier`, `changes`, `letter`).
    NOT_PUBLIC = error("M617", "not-public");
    /// `--capacity` is no number of places. Arguments: `text`.
    CAPACITY_MALFORMED = error("M640", "capacity-malformed");
    /// A number of places without a category, and there are several. Arguments: `places`, `names` (the categories).
    CAPACITY_OF_WHICH = error("M641", "capacity-of-which");
    /// Places of a category that the rules do not have. Arguments: `name`, `names` (the categories).
    CAPACITY_UNKNOWN = error("M642", "capacity-unknown");
    /// Places of one category twice. Arguments: `name`.
    CAPACITY_TWICE = error("M643", "capacity-twice");
    /// A folder holds something else than a comparison. Arguments: `folder`.
    FOLDER_IN_USE = error("M644", "folder-in-use");
    /// No file holds a table that a description could be made of.
    NOTHING_TO_DRAFT = error("M650", "nothing-to-draft");
    /// A draft would replace a file. Arguments: `file`.
    DRAFT_EXISTS = error("M651", "draft-exists");
    /// `data check --rules` with anything else than one manifest.
    RULES_NEED_MANIFEST = error("M652", "rules-need-manifest");
}
