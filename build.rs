//! Names the folders that are compiled into the binary, so that cargo rebuilds when a file is added to them:
//! the macros that embed them only tell it about the files that existed at the last build.

fn main() {
    for folder in ["migrations", "i18n", "templates", "static"] {
        println!("cargo::rerun-if-changed={folder}");
    }
    println!("cargo::rerun-if-changed=build.rs");
}
