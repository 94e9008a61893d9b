import Probes
import SyncEngine
import Views

/// One entry of the log in one line: `time=… level=… part=… message="…"`.
enum LogLine {
    static func text(
        _ level: EngineLog.Level, part: String, message: String, at time: Timestamp
    ) -> String {
        // What a server said may hold anything; a log is read on terminals too.
        let clean = VisibleText.cleaned(message)
        var quoted = ""
        for scalar in clean.unicodeScalars {
            if scalar == "\"" || scalar == "\\" { quoted += "\\" }
            quoted.unicodeScalars.append(scalar)
        }
        return "time=\(time.iso8601) level=\(level.rawValue) part=\(VisibleText.cleaned(part))"
            + " message=\"\(quoted)\"\n"
    }
}
