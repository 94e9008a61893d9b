import HTTPClient

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
        while true {
            let before = copy.writtenBytes
            let error: ObjectStoreError
            switch try await attempt(copy) {
            case .ended:
                if version.sizeBytes == 0 { progress(0) }
                try await checkSum(copy)
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

    private func attempt(_ copy: CopyFile) async throws(ObjectStoreError) -> Outcome {
        let signed: SignedRequest
        do throws(ObjectStoreError) {
            signed = try await transport.signer.sign(ranged(from: copy.writtenBytes))
        } catch {
            guard error.kind == .unreachable else { throw error }
            return .broken(error)
        }
        let sink = DownloadSink(copy, version, versionHeader: versionHeader, progress: progress)
        let head: HTTPHead
        do throws(HTTPFailure) {
            head = try await transport.client.stream(
                signed.request, limits: transport.patience.limits, into: sink)
        } catch {
            if let stopped = sink.error { throw stopped }
            let meaning = transport.error(error)
            guard meaning.kind == .unreachable else { throw meaning }
            return .broken(meaning)
        }
        switch head.status {
        case 200, 206:
            guard copy.writtenBytes == version.sizeBytes else {
                return .broken(
                    ObjectStoreError(.unreachable, "\(transport.place) ended its answer early."))
            }
            return .ended
        case 304, 404, 410, 412, 416:
            throw .changed(version)
        default:
            let answer = HTTPAnswer(head: head, body: sink.words)
            let error = transport.refusal(answer, signed.secrets)
            if head.status == 401 { return .unauthorized(error) }
            guard Refusal.isPassing(head.status) else { throw error }
            return .broken(error)
        }
    }

    private func ranged(from offset: Int64) -> HTTPRequest {
        guard offset > 0 else { return request }
        var request = request
        request.headers.append(("Range", "bytes=\(offset)-"))
        return request
    }

    private func checkSum(_ copy: CopyFile) async throws(ObjectStoreError) {
        guard let expected = version.crc32c, expected != copy.crc32c else { return }
        throw ObjectStoreError(
            .checksumMismatch,
            "\(version.location) came with the checksum \(copy.crc32c) and not \(expected), "
                + "which its bucket has: start again.")
    }
}
