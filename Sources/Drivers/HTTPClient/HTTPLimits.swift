/// How long a server is waited for.
package struct HTTPLimits: Sendable, Equatable {
    /// For resolving the name, connecting and TLS together.
    package var connect: Duration
    /// A connection over which fewer than `stallBytes` come in this time counts as broken.
    package var stall: Duration
    package var stallBytes: Int
    /// For all of it; nil for an answer of any length.
    package var total: Duration?

    package init(
        connect: Duration = .seconds(10), stall: Duration = .seconds(30), stallBytes: Int = 1_024,
        total: Duration? = nil
    ) {
        self.connect = connect
        self.stall = stall
        self.stallBytes = stallBytes
        self.total = total
    }
}
