import Probes
import Views

/// One entry of the log in one line, for people or for programs.
enum LogLine {
    enum Format: String, CaseIterable, Sendable {
        /// `time=… level=… part=… correlation_id=… message="…"`
        case text
        /// One JSON object a line, with the same keys.
        case json
    }

    static func line(
        _ format: Format, _ level: LogLevel, part: String, message: String,
        fields: LogFields = [:], at time: Timestamp
    ) -> String {
        switch format {
        case .text: text(level, part: part, message: message, fields: fields, at: time)
        case .json: json(level, part: part, message: message, fields: fields, at: time)
        }
    }

    static func text(
        _ level: LogLevel, part: String, message: String, fields: LogFields = [:],
        at time: Timestamp
    ) -> String {
        var line = "time=\(time.iso8601) level=\(level.rawValue) part=\(value(part))"
        for field in fields.fields { line += " \(field.name)=\(value(field.value))" }
        return line + " message=\(quoted(message))\n"
    }

    private static func json(
        _ level: LogLevel, part: String, message: String, fields: LogFields, at time: Timestamp
    ) -> String {
        var members: [JSONMember] = [
            .init("time", .timestamp(time)), .init("level", .string(level.rawValue)),
            .init("part", .string(VisibleText.cleaned(part))),
        ]
        members += fields.fields.map {
            JSONMember($0.name, .string(VisibleText.cleaned($0.value)))
        }
        members.append(.init("message", .string(VisibleText.cleaned(message))))
        return JSONWriter.text(.object(members)) + "\n"
    }

    /// Bare where nobody could read it otherwise, quoted where a space would end it.
    private static func value(_ text: String) -> String {
        let isBare =
            !text.isEmpty
            && text.utf8.allSatisfy {
                $0 > 0x20 && $0 < 0x7F && $0 != UInt8(ascii: "\"") && $0 != UInt8(ascii: "=")
                    && $0 != UInt8(ascii: "\\")
            }
        return isBare ? text : quoted(text)
    }

    private static func quoted(_ text: String) -> String {
        // What a server said may hold anything; a log is read on terminals too.
        var quoted = "\""
        for scalar in VisibleText.cleaned(text).unicodeScalars {
            if scalar == "\"" || scalar == "\\" { quoted += "\\" }
            quoted.unicodeScalars.append(scalar)
        }
        return quoted + "\""
    }
}
