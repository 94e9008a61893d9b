import Glibc

/// Tells systemd how the engine is (`Type=notify`), if it was started by it.
///
/// The protocol of sd_notify(3): datagrams of `KEY=value` to the socket that NOTIFY_SOCKET names.
struct ServiceNotifier: Sendable {
    private let socketPath: String?
    /// How often it wants to hear that the process lives; nil if it does not.
    private let watchdog: Duration?

    /// - Parameter processID: of this process; a watchdog for another is none of its business.
    init(variables: [String: String], processID: Int32 = getpid()) {
        socketPath = variables["NOTIFY_SOCKET"].flatMap { $0.isEmpty ? nil : $0 }
        let isMeant = variables["WATCHDOG_PID"].map { $0 == "\(processID)" } ?? true
        watchdog = variables["WATCHDOG_USEC"].flatMap { Int64($0) }
            .flatMap { $0 > 0 && isMeant ? .microseconds($0) : nil }
    }

    /// Half of what the watchdog waits, as sd_watchdog_enabled(3) advises.
    var beatInterval: Duration { min(watchdog.map { $0 / 2 } ?? .seconds(10), .seconds(10)) }

    /// It starts still, and wants no more than `patience` until it says so again.
    func waiting(atMost patience: Duration) {
        let microseconds = Int64(patience / .microseconds(1))
        send("EXTEND_TIMEOUT_USEC=\(microseconds)\nSTATUS=waits for its servers")
    }

    func ready() { send("READY=1\nSTATUS=runs") }
    func alive() { if watchdog != nil { send("WATCHDOG=1") } }
    func stopping() { send("STOPPING=1\nSTATUS=drains") }

    /// A manager that does not listen is no reason to stop.
    private func send(_ message: String) {
        guard let socketPath else { return }
        var address = sockaddr_un()
        address.sun_family = sa_family_t(AF_UNIX)
        var path = Array(socketPath.utf8)
        // A leading `@` stands for the zero byte of an abstract name.
        if path.first == UInt8(ascii: "@") { path[0] = 0 }
        let capacity = MemoryLayout.size(ofValue: address.sun_path)
        guard path.count < capacity else { return }
        withUnsafeMutableBytes(of: &address.sun_path) { $0.copyBytes(from: path) }
        // An abstract name ends where the length says, a path at its zero byte.
        let isAbstract = path.first == 0
        let prefix = MemoryLayout<sockaddr_un>.size - capacity
        let length = socklen_t(prefix + path.count + (isAbstract ? 0 : 1))

        let descriptor = socket(
            AF_UNIX, Int32(SOCK_DGRAM.rawValue) | Int32(SOCK_CLOEXEC.rawValue), 0)
        guard descriptor >= 0 else { return }
        defer { close(descriptor) }
        let bytes = Array(message.utf8)
        withUnsafePointer(to: &address) { pointer in
            pointer.withMemoryRebound(to: sockaddr.self, capacity: 1) {
                _ = sendto(descriptor, bytes, bytes.count, Int32(MSG_NOSIGNAL), $0, length)
            }
        }
    }
}
