import Postgres
import SyncEngine

/// Opens the operations for one command, as the person who typed it.
enum OperationsAccess {
    /// Runs one operation, prints its report and ends the command accordingly.
    static func run(
        _ configuration: Configuration, json: Bool,
        _ body: (Operations) async throws -> OperationReport
    ) async throws {
        let report = try await perform(configuration, body)
        try OperationOutput.finish(report, json: json)
    }

    static func perform(
        _ configuration: Configuration, _ body: (Operations) async throws -> OperationReport
    ) async throws -> OperationReport {
        try await with(configuration, body)
    }

    /// Lends the operations for as long as the body runs.
    static func with<Value>(
        _ configuration: Configuration, _ body: (Operations) async throws -> Value
    ) async throws -> Value {
        var settings = try configuration.postgresSettings
        settings.applicationName = "syncconsole command"
        let person = try currentOperator(configuration)
        let context = try configuration.applyContext
        let erp = configuration.erpSettings
        return try await DatabaseAccess.translate(settings) {
            let operations = Operations(
                settings: settings, operator: person, context: context, erp: erp,
                log: LogPlace.forCommand(configuration.log))
            do {
                let value = try await body(operations)
                await operations.close()
                return value
            } catch {
                await operations.close()
                throw error
            }
        }
    }

    /// Who types, by the login, the variables and the configured roles.
    static func currentOperator(_ configuration: Configuration) throws(CommandError) -> Operator {
        try OperatorIdentity.resolve(
            account: .current(), variables: Surroundings.current().variables,
            operators: configuration.operators, host: HostName.current())
    }
}
