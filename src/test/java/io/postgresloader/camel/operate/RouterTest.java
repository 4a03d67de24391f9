package io.postgresloader.camel.operate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RouterTest {
    private final Router router = new Router(Map.of(
            "/", named("all"),
            "/observe/status", named("status"),
            "/tables/*", named("table"),
            "/tables/*/plan", named("plan"),
            "/tables/all", named("named")));

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "/,                          all,    ",
                "/observe/status,            status, ",
                "/%6Fbserve/status,          status, ",
                "/tables/claim,              table,  claim",
                "/tables/claim%20x,          table,  claim x",
                "/tables/a+b,                table,  a+b",
                "/tables/a%2Fb,              table,  a/b",
                "/tables/a%252Fb,            table,  a%2Fb",
                "/tables/%C3%A9,             table,  é",
                "/tables/%3Cscript%3E,       table,  <script>",
                "/tables/..,                 table,  ..",
                "/tables/a%2Fplan/plan,      plan,   a/plan",
                "/tables//plan,              -,      ",
                "/tables/all,                named,  ",
                "/tables/,                   -,      ",
                "/tables,                    -,      ",
                "/tables/claim/,             -,      ",
                "/tables/claim/x,            -,      ",
                "/observe%2Fstatus,          -,      ",
                "/observe/status/,           -,      ",
                "//,                         -,      ",
                "/../observe/status,         -,      ",
                "observe/status,             -,      ",
                "*,                          -,      ",
                "-,                          -,      "
            })
    void aPathIsSplitThenDecodedOnce(String path, String route, String segment) {
        Optional<Router.Match> match = router.match(path);

        assertThat(match.map(found -> found.answering().answer(null).type())).isEqualTo(Optional.ofNullable(route));
        assertThat(match.flatMap(Router.Match::segment)).isEqualTo(Optional.ofNullable(segment));
    }

    @ParameterizedTest
    @CsvSource(
            nullValues = "-",
            value = {
                "true,  -,                       true",
                "true,  localhost,               true",
                "true,  LOCALHOST:9876,          true",
                "true,  loader.localhost:80,     true",
                "true,  127.0.0.1:9876,          true",
                "true,  127.9.9.9,               true",
                "true,  [::1]:9876,              true",
                "true,  loader.internal:9876,    true",
                "true,  evil.example:9876,       false",
                "true,  127.0.0.1.evil.example,  false",
                "true,  localhost.evil.example,  false",
                "true,  10.0.0.1:9876,           false",
                "true,  [::2]:9876,              false",
                "true,  '',                      false",
                "false, evil.example,            true"
            })
    void aServerOnLoopbackIsNotAskedByAnotherName(boolean loopback, String header, boolean allowed) {
        assertThat(new HostRule(loopback, "Loader.internal").allows(header)).isEqualTo(allowed);
    }

    private static Answering named(String name) {
        return request -> new Answer(200, name, "");
    }
}
