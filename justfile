# The daily commands; `just` lists them. https://just.systems

_list:
    @just --list

# Run coach in a folder of its own, not on your own days: just run today
run *arguments:
    mkdir -p target/trial
    COACH_DIR={{justfile_directory()}}/target/trial cargo run --quiet -- {{arguments}}

# All tests that need nothing but Rust
test *arguments:
    cargo test {{arguments}}

# What to run before a change is sent
check:
    cargo fmt --check
    cargo clippy --all-targets --locked -- -D warnings
    cargo test

# Format the code
fmt:
    cargo fmt

# Write the completions anew after a change to a command
completions:
    cargo build --quiet
    target/debug/coach completions bash > completions/coach.bash
    target/debug/coach completions zsh > completions/_coach
    target/debug/coach completions fish > completions/coach.fish
    target/debug/coach completions powershell > completions/coach.ps1
    target/debug/coach completions elvish > completions/coach.elv

# Licences, sources and known weaknesses of the packages, by cargo-deny
deny:
    cargo deny check

# The shell scripts
shellcheck:
    shellcheck --severity=warning $(cat tests/scripts)

# Everything a change has to pass; installs Debian packages
ci:
    .ci/run

# What a start costs, in instructions and system calls
startup:
    cargo build --release
    benches/startup
