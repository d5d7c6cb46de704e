package io.wormhole.cluster.settings;

/**
 * One thing that is wrong with one setting.
 *
 * @param path the full name of the setting, such as {@code wormhole.http.port}
 * @param origin where it was written, such as {@code node.conf:12}; empty when it is missing
 * @param problem what is wrong and what is allowed, on one line; never the value of a secret
 */
public record SettingFault(String path, String origin, String problem) {
    @Override
    public String toString() {
        return origin.isEmpty() ? path + ": " + problem : path + " (" + origin + "): " + problem;
    }
}
