use std::process::ExitCode;

fn main() -> ExitCode {
    coach::run(std::env::args_os())
}
