/// What `NOTIFY` sent to a channel that the connection listens to.
package struct PostgresNotification: Sendable, Equatable {
    package let channel: String
    package let payload: String
    /// The process id of the server process that sent it.
    package let pid: Int32
}
