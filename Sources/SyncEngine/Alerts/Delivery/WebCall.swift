import HTTPClient
import Probes

/// Posts JSON to a service outside, and says what came of it without naming the address, which may be
/// the secret itself.
struct WebCall: Sendable {
    let client: HTTPClient
    /// For the whole call.
    var patience: Duration = .seconds(30)

    func post(_ body: JSONValue, to url: String, who: String) async throws(DeliveryFailure) {
        let request = HTTPRequest(
            "POST", url, headers: [("Content-Type", "application/json")],
            body: Array(JSONWriter.text(body).utf8))
        try await send(request, who: who)
    }

    func get(_ url: String, who: String) async throws(DeliveryFailure) {
        try await send(HTTPRequest("GET", url), who: who)
    }

    private func send(_ request: HTTPRequest, who: String) async throws(DeliveryFailure) {
        let limits = HTTPLimits(
            connect: min(patience, .seconds(10)), stall: patience, stallBytes: 1, total: patience)
        let answer: HTTPAnswer
        do {
            answer = try await client.send(request, limits: limits, mostBytes: 65_536)
        } catch {
            throw DeliveryFailure("\(who): \(error.message)")
        }
        guard !(200..<300).contains(answer.status) else { return }
        let said = OneLine.clean(answer.text, limit: 120)
        let words = "\(who) answered \(answer.status)" + (said.isEmpty ? "" : ": \(said)")
        let wait = answer.head["retry-after"].flatMap { Int64($0) }
            .map { Duration.seconds(min(max($0, 1), 3_600)) }
        throw DeliveryFailure(words, isFinal: answer.status == 400, retryAfter: wait)
    }
}
