import NIOCore
import NIOHTTP1

/// Says with each answer whether its connection stays open, and closes it where it does not: after a
/// request of HTTP/1.0 that does not ask for more, one that says `Connection: close`, and an answer
/// that says so itself, as that to a body that is too large does. By RFC 9112, section 9.
///
/// ```
/// open ── an answer says close ──> closing ── its request has come whole ──> closed
/// ```
///
/// A closing connection sends nothing more and throws away what comes, until the request's deadline
/// at most: were it closed with bytes unread, the client's system might throw away the answer.
final class ConnectionPersistence: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPServerRequestPart
    typealias InboundOut = HTTPServerRequestPart
    typealias OutboundIn = HTTPServerResponsePart
    typealias OutboundOut = HTTPServerResponsePart

    private enum State {
        case open
        /// The answer that says so is being written.
        case announced
        case closing
    }

    /// What its answer has to say of the connection.
    private enum Word {
        /// HTTP/1.1 stays open without a word.
        case none
        /// HTTP/1.0 does not.
        case keepAlive
        case close

        init(_ head: HTTPRequestHead) {
            self = !head.isKeepAlive ? .close : head.version == .http1_0 ? .keepAlive : .none
        }
    }

    private var state = State.open
    /// Of the requests that have no answer yet, in their order.
    private var words = CircularBuffer<Word>()
    /// Whether a request has begun to come and has not come whole.
    private var isReading = false

    /// Puts one behind the decoder: further on nobody knows the version of a request.
    static func add(to channel: any Channel) throws {
        let pipeline = channel.pipeline.syncOperations
        let decoder = try pipeline.handler(type: ByteToMessageHandler<HTTPRequestDecoder>.self)
        try pipeline.addHandler(ConnectionPersistence(), position: .after(decoder))
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        switch unwrapInboundIn(data) {
        case .head(var head):
            // Behind an answer that says close nothing is asked any more.
            guard case .open = state else { return }
            isReading = true
            let word = Word(head)
            words.append(word)
            if case .close = word {
                // However it was written, or not at all: whoever reads it stops here.
                head.headers.replaceOrAdd(name: "Connection", value: "close")
            }
            context.fireChannelRead(wrapInboundOut(.head(head)))
        case .body: if isReading { context.fireChannelRead(data) }
        case .end:
            guard isReading else { return }
            isReading = false
            context.fireChannelRead(data)
            if case .closing = state { context.close(promise: nil) }
        }
    }

    func write(
        context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?
    ) {
        if case .closing = state {
            promise?.fail(ChannelError.outputClosed)
            return
        }
        switch unwrapOutboundIn(data) {
        case .head(var head):
            // What is no request is answered too, and more of it may still come.
            if words.isEmpty { isReading = true }
            switch words.popFirst() ?? .close {
            case .none: break
            case .keepAlive where head.headers["Connection"].isEmpty:
                head.headers.add(name: "Connection", value: "keep-alive")
            case .keepAlive: break
            case .close: head.headers.replaceOrAdd(name: "Connection", value: "close")
            }
            if !head.isKeepAlive { state = .announced }
            context.write(wrapOutboundOut(.head(head)), promise: promise)
        case .body: context.write(data, promise: promise)
        case .end:
            guard case .announced = state else { return context.write(data, promise: promise) }
            end(context, data, promise)
        }
    }

    /// Closes once the answer's last byte is gone.
    private func end(
        _ context: ChannelHandlerContext, _ data: NIOAny, _ promise: EventLoopPromise<Void>?
    ) {
        state = .closing
        let written = promise ?? context.eventLoop.makePromise()
        let mode: CloseMode = isReading ? .output : .all
        let channel = context.channel
        written.futureResult.whenSuccess { channel.close(mode: mode, promise: nil) }
        context.writeAndFlush(data, promise: written)
    }
}
