import HTTPClient
import Synchronization

/// Takes one answer with an object's bytes, and puts them behind those that are there already.
final class DownloadSink: HTTPSink {
    private struct State {
        var error: ObjectStoreError?
        /// Of an answer that is no object: what it says.
        var words: [UInt8] = []
        var isObject = false
        var checksum: UInt32?
    }

    /// Enough of an error's answer to say what it is about.
    private static let mostWordBytes = 16_384

    private let copy: CopyFile
    private let version: ObjectVersion
    private let offset: Int64
    /// The answer's headers that name the version: `x-goog-generation`, `etag`.
    private let versionHeader: String
    private let progress: @Sendable (Int64) -> Void
    private let state = Mutex(State())

    init(
        _ copy: CopyFile, _ version: ObjectVersion, versionHeader: String,
        progress: @escaping @Sendable (Int64) -> Void
    ) {
        self.copy = copy
        self.version = version
        self.versionHeader = versionHeader
        self.progress = progress
        offset = copy.writtenBytes
    }

    /// Why the transfer was stopped from here.
    var error: ObjectStoreError? { state.withLock { $0.error } }
    /// Of the whole object, where an answer with all of it has said so.
    var checksum: UInt32? { state.withLock { $0.checksum } }
    /// The body of an answer that is no object.
    var words: [UInt8] { state.withLock { $0.words } }

    func begin(_ head: HTTPHead) -> Bool {
        guard head.status == 200 || head.status == 206 else { return true }
        do throws(ObjectStoreError) {
            try check(head)
            state.withLock { $0.isObject = true }
            return true
        } catch {
            state.withLock { $0.error = error }
            return false
        }
    }

    func take(_ bytes: UnsafeRawBufferPointer) -> Bool {
        guard state.withLock({ $0.isObject }) else {
            state.withLock { state in
                let room = Self.mostWordBytes - state.words.count
                state.words.append(contentsOf: bytes.prefix(room))
            }
            return true
        }
        do throws(ObjectStoreError) {
            progress(try copy.append(bytes))
            return true
        } catch {
            state.withLock { $0.error = error }
            return false
        }
    }

    private func check(_ head: HTTPHead) throws(ObjectStoreError) {
        if let served = head[versionHeader], EntityTag.plain(served) != version.generation {
            throw changed
        }
        for name in ["content-encoding", "x-goog-stored-content-encoding"] {
            let encoding = head[name] ?? ""
            // `aws-chunked` is how it was uploaded, and kept by some servers as if it mattered.
            guard ["", "identity", "aws-chunked"].contains(encoding) else {
                throw ObjectStoreError(
                    .misconfigured,
                    "\(version.location) is stored with Content-Encoding "
                        + "\(PlainWords.shown(encoding, hiding: [])): upload it without.")
            }
        }
        if head.status == 206 {
            let expected = "bytes \(offset)-\(version.sizeBytes - 1)/\(version.sizeBytes)"
            guard let range = head["content-range"], range == expected else { throw changed }
        } else {
            if let length = head["content-length"], length != "\(version.sizeBytes)" {
                throw changed
            }
            state.withLock { $0.checksum = ServedChecksum.crc32c(head) }
            // A server that knows no ranges sends it all.
            if offset > 0 { copy.rewind() }
        }
    }

    private var changed: ObjectStoreError { .changed(version) }
}

extension ObjectStoreError {
    static func changed(_ version: ObjectVersion) -> ObjectStoreError {
        ObjectStoreError(
            .changed,
            "\(version.location) was replaced or deleted after it was found: start again to read "
                + "what is there now.")
    }
}
