extension LetterCluster: Filterable {
    /// Over `cluster_list.sql`: `g` is the group of letters.
    package static let filterFields: [FilterField<LetterCluster>] = [
        .code("reason", sql: "g.reason") { $0.reason },
        .code("stage", sql: "g.stage") { $0.stage },
        .prose("error", sql: "g.sample_error") { $0.sampleError },
        .key("fingerprint", sql: "g.fingerprint") { $0.fingerprint },
        .number("letters", sql: "g.letters") { Int64($0.letters) },
        .number("entities", sql: "g.entities") { Int64($0.entities) },
        .age("age", sql: "g.newest_at") { $0.newestAt },
        .time("first_at", sql: "g.first_at") { $0.firstAt },
        .time("newest_at", sql: "g.newest_at") { $0.newestAt },
        .prose("last_resolution", "resolution", sql: "g.last_resolution") { $0.lastResolution },
        .codes("vendors", "vendor", sql: "g.vendors") { $0.vendors ?? [] },
    ]
}
