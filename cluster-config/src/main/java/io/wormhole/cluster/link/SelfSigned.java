package io.wormhole.cluster.link;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/** Accepts exactly one self-signed Ed25519 certificate; dates and names mean nothing here. */
final class SelfSigned extends X509ExtendedTrustManager {
    /** ASN.1 of SubjectPublicKeyInfo for Ed25519 up to the key itself (RFC 8410, 4). */
    private static final byte[] ED25519_PREFIX =
            HexFormat.of().parseHex("302a300506032b6570032100");

    /** An honest certificate has about 250 bytes. */
    private static final int MAX_CERTIFICATE_BYTES = 1024;

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
                    "the certificate has " + size + " bytes, allowed are " + MAX_CERTIFICATE_BYTES);
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

    /** The certificate is sound but of somebody else. */
    static final class WrongKey extends CertificateException {
        private static final long serialVersionUID = 1L;

        WrongKey(String message) {
            super(message);
        }
    }
}
