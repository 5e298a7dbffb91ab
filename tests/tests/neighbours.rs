//! The nearest correct neighbour of each compile-fail case builds and runs. All of them are one program, which the
//! build script writes: a build of its own for each would take minutes.

#[allow(dead_code, unused, missing_docs, clippy::all, reason = "written as users write")]
mod programs {
    include!(concat!(env!("OUT_DIR"), "/neighbours.rs"));
}

#[test]
fn neighbours_run() {
    for (name, run) in programs::ALL {
        println!("{name}");
        run();
    }
    assert!(programs::ALL.len() >= 200, "only {} were found", programs::ALL.len());
}
