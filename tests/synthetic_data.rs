//! The committed files of `examples/leningrad-2018` are the ones that their generator makes, byte for byte.

use std::path::Path;

#[path = "../examples/leningrad-2018/generate/main.rs"]
mod generate;

#[test]
fn the_generator_makes_the_committed_files() {
    let made = tempfile::tempdir().unwrap();
    generate::make(made.path()).unwrap();
    let committed = Path::new("examples/leningrad-2018/данные");
    let mut names: Vec<_> = std::fs::read_dir(committed).unwrap().map(|entry| entry.unwrap().file_name()).collect();
    names.sort();
    assert_eq!(names.len(), std::fs::read_dir(made.path()).unwrap().count());
    for name in names {
        let (old, new) =
            (std::fs::read(committed.join(&name)).unwrap(), std::fs::read(made.path().join(&name)).unwrap());
        assert!(old == new, "{} differs", name.display());
    }
}
