import SyncEngine
import Testing

@testable import SyncConsole

@Suite("Configured alerts")
struct ConfigurationAlertTests {
    @Test("name the ways out, secrets by reference, and whom to call")
    func read() throws {
        let configuration = try ConfigurationFixture.load(
            """
            environment: production
            alerts:
              slack: { url: env:HOOK }
              email:
                host: smtp.example.org
                port: 2525
                user: env:SMTP_USER
                password: file:/etc/smtp
                from: syncconsole@example.org
                to: [oncall@example.org, night@example.org]
              pagerduty: { routing_key: env:KEY }
              dead_man.url: https://ping.example.org/abc
            contacts:
              - { system: PYXIS, name: Catalog desk, email: catalog@example.org, phone: "+34 91" }
            """,
            variables: [
                "HOOK": "https://hooks.example.org/T0/B0/x", "SMTP_USER": "sync", "KEY": "R0UT1NG",
            ], files: ["/etc/smtp": "s3cret\n"])
        let settings = configuration.alertSettings
        #expect(settings.environment == "production")
        #expect(settings.routes.slackURL == "https://hooks.example.org/T0/B0/x")
        #expect(
            settings.routes.mail
                == MailSettings(
                    host: "smtp.example.org", port: 2_525, security: .startTLS, user: "sync",
                    password: "s3cret", from: "syncconsole@example.org",
                    to: ["oncall@example.org", "night@example.org"]))
        #expect(settings.routes.pagerDuty?.routingKey == "R0UT1NG")
        #expect(settings.routes.deadManURL == "https://ping.example.org/abc")
        #expect(settings.contacts == ["PYXIS": "Catalog desk, catalog@example.org, +34 91"])
        let lines = EffectiveConfiguration.lines(of: configuration).map { "\($0.key)=\($0.value)" }
        #expect(lines.contains("alerts.slack.url=env:HOOK"))
        #expect(!lines.contains { $0.contains("s3cret") || $0.contains("R0UT1NG") })
    }

    @Test("take the seed's variable for Slack")
    func variable() throws {
        let configuration = try ConfigurationFixture.load(
            variables: ["SLACK_WEBHOOK_URL": "https://hooks.example.org/x"])
        #expect(configuration.alertSettings.routes.slackURL == "https://hooks.example.org/x")
        #expect(try ConfigurationFixture.load().alertSettings.routes == AlertRoutes())
    }

    @Test(
        "say what is wrong, and what to write",
        arguments: [
            (
                "slack.url: https://hooks.example.org/x",
                "alerts.slack.url is secret: keep it in a variable or a file and write env:NAME or"
                    + " file:PATH"
            ),
            (
                "email: { host: smtp.example.org, from: me, to: [a@example.org] }",
                "alerts.email.from must be an address, such as a@example.org"
            ),
            (
                "email: { host: smtp.example.org, from: a@example.org }",
                "alerts.email.to must be addresses, such as [oncall@example.org]"
            ),
            (
                "email: { hots: smtp.example.org }",
                "alerts.email.hots is not a key; did you mean alerts.email.host?"
            ),
            (
                "email: { host: smtp.example.org, from: a@b.c, to: [a@b.c], user: x, tls: none }",
                "alerts.email.tls must be starttls or tls where a password is sent"
            ),
            (
                "pagerduty.url: ftp://x",
                "alerts.pagerduty.url must lead to http://… or https://…, without a user"
            ),
        ])
    func faults(yaml: String, sentence: String) {
        let problems = ConfigurationFixture.problems("alerts:\n  \(yaml)\n")
        #expect(problems.contains { $0.hasSuffix(sentence) }, "\(problems)")
    }

    @Test("read a team's own rules, and name the line of what is wrong with them")
    func rules() throws {
        let yaml = "alerts: { rules_file: ~/rules.yaml }"
        let configuration = try ConfigurationFixture.load(
            yaml,
            files: [
                "/home/ana/rules.yaml":
                    "alerts: [ { name: mine, condition: parked_events > 9, severity: INFO } ]"
            ])
        #expect(configuration.alertRules["mine"]?.conditionText == "parked_events > 9")
        #expect(configuration.alertRules["consumer_lag_high"] != nil)
        #expect(
            ConfigurationFixture.problems(
                yaml,
                files: [
                    "/home/ana/rules.yaml": """
                    alerts:
                      - name: mine
                        condition: parked_event > 9
                        severity: INFO
                    """
                ]) == [
                    "/home/ana/rules.yaml:3: condition: 'parked_event' is not a signal; "
                        + "did you mean parked_events?"
                ])
        #expect(
            ConfigurationFixture.problems(yaml) == [
                "/etc/syncconsole/config.yaml:1: alerts.rules_file: /home/ana/rules.yaml does not exist"
            ])
    }
}
