import FoundationEssentials
import Glibc

/// The account that this process was started by, as the system knows it.
struct LoginAccount: Sendable, Equatable {
    var name: String
    var uid: UInt32
    /// The names of its groups, the primary one first.
    var groups: [String]
    /// The uid of the login session, which survives `su` and `sudo`; nil where there is none (a
    /// service, a container).
    var loginUid: UInt32?

    /// Of this process. The login uid has the last word: after `sudo` it is still the person's.
    static func current() -> LoginAccount {
        let loginUid = sessionUid()
        let uid = loginUid ?? getuid()
        let (name, primaryGroup) = account(of: uid)
        return LoginAccount(
            name: name, uid: uid, groups: groups(of: name, primary: primaryGroup),
            loginUid: loginUid)
    }

    /// `/proc/self/loginuid`; all bits set means that no session was opened.
    private static func sessionUid() -> UInt32? {
        guard let text = try? String(contentsOfFile: "/proc/self/loginuid", encoding: .utf8),
            let uid = UInt32(text.prefix { $0.isNumber }), uid != UInt32.max
        else { return nil }
        return uid
    }

    private static func account(of uid: UInt32) -> (name: String, primaryGroup: UInt32) {
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        var buffer = [CChar](repeating: 0, count: 16_384)
        guard getpwuid_r(uid, &entry, &buffer, buffer.count, &found) == 0, found != nil,
            let name = entry.pw_name
        else { return ("uid\(uid)", getgid()) }
        return (String(cString: name), entry.pw_gid)
    }

    private static func groups(of name: String, primary: UInt32) -> [String] {
        var count: Int32 = 256
        var ids = [gid_t](repeating: 0, count: Int(count))
        if getgrouplist(name, primary, &ids, &count) < 0 {
            ids = [gid_t](repeating: 0, count: Int(count))
            guard getgrouplist(name, primary, &ids, &count) >= 0 else { return [] }
        }
        return ids.prefix(Int(count)).compactMap(groupName)
    }

    private static func groupName(_ id: UInt32) -> String? {
        var entry = group()
        var found: UnsafeMutablePointer<group>?
        var buffer = [CChar](repeating: 0, count: 65_536)
        guard getgrgid_r(id, &entry, &buffer, buffer.count, &found) == 0, found != nil,
            let name = entry.gr_name
        else { return nil }
        return String(cString: name)
    }
}
