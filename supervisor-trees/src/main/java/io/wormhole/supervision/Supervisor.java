package io.wormhole.supervision;

import org.apache.pekko.actor.typed.Behavior;
import org.apache.pekko.actor.typed.javadsl.Behaviors;

/** Makes the behaviour of the root of a supervision tree, to be spawned like any other. */
public final class Supervisor {

    private Supervisor() {}

    /** A root with standard settings; its path is a slash and the name of the spec. */
    public static Behavior<SupervisorCommand> create(SupervisorSpec spec) {
        return create(spec, SupervisionSettings.defaults());
    }

    /** A root with these settings. */
    public static Behavior<SupervisorCommand> create(
            SupervisorSpec spec, SupervisionSettings settings) {
        String path = settings.rootPath().isEmpty() ? "/" + spec.name() : settings.rootPath();
        return Behaviors.setup(
                context -> {
                    StableReferences.get(context.getSystem()).rootStarts(path, context.getSelf());
                    return SupervisorActor.create(
                            spec, settings, path, ParentLink.ofRoot(path, settings));
                });
    }
}
