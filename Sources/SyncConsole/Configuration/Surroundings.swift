import FoundationEssentials
import Glibc

/// What a program finds around it when it starts; passed in, so that tests bring their own.
struct Surroundings: Sendable {
    /// What came of reading a small text file.
    enum FileText: Sendable, Equatable {
        case text(String)
        case absent
        case unreadable(String)
    }

    var variables: [String: String]
    /// The user's folder; empty if there is none.
    var home: String
    var readFile: @Sendable (String) -> FileText

    /// Those of this process.
    static func current() -> Surroundings {
        let variables = ProcessInfo.processInfo.environment
        return Surroundings(
            variables: variables, home: variables["HOME"] ?? "", readFile: readSmallFile)
    }

    /// `~/x` in the user's folder; anything else as it is.
    func expandHome(_ path: String) -> String {
        path.hasPrefix("~/") && !home.isEmpty ? home + path.dropFirst(1) : path
    }

    /// Configuration and secrets are small; a file of more than 1 MB is a mistake, or `/dev/zero`.
    private static func readSmallFile(_ path: String) -> FileText {
        let largest = 1 << 20
        let descriptor = open(path, O_RDONLY | O_CLOEXEC)
        guard descriptor >= 0 else {
            return errno == ENOENT || errno == ENOTDIR
                ? .absent : .unreadable(String(cString: strerror(errno)))
        }
        defer { close(descriptor) }
        var bytes: [UInt8] = []
        var chunk = [UInt8](repeating: 0, count: 16_384)
        while bytes.count <= largest {
            let count = read(descriptor, &chunk, chunk.count)
            if count == 0 { return .text(String(decoding: bytes, as: UTF8.self)) }
            if count < 0 {
                if errno == EINTR { continue }
                return .unreadable(String(cString: strerror(errno)))
            }
            bytes.append(contentsOf: chunk[..<count])
        }
        return .unreadable("it is larger than 1 MB")
    }
}
