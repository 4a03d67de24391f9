package io.postgresloader.doctor;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Examines who can read the files with passwords. */
final class PasswordChecks {
    /** Where containers mount secrets, readable for all users of the container. */
    private static final Path OF_CONTAINERS = Path.of("/run/secrets");

    private static final Set<PosixFilePermission> OF_OTHERS = EnumSet.of(
            PosixFilePermission.GROUP_READ,
            PosixFilePermission.GROUP_WRITE,
            PosixFilePermission.OTHERS_READ,
            PosixFilePermission.OTHERS_WRITE);

    private PasswordChecks() {}

    static List<Examination> of(List<PasswordFile> files) {
        String named = Stream.of(
                        named("only the owner can read ", files, file -> !isSecretOfContainer(file)),
                        named("the container has as a secret ", files, PasswordChecks::isSecretOfContainer))
                .flatMap(Optional::stream)
                .collect(Collectors.joining("; "));
        String ok = files.isEmpty() ? "no password is read from a file" : named;
        return List.of(new Examination(Check.PASSWORD_FILES, ok, () -> readableForOthers(files)));
    }

    private static Optional<String> named(String what, List<PasswordFile> files, Predicate<PasswordFile> which) {
        List<String> settings =
                files.stream().filter(which).map(PasswordFile::setting).toList();
        return settings.isEmpty() ? Optional.empty() : Optional.of(what + String.join(", ", settings));
    }

    private static boolean isSecretOfContainer(PasswordFile file) {
        return file.path().toAbsolutePath().startsWith(OF_CONTAINERS);
    }

    private static List<Finding> readableForOthers(List<PasswordFile> files) {
        List<Finding> found = new ArrayList<>();
        for (PasswordFile file : files) {
            if (isSecretOfContainer(file)) {
                continue;
            }
            Set<PosixFilePermission> permissions = permissions(file.path());
            if (permissions.stream().anyMatch(OF_OTHERS::contains)) {
                found.add(Check.PASSWORD_FILES
                        .warning("other users can read or write the file of " + file.setting() + " ("
                                + PosixFilePermissions.toString(permissions) + "); allow its owner only")
                        .run("chmod 600 " + file.path()));
            }
        }
        return found;
    }

    /** None where the file system has no such permissions. */
    private static Set<PosixFilePermission> permissions(Path file) {
        try {
            return Files.getPosixFilePermissions(file);
        } catch (UnsupportedOperationException e) {
            return Set.of();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
