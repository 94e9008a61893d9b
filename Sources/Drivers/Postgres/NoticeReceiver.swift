import CPostgres

/// Hands libpq's notices to a sink; without it libpq prints them to standard error.
final class NoticeReceiver {
    /// The server has said that it ends the connection; libpq takes that for a notice while no
    /// query runs.
    private(set) var hasSeenFatal = false
    private let sink: NoticeSink

    init(_ sink: @escaping NoticeSink) {
        self.sink = sink
    }

    /// The receiver must live as long as the connection: libpq keeps a bare pointer to it.
    func attach(to connection: OpaquePointer) {
        let pointer = Unmanaged.passUnretained(self).toOpaque()
        PQsetNoticeReceiver(
            connection,
            { receiver, result in
                guard let receiver else { return }
                Unmanaged<NoticeReceiver>.fromOpaque(receiver).takeUnretainedValue()
                    .receive(result)
            }, pointer)
    }

    private func receive(_ result: OpaquePointer?) {
        let message =
            ResultHandle.field(DIAGNOSTIC_MESSAGE, of: result)
            ?? PQresultErrorMessage(result).map { String(cString: $0) } ?? ""
        let severity = ResultHandle.field(DIAGNOSTIC_SEVERITY, of: result) ?? "NOTICE"
        if severity == "FATAL" || severity == "PANIC" { hasSeenFatal = true }
        sink(
            PostgresNotice(
                severity: severity,
                sqlstate: ResultHandle.field(DIAGNOSTIC_SQLSTATE, of: result), message: message))
    }
}
