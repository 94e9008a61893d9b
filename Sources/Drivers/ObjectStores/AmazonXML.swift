/// The flat XML that S3 answers: elements with text in them, one level of repetition. Attributes,
/// comments and declarations are skipped; there are no other entities than XML's own five and
/// numbers, so that nothing can be expanded.
struct AmazonXML {
    /// An element that holds text, within the element that holds it.
    struct Leaf: Equatable {
        let parent: String
        let name: String
        let text: String
        /// Which occurrence of its parent this leaf belongs to, from 1.
        let group: Int
    }

    let leaves: [Leaf]

    /// Nil for what is no XML, or nested deeper than S3 does.
    init?(_ bytes: [UInt8]) {
        var leaves: [Leaf] = []
        var open: [String] = []
        var groups = 0
        var isLeaf = false
        var text: [UInt8] = []
        var rest = bytes[...]
        while let tag = rest.firstIndex(of: UInt8(ascii: "<")) {
            text = Array(rest[..<tag])
            guard let end = rest[tag...].firstIndex(of: UInt8(ascii: ">")) else { return nil }
            let inside = rest[(tag + 1)..<end]
            rest = rest[(end + 1)...]
            switch inside.first {
            case UInt8(ascii: "?"), UInt8(ascii: "!"):
                continue
            case UInt8(ascii: "/"):
                guard let name = open.popLast(),
                    inside.dropFirst().elementsEqual(name.utf8)
                else { return nil }
                // Only the element that was opened last can be one that holds text.
                if isLeaf {
                    guard let value = Self.unescaped(text) else { return nil }
                    leaves.append(
                        Leaf(parent: open.last ?? "", name: name, text: value, group: groups))
                }
                isLeaf = false
            default:
                guard open.count < 8 else { return nil }
                let name = inside.prefix { $0 > 0x20 && $0 != UInt8(ascii: "/") }
                guard inside.last != UInt8(ascii: "/") else { continue }
                open.append(String(decoding: name, as: UTF8.self))
                if open.count == 2 { groups += 1 }
                isLeaf = true
            }
        }
        guard open.isEmpty, !leaves.isEmpty else { return nil }
        self.leaves = leaves
    }

    /// The text of the first such element anywhere.
    subscript(name: String) -> String? {
        leaves.first { $0.name == name }?.text
    }

    /// For each element `parent`, the texts in it by name.
    func groups(of parent: String) -> [[String: String]] {
        var groups: [[String: String]] = []
        var last = 0
        for leaf in leaves where leaf.parent == parent {
            if leaf.group != last { groups.append([:]) }
            last = leaf.group
            groups[groups.count - 1][leaf.name] = leaf.text
        }
        return groups
    }

    private static func unescaped(_ text: [UInt8]) -> String? {
        var bytes: [UInt8] = []
        var rest = text[...]
        while let byte = rest.popFirst() {
            guard byte == UInt8(ascii: "&") else {
                bytes.append(byte)
                continue
            }
            guard let end = rest.prefix(12).firstIndex(of: UInt8(ascii: ";")),
                let scalar = scalar(String(decoding: rest[..<end], as: UTF8.self))
            else { return nil }
            bytes += Array(String(Character(scalar)).utf8)
            rest = rest[(end + 1)...]
        }
        return String(decoding: bytes, as: UTF8.self)
    }

    private static func scalar(_ entity: String) -> Unicode.Scalar? {
        switch entity {
        case "amp": return "&"
        case "lt": return "<"
        case "gt": return ">"
        case "quot": return "\""
        case "apos": return "'"
        default:
            guard entity.hasPrefix("#") else { return nil }
            let digits = entity.dropFirst()
            let number =
                digits.hasPrefix("x") ? UInt32(digits.dropFirst(), radix: 16) : UInt32(digits)
            return number.flatMap { Unicode.Scalar($0) }
        }
    }
}
