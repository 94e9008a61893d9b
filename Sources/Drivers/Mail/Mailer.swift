import Threads

/// Hands mail to one SMTP server, through libcurl, each message on a thread of its own.
package struct Mailer: Sendable {
    package enum Security: Sendable, Equatable {
        /// STARTTLS, and nothing is said in the clear if the server does not know it.
        case startTLS
        case tls
        case none
    }

    package var host: String
    package var port: Int
    package var security: Security
    package var user: String?
    package var password: String?
    /// For the whole conversation.
    package var patience: Duration

    package init(
        host: String, port: Int, security: Security, user: String? = nil, password: String? = nil,
        patience: Duration = .seconds(30)
    ) {
        self.host = host
        self.port = port
        self.security = security
        self.user = user
        self.password = password
        self.patience = patience
    }

    /// Returns once the server has taken the message. Cancelling does not end a conversation that has
    /// begun; `patience` does.
    package func send(_ message: MailMessage) async throws(MailFailure) {
        let conversation = MailConversation(mailer: self, message: message)
        try await OwnThread.run(named: "smtp") { () throws(MailFailure) in try conversation.hold() }
    }

    /// Where libcurl connects to.
    var url: String {
        let name = host.contains(":") ? "[\(host)]" : host
        return "\(security == .tls ? "smtps" : "smtp")://\(name):\(port)/syncconsole"
    }
}

/// Why a server has not taken a message. One line, without a password.
package struct MailFailure: Error, Sendable, Equatable, CustomStringConvertible {
    package let description: String

    package init(_ description: String) {
        self.description = description
    }
}
