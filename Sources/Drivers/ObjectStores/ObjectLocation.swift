/// Where a source's files lie, as configured.
///
///     file:///srv/exports   /srv/exports    a local folder
///     gs://bucket/prefix/                   Google Cloud Storage
///     s3://bucket/prefix/                   Amazon S3, or what speaks its protocol
package enum ObjectLocation: Sendable, Equatable {
    /// An absolute path without a slash at its end.
    case folder(String)
    /// The prefix is empty or ends with a slash.
    case google(bucket: String, prefix: String)
    /// The prefix is empty or ends with a slash.
    case amazon(bucket: String, prefix: String)

    /// Reads a location; a prefix is taken for a folder, with or without its last slash.
    package static func parse(_ text: String) throws(ObjectStoreError) -> ObjectLocation {
        if text.hasPrefix("/") { return .folder(try folder(text, in: text)) }
        guard let colon = text.utf8.firstIndex(of: UInt8(ascii: ":")),
            text[colon...].hasPrefix("://")
        else {
            throw invalid(text, "write file:///folder, gs://bucket/prefix/ or s3://bucket/prefix/")
        }
        let rest = String(text[colon...].dropFirst(3))
        switch text[..<colon] {
        case "file":
            guard rest.hasPrefix("/") else {
                throw invalid(text, "a folder needs three slashes, as in file:///srv/exports")
            }
            return .folder(try folder(rest, in: text))
        case "gs":
            let (bucket, prefix) = try bucket(rest, in: text)
            return .google(bucket: bucket, prefix: prefix)
        case "s3":
            let (bucket, prefix) = try bucket(rest, in: text)
            return .amazon(bucket: bucket, prefix: prefix)
        default:
            throw invalid(text, "write file:///folder, gs://bucket/prefix/ or s3://bucket/prefix/")
        }
    }

    private static func folder(_ path: String, in text: String) throws(ObjectStoreError) -> String {
        let parts = path.split(separator: "/")
        guard !parts.contains(".."), !path.utf8.contains(0) else {
            throw invalid(text, "write the folder without `..`")
        }
        return "/" + parts.filter { $0 != "." }.joined(separator: "/")
    }

    /// Names of buckets: letters, digits, `-`, `_` and `.`, as both vendors' rules allow at most.
    private static func bucket(
        _ rest: String, in text: String
    ) throws(ObjectStoreError) -> (bucket: String, prefix: String) {
        let parts = rest.split(separator: "/", maxSplits: 1, omittingEmptySubsequences: false)
        let bucket = String(parts[0])
        guard (3...222).contains(bucket.utf8.count), bucket != "...",
            bucket.utf8.allSatisfy({ isBucketByte($0) })
        else {
            throw invalid(text, "a bucket's name has letters, digits, `-`, `_` and `.` only")
        }
        var prefix = parts.count > 1 ? String(parts[1]) : ""
        while prefix.hasSuffix("/") { prefix.removeLast() }
        guard prefix.isEmpty || ObjectName.isValid(prefix) else {
            throw invalid(text, "write the prefix without `..`, `.` and double slashes")
        }
        return (bucket, prefix.isEmpty ? "" : prefix + "/")
    }

    private static func isBucketByte(_ byte: UInt8) -> Bool {
        switch byte {
        case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
            UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "-"), UInt8(ascii: "_"),
            UInt8(ascii: "."):
            true
        default: false
        }
    }

    private static func invalid(_ text: String, _ advice: String) -> ObjectStoreError {
        ObjectStoreError(.invalidLocation, "The location `\(text)` cannot be read: \(advice).")
    }
}

extension ObjectLocation: CustomStringConvertible {
    package var description: String {
        switch self {
        case .folder(let path): path
        case .google(let bucket, let prefix): "gs://\(bucket)/\(prefix)"
        case .amazon(let bucket, let prefix): "s3://\(bucket)/\(prefix)"
        }
    }
}
