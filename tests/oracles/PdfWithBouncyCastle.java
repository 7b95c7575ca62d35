// An independent judge of sealed PDFs: finds each /ByteRange and /Contents by itself and has BouncyCastle verify them.
// In: a PDF, ca-root.pem, ca-issuing.pem, and how many signatures there must be. A CMS is verified over the two ranges;
// an electronic signature of GB/T 38540 by its own two signatures and the SM3 of the ranges.
// Prints a line for each finding; exit 0 only if all is well.

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.Security;
import java.security.Signature;
import java.security.cert.CertPathValidator;
import java.security.cert.CertificateFactory;
import java.security.cert.PKIXParameters;
import java.security.cert.TrustAnchor;
import java.security.cert.X509Certificate;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1InputStream;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.util.encoders.Hex;

public class PdfWithBouncyCastle {
    static X509Certificate root, issuing;

    static void require(boolean condition, String what) {
        if (!condition) throw new IllegalStateException(what);
        System.out.println("ok   " + what);
    }

    static X509Certificate certificate(byte[] bytes) throws Exception {
        return (X509Certificate) CertificateFactory.getInstance("X.509", "BC").generateCertificate(new ByteArrayInputStream(bytes));
    }

    static void chain(X509Certificate leaf, String what) throws Exception {
        PKIXParameters parameters = new PKIXParameters(Set.of(new TrustAnchor(root, null)));
        parameters.setRevocationEnabled(false);
        CertificateFactory factory = CertificateFactory.getInstance("X.509", "BC");
        CertPathValidator.getInstance("PKIX", "BC").validate(factory.generateCertPath(List.of(leaf, issuing)), parameters);
        require(true, what);
    }

    static void signedBy(X509Certificate signer, byte[] content, byte[] signature, String what) throws Exception {
        Signature verifier = Signature.getInstance("SM3withSM2", "BC");
        verifier.initVerify(signer.getPublicKey());
        verifier.update(content);
        require(verifier.verify(signature), what);
        chain(signer, what + ", by one under the root");
    }

    static void cms(byte[] contents, byte[] covered) throws Exception {
        CMSSignedData data = new CMSSignedData(new CMSProcessableByteArray(covered), contents);
        for (SignerInformation signer : data.getSignerInfos().getSigners()) {
            X509CertificateHolder holder = (X509CertificateHolder) data.getCertificates().getMatches(signer.getSID()).iterator().next();
            X509Certificate leaf = certificate(holder.getEncoded());
            require(signer.verify(new JcaSimpleSignerInfoVerifierBuilder().setProvider("BC").build(leaf)), "the CMS is of the two ranges");
            chain(leaf, "its signer is under the root");
        }
    }

    static void ses(ASN1Sequence signature, byte[] covered) throws Exception {
        ASN1Sequence toSign = (ASN1Sequence) signature.getObjectAt(0);
        X509Certificate signer = certificate(((ASN1OctetString) signature.getObjectAt(1)).getOctets());
        signedBy(signer, toSign.getEncoded("DER"), ((ASN1BitString) signature.getObjectAt(3)).getOctets(), "the electronic signature is right");
        byte[] digest = MessageDigest.getInstance("SM3", "BC").digest(covered);
        require(Arrays.equals(digest, ((ASN1BitString) toSign.getObjectAt(3)).getOctets()), "it is of the two ranges");
        ASN1Sequence seal = (ASN1Sequence) toSign.getObjectAt(1);
        X509Certificate maker = certificate(((ASN1OctetString) seal.getObjectAt(1)).getOctets());
        signedBy(maker, seal.getObjectAt(0).toASN1Primitive().getEncoded("DER"), ((ASN1BitString) seal.getObjectAt(3)).getOctets(), "the seal is its maker's");
    }

    public static void main(String[] arguments) throws Exception {
        Security.addProvider(new BouncyCastleProvider());
        byte[] pdf = Files.readAllBytes(Path.of(arguments[0]));
        root = certificate(Files.readAllBytes(Path.of(arguments[1])));
        issuing = certificate(Files.readAllBytes(Path.of(arguments[2])));
        String text = new String(pdf, StandardCharsets.ISO_8859_1);
        Matcher ranges = Pattern.compile("/ByteRange \\[0 (\\d+) (\\d+) (\\d+)\\]").matcher(text);
        int found = 0;
        for (; ranges.find(); ++found) {
            int start = Integer.parseInt(ranges.group(1)), end = Integer.parseInt(ranges.group(2)), rest = Integer.parseInt(ranges.group(3));
            require(text.charAt(start) == '<' && text.charAt(end - 1) == '>' && end + rest <= pdf.length, "only the signature is left out");
            ByteArrayOutputStream covered = new ByteArrayOutputStream();
            covered.write(pdf, 0, start);
            covered.write(pdf, end, rest);
            byte[] room = Hex.decode(text.substring(start + 1, end - 1));
            ASN1Sequence first = (ASN1Sequence) new ASN1InputStream(room).readObject();
            if (first.getObjectAt(0) instanceof ASN1Sequence) ses(first, covered.toByteArray());
            else cms(first.getEncoded(), covered.toByteArray());
        }
        require(found == Integer.parseInt(arguments[3]), found + " signatures");
    }
}
