/// What became of a sequence: the longest common subsequence kept, the rest removed or added.
///
/// Quadratic in what lies between the common beginning and the common end, and therefore bounded:
/// beyond the bound everything between them counts as replaced, which is true, if less helpful.
enum SequenceDiff {
    enum Step<Element: Equatable>: Equatable {
        case kept(Element)
        case removed(Element)
        case added(Element)
    }

    static let maximumCells = 250_000

    static func steps<Element: Hashable>(
        from old: [Element], to new: [Element]
    ) -> [Step<Element>] {
        var start = 0
        while start < min(old.count, new.count), old[start] == new[start] { start += 1 }
        var end = 0
        while end < min(old.count, new.count) - start,
            old[old.count - 1 - end] == new[new.count - 1 - end]
        {
            end += 1
        }
        return old[..<start].map { .kept($0) }
            + middle(Array(old[start..<old.count - end]), Array(new[start..<new.count - end]))
            + old[(old.count - end)...].map { .kept($0) }
    }

    private static func middle<Element: Hashable>(
        _ old: [Element], _ new: [Element]
    ) -> [Step<Element>] {
        guard !old.isEmpty, !new.isEmpty, old.count * new.count <= maximumCells else {
            return old.map { .removed($0) } + new.map { .added($0) }
        }
        // lengths[i][j]: the longest common subsequence of old[i...] and new[j...].
        let width = new.count + 1
        var lengths = [Int32](repeating: 0, count: (old.count + 1) * width)
        for i in old.indices.reversed() {
            for j in new.indices.reversed() {
                lengths[i * width + j] =
                    old[i] == new[j]
                    ? lengths[(i + 1) * width + j + 1] + 1
                    : max(lengths[(i + 1) * width + j], lengths[i * width + j + 1])
            }
        }
        var steps: [Step<Element>] = []
        var (i, j) = (0, 0)
        while i < old.count || j < new.count {
            if i < old.count, j < new.count, old[i] == new[j] {
                steps.append(.kept(old[i]))
                (i, j) = (i + 1, j + 1)
            } else if j >= new.count
                || (i < old.count && lengths[(i + 1) * width + j] >= lengths[i * width + j + 1])
            {
                steps.append(.removed(old[i]))
                i += 1
            } else {
                steps.append(.added(new[j]))
                j += 1
            }
        }
        return steps
    }
}
