// The registry over a damaged database: a company that has come all the way, one row of it replaced by the input. Whatever
// stands there, each question is answered or refused, and an act that is refused has changed nothing.
//   row 2 | its new content
#include "shield/enterprise/application.h"
#include "shield/enterprise/console_session.h"
#include "shield/enterprise/enterprise.h"
#include "shield/enterprise/facts.h"
#include "shield/enterprise/identifiers.h"
#include "shield/enterprise/legal_link.h"
#include "shield/enterprise/orders.h"
#include "shield/enterprise/payment_account.h"
#include "shield/enterprise/remittance.h"
#include "shield/enterprise/review.h"
#include "shield/enterprise/seal_grants.h"
#include "shield/enterprise/seats.h"
#include "shield/enterprise/staff_list.h"
#include "shield/enterprise/wallet.h"
#include "tests/fuzz/open_ports.h"
#include "tests/fuzz/target.h"
#include "tests/support/account_watch.h"
#include "tests/support/company_fakes.h"
#include "tests/support/fakes.h"
#include "tests/support/outside_fakes.h"

#include <iterator>
#include <numeric>

namespace hufu::tests {

using namespace enterprise;

namespace {

const std::string kHandling = "13800138000", kBidder = "13900139000", kCode = "914403001922038216";

// Everything that deals with companies, over one ledger.
struct Office {
    MemoryLedger ledger;
    OpenMasterKey masterKey;
    CountedRandom random;
    ManualClock clock;
    MemorySms sms;
    MemoryMail mail;
    MemoryIdentity identity;
    MemoryRegister companies;
    MemoryBank bank;
    MemoryCashier cashier;
    MemoryAccounts accounts;
    MemoryReviewDesk reviewDesk;
    MemoryServiceKey serviceKey;
    MemoryFaces faces;
    MemoryAccountWatch watch;
    NoSealedBids bids;
    codes::SmsCodes codes{ledger, masterKey, random, clock, sms};
    Ports ports{ledger, masterKey, random, clock};
    Applications applications{ports, codes, mail, {{1, &identity}}, {}};
    Facts facts{ports, companies};
    Staff staff{ports, &watch};
    Remittance remittance{ports, bank, sms};
    PaymentAccounts paymentAccounts{ports, accounts};
    Reviews reviews{ports, reviewDesk};
    Orders orders{ports, cashier, {}};
    Wallet wallet{ports};
    Seats seats{ports, bids};
    Confirmations confirmations{ports, codes, {{1, &faces}}, serviceKey};
    Seals seals{ports, confirmations};
    SealGrants sealGrants{ports, confirmations};
    LegalLinks links{ports, codes, sms, mail, {{1, &identity}}, serviceKey, "https://hufu.example/legal#"};
    Grants grants{ports, bids, watch};
    MemoryCertified certified;
    ConsoleSessions console{ports, codes, certified};
    Enterprise phones{ledger, masterKey, random, clock, codes, {{1, &faces}}, watch};

    Actor admin;
    Id person{}, order{}, seal{}, legalSeal{}, sealGrant{}, grant{}, acct{}, paper{};
    LinkToken link{};
    ConsoleToken session{};
};

template <typename T> typename Verdict<T>::Value must(Verdict<T> verdict)
{
    hold(bool(verdict), verdict ? "" : verdict.error().cause().what.text());
    return *std::move(verdict);
}
template <typename T> T must(Result<T> result)
{
    hold(bool(result), "a step of the company works");
    return *std::move(result);
}

// A stamp, as the server notes it.
bool used(Office &o, const ByteArray<32> &document)
{
    auto transaction = must(o.ledger.begin());
    return useSeal(*transaction, o.ports, {o.admin.company, o.person}, {o.sealGrant, SealKind::company, "甲建设有限公司", "投标文件盖章", "", ""}, document) &&
           transaction->commit();
}

// From the application to an account on a phone, with something of everything still open.
void found(Office &o)
{
    o.companies.entries[kCode] = {"甲建设有限公司", kCode, "李四", "420101198005150013"};
    const Id company = must(o.applications.begin("supplier-8"));
    must(o.applications.sendCode(company, Contact::phone, kHandling));
    hold(bool(o.applications.proveContact(company, o.sms.digits())), "the contact is proved");
    hold(bool(o.applications.consent(company, applicationAgreements(), consent::neededFor(IdentityMethod::face),
                                     IdentityMethod::face, {"张三", "11010519491231002X", kHandling})),
         "the consent is given");
    must(o.applications.startIdentity(company, 1));
    hold(bool(o.applications.finishIdentity(company, "")), "the person is known");
    must(o.facts.submit(company, {CompanyKind::enterprise, "甲建设有限公司", kCode, "李四", "420101198005150013"}));
    o.admin = {company, must(o.staff.personOf(company, kHandling))};
    o.paper = must(o.reviews.submit(o.admin, Purpose::authenticate, {}, viewOf("%PDF-1.4\n%%EOF\n")));
    must(o.paymentAccounts.start(o.admin));
    hold(bool(o.remittance.order(o.admin, {"甲建设有限公司", "银行", "广东省", "深圳市", "62220202000112233445", kHandling})),
         "a payment is ordered");
    hold(bool(o.remittance.look(o.admin)), "it has arrived");
    hold(bool(o.remittance.typeAmount(o.admin, o.bank.last.cents)), "the company is verified");

    OrderRequest request;
    request.quantity = 2;
    request.buyerName = "甲建设有限公司";
    request.buyerCode = kCode;
    request.agreements = orderAgreements();
    const Id paid = must(o.orders.place(o.admin, request, "k1"));
    must(o.orders.startPayment(o.admin, paid));
    must(o.orders.noticed({"p1", paid, 40'000, true}));
    must(o.orders.noticed({"p2", paid, 40'000, true})); // by mistake: into the wallet
    o.order = must(o.orders.place(o.admin, request, "k2"));

    const SealRequest round{SealKind::company, 1, "4403001234567"};
    must(o.seals.ask(o.admin, round));
    o.seal = must(o.seals.make(o.admin, round, {o.sms.digits(), 0, {}}));
    o.legalSeal = must(o.seals.make(o.admin, {SealKind::legalPerson, 2, ""}, {"", 1, Bytes{1}}));
    must(o.links.send(o.admin, Purpose::legalSeal, o.legalSeal, Contact::mail, "legal@example.cn"));
    const std::string &letter = o.mail.texts.back();
    o.link = *fixedBytes<32>(*fromHex(letter.substr(letter.find('#') + 1, 64)));

    o.person = must(o.staff.add(o.admin, {{"王五", kBidder, "19900101", "T1"}, role::kBidStaff, "投标部"}));
    const std::int64_t from = o.clock.wall / 60'000 * 60'000;
    o.sealGrant = must(o.sealGrants.draft(o.admin, {o.seal, o.person, "投标文件盖章", "", from, from + 86'400'000}));
    hold(bool(o.sealGrants.grant(o.admin, o.sealGrant, o.seal, {"", 1, Bytes{2}})), "the seal is granted");
    hold(used(o, {5}), "the seal is used");
    const auto given = must(o.grants.give(o.admin, o.person));
    o.grant = given.grant;
    must(o.phones.enrolStart(given.code, kBidder));
    const auto proved = must(o.phones.enrolProof(given.code, {o.sms.digits(), agreementsInForce(), 1, Bytes{3}}));
    o.acct = std::get<EnrolAccepted>(proved).holder.acct;
    must(o.console.askCode(kCode, kHandling));
    o.session = must(o.console.open(kCode, kHandling, o.sms.digits())).token;
}

const Office &sample()
{
    static Office *office = [] {
        auto *made = new Office;
        found(*made);
        return made;
    }();
    return *office;
}

// What a company's pages ask for. Looks answer or refuse, and change nothing.
constexpr void (*kLooks[])(Office &) = {
    [](Office &o) { (void)o.applications.view(o.admin.company); },
    [](Office &o) { (void)o.facts.stateOf(o.admin.company); },
    [](Office &o) { (void)o.remittance.view(o.admin); },
    [](Office &o) { (void)o.paymentAccounts.stateOf(o.admin.company); },
    [](Office &o) { (void)o.reviews.list(o.admin); },
    [](Office &o) { (void)o.orders.view(o.admin, o.order); },
    [](Office &o) { (void)o.orders.list(o.admin); },
    [](Office &o) { (void)o.wallet.view(o.admin); },
    [](Office &o) { (void)o.seats.list(o.admin); },
    [](Office &o) { (void)o.seals.list(o.admin); },
    [](Office &o) { (void)o.seals.history(o.admin, o.seal); },
    [](Office &o) { (void)o.sealGrants.list(o.admin); },
    [](Office &o) { (void)o.sealGrants.ownOf({o.admin.company, o.person}); },
    [](Office &o) { (void)o.sealGrants.document(o.admin, o.sealGrant); },
    [](Office &o) { (void)o.links.view(o.link); },
    [](Office &o) { (void)o.links.latest(o.admin, Purpose::legalSeal, o.legalSeal); },
    [](Office &o) { (void)o.staff.list(o.admin); },
    [](Office &o) { (void)o.grants.list(o.admin); },
    [](Office &o) { (void)o.grants.handOver(o.admin, o.grant); },
    [](Office &o) { (void)o.phones.holderOf(o.acct); },
    [](Office &o) { (void)o.phones.colleaguesOf(o.acct); },
    [](Office &o) { (void)o.phones.accounts(10); },
};

// Acts that count no tries, so that a refusal has nothing to write.
constexpr bool (*kActs[])(Office &) = {
    [](Office &o) { return bool(o.orders.noticed({"p3", o.order, 40'000, true})); },
    [](Office &o) { return bool(o.seals.suspend(o.admin, o.seal)); },
    [](Office &o) { return bool(o.sealGrants.suspend(o.admin, o.sealGrant)); },
    [](Office &o) { return bool(o.sealGrants.end(o.admin, o.sealGrant)); },
    [](Office &o) { return used(o, {6}); },
    [](Office &o) { return bool(o.staff.disable(o.admin, o.person)); },
    [](Office &o) { return bool(o.staff.remove(o.admin, o.person)); },
    [](Office &o) { return bool(o.staff.add(o.admin, {{"赵六", "13700137000", "", "T2"}, role::kBidStaff, ""})); },
    [](Office &o) { return bool(o.grants.suspend(o.admin, o.grant, true)); },
    [](Office &o) { return bool(o.grants.end(o.admin, o.grant, true)); },
    [](Office &o) { return bool(o.grants.give(o.admin, o.admin.person)); },
    [](Office &o) { return bool(o.links.refuse(o.link)); },
    [](Office &o) { return bool(o.reviews.judged(o.paper, true, {})); },
    [](Office &o) { return bool(o.remittance.restart(o.admin)); },
    [](Office &o) { return bool(o.applications.withdraw(o.admin.company)); },
    [](Office &o) { return bool(o.phones.renewSeat(o.acct, o.clock.wall)); },
};

// Those that also write whatever they answer: they close what is over by the clock, or keep what was confirmed.
constexpr void (*kWriting[])(Office &) = {
    [](Office &o) { (void)o.seals.retire(o.admin, o.legalSeal, {"", 1, Bytes{4}}); },
    [](Office &o) { (void)o.orders.payFromBalance(o.admin, o.order); },
    [](Office &o) { (void)o.orders.cancel(o.admin, o.order); },
    [](Office &o) { (void)o.console.actorOf(o.session); },
};

void feedRowOfCompany(ByteView bytes)
{
    if (bytes.size() < 2) return;
    const Office &whole = sample();
    Office o;
    o.ledger.rows = whole.ledger.rows;
    o.clock = whole.clock;
    o.admin = whole.admin;
    o.person = whole.person;
    o.order = whole.order;
    o.seal = whole.seal;
    o.legalSeal = whole.legalSeal;
    o.sealGrant = whole.sealGrant;
    o.grant = whole.grant;
    o.acct = whole.acct;
    o.paper = whole.paper;
    o.link = whole.link;
    o.session = whole.session;
    const auto row = std::next(o.ledger.rows.begin(),
                               static_cast<std::ptrdiff_t>(Reader(bytes.first(2)).u16() % o.ledger.rows.size()));
    row->second = bytesOf(bytes.subspan(2));
    const auto before = o.ledger.rows;
    const std::size_t sum = std::accumulate(bytes.begin(), bytes.end(), std::size_t{0}); // any input asks for something else
    kLooks[sum % std::size(kLooks)](o);
    hold(o.ledger.rows == before, "who looks changes nothing");
    kWriting[sum % std::size(kWriting)](o);
    o.ledger.rows = before;
    if (!kActs[sum % std::size(kActs)](o)) hold(o.ledger.rows == before, "what is refused has changed nothing");
}

// Each row as it is, but those of the audit log, which have targets of their own.
std::vector<Bytes> companyRows()
{
    std::vector<Bytes> seeds;
    std::uint16_t index = 0;
    for (const auto &[at, value] : sample().ledger.rows) {
        if (at.first != ports::Table::audit) seeds.push_back(Writer().u16(index).raw(value).take());
        ++index;
    }
    return seeds;
}

// A list of staff as it is uploaded.
void feedStaffList(ByteView bytes)
{
    const auto people = parseStaffList(textOf(bytes));
    if (!people) return;
    hold(people->size() <= kListMost, "a list has its end");
    std::uint32_t line = 0;
    for (const ListedPerson &person : *people) {
        hold(person.line > line, "each person has a line of his own");
        line = person.line;
    }
}

std::vector<Bytes> staffLists()
{
    return {bytesOf(viewOf("姓名,手机号,工号,部门,角色\n王五,13900139000,T1,投标部,投标员\n\"赵 \"\"六\"\"\",13700137000,T2,,管理员;审批人\n")),
            bytesOf(viewOf("\xef\xbb\xbfWang,13900139000,T1,Bids,bid-staff\r\n"))};
}

// Numbers that a person types: what is accepted is what was typed.
void feedNumbers(ByteView bytes)
{
    const std::string text = textOf(bytes);
    if (const auto code = CreditCode::parse(text)) hold(code->text() == text, "a credit code is itself");
    if (const auto number = RegistrationNumber::parse(text)) hold(number->text() == text, "a registration number is itself");
    if (const auto number = IdNumber::parse(text, 1'800'000'000'000)) {
        std::string upper = text;
        if (upper.back() == 'x') upper.back() = 'X';
        hold(number->text() == upper, "an id number is itself, with a large X");
    }
}

std::vector<Bytes> numberSeeds()
{
    return {bytesOf(viewOf(kCode)), bytesOf(viewOf("11010519491231002X"))};
}

} // namespace

std::vector<FuzzTarget> companyTargets()
{
    return {{"company-row", feedRowOfCompany, companyRows}, {"staff-list", feedStaffList, staffLists}, {"company-numbers", feedNumbers, numberSeeds}};
}

} // namespace hufu::tests
