package io.wormhole.cluster.settings;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A network address as it is written: {@code host:port}, {@code 10.0.0.7:8558} or {@code
 * [::1]:8558}. Nothing is resolved.
 *
 * @param host a host name or IP address, without the brackets of IPv6
 * @param port 0 to 65535; 0 means any free port where one listens
 */
public record HostPort(String host, int port) {
    private static final Pattern FORM =
            Pattern.compile("(?:\\[([0-9A-Fa-f:.%]{2,64})]|([A-Za-z0-9._-]{1,253})):(\\d{1,5})");
    private static final int HIGHEST_PORT = 65_535;

    /** Checks the port. */
    public HostPort {
        if (port < 0 || port > HIGHEST_PORT) {
            throw new IllegalArgumentException(
                    "port is " + port + ", allowed is 0 to " + HIGHEST_PORT);
        }
    }

    /**
     * Reads the written form.
     *
     * @throws IllegalArgumentException when it is another form, saying which is allowed
     */
    public static HostPort parse(String text) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            throw new IllegalArgumentException(
                    "is \"" + text + "\", allowed is host:port, such as 127.0.0.1:8558");
        }
        String host = matcher.group(1) != null ? matcher.group(1) : matcher.group(2);
        return new HostPort(host, Integer.parseInt(matcher.group(3)));
    }

    @Override
    public String toString() {
        return (host.indexOf(':') >= 0 ? "[" + host + "]" : host) + ":" + port;
    }
}
