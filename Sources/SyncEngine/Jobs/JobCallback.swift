import Probes

/// What an agent says about a job that it has taken.
package struct JobCallback: Sendable, Equatable {
    package enum Status: String, Sendable, CaseIterable {
        case completed, failed
    }

    package var jobID: Int64
    package var status: Status
    package var erpReference: String?
    package var error: String?
    /// A JSON object.
    package var metadata: [UInt8]?
    /// Which of the job's calls it answers, where the agent says so.
    package var attempt: Int?

    package init(
        jobID: Int64, status: Status, erpReference: String? = nil, error: String? = nil,
        metadata: [UInt8]? = nil, attempt: Int? = nil
    ) {
        self.jobID = jobID
        self.status = status
        self.erpReference = erpReference
        self.error = error
        self.metadata = metadata
        self.attempt = attempt
    }

    /// Reads `{"jobId","status","erpReference","error","metadata","attempt"}`; the first two are
    /// required, and the id may be a text of digits.
    package init(_ document: JSONDocument) throws(FieldProblem) {
        let root = document.root
        guard root.kind == .object else { throw FieldProblem("body", "must be an object") }
        guard let id = root["jobId"].flatMap({ $0.int64 ?? $0.string.flatMap { Int64($0) } }),
            id > 0
        else { throw FieldProblem("jobId", "must be the number of a job") }
        guard let status = root["status"]?.string.flatMap(Status.init) else {
            throw FieldProblem("status", "must be completed or failed")
        }
        self.init(jobID: id, status: status)
        erpReference = try Self.text("erpReference", 200, root)
        error = try Self.text("error", 2_000, root)
        if let metadata = root["metadata"], !metadata.isNull {
            guard metadata.kind == .object, document.isStorableAsJSONB else {
                throw FieldProblem("metadata", "must be an object that can be stored")
            }
            self.metadata = ContentJSON.bytes(JSONValue(metadata))
        }
        if let attempt = root["attempt"], !attempt.isNull {
            guard let number = attempt.int64, (1...1_000_000).contains(number) else {
                throw FieldProblem("attempt", "must be a whole number")
            }
            self.attempt = Int(number)
        }
    }

    private static func text(
        _ name: String, _ limit: Int, _ root: JSONCursor
    ) throws(FieldProblem) -> String? {
        guard let cursor = root[name], !cursor.isNull else { return nil }
        guard let text = cursor.string, !cursor.hasUnstorableText, text.utf8.count <= limit else {
            throw FieldProblem(name, "must be a text of at most \(limit) bytes")
        }
        return text
    }
}

/// What is wrong with one field of what somebody sent.
package struct FieldProblem: Error, Sendable, Equatable, CustomStringConvertible {
    package let field: String
    package let problem: String

    package init(_ field: String, _ problem: String) {
        self.field = field
        self.problem = problem
    }

    package var description: String { "\(field) \(problem)" }
}
