import Hummingbird
import NIOCore

/// What is known of a request's connection.
struct EdgeContext: RequestContext {
    var coreContext: CoreRequestContextStorage
    /// Without the port; empty for what is no internet address.
    let peer: String

    init(source: ApplicationRequestContextSource) {
        coreContext = .init(source: source)
        peer = source.channel.remoteAddress?.ipAddress ?? ""
    }
}
