//! `coach completions`: scripts for the shells.

use clap_complete::Shell;

use crate::ui::output::Output;

#[derive(clap::Args)]
pub(super) struct Args {
    /// The shell that is to complete
    #[arg(value_name = "SHELL")]
    shell: Shell,
}

impl Args {
    pub(super) fn run(self, output: &mut Output) {
        let mut script = Vec::new();
        clap_complete::generate(self.shell, &mut super::command(), "coach", &mut script);
        output.print(&String::from_utf8_lossy(&script));
    }
}
