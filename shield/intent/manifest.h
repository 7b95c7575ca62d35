// The manifest: what the person reads and approves. Its canonical bytes are in what is signed.
#pragma once

#include "shield/crypto/public_key.h"

#include <optional>
#include <string>
#include <vector>

namespace hufu::intent {

enum class Act : std::uint8_t {
    login = 1,
    sign,
    seal,
    encrypt, // seal a bid
    decrypt,
    enrol,              // a desk
    csr,                // the sign key's certificate request
    encryptCertificate, // the sign key asks for the encrypt key's certificate
    probe,              // the encrypt key's proof of possession
    rehearseSign,
    rehearseDecrypt,
    pinChange,
    vouch, // for the same person's next keys, on this phone or a new one
    revoke, // the person's own certificates, for good
    confirm, // what the person does in the company's console, where the page shows the code
};

enum class Flow : std::uint8_t { desk = 1, page, phone };

// What comes back for a signed file: the plain signature over the file, CMS over signed attributes under the identifiers of PKCS#7 (as
// PDF has them) or of GM/T 0010, or the electronic signature of GB/T 38540 under an electronic seal.
enum class Form : std::uint8_t { bare = 1, cms, ses, cmsGmt };

constexpr bool isCms(Form form)
{
    return form == Form::cms || form == Form::cmsGmt;
}

// The two-party operation behind an act. The values are those of the wire.
enum class Op : std::uint8_t { sign = 1, decrypt = 2, refresh = 3, refreshCommit = 4, pinChange = 6 };

struct Platform {
    std::string id, name;
    bool operator==(const Platform &) const = default;
};

struct Project {
    std::string id, name, package; // package may be empty
    bool operator==(const Project &) const = default;
};

enum class SealKind : std::uint8_t { company = 1, legalPerson, finance, contract };

// A seal that goes onto a file: who signs has it by a grant, which the server holds the rest against.
struct SealUse {
    ByteArray<16> grant{};
    SealKind kind = SealKind::company;
    std::string name;    // the words on it: the company's name, or the legal person's
    std::string purpose; // for which it was granted
    std::string pages;   // on which it stands, "3" or "1-2,7"; may be empty
    std::string riding;  // across whose edges it goes (骑缝章), "1-12"; may be empty, but not both
    std::optional<ByteArray<32>> electronic = {}; // form ses: SM3 of the SESeal under which it is signed
    // What its picture is drawn of besides kind and name, so that whoever reads the manifest can draw it: style, 1 to 3 (legalPerson; else 1;
    // 0: older desks do not say), and the number below the star, digits, which may be empty.
    std::uint8_t style = 0;
    std::string number = {};
    bool operator==(const SealUse &) const = default;
};

struct File {
    std::string name; // shown in full; no control, bidirectional or invisible characters
    std::uint64_t size = 0;
    ByteArray<32> sm3{};
    std::uint32_t pages = 0; // 0: not known
    // C1 of the ciphertext, only for decrypt and only where the company's policy "named ciphertext" asks for it (R8):
    // then the server sees which one is opened, and opens no other.
    std::optional<ByteArray<65>> c1 = {};
    // Which sealed bid the ciphertext is of, only for decrypt: what the sm3 of the file was when the bid was sealed.
    std::optional<ByteArray<32>> envelope = {};
    std::vector<SealUse> seals = {}; // only for seal; at most kSealsMax, each grant once
    bool operator==(const File &) const = default;
};

struct Desk {
    ByteArray<16> id{};
    std::string name;
    bool known = false;
    bool operator==(const Desk &) const = default;
};

struct Subject {
    std::string country, organization, unit, commonName, serialNumber; // unit and serialNumber may be empty
    bool operator==(const Subject &) const = default;
};

// act csr: the subject and the sign key's public point, of either suite.
struct CsrRequest {
    Subject subject;
    crypto::PublicKey point;
    bool operator==(const CsrRequest &) const = default;
};

// act encryptCertificate (PROTOCOL R5): signed by the sign key of the same device.
struct EncryptRequest {
    ByteArray<16> acct{};
    ByteArray<65> point{};
    ByteArray<32> keyId{};
    bool operator==(const EncryptRequest &) const = default;
};

// Which fields an act needs and allows is checked by check(); parse() calls it.
//   every act               act flow nonce created platform; deadline, network, company, person may be there
//   every act of a desk     flow desk, and desk
//   login                   flow desk, or flow page without desk; project may be there
//   sign, seal              files (1 to 64), form (sign: bare or cms, seal: cms or ses); project may be there. seal: files may have seals;
//                           sm3 is then of what the signature in the sealed document covers, size and name are the document's;
//                           ses: each file has one seal, with electronic, which no other form has
//   encrypt                 files (1 to 64), form (cms), project, recipients (1 to 64); size and name of a file are those of
//                           what is in the envelope, sm3 is of the envelope's statement (shield/documents/README.md);
//                           recipientKeys may be there, soleReason with one recipient; deadline is the opening hour
//   decrypt                 files (1 to 64; all with c1 or none; envelope may be there), deskKey; project may be there
//   enrol                   deskPublicKey, and desk of its id, not known
//   csr                     flow phone, csrRequest
//   encryptCertificate      flow phone, encryptRequest
//   probe, rehearseDecrypt  flow phone, files (exactly 1)
//   rehearseSign, pinChange, vouch, revoke  flow phone
//   confirm                 flow page, files (exactly 1: its name says in words what is confirmed, size and sm3 are those of the whole
//                           statement), company, person
struct Manifest {
    Act act = Act::login;
    Flow flow = Flow::desk;
    ByteArray<16> nonce{};
    std::int64_t created = 0; // Unix milliseconds, also the CMS signingTime
    std::optional<std::int64_t> deadline;
    Platform platform;
    std::optional<Project> project;
    std::vector<File> files;
    std::optional<Form> form;
    std::vector<std::string> recipients; // encrypt: who can open the envelopes, as people are called
    std::vector<Bytes> recipientKeys;    // encrypt: and by which certificates, as envelopes name them; none, or one for each
    std::string soleReason;              // encrypt: why one person alone shall be able to; may be empty
    std::optional<Desk> desk;
    std::string network;                        // a hint on where the desk is, for people; may be empty
    std::optional<ByteArray<32>> deskKey;       // X25519, one time, to which opened content is sealed (R8)
    std::optional<ByteArray<32>> deskPublicKey; // Ed25519 of the desk that is being enrolled
    std::optional<CsrRequest> csrRequest;
    std::optional<EncryptRequest> encryptRequest;
    std::string company, person; // for whom; may be empty

    bool operator==(const Manifest &) const = default;

    static constexpr std::size_t kSoleReasonMax = 200; // bytes
    static constexpr std::size_t kRecipientKeyMax = 64;
    static constexpr std::size_t kSealsMax = 8;     // on one file
    static constexpr std::size_t kPageListMax = 64; // bytes
    static constexpr std::size_t kSealNumberMax = 20;

    // In: at most 32 KiB of RFC 8785 canonical JSON, integers and NFC strings only. The bytes are parsed,
    // encoded again and must come out the same, so a manifest has exactly one form. Errors: badInput.
    static Result<Manifest> parse(ByteView bytes);
    // The same from a draft of a desk or a relying party: JSON with members in any order and white space. What
    // only the server may say must not be in it and is taken from base: v, flow, nonce, created, desk, company,
    // person; so is platform if the draft has none. Errors: badInput.
    static Result<Manifest> fromDraft(ByteView json, const Manifest &base);

    // The fields fit the act and every text is fit to be shown. Errors: badInput.
    Result<void> check() const;
    // The canonical bytes.
    Bytes encode() const;
    ByteArray<32> sm3() const;
};

std::string_view nameOf(Act act); // as in the JSON
std::string_view nameOf(SealKind kind);
std::optional<SealKind> sealKindOf(std::string_view name);
std::optional<Act> actOf(std::string_view name);
Op opOf(Act act);
// How many signatures or decryptions the manifest asks for: one a file for sign, seal, encrypt, decrypt, probe and
// rehearseDecrypt; none for pinChange; else one.
std::size_t itemsOf(const Manifest &manifest);
// How long the person may take, in milliseconds (limits.h).
std::int64_t userTimeMs(Act act);

// Whether text names pages in ascending order, "1-3,7", none of them beyond last (0: not known).
bool isPageList(std::string_view text, std::uint32_t last);

// Errors: badInput for text that is not UTF-8 in NFC, or holds a control, bidirectional, invisible,
// unassigned, private or line-separating character, or is longer than most.
Result<void> checkText(std::string_view text, std::size_t most);

} // namespace hufu::intent
