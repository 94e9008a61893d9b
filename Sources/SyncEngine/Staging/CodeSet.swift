/// A set of service codes in bounded memory, to be looked at by the comparison. Filled, then sealed.
package struct CodeSetBuilder: ~Copyable {
    private var keys: SpillableRecords<UInt64>
    private let codeSeed: UInt64

    /// - Parameter settings: the same that the file is staged with.
    package init(settings: StagingSettings) {
        keys = SpillableRecords(
            partitions: CodePartition.count, folder: settings.folder,
            memoryBudget: settings.memoryBudget / 8)
        codeSeed = settings.codeSeed
    }

    /// A code may be inserted more than once.
    package mutating func insert(_ code: String) throws(StagingError) {
        var code = code
        let seed = codeSeed
        let key = code.withUTF8 { CodeKey.of(UnsafeRawBufferPointer($0), seed: seed) }
        try keys.append(key, to: CodePartition.of(key))
    }

    package consuming func sealed() -> CodeSet { CodeSet(keys: keys.sealed()) }
}

package struct CodeSet: Sendable {
    fileprivate let keys: SealedRecords<UInt64>?

    package static let empty = CodeSet(keys: nil)

    func keys(of partition: Int) throws(StagingError) -> Set<UInt64> {
        guard let keys else { return [] }
        return Set(try keys.records(of: partition))
    }
}
