package io.wormhole.cluster.settings;

import java.util.List;
import java.util.stream.Collectors;

/** Settings that cannot be used, with every fault that was found. */
public final class SettingsRefused extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<SettingFault> faults;

    SettingsRefused(List<SettingFault> faults) {
        super(describe(faults));
        this.faults = List.copyOf(faults);
    }

    /** All faults, in the order of reading. */
    public List<SettingFault> faults() {
        return faults;
    }

    private static String describe(List<SettingFault> faults) {
        String head = faults.size() == 1 ? "a setting is refused" : "settings are refused";
        return faults.stream()
                .map(fault -> "\n  " + fault)
                .collect(Collectors.joining("", head + ":", ""));
    }
}
