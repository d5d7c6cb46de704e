package io.wormhole.supervision;

import io.wormhole.supervision.policy.Backoff;
import java.time.Duration;
import java.util.Optional;
import org.apache.pekko.actor.typed.Props;
import org.jspecify.annotations.Nullable;

/**
 * What a child spec says beyond OTP; read through {@link ChildSpec}.
 *
 * @param stopRequest message by which the child is asked to stop; null stops it after the message
 *     in hand
 * @param acknowledges whether the child itself says when it has started
 * @param startLimit longest time for a start; null has no limit
 * @param pauses back-off between restarts; null restarts at once
 * @param whileDown what stable references do while the child is down
 * @param versionTag tells two versions of a child's code apart in a hot upgrade; null compares
 *     factories
 * @param props Pekko's, such as the dispatcher
 */
record ChildOptions(
        @Nullable Object stopRequest,
        boolean acknowledges,
        @Nullable Duration startLimit,
        @Nullable Backoff pauses,
        WhileDown whileDown,
        @Nullable String versionTag,
        Props props) {

    static final ChildOptions DEFAULT =
            new ChildOptions(null, false, null, null, WhileDown.standard(), null, Props.empty());

    ChildOptions withStopRequest(Object message) {
        return new ChildOptions(
                message, acknowledges, startLimit, pauses, whileDown, versionTag, props);
    }

    ChildOptions withAcknowledge(@Nullable Duration limit) {
        return new ChildOptions(stopRequest, true, limit, pauses, whileDown, versionTag, props);
    }

    ChildOptions withBackoff(Backoff value) {
        return new ChildOptions(
                stopRequest, acknowledges, startLimit, value, whileDown, versionTag, props);
    }

    ChildOptions withWhileDown(WhileDown value) {
        return new ChildOptions(
                stopRequest, acknowledges, startLimit, pauses, value, versionTag, props);
    }

    ChildOptions withVersion(String tag) {
        return new ChildOptions(
                stopRequest, acknowledges, startLimit, pauses, whileDown, tag, props);
    }

    ChildOptions withProps(Props value) {
        return new ChildOptions(
                stopRequest, acknowledges, startLimit, pauses, whileDown, versionTag, value);
    }

    Optional<Backoff> backoff() {
        return Optional.ofNullable(pauses);
    }
}
