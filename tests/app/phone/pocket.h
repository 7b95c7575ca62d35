// A phone with up to three shields in memory, each with a server half of its own.
#pragma once

#include "app/phone/shields.h"
#include "shield/wire/bids.h"
#include "shield/x509/certificate.h"
#include "tests/shield/phone/phone_half.h"

namespace hufu::tests {

struct Pocket final : phone_app::Shields {
    PhoneHalf first, second, third;
    std::size_t held = 3, lastUsed = 0;
    bool full = false;
    phone_app::ShieldNotes kept[3];
    bool keepsFiles = false; // cannot remove any

    Pocket()
    {
        second.port = 444;
        third.port = 445;
    }
    PhoneHalf &half(std::size_t index) { return index == 0 ? first : index == 1 ? second : third; }
    // By the port that it was activated at.
    std::size_t placeOf(const vault::ServerLink &server) const { return server.port - std::size_t(443); }
    std::size_t count() const override { return held; }
    vault::Vault &at(std::size_t index) override { return half(index).vault; }
    Result<void> add() override
    {
        if (full) return Error(Errc::refused, "full");
        ++held;
        return {};
    }
    std::size_t last() const override { return lastUsed; }
    void remember(std::size_t index) override { lastUsed = index; }
    phone_app::ShieldNotes notes(std::size_t index) const override { return kept[index]; }
    void keepNotes(std::size_t index, const phone_app::ShieldNotes &notes) override { kept[index] = notes; }
    Result<void> remove(std::size_t index) override
    {
        if (keepsFiles) return Error(Errc::unavailable, "test");
        kept[index] = {};
        half(index).store.files.clear();
        return {};
    }
    // A bid that the shield opens, alone or with a colleague. In: until, its opening, from now.
    wire::BidList bidOf(std::size_t index, std::int64_t untilMs, bool isAlone)
    {
        const auto certificate = x509::Certificate::parse(at(index).certificates()->encrypt);
        wire::BidList::Item item;
        item.id.fill(static_cast<std::uint8_t>(index + 1));
        item.projectId = "ZB-2026-001";
        item.projectName = "滨江快速路";
        item.fileName = "a.pdf";
        item.size = 1;
        item.sealedMs = half(index).clock.unixMs();
        item.openingMs = item.sealedMs + untilMs;
        item.recipients = {{"王小明", certificate->subjectKeyId()}};
        if (isAlone) item.soleReason = "项目保密";
        if (!isAlone) item.recipients.push_back({"李芳", Bytes(20, 9)});
        wire::BidList list;
        list.items = {item};
        return list;
    }
    // As if it had been fetched.
    bool giveBid(std::size_t index, std::int64_t untilMs, bool isAlone) { return giveList(index, 0, bidOf(index, untilMs, isAlone)); }
    // In: agoMs, when that was.
    bool giveList(std::size_t index, std::int64_t agoMs, const wire::BidList &list = {})
    {
        Writer written;
        written.u64(static_cast<std::uint64_t>(half(index).clock.unixMs() - agoMs)).raw(list.body());
        return at(index).writeSealedBids(written.bytes()).has_value();
    }
};

} // namespace hufu::tests
