import Postgres
import Probes

/// What a transaction writes about its events once it is known what became of each: log rows,
/// letters, the queue, the streams.
struct Books {
    private var logs = LogRows()
    private var pending = PendingRows()
    private var letters: LetterRows
    private var streams = StreamRows()

    init(_ verdicts: Verdicts, context: ApplyContext, operatorName: String?, ids: inout IDPool) {
        letters = LetterRows(
            topic: context.deadLetterTopic, handler: context.handler, operatorName: operatorName)
        for record in verdicts.records {
            guard let ruling = verdicts.rulings[record.logID] else { continue }
            // A replay that comes to nothing leaves the event's own row as it was.
            if record.standing == .replayed, !ruling.disposition.hasEffect { continue }
            let serviceID = record.serviceCode.flatMap { verdicts.serviceIDs[$0] }
            logs.add(record, ruling, serviceID: serviceID)
            pending.add(record, ruling)
            letters.add(
                record, ruling, holdsClaim: !verdicts.withoutClaim.contains(record.logID),
                ids: &ids)
        }
        for row in verdicts.supersededRows { logs.addSuperseded(row) }
        for (code, state) in verdicts.movedStreams.sorted(by: { $0.key < $1.key }) {
            streams.add(
                code: code, mark: state.mark, refused: state.refused, blockedBy: state.blockedBy)
        }
    }

    /// Whether the retry worker has something new to wait for.
    var wakesRetries: Bool { pending.wakesRetries }

    func statements(now: Timestamp, keepsPayloads: Bool) -> [PostgresStatement] {
        logs.statements(now: now, keepsPayloads: keepsPayloads)
            + letters.statements(now: now, keepsPayloads: keepsPayloads)
            + pending.statements()
            + (streams.statement.map { [$0] } ?? [])
    }
}
