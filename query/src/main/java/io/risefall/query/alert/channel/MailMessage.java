package io.risefall.query.alert.channel;

import io.risefall.query.text.Shortened;
import jakarta.activation.DataHandler;
import jakarta.mail.MessagingException;
import jakarta.mail.Session;
import jakarta.mail.internet.InternetAddress;
import jakarta.mail.internet.MimeBodyPart;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import jakarta.mail.util.ByteArrayDataSource;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Date;
import java.util.List;

/** A mail without recipients: text and HTML of the same words, and files. Mails of one alert belong to one thread. */
final class MailMessage extends MimeMessage {
    private static final String UTF_8 = "UTF-8";

    private final String id;

    private MailMessage(Session session, String id) {
        super(session);
        this.id = id;
    }

    static MimeMessage of(Session session, Outgoing outgoing, InternetAddress from, Instant now)
            throws MessagingException {
        MailMessage mail = new MailMessage(session, messageId(outgoing.deliveryId(), from));
        mail.setFrom(from);
        mail.setSentDate(Date.from(now));
        mail.setSubject(NoticeWords.subject(outgoing), UTF_8);
        mail.setHeader("Auto-Submitted", "auto-generated");
        // Exchange heeds only its own: without it, who is away answers each alert.
        mail.setHeader("X-Auto-Response-Suppress", "All");
        mail.setHeader(HttpTarget.DELIVERY_ID, plain(outgoing.deliveryId()));
        if (outgoing instanceof AlertNotice notice) {
            String thread = messageId(notice.message().alertId(), from);
            mail.setHeader("References", thread);
            if (notice.message().sequence() > 1) {
                mail.setHeader("In-Reply-To", thread);
            }
            mail.setHeader("Importance", NoticeWords.urgency(notice) == 0 ? "high" : "normal");
        }
        mail.setContent(content(outgoing));
        return mail;
    }

    private static MimeMultipart content(Outgoing outgoing) throws MessagingException {
        MimeMultipart both = new MimeMultipart("alternative");
        both.addBodyPart(text(String.join("\r\n", textLines(outgoing)) + "\r\n", "plain"));
        String html = MailHtml.of(outgoing);
        if (!html.isEmpty()) {
            both.addBodyPart(text(html, "html"));
        }
        List<DocumentNotice.Attachment> files =
                outgoing instanceof DocumentNotice document ? document.attachments() : List.of();
        if (files.isEmpty()) {
            return both;
        }
        MimeMultipart all = new MimeMultipart("mixed");
        MimeBodyPart words = new MimeBodyPart();
        words.setContent(both);
        all.addBodyPart(words);
        for (DocumentNotice.Attachment file : files) {
            MimeBodyPart part = new MimeBodyPart();
            part.setDataHandler(new DataHandler(new ByteArrayDataSource(file.content(), file.contentType())));
            part.setFileName(plain(file.name()));
            all.addBodyPart(part);
        }
        return all;
    }

    private static List<String> textLines(Outgoing outgoing) {
        List<String> lines = new ArrayList<>();
        if (outgoing instanceof AlertNotice) {
            lines.add(NoticeWords.subject(outgoing));
            lines.add("");
        }
        lines.addAll(NoticeWords.body(outgoing));
        return lines;
    }

    private static MimeBodyPart text(String text, String subtype) throws MessagingException {
        MimeBodyPart part = new MimeBodyPart();
        part.setText(text, UTF_8, subtype);
        // Lines of any length and bytes of any kind get through everywhere.
        part.setHeader("Content-Transfer-Encoding", "quoted-printable");
        return part;
    }

    private static String messageId(String id, InternetAddress from) {
        String address = from.getAddress();
        return "<" + plain(id) + "@" + plain(address.substring(address.indexOf('@') + 1)) + ">";
    }

    /** What a header may hold as it is. */
    private static String plain(String text) {
        return Shortened.to(text.replaceAll("[^A-Za-z0-9._+-]", "_"), 200);
    }

    @Override
    protected void updateMessageID() throws MessagingException {
        setHeader("Message-ID", id);
    }
}
