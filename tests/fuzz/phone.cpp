// The phone's flows under a server that answers what it likes. The input chooses the flow, and changes bytes of what an
// honest server would say (TLS keeps strangers out, not the server itself). The flows of a sign key of suite 2 come behind those of suite 1.
//   flow 1 | (answer 1 | number of changes 1 | changes (target.h))...
#include "tests/fuzz/target.h"
#include "tests/shield/phone/clones.h"
#include "tests/shield/phone/person.h"

namespace hufu::tests {

namespace {

using intent::Act;
using phone::Show;
using phone::Step;

enum class Flow : std::uint8_t { sign, login, rehearseSign, rehearseDecrypt, pinChange, activate, resume, recover, count };

struct Activated {
    PhoneHalf half;
    MemoryLedger::Rows rows;
    std::map<std::string, Bytes> files;
    MemoryLedger::Rows rowsOfClone; // once its copy was found out
    std::map<std::string, Bytes> filesOfClone;
    wire::Certificates issued;
    const ByteArray<16> acct;
    std::int64_t wall, monotonic;

    explicit Activated(crypto::Suite suite) : acct(half.server.acct), wall(half.clock.wall), monotonic(half.clock.monotonic)
    {
        half.server.suite = suite;
        hold(half.activate(), "an honest phone is activated");
        half.server.epochKeys.keepsAll = true; // rows of before a refresh come back
        rows = half.server.ledger.rows;
        files = half.store.files;
        issued = half.server.issued;
        hold(!copyFoundOut(half).empty(), "a copy is found out");
        rowsOfClone = half.server.ledger.rows;
        filesOfClone = half.store.files;
    }
    void reset()
    {
        half.clock.wall = wall;
        half.clock.monotonic = monotonic;
        half.server.ledger.rows = rows;
        half.store.files = files;
        half.server.sessions.clear();
        half.server.issued = issued;
        half.server.acct = acct;
        half.server.received = 0;
        half.server.log.clear();
        half.server.restart();
    }
};

Activated &activated(crypto::Suite suite)
{
    static Activated sm2(crypto::Suite::sm2), frost(crypto::Suite::frost);
    return suite == crypto::Suite::frost ? frost : sm2;
}

// An honest server, but for the changes that the input makes.
class SpoiltLine final : public Line {
public:
    SpoiltLine(PhoneHalf &half, ByteView bytes) : m_half(half)
    {
        Reader reader(bytes);
        while (reader.left() >= 2) {
            const std::size_t answer = reader.u8() % 16;
            const std::size_t changes = reader.u8() % 8;
            m_changes[answer] = reader.raw(std::min(changes * 3, reader.left()));
        }
    }

    std::optional<std::vector<Bytes>> connect() override
    {
        const auto greeting = m_half.server.connect();
        if (!greeting) return std::nullopt;
        return spoilt({*greeting});
    }
    std::optional<std::vector<Bytes>> send(const Bytes &message) override
    {
        if (wire::Envelope::split(message)->type == wire::Type::sign) noteSign<wire::Sign>(message, 65);
        if (wire::Envelope::split(message)->type == wire::Type::frostSign) noteSign<wire::FrostSign>(message, 64);
        // The test server believes its phone; where a changed answer has led the phone astray, it hangs up.
        try {
            auto answers = m_half.server.receive(message);
            if (!answers) return std::nullopt;
            return spoilt(std::move(*answers));
        } catch (const HangUp &) {
            return std::nullopt;
        }
    }

    bool hasSpoilt() const { return m_hasSpoilt; }

private:
    std::vector<Bytes> spoilt(std::vector<Bytes> answers)
    {
        for (Bytes &answer : answers)
            if (const auto at = m_changes.find(m_answers++); at != m_changes.end() && spoil(answer, at->second))
                m_hasSpoilt = true;
        return answers;
    }
    // R1 | rnd | s1, D1 | E1 | z1: one nonce, one answer.
    template <typename Sign> void noteSign(ByteView message, std::size_t nonce)
    {
        const auto sign = wire::decode<Sign>(message);
        hold(bool(sign), "the phone sends whole messages");
        for (const auto &item : sign->items) {
            const auto [at, isNew] = m_shares.emplace(toHex(ByteView(item.share).first(nonce)), toHex(item.share));
            hold(isNew || at->second == toHex(item.share), "a nonce answers once");
        }
    }

    PhoneHalf &m_half;
    std::map<std::size_t, ByteView> m_changes;
    std::size_t m_answers = 0;
    bool m_hasSpoilt = false;
    std::map<std::string, std::string> m_shares;
};

template <typename FlowType> Show play(SpoiltLine &line, FlowType &flow, Result<Step> begun, std::string recoveryCode = {})
{
    Person person(line);
    person.recoveryCode = std::move(recoveryCode);
    person.pin = [] { return pinOf(kPin); };
    person.newPin = [] { return pinOf(kOtherPin); };
    const Show end = person.play(flow, std::move(begun));
    hold(end == Show::done || line.hasSpoilt(), "an honest server is served to the end");
    return end;
}

// In: tbs, of files that are signed as they are.
void checkApproval(PhoneHalf &half, phone::Approval &flow, Show end, const std::vector<Bytes> &files = {})
{
    if (end != Show::done) {
        hold(flow.signatures().empty(), "nothing is released unless all is well");
        return;
    }
    for (const phone::Signed &item : flow.signatures()) {
        const intent::Manifest &shown = flow.request()->manifest;
        const auto tbs = files.empty() ? intent::buildTbs(shown, item.index) : Result<Bytes>(files.at(item.index));
        hold(files.empty() || (tbs && shown.files.at(item.index).sm3 == crypto::sm3(*tbs)), "the file is the one that was shown");
        hold(tbs && half.signPoint().verify(*tbs, item.signature), "what is released is a signature over what was shown");
    }
}

void feedFlow(ByteView bytes)
{
    Reader reader(bytes);
    constexpr auto kFlows = static_cast<std::uint8_t>(Flow::count);
    const std::uint8_t chosen = reader.u8() % (2 * kFlows);
    const auto which = static_cast<Flow>(chosen % kFlows);
    const bool frost = chosen >= kFlows;
    Activated &start = activated(frost ? crypto::Suite::frost : crypto::Suite::sm2);
    start.reset();
    PhoneHalf &half = start.half;
    SpoiltLine line(half, reader.raw(reader.left()));
    switch (which) {
    case Flow::sign:
    case Flow::login: {
        auto manifest = manifestOf(which == Flow::sign ? Act::sign : Act::login);
        std::vector<Bytes> files;
        if (which == Flow::sign && frost) { // as they are: a CMS is SM2's
            files = {bytesOf(viewOf("one file")), bytesOf(viewOf("another"))};
            manifest.form = intent::Form::bare;
            manifest.files.clear();
            for (const Bytes &file : files)
                manifest.files.push_back({"file.txt", file.size(), crypto::sm3(file), 0});
        } else if (which == Flow::sign) {
            manifest.form = intent::Form::cms;
        }
        const auto token = half.server.open(manifest, files);
        phone::Approval flow(half.environment);
        checkApproval(half, flow,
                      play(line, flow, flow.claim(half.server.frame(token).text(), half.clock.monotonicMs())), files);
        return;
    }
    case Flow::rehearseSign:
    case Flow::rehearseDecrypt: {
        phone::Approval flow(half.environment);
        checkApproval(half, flow,
                      play(line, flow, flow.begin(which == Flow::rehearseSign ? Act::rehearseSign
                                                                               : Act::rehearseDecrypt)));
        return;
    }
    case Flow::pinChange: {
        phone::PinChange flow(half.environment);
        const Show end = play(line, flow, flow.start());
        const auto shares = half.vault.shares();
        hold(shares && !shares->empty() && shares->size() <= 2, "there is a file of shares");
        hold(end != Show::done || shares->front().epoch == 1, "changed means a new epoch");
        return;
    }
    case Flow::activate: {
        hold(bool(half.vault.erase()), "erased");
        half.server.acct[1] = static_cast<std::uint8_t>(half.server.acct[1] + 1); // another device
        phone::Activation flow(half.environment);
        play(line, flow, flow.start(half.link()));
        return;
    }
    case Flow::resume: {
        hold(half.vault.writeCertificates({}) && phone::stageOf(half.vault).has_value(), "a broken-off activation");
        phone::Activation flow(half.environment);
        play(line, flow, flow.resume());
        return;
    }
    case Flow::recover: {
        half.server.ledger.rows = start.rowsOfClone;
        half.store.files = start.filesOfClone;
        half.server.restart();
        phone::Recovery flow(half.environment);
        const Show end = play(line, flow, flow.start(), *half.server.cosigner->openRecovery(half.server.acct));
        const auto shares = half.vault.shares();
        hold(shares && !shares->empty() && shares->size() <= 2, "there is a file of shares");
        // Where noise came instead of REF4, shares are refreshed once more.
        const bool isNew = line.hasSpoilt() ? shares->front().epoch >= 1 : shares->front().epoch == 1;
        hold(end != Show::done || (shares->size() == 1 && isNew), "back means a new epoch");
        return;
    }
    case Flow::count: return;
    }
}

std::vector<Bytes> flowSeeds()
{
    std::vector<Bytes> seeds;
    for (std::uint8_t flow = 0; flow < 2 * static_cast<std::uint8_t>(Flow::count); ++flow) {
        seeds.push_back({flow});
        seeds.push_back({flow, 2, 1, 0, 30, 1});
    }
    return seeds;
}

} // namespace

std::vector<FuzzTarget> phoneTargets()
{
    return {{"phone", feedFlow, flowSeeds}};
}

} // namespace hufu::tests
