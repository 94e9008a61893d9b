import Logging

/// Takes what Hummingbird has to say into the engine's own log: nothing of it reaches the terminal.
struct EngineLogHandler: LogHandler {
    var metadata: Logger.Metadata = [:]
    /// Requests are counted, not logged one by one.
    var logLevel: Logger.Level = .warning
    private let log: EngineLog

    init(_ log: EngineLog) {
        self.log = log
    }

    static func logger(_ log: EngineLog) -> Logger {
        Logger(label: "syncconsole.http") { _ in EngineLogHandler(log) }
    }

    subscript(metadataKey key: String) -> Logger.Metadata.Value? {
        get { metadata[key] }
        set { metadata[key] = newValue }
    }

    func log(event: LogEvent) {
        let level: EngineLog.Level =
            switch event.level {
            case .trace, .debug: .debug
            case .info: .info
            case .notice: .notice
            case .warning: .warning
            case .error, .critical: .error
            }
        var words = "\(event.message)"
        for (key, value) in (event.metadata ?? [:]).sorted(by: { $0.key < $1.key }) {
            words += " \(key)=\(value)"
        }
        log.write(level, "http", words)
    }
}
