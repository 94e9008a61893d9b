/// The entries that were used last, at most `capacity` of them; all in constant time.
struct RecentEntries<Key: Hashable, Value> {
    private struct Node {
        var key: Key
        var value: Value
        var newer: Int
        var older: Int
    }

    private static var none: Int { -1 }

    let capacity: Int
    private var places: [Key: Int] = [:]
    private var nodes: [Node] = []
    private var newest = none
    private var oldest = none

    init(capacity: Int) {
        self.capacity = max(capacity, 1)
    }

    var count: Int { nodes.count }

    /// Also makes it the entry that was used last.
    mutating func value(of key: Key) -> Value? {
        guard let place = places[key] else { return nil }
        moveToFront(place)
        return nodes[place].value
    }

    /// The entry that was not used for longest leaves where there is no room. True if one did.
    @discardableResult
    mutating func set(_ value: Value, of key: Key) -> Bool {
        if let place = places[key] {
            nodes[place].value = value
            moveToFront(place)
            return false
        }
        let isFull = nodes.count >= capacity
        let place = isFull ? oldest : nodes.count
        if isFull {
            unlink(place)
            places[nodes[place].key] = nil
            nodes[place].key = key
            nodes[place].value = value
        } else {
            nodes.append(Node(key: key, value: value, newer: Self.none, older: Self.none))
        }
        places[key] = place
        linkInFront(place)
        return isFull
    }

    mutating func removeAll() {
        places.removeAll(keepingCapacity: true)
        nodes.removeAll(keepingCapacity: true)
        newest = Self.none
        oldest = Self.none
    }

    private mutating func moveToFront(_ place: Int) {
        guard place != newest else { return }
        unlink(place)
        linkInFront(place)
    }

    private mutating func unlink(_ place: Int) {
        let node = nodes[place]
        if node.newer == Self.none {
            newest = node.older
        } else {
            nodes[node.newer].older = node.older
        }
        if node.older == Self.none {
            oldest = node.newer
        } else {
            nodes[node.older].newer = node.newer
        }
    }

    private mutating func linkInFront(_ place: Int) {
        nodes[place].newer = Self.none
        nodes[place].older = newest
        if newest != Self.none { nodes[newest].newer = place }
        newest = place
        if oldest == Self.none { oldest = place }
    }
}
