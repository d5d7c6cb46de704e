package io.wormhole.cluster.link;

import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Optional;
import java.util.Set;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;

/**
 * TLS 1.3 with mutual authentication in which a certificate is nothing but a proof of its key.
 *
 * <p>Links use it by themselves; it is public for other transports that carry the same identities,
 * such as the one between the nodes of a cluster.
 */
public final class LinkTls {
    private final SSLContext context;

    private LinkTls(SSLContext context) {
        this.context = context;
    }

    /** Accepts every peer that proves a key; who it is, is for the caller to see. */
    static LinkTls any(LinkIdentity identity) {
        return of(identity, Optional.empty());
    }

    /** Accepts only peers that prove one of some keys. */
    public static LinkTls among(LinkIdentity identity, Set<LinkKey> allowed) {
        return of(identity, Optional.of(Set.copyOf(allowed)));
    }

    private static LinkTls of(LinkIdentity identity, Optional<Set<LinkKey>> allowed) {
        try {
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            context.init(
                    new KeyManager[] {new OneKey(identity)},
                    new TrustManager[] {new SelfSigned(allowed)},
                    new SecureRandom());
            return new LinkTls(context);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("this Java runtime lacks TLS 1.3", e);
        }
    }

    /** One end of a connection, for the side that opens it. */
    public SSLEngine clientEngine() {
        SSLEngine engine = engine();
        engine.setUseClientMode(true);
        return engine;
    }

    /** One end of a connection, for the side that accepts it. */
    public SSLEngine serverEngine() {
        SSLEngine engine = engine();
        engine.setUseClientMode(false);
        engine.setNeedClientAuth(true);
        return engine;
    }

    private SSLEngine engine() {
        // Without a peer host and port, so that JSSE never resumes an older session.
        SSLEngine engine = context.createSSLEngine();
        engine.setEnabledProtocols(new String[] {"TLSv1.3"});
        return engine;
    }

    /** The key that the other side has proved in a finished handshake. */
    static LinkKey remoteKey(SSLSession session) {
        try {
            return SelfSigned.keyOf((X509Certificate) session.getPeerCertificates()[0]);
        } catch (SSLPeerUnverifiedException | CertificateException e) {
            throw new LinkException(LinkEnd.Cause.HANDSHAKE_FAILED, "the peer proved no key");
        }
    }
}
