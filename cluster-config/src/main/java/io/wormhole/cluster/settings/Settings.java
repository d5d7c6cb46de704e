package io.wormhole.cluster.settings;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigException;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigIncludeContext;
import com.typesafe.config.ConfigIncluder;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigSyntax;
import com.typesafe.config.ConfigValueType;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The doors of this package: load HOCON, then read it into a typed value, or hear every fault.
 *
 * <pre>{@code
 * Config config = Settings.load(Path.of("node.conf"));
 * NodeSettings node = Settings.read(config, "wormhole", section ->
 *         new NodeSettings(section.port("port"), section.section("http", HttpSettings::from)));
 * }</pre>
 */
public final class Settings {
    /** Largest settings file or definition in bytes. */
    public static final int MAX_BYTES = 1024 * 1024;

    private Settings() {}

    /**
     * Loads a settings file of the operator over the defaults of every module ({@code
     * reference.conf}); system properties win over both.
     *
     * @throws SettingsRefused when the file is missing, too large or no HOCON
     */
    public static Config load(Path file) {
        String text = textOf(file);
        HoconShape.check(file.getFileName() + "", text);
        return parsed(
                file.toString(),
                () -> {
                    ConfigParseOptions options =
                            ConfigParseOptions.defaults().setSyntax(ConfigSyntax.CONF);
                    Config own = ConfigFactory.parseFile(file.toFile(), options);
                    return ConfigFactory.load(own);
                });
    }

    /** The defaults of every module and the system properties, without any file. */
    public static Config defaults() {
        return ConfigFactory.load();
    }

    /**
     * Parses HOCON of somebody who is not the operator, such as a definition that came over HTTP:
     * plain data only, so includes, substitutions and deep nesting are refused.
     *
     * @param name how the text is called in faults, such as its file name
     * @throws SettingsRefused when it is too large, no HOCON, or more than plain data
     */
    public static Config parsePlain(String name, String text) {
        if (text.length() > MAX_BYTES) {
            throw refused(name, "has " + text.length() + " characters, allowed are " + MAX_BYTES);
        }
        HoconShape.check(name, text);
        Config config =
                parsed(
                        name,
                        () ->
                                ConfigFactory.parseString(
                                        text,
                                        ConfigParseOptions.defaults()
                                                .setSyntax(ConfigSyntax.CONF)
                                                .setOriginDescription(name)
                                                .setIncluder(new NoIncludes())));
        if (!config.isResolved()) {
            throw refused(name, "uses substitutions such as ${x}; allowed is plain data only");
        }
        return config;
    }

    /**
     * Reads the section below a root path. Keys that nobody asked for are faults too.
     *
     * @param root the path of the section, such as {@code wormhole}; empty for the whole config
     * @throws SettingsRefused with every fault that was found
     */
    public static <T> T read(Config config, String root, Function<SettingsSection, T> reader) {
        List<SettingFault> faults = new ArrayList<>();
        ConfigObject object = config.root();
        if (!root.isEmpty()) {
            if (!config.hasPath(root)) {
                throw refused(root, "is missing");
            }
            if (config.getValue(root).valueType() != ConfigValueType.OBJECT) {
                throw refused(root, "is not a section; allowed is { ... }");
            }
            object = config.getObject(root);
        }
        SettingsSection section = new SettingsSection(root, object, faults);
        return section.complete(reader)
                .filter(value -> faults.isEmpty())
                .orElseThrow(() -> new SettingsRefused(faults));
    }

    private static String textOf(Path file) {
        try {
            long size = Files.size(file);
            if (size > MAX_BYTES) {
                throw refused(file.toString(), "has " + size + " bytes, allowed are " + MAX_BYTES);
            }
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw refused(file.toString(), "cannot be read (" + e.getClass().getSimpleName() + ")");
        }
    }

    private static Config parsed(String name, Supplier<Config> parser) {
        try {
            return parser.get();
        } catch (ConfigException e) {
            throw refused(name, "is no valid HOCON: " + e.getMessage());
        }
    }

    static SettingsRefused refused(String path, String problem) {
        return new SettingsRefused(List.of(new SettingFault(path, "", problem)));
    }

    /** Refuses every include, so that a definition cannot read files of this machine. */
    private static final class NoIncludes implements ConfigIncluder {
        @Override
        public ConfigIncluder withFallback(ConfigIncluder fallback) {
            return this;
        }

        @Override
        public ConfigObject include(ConfigIncludeContext context, String what) {
            throw new ConfigException.Generic("include \"" + what + "\" is not allowed here");
        }
    }
}
