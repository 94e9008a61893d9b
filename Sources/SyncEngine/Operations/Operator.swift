/// The person behind an operation, as the audit trail records them.
package struct Operator: Sendable, Equatable {
    package enum Role: String, Sendable, Comparable, CaseIterable {
        case viewer, `operator`, admin

        package static func < (left: Role, right: Role) -> Bool {
            rank(left) < rank(right)
        }

        private static func rank(_ role: Role) -> Int {
            switch role {
            case .viewer: 0
            case .operator: 1
            case .admin: 2
            }
        }
    }

    /// Whose decision it is.
    package var name: String
    /// The login that spoke for `name`, where the two differ.
    package var actingFor: String?
    package var role: Role
    /// Login uid, SSH client address, host: kept with the audit row.
    package var evidence: [String: String]

    package init(name: String, actingFor: String?, role: Role, evidence: [String: String]) {
        self.name = name
        self.actingFor = actingFor
        self.role = role
        self.evidence = evidence
    }
}
