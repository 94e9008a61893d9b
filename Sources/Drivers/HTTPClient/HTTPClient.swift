import Synchronization
import Threads

/// Speaks HTTP through libcurl: TLS verified, no redirect followed, each transfer on a thread of its
/// own, connections kept for the next request. May be used by many tasks at once.
package final class HTTPClient: Sendable {
    private static let mostIdleSessions = 4

    private let idle = Mutex<[CurlSession]>([])

    package init() {}

    /// Sends a request and takes the whole answer into memory, whatever its status.
    ///
    /// - Parameter mostBytes: a longer answer is the failure `tooLong`.
    package func send(
        _ request: HTTPRequest, limits: HTTPLimits, mostBytes: Int = 1_048_576
    ) async throws(HTTPFailure) -> HTTPAnswer {
        let body = BodyBuffer(mostBytes: mostBytes)
        do throws(HTTPFailure) {
            let head = try await stream(request, limits: limits, into: body)
            return HTTPAnswer(head: head, body: body.bytes)
        } catch {
            guard error.kind == .stopped else { throw error }
            throw HTTPFailure(.tooLong, "The answer is longer than \(mostBytes) bytes")
        }
    }

    /// Sends a request and hands the answer over as it comes. Cancelling the task ends it at once.
    package func stream(
        _ request: HTTPRequest, limits: HTTPLimits, into sink: any HTTPSink
    ) async throws(HTTPFailure) -> HTTPHead {
        let cancel = CancelSwitch()
        let result: Result<HTTPHead, HTTPFailure> = await withTaskCancellationHandler {
            do throws(HTTPFailure) {
                return .success(
                    try await OwnThread.run(named: "http") { () throws(HTTPFailure) in
                        try self.run(request, limits, sink, cancel)
                    })
            } catch {
                return .failure(error)
            }
        } onCancel: {
            cancel.cancel()
        }
        return try result.get()
    }

    private func run(
        _ request: HTTPRequest, _ limits: HTTPLimits, _ sink: any HTTPSink, _ cancel: CancelSwitch
    ) throws(HTTPFailure) -> HTTPHead {
        guard let session = idle.withLock({ $0.popLast() }) ?? CurlSession() else {
            throw HTTPFailure(.misuse, "libcurl could not be started: out of memory")
        }
        defer {
            idle.withLock { idle in
                if idle.count < Self.mostIdleSessions { idle.append(session) }
            }
        }
        return try Transfer(request, limits: limits, session: session, sink: sink, cancel: cancel)
            .run()
    }
}

/// Keeps an answer in memory, up to a bound.
private final class BodyBuffer: HTTPSink {
    private let mostBytes: Int
    private let collected = Mutex<[UInt8]>([])

    init(mostBytes: Int) {
        self.mostBytes = mostBytes
    }

    var bytes: [UInt8] { collected.withLock { $0 } }

    func begin(_ head: HTTPHead) -> Bool { true }

    func take(_ bytes: UnsafeRawBufferPointer) -> Bool {
        collected.withLock { collected in
            guard collected.count + bytes.count <= mostBytes else { return false }
            collected.append(contentsOf: bytes)
            return true
        }
    }
}
