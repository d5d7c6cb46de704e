package io.wormhole.protocol.keystore;

import io.wormhole.protocol.bytes.Canonical;
import io.wormhole.protocol.bytes.CanonicalReader;
import io.wormhole.protocol.bytes.CanonicalWriter;
import io.wormhole.protocol.crypto.KeyPair;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/** One or more key pairs by name; immutable. Its text form shows names and addresses alone. */
public final class KeyRing {
    /** Most keys in one ring. */
    public static final int MAXIMUM_KEYS = 64;

    private static final int LONGEST_NAME = 64;
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._-]{1," + LONGEST_NAME + "}");

    private final SortedMap<String, KeyPair> keys;

    private KeyRing(SortedMap<String, KeyPair> keys) {
        this.keys = keys;
    }

    /** A ring with one key; the name is 1 to 64 letters, digits, dots, dashes or underscores. */
    public static KeyRing of(String name, KeyPair key) {
        return new KeyRing(Collections.emptySortedMap()).with(name, key);
    }

    /** This ring and one key more; refuses a name that is taken. */
    public KeyRing with(String name, KeyPair key) {
        if (!NAME.matcher(name).matches()) {
            throw new IllegalArgumentException(
                    "a key's name is 1 to 64 letters, digits, dots, dashes or underscores");
        }
        if (keys.containsKey(name)) {
            throw new IllegalArgumentException("there is a key named " + name + " already");
        }
        if (keys.size() == MAXIMUM_KEYS) {
            throw new IllegalArgumentException(
                    "a keystore holds at most " + MAXIMUM_KEYS + " keys");
        }
        SortedMap<String, KeyPair> more = new TreeMap<>(keys);
        more.put(name, key);
        return new KeyRing(more);
    }

    /** This ring without a key that is not its last; refuses an unknown name. */
    public KeyRing without(String name) {
        if (!keys.containsKey(name) || keys.size() == 1) {
            throw new IllegalArgumentException(
                    "there is no key named " + name + ", or it is the only one");
        }
        SortedMap<String, KeyPair> less = new TreeMap<>(keys);
        less.remove(name);
        return new KeyRing(less);
    }

    /** The key with this name. */
    public Optional<KeyPair> get(String name) {
        return Optional.ofNullable(keys.get(name));
    }

    /** All names, ascending. */
    public SortedSet<String> names() {
        return Collections.unmodifiableSortedSet(new TreeSet<>(keys.keySet()));
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder("KeyRing[");
        keys.forEach(
                (name, key) -> text.append(name).append('=').append(key.address()).append(' '));
        return text.toString().stripTrailing() + "]";
    }

    Canonical secrets() {
        return out -> out.writeList(List.copyOf(keys.entrySet()), KeyRing::writeSecret);
    }

    static KeyRing readSecrets(CanonicalReader in) {
        KeyRing ring = new KeyRing(Collections.emptySortedMap());
        String last = "";
        for (Secret secret : in.readList(MAXIMUM_KEYS, Secret::readFrom)) {
            if (secret.name.compareTo(last) <= 0) {
                throw in.fault("names of keys are not ascending");
            }
            last = secret.name;
            ring = ring.with(secret.name, secret.key);
        }
        if (ring.keys.isEmpty()) {
            throw in.fault("a keystore without keys");
        }
        return ring;
    }

    private static void writeSecret(CanonicalWriter out, Map.Entry<String, KeyPair> entry) {
        out.writeText(entry.getKey()).writeFixed(entry.getValue().seed());
    }

    private record Secret(String name, KeyPair key) {
        static Secret readFrom(CanonicalReader in) {
            return new Secret(
                    in.readText(LONGEST_NAME), KeyPair.ofSeed(in.readFixed(KeyPair.SEED_SIZE)));
        }
    }
}
