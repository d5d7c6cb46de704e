package io.wormhole.cluster.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.Properties;

/** What the marker file says. */
record DataMarker(int format, String network) {
    private static final int MAX_BYTES = 4096;

    static Optional<DataMarker> read(Path path) throws IOException {
        Path file = path.resolve(DataDirectory.MARKER);
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        if (Files.size(file) > MAX_BYTES) {
            throw damaged(path, "more than " + MAX_BYTES + " bytes");
        }
        var properties = new Properties();
        try (var reader = Files.newBufferedReader(file, UTF_8)) {
            properties.load(reader);
        } catch (IllegalArgumentException | CharacterCodingException e) {
            throw damaged(path, "not a properties file");
        }
        String format = properties.getProperty("format", "");
        String network = properties.getProperty("network", "");
        if (!format.matches("[1-9]\\d{0,8}")) {
            throw damaged(path, "format is \"" + format + "\", allowed is a version number");
        }
        if (!DataDirectory.NETWORK.matcher(network).matches()) {
            throw damaged(path, "network is \"" + network + "\", allowed is a network id");
        }
        return Optional.of(new DataMarker(Integer.parseInt(format), network));
    }

    void write(Path path) throws IOException {
        String text =
                "# Written by Wormhole; says what this directory is. Do not edit.\n"
                        + "format="
                        + format
                        + "\nnetwork="
                        + network.replace(":", "\\:")
                        + "\n";
        AtomicFile.write(path.resolve(DataDirectory.MARKER), text);
    }

    private static DataRefused damaged(Path path, String problem) {
        return new DataRefused(new DataRefusal.MarkerDamaged(path, problem));
    }
}
