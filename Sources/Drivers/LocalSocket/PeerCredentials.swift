import Glibc

/// Who is at the other end of a local socket, as the kernel says it.
package struct PeerCredentials: Sendable, Equatable {
    package var processID: Int32
    package var userID: UInt32
    package var groupID: UInt32

    package init(processID: Int32, userID: UInt32, groupID: UInt32) {
        self.processID = processID
        self.userID = userID
        self.groupID = groupID
    }

    /// Nil where the kernel does not tell.
    init?(of descriptor: Int32) {
        // `struct ucred` is a GNU extension, which the Glibc module does not show: pid, uid, gid.
        var credentials: [UInt32] = [0, .max, .max]
        var size = socklen_t(12)
        guard getsockopt(descriptor, SOL_SOCKET, SO_PEERCRED, &credentials, &size) == 0,
            size == 12
        else { return nil }
        self.init(
            processID: Int32(bitPattern: credentials[0]), userID: credentials[1],
            groupID: credentials[2])
    }

    /// Whether the peer may ask: the same user, root, or a member of `group`.
    package func mayAsk(userID own: UInt32 = geteuid(), group: UInt32?) -> Bool {
        if userID == own || userID == 0 { return true }
        guard let group else { return false }
        return groupID == group || Self.groups(of: userID).contains(group)
    }

    /// All groups of a user; the kernel tells the primary one only.
    private static func groups(of userID: UInt32) -> [UInt32] {
        var entry = passwd()
        var found: UnsafeMutablePointer<passwd>?
        var buffer = [CChar](repeating: 0, count: 16_384)
        guard getpwuid_r(userID, &entry, &buffer, buffer.count, &found) == 0, found != nil else {
            return []
        }
        var groups = [gid_t](repeating: 0, count: 1_024)
        var count = Int32(groups.count)
        guard getgrouplist(entry.pw_name, entry.pw_gid, &groups, &count) >= 0 else { return [] }
        return Array(groups.prefix(Int(count)))
    }

    /// The number of a group by its name; nil if there is none.
    package static func groupID(named name: String) -> UInt32? {
        var entry = group()
        var found: UnsafeMutablePointer<group>?
        var buffer = [CChar](repeating: 0, count: 16_384)
        guard getgrnam_r(name, &entry, &buffer, buffer.count, &found) == 0, found != nil else {
            return nil
        }
        return entry.gr_gid
    }
}
