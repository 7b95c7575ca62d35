#include "app/server/console_desks.h"

#include "app/server/console_json.h"
#include "shield/crypto/sm3.h"
#include "shield/enterprise/account_log.h"
#include "shield/sessions/desk_rows.h"

#include <algorithm>
#include <set>

namespace hufu::server {

using net::Request;

namespace {

struct Enrolled {
    Id id{}; // of this enrolment: one desk may be enrolled by several people
    sessions::Desk desk;
    bool waits = false; // for an administrator
    std::string person;
    std::vector<Id> owners; // accounts of that person: of now, and of the keys before, which open there still
};

Id idOfEnrolment(const sessions::Desk &desk)
{
    const auto digest = crypto::sm3({viewOf("enrolment"), desk.id, desk.owner});
    Id id{};
    std::copy_n(digest.begin(), id.size(), id.begin());
    return id;
}

// Those that wait first, then the newest.
enterprise::Verdict<std::vector<Enrolled>> enrolledOf(Companies &companies, sessions::Sessions &sessions, const Actor &actor)
{
    HUFU_TRY(grants, companies.grants.list(actor));
    std::vector<Enrolled> out;
    for (const auto &view : grants) {
        HUFU_TRY(transaction, companies.world.ledger.begin());
        HUFU_TRY(grant, enterprise::loadGrant(*transaction, view.grant));
        HUFU_TRY(person, enterprise::loadPerson(*transaction, companies.world.masterKey, view.person));
        HUFU_TRY(former, enterprise::formerGrantsOf(*transaction, grant.company, grant.person));
        transaction.reset(); // the lists are read without one
        std::vector<Id> owners;
        if (grant.acct != Id{}) owners.push_back(grant.acct);
        for (const auto &[id, row] : former)
            if (std::ranges::find(owners, row.acct) == owners.end()) owners.push_back(row.acct);
        const auto first = static_cast<std::ptrdiff_t>(out.size());
        const auto add = [&](const std::vector<sessions::Desk> &desks, bool waits) { // one desk of one person once
            for (const sessions::Desk &desk : desks)
                if (std::none_of(out.begin() + first, out.end(), [&](const Enrolled &one) { return one.desk.id == desk.id && one.waits == waits; }))
                    out.push_back({idOfEnrolment(desk), desk, waits, person.person.name, owners});
        };
        for (const Id &owner : owners) {
            HUFU_TRY(desks, sessions.desksOf(owner));
            add(desks, false);
            HUFU_TRY(waiting, sessions::waitingOf(companies.world.ledger, companies.world.masterKey, owner));
            add(waiting, true);
        }
    }
    std::ranges::sort(out, [](const Enrolled &a, const Enrolled &b) {
        return a.waits != b.waits ? a.waits : a.desk.enrolledMs != b.desk.enrolledMs ? a.desk.enrolledMs > b.desk.enrolledMs : a.id < b.id;
    });
    return out;
}

enterprise::Verdict<Enrolled> findIn(Companies &companies, sessions::Sessions &sessions, const Actor &actor, const Id &id)
{
    HUFU_TRY(all, enrolledOf(companies, sessions, actor));
    const auto it = std::ranges::find(all, id, &Enrolled::id);
    if (it == all.end()) return Error(Errc::notFound, "no such desk of this company");
    return *it;
}

Result<void> note(ports::Transaction &transaction, const Actor &actor, const sessions::Desk &desk, const std::vector<Id> &owners, audit::Event event,
                  std::int64_t nowMs)
{
    return enterprise::noteOfAccounts(transaction, owners, {event, nowMs, desk.id, crypto::sm3(desk.publicKey), 0, enterprise::whoOf(actor)});
}

ordered_json jsonOf(const Enrolled &enrolled)
{
    return {{"id", toHex(enrolled.id)},
            {"desk", toHex(enrolled.desk.id)},
            {"name", enrolled.desk.name},
            {"network", enrolled.desk.network},
            {"person", enrolled.person},
            {"enrolledMs", enrolled.desk.enrolledMs},
            {"waits", enrolled.waits}};
}

Result<bool> approvesOf(const Request &request)
{
    HUFU_TRY(object, parseObject(request.body));
    return flagMember(object, "approves");
}

} // namespace

Result<std::size_t> waitingDesks(Companies &companies, const Id &company, const std::vector<enterprise::Grants::View> &grants)
{
    std::vector<std::vector<Id>> owners; // by person
    {
        HUFU_TRY(transaction, companies.world.ledger.begin());
        for (const auto &view : grants) {
            HUFU_TRY(former, enterprise::formerGrantsOf(*transaction, company, view.person));
            auto &accounts = owners.emplace_back(1, view.acct);
            for (const auto &[id, row] : former)
                accounts.push_back(row.acct);
        }
    } // the lists are read without one
    std::size_t count = 0;
    for (const auto &accounts : owners) {
        std::set<sessions::DeskId> desks;
        for (const Id &acct : accounts) {
            if (acct == Id{}) continue;
            HUFU_TRY(waiting, sessions::waitingOf(companies.world.ledger, companies.world.masterKey, acct));
            for (const sessions::Desk &desk : waiting)
                desks.insert(desk.id);
        }
        count += desks.size();
    }
    return count;
}

void addConsoleDesks(Routes &routes, Companies &companies, sessions::Sessions &sessions, enterprise::DeskRule &rule)
{
    ConsoleGuard &guard = companies.guard;
    guard.add(routes, "GET", "/console/v1/desks", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(all, enrolledOf(companies, sessions, actor));
        return pageOf(all, request, "desks", [](const Enrolled &one) { return one.id; }, [](const Enrolled &one) { return jsonOf(one); });
    });
    guard.add(routes, "DELETE", "/console/v1/desks/{id}", onOne([&](const Actor &actor, const Id &id) -> enterprise::Verdict<void> {
                  HUFU_TRY(found, findIn(companies, sessions, actor, id));
                  HUFU_TRY(transaction, companies.world.ledger.begin());
                  std::vector<Id> removed;
                  for (const Id &owner : found.owners) {
                      HUFU_TRY(isRemoved, sessions::unenrol(*transaction, owner, found.desk.id));
                      if (isRemoved) removed.push_back(owner);
                  }
                  if (removed.empty()) return Error(Errc::notFound, "removed meanwhile");
                  HUFU_CHECK(note(*transaction, actor, found.desk, removed, audit::Event::deskRemoved, companies.world.clock.unixMs()));
                  return transaction->commit();
              }));
    guard.add(routes, "POST", "/console/v1/desks/{id}/approval", onOne([&](const Actor &actor, const Id &id) -> enterprise::Verdict<void> {
                  HUFU_TRY(found, findIn(companies, sessions, actor, id));
                  HUFU_TRY(transaction, companies.world.ledger.begin());
                  HUFU_TRY(approved, sessions::approve(*transaction, found.desk.owner, found.desk.id));
                  if (!approved) return Error(Errc::notFound, "it does not wait");
                  HUFU_CHECK(note(*transaction, actor, found.desk, {found.desk.owner}, audit::Event::deskEnrolled, companies.world.clock.unixMs()));
                  return transaction->commit();
              }));
    guard.add(routes, "GET", "/console/v1/desk-rule", [&](const Actor &actor, const Request &) -> Answered {
        HUFU_TRY(approves, rule.view(actor));
        return jsonResponse({{"approves", approves}});
    });
    guard.add(routes, "POST", "/console/v1/desk-rule/code", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(approves, approvesOf(request));
        HUFU_TRY(waitMs, rule.ask(actor, approves));
        return jsonResponse({{"resendAfterMs", waitMs}});
    });
    guard.add(routes, "POST", "/console/v1/desk-rule/face", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(approves, approvesOf(request));
        HUFU_TRY(object, parseObject(request.body));
        HUFU_TRY(provider, providerOf(object));
        HUFU_TRY(task, rule.startFace(actor, approves, provider));
        return faceResponse(task);
    });
    guard.add(routes, "POST", "/console/v1/desk-rule/shield", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(approves, approvesOf(request));
        HUFU_CHECK(rule.askShield(actor, approves));
        return noContent();
    });
    guard.add(routes, "PUT", "/console/v1/desk-rule", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(approves, approvesOf(request));
        HUFU_TRY(object, parseObject(request.body));
        HUFU_TRY(proof, proofOf(object));
        HUFU_CHECK(rule.change(actor, approves, proof));
        return noContent();
    });
}

} // namespace hufu::server
