//! What a scheduler runs, and when.

use crate::domain::schedule::{Days, Schedule, TimeOfDay};

/// A command line with its schedule.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Job {
    /// An absolute path, on one line.
    pub(crate) program: String,
    /// The variables that tell it where its settings and state are.
    pub(crate) environment: Vec<(String, String)>,
    pub(crate) schedule: Schedule,
}

impl Job {
    /// The arguments of the program. They need no quoting in any scheduler.
    pub(super) fn arguments(&self) -> String {
        let mut line = "notify".to_owned();
        for at in self.schedule.at() {
            line.push_str(&format!(" --at {at}"));
        }
        if self.schedule.days() != Days::DAILY {
            line.push_str(&format!(" --days {}", self.schedule.days()));
        }
        line
    }

    /// The job as lines for a part of the scheduler's file that the scheduler ignores. Parsing the
    /// scheduler's own format and quoting would take far more code.
    pub(super) fn memo(&self) -> Vec<String> {
        let at: Vec<String> = self.schedule.at().iter().map(ToString::to_string).collect();
        let mut lines = vec![
            "Format=1".to_owned(),
            format!("At={}", at.join(" ")),
            format!("Days={}", self.schedule.days()),
            format!("Program={}", self.program),
        ];
        lines.extend(
            self.environment.iter().map(|(name, value)| format!("Environment={name}={value}")),
        );
        lines
    }

    /// Reads a memo back; unknown lines are ignored.
    pub(super) fn from_memo<'a>(lines: impl IntoIterator<Item = &'a str>) -> Option<Job> {
        let (mut at, mut days, mut program, mut environment) = (None, None, None, Vec::new());
        for (key, value) in lines.into_iter().filter_map(|line| line.split_once('=')) {
            match key {
                "At" => {
                    at = value.split(' ').map(TimeOfDay::from_typed).collect::<Option<Vec<_>>>();
                }
                "Days" => days = Days::from_typed(value),
                "Program" => program = Some(value.to_owned()),
                "Environment" => {
                    let (name, value) = value.split_once('=')?;
                    environment.push((name.to_owned(), value.to_owned()));
                }
                _ => {}
            }
        }
        Some(Job { program: program?, environment, schedule: Schedule::new(at?, days?) })
    }
}

/// Escapes text for an XML file.
pub(super) fn xml(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

pub(super) fn from_xml(text: &str) -> String {
    text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    pub(in crate::remind) fn job(program: &str, at: &[&str], days: &str) -> Job {
        let at = at.iter().map(|at| TimeOfDay::from_typed(at).unwrap()).collect();
        let schedule = Schedule::new(at, Days::from_typed(days).unwrap());
        Job { program: program.to_owned(), environment: Vec::new(), schedule }
    }

    /// A folder whose name has every character that is special to some scheduler.
    pub(in crate::remind) const ODD: &str = "/home/o/odd dir 50%o $HOME/it's \"here\" \\ <&>/coach";

    #[test]
    fn a_job_reads_back_from_its_memo() {
        let mut odd = job(ODD, &["20:45", "08:30"], "mon-fri");
        odd.environment = vec![("COACH_DIR".to_owned(), "/a=b 50%o $HOME".to_owned())];
        for job in [job("/usr/bin/coach", &["08:30"], "daily"), odd] {
            assert_eq!(Job::from_memo(job.memo().iter().map(String::as_str)), Some(job));
        }
    }

    #[test]
    fn an_incomplete_memo_gives_no_job() {
        assert_eq!(Job::from_memo(["Format=1", "At=08:30", "Days=daily"]), None);
        assert_eq!(Job::from_memo(["At=25:00", "Days=daily", "Program=/usr/bin/coach"]), None);
    }

    #[test]
    fn the_times_and_the_days_are_in_the_arguments() {
        assert_eq!(
            job("/c", &["20:45", "8:30"], "daily").arguments(),
            "notify --at 08:30 --at 20:45"
        );
        assert_eq!(job("/c", &["8:30"], "mon-fri").arguments(), "notify --at 08:30 --days mon-fri");
    }
}
