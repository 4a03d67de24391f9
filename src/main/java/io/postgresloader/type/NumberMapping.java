package io.postgresloader.type;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/**
 * A number in plain decimal digits, for target types that do not accept every notation: {@code 5.00} becomes 5, and
 * {@code 1e20} is written with twenty zeros.
 *
 * @param mapping selects the value
 * @param floating whether the value is a FLOAT, which is written in its shortest decimal form: 0.1, not
 *     0.10000000149011612
 * @param decimals the maximum number of digits after the decimal point, possibly negative; a number with more becomes a
 *     dead letter
 */
record NumberMapping(String targetType, TypeMapping mapping, boolean floating, int decimals) implements TypeMapping {
    /** More decimals than any source type prints. */
    static final int ANY_DECIMALS = 2000;

    @Override
    public String select(String quotedColumn) {
        return mapping.select(quotedColumn);
    }

    @Override
    public void encode(byte[] value, CopyBuffer out) throws UnstorableValueException {
        out.append(converted(value).getBytes(StandardCharsets.US_ASCII));
    }

    /** The number in the notation of the target. */
    String converted(byte[] value) throws UnstorableValueException {
        String text = new String(value, StandardCharsets.US_ASCII);
        BigDecimal number = new BigDecimal(floating ? Float.toString((float) Double.parseDouble(text)) : text);
        if (number.signum() == 0 && text.startsWith("-")) {
            throw new UnstorableValueException("22003", "the number is minus zero, which the target type cannot store");
        }
        if (number.signum() != 0 && number.stripTrailingZeros().scale() > decimals) {
            throw new UnstorableValueException("22003", "the number has more decimals than the target type");
        }
        return (decimals == 0 ? number.setScale(0) : number).toPlainString();
    }
}
