#include "app/cli/founding.h"

#include <QDateTime>
#include <QElapsedTimer>
#include <QImage>
#include <QJsonDocument>
#include <QPainter>
#include <QRegularExpression>
#include <QThread>
#include <QUrl>
#include <QUuid>

namespace hufu::cli {

namespace {

// One of the companies that the stand-in for the business register knows, and its people.
const QString kName = QStringLiteral("长江示范建设有限公司"), kCode = QStringLiteral("91420100MA4K0DEM0U");
const QString kLegal = QStringLiteral("李建国"), kLegalId = QStringLiteral("420101198005150013"), kLegalPhone = QStringLiteral("13900139009");
const QString kFounder = QStringLiteral("王芳"), kFounderId = QStringLiteral("110101199001010015"), kFounderPhone = QStringLiteral("13700137001");
const QString kBidder = QStringLiteral("赵六"), kBidderPhone = QStringLiteral("13700137002");

} // namespace

bool Founding::because(const QString &why)
{
    m_why = why;
    return false;
}

// --- the API, as a browser speaks to it ---------------------------------------------------------------------------------

Founding::Reply Founding::ask(const QByteArray &method, const QString &path, const QJsonObject &body)
{
    net::HttpsClient::Headers headers;
    QByteArray cookies;
    for (auto it = m_cookies.cbegin(); it != m_cookies.cend(); ++it)
        cookies += (cookies.isEmpty() ? "" : "; ") + it.key() + '=' + it.value();
    if (!cookies.isEmpty()) headers.emplace_back("Cookie", cookies);
    if (!m_csrf.isEmpty()) headers.emplace_back("Hufu-Csrf", m_csrf);
    if (method == "POST") headers.emplace_back("Idempotency-Key", QUuid::createUuid().toByteArray(QUuid::Id128));
    const QByteArray sent = method == "GET" ? QByteArray() : QJsonDocument(body).toJson(QJsonDocument::Compact);
    const net::Answer answer = m_stage.fetch(path, 10000, method, sent, headers);
    for (const QByteArray &line : answer.setCookies.split('\n')) {
        const QByteArray pair = line.left(line.indexOf(';'));
        const qsizetype equals = pair.indexOf('=');
        if (equals > 0) m_cookies[pair.left(equals).trimmed()] = pair.mid(equals + 1);
    }
    m_last = QJsonDocument::fromJson(answer.body).object();
    return {answer.status, m_last};
}

bool Founding::expect(const QByteArray &method, const QString &path, const QJsonObject &body, int status, const QString &code)
{
    const Reply reply = ask(method, path, body);
    const QString said = text(reply.json, "code");
    if (reply.status == status && (code.isEmpty() || said == code)) return true;
    return because(QStringLiteral("%1 %2 answers %3 %4 instead of %5 %6").arg(QString::fromLatin1(method), path).arg(reply.status).arg(said).arg(status).arg(code));
}

bool Founding::enter(const QString &path)
{
    if (!expect("GET", path, {}, 200)) return false;
    m_csrf = text(m_last, "csrf").toLatin1();
    return !m_csrf.isEmpty() || because(path + QStringLiteral(" gives no word against forged requests"));
}

QString Founding::newestText(const QString &number)
{
    QElapsedTimer waited;
    for (waited.start(); waited.elapsed() < 10000; QThread::msleep(100)) {
        const QJsonArray messages = QJsonDocument::fromJson(m_stage.fetch(QStringLiteral("/outside/sms?phone=") + number).body).object().value(QLatin1String("messages")).toArray();
        if (!messages.isEmpty()) return text(messages.first().toObject(), "text");
    }
    return {};
}

QString Founding::codeFor(const QString &number)
{
    static const QRegularExpression digits(QStringLiteral("(?<!\\d)\\d{6}(?!\\d)"));
    return digits.match(newestText(number)).captured();
}

bool Founding::decideFace(const QString &name)
{
    if (!expect("GET", QStringLiteral("/outside/identity"), {}, 200)) return false;
    for (const QJsonValue &check : m_last.value(QLatin1String("checks")).toArray())
        if (text(check.toObject(), "name") == name && text(check.toObject(), "outcome") == QLatin1String("pending"))
            return expect("POST", QStringLiteral("/outside/identity/") + text(check.toObject(), "ticket"), {{"outcome", "passed"}}, 204);
    return because(QStringLiteral("the face service was asked for nobody"));
}

// --- the steps ----------------------------------------------------------------------------------------------------------

bool Founding::apply()
{
    const QJsonObject account{{"account", "supplier-demo"}, {"password", "long enough 1"}};
    if (!expect("POST", QStringLiteral("/portal/v1/accounts"), account, 201) || !enter(QStringLiteral("/portal/v1/sessions")) ||
        !expect("POST", QStringLiteral("/portal/v1/applications"), {{"issuer", "hufu"}}, 201))
        return false;
    const QString ticket = text(m_last, "console").section(QLatin1String("#/apply/"), 1);
    if (!expect("POST", QStringLiteral("/console/v1/application/visit"), {{"ticket", ticket}}, 204) || !enter(QStringLiteral("/console/v1/application"))) return false;
    if (text(m_last, "state") != QLatin1String("begun")) return because(QStringLiteral("the application is ") + text(m_last, "state"));
    m_report.prove(QStringLiteral("an account at the portal, 申领; the application is begun"));
    return true;
}

bool Founding::handlingPerson()
{
    const QString base = QStringLiteral("/console/v1/application");
    if (!expect("POST", base + "/code", {{"contact", "phone"}, {"to", kFounderPhone}}, 200)) return false;
    const QString code = codeFor(kFounderPhone);
    const QString wrong = code == QLatin1String("123456") ? QStringLiteral("654321") : QStringLiteral("123456");
    if (!expect("POST", base + "/contact", {{"code", wrong}}, 401, QStringLiteral("HF-402")) ||
        !expect("POST", base + "/contact", {{"code", code}}, 204) || !expect("GET", base, {}, 200))
        return false;
    const QJsonArray agreements = m_last.value(QLatin1String("agreements")).toArray();
    const QJsonObject person{{"name", kFounder}, {"idNumber", kFounderId}, {"mobileNumber", kFounderPhone}};
    const QJsonObject consent{{"agreements", agreements}, {"consent", m_last.value(QLatin1String("consentFace"))}, {"method", "face"}, {"person", person}};
    if (!expect("POST", base + "/consent", consent, 204) || !expect("POST", base + "/identity", {{"provider", 1}}, 200) ||
        !expect("POST", base + "/identity/finish", {}, 409, QStringLiteral("HF-708")) || !decideFace(kFounder) ||
        !expect("POST", base + "/identity/finish", {}, 204) || !expect("GET", base, {}, 200))
        return false;
    if (text(m_last, "state") != QLatin1String("identified")) return because(QStringLiteral("the application is ") + text(m_last, "state"));
    m_report.prove(QStringLiteral("a wrong code is refused with HF-402, an unfinished check of the face with HF-708; %1 agreements; the person is identified").arg(agreements.size()));
    return true;
}

bool Founding::facts()
{
    QJsonObject facts{{"kind", "enterprise"}, {"name", "错误的名称"}, {"code", kCode}, {"legalName", kLegal}, {"legalIdNumber", kLegalId}};
    const QString path = QStringLiteral("/console/v1/application/facts");
    if (!expect("POST", path, facts, 200)) return false;
    if (text(m_last, "code") != QLatin1String("HF-702")) return because(QStringLiteral("a wrong name is taken"));
    facts["name"] = kName;
    if (!expect("POST", path, facts, 200)) return false;
    if (text(m_last, "state") != QLatin1String("matched") || m_last.value(QLatin1String("verified")).toBool())
        return because(QStringLiteral("the facts are %1, or the company is verified already").arg(text(m_last, "state")));
    m_report.prove(QStringLiteral("a wrong name is refused with HF-702; the facts agree with the register"));
    return enter(QStringLiteral("/console/v1/sessions"));
}

bool Founding::remittance()
{
    const QString base = QStringLiteral("/console/v1/authentication/remittance");
    const QJsonObject account{{"holder", kName}, {"bank", "中国建设银行"}, {"province", "湖北省"}, {"city", "武汉市"}, {"account", "62220202000112233445"}, {"phone", kFounderPhone}};
    if (!expect("POST", base, account, 204) || !expect("POST", base + "/look", {}, 204) || !expect("GET", QStringLiteral("/outside/bank"), {}, 200)) return false;
    const int cents = m_last.value(QLatin1String("payouts")).toArray().first().toObject().value(QLatin1String("cents")).toInt();
    if (!expect("POST", base + "/amount", {{"cents", cents == 99 ? 1 : cents + 1}}, 422, QStringLiteral("HF-722")) ||
        !expect("POST", base + "/amount", {{"cents", cents}}, 204) || !expect("GET", QStringLiteral("/console/v1/sessions"), {}, 200))
        return false;
    const QJsonObject company = m_last.value(QLatin1String("company")).toObject();
    if (text(company, "way") != QLatin1String("remittance")) return because(QStringLiteral("the company is not verified by its account"));
    m_report.prove(QStringLiteral("¥0.%1 came to the company's account; another amount is refused with HF-722, this one verifies it").arg(cents, 2, 10, QLatin1Char('0')));
    return true;
}

bool Founding::seats()
{
    const QString orders = QStringLiteral("/console/v1/orders");
    if (!expect("POST", QStringLiteral("/console/v1/price"), {{"quantity", 1}, {"years", 1}}, 200)) return false;
    const int total = m_last.value(QLatin1String("totalCents")).toInt();
    const QJsonObject order{{"kind", "seats"}, {"quantity", 1}, {"years", 1}, {"buyerName", kName}, {"buyerCode", kCode}, {"agreements", m_last.value(QLatin1String("agreements"))}, {"idempotencyKey", "demo-order-1"}};
    if (!expect("POST", orders, order, 201)) return false;
    const QString id = text(m_last, "id");
    if (!expect("POST", orders, order, 201)) return false;
    if (text(m_last, "id") != id) return because(QStringLiteral("one order was placed twice"));
    if (!expect("POST", orders + '/' + id + "/payment", {}, 200) || !expect("POST", QStringLiteral("/outside/faults"), {{"cashier", QJsonObject{{"copies", 2}}}}, 200) ||
        !expect("POST", QStringLiteral("/outside/payments"), {{"order", id}, {"cents", total}}, 204))
        return false;
    QElapsedTimer waited;
    for (waited.start(); waited.elapsed() < 10000 && expect("GET", orders + '/' + id, {}, 200) && text(m_last, "state") == QLatin1String("open");)
        QThread::msleep(100);
    if (text(m_last, "state") != QLatin1String("paid")) return because(QStringLiteral("the order is ") + text(m_last, "state"));
    if (!expect("GET", QStringLiteral("/console/v1/seats"), {}, 200)) return false;
    if (m_last.value(QLatin1String("seats")).toArray().size() != 1) return because(QStringLiteral("there is not one seat"));
    if (!expect("GET", QStringLiteral("/console/v1/wallet"), {}, 200)) return false;
    if (m_last.value(QLatin1String("balanceCents")).toInt(-1) != 0) return because(QStringLiteral("the second notice was taken for money"));
    m_report.prove(QStringLiteral("¥%1.%2 paid; the cashier told of it twice: one seat, and no balance").arg(total / 100).arg(total % 100, 2, 10, QLatin1Char('0')));
    return true;
}

bool Founding::makeSeal(const QString &kind, QString &id)
{
    const QString path = QStringLiteral("/console/v1/seals");
    QJsonObject seal{{"kind", kind}, {"style", 1}};
    if (kind == QLatin1String("company")) seal["number"] = QStringLiteral("4201000000001");
    if (!expect("POST", path + "/code", seal, 200)) return false;
    seal["code"] = codeFor(kFounderPhone);
    if (!expect("POST", path, seal, 201)) return false;
    id = text(m_last, "id");
    return true;
}

bool Founding::sealIs(const QString &id, const QString &state)
{
    if (!expect("GET", QStringLiteral("/console/v1/seals"), {}, 200)) return false;
    for (const QJsonValue &one : m_last.value(QLatin1String("seals")).toArray())
        if (text(one.toObject(), "id") == id) return text(one.toObject(), "state") == state || because(QStringLiteral("a seal is ") + text(one.toObject(), "state"));
    return because(QStringLiteral("a seal is not listed"));
}

bool Founding::seals()
{
    if (!makeSeal(QStringLiteral("company"), m_companySeal) || !sealIs(m_companySeal, QStringLiteral("active"))) return false;
    if (!makeSeal(QStringLiteral("legalPerson"), m_legalSeal) || !sealIs(m_legalSeal, QStringLiteral("waiting")) ||
        !expect("POST", QStringLiteral("/console/v1/links"), {{"purpose", "legalSeal"}, {"subject", m_legalSeal}, {"contact", "phone"}, {"to", kLegalPhone}}, 201))
        return false;
    static const QRegularExpression token(QStringLiteral("/legal#([0-9a-f]{64})"));
    const QString link = QStringLiteral("/legal/v1/") + token.match(newestText(kLegalPhone)).captured(1);
    if (!expect("POST", link + "/check", {{"provider", 1}}, 200) || !expect("POST", link + "/sign", {}, 409, QStringLiteral("HF-708")) ||
        !decideFace(kLegal) || !expect("POST", link + "/sign", {}, 204) || !sealIs(m_legalSeal, QStringLiteral("active")))
        return false;
    m_report.prove(QStringLiteral("the company's seal, by a code; the legal person's, only after the legal representative's face"));
    return true;
}

bool Founding::staff()
{
    QJsonObject person{{"name", kBidder}, {"phoneNumber", kFounderPhone}, {"staffNumber", "T1"}, {"department", "投标部"}, {"roles", QJsonArray{"bid-staff"}}};
    if (!expect("POST", QStringLiteral("/console/v1/staff"), person, 409, QStringLiteral("HF-763"))) return false;
    person["phoneNumber"] = kBidderPhone;
    if (!expect("POST", QStringLiteral("/console/v1/staff"), person, 201)) return false;
    m_person = text(m_last, "id");
    m_report.prove(QStringLiteral("another person's number is refused with HF-763; one of the staff for bids"));
    return true;
}

bool Founding::sealGrants()
{
    const QString path = QStringLiteral("/console/v1/seal-grants");
    const qint64 minute = QDateTime::currentMSecsSinceEpoch() / 60'000 * 60'000;
    for (const QString &seal : {m_companySeal, m_legalSeal}) {
        const QJsonObject terms{{"seal", seal}, {"person", m_person}, {"purpose", "投标文件"}, {"project", ""}, {"fromMs", minute}, {"untilMs", minute + 30 * qint64{86'400'000}}};
        if (!expect("POST", path, terms, 201)) return false;
        const QString one = path + '/' + text(m_last, "id");
        if (!expect("GET", one + "/document", {}, 200)) return false;
        if (!text(m_last, "text").contains(kBidder)) return because(QStringLiteral("the authorisation does not name the person"));
        if (!expect("POST", one + "/code", {}, 200) || !expect("POST", one + "/grant", {{"stamp", m_companySeal}, {"code", codeFor(kFounderPhone)}}, 204)) return false;
    }
    if (!expect("GET", path, {}, 200)) return false;
    int active = 0;
    for (const QJsonValue &one : m_last.value(QLatin1String("grants")).toArray())
        active += text(one.toObject(), "state") == QLatin1String("active") ? 1 : 0;
    if (active != 2) return because(QStringLiteral("%1 grants of seals are active").arg(active));
    m_report.prove(QStringLiteral("the company's seal on two authorisations: both seals may be used by the person"));
    return true;
}

bool Founding::certificate()
{
    if (!expect("POST", QStringLiteral("/console/v1/grants"), {{"person", m_person}}, 201)) return false;
    const QString link = text(m_last, "activationLink");
    if (!expect("POST", QStringLiteral("/console/v1/grants"), {{"person", m_person}}, 409)) return false; // one person gets one
    m_stage.setPerson({{"activation", link}, {"phoneNumber", kBidderPhone}, {"staffNumber", "T1"}});
    m_report.note(QStringLiteral("phoneNumber"), kBidderPhone);
    m_report.prove(QStringLiteral("the seat is the person's; the phone is activated with the link of this grant"));
    return link.startsWith(QLatin1String("hufu://activate?")) || because(QStringLiteral("no activation link"));
}

// --- the certificate, bound to the portal's account ---------------------------------------------------------------------

bool Founding::askBinding()
{
    return enter(QStringLiteral("/portal/v1/sessions")) && expect("POST", QStringLiteral("/portal/v1/bindings/scan"), {}, 201);
}

bool Founding::drawBinding(const QString &picture)
{
    if (!expect("GET", QStringLiteral("/portal/v1/bindings/scan"), {}, 200)) return false;
    const QJsonObject qr = m_last.value(QLatin1String("qr")).toObject();
    const int size = qr.value(QLatin1String("size")).toInt();
    if (size < 1 || size > 200) return because(QStringLiteral("the portal shows no code"));
    constexpr int kScale = 6;
    QImage image(size * kScale, size * kScale, QImage::Format_RGB32);
    image.fill(Qt::white);
    QPainter painter(&image);
    static const QRegularExpression run(QStringLiteral("M(\\d+) (\\d+)h(\\d+)"));
    for (auto runs = run.globalMatch(text(qr, "path")); runs.hasNext();) {
        const auto one = runs.next();
        painter.fillRect(one.captured(1).toInt() * kScale, one.captured(2).toInt() * kScale, one.captured(3).toInt() * kScale, kScale, Qt::black);
    }
    painter.end();
    return image.save(picture) || because(QStringLiteral("cannot write ") + picture);
}

bool Founding::typeDigits(const QString &digits)
{
    const QString path = QStringLiteral("/portal/v1/bindings/scan/digits");
    const Reply wrong = ask("POST", path, {{"digits", digits == QLatin1String("0000") ? "1111" : "0000"}});
    if (text(wrong.json, "code") != QLatin1String("HF-207")) return because(QStringLiteral("wrong digits: ") + text(wrong.json, "code"));
    const Reply right = ask("POST", path, {{"digits", digits}});
    return (right.status >= 200 && right.status < 300) || because(QStringLiteral("the phone's digits are refused: ") + text(right.json, "code"));
}

bool Founding::bind(const QString &serial)
{
    if (!expect("POST", QStringLiteral("/portal/v1/bindings"), {}, 201) || !expect("GET", QStringLiteral("/portal/v1/sessions"), {}, 200)) return false;
    const QJsonObject bound = m_last.value(QLatin1String("certificate")).toObject();
    if (text(bound, "serial") != serial || text(bound, "company") != kName || !bound.value(QLatin1String("valid")).toBool())
        return because(QStringLiteral("the portal shows another certificate: ") + text(bound, "serial"));
    m_report.prove(QStringLiteral("wrong digits are refused with HF-207; the portal's account shows %1, %2, serial %3").arg(text(bound, "name"), text(bound, "company"), serial));
    return true;
}

} // namespace hufu::cli
