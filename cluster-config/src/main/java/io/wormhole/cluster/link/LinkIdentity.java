package io.wormhole.cluster.link;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.PKCS8EncodedKeySpec;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.crypto.params.Ed25519PrivateKeyParameters;
import org.bouncycastle.crypto.util.PrivateKeyInfoFactory;
import org.bouncycastle.crypto.util.SubjectPublicKeyInfoFactory;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/**
 * The node key as one end of a link: an Ed25519 key with a certificate that it signed for itself.
 *
 * <p>The certificate is made in memory and says nothing but the key; it has no meaningful name and
 * no end of validity, because the key itself is the identity and clocks of peers may be wrong.
 */
public final class LinkIdentity {
    /** Length of an Ed25519 seed (private key) in bytes (RFC 8032). */
    public static final int SEED_BYTES = 32;

    private static final X500Name NAME = new X500Name("CN=wormhole-link");
    private static final Date ALWAYS = Date.from(Instant.parse("2000-01-01T00:00:00Z"));
    // RFC 5280, 4.1.2.5: the date for a certificate without a well-defined end.
    private static final Date FOREVER = Date.from(Instant.parse("9999-12-31T23:59:59Z"));

    private final LinkKey key;
    private final PrivateKey privateKey;
    private final X509Certificate certificate;

    private LinkIdentity(LinkKey key, PrivateKey privateKey, X509Certificate certificate) {
        this.key = key;
        this.privateKey = privateKey;
        this.certificate = certificate;
    }

    /**
     * Makes the identity of a node from its 32-byte Ed25519 seed.
     *
     * @throws IllegalArgumentException when the seed has another length
     */
    public static LinkIdentity of(byte[] ed25519Seed) {
        if (ed25519Seed.length != SEED_BYTES) {
            throw new IllegalArgumentException(
                    "an Ed25519 seed has " + SEED_BYTES + " bytes, not " + ed25519Seed.length);
        }
        var secret = new Ed25519PrivateKeyParameters(ed25519Seed, 0);
        var open = secret.generatePublicKey();
        try {
            byte[] pkcs8 = PrivateKeyInfoFactory.createPrivateKeyInfo(secret).getEncoded();
            PrivateKey privateKey =
                    KeyFactory.getInstance("Ed25519")
                            .generatePrivate(new PKCS8EncodedKeySpec(pkcs8));
            var info = SubjectPublicKeyInfoFactory.createSubjectPublicKeyInfo(open);
            return new LinkIdentity(
                    LinkKey.of(open.getEncoded()), privateKey, selfSigned(privateKey, info));
        } catch (GeneralSecurityException | IOException | OperatorCreationException e) {
            throw new IllegalStateException("this Java runtime lacks Ed25519 certificates", e);
        }
    }

    /** Makes an identity from a fresh random seed, for processes that need no lasting name. */
    public static LinkIdentity random() {
        byte[] seed = new byte[SEED_BYTES];
        new SecureRandom().nextBytes(seed);
        return of(seed);
    }

    /** The public key by which the other side knows this one. */
    public LinkKey key() {
        return key;
    }

    PrivateKey privateKey() {
        return privateKey;
    }

    X509Certificate certificate() {
        return certificate;
    }

    /** The public key only; the secret is never shown. */
    @Override
    public String toString() {
        return "LinkIdentity[" + key + "]";
    }

    private static X509Certificate selfSigned(PrivateKey privateKey, SubjectPublicKeyInfo info)
            throws OperatorCreationException, GeneralSecurityException, IOException {
        var signer = new JcaContentSignerBuilder("Ed25519").build(privateKey);
        var holder =
                new X509v3CertificateBuilder(NAME, BigInteger.ONE, ALWAYS, FOREVER, NAME, info)
                        .build(signer);
        return (X509Certificate)
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(holder.getEncoded()));
    }
}
