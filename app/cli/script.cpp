#include "app/cli/script.h"

#include "app/cli/page_names.h"

#include <QHash>
#include <QJsonArray>
#include <QJsonDocument>
#include <QRegularExpression>
#include <QStringList>
#include <algorithm>
#include <cmath>

namespace hufu::cli {

static constexpr double kWaitMostMs = 120'000;

// Each check returns what is wrong; empty: nothing.
static QString among(const QJsonValue &value, const QStringList &words)
{
    if (value.isString() && words.contains(value.toString())) return {};
    return QStringLiteral("must be one of ") + words.join(QStringLiteral(", "));
}

// What the policy asks for besides the PIN.
static QString asks(const QJsonValue &value)
{
    static const QRegularExpression form(QStringLiteral("^(?:login|sign|decrypt)=(?:face|sms)(?:,(?:login|sign|decrypt)=(?:face|sms))*$"));
    return form.match(value.toString()).hasMatch() ? QString() : QStringLiteral("must be ACT=FACTOR, or several with commas: login, sign, decrypt; face, sms");
}

static QString name(const QJsonValue &value)
{
    return value.isString() && !value.toString().isEmpty() ? QString() : QStringLiteral("must be a text that is not empty");
}

static QString milliseconds(const QJsonValue &value)
{
    const double ms = value.toDouble(-1);
    return ms >= 0 && ms <= kWaitMostMs && std::floor(ms) == ms ? QString() : QStringLiteral("must be milliseconds, 0 to 120000");
}

static QString digits(const QJsonValue &value)
{
    static const QRegularExpression pattern(QStringLiteral("^[0-9]{1,12}$"));
    return pattern.match(value.toString()).hasMatch() ? QString() : QStringLiteral("must be 1 to 12 digits, as a text");
}

std::optional<qint64> durationMs(const QString &text)
{
    static const QRegularExpression pattern(QStringLiteral("^([1-9][0-9]{0,4}) (s|min|h|d|y)$"));
    static const QHash<QString, qint64> units{{"s", 1'000}, {"min", 60'000}, {"h", 3'600'000}, {"d", 86'400'000}, {"y", 31'536'000'000}};
    static constexpr qint64 kMostMs = 99'999LL * 86'400'000; // in whatever unit it is said
    const auto match = pattern.match(text);
    if (!match.hasMatch()) return std::nullopt;
    const qint64 ms = match.captured(1).toLongLong() * units.value(match.captured(2));
    return ms <= kMostMs ? std::optional(ms) : std::nullopt;
}

static QString number(const QJsonValue &value, int least, int most)
{
    const double n = value.toDouble(-1);
    return n >= least && n <= most && std::floor(n) == n ? QString() : QStringLiteral("must be a number, %1 to %2").arg(least).arg(most);
}

static QString duration(const QJsonValue &value)
{
    return durationMs(value.toString()) ? QString() : QStringLiteral("must be ") + QLatin1String(kDurationIs);
}

static QString request(const QJsonValue &value, const QStringList &words)
{
    if (!value.isObject()) return among(value, words);
    return name(value[QLatin1String("do")]).isEmpty() ? QString() : QStringLiteral("needs \"do\"");
}

static QString page(const QJsonValue &value)
{
    if (!value.isObject()) return among(value, {"login"});
    const bool isGood = value[QLatin1String("do")] == QLatin1String("digits") && name(value[QLatin1String("text")]).isEmpty() && value.toObject().size() == 2;
    return isGood ? QString() : QStringLiteral("needs \"do\":\"digits\" and \"text\"");
}

// A page that never comes is a slip of the pen: "not" would always hold, and "is" never.
static QString namesPage(const QString &who, const QString &compared, const QJsonValue &value)
{
    const QStringList pages = who == QLatin1String("desk") ? deskPages() : phonePages();
    const QString text = value.toString();
    const bool isKnown = compared == QLatin1String("has") ? std::ranges::any_of(pages, [&](const QString &page) { return page.contains(text); }) : pages.contains(text);
    return isKnown ? QString() : QStringLiteral("knows no such page of the %1 in \"%2\", but %3").arg(who, compared, pages.join(QStringLiteral(", ")));
}

static QString expectation(const QJsonValue &value)
{
    const QJsonObject object = value.toObject();
    QStringList asked, compared;
    for (const QString &key : object.keys()) {
        if (QStringList{"phone", "desk", "copy", "server", "device", "page", "file", "folder"}.contains(key))
            asked << key;
        else if (QStringList{"is", "not", "has"}.contains(key))
            compared << key;
        else if (key != QLatin1String("of"))
            return QStringLiteral("has no \"%1\"").arg(key);
    }
    if (asked.size() != 1) return QStringLiteral("needs one of phone, desk, copy, server, device, page, file, folder");
    if (compared.size() != 1) return QStringLiteral("needs one of is, not, has");
    if (compared[0] == QLatin1String("has") && !name(object[compared[0]]).isEmpty()) return QStringLiteral("needs a text in \"has\"");
    const QString who = asked[0], what = object[who].toString();
    if (what.isEmpty()) return QStringLiteral("does not say what of the %1").arg(who);
    if (who == QLatin1String("server") && what != QLatin1String("running") && what != QLatin1String("epochKeys")) return QStringLiteral("knows only \"running\" and \"epochKeys\" of the server");
    const bool hasControl = object.contains(QLatin1String("of"));
    if (hasControl && !name(object[QLatin1String("of")]).isEmpty()) return QStringLiteral("needs the name of a control in \"of\"");
    const bool isPhone = who == QLatin1String("phone") || who == QLatin1String("copy");
    if (isPhone && hasControl == (what == QLatin1String("page") || what == QLatin1String("says"))) return QStringLiteral("needs \"of\" for a property of a control, and none for \"page\" and \"says\"");
    if (hasControl && !isPhone && who != QLatin1String("desk")) return QStringLiteral("takes no \"of\" here");
    if (!hasControl && what == QLatin1String("page") && (isPhone || who == QLatin1String("desk"))) return namesPage(who, compared[0], object[compared[0]]);
    return {};
}

struct Member {
    const char *name;
    QString (*problem)(const QJsonValue &value);
};

struct Word {
    Member word;
    std::vector<Member> more; // what may stand beside it
};

static const std::vector<Word> &words()
{
    using Value = const QJsonValue &;
    static const Member by{"by", [](Value value) { return among(value, {"phone", "copy"}); }}, refused{"refused", name},
        ahead{"ahead", duration}, quota{"quota", [](Value value) { return number(value, 1, 1 << 30); }};
    static const std::vector<Word> all{
        {{"start", [](Value value) { return among(value, {"server", "phone", "active", "ready"}); }},
         {{"suite", [](Value value) { return among(value, {"sm2", "frost"}); }}, {"person", digits}, {"link", [](Value value) { return among(value, {"none"}); }},
          {"asks", asks}}},
        {{"server", [](Value value) { return among(value, {"start", "stop", "kill", "pause", "resume", "fill", "free"}); }}, {{"fault", name}, quota, refused}},
        {{"phone", [](Value value) { return request(value, {"start", "kill", "fill", "free"}); }}, {refused, quota, ahead}},
        {{"desk", [](Value value) { return request(value, {"start", "kill", "new", "fill", "free"}); }}, {refused, quota, ahead}},
        {{"copy", [](Value value) { return request(value, {"take", "start", "kill"}); }}, {refused}},
        {{"scan", name}, {by, refused}},
        {{"page", page}, {}},
        {{"photo", name}, {}},
        {{"draw", name}, {{"text", name}}},
        {{"pin", digits}, {by}},
        {{"person", [](Value value) { return among(value, {"answers"}); }}, {}},
        {{"sms", [](Value value) { return among(value, {"type", "wrong"}); }}, {}},
        {{"operator", [](Value value) { return among(value, {"freeze", "unfreeze", "recover", "revoke", "renew-seat", "next-grant", "remove-desk", "raise-restore-epoch"}); }},
         {{"days", [](Value value) { return number(value, 0, 3'660); }}, {"fault", name}}},
        {{"outside", [](Value value) { return value.isObject() ? QString() : QStringLiteral("must be an object of services"); }}, {}},
        {{"file", name}, {{"text", name}}},
        {{"wait", milliseconds}, {}},
        {{"jump", duration}, {}},
        {{"wrongPins", [](Value value) { return number(value, 1, 30); }}, {}},
        {{"expect", expectation}, {{"ms", milliseconds}}},
    };
    return all;
}

static QString problemOf(ScriptLine &line)
{
    QJsonParseError error;
    const QJsonDocument json = QJsonDocument::fromJson(line.text.toUtf8(), &error);
    if (error.error != QJsonParseError::NoError) return QStringLiteral("no JSON at byte %1: %2").arg(error.offset).arg(error.errorString());
    if (!json.isObject()) return QStringLiteral("not a JSON object");
    line.object = json.object();
    // "text" and the like are words of none; of two words, which one is meant?
    const Word *found = nullptr;
    for (const Word &word : words()) {
        if (!line.object.contains(QLatin1String(word.word.name))) continue;
        // Of a start it says for whom.
        if (QLatin1String(word.word.name) == QLatin1String("person") && line.object.contains(QLatin1String("start"))) continue;
        if (found != nullptr) return QStringLiteral("both \"%1\" and \"%2\"; a line has one word").arg(QLatin1String(found->word.name), QLatin1String(word.word.name));
        found = &word;
    }
    if (found == nullptr) return QStringLiteral("no word that is known: ") + line.object.keys().join(QStringLiteral(", "));
    line.word = QLatin1String(found->word.name);
    for (const QString &key : line.object.keys()) {
        const Member *member = key == line.word ? &found->word : nullptr;
        for (const Member &other : found->more)
            if (key == QLatin1String(other.name)) member = &other;
        if (member == nullptr) return QStringLiteral("\"%1\" has no \"%2\"").arg(line.word, key);
        if (const QString why = member->problem(line.object[key]); !why.isEmpty()) return QStringLiteral("\"%1\" %2").arg(key, why);
    }
    for (const char *member : {"fault", "quota", "ahead"}) // an operator's act has its fault of its own
        if (line.word != QLatin1String("operator") && line.object.contains(QLatin1String(member)) && line.object[line.word] != QLatin1String("start"))
            return QStringLiteral("\"%1\" goes with \"start\"").arg(QLatin1String(member));
    if (line.object.contains(QLatin1String("link")) && line.object[line.word] != QLatin1String("phone")) return QStringLiteral("\"link\" goes with a start at the phone");
    if (line.object.contains(QLatin1String("days")) && line.object[line.word] != QLatin1String("renew-seat")) return QStringLiteral("\"days\" goes with \"renew-seat\"");
    return {};
}

// The lines that one of the file stands for, as text: itself, or what {"each":[...],"do":[...]} says. Empty: why says what is wrong.
static QStringList unfolded(const QString &text, QString &why)
{
    const QJsonObject object = QJsonDocument::fromJson(text.toUtf8()).object();
    if (!object.contains(QLatin1String("each"))) return {text};
    static const QRegularExpression pattern(QStringLiteral("^[A-Za-z0-9.-]+$"));
    const QJsonArray each = object[QLatin1String("each")].toArray(), lines = object[QLatin1String("do")].toArray();
    const bool hasTexts = std::ranges::all_of(each, [](const QJsonValue &value) { return pattern.match(value.toString()).hasMatch(); });
    const bool hasLines = std::ranges::all_of(lines, [](const QJsonValue &value) { return value.isObject() && !value.toObject().contains(QLatin1String("each")); });
    QStringList out;
    if (object.size() != 2 || each.isEmpty() || lines.isEmpty() || !hasTexts || !hasLines) {
        why = QStringLiteral("\"each\" needs texts of letters, digits, dots and hyphens, and \"do\" with the lines");
        return out;
    }
    for (const QJsonValue &value : each)
        for (const QJsonValue &line : lines)
            out << QString::fromUtf8(QJsonDocument(line.toObject()).toJson(QJsonDocument::Compact)).replace(QLatin1String("$each"), value.toString());
    return out;
}

Script Script::parse(const QByteArray &content)
{
    Script script;
    const QList<QByteArray> rows = content.split('\n');
    for (int row = 0; row < rows.size(); ++row) {
        const QString text = QString::fromUtf8(rows[row]).trimmed();
        if (text.isEmpty()) continue;
        if (text.startsWith(QLatin1Char('#'))) {
            if (script.title.isEmpty()) script.title = text.mid(1).trimmed();
            continue;
        }
        QString why;
        for (const QString &one : unfolded(text, why)) {
            ScriptLine line{row + 1, one, {}, {}};
            why = problemOf(line);
            const bool isStart = line.word == QLatin1String("start");
            if (why.isEmpty() && isStart != script.lines.isEmpty()) why = QStringLiteral("\"start\" is the first line, and no other is");
            if (!why.isEmpty()) break;
            script.lines.append(line);
        }
        if (!why.isEmpty()) {
            script.bad = BadLine{row + 1, why};
            return script;
        }
    }
    if (script.lines.isEmpty())
        script.bad = BadLine{static_cast<int>(rows.size()), QStringLiteral("the script ends without a line")};
    else
        script.suite = script.lines[0].object[QLatin1String("suite")].toString(QStringLiteral("sm2"));
    return script;
}

} // namespace hufu::cli
