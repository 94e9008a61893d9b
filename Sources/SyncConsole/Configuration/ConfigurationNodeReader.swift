import Probes
import Yams

/// Reads the YAML of one key as the kind that the table says.
struct ConfigurationNodeReader {
    /// What stands there is something else.
    struct Mismatch: Error {
        var path: String
        var sentence: String
        /// The line of the culprit in the file; nil if it is not known.
        var line: Int?
    }

    let key: ConfigurationKey
    let surroundings: Surroundings

    func value(of node: Node) throws(Mismatch) -> ConfigurationValue {
        switch key.kind {
        case .text: return .text(try text(of: node))
        case .reference: return try reference(of: node)
        case .choice(let names):
            let text = try text(of: node)
            guard names.contains(text) else { throw unknownName(text, among: names, at: node) }
            return .text(text)
        case .integer(let range):
            guard let number = node.scalar.flatMap({ Int($0.string) }), range.contains(number)
            else { throw mismatch(node) }
            return .integer(number)
        case .flag:
            switch node.scalar?.string {
            case "true": return .flag(true)
            case "false": return .flag(false)
            default: throw mismatch(node)
            }
        case .texts: return .texts(try texts(of: node))
        case .choices(let names):
            let texts = try texts(of: node)
            if let stranger = texts.first(where: { !names.contains($0) }) {
                throw unknownName(stranger, among: names, at: node)
            }
            return .texts(texts)
        case .duration:
            guard let duration = DurationText.read(try text(of: node)) else { throw mismatch(node) }
            return .duration(duration)
        case .period:
            guard let period = DurationText.readPeriod(try text(of: node)) else {
                throw mismatch(node)
            }
            return .duration(period)
        case .durations:
            var durations: [Duration] = []
            for text in try texts(of: node) {
                guard let duration = DurationText.read(text) else { throw mismatch(node) }
                durations.append(duration)
            }
            return .durations(durations)
        case .map, .records: throw mismatch(node)
        }
    }

    /// The elements of a list of records.
    func elements(of node: Node) throws(Mismatch) -> [Node] {
        guard let sequence = node.sequence else { throw mismatch(node) }
        return Array(sequence)
    }

    /// The names of a map with their values and the nodes of the names.
    func members(of node: Node) throws(Mismatch) -> [(String, ConfigurationValue, Node)] {
        guard let mapping = node.mapping else { throw mismatch(node) }
        var members: [(String, ConfigurationValue, Node)] = []
        for (name, value) in mapping {
            guard let name = name.scalar?.string, let text = value.scalar?.string else {
                throw mismatch(node)
            }
            let path = "\(key.path).\(name)"
            if KafkaProperty.isSecret(name) {
                guard text.hasPrefix("env:") || text.hasPrefix("file:") else {
                    throw Mismatch(
                        path: path,
                        sentence: "is secret: keep it in a variable or a file and write env:NAME"
                            + " or file:PATH here", line: value.mark?.line)
                }
            }
            let nameNode = mapping.firstKey(named: name) ?? node
            if text.hasPrefix("env:") || text.hasPrefix("file:") {
                members.append((name, .secret(try resolve(text, path: path, value)), nameNode))
            } else {
                members.append((name, .text(text), nameNode))
            }
        }
        return members
    }

    private func text(of node: Node) throws(Mismatch) -> String {
        guard let scalar = node.scalar else { throw mismatch(node) }
        return scalar.string
    }

    /// A list; a single text is a list of one, and `a,b` one of two, as in the variables.
    private func texts(of node: Node) throws(Mismatch) -> [String] {
        if let scalar = node.scalar {
            return scalar.string.split(separator: ",").map { String($0).trimmed }
                .filter { !$0.isEmpty }
        }
        guard let sequence = node.sequence else { throw mismatch(node) }
        var texts: [String] = []
        for element in sequence {
            guard let scalar = element.scalar, !element.isEmpty else { throw mismatch(element) }
            texts.append(scalar.string)
        }
        return texts
    }

    private func reference(of node: Node) throws(Mismatch) -> ConfigurationValue {
        let text = try text(of: node)
        guard !Secret.holdsPassword(text) else {
            throw Mismatch(
                path: key.path,
                sentence: "holds a password: keep the URL in a variable or a file and write"
                    + " env:NAME or file:PATH here", line: node.mark?.line)
        }
        return .secret(try resolve(text, path: key.path, node))
    }

    private func resolve(
        _ text: String, path: String, _ node: Node
    ) throws(Mismatch) -> Secret {
        do {
            return try Secret.resolve(text, in: surroundings)
        } catch {
            throw Mismatch(path: path, sentence: error.sentence, line: node.mark?.line)
        }
    }

    private func mismatch(_ node: Node) -> Mismatch {
        // What was found is said by its kind, never by its text: it may be a secret gone astray.
        Mismatch(
            path: key.path,
            sentence: "expected \(key.kind.expectation), found \(node.kindWords)",
            line: node.mark?.line)
    }

    private func unknownName(_ name: String, among names: [String], at node: Node) -> Mismatch {
        let hint = NearestName.nearest(to: name, in: names).map { "did you mean \($0)?" }
        return Mismatch(
            path: key.path,
            sentence: "does not know \(name); "
                + (hint ?? "known are \(names.joined(separator: ", "))"), line: node.mark?.line)
    }
}

extension Node {
    /// Nothing stands there: `key:`, `key: null`, `key: ~`.
    var isEmpty: Bool {
        guard let scalar, scalar.style == .plain || scalar.style == .any else { return false }
        return ["", "~", "null"].contains(scalar.string)
    }

    /// The words for what was found.
    var kindWords: String {
        switch self {
        case .scalar(let scalar):
            if Int(scalar.string) != nil { "a number" } else { "text" }
        case .mapping: "names with values"
        case .sequence: "a list"
        case .alias: "an alias"
        }
    }
}

extension Node.Mapping {
    /// The node of a key, for its line in the file.
    func firstKey(named name: String) -> Node? {
        first { $0.key.scalar?.string == name }?.key
    }
}

extension String {
    /// Without the spaces and tabs at both ends.
    var trimmed: String {
        let kept = drop { $0 == " " || $0 == "\t" }
        guard let last = kept.lastIndex(where: { $0 != " " && $0 != "\t" }) else { return "" }
        return String(kept[...last])
    }
}
