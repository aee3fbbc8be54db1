use std::process::ExitCode;

// The allocator of musl costs a short run a third of its time.
#[cfg(target_env = "musl")]
#[global_allocator]
static ALLOCATOR: dlmalloc::GlobalDlmalloc = dlmalloc::GlobalDlmalloc;

fn main() -> ExitCode {
    coach::run(std::env::args_os())
}
