import ArgumentParser
import SyncEngine

/// Looking at what is masked as personal.
struct RevealOptions: ParsableArguments {
    @Flag(help: "Show what is personal too; for operators, and it is written down.")
    var reveal = false

    /// Whether what is personal is shown: that it is, and to whom, is on record then.
    ///
    /// - Throws: `EarlyExit` for somebody who may not.
    func note(
        _ type: String, _ id: String, _ configuration: Configuration, json: Bool
    ) async throws -> Bool {
        guard reveal else { return false }
        try await Self.note(type, id, reason: "--reveal", configuration, json: json)
        return true
    }

    static func note(
        _ type: String, _ id: String, reason: String, _ configuration: Configuration, json: Bool
    ) async throws {
        let report = try await OperationsAccess.perform(configuration) { operations in
            try await operations.reveal(type: type, id: id, reason: reason)
        }
        if report.done == 0 { try OperationOutput.finish(report, json: json) }
    }
}
