#include "app/cli/sentences.h"
#include "app/cli/words.h"

#include "shield/crypto/public_key.h"
#include "shield/crypto/sm3.h"

#include <QCommandLineParser>
#include <QJsonDocument>
#include <QJsonObject>
#include <cstdio>

namespace hufu::cli {

namespace {

using catalogue::Code;

constexpr qint64 kReceiptMost = 64 * 1024;

// As the portal's page saves it: {"text", "signature", "publicKey"}; the text is JSON itself, and signed as it stands.
struct Receipt {
    QString text;
    ByteArray<64> signature{};
    Bytes key; // as the receipt names it: whose it is, is the portal's to say
    QJsonObject told;
};

std::optional<Receipt> readReceipt(const QString &path)
{
    const auto file = readFile(path, kReceiptMost);
    if (!file) return std::nullopt;
    const QJsonObject json = QJsonDocument::fromJson(*file).object();
    Receipt receipt;
    receipt.text = json.value(QLatin1String("text")).toString();
    receipt.told = QJsonDocument::fromJson(receipt.text.toUtf8()).object();
    const auto signature = fromHex(json.value(QLatin1String("signature")).toString().toStdString());
    const auto raw = signature ? fixedBytes<64>(*signature) : Result<ByteArray<64>>(Error(Errc::badInput, "signature"));
    const auto key = fromHex(json.value(QLatin1String("publicKey")).toString().toStdString());
    if (!raw || !key || receipt.told.value(QLatin1String("kind")) != QLatin1String("hufu-portal-receipt")) {
        explain(Code::fileUnknown, path);
        return std::nullopt;
    }
    receipt.signature = *raw;
    receipt.key = *key;
    return receipt;
}

const char *const kShown[] = {"of", "portal", "project", "company", "fileName", "account", "bid", "document", "price", "sm3"};

QJsonObject reportOf(const Receipt &receipt, bool isValid, bool isKeyKnown, std::optional<bool> isOfFile)
{
    QJsonObject report{{QStringLiteral("valid"), isValid}, {QStringLiteral("keyKnown"), isKeyKnown}, {QStringLiteral("key"), QString::fromStdString(toHex(receipt.key))}};
    for (const char *name : kShown)
        if (receipt.told.contains(QLatin1String(name))) report[QLatin1String(name)] = QString::fromStdString(shown(receipt.told.value(QLatin1String(name)).toString().toStdString()));
    report[QStringLiteral("size")] = receipt.told.value(QLatin1String("size"));
    for (const char *name : {"receivedMs", "openingMs"})
        report[QLatin1String(name).chopped(2) + QStringLiteral("At")] = timeText(static_cast<std::int64_t>(receipt.told.value(QLatin1String(name)).toDouble()));
    if (isOfFile) report[QStringLiteral("ofFile")] = *isOfFile;
    return report;
}

} // namespace

int verifyReceipt(const QStringList &arguments)
{
    QCommandLineParser parser;
    const QCommandLineOption keyOption(QStringLiteral("key"), QString(), QStringLiteral("hex"));
    const QCommandLineOption json(QStringLiteral("json"));
    parser.addOptions({keyOption, json});
    const bool parsed = parser.parse(QStringList(QStringLiteral("hufu verify receipt")) + arguments);
    const QStringList files = parser.positionalArguments();
    const auto known = fromHex(parser.value(keyOption).toStdString());
    const auto key = known ? crypto::PublicKey::parse(*known) : Result<crypto::PublicKey>(Error(Errc::badInput, "key"));
    WordCheck check(parser, parsed);
    check.wrongIf(files.isEmpty(), QStringLiteral("RECEIPT"), QStringLiteral("缺少回执文件"), QStringLiteral("no receipt is named"));
    check.wrongIf(files.size() > 2, files.value(2), QStringLiteral("多余"), QStringLiteral("is one too many"));
    check.wrongIf(parser.isSet(keyOption) && !key, QStringLiteral("--key ") + parser.value(keyOption),
                  QStringLiteral("不是公钥（十六进制）"), QStringLiteral("is no public key in hexadecimal"));
    if (check.isWrong())
        return check.tell("usage: hufu verify receipt RECEIPT [FILE] [--key HEX] [--json]\n"
                          "       --key: the portal's receipt key, as it publishes it; without it, that of the receipt itself\n");
    const auto receipt = readReceipt(files[0]);
    if (!receipt) return kUnreadable;
    const auto own = crypto::PublicKey::parse(receipt->key);
    const auto &used = parser.isSet(keyOption) ? key : own;
    const std::string text = receipt->text.toStdString();
    const bool isSigned = used && used->verify(hufu::viewOf(text), receipt->signature);
    std::optional<bool> isOfFile;
    if (files.size() == 2) {
        const auto content = MappedFile::open(files[1]);
        if (!content) return kUnreadable;
        isOfFile = receipt->told.value(QLatin1String("sm3")).toString().toStdString() == toHex(crypto::sm3(content->view()));
    }
    const bool isValid = isSigned && isOfFile.value_or(true);
    const QJsonObject report = reportOf(*receipt, isValid, parser.isSet(keyOption), isOfFile);
    if (parser.isSet(json)) {
        std::fputs(QJsonDocument(report).toJson().constData(), stdout);
    } else {
        std::printf("%s\n", isValid ? "valid" : "NOT VALID");
        printSentences({!isSigned             ? QStringLiteral("回执无效：不是该公钥签署的，或后来有改动 / The receipt does not hold: this key has not signed it, or it was changed since")
                        : isOfFile == false   ? QStringLiteral("回执有效，但不是这个文件的 / The receipt holds, and is not this file's")
                        : isOfFile.has_value() ? QStringLiteral("回执有效，且是这个文件的 / The receipt holds, and is this file's")
                                               : QStringLiteral("回执有效，没有改动 / The receipt holds: nothing in it was changed")});
        for (auto it = report.begin(); it != report.end(); ++it)
            if (it.key() != QLatin1String("valid")) std::printf("  %-18s %s\n", qUtf8Printable(it.key()), qUtf8Printable(it.value().toVariant().toString()));
        if (!parser.isSet(keyOption))
            std::puts("公钥来自回执本身，请与平台公布的核对 / The key is the receipt's own: compare it with the one that the portal publishes");
    }
    if (isValid) return kGood;
    explain(Code::signatureInvalid, isSigned ? files[1] : files[0]);
    return kFailed;
}

} // namespace hufu::cli
