/// The drift of one country, field, source or day.
package struct DriftGroup: Sendable, Equatable, Identifiable {
    package var grouping: DriftGrouping
    /// The country, field, source or day (`2026-11-21`, UTC); nil for rows that have none.
    package var key: String?
    package var tally: DriftTally
    /// Of all rows that were counted, 0 to 1.
    package var share: Double
    package var newestAt: Timestamp
    package var newestID: Int64
    /// True where older rows of drift were not counted, since there are too many.
    package var isOfNewestOnly: Bool

    package init(
        grouping: DriftGrouping, key: String?, tally: DriftTally, share: Double,
        newestAt: Timestamp, newestID: Int64, isOfNewestOnly: Bool = false
    ) {
        self.grouping = grouping
        self.key = key
        self.tally = tally
        self.share = share
        self.newestAt = newestAt
        self.newestID = newestID
        self.isOfNewestOnly = isOfNewestOnly
    }

    package var id: String { key ?? "" }
}

/// What rows of drift are put together by; `drift_groups.sql` knows the raw values.
package enum DriftGrouping: String, Sendable, CaseIterable { case country, field, source, day }

extension DriftGroup {
    /// As `drift groups --json` prints it.
    package var json: JSONValue {
        [
            "by": .string(grouping.rawValue), "key": .string(orNull: key),
            "rows": .integer(tally.total), "share_percent": .double(share * 100),
            "outcomes": tally.json, "newest_at": .timestamp(newestAt),
            "newest_id": .integer(newestID),
            "newest_only": .bool(isOfNewestOnly),
        ]
    }
}
