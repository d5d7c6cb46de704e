package io.wormhole.channel.session;

import java.time.Duration;

/**
 * Where a partner can be reached.
 *
 * @param retry how long to wait after the next failure
 * @param dialling whether a link is being opened
 */
record PartnerRoute(String host, int port, Duration retry, boolean dialling) {
    private static final Duration FIRST_RETRY = Duration.ofMillis(100);
    private static final Duration LAST_RETRY = Duration.ofSeconds(5);

    static PartnerRoute to(String host, int port) {
        return new PartnerRoute(host, port, FIRST_RETRY, false);
    }

    PartnerRoute dialling(boolean now) {
        return new PartnerRoute(host, port, retry, now);
    }

    PartnerRoute retryLater() {
        Duration doubled = retry.multipliedBy(2);
        return new PartnerRoute(
                host, port, doubled.compareTo(LAST_RETRY) < 0 ? doubled : LAST_RETRY, false);
    }

    PartnerRoute fresh() {
        return to(host, port);
    }
}
