import Postgres
import Probes

/// A run that this engine has taken, as it stood then.
struct ClaimedRun: Sendable {
    let id: Int64
    let source: String
    /// It had begun, and its engine fell silent or handed it over.
    let isResumed: Bool
    /// The fencing number: raised whenever an engine takes the run.
    let takenUp: Int64
    /// How often it was cut short: its engine fell silent, or the database went away.
    let timesLost: Int64
    let isDryRun: Bool
    let wantedObject: String?
    let revertsRun: Int64?
    /// A person has seen the limits passed and accepts it.
    let isAccepted: Bool
    let decidedAt: Timestamp?
    /// What was pinned when it began; nil if it has not.
    var objectName: String?
    let objectVersion: String?
    let asOf: Timestamp?
    let waitUntil: Timestamp?
    let startedAt: Timestamp
    /// The run whose file is not to be used, and that file: the one before it is wanted.
    let followsRun: Int64?
    let followedObject: String?
    let operatorName: String?
    /// Where it goes on, if its kind remembers that.
    let checkpoint: [UInt8]?
    /// The database's clock.
    let now: Timestamp

    /// The path of the file that a person asked for; nil if it is one of the source's folder.
    var wantedPath: String? {
        wantedObject.flatMap { $0.utf8.contains(UInt8(ascii: "/")) ? $0 : nil }
    }

    /// From a row of `run_claim.sql`.
    init(row: PostgresRow) throws(PostgresError) {
        id = try row.int("id")
        source = try row.string("source")
        isResumed = try row.string("was") == "RUNNING"
        takenUp = try row.int("taken_up")
        timesLost = try row.int("times_lost")
        isDryRun = try row.bool("dry_run")
        wantedObject = try row.string(ifPresent: "wanted_object")
        revertsRun = try row.int(ifPresent: "reverts_run_id")
        isAccepted = try row.string(ifPresent: "decision") == "ACCEPTED"
        decidedAt = try row.timestamp(ifPresent: "decided_at").map(Timestamp.init(microseconds:))
        objectName = try row.string(ifPresent: "object_name")
        objectVersion = try row.string(ifPresent: "object_version")
        asOf = try row.timestamp(ifPresent: "as_of").map(Timestamp.init(microseconds:))
        waitUntil = try row.timestamp(ifPresent: "wait_until").map(Timestamp.init(microseconds:))
        startedAt = Timestamp(microseconds: try row.timestamp("started_at"))
        followsRun = try row.int(ifPresent: "follows_run_id")
        followedObject = try row.string(ifPresent: "followed_object")
        operatorName = try row.string(ifPresent: "operator")
        checkpoint = try row.bytes(ifPresent: "checkpoint")
        now = Timestamp(microseconds: try row.timestamp("now"))
    }
}
