package io.postgresloader.testing;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Values that stand for a patient's, and all the ways in which one of them could be printed. */
public final class Canary {
    /** Fits an {@code int} and nothing smaller. */
    public static final int NUMBER = 1_770_777_077;

    /** What a {@code float} makes of it. */
    private static final int AS_FLOAT = 1_770_777_088;

    public static final String TEXT = "Canary" + NUMBER;
    public static final String PARTIAL_DATE = "7771-00-13";
    public static final String DAY = "7771-12-07";
    public static final String TIME = "777:07:07";
    public static final String FRACTION = "07:07:07.777077";
    public static final String UUID = "00000000-0000-4000-8000-" + NUMBER + "00";
    public static final String INET4 = "177.7.70.77";
    public static final String INET6 = "2001:db8::1770:7770:7700";

    /** Characters shown on each side of a sighting. */
    private static final int CONTEXT = 120;

    private static final List<String> FORMS = Stream.of(
                    Stream.of("Canary", String.valueOf(NUMBER), String.valueOf(AS_FLOAT), "1,770,777", "1.770777"),
                    Stream.of(PARTIAL_DATE, DAY, TIME, FRACTION, INET4, "1770:7770"),
                    Stream.of(Integer.toBinaryString(NUMBER), Integer.toHexString(NUMBER)),
                    Stream.of("Canary", "canary", "CANARY", String.valueOf(NUMBER))
                            .map(Canary::hex),
                    Stream.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN).map(Canary::doubleHex),
                    base64())
            .flatMap(forms -> forms)
            .map(form -> form.toLowerCase(Locale.ROOT))
            .distinct()
            .toList();

    private Canary() {}

    /** Where the text shows one of the values in any form; empty when it is clean. */
    public static List<String> sightings(String text) {
        String lower = text.toLowerCase(Locale.ROOT);
        return FORMS.stream()
                .filter(lower::contains)
                .map(form -> {
                    int at = lower.indexOf(form);
                    return form + " in: "
                            + text.substring(
                                    Math.max(0, at - CONTEXT), Math.min(text.length(), at + form.length() + CONTEXT));
                })
                .collect(Collectors.toList());
    }

    private static String hex(String text) {
        return HexFormat.of().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }

    /** As spatial values hold it. */
    private static String doubleHex(ByteOrder order) {
        return HexFormat.of()
                .formatHex(ByteBuffer.allocate(Double.BYTES)
                        .order(order)
                        .putDouble(NUMBER)
                        .array());
    }

    /** The part that does not depend on what comes before and after, for each of the three ways to be aligned. */
    private static Stream<String> base64() {
        return IntStream.range(0, 3).mapToObj(before -> {
            byte[] bytes = (" ".repeat(before) + TEXT).getBytes(StandardCharsets.UTF_8);
            String encoded = Base64.getEncoder().withoutPadding().encodeToString(bytes);
            return encoded.substring(before == 0 ? 0 : 4, encoded.length() - 4);
        });
    }
}
