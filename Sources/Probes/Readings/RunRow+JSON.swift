extension RunRow {
    /// As `runs list --json` prints it: the documented keys first.
    package var json: JSONValue { .object(jsonMembers) }

    var jsonMembers: [JSONMember] {
        [
            .init("id", .integer(id)),
            .init("kind", .string(kind)),
            .init("source", .string(source)),
            .init("state", .string(state.rawValue)),
            .init("trigger", .string(trigger)),
            .init("dry_run", .bool(isDryRun)),
            .init("started_at", .timestamp(startedAt)),
            .init("completed_at", .timestamp(orNull: completedAt)),
            .init("as_of", .timestamp(orNull: asOf)),
        ] + counts.documentedMembers + [
            .init("error", .string(orNull: error)),
            .init("rejected", .integer(counts.rejected)),
            .init("bad_rows", .integer(counts.badRows)),
            .init("deprecated", .integer(counts.deprecated)),
            .init("drift_percent", .double(orNull: driftPercent)),
            .init("country", .string(orNull: countryCode)),
            .init("source_system", .string(orNull: sourceSystem)),
            .init("object", .string(orNull: object)),
            .init("phase", .string(orNull: phase)),
            .init("progress", progress?.json ?? .null),
            .init("operator", .string(orNull: operatorName)),
            .init("reason", .string(orNull: reason)),
            .init("decided_by", .string(orNull: decision?.by)),
            .init("decided_at", .timestamp(orNull: decision?.at)),
            .init("decision", .string(orNull: decision?.kind.rawValue)),
            .init("decision_reason", .string(orNull: decision?.reason)),
            .init("wait_until", .timestamp(orNull: waitUntil)),
            .init("times_lost", .integer(Int64(timesLost))),
            .init("cancel_requested_by", .string(orNull: cancelRequestedBy)),
            .init("reverts_run_id", .integer(orNull: revertsRunID)),
            .init("reverted_by_run_id", .integer(orNull: revertedByRunID)),
            .init("follows_run_id", .integer(orNull: followsRunID)),
            .init("unattended", .bool(isUnattended)),
            .init("findings", .array(findings.map(\.json))),
        ]
    }
}

extension RunCounts {
    var documentedMembers: [JSONMember] {
        [
            .init("fetched", .integer(fetched)),
            .init("matched", .integer(matched)),
            .init("drifted", .integer(drifted)),
            .init("created", .integer(created)),
            .init("updated", .integer(updated)),
            .init("held", .integer(held)),
            .init("orphaned", .integer(orphaned)),
            .init("newer", .integer(newer)),
            .init("failed", .integer(failed)),
        ]
    }
}

extension RunFinding {
    package var json: JSONValue {
        [
            "reason": .string(reason), "text": .string(text), "figure": .double(orNull: figure),
            "limit": .double(orNull: limit), "usual": .double(orNull: usual),
            "unreadable": .bool(isUnreadable),
        ]
    }

    /// As `sync_runs.findings` holds them: `[{"reason","text","figure","limit","usual",
    /// "unreadable"}]`.
    static func list(storedText text: String?) -> [RunFinding] {
        StoredJSON.list(text).compactMap { entry in
            guard let reason = entry["reason"]?.string else { return nil }
            return RunFinding(
                reason: reason, text: entry["text"]?.string ?? reason,
                figure: entry["figure"]?.double, limit: entry["limit"]?.double,
                usual: entry["usual"]?.double,
                isUnreadable: entry["unreadable"]?.bool ?? false)
        }
    }
}
