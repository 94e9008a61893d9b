/// A value that must not be seen, and the reference that may be.
///
/// Whatever prints it prints the reference: `env:NAME`, `file:PATH`, or, for text that holds no
/// secret, the text.
struct Secret: Sendable, Equatable, CustomStringConvertible, CustomDebugStringConvertible,
    CustomReflectable
{
    let reference: String
    let value: String

    var description: String { reference }
    var debugDescription: String { reference }
    var customMirror: Mirror { Mirror(self, children: ["reference": reference]) }

    /// Why a reference leads nowhere, with what to do.
    struct Missing: Error, Equatable {
        var sentence: String
    }

    /// Follows `env:NAME` or `file:PATH`; other text is its own value.
    static func resolve(
        _ text: String, in surroundings: Surroundings
    ) throws(Missing) -> Secret {
        if text.hasPrefix("env:") {
            let name = String(text.dropFirst(4))
            guard let value = surroundings.variables[name], !value.isEmpty else {
                throw Missing(
                    sentence: "refers to the variable \(name), which is not set: export it")
            }
            return Secret(reference: text, value: value)
        }
        if text.hasPrefix("file:") {
            let path = surroundings.expandHome(String(text.dropFirst(5)))
            switch surroundings.readFile(path) {
            case .text(let value):
                let line = value.split(separator: "\n", omittingEmptySubsequences: false)[0]
                guard !line.isEmpty else {
                    throw Missing(sentence: "refers to \(path), whose first line is empty")
                }
                return Secret(reference: text, value: String(line))
            case .absent:
                throw Missing(sentence: "refers to \(path), which does not exist")
            case .unreadable(let why):
                throw Missing(sentence: "refers to \(path), which cannot be read: \(why)")
            }
        }
        return Secret(reference: text, value: text)
    }

    /// Whether a connection string carries a password in plain sight.
    static func holdsPassword(_ url: String) -> Bool {
        let lowered = url.lowercased()
        if lowered.contains("password=") || lowered.contains("password =") { return true }
        guard let scheme = url.range(of: "://") else { return false }
        let authority = url[scheme.upperBound...].prefix { $0 != "/" && $0 != "?" }
        guard let at = authority.lastIndex(of: "@") else { return false }
        return authority[..<at].contains(":")
    }
}
