package io.wormhole.cluster.dispatch;

import com.typesafe.config.Config;
import java.util.concurrent.ThreadFactory;
import org.apache.pekko.dispatch.DispatcherPrerequisites;
import org.apache.pekko.dispatch.ExecutorServiceConfigurator;
import org.apache.pekko.dispatch.ExecutorServiceFactory;
import org.apache.pekko.dispatch.MonitorableThreadFactory;

/**
 * Makes a {@link SparingPool} the executor of a dispatcher: {@code executor =
 * "io.wormhole.cluster.dispatch.SparingPoolConfigurator"}. Its section {@code sparing-pool} says
 * how many threads may be awake for each core, at least and at most, and how many more there may be
 * while others are held up.
 */
public final class SparingPoolConfigurator extends ExecutorServiceConfigurator {
    private final int width;
    private final int spare;

    /** Called by Pekko. */
    public SparingPoolConfigurator(Config dispatcher, DispatcherPrerequisites prerequisites) {
        super(dispatcher, prerequisites);
        Config pool = dispatcher.getConfig("sparing-pool");
        double cores = Runtime.getRuntime().availableProcessors();
        int wanted = (int) Math.ceil(cores * pool.getDouble("width-factor"));
        this.width = Math.max(pool.getInt("width-min"), Math.min(pool.getInt("width-max"), wanted));
        this.spare = pool.getInt("spare");
    }

    /** Called by Pekko. */
    @Override
    public ExecutorServiceFactory createExecutorServiceFactory(String id, ThreadFactory threads) {
        ThreadFactory named =
                threads instanceof MonitorableThreadFactory monitorable
                        ? monitorable.withName(monitorable.name() + "-" + id)
                        : threads;
        return () -> new SparingPool(width, width + spare, named);
    }
}
