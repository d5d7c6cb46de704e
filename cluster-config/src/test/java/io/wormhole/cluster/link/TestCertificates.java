package io.wormhole.cluster.link;

import java.io.ByteArrayInputStream;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.time.Instant;
import java.util.Date;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

/** Certificates that an honest node would never make. */
final class TestCertificates {
    private TestCertificates() {}

    static X509Certificate selfSigned(KeyPair pair, String algorithm) throws Exception {
        return signed(pair.getPublic(), pair.getPrivate(), algorithm);
    }

    static X509Certificate signed(PublicKey subject, PrivateKey signer, String algorithm)
            throws Exception {
        X500Name name = new X500Name("CN=mallory");
        var holder =
                new JcaX509v3CertificateBuilder(
                                name,
                                BigInteger.ONE,
                                Date.from(Instant.parse("2000-01-01T00:00:00Z")),
                                Date.from(Instant.parse("2100-01-01T00:00:00Z")),
                                name,
                                subject)
                        .build(new JcaContentSignerBuilder(algorithm).build(signer));
        return (X509Certificate)
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(holder.getEncoded()));
    }
}
