extension AlertGroup {
    /// As `alerts list --by rule --json` prints it.
    package var json: JSONValue {
        [
            "rule": .string(rule), "severity": .string(severity.rawValue),
            "state": .string(state.rawValue), "subjects": .integer(Int64(subjects)),
            "since": .timestamp(firstAt), "newest_at": .timestamp(newestAt),
            "runbook": .string(orNull: newest.runbook),
            "unattended_ids": .array(unattendedIDs.map(JSONValue.integer)),
            "standing_ids": .array(standingIDs.map(JSONValue.integer)),
            "silenced_ids": .array(silencedIDs.map(JSONValue.integer)),
            "newest": newest.json,
        ]
    }
}
