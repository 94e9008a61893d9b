import SyncEngine

/// Who decides: the login, what it may do, and what is kept as evidence.
///
/// Names prove nothing to a database whose password the login holds (docs/security.md); they make
/// the audit trail say who it was.
enum OperatorIdentity {
    /// Logins below this are the system's own and services', by Debian's convention.
    private static let firstPersonalUid: UInt32 = 1_000

    /// - Throws: `CommandError`, refused, where SYNCCONSOLE_OPERATOR is set and may not be.
    static func resolve(
        account: LoginAccount, variables: [String: String], operators: Configuration.Operators,
        host: String
    ) throws(CommandError) -> Operator {
        var evidence = ["uid": "\(account.uid)", "host": host]
        if let loginUid = account.loginUid { evidence["login_uid"] = "\(loginUid)" }
        // "address port port"; the address is the evidence.
        if let client = variables["SSH_CLIENT"]?.split(separator: " ").first {
            evidence["ssh_client"] = String(client)
        }

        let named = variables["SYNCCONSOLE_OPERATOR"].flatMap { $0.isEmpty ? nil : $0 }
        guard let named, named != account.name else {
            return Operator(
                name: account.name, actingFor: nil,
                role: role(of: account.name, uid: account.uid, groups: account.groups, operators),
                evidence: evidence)
        }
        guard maySpeakForOthers(account, operators) else {
            throw CommandError(
                .refused,
                "SYNCCONSOLE_OPERATOR may be set by root and service accounts only, and"
                    + " \(account.name) is neither: unset it, or list the login in"
                    + " operators.service_accounts")
        }
        guard isName(named) else {
            throw CommandError(
                .usage, "SYNCCONSOLE_OPERATOR must be a name: letters, digits and . _ @ + - only")
        }
        // The one who is named brings no groups of their own: only lists of names apply to them.
        let role = role(of: named, uid: nil, groups: [], operators)
        return Operator(name: named, actingFor: account.name, role: role, evidence: evidence)
    }

    /// The role that configuration gives: a name that is listed counts before its groups, and the
    /// highest role counts. Without any list everybody is an operator and root an admin; with one,
    /// whoever is not in it only looks.
    private static func role(
        of name: String, uid: UInt32?, groups: [String], _ operators: Configuration.Operators
    ) -> Operator.Role {
        let lists: [(Operator.Role, [String])] = [
            (.admin, operators.admin), (.operator, operators.operator), (.viewer, operators.viewer),
        ]
        if lists.allSatisfy({ $0.1.isEmpty }) { return uid == 0 ? .admin : .operator }
        if let listed = lists.first(where: { $0.1.contains(name) }) { return listed.0 }
        let references = Set(groups.map { "group:\($0)" })
        return lists.first { !references.isDisjoint(with: $0.1) }?.0 ?? .viewer
    }

    private static func maySpeakForOthers(
        _ account: LoginAccount, _ operators: Configuration.Operators
    ) -> Bool {
        account.uid < firstPersonalUid || operators.serviceAccounts.contains(account.name)
    }

    private static func isName(_ text: String) -> Bool {
        text.utf8.count <= 100
            && text.unicodeScalars.allSatisfy {
                $0.properties.isAlphabetic || ("0"..."9").contains($0)
                    || ".+-_@".unicodeScalars.contains($0)
            }
    }
}
