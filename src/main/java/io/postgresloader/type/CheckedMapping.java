package io.postgresloader.type;

/**
 * Another target type than the default one. PostgreSQL converts the text, or refuses the row; the check refuses what it
 * would take but change: it rounds, cuts blanks and drops times of day without a word.
 *
 * @param mapping how the value is selected and written
 * @param check what of it the target would lose
 */
record CheckedMapping(String targetType, TypeMapping mapping, Check check) implements TypeMapping {
    /** Looks whether the target's type holds a value whole. */
    interface Check {
        /** What PostgreSQL itself refuses or keeps needs no check. */
        Check NONE = value -> {};

        /** @throws RejectedValueException when something of it would be lost */
        void check(byte[] value) throws RejectedValueException;

        default Check and(Check other) {
            return value -> {
                check(value);
                other.check(value);
            };
        }
    }

    @Override
    public String select(String quotedColumn) {
        return mapping.select(quotedColumn);
    }

    @Override
    public void encode(byte[] value, CopyBuffer out) throws RejectedValueException {
        check.check(value);
        mapping.encode(value, out);
    }
}
