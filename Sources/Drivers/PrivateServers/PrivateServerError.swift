/// Why a private server could not be started, in words for the person at the terminal.
package struct PrivateServerError: Error, CustomStringConvertible {
    package let description: String

    init(_ description: String) {
        self.description = description
    }
}
