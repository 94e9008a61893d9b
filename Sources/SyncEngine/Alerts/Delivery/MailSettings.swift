/// Which server takes mail, and from whom to whom it goes.
package struct MailSettings: Sendable, Equatable {
    package enum Security: String, Sendable, CaseIterable {
        case startTLS = "starttls"
        case tls
        case none
    }

    package var host: String
    package var port: Int
    package var security: Security
    /// Nil: no login.
    package var user: String?
    package var password: String?
    package var from: String
    package var to: [String]

    package init(
        host: String, port: Int, security: Security, user: String? = nil, password: String? = nil,
        from: String, to: [String]
    ) {
        self.host = host
        self.port = port
        self.security = security
        self.user = user
        self.password = password
        self.from = from
        self.to = to
    }
}
