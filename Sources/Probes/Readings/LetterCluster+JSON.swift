extension LetterCluster {
    /// As `dlq clusters --json` prints it.
    package var json: JSONValue {
        .object([
            .init("fingerprint", .string(fingerprint)),
            .init("reason", .string(reason)),
            .init("stage", .string(stage)),
            .init("error", .string(sampleError)),
            .init("letters", .integer(Int64(letters))),
            .init("entities", .integer(Int64(entities))),
            .init("first_at", .timestamp(firstAt)),
            .init("newest_at", .timestamp(newestAt)),
            .init("sample_id", .integer(sampleID)),
            .init("last_resolution", .string(orNull: lastResolution)),
            .init("vendors", .array((vendors ?? []).map(JSONValue.string))),
        ])
    }
}
