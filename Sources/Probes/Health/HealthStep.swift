/// One step of a health walk and what came of it.
package struct HealthStep: Sendable, Equatable {
    package enum Part: String, Sendable {
        case database, kafka, sources, schedule, alerts, vendors, http
    }

    package enum Result: String, Sendable {
        case ok
        case failed
        /// Not tried, because an earlier step has failed.
        case skipped
        /// It works as it is set, and will be regretted.
        case warning
    }

    package var part: Part
    package var name: String
    package var result: Result
    /// What was found; of a failure also what to do. Without secrets.
    package var message: String

    package init(part: Part, name: String, result: Result, message: String) {
        self.part = part
        self.name = name
        self.result = result
        self.message = message
    }

    package var json: JSONValue {
        [
            "part": .string(part.rawValue), "name": .string(name),
            "result": .string(result.rawValue), "message": .string(message),
        ]
    }
}

/// Notes the steps of one part: after a failure, those that need it are skipped.
struct HealthRecorder {
    let part: HealthStep.Part
    private(set) var steps: [HealthStep] = []
    private var failure: String?

    init(_ part: HealthStep.Part) {
        self.part = part
    }

    var hasFailed: Bool { failure != nil }

    mutating func ok(_ name: String, _ message: String) {
        steps.append(HealthStep(part: part, name: name, result: .ok, message: message))
    }

    /// A failure; the steps after it are skipped unless `stops` is false.
    mutating func failed(_ name: String, _ message: String, stops: Bool = true) {
        steps.append(HealthStep(part: part, name: name, result: .failed, message: message))
        if stops, failure == nil { failure = name }
    }

    /// Notes what was not tried.
    mutating func skip(_ names: [String]) {
        guard let failure else { return }
        for name in names where !steps.contains(where: { $0.name == name }) {
            steps.append(
                HealthStep(
                    part: part, name: name, result: .skipped, message: "needs \"\(failure)\""))
        }
    }
}
