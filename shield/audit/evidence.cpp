#include "shield/audit/evidence.h"

#include "shield/crypto/ed25519.h"
#include "shield/crypto/sm3.h"

#include <algorithm>

namespace hufu::audit {

namespace {

constexpr std::string_view kMagic = "HUFU-EVIDENCE-1";

// One line has one form: what is read is written again and compared, so that no byte can be put in or changed.
std::string lineOf(const Record &record)
{
    std::string line = "{\"sequence\":" + std::to_string(record.sequence) + ",\"timeMs\":" + std::to_string(record.entry.timeMs);
    line.append(",\"step\":\"").append(nameOf(static_cast<Step>(record.entry.event)));
    line += "\",\"subject\":\"" + toHex(record.entry.subject) + "\",\"object\":\"" + toHex(record.entry.object) + "\",\"code\":" + std::to_string(record.entry.code);
    return line + ",\"sm3\":\"" + toHex(record.sm3()) + "\",\"record\":\"" + toHex(record.encode()) + "\"}";
}

std::string openingOf(const Bundle &bundle)
{
    return "{\"hufuEvidence\":1,\"case\":\"" + toHex(bundle.caseId) + "\",\"" + std::string(nameOf(bundle.kind)) + "\":\"" + toHex(bundle.maker) + "\",\"key\":\"" + toHex(bundle.key) +
           "\",\"records\":" + std::to_string(bundle.end.sequence) + ",\"sm3\":\"" + toHex(bundle.end.sm3) + "\",\"signature\":\"" + toHex(bundle.signature) + "\"}";
}

// What stands behind the first "name":" of the line.
template <std::size_t N> Result<ByteArray<N>> memberOf(std::string_view line, std::string_view name)
{
    std::string before;
    before.append("\"").append(name).append("\":\"");
    const auto at = line.find(before);
    if (at == std::string_view::npos) return Error(Errc::badInput, "a member is missing");
    HUFU_TRY(bytes, fromHex(line.substr(at + before.size(), 2 * N)));
    return fixedBytes<N>(bytes);
}

std::optional<Record> recordOf(std::string_view line)
{
    const auto bytes = memberOf<Record::kBytes>(line, "record");
    const auto record = bytes ? Record::parse(*bytes) : Result<Record>(bytes.error());
    return record && lineOf(*record) == line ? std::optional(*record) : std::nullopt;
}

} // namespace

std::string_view nameOf(Maker kind)
{
    return kind == Maker::phone ? "phone" : "desk";
}

ByteArray<16> makerOf(const ByteArray<32> &key)
{
    ByteArray<16> id{};
    const auto hash = crypto::sm3(key);
    std::copy_n(hash.begin(), id.size(), id.begin());
    return id;
}

std::string_view nameOf(Step step)
{
    switch (step) {
    case Step::begun: return "begun";
    case Step::goneOn: return "gone-on";
    case Step::sessionOpened: return "session-opened";
    case Step::claimed: return "claimed";
    case Step::approved: return "approved";
    case Step::serverBusy: return "server-busy";
    case Step::serverBack: return "server-back";
    case Step::fileDone: return "file-done";
    case Step::finished: return "finished";
    case Step::failed: return "failed";
    case Step::cut: return "cut";
    case Step::begunOnPhone: return "begun-on-phone";
    case Step::shown: return "shown";
    case Step::refused: return "refused";
    case Step::problemShown: return "problem-shown";
    case Step::factorGiven: return "factor-given";
    }
    return "unknown";
}

Evidence::Evidence(const ChainId &caseId, const ByteArray<16> &maker, std::uint16_t act, std::int64_t nowMs, Maker kind) : m_case(caseId)
{
    note(kind == Maker::phone ? Step::begunOnPhone : Step::begun, nowMs, maker, {}, act);
}

void Evidence::note(Step step, std::int64_t nowMs, const ByteArray<16> &subject, const ByteArray<32> &object, std::uint16_t code)
{
    if (m_records.size() >= kMost) return;
    Entry entry{static_cast<Event>(step), nowMs, subject, object, code, {}};
    if (m_records.size() + 1 == kMost) entry = {static_cast<Event>(Step::cut), nowMs, {}, {}, 0, {}};
    m_records.push_back({m_case, m_records.size() + 1, m_records.empty() ? ByteArray<32>{} : m_records.back().sm3(), entry});
}

Bytes signedBytesOf(const ChainId &caseId, const Head &end)
{
    return Writer().raw(viewOf(kMagic)).raw(caseId).u64(end.sequence).raw(end.sm3).take();
}

std::string bundleOf(const Evidence &evidence, const ByteArray<32> &key, const std::function<ByteArray<64>(ByteView)> &sign)
{
    Bundle bundle;
    bundle.caseId = evidence.caseId();
    bundle.kind = evidence.kind();
    bundle.maker = evidence.maker();
    bundle.key = key;
    bundle.end = evidence.end();
    bundle.signature = sign(signedBytesOf(bundle.caseId, bundle.end));
    std::string text = openingOf(bundle) + "\n";
    for (const Record &record : evidence.records())
        text += lineOf(record) + "\n";
    return text;
}

Result<Bundle> Bundle::parse(std::string_view text)
{
    if (text.size() > kBytesMost) return Error(Errc::badInput, "too long");
    Bundle bundle;
    const auto next = [&text] {
        const auto length = std::min(text.find('\n'), text.size());
        const std::string_view line = text.substr(0, length);
        text.remove_prefix(std::min(length + 1, text.size()));
        return line;
    };
    const std::string_view first = next();
    HUFU_TRY(caseId, memberOf<16>(first, "case"));
    const auto named = memberOf<16>(first, "desk");
    bundle.kind = named ? Maker::desk : Maker::phone;
    HUFU_TRY(maker, named ? named : memberOf<16>(first, "phone"));
    HUFU_TRY(key, memberOf<32>(first, "key"));
    HUFU_TRY(sm3, memberOf<32>(first, "sm3"));
    HUFU_TRY(signature, memberOf<64>(first, "signature"));
    constexpr std::string_view kCount = "\"records\":";
    const auto at = first.find(kCount);
    if (at == std::string_view::npos) return Error(Errc::badInput, "no number of records");
    for (std::size_t i = at + kCount.size(); i < first.size() && first[i] >= '0' && first[i] <= '9' && bundle.end.sequence <= Evidence::kMost; ++i)
        bundle.end.sequence = bundle.end.sequence * 10 + static_cast<std::uint64_t>(first[i] - '0');
    bundle.caseId = caseId;
    bundle.maker = maker;
    bundle.key = key;
    bundle.end.sm3 = sm3;
    bundle.signature = signature;
    if (openingOf(bundle) != first) return Error(Errc::badInput, "not an evidence's first line");
    while (!text.empty())
        bundle.entries.push_back(recordOf(next()));
    return bundle;
}

EvidenceVerdict judge(const Bundle &bundle, const std::optional<ByteArray<16>> &maker)
{
    EvidenceVerdict verdict;
    verdict.findings = verifyListing(bundle.caseId, bundle.entries, bundle.end);
    verdict.isSigned = crypto::ed25519Verify(bundle.key, signedBytesOf(bundle.caseId, bundle.end), bundle.signature).has_value();
    const bool isBegun = !bundle.entries.empty() && bundle.entries.front() && bundle.entries.front()->entry.event == static_cast<Event>(bundle.kind == Maker::phone ? Step::begunOnPhone : Step::begun) &&
                         bundle.entries.front()->entry.subject == bundle.maker;
    verdict.isMakers = isBegun && bundle.maker == makerOf(bundle.key) && (!maker || *maker == bundle.maker);
    return verdict;
}

} // namespace hufu::audit
