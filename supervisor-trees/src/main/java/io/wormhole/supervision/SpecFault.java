package io.wormhole.supervision;

/**
 * One thing that is wrong with a spec.
 *
 * @param where path of the spec that is wrong, from the supervisor under construction, such as
 *     {@code line7/printer}
 * @param code which rule it breaks
 * @param detail what was found and what is allowed
 */
public record SpecFault(String where, Code code, String detail) {

    /** The rules that a spec can break. */
    public enum Code {
        /** An id or name is empty, too long, or has a slash or a control character. */
        INVALID_ID,
        /** Two children of one supervisor have the same id. */
        DUPLICATE_ID,
        /** The intensity is below zero. */
        INVALID_INTENSITY,
        /** The period is not above zero. */
        INVALID_PERIOD,
        /** A strategy that does not exist. */
        INVALID_STRATEGY,
        /** An auto_shutdown that does not exist. */
        INVALID_AUTO_SHUTDOWN,
        /** A significant child under auto_shutdown never. */
        SIGNIFICANT_UNDER_NEVER,
        /** A significant child that is permanent. */
        SIGNIFICANT_PERMANENT,
        /** A simple_one_for_one supervisor without exactly one template. */
        NOT_ONE_TEMPLATE,
        /** A setting that is missing, unknown or malformed. */
        INVALID_SETTING
    }

    @Override
    public String toString() {
        return where + ": " + detail;
    }
}
