import ArgumentParser
import Postgres
import Probes
import SyncEngine

/// `audit verify`, also `audit --verify`: walks the chain of the audit trail.
struct AuditVerifyCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "verify", abstract: "Check that the audit trail is whole.",
        discussion: """
            Names the first row that is wrong, and ends with 1. The newest head that the engine's \
            log has shows, as --head, that nothing was cut off at the end. Nobody else's rows are \
            waited for: the newest are sealed within seconds, and counted until then.
            """)

    @OptionGroup var options: ConfigurationOptions
    @Option(help: ArgumentHelp("A head from the log that must be in the trail.", valueName: "hash"))
    var head: String?
    @Flag(help: "Print JSON.")
    var json = false

    func validate() throws {
        guard let head else { return }
        guard (16...64).contains(head.utf8.count), head.allSatisfy(\.isHexDigit) else {
            throw ValidationError("--head must be 16 to 64 hexadecimal digits, as the log has them")
        }
    }

    func run() async throws {
        let configuration = try options.load()
        let head = head
        let found = try await DatabaseAccess.look(configuration) { connection in
            try await AuditVerification.walk(connection, head: head)
        }
        let isRecorded = await record(found, configuration)
        if json {
            try JSONOutput.write(Self.value(found, isRecorded: isRecorded))
        } else {
            try StandardOutput.write(Self.text(found))
        }
        if !found.isWhole { throw EarlyExit(code: CommandError.Kind.failed.rawValue) }
    }

    /// Writes down that somebody has looked. Who may only read the database still gets the answer.
    private func record(
        _ found: AuditVerification, _ configuration: Configuration
    ) async -> Bool {
        do {
            let report = try await OperationsAccess.perform(configuration) { operations in
                try await operations.recordVerification(found)
            }
            if report.done == 1 { return true }
            StandardError.say(
                "this look is not in the trail: \(report.lines.first?.message ?? "no answer")")
        } catch {
            let words = (error as? CommandError)?.sentence ?? "\(error)"
            StandardError.say("this look is not in the trail: \(words)")
        }
        return false
    }

    static func value(_ found: AuditVerification, isRecorded: Bool) -> JSONValue {
        let broken: JSONValue =
            found.fault.map { fault in
                [
                    "kind": .string(fault.kind.rawValue), "row": .integer(orNull: fault.rowID),
                    "seal": .integer(orNull: fault.sealID), "message": .string(fault.message),
                ]
            } ?? .null
        return [
            "whole": .bool(found.isWhole), "first_broken": broken,
            "sealed_rows": .integer(found.sealedRows), "seals": .integer(found.seals),
            "erased_rows": .integer(found.erasedRows),
            "unsealed_rows": .integer(found.unsealedRows),
            "oldest_unsealed_at": .timestamp(orNull: found.oldestUnsealedAt),
            "head": .string(orNull: found.head),
            "head_sealed_at": .timestamp(orNull: found.headSealedAt),
            "known_seal": .integer(orNull: found.knownSealID), "at": .timestamp(found.at),
            "recorded": .bool(isRecorded),
        ]
    }

    static func text(_ found: AuditVerification) -> String {
        var lines: [String] = []
        if let fault = found.fault {
            lines.append("NOT WHOLE: \(fault.message)")
            lines.append("up to there, \(found.sealedRows) rows in \(found.seals) seals hold")
        } else {
            lines.append("whole: \(found.sealedRows) rows in \(found.seals) seals")
            if let head = found.head, let at = found.headSealedAt {
                lines.append("head:  \(head), sealed \(at.iso8601)")
            }
        }
        if let seal = found.knownSealID { lines.append("the head asked for is seal \(seal)'s") }
        if found.erasedRows > 0 {
            lines.append(
                "\(found.erasedRows) rows had personal values erased; their hashes hold")
        }
        if found.fault == nil {
            lines.append(
                found.oldestUnsealedAt.map {
                    "\(found.unsealedRows) not sealed yet, the oldest for "
                        + AgeText.write(found.at.since($0))
                } ?? "nothing waits to be sealed")
        }
        return lines.joined(separator: "\n") + "\n"
    }
}
