#include "shield/intent/tbs.h"

#include "shield/base/limits.h"
#include "shield/crypto/sm3.h"
#include "shield/intent/der_writer.h"

#include <algorithm>

namespace hufu::intent {

namespace {

using der::element;
using der::Tag;

// Contents of the object identifiers.
constexpr std::uint8_t kCountry[] = {0x55, 0x04, 0x06};
constexpr std::uint8_t kOrganization[] = {0x55, 0x04, 0x0a};
constexpr std::uint8_t kUnit[] = {0x55, 0x04, 0x0b};
constexpr std::uint8_t kCommonName[] = {0x55, 0x04, 0x03};
constexpr std::uint8_t kSerialNumber[] = {0x55, 0x04, 0x05};
constexpr std::uint8_t kEcPublicKey[] = {0x2a, 0x86, 0x48, 0xce, 0x3d, 0x02, 0x01};      // 1.2.840.10045.2.1
constexpr std::uint8_t kSm2Curve[] = {0x2a, 0x81, 0x1c, 0xcf, 0x55, 0x01, 0x82, 0x2d};   // 1.2.156.10197.1.301
constexpr std::uint8_t kEd25519[] = {0x2b, 0x65, 0x70};                                  // 1.3.101.112
constexpr std::uint8_t kData[] = {0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x07, 0x01}; // id-data
constexpr std::uint8_t kGmtData[] = {0x2a, 0x81, 0x1c, 0xcf, 0x55, 0x06, 0x01, 0x04, 0x02, 0x01}; // 1.2.156.10197.6.1.4.2.1
constexpr std::uint8_t kContentType[] = {0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x03};
constexpr std::uint8_t kMessageDigest[] = {0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x04};
constexpr std::uint8_t kSigningTime[] = {0x2a, 0x86, 0x48, 0x86, 0xf7, 0x0d, 0x01, 0x09, 0x05};
constexpr std::uint8_t kHufuManifest[] = {
    0x69, 0xdd, 0xbc, 0xaa, 0xfb, 0xc3, 0x9e, 0x9a, 0x8e, 0xc1,
    0xa3, 0xea, 0xa9, 0xcf, 0x90, 0x8f, 0xf2, 0xe9, 0x6e}; // kManifestAttributeOid

Bytes relativeName(ByteView oid, const Bytes &value)
{
    return element(Tag::set, element(Tag::sequence, {element(Tag::oid, oid), value}));
}

// In this order, empty ones left out: C, O, OU, CN, serialNumber.
Bytes nameOf(const Subject &subject)
{
    const auto utf8 = [](std::string_view text) { return element(Tag::utf8String, viewOf(text)); };
    Bytes names;
    const auto add = [&names](ByteView oid, std::string_view text, const Bytes &value) {
        if (text.empty()) return;
        const Bytes name = relativeName(oid, value);
        names.insert(names.end(), name.begin(), name.end());
    };
    add(kCountry, subject.country, der::printableOrUtf8(subject.country));
    add(kOrganization, subject.organization, utf8(subject.organization));
    add(kUnit, subject.unit, utf8(subject.unit));
    add(kCommonName, subject.commonName, utf8(subject.commonName));
    add(kSerialNumber, subject.serialNumber, der::printableOrUtf8(subject.serialNumber));
    return element(Tag::sequence, names);
}

// Source: GM/T 0006; RFC 8410 3, without parameters.
Bytes algorithmOf(crypto::Suite suite)
{
    if (suite == crypto::Suite::frost) return element(Tag::sequence, element(Tag::oid, kEd25519));
    return element(Tag::sequence, {element(Tag::oid, kEcPublicKey), element(Tag::oid, kSm2Curve)});
}

// RFC 2986 4.1: version 0, subject, subjectPKInfo, no attributes.
Bytes requestInfo(const CsrRequest &request)
{
    const std::uint8_t zero[] = {0};
    const Bytes algorithm = algorithmOf(request.point.suite());
    const Bytes key = element(Tag::bitString, {zero, request.point.bytes()});
    return element(Tag::sequence,
                   {element(Tag::integer, zero), nameOf(request.subject),
                    element(Tag::sequence, {algorithm, key}), element(Tag::context0, ByteView())});
}

Bytes attribute(ByteView oid, const Bytes &value)
{
    return element(Tag::sequence, {element(Tag::oid, oid), element(Tag::set, value)});
}

// RFC 5652 5.4: the DER of SET OF Attribute, as it is signed. The identifier of data: RFC 2315 14, GM/T 0010 6.
Bytes signedAttributes(const Manifest &manifest, ByteView encoded, std::size_t index)
{
    const ByteView data = manifest.form == Form::cmsGmt ? ByteView(kGmtData) : ByteView(kData);
    return der::setOf({attribute(kContentType, element(Tag::oid, data)),
                       attribute(kSigningTime, der::time(manifest.created)),
                       attribute(kMessageDigest, element(Tag::octetString, manifest.files[index].sm3)),
                       attribute(kHufuManifest, element(Tag::octetString, crypto::sm3(encoded)))});
}

// What no manifest yields.
bool hasOwnBytes(const Manifest &manifest)
{
    return opOf(manifest.act) == Op::decrypt || (manifest.act == Act::sign && manifest.form == Form::bare);
}

constexpr std::uint8_t kSesVersion[] = {0x02, 0x01, 4};

// Of TBS_Sign what comes behind the seal. Source: GB/T 38540-2020 7.
Bytes sesTail(const Manifest &manifest, ByteView encoded, std::size_t index)
{
    const std::uint8_t zero[] = {0};
    const Bytes sm3 = element(Tag::octetString, crypto::sm3(encoded));
    const Bytes extension = element(Tag::sequence, {element(Tag::oid, kHufuManifest), element(Tag::octetString, sm3)});
    return concat({der::generalizedTime(manifest.created), element(Tag::bitString, {zero, manifest.files[index].sm3}),
                   element(Tag::ia5String, viewOf(kSesProperty)), element(Tag::context0, element(Tag::sequence, extension))});
}

Bytes sesTbs(ByteView seal, ByteView tail)
{
    return element(Tag::sequence, {kSesVersion, seal, tail});
}

// The seal is what is left of tbs between what is known; its hash says whether it is the one, so nobody reads it here.
Result<void> checkSes(const Manifest &manifest, ByteView encoded, std::size_t index, ByteView tbs)
{
    constexpr std::size_t kHeaderMax = 6; // of element()
    const Bytes tail = sesTail(manifest, encoded, index);
    for (std::size_t header = 2; header <= kHeaderMax; ++header) {
        const std::size_t before = header + sizeof(kSesVersion);
        if (tbs.size() < before + tail.size()) break;
        const ByteView seal = tbs.subspan(before, tbs.size() - before - tail.size());
        if (sameBytes(sesTbs(seal, tail), tbs) && crypto::sm3(seal) == *manifest.files[index].seals[0].electronic) return {};
    }
    return Error(Errc::tampered, "the bytes are not those of the manifest");
}

// In: manifest, checked.
Result<Bytes> build(const Manifest &manifest, ByteView encoded, std::size_t index)
{
    if (index >= itemsOf(manifest)) return Error(Errc::badInput, "no such item");
    if (bringsBytes(manifest)) return Error(Errc::badState, "the manifest does not yield these bytes");
    if (manifest.act == Act::csr) return requestInfo(*manifest.csrRequest);
    if (manifest.form && isCms(*manifest.form)) return signedAttributes(manifest, encoded, index);
    const std::uint8_t zero[] = {0};
    return concat({viewOf("HUFU-INTENT-1"), zero, encoded});
}

} // namespace

ByteArray<16> vouchedCode(const ByteArray<64> &signature)
{
    const auto digest = crypto::sm3(concat({viewOf("HUFU-VOUCH-1"), signature}));
    ByteArray<16> out{};
    std::copy_n(digest.begin(), out.size(), out.begin());
    return out;
}

Result<Bytes> buildTbs(const Manifest &manifest, std::size_t index)
{
    HUFU_CHECK(manifest.check());
    return build(manifest, manifest.encode(), index);
}

Result<Bytes> buildSesTbs(const Manifest &manifest, std::size_t index, ByteView seal)
{
    HUFU_CHECK(manifest.check());
    if (index >= itemsOf(manifest)) return Error(Errc::badInput, "no such item");
    if (manifest.form != Form::ses) return Error(Errc::badState, "not an electronic signature");
    if (crypto::sm3(seal) != *manifest.files[index].seals[0].electronic) return Error(Errc::tampered, "another seal");
    return sesTbs(seal, sesTail(manifest, manifest.encode(), index));
}

bool bringsBytes(const Manifest &manifest)
{
    return hasOwnBytes(manifest) || manifest.form == Form::ses;
}

Result<void> checkTbs(const Manifest &manifest, std::size_t index, ByteView tbs)
{
    HUFU_CHECK(manifest.check());
    return checkTbs(manifest, manifest.encode(), index, tbs);
}

Result<void> checkTbs(const Manifest &manifest, ByteView encoded, std::size_t index, ByteView tbs)
{
    if (index >= itemsOf(manifest)) return Error(Errc::badInput, "no such item");
    if (tbs.size() > limits::kTbsMax) return Error(Errc::badInput, "TBS too long");
    if (hasOwnBytes(manifest)) {
        const File &file = manifest.files[index];
        if (tbs.size() != file.size || crypto::sm3(tbs) != file.sm3)
            return Error(Errc::tampered, "the bytes are not those of the manifest");
        return {};
    }
    if (manifest.form == Form::ses) return checkSes(manifest, encoded, index, tbs);
    HUFU_TRY(expected, build(manifest, encoded, index));
    if (!sameBytes(expected, tbs)) return Error(Errc::tampered, "the bytes are not those of the manifest");
    return {};
}

} // namespace hufu::intent
