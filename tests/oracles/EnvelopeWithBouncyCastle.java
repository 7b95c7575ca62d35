// A second implementation of the bid envelope, written from shield/documents/README.md on BouncyCastle alone.
// open FOLDER: reads envelope.hufu with the recipient's number in key.hex, verifies the signature against sign-cert.pem
//   (there must be none if that file is missing), writes the content to opened. Exit 0 only if all is well.
// enveloped FOLDER: reads enveloped.der with key.hex, writes the content to opened; encrypts input to the certificate in
//   encrypt-cert.pem, with indefinite lengths, as theirs.ber.
// signed FOLDER: verifies each signature in signed.p7m over the content inside. Prints how many there are.
// vectors: prints tests/vectors/envelope.json.

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInputStream;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.Security;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.asn1.*;
import org.bouncycastle.asn1.cms.ContentInfo;
import org.bouncycastle.asn1.cms.EncryptedContentInfo;
import org.bouncycastle.asn1.cms.EnvelopedData;
import org.bouncycastle.asn1.cms.IssuerAndSerialNumber;
import org.bouncycastle.asn1.cms.KeyTransRecipientInfo;
import org.bouncycastle.asn1.cms.RecipientInfo;
import org.bouncycastle.asn1.gm.GMNamedCurves;
import org.bouncycastle.asn1.x9.X9ECParameters;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cms.CMSProcessableByteArray;
import org.bouncycastle.cms.CMSSignedData;
import org.bouncycastle.cms.SignerInformation;
import org.bouncycastle.cms.jcajce.JcaSimpleSignerInfoVerifierBuilder;
import org.bouncycastle.crypto.digests.SM3Digest;
import org.bouncycastle.crypto.engines.SM2Engine;
import org.bouncycastle.crypto.engines.SM4Engine;
import org.bouncycastle.crypto.macs.HMac;
import org.bouncycastle.crypto.modes.CBCBlockCipher;
import org.bouncycastle.crypto.modes.GCMBlockCipher;
import org.bouncycastle.crypto.paddings.PKCS7Padding;
import org.bouncycastle.crypto.paddings.PaddedBufferedBlockCipher;
import org.bouncycastle.crypto.params.*;
import org.bouncycastle.jce.provider.BouncyCastleProvider;
import org.bouncycastle.util.BigIntegers;
import org.bouncycastle.util.encoders.Hex;
import org.bouncycastle.util.test.FixedSecureRandom;

public class EnvelopeWithBouncyCastle {
    static final int CHUNK = 1 << 20, TAG = 16, PIECE = 65537;
    static final X9ECParameters CURVE = GMNamedCurves.getByName("sm2p256v1");
    static final ECDomainParameters DOMAIN = new ECDomainParameters(CURVE.getCurve(), CURVE.getG(), CURVE.getN(), CURVE.getH());

    static void require(boolean condition, String what) {
        if (!condition) throw new IllegalStateException(what);
    }

    static byte[] sm3(byte[]... parts) {
        SM3Digest digest = new SM3Digest();
        for (byte[] part : parts) digest.update(part, 0, part.length);
        byte[] out = new byte[32];
        digest.doFinal(out, 0);
        return out;
    }

    static byte[] hmac(byte[] key, String label, byte[] message) {
        HMac mac = new HMac(new SM3Digest());
        mac.init(new KeyParameter(key));
        byte[] text = label.getBytes(StandardCharsets.US_ASCII);
        mac.update(text, 0, text.length);
        mac.update((byte) 0);
        mac.update(message, 0, message.length);
        byte[] out = new byte[32];
        mac.doFinal(out, 0);
        return out;
    }

    static byte[] chunkKey(byte[] key, byte[] body) {
        return Arrays.copyOf(hmac(key, "HUFU-ENVELOPE-1 chunks", sm3(body)), 16);
    }

    static byte[] gcm(boolean seal, byte[] key, int index, boolean last, byte[] in) throws Exception {
        byte[] nonce = ByteBuffer.allocate(12).putInt(0).putShort((short) 0).put((byte) 0).putInt(index).put((byte) (last ? 1 : 0)).array();
        GCMBlockCipher cipher = new GCMBlockCipher(new SM4Engine());
        cipher.init(seal, new AEADParameters(new KeyParameter(key), 8 * TAG, nonce));
        byte[] out = new byte[cipher.getOutputSize(in.length)];
        int length = cipher.processBytes(in, 0, in.length, out, 0);
        length += cipher.doFinal(out, length);
        return Arrays.copyOf(out, length);
    }

    // RFC 6962 2.1, as it is written there.
    static byte[] tree(List<byte[]> leaves) {
        if (leaves.size() == 1) return sm3(new byte[] {0}, leaves.get(0));
        int k = 1;
        while (2 * k < leaves.size()) k *= 2;
        return sm3(new byte[] {1}, tree(leaves.subList(0, k)), tree(leaves.subList(k, leaves.size())));
    }

    static byte[] root(byte[] chunks) {
        List<byte[]> pieces = new ArrayList<>();
        for (int at = 0; at < chunks.length; at += PIECE) pieces.add(Arrays.copyOfRange(chunks, at, Math.min(at + PIECE, chunks.length)));
        return tree(pieces);
    }

    static byte[] statement(byte[] header, long size, byte[] root) throws Exception {
        return der(new ASN1Integer(1), new DEROctetString(sm3(header)), new ASN1Integer(size), new DEROctetString(root)).getEncoded("DER");
    }

    static DERSequence der(ASN1Encodable... elements) {
        return new DERSequence(elements);
    }

    static byte[] keyId(BigInteger d) {
        return Arrays.copyOf(sm3(DOMAIN.getG().multiply(d).normalize().getEncoded(false)), 20);
    }

    // C1 | C3 | C2 to SM2Cipher and back.
    static ASN1Encodable wrap(BigInteger d, byte[] key, byte[] k) throws Exception {
        SM2Engine engine = new SM2Engine(SM2Engine.Mode.C1C3C2);
        engine.init(true, new ParametersWithRandom(new ECPublicKeyParameters(DOMAIN.getG().multiply(d), DOMAIN), new FixedSecureRandom(k)));
        byte[] raw = engine.processBlock(key, 0, key.length);
        return der(new ASN1Integer(new BigInteger(1, Arrays.copyOfRange(raw, 1, 33))), new ASN1Integer(new BigInteger(1, Arrays.copyOfRange(raw, 33, 65))),
            new DEROctetString(Arrays.copyOfRange(raw, 65, 97)), new DEROctetString(Arrays.copyOfRange(raw, 97, raw.length)));
    }

    static byte[] unwrap(BigInteger d, ASN1Sequence cipher) throws Exception {
        ByteArrayOutputStream raw = new ByteArrayOutputStream();
        raw.write(4);
        for (int i = 0; i < 2; i++) raw.write(BigIntegers.asUnsignedByteArray(32, ASN1Integer.getInstance(cipher.getObjectAt(i)).getValue()));
        for (int i = 2; i < 4; i++) raw.write(ASN1OctetString.getInstance(cipher.getObjectAt(i)).getOctets());
        SM2Engine engine = new SM2Engine(SM2Engine.Mode.C1C3C2);
        engine.init(false, new ECPrivateKeyParameters(d, DOMAIN));
        return engine.processBlock(raw.toByteArray(), 0, raw.size());
    }

    static void verify(byte[] cms, byte[] statement, byte[] sender, Path certificate) throws Exception {
        X509Certificate expected = (X509Certificate) CertificateFactory.getInstance("X.509", "BC")
            .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(certificate)));
        require(Arrays.equals(sender, sm3(expected.getEncoded())), "the sender is another");
        CMSSignedData data = new CMSSignedData(new CMSProcessableByteArray(statement), cms);
        require(data.getSignerInfos().size() == 1, "one signer");
        SignerInformation signer = data.getSignerInfos().getSigners().iterator().next();
        require(signer.verify(new JcaSimpleSignerInfoVerifierBuilder().setProvider("BC").build(new X509CertificateHolder(expected.getEncoded()))),
            "signature over the statement");
    }

    static byte[] open(byte[] file, BigInteger d, Path certificate) throws Exception {
        DataInputStream in = new DataInputStream(new ByteArrayInputStream(file));
        byte[] magic = in.readNBytes(8);
        require(new String(magic, StandardCharsets.US_ASCII).equals("HUFU-ENV"), "magic");
        byte[] header = in.readNBytes(in.readInt());
        ASN1Sequence fields = ASN1Sequence.getInstance(header);
        require(Arrays.equals(fields.getEncoded("DER"), header), "header is DER");
        ASN1Sequence body = ASN1Sequence.getInstance(fields.getObjectAt(0));
        byte[] bodyDer = body.getEncoded("DER");
        require(body.getObjectAt(3).equals(new ASN1ObjectIdentifier("1.2.156.10197.1.104.8")), "cipher");
        long size = ASN1Integer.getInstance(body.getObjectAt(5)).getValue().longValueExact();
        byte[] sender = null;
        for (int i = 7; i < body.size() - 1; i++) {
            ASN1TaggedObject tagged = ASN1TaggedObject.getInstance(body.getObjectAt(i));
            if (tagged.getTagNo() == 1) sender = ASN1OctetString.getInstance(tagged, false).getOctets();
        }
        byte[] key = null;
        for (ASN1Encodable each : ASN1Sequence.getInstance(body.getObjectAt(body.size() - 1))) {
            ASN1Sequence recipient = ASN1Sequence.getInstance(each);
            if (Arrays.equals(ASN1OctetString.getInstance(recipient.getObjectAt(0)).getOctets(), keyId(d)))
                key = unwrap(d, ASN1Sequence.getInstance(recipient.getObjectAt(2)));
        }
        require(key != null, "a recipient with this key");
        require(Arrays.equals(hmac(key, "HUFU-ENVELOPE-1 header", bodyDer), ASN1OctetString.getInstance(fields.getObjectAt(1)).getOctets()), "mac");
        int count = size == 0 ? 1 : (int) ((size + CHUNK - 1) / CHUNK);
        byte[] chunks = in.readNBytes((int) (size + (long) TAG * count));
        byte[] cms = in.readNBytes(in.readInt());
        require(in.read() < 0, "nothing behind the signature");
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        for (int i = 0; i < count; i++) {
            int at = i * (CHUNK + TAG);
            out.write(gcm(false, chunkKey(key, bodyDer), i, i == count - 1, Arrays.copyOfRange(chunks, at, Math.min(at + CHUNK + TAG, chunks.length))));
        }
        require(out.size() == size, "size of the content");
        require((sender == null) == (cms.length == 0) && (sender == null) == !Files.exists(certificate), "signed or not");
        if (sender != null) verify(cms, statement(header, size, root(chunks)), sender, certificate);
        return out.toByteArray();
    }

    static byte[] cbc(boolean encrypt, byte[] key, byte[] iv, byte[] in) throws Exception {
        PaddedBufferedBlockCipher cipher = new PaddedBufferedBlockCipher(new CBCBlockCipher(new SM4Engine()), new PKCS7Padding());
        cipher.init(encrypt, new ParametersWithIV(new KeyParameter(key), iv));
        byte[] out = new byte[cipher.getOutputSize(in.length)];
        int length = cipher.processBytes(in, 0, in.length, out, 0);
        length += cipher.doFinal(out, length);
        return Arrays.copyOf(out, length);
    }

    static void enveloped(Path folder, BigInteger d) throws Exception {
        ContentInfo info = ContentInfo.getInstance(Files.readAllBytes(folder.resolve("enveloped.der")));
        String family = info.getContentType().getId().substring(0, info.getContentType().getId().lastIndexOf('.'));
        require(info.getContentType().getId().equals(family + ".3"), "content type");
        EnvelopedData data = EnvelopedData.getInstance(info.getContent());
        X509CertificateHolder holder = new X509CertificateHolder(((X509Certificate) CertificateFactory.getInstance("X.509", "BC")
            .generateCertificate(new ByteArrayInputStream(Files.readAllBytes(folder.resolve("encrypt-cert.pem"))))).getEncoded());
        EncryptedContentInfo content = data.getEncryptedContentInfo();
        require(content.getContentType().getId().equals(family + ".1"), "inner content type");
        require(content.getContentEncryptionAlgorithm().getAlgorithm().getId().equals("1.2.156.10197.1.104.2"), "cipher");
        byte[] iv = ASN1OctetString.getInstance(content.getContentEncryptionAlgorithm().getParameters()).getOctets();
        byte[] opened = null;
        for (ASN1Encodable each : data.getRecipientInfos()) {
            KeyTransRecipientInfo recipient = KeyTransRecipientInfo.getInstance(RecipientInfo.getInstance(each).getInfo());
            IssuerAndSerialNumber name = IssuerAndSerialNumber.getInstance(recipient.getRecipientIdentifier().getId());
            if (!name.equals(new IssuerAndSerialNumber(holder.toASN1Structure()))) continue;
            require(recipient.getKeyEncryptionAlgorithm().getAlgorithm().getId().equals("1.2.156.10197.1.301.3"), "key encryption");
            byte[] key = unwrap(d, ASN1Sequence.getInstance(recipient.getEncryptedKey().getOctets()));
            opened = cbc(false, key, iv, content.getEncryptedContent().getOctets());
        }
        require(opened != null, "a recipient with this certificate");
        Files.write(folder.resolve("opened"), opened);

        byte[] key = draw("enveloped", "key"), k = draw("enveloped", "k"), input = Files.readAllBytes(folder.resolve("input"));
        byte[] shortKey = Arrays.copyOf(key, 16);
        ASN1Sequence recipient = der(new ASN1Integer(1), new IssuerAndSerialNumber(holder.toASN1Structure()),
            new org.bouncycastle.asn1.x509.AlgorithmIdentifier(new ASN1ObjectIdentifier("1.2.156.10197.1.301.3")), new DEROctetString(wrap(d, shortKey, k).toASN1Primitive().getEncoded("DER")));
        ASN1Encodable cipher = new org.bouncycastle.asn1.x509.AlgorithmIdentifier(new ASN1ObjectIdentifier("1.2.156.10197.1.104"), new DEROctetString(iv));
        ASN1Encodable inside = new BERSequence(new ASN1Encodable[] {new ASN1ObjectIdentifier(family + ".1"), cipher,
            new BERTaggedObject(false, 0, new BEROctetString(cbc(true, shortKey, iv, input)))});
        ASN1Encodable theirs = new BERSequence(new ASN1Encodable[] {new ASN1Integer(1), new DERSet(recipient), inside});
        Files.write(folder.resolve("theirs.ber"),
            new BERSequence(new ASN1Encodable[] {new ASN1ObjectIdentifier(family + ".3"), new BERTaggedObject(0, theirs)}).getEncoded());
    }

    static int signed(Path folder) throws Exception {
        CMSSignedData data = new CMSSignedData(Files.readAllBytes(folder.resolve("signed.p7m")));
        int count = 0;
        for (SignerInformation signer : data.getSignerInfos().getSigners()) {
            @SuppressWarnings("unchecked")
            X509CertificateHolder holder = (X509CertificateHolder) data.getCertificates().getMatches(signer.getSID()).iterator().next();
            require(signer.verify(new JcaSimpleSignerInfoVerifierBuilder().setProvider("BC").build(holder)), "signature of " + holder.getSubject());
            count++;
        }
        return count;
    }

    static byte[] pattern(int size) {
        byte[] out = new byte[size];
        for (int i = 0; i < size; i++) out[i] = (byte) (7 * i + i / 251);
        return out;
    }

    // Draws of a vector: SM3 of a counter and its label.
    static byte[] draw(String name, String label) {
        return sm3((name + " " + label).getBytes(StandardCharsets.UTF_8));
    }

    static String vector(String name, int size, String[] people, String[] project, long opening) throws Exception {
        byte[] id = Arrays.copyOf(draw(name, "id"), 16), key = draw(name, "key");
        StringBuilder json = new StringBuilder();
        json.append(" {\n  \"name\": \"" + name + "\",\n  \"size\": " + size + ",\n  \"id\": \"" + Hex.toHexString(id) + "\",\n  \"key\": \"" + Hex.toHexString(key)
            + "\",\n  \"created\": 1800000000000,\n  \"fileName\": \"投标文件.pdf\",\n");
        ASN1EncodableVector recipients = new ASN1EncodableVector();
        json.append("  \"recipients\": [");
        for (int i = 0; i < people.length; i++) {
            BigInteger d = new BigInteger(1, draw(name, "d" + i)).mod(DOMAIN.getN());
            byte[] k = draw(name, "k" + i);
            require(new BigInteger(1, k).compareTo(DOMAIN.getN()) < 0, "k below n");
            recipients.add(der(new DEROctetString(keyId(d)), new DERUTF8String(people[i]), wrap(d, key, k)));
            json.append((i > 0 ? ", " : "") + "{\"name\": \"" + people[i] + "\", \"d\": \"" + Hex.toHexString(BigIntegers.asUnsignedByteArray(32, d))
                + "\", \"k\": \"" + Hex.toHexString(k) + "\"}");
        }
        json.append("],\n");
        ASN1EncodableVector body = new ASN1EncodableVector();
        body.add(new ASN1Integer(1));
        body.add(new DEROctetString(id));
        body.add(new ASN1Integer(1800000000000L));
        body.add(new ASN1ObjectIdentifier("1.2.156.10197.1.104.8"));
        body.add(new ASN1Integer(CHUNK));
        body.add(new ASN1Integer(size));
        body.add(new DERUTF8String("投标文件.pdf"));
        if (project.length > 0) {
            ASN1EncodableVector fields = new ASN1EncodableVector();
            fields.add(new DERUTF8String(project[0]));
            fields.add(new DERUTF8String(project[1]));
            if (project.length > 2) fields.add(new DERTaggedObject(false, 0, new DERUTF8String(project[2])));
            if (opening > 0) fields.add(new DERTaggedObject(false, 1, new ASN1Integer(opening)));
            body.add(new DERTaggedObject(false, 0, new DERSequence(fields)));
            json.append("  \"project\": {\"id\": \"" + project[0] + "\", \"name\": \"" + project[1] + "\", \"package\": \"" + (project.length > 2 ? project[2] : "")
                + "\", \"opening\": " + opening + "},\n");
        }
        body.add(new DERSequence(recipients));
        byte[] bodyDer = new DERSequence(body).getEncoded("DER");
        byte[] header = der(new DERSequence(body), new DEROctetString(hmac(key, "HUFU-ENVELOPE-1 header", bodyDer))).getEncoded("DER");
        byte[] content = pattern(size);
        ByteArrayOutputStream chunks = new ByteArrayOutputStream();
        int count = size == 0 ? 1 : (size + CHUNK - 1) / CHUNK;
        for (int i = 0; i < count; i++)
            chunks.write(gcm(true, chunkKey(key, bodyDer), i, i == count - 1, Arrays.copyOfRange(content, i * CHUNK, Math.min((i + 1) * CHUNK, size))));
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        file.write("HUFU-ENV".getBytes(StandardCharsets.US_ASCII));
        file.write(ByteBuffer.allocate(4).putInt(header.length).array());
        file.write(header);
        file.write(chunks.toByteArray());
        file.write(new byte[4]);
        byte[] root = root(chunks.toByteArray());
        json.append("  \"start\": \"" + Hex.toHexString(file.toByteArray(), 0, 12 + header.length) + "\",\n");
        if (size < 1000) json.append("  \"chunks\": \"" + Hex.toHexString(chunks.toByteArray()) + "\",\n");
        json.append("  \"root\": \"" + Hex.toHexString(root) + "\",\n  \"statement\": \"" + Hex.toHexString(statement(header, size, root)) + "\",\n  \"sm3\": \""
            + Hex.toHexString(sm3(file.toByteArray())) + "\"\n }");
        return json.toString();
    }

    static void vectors() throws Exception {
        List<String> out = new ArrayList<>();
        String[] one = {"王小明"}, two = {"王小明", "李经理"};
        String[] project = {"ZB-2026-001", "市政道路工程"}, packaged = {"ZB-2026-001", "市政道路工程", "第二标段"};
        out.add(vector("nothing", 0, one, new String[] {}, 0));
        out.add(vector("three bytes", 3, two, packaged, 1800086400000L));
        out.add(vector("under a block", 15, one, project, 0));
        out.add(vector("some blocks", 500, two, project, 1800086400000L));
        out.add(vector("one whole chunk", CHUNK, one, new String[] {}, 0));
        out.add(vector("a byte into the second chunk", CHUNK + 1, one, new String[] {}, 0));
        out.add(vector("three chunks", 2 * CHUNK + 70_000, two, packaged, 1800086400000L));
        System.out.println("{\n \"source\": \"tests/oracles/EnvelopeWithBouncyCastle.java, BouncyCastle 1.72; content byte i is 7 i + i / 251 modulo 256\",\n"
            + " \"envelopes\": [\n" + String.join(",\n", out) + "\n ]\n}");
    }

    public static void main(String[] arguments) {
        Security.addProvider(new BouncyCastleProvider());
        try {
            System.setOut(new java.io.PrintStream(new java.io.FileOutputStream(java.io.FileDescriptor.out), true, "UTF-8"));
            if (arguments.length == 1 && arguments[0].equals("vectors")) {
                vectors();
            } else if (arguments.length == 2 && arguments[0].equals("enveloped")) {
                Path folder = Path.of(arguments[1]);
                enveloped(folder, new BigInteger(Files.readString(folder.resolve("key.hex")).trim(), 16));
            } else if (arguments.length == 2 && arguments[0].equals("signed")) {
                System.out.println(signed(Path.of(arguments[1])) + " signatures hold");
            } else if (arguments.length == 2 && arguments[0].equals("open")) {
                Path folder = Path.of(arguments[1]);
                BigInteger d = new BigInteger(Files.readString(folder.resolve("key.hex")).trim(), 16);
                Files.write(folder.resolve("opened"), open(Files.readAllBytes(folder.resolve("envelope.hufu")), d, folder.resolve("sign-cert.pem")));
                System.out.println("ok   envelope.hufu is opened");
            } else {
                System.err.println("usage: EnvelopeWithBouncyCastle vectors | open FOLDER | enveloped FOLDER | signed FOLDER");
                System.exit(2);
            }
        } catch (Exception fault) {
            System.out.println("FAIL " + fault);
            System.exit(1);
        }
    }
}
