import Glibc

/// Where the processes of one machine find one another: a folder of sockets, one a process.
package enum LocalSocketFolder {
    private static let ending = ".sock"

    /// The folders in which sockets may lie, the best one first.
    ///
    /// `/tmp` is anybody's: there the folder carries the user's number, and counts only if it is
    /// that user's and closed to all others.
    package static func usual(variables: [String: String], userID: UInt32 = geteuid()) -> [String] {
        var folders: [String] = []
        // The specification: paths that are not absolute are to be ignored.
        if let runtime = variables["XDG_RUNTIME_DIR"], runtime.hasPrefix("/") {
            folders.append("\(runtime)/syncconsole")
        }
        return folders + ["/run/syncconsole", "/tmp/syncconsole-\(userID)"]
    }

    /// Makes a folder that a socket may lie in, or finds it made.
    ///
    /// - Parameter group: may enter it too.
    /// - Throws: where it cannot be made, or somebody else could put things into it.
    package static func prepare(_ folder: String, group: UInt32?) throws(LocalSocketError) {
        let mode: mode_t = group == nil ? 0o700 : 0o750
        if mkdir(folder, mode) == 0 {
            if let group, !give(folder, to: group) {
                throw LocalSocketError("\(folder) cannot be given to the group")
            }
            chmod(folder, mode)
        } else if errno != EEXIST {
            throw LocalSocketError("\(folder) cannot be made")
        }
        guard isSafe(folder) else {
            throw LocalSocketError("\(folder) is not a folder of this user's alone", number: 0)
        }
    }

    /// Makes a file a group's. What is made by a process of that group is so already; to ask for it
    /// nevertheless would fail where a unit's filter of system calls knows no `chown`.
    static func give(_ path: String, to group: UInt32) -> Bool {
        var status = stat()
        return (lstat(path, &status) == 0 && status.st_gid == group)
            || chown(path, uid_t.max, group) == 0
    }

    /// Whether nobody but this user and root can put anything into the folder.
    package static func isSafe(_ folder: String) -> Bool {
        guard let status = closedFolder(folder) else { return false }
        return status.st_uid == geteuid() || status.st_uid == 0
    }

    /// Whether whoever listens in the folder is who should: it is safe, or it is another user's and
    /// stands where root alone makes folders, as `/run/syncconsole` does. In `/tmp` anybody could
    /// have made it, to be asked in an engine's place.
    package static func isCredible(_ folder: String) -> Bool {
        if isSafe(folder) { return true }
        guard closedFolder(folder) != nil else { return false }
        let parent = "/" + folder.split(separator: "/").dropLast().joined(separator: "/")
        var status = stat()
        return stat(parent, &status) == 0 && status.st_uid == 0 && status.st_mode & 0o022 == 0
    }

    /// Nil for what is no folder, or one that others than its owner may write into.
    private static func closedFolder(_ path: String) -> stat? {
        var status = stat()
        guard lstat(path, &status) == 0, status.st_mode & S_IFMT == S_IFDIR,
            status.st_mode & 0o022 == 0
        else { return nil }
        return status
    }

    /// The sockets in a folder, sorted; none where it cannot be read.
    package static func sockets(in folder: String) -> [LocalSocketPath] {
        guard let entries = opendir(folder) else { return [] }
        defer { closedir(entries) }
        var found: [LocalSocketPath] = []
        while let entry = readdir(entries) {
            let name = withUnsafeBytes(of: entry.pointee.d_name) { bytes in
                String(decoding: bytes.prefix { $0 != 0 }, as: UTF8.self)
            }
            guard name.hasSuffix(ending), let path = LocalSocketPath("\(folder)/\(name)") else {
                continue
            }
            found.append(path)
        }
        return found.sorted { $0.path < $1.path }
    }

    /// The socket of a process in a folder; nil if the path is too long.
    package static func path(in folder: String, name: String) -> LocalSocketPath? {
        LocalSocketPath("\(folder)/\(name)\(ending)")
    }

    /// Takes away the sockets of this user's that nobody listens on: their processes have died.
    package static func sweep(_ folder: String) {
        for path in sockets(in: folder) {
            var status = stat()
            guard lstat(path.path, &status) == 0, status.st_mode & S_IFMT == S_IFSOCK,
                status.st_uid == geteuid()
            else { continue }
            do {
                try SocketDescriptor().connect(to: path)
            } catch {
                if error.isStale { unlink(path.path) }
            }
        }
    }
}
