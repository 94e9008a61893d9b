import Probes

/// An alert as the evaluation sees it: what stands in its row, or what will.
///
/// ```
/// (nothing) --is so--> pending --for--> firing --is no more--> resolved
///                         |                ^                      |
///                         +--is no more--> (nothing)    back within `reopen`
/// ```
///
/// Acknowledging and silencing are beside the state: they change who is told, not what is so.
package struct AlertRecord: Sendable, Equatable {
    /// Nil before it is written.
    package var id: Int64?
    package var rule: String
    package var subject: String
    package var state: AlertState
    package var value: SignalValue.Figure?
    package var details: String?
    package var sourceSystem: String?
    package var occurrences: Int64
    package var startedAt: Timestamp
    package var firedAt: Timestamp?
    package var seenAt: Timestamp
    package var resolvedAt: Timestamp?
    /// When people were told last that it fires; nil if they were not.
    package var notifiedAt: Timestamp?
    package var acknowledgedAt: Timestamp?
    /// Somebody has silenced this one, or its rule.
    package var isSilenced: Bool

    package init(
        id: Int64? = nil, rule: String, subject: String, state: AlertState,
        value: SignalValue.Figure? = nil, details: String? = nil, sourceSystem: String? = nil,
        occurrences: Int64 = 1, startedAt: Timestamp, firedAt: Timestamp? = nil,
        seenAt: Timestamp, resolvedAt: Timestamp? = nil, notifiedAt: Timestamp? = nil,
        acknowledgedAt: Timestamp? = nil, isSilenced: Bool = false
    ) {
        self.id = id
        self.rule = rule
        self.subject = subject
        self.state = state
        self.value = value
        self.details = details
        self.sourceSystem = sourceSystem
        self.occurrences = occurrences
        self.startedAt = startedAt
        self.firedAt = firedAt
        self.seenAt = seenAt
        self.resolvedAt = resolvedAt
        self.notifiedAt = notifiedAt
        self.acknowledgedAt = acknowledgedAt
        self.isSilenced = isSilenced
    }
}
