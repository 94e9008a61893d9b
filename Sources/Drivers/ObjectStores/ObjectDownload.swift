import HTTPClient
import Threads

/// Copies one version of a bucket's object, and goes on where a connection breaks off.
struct ObjectDownload: Sendable {
    let transport: BucketTransport
    let version: ObjectVersion
    let versionHeader: String
    /// Asks for this very version, which the server refuses (404, 412) if it is gone.
    let request: HTTPRequest
    let progress: @Sendable (Int64) -> Void

    private enum Outcome {
        case ended
        case broken(ObjectStoreError)
        /// The credentials are refused; newer ones may do.
        case unauthorized(ObjectStoreError)
    }

    /// Gives up after several breaks in a row without progress.
    func run(into folder: String) async throws(ObjectStoreError) -> PinnedFile {
        let copy = try await OwnThread.run(named: "copy") { () throws(ObjectStoreError) in
            try CopyFile(in: folder, sizeBytes: version.sizeBytes)
        }
        var failures = 0
        var hasForgotten = false
        var checksum = version.crc32c
        while true {
            let before = copy.writtenBytes
            let error: ObjectStoreError
            switch try await attempt(copy, &checksum) {
            case .ended:
                if version.sizeBytes == 0 { progress(0) }
                try check(copy, checksum)
                return try copy.pin(version)
            case .unauthorized(let refusal):
                guard !hasForgotten, await transport.signer.forget() else { throw refusal }
                hasForgotten = true
                continue
            case .broken(let broken):
                error = broken
            }
            if copy.writtenBytes - before >= transport.patience.progressBytes {
                failures = 0
                hasForgotten = false
            }
            failures += 1
            guard failures < transport.patience.attempts else {
                throw ObjectStoreError(
                    .unreachable,
                    "\(version.location) broke off \(failures) times in a row, at "
                        + "\(copy.writtenBytes) of \(version.sizeBytes) bytes: \(error.message)")
            }
            try await transport.pause(afterFailures: failures)
        }
    }

    /// - Parameter checksum: set to what the answer says, if nobody has said it before.
    private func attempt(
        _ copy: CopyFile, _ checksum: inout UInt32?
    ) async throws(ObjectStoreError) -> Outcome {
        let signed: SignedRequest
        do throws(ObjectStoreError) {
            signed = try await transport.signer.sign(ranged(from: copy.writtenBytes))
        } catch {
            guard error.kind == .unreachable else { throw error }
            return .broken(error)
        }
        let call = try transport.gate.begin()
        let before = copy.writtenBytes
        var failure: String?
        // Whoever sends bytes is well, even if the connection ends before the object does.
        defer {
            let isAlive = copy.writtenBytes - before >= transport.patience.progressBytes
            call.end(failure: isAlive ? nil : failure)
        }
        let sink = DownloadSink(copy, version, versionHeader: versionHeader, progress: progress)
        defer { checksum = checksum ?? sink.checksum }
        let head: HTTPHead
        do throws(HTTPFailure) {
            head = try await transport.client.stream(
                signed.request, limits: transport.patience.limits, into: sink)
        } catch {
            if let stopped = sink.error { throw stopped }
            let meaning = transport.error(error)
            failure = meaning.healthFailure
            guard meaning.kind == .unreachable else { throw meaning }
            return .broken(meaning)
        }
        switch head.status {
        case 200, 206:
            guard copy.writtenBytes == version.sizeBytes else {
                let early = ObjectStoreError(
                    .unreachable, "\(transport.place) ended its answer early.")
                failure = early.healthFailure
                return .broken(early)
            }
            return .ended
        case 304, 404, 410, 412, 416:
            throw .changed(version)
        default:
            let answer = HTTPAnswer(head: head, body: sink.words)
            let error = transport.refusal(answer, signed.secrets)
            if head.status == 401 { return .unauthorized(error) }
            guard Refusal.isPassing(head.status) else { throw error }
            failure = error.healthFailure
            return .broken(error)
        }
    }

    private func ranged(from offset: Int64) -> HTTPRequest {
        guard offset > 0 else { return request }
        var request = request
        request.headers.append(("Range", "bytes=\(offset)-"))
        return request
    }

    private func check(_ copy: CopyFile, _ expected: UInt32?) throws(ObjectStoreError) {
        guard let expected, expected != copy.crc32c else { return }
        throw ObjectStoreError(
            .checksumMismatch,
            "\(version.location) came with the checksum \(copy.crc32c) and not \(expected), "
                + "which its bucket has: start again.")
    }
}
