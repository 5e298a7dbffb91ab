//! The README stays true: its errors are those that the compiler gives. Its code blocks are run as
//! documentation tests of this package.

use std::fs;
use std::path::Path;

#[test]
fn errors_are_shown_as_they_are() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().expect("a workspace");
    let readme = fs::read_to_string(root.join("README.md")).expect("the README");
    let mut shown = 0;
    for part in readme.split("<!-- ").skip(1) {
        let (file, rest) = part.split_once(" -->\n```text\n").expect("a file, then its text");
        let (text, _) = rest.split_once("\n```").expect("an end of the text");
        let golden = fs::read_to_string(root.join(file)).expect("the file that is named");
        assert_eq!(text, golden.trim_end(), "{file}");
        shown += 1;
    }
    assert_eq!(shown, 3);
}
