#include "app/desk/identity.h"

namespace hufu::desk_app {

static constexpr char kKeyFile[] = "desk-key";
static constexpr char kNameFile[] = "desk-name"; // there once a person has enrolled the desk
static constexpr char kContext[] = "hufu-desk-key";

Identity::Identity(ports::DeviceStore &store, desk::DeskKey key, std::string name)
    : m_store(&store), m_key(std::move(key)), m_name(std::move(name))
{
}

static Result<desk::DeskKey> makeKey(ports::DeviceStore &store, ports::SecureElement &element,
                                     ports::Random &random)
{
    desk::DeskKey key = desk::DeskKey::generate(random);
    const SecretBytes plain = key.store();
    HUFU_TRY(sealed, element.seal(plain.expose(), viewOf(kContext)));
    HUFU_CHECK(store.write(kKeyFile, sealed));
    return key;
}

Result<Identity> Identity::open(ports::DeviceStore &store, ports::SecureElement &element, ports::Random &random)
{
    auto sealed = store.read(kKeyFile);
    if (!sealed) {
        if (sealed.error().code != Errc::notFound) return sealed.error();
        HUFU_CHECK(store.remove(kNameFile)); // what was enrolled was another key
        HUFU_TRY(key, makeKey(store, element, random));
        return Identity(store, std::move(key), std::string());
    }
    HUFU_TRY(plain, element.open(*sealed, viewOf(kContext)));
    HUFU_TRY(key, desk::DeskKey::restore(std::move(plain)));
    const auto name = store.read(kNameFile);
    if (!name && name.error().code != Errc::notFound) return name.error();
    return Identity(store, std::move(key), name ? textOf(*name) : std::string());
}

Result<void> Identity::setEnrolled(const std::string &name)
{
    HUFU_CHECK(m_store->write(kNameFile, viewOf(name)));
    m_name = name;
    return {};
}

Result<void> Identity::leave()
{
    HUFU_CHECK(m_store->remove(kNameFile));
    m_name.clear();
    return {};
}

} // namespace hufu::desk_app
