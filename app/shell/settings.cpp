#include "app/shell/settings.h"

#include "app/shell/language.h"

#include <QGuiApplication>
#include <QPalette>
#include <QRandomGenerator>

#include <algorithm>

namespace hufu::shell {

static constexpr char kAppearance[] = "appearance", kElder[] = "elder", kText[] = "textPercent", kMotion[] = "motion",
                      kShuffled[] = "shuffled", kSpokenDigits[] = "spokenDigits", kLanguage[] = "language";

Settings::Settings(QQmlEngine *engine) : QObject(engine)
{
    qGuiApp->installEventFilter(this);
}

Settings::~Settings() = default;

Settings *Settings::of(QQmlEngine &engine)
{
    if (auto *known = engine.findChild<Settings *>(QString(), Qt::FindDirectChildrenOnly)) return known;
    auto *settings = new Settings(&engine);
    QJSEngine::setObjectOwnership(settings, QJSEngine::CppOwnership);
    return settings;
}

Settings *Settings::create(QQmlEngine *engine, QJSEngine *)
{
    return of(*engine);
}

bool Settings::eventFilter(QObject *watched, QEvent *event)
{
    if (event->type() == QEvent::ApplicationPaletteChange) Q_EMIT changed(); // the system may have turned dark
    return QObject::eventFilter(watched, event);
}

QString Settings::version()
{
    return QCoreApplication::applicationVersion();
}

// Qt 6.4 does not tell the system's colour scheme: a dark window colour does.
bool Settings::dark() const
{
    if (m_appearance != System) return m_appearance == Dark;
    return QGuiApplication::palette().color(QPalette::Window).lightness() < 128;
}

void Settings::setAppearance(Appearance appearance)
{
    if (appearance == m_appearance || appearance < System || appearance > Dark) return;
    m_appearance = appearance;
    keep(kAppearance, static_cast<int>(appearance));
}

void Settings::setElder(bool elder)
{
    if (elder == m_elder) return;
    m_elder = elder;
    keep(kElder, elder);
}

void Settings::setTextPercent(int percent)
{
    if (percent == m_textPercent || percent < kTextPercentMin || percent > kTextPercentMax) return;
    m_textPercent = percent;
    keep(kText, percent);
}

void Settings::setMotion(bool motion)
{
    if (motion == m_motion) return;
    m_motion = motion;
    keep(kMotion, motion);
}

void Settings::setShuffled(bool shuffled)
{
    if (shuffled == m_shuffled) return;
    m_shuffled = shuffled;
    keep(kShuffled, shuffled);
}

void Settings::setSpokenDigits(bool spoken)
{
    if (spoken == m_spokenDigits) return;
    m_spokenDigits = spoken;
    keep(kSpokenDigits, spoken);
}

QVariantList Settings::padDigits() const
{
    QVariantList digits{1, 2, 3, 4, 5, 6, 7, 8, 9, 0};
    // Against onlookers and traces of fingers: nothing may tell where a digit stands this time.
    if (m_shuffled) std::shuffle(digits.begin(), digits.end(), *QRandomGenerator::system());
    return digits;
}

void Settings::keep(const char *key, const QVariant &value)
{
    if (m_file) {
        m_file->setValue(QLatin1String(key), value);
        m_file->sync(); // a phone is killed rather than ended
    }
    Q_EMIT changed();
}

void Settings::keepIn(const QString &file, Language *language)
{
    auto source = std::make_unique<QSettings>(file, QSettings::IniFormat);
    const auto number = [&source](const char *key, int former) {
        bool isNumber = false;
        const int value = source->value(QLatin1String(key)).toInt(&isNumber);
        return isNumber ? value : former;
    };
    setAppearance(static_cast<Appearance>(number(kAppearance, m_appearance)));
    setTextPercent(number(kText, m_textPercent));
    setElder(source->value(QLatin1String(kElder), m_elder).toBool());
    setMotion(source->value(QLatin1String(kMotion), m_motion).toBool());
    setShuffled(source->value(QLatin1String(kShuffled), m_shuffled).toBool());
    setSpokenDigits(source->value(QLatin1String(kSpokenDigits), m_spokenDigits).toBool());
    if (language) {
        language->choose(source->value(QLatin1String(kLanguage)).toString());
        connect(language, &Language::changed, this, [this, language] { keep(kLanguage, language->name()); });
    }
    m_file = std::move(source);
}

} // namespace hufu::shell
