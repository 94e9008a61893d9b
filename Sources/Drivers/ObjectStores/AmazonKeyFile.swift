import FoundationEssentials
import HTTPClient
import Threads

/// A file with access keys, as Amazon's own tools keep them
/// (https://docs.aws.amazon.com/cli/latest/userguide/cli-configure-files.html):
///
///     [default]
///     aws_access_key_id = AKIA…
///     aws_secret_access_key = …
struct AmazonKeyFile: Sendable {
    let path: String
    let profile: String

    private static let mostBytes: Int64 = 1 << 20

    /// Blocks on the disk.
    func read() throws(ObjectStoreError) -> AmazonKeys {
        do throws(ObjectStoreError) {
            let file = try OpenFile(path, flags: OpenFile.nameOnly).identity(location: path)
            guard file.isRegular, file.sizeBytes <= Self.mostBytes,
                let bytes = FileManager.default.contents(atPath: path)
            else { throw unfit("cannot be read") }
            return try keys(String(decoding: bytes, as: UTF8.self))
        } catch {
            guard error.kind != .misconfigured else { throw error }
            throw ObjectStoreError(.misconfigured, "The key file cannot be used: \(error.message)")
        }
    }

    private func keys(_ text: String) throws(ObjectStoreError) -> AmazonKeys {
        var section = ""
        var values: [String: String] = [:]
        for line in text.split(whereSeparator: \.isNewline) {
            let line = Self.trimmed(line)
            if line.hasPrefix("[") {
                section = String(Self.trimmed(line.dropFirst().prefix { $0 != "]" }))
            } else if section == profile, let sign = line.firstIndex(of: "=") {
                let name = Self.trimmed(line[..<sign]).lowercased()
                values[name] = String(Self.trimmed(line[line.index(after: sign)...]))
            }
        }
        guard let id = values["aws_access_key_id"], let secret = values["aws_secret_access_key"],
            let keys = AmazonKeys(
                id: id, secret: secret, sessionToken: values["aws_session_token"])
        else {
            throw unfit("has no complete key in the profile [\(profile)]")
        }
        return keys
    }

    private func unfit(_ reason: String) -> ObjectStoreError {
        ObjectStoreError(
            .misconfigured,
            "\(path) \(reason): write aws_access_key_id and aws_secret_access_key under "
                + "[\(profile)].")
    }

    private static func trimmed(_ text: Substring) -> Substring {
        var text = text
        while let first = text.first, first.isWhitespace { text.removeFirst() }
        while let last = text.last, last.isWhitespace { text.removeLast() }
        return text
    }
}

/// Signs with what the file holds at the moment: a key that was replaced is used at once.
struct AmazonKeyFileSigner: RequestSigner {
    let file: AmazonKeyFile
    let region: String

    var who: String { "the access key in \(file.path)" }

    func forget() -> Bool { false }

    func check() async throws(ObjectStoreError) {
        _ = try await keys()
    }

    func sign(_ request: HTTPRequest) async throws(ObjectStoreError) -> SignedRequest {
        AmazonSigner(keys: try await keys(), region: region).sign(request)
    }

    private func keys() async throws(ObjectStoreError) -> AmazonKeys {
        try await OwnThread.run(named: "keys") { () throws(ObjectStoreError) in try file.read() }
    }
}
