import NIOCore
import NIOHTTPTypes
import Synchronization

/// The open connections, and which of them has kept the server waiting the longest.
///
/// A thousand clients that connect and say nothing must not shut out the one that asks: when it gets
/// crowded, whoever has been silent longest is let go. A connection whose request has been read whole
/// is never let go: it is answered.
final class ConnectionCrowd: Sendable {
    private struct Member {
        var channel: any Channel
        /// Counts up: the smaller, the longer it has been waited for. Nil while it is served.
        var waitsSince: UInt64?
    }

    private struct Inside {
        var members: [ObjectIdentifier: Member] = [:]
        var clock: UInt64 = 0
    }

    /// From so many connections on, somebody has to go.
    private let mostConnections: Int
    private let inside = Mutex(Inside())

    init(mostConnections: Int) {
        self.mostConnections = mostConnections
    }

    /// A connection was opened. It is waited for.
    func enter(_ channel: any Channel) {
        let silent: (any Channel)? = inside.withLock { inside in
            inside.clock += 1
            inside.members[ObjectIdentifier(channel)] = Member(
                channel: channel, waitsSince: inside.clock)
            guard inside.members.count > mostConnections else { return nil }
            let oldest = inside.members.min {
                ($0.value.waitsSince ?? .max) < ($1.value.waitsSince ?? .max)
            }
            guard let oldest, oldest.value.waitsSince != nil else { return nil }
            inside.members[oldest.key] = nil
            return oldest.value.channel
        }
        silent?.close(promise: nil)
    }

    func leave(_ channel: any Channel) {
        inside.withLock { $0.members[ObjectIdentifier(channel)] = nil }
    }

    /// Its request has come whole.
    func isServed(_ channel: any Channel) {
        inside.withLock { $0.members[ObjectIdentifier(channel)]?.waitsSince = nil }
    }

    /// It has its answer; the next request is waited for.
    func waits(_ channel: any Channel) {
        inside.withLock { inside in
            inside.clock += 1
            inside.members[ObjectIdentifier(channel)]?.waitsSince = inside.clock
        }
    }
}

/// Tells the crowd what becomes of one connection.
final class CrowdHandler: ChannelDuplexHandler, RemovableChannelHandler {
    typealias InboundIn = HTTPRequestPart
    typealias InboundOut = HTTPRequestPart
    typealias OutboundIn = HTTPResponsePart
    typealias OutboundOut = HTTPResponsePart

    private let crowd: ConnectionCrowd
    private var hasEntered = false

    init(_ crowd: ConnectionCrowd) {
        self.crowd = crowd
    }

    func handlerAdded(context: ChannelHandlerContext) {
        if context.channel.isActive { enter(context) }
    }

    func channelActive(context: ChannelHandlerContext) {
        enter(context)
        context.fireChannelActive()
    }

    func channelInactive(context: ChannelHandlerContext) {
        crowd.leave(context.channel)
        context.fireChannelInactive()
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        if case .end = unwrapInboundIn(data) { crowd.isServed(context.channel) }
        context.fireChannelRead(data)
    }

    func write(
        context: ChannelHandlerContext, data: NIOAny, promise: EventLoopPromise<Void>?
    ) {
        if case .end = unwrapOutboundIn(data) { crowd.waits(context.channel) }
        context.write(data, promise: promise)
    }

    private func enter(_ context: ChannelHandlerContext) {
        guard !hasEntered else { return }
        hasEntered = true
        crowd.enter(context.channel)
    }
}
