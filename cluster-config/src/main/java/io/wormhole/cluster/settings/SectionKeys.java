package io.wormhole.cluster.settings;

import static io.wormhole.cluster.settings.SettingValue.place;
import static io.wormhole.cluster.settings.SettingValue.shown;
import static java.util.Objects.requireNonNull;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.util.List;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The keys of one section: which were asked for, and what is wrong with any. */
final class SectionKeys {
    /** Keys of the JVM's command line may be meant for other readers of the same root. */
    private static final String JVM_PROPERTIES = "system properties";

    private final String path;
    private final ConfigObject object;
    private final List<SettingFault> faults;
    private final TreeSet<String> known = new TreeSet<>();

    SectionKeys(String path, ConfigObject object, List<SettingFault> faults) {
        this.path = path;
        this.object = object;
        this.faults = faults;
    }

    /** The keys of a section inside this one; its faults are noted with those of this one. */
    SectionKeys inside(String key, ConfigObject inside) {
        return new SectionKeys(full(key), inside, faults);
    }

    /** All that are there, in alphabetical order. */
    List<String> all() {
        return object.keySet().stream().sorted().toList();
    }

    /** How many faults are noted so far, in all sections. */
    int faults() {
        return faults.size();
    }

    /** A key that is allowed here. */
    void know(String key) {
        known.add(key);
    }

    /** Whether a key that is allowed here has a value. */
    boolean has(String key) {
        know(key);
        ConfigValue value = object.get(key);
        return value != null && value.valueType() != ConfigValueType.NULL;
    }

    /** The value of a required key; null after a fault. */
    @Nullable ConfigValue get(String key) {
        known.add(key);
        ConfigValue value = object.get(key);
        if (value == null || value.valueType() == ConfigValueType.NULL) {
            faults.add(new SettingFault(full(key), "", "is missing"));
            return null;
        }
        return value;
    }

    /** The elements of a list; none after a fault. */
    List<ConfigValue> elements(String key, int maxLength) {
        ConfigValue value = get(key);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof ConfigList list)) {
            fault(key, value, shown(value) + ", allowed is a list [ ... ]");
            return List.of();
        }
        if (list.size() > maxLength) {
            fault(key, value, "has " + list.size() + " elements, allowed are " + maxLength);
            return List.of();
        }
        return list;
    }

    /** Notes a fault of the section as a whole. */
    void refuseAll(String problem) {
        faults.add(new SettingFault(path, place(object.origin()), problem));
    }

    /** Notes every key that nobody asked for. */
    void refuseUnknown() {
        for (String key : all()) {
            if (!known.contains(key)) {
                refuseUnknown(key);
            }
        }
    }

    private void refuseUnknown(String key) {
        ConfigValue value = requireNonNull(object.get(key));
        if (value.origin().description().equals(JVM_PROPERTIES)) {
            return;
        }
        fault(
                key,
                value,
                known.isEmpty()
                        ? "is unknown, nothing is allowed here"
                        : "is unknown, allowed are " + String.join(", ", known));
    }

    /** Notes a fault of a key that may be absent. */
    void refuse(String key, String problem) {
        ConfigValue value = object.get(key);
        faults.add(
                new SettingFault(full(key), value == null ? "" : place(value.origin()), problem));
    }

    void fault(String key, ConfigValue value, String problem) {
        faults.add(new SettingFault(full(key), place(value.origin()), problem));
    }

    private String full(String key) {
        boolean bare = !key.isEmpty() && key.chars().allMatch(SectionKeys::plain);
        String name = bare ? key : ConfigUtil.quoteString(key);
        return path.isEmpty() ? name : path + "." + name;
    }

    private static boolean plain(int c) {
        return Character.isLetterOrDigit(c) || c == '-' || c == '_' || c == '.';
    }
}
