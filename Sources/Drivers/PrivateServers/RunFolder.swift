import FoundationEssentials
import Glibc

/// A folder of one run: its owner holds a lock in it, which the kernel takes away from the dead.
///
/// For root it is open to be passed through, so that the server's account reaches its own folders
/// below; nobody but the owner can write to it.
package final class RunFolder: Sendable {
    static let prefix = "syncconsole-pg-"

    package let path: String
    private let lock: Int32

    /// Where run folders go: `$XDG_RUNTIME_DIR` where the server's account can enter it, `/tmp`
    /// otherwise.
    package static var defaultParent: String {
        guard geteuid() != 0, let variable = getenv("XDG_RUNTIME_DIR") else { return "/tmp" }
        let path = String(cString: variable)
        return access(path, W_OK | X_OK) == 0 ? path : "/tmp"
    }

    init(in parent: String) throws(PrivateServerError) {
        var template = Array("\(parent)/\(Self.prefix)XXXXXX".utf8CString)
        guard mkdtemp(&template) != nil else {
            throw PrivateServerError(
                "Cannot create a folder in \(parent): \(String(cString: strerror(errno))).")
        }
        path = String(decoding: template.dropLast().map(UInt8.init(bitPattern:)), as: UTF8.self)
        if geteuid() == 0 { chmod(path, 0o711) }
        let flags = O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW
        lock = open(path + "/" + Self.lockName, flags, 0o600)
        // Waits for one that is just looking whether this folder was left behind.
        guard lock >= 0, flock(lock, LOCK_EX) == 0 else {
            throw PrivateServerError("Cannot lock \(path): \(String(cString: strerror(errno))).")
        }
    }

    deinit {
        close(lock)
    }

    /// Notes the server, so that a later sweep can prove that it is the one from this folder.
    func note(server: ProcessTable.Identity) {
        let text = Array("\(server.pid) \(server.startTicks)\n".utf8)
        ftruncate(lock, 0)
        pwrite(lock, text, text.count, 0)
    }

    func remove() {
        try? FileManager.default.removeItem(atPath: path)
    }

    static let lockName = "owner.lock"
}
