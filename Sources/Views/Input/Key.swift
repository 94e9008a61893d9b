/// One key press.
///
/// `Key("q")`, `.ctrl("c")`, `.alt("x")`, `.enter`, `Key(.up, .shift)`, `.function(5)`.
package struct Key: Hashable, Sendable {
    package enum Code: Hashable, Sendable {
        /// A character that is not a control; shift is in the character itself.
        case character(Unicode.Scalar)
        case enter
        case tab
        case escape
        case backspace
        case delete
        case insert
        case up
        case down
        case left
        case right
        case home
        case end
        case pageUp
        case pageDown
        /// F1 to F24.
        case function(Int)
    }

    package struct Modifiers: OptionSet, Hashable, Sendable {
        package let rawValue: UInt8

        package init(rawValue: UInt8) { self.rawValue = rawValue }

        package static let shift = Modifiers(rawValue: 1)
        package static let alt = Modifiers(rawValue: 2)
        package static let control = Modifiers(rawValue: 4)
    }

    package let code: Code
    package let modifiers: Modifiers

    package init(_ code: Code, _ modifiers: Modifiers = []) {
        self.code = code
        self.modifiers = modifiers
    }

    package init(_ character: Unicode.Scalar, _ modifiers: Modifiers = []) {
        self.init(.character(character), modifiers)
    }

    package static func ctrl(_ character: Unicode.Scalar) -> Key { Key(character, .control) }
    package static func alt(_ character: Unicode.Scalar) -> Key { Key(character, .alt) }
    package static func function(_ number: Int) -> Key { Key(.function(number)) }

    package static let enter = Key(.enter)
    package static let tab = Key(.tab)
    package static let backtab = Key(.tab, .shift)
    package static let escape = Key(.escape)
    package static let backspace = Key(.backspace)
    package static let delete = Key(.delete)
    package static let insert = Key(.insert)
    package static let up = Key(.up)
    package static let down = Key(.down)
    package static let left = Key(.left)
    package static let right = Key(.right)
    package static let home = Key(.home)
    package static let end = Key(.end)
    package static let pageUp = Key(.pageUp)
    package static let pageDown = Key(.pageDown)
    package static let space = Key(" ")

    /// The character that the key types into an input field, if it does.
    package var typed: Unicode.Scalar? {
        guard case .character(let scalar) = code, modifiers.isEmpty else { return nil }
        return scalar
    }
}

/// A character key is written as its character: `["q", .ctrl("c")]`.
extension Key: ExpressibleByUnicodeScalarLiteral {
    package init(unicodeScalarLiteral character: Unicode.Scalar) { self.init(character) }
}
