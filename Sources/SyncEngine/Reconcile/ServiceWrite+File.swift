import Probes

extension ServiceWrite {
    /// Writes `proposed` over `snapshot`, as of the file's time.
    ///
    /// - Parameters:
    ///   - changed: the fields in which the two differ.
    ///   - origins: where the proposed values came from.
    init(
        correcting snapshot: ServiceSnapshot, to proposed: ServiceContent,
        changed: ServiceFieldSet, origins: FieldOrigins, _ context: FileContext
    ) {
        var next = snapshot
        next.content = proposed
        next.rowVersion += 1
        next.fieldOrigins.take(changed, from: origins)
        self.init(
            kind: .update(expectedRowVersion: snapshot.rowVersion), snapshot: next,
            checksum: context.canonicalForm.checksum(of: proposed), changed: changed,
            sourceUpdatedAt: context.asOf)
    }
}

extension StreamMark {
    /// The mark after a file has spoken: at the file's time, never back.
    static func moved(from mark: StreamMark?, to asOf: Timestamp) -> StreamMark {
        if let mark, mark.timestamp >= asOf { return mark }
        return StreamMark(timestamp: asOf, position: nil)
    }
}
