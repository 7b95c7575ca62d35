#include "app/server/portal_projects.h"

#include "shield/enterprise/row.h"
#include "shield/intent/manifest.h"

#include <algorithm>

namespace hufu::server {

using enterprise::findRow;
using enterprise::loadRow;
using enterprise::saveRow;
using ports::Table;

namespace {

constexpr std::size_t kNumberMost = 60, kNameMost = 120, kPriceMost = 32;

struct ProjectRow {
    PortalProjects::Project project;
    static void fields(auto &row, auto &f)
    {
        f(row.project.id, row.project.number, row.project.name, row.project.account, row.project.createdMs, row.project.openingMs);
    }
};

struct BidRow {
    PortalProjects::Bid bid;
    static void fields(auto &row, auto &f)
    {
        auto &b = row.bid;
        f(b.id, b.project, b.account, b.company, b.person, b.fileName, b.size, b.contentSize, b.sm3, b.receivedMs, b.withdrawnMs, b.receipt,
          b.signature, b.openedMs, b.openedSm3, b.price);
    }
};

// What came after the first bids were kept.
struct SealedRow {
    ByteArray<32> sealed{};
    std::vector<std::string> readers;
    static void fields(auto &row, auto &f) { f(row.sealed, row.readers); }
};

// Whose colleagues may open it: no matter what becomes of the sealer's account.
struct CompanyRow {
    std::string code;
    static void fields(auto &row, auto &f) { f(row.code); }
};

struct OpenedReceiptRow {
    std::string text;
    ByteArray<64> signature{};
    static void fields(auto &row, auto &f) { f(row.text, row.signature); }
};

struct DocumentRow {
    PortalProjects::Document document;
    static void fields(auto &row, auto &f)
    {
        auto &d = row.document;
        f(d.id, d.project, d.account, d.fileName, d.signers, d.size, d.sm3, d.receivedMs, d.receipt, d.signature);
    }
};

Bytes keyOf(std::string_view kind, std::initializer_list<ByteView> parts = {})
{
    Bytes key = concat({viewOf("portal/"), viewOf(kind), viewOf("/")});
    for (const ByteView part : parts)
        key.insert(key.end(), part.begin(), part.end());
    return key;
}

// Everything of one project happens one after the other.
Result<PortalProjects::Project> lockProject(ports::Transaction &transaction, const Id &id)
{
    HUFU_TRY(row, loadRow<ProjectRow>(transaction, Table::meta, keyOf("project", {id})));
    return std::move(row.project);
}

Result<PortalProjects::Bid> standing(ports::Transaction &transaction, const std::string &account, const Id &project, const Id &id)
{
    HUFU_TRY(row, loadRow<BidRow>(transaction, Table::meta, keyOf("bid", {project, id})));
    if (row.bid.account != account || row.bid.withdrawnMs != 0) return Error(Errc::notFound, "no such bid");
    return std::move(row.bid);
}

// In: sm3, of the envelope, once it is known. Returns: the bids that stand there.
Result<std::vector<PortalProjects::Bid>> judgeAdding(ports::Transaction &transaction, const std::string &account, const Id &project, const std::optional<Id> &replaces,
                                                     const ByteArray<32> *sm3)
{
    using Projects = PortalProjects;
    HUFU_TRY(rows, transaction.scan(Table::meta, keyOf("bid", {project}), Projects::kRowsMost));
    std::size_t ofOne = 0, rowsOfOne = 0;
    std::vector<Projects::Bid> others;
    for (const auto &[key, value] : rows) {
        HUFU_TRY(row, enterprise::parseRow<BidRow>(value));
        const bool isOwn = row.bid.account == account;
        rowsOfOne += isOwn ? 1 : 0;
        if (row.bid.withdrawnMs != 0) continue;
        ofOne += isOwn ? 1 : 0;
        if (sm3 != nullptr && row.bid.sm3 == *sm3 && row.bid.id != replaces) return Error(Errc::replayed, "it stands already");
        others.push_back(std::move(row.bid));
    }
    const std::size_t leaves = replaces ? 1 : 0;
    if (rows.size() >= Projects::kRowsMost || rowsOfOne >= Projects::kRowsOfOneMost || others.size() >= Projects::kBidsMost + leaves || ofOne >= Projects::kBidsOfOneMost + leaves)
        return Error(Errc::badState, "too many bids");
    if (replaces) HUFU_CHECK(standing(transaction, account, project, *replaces));
    return others;
}

Result<void> judgeOpening(ports::Transaction &transaction, const PortalProjects::Project &project, const PortalProjects::Bid &bid, std::uint64_t size, const std::string &price,
                          std::int64_t nowMs)
{
    HUFU_TRY(isPriceless, transaction.readForChange(Table::meta, keyOf("priceless", {bid.id})));
    if (!price.empty() && (isPriceless || nowMs >= project.openingMs + PortalProjects::kReadOutMs)) return Error(Errc::badState, "the others' prices are out");
    if (bid.openedMs != 0 || size != bid.contentSize) return Error(Errc::refused, "opened already, or another file");
    return {};
}

// In: sm3, of the document, once it is known.
Result<void> judgeDocument(ports::Transaction &transaction, const std::string &account, const Id &project, const ByteArray<32> *sm3)
{
    HUFU_TRY(rows, transaction.scan(Table::meta, keyOf("document", {project}), PortalProjects::kDocumentsMost));
    std::size_t ofOne = 0;
    for (const auto &[key, value] : rows) {
        HUFU_TRY(row, enterprise::parseRow<DocumentRow>(value));
        if (row.document.account != account) continue;
        ++ofOne;
        if (sm3 != nullptr && row.document.sm3 == *sm3) return Error(Errc::replayed, "it is there already");
    }
    if (rows.size() >= PortalProjects::kDocumentsMost || ofOne >= PortalProjects::kDocumentsOfOneMost) return Error(Errc::badState, "too many documents");
    return {};
}

Result<void> say(ports::Transaction &transaction, const PortalProjects::Word &word)
{
    return saveRow(transaction, Table::meta, keyOf("untold", {word.sealed}), word);
}

// In: successor, if another takes its place.
Result<void> sayBack(ports::Transaction &transaction, const Id &bid, const ByteArray<32> *successor)
{
    HUFU_TRY(row, findRow<SealedRow>(transaction, Table::meta, keyOf("sealed", {bid})));
    if (!row) return {};
    return say(transaction, {row->sealed, true, successor != nullptr, successor != nullptr ? *successor : ByteArray<32>{}});
}

bool isText(const std::string &text, std::size_t most)
{
    return !text.empty() && text.find_first_not_of(' ') != std::string::npos && intent::checkText(text, most);
}

// A sum in yuan: digits, in threes between commas or without any, and two of the fen at most. Or none.
bool isPrice(const std::string &text)
{
    const auto areDigits = [](std::string_view some) { return !some.empty() && some.find_first_not_of("0123456789") == std::string_view::npos; };
    if (text.empty()) return true;
    if (text.size() > kPriceMost) return false;
    std::string_view whole = text;
    if (const auto point = whole.find('.'); point != std::string_view::npos) {
        if (!areDigits(whole.substr(point + 1)) || whole.size() - point > 3) return false;
        whole = whole.substr(0, point);
    }
    const auto comma = whole.find(',');
    if (comma == std::string_view::npos) return areDigits(whole);
    if (!areDigits(whole.substr(0, comma)) || comma > 3) return false;
    for (whole.remove_prefix(comma); !whole.empty(); whole.remove_prefix(4))
        if (whole.size() < 4 || whole.front() != ',' || !areDigits(whole.substr(1, 3))) return false;
    return true;
}

} // namespace

Result<PortalProjects::Project> PortalProjects::publish(const std::string &account, const std::string &number, const std::string &name, std::int64_t openingMs)
{
    const std::int64_t nowMs = m_world.clock.unixMs();
    if (!isText(number, kNumberMost) || !isText(name, kNameMost)) return Error(Errc::badInput, "a project's text");
    if (openingMs <= nowMs) return Error(Errc::expired, "a project's opening is over");
    if (openingMs > nowMs + kAheadMostMs) return Error(Errc::badInput, "a project's opening");
    HUFU_TRY(transaction, m_world.ledger.begin());
    HUFU_TRY(taken, transaction->readForChange(Table::meta, keyOf("project-number", {viewOf(number)})));
    HUFU_TRY(rows, transaction->scan(Table::meta, keyOf("project"), kProjectsMost));
    if (taken) return Error(Errc::replayed, "the number is taken");
    if (rows.size() >= kProjectsMost) return Error(Errc::badState, "too many projects");
    std::size_t ofOne = 0; // accounts are free: one of them shall not take every place
    for (const auto &[key, value] : rows) {
        HUFU_TRY(row, enterprise::parseRow<ProjectRow>(value));
        if (row.project.account == account && row.project.openingMs > nowMs) ++ofOne;
    }
    if (ofOne >= kProjectsOfOneMost) return Error(Errc::badState, "too many projects of one account");
    const Project project{m_world.random.bytes<16>("portal-project"), number, name, account, nowMs, openingMs};
    HUFU_CHECK(transaction->write(Table::meta, keyOf("project-number", {viewOf(number)}), project.id));
    HUFU_CHECK(saveRow(*transaction, Table::meta, keyOf("project", {project.id}), ProjectRow{project}));
    HUFU_CHECK(transaction->commit());
    return project;
}

Result<std::vector<PortalProjects::Project>> PortalProjects::all()
{
    HUFU_TRY(rows, m_world.ledger.scan(Table::meta, keyOf("project"), kProjectsMost));
    std::vector<Project> projects;
    for (const auto &[key, value] : rows) {
        HUFU_TRY(row, enterprise::parseRow<ProjectRow>(value));
        projects.push_back(std::move(row.project));
    }
    std::ranges::stable_sort(projects, std::greater<>(), &Project::openingMs);
    return projects;
}

Result<PortalProjects::Project> PortalProjects::find(const Id &id)
{
    HUFU_TRY(stored, m_world.ledger.read(Table::meta, keyOf("project", {id})));
    if (!stored) return Error(Errc::notFound, "no such project");
    HUFU_TRY(row, enterprise::parseRow<ProjectRow>(*stored));
    return std::move(row.project);
}

Result<PortalProjects::Bid> PortalProjects::add(Bid bid, const std::optional<Id> &replaces, const MakeReceipt &receipt)
{
    HUFU_TRY(transaction, m_world.ledger.begin());
    HUFU_TRY(project, lockProject(*transaction, bid.project));
    HUFU_TRY(before, findRow<BidRow>(*transaction, Table::meta, keyOf("bid", {bid.project, bid.id})));
    if (before && before->bid.account == bid.account) return std::move(before->bid);
    if (bid.receivedMs >= project.openingMs) return Error(Errc::expired, "the opening hour is there");
    HUFU_TRY(others, judgeAdding(*transaction, bid.account, bid.project, replaces, &bid.sm3));
    if (replaces) {
        HUFU_TRY(former, standing(*transaction, bid.account, bid.project, *replaces));
        former.withdrawnMs = bid.receivedMs;
        HUFU_CHECK(saveRow(*transaction, Table::meta, keyOf("bid", {bid.project, former.id}), BidRow{former}));
        HUFU_CHECK(sayBack(*transaction, former.id, &bid.sealed));
    }
    HUFU_CHECK(saveRow(*transaction, Table::meta, keyOf("sealed", {bid.id}), SealedRow{bid.sealed, bid.readers}));
    HUFU_CHECK(saveRow(*transaction, Table::meta, keyOf("sealed-company", {bid.id}), CompanyRow{bid.companyCode}));
    HUFU_CHECK(say(*transaction, {bid.sealed}));
    // Handed in before the hour, and taken in so late that the prices can be read: it gets none.
    if (!others.empty() && arePricesOut(project, others, m_world.clock.unixMs())) HUFU_CHECK(transaction->write(Table::meta, keyOf("priceless", {bid.id}), bid.project));
    HUFU_CHECK(receipt(project, bid));
    HUFU_CHECK(saveRow(*transaction, Table::meta, keyOf("bid", {bid.project, bid.id}), BidRow{bid}));
    HUFU_CHECK(transaction->commit());
    return bid;
}

Result<void> PortalProjects::mayAdd(const std::string &account, const Id &project, const std::optional<Id> &replaces)
{
    HUFU_TRY(transaction, m_world.ledger.begin());
    HUFU_CHECK(judgeAdding(*transaction, account, project, replaces, nullptr));
    return {};
}

Result<void> PortalProjects::mayOpen(const std::string &account, const Id &projectId, const Id &bidId, std::uint64_t size, const std::string &price)
{
    if (!isPrice(price)) return Error(Errc::badInput, "price");
    HUFU_TRY(transaction, m_world.ledger.begin());
    HUFU_TRY(project, lockProject(*transaction, projectId));
    HUFU_TRY(bid, standing(*transaction, account, projectId, bidId));
    return judgeOpening(*transaction, project, bid, size, price, m_world.clock.unixMs());
}

Result<void> PortalProjects::mayAddDocument(const std::string &account, const Id &project)
{
    HUFU_TRY(transaction, m_world.ledger.begin());
    return judgeDocument(*transaction, account, project, nullptr);
}

Result<void> PortalProjects::withdraw(const std::string &account, const Id &projectId, const Id &bidId)
{
    HUFU_TRY(transaction, m_world.ledger.begin());
    HUFU_TRY(project, lockProject(*transaction, projectId));
    HUFU_TRY(bid, standing(*transaction, account, projectId, bidId));
    if (m_world.clock.unixMs() >= project.openingMs) return Error(Errc::expired, "the opening hour is there");
    bid.withdrawnMs = m_world.clock.unixMs();
    HUFU_CHECK(saveRow(*transaction, Table::meta, keyOf("bid", {projectId, bidId}), BidRow{bid}));
    HUFU_CHECK(sayBack(*transaction, bidId, nullptr));
    return transaction->commit();
}

Result<PortalProjects::Bid> PortalProjects::open(const std::string &account, const Id &projectId, const Id &bidId, std::uint64_t size,
                                                 const ByteArray<32> &sm3, const std::string &price, bool isAgain, const Keep &keep,
                                                 const MakeReceipt &receipt)
{
    if (!isPrice(price)) return Error(Errc::badInput, "price");
    HUFU_TRY(transaction, m_world.ledger.begin());
    HUFU_TRY(project, lockProject(*transaction, projectId));
    HUFU_TRY(bid, standing(*transaction, account, projectId, bidId));
    const std::int64_t nowMs = m_world.clock.unixMs();
    if (nowMs < project.openingMs) return Error(Errc::badState, "before the opening");
    if (isAgain && bid.openedMs != 0 && bid.openedSm3 == sm3 && bid.price == price) {
        HUFU_TRY(given, findRow<OpenedReceiptRow>(*transaction, Table::meta, keyOf("opened-receipt", {bidId})));
        if (given) bid.openedReceipt = given->text, bid.openedSignature = given->signature;
        return bid;
    }
    HUFU_CHECK(judgeOpening(*transaction, project, bid, size, price, nowMs));
    bid.openedMs = nowMs;
    bid.openedSm3 = sm3;
    bid.price = price;
    HUFU_CHECK(keep(bid));
    HUFU_CHECK(receipt(project, bid));
    HUFU_CHECK(saveRow(*transaction, Table::meta, keyOf("opened-receipt", {bidId}), OpenedReceiptRow{bid.openedReceipt, bid.openedSignature}));
    HUFU_CHECK(saveRow(*transaction, Table::meta, keyOf("bid", {projectId, bidId}), BidRow{bid}));
    HUFU_CHECK(transaction->commit());
    return bid;
}

Result<PortalProjects::Document> PortalProjects::addDocument(Document document, const MakeDocumentReceipt &receipt)
{
    HUFU_TRY(transaction, m_world.ledger.begin());
    HUFU_TRY(project, lockProject(*transaction, document.project));
    HUFU_TRY(before, findRow<DocumentRow>(*transaction, Table::meta, keyOf("document", {document.project, document.id})));
    if (before && before->document.account == document.account) return std::move(before->document);
    if (document.receivedMs >= project.openingMs) return Error(Errc::expired, "the opening hour is there");
    HUFU_CHECK(judgeDocument(*transaction, document.account, document.project, &document.sm3));
    HUFU_CHECK(receipt(project, document));
    HUFU_CHECK(saveRow(*transaction, Table::meta, keyOf("document", {document.project, document.id}), DocumentRow{document}));
    HUFU_CHECK(transaction->commit());
    return document;
}

Result<void> PortalProjects::removeDocument(const std::string &account, const Id &projectId, const Id &id)
{
    HUFU_TRY(transaction, m_world.ledger.begin());
    HUFU_TRY(project, lockProject(*transaction, projectId));
    HUFU_TRY(row, loadRow<DocumentRow>(*transaction, Table::meta, keyOf("document", {projectId, id})));
    if (row.document.account != account) return Error(Errc::notFound, "no such document");
    if (m_world.clock.unixMs() >= project.openingMs) return Error(Errc::expired, "the opening hour is there");
    HUFU_CHECK(transaction->remove(Table::meta, keyOf("document", {projectId, id})));
    return transaction->commit();
}

Result<std::vector<PortalProjects::Document>> PortalProjects::documentsOf(const Id &project)
{
    HUFU_TRY(rows, m_world.ledger.scan(Table::meta, keyOf("document", {project}), kDocumentsMost));
    std::vector<Document> documents;
    for (const auto &[key, value] : rows) {
        HUFU_TRY(row, enterprise::parseRow<DocumentRow>(value));
        documents.push_back(std::move(row.document));
    }
    std::ranges::stable_sort(documents, {}, &Document::receivedMs);
    return documents;
}

Result<std::vector<PortalProjects::Word>> PortalProjects::untold()
{
    HUFU_TRY(rows, m_world.ledger.scan(Table::meta, keyOf("untold"), kRowsMost));
    std::vector<Word> words;
    for (const auto &[key, value] : rows) {
        HUFU_TRY(word, enterprise::parseRow<Word>(value));
        words.push_back(word);
    }
    std::ranges::stable_partition(words, [](const Word &word) { return !word.isBack; });
    return words;
}

Result<void> PortalProjects::told(const Word &word)
{
    HUFU_TRY(transaction, m_world.ledger.begin());
    HUFU_TRY(row, findRow<Word>(*transaction, Table::meta, keyOf("untold", {word.sealed})));
    if (!row || *row != word) return {};
    HUFU_CHECK(transaction->remove(Table::meta, keyOf("untold", {word.sealed})));
    return transaction->commit();
}

bool PortalProjects::arePricesOut(const Project &project, const std::vector<Bid> &bids, std::int64_t nowMs)
{
    if (nowMs >= project.openingMs + kReadOutMs) return true;
    return nowMs >= project.openingMs && std::ranges::all_of(bids, [](const Bid &bid) { return bid.withdrawnMs != 0 || bid.openedMs != 0; });
}

Result<std::vector<PortalProjects::Bid>> PortalProjects::bidsOf(const Id &project)
{
    HUFU_TRY(rows, m_world.ledger.scan(Table::meta, keyOf("bid", {project}), kRowsMost));
    std::vector<Bid> bids;
    for (const auto &[key, value] : rows) {
        HUFU_TRY(row, enterprise::parseRow<BidRow>(value));
        HUFU_TRY(stored, m_world.ledger.read(Table::meta, keyOf("sealed", {row.bid.id})));
        if (stored) {
            HUFU_TRY(more, enterprise::parseRow<SealedRow>(*stored));
            row.bid.sealed = more.sealed;
            row.bid.readers = std::move(more.readers);
        }
        HUFU_TRY(company, m_world.ledger.read(Table::meta, keyOf("sealed-company", {row.bid.id})));
        if (company) {
            HUFU_TRY(kept, enterprise::parseRow<CompanyRow>(*company));
            row.bid.companyCode = std::move(kept.code);
        }
        if (row.bid.openedMs != 0) {
            HUFU_TRY(given, m_world.ledger.read(Table::meta, keyOf("opened-receipt", {row.bid.id})));
            if (given) {
                HUFU_TRY(opened, enterprise::parseRow<OpenedReceiptRow>(*given));
                row.bid.openedReceipt = std::move(opened.text);
                row.bid.openedSignature = opened.signature;
            }
        }
        bids.push_back(std::move(row.bid));
    }
    std::ranges::stable_sort(bids, {}, &Bid::receivedMs);
    return bids;
}

} // namespace hufu::server
