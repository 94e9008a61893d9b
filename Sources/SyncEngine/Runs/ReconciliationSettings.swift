import ObjectStores

/// What an engine needs to carry out runs; without sources it carries out none.
package struct ReconciliationSettings: Sendable {
    package var sources: [FileSource]
    package var limits: RunLimits
    /// Holds what does not fit into memory and copies of a bucket's objects while a run lasts;
    /// everything in it is unlinked as soon as it is open.
    package var workFolder: String
    /// How buckets are reached.
    package var stores: ObjectStoreSettings
    /// How long a run belongs to an engine that does not renew its lease.
    package var lease: Duration
    /// How long after its engine fell silent a run may still be taken up.
    package var takeUpWithin: Duration
    /// How often a run looks for a file, or a bucket, that is not there yet.
    package var lookAgain: Duration
    /// Rows decided in one transaction, at most.
    package var chunkRows: Int
    /// While more messages than this wait for `group`, and do not become fewer, chunks wait; 0: never.
    package var yieldAboveLag: Int64
    /// The consumer group whose events go first.
    package var group: String

    package init(
        sources: [FileSource] = [], limits: RunLimits = RunLimits(),
        workFolder: String = "/var/tmp", stores: ObjectStoreSettings = ObjectStoreSettings(),
        lease: Duration = .seconds(15), takeUpWithin: Duration = .seconds(3_600),
        lookAgain: Duration = .seconds(5), chunkRows: Int = 500,
        yieldAboveLag: Int64 = 0, group: String = ""
    ) {
        self.sources = sources
        self.limits = limits
        self.workFolder = workFolder
        self.stores = stores
        self.lease = lease
        self.takeUpWithin = takeUpWithin
        self.lookAgain = lookAgain
        self.chunkRows = chunkRows
        self.yieldAboveLag = yieldAboveLag
        self.group = group
    }
}
