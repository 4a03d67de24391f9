package io.postgresloader.camel.notify;

import io.postgresloader.tracking.Json;
import io.postgresloader.tracking.Outbox.Delivery;
import io.postgresloader.tracking.Outbox.Message;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Collectors;

/** What a webhook takes. Names and reasons are text in all of them, never markup. */
enum MessageShape {
    /** Flat JSON, for a program. */
    JSON {
        @Override
        Object body(Delivery delivery) {
            Message message = delivery.message();
            Map<String, Object> body = new LinkedHashMap<>();
            body.put("id", delivery.messageId());
            body.put("kind", message.kind());
            body.put("table", message.table().isEmpty() ? null : message.table());
            body.put("tables", message.tables());
            body.put("at", message.at());
            body.put("changes", message.changes());
            body.put("since", message.since());
            body.put("over", message.over());
            body.put("title", message.title());
            body.put("text", delivery.text());
            body.put("counts", message.counts());
            return body;
        }
    },
    /** An incoming webhook of Slack: blocks, and the text that notifications show. */
    SLACK {
        @Override
        Object body(Delivery delivery) {
            return Map.of(
                    "text",
                    slackText(delivery.message().title()),
                    "blocks",
                    List.of(
                            Map.of("type", "section", "text", plain(delivery.text())),
                            Map.of("type", "context", "elements", List.of(plain(footer(delivery))))));
        }
    },
    /** A workflow of Teams that posts an adaptive card. */
    TEAMS {
        @Override
        Object body(Delivery delivery) {
            List<Map<String, Object>> body = List.of(
                    rich(Map.of("type", "TextRun", "text", delivery.message().title(), "weight", "Bolder")),
                    rich(Map.of("type", "TextRun", "text", cut(delivery.text()))),
                    rich(Map.of("type", "TextRun", "text", footer(delivery), "isSubtle", true, "size", "Small")));
            Map<String, Object> card = Map.of(
                    "$schema",
                    "http://adaptivecards.io/schemas/adaptive-card.json",
                    "type",
                    "AdaptiveCard",
                    "version",
                    "1.4",
                    "body",
                    body);
            return Map.of(
                    "type",
                    "message",
                    "attachments",
                    List.of(Map.of("contentType", "application/vnd.microsoft.card.adaptive", "content", card)));
        }
    };

    /** Slack takes 3,000 characters in a block. */
    private static final int LONGEST = 2_900;

    abstract Object body(Delivery delivery);

    static MessageShape of(String word) {
        return valueOf(word.toUpperCase(Locale.ROOT));
    }

    String json(Delivery delivery) {
        return Json.write(body(delivery));
    }

    private static Map<String, Object> plain(String text) {
        return Map.of("type", "plain_text", "text", cut(text), "emoji", false);
    }

    /** A rich text block shows its runs as they are; a text block would take names for Markdown. */
    private static Map<String, Object> rich(Map<String, Object> run) {
        return Map.of("type", "RichTextBlock", "inlines", List.of(run));
    }

    private static String footer(Delivery delivery) {
        String counts = delivery.message().counts().entrySet().stream()
                .map(count -> count.getKey() + " " + count.getValue())
                .collect(Collectors.joining(", "));
        return (counts.isEmpty() ? "" : counts + " · ") + delivery.message().at() + " · " + delivery.messageId();
    }

    private static String slackText(String text) {
        return cut(text).replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;");
    }

    private static String cut(String text) {
        return text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "…";
    }
}
