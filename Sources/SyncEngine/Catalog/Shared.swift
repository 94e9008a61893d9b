/// A large value that its holders hand on by reference, and copy when one of them writes to it.
///
/// A service's content has some twenty fields that are counted one by one when they are copied; an
/// event is copied a dozen times on its way through a transaction.
struct Shared<Value: Sendable>: Sendable {
    /// Written to only through a reference that nobody else holds.
    private final class Box: @unchecked Sendable {
        var value: Value

        init(_ value: Value) { self.value = value }
    }

    private var box: Box

    init(_ value: Value) {
        box = Box(value)
    }

    var value: Value {
        _read { yield box.value }
        _modify {
            if !isKnownUniquelyReferenced(&box) { box = Box(box.value) }
            yield &box.value
        }
    }
}

extension Shared: Equatable where Value: Equatable {
    static func == (left: Shared, right: Shared) -> Bool {
        left.box === right.box || left.box.value == right.box.value
    }
}
