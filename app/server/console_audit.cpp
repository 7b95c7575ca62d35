// The company's chain of the audit log: whole and in order, as it is kept and verified; or what somebody looks for, the newest first. And what
// its people have confirmed, each with its file.
#include "app/server/console_json.h"
#include "app/server/console_names.h"

#include "shield/audit/log.h"

#include <algorithm>
#include <map>

namespace hufu::server {

using net::Request;

namespace {

constexpr std::size_t kRecordsAPage = 1000;
constexpr std::size_t kFoundAPage = 200, kLookedAtMost = 10'000; // of one request for the newest

bool tellsOfAPerson(audit::Event event)
{
    using audit::Event;
    return (event >= Event::keysGenerated && event <= Event::deskRemoved) || // of an account: enterprise::noteOfAccount
           (event >= Event::staffAdded && event <= Event::administratorChanged) ||
           (event >= Event::certificateIssued && event <= Event::certificateRebound);
}

bool tellsOfAGrant(audit::Event event)
{
    using audit::Event;
    return event == Event::operatorActed || event == Event::bidHandedIn || event == Event::bidGivenBack ||
           (event >= Event::grantOpened && event <= Event::phoneLost);
}

bool tellsOfASealGrant(audit::Event event)
{
    using audit::Event;
    return event >= Event::sealGrantDrafted && event <= Event::sealUsed;
}

// What a platform asked for, or told.
bool isAsked(audit::Event event)
{
    using audit::Event;
    return (event >= Event::sessionStarted && event <= Event::bidGivenBack) || (event >= Event::certificateBound && event <= Event::certificateRebound);
}

// What somebody may look for alone.
struct EventKind {
    std::string_view name;
    audit::Event first, last;
    audit::Event laterFirst = {}, laterLast = {}; // those that came later, and have numbers elsewhere
    bool has(audit::Event event) const { return (event >= first && event <= last) || (event >= laterFirst && event <= laterLast); }
};
constexpr std::array kKinds = {EventKind{"shields", audit::Event::operatorActed, audit::Event::evidenceKeyKept},
                               EventKind{"acts", audit::Event::sessionStarted, audit::Event::attackReported},
                               EventKind{"computers", audit::Event::deskEnrolled, audit::Event::deskRemoved},
                               EventKind{"bids", audit::Event::bidHandedIn, audit::Event::bidGivenBack},
                               EventKind{"grants", audit::Event::grantOpened, audit::Event::phoneLost},
                               EventKind{"application", audit::Event::applicationBegun, audit::Event::companyVerified},
                               EventKind{"policy", audit::Event::policyChanged, audit::Event::policyChanged},
                               EventKind{"authentication", audit::Event::payoutOrdered, audit::Event::paperWithdrawn},
                               EventKind{"licences", audit::Event::orderMade, audit::Event::seatAdded},
                               EventKind{"staff", audit::Event::staffAdded, audit::Event::staffRemoved},
                               EventKind{"logIns", audit::Event::consoleOpened, audit::Event::consoleClosed},
                               EventKind{"administrators", audit::Event::administratorChanged, audit::Event::administratorChanged},
                               EventKind{"seals", audit::Event::sealMade, audit::Event::sealRetired, audit::Event::sealAskedAgain, audit::Event::sealExported},
                               EventKind{"sealGrants", audit::Event::sealGrantDrafted, audit::Event::sealUsed},
                               EventKind{"certificates", audit::Event::certificateIssued, audit::Event::certificateRebound}};

// What the operator did, where he did something to an account.
ordered_json actOf(const audit::Entry &entry)
{
    if (entry.event != audit::Event::operatorActed) return nullptr;
    return std::string(audit::nameOf(static_cast<audit::Event>(entry.code)));
}

// One record a line; whoever keeps a line's hash can show that none before it was changed.
ordered_json jsonOf(const audit::Record &record)
{
    return {{"sequence", record.sequence},
            {"timeMs", record.entry.timeMs},
            {"event", audit::nameOf(record.entry.event)},
            {"subject", toHex(record.entry.subject)},
            {"code", record.entry.code},
            {"act", actOf(record.entry)},
            {"by", audit::nameOf(record.entry.who.by)},
            {"who", toHex(record.entry.who.id)},
            {"sm3", toHex(record.sm3())},
            {"record", toHex(record.encode())}};
}

// Whom and what records tell of, in words: by the person's id, or by what of theirs the record names. They stand beside the records,
// which hold none. Of other companies' people there are no names.
class Words {
public:
    Words(Companies &companies, const Actor &actor) : m_companies(companies), m_actor(actor) {}

    // Those whom this record is about, or who did it: ids as in the record, and names; only known ones.
    Result<std::map<Id, std::string>> namesIn(const audit::Record &record)
    {
        std::map<Id, std::string> names;
        const auto add = [&](const Id &id, const std::optional<Id> &person) -> Result<void> {
            if (!person) return {};
            HUFU_TRY(name, nameOf(*person));
            if (!name.empty()) names[id] = name;
            return {};
        };
        const audit::Entry &entry = record.entry;
        const bool isOnes = entry.who.by == audit::By::person || entry.who.by == audit::By::phone || entry.who.by == audit::By::computer;
        if (isOnes) HUFU_CHECK(add(entry.who.id, entry.who.id));
        if (tellsOfAPerson(entry.event)) HUFU_CHECK(add(entry.subject, entry.subject));
        if (tellsOfAGrant(entry.event)) {
            HUFU_TRY(person, holderBehind(entry.subject));
            HUFU_CHECK(add(entry.subject, person));
        }
        if (tellsOfASealGrant(entry.event)) {
            HUFU_TRY(terms, termsOf(entry.subject));
            if (terms) HUFU_CHECK(add(entry.subject, terms->person));
        }
        return names;
    }

    // Which platform asked, and for what project. Null where the record is of neither.
    Result<ordered_json> aboutOf(const audit::Record &record)
    {
        const audit::Entry &entry = record.entry;
        audit::About about;
        if (tellsOfASealGrant(entry.event)) {
            HUFU_TRY(terms, termsOf(entry.subject));
            if (terms) about.project = terms->project;
        } else if (isAsked(entry.event) && entry.object != ByteArray<32>{}) {
            HUFU_TRY(kept, audit::aboutOf(m_companies.world.ledger, entry.object));
            if (kept) about = *kept;
        }
        if (about == audit::About{}) return ordered_json(nullptr);
        const auto orNull = [](const std::string &text) { return text.empty() ? ordered_json(nullptr) : ordered_json(text); };
        return ordered_json{{"sequence", record.sequence}, {"platform", orNull(about.platform)}, {"project", orNull(about.project)},
                            {"projectName", orNull(about.projectName)}, {"package", orNull(about.package)}};
    }

private:
    Result<std::string> nameOf(const Id &person)
    {
        const auto known = m_names.find(person);
        if (known != m_names.end()) return known->second;
        HUFU_TRY(transaction, m_companies.world.ledger.begin());
        const auto row = enterprise::loadPerson(*transaction, m_companies.world.masterKey, person);
        if (!row && row.error().code != Errc::notFound) return row.error();
        return m_names[person] = row && row->company == m_actor.company ? row->person.name : std::string();
    }

    // Whose the account or the grant is; nobody's: it was given up.
    Result<std::optional<Id>> holderBehind(const Id &subject)
    {
        const auto known = m_holders.find(subject);
        if (known != m_holders.end()) return known->second;
        HUFU_TRY(transaction, m_companies.world.ledger.begin());
        HUFU_TRY(named, transaction->readForChange(ports::Table::grant, enterprise::accountKey(subject)));
        Id grant = subject;
        if (named) {
            HUFU_TRY(behind, fixedBytes<16>(*named));
            grant = behind;
        }
        const auto row = enterprise::loadGrant(*transaction, grant);
        if (!row && row.error().code != Errc::notFound) return row.error();
        return m_holders[subject] = row ? std::optional(row->person) : std::nullopt;
    }

    Result<std::optional<enterprise::SealTerms>> termsOf(const Id &grant)
    {
        const auto known = m_terms.find(grant);
        if (known != m_terms.end()) return known->second;
        HUFU_TRY(transaction, m_companies.world.ledger.begin());
        HUFU_TRY(terms, enterprise::sealTermsOf(*transaction, m_actor.company, grant));
        return m_terms[grant] = std::move(terms);
    }

    Companies &m_companies;
    const Actor &m_actor;
    std::map<Id, std::string> m_names;
    std::map<Id, std::optional<Id>> m_holders;
    std::map<Id, std::optional<enterprise::SealTerms>> m_terms;
};

// What is looked for; nothing of it: everything.
struct Search {
    const EventKind *kind = nullptr;
    std::string name; // a part of it
    std::int64_t fromMs = 0, untilMs = 0;

    static Result<Search> of(const Request &request)
    {
        Search search;
        const auto find = [&](const char *name) -> const std::string * {
            const auto it = request.query.find(name);
            return it == request.query.end() || it->second.empty() ? nullptr : &it->second;
        };
        if (const auto *kind = find("kind")) {
            const auto it = std::ranges::find(kKinds, *kind, &EventKind::name);
            if (it == kKinds.end()) return Error(Errc::badInput, "kind");
            search.kind = &*it;
        }
        if (const auto *name = find("person")) search.name = *name;
        HUFU_TRY(from, numberIn(request, "from"));
        HUFU_TRY(until, numberIn(request, "until"));
        search.fromMs = static_cast<std::int64_t>(from);
        search.untilMs = static_cast<std::int64_t>(until);
        return search;
    }
    Result<bool> finds(const audit::Record &record, Words &words) const
    {
        const audit::Entry &entry = record.entry;
        if (kind != nullptr && !kind->has(entry.event)) return false;
        if (entry.timeMs < fromMs || (untilMs != 0 && entry.timeMs >= untilMs)) return false;
        if (name.empty()) return true;
        HUFU_TRY(names, words.namesIn(record));
        return std::ranges::any_of(names, [&](const auto &one) { return one.second.find(name) != std::string::npos; });
    }
};

// In: next, what a page goes on from, zero: it was the last.
Answered answerOf(Companies &companies, const Actor &actor, const std::vector<audit::Record> &records, Words &words, std::uint64_t next)
{
    HUFU_TRY(head, audit::headOf(companies.world.ledger, actor.company));
    ordered_json list = ordered_json::array(), people = ordered_json::array(), abouts = ordered_json::array();
    std::map<Id, std::string> named;
    for (const auto &record : records) {
        list.push_back(jsonOf(record));
        HUFU_TRY(names, words.namesIn(record));
        named.merge(names);
        HUFU_TRY(about, words.aboutOf(record));
        if (!about.is_null()) abouts.push_back(about);
    }
    for (const auto &[id, name] : named)
        people.push_back({{"id", toHex(id)}, {"name", name}});
    return jsonResponse({{"chain", toHex(actor.company)},
                         {"head", {{"sequence", head.sequence}, {"sm3", toHex(head.sm3)}}},
                         {"records", list},
                         {"people", people},
                         {"abouts", abouts},
                         {"next", next == 0 ? ordered_json(nullptr) : ordered_json(next)}});
}

Answered inOrder(Companies &companies, const Actor &actor, const Request &request)
{
    HUFU_TRY(after, numberIn(request, "after"));
    HUFU_TRY(records, audit::recordsOf(companies.world.ledger, actor.company, after + 1, kRecordsAPage));
    HUFU_TRY(head, audit::headOf(companies.world.ledger, actor.company));
    Words words(companies, actor);
    const bool more = !records.empty() && records.back().sequence < head.sequence;
    return answerOf(companies, actor, records, words, more ? records.back().sequence : 0);
}

// A request looks at so many records at most: where few are found, the next one goes on.
Answered newestFirst(Companies &companies, const Actor &actor, const Request &request)
{
    HUFU_TRY(before, numberIn(request, "before"));
    HUFU_TRY(search, Search::of(request));
    HUFU_TRY(head, audit::headOf(companies.world.ledger, actor.company));
    Words words(companies, actor);
    std::vector<audit::Record> found;
    std::uint64_t end = before == 0 ? head.sequence + 1 : std::min(before, head.sequence + 1); // what is looked at lies before it
    for (std::size_t looked = 0; end > 1 && looked < kLookedAtMost && found.size() < kFoundAPage;) {
        const std::uint64_t first = end > kRecordsAPage ? end - kRecordsAPage : 1;
        HUFU_TRY(records, audit::recordsOf(companies.world.ledger, actor.company, first, end - first));
        if (records.size() != end - first) return Error(Errc::tampered, "audit chain");
        for (auto record = records.rbegin(); record != records.rend() && found.size() < kFoundAPage; ++record) {
            HUFU_TRY(isFound, search.finds(*record, words));
            if (isFound) found.push_back(*record);
            end = record->sequence;
            ++looked;
        }
    }
    return answerOf(companies, actor, found, words, end > 1 ? end : 0);
}

Answered confirmations(Companies &companies, const Actor &actor, const Request &request)
{
    Id after{};
    if (const auto given = request.query.find("after"); given != request.query.end()) {
        HUFU_TRY(id, idOf<16>(given->second));
        after = id;
    }
    HUFU_TRY(views, companies.confirmations.list(actor, after, kPage + 1));
    const bool isMore = views.size() > kPage;
    if (isMore) views.pop_back();
    ordered_json list = ordered_json::array();
    for (const auto &view : views)
        list.push_back({{"id", toHex(view.id)},
                        {"matter", wordOf(kMatters, view.matter)},
                        {"by", wordOf(kConfirmedBy, view.by)},
                        {"person", {{"id", toHex(view.person)}, {"name", view.name}}},
                        {"timeMs", view.timeMs}});
    return jsonResponse({{"confirmations", list}, {"next", isMore ? ordered_json(toHex(views.back().id)) : ordered_json(nullptr)}});
}

} // namespace

void addConsoleAudit(Routes &routes, Companies &companies)
{
    companies.guard.add(routes, "GET", "/console/v1/audit", [&](const Actor &actor, const Request &request) -> Answered {
        {
            HUFU_TRY(transaction, companies.world.ledger.begin());
            HUFU_CHECK(enterprise::checkRole(*transaction, companies.world, actor, enterprise::role::kAdministrator | enterprise::role::kApprover));
        }
        const auto order = request.query.find("order");
        if (order == request.query.end()) return inOrder(companies, actor, request);
        if (order->second != "newest") return Error(Errc::badInput, "order");
        return newestFirst(companies, actor, request);
    });
    companies.guard.add(routes, "GET", "/console/v1/confirmations",
                        [&](const Actor &actor, const Request &request) { return confirmations(companies, actor, request); });
    companies.guard.add(routes, "GET", "/console/v1/confirmations/{id}", [&](const Actor &actor, const Request &request) -> Answered {
        HUFU_TRY(id, idIn(request));
        HUFU_TRY(confirmed, companies.confirmations.kept(actor, id));
        return confirmationResponse(companies, confirmed);
    });
}

} // namespace hufu::server
