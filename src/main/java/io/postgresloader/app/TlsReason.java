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
 * Derives from an exception why the TLS handshake of a connection failed. Java's exceptions identify most causes. Three
 * causes can be identified only by the driver's message, which is compared and never shown.
 */
final class TlsReason {
    /** The error code of MySQL and MariaDB. */
    private static final int INSECURE_TRANSPORT_PROHIBITED = 3159;

    private final List<Throwable> causes;

    private TlsReason(SQLException thrown) {
        causes = Stream.<Throwable>iterate(thrown, cause -> cause != null, Throwable::getCause)
                .toList();
    }

    /**
     * The reason as text; empty if TLS is not the cause.
     *
     * @param prefix the prefix of the connection's environment variables, e.g. {@code SOURCE}
     */
    static Optional<String> of(SQLException thrown, String prefix) {
        return Optional.ofNullable(new TlsReason(thrown).words(prefix));
    }

    private String words(String prefix) {
        if (causes.stream().anyMatch(TlsReason::saysNoTls)) {
            return "the server does not support TLS, which the settings require; enable TLS on the server, or check "
                    + prefix + "_TLS_MODE";
        }
        if (causes.stream().anyMatch(TlsReason::saysOnlyTls)) {
            return "the server accepts only TLS connections; check " + prefix + "_TLS_MODE";
        }
        if (causes.stream().anyMatch(TlsReason::needsPublicKey)) {
            return "without TLS, the user's password can be sent only encrypted with the server's public key, which the"
                    + " driver does not ask for (caching_sha2_password, sha256_password); enable TLS on the server and"
                    + " check " + prefix + "_TLS_MODE, or, in a network that you trust, append"
                    + " ?allowPublicKeyRetrieval=true to " + prefix + "_URL";
        }
        if (any(CertificateExpiredException.class) || any(CertificateNotYetValidException.class)) {
            return "the server's certificate is expired or not yet valid; renew it, or check the clocks";
        }
        if (any(CertPathValidatorException.class) || any(CertPathBuilderException.class)) {
            return "the server's certificate is not signed by a trusted CA; check " + prefix + "_TLS_CA and that the"
                    + " URL names the right server";
        }
        if (namesAnotherHost()) {
            return "the server's certificate does not match the host name of the URL; check " + prefix + "_URL";
        }
        return any(SSLException.class)
                ? "the TLS handshake failed; check the server's certificate, its TLS versions and " + prefix
                        + "_TLS_MODE"
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

    /** MySQL 8.0 compares a hash after a user's first login; until then, it needs the password itself. */
    private static boolean needsPublicKey(Throwable cause) {
        return cause instanceof SQLException
                && Messages.getString("Sha256PasswordPlugin.2").equals(cause.getMessage());
    }

    private static boolean saysOnlyTls(Throwable cause) {
        return cause instanceof SQLException sql && sql.getErrorCode() == INSECURE_TRANSPORT_PROHIBITED;
    }

    /**
     * Both drivers check the host name last. Connector/J then reports a certificate error outside the handshake.
     * PostgreSQL's driver reports a lost connection without a cause; a connection that was really lost has a cause.
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
