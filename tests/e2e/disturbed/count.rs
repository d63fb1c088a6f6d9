//! What has come of the requests during a disturbance, counted.

use std::collections::BTreeMap;
use std::fmt;

/// What has come of the requests during a disturbance.
#[derive(Debug, Default)]
pub(super) struct Counts {
    pub(super) requests: usize,
    /// Rows added, changed, or looked at: what was saved and what was as it has to be.
    pub(super) saved: usize,
    pub(super) right: usize,
    /// What was said not to be saved, or not to be shown now.
    pub(super) refused: usize,
    /// What may have been saved or not.
    pub(super) unknown: usize,
    pub(super) unreached: usize,
    pub(super) cut: usize,
    pub(super) statuses: BTreeMap<u16, usize>,
    /// Requests that were not answered in time.
    pub(super) hung: Vec<String>,
    /// Rows that were saved and are not there.
    pub(super) lost: Vec<String>,
    /// Answers that are none of those that fit.
    pub(super) wrong: Vec<String>,
}

impl Counts {
    /// Adds what has come of further requests.
    pub(super) fn add(&mut self, more: Self) {
        self.requests += more.requests;
        self.saved += more.saved;
        self.right += more.right;
        self.refused += more.refused;
        self.unknown += more.unknown;
        self.unreached += more.unreached;
        self.cut += more.cut;
        for (status, count) in more.statuses {
            *self.statuses.entry(status).or_default() += count;
        }
        self.hung.extend(more.hung);
        self.lost.extend(more.lost);
        self.wrong.extend(more.wrong);
    }

    /// Whether all was as it has to be; where nothing may be cut off, nothing was.
    #[track_caller]
    pub(super) fn check(&self, name: &str, may_cut: bool) {
        let Self {
            hung, lost, wrong, ..
        } = self;
        assert!(hung.is_empty(), "{name}: hung: {}", hung.join("\n"));
        assert!(lost.is_empty(), "{name}: lost: {}", lost.join("\n"));
        assert!(wrong.is_empty(), "{name}: wrong: {}", wrong.join("\n"));
        let cut = self.cut + self.unreached;
        assert!(may_cut || cut == 0, "{name}: {cut} requests had no answer");
    }
}

impl fmt::Display for Counts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self {
            requests,
            saved,
            right,
            refused,
            unknown,
            unreached,
            cut,
            statuses,
            hung,
            lost,
            wrong,
        } = self;
        let (hung, lost, wrong) = (hung.len(), lost.len(), wrong.len());
        write!(
            f,
            "{requests} requests: {saved} saved, {right} read, {refused} refused, {unknown} unknown, {cut} cut off, \
             {unreached} not reached; {wrong} wrong, {lost} lost, {hung} hung; {statuses:?}"
        )
    }
}
