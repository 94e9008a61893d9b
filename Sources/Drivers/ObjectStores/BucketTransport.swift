import HTTPClient

/// Asks a bucket's server, with signatures and several attempts.
struct BucketTransport: Sendable {
    /// Such as `gs://bucket`.
    let place: String
    let client: HTTPClient
    let signer: any RequestSigner
    let patience: TransferPatience
    let gate: BucketGate
    /// Finds what the server says about an error in its answer's body.
    let words: @Sendable ([UInt8]) -> String

    /// More than any metadata and any page of a listing.
    static let mostAnswerBytes = 1_048_576

    /// Asks until there is an answer that another attempt would not better.
    ///
    /// - Parameter accepted: statuses besides 2xx that the caller has a meaning for.
    func ask(
        _ request: HTTPRequest, accepting accepted: Set<Int> = []
    ) async throws(ObjectStoreError) -> HTTPAnswer {
        var failures = 0
        var hasForgotten = false
        while true {
            // A signer has its own patience.
            let signed = try await signer.sign(request)
            let error: ObjectStoreError
            do throws(ObjectStoreError) {
                let answer = try await send(signed)
                if (200...299).contains(answer.status) || accepted.contains(answer.status) {
                    return answer
                }
                if answer.status == 401, !hasForgotten {
                    hasForgotten = true
                    if await signer.forget() { continue }
                }
                throw refusal(answer, signed.secrets)
            } catch let thrown {
                error = thrown
            }
            failures += 1
            guard error.kind == .unreachable, failures < patience.attempts else { throw error }
            try await pause(afterFailures: failures)
        }
    }

    func refusal(_ answer: HTTPAnswer, _ secrets: [String]) -> ObjectStoreError {
        Refusal(
            place: place, who: signer.who, head: answer.head,
            words: PlainWords.shown(words(answer.body), hiding: secrets)
        ).error
    }

    /// What a transfer without an answer means.
    func error(_ failure: HTTPFailure) -> ObjectStoreError {
        let said = PlainWords.shown(failure.message, hiding: [])
        switch failure.kind {
        case .cannotConnect, .broken, .stalled:
            return ObjectStoreError(
                .unreachable, "\(place) cannot be reached (\(said)): check the network.")
        case .untrusted:
            return ObjectStoreError(
                .misconfigured,
                "\(place) shows a certificate that this machine does not trust (\(said)): check "
                    + "the endpoint, or install its authority's certificate.")
        case .tooLong, .invalidAnswer, .stopped:
            return ObjectStoreError(
                .invalidAnswer,
                "\(place) answers what a bucket's server does not (\(said)): check its endpoint.")
        case .misuse:
            return ObjectStoreError(
                .misconfigured, "\(place) cannot be asked (\(said)): check its endpoint.")
        case .cancelled:
            return Self.cancelled
        }
    }

    static let cancelled = ObjectStoreError(.cancelled, "The transfer was cancelled.")

    func pause(afterFailures failures: Int) async throws(ObjectStoreError) {
        do {
            try await Task.sleep(
                for: patience.pause(afterFailures: failures, random: .random(in: 0..<1)))
        } catch {
            throw Self.cancelled
        }
    }

    private func send(_ signed: SignedRequest) async throws(ObjectStoreError) -> HTTPAnswer {
        let call = try gate.begin()
        do throws(HTTPFailure) {
            let answer = try await client.send(
                signed.request, limits: patience.answerLimits, mostBytes: Self.mostAnswerBytes)
            call.end(failure: Refusal.isPassing(answer.status) ? "status \(answer.status)" : nil)
            return answer
        } catch {
            let meaning = self.error(error)
            call.end(failure: meaning.healthFailure)
            throw meaning
        }
    }
}
