import Glibc
import Probes
import SyncEngine

/// Writes log lines to systemd's journal by its native protocol. Any thread may call it.
///
/// Source: https://systemd.io/JOURNAL_NATIVE_PROTOCOL. A datagram an entry; what the journal does not
/// take is lost: it must not stop the engine.
final class JournalWriter: Sendable {
    static let usualSocket = "/run/systemd/journal/socket"
    /// Datagrams larger than the socket's buffer are refused.
    private static let longestValue = 32_768

    private let socketPath: String
    private let leastLevel: LogLevel
    private let descriptor: Int32

    /// - Throws: `CommandError` if there is no journal.
    init(
        socketPath: String = usualSocket, leastLevel: LogLevel
    ) throws(CommandError) {
        self.socketPath = socketPath
        self.leastLevel = leastLevel
        descriptor = socket(AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        var status = stat()
        guard descriptor >= 0, stat(socketPath, &status) == 0 else {
            if descriptor >= 0 { close(descriptor) }
            throw CommandError(
                .failed,
                "there is no journal at \(socketPath): set log.target to file or stderr")
        }
    }

    deinit { close(descriptor) }

    var engineLog: EngineLog {
        EngineLog(leastLevel: leastLevel) { level, part, message, fields in
            self.write(level, part: part, message: message, fields: fields)
        }
    }

    func write(_ level: LogLevel, part: String, message: String, fields: LogFields) {
        guard level >= leastLevel else { return }
        send(Self.datagram(level, part: part, message: message, fields: fields))
    }

    /// One field a line; a value with a line end in it goes by its length.
    static func datagram(
        _ level: LogLevel, part: String, message: String, fields: LogFields
    ) -> [UInt8] {
        var bytes: [UInt8] = []
        append("MESSAGE", message, to: &bytes)
        append("PRIORITY", "\(priority(level))", to: &bytes)
        append("SYSLOG_IDENTIFIER", "syncconsole", to: &bytes)
        append("SYNCCONSOLE_PART", part, to: &bytes)
        for field in fields.fields { append(name(field.name), field.value, to: &bytes) }
        return bytes
    }

    private static func append(_ name: String, _ value: String, to bytes: inout [UInt8]) {
        let value = Array(value.utf8.prefix(longestValue))
        bytes += Array(name.utf8)
        if value.contains(UInt8(ascii: "\n")) {
            bytes.append(UInt8(ascii: "\n"))
            withUnsafeBytes(of: UInt64(value.count).littleEndian) { bytes += Array($0) }
        } else {
            bytes.append(UInt8(ascii: "="))
        }
        bytes += value
        bytes.append(UInt8(ascii: "\n"))
    }

    /// Journal fields are capitals, digits and underscores, and begin with a letter.
    private static func name(_ text: String) -> String {
        let capitals = text.uppercased().utf8.map { byte in
            switch byte {
            case UInt8(ascii: "A")...UInt8(ascii: "Z"), UInt8(ascii: "0")...UInt8(ascii: "9"): byte
            default: UInt8(ascii: "_")
            }
        }
        let name = String(decoding: capitals.prefix(60), as: UTF8.self)
        return name.first?.isLetter == true ? name : "F_\(name)"
    }

    /// Of syslog(3).
    private static func priority(_ level: LogLevel) -> Int {
        switch level {
        case .debug: 7
        case .info: 6
        case .notice: 5
        case .warning: 4
        case .error: 3
        }
    }

    private func send(_ bytes: [UInt8]) {
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        let path = Array(socketPath.utf8)
        guard path.count < MemoryLayout.size(ofValue: address.sun_path) else { return }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path) }
        withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                _ = sendto(
                    descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL) | Int32(MSG_DONTWAIT),
                    $0, socklen_t(MemoryLayout<sockaddr_un>.size))
            }
        }
    }
}
