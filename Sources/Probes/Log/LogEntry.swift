/// How much a log line matters.
package enum LogLevel: String, Sendable, Comparable, CaseIterable, Codable {
    case debug, info, notice, warning, error

    package static func < (left: LogLevel, right: LogLevel) -> Bool {
        rank(left) < rank(right)
    }

    private static func rank(_ level: LogLevel) -> Int { allCases.firstIndex(of: level) ?? 0 }
}

/// Names with texts that belong to a log line, in the order in which they were given:
/// `correlation_id`, `run_id`, `letter_id`, `event_id` and the like.
package struct LogFields: Sendable, Equatable, Codable, ExpressibleByDictionaryLiteral {
    package struct Field: Sendable, Equatable, Codable {
        package var name: String
        package var value: String

        package init(name: String, value: String) {
            self.name = name
            self.value = value
        }
    }

    package private(set) var fields: [Field]

    package init(_ fields: [Field] = []) {
        self.fields = fields
    }

    /// What is nil is left out.
    package init(dictionaryLiteral elements: (String, String?)...) {
        fields = elements.compactMap { name, value in
            value.map { Field(name: name, value: $0) }
        }
    }

    /// These, and those of `others` whose names are not among them.
    package func adding(_ others: LogFields) -> LogFields {
        LogFields(fields + others.fields.filter { self[$0.name] == nil })
    }

    package subscript(name: String) -> String? { fields.first { $0.name == name }?.value }
}

/// One line of the log, before it is written down anywhere.
package struct LogEntry: Sendable, Equatable, Codable, Identifiable {
    /// Counts the lines of one process.
    package var id: Int64
    package var time: Timestamp
    package var level: LogLevel
    /// Of the engine: `apply`, `kafka`, `leader`, …
    package var part: String
    package var message: String
    package var fields: LogFields

    package init(
        id: Int64, time: Timestamp, level: LogLevel, part: String, message: String,
        fields: LogFields = [:]
    ) {
        self.id = id
        self.time = time
        self.level = level
        self.part = part
        self.message = message
        self.fields = fields
    }
}
