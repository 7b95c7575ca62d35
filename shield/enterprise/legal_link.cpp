#include "shield/enterprise/legal_link.h"

#include "shield/audit/log.h"
#include "shield/crypto/sm3.h"
#include "shield/enterprise/blind_index.h"
#include "shield/enterprise/identifiers.h"
#include "shield/enterprise/language.h"
#include "shield/enterprise/row.h"

namespace hufu::enterprise {

namespace {

using audit::Event;
using ports::Table;
using Act = LinkAct;
using State = LinkState;

constexpr std::int64_t kDayMs = std::int64_t{24} * 3'600'000;
constexpr std::string_view kCodeText = "【虎符 Hufu】验证码 %1：法定代表人授权，5 分钟内有效，切勿告诉他人。Code to authorise as the legal representative; valid for 5 minutes, tell nobody.";

struct Row {
    State state = State::sent;
    Purpose purpose{};
    Id subject{};
    ByteArray<32> tokenSm3{};
    std::int64_t sentMs = 0;
    Contact contact{};
    Bytes to; // sealed
    std::uint8_t provider = 0; // of the present check; 0: a code
    std::string ticket;
    std::uint8_t failures = 0;
    std::int64_t signedMs = 0;
    ByteArray<64> signature{}; // of the service key
    static void fields(auto &row, auto &f)
    {
        f(row.state, row.purpose, row.subject, row.tokenSm3, row.sentMs, row.contact, row.to, row.provider, row.ticket, row.failures,
          row.signedMs, row.signature);
    }
};

struct ToRow {
    std::string to;
    static void fields(auto &row, auto &f) { f(row.to); }
};

struct SentRow {
    std::uint8_t sent = 0; // since sentMs
    std::int64_t sentMs = 0;
    static void fields(auto &row, auto &f) { f(row.sent, row.sentMs); }
};

struct OwnerRow {
    Id company{}, link{};
    static void fields(auto &row, auto &f) { f(row.company, row.link); }
};

// Table::application: a company's links; whose a token is; which link is out for what; how many were sent.
Bytes linkKey(const Id &company, const Id &link)
{
    return rowKey('l', {company, link});
}

Bytes tokenKey(const ByteArray<32> &tokenSm3)
{
    return rowKey('t', {tokenSm3});
}

Bytes outKey(const Id &company, Purpose purpose, const Id &subject)
{
    return rowKey('u', {company, Writer().u8(static_cast<std::uint8_t>(purpose)).bytes(), subject});
}

Bytes sentKey(const Id &company)
{
    return rowKey('n', {company});
}

// A number or address that is known to be the legal representative's: of the one whose name and number are in the blind, so that
// another one after him has none.
Bytes contactKey(const Id &company, const ByteArray<32> &blind)
{
    return rowKey('c', {company, blind});
}

ByteArray<32> sm3OfToken(const LinkToken &token)
{
    return crypto::sm3({viewOf("hufu-legal-link"), token});
}

Bytes toContext(const Id &link)
{
    return concat({viewOf("hufu-legal-link"), link});
}

Bytes codePurpose(const Id &link)
{
    return concat({viewOf("legal-link"), link});
}

struct Open {
    std::unique_ptr<ports::Transaction> transaction;
    Id company{}, link{};
    Row row;
    State next{};
    audit::Who who{};
};

Result<void> save(Open &open)
{
    open.row.state = open.next;
    return saveRow(*open.transaction, Table::application, linkKey(open.company, open.link), open.row);
}

Result<void> note(const Ports &ports, Open &open, Event event)
{
    return audit::append(*open.transaction, open.company,
                         {event, ports.clock.unixMs(), open.link, {}, static_cast<std::uint16_t>(open.row.purpose), open.who});
}

// As it is told: one that ran out is not out any more.
State toldState(const Row &row, std::int64_t now)
{
    const bool isOut = row.state == State::sent || row.state == State::checking;
    return isOut && now - row.sentMs >= LegalLinks::kValidMs ? State::expired : row.state;
}

// A link that is over in whatever way looks the same to whoever holds its token.
Verdict<Open> openByToken(const Ports &ports, const LinkToken &token, Act act)
{
    HUFU_TRY(transaction, ports.ledger.begin());
    HUFU_TRY(owner, findRow<OwnerRow>(*transaction, Table::application, tokenKey(sm3OfToken(token))));
    if (!owner) return Denied::linkInvalid;
    HUFU_TRY(row, loadRow<Row>(*transaction, Table::application, linkKey(owner->company, owner->link)));
    const State told = toldState(row, ports.clock.unixMs());
    if (told != State::sent && told != State::checking) return Denied::linkInvalid;
    HUFU_TRY(next, moved(kLinkMoves, row.state, act));
    return Open{std::move(transaction), owner->company, owner->link, std::move(row), next, {audit::By::legalRepresentative, owner->link}};
}

// An administrator; and whoever asks to become one, for that alone, since there may be no administrator left.
Verdict<void> checkSender(ports::Transaction &transaction, const Ports &ports, const Actor &actor, Purpose purpose, const Id &subject)
{
    const bool forOneself = purpose == Purpose::administrator && subject == actor.person;
    return checkRole(transaction, ports, actor, forOneself ? role::kAll : role::kAdministrator);
}

Verdict<Open> openByCompany(const Ports &ports, const Actor &actor, const Id &link, Act act)
{
    HUFU_TRY(transaction, ports.ledger.begin());
    HUFU_TRY(found, findRow<Row>(*transaction, Table::application, linkKey(actor.company, link)));
    HUFU_CHECK(checkSender(*transaction, ports, actor, found ? found->purpose : Purpose::authenticate, found ? found->subject : Id{}));
    if (!found) return Error(Errc::notFound, "no such link");
    Row &row = *found;
    HUFU_TRY(next, moved(kLinkMoves, toldState(row, ports.clock.unixMs()), act));
    return Open{std::move(transaction), actor.company, link, std::move(row), next, whoOf(actor)};
}

std::string wordsOf(Purpose purpose, Language language)
{
    const bool isEnglish = language == Language::english;
    switch (purpose) {
    case Purpose::authenticate: return isEnglish ? "authenticate the company" : "完成企业认证";
    case Purpose::legalSeal: return isEnglish ? "authorise your seal as legal representative" : "授权制作法定代表人印章";
    case Purpose::administrator: return isEnglish ? "confirm a change of the company's administrator" : "确认更换企业管理员";
    }
    return "";
}

// The link follows.
std::string messageOf(Purpose purpose, const std::string &company, Language language)
{
    if (language == Language::english)
        return "【虎符 Hufu】" + company + " asks you as its legal representative to " + wordsOf(purpose, language) + ", within 72 hours: ";
    return "【虎符 Hufu】" + company + "请您作为法定代表人" + wordsOf(purpose, language) + "，72 小时内有效：";
}

std::string_view subjectOf(Language language)
{
    return language == Language::english ? "Legal representative's authorisation" : "法定代表人授权";
}

// Of whoever of the company's people has this number; of mail addresses the handling person's alone is known. Nothing: nobody's. An application
// that cannot be read holds nothing up, as in languageOfNumber.
Result<std::optional<Language>> languageOfContact(ports::Transaction &transaction, const Ports &ports, const Id &company, Contact contact, std::string_view to)
{
    using Known = std::optional<Language>;
    if (contact == Contact::phone) return languageOfNumber(transaction, ports, company, to);
    const auto application = findRow<ApplicationRow>(transaction, Table::application, applicationKey(company));
    if (!application && application.error().code == Errc::unavailable) return application.error();
    if (!application || !*application) return Known(); // entered by the operator
    const auto applicant = openApplicant(ports.masterKey, company, **application);
    if (!applicant && applicant.error().code == Errc::unavailable) return applicant.error();
    if (!applicant || applicant->contact != to) return Known();
    const auto person = administratorOf(transaction, ports, company, *applicant);
    if (!person && person.error().code == Errc::unavailable) return person.error();
    if (!person) return Known(); // gone
    HUFU_TRY(language, languageOf(transaction, company, *person));
    return Known(language);
}

std::string masked(Contact contact, std::string_view to)
{
    return contact == Contact::phone ? maskedPhoneNumber(to) : maskedMailAddress(to);
}

Result<std::string> openTo(const Ports &ports, const Open &open)
{
    HUFU_TRY(row, openRow<ToRow>(ports.masterKey, toContext(open.link), open.row.to));
    return std::move(row.to);
}

Result<ByteArray<32>> contactBlind(ports::Transaction &transaction, const Ports &ports, const Id &company, std::string_view to)
{
    HUFU_TRY(legal, loadLegal(transaction, ports.masterKey, company));
    return blindIndex(transaction, ports, "legal-contact", company, textOf(Writer().text(legal.name).text(legal.idNumber).text(to).bytes()));
}

// What is over already stays as it is, and so does a link that was not sent after all.
Result<void> withdrawOne(ports::Transaction &transaction, const Ports &ports, const audit::Who &who, const Id &company, const Id &link)
{
    HUFU_TRY(row, findRow<Row>(transaction, Table::application, linkKey(company, link)));
    const auto next = row ? moved(kLinkMoves, row->state, Act::withdraw) : Result<State>(Error(Errc::notFound, "no such link"));
    if (!next) return {};
    row->state = *next;
    HUFU_CHECK(saveRow(transaction, Table::application, linkKey(company, link), *row));
    return audit::append(transaction, company, {Event::linkWithdrawn, ports.clock.unixMs(), link, {}, static_cast<std::uint16_t>(row->purpose), who});
}

// A code proves whoever has typed the number or address, as long as nobody knows whose it is.
Result<bool> isCodeEnough(const Ports &ports, const Open &open)
{
    if (open.row.purpose != Purpose::legalSeal) return false;
    HUFU_TRY(to, openTo(ports, open));
    HUFU_TRY(blind, contactBlind(*open.transaction, ports, open.company, to));
    HUFU_TRY(known, open.transaction->readForChange(Table::application, contactKey(open.company, blind)));
    return known.has_value();
}

} // namespace

Result<void> withdrawLink(ports::Transaction &transaction, const Ports &ports, const audit::Who &who, const Id &company, Purpose purpose,
                          const Id &subject)
{
    HUFU_TRY(named, transaction.readForChange(Table::application, outKey(company, purpose, subject)));
    if (!named) return {};
    HUFU_TRY(link, fixedBytes<16>(*named));
    return withdrawOne(transaction, ports, who, company, link);
}

Result<void> forgetLegalContacts(ports::Transaction &transaction, const Id &company)
{
    HUFU_TRY(links, ports::scanAll(transaction, Table::application, rowKey('l', {company})));
    for (const auto &[key, value] : links) {
        HUFU_TRY(row, loadRow<Row>(transaction, Table::application, key));
        row.to.clear();
        HUFU_CHECK(saveRow(transaction, Table::application, key, row));
    }
    HUFU_TRY(known, ports::scanAll(transaction, Table::application, rowKey('c', {company})));
    for (const auto &[key, value] : known)
        HUFU_CHECK(transaction.remove(Table::application, key));
    return {};
}

Result<void> keepLegalContact(ports::Transaction &transaction, const Ports &ports, const Id &company, std::string_view to)
{
    HUFU_TRY(blind, contactBlind(transaction, ports, company, to));
    return transaction.write(Table::application, contactKey(company, blind), {});
}

Bytes LegalLinks::signedBytes(Purpose purpose, const Id &company, const Id &subject, std::int64_t timeMs)
{
    return Writer()
        .raw(viewOf("HUFU-LEGAL-1"))
        .u8(static_cast<std::uint8_t>(purpose))
        .raw(company)
        .raw(subject)
        .u64(static_cast<std::uint64_t>(timeMs))
        .take();
}

LegalLinks::LegalLinks(const Ports &ports, codes::SmsCodes &smsCodes, ports::SmsGateway &sms, ports::MailGateway &mail,
                       Applications::IdentityServices services, ports::ServiceKey &key, std::string baseUrl)
    : m_ports(ports), m_smsCodes(smsCodes), m_sms(sms), m_mail(mail), m_line(mail),
      m_mailCodes(ports.ledger, ports.masterKey, ports.random, ports.clock, m_line), m_services(std::move(services)), m_key(key),
      m_baseUrl(std::move(baseUrl))
{}

// One more of those that a company may send in a day. Returns: false if there were enough.
static Result<bool> countSent(ports::Transaction &transaction, const Id &company, std::int64_t now)
{
    HUFU_TRY(counted, findRow<SentRow>(transaction, Table::application, sentKey(company)));
    SentRow sent = counted.value_or(SentRow{});
    if (now - sent.sentMs >= kDayMs) sent = {0, now};
    if (sent.sent >= LegalLinks::kSentInADay) return false;
    sent.sent = static_cast<std::uint8_t>(sent.sent + 1);
    HUFU_CHECK(saveRow(transaction, Table::application, sentKey(company), sent));
    return true;
}

static Result<void> uncountSent(ports::Transaction &transaction, const Id &company)
{
    HUFU_TRY(sent, findRow<SentRow>(transaction, Table::application, sentKey(company)));
    if (!sent || sent->sent == 0) return {};
    sent->sent = static_cast<std::uint8_t>(sent->sent - 1);
    if (sent->sent == 0) return transaction.remove(Table::application, sentKey(company));
    return saveRow(transaction, Table::application, sentKey(company), *sent);
}

// What was stored of a link whose message went to nobody. before: the one that was out; zero: none was.
static Result<void> takeBackLink(ports::Transaction &transaction, const Id &company, const Id &link, const Row &row, const Id &before)
{
    HUFU_CHECK(transaction.remove(Table::application, linkKey(company, link)));
    HUFU_CHECK(transaction.remove(Table::application, tokenKey(row.tokenSm3)));
    const Bytes key = outKey(company, row.purpose, row.subject);
    HUFU_TRY(out, transaction.readForChange(Table::application, key));
    if (!out || !sameBytes(*out, link)) return {}; // another was sent meanwhile
    return before == Id{} ? transaction.remove(Table::application, key) : transaction.write(Table::application, key, before);
}

Verdict<Id> LegalLinks::send(const Actor &actor, Purpose purpose, const Id &subject, Contact contact, std::string_view typed)
{
    HUFU_TRY(to, contactOf(contact, typed));
    const std::int64_t now = m_ports.clock.unixMs();
    const Id id = m_ports.random.bytes<16>("link-id");
    const auto token = m_ports.random.bytes<32>("link-token");
    const auto check = [&](ports::Transaction &transaction) -> Verdict<void> {
        HUFU_CHECK(checkSender(transaction, m_ports, actor, purpose, subject));
        return checkWaiting(transaction, m_ports, purpose, actor.company, subject);
    };
    Row row;
    row.purpose = purpose;
    row.subject = subject;
    row.tokenSm3 = sm3OfToken(token);
    row.sentMs = now;
    row.contact = contact;
    std::string text;
    Language language = Language::chinese; // unless it is somebody of the company whose own is known
    Id before{};
    {
        // First the row, so that nobody gets a link that leads nowhere. The one before it stays good until the new one has gone out.
        HUFU_TRY(transaction, m_ports.ledger.begin());
        HUFU_CHECK(check(*transaction));
        HUFU_TRY(may, countSent(*transaction, actor.company, now));
        if (!may) return Denied::smsTooOften;
        HUFU_TRY(company, loadCompany(*transaction, actor.company));
        HUFU_TRY(theirs, languageOfContact(*transaction, m_ports, actor.company, contact, to));
        language = theirs.value_or(language);
        text = messageOf(purpose, company.name, language) + m_baseUrl + toHex(token);
        HUFU_TRY(sealed, sealRow(m_ports.masterKey, toContext(id), ToRow{to}));
        row.to = std::move(sealed);
        HUFU_TRY(out, transaction->readForChange(Table::application, outKey(actor.company, purpose, subject)));
        if (out) {
            HUFU_TRY(link, fixedBytes<16>(*out));
            before = link;
        }
        HUFU_CHECK(saveRow(*transaction, Table::application, linkKey(actor.company, id), row));
        HUFU_CHECK(saveRow(*transaction, Table::application, tokenKey(row.tokenSm3), OwnerRow{actor.company, id}));
        HUFU_CHECK(transaction->write(Table::application, outKey(actor.company, purpose, subject), id));
        HUFU_CHECK(transaction->commit());
    }
    const auto sent = contact == Contact::phone ? m_sms.send(to, text) : m_mail.send(to, subjectOf(language), text);
    HUFU_TRY(transaction, m_ports.ledger.begin());
    const auto waits = check(*transaction); // the message took its time
    if (!sent || !waits) {
        HUFU_CHECK(takeBackLink(*transaction, actor.company, id, row, before));
        if (!sent) HUFU_CHECK(uncountSent(*transaction, actor.company));
        HUFU_CHECK(transaction->commit());
        if (!sent) return sent.error();
        return waits.error();
    }
    if (before != Id{}) HUFU_CHECK(withdrawOne(*transaction, m_ports, whoOf(actor), actor.company, before));
    HUFU_CHECK(audit::append(*transaction, actor.company, {Event::linkSent, m_ports.clock.unixMs(), id, {}, static_cast<std::uint16_t>(purpose), whoOf(actor)}));
    HUFU_CHECK(transaction->commit());
    return id;
}

Verdict<void> LegalLinks::withdraw(const Actor &actor, const Id &link)
{
    HUFU_TRY(open, openByCompany(m_ports, actor, link, Act::withdraw));
    HUFU_CHECK(save(open));
    HUFU_CHECK(note(m_ports, open, Event::linkWithdrawn));
    return open.transaction->commit();
}

Verdict<LinkState> LegalLinks::stateOf(const Actor &actor, const Id &link)
{
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_TRY(row, findRow<Row>(*transaction, Table::application, linkKey(actor.company, link)));
    HUFU_CHECK(checkSender(*transaction, m_ports, actor, row ? row->purpose : Purpose::authenticate, row ? row->subject : Id{}));
    if (!row) return Error(Errc::notFound, "no such link");
    return toldState(*row, m_ports.clock.unixMs());
}

Verdict<Confirmed> LegalLinks::confirmation(const Actor &actor, const Id &link)
{
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_TRY(row, findRow<Row>(*transaction, Table::application, linkKey(actor.company, link)));
    HUFU_CHECK(checkSender(*transaction, m_ports, actor, row ? row->purpose : Purpose::authenticate, row ? row->subject : Id{}));
    if (!row || row->state != State::signed_) return Error(Errc::notFound, "no link that was signed");
    return Confirmed{signedBytes(row->purpose, actor.company, row->subject, row->signedMs), {}, row->signature, {}};
}

Verdict<std::optional<LegalLinks::Sent>> LegalLinks::latest(const Actor &actor, Purpose purpose, const Id &subject)
{
    using Latest = std::optional<Sent>;
    HUFU_TRY(transaction, m_ports.ledger.begin());
    HUFU_CHECK(checkSender(*transaction, m_ports, actor, purpose, subject));
    HUFU_TRY(named, transaction->readForChange(Table::application, outKey(actor.company, purpose, subject)));
    if (!named) return Latest();
    HUFU_TRY(link, fixedBytes<16>(*named));
    HUFU_TRY(row, loadRow<Row>(*transaction, Table::application, linkKey(actor.company, link)));
    HUFU_TRY(to, openRow<ToRow>(m_ports.masterKey, toContext(link), row.to));
    return Latest({link, toldState(row, m_ports.clock.unixMs()), masked(row.contact, to.to), row.sentMs + kValidMs});
}

Result<bool> LegalLinks::isKnown(const LinkToken &token)
{
    HUFU_TRY(owner, m_ports.ledger.read(Table::application, tokenKey(sm3OfToken(token))));
    return owner.has_value();
}

Verdict<LegalLinks::View> LegalLinks::view(const LinkToken &token)
{
    HUFU_TRY(open, openByToken(m_ports, token, Act::refuse));
    HUFU_TRY(company, loadCompany(*open.transaction, open.company));
    HUFU_TRY(legal, loadLegal(*open.transaction, m_ports.masterKey, open.company));
    HUFU_TRY(to, openTo(m_ports, open));
    std::string successor;
    if (open.row.purpose == Purpose::administrator) {
        HUFU_TRY(person, loadPerson(*open.transaction, m_ports.masterKey, open.row.subject));
        successor = std::move(person.person.name);
    }
    HUFU_TRY(codeAllowed, isCodeEnough(m_ports, open));
    return View{open.row.purpose, company.name, maskedName(legal.name), masked(open.row.contact, to), codeAllowed, std::move(successor)};
}

Verdict<SealFace> LegalLinks::sealFace(const LinkToken &token)
{
    HUFU_TRY(open, openByToken(m_ports, token, Act::refuse));
    if (open.row.purpose != Purpose::legalSeal) return Error(Errc::notFound, "no seal");
    HUFU_TRY(seal, loadSeal(*open.transaction, open.company, open.row.subject));
    HUFU_TRY(face, faceOf(*open.transaction, m_ports, open.company, seal));
    // Nobody is proved yet, and the number that the link went to is the administrator's word: the name stands there as in view(), in
    // characters that a seal can have.
    std::string name;
    for (const char c : maskedName(face.name))
        c == '*' ? name.append("某") : name.append(1, c);
    face.name = name;
    return face;
}

Verdict<Applications::Begun> LegalLinks::startCheck(const LinkToken &token, std::uint8_t provider)
{
    std::string to;
    LegalRow legal;
    Contact contact{};
    Id link{};
    {
        HUFU_TRY(open, openByToken(m_ports, token, Act::startCheck));
        HUFU_TRY(codeAllowed, isCodeEnough(m_ports, open));
        if (provider == 0 && !codeAllowed) return Denied::methodNotAllowed;
        HUFU_TRY(address, openTo(m_ports, open));
        HUFU_TRY(person, loadLegal(*open.transaction, m_ports.masterKey, open.company));
        to = address;
        legal = person;
        contact = open.row.contact;
        link = open.link;
    }
    Applications::Begun task;
    if (provider == 0) {
        HUFU_TRY(waitMs, sendCode(codesFor(contact), codePurpose(link), link, to, kCodeText));
        task.resendAfterMs = waitMs;
    } else {
        const auto service = m_services.find(provider);
        if (service == m_services.end()) return Error(Errc::badInput, "no such identity service");
        HUFU_TRY(started, service->second->start(legal.name, legal.idNumber));
        task = Applications::Begun{std::move(started), 0};
    }
    HUFU_TRY(open, openByToken(m_ports, token, Act::startCheck));
    open.row.provider = provider;
    open.row.ticket = task.ticket;
    HUFU_CHECK(save(open));
    HUFU_CHECK(note(m_ports, open, Event::identityStarted));
    HUFU_CHECK(open.transaction->commit());
    return task;
}

Verdict<void> LegalLinks::sign(const LinkToken &token, std::string_view digits, bool isOwnContact)
{
    Row row;
    Id link{}, company{};
    {
        HUFU_TRY(open, openByToken(m_ports, token, Act::sign));
        row = open.row;
        link = open.link;
        company = open.company;
        HUFU_CHECK(checkWaiting(*open.transaction, m_ports, row.purpose, company, row.subject));
    }
    if (row.provider == 0) {
        HUFU_CHECK(checkCode(codesFor(row.contact), codePurpose(link), link, digits, codes::Right::spends));
    } else {
        const auto service = m_services.find(row.provider);
        if (service == m_services.end()) return Error(Errc::unavailable, ports::kServiceAway);
        HUFU_TRY(outcome, service->second->outcome(row.ticket));
        if (outcome == ports::IdentityService::Outcome::pending) return Denied::identityPending;
        if (outcome != ports::IdentityService::Outcome::passed) {
            HUFU_TRY(open, openByToken(m_ports, token, Act::fail));
            open.row.failures = static_cast<std::uint8_t>(open.row.failures + 1);
            open.row.ticket.clear();
            if (open.row.failures >= kFailures) open.next = State::refused;
            HUFU_CHECK(save(open));
            HUFU_CHECK(note(m_ports, open, Event::identityFailed));
            HUFU_CHECK(open.transaction->commit());
            return Denied::livenessFailed;
        }
    }
    const std::int64_t now = m_ports.clock.unixMs();
    HUFU_TRY(signature, m_key.sign(signedBytes(row.purpose, company, row.subject, now)));
    HUFU_TRY(open, openByToken(m_ports, token, Act::sign));
    if (open.row.ticket != row.ticket || open.row.provider != row.provider) return Denied::identityPending; // another check
    HUFU_CHECK(authorise(*open.transaction, m_ports, open.who, row.purpose, Way::legalLink, company, row.subject));
    if (row.provider != 0 && isOwnContact) {
        HUFU_TRY(to, openTo(m_ports, open));
        HUFU_CHECK(keepLegalContact(*open.transaction, m_ports, company, to));
    }
    open.row.signedMs = now;
    open.row.signature = signature;
    HUFU_CHECK(save(open));
    HUFU_CHECK(note(m_ports, open, Event::linkSigned));
    return open.transaction->commit();
}

Verdict<void> LegalLinks::refuse(const LinkToken &token)
{
    HUFU_TRY(open, openByToken(m_ports, token, Act::refuse));
    // Whoever has the link may say no, but only to what still waits.
    if (checkWaiting(*open.transaction, m_ports, open.row.purpose, open.company, open.row.subject))
        HUFU_CHECK(decline(*open.transaction, m_ports, open.who, open.row.purpose, open.company, open.row.subject));
    HUFU_CHECK(save(open));
    HUFU_CHECK(note(m_ports, open, Event::linkRefused));
    return open.transaction->commit();
}

} // namespace hufu::enterprise
