import SyncEngine
import Testing

@testable import SyncConsole

@Suite("Operator identity")
struct OperatorIdentityTests {
    private let nobodyListed = Configuration.Operators(
        admin: [], operator: [], viewer: [], serviceAccounts: [])
    private let listed = Configuration.Operators(
        admin: ["ana"], operator: ["bob", "group:oncall"], viewer: ["group:staff", "carla"],
        serviceAccounts: ["runner"])

    private func login(_ name: String, uid: UInt32 = 1_000, groups: [String] = []) -> LoginAccount {
        LoginAccount(name: name, uid: uid, groups: groups, loginUid: uid)
    }

    private func resolve(
        _ account: LoginAccount, _ variables: [String: String] = [:],
        _ operators: Configuration.Operators
    ) throws(CommandError) -> Operator {
        try OperatorIdentity.resolve(
            account: account, variables: variables, operators: operators, host: "box")
    }

    @Test("makes every login an operator and root an admin where nobody is listed")
    func nobody() throws {
        #expect(try resolve(login("dora"), nobodyListed).role == .operator)
        #expect(try resolve(login("root", uid: 0), nobodyListed).role == .admin)
    }

    @Test(
        "takes the role from the lists, names before groups, and lets strangers look",
        arguments: [
            ("ana", ["oncall"], Operator.Role.admin), ("bob", [], .operator),
            ("dora", ["oncall"], .operator), ("carla", ["oncall"], .viewer),
            ("dora", ["staff", "oncall"], .operator), ("dora", [], .viewer), ("root", [], .viewer),
        ])
    func roles(name: String, groups: [String], role: Operator.Role) throws {
        #expect(try resolve(login(name, groups: groups), listed).role == role)
    }

    @Test("keeps the login uid, the SSH client and the host as evidence")
    func evidence() throws {
        let found = try resolve(
            login("ana"), ["SSH_CLIENT": "203.0.113.9 52114 22"], listed)
        #expect(
            found.evidence
                == ["uid": "1000", "login_uid": "1000", "ssh_client": "203.0.113.9", "host": "box"])
        #expect(found.actingFor == nil)
    }

    @Test("lets root and service accounts speak for another, and records both")
    func speakingFor() throws {
        for account in [
            login("root", uid: 0), login("deploy", uid: 997), login("runner", uid: 1_234),
        ] {
            let found = try resolve(account, ["SYNCCONSOLE_OPERATOR": "ana"], listed)
            #expect(found.name == "ana")
            #expect(found.actingFor == account.name)
            #expect(found.role == .admin)
        }
    }

    @Test("refuses anybody else who names another")
    func pretending() {
        #expect(throws: CommandError.self) {
            try resolve(login("bob"), ["SYNCCONSOLE_OPERATOR": "ana"], listed)
        }
        do throws(CommandError) {
            _ = try resolve(login("bob"), ["SYNCCONSOLE_OPERATOR": "ana"], listed)
        } catch {
            #expect(error.kind == .refused)
        }
    }

    @Test("refuses a name that is more than a name")
    func strangeName() {
        #expect(throws: CommandError.self) {
            try resolve(
                login("root", uid: 0), ["SYNCCONSOLE_OPERATOR": "ana\u{1B}[2J"], nobodyListed)
        }
    }

    @Test("knows the account of this process")
    func current() {
        let account = LoginAccount.current()
        #expect(!account.name.isEmpty)
        #expect(!account.groups.isEmpty)
    }
}

extension OperatorIdentityTests {
    private func resolve(
        _ account: LoginAccount, _ operators: Configuration.Operators
    ) throws(CommandError) -> Operator {
        try resolve(account, [:], operators)
    }
}
