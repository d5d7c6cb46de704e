package io.wormhole.runtime.virtualprinter;

import java.util.Locale;

/** A heater that approaches its target at a steady rate; at speed factor 0 it is there at once. */
final class Heater {
    private static final double ROOM_CELSIUS = 21.0;

    private final double celsiusPerSecond;
    private final double maxCelsius;
    private double actual = ROOM_CELSIUS;
    private double target;

    /** Rate 0 means at once. */
    Heater(double celsiusPerSecond, long maxCelsius) {
        this.celsiusPerSecond = celsiusPerSecond;
        this.maxCelsius = maxCelsius;
    }

    void setTarget(double celsius) {
        target = Math.max(0, Math.min(maxCelsius, celsius));
        if (celsiusPerSecond == 0) {
            actual = goal();
        }
    }

    void advance(double seconds) {
        double step = celsiusPerSecond * seconds;
        actual =
                actual < goal() ? Math.min(goal(), actual + step) : Math.max(goal(), actual - step);
    }

    double actual() {
        return actual;
    }

    double target() {
        return target;
    }

    /** M109 S waits only while heating up; R also while cooling down. */
    boolean reached(boolean alsoCooling) {
        return alsoCooling ? Math.abs(actual - goal()) < 0.5 : actual >= goal() - 0.5;
    }

    String report(String letter) {
        return String.format(Locale.ROOT, "%s:%.2f /%.2f", letter, actual, target);
    }

    int power() {
        return target > 0 ? 127 : 0;
    }

    private double goal() {
        return Math.max(target, ROOM_CELSIUS);
    }
}
