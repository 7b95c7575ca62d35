// The evidence bundle: what a desk or a phone saw of one act, step by step, in records that hang together, under a case id and its maker's
// signature. README.md of this folder specifies the file.
#pragma once

#include "shield/audit/listing.h"

#include <functional>
#include <string>

namespace hufu::audit {

// Kept as Record::entry.event; numbers of Event that the server's log never uses, and never reuses.
enum class Step : std::uint16_t {
    begun = 900,         // at a desk; subject: its id; code: the act's number in the manifest's list
    goneOn = 901,        // after a kill; subject: the session's token
    sessionOpened = 902, // subject: token; object: SM3(manifest); code: how many items
    claimed = 903,       // a phone has it
    approved = 904,
    serverBusy = 905,    // asked again; code: the HTTP status, 0 if it was not reached
    serverBack = 906,
    fileDone = 907,      // object: the sealed bid's id, or what the manifest names the file by; code: 0, or HF-nnn
    finished = 908,      // code: how many files are there
    failed = 909,        // code: HF-nnn
    cut = 910,           // more happened than is kept
    begunOnPhone = 911,  // subject: the phone's id; code: the act, 0 where a code was scanned; or kActivation, kRecovery
    shown = 912,         // the request, to the person; subject: token; object: SM3(manifest); code: the act
    refused = 913,       // by the person; subject: token
    problemShown = 914,  // and the act went on; subject: token; code: HF-nnn
    factorGiven = 915,   // and the act went on with it; subject: token; code: the factor's bit, 1 the PIN
};

// What a phone begins that no manifest asks for, as the code of begunOnPhone.
inline constexpr std::uint16_t kActivation = 256, kRecovery = 257;

std::string_view nameOf(Step step); // "unknown" for a number without one

// Who saw it.
enum class Maker : std::uint8_t { desk, phone };
std::string_view nameOf(Maker kind); // as in the file

// One act's record. There is no field into which a person's data or a secret could get.
class Evidence {
public:
    static constexpr std::size_t kMost = 500; // records
    // In: caseId, random; maker, the desk's or phone's id; act, its number.
    Evidence(const ChainId &caseId, const ByteArray<16> &maker, std::uint16_t act, std::int64_t nowMs, Maker kind = Maker::desk);
    void note(Step step, std::int64_t nowMs, const ByteArray<16> &subject = {}, const ByteArray<32> &object = {}, std::uint16_t code = 0);

    const ChainId &caseId() const { return m_case; }
    const ByteArray<16> &maker() const { return m_records.front().entry.subject; }
    Maker kind() const { return m_records.front().entry.event == static_cast<Event>(Step::begunOnPhone) ? Maker::phone : Maker::desk; }
    const std::vector<Record> &records() const { return m_records; }
    Head end() const { return {m_records.size(), m_records.back().sm3()}; }

private:
    ChainId m_case;
    std::vector<Record> m_records;
};

// What the maker signs: "HUFU-EVIDENCE-1" | case 16 | number of records 8 | SM3 of the last one 32
Bytes signedBytesOf(const ChainId &caseId, const Head &end);

// The file. In: key, the maker's Ed25519 public key; sign, with it.
std::string bundleOf(const Evidence &evidence, const ByteArray<32> &key, const std::function<ByteArray<64>(ByteView)> &sign);

// A file that was read: its lines may have been changed.
struct Bundle {
    ChainId caseId{};
    Maker kind = Maker::desk;
    ByteArray<16> maker{};
    ByteArray<32> key{};
    Head end;
    ByteArray<64> signature{};
    std::vector<std::optional<Record>> entries; // nothing for a line that is no record to the last byte
    static constexpr std::size_t kBytesMost = 1 << 20;
    // Errors: badInput (no evidence: the first line is not one's).
    static Result<Bundle> parse(std::string_view text);
};

struct EvidenceVerdict {
    std::vector<ListFinding> findings; // in the records
    bool isSigned = false;             // by the key that the file names, over its case and its end
    bool isMakers = false;             // that key is the named desk's or phone's, the first record's, and the expected one's
    bool holds() const { return findings.empty() && isSigned && isMakers; }
};

// By its key: the first 16 bytes of the SM3.
ByteArray<16> makerOf(const ByteArray<32> &key);

// In: maker, the desk or phone that it is expected of: without it, a bundle that somebody made anew with a key of his own cannot be told from one
// of that key's holder.
EvidenceVerdict judge(const Bundle &bundle, const std::optional<ByteArray<16>> &maker = std::nullopt);

} // namespace hufu::audit
