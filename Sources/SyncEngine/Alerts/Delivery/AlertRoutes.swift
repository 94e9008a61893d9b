import HTTPClient
import Mail

/// Which ways lead to people; a way that is not configured is nil.
package struct AlertRoutes: Sendable, Equatable {
    package struct PagerDuty: Sendable, Equatable {
        package var url: String
        package var routingKey: String

        package init(url: String, routingKey: String) {
            self.url = url
            self.routingKey = routingKey
        }
    }

    /// Slack's incoming webhook: secret.
    package var slackURL: String?
    package var mail: MailSettings?
    package var pagerDuty: PagerDuty?
    /// Called every minute while all is well.
    package var deadManURL: String?
    /// How long one message may take.
    package var patience: Duration

    package init(
        slackURL: String? = nil, mail: MailSettings? = nil, pagerDuty: PagerDuty? = nil,
        deadManURL: String? = nil, patience: Duration = .seconds(30)
    ) {
        self.slackURL = slackURL
        self.mail = mail
        self.pagerDuty = pagerDuty
        self.deadManURL = deadManURL
        self.patience = patience
    }

    package var channels: Set<AlertChannel> {
        var channels: Set<AlertChannel> = []
        if slackURL != nil { channels.insert(.slack) }
        if mail != nil { channels.insert(.email) }
        if pagerDuty != nil { channels.insert(.pagerduty) }
        return channels
    }

    /// One for each channel that is configured.
    func senders(_ client: HTTPClient) -> [any AlertSender] {
        let call = WebCall(client: client, patience: patience)
        var senders: [any AlertSender] = []
        if let slackURL { senders.append(SlackSender(url: slackURL, call: call)) }
        if let mail {
            senders.append(
                MailSender(
                    settings: mail,
                    mailer: Mailer(
                        host: mail.host, port: mail.port, security: mail.security.driver,
                        user: mail.user, password: mail.password, patience: patience)))
        }
        if let pagerDuty {
            senders.append(
                PagerDutySender(
                    url: pagerDuty.url, routingKey: pagerDuty.routingKey, call: call))
        }
        return senders
    }
}

extension MailSettings.Security {
    fileprivate var driver: Mailer.Security {
        switch self {
        case .startTLS: .startTLS
        case .tls: .tls
        case .none: .none
        }
    }
}
