import Glibc

/// Whom a server runs as: PostgreSQL refuses to run as root.
struct ServerAccount: Sendable {
    let uid: uid_t
    let gid: gid_t
    /// What stands before a command so that it runs as this account.
    let prefix: [String]

    /// The calling user, or `postgres` for root.
    static func current() throws(PrivateServerError) -> ServerAccount {
        guard geteuid() == 0 else {
            return ServerAccount(uid: geteuid(), gid: getegid(), prefix: [setpriv])
        }
        guard let entry = getpwnam("postgres") else {
            throw PrivateServerError(
                "As root a private PostgreSQL runs as the user postgres, who does not exist: "
                    + "install the postgresql package or run as an ordinary user.")
        }
        return ServerAccount(
            uid: entry.pointee.pw_uid, gid: entry.pointee.pw_gid,
            prefix: [setpriv, "--reuid", "postgres", "--regid", "postgres", "--init-groups"])
    }

    /// Makes a folder that only this account (and root) can enter.
    func makeFolder(_ path: String) throws(PrivateServerError) {
        guard mkdir(path, 0o700) == 0, chown(path, uid, gid) == 0 else {
            throw PrivateServerError("Cannot create \(path): \(String(cString: strerror(errno))).")
        }
    }

    /// From util-linux, which every Debian has.
    private static let setpriv = "/usr/bin/setpriv"
}
