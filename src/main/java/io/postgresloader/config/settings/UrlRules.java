package io.postgresloader.config.settings;

import io.postgresloader.config.Problems;
import java.util.List;

/** Checks the URL of the source or the target. No message shows the URL. */
final class UrlRules {
    /** The parameters on which exact values and short reads depend. */
    private static final List<String> SET_BY_LOADER = List.of(
            "defaultFetchSize",
            "useCursorFetch",
            "useServerPrepStmts",
            "characterSetResults",
            "characterEncoding",
            "connectionTimeZone",
            "serverTimezone",
            "forceConnectionTimeZoneToSession",
            "preserveInstants",
            "tinyInt1isBit",
            "yearIsDateType",
            "zeroDateTimeBehavior",
            "enableEscapeProcessing",
            "processEscapeCodesForPrepStmts",
            "sessionVariables",
            "jdbcCompliantTruncation",
            "allowMultiQueries",
            "transformedBitIsBoolean");

    private static final UrlRules SOURCE = new UrlRules("jdbc:mysql://", "jdbc:mysql://HOST:3306/DATABASE");
    private static final UrlRules TARGET = new UrlRules("jdbc:postgresql:", "jdbc:postgresql://HOST:5432/DATABASE");

    private final String prefix;
    private final String form;

    private UrlRules(String prefix, String form) {
        this.prefix = prefix;
        this.form = form;
    }

    static void checkSource(SettingValue url, Problems problems) {
        if (url.text().startsWith("jdbc:mariadb:")) {
            String allowed = "write " + SOURCE.form + ": MySQL's driver, Connector/J, also connects to MariaDB";
            url.problem("the URL begins with jdbc:mariadb:", allowed, problems);
            return;
        }
        SOURCE.check(url, problems);
        new JdbcUrl(url.text()).parametersAmong(SET_BY_LOADER).forEach(parameter -> {
            String allowed = "remove it: exact values and short reads depend on the loader's value";
            url.problem("the loader sets the URL parameter " + parameter + " itself", allowed, problems);
        });
    }

    static void checkTarget(SettingValue url, Problems problems) {
        TARGET.check(url, problems);
    }

    private void check(SettingValue value, Problems problems) {
        if (!value.text().startsWith(prefix)) {
            value.problem("the URL does not begin with " + prefix, "write " + form, problems);
            return;
        }
        JdbcUrl url = new JdbcUrl(value.text());
        if (url.holdsLogin()) {
            String side = value.setting() == Setting.SOURCE_URL ? "source" : "target";
            String allowed = "write " + form + " and set them as " + side + ".user and " + side + ".password";
            value.problem("the URL contains a user or a password (not shown)", allowed, problems);
        } else if (!url.namesDatabase()) {
            value.problem("the URL names no database", "write " + form, problems);
        }
    }
}
