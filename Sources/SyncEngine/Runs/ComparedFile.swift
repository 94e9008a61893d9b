import Probes

/// A file that has been read and joined with the catalog: what a run needs to know of it.
protocol ComparedFile: Sendable {
    var profile: FileProfile { get }
    /// What is wrong with the header, a sentence each.
    var headerProblems: [String] { get }
    /// False if rows cannot be told apart: such a file cannot be accepted.
    var isReadable: Bool { get }
    /// Whether the last row breaks off in its middle.
    var breaksOff: Bool { get }
    var badRowCount: Int64 { get }
    /// Rows whose services have the same values.
    var sameRows: Int64 { get }
    /// Rows whose services have, or may have, other values.
    var differingRows: Int64 { get }
    /// Rows for which there is no service of the country and system.
    var unknownRows: Int64 { get }
    /// The moment of the snapshot that the file was compared with.
    var comparedAt: Timestamp { get }

    /// The newest row of the event log when the file was compared.
    var newestLogID: Int64 { get }

    /// The good rows of services, by their codes; none for those that the file does not have.
    ///
    /// Throws `RunEnd.failed` if the file is no longer the one that was compared.
    func rows(of codes: [String]) throws -> [FileRow]

    /// The ids of active services of the country and system that the file lacks, some at a time.
    func missingServices(_ body: ([Int64]) async throws -> Void) async throws

    /// The bad rows that are kept, in chunks; there may be more of them than these.
    func forEachBadRows(upTo count: Int, _ body: ([RowFailure]) async throws -> Void) async throws

    /// The rows that differ or are unknown, in chunks of at most `size`, in the file's order.
    ///
    /// Throws `RunEnd.failed` if the file is no longer the one that was compared.
    func forEachChunk(of size: Int, _ body: ([FileRow]) async throws -> Void) async throws
}
