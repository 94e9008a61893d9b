import ArgumentParser
import Probes
import SyncEngine

/// `review approve`
struct ReviewApproveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "approve", abstract: "Apply breaking changes that wait.",
        discussion: """
            A change that many active orders use (review.two_people_from) is applied by the second \
            person's approval.
            """)

    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var targets: TargetOptions
    @OptionGroup var why: ReasonOptions
    @Flag(help: "For admins: apply alone what needs two. Everybody is told; a second look is due.")
    var breakGlass = false
    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let configuration = try options.load()
        let targets = try await targets.reviewTargets(configuration)
        let (reason, breaksGlass) = (why.reason, breakGlass)
        try await OperationsAccess.run(configuration, json: json) { operations in
            try await operations.approve(targets, reason: reason, breaksGlass: breaksGlass)
        }
    }
}

/// `review reject`
struct ReviewRejectCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "reject",
        abstract: "Keep the current state; the same content is then skipped.")

    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var targets: TargetOptions
    @OptionGroup var why: ReasonOptions
    @Flag(help: "Print JSON.")
    var json = false

    func run() async throws {
        let configuration = try options.load()
        let targets = try await targets.reviewTargets(configuration)
        let reason = why.reason
        try await OperationsAccess.run(configuration, json: json) { operations in
            try await operations.reject(targets, reason: reason)
        }
    }
}

/// `review look`
struct ReviewLookCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "look",
        abstract: "Say that you have looked at what somebody else applied alone.")

    @OptionGroup var targets: NumberedOptions

    func run() async throws {
        try await targets.carryOut { try await $0.lookAgain($1, reason: $2) }
    }
}

extension TargetOptions {
    /// What a filter matches is decided as it stood when it was read: each item with the row
    /// version of its service, so that one that moves meanwhile is refused.
    func reviewTargets(_ configuration: Configuration) async throws -> [ReviewTarget] {
        guard let openFilter else { return ids.map { ReviewTarget(id: $0) } }
        return try await DatabaseAccess.look(configuration) { connection in
            let probe = ReviewProbe(connection)
            let ids = try await probe.ids(Filter(openFilter))
            return try await probe.rows(ids).map {
                ReviewTarget(id: $0.id, serviceRowVersion: $0.serviceRowVersion)
            }
        }
    }
}
