/// A way out to people.
package enum AlertChannel: String, Sendable, CaseIterable, Comparable {
    case slack, email, pagerduty

    package static func < (left: AlertChannel, right: AlertChannel) -> Bool {
        left.place < right.place
    }

    private var place: Int { AlertChannel.allCases.firstIndex(of: self) ?? 0 }
}
