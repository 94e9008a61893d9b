import HTTPTypes
import NIOCore
import NIOHTTP1
import NIOHTTPTypes

/// Gives the answer to what is no HTTP the shape of every other error: the server itself answers it,
/// with an empty body.
final class FaultAnswer: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let reply: @Sendable (_ isTooLong: Bool) -> (HTTPReply, correlationID: String)
    private var fault: HTTPParserError?

    init(
        reply: @escaping @Sendable (_ isTooLong: Bool) -> (HTTPReply, correlationID: String)
    ) {
        self.reply = reply
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) {
        fault = error as? HTTPParserError
        context.fireErrorCaught(error)
    }

    func write(
        context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?
    ) {
        guard case .head(var head) = unwrapOutboundIn(data), head.status == .badRequest,
            let fault
        else { return context.write(data, promise: promise) }
        let (answer, correlationID) = reply(fault == .headerOverflow)
        head.status = .init(code: answer.status)
        head.headerFields[.contentType] = answer.contentType
        head.headerFields[.contentLength] = "\(answer.body.count)"
        head.headerFields[.connection] = "close"
        if let name = HTTPService.correlationHeader { head.headerFields[name] = correlationID }
        context.write(wrapOutboundOut(.head(head)), promise: promise)
        context.write(
            wrapOutboundOut(.body(ByteBuffer(bytes: answer.body))), promise: nil)
    }
}
