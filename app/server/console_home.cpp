// The console's first page: what waits for whom, what is left.
#include "app/server/console_desks.h"
#include "app/server/console_json.h"
#include "app/server/console_names.h"

#include <algorithm>

namespace hufu::server {

using net::Request;

namespace {

constexpr std::int64_t kSoonMs = std::int64_t{30} * 24 * 3'600'000;

// A matter and how many of it there are; none is not listed.
void note(ordered_json &list, std::string_view matter, std::size_t count)
{
    if (count > 0) list.push_back({{"matter", matter}, {"count", count}});
}

template <typename View, typename Is> std::size_t countOf(const std::vector<View> &views, Is is)
{
    return static_cast<std::size_t>(std::count_if(views.begin(), views.end(), is));
}

// Granted, and waits for the person's phone.
bool isOnItsWay(enterprise::GrantState state)
{
    using enterprise::GrantState;
    return state == GrantState::open || state == GrantState::proved || state == GrantState::keyed;
}

// What an administrator has before him.
Answered administratorsHome(Companies &companies, const Actor &actor, bool verified)
{
    using namespace enterprise;
    HUFU_TRY(seats, companies.seats.list(actor));
    HUFU_TRY(grants, companies.grants.list(actor));
    HUFU_TRY(phones, companies.stopping.statesOf(grants));
    HUFU_TRY(staff, companies.staff.list(actor));
    HUFU_TRY(waiting, waitingDesks(companies, actor.company, grants));
    HUFU_TRY(seals, companies.seals.list(actor));
    HUFU_TRY(sealGrants, companies.sealGrants.list(actor));
    HUFU_TRY(orders, companies.orders.list(actor));
    HUFU_TRY(papers, companies.reviews.list(actor));
    HUFU_TRY(wallet, companies.wallet.view(actor));

    const std::int64_t now = companies.world.clock.unixMs();
    const std::size_t over = countOf(seats, [](const auto &seat) { return seat.over; });
    const std::size_t taken = countOf(seats, [](const auto &seat) { return !seat.over && seat.person != Id{}; });
    const std::size_t soon = countOf(seats, [&](const auto &seat) { return !seat.over && seat.validUntilMs - now < kSoonMs; });
    const auto sealsIn = [&](SealState state) { return countOf(seals, [&](const auto &seal) { return seal.state == state; }); };
    std::int64_t changes = 0;
    for (const auto &seat : seats)
        changes += seat.over ? 0 : seat.changesLeft;
    std::uint64_t uses = 0;
    for (const auto &seal : seals)
        uses += seal.uses;

    ordered_json mine = ordered_json::array(), others = ordered_json::array();
    note(mine, "authenticate", verified ? 0 : 1);
    note(mine, "buySeats", verified && over == seats.size() ? 1 : 0);
    const auto companySealsIn = [&](SealState state) {
        return countOf(seals, [&](const auto &seal) { return seal.kind == SealKind::company && seal.state == state; });
    };
    // One that only rests is resumed: whoever made another would have two.
    const bool isSealWanted = verified && companySealsIn(SealState::active) == 0, isOneResting = companySealsIn(SealState::suspended) > 0;
    note(mine, "makeSeal", isSealWanted && !isOneResting ? 1 : 0);
    note(mine, "resumeSeal", isSealWanted && isOneResting ? 1 : 0);
    note(mine, "payOrder", countOf(orders, [](const auto &order) { return order.state == OrderState::open; }));
    note(mine, "grantSeal", countOf(sealGrants, [](const auto &grant) { return grant.state == SealGrantState::draft; }));
    note(mine, "sealRefused", sealsIn(SealState::refused));
    // Of what still waits for a paper: the last one was given back, and a better one can follow.
    const auto lastIs = [&](Purpose purpose, const Id &subject, PaperState state) {
        const Reviews::View *last = nullptr;
        for (const auto &paper : papers)
            if (paper.purpose == purpose && paper.subject == subject && (last == nullptr || paper.submittedMs > last->submittedMs)) last = &paper;
        return last != nullptr && last->state == state;
    };
    const auto sealsWith = [&](PaperState state) {
        return countOf(seals, [&](const auto &seal) { return seal.state == SealState::waiting && lastIs(Purpose::legalSeal, seal.id, state); });
    };
    note(mine, "paperReturned", !verified && lastIs(Purpose::authenticate, {}, PaperState::returned) ? 1 : 0);
    note(mine, "sealPaperReturned", sealsWith(PaperState::returned));
    note(mine, "renewSeat", soon);
    // Whoever holds one of these can sign no more, or will not when what was sealed is opened.
    note(mine, "seatOver", countOf(seats, [](const auto &seat) { return seat.over && seat.person != Id{}; }));
    note(mine, "seatBeforeOpening", countOf(seats, [](const auto &seat) { return !seat.over && seat.endsBeforeOpening; }));
    note(others, "reviewPaper", !verified && lastIs(Purpose::authenticate, {}, PaperState::waiting) ? 1 : 0);
    note(others, "reviewSealPaper", sealsWith(PaperState::waiting));
    const auto isOut = [](const auto &link) { return link && (link->state == LinkState::sent || link->state == LinkState::checking); };
    std::size_t linksWanted = 0, linksOver = 0, linksOut = 0; // over: nobody can act on them any more
    for (const auto &seal : seals) {
        if (seal.state != SealState::waiting || lastIs(Purpose::legalSeal, seal.id, PaperState::waiting)) continue;
        HUFU_TRY(link, companies.legalLinks.latest(actor, Purpose::legalSeal, seal.id));
        if (isOut(link)) ++linksOut;
        else if (link) ++linksOver;
        else if (!lastIs(Purpose::legalSeal, seal.id, PaperState::returned)) ++linksWanted;
    }
    note(mine, "sendLink", linksWanted);
    note(mine, "sendLinkAgain", linksOver);
    note(others, "authoriseSeal", linksOut);
    if (!verified) {
        HUFU_TRY(link, companies.legalLinks.latest(actor, Purpose::authenticate, {}));
        note(others, "authoriseCompany", isOut(link) ? 1 : 0);
    }
    const auto isWaitedFor = [&](const auto &grant, bool isOver) {
        return isOnItsWay(grant.state) && grant.person != actor.person && grant.over == isOver;
    };
    note(mine, "sendActivationAgain", countOf(grants, [&](const auto &grant) { return isWaitedFor(grant, true); }));
    note(others, "activatePhone", countOf(grants, [&](const auto &grant) { return isWaitedFor(grant, false); }));
    // A seat is there for them, and they cannot bid without.
    note(mine, "giveCertificate", over + taken == seats.size() ? 0 : countOf(staff, [&](const auto &person) {
             return person.state == StaffState::active && (person.roles & role::kBidStaff) != 0 &&
                    std::ranges::find(grants, person.id, &Grants::View::person) == grants.end();
         }));
    note(mine, "phoneStopped", countOf(phones, [](auto state) { return state == Phones::State::frozen || state == Phones::State::cloned; }));
    note(mine, "approveDesk", waiting);
    note(mine, "activateMyPhone", countOf(grants, [&](const auto &grant) { return isOnItsWay(grant.state) && grant.person == actor.person; }));
    return jsonResponse({{"mine", mine},
                         {"others", others},
                         {"seats", {{"all", seats.size() - over}, {"taken", taken}, {"free", seats.size() - over - taken}, {"endSoon", soon}, {"changesLeft", changes}}},
                         {"sealUses", uses},
                         {"balanceCents", wallet.balanceCents}});
}

Answered home(Companies &companies, const Actor &actor)
{
    std::uint8_t roles = 0;
    bool verified = false;
    {
        HUFU_TRY(transaction, companies.world.ledger.begin());
        HUFU_TRY(person, enterprise::loadPerson(*transaction, companies.world.masterKey, actor.person));
        HUFU_TRY(standing, enterprise::loadStanding(*transaction, actor.company));
        roles = person.roles;
        verified = standing.state == enterprise::StandingState::verified;
    }
    if ((roles & enterprise::role::kAdministrator) != 0) return administratorsHome(companies, actor, verified);
    ordered_json mine = ordered_json::array(), others = ordered_json::array();
    HUFU_TRY(certificate, companies.grants.ownState(actor));
    note(mine, "activateMyPhone", certificate && isOnItsWay(*certificate) ? 1 : 0);
    HUFU_TRY(seat, companies.seats.own(actor));
    note(mine, "mySeatOver", seat && seat->over ? 1 : 0);
    note(mine, "mySeatBeforeOpening", seat && !seat->over && seat->endsBeforeOpening ? 1 : 0);
    if ((roles & enterprise::role::kSealAdministrator) != 0) {
        HUFU_TRY(seals, companies.seals.list(actor));
        HUFU_TRY(grants, companies.sealGrants.list(actor));
        note(mine, "grantSeal", countOf(grants, [](const auto &grant) { return grant.state == enterprise::SealGrantState::draft; }));
        note(mine, "sealRefused", countOf(seals, [](const auto &seal) { return seal.state == enterprise::SealState::refused; }));
        note(others, "authoriseSeal", countOf(seals, [](const auto &seal) { return seal.state == enterprise::SealState::waiting; }));
    }
    return jsonResponse({{"mine", mine},
                         {"others", others},
                         {"seats", nullptr},
                         {"sealUses", nullptr},
                         {"balanceCents", nullptr}});
}

} // namespace

void addConsoleHome(Routes &routes, Companies &companies)
{
    companies.guard.add(routes, "GET", "/console/v1/home", [&](const Actor &actor, const Request &) { return home(companies, actor); });
}

} // namespace hufu::server
