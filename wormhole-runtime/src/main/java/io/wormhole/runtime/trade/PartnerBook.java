package io.wormhole.runtime.trade;

import io.wormhole.cluster.settings.HostPort;
import io.wormhole.protocol.bytes.Bytes;
import io.wormhole.protocol.crypto.PublicKey;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Map;
import java.util.Properties;
import java.util.TreeMap;

/** Where partners were reached last, in a file, so that their links come back after a restart. */
public final class PartnerBook {
    private final Path file;

    /** The book in {@code file}. */
    public PartnerBook(Path file) {
        this.file = file;
    }

    /** Notes a partner's address; the file is replaced in one step. */
    public synchronized void note(PublicKey partner, HostPort address) throws IOException {
        Properties book = read();
        String text = address.host() + ":" + address.port();
        if (text.equals(book.getProperty(partner.toString()))) {
            return;
        }
        book.setProperty(partner.toString(), text);
        Path draft = Files.createTempFile(file.toAbsolutePath().getParent(), "partners", ".draft");
        try (Writer out = Files.newBufferedWriter(draft, StandardCharsets.UTF_8)) {
            book.store(out, "partners of this node: public key = host:port");
        }
        Files.move(draft, file, StandardCopyOption.ATOMIC_MOVE);
    }

    /** All partners that were noted. */
    public synchronized Map<PublicKey, HostPort> partners() throws IOException {
        Map<PublicKey, HostPort> partners = new TreeMap<>();
        Properties book = read();
        for (String key : book.stringPropertyNames()) {
            try {
                partners.put(
                        new PublicKey(Bytes.ofHex(key)), HostPort.parse(book.getProperty(key)));
            } catch (IllegalArgumentException damaged) {
                throw new IOException(
                        "%s is damaged at %s (%s): delete it, partners are noted again when used"
                                .formatted(file, key, damaged.getMessage()),
                        damaged);
            }
        }
        return partners;
    }

    private Properties read() throws IOException {
        Properties book = new Properties();
        if (Files.exists(file)) {
            try (Reader in = Files.newBufferedReader(file, StandardCharsets.UTF_8)) {
                book.load(in);
            }
        }
        return book;
    }
}
