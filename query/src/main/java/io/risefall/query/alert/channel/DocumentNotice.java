package io.risefall.query.alert.channel;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A document, such as a report, or a summary of alerts.
 *
 * @param subject one line; its text may be from outside
 * @param text all of it as plain text
 * @param html the same as a page; empty: text only
 * @param link where it is to be looked at; null: not known
 */
public record DocumentNotice(
        String deliveryId,
        String subject,
        String text,
        String html,
        List<Attachment> attachments,
        @Nullable String link)
        implements Outgoing {
    public DocumentNotice {
        attachments = List.copyOf(attachments);
    }

    /**
     * A file that goes with it, where the receiver takes files.
     *
     * @param contentType such as {@code text/html; charset=utf-8}
     */
    @SuppressWarnings("ArrayRecordComponent") // only sent
    public record Attachment(String name, String contentType, byte[] content) {}
}
