package io.wormhole.cluster.formation;

import io.wormhole.cluster.link.LinkTls;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSession;
import org.apache.pekko.remote.artery.tcp.SSLEngineProvider;
import scala.Option;

/** Lets Pekko's transport talk only to nodes whose keys are known. */
final class NodeTls implements SSLEngineProvider {
    private final LinkTls tls;

    NodeTls(LinkTls tls) {
        this.tls = tls;
    }

    @Override
    public SSLEngine createServerSSLEngine(String hostname, int port) {
        return tls.serverEngine();
    }

    @Override
    public SSLEngine createClientSSLEngine(String hostname, int port) {
        return tls.clientEngine();
    }

    @Override
    public Option<Throwable> verifyClientSession(String hostname, SSLSession session) {
        // The handshake has checked the key already, and names mean nothing here.
        return Option.empty();
    }

    @Override
    public Option<Throwable> verifyServerSession(String hostname, SSLSession session) {
        return Option.empty();
    }
}
