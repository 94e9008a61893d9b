/// How items are compared with agents; valid if it exists.
package struct AgentReconciliationSettings: Sendable {
    package var narrowing: NarrowingRules
    /// Holds our side of a comparison while a run lasts; everything in it is unlinked as soon as it is
    /// open.
    package var workFolder: String
    /// How long a run belongs to an engine that does not renew its lease.
    package var lease: Duration
    /// How long after its engine fell silent a run may still be taken up.
    package var takeUpWithin: Duration
    /// How long an agent that does not answer is waited for, from its last answer.
    package var patience: Duration
    /// From its beginning, a run that gets on and does not come to its end.
    package var longest: Duration
    /// After the first failure in a row; doubled with each, up to a minute.
    package var lookAgain: Duration
    /// What an agent said is worth nothing to a run that is taken up later than this.
    package var rememberFor: Duration
    /// Comparisons of all items in one run: items change at the agent meanwhile.
    package var passes: Int
    /// Items decided in one transaction, at most.
    package var chunkItems: Int
    /// Before more of our items than this are removed in one run, in percent, a person is asked.
    package var mostOrphansPercent: Double
    /// With fewer items a share means nothing.
    package var leastItems: Int64
    /// Runs that one engine carries out at a time, of different vendors.
    package var lanes: Int

    package init(
        narrowing: NarrowingRules = NarrowingRules(), workFolder: String = "/var/tmp",
        lease: Duration = .seconds(15), takeUpWithin: Duration = .seconds(3_600),
        patience: Duration = .seconds(1_800), longest: Duration = .seconds(21_600),
        lookAgain: Duration = .seconds(5), rememberFor: Duration = .seconds(600),
        passes: Int = 3, chunkItems: Int = 500, mostOrphansPercent: Double = 30,
        leastItems: Int64 = 20, lanes: Int = 2
    ) {
        self.narrowing = narrowing
        self.workFolder = workFolder
        self.lease = lease
        self.takeUpWithin = takeUpWithin
        self.patience = patience
        self.longest = longest
        self.lookAgain = lookAgain
        self.rememberFor = rememberFor
        self.passes = max(passes, 1)
        self.chunkItems = max(chunkItems, 1)
        self.mostOrphansPercent = mostOrphansPercent
        self.leastItems = leastItems
        self.lanes = max(lanes, 1)
    }
}
