extension OverviewReading {
    /// As `status --json` prints it: the documented keys first. What is not known is null.
    package func statusJSON(
        kafka: ServerState, database: ServerState, schema: SchemaReading
    ) -> JSONValue {
        .object([
            .init("engines", .array(engines.map(\.json))),
            .init("kafka", kafka.json),
            .init("database", database.json),
            .init("lag", lagJSON),
            .init(
                "review",
                [
                    "open": .integer(Int64(reviewOpen)),
                    "oldest_at": .timestamp(orNull: reviewOldestAt),
                    "impact_active_orders": .integer(Int64(reviewImpactActiveOrders)),
                ]),
            .init(
                "dlq",
                [
                    "open": .integer(Int64(deadLettersOpen)),
                    "retrying": .integer(Int64(deadLettersRetrying)),
                    "last_hour": .integer(Int64(deadLettersLastHour)),
                ]),
            .init(
                "breakers",
                [
                    "open": .integer(Int64(breakers.open)),
                    "half_open": .integer(Int64(breakers.halfOpen)),
                    "closed": .integer(Int64(breakers.closed)),
                ]),
            .init(
                "alerts",
                [
                    "firing": .integer(Int64(alerts.firing)),
                    "unattended": .integer(Int64(alerts.unattended)),
                    "pending": .integer(Int64(alerts.pending)),
                    "critical": .integer(Int64(alerts.critical)),
                    "rules": .integer(Int64(alerts.rules.count)),
                ]),
            .init("runs", runsJSON),
            .init("agents", vendors.agentsJSON),
            .init("jobs", vendors.jobsJSON),
            .init("events", eventsJSON),
            .init("latency", latency?.json ?? .null),
            .init("outbox", ["unpublished": .integer(Int64(outboxUnpublished))]),
            .init(
                "services",
                [
                    "active": .integer(Int64(services.active)),
                    "deprecated": .integer(Int64(services.deprecated)),
                ]),
            .init("schema", schema.json),
        ])
    }

    private var lagJSON: JSONValue {
        let topics = lagByTopic.map { lag -> JSONValue in
            [
                "group": .string(lag.group), "topic": .string(lag.topic),
                "lag_messages": .integer(orNull: lag.lagMessages),
            ]
        }
        return ["total_messages": .integer(orNull: lagMessages), "topics": .array(topics)]
    }

    private var runsJSON: JSONValue {
        let sources = lastRuns.map { last -> JSONValue in
            [
                "source": .string(last.run.source), "kind": .string(last.run.kind),
                "run_id": .integer(last.run.id), "state": .string(last.run.state.rawValue),
                "completed_at": .timestamp(orNull: last.run.completedAt),
                "compared_run_id": .integer(orNull: last.compared?.id),
                "compared_at": .timestamp(orNull: last.compared?.completedAt),
                "drift_percent": .double(orNull: last.compared?.driftPercent),
                "earlier_drift_percent": .double(orNull: last.earlierDriftPercent),
            ]
        }
        return [
            "running": .integer(Int64(runsRunning)), "waiting": .integer(Int64(runsWaiting)),
            "awaiting_decision": .integer(Int64(runsAwaitingDecision)),
            "sources": .array(sources),
        ]
    }

    private var eventsJSON: JSONValue {
        [
            "received_total": .integer(Int64(receivedTotal)),
            "duplicate_total": .integer(Int64(duplicateTotal)),
            "parked": .integer(Int64(parkedEvents)),
            "retrying": .integer(Int64(retryingEvents)),
            "parked_entities": .integer(Int64(parkedEntities)),
            "paused_partitions": .integer(Int64(pausedPartitions.count)),
            "unacknowledged_gaps": .integer(Int64(unacknowledgedGaps.count)),
        ]
    }
}
