/// Takes an answer as it comes. Called on the transfer's thread, in order.
package protocol HTTPSink: AnyObject, Sendable {
    /// The status and headers, once, before any byte. False ends the transfer as `stopped`.
    func begin(_ head: HTTPHead) -> Bool

    /// The next bytes, valid during the call. False ends the transfer as `stopped`.
    func take(_ bytes: UnsafeRawBufferPointer) -> Bool
}
