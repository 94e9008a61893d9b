/// Partitions as people write them: `catalog/0-5,7, orders/0`.
enum PartitionText {
    /// - Parameter names: `topic/number` each; what is none stays as it is, behind the others.
    static func write(_ names: [String]) -> String {
        var numbers: [String: Set<Int>] = [:]
        var others: [String] = []
        for name in names {
            guard let slash = name.lastIndex(of: "/"),
                let number = Int(name[name.index(after: slash)...])
            else {
                others.append(name)
                continue
            }
            numbers[String(name[..<slash]), default: []].insert(number)
        }
        let topics = numbers.sorted { $0.key < $1.key }.map { topic in
            "\(topic.key)/\(ranges(topic.value.sorted()).joined(separator: ","))"
        }
        return (topics + others).joined(separator: ", ")
    }

    private static func ranges(_ sorted: [Int]) -> [String] {
        var ranges: [(first: Int, last: Int)] = []
        for number in sorted {
            if let open = ranges.last, number &- 1 == open.last {
                ranges[ranges.count - 1].last = number
            } else {
                ranges.append((number, number))
            }
        }
        return ranges.map { $0.first == $0.last ? "\($0.first)" : "\($0.first)-\($0.last)" }
    }
}
