// The phone's flows under a server that answers what it likes. The input chooses the flow, and changes bytes of what an
// honest server would say (TLS keeps strangers out, not the server itself).
//   flow 1 | (answer 1 | number of changes 1 | changes (target.h))...
#include "shield/x509/sm2_der.h"
#include "tests/fuzz/target.h"
#include "tests/shield/intent/manifests.h"
#include "tests/shield/phone/person.h"
#include "tests/shield/phone/phone_half.h"

namespace hufu::tests {

namespace {

using intent::Act;
using phone::Show;
using phone::Step;

enum class Flow : std::uint8_t { sign, login, rehearseSign, rehearseDecrypt, pinChange, activate, resume, count };

struct Activated {
    PhoneHalf half;
    MemoryLedger::Rows rows;
    std::map<std::string, Bytes> files;
    wire::Certificates issued;
    const ByteArray<16> acct;
    std::int64_t wall, monotonic;

    Activated() : acct(half.server.acct), wall(half.clock.wall), monotonic(half.clock.monotonic)
    {
        hold(half.activate(), "an honest phone is activated");
        half.server.epochKeys.keepsAll = true; // rows of before a refresh come back
        rows = half.server.ledger.rows;
        files = half.store.files;
        issued = half.server.issued;
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

Activated &activated()
{
    static Activated out;
    return out;
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
        if (wire::Envelope::split(message)->type == wire::Type::sign) noteSign(message);
        // The test server believes its phone; where a changed answer has led the phone astray, it hangs up.
        try {
            auto answers = m_half.server.receive(message);
            if (!answers) return std::nullopt;
            return spoilt(std::move(*answers));
        } catch (const std::exception &) {
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
    // R1 | rnd | s1: one nonce, one answer.
    void noteSign(ByteView message)
    {
        const auto sign = wire::decode<wire::Sign>(message);
        hold(bool(sign), "the phone sends whole messages");
        for (const auto &item : sign->items) {
            const auto [at, isNew] = m_shares.emplace(*fixedBytes<65>(ByteView(item.share).first(65)), item.share);
            hold(isNew || at->second == item.share, "a nonce answers once");
        }
    }

    PhoneHalf &m_half;
    std::map<std::size_t, ByteView> m_changes;
    std::size_t m_answers = 0;
    bool m_hasSpoilt = false;
    std::map<ByteArray<65>, ByteArray<129>> m_shares;
};

template <typename FlowType> Show play(SpoiltLine &line, FlowType &flow, Result<Step> begun)
{
    Person person(line);
    person.pin = [] { return pinOf(kPin); };
    person.newPin = [] { return pinOf(kOtherPin); };
    const Show end = person.play(flow, std::move(begun));
    hold(end == Show::done || line.hasSpoilt(), "an honest server is served to the end");
    return end;
}

void checkApproval(PhoneHalf &half, phone::Approval &flow, Show end)
{
    if (end != Show::done) {
        hold(flow.signatures().empty(), "nothing is released unless all is well");
        return;
    }
    const auto point = crypto::Point::parse(half.signPoint());
    for (const phone::Signed &item : flow.signatures()) {
        const auto tbs = intent::buildTbs(flow.request()->manifest, item.index);
        hold(tbs && x509::verifySignature(*point, *tbs, *x509::Sm2Signature::fromRaw(item.signature)),
             "what is released is a signature over what was shown");
    }
}

void feedFlow(ByteView bytes)
{
    Activated &start = activated();
    start.reset();
    PhoneHalf &half = start.half;
    Reader reader(bytes);
    const auto which = static_cast<Flow>(reader.u8() % static_cast<std::uint8_t>(Flow::count));
    SpoiltLine line(half, reader.raw(reader.left()));
    switch (which) {
    case Flow::sign:
    case Flow::login: {
        auto manifest = manifestOf(which == Flow::sign ? Act::sign : Act::login);
        if (which == Flow::sign) manifest.form = intent::Form::cms;
        const auto token = half.server.open(manifest);
        phone::Approval flow(half.environment);
        checkApproval(half, flow,
                      play(line, flow, flow.claim(half.server.frame(token).text(), half.clock.monotonicMs())));
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
    case Flow::count: return;
    }
}

std::vector<Bytes> flowSeeds()
{
    std::vector<Bytes> seeds;
    for (std::uint8_t flow = 0; flow < static_cast<std::uint8_t>(Flow::count); ++flow) {
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
