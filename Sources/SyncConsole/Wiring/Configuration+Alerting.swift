import SyncEngine

extension Configuration {
    /// What telling people needs.
    var alertSettings: AlertSettings {
        AlertSettings(
            rules: alertRules, environment: environment, routes: alertRoutes,
            policy: DeliveryPolicy(messagesPerHour: alerts.messagesPerHour), contacts: contacts)
    }

    private var alertRoutes: AlertRoutes {
        AlertRoutes(
            slackURL: alerts.slack?.value,
            mail: alerts.email.map {
                MailSettings(
                    host: $0.host, port: $0.port, security: $0.security, user: $0.user?.value,
                    password: $0.password?.value, from: $0.from, to: $0.to)
            },
            pagerDuty: alerts.pagerDuty.map {
                AlertRoutes.PagerDuty(url: $0.url, routingKey: $0.routingKey.value)
            },
            deadManURL: alerts.deadMan?.value)
    }
}
