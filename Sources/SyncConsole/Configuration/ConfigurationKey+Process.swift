import SyncEngine

extension ConfigurationKey {
    /// How a process shows itself, to whom, and where it logs.
    static let processTable: [ConfigurationKey] = [
        ConfigurationKey(
            "http.listen", .text, .text("127.0.0.1:8787"),
            "Where /metrics, /health and the API are served; none for nowhere, port 0 for any free one.",
            variables: ["SYNCCONSOLE_HTTP_LISTEN"]),
        ConfigurationKey(
            "http.api_key", .reference, .none,
            "What who uses the API shows in X-API-Key; secret, so a reference.",
            example: "env:API_SECRET", variables: ["API_SECRET"]),

        ConfigurationKey(
            "socket.folder", .text, .none,
            "Holds the engines' local sockets, for consoles of this machine; none for no socket.",
            example: "/run/syncconsole"),
        ConfigurationKey(
            "socket.group", .text, .none,
            "A Unix group that may ask there too, besides the engine's user and root.",
            example: "oncall"),

        ConfigurationKey(
            "operators.admin", .texts, .texts([]),
            "Login names, or group:NAME, that may do everything.", example: "[ana]"),
        ConfigurationKey(
            "operators.operator", .texts, .texts([]),
            "Those that may decide, retry, resolve, pause and reset.",
            example: "[bob, group:oncall]"),
        ConfigurationKey(
            "operators.viewer", .texts, .texts([]),
            "Those that only look. Without any operators every login may operate."),
        ConfigurationKey(
            "operators.service_accounts", .texts, .texts([]),
            "Logins that may speak for another through SYNCCONSOLE_OPERATOR, besides root."),

        ConfigurationKey("console.theme", .text, .text("dark"), "The theme to begin with."),
        ConfigurationKey(
            "console.ascii", .flag, .flag(false), "Draw with ASCII only."),
        ConfigurationKey(
            "console.keys", .map, .map([:]), "Other keys: the name of what a key does, and the key."
        ),
        ConfigurationKey(
            "console.escape_delay_ms", .integer(0...1_000), .integer(25),
            "How long Escape waits for the rest of a sequence, in milliseconds."),

        ConfigurationKey(
            "log.target", .choice(Configuration.Log.Target.allCases.map(\.rawValue)),
            .text("automatic"),
            "Where the log goes; automatic: to log.file if there is one, else as fits the process."),
        ConfigurationKey(
            "log.format", .choice(LogLine.Format.allCases.map(\.rawValue)), .text("text"),
            "Lines for people (key=value), or JSON, one object a line."),
        ConfigurationKey(
            "log.file", .text, .none,
            "Where the log goes; for run and watch $XDG_STATE_HOME/syncconsole/syncconsole.log,"
                + " for engine standard error.",
            example: "/var/log/syncconsole/engine.log"),
        ConfigurationKey(
            "log.level", .choice(EngineLog.Level.allCases.map(\.rawValue)), .text("info"),
            "The least important line that is still written."),
    ]
}
