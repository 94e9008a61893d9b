import FoundationEssentials
import HTTPClient
import Synchronization

/// Calls the engine's API, and waits where the engine says that it is too much.
package final class EngineClient: Sendable {
    /// As whom a call is made.
    package enum Caller: Sendable {
        /// With the API key: the operator's side.
        case apiKey
        /// With the agent's token.
        case agent
    }

    /// Why there is no good answer.
    package enum Failure: Error, Sendable, CustomStringConvertible {
        /// Nothing came back, or 5xx: worth another attempt.
        case unreachable(String)
        /// The engine has decided against it.
        case refused(status: Int, String)

        package var description: String {
            switch self {
            case .unreachable(let words): words
            case .refused(let status, let words): "\(status) \(words)"
            }
        }
    }

    /// The longest wait that is obeyed; a limit's window is a minute.
    private static let longestWait = 120

    private let base: String
    private let apiKey: String
    private let token: String
    private let client = HTTPClient()
    private let limited = Mutex(0)
    private let sleep: @Sendable (Duration) async throws -> Void

    /// - Parameter base: where the engine is, such as `http://127.0.0.1:8787`.
    package init(
        base: String, apiKey: String, token: String,
        sleep: @escaping @Sendable (Duration) async throws -> Void = {
            try await Task.sleep(for: $0)
        }
    ) {
        self.base = base.hasSuffix("/") ? String(base.dropLast()) : base
        self.apiKey = apiKey
        self.token = token
        self.sleep = sleep
    }

    /// How often the engine said 429.
    package var limitedTimes: Int { limited.withLock { $0 } }

    /// Makes a call; after 429 waits as long as the engine says and makes it again.
    ///
    /// - Returns: the body of a 2xx.
    /// - Throws: `Failure`, or `CancellationError` while it waits.
    @discardableResult
    package func call(
        _ method: String, _ path: String, as caller: Caller,
        body: (any Encodable & Sendable)? = nil,
        correlationID: String? = nil
    ) async throws -> [UInt8] {
        var headers: [(name: String, value: String)] = [
            caller == .agent ? ("Authorization", "Bearer \(token)") : ("X-API-Key", apiKey)
        ]
        if let correlationID { headers.append(("X-Correlation-ID", correlationID)) }
        if body != nil { headers.append(("Content-Type", "application/json")) }
        var request = HTTPRequest(method, base + path, headers: headers)
        if let body { request.body = try WireJSON.bytes(body) }
        while true {
            let answer: HTTPAnswer
            do {
                answer = try await client.send(
                    request, limits: HTTPLimits(connect: .seconds(5), total: .seconds(60)),
                    mostBytes: 16 << 20)
            } catch {
                try Task.checkCancellation()
                throw Failure.unreachable(error.description)
            }
            switch answer.status {
            case 200..<300: return answer.body
            case 429:
                limited.withLock { $0 += 1 }
                let seconds = answer.head["retry-after"].flatMap { Int($0) } ?? 1
                try await sleep(.seconds(min(max(seconds, 1), Self.longestWait)))
            case 500...: throw Failure.unreachable("\(answer.status) \(Self.words(answer.body))")
            default:
                throw Failure.refused(status: answer.status, Self.words(answer.body))
            }
        }
    }

    /// The message of the engine's error, or the beginning of whatever it says.
    private static func words(_ body: [UInt8]) -> String {
        struct Shape: Decodable {
            struct Inner: Decodable {
                let message: String
            }
            let error: Inner
        }
        if let shape = try? WireJSON.read(Shape.self, body) { return shape.error.message }
        return String(decoding: body.prefix(200), as: UTF8.self)
    }
}
