package io.postgresloader.faults;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/**
 * The key of a row in the storm.
 *
 * @param where a condition for MariaDB that finds the row
 * @param shown the key as a comparison names it
 */
record Key(String where, String shown) {
    static Key of(long id) {
        return new Key("Id = " + id, String.valueOf(id));
    }

    static Key of(int chair, String code) {
        return new Key("Chair = " + chair + " AND Code = '" + code + "'", chair + ", " + hex(code));
    }

    private static String hex(String text) {
        return HexFormat.of().withUpperCase().formatHex(text.getBytes(StandardCharsets.UTF_8));
    }
}
