package io.postgresloader.type;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/**
 * A number in plain decimal digits, for targets that do not read every spelling of one: {@code 5.00} is the integer 5,
 * {@code 1e20} has twenty zeros.
 *
 * @param mapping how it is selected
 * @param floating whether it was a FLOAT, whose shortest decimal form it then gets: 0.1 and not 0.10000000149011612
 * @param decimals the most digits after the decimal point, negative as well; a number with more is refused
 */
record NumberMapping(String targetType, TypeMapping mapping, boolean floating, int decimals) implements TypeMapping {
    /** More decimals than any source type prints. */
    static final int ANY_DECIMALS = 2000;

    @Override
    public String select(String quotedColumn) {
        return mapping.select(quotedColumn);
    }

    @Override
    public void encode(byte[] value, CopyBuffer out) throws RejectedValueException {
        out.append(held(value).getBytes(StandardCharsets.US_ASCII));
    }

    /** The number as the target will hold it. */
    String held(byte[] value) throws RejectedValueException {
        String text = new String(value, StandardCharsets.US_ASCII);
        BigDecimal number = new BigDecimal(floating ? Float.toString((float) Double.parseDouble(text)) : text);
        if (number.signum() == 0 && text.startsWith("-")) {
            throw new RejectedValueException("22003", "minus zero, which the target's type does not have");
        }
        if (number.signum() != 0 && number.stripTrailingZeros().scale() > decimals) {
            throw new RejectedValueException("22003", "the number has more decimals than the target's type");
        }
        return (decimals == 0 ? number.setScale(0) : number).toPlainString();
    }
}
