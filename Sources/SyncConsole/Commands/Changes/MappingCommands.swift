import ArgumentParser
import SyncEngine

/// `mappings add`
struct MappingsAddCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "add", abstract: "Say what a vendor's code is called here.")

    @OptionGroup var options: ConfigurationOptions
    @OptionGroup var vendor: MappingVendorOptions
    @Argument(help: ArgumentHelp("unit, vat, family or subfamily.", valueName: "type"))
    var type: String
    @Argument(help: ArgumentHelp("The code as the ERP has it.", valueName: "erp-code"))
    var erpCode: String
    @Argument(help: ArgumentHelp("What it is called here.", valueName: "our-code"))
    var restoCode: String
    @Option(help: ArgumentHelp("For people; our code without it.", valueName: "text"))
    var label: String?
    @OptionGroup var why: MappingReasonOptions

    func run() async throws {
        let draft = try MappingFault.asUsage { () throws(MappingDraft.Fault) in
            try MappingDraft(
                type: type, erpCode: erpCode, restoCode: restoCode, restoLabel: label)
        }
        let (vendor, reason) = (try vendor.checked(), why.reason)
        try await OperationsAccess.run(try options.load(), json: why.json) { operations in
            try await operations.addMapping(draft, of: vendor, reason: reason)
        }
    }
}

/// `mappings update`
struct MappingsUpdateCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "update", abstract: "Change what codes are called here.")

    @OptionGroup var options: ConfigurationOptions
    @Argument(help: "The ids, as the list shows them.")
    var ids: [Int64]
    @Option(name: .customLong("to"), help: ArgumentHelp("Our code.", valueName: "our-code"))
    var restoCode: String?
    @Option(help: ArgumentHelp("For people.", valueName: "text"))
    var label: String?
    @Flag(inversion: .prefixedNo, help: "Whether they hold.")
    var active: Bool?
    @OptionGroup var why: MappingReasonOptions

    func validate() throws {
        guard restoCode != nil || label != nil || active != nil else {
            throw ValidationError("say what: --to, --label, --active or --no-active")
        }
    }

    func run() async throws {
        let change = Operations.MappingChange(
            restoCode: restoCode, restoLabel: label, isActive: active)
        let (ids, reason) = (ids, why.reason)
        try await OperationsAccess.run(try options.load(), json: why.json) { operations in
            try await operations.updateMappings(ids, change, reason: reason)
        }
    }
}

/// `mappings remove`
struct MappingsRemoveCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "remove",
        abstract: "Switch mappings off; items with a unit or VAT code of them are refused.")

    @OptionGroup var options: ConfigurationOptions
    @Argument(help: "The ids, as the list shows them.")
    var ids: [Int64]
    @OptionGroup var why: MappingReasonOptions

    func run() async throws {
        let (ids, reason) = (ids, why.reason)
        try await OperationsAccess.run(try options.load(), json: why.json) { operations in
            try await operations.removeMappings(ids, reason: reason)
        }
    }
}

/// `mappings seed`
struct MappingsSeedCommand: AsyncParsableCommand {
    static let configuration = CommandConfiguration(
        commandName: "seed", abstract: "Add or change a vendor's mappings from a file.",
        discussion: """
            CSV with the header mapping_type,erp_code,resto_code,resto_label, or a JSON list of \
            objects with these members. One row that is wrong refuses the whole file.
            """)

    @OptionGroup var options: ConfigurationOptions
    @Argument(help: ArgumentHelp("The file; '-' for standard input.", valueName: "file"))
    var path: String
    @OptionGroup var vendor: MappingVendorOptions
    @OptionGroup var why: MappingReasonOptions

    func run() async throws {
        let bytes = try SmallFile.read(path)
        let drafts = try MappingFault.asUsage { () throws(MappingDraft.Fault) in
            try MappingFile.read(bytes)
        }
        let (vendor, reason) = (try vendor.checked(), why.reason)
        try await OperationsAccess.run(try options.load(), json: why.json) { operations in
            try await operations.seedMappings(drafts, of: vendor, reason: reason)
        }
    }
}

/// Whose codes.
struct MappingVendorOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Whose codes.", valueName: "vendor"))
    var vendor: String

    func checked() throws(CommandError) -> String {
        try MappingFault.asUsage { () throws(MappingDraft.Fault) in
            try MappingDraft.check(vendor: vendor)
        }
        return vendor
    }
}

/// Why, if somebody says so, and how it is printed.
struct MappingReasonOptions: ParsableArguments {
    @Option(help: ArgumentHelp("Why: it stands in the audit trail.", valueName: "text"))
    var reason: String?
    @Flag(help: "Print JSON.")
    var json = false
}

private enum MappingFault {
    /// What is wrong with a mapping was typed so.
    static func asUsage<Value>(
        _ body: () throws(MappingDraft.Fault) -> Value
    ) throws(CommandError) -> Value {
        do { return try body() } catch { throw CommandError(.usage, error.message) }
    }
}
