package io.wormhole.supervision;

import io.wormhole.supervision.policy.AutoShutdown;
import io.wormhole.supervision.policy.Strategy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/**
 * A supervisor as data. An invalid one cannot exist: the constructor refuses with every fault
 * listed.
 *
 * @param name its id in the tree
 * @param strategy which children are restarted together
 * @param intensity restarts allowed within the period, zero or more
 * @param period above zero
 * @param autoShutdown what the end of significant children does
 * @param children in start order; exactly one, the template, under simple_one_for_one
 */
public record SupervisorSpec(
        String name,
        Strategy strategy,
        int intensity,
        Duration period,
        AutoShutdown autoShutdown,
        List<ChildSpec> children) {

    /** OTP's default intensity. */
    public static final int DEFAULT_INTENSITY = 1;

    /** OTP's default period. */
    public static final Duration DEFAULT_PERIOD = Duration.ofSeconds(5);

    public SupervisorSpec {
        children = List.copyOf(children);
        List<SpecFault> faults =
                SpecRules.faults(
                        name,
                        new SpecRules.Limits(strategy, intensity, period, autoShutdown),
                        children);
        if (!faults.isEmpty()) {
            throw new InvalidSpecException(faults);
        }
    }

    /**
     * Starts a spec with OTP's defaults: one_for_one, 1 restart in 5 seconds, auto_shutdown never,
     * no children.
     */
    public static Builder named(String name) {
        return new Builder(name);
    }

    /** A builder that holds this spec, for making a changed copy. */
    public Builder toBuilder() {
        return new Builder(name)
                .strategy(strategy)
                .intensity(intensity, period)
                .autoShutdown(autoShutdown)
                .children(children);
    }

    /** Collects a spec; nothing is checked before {@link #build}. */
    public static final class Builder {
        private final String name;
        private final List<ChildSpec> children = new ArrayList<>();
        private Strategy strategy = Strategy.ONE_FOR_ONE;
        private int intensity = DEFAULT_INTENSITY;
        private Duration period = DEFAULT_PERIOD;
        private AutoShutdown autoShutdown = AutoShutdown.NEVER;

        private Builder(String name) {
            this.name = name;
        }

        /** Sets the strategy. */
        public Builder strategy(Strategy value) {
            strategy = value;
            return this;
        }

        /** Allows so many restarts within the period. */
        public Builder intensity(int restarts, Duration within) {
            intensity = restarts;
            period = within;
            return this;
        }

        /** Sets what the end of significant children does. */
        public Builder autoShutdown(AutoShutdown value) {
            autoShutdown = value;
            return this;
        }

        /** Adds a child at the end of the start order. */
        public Builder child(ChildSpec child) {
            children.add(child);
            return this;
        }

        /** Adds a supervisor as a child at the end of the start order. */
        public Builder child(SupervisorSpec child) {
            return child(ChildSpec.supervisor(child));
        }

        /** Adds children at the end of the start order. */
        public Builder children(List<ChildSpec> more) {
            children.addAll(more);
            return this;
        }

        /** The finished spec; throws {@link InvalidSpecException} with every fault. */
        public SupervisorSpec build() {
            return new SupervisorSpec(name, strategy, intensity, period, autoShutdown, children);
        }
    }
}
