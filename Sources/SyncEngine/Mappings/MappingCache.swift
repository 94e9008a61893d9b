import Synchronization

/// The mappings that were looked up last, and the codes that have none, each for five minutes.
///
/// May be called from any thread. It is trusted only while somebody listens to what other processes
/// change: until then, and after the connection was lost, it keeps nothing.
///
/// ```
/// untrusted ── listens ──> trusted, empty ── the connection is lost ──> untrusted, empty
/// ```
package final class MappingCache: Sendable {
    package struct Figures: Sendable, Equatable {
        package var hits = 0
        package var misses = 0
        package var evictions = 0
        package var entries = 0
        package var isTrusted = false
    }

    /// When a lookup began. What changed since then makes its results worthless to others.
    struct Ticket: Sendable {
        fileprivate let moment: UInt64
    }

    struct Lookup: Sendable {
        /// Nil for a code that has no mapping.
        var known: [ERPCode: CodeMapping?] = [:]
        var unknown: [ERPCode] = []
        var ticket: Ticket
    }

    private struct Key: Hashable {
        var vendor: ExactText
        var code: ERPCode
    }

    private struct Entry {
        var mapping: CodeMapping?
        var moment: UInt64
        var expiry: ContinuousClock.Instant
    }

    private struct State {
        var entries: RecentEntries<Key, Entry>
        /// Counts what happened: changes of mappings and of trust.
        var moment: UInt64 = 0
        /// Entries and lookups that are older are worthless.
        var floor: UInt64 = 0
        var changed: [ExactText: UInt64] = [:]
        var figures = Figures()

        func floor(of vendor: ExactText) -> UInt64 { changed[vendor] ?? floor }

        mutating func clear() {
            moment += 1
            floor = moment
            changed.removeAll(keepingCapacity: true)
            entries.removeAll()
        }
    }

    /// Vendors whose last change is remembered one by one; with more than that, all entries go.
    private static let mostVendors = 4_096

    private let lifetime: Duration
    private let now: @Sendable () -> ContinuousClock.Instant
    private let state: Mutex<State>

    package init(
        capacity: Int = 10_000, lifetime: Duration = .seconds(300),
        now: @escaping @Sendable () -> ContinuousClock.Instant = { .now }
    ) {
        self.lifetime = lifetime
        self.now = now
        state = Mutex(State(entries: RecentEntries(capacity: capacity)))
    }

    package var figures: Figures {
        state.withLock { state in
            var figures = state.figures
            figures.entries = state.entries.count
            return figures
        }
    }

    // MARK: Looking up

    func lookUp(_ codes: some Sequence<ERPCode>, of vendor: String) -> Lookup {
        let vendor = ExactText(vendor)
        let now = now()
        return state.withLock { state in
            var lookup = Lookup(ticket: Ticket(moment: state.moment))
            let floor = state.floor(of: vendor)
            for code in codes {
                if let entry = state.entries.value(of: Key(vendor: vendor, code: code)),
                    entry.moment >= floor, entry.expiry > now
                {
                    lookup.known[code] = .some(entry.mapping)
                } else {
                    lookup.unknown.append(code)
                }
            }
            state.figures.hits += lookup.known.count
            state.figures.misses += lookup.unknown.count
            return lookup
        }
    }

    /// Keeps what a query answered, unless the vendor's mappings have changed since it began.
    func keep(_ answers: [ERPCode: CodeMapping?], of vendor: String, since ticket: Ticket) {
        let vendor = ExactText(vendor)
        let expiry = now() + lifetime
        state.withLock { state in
            guard state.figures.isTrusted, ticket.moment >= state.floor(of: vendor) else { return }
            for (code, mapping) in answers {
                let entry = Entry(mapping: mapping, moment: ticket.moment, expiry: expiry)
                let hasEvicted = state.entries.set(entry, of: Key(vendor: vendor, code: code))
                if hasEvicted { state.figures.evictions += 1 }
            }
        }
    }

    // MARK: Forgetting

    /// A vendor's mappings have changed: what is known of it is worthless from now on.
    package func forget(_ vendor: String) {
        state.withLock { state in
            guard state.changed.count < Self.mostVendors else { return state.clear() }
            state.moment += 1
            state.changed[ExactText(vendor)] = state.moment
        }
    }

    package func clear() {
        state.withLock { $0.clear() }
    }

    /// Changes are heard of from now on, or no more.
    package func trust(_ isTrusted: Bool) {
        state.withLock { state in
            state.figures.isTrusted = isTrusted
            state.clear()
        }
    }
}
