import Mail
import Probes

/// Mail over SMTP.
struct MailSender: AlertSender {
    let channel = AlertChannel.email
    let mostNews = 500
    let settings: MailSettings
    let mailer: Mailer

    var breakerKey: String { "smtp:\(settings.host)" }

    func send(_ message: AlertMessage) async throws(DeliveryFailure) {
        let text = AlertText(message: message)
        let mail = MailMessage(
            from: settings.from, to: settings.to, subject: text.headline,
            body: text.body.joined(separator: "\n") + "\n",
            id: "\(message.key)@syncconsole", date: message.now.microseconds / 1_000_000)
        do throws(MailFailure) {
            try await mailer.send(mail)
        } catch {
            throw DeliveryFailure("mail: \(error.description)")
        }
    }
}
