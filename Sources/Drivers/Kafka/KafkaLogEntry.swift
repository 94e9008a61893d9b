/// A line of librdkafka's own log, secrets removed.
package struct KafkaLogEntry: Sendable, Hashable {
    /// The levels of syslog.
    package enum Level: Int32, Sendable, Comparable {
        case emergency, alert, critical, error, warning, notice, informational, debug

        package static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
    }

    package let level: Level
    /// librdkafka's word for the part that speaks, such as `FAIL` or `CGRP`.
    package let facility: String
    package let text: String

    package init(level: Level, facility: String, text: String) {
        self.level = level
        self.facility = facility
        self.text = text
    }
}
