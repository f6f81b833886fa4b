pub fn print(_f: &super::tree::File, _l: crate::language::Language) -> String {
    String::new()
}
