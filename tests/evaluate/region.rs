//! A folder with rules and tables, judged by the library and by the program.

use std::path::PathBuf;
use std::process::Output;

use assert_cmd::Command;
use merilo::decision::Verdict;
use merilo::pipeline::{self, Judged};
use merilo::progress::Silent;
use merilo::recheck;

pub struct Region(tempfile::TempDir);

impl Region {
    /// `tables`: name of the table and its text; each is the file `NAME.csv` with columns called as in the rules.
    pub fn new(rules: &str, tables: &[(&str, &str)]) -> Region {
        let region = Region(tempfile::tempdir().unwrap());
        std::fs::write(region.path("rules.merilo"), rules).unwrap();
        let mut manifest = String::from("таблицы:\n");
        for (name, text) in tables {
            manifest += &format!("  {name}: {name}.csv\n");
            region.write(name, text);
        }
        std::fs::write(region.path("dataset.yaml"), manifest).unwrap();
        region
    }

    pub fn write(&self, table: &str, text: &str) {
        std::fs::write(self.path(&format!("{table}.csv")), text).unwrap();
    }

    /// In place of the usual description of the data.
    pub fn manifest(&self, text: &str) {
        std::fs::write(self.path("dataset.yaml"), text).unwrap();
    }

    pub fn script(&self, name: &str, text: &str) {
        std::fs::write(self.path(&format!("{name}.rhai")), text).unwrap();
    }

    fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    pub fn judged(&self) -> Judged {
        let mut read = pipeline::read_rules(&self.path("rules.merilo").display().to_string(), &[]);
        let rules = read.rules.value.unwrap_or_else(|| panic!("{:?}", read.rules.diagnostics));
        let judged = pipeline::judge(rules, &self.path("dataset.yaml"), &mut read.sources, &Silent);
        let judged = judged.value.unwrap_or_else(|| panic!("{:?}", judged.diagnostics));
        let Judged { rules, plan, dataset, run, .. } = &judged;
        // the second reading takes its time
        if dataset.tables.iter().map(|table| table.rows).sum::<usize>() < 200 {
            let report = recheck::recheck(rules, dataset, run, &plan.of_expr, &Silent);
            assert!(report.agrees(), "the second reading differs: {:?}", report.differences);
        }
        judged
    }

    /// Verdicts per criterion and school.
    pub fn criteria(&self) -> Vec<Vec<Verdict>> {
        self.judged().run.criteria.iter().map(|column| column.to_vec()).collect()
    }

    /// The program on this folder: `merilo VERB rules.merilo --data dataset.yaml MORE`.
    pub fn merilo(&self, verb: &str, more: &[&str]) -> Output {
        merilo(verb, &self.path("rules.merilo"), &self.path("dataset.yaml"), more)
    }
}

pub fn merilo(verb: &str, rules: &std::path::Path, data: &std::path::Path, more: &[&str]) -> Output {
    let mut command = Command::cargo_bin("merilo").unwrap();
    command.env_clear().env("LANG", "ru_RU.UTF-8").arg(verb).arg(rules).arg("--data").arg(data).args(more);
    command.output().unwrap()
}

/// What the program wrote, when it ended well.
pub fn written(output: &Output) -> &[u8] {
    let said = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(0), "{said}");
    assert!(!output.stdout.is_empty(), "{said}");
    &output.stdout
}
