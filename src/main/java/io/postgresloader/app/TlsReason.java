package io.postgresloader.app;

import com.mysql.cj.Messages;
import java.security.cert.CertPathBuilderException;
import java.security.cert.CertPathValidatorException;
import java.security.cert.CertificateException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import javax.net.ssl.SSLException;
import org.postgresql.util.GT;
import org.postgresql.util.PSQLException;

/**
 * Tells from an exception what is wrong with the TLS of a connection. Java's own exceptions tell most of it; for two
 * things the drivers have nothing but their texts, which are compared and not shown.
 */
final class TlsReason {
    /** Both MySQL's and MariaDB's. */
    private static final int INSECURE_TRANSPORT_PROHIBITED = 3159;

    private final List<Throwable> causes;

    private TlsReason(SQLException thrown) {
        causes = Stream.<Throwable>iterate(thrown, cause -> cause != null, Throwable::getCause)
                .toList();
    }

    /**
     * The reason in words; empty when TLS is not what failed.
     *
     * @param prefix of the side's variables, e.g. {@code SOURCE}
     */
    static Optional<String> of(SQLException thrown, String prefix) {
        return Optional.ofNullable(new TlsReason(thrown).words(prefix));
    }

    private String words(String prefix) {
        if (causes.stream().anyMatch(TlsReason::saysNoTls)) {
            return "the server speaks no TLS, which is asked for; switch it on there, or check " + prefix + "_TLS_MODE";
        }
        if (causes.stream().anyMatch(TlsReason::saysOnlyTls)) {
            return "the server takes connections with TLS only; check " + prefix + "_TLS_MODE";
        }
        if (any(CertificateExpiredException.class) || any(CertificateNotYetValidException.class)) {
            return "the server's certificate is not valid at this time; renew it, or check the clocks";
        }
        if (any(CertPathValidatorException.class) || any(CertPathBuilderException.class)) {
            return "the server's certificate comes from no trusted CA; check " + prefix + "_TLS_CA, and whether this is"
                    + " the right server";
        }
        if (namesAnotherHost()) {
            return "the server's certificate is for another host name than the URL's; check " + prefix
                    + "_URL, and whether this is the right server";
        }
        return any(SSLException.class)
                ? "server and loader cannot agree on TLS; check the server's certificate, its TLS versions and "
                        + prefix + "_TLS_MODE"
                : null;
    }

    private boolean any(Class<? extends Throwable> kind) {
        return causes.stream().anyMatch(kind::isInstance);
    }

    private static boolean saysNoTls(Throwable cause) {
        String text = cause instanceof SQLException ? cause.getMessage() : null;
        return text != null
                && (text.equals(Messages.getString("MysqlIO.15"))
                        || text.equals(GT.tr("The server does not support SSL.")));
    }

    private static boolean saysOnlyTls(Throwable cause) {
        return cause instanceof SQLException sql && sql.getErrorCode() == INSECURE_TRANSPORT_PROHIBITED;
    }

    /**
     * Both drivers look at the name when all the rest was right. Connector/J reports a certificate outside of the
     * handshake; PostgreSQL's driver a lost connection, which has a cause whenever one was really lost.
     */
    private boolean namesAnotherHost() {
        boolean certificateAlone = any(CertificateException.class) && !any(SSLException.class);
        boolean lostWithoutCause = causes.size() == 1
                && causes.get(0) instanceof PSQLException lost
                && "08006".equals(lost.getSQLState())
                && lost.getServerErrorMessage() == null;
        return certificateAlone || lostWithoutCause;
    }
}
