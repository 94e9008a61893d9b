extension DriftRow {
    /// As `drift list --json` prints it: the documented keys first.
    package var json: JSONValue { .object(jsonMembers) }

    var jsonMembers: [JSONMember] {
        [
            .init("id", .integer(id)),
            .init("run_id", .integer(runID)),
            .init("service_code", .string(serviceCode)),
            .init("field", .string(orNull: field)),
            .init("before", before.map { JSONValue(storedText: $0) } ?? .null),
            .init("after", after.map { JSONValue(storedText: $0) } ?? .null),
            .init("outcome", .string(outcome.rawValue)),
            .init("source", .string(source)),
            .init("country", .string(orNull: countryCode)),
            .init("line", .integer(orNull: line)),
            .init("review_id", .integer(orNull: reviewID)),
            .init("created_at", .timestamp(createdAt)),
            .init("dry_run", .bool(isDryRun)),
            .init("trigger", .string(orNull: trigger)),
        ]
    }
}
