// An independent judge of what Hufu makes: BouncyCastle, with its default SM2 id 1234567812345678.
// In: a folder with ca-root.pem, ca-issuing.pem, sign-cert.pem, input and at least one of signature.der (bare),
// signature.p7s (detached CMS, DER); encrypt-cert.pem and ca-issuing.crl are judged too if they are there.
// Prints a line for each finding; exit 0 only if all is well.

import java.io.ByteArrayInputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.security.Signature;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509CRL;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.cms.Attribute;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSException;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.util.encoders.Hex;

public class VerifyWithBouncyCastle {
    static final ASN1ObjectIdentifier MANIFEST = new ASN1ObjectIdentifier("2.25.62122382484641537303062036025043629294");
    static Path folder;

    static boolean has(String name) {
        return Files.exists(folder.resolve(name));
    }

    static byte[] read(String name) throws Exception {
        return Files.readAllBytes(folder.resolve(name));
    }

    static X509Certificate certificate(String name) throws Exception {
        CertificateFactory factory = CertificateFactory.getInstance("X.509", "BC");
        return (X509Certificate) factory.generateCertificate(new ByteArrayInputStream(read(name)));
    }

    static void require(boolean condition, String what) {
        if (!condition) throw new IllegalStateException(what);
        System.out.println("ok   " + what);
    }

    static void chain(X509Certificate leaf, X509Certificate issuing, X509Certificate root, String what) throws Exception {
        PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(root, null)));
        parameters.setRevocationEnabled(false);
        CertificateFactory factory = CertificateFactory.getInstance("X.509", "BC");
        CertPathValidator.getInstance("PKIX", "BC")
            .validate(factory.generateCertPath(List.of(leaf, issuing)), parameters);
        root.verify(root.getPublicKey(), "BC");
        require(true, "chain of three levels: " + what);
    }

    static boolean bareVerifies(X509Certificate signer, byte[] content) throws Exception {
        Signature verifier = Signature.getInstance("SM3WITHSM2", "BC");
        verifier.initVerify(signer.getPublicKey());
        verifier.update(content);
        return verifier.verify(read("signature.der"));
    }

    static boolean cmsVerifies(X509Certificate expected, byte[] content, boolean print) throws Exception {
        CMSSignedData cms = new CMSSignedData(new CMSProcessableByteArray(content), read("signature.p7s"));
        Collection<SignerInformation> signers = cms.getSignerInfos().getSigners();
        if (signers.size() != 1) return false;
        SignerInformation signer = signers.iterator().next();
        @SuppressWarnings("unchecked")
        Collection<X509CertificateHolder> matches = cms.getCertificates().getMatches(signer.getSID());
        X509CertificateHolder holder = matches.iterator().next();
        if (!Arrays.equals(holder.getEncoded(), expected.getEncoded())) return false;
        boolean good;
        try {
            good = signer.verify(new JcaSimpleSignerInfoVerifierBuilder().setProvider("BC").build(holder));
        } catch (CMSException digestDiffers) {
            good = false;
        }
        if (good && print) {
            Attribute manifest = signer.getSignedAttributes().get(MANIFEST);
            require(manifest != null, "the CMS names a manifest");
            byte[] sm3 = ASN1OctetString.getInstance(manifest.getAttrValues().getObjectAt(0)).getOctets();
            System.out.println("     manifest " + Hex.toHexString(sm3));
        }
        return good;
    }

    static byte[] changed(byte[] content) {
        byte[] out = Arrays.copyOf(content, content.length + 1);
        out[0] ^= 1;
        return out;
    }

    static void judge() throws Exception {
        X509Certificate root = certificate("ca-root.pem");
        X509Certificate issuing = certificate("ca-issuing.pem");
        X509Certificate sign = certificate("sign-cert.pem");
        byte[] content = read("input");
        chain(sign, issuing, root, "sign-cert.pem, " + sign.getSubjectX500Principal());
        require(sign.getKeyUsage()[0] && sign.getKeyUsage()[1] && !sign.getKeyUsage()[2], "key usage of sign-cert.pem");
        if (has("encrypt-cert.pem")) {
            X509Certificate encrypt = certificate("encrypt-cert.pem");
            chain(encrypt, issuing, root, "encrypt-cert.pem");
            boolean[] usage = encrypt.getKeyUsage();
            require(!usage[0] && usage[2] && usage[3], "key usage of encrypt-cert.pem");
        }
        if (has("ca-issuing.crl")) {
            CertificateFactory factory = CertificateFactory.getInstance("X.509", "BC");
            X509CRL list = (X509CRL) factory.generateCRL(new ByteArrayInputStream(read("ca-issuing.crl")));
            list.verify(issuing.getPublicKey(), "BC");
            require(!list.isRevoked(sign), "ca-issuing.crl is genuine and does not name sign-cert.pem");
        }
        require(has("signature.der") || has("signature.p7s"), "there is a signature");
        if (has("signature.der")) {
            require(bareVerifies(sign, content), "signature.der over input, id 1234567812345678");
            require(!bareVerifies(sign, changed(content)), "signature.der does not fit a changed input");
        }
        if (has("signature.p7s")) {
            require(cmsVerifies(sign, content, true), "signature.p7s over input, signer is sign-cert.pem");
            require(!cmsVerifies(sign, changed(content), false), "signature.p7s does not fit a changed input");
        }
    }

    public static void main(String[] arguments) {
        if (arguments.length != 1) {
            System.err.println("usage: VerifyWithBouncyCastle FOLDER");
            System.exit(2);
        }
        folder = Path.of(arguments[0]);
        Security.addProvider(new BouncyCastleProvider());
        try {
            judge();
        } catch (Exception fault) {
            System.out.println("FAIL " + fault);
            System.exit(1);
        }
    }
}
