/// The last time that somebody set the position of a partition. Offsets in messages.
package struct SeekRow: Sendable, Equatable, Codable {
    package var offset: Int64
    /// Where it stood before.
    package var from: Int64?
    package var by: String
    package var at: Timestamp
    package var reason: String?

    package init(offset: Int64, from: Int64?, by: String, at: Timestamp, reason: String?) {
        self.offset = offset
        self.from = from
        self.by = by
        self.at = at
        self.reason = reason
    }
}
