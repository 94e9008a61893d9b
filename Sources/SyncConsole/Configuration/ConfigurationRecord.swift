/// One element of a list of records: what stands in it, each with where it came from.
struct ConfigurationRecord: Sendable, Equatable {
    /// By name; what the element leaves out is absent.
    var members: [String: ConfigurationEntries.Entry] = [:]
    var origin: ConfigurationEntries.Origin
    /// Names whose values could not be read: they are not missing too.
    var faulty: Set<String> = []

    init(origin: ConfigurationEntries.Origin) {
        self.origin = origin
    }

    /// An element of a built-in list.
    init(_ texts: [String: String]) {
        origin = .builtIn
        members = texts.mapValues { .init(value: .text($0), origin: .builtIn) }
    }

    func text(_ name: String) -> String? {
        if case .text(let text) = members[name]?.value { text } else { nil }
    }

    func texts(_ name: String) -> [String] {
        if case .texts(let texts) = members[name]?.value { texts } else { [] }
    }

    func secret(_ name: String) -> Secret? {
        if case .secret(let secret) = members[name]?.value { secret } else { nil }
    }

    func flag(_ name: String) -> Bool {
        members[name]?.value == .flag(true)
    }

    func duration(_ name: String) -> Duration? {
        if case .duration(let duration) = members[name]?.value { duration } else { nil }
    }

    /// As it would stand in the file, in one line.
    var yaml: String {
        let texts = members.sorted { $0.key < $1.key }.map { "\($0.key): \($0.value.value.yaml)" }
        return texts.isEmpty ? "{}" : "{ \(texts.joined(separator: ", ")) }"
    }
}
