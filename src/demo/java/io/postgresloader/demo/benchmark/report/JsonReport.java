package io.postgresloader.demo.benchmark.report;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.postgresloader.demo.benchmark.measure.Cost;
import io.postgresloader.demo.benchmark.measure.Quantity;

/** Writes a report as JSON, with each round of each figure. */
public final class JsonReport {
    private static final ObjectMapper JSON = new ObjectMapper();

    private JsonReport() {}

    public static String text(Report report) {
        ObjectNode root = JSON.createObjectNode();
        root.put("at", report.at().toString());
        root.put("rounds", report.rounds());
        ObjectNode setup = root.putObject("setup");
        report.setup().forEach(setup::put);
        ArrayNode figures = root.putArray("figures");
        report.figures().forEach(figure -> add(figures.addObject(), figure));
        ArrayNode notes = root.putArray("notes");
        report.notes().forEach(notes::add);
        try {
            return JSON.writerWithDefaultPrettyPrinter().writeValueAsString(root);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report is not JSON", e);
        }
    }

    private static void add(ObjectNode node, Figure figure) {
        node.put("engine", figure.name().engine());
        node.put("work", figure.name().work());
        node.put("program", figure.name().program());
        node.put("rows", figure.rows());
        add(node.putObject("median"), figure.median());
        figure.ratio(Quantity.SECONDS).ifPresent(ratio -> node.put("of_the_floor", ratio));
        figure.ratio(Quantity.TARGET_CPU).ifPresent(ratio -> node.put("backend_of_the_floor", ratio));
        ArrayNode ratios = node.putArray("of_the_floor_by_round");
        figure.ratios(Quantity.SECONDS).forEach(ratios::add);
        ArrayNode rounds = node.putArray("by_round");
        figure.costs().forEach(cost -> add(rounds.addObject(), cost));
    }

    private static void add(ObjectNode node, Cost cost) {
        cost.values().forEach((quantity, value) -> node.put(quantity.key(), value));
    }
}
