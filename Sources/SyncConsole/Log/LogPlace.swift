import SyncEngine

/// Where this process logs.
enum LogPlace {
    /// For an engine without a screen: the configured file, else standard error.
    static func forEngine(_ log: Configuration.Log) throws(CommandError) -> EngineLog {
        if log.target == .journald { return try journal(log) }
        guard let path = log.file, log.target != .stderr else {
            return LogWriter(leastLevel: level(log), format: log.format).engineLog
        }
        return try file(path, log)
    }

    /// For a command, whose output and errors are for whoever has typed it: the journal or the
    /// configured file. Where neither can be written it does without.
    static func forCommand(_ log: Configuration.Log) -> EngineLog {
        if log.target == .journald { return (try? journal(log)) ?? .silent }
        guard let path = log.file, log.target != .stderr else { return .silent }
        return (try? file(path, log)) ?? .silent
    }

    private static func journal(_ log: Configuration.Log) throws(CommandError) -> EngineLog {
        try JournalWriter(leastLevel: level(log)).engineLog
    }

    private static func file(
        _ path: String, _ log: Configuration.Log
    ) throws(CommandError) -> EngineLog {
        try LogWriter(path: path, leastLevel: level(log), format: log.format).engineLog
    }

    /// For a process with a screen, on which nothing else may be written: the configured file, else
    /// one in the user's state folder. Where that cannot be written either, nothing is logged.
    static func forScreen(
        _ log: Configuration.Log, in surroundings: Surroundings
    ) throws(CommandError) -> EngineLog {
        if log.target == .journald { return try journal(log) }
        if let path = log.file { return try file(path, log) }
        guard let path = usualPath(in: surroundings), let writer = try? file(path, log) else {
            return .silent
        }
        return writer
    }

    /// `$XDG_STATE_HOME/syncconsole/syncconsole.log`, by default below `~/.local/state`.
    static func usualPath(in surroundings: Surroundings) -> String? {
        var folder = surroundings.variables["XDG_STATE_HOME"] ?? ""
        // The specification: paths that are not absolute are to be ignored.
        if !folder.hasPrefix("/") {
            guard !surroundings.home.isEmpty else { return nil }
            folder = surroundings.home + "/.local/state"
        }
        return folder + "/syncconsole/syncconsole.log"
    }

    private static func level(_ log: Configuration.Log) -> EngineLog.Level {
        EngineLog.Level(rawValue: log.level) ?? .info
    }
}
