import Hashing

/// A secret that no printing gives away.
package struct SecretText: Sendable, Equatable, CustomStringConvertible,
    CustomDebugStringConvertible, CustomReflectable
{
    package let value: String

    package init(_ value: String) {
        self.value = value
    }

    package var description: String { "(secret)" }
    package var debugDescription: String { description }
    package var customMirror: Mirror { Mirror(self, children: [:]) }

    /// Whether somebody shows the same; takes as long for a near miss as for a far one.
    package func isShown(in text: String) -> Bool {
        SecureBytes.areEqual(
            SHA256.hash(Array(text.utf8)), SHA256.hash(Array(value.utf8)))
    }

    /// `text` without the secret, should the other side have repeated it.
    func removed(from text: String) -> String {
        value.isEmpty ? text : text.replacing(value, with: "(secret)")
    }
}
