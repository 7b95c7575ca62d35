#include "app/phone/remote.h"

namespace hufu::phone_app {

using control::Answer;

static constexpr int kSlowMs = 3'000; // of each message

// As the word that makes it so.
static QString nameOf(const NetworkFaults &network)
{
    if (network.isCut) return QStringLiteral("cut");
    if (network.losesNext) return QStringLiteral("loseNext");
    if (network.garblesNext) return QStringLiteral("garbleNext");
    return network.delayMs > 0 ? QStringLiteral("slow") : QStringLiteral("good");
}

// Presses the pad's keys as a finger would, and then the key that ends the entry.
static Answer pressPin(control::Control &control, const QString &digits)
{
    for (const QChar digit : digits) {
        const Answer pressed = control.click(QStringLiteral("pinKey") + digit);
        if (!pressed.ok) return pressed;
    }
    return control.click(QStringLiteral("pinSubmit"));
}

void teachPhoneWords(control::Control &control, Composition &composition)
{
    Screens &screens = composition.screens();
    control.setPageReader([&screens] { return Screens::nameOf(screens.page()); });
    QObject::connect(&screens, &Screens::pageChanged, &control, &control::Control::pageMayHaveChanged);
    control.teach(QStringLiteral("pin"), [&control](const QJsonObject &request) {
        return pressPin(control, request.value(QLatin1String("digits")).toString());
    });
    control.teach(QStringLiteral("scanImage"), [&screens](const QJsonObject &request) {
        if (screens.page() != Screens::Scan) return Answer::failed("the scan page is not shown");
        const auto picture = screens.eye().file(request.value(QLatin1String("file")).toString());
        if (!picture) return Answer::failed("not a picture");
        screens.scan()->lookAt(*picture);
        const int problem = screens.scan()->problem();
        return problem == 0 ? Answer() : Answer::failed(qPrintable(QStringLiteral("no code of ours in the picture (HF-%1)").arg(problem)));
    });
    control.teach(QStringLiteral("network"), [&composition](const QJsonObject &request) {
        NetworkFaults &network = composition.network();
        if (!request.contains(QLatin1String("state"))) return Answer{true, {}, {{QStringLiteral("state"), nameOf(network)}}};
        const QString state = request.value(QLatin1String("state")).toString();
        if (!QStringList{"good", "cut", "slow", "loseNext", "garbleNext"}.contains(state)) return Answer::failed("no such network");
        network.isCut = state == QLatin1String("cut");
        network.losesNext = state == QLatin1String("loseNext");
        network.garblesNext = state == QLatin1String("garbleNext");
        network.delayMs = state == QLatin1String("slow") ? kSlowMs : 0;
        return Answer();
    });
    control.teach(QStringLiteral("finger"), [&composition](const QJsonObject &request) {
        static const QStringList kStates{QStringLiteral("recognised"), QStringLiteral("refused"), QStringLiteral("changed"), QStringLiteral("absent")};
        const auto state = kStates.indexOf(request.value(QLatin1String("state")).toString());
        if (state < 0) return Answer::failed("no such finger");
        composition.playFinger(static_cast<Finger>(state));
        return Answer();
    });
    control.teach(QStringLiteral("face"), [&composition](const QJsonObject &request) {
        static const QStringList kFaces{QStringLiteral("live"), QStringLiteral("photograph"), QStringLiteral("other")};
        const auto face = kFaces.indexOf(request.value(QLatin1String("state")).toString());
        if (face < 0) return Answer::failed("no such face");
        composition.playFace(static_cast<Face>(face + 1));
        return Answer();
    });
    // As the phone's system takes it: blank where the page forbids pictures and no tester allows them.
    control.teach(QStringLiteral("shot"), [&control, &composition](const QJsonObject &request) {
        return control.shoot(request, composition.screen().isBlank());
    });
    control.teach(QStringLiteral("screen"), [&composition](const QJsonObject &request) {
        ScriptedScreen &screen = composition.screen();
        const QJsonValue pictures = request.value(QLatin1String("pictures")), recorded = request.value(QLatin1String("recorded"));
        if ((!pictures.isUndefined() && !pictures.isBool()) || (!recorded.isUndefined() && !recorded.isBool())) return Answer::failed("pictures and recorded are true or false");
        if (pictures.isBool()) screen.allow(pictures.toBool());
        if (recorded.isBool()) screen.record(recorded.toBool());
        Answer answer;
        answer.values = {{QStringLiteral("forbids"), screen.forbids()}, {QStringLiteral("blank"), screen.isBlank()}, {QStringLiteral("recorded"), screen.isRecorded()}};
        return answer;
    });
    // What a phone would have in its shade.
    control.teach(QStringLiteral("notifications"), [&screens](const QJsonObject &) {
        const BidsModel &bids = *screens.bids();
        QJsonArray all;
        if (bids.reminderShown())
            all.append(QJsonObject{{QStringLiteral("kind"), QStringLiteral("opening")},
                                   {QStringLiteral("text"), bids.reminded().project},
                                   {QStringLiteral("shield"), bids.reminded().shieldLabel},
                                   {QStringLiteral("atMs"), bids.reminded().openingAt.toMSecsSinceEpoch()}});
        const auto ends = [&all](const QString &shield, const QDateTime &at) {
            all.append(QJsonObject{{QStringLiteral("kind"), QStringLiteral("certificate")}, {QStringLiteral("text"), shield}, {QStringLiteral("shield"), shield}, {QStringLiteral("atMs"), at.toMSecsSinceEpoch()}});
        };
        const CertificateView &card = screens.home()->card();
        if (screens.home()->reminder() > 0) ends(card.label, card.validTo);
        for (const QVariant &each : screens.shields()->shields())
            if (const auto shield = each.value<ShieldView>(); shield.reminder > 0) ends(shield.name.isEmpty() ? shield.company : shield.name, shield.until);
        Answer answer;
        answer.values = {{QStringLiteral("notifications"), all}};
        return answer;
    });
    control.teach(QStringLiteral("look"), [&composition](const QJsonObject &) {
        composition.conductor().lookAgain();
        return Answer();
    });
    control.teach(QStringLiteral("certificates"), [&composition](const QJsonObject &) {
        const Standing &standing = composition.conductor().standing();
        Answer answer;
        answer.values = {{QStringLiteral("sign"), standing.signPem},
                         {QStringLiteral("encrypt"), standing.encryptPem}};
        return answer;
    });
}

} // namespace hufu::phone_app
