package io.wormhole.supervision;

import io.wormhole.supervision.policy.ExitReason;

/** Whom a supervisor tells about its own start and end. */
interface ParentLink {

    void started();

    void startFailed(ExitReason reason);

    void exited(ExitReason reason);

    /** Something changed in this tree. */
    void changed();

    /** The link of a root: only its start is told, its end is seen by watching it. */
    static ParentLink ofRoot(String path, SupervisionSettings settings) {
        return new ParentLink() {
            @Override
            public void started() {
                settings.acknowledge().ifPresent(to -> to.tell(new StartOutcome.TreeStarted(path)));
            }

            @Override
            public void startFailed(ExitReason reason) {
                settings.acknowledge()
                        .ifPresent(to -> to.tell(new StartOutcome.TreeNotStarted(path, reason)));
            }

            @Override
            public void exited(ExitReason reason) {}

            @Override
            public void changed() {}
        };
    }

    /** The link of a supervisor below another one. */
    static ParentLink ofChild(Incarnation self) {
        return new ParentLink() {
            @Override
            public void started() {
                self.started();
            }

            @Override
            public void startFailed(ExitReason reason) {
                self.exit(reason);
            }

            @Override
            public void exited(ExitReason reason) {
                self.exit(reason);
            }

            @Override
            public void changed() {
                self.treeChanged();
            }
        };
    }
}
