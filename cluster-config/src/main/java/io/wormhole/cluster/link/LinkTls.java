package io.wormhole.cluster.link;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLPeerUnverifiedException;
import javax.net.ssl.SSLSession;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509ExtendedTrustManager;
import org.jspecify.annotations.Nullable;

/**
 * TLS 1.3 with mutual authentication in which a certificate is nothing but a proof of its key.
 *
 * <p>Links use it by themselves; it is public for other transports that carry the same identities,
 * such as the one between the nodes of a cluster.
 */
public final class LinkTls {
    /** ASN.1 of SubjectPublicKeyInfo for Ed25519 up to the key itself (RFC 8410, 4). */
    private static final byte[] ED25519_PREFIX =
            HexFormat.of().parseHex("302a300506032b6570032100");

    /** An honest certificate has about 250 bytes. */
    private static final int MAX_CERTIFICATE_BYTES = 1024;

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
            return keyOf((X509Certificate) session.getPeerCertificates()[0]);
        } catch (SSLPeerUnverifiedException | CertificateException e) {
            throw new LinkException(LinkEnd.Cause.HANDSHAKE_FAILED, "the peer proved no key");
        }
    }

    static LinkKey keyOf(X509Certificate certificate) throws CertificateException {
        byte[] info = certificate.getPublicKey().getEncoded();
        int prefix = ED25519_PREFIX.length;
        if (info.length != prefix + LinkKey.LENGTH_BYTES
                || !Arrays.equals(info, 0, prefix, ED25519_PREFIX, 0, prefix)) {
            throw new CertificateException(
                    "the certificate holds a "
                            + certificate.getPublicKey().getAlgorithm()
                            + " key, allowed is Ed25519");
        }
        try {
            return LinkKey.of(Arrays.copyOfRange(info, prefix, info.length));
        } catch (IllegalArgumentException e) {
            throw new CertificateException(e.getMessage(), e);
        }
    }

    /** Presents the one certificate of this node, whatever the other side asks for. */
    private static final class OneKey extends X509ExtendedKeyManager {
        private static final String ALIAS = "link";
        private final LinkIdentity identity;

        OneKey(LinkIdentity identity) {
            this.identity = identity;
        }

        @Override
        public String[] getClientAliases(String keyType, Principal @Nullable [] issuers) {
            return new String[] {ALIAS};
        }

        @Override
        public @Nullable String chooseClientAlias(
                String[] keyTypes, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return null;
        }

        @Override
        public String chooseEngineClientAlias(
                String[] keyTypes, Principal @Nullable [] issuers, SSLEngine engine) {
            return ALIAS;
        }

        @Override
        public String[] getServerAliases(String keyType, Principal @Nullable [] issuers) {
            return new String[] {ALIAS};
        }

        @Override
        public @Nullable String chooseServerAlias(
                String keyType, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return null;
        }

        @Override
        public @Nullable String chooseEngineServerAlias(
                String keyType, Principal @Nullable [] issuers, SSLEngine engine) {
            return keyType.equals("EdDSA") || keyType.equals("Ed25519") ? ALIAS : null;
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return new X509Certificate[] {identity.certificate()};
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return identity.privateKey();
        }
    }

    /** Accepts exactly one self-signed Ed25519 certificate; dates and names mean nothing here. */
    private static final class SelfSigned extends X509ExtendedTrustManager {
        private final Optional<Set<LinkKey>> allowed;

        SelfSigned(Optional<Set<LinkKey>> allowed) {
            this.allowed = allowed;
        }

        private void check(X509Certificate[] chain) throws CertificateException {
            if (chain.length != 1) {
                throw new CertificateException(
                        "the peer sent " + chain.length + " certificates, allowed is 1");
            }
            X509Certificate certificate = chain[0];
            int size = certificate.getEncoded().length;
            if (size > MAX_CERTIFICATE_BYTES) {
                throw new CertificateException(
                        "the certificate has "
                                + size
                                + " bytes, allowed are "
                                + MAX_CERTIFICATE_BYTES);
            }
            LinkKey key = keyOf(certificate);
            try {
                certificate.verify(certificate.getPublicKey());
            } catch (GeneralSecurityException e) {
                throw new CertificateException("the certificate is not self-signed", e);
            }
            if (allowed.isPresent() && !allowed.get().contains(key)) {
                throw new WrongKey("the peer has key " + key + ", allowed is " + allowed());
            }
        }

        private String allowed() {
            return allowed.stream()
                    .flatMap(Set::stream)
                    .map(LinkKey::toString)
                    .sorted()
                    .collect(Collectors.joining(" or "));
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkClientTrusted(X509Certificate[] chain, String type)
                throws CertificateException {
            check(chain);
        }

        @Override
        public void checkServerTrusted(X509Certificate[] chain, String type)
                throws CertificateException {
            check(chain);
        }

        @Override
        public X509Certificate[] getAcceptedIssuers() {
            return new X509Certificate[0];
        }
    }

    /** The certificate is sound but of somebody else. */
    static final class WrongKey extends CertificateException {
        private static final long serialVersionUID = 1L;

        WrongKey(String message) {
            super(message);
        }
    }
}
