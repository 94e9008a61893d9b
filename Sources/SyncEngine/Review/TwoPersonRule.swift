/// Whose approval applies a held change, and when one person is not enough.
///
/// ```
/// open ──approve──▶ first approval noted ──approve by somebody else──▶ applied
///   │                        └──────── a newer event: another item, from the start
///   └──approve with --break-glass, an admin alone──▶ applied; a second look is due
/// ```
package struct TwoPersonRule: Sendable, Equatable {
    /// Changes that touch at least so many active orders need two people.
    package var fromActiveOrders: Int64

    package init(fromActiveOrders: Int64 = 50) {
        self.fromActiveOrders = fromActiveOrders
    }

    /// What an approval does.
    enum Decision: Equatable, Sendable {
        case apply
        /// It is the first of two.
        case noteFirst
        /// It is applied by one person where two are needed.
        case breakGlass
        case refuse(String)
    }

    /// - Parameters:
    ///   - activeOrders: that the change touches, now or when it was held.
    ///   - firstApprover: who has approved this very item already.
    ///   - breaksGlass: the person wants it applied at once, alone.
    func decide(
        activeOrders: Int64, firstApprover: String?, by person: String, breaksGlass: Bool
    ) -> Decision {
        guard activeOrders >= fromActiveOrders else { return .apply }
        if let firstApprover, firstApprover != person { return .apply }
        if breaksGlass { return .breakGlass }
        guard firstApprover == nil else {
            return .refuse(
                "\(person) has approved it already; it touches \(activeOrders) active orders, so "
                    + "somebody else must too")
        }
        return .noteFirst
    }
}
