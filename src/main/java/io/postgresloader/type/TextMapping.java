package io.postgresloader.type;

import io.postgresloader.model.ValuePolicies;
import java.util.Arrays;
import java.util.Optional;

/**
 * Text of any length, as UTF-8. The source sends the stored bytes of a column, so that invalid text is detected here
 * instead of being silently replaced by the server. PostgreSQL cannot store a NUL character.
 *
 * <p>Text in another character set is converted by the source: see {@link TextConversion}.
 *
 * @param conversion what the source does with the text; empty if it is UTF-8 there
 * @param longest the maximum number of characters of the target type; PostgreSQL would truncate trailing blanks beyond
 *     it
 */
record TextMapping(String targetType, Optional<TextConversion> conversion, ValuePolicies policies, int longest)
        implements TypeMapping {
    static final int UNLIMITED = Integer.MAX_VALUE;

    /** @param characterSet the column's character set, as the source names it; empty if the type is always UTF-8 */
    static TextMapping of(String targetType, Optional<String> characterSet, ValuePolicies policies) {
        return new TextMapping(targetType, TextConversion.of(characterSet), policies, UNLIMITED);
    }

    static TextMapping utf8(String targetType, ValuePolicies policies) {
        return of(targetType, Optional.empty(), policies);
    }

    /** The same mapping for another target type. */
    TextMapping into(String otherType, int characters) {
        return new TextMapping(otherType, conversion, policies, characters);
    }

    @Override
    public String select(String column) {
        return conversion.map(c -> c.select(column)).orElse(column);
    }

    @Override
    public void encode(byte[] value, CopyBuffer out) throws UnstorableValueException {
        encode(value, 0, value.length, out);
    }

    @Override
    public void encode(byte[] bytes, int from, int length, CopyBuffer out) throws UnstorableValueException {
        // Nearly every text is plain, and cannot have more characters than bytes.
        if (length <= longest && out.appendPlain(bytes, from, length)) {
            return;
        }
        encodeOther(Arrays.copyOfRange(bytes, from, from + length), out);
    }

    private void encodeOther(byte[] value, CopyBuffer out) throws UnstorableValueException {
        byte[] text = value;
        if (invalid(value)) {
            text = replaced(value);
            out.countTextReplaced();
        }
        if (Utf8.hasNul(text)) {
            text = stripped(text);
            out.countNulStripped();
        }
        if (text.length > longest && Utf8.characters(text) > longest) {
            throw new UnstorableValueException("22001", "the value is longer than the column");
        }
        out.appendEscaped(text);
    }

    private boolean invalid(byte[] text) {
        return conversion.isPresent() ? conversion.get().invalid(text) : !Utf8.valid(text);
    }

    private byte[] replaced(byte[] text) throws UnstorableValueException {
        if (conversion.isPresent() && conversion.get().tooLong(text)) {
            throw new UnstorableValueException(
                    "54000",
                    "the text is too long for the source to convert: raise max_allowed_packet there to more than the"
                            + " longest text, counted in the bytes of its character set and of UTF-8");
        }
        if (policies.invalidText() == ValuePolicies.InvalidText.REJECT) {
            throw new UnstorableValueException("22021", "the text is not valid in its character set");
        }
        return conversion.isPresent() ? conversion.get().repaired(text) : Utf8.repaired(text);
    }

    private byte[] stripped(byte[] text) throws UnstorableValueException {
        if (policies.nulCharacters() == ValuePolicies.NulCharacters.REJECT) {
            throw new UnstorableValueException("22021", "the text has a NUL character, which PostgreSQL cannot store");
        }
        return Utf8.withoutNul(text);
    }
}
