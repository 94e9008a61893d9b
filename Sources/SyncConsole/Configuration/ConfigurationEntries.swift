/// The value of every key, each with where it came from.
struct ConfigurationEntries: Sendable, Equatable {
    enum Origin: Sendable, Equatable, CustomStringConvertible {
        case builtIn
        case file(String, line: Int)
        case variable(String)

        var description: String {
            switch self {
            case .builtIn: "default"
            case .file(let path, let line): "\(path):\(line)"
            case .variable(let name): "$\(name)"
            }
        }
    }

    struct Entry: Sendable, Equatable {
        var value: ConfigurationValue
        var origin: Origin
    }

    /// By path. The names of a map have entries of their own: `kafka.properties.session.timeout.ms`.
    private(set) var entries: [String: Entry] = [:]

    /// The defaults.
    init() {
        for key in ConfigurationKey.table {
            set(key, to: key.fallback, from: .builtIn)
        }
    }

    subscript(path: String) -> Entry? { entries[path] }

    /// Sets a key; a map's names are set one by one and leave the others as they are.
    mutating func set(_ key: ConfigurationKey, to value: ConfigurationValue, from origin: Origin) {
        if case .map(let map) = value {
            for (name, text) in map {
                set(name, of: key, to: .text(text), from: origin)
            }
        } else {
            entries[key.path] = Entry(value: value, origin: origin)
        }
    }

    mutating func set(
        _ name: String, of key: ConfigurationKey, to value: ConfigurationValue, from origin: Origin
    ) {
        entries["\(key.path).\(name)"] = Entry(value: value, origin: origin)
    }

    // The kind of every key was checked before it was set, so that the fallbacks below are for keys
    // without a default only.

    func text(_ path: String) -> String? {
        switch entries[path]?.value {
        case .text(let text): text
        case .secret(let secret): secret.value
        default: nil
        }
    }

    func integer(_ path: String) -> Int {
        if case .integer(let number) = entries[path]?.value { number } else { 0 }
    }

    func flag(_ path: String) -> Bool {
        entries[path]?.value == .flag(true)
    }

    func texts(_ path: String) -> [String] {
        if case .texts(let texts) = entries[path]?.value { texts } else { [] }
    }

    func duration(_ path: String) -> Duration {
        if case .duration(let duration) = entries[path]?.value { duration } else { .zero }
    }

    func durations(_ path: String) -> [Duration] {
        if case .durations(let durations) = entries[path]?.value { durations } else { [] }
    }

    func records(_ path: String) -> [ConfigurationRecord] {
        if case .records(let records) = entries[path]?.value { records } else { [] }
    }

    func map(_ path: String) -> [String: String] {
        var map: [String: String] = [:]
        for (name, entry) in names(of: path) {
            switch entry.value {
            case .text(let text): map[name] = text
            case .secret(let secret): map[name] = secret.value
            default: break
            }
        }
        return map
    }

    /// The names of a map, sorted.
    func names(of path: String) -> [(name: String, entry: Entry)] {
        entries.filter { $0.key.hasPrefix(path + ".") }
            .map { (String($0.key.dropFirst(path.utf8.count + 1)), $0.value) }
            .sorted { $0.0 < $1.0 }
    }
}
