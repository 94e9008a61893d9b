import Probes
import Yams

/// Reads a configuration file into entries, key by key against the table.
struct ConfigurationFile {
    let path: String
    let surroundings: Surroundings
    private(set) var problems: [ConfigurationProblem] = []

    init(path: String, surroundings: Surroundings) {
        self.path = path
        self.surroundings = surroundings
    }

    /// Takes what `text` says into `entries`; what is wrong with it is in `problems` afterwards.
    mutating func read(_ text: String, into entries: inout ConfigurationEntries) {
        let root: Node
        do {
            // An empty file, or one of comments only, is a configuration of defaults.
            guard let node = try Yams.compose(yaml: text) else { return }
            root = node
        } catch {
            problems.append(Self.problem(with: error, in: path))
            return
        }
        if root.isEmpty { return }
        guard let sections = root.mapping else {
            report(root, "expected sections with keys, such as 'kafka: { brokers: [...] }'")
            return
        }
        for (key, value) in sections {
            guard let name = key.scalar?.string else {
                report(key, "expected the name of a section")
                continue
            }
            if let top = ConfigurationKey.byPath[name] {
                take(value, for: top, into: &entries)
            } else if ConfigurationKey.sections.contains(name) {
                readSection(name, value, into: &entries)
            } else {
                let known =
                    ConfigurationKey.sections
                    + ConfigurationKey.table.compactMap {
                        $0.section == nil ? $0.path : nil
                    }
                reportUnknown(key, name, kind: "section", known: known)
            }
        }
    }

    private mutating func readSection(
        _ section: String, _ node: Node, into entries: inout ConfigurationEntries
    ) {
        if node.isEmpty { return }
        guard let members = node.mapping else {
            report(node, "\(section): expected keys, found \(node.kindWords)")
            return
        }
        for (key, value) in members {
            let name = key.scalar?.string ?? ""
            let path = "\(section).\(name)"
            if let known = ConfigurationKey.byPath[path] {
                take(value, for: known, into: &entries)
            } else if ConfigurationKey.table.contains(where: { $0.path.hasPrefix(path + ".") }) {
                readSection(path, value, into: &entries)
            } else {
                let names = ConfigurationKey.table.map(\.path).filter {
                    $0.hasPrefix(section + ".")
                }
                reportUnknown(key, "\(section).\(name)", kind: "key", known: names)
            }
        }
    }

    private mutating func take(
        _ node: Node, for key: ConfigurationKey, into entries: inout ConfigurationEntries
    ) {
        // `key:` with nothing behind it leaves the default.
        if node.isEmpty { return }
        if case .records(let members) = key.kind {
            return takeRecords(node, for: key, members, into: &entries)
        }
        do {
            let reader = ConfigurationNodeReader(key: key, surroundings: surroundings)
            if key.kind == .map {
                for (name, value, nameNode) in try reader.members(of: node) {
                    entries.set(name, of: key, to: value, from: origin(of: nameNode))
                }
            } else {
                entries.set(key, to: try reader.value(of: node), from: origin(of: node))
            }
        } catch {
            report(line: error.line ?? node.mark?.line, "\(error.path) \(error.sentence)")
        }
    }

    /// An element's wrong member does not hide the next one's.
    private mutating func takeRecords(
        _ node: Node, for key: ConfigurationKey, _ members: [ConfigurationKey],
        into entries: inout ConfigurationEntries
    ) {
        let reader = ConfigurationNodeReader(key: key, surroundings: surroundings)
        let elements: [Node]
        do { elements = try reader.elements(of: node) } catch {
            report(line: error.line ?? node.mark?.line, "\(error.path) \(error.sentence)")
            return
        }
        let records = elements.enumerated().map { number, element in
            record(element, number: number, of: key, members)
        }
        entries.set(key, to: .records(records), from: origin(of: node))
    }

    private mutating func record(
        _ node: Node, number: Int, of list: ConfigurationKey, _ members: [ConfigurationKey]
    ) -> ConfigurationRecord {
        var record = ConfigurationRecord(origin: origin(of: node))
        guard let mapping = node.mapping else {
            report(
                node, "\(list.path)[\(number)] expected names with values, found \(node.kindWords)")
            record.faulty = Set(members.map(\.path))
            return record
        }
        for (nameNode, value) in mapping {
            let name = nameNode.scalar?.string ?? ""
            guard let member = members.first(where: { $0.path == name }) else {
                let element = "\(list.path)[\(number)]"
                reportUnknown(nameNode, name, in: element, known: members.map(\.path))
                continue
            }
            if value.isEmpty { continue }
            let reader = ConfigurationNodeReader(
                key: member.inElement(number, of: list), surroundings: surroundings)
            do {
                record.members[name] = .init(
                    value: try reader.value(of: value), origin: origin(of: value))
            } catch {
                record.faulty.insert(name)
                report(line: error.line ?? value.mark?.line, "\(error.path) \(error.sentence)")
            }
        }
        return record
    }

    private func origin(of node: Node) -> ConfigurationEntries.Origin {
        .file(path, line: node.mark?.line ?? 1)
    }

    private mutating func report(_ node: Node, _ sentence: String) {
        report(line: node.mark?.line, sentence)
    }

    private mutating func report(line: Int?, _ sentence: String) {
        let place = line.map { "\(path):\($0)" } ?? path
        problems.append(ConfigurationProblem(place: place, sentence: sentence))
    }

    private mutating func reportUnknown(
        _ node: Node, _ name: String, kind: String, known: [String]
    ) {
        let hint = NearestName.nearest(to: name, in: known).map { "; did you mean \($0)?" }
        let list = "; known are \(known.joined(separator: ", "))"
        report(node, "\(name) is not a \(kind)\(hint ?? list)")
    }

    private mutating func reportUnknown(
        _ node: Node, _ name: String, in element: String, known: [String]
    ) {
        // The nearest by the name alone: the long way to it would make every name a near one.
        let hint = NearestName.nearest(to: name, in: known)
            .map { "; did you mean \(element).\($0)?" }
        let list = "; known are \(known.joined(separator: ", "))"
        report(node, "\(element).\(name) is not a key\(hint ?? list)")
    }

    /// The parser's own words, without the lines of the file that it quotes: they may be secret.
    private static func problem(with error: any Error, in path: String) -> ConfigurationProblem {
        switch error as? YamlError {
        case .scanner(_, let problem, let mark, _), .parser(_, let problem, let mark, _),
            .composer(_, let problem, let mark, _):
            ConfigurationProblem(
                place: "\(path):\(mark.line)", sentence: "this is not YAML: \(problem)")
        case .duplicatedKeysInMapping(let duplicates, let context):
            ConfigurationProblem(
                place: "\(path):\(context.mark.line)",
                sentence: "\(duplicates.map { "\($0)" }.sorted().joined(separator: ", "))"
                    + " stands here twice: keep one")
        default: ConfigurationProblem(place: path, sentence: "this is not YAML")
        }
    }
}
