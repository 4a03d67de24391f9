package io.postgresloader.testing;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/** The numbers at which a type, its text or its neighbours end. */
final class EdgeNumbers {
    /** What a double cannot hold: an integer that is converted through one loses digits. */
    private static final BigInteger BEYOND_DOUBLE = BigInteger.TWO.pow(53).add(BigInteger.ONE);

    static final List<String> DOUBLES = List.of(
            "-1.7976931348623157e308",
            "1.7976931348623157e308",
            "2.2250738585072014e-308",
            "-2.2250738585072014e-308",
            "5e-324",
            "-5e-324",
            "-0e0",
            "0",
            "-1",
            "1",
            "0.1",
            "0.30000000000000004",
            "3.141592653589793",
            "1e-5",
            "1.5e-7",
            "1e14",
            "1e15",
            "1e16",
            "1e22",
            "1e23",
            "9007199254740993");

    static final List<String> FLOATS = List.of(
            "-3.4028234663852886e38",
            "3.4028234663852886e38",
            "1.1754943508222875e-38",
            "1.401298464324817e-45",
            "-0e0",
            "0",
            "-1",
            "0.1",
            "0.333333333",
            "16777216",
            "-16777215",
            "1e-7",
            "1e10",
            "1e15");

    private EdgeNumbers() {}

    static List<String> integers(int bits, boolean unsigned) {
        BigInteger least =
                unsigned ? BigInteger.ZERO : BigInteger.TWO.pow(bits - 1).negate();
        BigInteger greatest = BigInteger.TWO.pow(unsigned ? bits : bits - 1).subtract(BigInteger.ONE);
        List<BigInteger> edges = new ArrayList<>(List.of(least, greatest, BigInteger.ZERO, BigInteger.ONE));
        edges.addAll(List.of(BigInteger.ONE.negate(), BEYOND_DOUBLE, BEYOND_DOUBLE.negate()));
        return edges.stream()
                .filter(value -> value.compareTo(least) >= 0 && value.compareTo(greatest) <= 0)
                .distinct()
                .map(BigInteger::toString)
                .toList();
    }
}
